//! `superbill edits`: what the edit tables say of codes together.

use crate::arguments::Edits;
use crate::error::CliError;
use crate::import_kind::ImportKind;
use crate::output::Output;
use crate::service_tables::{self, ServiceTables};
use crate::tables::Tables;
use serde::Serialize;
use superbill::Date;
use superbill::edits::{AddOnAnswer, InForce, PairSetting, ServiceCode};
use superbill::hcpcs::HcpcsTables;

/// One thing that a table says. Keys that a kind has no use for are left out.
#[derive(Debug, Default, Serialize)]
struct Line {
    kind: &'static str,
    codes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column1: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column2: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deletion: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rationale: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    primaries: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fee_schedule: Option<FeeScheduleFacts>,
    table: &'static str,
    release: Option<String>,
    /// What it means, in a sentence: only as text.
    #[serde(skip)]
    words: String,
}

/// The payment indicators of a row of the physician fee schedule.
#[derive(Debug, Serialize)]
struct FeeScheduleFacts {
    modifier: Option<String>,
    status: String,
    work: String,
    nonfacility_total: String,
    facility_total: String,
    global: String,
    components: String,
    multiple: String,
    bilateral: String,
    assistant: String,
    co_surgeon: String,
    team: String,
    conversion_factor: String,
}

pub(crate) fn run(arguments: &Edits, output: &mut Output) -> Result<bool, CliError> {
    let date = arguments.on.date()?;
    let tables = Tables::load(&arguments.data.data)?;
    let mut codes = Vec::new();
    for text in &arguments.codes {
        if text == "-" {
            for line in std::io::stdin().lines() {
                let line = line.map_err(CliError::Input)?;
                if !line.trim().is_empty() {
                    codes.push(read(&line, codes.len())?);
                }
            }
        } else {
            codes.push(read(text, codes.len())?);
        }
    }
    let mut found = false;
    for line in lines(&codes, date, arguments, &tables)? {
        let denies = match line.kind {
            "ptp" => true,
            "add_on" => line.value.as_deref() == Some("missing"),
            _ => false,
        };
        found |= denies && arguments.fail_on.iter().any(|kind| kind == line.kind);
        if output.is_json() {
            output.object(&line)?;
        } else {
            let release = line.release.as_deref().unwrap_or("no release");
            output.line(format!("{:<12} {:<12} {}", line.kind, line.codes.join(" "), line.words))?;
            output.line(format!("{:<25} {} of {release}", "", line.table))?;
        }
    }
    Ok(found)
}

fn read(text: &str, before: usize) -> Result<ServiceCode, CliError> {
    ServiceCode::parse(text).map_err(|error| CliError::ServiceCode { place: before + 1, error })
}

fn lines(codes: &[ServiceCode], date: Date, arguments: &Edits, tables: &Tables) -> Result<Vec<Line>, CliError> {
    let services = ServiceTables::of(tables, arguments.program)?;
    let mut lines = Vec::new();
    for setting in [PairSetting::Practitioner, PairSetting::OutpatientHospital] {
        pairs(codes, date, setting, arguments, &services, &mut lines);
    }
    for code in codes {
        units(*code, date, &services, &mut lines);
    }
    add_ons(codes, date, &services, &mut lines);
    let hcpcs = service_tables::hcpcs(tables)?;
    let hcpcs = HcpcsTables::new(hcpcs.iter()).on(date);
    for code in codes {
        if let Some(lookup) = code.hcpcs().and_then(|code| hcpcs.lookup(code)) {
            let release = lookup.title().map(|title| title.release().to_string());
            let mut line =
                Line { value: Some(lookup.status().name().to_owned()), release, ..Line::new("status", code, "hcpcs") };
            line.words = lookup.status().name().to_owned();
            if let Some(reason) = lookup.reason() {
                line.words = format!("{}: {reason}", line.words);
            }
            if lookup.status() != superbill::hcpcs::Status::CannotTell {
                lines.push(line);
            }
        }
        fees(*code, date, arguments, &services, &mut lines);
    }
    Ok(lines)
}

