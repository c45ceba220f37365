//! Sections and subsections at their boundaries. The numbers are ends of ranges, and their neighbours; whether one is a code, no test says.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_cpt::{CptCategory, CptCode, Section, Subsection};

fn section(text: &str) -> Option<Section> {
    text.parse::<CptCode>().unwrap().section()
}

fn words(text: &str) -> Option<&'static str> {
    text.parse::<CptCode>().unwrap().subsection().map(Subsection::words)
}

#[test]
fn sections_begin_and_end_where_they_are_published() {
    use Section::{Anesthesia, EvaluationAndManagement, Medicine, PathologyAndLaboratory, Radiology, Surgery};
    for (first, last, within) in [
        ("00100", "01999", Anesthesia),
        ("10004", "69990", Surgery),
        ("70010", "79999", Radiology),
        ("80047", "89398", PathologyAndLaboratory),
        ("90281", "97999", Medicine),
        ("98000", "98016", EvaluationAndManagement),
        ("98017", "99099", Medicine),
        ("99100", "99140", Anesthesia),
        ("99151", "99199", Medicine),
        ("99201", "99499", EvaluationAndManagement),
        ("99500", "99607", Medicine),
        ("0001F", "9999F", Section::PerformanceMeasurement),
        ("0001T", "9999T", Section::EmergingTechnology),
        ("0001A", "9999A", Medicine),
        ("0001M", "9999M", PathologyAndLaboratory),
        ("0001U", "9999U", PathologyAndLaboratory),
    ] {
        assert_eq!((section(first), section(last)), (Some(within), Some(within)), "{first} to {last}");
    }
    for outside in
        ["00000", "00099", "02000", "10003", "69991", "70009", "80046", "89399", "90280", "99200", "99608", "0000F"]
    {
        assert_eq!((section(outside), words(outside)), (None, None), "{outside}");
    }
}

#[test]
fn subsections_are_told_by_range() {
    for (code, expected) in [
        ("00100", Some("head")),
        ("00222", Some("head")),
        ("00223", None),
        ("19499", Some("skin, underlying tissue and breast")),
        ("20100", Some("bones, joints and muscles")),
        ("29999", Some("bones, joints and muscles")),
        ("30000", Some("airways and lungs")),
        ("33016", Some("heart and vessels")),
        ("40490", Some("digestive tract")),
        ("60699", Some("glands of internal secretion")),
        ("61000", Some("brain, spinal cord and nerves")),
        ("90281", Some("immune globulins")),
        ("90399", Some("immune globulins")),
        ("91299", Some("stomach and bowel")),
        ("91300", Some("vaccines against a coronavirus")),
        ("99100", Some("circumstances that qualify anaesthesia")),
        ("99140", Some("circumstances that qualify anaesthesia")),
        ("99151", Some("moderate sedation")),
        ("99157", Some("moderate sedation")),
        ("99158", None),
        ("99215", Some("office and other outpatient visits")),
        ("99281", Some("emergency department")),
        ("99350", Some("home or residence")),
        ("99415", Some("prolonged services with a visit")),
        ("99499", Some("management of care over time, and other services")),
        ("0001U", Some("proprietary laboratory analyses")),
    ] {
        assert_eq!(words(code), expected, "{code}");
    }
}

proptest! {
    #[test]
    fn a_subsection_lies_in_its_section(text in "[0-9]{4}[0-9AFMTU]") {
        let code: CptCode = text.parse().unwrap();
        if let Some(part) = code.subsection() {
            let (first, last) = part.range().unwrap();
            prop_assert_eq!(code.section(), Some(part.section()));
            prop_assert!(first <= code && code <= last);
            prop_assert_eq!(first.category(), code.category());
        }
    }

    #[test]
    fn packed_codes_come_back_and_keep_their_order(one in "[0-9]{4}[0-9AFMTU]", other in "[0-9]{4}[0-9AFMTU]") {
        let (a, b): (CptCode, CptCode) = (one.parse().unwrap(), other.parse().unwrap());
        prop_assert_eq!(CptCode::from_packed(a.packed()), Some(a));
        prop_assert_eq!(a.packed().cmp(&b.packed()), one.cmp(&other));
        prop_assert_eq!(a.cmp(&b), one.cmp(&other));
    }

    #[test]
    fn what_is_unpacked_packs_to_the_same(key: u32) {
        if let Some(code) = CptCode::from_packed(key) {
            prop_assert_eq!(code.packed(), key);
            prop_assert_eq!(CptCode::parse(code.as_str()), Ok(code));
        } else {
            prop_assert!(key == 0 || key > 160_000 || (key - 1) % 16 == 15);
        }
    }
}

#[test]
fn names_of_categories_are_stable() {
    assert_eq!(CptCategory::ProprietaryLaboratory.name(), "proprietary_laboratory");
    assert_eq!(CptCategory::One.name(), "one");
}
