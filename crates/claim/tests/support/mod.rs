//! Random values of this room. Strategies are boxed, because whole claims are too large for the stack of a test.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "tests, each of which uses a part"
)]

use std::collections::HashSet;

use proptest::prelude::*;
use superbill_claim::{
    Adjustment, AdjustmentGroup, AdjustmentReason, Assignment, BenefitsAssignment, Claim, ClaimFrequency, ClaimPayment,
    ClaimPaymentStatus, Coverage, DiagnosisCode, DiagnosisPointer, FilingIndicator, LinePayment, PartyName, Payer,
    PayerResponsibility, Payment, PaymentMethod, Person, ProcedureCode, Provider, ProviderAdjustment, Relationship,
    ReleaseOfInformation, RemarkCode, Remittance, ServiceLine, UnitBasis,
};
use superbill_core::{Address, Date, DateRange, Modifier, Money, Npi, PersonName, Phi, Quantity, Sex, TaxId};

/// What every secret begins with; nothing else does.
pub const SECRET: &str = "QXZ";

/// A text that identifies a patient.
pub fn secret() -> impl Strategy<Value = String> {
    "[A-Z]{8}".prop_map(|rest| format!("{SECRET}{rest}"))
}

/// Whether a patient shows: a secret, a day of the century of birth, a social security number.
pub fn identifies(text: &str) -> bool {
    let like = |shape: &str| {
        let fits = |(byte, shape): (&u8, u8)| {
            if shape == b'#' { byte.is_ascii_digit() } else { *byte == shape }
        };
        text.as_bytes().windows(shape.len()).any(|window| window.iter().zip(shape.bytes()).all(fits))
    };
    text.contains(SECRET) || like("19##-##-##") || like("9##-##-####")
}

/// A text that does not.
pub fn public() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9 .,'-]{0,12}"
}

/// Days of service are of this century; days of birth are of the one before.
pub fn day() -> impl Strategy<Value = Date> {
    (0..9_000).prop_map(|days| Date::new(2015, 10, 1).unwrap().add_days(days).unwrap())
}

fn birth_date() -> impl Strategy<Value = Phi<Date>> {
    (0..30_000).prop_map(|days| Phi::new(Date::new(1911, 1, 1).unwrap().add_days(days).unwrap()))
}

fn period() -> impl Strategy<Value = DateRange> {
    (day(), prop::option::of(0..40))
        .prop_map(|(first, days)| DateRange::new(first, days.map(|days| first.add_days(days).unwrap())).unwrap())
}

fn npi() -> impl Strategy<Value = Npi> {
    "[12][0-9]{9}".prop_map(|text| text.parse().unwrap())
}

fn name(text: &BoxedStrategy<String>) -> BoxedStrategy<PersonName> {
    let maybe = || prop::option::of(text.clone());
    (text.clone(), maybe(), maybe(), maybe())
        .prop_map(|(family, given, middle, suffix)| {
            let mut name = PersonName::default();
            (name.family, name.given, name.middle, name.suffix) = (family, given, middle, suffix);
            name
        })
        .boxed()
}

fn address(text: &BoxedStrategy<String>) -> BoxedStrategy<Address> {
    let maybe = || prop::option::of(text.clone());
    let lines = prop::collection::vec(text.clone(), 0..3);
    (lines, text.clone(), maybe(), maybe(), maybe())
        .prop_map(|(lines, city, state, postal_code, country)| Address { lines, city, state, postal_code, country })
        .boxed()
}

fn person() -> BoxedStrategy<Person> {
    let sex = prop::sample::select(vec![Sex::Female, Sex::Male, Sex::Unknown]);
    let secret = secret().boxed();
    (name(&secret), prop::option::of(birth_date()), prop::option::of(sex), prop::option::of(address(&secret)))
        .prop_map(|(name, birth_date, sex, address)| {
            let mut person = Person::new(name);
            (person.birth_date, person.sex, person.address) = (birth_date, sex, address.map(Phi::new));
            person
        })
        .boxed()
}

