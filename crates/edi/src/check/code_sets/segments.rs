//! Which elements of which segments hold codes.

use super::checks;
use super::context::Context;
use super::diagnosis::{self, Revision};
use super::{geography, identifier, listed, place_of_service, procedure};
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use crate::check::unit::ClaimKind;
use superbill_edits::CodeListName;

/// Checks the codes of a segment.
pub(super) fn check(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    match seen.segment.id() {
        "NM1" => name(context, seen),
        "N1" if seen.element(3) == b"XX" => {
            identifier::npi(context, seen, ElementPlace::new(4), seen.element(4));
        }
        "REF" => reference(context, seen),
        "N4" => geography::address(context, seen),
        "DTP" => date(context, seen),
        "DMG" if seen.element(1) == b"D8" && context.dates.is_future(seen.element(2)) => {
            future(context, seen, 2);
        }
        "SBR" => context.is_medicare = matches!(seen.element(9), b"MA" | b"MB"),
        "HI" => information(context, seen),
        "CLM" => claim(context, seen),
        "CL1" => admission(context, seen),
        "LX" => context.line_begins(),
        "SV1" => {
            let mut elements = seen.elements();
            procedure::composite(context, seen, 1, elements.next().unwrap_or_default());
            place(context, seen, 5, elements.nth(3).unwrap_or_default());
        }
        "SV2" => {
            revenue(context, seen, 1);
            procedure::composite(context, seen, 2, seen.element(2));
        }
        "SV3" => {
            procedure::composite(context, seen, 1, seen.element(1));
            place(context, seen, 3, seen.element(3));
        }
        "SV5" => procedure::composite(context, seen, 1, seen.element(1)),
        "SVD" => {
            procedure::composite(context, seen, 3, seen.element(3));
            revenue(context, seen, 4);
        }
        "SVC" => {
            context.line_begins();
            procedure::composite(context, seen, 1, seen.element(1));
            // Payers, and examples of X12, leave out the zero in front.
            if seen.element(4).len() != 3 {
                revenue(context, seen, 4);
            }
            procedure::composite(context, seen, 6, seen.element(6));
        }
        "PRV" => taxonomy(context, seen),
        "CAS" => adjustments(context, seen),
        "LQ" if seen.element(1) == b"HE" => {
            list(context, seen, ElementPlace::new(2), CodeListName::RemittanceRemark, seen.element(2));
        }
        "MOA" => remarks(context, seen, &[3, 4, 5, 6, 7]),
        "MIA" => remarks(context, seen, &[5, 20, 21, 22, 23]),
        "STC" => statuses(context, seen),
        "PLB" => provider_adjustments(context, seen),
        "CLP" => payment(context, seen),
        "CUR" => not_empty(context, seen, 2, geography::currency),
        "LIN" if seen.element(2) == b"N4" => {
            procedure::national_drug_code(context, seen, ElementPlace::new(3), seen.element(3));
        }
        "TOO" if seen.element(1) == b"JP" => {
            not_empty(context, seen, 2, tooth);
        }
        "HCP" => {
            if context.claim == ClaimKind::Institutional {
                revenue(context, seen, 8);
            }
            procedure::check(context, seen, ElementPlace::new(10), seen.element(9), seen.element(10));
        }
        "DN2" if seen.element(6) == b"JP" => not_empty(context, seen, 1, tooth),
        "EQ" => {
            service_types(context, seen, 1);
            procedure::composite(context, seen, 2, seen.element(2));
        }
        "EB" => {
            service_types(context, seen, 3);
            procedure::composite(context, seen, 13, seen.element(13));
        }
        "III" => inquiry(context, seen),
        "UM" => {
            service_types(context, seen, 3);
            accident(context, seen, 5);
        }
        "LUI" => language(context, seen),
        _ => {}
    }
}

