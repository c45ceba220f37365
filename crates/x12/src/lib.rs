#![doc = include_str!("../README.md")]

#[doc(hidden)]
pub mod checks;
mod delimiters;
mod diagnostic;
mod document;
mod element;
mod envelope;
mod error;
mod header;
mod index;
mod interchange_writer;
mod machine;
mod marks;
mod nesting;
mod scan;
mod segment;
mod stream;
mod structural;
mod writer;

pub use delimiters::Delimiters;
pub use diagnostic::{Diagnostic, DiagnosticKind, Envelope, Severity, Strictness};
pub use document::{Document, Piece, Segments};
pub use element::Element;
pub use envelope::{Group, Interchange, Transaction};
pub use error::{StreamError, X12Error};
pub use interchange_writer::{
    GroupHeader, GroupWriter, InterchangeHeader, InterchangeWriter, PartyId, TransactionWriter, Usage,
};
pub use segment::Segment;
pub use stream::{Limits, SegmentReader};
pub use structural::StructuralIndex;
pub use writer::{LineEnding, SegmentWriter, Writer};
