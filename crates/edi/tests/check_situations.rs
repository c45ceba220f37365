//! Each rule of a situation: a change that it finds, on transactions that all rules leave alone.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

mod samples;

use samples::{DENTAL, INSTITUTIONAL, PROFESSIONAL, REMITTANCE, coordinated, edit, outpatient, said};
use std::collections::BTreeSet;
use superbill_edi::check::Check;
use superbill_edi::guide::Guide;

/// Edits, and what is said then.
type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

/// A patient who is not the subscriber.
const DEPENDENT: &[(&str, &str)] = &[
    ("HL*2*1*22*0", "HL*2*1*22*1"),
    ("SBR*P*18*", "SBR*P**"),
    ("N3*1 ELM ST~\nN4*ANYTOWN*OH*44115~\nDMG*D8*19700501*F~\n", ""),
    ("CLM*P1", "HL*3*2*23*0~PAT*19~NM1*QC*1*SAMPLE*KID~N3*1 ELM ST~N4*ANYTOWN*OH*44115~DMG*D8*20150501*M~CLM*P1"),
];

const PROFESSIONAL_CASES: &[Case] = &[
    // Subscriber and patient.
    (&[("SBR*P*18*", "SBR*P**")], &["subscriber-self SBR02"]),
    (&[("N3*1 ELM ST~\n", "")], &["patient-address N3"]),
    (&[("N3*1 ELM ST~\nN4*ANYTOWN*OH*44115~\n", "")], &["patient-address N3", "patient-address N4"]),
    (&[("DMG*D8*19700501*F~\n", "")], &["patient-birth DMG"]),
    (&[("NM1*IL*1*SAMPLE*ANN", "NM1*IL*1*SAMPLE*")], &["first-name NM104"]),
    (&[("GROUP1***", "GROUP1*NAMED**")], &["group-name SBR04"]),
    (&[("GROUP1******CI", "GROUP1")], &["filing-indicator SBR09"]),
    (&[("GROUP1******CI", "GROUP1**12****CI")], &["not-medicare-secondary SBR05"]),
    (&[("NM1*IL*1", "PAT*****D8*20260104~NM1*IL*1")], &["death-before-service PAT06"]),
    (&[("NM1*IL*1", "PAT*****D8*19690104~NM1*IL*1")], &["death-before-service PAT06", "death-before-birth PAT06"]),
    (&[("19700501*F", "19700501*M"), ("NM1*IL*1", "PAT*********Y~NM1*IL*1")], &["pregnant-male PAT09"]),
    (&[("NM1*IL*1", "PAT*********Y~NM1*IL*1")], &[]),
    (&[("DMG*D8*19700501", "DMG*D8*20260106")], &["birth-after-service DMG02"]),
    (&[("DMG*D8*19700501", "DMG*D8*20260105")], &[]),
    // Addresses.
    (&[("N3*12 MAIN ST", "N3*P.O. Box 12")], &["billing-po-box N301"]),
    (&[("N3*12 MAIN ST", "N3*12 MAIN ST*Lockbox 7")], &["billing-po-box N302"]),
    (&[("N3*12 MAIN ST", "N3*12 POBOSKY ST")], &[]),
    (&[("441150001", "44115")], &["billing-zip N403"]),
    (&[("441150001", "44115-0001")], &["zip-form N403"]),
    (&[("N4*ANYTOWN*OH*44115~", "N4*ANYTOWN**44115~")], &["state N402"]),
    (&[("N4*ANYTOWN*OH*44115~", "N4*ANYTOWN*OH~")], &["zip N403"]),
    (&[("N4*ANYTOWN*OH*44115~", "N4*ANYTOWN*OH*441~")], &["zip-form N403"]),
    (&[("N4*ANYTOWN*OH*44115~", "N4*ANYTOWN*OH*44115*US~")], &["country-us N404"]),
    (&[("N4*ANYTOWN*OH*44115~", "N4*TORONTO*ON*M5H2N2~")], &["country-missing N404"]),
    (&[("N4*ANYTOWN*OH*44115~", "N4*TORONTO*ON*M5H2N2*CA~")], &[]),
    (&[("N4*ANYTOWN*OH*44115~", "N4*BERLIN**10115*DE~")], &[]),
    (&[("REF*EI*123456789~", "REF*EI*123456789~NM1*87*2~N3*12 MAIN ST~N4*ANYTOWN*OH*441150001~")], &["pay-to-same N3"]),
    (&[("REF*EI*123456789~", "REF*EI*123456789~NM1*87*2~N3*PO BOX 5~N4*ANYTOWN*OH*441150001~")], &[]),
    (&[("LX*1~", "NM1*77*2*PLACE~N3*1 OAK ST~N4*ANYTOWN*OH*44115~LX*1~")], &["facility-zip N403"]),
    (&[("LX*1~", "NM1*77*2*PLACE~N3*1 OAK ST~N4*ANYTOWN**441150001~LX*1~")], &["claim-state N402"]),
    (&[("LX*1~", "NM1*77*2*PLACE~N3*1 OAK ST~N4*ANYTOWN*OH~LX*1~")], &["claim-zip N403"]),
    (&[("LX*1~", "NM1*77*2*PLACE~N3*1 OAK ST~N4*ANYTOWN*OH*4411~LX*1~")], &["claim-zip-form N403"]),
    // Providers.
    (&[("SAMPLE CLINIC*****XX*1234567893", "SAMPLE CLINIC")], &["billing-npi NM109"]),
    (&[("DOCTOR****XX*1000000004~", "DOCTOR~")], &["provider-identifier NM109"]),
    (&[("DOCTOR****XX*1000000004~\nPRV*PE*PXC*207Q00000X~", "DOCTOR~REF*0B*A1~")], &[]),
    (&[("SAMPLE*DOCTOR", "SAMPLE*")], &["provider-first-name NM104"]),
    (&[("DOCTOR****XX*1000000004", "DOCTOR****XX*1234567893")], &["rendering-same NM109"]),
    (&[("REF*6R*L1~", "REF*6R*L1~NM1*82*1*SAMPLE*DOCTOR****XX*1000000004~")], &["line-rendering-same NM109"]),
    (
        &[("LX*1~", "NM1*77*2*PLACE*****XX*1234567893~N3*1 OAK ST~N4*ANYTOWN*OH*441150001~LX*1~")],
        &["facility-same NM109"],
    ),
    (&[("NM1*82", "NM1*P3*1*SAMPLE*FAMILY****XX*1000000004~NM1*82")], &["primary-care-alone NM1"]),
    (&[("REF*EI*123456789~", "REF*EI*123456789~PER*IC**TE*15555550100~")], &["telephone PER04"]),
    (
        &[(
            "REF*EI*123456789~",
            "REF*EI*123456789~NM1*PE*2*PLAN*****PI*PLAN1~N3*3 OAK ST~N4*ANYTOWN*OH*44115~REF*EI*123456789~",
        )],
        &["pay-to-plan NM1"],
    ),
    // Claim.
    (&[("11:B:1", "11:B:7")], &["original-reference REF"]),
    (&[("11:B:1", "11:B:7"), ("HI*ABK", "REF*F8*X1~HI*ABK")], &[]),
    (&[("HI*ABK", "REF*F8*X1~HI*ABK")], &["original-with-reference REF"]),
    (&[("HI*ABK", "PWK*OZ*EL~HI*ABK")], &["attachment-number PWK06"]),
    (&[("HI*ABK", "PWK*OZ*AA~HI*ABK")], &[]),
    (
        &[("CLM*P1*150", "CLM*P1*-50"), ("99213*100", "99213*-100")],
        &["negative-charge CLM02", "line-charge-negative SV102"],
    ),
    (&[("CLM*P1*150", "CLM*P1*0"), ("99213*100", "99213*0"), ("36415*50", "36415*0")], &["zero-charge CLM02"]),
    (&[("HI*ABK", "AMT*F5*151~HI*ABK")], &["patient-paid AMT02"]),
    (&[("GROUP1******CI", "GROUP1******WC")], &["casualty-number REF"]),
    (
        &[
            ("GROUP1******CI", "GROUP1******WC"),
            ("NM1*PR*2*SAMPLE PAYER*****PI", "REF*Y4*C1~NM1*PR*2*SAMPLE PAYER*****PI"),
        ],
        &[],
    ),
    (&[("UN*1***1:2~", "UN*1***1:2****Y~")], &["screening-referral SV111"]),
    (&[("HI*ABK", "CRC*ZZ*N*AV~HI*ABK")], &["screening-condition CRC03"]),
    // Accidents.
    (&[("Y*A*Y*Y~", "Y*A*Y*Y**OA~")], &["accident-date DTP"]),
    (&[("HI*ABK", "DTP*439*D8*20260104~HI*ABK")], &["no-accident DTP"]),
    (&[("Y*A*Y*Y~", "Y*A*Y*Y**AA~"), ("HI*ABK", "DTP*439*D8*20260104~HI*ABK")], &["accident-state CLM11-4"]),
    (&[("Y*A*Y*Y~", "Y*A*Y*Y**AA:::OH~"), ("HI*ABK", "DTP*439*D8*20260104~HI*ABK")], &[]),
    (&[("Y*A*Y*Y~", "Y*A*Y*Y**OA:OA~"), ("HI*ABK", "DTP*439*D8*20260104~HI*ABK")], &["cause-again CLM11-2"]),
    // Dates.
    (
        &[
            ("REF*6R*L1~", "REF*6R*L1~"),
            ("DTP*472*D8*20260105~\nREF*6R*L2", "DTP*472*RD8*20260105-20260104~\nREF*6R*L2"),
        ],
        &["period-order DTP03"],
    ),
    (&[("20260110*1200*CH", "20260104*1200*CH")], &["future-service DTP03", "future-service DTP03"]),
    (&[("HI*ABK", "DTP*431*D8*20260106~HI*ABK")], &["later-event DTP03"]),
    (&[("HI*ABK", "DTP*435*D8*20260105~DTP*096*D8*20260104~HI*ABK")], &["admission-order DTP03"]),
    (
        &[("HI*ABK", "DTP*360*D8*20260105~DTP*361*D8*20260104~HI*ABK")],
        &["segment-repeat DTP", "disability-order DTP03"],
    ),
    (&[("HI*ABK", "DTP*096*D8*20260105~HI*ABK")], &["discharge-alone DTP"]),
    // Diagnoses.
    (&[("UN*1***1:2~", "UN*1***1:3~")], &["pointer SV107-2"]),
    (&[("UN*1***1:2~", "UN*1***1:1~")], &["pointer-again SV107-2"]),
    (&[("ABF:I10", "ABF:E119")], &["diagnosis-again HI02-2"]),
    (&[("ABF:I10", "BF:4019")], &["diagnosis-revisions HI02-1"]),
    (&[("ABK:E119", "ABK:W1830XA")], &["external-cause-first HI01-2"]),
    // Payers.
    (&[("SBR*P*18", "SBR*S*18")], &["other-payer-missing SBR"]),
    (
        &[("SBR*P*18", "SBR*S*18"), ("GROUP1******CI", "GROUP1******MB")],
        &["other-payer-missing SBR", "medicare-secondary SBR05"],
    ),
    // Lines.
    (&[("LX*2", "LX*3")], &["line-number LX01"]),
    (&[("REF*6R*L2", "REF*6R*L1")], &["line-control-again REF02"]),
    (&[("36415*50*UN*1", "36415*50*UN*0")], &["units SV104"]),
    (&[("REF*6R*L2~", "REF*6R*L2~LIN**N4*00000000000~CTP****0*ML~")], &["drug-quantity CTP04"]),
    (&[("REF*6R*L2~", "REF*6R*L2~AMT*T*51~")], &["tax-above-charge AMT02"]),
    (&[("HI*ABK", "REF*G1*A1~HI*ABK"), ("REF*6R*L2~", "REF*G1*A1~REF*6R*L2~")], &["line-authorization-same REF02"]),
    // Kinds of service.
    (&[("11:B:1", "21:B:1")], &["inpatient-visit-admission DTP"]),
    (&[("11:B:1", "21:B:1"), ("HI*ABK", "DTP*435*D8*20260104~HI*ABK")], &[]),
    (&[("11:B:1", "41:B:1")], &["ambulance-transport CR1", "ambulance-pick-up NM1", "ambulance-drop-off NM1"]),
    (
        &[
            ("11:B:1", "41:B:1"),
            ("HI*ABK", "CR1****A*DH*12~HI*ABK"),
            ("NM1*82", "NM1*82"),
            (
                "PRV*PE*PXC*207Q00000X~",
                "PRV*PE*PXC*207Q00000X~NM1*77*2*PLACE~N3*1 OAK ST~N4*ANYTOWN*OH*441150001~\
                 NM1*PW*2~N3*1 OAK ST~N4*ANYTOWN*OH*44115~NM1*45*2~N3*2 OAK ST~N4*ANYTOWN*OH*44115~",
            ),
            ("REF*6R*L1~", "QTY*PT*1~REF*6R*L1~"),
        ],
        &["ambulance-facility NM1", "patient-count QTY02"],
    ),
    (&[("GROUP1******CI", "GROUP1******MB"), ("HI*ABK", "CR2********A~HI*ABK")], &["acute-manifestation DTP"]),
    (
        &[("DTP*472*D8*20260105~\nREF*6R*L1", "CR3*R*MO*12~DTP*472*D8*20260105~\nREF*6R*L1")],
        &["recertification-date DTP", "therapy-date DTP", "certification-date DTP"],
    ),
    (
        &[(
            "DTP*472*D8*20260105~\nREF*6R*L1",
            "CRC*07*Y*01~CRC*07*Y*04~CRC*70*Y*65~CRC*09*Y*ZV~DTP*472*D8*20260105~\nREF*6R*L1",
        )],
        &["condition-count CRC"],
    ),
    (
        &[("DTP*472*D8*20260105~\nREF*6R*L1", "SV5*HC:E0570*DA*30*50*100*1~DTP*472*D8*20260105~\nREF*6R*L1")],
        &["equipment-code SV501"],
    ),
    (&[("HC:99213*100*UN*1", "HC:00170*100*UN*1")], &["anesthesia-minutes SV103"]),
    (&[("HC:99213*100*UN*1", "HC:99213*100*MJ*15")], &["minutes SV103"]),
    (&[("HC:36415", "HC:77067")], &["mammography-certification REF"]),
    (&[("HC:36415", "HC:77067"), ("HI*ABK", "REF*EW*123456~HI*ABK")], &[]),
    (&[("REF*6R*L2~", "REF*6R*L2~PS1*X1*20~")], &["purchased-service NM1"]),
];

