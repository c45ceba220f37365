//! Identifiers that are free text of bounded length.

use core::fmt;
use core::str::FromStr;

use zeroize::Zeroize;

/// Why an identifier was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// Nothing but space was given.
    #[error("an identifier is empty")]
    Empty,
    /// More characters than the element holds.
    #[error("an identifier of this kind has at most {max} characters")]
    TooLong {
        /// The most characters there can be.
        max: usize,
    },
    /// A control character, such as a line break or a tab.
    #[error("an identifier has no control character: see byte {position}")]
    Control {
        /// Byte offset from 0.
        position: usize,
    },
}

/// Refuses what no identifier can be. Delimiters are not looked at: they differ from file to file.
fn check(text: &str, max: usize) -> Result<(), IdError> {
    if let Some((position, _)) = text.char_indices().find(|(_, character)| character.is_control()) {
        return Err(IdError::Control { position });
    }
    if text.trim().is_empty() {
        return Err(IdError::Empty);
    }
    if text.chars().nth(max).is_some() {
        return Err(IdError::TooLong { max });
    }
    Ok(())
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        ///
        /// Any text that is not blank, has no control character and is not too long; kept as it was given, spaces too.
        /// `Debug` and `Display` print it.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The most characters it can have.
            pub const MAX_LENGTH: usize = $max;

            /// The identifier of this text.
            ///
            /// # Errors
            ///
            /// [`IdError`] says what no identifier of this kind can be.
            pub fn new(text: &str) -> Result<$name, IdError> {
                check(text, $name::MAX_LENGTH)?;
                Ok($name(text.into()))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<$name, IdError> {
                $name::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = IdError;

            fn try_from(text: &str) -> Result<$name, IdError> {
                $name::new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        /// The text is overwritten and becomes empty.
        impl Zeroize for $name {
            fn zeroize(&mut self) {
                self.0.zeroize();
                self.0 = Box::default();
            }
        }
    };
}

text_id!(
    /// A member's number with a payer, as on the insurance card (X12 NM109). It identifies a patient: hold it in
    /// [`Phi`](crate::Phi).
    MemberId,
    80
);

text_id!(
    /// The number that the provider's system gives a claim and the payer sends back (X12 CLM01 and CLP01; form locators
    /// 26 of the CMS-1500 and 3a of the UB-04). It identifies a patient: hold it in [`Phi`](crate::Phi).
    PatientControlNumber,
    38
);

text_id!(
    /// The number that the payer gives a claim, also known as ICN or DCN (X12 CLP07, and REF with qualifier F8).
    PayerControlNumber,
    50
);

text_id!(
    /// The number of a payment, a check or an electronic transfer, by which remittance and deposit find each other (X12
    /// TRN02).
    TraceNumber,
    50
);

text_id!(
    /// The control number of an X12 interchange, functional group or transaction set (ISA13, GS06, ST02).
    ControlNumber,
    9
);

impl PatientControlNumber {
    /// The length that the HIPAA implementation guides let a receiver cut to, and so the longest that is sure to come back:
    /// 20 characters (X12N 005010X222, CLM01).
    pub const HIPAA_LENGTH: usize = 20;

    /// Whether the number is short enough to come back whole from every payer.
    #[must_use]
    pub fn fits_hipaa(&self) -> bool {
        self.0.chars().nth(PatientControlNumber::HIPAA_LENGTH).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_hold_for_every_kind() {
        fn check<T: FromStr<Err = IdError> + fmt::Display + fmt::Debug + Zeroize>(max: usize) {
            let longest = "A".repeat(max);
            assert_eq!(longest.parse::<T>().unwrap().to_string(), longest);
            for (text, error) in [
                (format!("{longest}A"), IdError::TooLong { max }),
                (String::new(), IdError::Empty),
                ("   ".to_owned(), IdError::Empty),
                ("A\nB".to_owned(), IdError::Control { position: 1 }),
                ("\t".to_owned(), IdError::Control { position: 0 }),
                ("é\u{7f}".to_owned(), IdError::Control { position: 2 }),
            ] {
                assert_eq!(text.parse::<T>().err(), Some(error));
            }
            assert!("é".repeat(max).parse::<T>().is_ok());
            let mut id: T = "TEST 1".parse().ok().unwrap();
            assert!(format!("{id:?}").ends_with("(\"TEST 1\")"));
            id.zeroize();
            assert_eq!(id.to_string(), "");
        }
        check::<MemberId>(80);
        check::<PatientControlNumber>(38);
        check::<PayerControlNumber>(50);
        check::<TraceNumber>(50);
        check::<ControlNumber>(9);
    }

    #[test]
    fn the_text_is_kept() {
        assert_eq!(PatientControlNumber::new(" 26403774 ").unwrap().as_str(), " 26403774 ");
        assert_eq!(ControlNumber::new("000000101").unwrap().as_str(), "000000101");
    }

    #[test]
    fn twenty_characters_come_back_from_every_payer() {
        for (length, fits) in [(1, true), (20, true), (21, false), (38, false)] {
            assert_eq!(PatientControlNumber::new(&"A".repeat(length)).unwrap().fits_hipaa(), fits);
        }
    }
}