pub fn provider() -> BoxedStrategy<Provider> {
    let public = public().boxed();
    let name =
        prop_oneof![public.clone().prop_map(PartyName::Organization), name(&public).prop_map(PartyName::Person),];
    // A social security number begins with 9 here, as none that was issued does.
    let tax_id = prop_oneof![
        "[0-8][0-9]{8}".prop_map(|text| TaxId::ein(&text).unwrap()),
        "9[0-9]{8}".prop_map(|text| TaxId::ssn(&text).unwrap()),
    ];
    (
        name,
        prop::option::of(npi()),
        prop::option::of(secret()),
        prop::option::of(tax_id),
        prop::option::of("[0-9]{9}x"),
        prop::option::of(address(&public)),
    )
        .prop_map(|(name, npi, malformed_npi, tax_id, taxonomy, address)| {
            let mut provider = Provider::new(name, npi);
            provider.malformed_npi = malformed_npi.map(Phi::new);
            provider.tax_id = tax_id;
            provider.taxonomy = taxonomy;
            provider.address = address;
            provider
        })
        .boxed()
}

pub fn payer() -> BoxedStrategy<Payer> {
    (public(), public(), prop::option::of(address(&public().boxed())))
        .prop_map(|(name, id, address)| {
            let mut payer = Payer::new(name, id);
            payer.address = address;
            payer
        })
        .boxed()
}

fn filing_indicator() -> impl Strategy<Value = FilingIndicator> {
    "[0-9A-Z]{1,2}".prop_map(|text| FilingIndicator::parse(&text).unwrap())
}

fn coverage() -> BoxedStrategy<Coverage> {
    let responsibility = prop::sample::select("PSTABCDEFGHU".chars().collect::<Vec<_>>())
        .prop_map(|code| PayerResponsibility::from_code(code).unwrap());
    (
        payer(),
        responsibility,
        prop::option::of(filing_indicator()),
        secret(),
        prop::option::of(secret()),
        prop::option::of(public()),
    )
        .prop_map(|(payer, responsibility, filing_indicator, member, group_number, group_name)| {
            let mut coverage = Coverage::new(payer, member.parse().unwrap());
            coverage.responsibility = responsibility;
            coverage.filing_indicator = filing_indicator;
            coverage.group_number = group_number.map(Phi::new);
            coverage.group_name = group_name;
            coverage
        })
        .boxed()
}

pub fn diagnosis() -> impl Strategy<Value = DiagnosisCode> {
    prop_oneof![
        8 => "[A-Z][0-9][0-9AB](\\.[0-9]{1,4})?".prop_map(|text| DiagnosisCode::from_text(&text)),
        1 => secret().prop_map(|text| DiagnosisCode::from_text(&text)),
    ]
}

pub fn procedure() -> impl Strategy<Value = ProcedureCode> {
    prop_oneof![
        6 => "[A-V][0-9]{4}".prop_map(|text| ProcedureCode::from_text(&text)),
        1 => Just(ProcedureCode::from_text("00000")),
        1 => secret().prop_map(|text| ProcedureCode::from_text(&text)),
    ]
}

fn modifiers() -> impl Strategy<Value = Vec<Modifier>> {
    prop::collection::vec("[A-Z0-9]{2}".prop_map(|text| text.parse().unwrap()), 0..=4)
}

pub fn amount() -> impl Strategy<Value = Money> {
    prop_oneof![8 => -100_000_i64..1_000_000, 1 => Just(0)].prop_map(Money::from_cents)
}

pub fn quantity() -> impl Strategy<Value = Quantity> {
    "[0-9]{1,3}(\\.[0-9]{1,2})?".prop_map(|text| text.parse().unwrap())
}

/// A service line; its pointers are made to fit the claim afterwards.
pub fn line() -> BoxedStrategy<ServiceLine> {
    let number = prop::option::of("[0-9]{1,6}");
    (
        (procedure(), modifiers(), prop::option::of(secret()), amount(), quantity()),
        (any::<bool>(), prop::option::of(1..=99u8), period()),
        (prop::collection::vec(any::<u8>(), 1..=4), number, prop::option::weighted(0.2, provider())),
    )
        .prop_map(
            |(
                (procedure, modifiers, description, charge, units),
                (minutes, place, period),
                (pointers, number, rendering),
            )| {
                let mut line = ServiceLine::new(procedure, period, units, charge)
                    .with_modifiers(modifiers)
                    .pointing_to(pointers.into_iter().map(DiagnosisPointer::from_ordinal));
                line.description = description.map(Phi::new);
                line.unit_basis = if minutes { UnitBasis::Minutes } else { UnitBasis::Units };
                line.place_of_service = place.map(|code| superbill_core::PlaceOfService::new(code).unwrap());
                line.control_number = number;
                line.rendering_provider = rendering;
                line
            },
        )
        .boxed()
}