const DEPENDENT_CASES: &[Case] = &[
    (&[], &[]),
    (&[("SBR*P**", "SBR*P*18*")], &["subscriber-not-self SBR02"]),
    (&[("20150501", "20260106")], &["birth-after-service DMG02"]),
];

const COORDINATED_CASES: &[Case] = &[
    (&[("GROUP2******CI", "GROUP2")], &["other-filing-indicator SBR09"]),
    (&[("SBR*P*18*GROUP2", "SBR*S*18*GROUP2")], &["payer-order-again SBR01", "no-primary SBR01"]),
    (&[("SBR*P*18*GROUP2", "SBR*T*18*GROUP2")], &["no-primary SBR01", "later-payer CAS"]),
    (&[("AMT*D*75~", "")], &["cob-paid-missing AMT"]),
    (
        &[
            ("SVD*PAY02*60*HC:99213**1~CAS*CO*45*40~DTP*573*D8*20260108~", ""),
            ("SVD*PAY02*25*HC:36415**1~CAS*CO*45*20**253*5~DTP*573*D8*20260108~", ""),
            ("CAS*PR*1*10", "CAS*PR*1*75"),
        ],
        &["cob-date-missing DTP"],
    ),
    (&[("SVD*PAY02*60", "SVD*PAY03*60"), ("CAS*PR*1*10", "CAS*PR*1*50")], &["line-payer SVD01"]),
    (
        &[
            ("OI***Y", "AMT*EAF*10~OI***Y"),
            ("CAS*CO*45*40~DTP*573*D8*20260108~", "CAS*CO*45*40~DTP*573*D8*20260108~AMT*EAF*10~"),
        ],
        &["liability-twice AMT"],
    ),
    (&[("PAY02*25*HC:36415**1", "PAY02*25*HC:36415**1*3")], &["bundled-line SVD06"]),
    (&[("PAY02*25*HC:36415**1", "PAY02*25*HC:36415**1*1")], &[]),
];

