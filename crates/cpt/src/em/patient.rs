//! New against established: the rule of three years.

use super::setting::PatientStatus;
use superbill_core::{Date, Npi};

/// Who rendered a service, as far as the rule of three years asks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Practitioner {
    /// The practitioner.
    pub npi: Option<Npi>,
    /// The group practice: whatever tells one apart, as its organisation's identifier.
    pub group: Option<String>,
    /// Specialty and subspecialty together: a taxonomy code does.
    pub specialty: Option<String>,
}

impl Practitioner {
    /// A practitioner of whom this is known.
    #[must_use]
    pub fn new(npi: Option<Npi>, group: Option<&str>, specialty: Option<&str>) -> Self {
        Self { npi, group: group.map(str::to_owned), specialty: specialty.map(str::to_owned) }
    }

    /// Whether an earlier service by the other one establishes the patient with this one: the same person wherever he practised, or the same
    /// group with exactly the same specialty and subspecialty. What is not known is not the same.
    #[must_use]
    pub fn counts_as(&self, other: &Self) -> bool {
        let same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        (self.npi.is_some() && self.npi == other.npi)
            || (same(&self.group, &other.group) && same(&self.specialty, &other.specialty))
    }
}

/// An earlier service to the patient.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EarlierService {
    /// Its date.
    pub on: Date,
    /// Who rendered it.
    pub by: Practitioner,
    /// Whether face to face. Reading a test without seeing the patient is not.
    pub face_to_face: bool,
}

impl EarlierService {
    /// A service.
    #[must_use]
    pub fn new(on: Date, by: Practitioner, face_to_face: bool) -> Self {
        Self { on, by, face_to_face }
    }
}

/// Whether a patient is new at a visit, and the service that made the patient an established one: the latest that counts.
///
/// A service counts that was face to face, by the same practitioner or one of the same group and exact specialty, within three years before the
/// date. The day itself three years before counts: the patient is new from the day after it. Give services before this visit only.
///
/// Source: CPT, Evaluation and Management guidelines, new and established patients; Medicare Claims Processing Manual, chapter 12, section 30.6.7.
#[must_use]
pub fn patient_status<'s>(
    on: Date,
    by: &Practitioner,
    earlier: &'s [EarlierService],
) -> (PatientStatus, Option<&'s EarlierService>) {
    // Where the calendar ends, everything before is within the time.
    let from = on.add_years(-3).ok();
    let counts = |service: &&EarlierService| {
        service.face_to_face
            && service.on <= on
            && from.is_none_or(|from| from <= service.on)
            && by.counts_as(&service.by)
    };
    let latest = earlier.iter().filter(counts).max_by_key(|service| service.on);
    (if latest.is_some() { PatientStatus::Established } else { PatientStatus::New }, latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn three_years_to_the_day() {
        let by = Practitioner::new(None, Some("group"), Some("207R00000X"));
        for (seen, visit, expected) in [
            ("2021-05-10", "2024-05-09", PatientStatus::Established),
            ("2021-05-10", "2024-05-10", PatientStatus::Established),
            ("2021-05-10", "2024-05-11", PatientStatus::New),
            ("2024-02-29", "2027-02-28", PatientStatus::Established),
            ("2024-02-29", "2027-03-01", PatientStatus::New),
            ("2021-02-28", "2024-02-29", PatientStatus::Established),
            ("2021-02-27", "2024-02-29", PatientStatus::New),
            ("2024-05-10", "2024-05-10", PatientStatus::Established),
            // A later service says nothing of this visit.
            ("2024-05-11", "2024-05-10", PatientStatus::New),
        ] {
            let earlier = [EarlierService::new(day(seen), by.clone(), true)];
            assert_eq!(patient_status(day(visit), &by, &earlier).0, expected, "seen {seen}, visit {visit}");
        }
    }

    #[test]
    fn practitioner_group_and_specialty_decide() {
        let npi = |text: &str| Some(text.parse::<Npi>().unwrap());
        let (one, other) = (npi("1234567893"), npi("1245319599"));
        let me = Practitioner::new(one, Some("group"), Some("207R00000X"));
        for (by, face_to_face, expected) in [
            // The same practitioner in another practice.
            (Practitioner::new(one, Some("before"), Some("207R00000X")), true, PatientStatus::Established),
            (Practitioner::new(other, Some("group"), Some("207R00000X")), true, PatientStatus::Established),
            (Practitioner::new(other, Some("group"), Some("207RC0000X")), true, PatientStatus::New),
            (Practitioner::new(other, Some("before"), Some("207R00000X")), true, PatientStatus::New),
            (Practitioner::new(other, None, None), true, PatientStatus::New),
            (me.clone(), false, PatientStatus::New),
        ] {
            let earlier = [EarlierService::new(day("2024-01-01"), by, face_to_face)];
            assert_eq!(patient_status(day("2024-06-01"), &me, &earlier).0, expected, "{earlier:?}");
        }
        // Two of whom nothing is known are not the same.
        let unknown = Practitioner::new(None, None, None);
        assert!(!unknown.counts_as(&unknown.clone()));
    }
}
