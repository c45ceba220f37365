//! One edit of a pair of codes.

use super::layout::{Attributes, BEFORE_1996, OPEN, day_number, day_of};
use super::table::{CodeOrdinal, Pairs};
use crate::service_code::ServiceCode;
use core::fmt;
use superbill_core::{Date, DateRange};

/// Whose claims a table of pairs is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PairSetting {
    /// Practitioners and ambulatory surgical centers.
    Practitioner,
    /// Outpatient hospital services.
    OutpatientHospital,
}

impl PairSetting {
    /// The name in data: `practitioner`, `outpatient_hospital`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::OutpatientHospital => "outpatient_hospital",
        }
    }
}

/// Whether a modifier can show that both codes of a pair are to be paid.
///
/// Source: NCCI Policy Manual for Medicare Services, chapter I, section E: "modifier indicator".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModifierIndicator {
    /// 0: no modifier helps.
    NotAllowed,
    /// 1: an NCCI-associated modifier helps, where the record supports it.
    Allowed,
    /// 9: the edit ended on the day it began; it never applies.
    NotApplicable,
}

impl ModifierIndicator {
    /// The digit of the official file.
    #[must_use]
    pub const fn digit(self) -> u8 {
        match self {
            Self::NotAllowed => 0,
            Self::Allowed => 1,
            Self::NotApplicable => 9,
        }
    }

    /// The indicator of a digit of the official file.
    #[must_use]
    pub const fn from_digit(digit: u8) -> Option<Self> {
        match digit {
            0 => Some(Self::NotAllowed),
            1 => Some(Self::Allowed),
            9 => Some(Self::NotApplicable),
            _ => None,
        }
    }
}

/// The digit of the official file.
impl fmt::Display for ModifierIndicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digit().fmt(f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ModifierIndicator {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.digit())
    }
}

/// An edit of a pair: one row of the official file, read where it lies.
#[derive(Clone, Copy)]
pub struct PairEdit<'t> {
    pub(super) pairs: &'t Pairs<'t>,
    pub(super) column1: CodeOrdinal,
    pub(super) column2: CodeOrdinal,
    pub(super) attributes: Attributes,
}

impl<'t> PairEdit<'t> {
    /// The code that is paid.
    #[must_use]
    pub fn column1(&self) -> ServiceCode {
        self.pairs.code(self.column1)
    }

    /// The code that is not paid beside it.
    #[must_use]
    pub fn column2(&self) -> ServiceCode {
        self.pairs.code(self.column2)
    }

    /// The first day.
    #[must_use]
    pub fn effective(&self) -> Date {
        day_of(self.attributes.effective)
    }

    /// The last day: on it, the edit still applies. `None` where it has no end.
    #[must_use]
    pub fn deletion(&self) -> Option<Date> {
        (self.attributes.deletion != OPEN).then(|| day_of(self.attributes.deletion))
    }

    /// The days on which the edit applies; `None` where it ends before it begins.
    #[must_use]
    pub fn days(&self) -> Option<DateRange> {
        DateRange::new(self.effective(), self.deletion()).ok()
    }

    /// Whether the edit is older than 1996.
    #[must_use]
    pub fn is_before_1996(&self) -> bool {
        self.attributes.flags & BEFORE_1996 != 0
    }

    /// Whether a modifier helps.
    #[inline]
    #[must_use]
    pub fn indicator(&self) -> ModifierIndicator {
        // INVARIANT: a sound table has no other digit; one that is not sound never makes an edit apply.
        ModifierIndicator::from_digit(self.attributes.indicator).unwrap_or(ModifierIndicator::NotApplicable)
    }

    /// Why the edit was made, in the words of the file.
    #[must_use]
    pub fn rationale(&self) -> &'t str {
        self.pairs.rationale(self.attributes.rationale)
    }

    /// Whether the edit applies on a day: from its first day to its last, and never with indicator 9.
    #[must_use]
    pub fn applies_on(&self, date: Date) -> bool {
        day_number(date).is_some_and(|day| self.attributes.applies_on(day))
    }
}

impl PartialEq for PairEdit<'_> {
    fn eq(&self, other: &Self) -> bool {
        let days = |edit: &Self| {
            let Attributes { effective, deletion, indicator, flags, .. } = edit.attributes;
            (effective, deletion, indicator, flags)
        };
        days(self) == days(other)
            && (self.column1(), self.column2(), self.rationale())
                == (other.column1(), other.column2(), other.rationale())
    }
}

impl Eq for PairEdit<'_> {}

impl fmt::Debug for PairEdit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PairEdit")
            .field("column1", &self.column1())
            .field("column2", &self.column2())
            .field("effective", &self.effective())
            .field("deletion", &self.deletion())
            .field("indicator", &self.indicator())
            .field("rationale", &self.rationale())
            .finish()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for PairEdit<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut edit = serializer.serialize_struct("PairEdit", 7)?;
        edit.serialize_field("column1", &self.column1())?;
        edit.serialize_field("column2", &self.column2())?;
        edit.serialize_field("effective", &self.effective().to_string())?;
        edit.serialize_field("deletion", &self.deletion().map(|day| day.to_string()))?;
        edit.serialize_field("before_1996", &self.is_before_1996())?;
        edit.serialize_field("indicator", &self.indicator())?;
        edit.serialize_field("rationale", self.rationale())?;
        edit.end()
    }
}
