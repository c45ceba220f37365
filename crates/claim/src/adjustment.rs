//! Why a payment is not the charge.

use crate::error::FieldError;
use core::fmt;
use superbill_core::{Money, Quantity};

/// Who bears an adjustment (CAS01, claim adjustment group code).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AdjustmentGroup {
    /// Contractual obligation: the provider bears it.
    ContractualObligation,
    /// Other adjustment.
    OtherAdjustment,
    /// Payer-initiated reduction.
    PayerInitiated,
    /// Patient responsibility.
    PatientResponsibility,
    /// A code that is not, or no longer, of the standard's list, as it came: one or two letters or digits, filled up with a blank. Two
    /// blanks stand for what is no code by shape. [`AdjustmentGroup::from_code`] makes it.
    #[non_exhaustive]
    Other([u8; 2]),
}

impl AdjustmentGroup {
    /// The code; `None` where what came was no code by shape.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::ContractualObligation => Some("CO"),
            Self::OtherAdjustment => Some("OA"),
            Self::PayerInitiated => Some("PI"),
            Self::PatientResponsibility => Some("PR"),
            Self::Other(code) => core::str::from_utf8(code).ok().map(str::trim_end).filter(|code| !code.is_empty()),
        }
    }

    /// The group of a code. One that is not of the list is kept, so that the remittance balances and can be written back.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "CO" => Self::ContractualObligation,
            "OA" => Self::OtherAdjustment,
            "PI" => Self::PayerInitiated,
            "PR" => Self::PatientResponsibility,
            _ => match *code.as_bytes() {
                [one] if one.is_ascii_alphanumeric() => Self::Other([one, b' ']),
                [one, two] if one.is_ascii_alphanumeric() && two.is_ascii_alphanumeric() => Self::Other([one, two]),
                _ => Self::Other([b' '; 2]),
            },
        }
    }
}

impl fmt::Display for AdjustmentGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code().unwrap_or("??"))
    }
}

/// The code; an empty text where what came was no code by shape.
#[cfg(feature = "serde")]
impl serde::Serialize for AdjustmentGroup {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code().unwrap_or_default())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for AdjustmentGroup {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let group = Self::from_code(&text);
        if group.code().is_none() && !text.is_empty() {
            let field = "claim adjustment group code";
            return Err(serde::de::Error::custom(FieldError { field, least: 1, most: 2 }));
        }
        Ok(group)
    }
}

macro_rules! short_code {
    ($(#[$meta:meta])* $name:ident, $field:literal, $least:literal, $most:literal) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads the code, in capitals.
            ///
            /// # Errors
            /// [`FieldError`] where the length is wrong or a character is no letter or digit.
            pub fn parse(text: &str) -> Result<Self, FieldError> {
                if ($least..=$most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                    Ok(Self(text.to_ascii_uppercase()))
                } else {
                    Err(FieldError { field: $field, least: $least, most: $most })
                }
            }

            /// The code.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

short_code!(
    /// A claim adjustment reason code (CAS02), such as `45`. Whether it is on the list on a date is a question to the list.
    AdjustmentReason, "adjustment reason code", 1, 5
);

short_code!(
    /// A remittance advice remark code (LQ02, MIA, MOA), such as `N781`.
    RemarkCode, "remark code", 1, 8
);

/// One adjustment: the group, the reason and the amount, which lowers the payment where it is positive.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Adjustment {
    /// Who bears it.
    pub group: AdjustmentGroup,
    /// Why.
    pub reason: AdjustmentReason,
    /// How much.
    pub amount: Money,
    /// The units taken away, where units were changed.
    pub quantity: Option<Quantity>,
}

impl Adjustment {
    /// An adjustment of an amount.
    #[must_use]
    pub fn new(group: AdjustmentGroup, reason: AdjustmentReason, amount: Money) -> Self {
        Self { group, reason, amount, quantity: None }
    }
}

impl fmt::Display for Adjustment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{} {}", self.group, self.reason, self.amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_is_not_known_is_kept_as_other() {
        for (code, group) in [
            ("CO", AdjustmentGroup::ContractualObligation),
            ("OA", AdjustmentGroup::OtherAdjustment),
            ("PI", AdjustmentGroup::PayerInitiated),
            ("PR", AdjustmentGroup::PatientResponsibility),
        ] {
            assert_eq!((AdjustmentGroup::from_code(code), group.code()), (group, Some(code)));
        }
        for (code, kept) in
            [("CR", Some("CR")), ("co", Some("co")), ("9", Some("9")), ("PR ", None), ("", None), ("é", None)]
        {
            let group = AdjustmentGroup::from_code(code);
            assert!(matches!(group, AdjustmentGroup::Other(_)), "{code:?}");
            assert_eq!(group.code(), kept, "{code:?}");
        }
    }

    #[test]
    fn codes_are_short_and_in_capitals() {
        assert_eq!(AdjustmentReason::parse("b13").unwrap().as_str(), "B13");
        assert_eq!(RemarkCode::parse("n781").unwrap().to_string(), "N781");
        assert_eq!(format!("{:?}", RemarkCode::parse("MA04").unwrap()), "RemarkCode(MA04)");
        for text in ["", "123456", "4 5", "45\n", "é"] {
            assert!(AdjustmentReason::parse(text).is_err(), "{text:?}");
        }
        assert!(RemarkCode::parse("12345678").is_ok());
        assert_eq!(RemarkCode::parse("123456789").unwrap_err().to_string(), "remark code has 1 to 8 letters or digits");
    }

    #[test]
    fn an_adjustment_reads_as_billers_write_it() {
        let reason = AdjustmentReason::parse("45").unwrap();
        let adjustment =
            Adjustment::new(AdjustmentGroup::ContractualObligation, reason.clone(), Money::from_cents(4050));
        assert_eq!(adjustment.to_string(), "CO-45 40.50");
        for (code, text) in [("CR", "CR-45 0.00"), ("C-", "??-45 0.00")] {
            let group = AdjustmentGroup::from_code(code);
            assert_eq!(Adjustment::new(group, reason.clone(), Money::ZERO).to_string(), text);
        }
    }
}
