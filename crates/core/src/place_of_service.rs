//! Where a service was given.

use core::fmt;
use core::str::FromStr;

/// A place-of-service code by its shape: two digits, 01 to 99 (X12 CLM05-1 and SV105; Medicare Claims Processing Manual,
/// chapter 26, section 10.5).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceOfService(u8);

/// Why a place-of-service code was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceOfServiceError {
    /// Not two characters.
    #[error("a place of service has exactly 2 digits")]
    Length,
    /// A character that is no digit.
    #[error("a place of service has digits only: see byte {position}")]
    NotADigit {
        /// Byte offset from 0.
        position: usize,
    },
    /// The number is not within 1 to 99.
    #[error("a place of service is 01 to 99")]
    OutOfRange,
}

impl PlaceOfService {
    /// The code of this number, 1 to 99.
    ///
    /// # Errors
    ///
    /// [`PlaceOfServiceError::OutOfRange`].
    pub const fn new(code: u8) -> Result<PlaceOfService, PlaceOfServiceError> {
        match code {
            1..=99 => Ok(PlaceOfService(code)),
            _ => Err(PlaceOfServiceError::OutOfRange),
        }
    }

    /// The code as a number, 1 to 99.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }
}

/// Exactly two digits.
impl FromStr for PlaceOfService {
    type Err = PlaceOfServiceError;

    fn from_str(text: &str) -> Result<PlaceOfService, PlaceOfServiceError> {
        let bytes: &[u8; 2] = text.as_bytes().try_into().map_err(|_| PlaceOfServiceError::Length)?;
        if let Some(position) = bytes.iter().position(|byte| !byte.is_ascii_digit()) {
            return Err(PlaceOfServiceError::NotADigit { position });
        }
        let [tens, ones] = bytes.map(|byte| byte - b'0');
        PlaceOfService::new(tens * 10 + ones)
    }
}

impl TryFrom<&str> for PlaceOfService {
    type Error = PlaceOfServiceError;

    fn try_from(text: &str) -> Result<PlaceOfService, PlaceOfServiceError> {
        text.parse()
    }
}

impl fmt::Display for PlaceOfService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:02}", self.0))
    }
}

impl fmt::Debug for PlaceOfService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlaceOfService({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_two_digits() {
        for (text, expected) in [
            ("11", Ok(11)),
            ("02", Ok(2)),
            ("99", Ok(99)),
            ("00", Err(PlaceOfServiceError::OutOfRange)),
            ("1", Err(PlaceOfServiceError::Length)),
            ("011", Err(PlaceOfServiceError::Length)),
            ("", Err(PlaceOfServiceError::Length)),
            ("1A", Err(PlaceOfServiceError::NotADigit { position: 1 })),
            ("+1", Err(PlaceOfServiceError::NotADigit { position: 0 })),
        ] {
            assert_eq!(text.parse().map(PlaceOfService::code), expected, "{text}");
        }
        for code in 1..=99 {
            let place = PlaceOfService::new(code).unwrap();
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        assert_eq!(PlaceOfService::new(0), Err(PlaceOfServiceError::OutOfRange));
        assert_eq!(PlaceOfService::new(100), Err(PlaceOfServiceError::OutOfRange));
        assert_eq!(format!("{:?}", PlaceOfService(2)), "PlaceOfService(02)");
    }
}