fn pairs(
    codes: &[ServiceCode],
    date: Date,
    setting: PairSetting,
    arguments: &Edits,
    services: &ServiceTables<'_>,
    lines: &mut Vec<Line>,
) {
    let Some(on) = services.pairs.on(setting, arguments.program, date) else { return };
    let kind = match setting {
        PairSetting::Practitioner => ImportKind::NcciPtpPractitioner,
        PairSetting::OutpatientHospital => ImportKind::NcciPtpOutpatient,
    };
    for (at, one) in codes.iter().enumerate() {
        for other in codes.iter().skip(at + 1) {
            for edit in on.between(*one, *other) {
                let helps = match edit.indicator().digit() {
                    0 => "no modifier helps",
                    _ => "unless an NCCI-associated modifier that the record supports is on the line",
                };
                lines.push(Line {
                    kind: "ptp",
                    codes: vec![one.to_string(), other.to_string()],
                    column1: Some(edit.column1().to_string()),
                    column2: Some(edit.column2().to_string()),
                    indicator: Some(edit.indicator().to_string()),
                    effective: Some(edit.effective().to_string()),
                    deletion: edit.deletion().map(|day| day.to_string()),
                    rationale: Some(edit.rationale().to_owned()),
                    table: kind.table(),
                    release: Some(on.table().release().first().to_string()),
                    words: format!(
                        "{} is not paid beside {}, {helps}: {}",
                        edit.column2(),
                        edit.column1(),
                        edit.rationale()
                    ),
                    ..Line::default()
                });
            }
        }
    }
}

fn units(code: ServiceCode, date: Date, services: &ServiceTables<'_>, lines: &mut Vec<Line>) {
    for (service, releases) in &services.mue {
        let Some(table) = releases.on(date) else { continue };
        let Some(edit) = table.edit(code) else { continue };
        let compared = edit.compares();
        let mut line = Line::new("mue", &code, service.kind().as_str());
        line.indicator = edit.adjudication.map(|adjudication| adjudication.indicator().to_string());
        line.value = Some(edit.value.to_string());
        line.rationale = Some(edit.rationale.to_owned());
        line.release = Some(table.in_force().first().to_string());
        let what = match compared.indicator() {
            1 => "a line",
            2 => "a day, by policy",
            _ => "a day, by clinical experience: more may be paid on review",
        };
        line.words = format!("at most {} units {what}: {}", edit.value, edit.rationale);
        lines.push(line);
    }
}

fn add_ons(codes: &[ServiceCode], date: Date, services: &ServiceTables<'_>, lines: &mut Vec<Line>) {
    let Some(table) = services.add_ons.on(date) else { return };
    for code in codes {
        let mut line = Line::new("add_on", code, ImportKind::AddOn.table());
        line.release = Some(table.in_force().first().to_string());
        let edit = table.edits_of(*code).find(|edit| edit.is_active(date));
        line.effective = edit.and_then(|edit| edit.effective).map(|day| day.to_string());
        line.deletion = edit.and_then(|edit| edit.deletion).map(|day| day.to_string());
        let primaries: Vec<String> = table.primaries(*code, date).map(|code| code.to_string()).collect();
        let (value, words) = match table.check(*code, codes.iter().filter(|other| *other != code), date) {
            AddOnAnswer::Satisfied(primary) => {
                line.codes.push(primary.to_string());
                ("satisfied", format!("an add-on code, with its primary code {primary}"))
            }
            AddOnAnswer::Missing => {
                ("missing", format!("an add-on code without a primary code: one of {}", primaries.join(" ")))
            }
            AddOnAnswer::ContractorDecides => {
                ("contractor", "an add-on code whose primary codes the contractor defines".to_owned())
            }
            AddOnAnswer::NotAddOn | AddOnAnswer::CannotTell => continue,
        };
        (line.value, line.words, line.primaries) = (Some(value.to_owned()), words, primaries);
        lines.push(line);
    }
}

