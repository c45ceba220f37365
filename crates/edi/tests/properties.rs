//! Invariants over random claims, random remittances and damaged files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use superbill_claim::{
    AcknowledgementCode, Adjustment, AdjustmentGroup, AdjustmentReason, Claim, ClaimAcknowledgement, ClaimPayment,
    ClaimPaymentStatus, ClaimStatus, Contact, Coverage, FilingIndicator, LinePayment, Party, PartyName, Payer, Payment,
    PaymentMethod, Person, Provider, ProviderAdjustment, Relationship, RemarkCode, Remittance, ServiceLine,
};
use superbill_core::{Address, Date, DateRange, Money, PersonName, Phi, Quantity, Sex, TaxId};
use superbill_edi::{
    ClaimRead, Envelope, Received, acknowledge, check::CheckOptions, checks, read_claim_acknowledgements,
    read_functional_acknowledgement, read_professional, read_remittance, transactions, write_claim_acknowledgements,
    write_professional, write_remittances,
};
use superbill_hcpcs::HcpcsCode;
use superbill_icd10cm::Icd10CmCode;
use superbill_x12::{Delimiters, Document, LineEnding, Severity};

/// Every text of a claim begins so: none of it may show in a notice or error.
const SECRET: &str = "TESTPATIENT";

fn text() -> impl Strategy<Value = String> {
    "[A-Z0-9&',.-]{0,6}( [A-Z0-9]{1,6})?".prop_map(|rest| format!("{SECRET}{rest}"))
}

fn date() -> impl Strategy<Value = Date> {
    (0..20_000).prop_map(|days| Date::new(1990, 1, 1).unwrap().add_days(days).unwrap())
}

fn period() -> impl Strategy<Value = DateRange> {
    (date(), 0..9).prop_map(|(first, days)| DateRange::new(first, Some(first.add_days(days).unwrap())).unwrap())
}

fn money() -> impl Strategy<Value = Money> {
    (-1_000_000i64..10_000_000).prop_map(Money::from_cents)
}

fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof!["[1-9][0-9]{0,3}", "[0-9]\\.[0-9]{1,3}"].prop_map(|text| text.parse().unwrap())
}

fn address() -> impl Strategy<Value = Address> {
    (vec(text(), 0..=2), text(), option::of("[A-Z]{2}"), option::of("[0-9]{5}([0-9]{4})?"), option::of("[A-Z]{2}"))
        .prop_map(|(lines, city, state, postal_code, country)| Address { lines, city, state, postal_code, country })
}

fn name() -> impl Strategy<Value = PersonName> {
    (text(), option::of(text()), option::of(text()), option::of(text()))
        .prop_map(|(family, given, middle, suffix)| PersonName { family, given, middle, suffix })
}

fn provider() -> impl Strategy<Value = Provider> {
    let name = prop_oneof![text().prop_map(PartyName::Organization), name().prop_map(PartyName::Person)];
    (name, prop_oneof![Just(None), "[12][0-9]{9}".prop_map(Some), "[3-9][0-9]{5}".prop_map(Some)]).prop_map(
        |(name, number)| {
            let mut provider = Provider::new(name, None);
            match number.as_deref().map(str::parse) {
                Some(Ok(npi)) => provider.npi = Some(npi),
                Some(Err(_)) => provider.malformed_npi = number.map(Phi::new),
                None => {}
            }
            provider
        },
    )
}

fn rendering() -> impl Strategy<Value = Provider> {
    (provider(), option::of("[0-9A-Z]{10}")).prop_map(|(mut provider, taxonomy)| {
        provider.taxonomy = taxonomy;
        provider
    })
}

fn billing() -> impl Strategy<Value = Provider> {
    let tax_id = option::of((any::<bool>(), "[0-9]{9}").prop_map(|(organisation, digits)| {
        if organisation { TaxId::ein(&digits).unwrap() } else { TaxId::ssn(&digits).unwrap() }
    }));
    (rendering(), option::of(address()), tax_id).prop_map(|(mut provider, address, tax_id)| {
        provider.address = address;
        provider.tax_id = tax_id;
        provider
    })
}

