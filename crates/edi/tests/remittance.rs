//! Remittance advice, segment by segment.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use superbill_claim::{
    Adjustment, AdjustmentGroup, AdjustmentReason, BalanceLevel, ClaimPayment, ClaimPaymentStatus, Party, PartyName,
    Payer, Payment, PaymentMethod, ProcedureCode, Provider, Remittance,
};
use superbill_core::{IdError, Money, MoneyError, TaxId};
use superbill_edi::{
    Envelope, Read, ReadError, ReadErrorKind, WriteError, read_remittance, transactions, write_remittances,
};
use superbill_x12::Document;

const HEAD: &str = "ISA*00*          *00*          *ZZ*TESTPAYER      *ZZ*TESTCLINIC     *260101*1200*^*00501*000000001*0*T*:~\
GS*HP*TESTPAYER*TESTCLINIC*20260101*1200*1*X*005010X221A1~ST*835*0001~";
const BODY: &str = "BPR*I*85.5*C*ACH************20260115~TRN*1*TESTTRACE*1999999999~\
N1*PR*TEST PAYER*XV*TEST1~N3*1 PAYER ST~N4*PAYTOWN*OH*44000~N1*PE*TEST CLINIC*XX*1234567893~REF*TJ*123456789~\
LX*1~CLP*TEST-1*1*200*95.5*24.5*12*TESTICN~CAS*PR*1*10**2*4.5*1~MOA***MA01*N1~\
SVC*HC:A0001:GT*120*60**2~DTM*150*20260105~DTM*151*20260106~CAS*CO*45*50~CAS*PR*3*10~REF*6R*L1~AMT*B6*70~LQ*HE*N130~\
SVC*HC:A0003*80*50**1~DTM*472*20260105~CAS*CO*45*30~\
PLB*1234567893*20261231*L6:TESTREF*-5*WO*15~";

fn read(segments: &str) -> Result<Read<Remittance>, ReadError> {
    let file = format!("{HEAD}{segments}SE*99*0001~GE*1*1~IEA*1*000000001~");
    let document = Document::read(file.as_bytes()).unwrap();
    read_remittance(&transactions(&document).next().unwrap())
}

fn cents(text: &str) -> Money {
    text.parse().unwrap()
}

#[test]
fn a_remittance_is_carried_whole() {
    let Read { value, notices, .. } = read(BODY).unwrap();
    assert_eq!(notices, []);
    assert_eq!((value.payment.amount, &value.payment.method), (cents("85.50"), &PaymentMethod::Ach));
    assert_eq!(value.payment.date.to_string(), "2026-01-15");
    assert_eq!(value.payment.trace_number.as_str(), "TESTTRACE");
    assert_eq!(value.payment.originator.as_deref(), Some("1999999999"));
    assert_eq!((value.payer.name.as_str(), value.payer.id.as_str()), ("TEST PAYER", "TEST1"));
    assert_eq!(value.payer.address.as_ref().unwrap().city, "PAYTOWN");
    assert_eq!(value.payee.npi.unwrap().as_str(), "1234567893");
    assert_eq!(value.payee.tax_id, Some(TaxId::ein("123456789").unwrap()));
    let claim = &value.claims[0];
    assert_eq!(claim.status, ClaimPaymentStatus::Primary);
    assert_eq!((claim.charge, claim.paid), (cents("200"), cents("95.5")));
    assert_eq!(claim.patient_responsibility, Some(cents("24.5")));
    let adjustments: Vec<String> = claim.adjustments.iter().map(ToString::to_string).collect();
    assert_eq!(adjustments, ["PR-1 10.00", "PR-2 4.50"]);
    assert_eq!(claim.adjustments[1].quantity.unwrap().as_whole(), Some(1));
    assert_eq!(claim.remark_codes.iter().map(|code| code.as_str()).collect::<Vec<_>>(), ["MA01", "N1"]);
    let line = &claim.lines[0];
    assert_eq!((line.procedure.as_str(), line.modifiers[0].as_str()), (Some("A0001"), "GT"));
    assert_eq!(line.date_of_service.unwrap().to_string(), "2026-01-05/2026-01-06");
    assert_eq!((line.control_number.as_deref(), line.allowed), (Some("L1"), Some(cents("70"))));
    assert_eq!(line.adjustments.len(), 2);
    assert_eq!(line.remark_codes[0].as_str(), "N130");
    let amounts: Vec<Money> = value.provider_adjustments.iter().map(|adjustment| adjustment.amount).collect();
    assert_eq!(amounts, [cents("-5"), cents("15")]);
    assert_eq!(value.provider_adjustments[0].reference.as_ref().unwrap().expose(), "TESTREF");
    assert_eq!(value.provider_adjustments[1].reference, None);
    assert_eq!(value.imbalances().unwrap(), []);
}

