//! Professional claims, segment by segment.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use superbill_claim::{
    Claim, ClaimFrequency, Coverage, DiagnosisCode, Party, PartyName, Payer, Person, ProcedureCode, Provider,
    ServiceLine, UnitBasis,
};
use superbill_core::{DateRange, MoneyError, PersonName, Phi, TaxId};
use superbill_edi::{
    Envelope, NoticeKind, ProfessionalTransaction, ReadErrorKind, WriteError, read_professional, transactions,
    write_professional,
};
use superbill_icd10cm::Icd10CmCode;
use superbill_x12::{Document, X12Error};

const HEAD: &str = "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~\
GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~\
ST*837*0001*005010X222A1~\
BHT*0019*00*TEST1*20260101*1200*CH~\
NM1*41*2*TEST BILLER*****46*TESTSENDER~\
PER*IC*TEST CONTACT*TE*5555550100~\
NM1*40*2*TEST PAYER*****46*TESTRECEIVER~";
const BILLING: &str = "HL*1**20*1~PRV*BI*PXC*207Q00000X~NM1*85*2*TEST CLINIC*****XX*1234567893~\
N3*1 TEST ST~N4*TESTTOWN*OH*440000000~REF*EI*123456789~";
const SUBSCRIBER: &str = "HL*2*1*22*0~SBR*P*18*TESTGROUP******MB~NM1*IL*1*TESTPATIENT*ANN****MI*TEST0001~\
N3*2 TEST ST~N4*TESTTOWN*OH*44000~DMG*D8*19700102*F~NM1*PR*2*TEST PAYER*****PI*TEST1~";
const CLAIM: &str = "CLM*TEST-1*150***11:B:1*Y*A*Y*Y~HI*ABK:E1165*ABF:I10~\
LX*1~SV1*HC:G0108:GT*150*UN*2***1:2~DTP*472*D8*20260105~REF*6R*TESTLINE1~";

fn read(segments: &str) -> ProfessionalTransaction {
    let file = format!("{HEAD}{segments}SE*99*0001~GE*1*1~IEA*1*000000001~");
    let document = Document::read(file.as_bytes()).unwrap();
    read_professional(&transactions(&document).next().unwrap()).unwrap()
}

/// Kind, loop, segment and element of each notice.
fn notices(read: &ProfessionalTransaction) -> Vec<String> {
    let claims = read.claims.iter().flat_map(|claim| &claim.notices);
    let notices = read.notices.iter().chain(claims);
    notices
        .map(|notice| {
            let element = notice.location.element.map(|element| format!("{element:02}")).unwrap_or_default();
            let kind = format!("{:?}", notice.kind);
            let kind = kind.split('(').next().unwrap();
            format!("{} {}{element} {kind}", notice.loop_id, notice.location.segment_id)
        })
        .collect()
}

fn one(read: &ProfessionalTransaction) -> &Claim {
    assert_eq!((read.claims.len(), read.failed.len()), (1, 0), "{:?}", read.failed);
    &read.claims[0].claim
}

