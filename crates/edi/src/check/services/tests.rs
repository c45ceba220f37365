//! Claims of each line of service, with and without what it asks for.

use super::{SERVICES, SOURCES};
use crate::check::{CheckOptions, Checker};
use superbill_x12::Document;

/// The findings of type 6 in a claim: their codes.
fn findings(kind: &str, program: &str, claim: &str) -> Vec<&'static str> {
    let version = match kind {
        "I" => "005010X223A2",
        "D" => "005010X224A2",
        _ => "005010X222A1",
    };
    let text = format!(
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240601*1200*^*00501*000000001*0*T*:~\
         GS*HC*A*B*20240601*1200*1*X*{version}~ST*837*0001*{version}~BHT*0019*00*1*20240601*1200*CH~NM1*41*2*S*****46*1~\
         PER*IC*A*TE*5550000000~NM1*40*2*R*****46*2~HL*1**20*1~NM1*85*2*C*****XX*1234567893~N3*1 A ST~N4*MIAMI*FL*331301234~\
         REF*EI*123456789~HL*2*1*22*0~SBR*P*18*******{program}~NM1*IL*1*DOE*JANE****MI*1EG4TE5MK73~NM1*PR*2*P*****PI*1~\
         {claim}~SE*1*0001~GE*1*1~IEA*1*000000001~"
    );
    let document = Document::read(text.as_bytes()).unwrap();
    let mut checker = Checker::new(CheckOptions::default());
    for segment in document.segments() {
        checker.segment(&segment);
    }
    checker.finish();
    checker.take_findings().iter().filter(|finding| finding.snip() == 6).map(crate::check::Finding::rule).collect()
}

fn professional(program: &str, place: &str, head: &str, lines: &str) -> Vec<&'static str> {
    findings("P", program, &format!("CLM*A*100***{place}:B:1*Y*A*Y*Y{head}{lines}"))
}

fn institutional(bill: &str, head: &str, lines: &str) -> Vec<&'static str> {
    findings(
        "I",
        "MA",
        &format!("CLM*A*100***{bill}:A:1**A*Y*Y~DTP*434*RD8*20240501-20240502~CL1*1*1*01~HI*ABK:I10{head}{lines}"),
    )
}

