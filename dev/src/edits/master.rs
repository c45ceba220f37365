//! The code editor's masters: procedures, ages, discharge statuses.

use crate::error::DevError;
use crate::icd10cm::day_after;
use crate::lmdb;
use std::collections::BTreeMap;
use superbill_core::Icd10PcsCode;
use superbill_edits::code_editor::{AgeGroup, ProcedureFlag, ProcedureFlags};
use superbill_edits::import::CodeEditorTables;
use superbill_table::u32_at;

const PROCEDURES: &str = "mce_i10sg_master";
const AGES: &str = "mce_age_ranges";
const DISCHARGES: &str = "mce_discharge_status";

/// Reads the three masters of the file.
pub(crate) fn read(file: &[u8]) -> Result<CodeEditorTables, DevError> {
    let mut tables = procedures(&Master { bytes: lmdb::value(file, PROCEDURES)?, name: PROCEDURES })?;
    tables.ages = ages(&Master { bytes: lmdb::value(file, AGES)?, name: AGES })?;
    tables.discharges = discharges(&Master { bytes: lmdb::value(file, DISCHARGES)?, name: DISCHARGES })?;
    Ok(tables)
}

/// A master: a header of 32 bytes (magic, number of records, place of records, place of texts, ...), then records and texts.
struct Master<'a> {
    bytes: &'a [u8],
    name: &'static str,
}

impl Master<'_> {
    fn cut(&self) -> DevError {
        DevError::format("a record is cut short", self.name)
    }

    fn number(&self, at: usize) -> Result<u32, DevError> {
        u32_at(self.bytes, at).ok_or_else(|| self.cut())
    }

    /// The places of the records.
    fn records(&self, size: usize) -> Result<impl Iterator<Item = usize> + use<>, DevError> {
        let (count, start) = (self.number(4)? as usize, self.number(8)? as usize);
        Ok((0..count).map(move |record| start + record * size))
    }

    /// So many texts, each with a zero behind it, from a place in the texts on.
    fn texts(&self, at: usize, count: u32) -> Result<Vec<String>, DevError> {
        let start = self.number(12)? as usize + at;
        let mut texts = self.bytes.get(start..).ok_or_else(|| self.cut())?.split(|byte| *byte == 0);
        let text = |_| texts.next().map(|text| String::from_utf8_lossy(text).into_owned()).ok_or_else(|| self.cut());
        (0..count).map(text).collect()
    }
}

fn procedures(master: &Master<'_>) -> Result<CodeEditorTables, DevError> {
    let mut raw: BTreeMap<Icd10PcsCode, Vec<((u32, u32), ProcedureFlags)>> = BTreeMap::new();
    for at in master.records(24)? {
        let text = master.bytes.get(at..at + 8).ok_or_else(|| master.cut())?;
        let text: String = text.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
        let code = Icd10PcsCode::parse(&text)
            .map_err(|_| DevError::format("not a code", format!("{}: {text}", master.name)))?;
        let mut flags = ProcedureFlags::NONE;
        for name in master.texts(master.number(at + 16)? as usize, master.number(at + 20)?)? {
            let flag = ProcedureFlag::from_master(&name)
                .ok_or_else(|| DevError::format("an attribute that is not known", format!("{code}: {name}")))?;
            flags = flags.with(flag);
        }
        raw.entry(code).or_default().push(((master.number(at + 8)?, master.number(at + 12)?), flags));
    }
    let mut tables = CodeEditorTables { horizon: (u32::MAX, master.number(16)?), ..CodeEditorTables::default() };
    for (code, mut periods) in raw {
        periods.sort_by_key(|(days, _)| *days);
        let mut joined: Vec<((u32, u32), ProcedureFlags)> = Vec::new();
        for (days, flags) in periods {
            tables.horizon.0 = tables.horizon.0.min(days.0);
            match joined.last_mut() {
                Some((before, _)) if before.1 >= days.0 => {
                    return Err(DevError::format("periods overlap", code.to_string()));
                }
                Some((before, same)) if *same == flags && day_after(before.1) == days.0 => before.1 = days.1,
                _ => joined.push((days, flags)),
            }
        }
        tables.procedures.insert(code, joined);
    }
    Ok(tables)
}

fn ages(master: &Master<'_>) -> Result<Vec<(AgeGroup, (u16, u16), (u32, u32))>, DevError> {
    let mut ages = Vec::new();
    for at in master.records(24)? {
        let names = master.texts(master.number(at)? as usize, 1)?;
        let name = names.first().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        let group = AgeGroup::ALL.into_iter().find(|group| group.name() == name);
        let group = group.ok_or_else(|| DevError::format("an age group that is not known", name))?;
        let age =
            |at| u16::try_from(master.number(at)?).map_err(|_| DevError::format("not an age", master.name.to_owned()));
        ages.push((group, (age(at + 8)?, age(at + 12)?), (master.number(at + 16)?, master.number(at + 20)?)));
    }
    Ok(ages)
}

fn discharges(master: &Master<'_>) -> Result<Vec<(u8, (u32, u32))>, DevError> {
    let mut discharges = Vec::new();
    for at in master.records(12)? {
        let code = u8::try_from(master.number(at)?)
            .map_err(|_| DevError::format("not a discharge status", master.name.to_owned()))?;
        discharges.push((code, (master.number(at + 4)?, master.number(at + 8)?)));
    }
    Ok(discharges)
}
