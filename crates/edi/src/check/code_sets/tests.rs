//! Claims and their mutants, and the marks of the guides.

use super::*;
use crate::check::placed::{Kept, Mark};
use crate::check::unit::{ClaimKind, UnitKind};
use crate::check::{CheckOptions, Checker};
use crate::guide::{ElementUse, ExternalList, Guide, SegmentUse};
use superbill_edits::{CodeList, CodeListName, CodeLists};
use superbill_icd10cm::Icd10Cm;
use superbill_x12::{Delimiters, Document};

/// The findings of type 5 in a file, as `CHECK SEGMENTelement`.
fn findings(text: &str, sets: CodeSets<'_>) -> Vec<String> {
    let document = Document::read(text.as_bytes()).unwrap();
    let mut checker = Checker::new(CheckOptions::default()).with_code_sets(sets);
    for segment in document.segments() {
        checker.segment(&segment);
    }
    checker.finish();
    let mut found = checker.take_findings();
    found.retain(|finding| finding.snip() == 5);
    found.sort_by_key(|finding| finding.segment);
    let place = |finding: &crate::check::Finding| finding.element.map(|place| place.to_string()).unwrap_or_default();
    found.iter().map(|finding| format!("{} {}{}", finding.rule(), finding.segment_id, place(finding))).collect()
}

fn sets() -> CodeSets<'static> {
    CodeSets::shapes().with_icd10cm(Icd10Cm::bundled())
}

const HEAD: &str =
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240601*1200*^*00501*000000001*0*T*:~";

const PROFESSIONAL: &str = "GS*HC*SENDER*RECEIVER*20240601*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019*00*1*20240601*1200*CH~\
    NM1*41*2*SENDER*****46*1~PER*IC*A*TE*5550000000~NM1*40*2*RECEIVER*****46*2~HL*1**20*1~PRV*BI*PXC*207Q00000X~\
    NM1*85*2*CLINIC*****XX*1234567893~N3*1 A ST~N4*MIAMI*FL*331301234~REF*EI*123456789~HL*2*1*22*0~SBR*P*18*******MB~\
    NM1*IL*1*DOE*JANE****MI*1EG4TE5MK73~N3*1 B ST~N4*MIAMI*FL*331301234~DMG*D8*19500101*F~NM1*PR*2*PAYER*****PI*1~\
    CLM*A*100***11:B:1*Y*A*Y*Y~DTP*431*D8*20240501~HI*ABK:E119*ABF:I10~NM1*82*1*ROE*RAY****XX*1234567893~PRV*PE*PXC*207Q00000X~\
    LX*1~SV1*HC:99213:25*60*UN*1***1:2~DTP*472*D8*20240510~LX*2~SV1*HC:J1885*40*UN*1***1~DTP*472*D8*20240510~\
    LIN**N4*00409379301~CTP****1*ML~SE*33*0001~GE*1*1~IEA*1*000000001~";

