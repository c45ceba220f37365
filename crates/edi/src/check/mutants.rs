//! Every row of every guide: a clean file is left alone, and what breaks the row is caught.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, reason = "tests")]

use super::catalogue::Check;
use super::checker::Checker;
use super::element::{self, Report};
use super::finding::{ElementPlace, Finding};
use super::options::CheckOptions;
use super::specimen::{self, SpecimenSegment};
use super::syntax::Split;
use crate::guide::{ElementKind, ElementUse, Guide, SegmentUse, Usage};
use superbill_x12::{Document, Severity};

fn findings(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut checker = Checker::new(CheckOptions::up_to(2));
    checker.read(text.as_bytes(), &mut |finding| findings.push(finding), &mut |_| {}).unwrap();
    // The trailer's count is wrong where segments were taken away, and no matter here.
    findings.retain(|finding| {
        finding.severity == Severity::Error && finding.rule() != "se-count" && finding.rule() != "se-control-number"
    });
    findings
}

fn name(guide: &Guide, segment: &SegmentUse) -> String {
    let place = guide.loops()[usize::from(segment.loop_)].id();
    format!("{} {}: {place} {} ({})", guide.set(), guide.versions()[0], segment.id(), segment.words())
}

#[test]
fn a_specimen_of_each_guide_is_clean() {
    for guide in Guide::all() {
        let text = specimen::file(guide, &specimen::segments(guide));
        let found = findings(&text);
        assert!(
            found.is_empty(),
            "{} {}: {:#?}",
            guide.set(),
            guide.versions()[0],
            &found[..found.len().min(5)].iter().map(ToString::to_string).collect::<Vec<_>>()
        );
    }
}

/// Segments that stand under a second copy of a part of the guide are looked at once.
fn is_copy(guide: &Guide, segment: &SegmentUse) -> bool {
    let loops = specimen::loops(guide, segment);
    loops.iter().any(|at| guide.loops()[usize::from(*at)].id() == "2000C")
        && loops.iter().any(|at| guide.loops()[usize::from(*at)].id() == "2300")
}

/// Of the guides of an old release every third segment is looked at.
fn is_passed_by(guide: &Guide, place: usize) -> bool {
    guide.versions()[0].starts_with("004010") && !place.is_multiple_of(3)
}

#[test]
fn a_required_segment_or_loop_that_is_missing_is_found() {
    for guide in Guide::all() {
        let all = specimen::segments(guide);
        for (place, segment) in guide.segments().iter().enumerate().skip(1) {
            if segment.usage() != Usage::Required
                || is_copy(guide, segment)
                || is_passed_by(guide, place)
                || segment.id() == "SE"
            {
                continue;
            }
            let found = &guide.loops()[usize::from(segment.loop_)];
            let opens = usize::from(found.first) == place;
            if opens && (found.usage() != Usage::Required || found.parent.is_none()) {
                continue;
            }
            let without: Vec<SpecimenSegment> = all
                .iter()
                .filter(|kept| {
                    let gone = if opens {
                        specimen::loops(guide, &guide.segments()[kept.place]).contains(&segment.loop_)
                    } else {
                        kept.place == place
                    };
                    !gone
                })
                .cloned()
                .collect();
            let rules: Vec<&str> = findings(&specimen::file(guide, &without)).iter().map(Finding::rule).collect();
            assert!(
                rules.iter().any(|rule| matches!(*rule, "required-segment" | "required-loop")),
                "{}: {rules:?}",
                name(guide, segment)
            );
        }
    }
}

#[test]
fn a_segment_that_stands_too_often_is_found() {
    for guide in Guide::all() {
        let all = specimen::segments(guide);
        for (place, segment) in guide.segments().iter().enumerate().skip(1) {
            let found = &guide.loops()[usize::from(segment.loop_)];
            let opens = usize::from(found.first) == place;
            let most = if opens { found.most() } else { segment.most() };
            let Some(most) = most.filter(|most| *most <= 35) else { continue };
            if is_copy(guide, segment) || is_passed_by(guide, place) || segment.id() == "SE" || segment.id() == "HL" {
                continue;
            }
            let mut with = all.clone();
            let at = with.iter().position(|kept| kept.place == place).unwrap();
            for _ in 0..most {
                with.insert(at, all[at].clone());
            }
            let found = findings(&specimen::file(guide, &with));
            let rules: Vec<&str> = found.iter().map(Finding::rule).collect();
            assert!(
                rules.iter().any(|rule| matches!(*rule, "segment-repeat" | "loop-repeat" | "unexpected-segment")),
                "{}: {rules:?}",
                name(guide, segment)
            );
        }
    }
}

#[test]
fn a_segment_of_no_guide_is_found_wherever_it_stands() {
    for guide in Guide::all() {
        let all = specimen::segments(guide);
        let step = if guide.versions()[0].starts_with("004010") { 21 } else { 7 };
        for at in (1..all.len()).step_by(step) {
            let clean = specimen::file(guide, &all);
            let segment = all[at].text(guide) + "~";
            let place = clean.find(&segment).unwrap();
            let mutant = format!("{}XQZ*1~{}", &clean[..place], &clean[place..]);
            let rules: Vec<&str> = findings(&mutant).iter().map(Finding::rule).collect();
            assert_eq!(rules, ["unknown-segment"], "{}", name(guide, &guide.segments()[at]));
        }
    }
}

