//! The control numbers of what is sent.

use crate::X12Error;
use core::fmt;
use core::str::FromStr;

/// The highest control number of an interchange, group or transaction set.
pub(crate) const MOST: u32 = 999_999_999;

/// Gives out control numbers: each one once. To be kept between runs, it is written as text and parsed again.
///
/// A receiver takes a repeated ISA13 for a duplicate, so after 999,999,999 the answer is an error: the user decides
/// whether the partner lets him begin again.
///
/// ```
/// use superbill_x12::ControlNumbers;
/// # fn main() -> Result<(), superbill_x12::X12Error> {
/// let mut numbers: ControlNumbers = "41 12 1".parse()?;
/// assert_eq!(numbers.interchange()?, 41);
/// assert_eq!(numbers.to_string(), "42 12 1");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlNumbers {
    interchange: u32,
    group: u32,
    transaction: u32,
}

impl Default for ControlNumbers {
    /// All begin at 1.
    fn default() -> Self {
        Self { interchange: 1, group: 1, transaction: 1 }
    }
}

impl ControlNumbers {
    /// The next ones are these, of interchange, group and transaction set.
    ///
    /// # Errors
    /// [`X12Error::ControlNumbers`] for 0 and for more than nine digits.
    pub fn starting_at(interchange: u32, group: u32, transaction: u32) -> Result<Self, X12Error> {
        let fits = [interchange, group, transaction].iter().all(|number| (1..=MOST).contains(number));
        if fits { Ok(Self { interchange, group, transaction }) } else { Err(X12Error::ControlNumbers) }
    }

    /// The number of the next interchange (ISA13).
    ///
    /// # Errors
    /// [`X12Error::ControlNumbers`] when there is none left.
    pub fn interchange(&mut self) -> Result<u32, X12Error> {
        take(&mut self.interchange)
    }

    /// The number of the next group (GS06).
    ///
    /// # Errors
    /// [`X12Error::ControlNumbers`] when there is none left.
    pub fn group(&mut self) -> Result<u32, X12Error> {
        take(&mut self.group)
    }

    /// The number of the next transaction set (ST02).
    ///
    /// # Errors
    /// [`X12Error::ControlNumbers`] when there is none left.
    pub fn transaction(&mut self) -> Result<u32, X12Error> {
        take(&mut self.transaction)
    }

    /// Begins to count the transaction sets of a group, whose numbers must differ within it only.
    pub fn restart_transactions(&mut self) {
        self.transaction = 1;
    }
}

fn take(next: &mut u32) -> Result<u32, X12Error> {
    let number = *next;
    if number > MOST {
        return Err(X12Error::ControlNumbers);
    }
    *next = number + 1;
    Ok(number)
}

impl fmt::Display for ControlNumbers {
    /// The next numbers of interchange, group and transaction set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.interchange, self.group, self.transaction)
    }
}

impl FromStr for ControlNumbers {
    type Err = X12Error;

    fn from_str(text: &str) -> Result<Self, X12Error> {
        let mut numbers = text.split_ascii_whitespace().map(|number| match number.parse() {
            // One more than the last says that there is none left.
            Ok(number @ 1..=1_000_000_000) => Ok(number),
            _ => Err(X12Error::ControlNumbers),
        });
        let mut next = || numbers.next().unwrap_or(Err(X12Error::ControlNumbers));
        let read = Self { interchange: next()?, group: next()?, transaction: next()? };
        if numbers.next().is_some() { Err(X12Error::ControlNumbers) } else { Ok(read) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_given_once_and_none_after_the_last() {
        let mut numbers = ControlNumbers::starting_at(MOST - 1, 7, 1).unwrap();
        assert_eq!((numbers.interchange(), numbers.interchange()), (Ok(MOST - 1), Ok(MOST)));
        assert_eq!(numbers.interchange(), Err(X12Error::ControlNumbers));
        assert_eq!((numbers.group(), numbers.group()), (Ok(7), Ok(8)));
        assert_eq!((numbers.transaction(), numbers.transaction()), (Ok(1), Ok(2)));
        let mut again: ControlNumbers = numbers.to_string().parse().unwrap();
        assert_eq!(again, numbers);
        assert_eq!(again.interchange(), Err(X12Error::ControlNumbers), "it stays used up");
        again.restart_transactions();
        assert_eq!(again.transaction(), Ok(1));
    }

    #[test]
    fn what_is_no_three_numbers_is_refused() {
        for text in ["", "1 2", "1 2 3 4", "0 1 1", "1 1 x", "1 1 1000000001", "-1 1 1"] {
            assert_eq!(text.parse::<ControlNumbers>(), Err(X12Error::ControlNumbers), "{text}");
        }
        assert!(ControlNumbers::starting_at(0, 1, 1).is_err());
        assert!(ControlNumbers::starting_at(1, 1, MOST + 1).is_err());
    }
}
