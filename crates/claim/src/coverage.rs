//! The coverage that a claim is sent to.

use crate::error::FieldError;
use crate::party::Payer;
use core::fmt;
use superbill_core::{MemberId, Phi};

/// The place of a payer in the order of payment (SBR01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PayerResponsibility {
    /// Pays first (`P`).
    Primary,
    /// Pays second (`S`).
    Secondary,
    /// Pays third (`T`).
    Tertiary,
    /// Pays fourth to eleventh (`A` to `H`); the number is the place, 4 to 11. [`PayerResponsibility::later`] makes it,
    /// and [`PayerResponsibility::place`] gives the number.
    #[non_exhaustive]
    Later(#[cfg_attr(feature = "serde", serde(deserialize_with = "later_place"))] u8),
    /// The order is not known (`U`).
    Unknown,
}

impl PayerResponsibility {
    /// A later payer by its place; `None` where it is not 4 to 11.
    #[must_use]
    pub fn later(place: u8) -> Option<Self> {
        (4..=11).contains(&place).then_some(Self::Later(place))
    }

    /// The place in the order of payment, from 1 to 11; `None` where the order is not known.
    #[must_use]
    pub fn place(self) -> Option<u8> {
        match self {
            Self::Primary => Some(1),
            Self::Secondary => Some(2),
            Self::Tertiary => Some(3),
            Self::Later(place) => Some(place),
            Self::Unknown => None,
        }
    }

    /// The value of SBR01.
    #[must_use]
    pub fn code(self) -> char {
        match self {
            Self::Primary => 'P',
            Self::Secondary => 'S',
            Self::Tertiary => 'T',
            // INVARIANT: the place is 4 to 11.
            Self::Later(place) => char::from(b'A' + place.saturating_sub(4).min(7)),
            Self::Unknown => 'U',
        }
    }

    /// Reads SBR01.
    #[must_use]
    pub fn from_code(code: char) -> Option<Self> {
        match code {
            'P' => Some(Self::Primary),
            'S' => Some(Self::Secondary),
            'T' => Some(Self::Tertiary),
            'U' => Some(Self::Unknown),
            'A'..='H' => u8::try_from(code).ok().and_then(|letter| Self::later(letter - b'A' + 4)),
            _ => None,
        }
    }
}

#[cfg(feature = "serde")]
fn later_place<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let place = <u8 as serde::Deserialize>::deserialize(deserializer)?;
    match PayerResponsibility::later(place) {
        Some(_) => Ok(place),
        None => Err(serde::de::Error::custom("a later payer is the fourth to the eleventh")),
    }
}

/// What kind of payer or plan it is (SBR09, CLP06): one or two characters of the standard's list, such as `MB` for Medicare Part B.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilingIndicator([u8; 2]);

impl FilingIndicator {
    /// Medicare Part B (`MB`).
    pub const MEDICARE_PART_B: Self = Self(*b"MB");
    /// Commercial insurance (`CI`).
    pub const COMMERCIAL: Self = Self(*b"CI");
    /// Medicaid (`MC`).
    pub const MEDICAID: Self = Self(*b"MC");

    /// Reads the code.
    ///
    /// # Errors
    /// [`FieldError`] where it is not one or two letters or digits.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        match *text.as_bytes() {
            [a] if a.is_ascii_alphanumeric() => Ok(Self([a.to_ascii_uppercase(), b' '])),
            [a, b] if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(FieldError { field: "claim filing indicator", least: 1, most: 2 }),
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default().trim_end()
    }
}

impl fmt::Display for FilingIndicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for FilingIndicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilingIndicator({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for FilingIndicator {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for FilingIndicator {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// How the patient stands to the insured (SBR02, PAT01).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Relationship {
    /// The patient is the insured (`18`).
    Insured,
    /// Husband or wife (`01`).
    Spouse,
    /// Child (`19`).
    Child,
    /// Another relationship, with its two-character code.
    Other(String),
}

impl Relationship {
    /// The code of the standard.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Insured => "18",
            Self::Spouse => "01",
            Self::Child => "19",
            Self::Other(code) => code,
        }
    }

    /// The relationship of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "18" => Self::Insured,
            "01" => Self::Spouse,
            "19" => Self::Child,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// The insurance that the claim is sent to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Coverage {
    /// The payer.
    pub payer: Payer,
    /// Its place in the order of payment.
    pub responsibility: PayerResponsibility,
    /// What kind of plan it is.
    pub filing_indicator: Option<FilingIndicator>,
    /// The insured's identification with this payer (NM109, qualifier `MI`).
    pub member_id: Phi<MemberId>,
    /// The group or policy number (SBR03).
    pub group_number: Option<Phi<String>>,
    /// The group or plan name (SBR04).
    pub group_name: Option<String>,
}

impl Coverage {
    /// A primary coverage.
    #[must_use]
    pub fn new(payer: Payer, member_id: MemberId) -> Self {
        Self {
            payer,
            responsibility: PayerResponsibility::Primary,
            filing_indicator: None,
            member_id: Phi::new(member_id),
            group_number: None,
            group_name: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_payment_is_a_letter() {
        for (code, responsibility) in [
            ('P', PayerResponsibility::Primary),
            ('S', PayerResponsibility::Secondary),
            ('T', PayerResponsibility::Tertiary),
            ('A', PayerResponsibility::Later(4)),
            ('E', PayerResponsibility::Later(8)),
            ('H', PayerResponsibility::Later(11)),
            ('U', PayerResponsibility::Unknown),
        ] {
            assert_eq!((PayerResponsibility::from_code(code), responsibility.code()), (Some(responsibility), code));
        }
        for code in ['I', 'p', 'Z', '1', ' ', 'Ａ'] {
            assert_eq!(PayerResponsibility::from_code(code), None, "{code:?}");
        }
        for place in 0..=u8::MAX {
            let later = PayerResponsibility::later(place);
            assert_eq!(later.and_then(PayerResponsibility::place), (4..=11).contains(&place).then_some(place));
            assert_eq!(later.and_then(|later| PayerResponsibility::from_code(later.code())), later);
        }
        for (code, place) in
            [('P', Some(1)), ('S', Some(2)), ('T', Some(3)), ('A', Some(4)), ('H', Some(11)), ('U', None)]
        {
            assert_eq!(PayerResponsibility::from_code(code).unwrap().place(), place, "{code}");
        }
        assert!(PayerResponsibility::Primary < PayerResponsibility::Later(4));
    }

    #[test]
    fn a_filing_indicator_has_one_or_two_characters() {
        for (text, code) in [("MB", "MB"), ("ci", "CI"), ("9", "9"), ("zz", "ZZ"), ("13", "13")] {
            assert_eq!(FilingIndicator::parse(text).unwrap().as_str(), code);
        }
        assert_eq!(FilingIndicator::parse("MB"), Ok(FilingIndicator::MEDICARE_PART_B));
        assert_eq!(
            format!("{} {:?}", FilingIndicator::COMMERCIAL, FilingIndicator::MEDICAID),
            "CI FilingIndicator(MC)"
        );
        for text in ["", " ", "M ", "MBX", "é", "-1"] {
            assert!(FilingIndicator::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn relationships_are_their_codes() {
        for (code, relationship) in [
            ("18", Relationship::Insured),
            ("01", Relationship::Spouse),
            ("19", Relationship::Child),
            ("G8", Relationship::Other("G8".into())),
            ("", Relationship::Other(String::new())),
        ] {
            assert_eq!((Relationship::from_code(code), relationship.code()), (relationship.clone(), code));
        }
    }
}