#[derive(Default)]
struct Heard(Vec<(&'static str, ElementPlace, &'static str)>);

impl Report for Heard {
    fn element(&mut self, check: &'static Check, place: ElementPlace, number: &'static str, _: String) {
        self.0.push((check.id, place, number));
    }
}

/// What is said of the elements of a segment.
fn heard(guide: &'static Guide, segment: &'static SegmentUse, elements: &[String]) -> Heard {
    let text = format!(
        "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~{}~",
        format!("{}*{}", segment.id(), elements.join("*")).trim_end_matches('*')
    );
    let document = Document::read(text.as_bytes()).unwrap();
    let read = document.segments().nth(1).unwrap();
    let mut places = Vec::new();
    let mut heard = Heard::default();
    element::check(guide, segment, &Split::new(&read, &mut places), &mut heard);
    heard
}

/// A value that the element may not have, and what is then said.
fn wrong(guide: &Guide, element: &ElementUse) -> Vec<(String, &'static str)> {
    let mut wrong = Vec::new();
    if guide.codes(element).next().is_some() {
        wrong.push(("ZQ9Z".to_owned(), "code-value"));
        return wrong;
    }
    let (shortest, longest) = element.lengths();
    match element.kind() {
        ElementKind::Decimal | ElementKind::Integer(_) => {
            wrong.push(("1A".to_owned(), "number-format"));
            if longest < 100 {
                wrong.push(("1".repeat(longest as usize + 1), "too-long"));
            }
        }
        ElementKind::Date => wrong.push(("20261350".to_owned(), "date-format")),
        ElementKind::Time => wrong.push(("9999".to_owned(), "time-format")),
        ElementKind::Text | ElementKind::Code | ElementKind::Binary => {
            if element.kind() != ElementKind::Binary {
                wrong.push((" ".repeat(shortest.max(1) as usize), "character"));
            }
            // A date that a qualifier names has a form of its own.
            if longest < 4_000 && element.number() != "1251" {
                wrong.push(("X".repeat(longest as usize + 1), "too-long"));
            }
            if shortest > 1 && element.number() != "1251" {
                wrong.push(("X".repeat(shortest as usize - 1), "too-short"));
            }
        }
    }
    wrong
}

#[test]
fn a_wrong_element_is_found_in_each_row() {
    let mut mutants = 0;
    for guide in Guide::all() {
        for (place, made) in specimen::segments(guide).iter().enumerate() {
            let segment = &guide.segments()[place];
            if is_copy(guide, segment) || is_passed_by(guide, place) {
                continue;
            }
            let clean = heard(guide, segment, &made.elements);
            assert!(clean.0.is_empty(), "{}: {:?}", name(guide, segment), clean.0);
            for (at, element) in guide.elements(segment).iter().enumerate() {
                let here = ElementPlace::new(u8::try_from(at + 1).unwrap());
                let mut expect = |elements: &[String], rule: &str, here: ElementPlace| {
                    let heard = heard(guide, segment, elements);
                    mutants += 1;
                    assert!(
                        heard
                            .0
                            .iter()
                            .any(|(said, place, _)| *said == rule && (*place == here || rule == "syntax-note")),
                        "{}{here} {rule}: {:?}",
                        name(guide, segment),
                        heard.0
                    );
                };
                let mut with = made.elements.clone();
                with.resize(with.len().max(at + 1), String::new());
                if element.usage() == Usage::NotUsed {
                    with[at] = "X".to_owned();
                    expect(&with, "not-used-element", here);
                    continue;
                }
                if element.usage() == Usage::Required {
                    let mut without = with.clone();
                    without[at].clear();
                    expect(&without, "required-element", here);
                }
                let before = at.checked_sub(1).map_or("", |at| with[at].as_str()).to_owned();
                if !element.is_composite() {
                    for (value, rule) in wrong(guide, element) {
                        with[at] = value;
                        expect(&with, rule, here);
                    }
                    continue;
                }
                let whole = specimen::value(guide, element, &before);
                for (component_at, component) in guide.components(element).iter().enumerate() {
                    let here = ElementPlace::component(here.element, u8::try_from(component_at + 1).unwrap());
                    let mut parts: Vec<String> = whole.split(':').map(str::to_owned).collect();
                    parts.resize(parts.len().max(component_at + 1), String::new());
                    let mut mutate = |value: String, rule: &str| {
                        let mut parts = parts.clone();
                        parts[component_at] = value;
                        with[at] = parts.join(":");
                        if !with[at].trim_matches(':').is_empty() {
                            expect(&with, rule, here);
                        }
                    };
                    if component.usage() == Usage::NotUsed {
                        mutate("X".to_owned(), "not-used-element");
                        continue;
                    }
                    if component.usage() == Usage::Required {
                        mutate(String::new(), "required-element");
                    }
                    for (value, rule) in wrong(guide, component) {
                        mutate(value, rule);
                    }
                }
            }
        }
    }
    assert!(mutants > 5_000, "{mutants}");
}
