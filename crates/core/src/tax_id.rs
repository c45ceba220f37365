//! Taxpayer identification numbers: of an organisation, or of a person.

use core::fmt;
use core::str::FromStr;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::REDACTED;

/// A taxpayer identification number, nine digits by shape.
///
/// Nine bare digits do not say which kind they are: X12 says it in the qualifier (EI or SY), so use [`TaxId::ein`] or
/// [`TaxId::ssn`]. Written with hyphens, `12-3456789` or `123-45-6789`, it can be parsed.
///
/// ```
/// use superbill_core::TaxId;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let organisation = TaxId::ein("123456789")?;
/// assert_eq!(organisation.to_string(), "12-3456789");
/// let person = TaxId::ssn("000-00-0000")?;
/// assert_eq!(person.to_string(), "[redacted]");
/// assert_eq!(person.digits(), "000000000");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "the qualifiers EI and SY close it")]
pub enum TaxId {
    /// Employer identification number, X12 qualifier EI.
    Ein(Ein),
    /// Social security number, X12 qualifier SY: it identifies a person, so it is redacted when printed and wiped when dropped.
    Ssn(Ssn),
}

/// Employer identification number: nine digits, printed `12-3456789`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ein([u8; 9]);

/// Social security number: nine digits, printed `[redacted]`, wiped when dropped.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ssn([u8; 9]);

/// Why a taxpayer identification number was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TaxIdError {
    /// The text has neither the length of nine digits nor the length with hyphens.
    #[error("a taxpayer number has nine digits, written 12-3456789 (EIN), 123-45-6789 (SSN), or without hyphens")]
    Length,
    /// A character that is no digit where a digit is expected.
    #[error("a digit is expected at byte {position} of the taxpayer number")]
    NotADigit {
        /// Byte offset from 0.
        position: usize,
    },
    /// No hyphen where this kind has one.
    #[error("a hyphen is expected at byte {position} of the taxpayer number")]
    Hyphen {
        /// Byte offset from 0.
        position: usize,
    },
    /// Nine bare digits: an EIN or an SSN.
    #[error("nine bare digits can be an EIN or an SSN: name the kind, or write the hyphens")]
    KindUnknown,
}

impl TaxId {
    /// An employer identification number, `123456789` or `12-3456789`.
    ///
    /// # Errors
    ///
    /// [`TaxIdError::Length`], [`TaxIdError::NotADigit`] or [`TaxIdError::Hyphen`].
    pub fn ein(text: &str) -> Result<TaxId, TaxIdError> {
        text.parse().map(TaxId::Ein)
    }

    /// A social security number, `123456789` or `123-45-6789`.
    ///
    /// # Errors
    ///
    /// [`TaxIdError::Length`], [`TaxIdError::NotADigit`] or [`TaxIdError::Hyphen`].
    pub fn ssn(text: &str) -> Result<TaxId, TaxIdError> {
        text.parse().map(TaxId::Ssn)
    }

    /// The nine digits in clear, of a social security number too: for the X12 element that carries them.
    #[must_use]
    pub fn digits(&self) -> &str {
        match self {
            TaxId::Ein(ein) => ein.digits(),
            TaxId::Ssn(ssn) => ssn.digits(),
        }
    }

    /// With hyphens and in clear, as [`TaxId::from_str`] reads it.
    #[cfg(feature = "serde")]
    pub(crate) fn hyphenated(&self) -> String {
        match self {
            TaxId::Ein(ein) => ein.to_string(),
            TaxId::Ssn(ssn) => {
                let digits = ssn.digits();
                let part = |range| digits.get(range).unwrap_or_default();
                format!("{}-{}-{}", part(0..3), part(3..5), part(5..9))
            }
        }
    }
}