fn person() -> impl Strategy<Value = Person> {
    let sex = prop_oneof![Just(Sex::Female), Just(Sex::Male), Just(Sex::Unknown)];
    (name(), option::of(date()), option::of(sex), option::of(address())).prop_map(|(name, birth, sex, address)| {
        let mut person = Person::new(name);
        person.birth_date = birth.map(Phi::new);
        person.sex = sex;
        person.address = address.map(Phi::new);
        person
    })
}

fn coverage() -> impl Strategy<Value = Coverage> {
    let filing = option::of("[A-Z]{1,2}|1[0-9]");
    (text(), text(), text(), option::of(address()), option::of(text()), option::of(text()), filing).prop_map(
        |(name, id, member, address, group_number, group_name, filing)| {
            let mut payer = Payer::new(name, id);
            payer.address = address;
            let mut coverage = Coverage::new(payer, member.parse().unwrap());
            coverage.group_number = group_number.map(Phi::new);
            coverage.group_name = group_name;
            coverage.filing_indicator = filing.map(|filing| FilingIndicator::parse(&filing).unwrap());
            coverage
        },
    )
}

fn relationship() -> impl Strategy<Value = Relationship> {
    prop_oneof![Just(Relationship::Spouse), Just(Relationship::Child), Just(Relationship::Other("G8".into()))]
}

/// What a claim has of its own; the parties are dealt to it.
#[derive(Debug, Clone)]
struct Own {
    parties: (usize, usize, Option<usize>),
    number: String,
    diagnoses: Vec<String>,
    lines: Vec<OwnLine>,
    rendering: Option<Provider>,
    referring: Option<Provider>,
    facility: Option<(Provider, Option<Address>)>,
    authorization: Option<String>,
    earlier: Option<(bool, String)>,
}

#[derive(Debug, Clone)]
struct OwnLine {
    code: String,
    modifiers: Vec<String>,
    date: DateRange,
    units: Quantity,
    charge: Money,
    pointers: Vec<usize>,
    description: Option<String>,
    place: Option<u8>,
    number: Option<String>,
    rendering: Option<Provider>,
}

fn own_line() -> impl Strategy<Value = OwnLine> {
    let code = "[AGJ][0-9]{4}";
    let detail = (option::of(text()), option::of(1u8..=99), option::of(text()), option::of(rendering()));
    (code, vec("[A-Z][A-Z0-9]", 0..=4), period(), quantity(), money(), vec(0usize..12, 1..=4), detail).prop_map(
        |(code, modifiers, date, units, charge, pointers, (description, place, number, rendering))| OwnLine {
            code,
            modifiers,
            date,
            units,
            charge,
            pointers,
            description,
            place,
            number,
            rendering,
        },
    )
}

fn own() -> impl Strategy<Value = Own> {
    let parties = (0..2usize, 0..2usize, option::of(0..2usize));
    let facility = option::of((provider(), option::of(address())));
    let diagnoses = proptest::collection::btree_set("[A-Z][0-9][0-9A-B][0-9]{0,3}", 1..=12);
    let diagnoses = diagnoses.prop_map(|codes| codes.into_iter().collect::<Vec<_>>()).prop_shuffle();
    let earlier = option::of((any::<bool>(), text()));
    (
        (parties, text(), diagnoses, vec(own_line(), 1..4)),
        (option::of(rendering()), option::of(provider()), facility, option::of(text()), earlier),
    )
        .prop_map(
            |((parties, number, diagnoses, lines), (rendering, referring, facility, authorization, earlier))| Own {
                parties,
                number,
                diagnoses,
                lines,
                rendering,
                referring,
                facility,
                authorization,
                earlier,
            },
        )
}

