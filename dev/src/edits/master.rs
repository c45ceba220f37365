//! The code editor's masters: procedures, ages, discharge statuses.

use crate::error::DevError;
use crate::lmdb;
use std::collections::BTreeMap;
use superbill_core::{Date, DateRange, Icd10PcsCode};
use superbill_edits::code_editor::{AgeGroup, AgeRange, ProcedureFlag, ProcedureFlags, ProcedurePeriod};
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

    /// A day, which stands as a number ccyymmdd.
    fn day(&self, at: usize) -> Result<Date, DevError> {
        let number = self.number(at)?;
        Date::from_ccyymmdd(number).map_err(|_| DevError::format("not a day", format!("{}: {number}", self.name)))
    }

    /// First and last day.
    fn days(&self, at: usize) -> Result<DateRange, DevError> {
        DateRange::new(self.day(at)?, Some(self.day(at + 4)?))
            .map_err(|error| DevError::format("not a period", format!("{}: {error}", self.name)))
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
    let mut raw: BTreeMap<Icd10PcsCode, Vec<ProcedurePeriod>> = BTreeMap::new();
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
        raw.entry(code).or_default().push(ProcedurePeriod::new(master.days(at + 8)?, flags));
    }
    let firsts = raw.values().flatten().map(|period| period.valid.first());
    let first_day = firsts.min().ok_or_else(|| DevError::format("no procedures", master.name))?;
    let mut procedures = BTreeMap::new();
    for (code, mut periods) in raw {
        periods.sort_by_key(|period| period.valid.first());
        procedures.insert(code, joined(code, periods)?);
    }
    Ok(CodeEditorTables {
        first_day,
        last_day: master.day(16)?,
        procedures,
        ages: Vec::new(),
        discharges: Vec::new(),
        about: Vec::new(),
    })
}

/// Periods of the same marks that follow on each other become one.
fn joined(code: Icd10PcsCode, periods: Vec<ProcedurePeriod>) -> Result<Vec<ProcedurePeriod>, DevError> {
    let mut joined: Vec<ProcedurePeriod> = Vec::new();
    for period in periods {
        match joined.last_mut() {
            Some(before) if before.valid.overlaps(&period.valid) => {
                return Err(DevError::format("periods overlap", code.to_string()));
            }
            Some(before)
                if before.flags == period.flags
                    && before.valid.last().and_then(Date::tomorrow) == Some(period.valid.first()) =>
            {
                before.valid = DateRange::new(before.valid.first(), period.valid.last())
                    .map_err(|error| DevError::format("not a period", format!("{code}: {error}")))?;
            }
            _ => joined.push(period),
        }
    }
    Ok(joined)
}

fn ages(master: &Master<'_>) -> Result<Vec<AgeRange>, DevError> {
    let mut ages = Vec::new();
    for at in master.records(24)? {
        let names = master.texts(master.number(at)? as usize, 1)?;
        let name = names.first().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        let group = AgeGroup::ALL.into_iter().find(|group| group.name() == name);
        let group = group.ok_or_else(|| DevError::format("an age group that is not known", name))?;
        let age = |at| u16::try_from(master.number(at)?).map_err(|_| DevError::format("not an age", master.name));
        ages.push(AgeRange::new(group, age(at + 8)?, age(at + 12)?, master.days(at + 16)?));
    }
    Ok(ages)
}

fn discharges(master: &Master<'_>) -> Result<Vec<(u8, DateRange)>, DevError> {
    let mut discharges = Vec::new();
    for at in master.records(12)? {
        let code =
            u8::try_from(master.number(at)?).map_err(|_| DevError::format("not a discharge status", master.name))?;
        discharges.push((code, master.days(at + 4)?));
    }
    Ok(discharges)
}
