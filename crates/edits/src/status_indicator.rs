//! How the outpatient prospective payment system treats a service.

use core::fmt;
use core::str::FromStr;
use thiserror::Error;

/// The status indicator of a code in the outpatient prospective payment system.
///
/// Source: OPPS Addendum D1, Centers for Medicare & Medicaid Services, each year. The words are our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusIndicator([u8; 2]);

/// A text that is no status indicator by shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a status indicator is a letter, or a letter and a digit")]
pub struct StatusIndicatorError;

/// What follows from a status indicator for payment under the outpatient prospective payment system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum OppsPayment {
    /// Paid separately under this system.
    Separate,
    /// One payment for all services of the claim, or of the encounter.
    Comprehensive,
    /// Packaged into another service of the claim, or paid separately where there is none.
    Conditional,
    /// Packaged always.
    Packaged,
    /// Paid at cost.
    AtCost,
    /// Paid under another fee schedule or system.
    OtherSystem,
    /// Paid to an inpatient only.
    InpatientOnly,
    /// Not paid on an outpatient hospital claim.
    NotPaid,
}

/// Indicators, what follows, and what they say.
const KNOWN: [(&str, OppsPayment, &str); 30] = [
    ("A", OppsPayment::OtherSystem, "paid under another fee schedule or payment system"),
    ("B", OppsPayment::NotPaid, "not recognised on an outpatient hospital claim; another code may be"),
    ("C", OppsPayment::InpatientOnly, "inpatient only"),
    ("D", OppsPayment::NotPaid, "discontinued"),
    ("E1", OppsPayment::NotPaid, "not covered, or excluded by law"),
    ("E2", OppsPayment::NotPaid, "no price is known"),
    ("F", OppsPayment::AtCost, "corneal tissue, certain anaesthetist services, hepatitis B vaccine: at cost"),
    ("G", OppsPayment::Separate, "drug or biological with pass-through status"),
    ("H", OppsPayment::AtCost, "device with pass-through status: at cost"),
    ("H1", OppsPayment::Separate, "device for pain relief without opioids"),
    ("J1", OppsPayment::Comprehensive, "one payment for all services of the claim"),
    ("J2", OppsPayment::Comprehensive, "one payment for all services of the encounter, where the criteria are met"),
    ("K", OppsPayment::Separate, "drug or biological without pass-through status"),
    ("K1", OppsPayment::Separate, "drug or biological for pain relief without opioids"),
    ("L", OppsPayment::AtCost, "influenza, pneumococcal or similar vaccine: at cost"),
    ("M", OppsPayment::NotPaid, "not billable to the contractor"),
    ("N", OppsPayment::Packaged, "packaged always"),
    ("P", OppsPayment::Separate, "partial hospitalization or intensive outpatient program: by the day"),
    ("Q1", OppsPayment::Conditional, "packaged where a service with S, T or V stands on the claim"),
    ("Q2", OppsPayment::Conditional, "packaged where a service with T stands on the claim"),
    ("Q3", OppsPayment::Conditional, "part of a composite payment, where its services stand together"),
    (
        "Q4",
        OppsPayment::Conditional,
        "laboratory test: packaged where another service is paid, else by the laboratory schedule",
    ),
    ("R", OppsPayment::Separate, "blood or blood product"),
    ("S", OppsPayment::Separate, "procedure, not reduced beside others"),
    ("S1", OppsPayment::Separate, "skin substitute"),
    ("T", OppsPayment::Separate, "procedure, reduced beside others"),
    ("U", OppsPayment::Separate, "brachytherapy source"),
    ("V", OppsPayment::Separate, "clinic or emergency department visit"),
    ("X", OppsPayment::Separate, "ancillary service (until 2014)"),
    ("Y", OppsPayment::OtherSystem, "durable medical equipment: billed to its contractor"),
];

impl StatusIndicator {
    /// The indicator.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // INVARIANT: ASCII; the second byte is a space where there is one letter.
        core::str::from_utf8(&self.0).unwrap_or_default().trim_end()
    }

    /// What follows for payment; `None` for an indicator that is newer than this version.
    #[must_use]
    pub fn payment(self) -> Option<OppsPayment> {
        self.known().map(|(payment, _)| payment)
    }

    /// What it says, in our words; `None` for an indicator that is newer than this version.
    #[must_use]
    pub fn meaning(self) -> Option<&'static str> {
        self.known().map(|(_, meaning)| meaning)
    }

    fn known(self) -> Option<(OppsPayment, &'static str)> {
        KNOWN.iter().find(|(text, ..)| *text == self.as_str()).map(|(_, payment, meaning)| (*payment, *meaning))
    }

    pub(crate) fn from_bytes(bytes: [u8; 2]) -> Option<Self> {
        let sound = bytes[0].is_ascii_uppercase() && (bytes[1].is_ascii_digit() || bytes[1] == b' ');
        sound.then_some(Self(bytes))
    }

    #[cfg(feature = "import")]
    pub(crate) const fn bytes(self) -> [u8; 2] {
        self.0
    }
}

impl FromStr for StatusIndicator {
    type Err = StatusIndicatorError;

    fn from_str(text: &str) -> Result<Self, StatusIndicatorError> {
        let bytes = match text.trim().as_bytes() {
            [letter] => [letter.to_ascii_uppercase(), b' '],
            [letter, digit] => [letter.to_ascii_uppercase(), *digit],
            _ => return Err(StatusIndicatorError),
        };
        Self::from_bytes(bytes)
            .filter(|indicator| indicator.as_str().len() == text.trim().len())
            .ok_or(StatusIndicatorError)
    }
}

impl fmt::Display for StatusIndicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for StatusIndicator {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for StatusIndicator {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <std::borrow::Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_are_known_or_newer() {
        for (text, known, ..) in KNOWN {
            let indicator: StatusIndicator = text.parse().unwrap();
            assert_eq!((indicator.to_string().as_str(), indicator.payment()), (text, Some(known)));
            assert!(indicator.meaning().is_some_and(|meaning| !meaning.is_empty()));
        }
        let newer: StatusIndicator = "z9".parse().unwrap();
        assert_eq!((newer.as_str(), newer.payment(), newer.meaning()), ("Z9", None, None));
        for text in ["", "1", "J11", "9J", "J-", "é"] {
            assert_eq!(text.parse::<StatusIndicator>(), Err(StatusIndicatorError), "{text}");
        }
    }
}
