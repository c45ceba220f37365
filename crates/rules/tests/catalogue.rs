//! The catalogue, rule by rule: what fires, what is clear, what only looks like the fault, and where a date turns the answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
#![cfg(feature = "bundled")]

mod corpus;
mod support;

use corpus::{
    After, Before, CannotTell, Case, Clear, Firing, Kind, NearMiss, VISIT, corpus, good_but, visit, visit_for_two,
};
use std::collections::BTreeSet;
use superbill_claim::{DiagnosisCode, Disposition};
use superbill_core::{Modifier, Money};
use superbill_rules::{Engine, Evaluated, Fix, FormatEdit, Profile, catalogue};
use support::{
    all_in_short, claim, clinic, day, dollars, evaluated, line, meta, missing, only, scrub, with, without_npi,
};

#[test]
fn every_case_gives_exactly_its_findings() {
    for case in corpus() {
        let report = scrub(&case.claim);
        assert_eq!(all_in_short(&report), case.found, "{} {:?}: {}", case.rule, case.kind, case.says);
    }
}

#[test]
fn a_case_is_of_its_kind() {
    for case in corpus() {
        let Case { rule, kind, says, claim, .. } = &case;
        let report = scrub(claim);
        let outcomes: BTreeSet<_> = report
            .findings()
            .iter()
            .filter(|found| found.rule.as_str() == *rule)
            .map(|found| found.outcome.name())
            .collect();
        match kind {
            Firing => assert_eq!(outcomes, BTreeSet::from(["fires"]), "{rule} {says}"),
            CannotTell => assert_eq!(outcomes, BTreeSet::from(["cannot_tell"]), "{rule} {says}"),
            Clear | NearMiss => {
                let told = evaluated(&report, rule);
                assert!(matches!(told, Evaluated::Clear | Evaluated::Limited(_)), "{rule} {says}: {told:?}");
            }
            Before | After => {}
        }
    }
}

/// The notes of April 2026 were in force to 2026-09-30: on the next day the rule cannot have seen all, and says so.
#[test]
fn dx010_says_when_it_could_not_see_the_notes_in_force() {
    for (day, all_seen) in [
        ("2026-04-01", true),
        ("2026-09-30", true),
        ("2026-10-01", false),
        ("2026-03-31", false),
        ("2025-04-01", true),
        ("2025-10-01", false),
        ("2021-01-01", true),
        ("2021-04-01", false),
    ] {
        let report = scrub(&claim(&["E11.9", "Z23"], &[&format!("{day} G0108 150.00 A")]));
        let told = evaluated(&report, "DX010");
        assert_eq!(told == Evaluated::Clear, all_seen, "{day}: {told:?}");
        assert_eq!(matches!(told, Evaluated::Limited(_)), !all_seen, "{day}: {told:?}");
        assert!(report.findings().is_empty(), "{day}");
    }
}

#[test]
fn every_rule_has_a_firing_a_clear_and_a_near_miss_case_and_dated_ones_a_boundary() {
    let corpus = corpus();
    for rule in catalogue() {
        let code = rule.meta().code.as_str();
        let of = |kind: Kind| corpus.iter().filter(|case| case.rule == code && case.kind == kind).collect::<Vec<_>>();
        for kind in [Firing, Clear, NearMiss] {
            assert!(!of(kind).is_empty(), "{code} has no case {kind:?}");
        }
        let (before, after) = (of(Before), of(After));
        assert_eq!(before.len(), after.len(), "{code}");
        assert!(!code.starts_with("DX0") || code == "DX050" || !before.is_empty(), "{code} has no boundary");
        for (before, after) in before.iter().zip(after) {
            let (last, first) =
                (before.claim.lines[0].date_of_service.first(), after.claim.lines[0].date_of_service.first());
            assert_eq!(last.tomorrow(), Some(first), "{code}: {}", before.says);
            assert_ne!(before.found, after.found, "{code}: {}", before.says);
        }
    }
}

#[test]
fn a_case_names_a_rule_of_the_catalogue() {
    let codes: BTreeSet<_> = catalogue().iter().map(|rule| rule.meta().code.as_str()).collect();
    let named: BTreeSet<_> = corpus().iter().map(|case| case.rule).collect();
    assert_eq!(named, codes);
}

// What a finding says, rule by rule.