const INPATIENT_CASES: &[Case] = &[
    (&[("NM1*IL*1*SAMPLE*ANN****MI*M0001", "NM1*IL*1*SAMPLE*ANN")], &["subscriber-id NM109"]),
    (&[("HI*ABK", "AMT*F3*1501~HI*ABK")], &["patient-due AMT02"]),
    (&[("202601050900", "202601080900")], &["admission-order DTP03"]),
    (&[("DTP*472*D8*20260105", "DTP*472*D8*20260108")], &["statement-covers DTP03"]),
    (&[("DTP*435*DT*202601050900~\n", "")], &["admission-date DTP"]),
    (&[("DTP*096*TM*1100~\n", "")], &["discharge-hour DTP"]),
    (&[("DTP*096*TM*1100~\n", ""), ("CL1*1*1*01", "CL1*1*1*30")], &[]),
    (&[("11:A:1", "11:A:2"), ("CL1*1*1*01", "CL1*1*1*30")], &["discharge-hour-early DTP"]),
    (&[("11:A:1", "11:A:2"), ("DTP*096*TM*1100~\n", "")], &["still-patient CL103"]),
    (&[("CL1*1*1*01", "CL1*1**01")], &["point-of-origin CL102"]),
    (&[("HI*ABJ:R0602~\n", "")], &["admitting-diagnosis HI"]),
    (&[("HI*ABF", "HI*APR:R0602~HI*ABF")], &["visit-reason-inpatient HI"]),
    (&[("J189:::::::Y", "J189"), ("I10:::::::Y", "I10")], &["present-on-admission HI01-9"]),
    (&[("HI*BBR:0BJ08ZZ:D8:20260106", "HI*BBQ:0BJ08ZZ:D8:20260106")], &["principal-procedure HI"]),
    (&[("0BJ08ZZ:D8:20260106", "0BJ08ZZ:D8:20260108")], &["procedure-date HI01-4"]),
    (&[("HI*BH", "HI*BI:70:RD8:20260104-20260103~HI*BH")], &["span-order HI01-4"]),
    (&[("HI*BH:11:D8:20260104", "HI*BH:11:D8:20260104*BH:11:D8:20260103")], &["code-again HI02-2"]),
    (&[("NM1*71*1*SAMPLE*DOCTOR****XX*1000000004~\n", "")], &["attending-provider NM1"]),
    (&[("NM1*72*1*SAMPLE*SURGEON****XX*1000000004~\n", "")], &["operating-physician NM1"]),
    (&[("SV2*0300*HC:80053*500", "SV2*0001**500")], &["total-line SV201"]),
    (&[("80053*500*UN*1", "80053*500*UN*1**501")], &["non-covered-above-charge SV207"]),
    (&[("11:A:1", "32:A:1"), ("DTP*435*DT*202601050900~\n", "")], &["start-of-care DTP"]),
];

