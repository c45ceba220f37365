//! Elements as a guide uses them.

use super::list::ExternalList;
use core::fmt;
use core::ops::Range;

/// Whether a guide has a loop, segment or element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Usage {
    /// It must be there.
    Required,
    /// It is there when the guide's situation says so.
    Situational,
    /// It must not be there.
    NotUsed,
}

impl Usage {
    pub(crate) fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "R" => Some(Self::Required),
            "S" => Some(Self::Situational),
            "N" => Some(Self::NotUsed),
            _ => None,
        }
    }
}

/// What an element holds.
///
/// Source: ASC X12.6, application control structure, data element types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ElementKind {
    /// `AN`: any characters.
    Text,
    /// `ID`: a code.
    Code,
    /// `R`: a decimal number with its point where it has one.
    Decimal,
    /// `N0` to `N9`: a whole number, the last so many digits of which stand behind the point.
    Integer(u8),
    /// `DT`: YYMMDD or CCYYMMDD.
    Date,
    /// `TM`: HHMM, HHMMSS or with decimals of a second.
    Time,
    /// `B`: bytes.
    Binary,
}

impl ElementKind {
    pub(crate) fn from_letters(letters: &str) -> Option<Self> {
        Some(match letters {
            "AN" => Self::Text,
            "ID" => Self::Code,
            "R" => Self::Decimal,
            "DT" => Self::Date,
            "TM" => Self::Time,
            "B" => Self::Binary,
            _ => Self::Integer(letters.strip_prefix('N')?.parse().ok().filter(|decimals| *decimals < 10)?),
        })
    }
}

impl fmt::Display for ElementKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Code => f.write_str("a code"),
            Self::Decimal => f.write_str("a decimal number"),
            Self::Integer(0) => f.write_str("a whole number"),
            Self::Integer(decimals) => write!(f, "a number without point, {decimals} digits of it decimals"),
            Self::Date => f.write_str("a date, CCYYMMDD or YYMMDD"),
            Self::Time => f.write_str("a time, HHMM or HHMMSS"),
            Self::Binary => f.write_str("bytes"),
        }
    }
}

/// An element, or a component of a composite element, as a guide uses it in a segment.
#[derive(Debug, Clone)]
pub struct ElementUse {
    pub(crate) number: &'static str,
    pub(crate) words: &'static str,
    pub(crate) usage: Usage,
    pub(crate) kind: ElementKind,
    pub(crate) shortest: u32,
    pub(crate) longest: u32,
    pub(crate) repeat: u16,
    pub(crate) list: Option<ExternalList>,
    pub(crate) codes: Range<u32>,
    pub(crate) components: Range<u32>,
    /// It is a date or period whose form the element before it names.
    pub(crate) is_period: bool,
}

impl ElementUse {
    /// The number of the data element in the X12 dictionary, such as 782, or of the composite, such as C022.
    #[must_use]
    pub fn number(&self) -> &'static str {
        self.number
    }

    /// What the element holds, in our words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.words
    }

    /// Whether it must be there.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// What it holds; for a composite, of no meaning.
    #[must_use]
    pub fn kind(&self) -> ElementKind {
        self.kind
    }

    /// The fewest and the most characters.
    #[must_use]
    pub fn lengths(&self) -> (u32, u32) {
        (self.shortest, self.longest)
    }

    /// How often it may be repeated.
    #[must_use]
    pub fn repeat(&self) -> u16 {
        self.repeat
    }

    /// The external list that has its codes.
    #[must_use]
    pub fn list(&self) -> Option<ExternalList> {
        self.list
    }

    /// Whether it has components.
    #[must_use]
    pub fn is_composite(&self) -> bool {
        !self.components.is_empty()
    }
}
