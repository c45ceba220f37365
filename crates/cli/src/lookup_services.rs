//! Looking up procedure codes.

use crate::arguments::System;
use crate::lookup::Answer;
use crate::service_tables::ServiceTables;
use serde::Serialize;
use superbill::Date;
use superbill::cpt::{CptCode, CptStatus, CptTables, DescriptorKind};
use superbill::edits::{ApmParticipation, CodeListName, CodeListStatus, CodeLists, InForce, ServiceCode};
use superbill::hcpcs::{HcpcsCode, HcpcsTablesOn, Record};

/// What the quarterly file says of a HCPCS code: the values as it has them, and what they mean.
#[derive(Debug, Serialize)]
pub(crate) struct HcpcsFacts {
    category: &'static str,
    short_title: Option<String>,
    coverage: Option<Fact>,
    pricing: Vec<Fact>,
    multiple_pricing: Option<Fact>,
    betos: Option<Fact>,
    type_of_service: Vec<Fact>,
    action: Option<Fact>,
    action_effective: Option<String>,
    cross_references: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Fact {
    value: String,
    means: &'static str,
}

impl HcpcsFacts {
    /// The facts as lines of text.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("category: {}", self.category)];
        let one = |name: &str, fact: &Fact| format!("{name} {}: {}", fact.value, fact.means);
        lines.extend(self.coverage.iter().map(|fact| one("coverage", fact)));
        lines.extend(self.pricing.iter().map(|fact| one("pricing", fact)));
        lines.extend(self.multiple_pricing.iter().map(|fact| one("multiple pricing", fact)));
        lines.extend(self.betos.iter().map(|fact| one("BETOS", fact)));
        lines.extend(self.type_of_service.iter().map(|fact| one("type of service", fact)));
        let since = self.action_effective.as_ref().map_or_else(String::new, |day| format!(", effective {day}"));
        lines.extend(self.action.iter().map(|fact| one("action", fact) + &since));
        if !self.cross_references.is_empty() {
            lines.push(format!("see {}", self.cross_references.join(", ")));
        }
        lines
    }
}

/// What is known of a HCPCS Level II code.
pub(crate) fn hcpcs(text: &str, date: Date, tables: HcpcsTablesOn<'_>) -> Answer {
    let code = match HcpcsCode::parse(text) {
        Ok(code) => code,
        Err(error) => return malformed(text, System::Hcpcs, date, &error),
    };
    let Some(lookup) = tables.lookup(code) else {
        return Answer::new(
            code.to_string(),
            System::Hcpcs,
            date,
            "cannot_tell",
            Some("no table is loaded".to_owned()),
        );
    };
    let mut answer = Answer::new(code.to_string(), System::Hcpcs, date, lookup.status().name(), lookup.reason());
    if let Some(title) = lookup.title() {
        answer.title_form = Some(if title.is_short() { "short" } else { "long" });
        answer.title_release = Some(title.release().to_string());
        answer.title = Some(title.to_string());
    }
    let valid = lookup.valid();
    answer.valid_from = valid.map(|range| range.first().to_string());
    answer.valid_to = valid.and_then(|range| range.last()).map(|last| last.to_string());
    answer.version = tables.governing().map(|_| "loaded").or(Some("bundled, partial")).map(ToOwned::to_owned);
    let record = lookup.record();
    answer.hcpcs = Some(facts(lookup.category().words(), lookup.short_title().map(|title| title.to_string()), record));
    answer
}

fn facts(category: &'static str, short_title: Option<String>, record: Option<Record<'_>>) -> HcpcsFacts {
    macro_rules! fact {
        ($value:expr) => {
            Fact { value: $value.as_str().to_owned(), means: $value.words() }
        };
    }
    HcpcsFacts {
        category,
        short_title,
        coverage: record.and_then(|record| record.coverage()).map(|value| fact!(value)),
        pricing: record.into_iter().flat_map(|record| record.pricing()).map(|value| fact!(value)).collect(),
        multiple_pricing: record.and_then(|record| record.multiple_pricing()).map(|value| fact!(value)),
        betos: record.and_then(|record| record.betos()).map(|value| fact!(value)),
        type_of_service: record
            .into_iter()
            .flat_map(|record| record.types_of_service())
            .map(|value| fact!(value))
            .collect(),
        action: record.and_then(|record| record.action()).map(|value| fact!(value)),
        action_effective: record.and_then(|record| record.action_effective()).map(|day| day.to_string()),
        cross_references: record
            .into_iter()
            .flat_map(|record| record.cross_references())
            .map(|reference| reference.to_string())
            .collect(),
    }
}