/// A claim that the builder built, with everything that a claim can say.
pub fn claim() -> BoxedStrategy<Claim> {
    let parties = (provider(), coverage(), person());
    let others = prop::collection::vec(prop::option::weighted(0.3, provider()), 3);
    let patient = prop::option::of((prop::sample::select(vec!["18", "01", "19", "G8", ""]), person()));
    let diagnoses = prop::collection::vec(diagnosis(), 1..=12);
    let lines = prop::collection::vec(line(), 1..6);
    let choices = (any::<bool>(), 0..3usize, 0..3usize, any::<bool>());
    let frequency = (prop::sample::select(vec!['1', '7', '8', '9', '6']), prop::option::of("[0-9]{1,12}"));
    let rest = (1..=99u8, prop::option::of(secret()), choices, frequency);
    (secret(), parties, others, patient, diagnoses, lines, rest)
        .prop_map(|(number, (billing, coverage, subscriber), others, patient, diagnoses, lines, rest)| {
            let (place, authorization, (signature, assignment, benefits, consent), (frequency, original)) = rest;
            let place = superbill_core::PlaceOfService::new(place).unwrap();
            let mut builder = Claim::professional(number.parse().unwrap(), place, billing, coverage, subscriber);
            let mut seen = HashSet::new();
            let pointers: Vec<_> = diagnoses
                .into_iter()
                .filter(|code| seen.insert(code.clone()))
                .map(|code| builder.diagnosis(code).unwrap())
                .collect();
            for line in lines {
                let fitting = |pointer: &DiagnosisPointer| pointers[usize::from(pointer.ordinal()) % pointers.len()];
                let fitting: Vec<_> = line.diagnosis_pointers.iter().map(fitting).collect();
                builder.line(line.pointing_to(fitting)).unwrap();
            }
            if let Some((relationship, person)) = patient {
                builder.patient(Relationship::from_code(relationship), person);
            }
            if let Some(number) = authorization {
                builder.prior_authorization(number);
            }
            let mut claim = builder.build().unwrap();
            let mut others = others.into_iter();
            claim.referring_provider = others.next().flatten();
            claim.rendering_provider = others.next().flatten();
            claim.service_facility = others.next().flatten();
            claim.frequency = ClaimFrequency::from_code(frequency);
            claim.payer_control_number = original.map(|number| number.parse().unwrap());
            claim.provider_signature_on_file = signature;
            claim.assignment = [Assignment::Assigned, Assignment::LaboratoryOnly, Assignment::NotAssigned][assignment];
            claim.benefits_assignment =
                [BenefitsAssignment::Yes, BenefitsAssignment::No, BenefitsAssignment::NotApplicable][benefits];
            if consent {
                claim.release_of_information = ReleaseOfInformation::InformedConsent;
            }
            claim
        })
        .boxed()
}

fn adjustment() -> impl Strategy<Value = Adjustment> {
    let group = prop::sample::select(vec!["CO", "OA", "PI", "PR", "CR"]);
    (group, "[0-9A-Z]{1,5}", amount(), prop::option::of(quantity())).prop_map(|(group, reason, amount, quantity)| {
        let reason = AdjustmentReason::parse(&reason).unwrap();
        let mut adjustment = Adjustment::new(AdjustmentGroup::from_code(group), reason, amount);
        adjustment.quantity = quantity;
        adjustment
    })
}

fn adjustments() -> impl Strategy<Value = Vec<Adjustment>> {
    prop::collection::vec(adjustment(), 0..4)
}

fn remarks() -> impl Strategy<Value = Vec<RemarkCode>> {
    prop::collection::vec("[MN][0-9]{1,4}".prop_map(|text| RemarkCode::parse(&text).unwrap()), 0..3)
}

