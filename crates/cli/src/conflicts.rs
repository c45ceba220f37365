//! `superbill conflicts`: what the codes of one claim say of each other.

use crate::arguments::Conflicts;
use crate::error::CliError;
use crate::output::Output;
use crate::tables::Tables;
use serde::Serialize;
use superbill::icd10cm::{Conflict, ConflictKind, Icd10CmCode, Note, SideConflict};

#[derive(Serialize)]
struct Row {
    kind: &'static str,
    codes: Vec<String>,
    note: Option<String>,
    owner: Option<String>,
    release: Option<String>,
    /// Whether the release of the note, or of the code, is in force on the date.
    certain: bool,
    /// Whether only the record can tell if something is wanted.
    conditional: bool,
    message: String,
}

/// What makes the command end with 1.
const FAULTS: [ConflictKind; 7] = [
    ConflictKind::Duplicate,
    ConflictKind::NotValid,
    ConflictKind::Header,
    ConflictKind::SeventhCharacter,
    ConflictKind::Excludes1,
    ConflictKind::CodeFirst,
    ConflictKind::ManifestationFirst,
];

pub(crate) fn run(arguments: &Conflicts, output: &mut Output) -> Result<bool, CliError> {
    let tables = Tables::load(&arguments.data.data)?;
    let table = tables.icd10cm()?;
    let date = arguments.on.date()?;
    let codes = codes(&arguments.codes)?;
    let mut conflicts = Vec::new();
    table.on(date).conflicts(&codes, &mut conflicts);
    for conflict in &conflicts {
        let note = conflict.note();
        let row = Row {
            kind: conflict.kind().name(),
            codes: conflict.codes().map(|code| code.to_string()).collect(),
            owner: note.as_ref().map(|note| note.owner().to_string()),
            release: note.as_ref().map(|note| note.release().to_string()),
            note: note.map(words),
            certain: conflict.is_certain(),
            conditional: conflict.is_conditional(),
            message: message(conflict),
        };
        print(&row, output)?;
    }
    if !output.is_json() && conflicts.is_empty() {
        output.line(format!("no conflict among {} codes on {date}", codes.len()))?;
    }
    Ok(conflicts.iter().any(|conflict| FAULTS.contains(&conflict.kind()) && !conflict.is_conditional()))
}

fn codes(texts: &[String]) -> Result<Vec<Icd10CmCode>, CliError> {
    let parse = |(place, text): (usize, &String)| {
        Icd10CmCode::parse(text).map_err(|error| CliError::Code { place: place + 1, error })
    };
    texts.iter().enumerate().map(parse).collect()
}

/// The words of a note, with those of the notes that go on with it.
fn words(note: Note<'_>) -> String {
    let items: Vec<String> = note.items().map(|item| item.words()).collect();
    let items = if items.is_empty() { String::new() } else { format!(" {}", items.join("; ")) };
    format!("{}{items}", note.words())
}

fn message(conflict: &Conflict<'_>) -> String {
    let (code, other) = (conflict.code(), conflict.other().map(|code| code.to_string()));
    let with = other.as_deref().unwrap_or("another code");
    match conflict.kind() {
        ConflictKind::Duplicate => format!("{code} stands twice"),
        ConflictKind::NotValid | ConflictKind::Header | ConflictKind::SeventhCharacter => {
            let why = conflict.why().map(|why| why.name().replace('_', " ")).unwrap_or_default();
            format!("{code} may not stand on a claim: {why}")
        }
        ConflictKind::Excludes1 => {
            format!("{code} and {with} are not reported together, unless the two conditions are unrelated (I.A.12.a)")
        }
        ConflictKind::Excludes2 => {
            format!("{with} is no part of {code}: both may be reported where the patient has both")
        }
        ConflictKind::CodeFirst => match other {
            Some(other) => format!("{other} belongs before {code}"),
            None => format!("{code} wants the underlying condition before it"),
        },
        ConflictKind::ManifestationFirst => format!("{code} is a manifestation and is never listed first"),
        ConflictKind::UseAdditional => format!("{code} wants an additional code behind it, if known"),
        ConflictKind::CodeAlso => format!("{code} can want another code beside it"),
        ConflictKind::Laterality => {
            let how = match conflict.sides() {
                Some(SideConflict::BothSides) => "right and left of one condition",
                Some(SideConflict::SideBesideBilateral) => "one side beside the code of both sides",
                _ => "an unspecified side beside a named one",
            };
            let instead = conflict.instead().map_or_else(String::new, |code| format!(": use {code}"));
            format!("{code} and {with} are {how}{instead}")
        }
        _ => format!("{} of {code}", conflict.kind()),
    }
}

fn print(row: &Row, output: &mut Output) -> Result<(), CliError> {
    if output.is_json() {
        return output.object(row);
    }
    output.line(format!("{:<19} {}", row.kind, row.message))?;
    if let (Some(note), Some(owner), Some(release)) = (&row.note, &row.owner, &row.release) {
        let certain = if row.certain { "" } else { ", not in force on the date" };
        output.line(format!("{:<19} at {owner}: {note} (release of {release}{certain})", ""))?;
    }
    Ok(())
}