const OUTPATIENT_CASES: &[Case] = &[
    (&[], &[]),
    (&[("20260105-20260105", "20260105-20260106")], &["line-date DTP"]),
    (&[("HI*ABF", "HI*ABJ:R0602~HI*ABF")], &["admitting-outpatient HI"]),
    (&[("CL1*3", "CL1*1")], &["visit-reason HI"]),
    (&[("CL1*3", "CL1*1"), ("HI*ABF", "HI*APR:R0602~HI*ABF")], &[]),
    (&[("ABF:I10", "ABF:I10:::::::N")], &["present-outpatient HI01-9"]),
    (&[("HI*BH", "HI*BBR:0BJ08ZZ:D8:20260105~HI*BH")], &["outpatient-procedure HI"]),
];

const DENTAL_CASES: &[Case] = &[
    (&[], &[]),
    (&[("DTP*472*D8*20260105~\n", "")], &["dental-date DTP", "dental-date DTP"]),
    (&[("Y*A*Y*Y~", "Y*A*Y*Y**********PB~")], &["predetermination-date DTP"]),
    (&[("Y*A*Y*Y~", "Y*A*Y*Y**********PB~"), ("DTP*472*D8*20260105~\n", "")], &[]),
    (&[("LX*1~", "DN1*24*12~LX*1~")], &["placement-date DTP"]),
    (&[("D2150*100****1", "D2150*100***R*1")], &["prior-placement DTP"]),
    (&[("TOO*JP*12*L:O~", "TOO*JP*12*L~TOO*JP*12*O~")], &["tooth-again TOO02"]),
];

