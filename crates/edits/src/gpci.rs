//! Geographic practice cost indices: how the fee schedule's values differ from place to place.

use crate::releases::InForce;
use core::fmt;
use core::str::FromStr;
use superbill_core::{Date, DateRange};
use superbill_table::{About, SectionName, Table, TableError, u16_at, u32_at};
use thiserror::Error;

/// The kind of table that holds geographic practice cost indices.
pub const GPCI_KIND: SectionName = SectionName::new("gpci");

/// The first day of the release, as a decimal number ccyymmdd.
pub(crate) const FACTS: SectionName = SectionName::new("facts");
/// The rows, in the order of state and locality.
pub(crate) const ROWS: SectionName = SectionName::new("rows");
/// The rows in the order of contractor and locality, 2 bytes each.
pub(crate) const BY_CONTRACTOR: SectionName = SectionName::new("by-contractor");
/// The names of the localities.
pub(crate) const NAMES: SectionName = SectionName::new("names");

/// Bytes of a row: state 2, locality 2, contractor 5, zero 1, work 2, work without the floor 2, practice expense 2, malpractice 2, length of the
/// name 2, its offset 4.
pub(crate) const ROW: usize = 24;
/// What stands where the file does not give the work index without the floor.
pub(crate) const NOT_GIVEN: u16 = u16::MAX;

/// An index in thousandths: 1.019 is 1,019.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PracticeCostIndex(u16);

impl PracticeCostIndex {
    /// 1.000: as the nation on average.
    pub const ONE: Self = Self(1000);

    /// So many thousandths.
    #[must_use]
    pub const fn new(thousandths: u16) -> Self {
        Self(thousandths)
    }

    /// In thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for PracticeCostIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{:03}", self.0 / 1000, self.0 % 1000))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for PracticeCostIndex {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A payment locality: by state or by contractor, with its number of two digits, which alone says nothing. It is written `CA-05` or `01112-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locality(Key);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    State([u8; 2], [u8; 2]),
    Contractor([u8; 5], [u8; 2]),
}

/// A text that is no locality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a locality is a state or a contractor's number, a hyphen and two digits, as CA-05 or 01112-05")]
pub struct LocalityError;

impl Locality {
    /// The locality of this number in a state of two letters.
    ///
    /// # Errors
    /// [`LocalityError`] for other texts.
    pub fn of_state(state: &str, number: &str) -> Result<Self, LocalityError> {
        let state: [u8; 2] = state.as_bytes().try_into().map_err(|_| LocalityError)?;
        if !state.iter().all(u8::is_ascii_alphabetic) {
            return Err(LocalityError);
        }
        Ok(Self(Key::State(state.map(|letter| letter.to_ascii_uppercase()), digits(number)?)))
    }

    /// The locality of this number of a Medicare administrative contractor of five digits.
    ///
    /// # Errors
    /// [`LocalityError`] for other texts.
    pub fn of_contractor(contractor: &str, number: &str) -> Result<Self, LocalityError> {
        Ok(Self(Key::Contractor(digits(contractor)?, digits(number)?)))
    }
}

fn digits<const N: usize>(text: &str) -> Result<[u8; N], LocalityError> {
    let bytes: [u8; N] = text.as_bytes().try_into().map_err(|_| LocalityError)?;
    if bytes.iter().all(u8::is_ascii_digit) { Ok(bytes) } else { Err(LocalityError) }
}

impl FromStr for Locality {
    type Err = LocalityError;

    fn from_str(text: &str) -> Result<Self, LocalityError> {
        let (area, number) = text.trim().split_once('-').ok_or(LocalityError)?;
        if area.len() == 2 { Self::of_state(area, number) } else { Self::of_contractor(area, number) }
    }
}

impl fmt::Display for Locality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (area, number) = match &self.0 {
            Key::State(state, number) => (&state[..], number),
            Key::Contractor(contractor, number) => (&contractor[..], number),
        };
        let text = |bytes| core::str::from_utf8(bytes).unwrap_or_default();
        f.pad(&format!("{}-{}", text(area), text(number)))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Locality {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Locality {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <std::borrow::Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The indices of a locality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct GpciRow<'a> {
    /// The locality by state.
    pub locality: Locality,
    /// The Medicare administrative contractor.
    pub contractor: &'a str,
    /// Its name, as the file has it, with the stars of its notes.
    pub name: &'a str,
    /// Physician work, with the floor of 1.000 where the file gives it.
    pub work: PracticeCostIndex,
    /// Physician work without the floor, where the file gives it.
    pub work_without_floor: Option<PracticeCostIndex>,
    /// Practice expense.
    pub practice_expense: PracticeCostIndex,
    /// Malpractice.
    pub malpractice: PracticeCostIndex,
}

/// The geographic practice cost indices of a release.
///
/// Source: addendum E of the physician fee schedule rule, `GPCI....csv` in the archive of the relative value files; 42 CFR 414.26.
#[derive(Debug, Clone, Copy)]
pub struct Gpci<'a> {
    rows: &'a [[u8; ROW]],
    by_contractor: &'a [[u8; 2]],
    names: &'a [u8],
    in_force: DateRange,
    table: Table<'a>,
}

