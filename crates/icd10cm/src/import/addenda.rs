//! The official addenda of the order file: what a release adds, deletes and revises.

use super::order::{Entry, columns, entry};
use crate::code::Icd10CmCode;
use std::collections::BTreeMap;
use superbill_table::import::{ImportError, decoded};

/// Order addenda: a line for each change, `Add:`, `Delete:`, `Revise from:` or `Revise to:` in the first twelve columns, then flag, code and
/// titles as in the order file; behind them how many headers and codes both order files have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderAddenda {
    pub(crate) added: Vec<Entry>,
    pub(crate) deleted: Vec<Entry>,
    /// The code before and after.
    pub(crate) revised: Vec<(Entry, Entry)>,
    /// How many headers and how many billable codes there are before and after, as the file says.
    pub(crate) counts: Counts,
}

/// Headers and billable codes before, headers and billable codes after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) headers: Option<(u64, u64)>,
    pub(crate) billable: Option<(u64, u64)>,
}

impl OrderAddenda {
    /// Reads addenda.
    ///
    /// # Errors
    /// [`ImportError`] with line and column of the first thing that is not as the format has it; [`ImportError::Rows`] where the
    /// changes are not as many as the file itself says.
    pub fn read(bytes: &[u8]) -> Result<Self, ImportError> {
        let text = decoded(bytes);
        let mut addenda = Self::default();
        let mut from: Option<(u64, Entry)> = None;
        let mut counts: Vec<Totals> = Vec::new();
        for (number, line) in (1u64..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let Some((verb, _)) = columns(line, 1, 13).split_once(':') else {
                totals(line, &mut counts);
                continue;
            };
            let change = change(line).map_err(|(column, what)| ImportError::line(number, column, what))?;
            if from.is_some() != (verb == "Revise to") {
                return Err(ImportError::line(number, 1, "`Revise to:` behind every `Revise from:`, and nowhere else"));
            }
            match verb {
                "Add" => addenda.added.push(change),
                "Delete" => addenda.deleted.push(change),
                "Revise from" => from = Some((number, change)),
                "Revise to" => {
                    if let Some((_, before)) = from.take() {
                        if before.code != change.code {
                            return Err(ImportError::line(number, 16, "the code of the line before, revised"));
                        }
                        addenda.revised.push((before, change));
                    }
                }
                _ => return Err(ImportError::line(number, 1, "Add:, Delete:, Revise from: or Revise to:")),
            }
        }
        if let Some((line, _)) = from {
            return Err(ImportError::line(line + 1, 1, "`Revise to:`: the file is cut short"));
        }
        if addenda.added.is_empty() && addenda.deleted.is_empty() && addenda.revised.is_empty() {
            return Err(ImportError::File(
                "the file holds no change: order addenda have lines that begin with Add:, Delete: or Revise",
            ));
        }
        addenda.check(&counts)?;
        Ok(addenda)
    }

    /// The changes must be as many as the file says for headers and for codes.
    fn check(&mut self, totals: &[Totals]) -> Result<(), ImportError> {
        for (billable, total) in [(false, totals.first()), (true, totals.get(1))] {
            let Some(total) = total else {
                return Err(ImportError::File(
                    "the counts of headers and codes at the end are missing: the file is cut short",
                ));
            };
            let of = |entries: &[Entry]| entries.iter().filter(|entry| entry.billable == billable).count() as u64;
            let revised = self.revised.iter().filter(|(_, to)| to.billable == billable).count() as u64;
            for (said, found) in
                [(total.additions, of(&self.added)), (total.deletions, of(&self.deleted)), (total.revisions, revised)]
            {
                if let Some(said) = said.filter(|said| *said != found) {
                    return Err(ImportError::Rows { said, found });
                }
            }
            let counts = Some((total.before, total.after)).filter(|(before, after)| *before > 0 && *after > 0);
            if billable {
                self.counts.billable = counts;
            } else {
                self.counts.headers = counts;
            }
        }
        Ok(())
    }

    /// The codes that the release adds, headers included, with their titles. A code whose flag changes is deleted and added.
    pub fn added(&self) -> impl Iterator<Item = (Icd10CmCode, bool, &str)> {
        self.added.iter().map(|entry| (entry.code, entry.billable, entry.long.as_str()))
    }

    /// The codes that the release deletes.
    pub fn deleted(&self) -> impl Iterator<Item = (Icd10CmCode, bool, &str)> {
        self.deleted.iter().map(|entry| (entry.code, entry.billable, entry.long.as_str()))
    }

    /// The codes whose long title the release revises: the title before and after.
    pub fn retitled(&self) -> impl Iterator<Item = (Icd10CmCode, &str, &str)> {
        let changed = self.revised.iter().filter(|(from, to)| from.long != to.long);
        changed.map(|(from, to)| (to.code, from.long.as_str(), to.long.as_str()))
    }

    /// The codes whose short title alone the release revises.
    #[must_use]
    pub fn short_only(&self) -> usize {
        self.revised.iter().filter(|(from, to)| from.long == to.long && from.short != to.short).count()
    }

    /// The codes after the release, from those before it.
    pub(crate) fn applied(
        &self,
        before: &BTreeMap<Icd10CmCode, (bool, String)>,
    ) -> Result<BTreeMap<Icd10CmCode, (bool, String)>, ImportError> {
        let mut codes = before.clone();
        for entry in &self.deleted {
            if codes.remove(&entry.code).is_none_or(|(billable, _)| billable != entry.billable) {
                return Err(ImportError::File(
                    "the addenda delete a code that the release before does not have so: they are of another release",
                ));
            }
        }
        for entry in &self.added {
            if codes.insert(entry.code, (entry.billable, entry.long.clone())).is_some() {
                return Err(ImportError::File(
                    "the addenda add a code that the release before has: they are of another release",
                ));
            }
        }
        for (_, to) in &self.revised {
            match codes.get_mut(&to.code) {
                Some((billable, title)) if *billable == to.billable => title.clone_from(&to.long),
                _ => {
                    return Err(ImportError::File(
                        "the addenda revise a code that the release before does not have so: they are of another release",
                    ));
                }
            }
        }
        Ok(codes)
    }
}

/// `Add:         0 B880    Other ...`: flag in column 14, code from 16, titles as in the order file.
fn change(line: &str) -> Result<Entry, (u32, &'static str)> {
    // The order file has the code before the flag; here it is the other way round.
    let (flag, code) = (columns(line, 14, 14), columns(line, 16, 22));
    let turned = format!("{code:<7} {flag}{}", columns(line, 23, usize::MAX - 1));
    entry(&turned, 0).map_err(|(column, what)| {
        let column = match column {
            1 => 16,
            9 => 14,
            other => other + 14,
        };
        (column, what)
    })
}

/// What the file says of headers or of codes.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    before: u64,
    after: u64,
    additions: Option<u64>,
    deletions: Option<u64>,
    revisions: Option<u64>,
}

fn totals(line: &str, counts: &mut Vec<Totals>) {
    let line = line.trim();
    if line == "Headers" || line == "Codes" {
        counts.push(Totals::default());
        return;
    }
    let (Some(totals), Some((number, words))) = (counts.last_mut(), line.split_once(' ')) else { return };
    let Ok(number) = number.parse::<u64>() else { return };
    if words.starts_with("headers in") || words.starts_with("codes in") {
        if totals.before == 0 {
            totals.before = number;
        } else {
            totals.after = number;
        }
    } else if words.starts_with("additions") {
        totals.additions = Some(number);
    } else if words.starts_with("deletions") {
        totals.deletions = Some(number);
    } else if words == "revisions" {
        totals.revisions = Some(number);
    }
}
