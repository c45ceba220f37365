//! The fingerprint of a claim's content.

use crate::claim::Claim;
use core::fmt;
use core::hash::{Hash, Hasher};
use sha2::{Digest, Sha256};

/// A SHA-256 over the whole content of a claim: two claims with the same fingerprint say the same.
///
/// It is stable for one version of this crate. It is derived from patient data, so it is no de-identified number
/// (45 CFR 164.514(c)): keep it where the claim is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The fingerprint of 64 hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0u8; 32];
        let digits = text.as_bytes();
        // `from_str_radix` alone would take a plus sign for the first digit of a pair.
        if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = core::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Fingerprint {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| serde::de::Error::custom("a fingerprint is 64 hexadecimal digits"))
    }
}

impl Claim {
    /// The fingerprint of the whole content.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let mut sink = Sink(Sha256::new());
        self.hash(&mut sink);
        Fingerprint(sink.0.finalize().into())
    }
}

/// Feeds a digest with every number in one byte order, so that the machine does not show.
struct Sink(Sha256);

impl Hasher for Sink {
    fn finish(&self) -> u64 {
        0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn write_u16(&mut self, value: u16) {
        self.write(&value.to_le_bytes());
    }

    fn write_u32(&mut self, value: u32) {
        self.write(&value.to_le_bytes());
    }

    fn write_u64(&mut self, value: u64) {
        self.write(&value.to_le_bytes());
    }

    fn write_u128(&mut self, value: u128) {
        self.write(&value.to_le_bytes());
    }

    fn write_usize(&mut self, value: usize) {
        self.write(&(value as u64).to_le_bytes());
    }

    fn write_i16(&mut self, value: i16) {
        self.write(&value.to_le_bytes());
    }

    fn write_i32(&mut self, value: i32) {
        self.write(&value.to_le_bytes());
    }

    fn write_i64(&mut self, value: i64) {
        self.write(&value.to_le_bytes());
    }

    fn write_i128(&mut self, value: i128) {
        self.write(&value.to_le_bytes());
    }

    fn write_isize(&mut self, value: isize) {
        self.write(&(value as i64).to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Assignment, BenefitsAssignment, ClaimFrequency, Coverage, DiagnosisCode, DiagnosisPointer, PartyName, Payer,
        PayerResponsibility, Person, ProcedureCode, Provider, Relationship, ReleaseOfInformation, ServiceLine,
        UnitBasis,
    };
    use superbill_core::{Address, DateRange, Money, PersonName, Phi, Quantity, Sex, TaxId};
    use superbill_hcpcs::HcpcsCode;

    fn claim() -> Claim {
        let provider = Provider::new(PartyName::Organization("TEST CLINIC".into()), None);
        let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), "TEST0001".parse().unwrap());
        let patient = Person::new(PersonName::new("TESTPATIENT", "ANN"));
        let mut builder =
            Claim::professional("TEST1".parse().unwrap(), "11".parse().unwrap(), provider, coverage, patient);
        let diagnosis = builder.diagnosis(DiagnosisCode::from_text("E11.65")).unwrap();
        let day = DateRange::single("2026-10-05".parse().unwrap());
        let code = HcpcsCode::parse("G0108").unwrap();
        let line = ServiceLine::new(code, day, Quantity::from_units(2), Money::from_cents(15_000));
        builder.line(line.pointing_to([diagnosis])).unwrap();
        builder.build().unwrap()
    }

    fn address() -> Address {
        Address { city: "NOWHERE".into(), ..Address::default() }
    }

