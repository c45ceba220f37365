//! `superbill data`: which tables there are, of which release, and where they come from.

use crate::arguments::Data;
use crate::error::CliError;
use crate::output::Output;
use crate::tables::Tables;
use serde::Serialize;
use superbill::edits::code_editor::{self, CodeEditor};
use superbill::hcpcs::{self, Hcpcs};
use superbill::icd10cm::search::{
    BUNDLED_SEARCH_BYTES, BUNDLED_SEARCH_SOURCES, BUNDLED_SEARCH_VERSION, SEARCH_TABLE_KIND,
};
use superbill::icd10cm::{Icd10Cm, Icd10CmSearch, TABLE_KIND};
use superbill::table::{About, Table};

#[derive(Serialize)]
struct Row<'t> {
    kind: &'t str,
    /// Which code list it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<&'t str>,
    from: &'t str,
    release: Option<&'t str>,
    rows: Option<u64>,
    bytes: usize,
    sound: bool,
    sources: Vec<String>,
    licence: Option<&'t str>,
    /// What the owner of the texts says, or what the table is not.
    notice: Option<&'t str>,
}

const LICENCE: &str = "a work of the United States Government";

pub(crate) fn run(arguments: &Data, output: &mut Output) -> Result<bool, CliError> {
    let tables = Tables::load(&arguments.data.data)?;
    let bundled = Icd10Cm::bundled();
    print(
        &Row {
            kind: TABLE_KIND.as_str(),
            list: None,
            from: "bundled",
            release: bundled.about().value("release"),
            rows: Some(bundled.len() as u64),
            bytes: superbill::icd10cm::BUNDLED_BYTES,
            sound: bundled.verify().is_ok(),
            sources: sources(bundled.about()),
            licence: Some(LICENCE),
            notice: None,
        },
        output,
    )?;
    let search = Icd10CmSearch::bundled();
    print(
        &Row {
            kind: SEARCH_TABLE_KIND.as_str(),
            list: None,
            from: "bundled",
            release: Some(BUNDLED_SEARCH_VERSION),
            rows: Some(search.len() as u64),
            bytes: BUNDLED_SEARCH_BYTES,
            sound: search.verify().is_ok(),
            sources: BUNDLED_SEARCH_SOURCES
                .iter()
                .map(|(name, version, _, taken)| format!("package {name}=={version}, {taken}"))
                .collect(),
            licence: Some(LICENCE),
            notice: None,
        },
        output,
    )?;
    let hcpcs = Hcpcs::bundled();
    print(
        &Row {
            kind: hcpcs::TABLE_KIND.as_str(),
            list: None,
            from: "bundled",
            release: hcpcs.about().value("release"),
            rows: Some(hcpcs.len() as u64),
            bytes: hcpcs::BUNDLED_BYTES,
            sound: hcpcs.verify().is_ok(),
            sources: sources(hcpcs.about()),
            licence: Some(LICENCE),
            notice: hcpcs.is_partial().then_some("a partial set: it confirms codes and denies none"),
        },
        output,
    )?;
    let editor = CodeEditor::bundled();
    print(
        &Row {
            kind: code_editor::TABLE_KIND.as_str(),
            list: None,
            from: "bundled",
            release: editor.about().value("release").or(Some(code_editor::BUNDLED_VERSION)),
            rows: editor.about().value("rows").and_then(|rows| rows.parse().ok()),
            bytes: code_editor::BUNDLED_BYTES,
            sound: editor.verify().is_ok(),
            sources: sources(editor.about()),
            licence: Some(LICENCE),
            notice: None,
        },
        output,
    )?;
    for loaded in &tables.loaded {
        let table =
            Table::open_any(&loaded.bytes).map_err(|error| CliError::Damaged { file: loaded.file.clone(), error })?;
        let about = About::of(&table);
        print(
            &Row {
                kind: &loaded.kind,
                list: about.value("list"),
                from: &loaded.file,
                release: about.value("release"),
                rows: about.value("rows").and_then(|rows| rows.parse().ok()),
                bytes: loaded.bytes.len(),
                sound: table.verify().is_ok(),
                sources: sources(about),
                licence: about.value("licence"),
                notice: about.value("notice"),
            },
            output,
        )?;
    }
    Ok(false)
}

fn sources(about: About<'_>) -> Vec<String> {
    about.lines().filter(|(key, _)| *key == "source").map(|(_, value)| value.to_owned()).collect()
}

fn print(row: &Row<'_>, output: &mut Output) -> Result<(), CliError> {
    if output.is_json() {
        return output.object(row);
    }
    let rows = row.rows.map_or_else(String::new, |rows| format!(", {rows} rows"));
    let sound = if row.sound { "" } else { ", DAMAGED: import it again" };
    output.line(format!(
        "{:<22} {} ({}){rows}, {} bytes{sound}",
        row.kind,
        row.release.unwrap_or("no release"),
        row.from,
        row.bytes
    ))?;
    for source in row.sources.iter().map(String::as_str).chain(row.licence).chain(row.notice) {
        output.line(format!("{:<22}   {source}", ""))?;
    }
    Ok(())
}