fn attested(fix: &Option<Fix>) -> (&str, Vec<&str>) {
    match fix {
        Some(Fix::Attest { words, choices }) => (words, choices.iter().map(String::as_str).collect()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn ad001_gives_a_hint_and_never_an_npi() {
    for provider in [clinic("1234567890"), without_npi("BILL", Some("ZZ12345"))] {
        let report = scrub(&good_but(|claim| claim.billing_provider = provider));
        let found = only(&report, "AD001");
        assert!(matches!(found.fix, Some(Fix::Display(_))), "{found:?}");
        assert!(!format!("{found:?}").contains("12345678"), "{found:?}");
        assert!(!format!("{found:?}").contains("ZZ12345"), "{found:?}");
    }
}

#[test]
fn ad001_has_nothing_to_judge_where_nobody_has_an_npi() {
    let report = scrub(&good_but(|claim| claim.billing_provider = without_npi("BILL", None)));
    assert_eq!(evaluated(&report, "AD001"), Evaluated::NotApplicable("no provider of the claim has an NPI"));
}

#[test]
fn ad011_is_put_right_by_a_format_fix_and_then_clear() {
    let mut claim = claim(&["E11.9"], &["2026-10-05 G0108 150.00 A", "2026-10-05 J1885 30.00 A"]);
    claim.total_charge = dollars("185.00");
    let report = scrub(&claim);
    let found = only(&report, "AD011");
    assert_eq!(found.message, "the claim states 185.00, its lines sum to 180.00");
    assert_eq!(found.fix, Some(Fix::Format(FormatEdit::TotalCharge(dollars("180.00")))));
    let before = claim.clone();
    assert_eq!(report.apply_format_fixes(&mut claim), 1);
    assert_eq!(claim, with(before, |before| before.total_charge = dollars("180.00")), "nothing else was changed");
    let again = scrub(&claim);
    assert_eq!(all_in_short(&again), <[String; 0]>::default());
    assert_eq!(again.apply_format_fixes(&mut claim), 0);
}

#[test]
fn ad011_offers_no_format_fix_that_would_lose_the_charge() {
    let no_line = with(claim(&["E11.9"], &[]), |claim| claim.total_charge = dollars("150.00"));
    let too_much = with(claim(&["E11.9"], &[VISIT, "2026-10-05 J1885 30.00 A"]), |claim| {
        claim.lines[0].charge = Money::from_cents(i64::MAX);
    });
    for mut claim in [no_line, too_much] {
        let report = scrub(&claim);
        assert!(matches!(only(&report, "AD011").fix, Some(Fix::Display(_))));
        let before = claim.clone();
        assert_eq!(report.apply_format_fixes(&mut claim), 0);
        assert_eq!(claim, before);
    }
}

#[test]
fn a_format_fix_is_not_made_to_another_claim() {
    let wrong = good_but(|claim| claim.total_charge = dollars("0.01"));
    let report = scrub(&wrong);
    let mut longer = with(wrong, |claim| claim.lines.push(line("2026-10-05 J1885 30.00 A")));
    let before = longer.clone();
    assert_eq!(report.apply_format_fixes(&mut longer), 0);
    assert_eq!(longer, before);
}

#[test]
fn only_the_total_is_ever_a_format_fix() {
    for case in corpus() {
        let mut claim = case.claim;
        let report = scrub(&claim);
        let before = claim.clone();
        report.apply_format_fixes(&mut claim);
        claim.total_charge = before.total_charge;
        assert_eq!(claim, before, "{}", case.says);
    }
}

#[test]
fn du001_names_the_line_that_is_repeated() {
    let report = scrub(&claim(&["E11.9"], &["2026-10-05 J1885 30.00 A", VISIT, VISIT]));
    let found = only(&report, "DU001");
    assert_eq!(found.message, "the line repeats service line 2");
    assert_eq!(found.place.to_string(), "service line 3");
    assert!(attested(&found.fix).1.is_empty(), "no modifier is proposed");
    for text in ["59", "76"] {
        assert!(!format!("{found:?}").contains(&format!("{:?}", text.parse::<Modifier>().unwrap())));
    }
}

#[test]
fn dx001_shows_what_stands_below_the_nearest_known_code() {
    let report = scrub(&visit("E11.99", "2026-10-05"));
    let found = only(&report, "DX001");
    assert_eq!(found.message, "E11.99 is in no release of ICD-10-CM");
    let (words, choices) = attested(&found.fix);
    // E11.9 is the longest known code that it begins with; it is billable, so it may be meant, or one beside it.
    assert_eq!(
        words,
        "choose E11.9, which is complete, or another billable code beside it below E11, as the record supports"
    );
    assert_eq!(choices, ["E11.8", "E11.9", "E11.A"]);
    // A category can be complete: nothing stands beside it.
    let report = scrub(&visit("I10.9", "2026-10-05"));
    let (words, choices) = attested(&only(&report, "DX001").fix);
    assert_eq!((words, choices), ("choose I10, which is complete, if the record supports it", vec!["I10"]));
    // On the day before D69.1 became a header, it was the code itself that was complete.
    for (on, expected) in [
        ("2026-09-30", vec!["D69.0", "D69.1", "D69.2", "D69.3", "D69.6", "D69.8", "D69.9"]),
        ("2026-10-01", vec!["D69.11", "D69.19"]),
    ] {
        let report = scrub(&visit("D69.1X", on));
        assert_eq!(attested(&only(&report, "DX001").fix).1, expected, "{on}");
    }
    let report = scrub(&visit("S93.401Q", "2026-10-05"));
    let (words, choices) = attested(&only(&report, "DX001").fix);
    assert_eq!(words, "choose a billable code below S93.401 that the record supports");
    assert_eq!(choices, ["S93.401A", "S93.401D", "S93.401S"]);
    let report = scrub(&visit("A99.9999", "2026-10-05"));
    assert_eq!(attested(&only(&report, "DX001").fix).1, ["A99"]);
    let report = scrub(&visit("U99.9", "2026-10-05"));
    let nothing_known = ("look the condition up in the Alphabetic Index", Vec::new());
    assert_eq!(attested(&only(&report, "DX001").fix), nothing_known);
}

#[test]
fn dx001_does_not_repeat_a_text_of_no_shape() {
    let report = scrub(&visit("ANN TESTPATIENT", "2026-10-05"));
    let found = only(&report, "DX001");
    assert_eq!(found.message, "the diagnosis is not an ICD-10-CM code by its shape");
    assert!(found.rows.is_empty());
    assert!(!format!("{report:?}").contains("TESTPATIENT"));
}

#[test]
fn dx001_says_what_is_missing_beyond_the_last_day_of_the_table() {
    let report = scrub(&visit("E11.9", "2027-04-01"));
    let found = only(&report, "DX001");
    assert_eq!(missing(found), "an ICD-10-CM release that covers 2027-04-01");
    assert_eq!(found.fix, None);
    assert_eq!(evaluated(&report, "DX001"), Evaluated::Findings(1));
}

#[test]
fn dx002_shows_the_completions_and_the_row() {
    let report = scrub(&visit("S93.401", "2026-10-05"));
    let found = only(&report, "DX002");
    assert_eq!(found.message, "S93.401 is a header on 2026-10-05: more characters are needed");
    let (words, choices) = attested(&found.fix);
    assert_eq!(words, "choose one of the 3 billable codes below S93.401 that the record supports");
    assert_eq!(choices, ["S93.401A", "S93.401D", "S93.401S"]);
    assert_eq!(found.place.to_string(), "diagnosis 1 (A)");
    let row = &found.rows[0];
    assert_eq!((row.table, row.version.as_str(), row.key.as_str()), ("icd10cm", "2026-10-01", "S93.401"));
}

#[test]
fn dx002_names_the_day_of_the_line_on_which_it_is_a_header() {
    let lines = ["2026-10-01 G0108 150.00 A", "2026-09-30 G0108 150.00 A"];
    let report = scrub(&claim(&["D69.1"], &lines));
    let found = only(&report, "DX002");
    assert_eq!(found.message, "D69.1 is a header on 2026-10-01: more characters are needed");
    assert_eq!(attested(&found.fix).1, ["D69.11", "D69.19"]);
}

#[test]
fn dx004_says_when_the_code_is_valid() {
    for (code, on, message) in [
        ("U07.1", "2020-03-31", "U07.1 on 2020-03-31: not yet effective: billable from 2020-04-01"),
        ("T52.8X1A", "2026-10-01", "T52.8X1A on 2026-10-01: retired: last billable on 2026-09-30"),
        ("S06.0X2A", "2016-10-01", "S06.0X2A on 2016-10-01: retired: last billable on 2016-09-30"),
    ] {
        let report = scrub(&visit(code, on));
        assert_eq!(only(&report, "DX004").message, message);
    }
}

#[test]
fn dx010_cites_the_note_and_gives_one_pair_in_either_order() {
    for (one, other, owner) in [("E11.65", "R73.03", "R73.0"), ("E10.9", "E11.9", "E10"), ("J41.0", "R05.1", "R05")] {
        let report = scrub(&visit_for_two(one, other, "2026-09-14"));
        let swapped = scrub(&visit_for_two(other, one, "2026-09-14"));
        assert_eq!(report.findings(), swapped.findings(), "{one} {other}");
        let found = only(&report, "DX010");
        assert_eq!(found.disposition, Disposition::Review);
        assert!(found.message.contains(one) && found.message.contains(other), "{}", found.message);
        let row = &found.rows[0];
        assert_eq!((row.table, row.version.as_str(), row.key.as_str()), ("icd10cm tabular list", "2026-04-01", owner));
        assert!(attested(&found.fix).1.is_empty(), "which of two stays, only the record knows");
    }
}

#[test]
fn dx010_names_the_release_that_it_lacks() {
    for on in ["2026-03-31", "2026-10-05"] {
        let report = scrub(&visit_for_two("E11.65", "R73.03", on));
        let expected = format!("the Excludes1 notes in force on {on}; the note is of 2026-04-01/2026-09-30");
        assert_eq!(missing(only(&report, "DX010")), expected);
    }
    let lines = ["2026-09-14 G0108 150.00 A", "2026-10-05 G0108 150.00 B"];
    let report = scrub(&claim(&["T53.4X1A", "T52.811A"], &lines));
    let expected = "the Excludes1 notes in force on 2026-10-05; the note is of 2026-04-01/2026-09-30";
    assert_eq!(missing(only(&report, "DX010")), expected, "T52.811A is not valid on the first day");
}

#[test]
fn a_rule_without_anything_to_judge_says_so() {
    for (says, claim, expected) in [
        (
            "no line",
            claim(&["E11.99", "S93.401"], &[]),
            [
                ("DU001", "the claim has fewer than two lines"),
                ("DX001", "the claim has no date of service"),
                ("DX002", "the claim has no date of service"),
                ("DX004", "the claim has no date of service"),
                ("DX010", "the claim has no date of service"),
                ("DX050", "the claim has no service line"),
            ]
            .as_slice(),
        ),
        (
            "no diagnosis",
            claim(&[], &["2026-10-05 G0108 150.00 A"]),
            &[
                ("DX001", "the claim has no diagnosis"),
                ("DX002", "the claim has no diagnosis"),
                ("DX004", "the claim has no diagnosis"),
                ("DX010", "the claim has no diagnosis"),
            ],
        ),
        (
            "one diagnosis",
            claim(&["E11.9"], &[VISIT]),
            &[
                ("DU001", "the claim has fewer than two lines"),
                ("DX010", "no two diagnoses are known to be valid on one date of service"),
            ],
        ),
        (
            "beyond the table",
            visit_for_two("E11.65", "R73.03", "2027-04-01"),
            &[("DX010", "no two diagnoses are known to be valid on one date of service")],
        ),
    ] {
        let report = scrub(&claim);
        for (rule, why) in expected {
            assert_eq!(evaluated(&report, rule), Evaluated::NotApplicable(why), "{says}: {rule}");
        }
    }
    // A shape needs no date.
    assert_eq!(all_in_short(&scrub(&claim(&["250.00"], &[]))), ["DX001 fires reject /diagnoses/0"]);
}

// Engine, profile and receipt.

#[test]
fn a_report_tells_of_every_rule_in_order_and_of_the_data() {
    let report = scrub(&claim(&["E11.9"], &[VISIT]));
    let codes: Vec<_> = report.evaluated().iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, catalogue().iter().map(|rule| rule.meta().code).collect::<Vec<_>>());
    let releases: Vec<_> = report.releases().iter().map(|data| (data.table.as_str(), data.version.as_str())).collect();
    assert_eq!(releases, [("icd10cm", "2026-10-01")]);
    assert_eq!(report.worst(), None);
}

#[test]
fn a_profile_can_make_a_rule_lighter_or_graver() {
    let header = visit("S93.401", "2026-10-05");
    let pair = visit_for_two("E11.65", "R73.03", "2026-09-14");
    for (claim, rule, disposition) in
        [(&header, "DX002", Disposition::Advise), (&pair, "DX010", Disposition::DenyClaim)]
    {
        let profile = Profile::medicare_like().with("test", meta(rule), Disposition::Reject);
        let profile = profile.with("test payer", meta(rule), disposition);
        assert_eq!(profile.name(), "test payer");
        let report = Engine::standard().with_profile(profile).scrub(claim);
        assert_eq!(report.worst(), Some(disposition), "{rule}");
    }
}

#[test]
fn what_cannot_be_told_is_never_graver_than_a_review_nor_than_the_fault() {
    let beyond = visit("E11.9", "2027-04-01");
    for (changed, expected) in [
        (Disposition::Reject, Disposition::Review),
        (Disposition::Review, Disposition::Review),
        (Disposition::Advise, Disposition::Advise),
    ] {
        let profile = Profile::medicare_like().with("test payer", meta("DX001"), changed);
        let report = Engine::standard().with_profile(profile).scrub(&beyond);
        assert_eq!(only(&report, "DX001").disposition, expected, "{changed:?}");
    }
}

#[test]
fn a_receipt_tells_what_the_scrub_told() {
    let claim = visit_for_two("E11.65", "R73.03", "2026-09-14");
    let receipt = scrub(&claim).receipt(&claim, day("2026-09-15")).unwrap();
    assert!(receipt.covers(&claim) && receipt.may_be_released());
    assert_eq!((receipt.worst(), receipt.profile()), (Some(Disposition::Review), "medicare-like"));
    assert_eq!(receipt.scrubbed_on(), day("2026-09-15"));
    assert_eq!(receipt.releases().len(), 1);
    let header = visit("S93.401", "2026-10-05");
    assert!(!scrub(&header).receipt(&header, day("2026-10-05")).unwrap().may_be_released());
}

#[test]
fn content_that_was_not_scrubbed_gets_no_receipt() {
    let good = claim(&["E11.9"], &[VISIT]);
    let report = scrub(&good);
    let changed = with(good.clone(), |claim| claim.diagnoses[0] = DiagnosisCode::from_text("S93.401"));
    assert!(report.receipt(&good, day("2026-10-05")).unwrap().may_be_released());
    assert_eq!(report.receipt(&changed, day("2026-10-05")), None);
}

#[test]
fn a_report_in_a_log_does_not_give_the_fingerprint_away() {
    let claim = claim(&["E11.9"], &[VISIT]);
    assert!(!format!("{:?}", scrub(&claim)).contains(&claim.fingerprint().to_string()));
}

// The catalogue as a whole.

fn rule_sources() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut sources: Vec<_> = files
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()))
        .filter(|(name, _)| name != "mod")
        .collect();
    sources.sort();
    sources
}

