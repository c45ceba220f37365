//! The general equivalence mappings between ICD-9-CM and ICD-10-CM.

use crate::code::Icd10CmCode;
use crate::icd9::Icd9Code;
use superbill_core::Date;
use superbill_table::{About, SectionName, Table, TableError, u32_at, u64_at};

/// The kind of table that holds the mappings.
pub const GEMS_KIND: SectionName = SectionName::new("icd10cm-gems");

/// The first day of the release, as a decimal number ccyymmdd.
pub(crate) const FACTS: SectionName = SectionName::new("facts");
/// Rows in order of the source: its key 8; the target's key above 11 bits of marks 8.
pub(crate) const FROM_ICD9: SectionName = SectionName::new("from_icd9");
/// The same from ICD-10-CM.
pub(crate) const FROM_ICD10: SectionName = SectionName::new("from_icd10");

/// Bits of the marks below a target: choice list 4, scenario 4, combination, no map, approximate.
const MARK_BITS: u32 = 11;

/// A row of the mappings, with its flags as the official file has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "these are the columns of the official file")]
pub struct Mapping<T> {
    /// The code in the other classification; `None` exactly where there is no map.
    pub target: Option<T>,
    /// Source and target do not mean the same.
    pub approximate: bool,
    /// Nothing in the other classification is near enough.
    pub no_map: bool,
    /// The target stands for the source only together with others.
    pub combination: bool,
    /// Which combination it belongs to: 1 to 9; 0 where it belongs to none.
    pub scenario: u8,
    /// Which part of the combination it is a choice for: 1 to 9; 0 where it belongs to none.
    pub choice_list: u8,
}

/// A code in the other classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Equivalent<T> {
    /// The code.
    pub code: T,
    /// Whether it does not mean exactly the same.
    pub approximate: bool,
}

/// A combination: one code out of each choice list, all of them together, stand for the source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scenario<T> {
    /// Its number.
    pub number: u8,
    /// The choice lists in order of their numbers, none empty.
    pub choice_lists: Vec<Vec<Equivalent<T>>>,
}

/// What the mappings say of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Translation<T> {
    /// Codes each of which alone stands for the source.
    pub single: Vec<Equivalent<T>>,
    /// Combinations each of which stands for the source.
    pub scenarios: Vec<Scenario<T>>,
    /// The file says that nothing in the other classification is near enough.
    pub no_map: bool,
}

/// The general equivalence mappings of one release, in one direction or both.
///
/// They are made for data, not for single claims: where several targets stand, only the record tells which one is meant. The two directions are
/// files of their own and do not mirror each other.
///
/// Source: "Diagnosis Code Set General Equivalence Mappings", Centers for Medicare & Medicaid Services, last published for fiscal year 2018.
#[derive(Debug, Clone, Copy)]
pub struct Gems<'a> {
    from_icd9: &'a [[u8; 16]],
    from_icd10: &'a [[u8; 16]],
    release: Date,
    table: Table<'a>,
}

/// A code as a number whose order is the order of codes.
pub(crate) trait Key: Copy {
    fn key(self) -> u64;
    fn from_key(key: u64) -> Option<Self>;
}

impl Key for Icd9Code {
    fn key(self) -> u64 {
        self.packed()
    }

    fn from_key(key: u64) -> Option<Self> {
        Self::from_packed(key)
    }
}

impl Key for Icd10CmCode {
    fn key(self) -> u64 {
        self.packed()
    }

    fn from_key(key: u64) -> Option<Self> {
        Self::from_packed(key)
    }
}

/// The target and the marks in one word.
#[cfg(feature = "import")]
pub(crate) fn word<T: Key>(mapping: Mapping<T>) -> u64 {
    let flag = |set: bool, bit: u32| u64::from(set) << bit;
    let marks = flag(mapping.approximate, 10) | flag(mapping.no_map, 9) | flag(mapping.combination, 8);
    let places = u64::from(mapping.scenario & 15) << 4 | u64::from(mapping.choice_list & 15);
    mapping.target.map_or(0, Key::key) << MARK_BITS | marks | places
}

fn from_word<T: Key>(word: u64) -> Option<Mapping<T>> {
    let flag = |bit: u32| word >> bit & 1 == 1;
    let key = word >> MARK_BITS;
    let mapping = Mapping {
        target: if key == 0 { None } else { Some(T::from_key(key)?) },
        approximate: flag(10),
        no_map: flag(9),
        combination: flag(8),
        scenario: (word >> 4 & 15) as u8,
        choice_list: (word & 15) as u8,
    };
    mapping.fault().is_none().then_some(mapping)
}

impl<T> Mapping<T> {
    /// Which flag does not go with the others: its place in the column, from 0, and what was expected.
    pub(crate) fn fault(&self) -> Option<(u32, &'static str)> {
        if self.no_map != self.target.is_none() {
            return Some((1, "the flag `no map` set exactly where the target is NoDx"));
        }
        if self.no_map && self.combination {
            return Some((2, "no combination where there is no map"));
        }
        let places = [(3, self.scenario), (4, self.choice_list)];
        let wrong = places.into_iter().find(|(_, place)| (*place > 0) != self.combination || *place > 9);
        wrong.map(|(at, _)| (at, "scenario and choice list from 1 to 9 in a combination, else 0"))
    }
}

