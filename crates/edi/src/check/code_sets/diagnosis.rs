//! Diagnosis codes, and procedure codes of inpatients.

use super::checks;
use super::context::{Context, text};
use super::sets::CodeSets;
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use superbill_core::{Date, Icd10PcsCode};
use superbill_icd10cm::{Icd9Code, Icd10Cm, Icd10CmCode, Status};

/// The day from which ICD-10 is used: 2015-10-01 (45 CFR 162.1002(c)), as a number.
const ICD10_BEGINS: u32 = 20_151_001;

/// As many codes as a message names.
const CODES_NAMED: usize = 3;

/// The revision of a classification that a qualifier names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Revision {
    Ninth,
    Tenth,
}

/// A diagnosis code.
#[inline]
pub(super) fn check(
    context: &mut Context<'_, '_>,
    seen: &Seen<'_>,
    place: ElementPlace,
    revision: Revision,
    value: &[u8],
) {
    let day = context.dates.diagnosis_day();
    is_of_the_day(context, seen, place, revision, day);
    match revision {
        Revision::Ninth => ninth(context, seen, place, value),
        Revision::Tenth => tenth(context, seen, place, value, day),
    }
}

/// Whether the revision is that of the day.
fn is_of_the_day(
    context: &mut Context<'_, '_>,
    seen: &Seen<'_>,
    place: ElementPlace,
    revision: Revision,
    day: Option<Date>,
) {
    let Some(day) = day else { return };
    let of_day = if day.ccyymmdd() < ICD10_BEGINS { Revision::Ninth } else { Revision::Tenth };
    if of_day != revision {
        let what = match of_day {
            Revision::Ninth => {
                "is qualified as ICD-10, which begins on 2015-10-01: the day of this claim is coded in ICD-9"
            }
            Revision::Tenth => "is qualified as ICD-9, which ended on 2015-09-30: code the day of this claim in ICD-10",
        };
        context.say(&checks::DIAGNOSIS_VERSION, seen, place, what);
    }
}

fn ninth(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if value.contains(&b'.') {
        return pointed(context, seen, place);
    }
    if Icd9Code::parse(text(value)).is_err() || !is_plain(value) {
        context.say(
            &checks::DIAGNOSIS_FORM,
            seen,
            place,
            "is no ICD-9-CM code: three digits, V and two, or E and three; then up to two more, behind E one",
        );
    }
}

#[inline]
fn tenth(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8], day: Option<Date>) {
    if value.contains(&b'.') {
        return pointed(context, seen, place);
    }
    let code = match Icd10CmCode::parse(text(value)) {
        Ok(code) if is_plain(value) => code,
        Ok(_) => {
            return context.say(
                &checks::DIAGNOSIS_FORM,
                seen,
                place,
                "has small letters or blanks: write capitals alone",
            );
        }
        Err(error) => return malformed(context, seen, place, &error.to_string()),
    };
    let (Some(table), Some(day)) = (context.sets.icd10cm, day) else { return };
    // Days before ICD-10 are said above.
    if day.ccyymmdd() >= ICD10_BEGINS && table.on(day).status(code) != Status::Billable {
        not_billable(context, seen, place, table, code, day);
    }
}

fn is_plain(value: &[u8]) -> bool {
    value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cold]
fn malformed(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, error: &str) {
    context.say(&checks::DIAGNOSIS_FORM, seen, place, &format!("is no ICD-10-CM code: {error}"));
}

#[cold]
fn pointed(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace) {
    context.say(&checks::DIAGNOSIS_POINT, seen, place, "has a decimal point: X12 has the code without it");
}

#[cold]
fn not_billable(
    context: &mut Context<'_, '_>,
    seen: &Seen<'_>,
    place: ElementPlace,
    table: &Icd10Cm<'_>,
    code: Icd10CmCode,
    day: Date,
) {
    let on = table.on(day);
    let lookup = on.lookup(code);
    let (check, instead): (_, Vec<Icd10CmCode>) = match lookup.status() {
        Status::Header => (&checks::DIAGNOSIS_HEADER, lookup.completions().collect()),
        Status::Unknown => (&checks::DIAGNOSIS_UNKNOWN, lookup.completions().collect()),
        Status::Retired => {
            (&checks::DIAGNOSIS_DATE, lookup.replacements().into_iter().map(|replacement| replacement.code).collect())
        }
        Status::NotYetEffective => (&checks::DIAGNOSIS_DATE, Vec::new()),
        // The table does not tell of the day.
        _ => return,
    };
    let reason = lookup.reason().unwrap_or_default();
    let release = CodeSets::icd10cm_release(day);
    let named: Vec<String> = instead.iter().take(CODES_NAMED).map(|code| code.undotted()).collect();
    let instead = match (named.is_empty(), instead.len() > CODES_NAMED) {
        (true, _) => String::new(),
        (false, true) => format!("; possible are {} and others", named.join(", ")),
        (false, false) => format!("; possible: {}", named.join(", ")),
    };
    context.say(check, seen, place, &format!("is {reason} ({release}){instead}"));
}

/// An inpatient procedure code: ICD-10-PCS, or of ICD-9-CM volume 3.
pub(super) fn inpatient_procedure(
    context: &mut Context<'_, '_>,
    seen: &Seen<'_>,
    place: ElementPlace,
    revision: Revision,
    value: &[u8],
) {
    let day = context.dates.diagnosis_day();
    is_of_the_day(context, seen, place, revision, day);
    match revision {
        Revision::Ninth => {
            if !(3..=4).contains(&value.len()) || !value.iter().all(u8::is_ascii_digit) {
                context.say(
                    &checks::INPATIENT_PROCEDURE,
                    seen,
                    place,
                    "is no ICD-9-CM procedure: three or four digits",
                );
            }
        }
        Revision::Tenth => {
            if !is_plain(value) || Icd10PcsCode::parse(text(value)).is_err() {
                context.say(
                    &checks::INPATIENT_PROCEDURE,
                    seen,
                    place,
                    "is no ICD-10-PCS code: seven digits and capitals without I and O",
                );
            }
        }
    }
}
