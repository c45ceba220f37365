//! `superbill lookup`: what a code is on a date, and why.

use crate::arguments::{Lookup, System};
use crate::companions::{Companions, Icd9, icd9_line};
use crate::error::CliError;
use crate::lookup_services::{self, HcpcsFacts};
use crate::output::Output;
use crate::service_tables::{self, ServiceTables};
use crate::tables::{Tables, release};
use serde::Serialize;
use superbill::Date;
use superbill::cpt::{CptCode, CptTables};
use superbill::edits::{CodeListName, CodeLists, Program};
use superbill::hcpcs::{HcpcsCode, HcpcsTables, HcpcsTablesOn};
use superbill::icd10cm::{Icd10Cm, Icd10CmCode, PoaExemption};

/// Completions that text shows; JSON has them all.
const SHOWN: usize = 12;

const STATUSES: [&str; 9] =
    ["billable", "valid", "confirmed", "header", "not_yet_effective", "retired", "unknown", "malformed", "cannot_tell"];
const USABLE: [&str; 3] = ["billable", "valid", "confirmed"];

#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    pub(crate) code: String,
    pub(crate) system: &'static str,
    pub(crate) on: String,
    pub(crate) status: &'static str,
    pub(crate) title: Option<String>,
    pub(crate) title_release: Option<String>,
    pub(crate) valid_from: Option<String>,
    pub(crate) valid_to: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) completions: Vec<String>,
    pub(crate) replacements: Vec<String>,
    pub(crate) parent: Option<String>,
    /// The day from which each replacement is to be used.
    pub(crate) replaced_on: Vec<String>,
    /// Why the code may not stand on a claim.
    pub(crate) why: Option<&'static str>,
    pub(crate) version: Option<String>,
    pub(crate) known_to: Option<String>,
    pub(crate) title_form: Option<&'static str>,
    pub(crate) also_possible: Vec<&'static str>,
    /// Whether the code needs no present-on-admission indicator; null where no loaded list can tell.
    pub(crate) poa_exempt: Option<bool>,
    /// What the loaded mappings to ICD-9-CM have.
    pub(crate) icd9: Vec<Icd9>,
    #[serde(skip)]
    pub(crate) poa: Option<PoaExemption>,
    /// What the quarterly file says of a HCPCS code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hcpcs: Option<HcpcsFacts>,
    /// The section of a CPT code, by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) section: Option<&'static str>,
    /// Which code list was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) list: Option<String>,
}

impl Answer {
    pub(crate) fn new(code: String, system: System, on: Date, status: &'static str, reason: Option<String>) -> Self {
        Self::of(code, system.name(), on, status, reason)
    }

    pub(crate) fn of(
        code: String,
        system: &'static str,
        on: Date,
        status: &'static str,
        reason: Option<String>,
    ) -> Self {
        Self {
            code,
            system,
            on: on.to_string(),
            status,
            title: None,
            title_release: None,
            valid_from: None,
            valid_to: None,
            reason,
            completions: Vec::new(),
            replacements: Vec::new(),
            parent: None,
            replaced_on: Vec::new(),
            why: None,
            version: None,
            known_to: None,
            title_form: None,
            also_possible: Vec::new(),
            poa_exempt: None,
            icd9: Vec::new(),
            poa: None,
            hcpcs: None,
            section: None,
            list: None,
        }
    }
}

impl Answer {
    /// Adds what the conversion table and the companion lists say.
    fn extend(&mut self, code: Icd10CmCode, ask: &Question<'_>) {
        let (on, companions) = (ask.table.on(ask.date), ask.companions);
        let replacements = companions.replacements(on, code);
        self.replacements = replacements.iter().map(|replacement| replacement.code.to_string()).collect();
        self.replaced_on = replacements.iter().map(|replacement| replacement.effective.to_string()).collect();
        self.poa = companions.poa_exempt(on, code);
        self.poa_exempt = match self.poa {
            Some(PoaExemption::Exempt) => Some(true),
            Some(PoaExemption::NotExempt) => Some(false),
            _ => None,
        };
        self.icd9 = companions.icd9(code);
    }
}

