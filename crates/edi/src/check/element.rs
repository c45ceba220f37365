//! Whether the elements of a segment are those of its place in the guide.

use super::catalogue::{self as checks, Check};
use super::finding::ElementPlace;
use super::syntax::Split;
use super::value::{self, BadForm};
use crate::guide::{ElementKind, ElementUse, Guide, NoteKind, SegmentUse, Usage};
use core::sync::atomic::Ordering;

/// Where findings about elements go: the check, the place, the number of the data element, what is wrong.
pub(super) trait Report {
    fn element(&mut self, check: &'static Check, place: ElementPlace, number: &'static str, message: String);
}

/// Checks the elements of a segment.
#[inline]
pub(super) fn check(guide: &'static Guide, segment: &'static SegmentUse, split: &Split<'_>, report: &mut impl Report) {
    let elements = guide.elements(segment);
    let mut uses = elements.iter();
    let mut present = 0u64;
    let mut bit = 1u64;
    let mut count = 0u8;
    let mut before: &[u8] = &[];
    for value in split.elements() {
        let element = uses.next();
        count = count.saturating_add(1);
        if !value.is_empty() {
            present |= bit;
            match element {
                // Most elements have no parts.
                Some(element) if element.usage != Usage::NotUsed && !split.has_parts && !element.is_composite() => {
                    let place = ElementPlace::new(count);
                    check_value(guide, segment, element, value, before, split.is_plain, place, report);
                }
                Some(element) if element.usage != Usage::NotUsed => {
                    check_element(guide, segment, element, value, before, ElementPlace::new(count), split, report);
                }
                Some(_) => {}
                None => too_many(segment, elements.len(), ElementPlace::new(count), report),
            }
            before = value;
        }
        // Beyond the last bit no guide has an element.
        bit = bit.wrapping_shl(1);
        if count >= 64 {
            bit = 0;
        }
    }
    // The same elements are there again and again.
    if (present == 0 || present != segment.last_right.load(Ordering::Relaxed))
        && check_present(guide, segment, elements, present, report)
    {
        segment.last_right.store(present, Ordering::Relaxed);
    }
    if count > 0 && split.element(count).is_empty() {
        trailing(segment, count, report);
    }
}

/// Whether the elements that are there, as bits, are those that may be there together.
fn check_present(
    guide: &'static Guide,
    segment: &'static SegmentUse,
    elements: &[ElementUse],
    present: u64,
    report: &mut impl Report,
) -> bool {
    let mut right = true;
    if present & segment.required != segment.required {
        missing(segment, elements, present, report);
        right = false;
    }
    if present & !segment.allowed != 0 {
        not_used(segment, elements, present, report);
        right = false;
    }
    for note in crate::guide::range(&guide.notes, &segment.notes) {
        if note.is_broken(present) {
            broken(segment, note, present, report);
            right = false;
        }
    }
    right
}

#[expect(clippy::too_many_arguments, reason = "the element with all that it is looked at by")]
#[inline]
fn check_element(
    guide: &'static Guide,
    segment: &SegmentUse,
    element: &'static ElementUse,
    value: &[u8],
    before: &[u8],
    place: ElementPlace,
    split: &Split<'_>,
    report: &mut impl Report,
) {
    let delimiters = split.delimiters;
    let repeats = split.has_parts
        && element.kind != ElementKind::Binary
        && delimiters.repetition.is_some_and(|byte| value.contains(&byte));
    if !repeats {
        return check_one(guide, segment, element, value, before, place, split, report);
    }
    let mut count = 0u16;
    for repetition in value.split(|byte| delimiters.repetition == Some(*byte)) {
        count = count.saturating_add(1);
        let place = ElementPlace { repetition: Some(count), ..place };
        if count == element.repeat.saturating_add(1) {
            let message = format!("{} may stand at most {} times", name(segment, element, place), element.repeat);
            report.element(&checks::ELEMENT_REPEAT, place, element.number, message);
        }
        if !repetition.is_empty() {
            check_one(guide, segment, element, repetition, before, place, split, report);
        }
    }
}

