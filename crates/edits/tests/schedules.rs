//! Laboratory, drug and DMEPOS schedules: read from the official forms, asked, refused.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

mod support;

use superbill_core::{Date, Modifier, Money, Rounding};
use superbill_edits::import::ImportError;
use superbill_edits::{
    DmeposFees, DmeposZone, DrugPrices, InForce, LaboratoryFees, LaboratoryPricing, UnitPrice, import,
};
use support::{code, damaged, day, packed, quarter, workbook};

const CLFS_NAME: &str = "PUF_CLFS_CY2026_Q4V1.csv";
const CLFS: &str = "2026 Clinical Diagnostic Laboratory Fee Schedule\n\"A notice, with commas\"\n\n\
    YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC,LONGDESC,EXTENDEDLONGDESC\n\
    2026,G0001,,20260101,N,12.34,A,\"B, C\",D\n2026,G0001,QW,20260101,N,12.30,A,B,C\n2026,G0002,,20260701,L,0.00,A,B,C\n";
const ASP_NAME: &str = "section 508 version of payment limits.csv";
const ASP: &str = "Payment Allowance Limits for Medicare Part B Drugs,,,,,,,,,,\n\"Effective October 1, 2026 through December 31, 2026\",,,,,,,,,,\n\
    \"Note: a fee of July 2019, and more\",,,,,,,,,,\n\
    HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Co-insurance Percentage,Vaccine AWP%,Vaccine Limit,Blood AWP%,Blood limit,Clotting Factor,Notes\n\
    J0001,Made-up drug,10 MG,0.787,20.000,,,,,,\n00001,Not kept,1 ML,138.873,20.000,95,138.9,,,,\nJ0002,Another,1 IU,1.5,18.250,,,95%,2.25,CF,see note\nJ0003,No price,1 MG,,,,,,,,\n";
const DMEPOS_NAME: &str = "DMEPOS26_OCT.csv";
const DMEPOS: &str = "\"Durable Medical Equipment,\",,,,,,,,,,\nOctober 2026 Fee Schedule,,,,,,,,,,\n\
    HCPCS,Mod,Mod2,JURIS,CATG,Ceiling,Floor,AL (NR),AL (R),PR,Description\n\
    E0001,NU,,D,IN,\"1,100.00\",90.00,95.50,102.25,110.00,A thing\nE0001,NU,KF,D,IN,0.00,0.00,97.50,0.00,0.00,A thing\nE0001,RR,,D,CR,,,9.55,10.25,,A thing\n\
    A0001,,,J,SU,0.00,0.00,0.35,0.62,0.53,A thing\n";

type Importer = fn(&str, &[u8], Option<Date>) -> Result<Vec<u8>, ImportError>;

fn modifiers(texts: &[&str]) -> Vec<Modifier> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn money(text: &str) -> Option<Money> {
    Some(text.parse().unwrap())
}

fn price(text: &str) -> Option<UnitPrice> {
    Some(text.parse().unwrap())
}

/// The cells of a text, as a workbook.
fn as_workbook(text: &str) -> Vec<u8> {
    let rows = superbill_table::import::delimited(text.as_bytes()).unwrap();
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|row| row.cells.iter().map(|(_, cell)| cell.as_str()).collect()).collect();
    workbook(&rows)
}

#[test]
fn laboratory_fees_go_by_code_and_modifier() {
    let bytes = import::clfs(CLFS_NAME, CLFS.as_bytes(), None).unwrap();
    let fees = LaboratoryFees::from_bytes(&bytes).unwrap();
    fees.verify().unwrap();
    assert_eq!((fees.len(), fees.quarter()), (3, quarter("2026Q4")));
    assert!(fees.in_force().contains(day("2026-12-31")) && !fees.in_force().contains(day("2027-01-01")));
    for (of, with, rate) in [
        ("G0001", &[][..], price("12.34")),
        ("G0001", &["QW"], price("12.30")),
        ("G0001", &["90", "QW"], price("12.30")),
        ("G0001", &["90"], price("12.34")),
    ] {
        assert_eq!(fees.fee(code(of), &modifiers(with)).unwrap().rate, rate, "{of} {with:?}");
    }
    let local = fees.fee(code("G0002"), &[]).unwrap();
    assert_eq!((local.pricing, local.rate, local.effective), (LaboratoryPricing::Local, None, Some(day("2026-07-01"))));
    assert!(fees.fee(code("G0003"), &[]).is_none());
    assert_eq!(fees.fees().count(), 3);
    let archive = packed(&[
        (CLFS_NAME, CLFS.as_bytes()),
        ("PUF_CLFS_CY2026_Q4V1.xlsx", &as_workbook(CLFS)),
        ("readme.txt", b"x"),
    ]);
    assert_eq!(import::clfs("26clabq4.zip", &archive, None).unwrap(), bytes);
    assert_eq!(import::clfs("PUF_CLFS_CY2026_Q4V1.xlsx", &as_workbook(CLFS), None).unwrap(), bytes);
}