pub(crate) fn run(arguments: &Lookup, output: &mut Output) -> Result<bool, CliError> {
    let date = arguments.on.date()?;
    let failing = failing(arguments.fail_on.as_deref())?;
    let tables = Tables::load(&arguments.data.data)?;
    let table = tables.icd10cm()?;
    let companions = Companions::of(&tables)?;
    let hcpcs = service_tables::hcpcs(&tables)?;
    let cpt = service_tables::cpt(&tables)?;
    let services = ServiceTables::of(&tables, Program::Medicare)?;
    let code_lists = service_tables::code_lists(&tables)?;
    let ask = Question {
        system: arguments.system,
        list: arguments.list,
        date,
        failing: &failing,
        table: &table,
        companions: &companions,
        hcpcs: HcpcsTables::new(hcpcs.iter()).on(date),
        cpt: &cpt,
        services: &services,
        code_lists: &code_lists,
    };
    let mut found = false;
    for text in &arguments.codes {
        if text == "-" {
            for (number, line) in std::io::stdin().lines().enumerate() {
                let line = line.map_err(CliError::Input)?;
                // Some editors begin a file with a byte order mark.
                let line = if number == 0 { line.trim_start_matches('\u{feff}') } else { &line };
                if !line.trim().is_empty() {
                    found |= one(line, &ask, output)?;
                }
            }
        } else {
            found |= one(text, &ask, output)?;
        }
    }
    Ok(found)
}

/// What is asked of each code.
struct Question<'t> {
    system: Option<System>,
    list: Option<CodeListName>,
    date: Date,
    failing: &'t [&'static str],
    table: &'t Icd10Cm<'t>,
    companions: &'t Companions<'t>,
    hcpcs: HcpcsTablesOn<'t>,
    cpt: &'t CptTables<'t>,
    services: &'t ServiceTables<'t>,
    code_lists: &'t CodeLists<'t>,
}

fn one(text: &str, ask: &Question<'_>, output: &mut Output) -> Result<bool, CliError> {
    let of_system = |system| match system {
        System::Icd10cm => icd10cm(text, ask),
        System::Hcpcs => lookup_services::hcpcs(text, ask.date, ask.hcpcs),
        System::Cpt => lookup_services::cpt(text, ask.date, ask.cpt, ask.services),
    };
    let mut answer = match ask.list {
        Some(list) => lookup_services::listed(text, list, ask.date, ask.code_lists),
        None => of_system(ask.system.unwrap_or_else(|| system_of(text, ask.table))),
    };
    // The same five characters can be a code of two systems: J1100 is one of each.
    if ask.system.is_none() && answer.system == System::Icd10cm.name() && HcpcsCode::parse(text).is_ok() {
        answer.also_possible.push(System::Hcpcs.name());
    }
    if output.is_json() {
        output.object(&answer)?
    } else {
        print(&answer, output)?
    }
    Ok(ask.failing.contains(&answer.status))
}

/// The statuses that make the command end with 1.
fn failing(text: Option<&str>) -> Result<Vec<&'static str>, CliError> {
    let mut failing = Vec::new();
    let words = text.into_iter().flat_map(|text| text.split(',')).map(|word| word.trim().to_ascii_lowercase());
    for word in words {
        match STATUSES.iter().find(|status| **status == word) {
            Some(status) => failing.push(*status),
            None if word == "any" => failing.extend(STATUSES.iter().filter(|status| !USABLE.contains(status))),
            None => return Err(CliError::FailOn(word.to_owned())),
        }
    }
    Ok(failing)
}

/// A code that ICD-10-CM ever had is one; else the shape tells.
fn system_of(text: &str, table: &Icd10Cm<'_>) -> System {
    let icd10cm = Icd10CmCode::parse(text).ok();
    if icd10cm.is_some_and(|code| table.ordinal(code).is_some()) {
        System::Icd10cm
    } else if HcpcsCode::parse(text).is_ok() {
        System::Hcpcs
    } else if CptCode::parse(text).is_ok() {
        System::Cpt
    } else {
        System::Icd10cm
    }
}

fn icd10cm(text: &str, ask: &Question<'_>) -> Answer {
    let (date, table) = (ask.date, ask.table);
    let on = table.on(date);
    let mut answer = match Icd10CmCode::parse(text) {
        Ok(code) => {
            let mut answer = known(&on.lookup(code));
            answer.extend(code, ask);
            answer
        }
        Err(error) => {
            let text = text.trim().to_owned();
            let mut answer = Answer::new(text, System::Icd10cm, date, "malformed", Some(error.to_string()));
            answer.why = Some("malformed");
            answer
        }
    };
    if matches!(answer.status, "malformed" | "unknown") && answer.completions.is_empty() {
        answer.completions = on.mended(text).iter().map(ToString::to_string).collect();
    }
    answer.version = release(table).map(ToOwned::to_owned);
    let horizon = table.horizon().ok();
    answer.known_to = horizon.and_then(|horizon| horizon.last()).map(|last| last.to_string());
    answer
}