impl Ein {
    /// The nine digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        // INVARIANT: nine ASCII digits.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Ssn {
    /// The nine digits in clear.
    #[must_use]
    pub fn digits(&self) -> &str {
        // INVARIANT: nine ASCII digits.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Nine digits from bare digits, or with a hyphen at each of these bytes.
fn nine_digits(text: &str, hyphens: &[usize]) -> Result<[u8; 9], TaxIdError> {
    let hyphens = match text.len() {
        9 => &[],
        length if length == 9 + hyphens.len() => hyphens,
        _ => return Err(TaxIdError::Length),
    };
    let mut digits = [b'0'; 9];
    let mut places = digits.iter_mut();
    for (position, byte) in text.bytes().enumerate() {
        if hyphens.contains(&position) {
            if byte != b'-' {
                return Err(TaxIdError::Hyphen { position });
            }
        } else if !byte.is_ascii_digit() {
            return Err(TaxIdError::NotADigit { position });
        } else if let Some(place) = places.next() {
            *place = byte;
        }
    }
    Ok(digits)
}

/// Reads `123456789` and `12-3456789`.
impl FromStr for Ein {
    type Err = TaxIdError;

    fn from_str(text: &str) -> Result<Ein, TaxIdError> {
        nine_digits(text, &[2]).map(Ein)
    }
}

/// Reads `123456789` and `123-45-6789`.
impl FromStr for Ssn {
    type Err = TaxIdError;

    fn from_str(text: &str) -> Result<Ssn, TaxIdError> {
        nine_digits(text, &[3, 6]).map(Ssn)
    }
}

/// Reads `12-3456789` as an EIN and `123-45-6789` as an SSN; nine bare digits are [`TaxIdError::KindUnknown`].
impl FromStr for TaxId {
    type Err = TaxIdError;

    fn from_str(text: &str) -> Result<TaxId, TaxIdError> {
        match text.len() {
            10 => TaxId::ein(text),
            11 => TaxId::ssn(text),
            9 if text.bytes().all(|byte| byte.is_ascii_digit()) => Err(TaxIdError::KindUnknown),
            _ => Err(TaxIdError::Length),
        }
    }
}

impl fmt::Display for TaxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TaxId::Ein(ein) => ein.fmt(f),
            TaxId::Ssn(ssn) => ssn.fmt(f),
        }
    }
}

impl fmt::Display for Ein {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, rest) = self.digits().split_at_checked(2).unwrap_or_default();
        f.pad(&format!("{prefix}-{rest}"))
    }
}

impl fmt::Debug for Ein {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Ssn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(REDACTED)
    }
}

impl fmt::Debug for Ssn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// All digits become zero.
impl Zeroize for Ssn {
    fn zeroize(&mut self) {
        self.0.zeroize();
        // Nine digits it stays.
        self.0 = [b'0'; 9];
    }
}

impl Drop for Ssn {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Ssn {}

/// All digits become zero; the kind stays.
impl Zeroize for TaxId {
    fn zeroize(&mut self) {
        match self {
            TaxId::Ein(ein) => {
                ein.0.zeroize();
                ein.0 = [b'0'; 9];
            }
            TaxId::Ssn(ssn) => ssn.zeroize(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_name_the_kind() {
        assert!(matches!("12-3456789".parse(), Ok(TaxId::Ein(ein)) if ein.digits() == "123456789"));
        assert!(matches!("123-45-6789".parse::<TaxId>(), Ok(TaxId::Ssn(ssn)) if ssn.digits() == "123456789"));
        for (text, error) in [
            ("123456789", TaxIdError::KindUnknown),
            ("12345678A", TaxIdError::Length),
            ("12345678", TaxIdError::Length),
            ("", TaxIdError::Length),
            ("1234567890", TaxIdError::Hyphen { position: 2 }),
            ("1-23456789", TaxIdError::NotADigit { position: 1 }),
            ("123-456789A", TaxIdError::Hyphen { position: 6 }),
            ("12-345678A", TaxIdError::NotADigit { position: 9 }),
        ] {
            assert_eq!(text.parse::<TaxId>(), Err(error), "{text}");
        }
    }

    #[test]
    fn a_named_kind_takes_bare_digits() {
        assert_eq!(TaxId::ein("123456789"), "12-3456789".parse());
        assert_eq!(TaxId::ssn("123456789"), "123-45-6789".parse());
        assert_ne!(TaxId::ein("123456789"), TaxId::ssn("123456789"));
        assert_eq!(TaxId::ein("123-45-6789"), Err(TaxIdError::Length));
        assert_eq!(TaxId::ssn("12-3456789"), Err(TaxIdError::Length));
        assert_eq!(TaxId::ssn("12345678é"), Err(TaxIdError::Length));
        assert_eq!(TaxId::ssn("1234567é"), Err(TaxIdError::NotADigit { position: 7 }));
    }

    #[test]
    fn only_the_organisation_is_printed() {
        let ein = TaxId::ein("123456789").unwrap();
        let ssn = TaxId::ssn("123456789").unwrap();
        assert_eq!(format!("{ein} {ein:?}"), "12-3456789 Ein(12-3456789)");
        assert_eq!(format!("{ssn} {ssn:?}"), "[redacted] Ssn([redacted])");
    }

    #[test]
    fn is_wiped_to_zeros() {
        for mut tax_id in [TaxId::ein("123456789").unwrap(), TaxId::ssn("123456789").unwrap()] {
            tax_id.zeroize();
            assert_eq!(tax_id.digits(), "000000000");
        }
    }
}
