//! Procedures, supplies and drugs of service lines, with their modifiers.

use super::checks;
use super::context::{Context, text};
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use superbill_core::{Date, Modifier};
use superbill_cpt::{CptCode, CptModifier, CptStatus};
use superbill_hcpcs::{HcpcsCode, ModifierInfo, Status};

/// A composite that begins with a qualifier and a code: SV101, SV202, SV301, SVC01, SVD03.
pub(super) fn composite(context: &mut Context<'_, '_>, seen: &Seen<'_>, element: u8, value: &[u8]) {
    let mut parts = seen.components(value);
    let (qualifier, code) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if code.is_empty() {
        return;
    }
    let place = ElementPlace::component(element, 2);
    check(context, seen, place, qualifier, code);
    if !matches!(qualifier, b"HC" | b"HP" | b"AD") {
        return;
    }
    let day = context.service_day();
    let mut before: [&[u8]; 4] = [&[]; 4];
    for ((component, modifier), slot) in (3u8..=u8::MAX).zip(parts.take(4)).zip(0..) {
        if modifier.is_empty() {
            continue;
        }
        let place = ElementPlace::component(element, component);
        modifier_is_known(context, seen, place, modifier, day);
        if before.contains(&modifier) {
            context.say(&checks::MODIFIER_AGAIN, seen, place, "stands twice on the line: leave one out");
        }
        if let Some(slot) = before.get_mut(slot) {
            *slot = modifier;
        }
    }
}

/// A code with its qualifier (data element 235).
#[inline]
pub(super) fn check(
    context: &mut Context<'_, '_>,
    seen: &Seen<'_>,
    place: ElementPlace,
    qualifier: &[u8],
    code: &[u8],
) {
    match qualifier {
        b"HC" => procedure(context, seen, place, code),
        b"AD" => dental(context, seen, place, code),
        b"HP" => hipps(context, seen, place, code),
        b"N4" => national_drug_code(context, seen, place, code),
        b"NU" => super::listed::revenue(context, seen, place, code),
        _ => {}
    }
}

/// A code of HCPCS Level I (CPT) or II.
#[inline]
pub(super) fn procedure(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    let is_plain = value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let code = text(value);
    let day = context.service_day();
    if value.first().is_some_and(u8::is_ascii_digit) {
        match CptCode::parse(code) {
            Ok(code) if is_plain => {
                if let Some(day) = day {
                    cpt(context, seen, place, code, day);
                }
            }
            _ => no_procedure(context, seen, place),
        }
    } else {
        match HcpcsCode::parse(code) {
            Ok(code) if is_plain => {
                if let Some(day) = day {
                    hcpcs(context, seen, place, code, day);
                }
            }
            _ => no_procedure(context, seen, place),
        }
    }
}

#[cold]
fn no_procedure(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace) {
    let what = "is no code of CPT or HCPCS: five digits, four digits and one of A, F, M, T, U, or a capital letter and four digits";
    context.say(&checks::PROCEDURE_FORM, seen, place, what);
}

#[inline]
fn cpt(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, code: CptCode, day: Date) {
    let status = context.sets.cpt.status(code, day);
    if matches!(status, CptStatus::Valid | CptStatus::CannotTell) {
        return;
    }
    let lookup = context.sets.cpt.lookup(code, day);
    let release = lookup.release.map(|day| format!(" (CPT release of {day})")).unwrap_or_default();
    let (check, what) = match status {
        CptStatus::Retired => (&checks::PROCEDURE_DATE, "is retired on the date of service"),
        CptStatus::NotYetEffective => (&checks::PROCEDURE_DATE, "is not yet effective on the date of service"),
        _ => (&checks::PROCEDURE_UNKNOWN, "is not known on the date of service"),
    };
    context.say(check, seen, place, &format!("{what}: {}{release}", lookup.why));
}

#[inline]
fn hcpcs(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, code: HcpcsCode, day: Date) {
    let on = context.sets.hcpcs.on(day);
    let status = on.status(code);
    let check = match status {
        Status::Unknown => &checks::PROCEDURE_UNKNOWN,
        Status::Retired | Status::NotYetEffective => &checks::PROCEDURE_DATE,
        // A partial set says nothing of the codes that it does not name.
        _ => return,
    };
    let reason = on.lookup(code).and_then(|lookup| lookup.reason()).unwrap_or_default();
    let release = context.sets.hcpcs_release(day);
    context.say(check, seen, place, &format!("is {reason} ({release})"));
}

#[inline]
fn modifier_is_known(
    context: &mut Context<'_, '_>,
    seen: &Seen<'_>,
    place: ElementPlace,
    value: &[u8],
    day: Option<Date>,
) {
    let is_plain = value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let Some(modifier) = text(value).parse::<Modifier>().ok().filter(|_| is_plain) else {
        return context.say(&checks::MODIFIER_FORM, seen, place, "is no modifier: two capitals or digits");
    };
    if CptModifier::of(modifier).is_some() {
        return;
    }
    // Without a day, that of the list.
    let on = context.sets.hcpcs.on(day.unwrap_or_else(ModifierInfo::as_of));
    match on.modifier(modifier).status() {
        Status::Unknown | Status::CannotTell => {
            let what = format!(
                "is neither a modifier of CPT nor of HCPCS Level II as of {}: see that it is not mistyped",
                ModifierInfo::as_of()
            );
            context.say(&checks::MODIFIER_UNKNOWN, seen, place, &what);
        }
        Status::Retired => context.say(&checks::MODIFIER_DATE, seen, place, "is retired on the date of service"),
        Status::NotYetEffective => {
            context.say(&checks::MODIFIER_DATE, seen, place, "is not yet effective on the date of service");
        }
        _ => {}
    }
}

/// A code of CDT: its shape; the list is the American Dental Association's.
pub(super) fn dental(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    let is_shape = matches!(value, [b'D', digits @ ..] if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit));
    if !is_shape {
        context.say(&checks::DENTAL_PROCEDURE, seen, place, "is no dental procedure: D and four digits");
    }
}

/// A rate code of a prospective payment system.
///
/// Source: CMS, definition and uses of HIPPS codes: five characters.
fn hipps(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if value.len() != 5 || !value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
        context.say(&checks::HIPPS_CODE, seen, place, "is no HIPPS rate code: five capitals and digits");
    }
}

/// A drug in the form 5-4-2 without hyphens.
///
/// Source: 45 CFR 162.1002; the HIPAA form of the NDC has eleven digits.
pub(super) fn national_drug_code(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if value.len() != 11 || !value.iter().all(u8::is_ascii_digit) {
        let what = "is no NDC in the form of a claim: eleven digits, 5-4-2, without hyphens, each part filled up with zeros in front";
        context.say(&checks::NATIONAL_DRUG_CODE, seen, place, what);
    }
}