fn claim(
    own: &Own,
    billing: &[Provider],
    covered: &[(Coverage, Person)],
    patients: &[(Relationship, Person)],
) -> Claim {
    let (billing, (coverage, subscriber)) = (&billing[own.parties.0], covered[own.parties.1].clone());
    let number = own.number.parse().unwrap();
    let mut builder = Claim::professional(number, "11".parse().unwrap(), billing.clone(), coverage, subscriber);
    if let Some(patient) = own.parties.2 {
        let (relationship, person) = patients[patient].clone();
        builder.patient(relationship, person);
    }
    let codes = own.diagnoses.iter().filter_map(|code| Icd10CmCode::parse(code).ok());
    let mut pointers: Vec<_> = codes.filter_map(|code| builder.diagnosis(code).ok()).collect();
    if pointers.is_empty() {
        pointers.push(builder.diagnosis("E11.65".parse::<Icd10CmCode>().unwrap()).unwrap());
    }
    for line in &own.lines {
        let code = HcpcsCode::parse(&line.code).unwrap();
        let mut service = ServiceLine::new(code, line.date, line.units, line.charge)
            .with_modifiers(line.modifiers.iter().map(|modifier| modifier.parse().unwrap()))
            .pointing_to(line.pointers.iter().map(|at| pointers[at % pointers.len()]));
        service.description = line.description.clone().map(Phi::new);
        service.place_of_service = line.place.map(|code| superbill_core::PlaceOfService::new(code).unwrap());
        service.control_number.clone_from(&line.number);
        service.rendering_provider.clone_from(&line.rendering);
        builder.line(service).unwrap();
    }
    if let Some(provider) = &own.rendering {
        builder.rendering_provider(provider.clone());
    }
    if let Some(provider) = &own.referring {
        builder.referring_provider(provider.clone());
    }
    if let Some(number) = &own.authorization {
        builder.prior_authorization(number.clone());
    }
    match &own.earlier {
        Some((true, number)) => drop(builder.replacing(number.parse().unwrap())),
        Some((false, number)) => drop(builder.voiding(number.parse().unwrap())),
        None => {}
    }
    let mut claim = builder.build().unwrap();
    if let Some((provider, address)) = &own.facility {
        let mut facility = provider.clone();
        facility.address.clone_from(address);
        claim.service_facility = Some(facility);
    }
    claim
}

/// Claims of two billing providers, two subscribers and two patients, in any order.
fn claims() -> impl Strategy<Value = Vec<Claim>> {
    let parties = (vec(billing(), 2), vec((coverage(), person()), 2), vec((relationship(), person()), 2));
    (vec(own(), 1..7), parties).prop_map(|(claims, (billing, covered, patients))| {
        claims.iter().map(|own| claim(own, &billing, &covered, &patients)).collect()
    })
}

fn adjustment() -> impl Strategy<Value = Adjustment> {
    let group = prop_oneof![
        Just(AdjustmentGroup::ContractualObligation),
        Just(AdjustmentGroup::OtherAdjustment),
        Just(AdjustmentGroup::PayerInitiated),
        Just(AdjustmentGroup::PatientResponsibility),
        "[A-Z0-9]{1,2}".prop_map(|code| AdjustmentGroup::from_code(&code)),
    ];
    (group, "[A-Z0-9][0-9]{0,2}", money(), option::of(quantity())).prop_map(|(group, reason, amount, quantity)| {
        let mut adjustment = Adjustment::new(group, AdjustmentReason::parse(&reason).unwrap(), amount);
        adjustment.quantity = quantity;
        adjustment
    })
}

fn remarks() -> impl Strategy<Value = Vec<RemarkCode>> {
    vec("[MN][A0-9][0-9]{1,2}", 0..=5)
        .prop_map(|codes| codes.iter().map(|code| RemarkCode::parse(code).unwrap()).collect())
}

fn line_payment() -> impl Strategy<Value = LinePayment> {
    let code = "[AGJ][0-9]{4}".prop_map(|code| HcpcsCode::parse(&code).unwrap().into());
    let date = option::of(prop_oneof![period(), date().prop_map(DateRange::from)]);
    let detail = (option::of(quantity()), date, option::of(text()), option::of(money()));
    ((code, vec("[A-Z]{2}", 0..=4), money(), money()), detail, vec(adjustment(), 0..9), remarks()).prop_map(
        |((code, modifiers, charge, paid), (units, date, number, allowed), adjustments, remarks)| {
            let mut line = LinePayment::new(code, charge, paid);
            line.modifiers = modifiers.iter().map(|modifier| modifier.parse().unwrap()).collect();
            line.units = units;
            line.date_of_service = date;
            line.control_number = number;
            line.allowed = allowed;
            line.adjustments = adjustments;
            line.remark_codes = remarks;
            line
        },
    )
}