fn known(lookup: &superbill::icd10cm::Lookup<'_>) -> Answer {
    let (code, date) = (lookup.code().to_string(), lookup.date());
    let (title, valid) = (lookup.title(), lookup.valid());
    let mut answer = Answer::new(code, System::Icd10cm, date, lookup.status().name(), lookup.reason());
    answer.why = lookup.why_not().map(|why| why.name());
    answer.title_form = title.as_ref().map(|title| if title.is_short() { "short" } else { "long" });
    answer.title_release = title.as_ref().map(|title| title.release().to_string());
    answer.title = title.map(|title| title.to_string());
    answer.valid_from = valid.map(|range| range.first().to_string());
    answer.valid_to = valid.and_then(|range| range.last()).map(|last| last.to_string());
    answer.completions = lookup.completions().map(|code| code.to_string()).collect();
    answer.parent = lookup.parent().map(|code| code.to_string());
    answer
}

fn print(answer: &Answer, output: &mut Output) -> Result<(), CliError> {
    let title = answer.title.as_deref().unwrap_or(match answer.status {
        "malformed" | "unknown" => "",
        _ if answer.system == "icd10cm" => "(no source has the title)",
        _ => "",
    });
    output.line(format!("{:<9} {:<17} {title}", printable(&answer.code), answer.status))?;
    let mut facts = Vec::new();
    match (&answer.valid_from, &answer.valid_to) {
        (Some(from), Some(to)) => facts.push(format!("valid {from} to {to}")),
        (Some(from), None) => facts.push(format!("valid from {from}")),
        (None, Some(to)) => facts.push(format!("valid to {to}")),
        _ => {}
    }
    let short = if answer.title_form == Some("short") { "short title, perhaps cut," } else { "title" };
    facts.extend(answer.title_release.iter().map(|release| format!("{short} of {release}")));
    facts.extend(answer.parent.iter().map(|parent| format!("below {parent}")));
    facts.push(format!("{} on {}", answer.list.as_deref().unwrap_or(answer.system), answer.on));
    output.line(format!("{:<9} {}", "", facts.join("; ")))?;
    if let Some(facts) = &answer.hcpcs {
        for line in facts.lines() {
            output.line(format!("{:<9} {line}", ""))?;
        }
    }
    if let Some(section) = answer.section {
        output.line(format!("{:<9} section: {section}", ""))?;
    }
    if let Some(reason) = &answer.reason {
        output.line(format!("{:<9} {reason}", ""))?;
    }
    for system in &answer.also_possible {
        output.line(format!("{:<9} the same characters can be a {system} code: ask with --system {system}", ""))?;
    }
    if !answer.completions.is_empty() {
        let shown = answer.completions.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(" ");
        let more = answer.completions.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more (--format json lists all)") } else { String::new() };
        let what = match answer.why {
            Some("header" | "seventh_character_missing") => "billable below it",
            _ => "perhaps meant",
        };
        output.line(format!("{:<9} {what}: {shown}{more}", ""))?;
    }
    if !answer.replacements.is_empty() {
        let shown: Vec<String> = answer
            .replacements
            .iter()
            .zip(&answer.replaced_on)
            .map(|(code, day)| format!("{code} from {day}"))
            .collect();
        output.line(format!("{:<9} in its place: {}", "", shown.join(", ")))?;
    }
    if let Some(poa) = answer.poa {
        let says = match poa {
            PoaExemption::Exempt => "exempt",
            PoaExemption::NotExempt => "not exempt",
            _ => "no loaded list of exempt codes is in force on the date",
        };
        output.line(format!("{:<9} present-on-admission indicator: {says}", ""))?;
    }
    if !answer.icd9.is_empty() {
        output.line(format!("{:<9} ICD-9-CM: {}", "", icd9_line(&answer.icd9)))?;
    }
    Ok(())
}

/// What was asked for, fit for a terminal: control characters escaped, at most 40 characters. JSON has it whole.
fn printable(code: &str) -> String {
    let mut shown: String = code.chars().take(40).flat_map(char::escape_debug).collect();
    if code.chars().nth(40).is_some() {
        shown.push_str("...");
    }
    shown
}