#[test]
fn every_rule_is_one_file_with_the_fixed_headings() {
    const HEADINGS: [&str; 5] = [
        "# What it checks",
        "# Why it is billed wrong",
        "# Example that fails",
        "# Example that passes",
        "# Fix and its safety",
    ];
    let sources = rule_sources();
    assert_eq!(sources.len(), catalogue().len());
    for ((name, source), rule) in sources.iter().zip(catalogue()) {
        let code = rule.meta().code.as_str();
        assert!(name.starts_with(&format!("{}_", code.to_lowercase())), "{name} is not of {code}");
        let page: Vec<&str> = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
        let headings: Vec<&str> = page.iter().copied().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, HEADINGS, "{name}");
        for (at, line) in page.iter().enumerate().filter(|(_, line)| line.starts_with('#')) {
            assert!(page.get(at + 1).is_some_and(|below| !below.is_empty()), "{name}: nothing below {line}");
        }
    }
}

#[test]
fn codes_are_unique_and_in_order_and_every_rule_says_where_it_comes_from() {
    let metas: Vec<_> = catalogue().iter().map(|rule| rule.meta()).collect();
    assert!(metas.windows(2).all(|pair| pair[0].code < pair[1].code));
    for meta in metas {
        let code = meta.code.as_str();
        let (letters, digits) = code.split_at(2);
        assert!(letters.bytes().all(|byte| byte.is_ascii_uppercase()) && digits.len() == 3, "{code}");
        assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        assert!(!meta.title.is_empty() && !meta.since.is_empty(), "{code}");
        assert!(!meta.citations.is_empty(), "{code}");
        assert!(meta.citations.iter().all(|from| !from.document.is_empty() && !from.section.is_empty()), "{code}");
    }
}

#[test]
fn a_finding_carries_the_citations_of_its_rule_and_a_sentence() {
    for case in corpus() {
        for found in scrub(&case.claim).findings() {
            assert_eq!(found.citations, meta(found.rule.as_str()).citations);
            assert!(!found.message.is_empty() && !found.place.to_string().is_empty());
            let fires = found.outcome.name() == "fires";
            assert_eq!(found.fix.is_some(), fires, "{found:?}");
            assert!(found.fix.as_ref().is_none_or(|fix| !fix.words().is_empty()));
        }
    }
}

#[test]
fn the_table_in_the_crate_documentation_is_the_catalogue() {
    let readme = include_str!("../README.md");
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| `")).collect();
    let expected: Vec<String> = catalogue()
        .iter()
        .map(|rule| {
            let meta = rule.meta();
            let sources: Vec<String> = meta.citations.iter().map(ToString::to_string).collect();
            format!("| `{}` | {} | {} |", meta.code, meta.title, sources.join("; "))
        })
        .collect();
    assert_eq!(rows, expected);
}
