//! Made-up transactions that every check leaves alone, and a way to change them.
#![allow(dead_code, reason = "each test uses some")]

use superbill_edi::check::{CheckOptions, Checker, Finding};
use superbill_x12::Document;

/// A professional claim of a patient who is the subscriber, with two lines.
pub(crate) const PROFESSIONAL: &str = "\
ST*837*0001*005010X222A1~
BHT*0019*00*BATCH1*20260110*1200*CH~
NM1*41*2*SAMPLE BILLING*****46*SB1~
PER*IC*PAT DOE*TE*5555550100~
NM1*40*2*SAMPLE PAYER*****46*PAY01~
HL*1**20*1~
PRV*BI*PXC*207Q00000X~
NM1*85*2*SAMPLE CLINIC*****XX*1234567893~
N3*12 MAIN ST~
N4*ANYTOWN*OH*441150001~
REF*EI*123456789~
HL*2*1*22*0~
SBR*P*18*GROUP1******CI~
NM1*IL*1*SAMPLE*ANN****MI*M0001~
N3*1 ELM ST~
N4*ANYTOWN*OH*44115~
DMG*D8*19700501*F~
NM1*PR*2*SAMPLE PAYER*****PI*PAY01~
CLM*P1*150***11:B:1*Y*A*Y*Y~
HI*ABK:E119*ABF:I10~
NM1*82*1*SAMPLE*DOCTOR****XX*1000000004~
PRV*PE*PXC*207Q00000X~
LX*1~
SV1*HC:99213*100*UN*1***1:2~
DTP*472*D8*20260105~
REF*6R*L1~
LX*2~
SV1*HC:36415*50*UN*1***2~
DTP*472*D8*20260105~
REF*6R*L2~
SE*31*0001~
";

/// The same claim to a second payer after a first has paid.
pub(crate) fn coordinated() -> String {
    edit(
        PROFESSIONAL,
        &[
            ("SBR*P*18", "SBR*S*18"),
            (
                "LX*1~",
                concat!(
                    "SBR*P*18*GROUP2******CI~",
                    "CAS*PR*1*10~",
                    "AMT*D*75~",
                    "OI***Y***Y~",
                    "NM1*IL*1*SAMPLE*ANN****MI*X0001~",
                    "NM1*PR*2*OTHER PAYER*****PI*PAY02~",
                    "LX*1~",
                ),
            ),
            ("REF*6R*L1~", "REF*6R*L1~SVD*PAY02*60*HC:99213**1~CAS*CO*45*40~DTP*573*D8*20260108~"),
            ("REF*6R*L2~", "REF*6R*L2~SVD*PAY02*25*HC:36415**1~CAS*CO*45*20**253*5~DTP*573*D8*20260108~"),
        ],
    )
}

/// An inpatient claim, discharged.
pub(crate) const INSTITUTIONAL: &str = "\
ST*837*0001*005010X223A2~
BHT*0019*00*BATCH1*20260120*1200*CH~
NM1*41*2*SAMPLE BILLING*****46*SB1~
PER*IC*PAT DOE*TE*5555550100~
NM1*40*2*SAMPLE PAYER*****46*PAY01~
HL*1**20*1~
PRV*BI*PXC*282N00000X~
NM1*85*2*SAMPLE HOSPITAL*****XX*1234567893~
N3*12 MAIN ST~
N4*ANYTOWN*OH*441150001~
REF*EI*123456789~
HL*2*1*22*0~
SBR*P*18*GROUP1******CI~
NM1*IL*1*SAMPLE*ANN****MI*M0001~
N3*1 ELM ST~
N4*ANYTOWN*OH*44115~
DMG*D8*19700501*F~
NM1*PR*2*SAMPLE PAYER*****PI*PAY01~
CLM*P1*1500***11:A:1**A*Y*Y~
DTP*096*TM*1100~
DTP*434*RD8*20260105-20260107~
DTP*435*DT*202601050900~
CL1*1*1*01~
HI*ABK:J189:::::::Y~
HI*ABJ:R0602~
HI*ABF:I10:::::::Y~
HI*BBR:0BJ08ZZ:D8:20260106~
HI*BH:11:D8:20260104~
HI*BE:80:::2~
NM1*71*1*SAMPLE*DOCTOR****XX*1000000004~
NM1*72*1*SAMPLE*SURGEON****XX*1000000004~
LX*1~
SV2*0120**1000*DA*2~
LX*2~
SV2*0300*HC:80053*500*UN*1~
DTP*472*D8*20260105~
SE*36*0001~
";

/// An outpatient claim of one day.
pub(crate) fn outpatient() -> String {
    edit(
        INSTITUTIONAL,
        &[
            ("11:A:1", "13:A:1"),
            ("DTP*096*TM*1100~\n", ""),
            ("20260105-20260107", "20260105-20260105"),
            ("DTP*435*DT*202601050900~\n", ""),
            ("CL1*1*1*01", "CL1*3*1*01"),
            ("J189:::::::Y", "J189"),
            ("HI*ABJ:R0602~\n", ""),
            ("I10:::::::Y", "I10"),
            ("HI*BBR:0BJ08ZZ:D8:20260106~\n", ""),
            ("SV2*0120**1000*DA*2~", "SV2*0450*HC:99283*1000*UN*1~"),
        ],
    )
}