#[test]
fn reading_does_not_judge_the_balance() {
    let value = read(&BODY.replace("SVC*HC:A0003*80*50", "SVC*HC:A0003*80*49")).unwrap().value;
    let levels: Vec<BalanceLevel> = value.imbalances().unwrap().iter().map(|found| found.level).collect();
    assert_eq!(levels, [BalanceLevel::Line { claim: 1, line: 2 }]);
}

#[test]
fn what_cannot_be_read_is_an_error_with_its_place() {
    let missing = ReadErrorKind::Missing;
    for (right, wrong, segment, element, kind) in [
        ("BPR*I*85.5", "BPR*I*85.555", "BPR", 2, MoneyError::MoreThanCents { position: 5 }.into()),
        ("BPR*I*85.5", "BPR*I*", "BPR", 2, missing),
        ("20260115", "20261315", "BPR", 16, superbill_core::DateError::Month.into()),
        ("TESTTRACE", " ", "TRN", 2, IdError::Empty.into()),
        ("CLP*TEST-1*1*", "CLP*TEST-1*X*", "CLP", 2, ReadErrorKind::Number),
        ("CLP*TEST-1*", "CLP**", "CLP", 1, missing),
        ("*200*95.5*", "*200*$95.5*", "CLP", 4, MoneyError::Character { position: 0 }.into()),
        ("CAS*CO*45*50", "CAS*CO*45", "CAS", 3, missing),
        ("CAS*CO*45*50", "CAS*CO**50", "CAS", 2, missing),
        ("SVC*HC:A0003*80*", "SVC*HC:A0003**", "SVC", 2, missing),
        ("AMT*B6*70", "AMT*B6*7O", "AMT", 2, MoneyError::Character { position: 1 }.into()),
        ("*WO*15", "*WO", "PLB", 6, missing),
        ("*WO*15", "**15", "PLB", 5, missing),
    ] {
        assert!(BODY.contains(right), "{right}");
        let error = read(&BODY.replacen(right, wrong, 1)).unwrap_err();
        let place = (error.location.segment_id, error.location.element, error.kind);
        assert_eq!(place, (segment, Some(element), kind), "{wrong}");
    }
    for (left_out, segment) in [
        ("BPR*I*85.5*C*ACH************20260115~", "BPR"),
        ("TRN*1*TESTTRACE*1999999999~", "TRN"),
        ("N1*PR*TEST PAYER*XV*TEST1~", "N1*PR"),
        ("N1*PE*TEST CLINIC*XX*1234567893~", "N1*PE"),
    ] {
        let error = read(&BODY.replacen(left_out, "", 1)).unwrap_err();
        assert!(matches!(error.kind, ReadErrorKind::NoSegment { segment: lost, .. } if lost == segment), "{error}");
    }
}

#[test]
fn what_is_not_in_the_model_is_said() {
    for (right, changed, said) in [
        ("*50**1~", "*50**1*HC:A0002~", vec!["2110 SVC06 NotCarried"]),
        ("SVC*HC:A0003", "SVC*NU:0300", vec!["2110 SVC01 NotCarried"]),
        ("CAS*CO*45*30", "CAS*C-*45*30", vec!["2110 CAS01 Unreadable"]),
        ("*MA01*", "*MA-1*", vec!["2100 MOA03 Unreadable"]),
        ("MOA***MA01", "NM1*QC*1*TESTPATIENT~MOA***MA01", vec!["2100 NM1 NotCarried"]),
        ("LQ*HE*N130", "LQ*RX*75", vec!["2110 LQ NotCarried"]),
        ("DTM*151*20260106", "DTM*151*20260104", vec!["2110 DTM02 Unreadable"]),
        ("DTM*472*20260105~", "DTM*472*20260105~DTM*472*20260106~", vec!["2110 DTM Repeated"]),
        ("PLB*", "LX*2~PLB*", vec!["2000 LX01 NotCarried"]),
        ("N1*PE", "N1*PR*SECOND~N3*2 ST~N1*PE", vec![" N1 Misplaced", " N3 NotCarried"]),
        ("LX*1~", "LX*1~SV1*HC:A0001~", vec!["2000 SV1 Misplaced"]),
    ] {
        assert!(BODY.contains(right), "{right}");
        let read = read(&BODY.replacen(right, changed, 1)).unwrap();
        let notices: Vec<String> = read
            .notices
            .iter()
            .map(|notice| {
                let element = notice.location.element.map(|element| format!("{element:02}")).unwrap_or_default();
                let kind = format!("{:?}", notice.kind);
                format!(
                    "{} {}{element} {}",
                    notice.loop_id,
                    notice.location.segment_id,
                    kind.split('(').next().unwrap()
                )
            })
            .collect();
        assert_eq!(notices, said, "{changed}");
    }
}

