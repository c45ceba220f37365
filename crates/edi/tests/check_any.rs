//! Whatever stands in a file, checking it ends, with findings that have a place.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_edi::check::{CheckOptions, Checker, CodeSets, PartnerRules};
use superbill_x12::Document;

const HEAD: &str =
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240601*1200*^*00501*000000001*0*T*:~";
const RULES: &str = "[envelope]\nsender = \"X\"\nclaims_most = 1\ncharacters = \"basic\"\n[[rule]]\nat = \"2300.REF*G1\"\nrequired = true\n\
    [[rule]]\nat = \"2400.SV101-2\"\nlongest = 3\n[[rule]]\nat = \"2310B\"\nrequired = true\n";

/// Values that codes are taken from, and some that no code is.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[0-9A-Z]{0,5}",
        2 => prop::sample::select(vec![
            "ABK:E119", "ABF:I1A9", "BE:A8:::9", "BBR:0W9G3ZZ:D8:20240101", "HC:A0425:RH", "HC:99213:25:25", "AD:D2392", "HP:1AA11", "11:B:1",
            "72:A:1", "20240101", "20230925-20231003", "D8", "RD8", "472", "434", "XX", "MI", "MA", "MC", "EI", "X4", "US", "CA", "1234567893", "NU", "45^46"
        ]).prop_map(str::to_owned),
        1 => "[^~*]{0,12}",
    ]
}

fn segment() -> impl Strategy<Value = String> {
    let ids = vec![
        "BHT", "HL", "SBR", "NM1", "N3", "N4", "DMG", "REF", "PRV", "CUR", "CLM", "DTP", "CL1", "HI", "CR1", "CR2",
        "CRC", "LX", "SV1", "SV2", "SV3", "TOO", "LIN", "CTP", "SVD", "CAS", "LQ", "FRM", "MOA", "MIA", "CLP", "SVC",
        "DTM", "PLB", "STC", "EQ", "EB", "III", "UM", "HCP", "LUI", "SE", "ST", "GS", "ZZZ",
    ];
    (prop::sample::select(ids), prop::collection::vec(value(), 0..26))
        .prop_map(|(id, values)| core::iter::once(id.to_owned()).chain(values).collect::<Vec<_>>().join("*"))
}

fn version() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "005010X222A1",
        "005010X223A2",
        "005010X224A2",
        "005010X221A1",
        "005010X214",
        "005010X279A1",
        "005010X217",
    ])
}

fn check(text: &[u8]) {
    let Ok(document) = Document::read(text) else { return };
    let rules = PartnerRules::parse(RULES).unwrap();
    let mut checker = Checker::new(CheckOptions::default()).with_code_sets(CodeSets::bundled()).with_partner(rules);
    for segment in document.segments() {
        checker.segment(&segment);
    }
    checker.finish();
    for finding in checker.take_findings() {
        assert!(finding.segment > 0 && !finding.message.is_empty());
        assert!((1..=7).contains(&finding.snip()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_segments_are_checked(version in version(), segments in prop::collection::vec(segment(), 0..60)) {
        let (set, group) = match version {
            "005010X221A1" => ("835", "HP"),
            "005010X214" => ("277", "HN"),
            "005010X279A1" => ("270", "HS"),
            "005010X217" => ("278", "HI"),
            _ => ("837", "HC"),
        };
        let body = segments.join("~");
        check(format!("{HEAD}GS*{group}*A*B*20240601*1200*1*X*{version}~ST*{set}*0001*{version}~{body}~SE*1*0001~GE*1*1~IEA*1*000000001~").as_bytes());
    }

    #[test]
    fn a_claim_of_any_parts_is_checked(segments in prop::collection::vec(segment(), 0..40)) {
        let claim = "HL*1**20*1~NM1*85*2*C~HL*2*1*22*0~SBR*P*18*******MA~CLM*A*100***72:A:1~HI*ABK:I10~LX*1";
        let body = segments.join("~");
        for version in ["005010X222A1", "005010X223A2", "005010X224A2"] {
            check(format!("{HEAD}GS*HC*A*B*20240601*1200*1*X*{version}~ST*837*0001*{version}~{claim}~{body}~SE*1*0001~").as_bytes());
        }
    }

    #[test]
    fn any_bytes_are_checked(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
        check(&[HEAD.as_bytes(), b"GS*HC*A*B*20240601*1200*1*X*005010X222A1~ST*837*0001~CLM*", &bytes].concat());
    }

    #[test]
    fn any_text_is_rules_or_an_error(text in "[a-z\\[\\]=\"\\. 0-9\n*#]{0,120}") {
        if let Err(error) = PartnerRules::parse(&text) {
            prop_assert!(error.line >= 1 && error.line <= text.lines().count().max(1) + 1);
        }
    }
}

/// Positions beyond what a byte counts are no harm.
#[test]
fn a_segment_of_a_thousand_elements_is_checked() {
    for id in ["HI", "CAS", "NM1", "SV1", "N4", "MOA", "CL1"] {
        let many = format!("{id}{}", "*ABK:E119".repeat(1000));
        let repeated = format!("{id}*{}", "A^".repeat(70_000));
        for segment in [many, repeated] {
            let claim = "HL*1**20*1~HL*2*1*22*0~SBR*P*18*******MA~CLM*A*100***11:B:1~HI*ABK:I10~LX*1";
            check(
                format!("{HEAD}GS*HC*A*B*20240601*1200*1*X*005010X222A1~ST*837*0001~{claim}~{segment}~SE*1*0001~")
                    .as_bytes(),
            );
        }
    }
}