/// One repetition of an element.
#[expect(clippy::too_many_arguments, reason = "the element with all that it is looked at by")]
#[inline]
fn check_one(
    guide: &'static Guide,
    segment: &SegmentUse,
    element: &'static ElementUse,
    value: &[u8],
    before: &[u8],
    place: ElementPlace,
    split: &Split<'_>,
    report: &mut impl Report,
) {
    let separator = split.delimiters.component;
    if !element.is_composite() {
        // Nearly no simple element has a component separator; the text is looked at in any case.
        if split.has_parts && element.kind != ElementKind::Binary && value.contains(&separator) {
            let message = format!("{} has no components", name(segment, element, place));
            return report.element(&checks::NO_COMPONENTS, place, element.number, message);
        }
        return check_value(guide, segment, element, value, before, split.is_plain, place, report);
    }
    let components = guide.components(element);
    let mut present = 0u64;
    let mut count = 0u8;
    let mut before: &[u8] = &[];
    for part in value.split(|byte| *byte == separator) {
        count = count.saturating_add(1);
        if part.is_empty() {
            continue;
        }
        present |= 1u64.checked_shl(u32::from(count) - 1).unwrap_or(0);
        let place = ElementPlace { component: Some(count), ..place };
        match components.get(usize::from(count) - 1) {
            Some(component) if component.usage != Usage::NotUsed => {
                check_value(guide, segment, component, part, before, split.is_plain, place, report);
            }
            Some(component) => {
                let message = format!("the guide does not use {}: leave it out", name(segment, component, place));
                report.element(&checks::NOT_USED_ELEMENT, place, component.number, message);
            }
            None => {
                let message = format!("{} has at most {} components", name(segment, element, place), components.len());
                report.element(&checks::TOO_MANY_COMPONENTS, place, element.number, message);
            }
        }
        before = part;
    }
    for (position, component) in (1u8..).zip(components) {
        let is_there = present & 1u64.checked_shl(u32::from(position) - 1).unwrap_or(0) != 0;
        if component.usage == Usage::Required && !is_there {
            let place = ElementPlace { component: Some(position), ..place };
            let message = format!("{} is empty", name(segment, component, place));
            report.element(&checks::REQUIRED_ELEMENT, place, component.number, message);
        }
    }
    if value.last() == Some(&separator) {
        let message = format!("{} ends with empty components: leave them out", name(segment, element, place));
        report.element(&checks::TRAILING_SEPARATOR, place, element.number, message);
    }
}

/// A value that has no parts.
#[expect(clippy::too_many_arguments, reason = "the element with all that it is looked at by")]
#[inline]
fn check_value(
    guide: &'static Guide,
    segment: &SegmentUse,
    element: &'static ElementUse,
    value: &[u8],
    before: &[u8],
    is_plain: bool,
    place: ElementPlace,
    report: &mut impl Report,
) {
    if !element.codes.is_empty() {
        // A code of the guide has the right form and length.
        if guide.has_code(&element.codes, value) {
            return;
        }
        let message = wrong_code(guide, segment, element, place);
        return report.element(&checks::CODE_VALUE, place, element.number, message);
    }
    // Of plain text only the length can be wrong, and that it holds nothing.
    let is_text = is_plain && matches!(element.kind, ElementKind::Text | ElementKind::Code);
    let form = if is_text { Ok(()) } else { value::form(element.kind, value) };
    let is_period = !element.is_period || value::is_period(before, value);
    let length = if is_text { value.len() } else { value::length(element.kind, value) };
    let fits = length >= element.shortest as usize && length <= element.longest as usize;
    // Only the elements of the ISA are padded.
    let is_blank =
        value.first() == Some(&b' ') && value.iter().all(|byte| *byte == b' ') && !element.number.starts_with('I');
    if form.is_err() || !is_period || !fits || is_blank {
        wrong_value(segment, element, form.err(), is_period, length, is_blank, place, report);
    }
}

#[cold]
#[expect(clippy::too_many_arguments, reason = "everything that can be wrong")]
fn wrong_value(
    segment: &SegmentUse,
    element: &ElementUse,
    form: Option<BadForm>,
    is_period: bool,
    length: usize,
    is_blank: bool,
    place: ElementPlace,
    report: &mut impl Report,
) {
    let name = name(segment, element, place);
    let mut say = |check, message| report.element(check, place, element.number, message);
    if is_blank {
        return say(&checks::CHARACTER, format!("{name} holds only blanks: leave it out"));
    }
    match form {
        Some(BadForm::Number) => say(&checks::NUMBER_FORMAT, format!("{name} is not {}", element.kind)),
        Some(BadForm::Date) => return say(&checks::DATE_FORMAT, format!("{name} is not {}", element.kind)),
        Some(BadForm::Time) => return say(&checks::TIME_FORMAT, format!("{name} is not {}", element.kind)),
        Some(BadForm::Character) => say(&checks::CHARACTER, format!("{name} has a control character")),
        None if !is_period => {
            return say(
                &checks::DATE_FORMAT,
                format!("{name} has not the form that its qualifier names, or is no day"),
            );
        }
        None => {}
    }
    if length < element.shortest as usize {
        say(&checks::TOO_SHORT, format!("{name} has {length} characters, at least {} are needed", element.shortest));
    }
    if length > element.longest as usize {
        say(&checks::TOO_LONG, format!("{name} has {length} characters, at most {} are allowed", element.longest));
    }
}