    type Change = (&'static str, fn(&mut Claim));

    /// One change or more for every field that a claim has, however deep.
    fn changes() -> Vec<Change> {
        let claim = claim();
        // A new field stops here: give it a change below.
        let Claim {
            kind: _,
            patient_control_number: _,
            frequency: _,
            payer_control_number: _,
            total_charge: _,
            place_of_service: _,
            provider_signature_on_file: _,
            assignment: _,
            benefits_assignment: _,
            release_of_information: _,
            billing_provider: Provider { name: _, npi: _, malformed_npi: _, tax_id: _, taxonomy: _, address: _ },
            referring_provider: _,
            rendering_provider: _,
            service_facility: _,
            coverage:
                Coverage {
                    payer: Payer { name: _, id: _, address: _ },
                    responsibility: _,
                    filing_indicator: _,
                    member_id: _,
                    group_number: _,
                    group_name: _,
                },
            subscriber: Person { name: _, birth_date: _, sex: _, address: _ },
            patient: _,
            prior_authorization: _,
            diagnoses: _,
            lines,
        } = claim;
        for ServiceLine {
            procedure: _,
            modifiers: _,
            description: _,
            charge: _,
            units: _,
            unit_basis: _,
            place_of_service: _,
            date_of_service: _,
            diagnosis_pointers: _,
            control_number: _,
            rendering_provider: _,
        } in lines
        {}
        fn provider() -> Provider {
            Provider::new(PartyName::Person(PersonName::default()), None)
        }
        vec![
            ("patient control number", |c| c.patient_control_number = Phi::new("TEST2".parse().unwrap())),
            ("frequency 7", |c| c.frequency = ClaimFrequency::Replacement),
            ("frequency 8", |c| c.frequency = ClaimFrequency::Void),
            ("frequency 9", |c| c.frequency = ClaimFrequency::Other('9')),
            ("payer control number", |c| c.payer_control_number = Some("TEST1".parse().unwrap())),
            ("total charge", |c| c.total_charge = Money::from_cents(15_001)),
            ("place of service", |c| c.place_of_service = "12".parse().unwrap()),
            ("signature", |c| c.provider_signature_on_file = false),
            ("assignment", |c| c.assignment = Assignment::NotAssigned),
            ("benefits", |c| c.benefits_assignment = BenefitsAssignment::No),
            ("release", |c| c.release_of_information = ReleaseOfInformation::InformedConsent),
            ("billing name", |c| c.billing_provider.name = PartyName::Organization("TEST CLINIK".into())),
            ("billing person", |c| c.billing_provider.name = PartyName::Person(PersonName::new("TEST CLINIC", ""))),
            ("billing npi", |c| c.billing_provider.npi = Some("1234567893".parse().unwrap())),
            ("billing malformed npi", |c| c.billing_provider.malformed_npi = Some(Phi::new("1234567893".into()))),
            ("billing ein", |c| c.billing_provider.tax_id = Some(TaxId::ein("000000000").unwrap())),
            ("billing ssn", |c| c.billing_provider.tax_id = Some(TaxId::ssn("000000000").unwrap())),
            ("billing taxonomy", |c| c.billing_provider.taxonomy = Some(String::new())),
            ("billing address", |c| c.billing_provider.address = Some(address())),
            ("referring", |c| c.referring_provider = Some(provider())),
            ("rendering", |c| c.rendering_provider = Some(provider())),
            ("facility", |c| c.service_facility = Some(provider())),
            ("payer name", |c| c.coverage.payer.name.push(' ')),
            ("payer id", |c| c.coverage.payer.id.push('1')),
            ("payer name and id", |c| c.coverage.payer = Payer::new("TEST PAYERT", "EST1")),
            ("payer address", |c| c.coverage.payer.address = Some(address())),
            ("responsibility", |c| c.coverage.responsibility = PayerResponsibility::Later(4)),
            ("later responsibility", |c| c.coverage.responsibility = PayerResponsibility::Later(5)),
            ("filing indicator", |c| c.coverage.filing_indicator = Some(crate::FilingIndicator::MEDICARE_PART_B)),
            ("member", |c| c.coverage.member_id = Phi::new("TEST0002".parse().unwrap())),
            ("group number", |c| c.coverage.group_number = Some(Phi::new("A".into()))),
            ("group name", |c| c.coverage.group_name = Some("A".into())),
            ("subscriber", |c| c.subscriber.name.expose_mut().middle = Some("ANN".into())),
            ("subscriber suffix", |c| c.subscriber.name.expose_mut().suffix = Some("ANN".into())),
            ("birth date", |c| c.subscriber.birth_date = Some(Phi::new("1950-01-01".parse().unwrap()))),
            ("sex", |c| c.subscriber.sex = Some(Sex::Unknown)),
            ("subscriber address", |c| c.subscriber.address = Some(Phi::new(address()))),
            ("patient", |c| c.patient = Some((Relationship::Insured, c.subscriber.clone()))),
            ("another patient", |c| c.patient = Some((Relationship::Other("18".into()), c.subscriber.clone()))),
            ("authorization", |c| c.prior_authorization = Some(Phi::new(String::new()))),
            ("diagnosis", |c| c.diagnoses[0] = DiagnosisCode::from_text("E11.66")),
            ("diagnosis kept as text", |c| c.diagnoses[0] = DiagnosisCode::Unrecognized(Phi::new("E11.65".into()))),
            ("no diagnosis", |c| c.diagnoses.clear()),
            ("diagnosis twice", |c| c.diagnoses.push(c.diagnoses[0].clone())),
            ("no line", |c| c.lines.clear()),
            ("line twice", |c| c.lines.push(c.lines[0].clone())),
            ("procedure", |c| c.lines[0].procedure = HcpcsCode::parse("G0109").unwrap().into()),
            ("procedure kept as text", |c| {
                c.lines[0].procedure = ProcedureCode::Unrecognized(Phi::new("G0108".into()))
            }),
            ("modifier", |c| c.lines[0].modifiers.push("GA".parse().unwrap())),
            ("description", |c| c.lines[0].description = Some(Phi::new(String::new()))),
            ("line charge", |c| c.lines[0].charge = Money::from_cents(-15_000)),
            ("units", |c| c.lines[0].units = "2.5".parse().unwrap()),
            ("unit basis", |c| c.lines[0].unit_basis = UnitBasis::Minutes),
            ("line place", |c| c.lines[0].place_of_service = Some(c.place_of_service)),
            ("open dates", |c| c.lines[0].date_of_service = DateRange::from(c.lines[0].date_of_service.first())),
            ("another day", |c| c.lines[0].date_of_service = DateRange::single("2026-10-06".parse().unwrap())),
            ("pointer", |c| c.lines[0].diagnosis_pointers = vec![DiagnosisPointer::from_ordinal(2)]),
            ("no pointer", |c| c.lines[0].diagnosis_pointers.clear()),
            ("control number", |c| c.lines[0].control_number = Some("1".into())),
            ("line rendering", |c| c.lines[0].rendering_provider = Some(provider())),
        ]
    }

    #[test]
    fn every_field_counts() {
        let mut seen = vec![("unchanged", claim().fingerprint())];
        for (name, change) in changes() {
            let mut changed = claim();
            change(&mut changed);
            assert_ne!(changed, claim(), "{name}");
            let print = changed.fingerprint();
            if let Some((other, _)) = seen.iter().find(|(_, other)| *other == print) {
                panic!("{name} has the fingerprint of {other}");
            }
            seen.push((name, print));
        }
    }

    #[test]
    fn what_is_equal_has_one_fingerprint() {
        let mut other = claim();
        // The same number, written otherwise.
        other.lines[0].units = "2.0".parse().unwrap();
        assert_eq!(other, claim());
        assert_eq!(other.fingerprint(), claim().fingerprint());
    }

    #[test]
    fn a_fingerprint_prints_as_64_digits_and_is_read_back() {
        let print = claim().fingerprint();
        let text = print.to_string();
        assert!(text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
        assert_eq!(Fingerprint::from_hex(&text), Some(print));
        assert_eq!(Fingerprint::from_hex(&text.to_uppercase()), Some(print));
        assert_eq!(format!("{print:?}"), format!("Fingerprint({text})"));
        assert_eq!(Fingerprint::from_hex(&"0f".repeat(32)).map(|print| *print.bytes()), Some([15; 32]));
        for text in ["", "0f", &"0f".repeat(33), &"+f".repeat(32), &" f".repeat(32), &"0g".repeat(32), &"é".repeat(32)]
        {
            assert_eq!(Fingerprint::from_hex(text), None, "{text:?}");
        }
    }

    #[test]
    fn numbers_reach_the_digest_in_one_byte_order() {
        let digest = |feed: fn(&mut Sink)| {
            let mut sink = Sink(Sha256::new());
            feed(&mut sink);
            sink.0.finalize()
        };
        for (name, number, bytes) in [
            ("u16", (|s| s.write_u16(0x0102)) as fn(&mut Sink), (|s| s.write(&[2, 1])) as fn(&mut Sink)),
            ("i32", |s| s.write_i32(-2), |s| s.write(&[0xFE, 0xFF, 0xFF, 0xFF])),
            ("u64", |s| s.write_u64(1), |s| s.write(&[1, 0, 0, 0, 0, 0, 0, 0])),
            ("usize", |s| s.write_usize(1), |s| s.write(&[1, 0, 0, 0, 0, 0, 0, 0])),
            ("isize", |s| s.write_isize(-1), |s| s.write(&[0xFF; 8])),
        ] {
            assert_eq!(digest(number), digest(bytes), "{name}");
        }
    }
}
