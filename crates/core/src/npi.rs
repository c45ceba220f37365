//! The National Provider Identifier.

use core::fmt;
use core::str::FromStr;

/// What the prefix 80840 (health identifiers of the United States) adds to the sum of the check digit.
const PREFIX_SUM: u8 = 24;

/// A National Provider Identifier by its shape: ten digits, the last a check digit (45 CFR 162.406(a)); the first is 1 or 2
/// (CMS, requirements for NPI check digit).
///
/// Parsing does not test the check digit, because files carry wrong ones and have to be read to be
/// reported: ask [`Npi::has_valid_check_digit`], or parse with [`Npi::verified`]. Whether the number was ever given to
/// somebody is a question to the national registry.
///
/// ```
/// use superbill_core::Npi;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let npi: Npi = "1234567893".parse()?;
/// assert!(npi.has_valid_check_digit());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Npi([u8; 10]);

/// Why an NPI was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NpiError {
    /// Not ten characters.
    #[error("an NPI has exactly 10 digits")]
    Length,
    /// A character that is no digit.
    #[error("an NPI has digits only: see byte {position}")]
    NotADigit {
        /// Byte offset from 0.
        position: usize,
    },
    /// The first digit is neither 1 nor 2.
    #[error("an NPI begins with 1 or 2")]
    FirstDigit,
    /// The last digit does not fit the nine before it.
    #[error("the last digit of the NPI should be {expected}: one or more digits are wrong")]
    CheckDigit {
        /// The digit that the other nine ask for.
        expected: u8,
    },
}

impl Npi {
    /// The NPI, its check digit tested too.
    ///
    /// # Errors
    ///
    /// As parsing, and [`NpiError::CheckDigit`].
    pub fn verified(text: &str) -> Result<Npi, NpiError> {
        let npi: Npi = text.parse()?;
        if npi.has_valid_check_digit() {
            Ok(npi)
        } else {
            Err(NpiError::CheckDigit { expected: npi.expected_check_digit() })
        }
    }

    /// Whether the last digit is the one that the nine before it ask for.
    #[must_use]
    pub fn has_valid_check_digit(self) -> bool {
        let [.., last] = self.0;
        last == b'0' + self.expected_check_digit()
    }

    /// The check digit that the first nine digits ask for: the Luhn formula over 80840 and the NPI (45 CFR 162.406;
    /// CMS, requirements for NPI check digit).
    #[must_use]
    pub fn expected_check_digit(self) -> u8 {
        let [body @ .., _] = self.0;
        let mut sum = PREFIX_SUM;
        for (place, byte) in body.into_iter().enumerate() {
            let digit = byte.saturating_sub(b'0');
            // Of the nine, the first, third, fifth, seventh and ninth are doubled; a sum of two digits is added up.
            sum += match (place % 2, digit * 2) {
                (0, double) if double > 9 => double - 9,
                (0, double) => double,
                _ => digit,
            };
        }
        (10 - sum % 10) % 10
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // INVARIANT: ten ASCII digits.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The shape only: ten digits, the first 1 or 2.
impl FromStr for Npi {
    type Err = NpiError;

    fn from_str(text: &str) -> Result<Npi, NpiError> {
        let digits: &[u8; 10] = text.as_bytes().try_into().map_err(|_| NpiError::Length)?;
        if let Some(position) = digits.iter().position(|byte| !byte.is_ascii_digit()) {
            return Err(NpiError::NotADigit { position });
        }
        match digits {
            [b'1' | b'2', ..] => Ok(Npi(*digits)),
            _ => Err(NpiError::FirstDigit),
        }
    }
}

impl TryFrom<&str> for Npi {
    type Error = NpiError;

    fn try_from(text: &str) -> Result<Npi, NpiError> {
        text.parse()
    }
}

impl fmt::Display for Npi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Npi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Npi({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_and_check_digit_are_two_questions() {
        for (text, shape, verified) in [
            // The worked example of CMS.
            ("1234567893", Ok(()), Ok(())),
            ("1234567890", Ok(()), Err(NpiError::CheckDigit { expected: 3 })),
            ("2234567891", Ok(()), Ok(())),
            ("1999999992", Ok(()), Ok(())),
            ("1000000000", Ok(()), Err(NpiError::CheckDigit { expected: 4 })),
            ("3234567893", Err(NpiError::FirstDigit), Err(NpiError::FirstDigit)),
            ("0000000000", Err(NpiError::FirstDigit), Err(NpiError::FirstDigit)),
            ("123456789", Err(NpiError::Length), Err(NpiError::Length)),
            ("12345678931", Err(NpiError::Length), Err(NpiError::Length)),
            ("", Err(NpiError::Length), Err(NpiError::Length)),
            ("12345-7893", Err(NpiError::NotADigit { position: 5 }), Err(NpiError::NotADigit { position: 5 })),
            (" 123456789", Err(NpiError::NotADigit { position: 0 }), Err(NpiError::NotADigit { position: 0 })),
        ] {
            assert_eq!(text.parse::<Npi>().map(|_| ()), shape, "{text}");
            assert_eq!(Npi::verified(text).map(|_| ()), verified, "{text}");
        }
    }

    #[test]
    fn one_check_digit_of_ten_is_valid() {
        let valid = (0..10).filter(|digit| Npi::verified(&format!("198765432{digit}")).is_ok()).count();
        assert_eq!(valid, 1);
    }

    #[test]
    fn prints_its_digits() {
        let npi: Npi = "1234567893".parse().unwrap();
        assert_eq!(format!("{npi} {npi:?}"), "1234567893 Npi(1234567893)");
    }
}
