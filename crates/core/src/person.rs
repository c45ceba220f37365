//! Names, addresses and the administrative sex of people.

use core::fmt;
use core::str::FromStr;

use zeroize::Zeroize;

/// The name of a person (X12 NM103 to NM107 without the prefix). Of a patient or subscriber it is held as
/// `Phi<PersonName>`; by itself, as of a provider, `Debug` prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PersonName {
    /// Family name (NM103).
    pub family: String,
    /// Given name (NM104); some people have none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub given: Option<String>,
    /// Middle name or initial (NM105).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub middle: Option<String>,
    /// Suffix such as JR or III (NM107).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub suffix: Option<String>,
}

impl PersonName {
    /// A family name and a given name.
    #[must_use]
    pub fn new(family: &str, given: &str) -> PersonName {
        PersonName { family: family.to_owned(), given: Some(given.to_owned()), middle: None, suffix: None }
    }
}

/// Every part is overwritten and becomes empty.
impl Zeroize for PersonName {
    fn zeroize(&mut self) {
        let PersonName { family, given, middle, suffix } = self;
        family.zeroize();
        given.zeroize();
        middle.zeroize();
        suffix.zeroize();
    }
}

/// A postal address (X12 N3 and N4). Of a patient or subscriber it is held as `Phi<Address>`; by itself, as of a provider,
/// `Debug` prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Address {
    /// Street lines, one or two (N301, N302).
    pub lines: Vec<String>,
    /// City (N401).
    pub city: String,
    /// State or province code (N402).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub state: Option<String>,
    /// Postal code without hyphen, for the United States five or nine digits (N403).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub postal_code: Option<String>,
    /// Country code where it is not the United States (N404).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub country: Option<String>,
}

/// Every part is overwritten and becomes empty.
impl Zeroize for Address {
    fn zeroize(&mut self) {
        let Address { lines, city, state, postal_code, country } = self;
        lines.zeroize();
        city.zeroize();
        state.zeroize();
        postal_code.zeroize();
        country.zeroize();
    }
}

/// Administrative sex as claims carry it (X12 DMG03, version 005010): the code F, M or U.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "version 005010 closes it")]
pub enum Sex {
    /// F.
    Female,
    /// M.
    Male,
    /// U.
    #[default]
    Unknown,
}

/// Why a code of the sex was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SexError {
    /// The text is none of the three codes.
    #[error("the code of the sex is F, M or U")]
    NotACode,
}

impl Sex {
    /// The X12 code: `F`, `M` or `U`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Sex::Female => "F",
            Sex::Male => "M",
            Sex::Unknown => "U",
        }
    }
}

/// Reads the X12 code, in upper case.
impl FromStr for Sex {
    type Err = SexError;

    fn from_str(text: &str) -> Result<Sex, SexError> {
        match text {
            "F" => Ok(Sex::Female),
            "M" => Ok(Sex::Male),
            "U" => Ok(Sex::Unknown),
            _ => Err(SexError::NotACode),
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// Becomes [`Sex::Unknown`].
impl Zeroize for Sex {
    fn zeroize(&mut self) {
        *self = Sex::Unknown;
        zeroize::optimization_barrier(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wiped_name_is_empty() {
        let mut name = PersonName {
            family: "TESTPATIENT".to_owned(),
            given: Some("JANE".to_owned()),
            middle: Some("Q".to_owned()),
            suffix: Some("III".to_owned()),
        };
        name.zeroize();
        assert_eq!(name, PersonName::default());
    }

    #[test]
    fn a_wiped_address_is_empty() {
        let mut address = Address {
            lines: vec!["1 INVENTED ST".to_owned(), "APT 2".to_owned()],
            city: "NOWHERE".to_owned(),
            state: Some("ZZ".to_owned()),
            postal_code: Some("000000000".to_owned()),
            country: Some("CA".to_owned()),
        };
        address.zeroize();
        assert_eq!(address, Address::default());
    }

    #[test]
    fn sex_has_three_codes() {
        for sex in [Sex::Female, Sex::Male, Sex::Unknown] {
            assert_eq!(sex.code().parse(), Ok(sex));
            assert_eq!(sex.to_string(), sex.code());
        }
        for text in ["", "f", "X", "FM", " F"] {
            assert_eq!(text.parse::<Sex>(), Err(SexError::NotACode));
        }
        let mut sex = Sex::Male;
        sex.zeroize();
        assert_eq!(sex, Sex::Unknown);
    }
}