#[test]
fn each_mutant_of_a_clean_professional_claim_is_found() {
    let clean = format!("{HEAD}{PROFESSIONAL}");
    assert_eq!(findings(&clean, sets()), [""; 0]);
    for (from, to, expected) in [
        ("ABK:E119", "ABK:E11.9", "diagnosis-point HI01-2"),
        ("ABK:E119", "ABK:1234", "diagnosis-form HI01-2"),
        ("ABK:E119", "ABK:e119", "diagnosis-form HI01-2"),
        ("ABF:I10", "ABF:I1A9", "diagnosis-unknown HI02-2"),
        ("ABK:E119", "ABK:E11", "diagnosis-header HI01-2"),
        // Retired on 2020-10-01: T40.4X1A.
        ("ABF:I10", "ABF:T404X1A", "diagnosis-date HI02-2"),
        ("ABF:I10", "BF:4019", "diagnosis-version HI02-2"),
        ("ABF:I10", "BP:0010", "procedure-form HI02-2"),
        ("HC:99213:25", "HC:9921", "procedure-form SV101-2"),
        ("HC:99213:25", "HC:99213:2", "modifier-form SV101-3"),
        ("HC:99213:25", "HC:99213:25:25", "modifier-again SV101-4"),
        ("HC:99213:25", "HC:99213:0Z", "modifier-unknown SV101-3"),
        ("HC:J1885", "HC:j1885", "procedure-form SV101-2"),
        ("11:B:1", "40:B:1", "place-of-service CLM05-1"),
        ("11:B:1", "66:B:1", "place-of-service-date CLM05-1"),
        ("11:B:1", "11:B:z", "claim-frequency CLM05-3"),
        ("UN*1***1:2~", "UN*1*98**1:2~", "place-of-service SV105"),
        ("PRV*BI*PXC*207Q00000X", "PRV*BI*PXC*207Q00000Y", "taxonomy PRV03"),
        ("NM1*85*2*CLINIC*****XX*1234567893", "NM1*85*2*CLINIC*****XX*1234567890", "npi NM109"),
        ("NM1*82*1*ROE*RAY****XX*1234567893", "NM1*82*1*ROE*RAY****XX*3234567893", "npi NM109"),
        ("REF*EI*123456789", "REF*EI*12-3456789", "tax-id REF02"),
        ("MI*1EG4TE5MK73", "MI*123456789A", "medicare-id NM109"),
        ("N3*1 B ST~N4*MIAMI*FL", "N3*1 B ST~N4*MIAMI*XX", "state-code N402"),
        ("N3*1 B ST~N4*MIAMI*FL*331301234", "N3*1 B ST~N4*MIAMI***XX", "country-code N404"),
        ("N3*1 B ST~N4*MIAMI*FL*331301234", "N3*1 B ST~N4*OTTAWA*ON*33130", "zip-code N403"),
        ("~NM1*85", "~CUR*85*XXX~NM1*85", "currency CUR02"),
        ("LIN**N4*00409379301", "LIN**N4*0409-3793-01", "national-drug-code LIN03"),
        ("DTP*431*D8*20240501", "DTP*435*D8*20240701", "future-date DTP03"),
        ("DMG*D8*19500101", "DMG*D8*20500101", "future-date DMG02"),
        ("CLM*A*100***11:B:1*Y*A*Y*Y", "CLM*A*100***11:B:1*Y*A*Y*Y**AA:::QQ", "state-code CLM11-4"),
        ("CLM*A*100***11:B:1*Y*A*Y*Y", "CLM*A*100***11:B:1*Y*A*Y*Y**AA:::FL:QQ", "country-code CLM11-5"),
    ] {
        assert!(clean.contains(from), "{from}");
        assert_eq!(findings(&clean.replacen(from, to, 1), sets()), [expected], "{to}");
    }
}

const INSTITUTIONAL: &str = "GS*HC*SENDER*RECEIVER*20240601*1200*1*X*005010X223A2~ST*837*0001*005010X223A2~BHT*0019*00*1*20240601*1200*CH~\
    NM1*41*2*SENDER*****46*1~PER*IC*A*TE*5550000000~NM1*40*2*RECEIVER*****46*2~HL*1**20*1~\
    NM1*85*2*HOSPITAL*****XX*1234567893~N3*1 A ST~N4*MIAMI*FL*331301234~REF*EI*123456789~HL*2*1*22*0~SBR*P*18*******CI~\
    NM1*IL*1*DOE*JANE****MI*A1~N3*1 B ST~N4*MIAMI*FL*331301234~DMG*D8*19500101*F~NM1*PR*2*PAYER*****PI*1~\
    CLM*A*100***11:A:1**A*Y*Y~DTP*096*TM*1200~DTP*434*RD8*20230925-20231003~DTP*435*DT*202309251200~CL1*1*1*01~\
    HI*ABK:J189:::::::Y~HI*ABJ:J189~HI*DR:193~HI*ABF:D7581:::::::Y~HI*BBR:0W9G3ZZ:D8:20230926~HI*BI:71:RD8:20230901-20230910~\
    HI*BH:11:D8:20230920~HI*BE:80:::8~HI*BG:09~NM1*71*1*ROE*RAY****XX*1234567893~\
    LX*1~SV2*0120**100*DA*8~DTP*472*D8*20230925~SE*36*0001~GE*1*1~IEA*1*000000001~";