#[test]
fn professional_lines_of_service() {
    for (program, place, head, lines, expected) in [
        ("MB", "41", "", "~LX*1~SV1*HC:A0427:RH*9*UN*1", &[][..]),
        ("CI", "41", "", "~LX*1~SV1*HC:A0427*9*UN*1", &["ambulance-trip"]),
        ("CI", "11", "", "~LX*1~SV1*HC:A0427:RH*9*UN*1", &["ambulance-place"]),
        ("CI", "11", "", "~LX*1~SV1*HC:A0427:RH*9*UN*1*41", &[]),
        ("CI", "41", "", "~LX*1~SV1*HC:A0431:RH*9*UN*1", &["ambulance-place"]),
        ("CI", "41", "", "~LX*1~SV1*HC:A0425:RH*9*UN*1", &["ambulance-base"]),
        ("CI", "41", "~CR1***A*DH*9", "~LX*1~SV1*HC:A0427:RH*9*UN*1", &[]),
        ("CI", "41", "~CR1****A*DH*20", "~LX*1~SV1*HC:A0427:RH*9*UN*1~LX*2~SV1*HC:A0425:RH*9*UN*21", &[]),
        (
            "CI",
            "41",
            "~CR1****A*DH*20",
            "~LX*1~SV1*HC:A0427:RH*9*UN*1~LX*2~SV1*HC:A0425:RH*9*UN*21.2",
            &["ambulance-miles"],
        ),
        ("MB", "12", "", "~LX*1~SV1*HC:E1390:RR*9*UN*1~DTP*472*D8*20240501~NM1*DK*1*R*R****XX*1234567893", &[]),
        (
            "MB",
            "12",
            "",
            "~LX*1~SV1*HC:E1390:RR*9*UN*1~CR3*I*MO*9~DTP*472*D8*20240501~NM1*DK*1*R*R",
            &["certificate-ended"],
        ),
        ("MB", "12", "", "~LX*1~SV1*HC:E1390:RR*9*UN*1~CR3*I*MO*9~DTP*472*D8*20220501~NM1*DK*1*R*R", &[]),
        ("MB", "12", "", "~LX*1~SV1*HC:E1390:RR*9*UN*1~DTP*472*D8*20220501~NM1*DK*1*R*R", &["oxygen-certificate"]),
        ("MB", "12", "", "~LX*1~SV1*HC:E1390:RR*9*UN*1~DTP*472*D8*20240501", &["equipment-order"]),
        ("MB", "12", "", "~LX*1~SV1*HC:E1390*9*UN*1~DTP*472*D8*20240501~NM1*DK*1*R*R", &["equipment-modifier"]),
        ("CI", "12", "", "~LX*1~SV1*HC:E1390*9*UN*1~DTP*472*D8*20240501", &[]),
        ("MB", "11", "~DTP*454*D8*20240501~CR2********A", "~LX*1~SV1*HC:98940:AT*9*UN*1", &[]),
        ("MB", "11", "~CR2********A", "~LX*1~SV1*HC:98940:AT*9*UN*1", &["spinal-start"]),
        ("MB", "11", "~DTP*454*D8*20240501~CR2********A", "~LX*1~SV1*HC:98940*9*UN*1", &["spinal-active"]),
        ("MB", "22", "", "~LX*1~SV1*HC:00142:QK*9*MJ*61", &[]),
        ("MB", "22", "", "~LX*1~SV1*HC:00142:QS*9*MJ*61", &["anesthesia-modifier"]),
        ("MC", "11", "", "~LX*1~SV1*HC:J1885*9*UN*1~DTP*472*D8*20240501~LIN**N4*00409379301~CTP****1*ML", &[]),
        ("MC", "11", "", "~LX*1~SV1*HC:J1885*9*UN*1", &["drug-ndc"]),
        ("MB", "11", "~REF*X4*12D3456789", "~LX*1~SV1*HC:85025*9*UN*1", &[]),
        ("MB", "11", "~REF*X4*12D345678", "~LX*1~SV1*HC:85025*9*UN*1", &["clia-form"]),
        ("MB", "11", "", "~LX*1~SV1*HC:85025*9*UN*1", &["laboratory-clia"]),
        ("MB", "22", "", "~LX*1~SV1*HC:85025*9*UN*1", &[]),
        ("MB", "11", "", "~LX*1~SV1*HC:88305:26*9*UN*1", &[]),
        ("CI", "11", "", "~LX*1~SV1*HC:85025*9*UN*1", &[]),
        ("CI", "11", "", "~LX*1~SV1*HC:85025:QW*9*UN*1", &["clia-waived"]),
        ("MB", "11", "", "~LX*1~SV1*HC:85025:90*9*UN*1", &["reference-laboratory"]),
        ("MB", "11", "", "~LX*1~SV1*HC:85025:90*9*UN*1~DTP*472*D8*20240501~REF*F4*12D3456789", &[]),
        ("MB", "81", "~CRC*75*Y*IH", "~LX*1~SV1*HC:P9603*9*UN*1", &[]),
        ("MB", "81", "", "~LX*1~SV1*HC:P9603*9*UN*1", &["homebound-specimen"]),
        ("MB", "11", "", "~LX*1~SV1*HC:11055:Q8*9*UN*1", &["date-last-seen"]),
        ("MB", "11", "~DTP*304*D8*20240401", "~LX*1~SV1*HC:11055:Q8*9*UN*1", &[]),
        ("CI", "11", "~CRC*E1*Y*L1", "~LX*1~SV1*HC:V2020*9*UN*1", &[]),
        ("CI", "11", "~CRC*E1*Y*L1", "~LX*1~SV1*HC:G0008*9*UN*1", &["vision-condition"]),
        ("CI", "10", "", "~LX*1~SV1*HC:Q3014*9*UN*1", &["telehealth-origin"]),
        ("CI", "11", "", "~LX*1~SV1*HC:Q3014*9*UN*1", &[]),
        ("MB", "58", "", "~LX*1~SV1*HC:G2067*9*UN*1", &[]),
        ("MB", "11", "", "~LX*1~SV1*HC:G2067*9*UN*1", &["opioid-place"]),
    ] {
        assert_eq!(professional(program, place, head, lines), expected, "{program} {place} {head} {lines}");
    }
}