#[test]
fn a_plain_claim_is_carried_whole() {
    let read = read(&format!("{BILLING}{SUBSCRIBER}{CLAIM}"));
    assert_eq!(notices(&read), [""; 0]);
    let claim = one(&read);
    assert_eq!(read.submitter.as_ref().unwrap().name, "TEST BILLER");
    assert_eq!(read.reference.as_deref(), Some("TEST1"));
    assert_eq!(claim.patient_control_number.expose().as_str(), "TEST-1");
    assert_eq!(claim.total_charge.to_string(), "150.00");
    assert_eq!(claim.billing_provider.npi.unwrap().as_str(), "1234567893");
    assert_eq!(claim.billing_provider.tax_id, Some(TaxId::ein("123456789").unwrap()));
    assert_eq!(claim.billing_provider.taxonomy.as_deref(), Some("207Q00000X"));
    assert_eq!(claim.coverage.filing_indicator.unwrap().as_str(), "MB");
    assert_eq!(claim.subscriber.birth_date.as_ref().unwrap().expose().to_string(), "1970-01-02");
    assert!(claim.patient.is_none());
    assert_eq!(claim.diagnoses[1].icd10cm().unwrap().to_string(), "I10");
    let line = &claim.lines[0];
    assert_eq!(line.procedure.as_str(), Some("G0108"));
    assert_eq!(line.modifiers[0].as_str(), "GT");
    assert_eq!((line.unit_basis, line.units.as_whole()), (UnitBasis::Units, Some(2)));
    assert_eq!(line.diagnosis_pointers.iter().map(|pointer| pointer.ordinal()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(line.control_number.as_deref(), Some("TESTLINE1"));
    assert_eq!(read.claims[0].segments, 21..=26);
}

#[test]
fn deeper_loops_do_not_change_what_is_above_them() {
    let deep = "CLM*TEST-1*150***11:B:7*Y*A*Y*Y~REF*F8*TESTICN~REF*G1*TESTAUTH~HI*ABK:E1165~\
NM1*DN*1*TESTREFER*AMY****XX*1234567893~REF*G2*X~\
NM1*82*1*TESTRENDER*ROB****XX*1234567893~PRV*PE*PXC*207RC0000X~\
NM1*77*2*TEST FACILITY~N3*3 TEST ST~N4*FARTOWN*OH*44001~\
NM1*DQ*1*TESTSUPER*SUE~\
SBR*S*18*OTHERGROUP******CI~AMT*D*10~OI***Y***Y~NM1*IL*1*OTHERPERSON*OLA****MI*OTHER1~N3*9 OTHER ST~N4*OTHERTOWN*PA*11111~\
NM1*PR*2*OTHER PAYER*****PI*OTHERID~DTP*573*D8*20251231~REF*G1*OTHERAUTH~REF*F8*OTHERICN~NM1*82*1*OTHERDOC~\
LX*1~SV1*HC:J1885*150*UN*2***1~DTP*472*RD8*20260105-20260106~DTP*463*D8*20200101~REF*6R*L1~\
LIN**N4*00000000000~CTP****2*UN~REF*XZ*RX1~\
NM1*82*1*TESTLINEDOC*LEE****XX*1234567893~PRV*PE*PXC*208D00000X~REF*G2*Y~NM1*DQ*1*TESTSUPER~REF*6R*WRONG~\
SVD*OTHERID*5*HC:G0008**1~CAS*PR*1*5~DTP*573*D8*20251230~DTP*472*D8*19990101~";
    let read = read(&format!("{BILLING}{SUBSCRIBER}{deep}"));
    let claim = one(&read);
    assert_eq!(claim.coverage.payer.id, "TEST1");
    assert_eq!(claim.coverage.group_number.as_ref().unwrap().expose(), "TESTGROUP");
    assert_eq!(claim.subscriber.name.expose().family, "TESTPATIENT");
    assert_eq!(claim.subscriber.address.as_ref().unwrap().expose().lines, ["2 TEST ST"]);
    assert_eq!(claim.frequency, ClaimFrequency::Replacement);
    assert_eq!(claim.payer_control_number.as_ref().unwrap().as_str(), "TESTICN");
    assert_eq!(claim.prior_authorization.as_ref().unwrap().expose(), "TESTAUTH");
    let family = |provider: &Option<Provider>| match &provider.as_ref().unwrap().name {
        PartyName::Person(name) => name.family.clone(),
        PartyName::Organization(name) => name.clone(),
        _ => String::new(),
    };
    assert_eq!(family(&claim.referring_provider), "TESTREFER");
    assert_eq!(family(&claim.rendering_provider), "TESTRENDER");
    assert_eq!(family(&claim.service_facility), "TEST FACILITY");
    assert_eq!(claim.service_facility.as_ref().unwrap().address.as_ref().unwrap().city, "FARTOWN");
    let line = &claim.lines[0];
    assert_eq!(family(&line.rendering_provider), "TESTLINEDOC");
    assert_eq!(line.control_number.as_deref(), Some("L1"));
    assert_eq!(line.date_of_service.rd8().unwrap(), "20260105-20260106");
    assert_eq!(
        notices(&read),
        [
            "2310A REF NotCarried",
            "2310D NM1 NotCarried",
            "2320 SBR NotCarried",
            "2320 AMT NotCarried",
            "2320 OI NotCarried",
            "2330A NM1 NotCarried",
            "2330A N3 NotCarried",
            "2330A N4 NotCarried",
            "2330B NM1 NotCarried",
            "2330B DTP NotCarried",
            "2330B REF NotCarried",
            "2330B REF NotCarried",
            "2330D NM1 NotCarried",
            "2400 DTP NotCarried",
            "2410 LIN NotCarried",
            "2410 CTP NotCarried",
            "2410 REF NotCarried",
            "2420A REF NotCarried",
            "2420D NM1 NotCarried",
            "2420D REF NotCarried",
            "2430 SVD NotCarried",
            "2430 CAS NotCarried",
            "2430 DTP NotCarried",
            "2430 DTP NotCarried",
        ]
    );
}

#[test]
fn a_claim_takes_its_parties_from_the_parents_of_its_level() {
    let second = "HL*3**20*1~NM1*85*2*OTHER CLINIC*****XX*1987654328~";
    // The third subscriber names the first billing provider, though the second one is nearer.
    let third = SUBSCRIBER.replace("HL*2*1*22*0", "HL*4*1*22*1").replace("SBR*P*18*", "SBR*S**");
    let dependent = "HL*5*4*23*0~PAT*19~NM1*QC*1*TESTCHILD*BO~N3*2 TEST ST~N4*TESTTOWN*OH*44000~DMG*D8*20100101*M~";
    let read = read(&format!("{BILLING}{SUBSCRIBER}{CLAIM}{second}{third}{dependent}{CLAIM}"));
    assert_eq!(notices(&read), [""; 0]);
    let [own, child] = &read.claims[..] else { panic!("two claims") };
    assert_eq!(own.claim.billing_provider, child.claim.billing_provider);
    assert_eq!(own.claim.subscriber, child.claim.subscriber);
    let (relationship, person) = child.claim.patient.as_ref().unwrap();
    assert_eq!((relationship.code(), person.name.expose().family.as_str()), ("19", "TESTCHILD"));
    assert_eq!((own.ordinal, child.ordinal), (1, 2));
}

#[test]
fn a_wrong_parent_number_is_said_and_the_nearest_level_taken() {
    let lost = SUBSCRIBER.replace("HL*2*1*22*0", "HL*2*7*22*0");
    let read = read(&format!("{BILLING}{lost}{CLAIM}"));
    assert_eq!(notices(&read), ["2000B HL02 Parent"]);
    assert_eq!(one(&read).billing_provider.npi.unwrap().as_str(), "1234567893");
}

#[test]
fn one_claim_that_cannot_be_held_does_not_take_the_others_with_it() {
    let cases: [(&str, &str, &str, Option<u8>, ReadErrorKind); 9] = [
        ("CLM*TEST-1*150*", "CLM*TEST-1**", "CLM", Some(2), ReadErrorKind::Missing),
        ("*150***", "*150.505***", "CLM", Some(2), MoneyError::MoreThanCents { position: 6 }.into()),
        ("CLM*TEST-1*", "CLM**", "CLM", Some(1), ReadErrorKind::Missing),
        ("11:B:1", "11:B", "CLM", Some(5), ReadErrorKind::Code),
        ("*Y*A*Y*Y~", "*Y*Q*Y*Y~", "CLM", Some(7), ReadErrorKind::Code),
        ("*UN*2*", "*UN**", "SV1", Some(4), ReadErrorKind::Missing),
        ("*UN*2*", "*ML*2*", "SV1", Some(3), ReadErrorKind::Code),
        ("DTP*472*D8*20260105", "DTP*472*D8*20260230", "DTP", Some(3), superbill_core::DateError::Day.into()),
        ("DTP*472*D8*20260105~", "", "LX", None, ReadErrorKind::NoSegment { segment: "DTP*472", loop_id: "2400" }),
    ];
    for (right, wrong, segment, element, kind) in cases {
        assert!(CLAIM.contains(right));
        let read = read(&format!("{BILLING}{SUBSCRIBER}{CLAIM}{}{CLAIM}", CLAIM.replacen(right, wrong, 1)));
        let ordinals: Vec<usize> = read.claims.iter().map(|claim| claim.ordinal).collect();
        assert_eq!(ordinals, [1, 3], "{wrong}");
        let failure = &read.failed[0];
        assert_eq!((failure.ordinal, *failure.segments.start()), (2, 27), "{wrong}");
        let location = failure.error.location;
        assert_eq!((location.segment_id, location.element, failure.error.kind), (segment, element, kind), "{wrong}");
        assert!(failure.segments.contains(&location.segment));
    }
}

#[test]
fn what_stands_above_a_claim_is_asked_for() {
    let lost = |segment, loop_id| ReadErrorKind::NoSegment { segment, loop_id };
    for (left_out, kind) in [
        ("NM1*85*2*TEST CLINIC*****XX*1234567893~", lost("NM1*85", "2010AA")),
        ("NM1*IL*1*TESTPATIENT*ANN****MI*TEST0001~", lost("NM1*IL", "2010BA")),
        ("NM1*PR*2*TEST PAYER*****PI*TEST1~", lost("NM1*PR", "2010BB")),
        ("SBR*P*18*TESTGROUP******MB~", lost("SBR", "2000B")),
        ("*MI*TEST0001", ReadErrorKind::Missing),
        (SUBSCRIBER, ReadErrorKind::Hierarchy),
        (BILLING, ReadErrorKind::Hierarchy),
    ] {
        let all = format!("{BILLING}{SUBSCRIBER}{CLAIM}");
        assert!(all.contains(left_out));
        let read = read(&all.replacen(left_out, "", 1));
        assert_eq!(read.claims.len(), 0, "{left_out}");
        assert_eq!(read.failed[0].error.kind, kind, "{left_out}");
    }
}

#[test]
fn what_is_not_in_the_model_is_said_to_the_element() {
    for (right, changed, said) in [
        ("*Y*A*Y*Y~", "*Y*A*Y*Y*P~", vec!["2300 CLM10 NotCarried"]),
        ("11:B:1", "11:A:1", vec!["2300 CLM05 NotCarried"]),
        ("HI*ABK:E1165*ABF:I10", "HI*ABK:E1165*BG:01*ABF:I10", vec!["2300 HI02 NotCarried"]),
        ("HI*ABK:E1165", "HI*ABF:E1165", vec!["2300 HI01 Misplaced"]),
        ("HC:G0108:GT", "HC:G0108:GTX", vec!["2400 SV101 Unreadable"]),
        ("HC:G0108:GT", "ER:G0108:GT", vec!["2400 SV101 NotCarried"]),
        ("LX*1", "LX*3", vec!["2400 LX01 NotCarried"]),
        ("*1:2~", "*1:x~", vec!["2400 SV107 Unreadable"]),
        ("*1:2~", "*1:2**Y~", vec!["2400 SV109 NotCarried"]),
        ("DMG*D8*19700102", "DMG*D8*19701302", vec!["2010BA DMG02 Unreadable"]),
        ("SBR*P*", "SBR*X*", vec!["2000B SBR01 Unreadable"]),
        ("XX*1234567893", "XX*TESTNPI", vec![]),
        ("REF*EI*123456789", "REF*EI*1234", vec!["2010AA REF02 Unreadable"]),
        ("REF*EI*123456789", "REF*0B*1234", vec!["2010AA REF NotCarried"]),
        ("LX*1~", "ZZZ*TESTPATIENT~LX*1~", vec!["2300  Unknown"]),
        ("LX*1~", "CLP*TESTPATIENT~LX*1~", vec!["2300 CLP Misplaced"]),
        ("LX*1~", "NM1*QQ*1*A~N3*B~LX*1~", vec![" NM1 Misplaced", " N3 NotCarried"]),
        ("REF*6R*", "REF*6R*FIRST~REF*6R*", vec!["2400 REF Repeated"]),
    ] {
        let all = format!("{BILLING}{SUBSCRIBER}{CLAIM}");
        assert!(all.contains(right), "{right}");
        let read = read(&all.replacen(right, changed, 1));
        assert_eq!(notices(&read), said, "{changed}");
    }
}

#[test]
fn an_older_diagnosis_is_kept_and_not_taken_for_icd_10() {
    let read = read(&format!("{BILLING}{SUBSCRIBER}{CLAIM}").replace("ABK:E1165*ABF:I10", "BK:E8888*BF:4019"));
    let claim = one(&read);
    assert_eq!(claim.diagnoses[0], DiagnosisCode::Unrecognized(Phi::new("E8888".to_owned())));
    let file = write_professional(std::slice::from_ref(claim), &envelope()).unwrap();
    let document = Document::read(&file).unwrap();
    let read = read_professional(&transactions(&document).next().unwrap()).unwrap();
    assert_eq!(&read.claims[0].claim, claim);
}

#[test]
fn another_transaction_is_refused() {
    for guide in ["005010X223A2", "004010X098A1", ""] {
        let file = format!("{HEAD}SE*5*0001~GE*1*1~IEA*1*000000001~").replace("005010X222A1", guide);
        let document = Document::read(file.as_bytes()).unwrap();
        let error = read_professional(&transactions(&document).next().unwrap()).unwrap_err();
        assert_eq!(error.kind, ReadErrorKind::WrongTransaction { expected: "837 005010X222A1" }, "{guide}");
    }
}

fn envelope() -> Envelope {
    let (submitter, receiver) = (Party::new("TEST CLINIC", "TESTCLINIC"), Party::new("TEST PAYER", "TESTPAYER"));
    Envelope::new(submitter, receiver, "2026-10-06".parse().unwrap(), "0930")
}

fn claim() -> Claim {
    let clinic = Provider::new(PartyName::Organization("TEST CLINIC".into()), Some("1234567893".parse().unwrap()));
    let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), "TEST0001".parse().unwrap());
    let patient = Person::new(PersonName::new("TESTPATIENT", "ANN"));
    let mut claim = Claim::professional("TEST-1".parse().unwrap(), "11".parse().unwrap(), clinic, coverage, patient);
    let pointer = claim.diagnosis("E11.65".parse::<Icd10CmCode>().unwrap()).unwrap();
    let day = DateRange::single("2026-10-05".parse().unwrap());
    let line = ServiceLine::new(ProcedureCode::from_text("G0108"), day, "2".parse().unwrap(), "150".parse().unwrap());
    claim.line(line.pointing_to([pointer])).unwrap();
    claim.build().unwrap()
}