fn claim_payment() -> impl Strategy<Value = ClaimPayment> {
    let head = (text(), 0u8..30, money(), money());
    let detail = (option::of(money()), option::of("[A-Z]{2}"), option::of(text()));
    (head, detail, vec(adjustment(), 0..14), remarks(), vec(line_payment(), 0..3)).prop_map(
        |((number, status, charge, paid), (owed, filing, theirs), adjustments, remarks, lines)| {
            let status = ClaimPaymentStatus::from_code(status);
            let mut claim = ClaimPayment::new(number.parse().unwrap(), status, charge, paid);
            claim.patient_responsibility = owed;
            claim.filing_indicator = filing.map(|filing| FilingIndicator::parse(&filing).unwrap());
            claim.payer_control_number = theirs.map(|number| number.parse().unwrap());
            claim.adjustments = adjustments;
            claim.remark_codes = remarks;
            claim.lines = lines;
            claim
        },
    )
}

fn provider_adjustment() -> impl Strategy<Value = ProviderAdjustment> {
    ("[12]", option::of(Just(Date::MAX)), "[A-Z][A-Z0-9]", option::of(text()), money()).prop_map(
        |(provider, period, reason, reference, amount)| {
            let mut adjustment = ProviderAdjustment::new(provider, reason, amount);
            adjustment.fiscal_period = period;
            adjustment.reference = reference.map(Phi::new);
            adjustment
        },
    )
}

fn remittance() -> impl Strategy<Value = Remittance> {
    let method = prop_oneof![
        Just(PaymentMethod::Ach),
        Just(PaymentMethod::Check),
        Just(PaymentMethod::NoPayment),
        Just(PaymentMethod::Other("FWT".into())),
    ];
    let payment = (money(), method, date(), text(), option::of(text()));
    let tax_id = option::of("[0-9]{9}".prop_map(|digits| TaxId::ein(&digits).unwrap()));
    let payee = (text(), option::of("[12][0-9]{9}"), tax_id, option::of(address()));
    let payer = (text(), prop_oneof![Just(String::new()), text()], option::of(address()));
    (payment, payer, payee, vec(claim_payment(), 0..4), vec(provider_adjustment(), 0..9)).prop_map(
        |((amount, method, date, trace, originator), payer, payee, claims, provider_adjustments)| {
            let mut payment = Payment::new(amount, method, date, trace.parse().unwrap());
            payment.originator = originator;
            let (name, id, address) = payer;
            let mut payer = Payer::new(name, id);
            payer.address = address;
            let (name, npi, tax_id, address) = payee;
            let npi = npi.map(|npi| npi.parse().unwrap());
            let mut payee = Provider::new(PartyName::Organization(name), npi);
            payee.tax_id = tax_id;
            payee.address = address;
            let mut remittance = Remittance::new(payment, payer, payee);
            remittance.claims = claims;
            remittance.provider_adjustments = provider_adjustments;
            remittance
        },
    )
}

fn envelope() -> Envelope {
    let mut submitter = Party::new("TEST SENDER", "TESTSENDER");
    submitter.contact = Some(Contact::new(Some("TEST CONTACT".into()), Some("5555550100".into())));
    let day = "2026-10-06".parse().unwrap();
    Envelope::new(submitter, Party::new("TEST RECEIVER", "TESTRECEIVER"), day, "0930")
}

/// Bytes with some of them replaced, left out or doubled.
fn damaged(mut bytes: Vec<u8>, wounds: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    for (place, kind, byte) in wounds {
        let at = place.index(bytes.len());
        match kind % 4 {
            0 => bytes[at] = *byte,
            1 => bytes.truncate(at.max(1)),
            2 => drop(bytes.remove(at)),
            _ => bytes.insert(at, b"*:~^ A1"[usize::from(*byte) % 7]),
        }
        if bytes.is_empty() {
            bytes.push(b'I');
        }
    }
    bytes
}