#[test]
fn institutional_lines_of_service() {
    for (bill, head, lines, expected) in [
        ("11", "", "~LX*1~SV2*0120**9*DA*2", &[][..]),
        ("11", "", "~LX*1~SV2*0120**9*UN*2", &["accommodation-days"]),
        ("21", "", "~LX*1~SV2*0022*HP:ABCD1*0*UN*1", &[]),
        ("21", "", "~LX*1~SV2*0022**0*UN*1", &["rate-code"]),
        ("21", "", "~LX*1~SV2*0120*HP:ABCD1*9*DA*1", &["rate-code-line"]),
        ("32", "", "~LX*1~SV2*0023*HP:1AA11*0*UN*1~LX*2~SV2*0421*HC:G0151*9*UN*1", &[]),
        ("32", "", "~LX*1~SV2*0421*HC:G0151*9*UN*1", &["home-health-rate"]),
        ("32", "", "~LX*1~SV2*0023*HP:1AA11*0*UN*1~LX*2~SV2*0421**9*UN*1", &["home-health-visit"]),
        ("81", "", "~LX*1~SV2*0651*HC:Q5001*9*UN*1", &[]),
        ("81", "", "~LX*1~SV2*0651**9*UN*1", &["hospice-location"]),
        ("72", "~HI*BE:A8:::70*BE:A9:::170~HI*BG:71", "~LX*1~SV2*0821*HC:90999*9*UN*1", &[]),
        ("72", "~HI*BE:A8:::70~HI*BG:71", "~LX*1~SV2*0821*HC:90999*9*UN*1", &["renal-size"]),
        ("72", "~HI*BE:A8:::70*BE:A9:::170", "~LX*1~SV2*0821*HC:90999*9*UN*1", &["renal-setting"]),
        ("13", "", "~LX*1~SV2*0420*HC:97110:GP*9*UN*1", &[]),
        ("13", "", "~LX*1~SV2*0420*HC:97110:GO*9*UN*1", &["therapy-modifier"]),
        ("13", "", "~LX*1~SV2*0636*HC:J1885*9*UN*1", &[]),
        ("13", "", "~LX*1~SV2*0636**9*UN*1", &["detailed-drug"]),
        ("13", "~HI*BE:A0:::33130", "~LX*1~SV2*0540*HC:A0427:RH*9*UN*1", &[]),
        ("13", "", "~LX*1~SV2*0540*HC:A0427:RH*9*UN*1", &["ambulance-zip"]),
        ("13", "~HI*BE:A0:::33130", "~LX*1~SV2*0540*HC:A0427*9*UN*1", &["ambulance-line"]),
        ("11", "", "~LX*1~SV2*0540**9*UN*1", &[]),
        ("13", "~HI*BG:41", "~LX*1~SV2*0915*HC:G0410*9*UN*1", &[]),
        ("13", "~HI*BG:41", "~LX*1~SV2*0915**9*UN*1", &["partial-hospitalization"]),
        ("77", "", "~LX*1~SV2*0521*HC:G0467*9*UN*1", &[]),
        ("77", "", "~LX*1~SV2*0521*HC:99213*9*UN*1", &["health-center-visit"]),
        ("71", "", "~LX*1~SV2*0521*HC:99213:CG*9*UN*1", &[]),
        ("71", "", "~LX*1~SV2*0521*HC:99213*9*UN*1", &["rural-clinic-visit"]),
    ] {
        assert_eq!(institutional(bill, head, lines), expected, "{bill} {head} {lines}");
    }
}

#[test]
fn dental_lines_of_service() {
    for (line, expected) in [
        ("AD:D1110*9", &[][..]),
        ("AD:D2392*9~TOO*JP*3*M:O", &[]),
        ("AD:D2392*9~TOO*JP*3", &["dental-surface"]),
        ("AD:D2740*9~TOO*JP*3", &[]),
        ("AD:D2740*9", &["dental-tooth"]),
        ("AD:D7140*9", &["dental-tooth"]),
        ("AD:D2999*9", &[]),
    ] {
        let claim = format!("CLM*A*100***11:B:1*Y*A*Y*Y~DTP*472*D8*20240501~LX*1~SV3*{line}");
        assert_eq!(findings("D", "CI", &claim), expected, "{line}");
    }
}

#[test]
fn every_check_has_a_source() {
    assert!(SERVICES.len() >= 15);
    for check in SERVICES {
        assert!(check.service_source().is_some_and(|source| !source.is_empty()), "{}", check.id);
    }
    assert_eq!(SERVICES.len(), SOURCES.len());
}