#[test]
fn a_written_claim_reads_as_the_guide_has_it() {
    let file = write_professional(&[claim(), claim()], &envelope()).unwrap();
    let text = String::from_utf8(file).unwrap();
    let body = text.split_inclusive('~').skip(2).collect::<String>();
    let claim = "CLM*TEST-1*150***11:B:1*Y*A*Y*Y~HI*ABK:E1165~LX*1~SV1*HC:G0108*150*UN*2***1~DTP*472*D8*20261005~";
    assert_eq!(
        body,
        format!(
            "ST*837*0001*005010X222A1~BHT*0019*00*1*20261006*0930*CH~NM1*41*2*TEST CLINIC*****46*TESTCLINIC~\
NM1*40*2*TEST PAYER*****46*TESTPAYER~HL*1**20*1~NM1*85*2*TEST CLINIC*****XX*1234567893~\
HL*2*1*22*0~SBR*P*18~NM1*IL*1*TESTPATIENT*ANN****MI*TEST0001~NM1*PR*2*TEST PAYER*****PI*TEST1~\
{claim}{claim}SE*21*0001~GE*1*1~IEA*1*000000001~"
        )
    );
}

#[test]
fn a_subscriber_level_takes_a_hundred_claims() {
    let claims = vec![claim(); 201];
    let file = write_professional(&claims, &envelope()).unwrap();
    let document = Document::read(&file).unwrap();
    let levels: Vec<String> = document
        .segments()
        .filter(|segment| segment.id() == "HL")
        .map(|level| level.element(3).text().into_owned())
        .collect();
    assert_eq!(levels, ["20", "22", "22", "22"]);
    let read = read_professional(&transactions(&document).next().unwrap()).unwrap();
    assert_eq!(read.claims.len(), 201);
}

