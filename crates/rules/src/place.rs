//! Where in a claim.

use core::fmt;

/// A place in a claim, in the words of the paper form and as a path into the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The claim as a whole.
    Claim,
    /// The charge of the claim.
    TotalCharge,
    /// A provider of the claim.
    Provider {
        /// The field of the claim, such as `billing_provider`.
        role: &'static str,
    },
    /// A diagnosis, counted from 0.
    Diagnosis(usize),
    /// A service line, counted from 0.
    Line(usize),
    /// A diagnosis pointer of a service line, both counted from 0.
    Pointer {
        /// The line.
        line: usize,
        /// The pointer.
        pointer: usize,
    },
    /// The rendering provider of a service line, counted from 0.
    LineProvider(usize),
}

impl Place {
    /// The path into the data (RFC 6901).
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Claim => String::new(),
            Self::TotalCharge => "/total_charge".to_owned(),
            Self::Provider { role } => format!("/{role}/npi"),
            Self::Diagnosis(index) => format!("/diagnoses/{index}"),
            Self::Line(index) => format!("/lines/{index}"),
            Self::Pointer { line, pointer } => format!("/lines/{line}/diagnosis_pointers/{pointer}"),
            Self::LineProvider(index) => format!("/lines/{index}/rendering_provider/npi"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Claim => f.write_str("claim"),
            Self::TotalCharge => f.write_str("total charge"),
            Self::Provider { role } => f.write_str(&role.replace('_', " ")),
            Self::Diagnosis(index) => match u8::try_from(index) {
                Ok(index) if index < 12 => write!(f, "diagnosis {} ({})", index + 1, char::from(b'A' + index)),
                _ => write!(f, "diagnosis {}", index.saturating_add(1)),
            },
            Self::Line(index) => write!(f, "service line {}", index.saturating_add(1)),
            Self::Pointer { line, pointer } => {
                write!(f, "service line {}, diagnosis pointer {}", line.saturating_add(1), pointer.saturating_add(1))
            }
            Self::LineProvider(index) => write!(f, "service line {}, rendering provider", index.saturating_add(1)),
        }
    }
}
