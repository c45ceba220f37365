#![doc = include_str!("../README.md")]

mod batch;
mod charset;
#[doc(hidden)]
pub mod checks;
mod control_numbers;
mod delimiters;
mod diagnostic;
mod document;
mod editor;
mod element;
mod envelope;
mod error;
mod header;
mod index;
mod interchange_writer;
mod lines;
mod machine;
mod marks;
mod nesting;
mod scan;
mod segment;
mod stream;
mod structural;
#[allow(unsafe_code, reason = "the call of a function compiled for AVX2, found at run time; see the module")]
mod vector;
mod writer;

pub use batch::{merge, split};
pub use charset::Charset;
pub use control_numbers::ControlNumbers;
pub use delimiters::Delimiters;
pub use diagnostic::{Diagnostic, DiagnosticKind, Envelope, Severity, Strictness};
pub use document::{Document, Piece, Segments};
pub use editor::Editor;
pub use element::Element;
pub use envelope::{Group, Interchange, Transaction};
pub use error::{EditError, StreamError, X12Error};
pub use interchange_writer::{
    GroupHeader, GroupWriter, InterchangeHeader, InterchangeWriter, PartyId, TransactionWriter, Usage,
};
pub use lines::{join_lines, wrap_lines};
pub use segment::Segment;
pub use stream::{Limits, SegmentReader};
pub use structural::StructuralIndex;
pub use writer::{LineEnding, SegmentWriter, Writer};
