//! Every value is written as its canonical text and read by its own parser.

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::exposed::is_exposed;
use crate::{
    ControlNumber, Date, DateRange, Icd10PcsCode, MemberId, Modifier, Money, Npi, PatientControlNumber,
    PayerControlNumber, PlaceOfService, Quantity, REDACTED, Rate, Sex, TaxId, TraceNumber,
};

/// Reads a text with the parser of `T`, and notes that a text was given.
struct TextVisitor<'a, T> {
    expected: &'static str,
    given: &'a Cell<bool>,
    value: PhantomData<T>,
}

impl<T> Visitor<'_> for TextVisitor<'_, T>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        self.given.set(true);
        text.parse().map_err(E::custom)
    }
}

/// Our parsers never repeat what they refuse; serde and the formats do (a number where a string is expected), so any error
/// that is not ours is replaced.
fn read_text<'de, T, D>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    T: FromStr,
    T::Err: fmt::Display,
    D: Deserializer<'de>,
{
    let given = Cell::new(false);
    deserializer.deserialize_str(TextVisitor { expected, given: &given, value: PhantomData }).map_err(|error| {
        if given.get() { error } else { de::Error::custom(format_args!("expected {expected}, as a string")) }
    })
}

macro_rules! read_text {
    ($($type:ty: $expected:literal;)*) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                read_text(deserializer, $expected)
            }
        }
    )*};
}

macro_rules! write_text {
    ($($type:ty)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}

read_text! {
    ControlNumber: "a control number";
    Date: "a date such as 2026-04-01";
    DateRange: "a period such as 2025-10-01/2026-09-30";
    Icd10PcsCode: "an ICD-10-PCS code of seven characters";
    MemberId: "a member id";
    Modifier: "a modifier of two characters";
    Money: "an amount such as 12.50";
    Npi: "an NPI of ten digits";
    PatientControlNumber: "a patient control number";
    PayerControlNumber: "a payer control number";
    PlaceOfService: "a place of service of two digits";
    Quantity: "a quantity";
    Rate: "a rate such as 20%";
    Sex: "the code F, M or U";
    TaxId: "a taxpayer number with hyphens";
    TraceNumber: "a trace number";
}

write_text! {
    ControlNumber Date DateRange Icd10PcsCode MemberId Modifier Money Npi PatientControlNumber PayerControlNumber PlaceOfService
    Quantity Rate Sex TraceNumber
}

/// With hyphens, which name the kind; a social security number outside of [`Exposed`](crate::Exposed) as `[redacted]`.
impl Serialize for TaxId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            TaxId::Ssn(_) if !is_exposed() => serializer.serialize_str(REDACTED),
            _ => serializer.serialize_str(&zeroize::Zeroizing::new(self.hyphenated())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Exposed;

    #[test]
    fn every_value_is_its_canonical_string() {
        fn check<T>(text: &str)
        where
            T: FromStr + Serialize + for<'de> Deserialize<'de> + PartialEq + fmt::Debug,
            T::Err: fmt::Debug,
        {
            let value: T = text.parse().unwrap();
            let json = format!("\"{text}\"");
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
            assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value);
        }
        check::<ControlNumber>("000000101");
        check::<Date>("2026-04-01");
        check::<DateRange>("2025-10-01/..");
        check::<Icd10PcsCode>("5A1955Z");
        check::<MemberId>("TEST0001");
        check::<Modifier>("GA");
        check::<Money>("-12.50");
        check::<Npi>("1234567893");
        check::<PatientControlNumber>("TEST-1");
        check::<PayerControlNumber>("TEST-2");
        check::<PlaceOfService>("02");
        check::<Quantity>("29.00");
        check::<Rate>("1.5%");
        check::<Sex>("F");
        check::<TaxId>("12-3456789");
        check::<TraceNumber>("TEST-3");
    }

    #[test]
    fn a_social_security_number_needs_the_scope() {
        let ssn = TaxId::ssn("123456789").unwrap();
        assert_eq!(serde_json::to_string(&ssn).unwrap(), "\"[redacted]\"");
        let written = serde_json::to_string(&Exposed(&ssn)).unwrap();
        assert_eq!(written, "\"123-45-6789\"");
        assert_eq!(serde_json::from_str::<TaxId>(&written).unwrap(), ssn);
        assert!(serde_json::from_str::<TaxId>("\"[redacted]\"").is_err());
    }

    #[test]
    fn refusals_do_not_repeat_the_input() {
        for json in ["123456789", "-123456789", "123456789.5", "\"123456789\"", "[123456789]", "{\"123456789\":1}"] {
            let error = serde_json::from_str::<Date>(json).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("123456789"), "{json}: {error}");
        }
        let error = serde_json::from_str::<Money>("12.5").unwrap_err().to_string();
        assert!(error.starts_with("expected an amount such as 12.50, as a string"), "{error}");
    }
}