impl<'a> Gems<'a> {
    /// Opens a table. Only its directory is looked at; [`Gems::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no mappings or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let missing = |name: SectionName| TableError::Section { name: name.as_str() };
        let table = Table::open(bytes, GEMS_KIND)?;
        let day = table.section(FACTS).and_then(|(facts, _)| u32_at(facts, 0));
        let release = day.and_then(|day| Date::from_ccyymmdd(day).ok()).ok_or(missing(FACTS))?;
        let rows = |name: SectionName| {
            let (bytes, _) = table.section(name).unwrap_or_default();
            let (rows, rest) = bytes.as_chunks();
            if rest.is_empty() { Ok(rows) } else { Err(missing(name)) }
        };
        Ok(Self { from_icd9: rows(FROM_ICD9)?, from_icd10: rows(FROM_ICD10)?, release, table })
    }

    /// The first day of the release.
    #[must_use]
    pub fn release(&self) -> Date {
        self.release
    }

    /// What the table says of itself.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many rows there are from ICD-9-CM to ICD-10-CM; 0 where that direction was not imported.
    #[must_use]
    pub fn forward_len(&self) -> usize {
        self.from_icd9.len()
    }

    /// How many rows there are from ICD-10-CM to ICD-9-CM; 0 where that direction was not imported.
    #[must_use]
    pub fn backward_len(&self) -> usize {
        self.from_icd10.len()
    }

    /// From ICD-9-CM to ICD-10-CM. `None` where the mappings do not have the code, or not this direction.
    #[must_use]
    pub fn forward(&self, code: Icd9Code) -> Option<Translation<Icd10CmCode>> {
        grouped(self.forward_rows(code))
    }

    /// From ICD-10-CM to ICD-9-CM. `None` where the mappings do not have the code, or not this direction.
    #[must_use]
    pub fn backward(&self, code: Icd10CmCode) -> Option<Translation<Icd9Code>> {
        grouped(self.backward_rows(code))
    }

    /// The rows of an ICD-9-CM code, in the order of the file within each scenario and choice list.
    pub fn forward_rows(&self, code: Icd9Code) -> impl Iterator<Item = Mapping<Icd10CmCode>> + use<'a> {
        rows_of(self.from_icd9, code)
    }

    /// The rows of an ICD-10-CM code, in the order of the file within each scenario and choice list.
    pub fn backward_rows(&self, code: Icd10CmCode) -> impl Iterator<Item = Mapping<Icd9Code>> + use<'a> {
        rows_of(self.from_icd10, code)
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        verify::<Icd9Code, Icd10CmCode>(self.from_icd9, FROM_ICD9)?;
        verify::<Icd10CmCode, Icd9Code>(self.from_icd10, FROM_ICD10)
    }
}

fn read<T: Key>(row: &[u8; 16]) -> Option<(u64, Mapping<T>)> {
    Some((u64_at(row, 0)?, from_word(u64_at(row, 8)?)?))
}

fn rows_of<S: Key, T: Key>(rows: &[[u8; 16]], code: S) -> impl Iterator<Item = Mapping<T>> + use<'_, S, T> {
    let key = code.key();
    let start = rows.partition_point(|row| u64_at(row, 0).is_some_and(|other| other < key));
    let rows = rows.get(start..).unwrap_or_default().iter().map_while(read);
    rows.take_while(move |(other, _)| *other == key).map(|(_, mapping)| mapping)
}

fn grouped<T: Key>(rows: impl Iterator<Item = Mapping<T>>) -> Option<Translation<T>> {
    let mut rows = rows.peekable();
    rows.peek()?;
    let mut found = Translation { single: Vec::new(), scenarios: Vec::<Scenario<T>>::new(), no_map: false };
    let mut list = 0;
    for row in rows {
        let Some(code) = row.target else {
            found.no_map = true;
            continue;
        };
        let equivalent = Equivalent { code, approximate: row.approximate };
        if !row.combination {
            found.single.push(equivalent);
            continue;
        }
        match found.scenarios.last_mut().filter(|scenario| scenario.number == row.scenario) {
            // INVARIANT: rows stand in order of scenario and choice list.
            Some(scenario) => match scenario.choice_lists.last_mut() {
                Some(choices) if list == row.choice_list => choices.push(equivalent),
                _ => scenario.choice_lists.push(vec![equivalent]),
            },
            None => found.scenarios.push(Scenario { number: row.scenario, choice_lists: vec![vec![equivalent]] }),
        }
        list = row.choice_list;
    }
    Some(found)
}

fn verify<S: Key, T: Key>(rows: &[[u8; 16]], name: SectionName) -> Result<(), TableError> {
    let mut before = (0, 0, 0);
    for (number, row) in rows.iter().enumerate() {
        let wrong = TableError::Content { name: name.as_str(), row: number as u64 };
        let (key, mapping) = read::<T>(row).ok_or(wrong)?;
        let place = (key, mapping.scenario, mapping.choice_list);
        if place < before || S::from_key(key).is_none() {
            return Err(wrong);
        }
        before = place;
    }
    Ok(())
}