/// A segment taken away, or moved.
fn shuffled(bytes: &[u8], from: &prop::sample::Index, to: &prop::sample::Index, keep: bool) -> Vec<u8> {
    let mut segments: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'~').collect();
    let moved = segments.remove(from.index(segments.len()));
    if keep {
        segments.insert(to.index(segments.len()), moved);
    }
    segments.concat()
}

fn wounds() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    vec((any::<prop::sample::Index>(), any::<u8>(), any::<u8>()), 1..4)
}

/// Everything that is said about a file, in one text.
fn said(bytes: &[u8]) -> String {
    let mut said = String::new();
    let Ok(document) = Document::read(bytes) else { return said };
    let mut say = |value: &dyn std::fmt::Debug, words: &dyn std::fmt::Display| said += &format!("{value:?} {words}\n");
    for transaction in transactions(&document) {
        match read_professional(&transaction) {
            Ok(read) => {
                read.notices.iter().for_each(|notice| say(notice, notice));
                for failure in &read.failed {
                    say(failure, &failure.error);
                    failure.notices.iter().for_each(|notice| say(notice, notice));
                }
                for ClaimRead { notices, .. } in &read.claims {
                    notices.iter().for_each(|notice| say(notice, notice));
                }
            }
            Err(error) => say(&error, &error),
        }
        match read_remittance(&transaction) {
            Ok(read) => read.notices.iter().for_each(|notice| say(notice, notice)),
            Err(error) => say(&error, &error),
        }
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn written_claim_is_read_back_equal(claims in claims(), other_delimiters in any::<bool>()) {
        let mut envelope = envelope();
        if other_delimiters {
            envelope.delimiters = Delimiters { element: b'|', component: b'>', segment: b'\n', repetition: Some(b'!') };
        } else {
            envelope.line_ending = LineEnding::Lf;
        }
        let file = write_professional(&claims, &envelope).unwrap();
        let document = Document::read(&file).unwrap();
        prop_assert!(document.diagnostics().is_empty());
        prop_assert_eq!(document.interchanges().next().unwrap().usage_indicator(), "T");
        let read = read_professional(&transactions(&document).next().unwrap()).unwrap();
        prop_assert!(read.failed.is_empty(), "{:?}", read.failed);
        prop_assert!(read.notices.is_empty(), "{:?}", read.notices);
        prop_assert_eq!(read.submitter.as_ref(), Some(&envelope.submitter));
        prop_assert_eq!(read.receiver.as_ref(), Some(&envelope.receiver));
        prop_assert_eq!(read.created, Some(envelope.date));
        prop_assert_eq!(read.claims.len(), claims.len());
        for (ordinal, (read, claim)) in (1..).zip(read.claims.iter().zip(&claims)) {
            prop_assert!(read.notices.is_empty(), "{:?}", read.notices);
            prop_assert_eq!(read.ordinal, ordinal);
            prop_assert!(read.claim == *claim, "claim {} differs", ordinal);
            prop_assert_eq!(document.segment(*read.segments.start()).unwrap().id(), "CLM");
        }
    }

    #[test]
    fn claims_of_one_subscriber_in_a_row_share_its_level(claims in claims()) {
        let claims: Vec<Claim> = claims.iter().map(|_| claims[0].clone()).collect();
        let file = write_professional(&claims, &envelope()).unwrap();
        let levels = Document::read(&file).unwrap().segments().filter(|segment| segment.id() == "HL").count();
        prop_assert_eq!(levels, 2 + usize::from(claims[0].patient.is_some()));
    }

    #[test]
    fn written_remittance_is_read_back_equal(remittances in vec(remittance(), 1..3)) {
        let file = write_remittances(&remittances, &envelope()).unwrap();
        let document = Document::read(&file).unwrap();
        prop_assert!(document.diagnostics().is_empty());
        let sets: Vec<_> = transactions(&document).collect();
        prop_assert_eq!(sets.len(), remittances.len());
        for (set, remittance) in sets.iter().zip(&remittances) {
            let read = read_remittance(set).unwrap();
            prop_assert!(read.value == *remittance);
        }
    }

    #[test]
    fn written_claim_acknowledgement_is_read_back_equal(
        claims in claims(),
        said in vec((vec(("A[0-8]", "[0-9]{1,3}", option::of("[A-Z0-9]{2}")), 1..5), option::of(date()), option::of(money())), 7),
    ) {
        let answers: Vec<ClaimAcknowledgement> = claims.iter().zip(&said).map(|(claim, (statuses, date, charge))| {
            let mut answer = ClaimAcknowledgement::new(claim.patient_control_number.expose().clone());
            answer.statuses = statuses.iter().map(|(category, status, entity)| {
                let mut status = ClaimStatus::new(category, status).unwrap();
                status.entity.clone_from(entity);
                status
            }).collect();
            answer.date = *date;
            answer.charge = *charge;
            answer.payer_control_number = charge.map(|_| "TESTICN1".parse().unwrap());
            answer
        }).collect();
        let pairs: Vec<_> = claims.iter().zip(&answers).collect();
        let file = write_claim_acknowledgements(&pairs, "1", &envelope()).unwrap();
        let document = Document::read(&file).unwrap();
        prop_assert!(document.diagnostics().is_empty());
        let read = read_claim_acknowledgements(&transactions(&document).next().unwrap()).unwrap();
        prop_assert!(read.failed.is_empty(), "{:?}", read.failed);
        prop_assert_eq!(read.claims, answers);
    }

    #[test]
    fn a_file_is_accepted_where_nothing_is_found_and_a_damaged_count_is_told(claims in claims(), wrong in any::<bool>()) {
        let mut file = write_professional(&claims, &envelope()).unwrap();
        if wrong {
            // The SE says one segment more or less.
            let at = file.windows(3).rposition(|bytes| bytes == b"SE*").unwrap() + 3;
            file[at] = if file[at] == b'9' { b'8' } else { file[at] + 1 };
        }
        let document = Document::read(&file).unwrap();
        let received = Received::check(&document, CheckOptions::up_to(2));
        let worst = received.findings().iter().map(|finding| finding.severity).max();
        let answer = acknowledge(&document, &envelope()).unwrap();
        let answer = Document::read(&answer).unwrap();
        prop_assert!(answer.diagnostics().is_empty());
        let read = read_functional_acknowledgement(&transactions(&answer).next().unwrap()).unwrap().value;
        let code = match worst {
            Some(Severity::Error) => AcknowledgementCode::Rejected('R'),
            Some(Severity::Warning) => AcknowledgementCode::AcceptedWithErrors,
            _ => AcknowledgementCode::Accepted,
        };
        prop_assert_eq!(read.code, code);
        prop_assert_eq!((read.included, read.received, read.accepted), (1, 1, u32::from(code.is_accepted())));
        prop_assert_eq!(read.transactions[0].code, code);
        prop_assert_eq!(read.transactions[0].codes.iter().any(|code| code == "4"), wrong);
        prop_assert_eq!(read.functional_id.as_str(), "HC");
    }

    #[test]
    fn reading_never_panics(
        claims in claims(),
        remittance in remittance(),
        wounds in wounds(),
        places in (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()),
    ) {
        let claims = write_professional(&claims, &envelope()).unwrap();
        let payments = write_remittances(&[remittance], &envelope()).unwrap();
        let (from, to, keep) = places;
        for file in [&claims, &payments] {
            for bytes in [damaged(file.clone(), &wounds), shuffled(file, &from, &to, keep)] {
                prop_assert_eq!(checks::check_read_professional(&bytes), Ok(()));
                prop_assert_eq!(checks::check_read_remittance(&bytes), Ok(()));
                prop_assert_eq!(checks::check_acknowledgement(&bytes), Ok(()));
            }
        }
    }

    #[test]
    fn no_patient_data_in_notices_and_errors(
        claims in claims(),
        remittance in remittance(),
        wounds in wounds(),
        places in (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()),
    ) {
        let claims = write_professional(&claims, &envelope()).unwrap();
        let payments = write_remittances(&[remittance], &envelope()).unwrap();
        let (from, to, keep) = places;
        for file in [&claims, &payments] {
            for bytes in [damaged(file.clone(), &wounds), shuffled(file, &from, &to, keep)] {
                prop_assert!(!said(&bytes).contains("PATIENT"), "{}", said(&bytes));
            }
        }
    }
}
