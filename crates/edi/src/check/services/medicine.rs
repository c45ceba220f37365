//! Anesthesia, laboratory, spinal manipulation, foot care, vision.

use super::checks;
use super::claim::{Claim, Line, Program};
use super::numbers;
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use crate::check::unit::Sayings;
use superbill_cpt::Section;
use superbill_hcpcs::Category;

/// Who gave, directed or supervised anesthesia.
const WHO_GAVE: [&[u8]; 6] = [b"AA", b"AD", b"QK", b"QX", b"QY", b"QZ"];

/// How bad the feet are, by class findings.
const FOOT_FINDINGS: [&[u8]; 3] = [b"Q7", b"Q8", b"Q9"];

pub(super) fn line(claim: &Claim<'_, '_>, line: &Line<'_, '_>, sayings: &mut Sayings) {
    let first = ElementPlace::component(1, 3);
    if claim.is_medicare() && line.cpt.is_some_and(numbers::is_anesthesia) && !line.has_modifier(&WHO_GAVE) {
        let message = "anesthesia says who gave or directed it: AA, AD, QK, QX, QY or QZ (SV101-3)";
        sayings.place(&checks::ANESTHESIA_MODIFIER, &line.service, first, message);
    }
    laboratory(claim, line, sayings);
    if claim.is_medicare() && line.has_modifier(&FOOT_FINDINGS) && !line.has("DTP", b"304") && !claim.has("DTP", b"304")
    {
        let message = "routine foot care for some diseases says when their physician last saw the patient (DTP*304)";
        sayings.missing(&checks::DATE_LAST_SEEN, &line.service, "DTP", "2400", message);
    }
    let is_travel = line.hcpcs.is_some_and(|code| matches!(code.as_str(), "P9603" | "P9604"));
    if is_travel && claim.is_medicare() && !claim.has("CRC", b"75") {
        let message = "travel for a specimen is paid for a patient who is homebound or in a nursing facility: say the first with CRC*75";
        sayings.element(&checks::HOMEBOUND_SPECIMEN, &line.service, 1, message);
    }
}

fn laboratory(claim: &Claim<'_, '_>, line: &Line<'_, '_>, sayings: &mut Sayings) {
    for number in line.segments("REF").filter(|number| matches!(number.element(1), b"X4" | b"F4")) {
        clia_form(&number, sayings);
    }
    let is_named = || line.has("REF", b"X4") || claim.has("REF", b"X4");
    let is_test = line.cpt.is_some_and(|code| code.section() == Some(Section::PathologyAndLaboratory));
    if line.has_modifier(&[b"QW"]) {
        if !is_named() {
            let message =
                "a waived test (QW) is paid to a laboratory with a CLIA certificate: send its number (REF*X4)";
            sayings.missing(&checks::CLIA_WAIVED, &line.service, "REF", "2400", message);
        }
        return;
    }
    let is_public = claim.program != Program::Other;
    // Reading alone is no test, and a hospital bills its tests itself.
    let is_hospital = matches!(line.place(claim), b"19" | b"21" | b"22" | b"23");
    if is_test && is_public && !is_hospital && !line.has_modifier(&[b"26", b"90"]) && !is_named() {
        let message = "a laboratory test, where CLIA does not exclude it, has the laboratory's CLIA number (REF*X4)";
        sayings.missing(&checks::LABORATORY_CLIA, &line.service, "REF", "2400", message);
    }
    if is_test && claim.is_medicare() && line.has_modifier(&[b"90"]) && !line.has("REF", b"F4") {
        let message = "a test that another laboratory performed (90) names it by its CLIA number (REF*F4)";
        sayings.missing(&checks::REFERENCE_LABORATORY, &line.service, "REF", "2400", message);
    }
}

/// Two digits, D, seven digits.
fn clia_form(number: &Seen<'_>, sayings: &mut Sayings) {
    let value = number.element(2);
    let fits = value.len() == 10
        && value.iter().enumerate().all(|(at, byte)| if at == 2 { *byte == b'D' } else { byte.is_ascii_digit() });
    if !value.is_empty() && !fits {
        sayings.element(&checks::CLIA_FORM, number, 2, "a CLIA number is two digits, D and seven digits (REF02)");
    }
}

pub(super) fn claim(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    for number in claim.head("REF").filter(|number| number.element(1) == b"X4") {
        clia_form(&number, sayings);
    }
    spine(claim, sayings);
    let is_vision = |line: &Line<'_, '_>| line.hcpcs.is_some_and(|code| Category::of(code) == Category::Vision);
    // Examinations have numbers of medicine.
    let is_examination = |line: &Line<'_, '_>| line.cpt.is_some_and(|code| code.section() == Some(Section::Medicine));
    if let Some(condition) = claim.head("CRC").find(|condition| matches!(condition.element(1), b"E1" | b"E2" | b"E3"))
        && !claim.lines.iter().any(|line| is_vision(line) || is_examination(line))
    {
        let message = "the condition is of spectacles or contact lenses (CRC01), and the claim has no line for them";
        sayings.segment(&checks::VISION_CONDITION, &condition, message);
    }
}

/// Spinal manipulation is told by CR2.
fn spine(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    let Some(condition) = claim.head("CR2").next().filter(|_| claim.is_medicare()) else { return };
    let started = claim.has("DTP", b"454") || claim.lines.iter().any(|line| line.has("DTP", b"454"));
    if !started {
        let message = "spinal manipulation has the date on which this course of treatment began (DTP*454)";
        sayings.missing(&checks::SPINAL_START, &condition, "DTP", "2300", message);
    }
    if !claim.lines.iter().any(|line| line.has_modifier(&[b"AT"])) {
        let message = "Medicare pays for spinal manipulation that is active treatment: say so with AT, where it is";
        sayings.segment(&checks::SPINAL_ACTIVE, &condition, message);
    }
}
