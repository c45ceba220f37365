//! `superbill diff`: what changed between two dates.

use crate::arguments::{Diff, System};
use crate::error::CliError;
use crate::output::Output;
use crate::tables::Tables;
use serde::Serialize;
use superbill::Date;
use superbill::icd10cm::{Change, ChangeKind, Icd10CmCode, NoteChange};

#[derive(Serialize)]
struct Row {
    code: String,
    change: &'static str,
    from: Option<String>,
    to: Option<String>,
    billable: Option<bool>,
}

#[derive(Serialize)]
struct NoteRow {
    code: String,
    change: &'static str,
    from: Option<String>,
    to: Option<String>,
    /// The kind of the note.
    note: &'static str,
    /// The release that has it.
    release: String,
}

pub(crate) fn run(arguments: &Diff, output: &mut Output) -> Result<bool, CliError> {
    if arguments.system != System::Icd10cm {
        return Err(CliError::NoDiff { system: arguments.system.name() });
    }
    let tables = Tables::load(&arguments.data.data)?;
    let table = tables.icd10cm()?;
    let (from, to) = (arguments.from, arguments.to);
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    let mut print = |change: Change| {
        match counts.iter_mut().find(|(name, _)| *name == change.kind.name()) {
            Some((_, count)) => *count += 1,
            None => counts.push((change.kind.name(), 1)),
        }
        row(&change, output)
    };
    let mut own: Option<Vec<Icd10CmCode>> = None;
    match &arguments.only {
        None => table.diff(from, to)?.try_for_each(&mut print)?,
        Some(file) => {
            let codes = own_list(file)?;
            let mut seen = std::collections::BTreeSet::new();
            // A header of the list stands for all codes below it, old and new.
            let below = codes.iter().flat_map(|code| [from, to].map(|date| (*code, date))).flat_map(|(code, date)| {
                let below: Vec<Icd10CmCode> = table.on(date).descendants(code).collect();
                core::iter::once(code).chain(below)
            });
            let codes: Vec<Icd10CmCode> = below.filter(|code| seen.insert(*code)).collect();
            table.diff_of(codes.iter().copied(), from, to)?.try_for_each(&mut print)?;
            own = Some(codes);
        }
    }
    for change in table.note_changes(from, to)? {
        let owner = change.owner();
        // A note of a chapter or block, or of a header, is for all codes below it.
        let covers = |code: &Icd10CmCode| owner.first <= *code && (*code <= owner.last || code.starts_with(owner.last));
        if own.as_ref().is_none_or(|own| own.iter().any(covers)) {
            match counts.iter_mut().find(|(name, _)| *name == "notes") {
                Some((_, count)) => *count += 1,
                None => counts.push(("notes", 1)),
            }
            note(&change, output)?;
        }
    }
    if !output.is_json() {
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let parts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
        let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        output.line(format!("{total} changes from {from} to {to}{parts}"))?;
    }
    Ok(false)
}

fn row(change: &Change, output: &mut Output) -> Result<(), CliError> {
    let billable = match change.kind {
        ChangeKind::Added { billable } | ChangeKind::Removed { billable } => Some(billable),
        _ => None,
    };
    let (from, to) = (change.from.as_ref().map(ToString::to_string), change.to.as_ref().map(ToString::to_string));
    let code = change.code.to_string();
    if output.is_json() {
        return output.object(&Row { code, change: change.kind.name(), from, to, billable });
    }
    let title = match (change.kind, from, to) {
        (ChangeKind::Retitled, Some(from), Some(to)) => format!("{from} -> {to}"),
        (_, from, to) => to.or(from).unwrap_or_else(|| "(no source has the title)".to_owned()),
    };
    let header = if billable == Some(false) { " (header)" } else { "" };
    output.line(format!("{code:<9} {:<18} {title}{header}", change.kind.name()))
}

fn note(change: &NoteChange<'_>, output: &mut Output) -> Result<(), CliError> {
    let (code, words) = (change.owner().to_string(), change.note.words());
    let (kind, release) = (change.note.kind().name(), change.note.release().to_string());
    if output.is_json() {
        let (from, to) = if change.added { (None, Some(words)) } else { (Some(words), None) };
        return output.object(&NoteRow { code, change: "notes", from, to, note: kind, release });
    }
    let verb = if change.added { "+" } else { "-" };
    output.line(format!("{code:<9} {:<18} {verb} {kind}: {words}", "notes"))
}

/// The codes of a list: the first word of each line; lines that begin with `#` do not count.
fn own_list(file: &std::path::Path) -> Result<Vec<Icd10CmCode>, CliError> {
    let text = if file.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin()).map_err(CliError::Input)?
    } else {
        std::fs::read_to_string(file).map_err(|error| CliError::file(file, error))?
    };
    let mut codes = Vec::new();
    for (number, line) in (1u64..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let word = line.split([',', '\t', ' ', ';']).find(|word| !word.is_empty()).unwrap_or_default();
        let word = word.trim_matches('"');
        if word.is_empty() || word.starts_with('#') {
            continue;
        }
        match Icd10CmCode::parse(word) {
            Ok(code) => codes.push(code),
            // The first line can name the columns.
            Err(_) if number == 1 && !word.bytes().any(|byte| byte.is_ascii_digit()) => {}
            Err(error) => return Err(CliError::List { line: number, error }),
        }
    }
    Ok(codes)
}

/// A date, or the first day of a fiscal year, as `FY2027`.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    let year = text.strip_prefix("FY").or_else(|| text.strip_prefix("fy")).and_then(|year| year.parse::<i16>().ok());
    match year {
        Some(year) => Date::new(year.saturating_sub(1), 10, 1).map_err(|error| error.to_string()),
        None => {
            text.parse().map_err(|error| format!("{error}; a date is written as 2026-10-05, a fiscal year as FY2027"))
        }
    }
}