#[test]
fn drug_prices_go_by_unit() {
    let bytes = import::asp(ASP_NAME, ASP.as_bytes(), None).unwrap();
    let drugs = DrugPrices::from_bytes(&bytes).unwrap();
    drugs.verify().unwrap();
    assert_eq!((drugs.len(), drugs.quarter()), (4, quarter("2026Q4")));
    let drug = drugs.price(code("J0001")).unwrap();
    assert_eq!((drug.payment_limit, drug.dosage, drug.description), (price("0.787"), "10 MG", Some("Made-up drug")));
    assert_eq!(drug.coinsurance.unwrap().to_string(), "20%");
    assert_eq!(drug.payment_limit.unwrap().times(40, Rounding::HalfUp), Ok("31.48".parse().unwrap()));
    let vaccine = drugs.price(code("00001")).unwrap();
    assert_eq!((vaccine.description, vaccine.vaccine_limit), (None, price("138.90")), "no description of level I");
    assert_eq!(vaccine.vaccine_awp.unwrap().to_string(), "95%");
    let blood = drugs.price(code("J0002")).unwrap();
    assert_eq!((blood.blood_limit, blood.clotting_factor, blood.note), (price("2.25"), true, Some("see note")));
    assert_eq!(
        (blood.blood_awp.unwrap().to_string(), blood.coinsurance.unwrap().to_string()),
        ("95%".to_owned(), "18.25%".to_owned())
    );
    assert_eq!(drugs.price(code("J0003")).unwrap().payment_limit, None);
    assert!(!String::from_utf8_lossy(&bytes).contains("Not kept"));
    let archive = packed(&[
        ("Oct 2026 ASP NDC-HCPCS Crosswalk.csv", b"x"),
        ("October 2026 NOC Pricing File.csv", b"x"),
        ("Oct 2026 Payment Limit File.csv", ASP.as_bytes()),
        ("Oct 2026 Payment Limit File.xlsx", &as_workbook(ASP)),
    ]);
    assert_eq!(import::asp("october-2026-asp-pricing-file.zip", &archive, None).unwrap(), bytes);
    assert_eq!(import::asp("limits.xlsx", &as_workbook(ASP), None).unwrap(), bytes);
}