/// What is known of a CPT code: by the licensed edition, else by the tables of fees and edits that name it.
pub(crate) fn cpt(text: &str, date: Date, tables: &CptTables<'_>, services: &ServiceTables<'_>) -> Answer {
    let code = match CptCode::parse(text) {
        Ok(code) => code,
        Err(error) => return malformed(text, System::Cpt, date, &error),
    };
    let lookup = tables.lookup(code, date);
    let reason = (lookup.status != CptStatus::Valid).then(|| lookup.why.to_owned());
    let mut answer = Answer::new(code.to_string(), System::Cpt, date, lookup.status.name(), reason);
    answer.valid_from = lookup.valid_from.map(|day| day.to_string());
    answer.valid_to = lookup.valid_to.map(|day| day.to_string());
    answer.version = lookup.release.map(|day| day.to_string());
    answer.section = code.section().map(|section| section.name());
    let descriptor = [DescriptorKind::Long, DescriptorKind::Medium, DescriptorKind::Short]
        .into_iter()
        .find_map(|kind| Some((kind, tables.descriptor(code, kind, date)?.text()?)));
    if let Some((kind, title)) = descriptor {
        answer.title_form = Some(kind.name());
        answer.title = Some(title);
        answer.title_release = answer.version.clone();
    }
    if lookup.status == CptStatus::CannotTell
        && let Some((table, release)) = named_by(code.into(), date, services)
    {
        answer.status = "confirmed";
        answer.reason =
            Some(format!("the {table} of {release} names it; its descriptor is in the owner's licensed files"));
    }
    answer
}

/// A loaded table that names a code, and its release.
fn named_by(code: ServiceCode, date: Date, services: &ServiceTables<'_>) -> Option<(&'static str, Date)> {
    let fees = [ApmParticipation::Other, ApmParticipation::Qualifying].into_iter().find_map(|participation| {
        let table = services.fee_schedules.on(date, participation)?;
        table.rows(code).next().map(|_| ("physician fee schedule", table.in_force().first()))
    });
    let opps = || {
        let table = services.opps.on(date)?;
        table.service(code).map(|_| ("Addendum B", table.in_force().first()))
    };
    let laboratory = || {
        let table = services.laboratory.on(date)?;
        table.fees_of(code).next().map(|_| ("clinical laboratory fee schedule", table.in_force().first()))
    };
    fees.or_else(opps).or_else(laboratory)
}

/// What a loaded code list says of a code.
pub(crate) fn listed(text: &str, list: CodeListName, date: Date, lists: &CodeLists<'_>) -> Answer {
    let code = match list {
        CodeListName::Other(_) => text.trim().to_owned(),
        _ => text.trim().to_ascii_uppercase(),
    };
    let answer = |status, reason| {
        let mut answer = Answer::of(code.clone(), "code-list", date, status, reason);
        answer.list = Some(list.to_string());
        answer
    };
    if !list.is_shape(&code) {
        let mut answer = answer("malformed", Some(format!("expected {}", list.shape())));
        answer.why = Some("malformed");
        return answer;
    }
    let Some(table) = lists.list(list, date) else {
        return answer("cannot_tell", Some(format!("no list {list} is loaded: import one, and name it with --data")));
    };
    let (release, status) = (table.release(), table.status(&code, date));
    let reason = match status {
        CodeListStatus::Valid(_) => None,
        CodeListStatus::NotYetEffective(code) => code.since.map(|since| format!("in use from {since}")),
        CodeListStatus::Retired(code) => code.retired_since().map(|since| {
            format!("retired since {since}: only what repeats an earlier decision, as a reversal, may still have it")
        }),
        CodeListStatus::Unknown => Some(format!("the list of {release} does not have it")),
        _ => Some(format!("the list is of {release} and does not speak of the day")),
    };
    let mut answer = answer(status.name(), reason);
    answer.version = Some(release.to_string());
    if let Some(found) = status.code() {
        answer.title = found.title.map(ToOwned::to_owned);
        answer.title_release = found.title.map(|_| release.to_string());
        answer.valid_from = found.since.map(|day| day.to_string());
        answer.valid_to = found.until.map(|day| day.to_string());
    }
    answer
}

fn malformed(text: &str, system: System, date: Date, error: &dyn std::error::Error) -> Answer {
    let mut answer = Answer::new(text.trim().to_owned(), system, date, "malformed", Some(error.to_string()));
    answer.why = Some("malformed");
    answer
}