#[test]
fn a_code_of_another_system_is_not_taken_for_hcpcs() {
    let value = read(&BODY.replacen("SVC*HC:A0003", "SVC*ER:A0003", 1)).unwrap().value;
    assert!(matches!(value.claims[0].lines[1].procedure, ProcedureCode::Unrecognized(_)));
    assert!(matches!(write_remittances(&[value], &envelope()), Err(WriteError::NoPlace { item: 1, .. })));
}

fn envelope() -> Envelope {
    let (payer, clinic) = (Party::new("TEST PAYER", "TESTPAYER"), Party::new("TEST CLINIC", "TESTCLINIC"));
    Envelope::new(payer, clinic, "2026-01-15".parse().unwrap(), "0930")
}

fn remittance() -> Remittance {
    let date = "2026-01-15".parse().unwrap();
    let payment = Payment::new(cents("96"), PaymentMethod::Check, date, "TESTTRACE".parse().unwrap());
    let payee = Provider::new(PartyName::Organization("TEST CLINIC".into()), Some("1234567893".parse().unwrap()));
    let mut remittance = Remittance::new(payment, Payer::new("TEST PAYER", "TEST1"), payee);
    let number = "TEST-1".parse().unwrap();
    let mut claim = ClaimPayment::new(number, ClaimPaymentStatus::Primary, cents("200"), cents("96"));
    let adjust = |group, reason: &str, amount: &str| {
        Adjustment::new(group, AdjustmentReason::parse(reason).unwrap(), cents(amount))
    };
    claim.adjustments.push(adjust(AdjustmentGroup::ContractualObligation, "45", "80"));
    claim.adjustments.push(adjust(AdjustmentGroup::PatientResponsibility, "1", "14"));
    claim.adjustments.push(adjust(AdjustmentGroup::PatientResponsibility, "2", "10"));
    remittance.claims.push(claim);
    remittance
}

#[test]
fn a_written_remittance_reads_as_the_guide_has_it() {
    let file = write_remittances(&[remittance()], &envelope()).unwrap();
    let text = String::from_utf8(file).unwrap();
    assert_eq!(
        text.split_inclusive('~').skip(2).collect::<String>(),
        "ST*835*0001~BPR*I*96*C*CHK************20260115~TRN*1*TESTTRACE~DTM*405*20260115~N1*PR*TEST PAYER*XV*TEST1~\
N1*PE*TEST CLINIC*XX*1234567893~LX*1~CLP*TEST-1*1*200*96~CAS*CO*45*80~CAS*PR*1*14**2*10~SE*11*0001~\
GE*1*1~IEA*1*000000001~"
    );
}

#[test]
fn an_adjustment_group_that_is_not_known_is_carried_and_written_back() {
    let Read { value, notices, .. } = read(&BODY.replacen("CAS*CO*45*30", "CAS*CR*45*30", 1)).unwrap();
    assert_eq!(notices, []);
    assert_eq!(value.claims[0].lines[1].adjustments[0].group.code(), Some("CR"));
    assert_eq!(value.imbalances().unwrap(), []);
    let file = write_remittances(&[value], &envelope()).unwrap();
    assert!(String::from_utf8(file).unwrap().contains("~CAS*CR*45*30~"));
}

#[test]
fn what_an_835_has_no_place_for_is_refused() {
    let refused = |change: &dyn Fn(&mut Remittance)| {
        let mut changed = remittance();
        change(&mut changed);
        write_remittances(&[remittance(), changed], &envelope()).unwrap_err()
    };
    let place = |error| matches!(error, WriteError::NoPlace { item: 2, .. });
    assert!(place(refused(&|changed| changed.claims[0].adjustments[0].group = AdjustmentGroup::from_code("C-"))));
    assert!(place(refused(&|changed| changed.payee.tax_id = Some(TaxId::ssn("000000000").unwrap()))));
    assert!(place(refused(&|changed| changed.payee.taxonomy = Some("207Q00000X".into()))));
    let remarks = refused(&|changed| {
        changed.claims[0].remark_codes = vec!["N1", "N2", "N3", "N4", "N5", "N6"]
            .into_iter()
            .map(|code| superbill_claim::RemarkCode::parse(code).unwrap())
            .collect()
    });
    assert_eq!(remarks, WriteError::TooMany { item: 2, what: "remarks on a claim", most: 5 });
    assert_eq!(write_remittances(&[], &envelope()), Err(WriteError::Nothing { what: "remittance" }));
}