/// A dental claim.
pub(crate) const DENTAL: &str = "\
ST*837*0001*005010X224A2~
BHT*0019*00*BATCH1*20260110*1200*CH~
NM1*41*2*SAMPLE BILLING*****46*SB1~
PER*IC*PAT DOE*TE*5555550100~
NM1*40*2*SAMPLE PAYER*****46*PAY01~
HL*1**20*1~
PRV*BI*PXC*1223G0001X~
NM1*85*2*SAMPLE DENTISTS*****XX*1234567893~
N3*12 MAIN ST~
N4*ANYTOWN*OH*441150001~
REF*EI*123456789~
HL*2*1*22*0~
SBR*P*18*GROUP1******CI~
NM1*IL*1*SAMPLE*ANN****MI*M0001~
N3*1 ELM ST~
N4*ANYTOWN*OH*44115~
DMG*D8*19700501*F~
NM1*PR*2*SAMPLE PAYER*****PI*PAY01~
CLM*P1*150***11:B:1*Y*A*Y*Y~
DTP*472*D8*20260105~
LX*1~
SV3*AD:D2150*100****1~
TOO*JP*12*L:O~
LX*2~
SV3*AD:D1110*50****1~
SE*26*0001~
";

/// A remittance of two claims, one of them without lines, with a provider adjustment.
pub(crate) const REMITTANCE: &str = "\
ST*835*0001~
BPR*I*120*C*ACH*CCP*01*111000012*DA*1234*1999999999**01*111000025*DA*5678*20260120~
TRN*1*90001*1999999999~
DTM*405*20260119~
N1*PR*SAMPLE PAYER~
N3*1 PAYER ST~
N4*ANYTOWN*OH*44115~
PER*BL*PAT DOE*TE*5555550100~
N1*PE*SAMPLE CLINIC*XX*1234567893~
LX*1~
TS3*1234567893*11*20261231*2*250~
CLP*P1*1*150*80*20*12*ICN1*11*1~
CAS*PR*3*10~
NM1*QC*1*SAMPLE*ANN****MI*M0001~
DTM*232*20260105~
SVC*HC:99213*100*65**1~
DTM*472*20260105~
CAS*CO*45*25~
CAS*PR*2*10~
REF*6R*L1~
AMT*B6*75~
SVC*HC:36415*50*25**1~
DTM*472*20260105~
CAS*CO*45*20**253*5~
REF*6R*L2~
CLP*P2*1*100*50**12*ICN2*11*1~
CAS*CO*45*50~
NM1*QC*1*SAMPLE*BOB****MI*M0002~
DTM*232*20260105~
PLB*1234567893*20261231*WO:ICN0*15*L6*-5~
SE*30*0001~
";

/// Replaces each text, which must stand there once.
pub(crate) fn edit(text: &str, edits: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "{from} stands once");
        text = text.replace(from, to);
    }
    text
}

/// The transaction in its envelope, with the count of its segments set right.
pub(crate) fn file(transaction: &str) -> String {
    let version = if transaction.starts_with("ST*835") { "005010X221A1" } else { &transaction[12..24] };
    let group = if transaction.starts_with("ST*835") { "HP" } else { "HC" };
    let count = transaction.matches('~').count();
    let before = transaction.rfind("SE*").unwrap();
    format!(
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260110*1200*^*00501*000000001*0*T*:~\n\
         GS*{group}*SENDER*RECEIVER*20260110*1200*1*X*{version}~\n{}SE*{count}*0001~\nGE*1*1~\nIEA*1*000000001~\n",
        &transaction[..before]
    )
}

/// All findings of a transaction.
pub(crate) fn findings(transaction: &str) -> Vec<Finding> {
    check(&file(transaction))
}

/// All findings of a file.
pub(crate) fn check(file: &str) -> Vec<Finding> {
    let document = Document::read(file.as_bytes()).unwrap();
    let mut checker = Checker::new(CheckOptions::up_to(4));
    for diagnostic in document.diagnostics() {
        checker.diagnostic(diagnostic);
    }
    for segment in document.segments() {
        checker.segment(&segment);
    }
    checker.finish();
    checker.take_findings()
}

/// The codes of the findings up to situations, each with its place.
pub(crate) fn said(transaction: &str) -> Vec<String> {
    let place = |finding: &Finding| {
        let element = finding.element.map_or(String::new(), |element| element.to_string());
        format!("{} {}{element}", finding.rule(), finding.segment_id)
    };
    findings(transaction).iter().filter(|finding| finding.snip() <= 4).map(place).collect()
}