/// As many codes of a list as a message shows.
const CODES_SHOWN: usize = 12;

#[cold]
fn wrong_code(guide: &Guide, segment: &SegmentUse, element: &ElementUse, place: ElementPlace) -> String {
    let codes: Vec<&str> = guide.codes(element).take(CODES_SHOWN).collect();
    let more = if guide.codes(element).nth(CODES_SHOWN).is_some() { " and others" } else { "" };
    format!(
        "{} has a code that the guide does not have there; it has {}{more}",
        name(segment, element, place),
        codes.join(", ")
    )
}

#[cold]
fn missing(segment: &SegmentUse, elements: &[ElementUse], present: u64, report: &mut impl Report) {
    for (position, element) in (1u8..).zip(elements) {
        let bit = 1u64.checked_shl(u32::from(position) - 1).unwrap_or(0);
        if segment.required & bit != 0 && present & bit == 0 {
            let place = ElementPlace::new(position);
            let message = format!("{} is empty", name(segment, element, place));
            report.element(&checks::REQUIRED_ELEMENT, place, element.number, message);
        }
    }
}

#[cold]
fn not_used(segment: &SegmentUse, elements: &[ElementUse], present: u64, report: &mut impl Report) {
    for (position, element) in (1u8..).zip(elements) {
        let bit = 1u64.checked_shl(u32::from(position) - 1).unwrap_or(0);
        if present & bit != 0 && element.usage == Usage::NotUsed {
            let place = ElementPlace::new(position);
            let message = format!("the guide does not use {}: leave it out", name(segment, element, place));
            report.element(&checks::NOT_USED_ELEMENT, place, element.number, message);
        }
    }
}

#[cold]
fn too_many(segment: &SegmentUse, most: usize, place: ElementPlace, report: &mut impl Report) {
    let message = format!("{} has at most {most} elements", segment.id());
    report.element(&checks::TOO_MANY_ELEMENTS, place, "", message);
}

#[cold]
fn trailing(segment: &SegmentUse, count: u8, report: &mut impl Report) {
    let message = format!("{} ends with empty elements: leave them out", segment.id());
    report.element(&checks::TRAILING_SEPARATOR, ElementPlace::new(count), "", message);
}

#[cold]
fn broken(segment: &SegmentUse, note: &crate::guide::SyntaxNote, present: u64, report: &mut impl Report) {
    // What is said to be missing, or not used, is not said again.
    if note.mask & segment.required & !present != 0 {
        return;
    }
    let id = segment.id();
    let all: Vec<String> =
        note.positions.iter().filter(|place| **place != 0).map(|place| format!("{id}{place:02}")).collect();
    let list = all.join(", ");
    let absent = note.positions.iter().copied().find(|place| {
        let bit = place.checked_sub(1).and_then(|place| 1u64.checked_shl(u32::from(place))).unwrap_or(0);
        bit != 0 && present & bit == 0
    });
    let first = note.positions.first().copied().unwrap_or_default();
    let (check, place, message) = match note.kind {
        NoteKind::Paired => (&checks::SYNTAX_NOTE, absent, format!("{list} stand all together or not at all")),
        NoteKind::Required => (&checks::SYNTAX_NOTE, absent, format!("one of {list} must be there")),
        NoteKind::Exclusive => (&checks::EXCLUSION, Some(first), format!("only one of {list} may be there")),
        NoteKind::Conditional => {
            (&checks::SYNTAX_NOTE, absent, format!("where {id}{first:02} is, all of {list} must be there"))
        }
        NoteKind::ListConditional => (
            &checks::SYNTAX_NOTE,
            absent,
            format!("where {id}{first:02} is, one of the others of {list} must be there"),
        ),
    };
    report.element(check, ElementPlace::new(place.unwrap_or(first)), "", message);
}

/// An element by its words and place: `total charge (CLM02)`.
fn name(segment: &SegmentUse, element: &ElementUse, place: ElementPlace) -> String {
    if element.words.is_empty() {
        return format!("{}{place}", segment.id());
    }
    format!("{} ({}{place})", element.words, segment.id())
}