#[test]
fn a_stay_is_coded_by_its_last_day() {
    let clean = format!("{HEAD}{INSTITUTIONAL}").replace("ABF:D7581:", "ABF:E119:");
    assert_eq!(findings(&clean, sets()), [""; 0]);
    // G20.A1 begins on 2023-10-01, and G20 is a heading from then on.
    let header = clean.replace("ABF:E119:", "ABF:G20:");
    assert_eq!(findings(&header, sets()), ["diagnosis-header HI01-2"]);
    assert_eq!(findings(&clean.replace("ABF:E119:", "ABF:G20A1:"), sets()), [""; 0]);
    // An outpatient is coded by the first day.
    let outpatient = header.replace("11:A:1", "13:A:1");
    assert_eq!(findings(&outpatient, sets()), [""; 0]);
    assert_eq!(findings(&outpatient.replace("ABF:G20:", "ABF:G20A1:"), sets()), ["diagnosis-date HI01-2"]);
    for (from, to, expected) in [
        ("BBR:0W9G3ZZ", "BBR:0W9G3ZI", "inpatient-procedure HI01-2"),
        ("DR:193", "DR:19", "diagnosis-related-group HI01-2"),
        ("BG:09", "BG:9", "condition-code HI01-2"),
        ("BH:11", "BH:1", "occurrence-code HI01-2"),
        ("BI:71", "BI:7", "occurrence-code HI01-2"),
        ("BE:80", "BE:8", "value-code HI01-2"),
        ("CL1*1*1*01", "CL1*X*1*01", "admission-type CL101"),
        ("CL1*1*1*01", "CL1*1*?*01", "admission-source CL102"),
        ("CL1*1*1*01", "CL1*1*1*1", "discharge-status CL103"),
        ("SV2*0120*", "SV2*120*", "revenue-code SV201"),
        ("SV2*0120*", "SV2*0120*HP:AB1", "hipps-code SV202-2"),
        ("11:A:1", "90:A:1", "type-of-bill CLM05-1"),
    ] {
        assert!(clean.contains(from), "{from}");
        assert_eq!(findings(&clean.replacen(from, to, 1), sets()), [expected], "{to}");
    }
}

#[test]
fn without_tables_only_shapes_are_known() {
    let unknown = format!("{HEAD}{PROFESSIONAL}").replace("ABF:I10", "ABF:I1A9");
    assert_eq!(findings(&unknown, CodeSets::shapes()), [""; 0]);
    let malformed = unknown.replace("ABF:I1A9", "ABF:I1");
    assert_eq!(findings(&malformed, CodeSets::shapes()), ["diagnosis-form HI02-2"]);
}

/// A value that is of no code list, in every element that a guide marks, is found.
#[test]
fn every_mark_of_the_guides_is_looked_at() {
    let (mut marks, mut passed) = (0, Vec::new());
    for guide in Guide::all().filter(|guide| guide.is_full()) {
        for (index, segment) in (0u16..).zip(guide.segments()) {
            for (position, element) in guide.elements(segment).iter().enumerate() {
                let parts = guide.components(element).iter().enumerate();
                let part = parts.filter(|(_, part)| part.list().is_some()).map(|(at, part)| (Some(at), part));
                let whole = element.list().map(|_| (None, element));
                for (component, marked) in part.chain(whole) {
                    // Codes that the guide lists itself are checked with it.
                    if guide.codes(marked).next().is_some() {
                        continue;
                    }
                    marks += 1;
                    let raw = with_bad_code(guide, segment, position, component, marked);
                    if sayings(guide, index, segment, &raw) == 0 {
                        passed.push(format!("{}: {raw}", guide.name()));
                    }
                }
            }
        }
    }
    assert!(marks > 100, "{marks}");
    assert!(passed.is_empty(), "{passed:#?}");
}