const REMITTANCE_CASES: &[Case] = &[
    (&[("CLP*P2*1*100*50**", "CLP*P2*22*100*50**")], &["reversal-sign CLP03", "reversal-sign CLP04"]),
    (
        &[
            ("CLP*P2*1*100*50**", "CLP*P2*1*-100*-50**"),
            ("CAS*CO*45*50", "CAS*CO*45*-50"),
            ("BPR*I*120", "BPR*I*20"),
            ("20261231*2*250", "20261231*2*50"),
        ],
        &["negative-claim CLP03"],
    ),
    (&[("CLP*P2*1", "CLP*P2*4")], &["denied-paid CLP04"]),
    (&[("CLP*P2*1", "CLP*P2*19")], &["forwarded-to NM1"]),
    (
        &[
            ("CLP*P2*1", "CLP*P2*19"),
            ("NM1*QC*1*SAMPLE*BOB****MI*M0002~", "NM1*QC*1*SAMPLE*BOB****MI*M0002~NM1*TT*2*OTHER*****PI*O1~"),
        ],
        &[],
    ),
    (
        &[("NM1*QC*1*SAMPLE*BOB****MI*M0002~", "NM1*QC*1*SAMPLE*BOB****MI*M0002~MIA*0~MOA***MA01~")],
        &["both-adjudications MOA"],
    ),
    (&[("BOB****MI*M0002~\nDTM*232*20260105~", "BOB****MI*M0002~")], &["remittance-service-date DTM"]),
    (&[("ANN****MI*M0001~\nDTM*232*20260105~", "ANN****MI*M0001~")], &[]),
    (&[("SVC*HC:36415*50*25**1~\nDTM*472", "SVC*HC:36415*50*25**1~\nDTM*150")], &["remittance-period DTM"]),
    (&[("*DA*1234*", "*DA**")], &["syntax-note BPR09", "banks BPR09"]),
    (&[("C*ACH*CCP*", "C*ACH**")], &["payment-format BPR05"]),
    (&[("111000012", "11100001")], &["routing-number BPR07"]),
    (&[("90001*1999999999", "90001*1999999998")], &["originator TRN03"]),
    (&[("90001*1999999999", "90001*9999999999"), ("1234*1999999999", "1234*9999999999")], &["originator-form TRN03"]),
];