impl<'a> Gpci<'a> {
    /// Opens a table. Only its directory is looked at; [`Gpci::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes hold no such indices or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let table = Table::open(bytes, GPCI_KIND)?;
        let section = |name: SectionName| {
            table.section(name).map(|(bytes, _)| bytes).ok_or(TableError::Section { name: name.as_str() })
        };
        let in_force =
            u32_at(section(FACTS)?, 0).and_then(in_force).ok_or(TableError::Section { name: FACTS.as_str() })?;
        let rows = section(ROWS)?.as_chunks().0;
        let by_contractor = section(BY_CONTRACTOR)?.as_chunks().0;
        if by_contractor.len() != rows.len() {
            return Err(TableError::Section { name: BY_CONTRACTOR.as_str() });
        }
        Ok(Self { rows, by_contractor, names: section(NAMES)?, in_force, table })
    }

    /// What the table says of itself.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many localities there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn by_contractor(&self, place: &[u8; 2]) -> Option<&'a [u8; ROW]> {
        self.rows.get(usize::from(u16::from_le_bytes(*place)))
    }

    /// The indices of a locality.
    #[must_use]
    pub fn row(&self, locality: Locality) -> Option<GpciRow<'a>> {
        let row = match locality.0 {
            Key::State(state, number) => {
                let at = self.rows.binary_search_by(|row| state_key(row).cmp(&(&state[..], &number[..]))).ok()?;
                self.rows.get(at)?
            }
            Key::Contractor(contractor, number) => {
                let wanted = (&contractor[..], &number[..]);
                let key = |place| self.by_contractor(place).map(contractor_key);
                let at = self.by_contractor.binary_search_by(|place| key(place).cmp(&Some(wanted))).ok()?;
                self.by_contractor(self.by_contractor.get(at)?)?
            }
        };
        self.read(row)
    }

    /// All localities, in the order of state and number.
    pub fn iter(&self) -> impl Iterator<Item = GpciRow<'a>> + '_ {
        self.rows.iter().filter_map(|row| self.read(row))
    }

    fn read(&self, row: &'a [u8; ROW]) -> Option<GpciRow<'a>> {
        let text = |from: usize, to: usize| core::str::from_utf8(row.get(from..to)?).ok();
        let index = |at: usize| u16_at(row, at);
        let (length, offset) = (usize::from(u16_at(row, 18)?), u32_at(row, 20)? as usize);
        let name = self.names.get(offset..)?.get(..length)?;
        Some(GpciRow {
            locality: Locality::of_state(text(0, 2)?, text(2, 4)?).ok()?,
            contractor: text(4, 9)?,
            name: core::str::from_utf8(name).ok()?,
            work: PracticeCostIndex(index(10)?),
            work_without_floor: index(12).filter(|index| *index != NOT_GIVEN).map(PracticeCostIndex),
            practice_expense: PracticeCostIndex(index(14)?),
            malpractice: PracticeCostIndex(index(16)?),
        })
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        let mut before = None;
        for (at, row) in self.rows.iter().enumerate() {
            let key = state_key(row);
            if self.read(row).is_none() || before.is_some_and(|before| before >= key) {
                return Err(TableError::Content { name: ROWS.as_str(), row: at as u64 });
            }
            before = Some(key);
        }
        let mut before = None;
        for (at, place) in self.by_contractor.iter().enumerate() {
            let key = self.by_contractor(place).map(contractor_key);
            if key.is_none() || before.is_some_and(|before| before >= key) {
                return Err(TableError::Content { name: BY_CONTRACTOR.as_str(), row: at as u64 });
            }
            before = Some(key);
        }
        Ok(())
    }
}

pub(crate) fn state_key(row: &[u8; ROW]) -> (&[u8], &[u8]) {
    let part = |from: usize, to: usize| row.get(from..to).unwrap_or_default();
    (part(0, 2), part(2, 4))
}

pub(crate) fn contractor_key(row: &[u8; ROW]) -> (&[u8], &[u8]) {
    let part = |from: usize, to: usize| row.get(from..to).unwrap_or_default();
    (part(4, 9), part(2, 4))
}

/// From a first day, as ccyymmdd, to the end of its year.
fn in_force(first: u32) -> Option<DateRange> {
    let first = Date::from_ccyymmdd(first).ok()?;
    DateRange::new(first, Some(Date::new(first.year(), 12, 31).ok()?)).ok()
}

impl InForce for Gpci<'_> {
    /// From the first day of the release to the end of its year, unless a later release takes its place.
    fn in_force(&self) -> DateRange {
        self.in_force
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn localities_are_of_a_state_or_a_contractor() {
        for (text, printed) in
            [("ca-05", Some("CA-05")), (" 01112-05", Some("01112-05")), ("CA-5", None), ("C-05", None)]
        {
            assert_eq!(
                text.parse::<Locality>().ok().map(|locality| locality.to_string()).as_deref(),
                printed,
                "{text}"
            );
        }
        for text in ["", "CA05", "1112-05", "C1-05", "CA-0x", "01112-005", "\u{e9}-05"] {
            assert_eq!(text.parse::<Locality>(), Err(LocalityError), "{text}");
        }
        assert_eq!(PracticeCostIndex::new(1019).to_string(), "1.019");
    }
}