fn fees(code: ServiceCode, date: Date, arguments: &Edits, services: &ServiceTables<'_>, lines: &mut Vec<Line>) {
    if let Some(table) = services.fee_schedules.on(date, arguments.participation) {
        for row in table.rows(code) {
            let facts = FeeScheduleFacts {
                modifier: row.modifier().map(|modifier| modifier.to_string()),
                status: row.status().code().to_owned(),
                work: row.work().to_string(),
                nonfacility_total: row.total(false).to_string(),
                facility_total: row.total(true).to_string(),
                global: row.global_period().code().to_owned(),
                components: row.components().code().to_owned(),
                multiple: row.multiple_procedure().code().to_owned(),
                bilateral: row.bilateral().code().to_owned(),
                assistant: row.assistant().code().to_owned(),
                co_surgeon: row.co_surgeon().code().to_owned(),
                team: row.team_surgery().code().to_owned(),
                conversion_factor: row.conversion_factor().to_string(),
            };
            let mut line = Line::new("fee_schedule", &code, ImportKind::Mpfs.table());
            line.value = Some(facts.status.clone());
            line.release = Some(table.in_force().first().to_string());
            let modifier = facts.modifier.as_ref().map_or_else(String::new, |modifier| format!("with {modifier}, "));
            line.words = format!(
                "{modifier}status {} ({}), {} RVUs, {} in a facility, global {}, multiple {}, bilateral {}, assistant {}",
                facts.status,
                row.status().meaning(),
                facts.nonfacility_total,
                facts.facility_total,
                facts.global,
                facts.multiple,
                facts.bilateral,
                facts.assistant
            );
            line.fee_schedule = Some(facts);
            lines.push(line);
        }
    }
    if let Some((table, service)) = services.opps.on(date).and_then(|table| Some((table, table.service(code)?))) {
        let mut line = Line::new("status", &code, ImportKind::Opps.table());
        line.indicator = Some(service.status.to_string());
        line.value = service.payment_rate.map(|rate| rate.to_string());
        line.release = Some(table.in_force().first().to_string());
        let meaning = service.status.meaning().unwrap_or("not known here");
        let rate = service.payment_rate.map_or_else(String::new, |rate| format!(", {rate} USD"));
        line.words = format!("status indicator {}: {meaning}{rate}", service.status);
        lines.push(line);
    }
    for (table, fee) in
        services.laboratory.on(date).into_iter().flat_map(|table| table.fees_of(code).map(move |fee| (table, fee)))
    {
        let mut line = Line::new("fee_schedule", &code, ImportKind::Clfs.table());
        line.value = fee.rate.map(|rate| rate.to_string());
        line.release = Some(table.in_force().first().to_string());
        let modifier = fee.modifier.map_or_else(String::new, |modifier| format!(" with {modifier}"));
        line.words = format!(
            "laboratory fee{modifier}: {}",
            fee.rate.map_or("set by the contractor".to_owned(), |rate| format!("{rate} USD"))
        );
        lines.push(line);
    }
    if let Some((table, price)) = services.drugs.on(date).and_then(|table| Some((table, table.price(code)?))) {
        let mut line = Line::new("fee_schedule", &code, ImportKind::Asp.table());
        line.value = price.payment_limit.map(|limit| limit.to_string());
        line.release = Some(table.in_force().first().to_string());
        let limit = price.payment_limit.map_or("none".to_owned(), |limit| format!("{limit} USD"));
        line.words = format!("payment limit for {}: {limit}", price.dosage);
        lines.push(line);
    }
    for (table, item) in
        services.dmepos.on(date).into_iter().flat_map(|table| table.items_of(code).map(move |item| (table, item)))
    {
        let mut line = Line::new("fee_schedule", &code, ImportKind::Dmepos.table());
        line.value = item.ceiling.map(|ceiling| ceiling.to_string());
        line.release = Some(table.in_force().first().to_string());
        let modifiers: Vec<String> = item.modifiers.iter().flatten().map(ToString::to_string).collect();
        line.words =
            format!("category {} {}: {} states have a fee", item.category(), modifiers.join(" "), item.fees().count());
        lines.push(line);
    }
}

impl Line {
    fn new(kind: &'static str, code: &ServiceCode, table: &'static str) -> Self {
        Self { kind, codes: vec![code.to_string()], table, ..Self::default() }
    }
}
