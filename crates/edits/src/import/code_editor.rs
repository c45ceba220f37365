//! Writes the table of the code editor.

use crate::code_editor::{AgeGroup, ProcedureFlags, TABLE_KIND, section};
use std::collections::BTreeMap;
use superbill_core::Icd10PcsCode;
use superbill_table::{KeysWriter, MapWriter, TableWriter, WriteError};

/// First and last day, as decimal numbers ccyymmdd.
type Days = (u32, u32);

/// What a code-editor table is made of. CMS publishes no file of it: it comes out of the editor's own master.
#[derive(Debug, Clone, Default)]
pub struct CodeEditorTables {
    /// First and last day that the master speaks of.
    pub horizon: Days,
    /// The periods of each procedure with its marks, in order and without overlap.
    pub procedures: BTreeMap<Icd10PcsCode, Vec<(Days, ProcedureFlags)>>,
    /// The lowest and highest age of groups, with their days.
    pub ages: Vec<(AgeGroup, (u16, u16), Days)>,
    /// Discharge statuses with their days.
    pub discharges: Vec<(u8, Days)>,
    /// What the table says of itself.
    pub about: Vec<(String, String)>,
}

impl CodeEditorTables {
    /// The bytes of the table. Procedures of the same history share it.
    ///
    /// # Errors
    /// [`WriteError`] where there is more than a table holds.
    pub fn write(&self) -> Result<Vec<u8>, WriteError> {
        let mut numbers: BTreeMap<&[(Days, ProcedureFlags)], u32> = BTreeMap::new();
        let (mut starts, mut periods, mut classes) = (Vec::new(), Vec::new(), Vec::new());
        for history in self.procedures.values() {
            let next = u32::try_from(numbers.len()).map_err(|_| WriteError::TooMuch)?;
            let class = *numbers.entry(history).or_insert(next);
            if class == next {
                starts.push(u32::try_from(periods.len()).map_err(|_| WriteError::TooMuch)?);
                periods.extend(history.iter().map(|((first, last), flags)| [*first, *last, flags.bits()]));
            }
            classes.push(class);
        }
        let histories = starts.len();
        starts.push(u32::try_from(periods.len()).map_err(|_| WriteError::TooMuch)?);
        let keys: Vec<u64> = self.procedures.keys().map(|code| code.packed()).collect();
        let map = MapWriter::build(&keys, &classes)?;
        let mut writer = TableWriter::new(TABLE_KIND);
        writer.section(section::FACTS, 1, bytes([[self.horizon.0, self.horizon.1]]));
        writer.section(section::SLOTS, keys.len(), map.slots);
        writer.section(section::PILOTS, map.pilots.len(), map.pilots);
        writer.section(section::MAP, 1, map.parameters);
        writer.section(section::KEYS, keys.len(), KeysWriter::build(&keys)?.bytes);
        writer.section(section::HISTORIES, histories, bytes([starts]));
        writer.section(section::PERIODS, periods.len(), bytes(periods));
        let group = |group: AgeGroup| AgeGroup::ALL.iter().take_while(|other| **other != group).count() as u32;
        let ages = self
            .ages
            .iter()
            .map(|(of, (lowest, highest), days)| [group(*of), u32::from(*lowest), u32::from(*highest), days.0, days.1]);
        writer.section(section::AGES, self.ages.len(), bytes(ages));
        let mut discharges = self.discharges.clone();
        discharges.sort_unstable();
        let rows = discharges.iter().map(|(code, (first, last))| [u32::from(*code), *first, *last]);
        writer.section(section::DISCHARGES, discharges.len(), bytes(rows));
        writer.about(self.about.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        writer.finish()
    }
}

fn bytes(rows: impl IntoIterator<Item = impl IntoIterator<Item = u32>>) -> Vec<u8> {
    rows.into_iter().flatten().flat_map(u32::to_le_bytes).collect()
}
