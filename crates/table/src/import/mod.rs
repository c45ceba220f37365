//! The forms that official files come in: text, text with commas or tabs, workbooks, archives of those; and what is wrong with them.
//!
//! Every reader knows where a cell stands, so that an importer can say which line and column is not as it should be. No reader
//! makes room for more than the file holds.

mod archive;
mod delimited;
mod error;
mod text;
mod workbook;

/// A file with fewer rows than this is evidently an excerpt, not a release that lost its end: it is taken, and its table says that it is not whole.
pub const EXCERPT_ROWS: usize = 200;

pub use archive::{File, unpacked};
pub use delimited::{delimited, sheet_rows};
pub use error::ImportError;
pub use text::{decode, decoded, fiscal_year, lines, year};
pub use workbook::{Row, is_workbook, sheets};
