//! A specimen of a guide for tests: every loop and segment once, with what must be there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use crate::guide::{ElementKind, ElementUse, Guide, NoteKind, SegmentUse, Usage};

/// A segment of a specimen.
#[derive(Debug, Clone)]
pub(crate) struct SpecimenSegment {
    /// Which segment of the guide.
    pub(crate) place: usize,
    pub(crate) elements: Vec<String>,
}

impl SpecimenSegment {
    pub(crate) fn text(&self, guide: &Guide) -> String {
        let mut text = guide.segments()[self.place].id().to_owned();
        for element in &self.elements {
            text.push('*');
            text.push_str(element);
        }
        text.trim_end_matches('*').to_owned()
    }
}

/// All segments of a guide, ST and SE included.
pub(crate) fn segments(guide: &Guide) -> Vec<SpecimenSegment> {
    let mut made: Vec<SpecimenSegment> = (0..guide.segments().len())
        .map(|place| SpecimenSegment { place, elements: elements(guide, &guide.segments()[place]) })
        .collect();
    number_levels(guide, &mut made);
    made
}

/// The loops around a segment, the innermost first.
pub(crate) fn loops(guide: &Guide, segment: &SegmentUse) -> Vec<u16> {
    let mut loops = vec![segment.loop_];
    while let Some(parent) = guide.loops()[usize::from(loops[loops.len() - 1])].parent {
        loops.push(parent);
    }
    loops
}

/// Gives HL segments their numbers.
fn number_levels(guide: &Guide, made: &mut [SpecimenSegment]) {
    let levels: Vec<usize> = (0..made.len()).filter(|at| guide.segments()[made[*at].place].id() == "HL").collect();
    for (number, at) in levels.iter().enumerate() {
        let around = loops(guide, &guide.segments()[made[*at].place]);
        let parent = levels[..number]
            .iter()
            .rposition(|other| around[1..].contains(&guide.segments()[made[*other].place].loop_));
        let has_children = levels[number + 1..]
            .iter()
            .any(|other| loops(guide, &guide.segments()[made[*other].place])[1..].contains(&around[0]));
        let elements = &mut made[*at].elements;
        elements.resize(4, String::new());
        elements[0] = (number + 1).to_string();
        elements[1] = parent.map(|parent| (parent + 1).to_string()).unwrap_or_default();
        if !elements[3].is_empty() {
            elements[3] = u8::from(has_children).to_string();
        }
    }
}

/// A whole file around the segments of a transaction.
pub(crate) fn file(guide: &Guide, segments: &[SpecimenSegment]) -> String {
    let release = if guide.versions()[0].starts_with("004010") { "U*00401" } else { "^*00501" };
    let mut text = format!(
        "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*{release}*000000001*0*T*:~GS*{}*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*{}~",
        guide.group(),
        guide.versions()[0]
    );
    for segment in segments {
        text += &segment.text(guide);
        text.push('~');
    }
    text + "GE*1*1~IEA*1*000000001~"
}

fn elements(guide: &Guide, segment: &SegmentUse) -> Vec<String> {
    let uses = guide.elements(segment);
    let mut wanted: Vec<bool> = uses.iter().map(|element| element.usage() == Usage::Required).collect();
    // Elements that the present ones need.
    for _ in 0..2 {
        for note in crate::guide::range(&guide.notes, &segment.notes) {
            let places: Vec<usize> =
                note.positions.iter().filter(|at| **at != 0).map(|at| usize::from(*at) - 1).collect();
            let there = places.iter().filter(|at| wanted.get(**at) == Some(&true)).count();
            let first = wanted.get(places[0]) == Some(&true);
            let allowed = |at: &usize| uses.get(*at).is_some_and(|element| element.usage() != Usage::NotUsed);
            let fill: Vec<usize> = match note.kind {
                NoteKind::Paired if there > 0 => places.clone(),
                NoteKind::Required if there == 0 => places.iter().copied().filter(allowed).take(1).collect(),
                NoteKind::Conditional if first => places.clone(),
                NoteKind::ListConditional if first && there == 1 => {
                    places[1..].iter().copied().filter(allowed).take(1).collect()
                }
                _ => Vec::new(),
            };
            for at in fill.into_iter().filter(allowed) {
                wanted[at] = true;
            }
        }
    }
    let mut values: Vec<String> = Vec::new();
    for (at, element) in uses.iter().enumerate() {
        let value =
            if wanted[at] { value(guide, element, values.last().map_or("", String::as_str)) } else { String::new() };
        values.push(value);
    }
    match segment.id() {
        "ST" if values.len() > 2 && !values[2].is_empty() => values[2] = guide.versions()[0].to_owned(),
        _ => {}
    }
    values
}

/// A value that an element may have.
pub(crate) fn value(guide: &Guide, element: &ElementUse, before: &str) -> String {
    if element.is_composite() {
        let mut parts: Vec<String> = Vec::new();
        let components = guide.components(element);
        let required = components.iter().any(|component| component.usage() == Usage::Required);
        for (at, component) in components.iter().enumerate() {
            let wanted = component.usage() == Usage::Required
                || (!required && component.usage() == Usage::Situational && parts.iter().all(String::is_empty));
            let before = at.checked_sub(1).and_then(|at| parts.get(at)).cloned().unwrap_or_default();
            parts.push(if wanted { value(guide, component, &before) } else { String::new() });
        }
        return parts.join(":").trim_end_matches(':').to_owned();
    }
    if let Some(code) = guide.codes(element).next() {
        return code.to_owned();
    }
    let (shortest, longest) = element.lengths();
    let fill = |first: &str, with: char| {
        let missing = (shortest as usize).saturating_sub(first.len());
        core::iter::repeat_n(with, missing).collect::<String>() + first
    };
    match element.kind() {
        ElementKind::Text | ElementKind::Code if element.number() == "1251" => match before {
            "RD8" => "20260101-20260102".to_owned(),
            "D6" => "260101".to_owned(),
            "DT" => "202601011200".to_owned(),
            "TM" => "1200".to_owned(),
            "CM" => "202601".to_owned(),
            "CY" => "2026".to_owned(),
            "RDT" => "202601011200-202601021200".to_owned(),
            "TS" => "120000".to_owned(),
            _ => "20260101".to_owned(),
        },
        ElementKind::Text | ElementKind::Code | ElementKind::Binary => fill("X", 'X'),
        ElementKind::Decimal | ElementKind::Integer(_) => fill("1", '0'),
        ElementKind::Date if longest < 8 => "260101".to_owned(),
        ElementKind::Date => "20260101".to_owned(),
        ElementKind::Time => "1200".to_owned(),
    }
}
