//! What the name of an official file says.

use crate::quarter::Quarter;

/// The quarter out of the name of a file of the National Correct Coding Initiative, as `ccipra-v322r0-f1.txt`: version 32.2 is the third quarter of
/// 2026.
pub(crate) fn ncci_quarter(name: &str) -> Option<Quarter> {
    let lower = name.to_ascii_lowercase();
    lower.match_indices('v').find_map(|(at, _)| {
        let digits: &str = lower.get(at + 1..)?;
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        let (version, rest) = digits.split_at_checked(count)?;
        if count != 3 || !rest.starts_with('r') {
            return None;
        }
        let number: i16 = version.parse().ok()?;
        Quarter::from_ncci_version(number / 10, i8::try_from(number % 10).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_tells_the_quarter() {
        for (name, quarter) in [
            ("ccipra-v322r0-f1.txt", Some("2026Q3")),
            ("CCIOPH-V300R1-F4.TXT", Some("2024Q1")),
            ("ccipra-v324r0-f1.txt", None),
            ("pairs.txt", None),
            ("vv302r0.txt", Some("2024Q3")),
        ] {
            assert_eq!(ncci_quarter(name).map(|quarter| quarter.to_string()).as_deref(), quarter, "{name}");
        }
    }
}
