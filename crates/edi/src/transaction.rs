//! Which transaction sets are read here.

use crate::error::{ReadError, ReadErrorKind};
use crate::fields;
use superbill_x12::{Document, Transaction};

/// The transactions that this room reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransactionKind {
    /// A professional claim file: 837, ASC X12N 005010X222 with its errata.
    Professional,
    /// A remittance advice: 835, ASC X12N 005010X221 with its errata.
    Remittance,
    /// An implementation acknowledgement: 999, ASC X12C 005010X231 with its errata.
    FunctionalAcknowledgement,
    /// A claim acknowledgement: 277CA, ASC X12N 005010X214.
    ClaimAcknowledgement,
    /// Another one.
    Other,
}

impl TransactionKind {
    /// The kind by ST01 and the identifier of the implementation guide (ST03, or GS08).
    #[must_use]
    pub fn of(transaction: &Transaction<'_, '_>) -> Self {
        let guide = transaction.implementation().bytes();
        let set = transaction.set_id().bytes();
        match set {
            b"837" if guide.starts_with(b"005010X222") => Self::Professional,
            b"835" if guide.starts_with(b"005010X221") => Self::Remittance,
            b"999" if guide.starts_with(b"005010X231") => Self::FunctionalAcknowledgement,
            b"277" if guide.starts_with(b"005010X214") => Self::ClaimAcknowledgement,
            _ => Self::Other,
        }
    }

    pub(crate) fn expect(self, transaction: &Transaction<'_, '_>) -> Result<(), ReadError> {
        if Self::of(transaction) == self {
            return Ok(());
        }
        let expected = match self {
            Self::Professional => "837 005010X222A1",
            Self::Remittance => "835 005010X221A1",
            Self::FunctionalAcknowledgement => "999 005010X231A1",
            Self::ClaimAcknowledgement => "277 005010X214",
            Self::Other => "another one",
        };
        let location = fields::location(&transaction.st(), Some(3));
        Err(ReadError::new(location, ReadErrorKind::WrongTransaction { expected }))
    }
}

/// All transaction sets of a file, of all its interchanges and groups, in order.
pub fn transactions<'a, 'd>(document: &'d Document<'a>) -> impl Iterator<Item = Transaction<'a, 'd>> + Clone {
    document.interchanges().flat_map(|interchange| interchange.groups()).flat_map(|group| group.transactions())
}