fn not_empty(
    context: &mut Context<'_, '_>,
    seen: &Seen<'_>,
    element: u8,
    check: fn(&mut Context<'_, '_>, &Seen<'_>, ElementPlace, &[u8]),
) {
    let value = seen.element(usize::from(element));
    if !value.is_empty() {
        check(context, seen, ElementPlace::new(element), value);
    }
}

/// A code of a list, on the day on which the transaction was made.
fn list(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, name: CodeListName, value: &[u8]) {
    if !value.is_empty() {
        let day = context.dates.made();
        listed::check(context, seen, place, name, value, day);
    }
}

fn revenue(context: &mut Context<'_, '_>, seen: &Seen<'_>, element: u8) {
    not_empty(context, seen, element, listed::revenue);
}

fn place(context: &mut Context<'_, '_>, seen: &Seen<'_>, element: u8, value: &[u8]) {
    if !value.is_empty() {
        place_of_service::check(context, seen, ElementPlace::new(element), value);
    }
}

/// NM1: the identifier by its qualifier.
fn name(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    let mut elements = seen.elements();
    let entity = elements.next().unwrap_or_default();
    let (qualifier, value) = (elements.nth(6).unwrap_or_default(), elements.next().unwrap_or_default());
    if value.is_empty() {
        return;
    }
    let place = ElementPlace::new(9);
    match qualifier {
        b"XX" => identifier::npi(context, seen, place, value),
        b"34" | b"FI" => identifier::tax_id(context, seen, place, value),
        b"MI" if context.is_medicare && entity == b"IL" && context.dates.is_made_since(identifier::MBI_ALONE) => {
            identifier::medicare(context, seen, place, value)
        }
        _ => {}
    }
}

/// REF: tax identification numbers, the state of an accident (837I), and the NPI of a line of an 835.
fn reference(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    match seen.element(1) {
        b"EI" | b"SY" | b"TJ" => not_empty(context, seen, 2, identifier::tax_id),
        // Of a claim, not of a provider: the state of an automobile accident.
        b"LU" if seen.in_loop.id() == "2300" => not_empty(context, seen, 2, geography::state),
        b"HPI" => not_empty(context, seen, 2, identifier::npi),
        _ => {}
    }
}

/// DTP: days that lie behind when a claim is made.
fn date(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    let mut elements = seen.elements();
    let (qualifier, form) = (elements.next().unwrap_or_default(), elements.next().unwrap_or_default());
    let value = elements.next().unwrap_or_default();
    // Days of service, and events before them, are compared with each other as situations.
    let lies_behind = matches!(qualifier, b"434" | b"304" | b"455" | b"435" | b"573");
    // Of a period, the last day.
    let day = match form {
        b"D8" => value,
        b"RD8" => value.get(9..).unwrap_or_default(),
        _ => return,
    };
    if lies_behind && context.claim != ClaimKind::None && context.dates.is_future(day) {
        future(context, seen, 3);
    }
}

#[cold]
fn future(context: &mut Context<'_, '_>, seen: &Seen<'_>, element: u8) {
    context.say(
        &checks::FUTURE_DATE,
        seen,
        ElementPlace::new(element),
        "is later than the day on which the transaction was made (BHT04)",
    );
}

/// HI: diagnoses, procedures and the codes of the uniform bill, each by its qualifier.
fn information(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    for (element, value) in (1u8..=u8::MAX).zip(seen.elements()) {
        let mut parts = seen.components(value);
        let (qualifier, code) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if code.is_empty() {
            continue;
        }
        let place = ElementPlace::component(element, 2);
        match qualifier {
            b"ABK" | b"ABF" | b"ABJ" | b"APR" | b"ABN" => diagnosis::check(context, seen, place, Revision::Tenth, code),
            b"BK" | b"BF" | b"BJ" | b"PR" | b"BN" => diagnosis::check(context, seen, place, Revision::Ninth, code),
            b"BBR" | b"BBQ" => diagnosis::inpatient_procedure(context, seen, place, Revision::Tenth, code),
            b"BR" | b"BQ" => diagnosis::inpatient_procedure(context, seen, place, Revision::Ninth, code),
            b"BP" | b"BO" => procedure::procedure(context, seen, place, code),
            b"DR" => related_group(context, seen, place, code),
            b"BG" => uniform_bill(context, seen, place, CodeListName::Condition, code),
            b"BH" => uniform_bill(context, seen, place, CodeListName::Occurrence, code),
            b"BI" => uniform_bill(context, seen, place, CodeListName::OccurrenceSpan, code),
            b"BE" => uniform_bill(context, seen, place, CodeListName::Value, code),
            _ => {}
        }
    }
}

fn uniform_bill(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, name: CodeListName, code: &[u8]) {
    let day = context.dates.diagnosis_day();
    listed::check(context, seen, place, name, code, day);
}

/// CLM: the place or type of bill, and where an accident happened.
fn claim(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    place_of_service::claim(context, seen);
    accident(context, seen, 11);
}

/// Related causes: the state and country of an accident.
fn accident(context: &mut Context<'_, '_>, seen: &Seen<'_>, element: u8) {
    let (state, country) = (seen.component(element.into(), 4), seen.component(element.into(), 5));
    if !state.is_empty() {
        geography::state(context, seen, ElementPlace::component(element, 4), state);
    }
    if !country.is_empty() {
        geography::country(context, seen, ElementPlace::component(element, 5), country);
    }
}

/// III: a place of service, or a diagnosis.
fn inquiry(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    let (code, at) = (seen.element(2), ElementPlace::new(2));
    if code.is_empty() {
        return;
    }
    match seen.element(1) {
        b"ZZ" => place(context, seen, 2, code),
        b"ABF" | b"ABK" => diagnosis::check(context, seen, at, Revision::Tenth, code),
        b"BF" | b"BK" => diagnosis::check(context, seen, at, Revision::Ninth, code),
        _ => {}
    }
}

/// CL1: how a stay began and ended.
fn admission(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    let names = [CodeListName::AdmissionType, CodeListName::AdmissionSource, CodeListName::PatientDischargeStatus];
    let day = context.dates.diagnosis_day();
    for ((element, value), name) in (1u8..=u8::MAX).zip(seen.elements()).zip(names) {
        if !value.is_empty() {
            listed::check(context, seen, ElementPlace::new(element), name, value, day);
        }
    }
}

/// PRV: the taxonomy of a provider.
fn taxonomy(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    if seen.element(2) == b"PXC" {
        list(context, seen, ElementPlace::new(3), CodeListName::ProviderTaxonomy, seen.element(3));
    }
}

/// CAS: reasons at places 2, 5, 8, ...
fn adjustments(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    for (element, value) in (1u8..=u8::MAX).zip(seen.elements()).filter(|(element, _)| element % 3 == 2) {
        list(context, seen, ElementPlace::new(element), CodeListName::ClaimAdjustmentReason, value);
    }
}

fn remarks(context: &mut Context<'_, '_>, seen: &Seen<'_>, elements: &[u8]) {
    for (element, value) in (1u8..=u8::MAX).zip(seen.elements()).filter(|(element, _)| elements.contains(element)) {
        list(context, seen, ElementPlace::new(element), CodeListName::RemittanceRemark, value);
    }
}

/// STC: categories and statuses at places 1, 10 and 11.
fn statuses(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    for element in [1u8, 10, 11] {
        let (category, status) = (seen.component(element.into(), 1), seen.component(element.into(), 2));
        list(context, seen, ElementPlace::component(element, 1), CodeListName::ClaimStatusCategory, category);
        list(context, seen, ElementPlace::component(element, 2), CodeListName::ClaimStatus, status);
    }
}

/// PLB: reasons at places 3, 5, 7, ...
fn provider_adjustments(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    for element in [3u8, 5, 7, 9, 11, 13] {
        let reason = seen.component(element.into(), 1);
        list(context, seen, ElementPlace::component(element, 1), CodeListName::ProviderAdjustmentReason, reason);
    }
}

/// CLP: frequency and group of a paid claim.
fn payment(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    not_empty(context, seen, 9, place_of_service::frequency);
    not_empty(context, seen, 11, related_group);
}

/// A diagnosis related group: three digits of Medicare's grouper, four of others.
fn related_group(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if !matches!(value.len(), 3 | 4) || !value.iter().all(u8::is_ascii_digit) {
        context.say(&checks::DIAGNOSIS_RELATED_GROUP, seen, place, "is no DRG: three digits, or four");
    }
}

/// A tooth: 1 to 32 of the permanent and A to T of the primary ones; 51 to 82 and AS to TS are supernumerary.
///
/// Source: American Dental Association, Universal/National Tooth Designation System.
fn tooth(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    let is_one = match *value {
        [b'1'..=b'9' | b'A'..=b'T'] | [b'0', b'1'..=b'9'] | [b'A'..=b'T', b'S'] => true,
        [ten @ b'1'..=b'9', one @ b'0'..=b'9'] => matches!((ten - b'0') * 10 + (one - b'0'), 10..=32 | 51..=82),
        _ => false,
    };
    if !is_one {
        context.say(
            &checks::TOOTH,
            seen,
            place,
            "is no tooth: 1 to 32, A to T; 51 to 82 and AS to TS where supernumerary",
        );
    }
}

fn service_types(context: &mut Context<'_, '_>, seen: &Seen<'_>, element: u8) {
    let value = seen.element(element.into());
    if value.is_empty() {
        return;
    }
    for (repetition, code) in (1u16..=u16::MAX).zip(seen.repetitions(element.into())) {
        let place = ElementPlace { repetition: Some(repetition), ..ElementPlace::new(element) };
        list(context, seen, place, CodeListName::ServiceType, code);
    }
}

/// LUI: a language of ISO 639 by two or three letters.
fn language(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    let value = seen.element(2);
    let length = match seen.element(1) {
        b"LE" => 2,
        b"LD" => 3,
        _ => return,
    };
    if !value.is_empty() && (value.len() != length || !value.iter().all(u8::is_ascii_alphabetic)) {
        context.say(&checks::LANGUAGE, seen, ElementPlace::new(2), &format!("is no language: {length} letters"));
    }
}
