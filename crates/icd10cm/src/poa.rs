//! Which codes need no present-on-admission indicator.

use crate::code::Icd10CmCode;
use superbill_core::{Date, DateRange};
use superbill_table::{About, SectionName, SortedKeys, Table, TableError, u32_at};

/// The kind of table that holds a POA-exempt list.
pub const POA_EXEMPT_KIND: SectionName = SectionName::new("icd10cm-poa");

/// The first day of the release, as a decimal number ccyymmdd.
pub(crate) const FACTS: SectionName = SectionName::new("facts");
/// The codes in order.
pub(crate) const KEYS: SectionName = SectionName::new("keys");

/// Whether a code is exempt from reporting whether the condition was present on admission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PoaExemption {
    /// The list in force on the date has the code: its indicator is left blank.
    Exempt,
    /// The list in force on the date does not have the code. Whether the code exists, this does not say.
    NotExempt,
    /// No list that is loaded is in force on the date.
    CannotTell,
}

impl PoaExemption {
    /// The name in data: `exempt`, `not_exempt`, `cannot_tell`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::NotExempt => "not_exempt",
            Self::CannotTell => "cannot_tell",
        }
    }
}

/// The codes that are exempt from the present-on-admission indicator, of one release of the list.
///
/// Titles are not kept: the ICD-10-CM table has them.
///
/// Source: "Present on Admission (POA) Exempt List", Centers for Medicare & Medicaid Services, each fiscal year; ICD-10-CM Official Guidelines,
/// appendix I.
#[derive(Debug, Clone, Copy)]
pub struct PoaExempt<'a> {
    keys: SortedKeys<'a>,
    in_force: DateRange,
    table: Table<'a>,
}

impl<'a> PoaExempt<'a> {
    /// Opens a table. Only its directory is looked at; [`PoaExempt::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no POA-exempt list or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let missing = |name: SectionName| TableError::Section { name: name.as_str() };
        let table = Table::open(bytes, POA_EXEMPT_KIND)?;
        let (keys, rows) = table.section(KEYS).ok_or(missing(KEYS))?;
        let day = table.section(FACTS).and_then(|(facts, _)| u32_at(facts, 0));
        let in_force = day.and_then(|day| in_force(Date::from_ccyymmdd(day).ok()?)).ok_or(missing(FACTS))?;
        Ok(Self { keys: SortedKeys::new(keys, rows), in_force, table })
    }

    /// The first day of the release.
    #[must_use]
    pub fn release(&self) -> Date {
        self.in_force.first()
    }

    /// The days on which the release can be in force: from its first to the end of its fiscal year, September 30. A later release of the same
    /// year takes its place.
    #[must_use]
    pub fn in_force(&self) -> DateRange {
        self.in_force
    }

    /// What the table says of itself.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many codes are exempt.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The exempt codes, in the order of the tabular list.
    pub fn codes(&self) -> impl Iterator<Item = Icd10CmCode> + use<'a> {
        self.keys.from(0).filter_map(|(_, key)| Icd10CmCode::from_packed(key))
    }

    /// Whether a code is exempt on a date (of discharge).
    #[must_use]
    pub fn is_exempt(&self, code: Icd10CmCode, on: Date) -> PoaExemption {
        if !self.in_force.contains(on) {
            return PoaExemption::CannotTell;
        }
        let place = self.keys.lower_bound(code.packed());
        match self.keys.key(place) {
            Some(key) if key == code.packed() => PoaExemption::Exempt,
            _ => PoaExemption::NotExempt,
        }
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        let wrong = |row: usize| TableError::Content { name: KEYS.as_str(), row: row as u64 };
        let (mut before, mut rows) = (0, 0);
        for (row, key) in self.keys.from(0) {
            if key <= before || Icd10CmCode::from_packed(key).is_none() {
                return Err(wrong(row));
            }
            (before, rows) = (key, row + 1);
        }
        if rows == self.keys.len() { Ok(()) } else { Err(wrong(rows)) }
    }
}

/// POA-exempt lists of several releases, side by side.
#[derive(Debug, Clone, Default)]
pub struct PoaExemptLists<'a> {
    lists: Vec<PoaExempt<'a>>,
}

impl<'a> PoaExemptLists<'a> {
    /// These lists, in any order. Of two of one release the later one counts.
    #[must_use]
    pub fn new(lists: impl IntoIterator<Item = PoaExempt<'a>>) -> Self {
        let mut lists: Vec<_> = lists.into_iter().collect();
        lists.sort_by_key(PoaExempt::release);
        Self { lists }
    }

    /// The list in force on a date: the newest that had begun, if its fiscal year had not ended.
    #[must_use]
    pub fn on(&self, date: Date) -> Option<PoaExempt<'a>> {
        self.lists.iter().rfind(|list| list.in_force.contains(date)).copied()
    }

    /// Whether a code is exempt on a date (of discharge).
    #[must_use]
    pub fn is_exempt(&self, code: Icd10CmCode, on: Date) -> PoaExemption {
        self.on(on).map_or(PoaExemption::CannotTell, |list| list.is_exempt(code, on))
    }
}

/// To the end of the fiscal year.
fn in_force(release: Date) -> Option<DateRange> {
    let year = if release.month() >= 10 { release.year().checked_add(1)? } else { release.year() };
    DateRange::new(release, Some(Date::new(year, 9, 30).ok()?)).ok()
}