fn sum<'a>(adjustments: impl IntoIterator<Item = &'a Adjustment>) -> i64 {
    adjustments.into_iter().map(|adjustment| adjustment.amount.cents()).sum()
}

fn line_payment() -> BoxedStrategy<LinePayment> {
    (
        (procedure(), modifiers(), amount(), adjustments(), remarks()),
        prop::option::of(quantity()),
        prop::option::of(period()),
        prop::option::of("[0-9]{1,6}"),
        prop::option::of(amount()),
    )
        .prop_map(|((procedure, modifiers, charge, adjustments, remarks), units, period, number, allowed)| {
            let paid = Money::from_cents(charge.cents() - sum(&adjustments));
            let mut line = LinePayment::new(procedure, charge, paid);
            line.modifiers = modifiers;
            line.units = units;
            line.date_of_service = period;
            line.control_number = number;
            line.allowed = allowed;
            line.adjustments = adjustments;
            line.remark_codes = remarks;
            line
        })
        .boxed()
}

fn claim_payment() -> BoxedStrategy<ClaimPayment> {
    (
        (secret(), any::<u8>(), amount(), adjustments(), remarks()),
        prop::option::of(amount()),
        prop::option::of(filing_indicator()),
        prop::option::of("[0-9]{1,12}"),
        prop::collection::vec(line_payment(), 0..4),
    )
        .prop_map(|((number, status, charge, adjustments, remarks), responsibility, indicator, payer_number, lines)| {
            // A claim with lines is charged what they are.
            let charge = match lines.iter().map(|line| line.charge.cents()).reduce(|one, next| one + next) {
                Some(cents) => Money::from_cents(cents),
                None => charge,
            };
            let lowered = sum(&adjustments) + lines.iter().map(|line| sum(&line.adjustments)).sum::<i64>();
            let paid = Money::from_cents(charge.cents() - lowered);
            let status = ClaimPaymentStatus::from_code(status);
            let mut claim = ClaimPayment::new(number.parse().unwrap(), status, charge, paid);
            claim.patient_responsibility = responsibility;
            claim.filing_indicator = indicator;
            claim.payer_control_number = payer_number.map(|number| number.parse().unwrap());
            claim.adjustments = adjustments;
            claim.remark_codes = remarks;
            claim.lines = lines;
            claim
        })
        .boxed()
}

fn provider_adjustment() -> impl Strategy<Value = ProviderAdjustment> {
    let reason = prop::sample::select(vec!["WO", "L6", "FB", "72"]);
    ("[0-9]{10}", reason, amount(), prop::option::of(day()), prop::option::of(secret())).prop_map(
        |(provider, reason, amount, period, reference)| {
            let mut adjustment = ProviderAdjustment::new(provider, reason, amount);
            adjustment.fiscal_period = period;
            adjustment.reference = reference.map(Phi::new);
            adjustment
        },
    )
}

/// A remittance that balances.
pub fn remittance() -> BoxedStrategy<Remittance> {
    let method = prop_oneof![
        Just(PaymentMethod::Ach),
        Just(PaymentMethod::Check),
        Just(PaymentMethod::NoPayment),
        "[A-Z]{3}".prop_map(PaymentMethod::Other),
    ];
    (
        (method, day(), "[0-9]{1,12}", prop::option::of("1[0-9]{9}")),
        payer(),
        provider(),
        prop::collection::vec(claim_payment(), 0..5),
        prop::collection::vec(provider_adjustment(), 0..4),
    )
        .prop_map(|((method, day, trace, originator), payer, payee, claims, adjustments)| {
            let paid: i64 = claims.iter().map(|claim| claim.paid.cents()).sum();
            let lowered: i64 = adjustments.iter().map(|adjustment| adjustment.amount.cents()).sum();
            let amount = Money::from_cents(paid - lowered);
            let mut payment = Payment::new(amount, method, day, trace.parse().unwrap());
            payment.originator = originator;
            let mut remittance = Remittance::new(payment, payer, payee);
            remittance.claims = claims;
            remittance.provider_adjustments = adjustments;
            remittance
        })
        .boxed()
}