#[test]
fn equipment_has_a_fee_by_modifiers_state_and_zone() {
    let bytes = import::dmepos(DMEPOS_NAME, DMEPOS.as_bytes(), None).unwrap();
    let fees = DmeposFees::from_bytes(&bytes).unwrap();
    fees.verify().unwrap();
    assert_eq!((fees.len(), fees.quarter()), (4, quarter("2026Q4")));
    for (of, with, state, rural, fee) in [
        ("E0001", &["NU"][..], "AL", false, money("95.50")),
        ("E0001", &["NU"], "al", true, money("102.25")),
        ("E0001", &["NU"], "PR", true, money("110.00")),
        ("E0001", &["NU"], "TX", true, None),
        ("E0001", &["RT", "KF", "NU"], "AL", false, money("97.50")),
        ("E0001", &["RT", "KF", "NU"], "AL", true, None),
        ("E0001", &["RR"], "AL", true, money("10.25")),
        ("E0001", &["RR"], "PR", false, None),
        ("A0001", &["KX"], "AL", false, money("0.35")),
    ] {
        let item = fees.item(code(of), &modifiers(with)).unwrap();
        assert_eq!(item.fee(state, rural), fee, "{of} {with:?} {state} {rural}");
    }
    assert!(fees.item(code("E0001"), &[]).is_none() && fees.item(code("E0002"), &[]).is_none());
    let item = fees.item(code("E0001"), &modifiers(&["NU"])).unwrap();
    assert_eq!(
        (item.jurisdiction, item.category(), item.ceiling, item.floor),
        (Some('D'), "IN", money("1100"), money("90"))
    );
    assert_eq!(item.fees().nth(1), Some(("AL", DmeposZone::Rural, money("102.25").unwrap())));
    assert_eq!(fees.items().map(|item| item.fees().count()).collect::<Vec<_>>(), [3, 3, 1, 2]);
    let archive = packed(&[
        ("DMEPOS26_OCT.txt", b"2026~E0001~NU~  ~D~IN~A~00~AL     ~000095.50~~~~~~~"),
        (DMEPOS_NAME, DMEPOS.as_bytes()),
        ("DMEPEN26_OCT.csv", b"x"),
        ("DME Rural ZIP Code Quarter 4 2026.csv", b"x"),
    ]);
    assert_eq!(import::dmepos("dme26-d.zip", &archive, None).unwrap(), bytes);
    assert_eq!(import::dmepos("DMEPOS26_OCT.xlsx", &as_workbook(DMEPOS), None).unwrap(), bytes);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let (clfs, asp, dmepos): (Importer, Importer, Importer) = (import::clfs, import::asp, import::dmepos);
    for (importer, name, text, expected) in [
        (clfs, CLFS_NAME, CLFS.replace("RATE", "Other"), "no heading of the laboratory fee schedule"),
        (clfs, "PUF_CLFS.csv", CLFS.to_owned(), "does not say its release"),
        (clfs, "PUF_CLFS_CY2025_Q4V1.csv", CLFS.to_owned(), "line 5, column 1: expected the year of the release"),
        (
            clfs,
            CLFS_NAME,
            CLFS.replace("2026,G0002", "2025,G0002"),
            "line 7, column 1: expected the year of the release",
        ),
        (clfs, CLFS_NAME, CLFS.replace("G0002", "G02"), "line 7, column 2: expected a HCPCS code"),
        (clfs, CLFS_NAME, CLFS.replace("QW", "Q-"), "line 6, column 3: expected a modifier"),
        (clfs, CLFS_NAME, CLFS.replace(",L,", ",X,"), "line 7, column 5: expected the indicator N or L"),
        (clfs, CLFS_NAME, CLFS.replace("12.30", "free"), "line 6, column 6: expected an amount"),
        (clfs, CLFS_NAME, CLFS.replace("QW", ""), "line 6, column 2: expected a code and modifier"),
        (asp, ASP_NAME, ASP.replace("Payment Limit", "Other"), "no heading of payment limits"),
        (asp, "january-2026.csv", ASP.to_owned(), "it is of 2026Q4, not of 2026Q1"),
        (asp, ASP_NAME, ASP.replace("October 1, 2026 through December 31, 2026", "soon"), "does not say its release"),
        (asp, ASP_NAME, ASP.replace("0.787", "x"), "line 5, column 4: expected an amount"),
        (asp, ASP_NAME, ASP.replace("18.250", "all"), "line 7, column 5: expected a percentage"),
        (asp, ASP_NAME, ASP.replace("J0002", "J0001"), "line 7, column 1: expected a code that does not stand"),
        (dmepos, DMEPOS_NAME, DMEPOS.replace("CATG", "Other"), "no heading of the DMEPOS fee schedule"),
        (dmepos, "DMEPOS26_JUL.csv", DMEPOS.to_owned(), "2026Q4, not of 2026Q3"),
        (
            dmepos,
            DMEPOS_NAME,
            DMEPOS.replace("AL (NR)", "A").replace("AL (R)", "B").replace("PR,", "C,"),
            "line 3, column 1: expected headings of states",
        ),
        (dmepos, DMEPOS_NAME, DMEPOS.replace("102.25", "x"), "line 4, column 9: expected an amount"),
        (dmepos, DMEPOS_NAME, DMEPOS.replace("A0001,,,J", "A0001,,,JJ"), "line 7, column 4: expected a jurisdiction"),
        (dmepos, DMEPOS_NAME, DMEPOS.replace(",SU,", ",SUP,"), "line 7, column 5: expected a category"),
        (
            dmepos,
            DMEPOS_NAME,
            DMEPOS.replace("E0001,RR", "E0001,NU"),
            "line 6, column 1: expected a code and modifiers",
        ),
    ] {
        let error = importer(name, text.as_bytes(), None).unwrap_err().to_string();
        assert!(error.contains(expected), "{expected:?}: {error}");
    }
}

#[test]
fn damage_never_stops_the_program() {
    damaged(&import::clfs(CLFS_NAME, CLFS.as_bytes(), None).unwrap(), |bytes| {
        if let Ok(fees) = LaboratoryFees::from_bytes(bytes) {
            let _ = (fees.verify(), fees.fees().count(), fees.fee(code("G0001"), &[]));
        }
    });
    damaged(&import::asp(ASP_NAME, ASP.as_bytes(), None).unwrap(), |bytes| {
        if let Ok(drugs) = DrugPrices::from_bytes(bytes) {
            let _ = (drugs.verify(), drugs.prices().count());
        }
    });
    damaged(&import::dmepos(DMEPOS_NAME, DMEPOS.as_bytes(), None).unwrap(), |bytes| {
        if let Ok(fees) = DmeposFees::from_bytes(bytes) {
            let _ = (fees.verify(), fees.items().map(|item| item.fees().count()).sum::<usize>());
            let _ = fees.item(code("A0001"), &[]).map(|item| item.fee("AL", true));
        }
    });
    for (importer, name, text) in [
        (import::clfs as Importer, CLFS_NAME, CLFS),
        (import::asp, ASP_NAME, ASP),
        (import::dmepos, DMEPOS_NAME, DMEPOS),
    ] {
        for end in 0..text.len() {
            let _ = importer(name, &text.as_bytes()[..end], None);
        }
    }
}
