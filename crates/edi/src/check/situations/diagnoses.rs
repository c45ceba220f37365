//! Diagnoses and what points to them.

use super::parts::{ClaimParts, repeated};
use super::rule::Run::Claim;
use super::rule::{CLAIMS, D, P, rules};
use crate::check::catalogue::Acknowledged::{Element, No};
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use crate::check::unit::{ClaimKind, Sayings};

rules! {
    POINTER = "pointer", Error, Element("I12"), P | D, Claim(pointer), "a line points to a diagnosis that the claim does not have", "837 SV107, SV311";
    POINTER_AGAIN = "pointer-again", Warning, No, P | D, Claim(pointer_again), "a line points to a diagnosis twice", "837 SV107, SV311";
    DIAGNOSIS_AGAIN = "diagnosis-again", Warning, No, CLAIMS, Claim(diagnosis_again), "a diagnosis stands twice", "837 2300 HI";
    DIAGNOSIS_REVISIONS = "diagnosis-revisions", Error, Element("I12"), CLAIMS, Claim(diagnosis_revisions), "a claim has diagnoses of ICD-9-CM and of ICD-10-CM", "837 2300 HI; 45 CFR 162.1002";
    EXTERNAL_CAUSE_FIRST = "external-cause-first", Error, No, CLAIMS, Claim(external_cause_first), "the principal diagnosis is an external cause", "ICD-10-CM Official Guidelines, section I.C.20.a";
}

/// A diagnosis: where it stands, its qualifier and its code.
struct Diagnosis<'p, 'k> {
    seen: &'p Seen<'k>,
    element: u8,
    qualifier: &'k [u8],
    code: &'k [u8],
}

/// Principal and other diagnoses, in order.
fn diagnoses<'p, 'k: 'p>(claim: &'p ClaimParts<'k>) -> impl Iterator<Item = Diagnosis<'p, 'k>> {
    let all = claim.claim().of("2300", "HI").flat_map(|seen| {
        (1..=u8::MAX).zip(seen.elements()).filter_map(move |(element, value)| {
            let mut components = seen.components(value);
            let (qualifier, code) = (components.next()?, components.next()?);
            Some(Diagnosis { seen, element, qualifier, code })
        })
    });
    all.filter(|diagnosis| matches!(diagnosis.qualifier, b"ABK" | b"BK" | b"ABF" | b"BF" | b"TQ"))
}

/// The element of the pointers of a line.
fn pointers_of(claim: &ClaimParts<'_>) -> u8 {
    if claim.kind == ClaimKind::Dental { 11 } else { 7 }
}

fn number(bytes: &[u8]) -> Option<usize> {
    core::str::from_utf8(bytes).ok()?.parse().ok()
}

fn pointer(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let count = diagnoses(claim).count();
    // A claim that must have diagnoses and has none lacks a required segment, which is said.
    if count == 0 && claim.kind == ClaimKind::Professional {
        return;
    }
    let element = pointers_of(claim);
    for line in claim.lines() {
        let Some((service, _)) = claim.service_of(line) else { continue };
        for (component, pointer) in (1..=4u8).zip(service.components(service.element(element.into()))) {
            let Some(number) = number(pointer) else { continue };
            if number == 0 || number > count {
                let message = format!("the line points to diagnosis {number}, and the claim has {count}");
                sayings.place(&POINTER, service, ElementPlace::component(element, component), message);
            }
        }
    }
}

fn pointer_again(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let element = pointers_of(claim);
    for line in claim.lines() {
        let Some((service, _)) = claim.service_of(line) else { continue };
        let pointers = service.components(service.element(element.into()));
        for (component, pointer) in (1..=4u8).zip(pointers.clone()) {
            if !pointer.is_empty() && pointers.clone().take(usize::from(component) - 1).any(|before| before == pointer)
            {
                let place = ElementPlace::component(element, component);
                sayings.place(&POINTER_AGAIN, service, place, "the line points to the same diagnosis twice");
            }
        }
    }
}

fn diagnosis_again(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for diagnosis in repeated(diagnoses(claim).map(|diagnosis| (diagnosis.code, diagnosis))) {
        let place = ElementPlace::component(diagnosis.element, 2);
        let message = "the diagnosis stands twice: leave the second out, and point to the first";
        sayings.place(&DIAGNOSIS_AGAIN, diagnosis.seen, place, message);
    }
}

fn diagnosis_revisions(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let is_new = |diagnosis: &Diagnosis<'_, '_>| diagnosis.qualifier.first() == Some(&b'A');
    let Some(first) = diagnoses(claim).next().map(|first| is_new(&first)) else { return };
    if let Some(other) = diagnoses(claim).find(|other| is_new(other) != first) {
        let place = ElementPlace::component(other.element, 1);
        let message = "all diagnoses of a claim are of one revision: ICD-10-CM (ABK, ABF) or, before October 2015, ICD-9-CM (BK, BF)";
        sayings.place(&DIAGNOSIS_REVISIONS, other.seen, place, message);
    }
}

fn external_cause_first(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some(first) = diagnoses(claim).find(|first| first.qualifier == b"ABK") else { return };
    if matches!(first.code.first(), Some(b'V' | b'W' | b'X' | b'Y')) {
        let place = ElementPlace::component(first.element, 2);
        let message =
            "an external cause (V00 to Y99) is never the principal diagnosis: put the injury or illness first";
        sayings.place(&EXTERNAL_CAUSE_FIRST, first.seen, place, message);
    }
}
