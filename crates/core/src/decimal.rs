//! The one reader of decimal numbers, as X12 type R writes them: optional minus, digits, optional point.

/// Why a text is not such a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No character at all.
    Empty,
    /// A sign or a point, but no digit.
    NoDigits,
    /// A character that has no place there; byte offset from 0.
    Character(usize),
    /// A digit other than zero beyond the allowed decimals; byte offset from 0.
    TooFine(usize),
    /// The number does not fit.
    Overflow,
}

/// The number times ten to the power of `scale`, exactly.
///
/// Zeros beyond `scale` decimals are read and dropped; any other digit there is [`Fault::TooFine`].
pub(crate) fn scaled(text: &str, scale: u8) -> Result<i64, Fault> {
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    let mut negative = false;
    let mut point = false;
    let mut any_digit = false;
    let mut decimals = 0;
    // Counted below zero, where an i64 reaches one further.
    let mut value: i64 = 0;
    for (position, byte) in text.bytes().enumerate() {
        match byte {
            b'-' if position == 0 => negative = true,
            b'.' if !point => point = true,
            b'0'..=b'9' => {
                any_digit = true;
                if point && decimals == scale {
                    if byte != b'0' {
                        return Err(Fault::TooFine(position));
                    }
                    continue;
                }
                value = value
                    .checked_mul(10)
                    .and_then(|value| value.checked_sub(i64::from(byte - b'0')))
                    .ok_or(Fault::Overflow)?;
                decimals += u8::from(point);
            }
            _ => return Err(Fault::Character(position)),
        }
    }
    if !any_digit {
        return Err(Fault::NoDigits);
    }
    for _ in decimals..scale {
        value = value.checked_mul(10).ok_or(Fault::Overflow)?;
    }
    if negative { Ok(value) } else { value.checked_neg().ok_or(Fault::Overflow) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_exactly() {
        for (text, scale, expected) in [
            ("12", 2, Ok(1200)),
            ("-12.5", 2, Ok(-1250)),
            (".5", 2, Ok(50)),
            ("12.", 2, Ok(1200)),
            ("12.500", 2, Ok(1250)),
            ("12.505", 2, Err(Fault::TooFine(5))),
            ("12.005", 0, Err(Fault::TooFine(5))),
            ("", 2, Err(Fault::Empty)),
            ("-", 2, Err(Fault::NoDigits)),
            (".", 2, Err(Fault::NoDigits)),
            ("1.2.3", 2, Err(Fault::Character(3))),
            ("1-2", 2, Err(Fault::Character(1))),
            ("--1", 2, Err(Fault::Character(1))),
            ("+1", 2, Err(Fault::Character(0))),
            ("1e2", 2, Err(Fault::Character(1))),
            ("9223372036854775807", 0, Ok(i64::MAX)),
            ("-9223372036854775808", 0, Ok(i64::MIN)),
            ("9223372036854775808", 0, Err(Fault::Overflow)),
            ("922337203685477580", 2, Err(Fault::Overflow)),
            ("99999999999999999999", 0, Err(Fault::Overflow)),
        ] {
            assert_eq!(scaled(text, scale), expected, "{text} at {scale}");
        }
    }
}