/// The cases, with the transactions that they change.
fn all() -> Vec<(String, &'static [Case])> {
    let mut all = vec![
        (PROFESSIONAL.to_owned(), PROFESSIONAL_CASES),
        (edit(PROFESSIONAL, DEPENDENT), DEPENDENT_CASES),
        (coordinated(), COORDINATED_CASES),
        (INSTITUTIONAL.to_owned(), INPATIENT_CASES),
        (outpatient(), OUTPATIENT_CASES),
        (REMITTANCE.to_owned(), REMITTANCE_CASES),
    ];
    if has_dental() {
        all.push((DENTAL.to_owned(), DENTAL_CASES));
    }
    all
}

fn has_dental() -> bool {
    Guide::of("837", "005010X224A2").next().is_some()
}

#[test]
fn each_change_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    for (base, cases) in all() {
        for (edits, expected) in cases {
            let found = said(&edit(&base, edits));
            if found != *expected {
                wrong.push(format!("{edits:?}\n    said     {found:?}\n    expected {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_change_that_it_finds() {
    let found: BTreeSet<&str> = all()
        .iter()
        .flat_map(|(_, cases)| cases.iter())
        .flat_map(|(_, said)| said.iter())
        .map(|said| said.split(' ').next().unwrap())
        .collect();
    // Those of dental claims have theirs as soon as their guide is there.
    let is_dental =
        |id: &str| DENTAL_CASES.iter().any(|(_, said)| said.iter().any(|said| said.split(' ').next() == Some(id)));
    let rules: Vec<&str> = Check::all().filter(|check| check.snip == 4).map(|check| check.id).collect();
    let missing: Vec<&&str> =
        rules.iter().filter(|id| !found.contains(**id) && (has_dental() || !is_dental(id))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(rules.len() >= 60, "{}", rules.len());
}

#[test]
fn codes_of_checks_are_distinct() {
    let mut codes = BTreeSet::new();
    for check in Check::all() {
        assert!(codes.insert(check.id), "{}", check.id);
        assert!(
            check.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit()),
            "{}",
            check.id
        );
    }
}