fn sayings(guide: &'static Guide, index: u16, segment: &'static SegmentUse, raw: &str) -> usize {
    let mut kept = Kept::default();
    kept.keep(index, segment.loop_, 1, 0, raw.as_bytes());
    let view = kept.view(guide, Delimiters::default(), Mark::default());
    let unit = Unit { view, kind: UnitKind::Other, claim: ClaimKind::of(guide) };
    let mut sayings = Sayings::default();
    check(&unit, &sets(), &mut Dates::default(), &mut sayings);
    sayings.take().count()
}

/// A segment with a code of its guide in each element, and one that is of no list in one place.
fn with_bad_code(
    guide: &Guide,
    segment: &SegmentUse,
    position: usize,
    component: Option<usize>,
    marked: &ElementUse,
) -> String {
    const BAD: &str = "#";
    let first = |element: &ElementUse| {
        let codes: Vec<&str> = guide.codes(element).collect();
        let wanted =
            ["XX", "HC", "AD", "PXC", "ABK", "BBR", "N4", "HE", "JP"].into_iter().find(|code| codes.contains(code));
        wanted.or(codes.first().copied()).unwrap_or_default().to_owned()
    };
    // Where the structure alone is known, the guide does not have the qualifiers.
    let qualifier = match marked.list() {
        Some(ExternalList::Npi) => "XX",
        Some(ExternalList::Procedure) => "HC",
        _ => "",
    };
    let value = |element: &ElementUse, place: usize, bad: Option<usize>| match first(element) {
        _ if bad == Some(place) => BAD.to_owned(),
        code if code.is_empty() && bad == Some(place + 1) => qualifier.to_owned(),
        code => code,
    };
    let elements = guide.elements(segment).iter().enumerate().map(|(at, element)| {
        let parts = guide.components(element);
        if parts.is_empty() {
            return value(element, at, Some(position).filter(|_| component.is_none()));
        }
        let bad = component.filter(|_| at == position);
        parts.iter().enumerate().map(|(place, part)| value(part, place, bad)).collect::<Vec<_>>().join(":")
    });
    core::iter::once(segment.id().to_owned()).chain(elements).collect::<Vec<_>>().join("*")
}

/// Made up, with the codes of no list: adjustment reasons with a Z.
const REASONS: &str =
    "Code,Description,Start,Last Modified,Stop\nZ1,One made up,01/01/1995,,\nZ2,Two made up,1/1/1995,,7/1/2008\n";

#[test]
fn loaded_lists_answer_on_the_day_of_the_remittance() {
    let name = CodeListName::ClaimAdjustmentReason;
    let bytes = superbill_edits::import::code_list(&[("reasons.csv", REASONS.as_bytes())], name, None).unwrap();
    let lists = CodeLists::new([CodeList::from_bytes(&bytes).unwrap()]);
    let found = |reason: &str| {
        let text = format!(
            "{HEAD}GS*HP*A*B*20240601*1200*1*X*005010X221A1~ST*835*0001~BPR*I*1*C*CHK************20240601~TRN*1*1*1123456789~\
             N1*PR*P~N3*1~N4*MIAMI*FL*33130~PER*BL*A*TE*5550000000~N1*PE*C*XX*1234567893~LX*1~CLP*A*1*2*1**12*1~CAS*CO*{reason}*1~\
             NM1*QC*1*D*J~SVC*HC:99213*2*1~DTM*472*20240501~SE*15*0001~GE*1*1~IEA*1*000000001~"
        );
        findings(&text, CodeSets::shapes().with_lists(lists.clone()))
    };
    assert_eq!(found("Z1"), [""; 0]);
    assert_eq!(found("Z2"), ["listed-code-date CAS02"]);
    assert_eq!(found("Z3"), ["adjustment-reason CAS02"]);
    assert_eq!(found("z3"), ["adjustment-reason CAS02"]);
}
