//! What the code editor says of a code, and when.

use crate::code::Icd10CmCode;
use crate::on::Icd10CmOn;
use crate::table::{Icd10Cm, lines};
use core::ops::Range;
use superbill_core::{Date, DateRange};
use superbill_table::u32_at;

/// An attribute of the Medicare Code Editor with the days on which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attribute<'t> {
    /// The name as the editor's master has it: `manifestation`, `ecodepdx` (external cause), `unacceptable`, `unspecified`,
    /// `newborn`, `pediatric`, `maternity`, `adult`, `female`, `male`, ...
    pub name: &'t str,
    /// When it holds. Open where the table knows of no end.
    pub valid: DateRange,
}

impl Icd10Cm<'_> {
    /// Whether the table has attributes at all; one that was made from an order file alone has none.
    #[must_use]
    pub fn has_attributes(&self) -> bool {
        !self.attributes.entries.is_empty()
    }

    /// The rows of a code's attributes.
    pub(crate) fn attribute_rows(&self, ordinal: usize) -> Option<Range<usize>> {
        let set = usize::from(self.attributes.ids.at(ordinal)?);
        let start = u32_at(self.attributes.sets, set * 4)? as usize;
        let end = u32_at(self.attributes.sets, set * 4 + 4)? as usize;
        (start <= end && end.checked_mul(12)? <= self.attributes.entries.len()).then_some(start..end)
    }
}

impl<'t> Icd10CmOn<'t> {
    /// All attributes of a code, whatever the date.
    pub fn all_attributes(self, code: Icd10CmCode) -> impl Iterator<Item = Attribute<'t>> + use<'t> {
        let table = self.table;
        let rows = table.ordinal(code).and_then(|ordinal| table.attribute_rows(ordinal as usize));
        rows.into_iter().flatten().filter_map(move |row| {
            let entries = table.attributes.entries;
            let name = u32_at(entries, row * 12)? as usize;
            let (first, last) = (u32_at(entries, row * 12 + 4)?, u32_at(entries, row * 12 + 8)?);
            let first = Date::from_ccyymmdd(first).ok()?;
            let last = if last >= table.last_day() { None } else { Some(Date::from_ccyymmdd(last).ok()?) };
            let name = lines(table.attributes.names).nth(name)?;
            Some(Attribute { name, valid: DateRange::new(first, last).ok()? })
        })
    }

    /// The attributes of a code on the date; none after the last day that the table speaks of.
    pub fn attributes(self, code: Icd10CmCode) -> impl Iterator<Item = Attribute<'t>> + use<'t> {
        let known = self.date().ccyymmdd() <= self.table.last_day();
        self.all_attributes(code).filter(move |attribute| known && attribute.valid.contains(self.date()))
    }
}