#[test]
fn what_an_837p_has_no_place_for_is_refused() {
    let refused = |change: &dyn Fn(&mut Claim)| {
        let mut changed = claim();
        change(&mut changed);
        write_professional(&[claim(), changed], &envelope()).unwrap_err()
    };
    let provider = || Some(claim().billing_provider);
    let place = |error| matches!(error, WriteError::NoPlace { item: 2, .. });
    assert!(place(refused(&|claim| {
        claim.rendering_provider = provider();
        claim.rendering_provider.as_mut().unwrap().tax_id = Some(TaxId::ein("123456789").unwrap());
    })));
    assert!(place(refused(&|claim| {
        claim.referring_provider = provider();
        claim.referring_provider.as_mut().unwrap().taxonomy = Some("207Q00000X".into());
    })));
    assert!(place(refused(&|claim| {
        claim.lines[0].date_of_service = DateRange::from("2026-10-05".parse().unwrap());
    })));
    assert!(place(refused(&|claim| claim.billing_provider.malformed_npi = Some(Phi::new("1".into())))));
    assert!(place(refused(&|claim| {
        claim.lines[0].procedure = ProcedureCode::Unrecognized(Phi::new("G0108".into()));
    })));
    let many = refused(&|claim| claim.lines[0].modifiers = vec!["GT".parse().unwrap(); 5]);
    assert_eq!(many, WriteError::TooMany { item: 2, what: "modifiers on a line", most: 4 });
    let many = refused(&|claim| claim.lines = vec![claim.lines[0].clone(); 51]);
    assert_eq!(many, WriteError::TooMany { item: 2, what: "service lines", most: 50 });
    let delimiter = refused(&|claim| claim.prior_authorization = Some(Phi::new("A*B".into())));
    assert!(matches!(delimiter, WriteError::X12(X12Error::DelimiterInText { element: 2, .. })));
    assert_eq!(write_professional(&[], &envelope()), Err(WriteError::Nothing { what: "claim" }));
}

#[test]
fn notices_are_values() {
    let read = read(&format!("{BILLING}{SUBSCRIBER}{CLAIM}").replace("LX*1~", "K3*TESTPATIENT~LX*1~"));
    let notice = read.claims[0].notices[0];
    assert_eq!(notice.kind, NoticeKind::NotCarried);
    assert_eq!(notice.to_string(), "segment 23 (K3), loop 2300: the model does not carry this yet");
}
