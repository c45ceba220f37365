//! Writes the table of the code editor.

use crate::code_editor::{AgeGroup, AgeRange, ProcedurePeriod, TABLE_KIND, section};
use std::collections::BTreeMap;
use superbill_core::{Date, DateRange, Icd10PcsCode};
use superbill_table::{KeysWriter, MapWriter, TableWriter, WriteError};

/// What a code-editor table is made of. CMS publishes no file of it: it comes out of the editor's own master.
#[derive(Debug, Clone)]
pub struct CodeEditorTables {
    /// The first day that the master speaks of.
    pub first_day: Date,
    /// The last day that it speaks of; periods that are open reach it.
    pub last_day: Date,
    /// The periods of each procedure, in order and without overlap.
    pub procedures: BTreeMap<Icd10PcsCode, Vec<ProcedurePeriod>>,
    /// The ages of groups.
    pub ages: Vec<AgeRange>,
    /// Discharge statuses and when each is valid.
    pub discharges: Vec<(u8, DateRange)>,
    /// What the table says of itself.
    pub about: Vec<(String, String)>,
}

impl CodeEditorTables {
    /// The bytes of the table. Procedures of the same history share it.
    ///
    /// # Errors
    /// [`WriteError`] where there is more than a table holds.
    pub fn write(&self) -> Result<Vec<u8>, WriteError> {
        let mut numbers: BTreeMap<Vec<[u32; 3]>, u32> = BTreeMap::new();
        let (mut starts, mut periods, mut classes) = (Vec::new(), Vec::new(), Vec::new());
        for history in self.procedures.values() {
            let rows: Vec<[u32; 3]> = history
                .iter()
                .map(|period| {
                    let [first, last] = self.days(period.valid);
                    [first, last, period.flags.bits()]
                })
                .collect();
            let next = u32::try_from(numbers.len()).map_err(|_| WriteError::TooMuch)?;
            let start = u32::try_from(periods.len()).map_err(|_| WriteError::TooMuch)?;
            let class = *numbers.entry(rows.clone()).or_insert(next);
            if class == next {
                starts.push(start);
                periods.extend(rows);
            }
            classes.push(class);
        }
        let histories = starts.len();
        starts.push(u32::try_from(periods.len()).map_err(|_| WriteError::TooMuch)?);
        let keys: Vec<u64> = self.procedures.keys().map(|code| code.packed()).collect();
        let map = MapWriter::build(&keys, &classes)?;
        let mut writer = TableWriter::new(TABLE_KIND);
        writer.section(section::FACTS, 1, bytes([[self.first_day.ccyymmdd(), self.last_day.ccyymmdd()]]));
        writer.section(section::SLOTS, keys.len(), map.slots);
        writer.section(section::PILOTS, map.pilots.len(), map.pilots);
        writer.section(section::MAP, 1, map.parameters);
        writer.section(section::KEYS, keys.len(), KeysWriter::build(&keys)?.bytes);
        writer.section(section::HISTORIES, histories, bytes([starts]));
        writer.section(section::PERIODS, periods.len(), bytes(periods));
        let ages = self.ages.iter().map(|range| {
            let group = AgeGroup::ALL.iter().take_while(|other| **other != range.group).count() as u32;
            let [first, last] = self.days(range.valid);
            [group, u32::from(range.lowest), u32::from(range.highest), first, last]
        });
        writer.section(section::AGES, self.ages.len(), bytes(ages));
        let discharges = self.discharges.iter().map(|(code, valid)| {
            let [first, last] = self.days(*valid);
            [u32::from(*code), first, last]
        });
        let mut discharges: Vec<[u32; 3]> = discharges.collect();
        discharges.sort_unstable();
        writer.section(section::DISCHARGES, discharges.len(), bytes(discharges));
        writer.about(self.about.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        writer.finish()
    }

    /// First and last day of a period; one that is open reaches the last day of the table.
    fn days(&self, valid: DateRange) -> [u32; 2] {
        [valid.first().ccyymmdd(), valid.last().unwrap_or(self.last_day).ccyymmdd()]
    }
}

fn bytes(rows: impl IntoIterator<Item = impl IntoIterator<Item = u32>>) -> Vec<u8> {
    rows.into_iter().flatten().flat_map(u32::to_le_bytes).collect()
}
