//! Whether a place of service is a facility.

use superbill_core::{Date, PlaceOfService};

/// Places that are paid with the practice expense of a facility.
///
/// Source: Medicare Claims Processing Manual, chapter 12, section 20.4.2, and chapter 26, section 10.5.
const FACILITIES: [u8; 16] = [2, 19, 21, 22, 23, 24, 26, 31, 34, 41, 42, 51, 52, 53, 56, 61];

/// The hospital, for its inpatients, outpatients and emergencies: it is paid for the technical part itself.
const HOSPITAL: [u8; 4] = [19, 21, 22, 23];

/// Telehealth in the patient's home is paid outside of a facility from this day on (88 FR 78818); what held before depends on the claim.
const TELEHEALTH_AT_HOME: (u8, u32) = (10, 20240101);

/// Whether a place of service is paid as a facility on a day; `None` where that is not known.
#[must_use]
pub fn is_facility(place: PlaceOfService, date: Date) -> Option<bool> {
    let (home, first) = TELEHEALTH_AT_HOME;
    if place.code() == home && date.ccyymmdd() < first {
        return None;
    }
    Some(FACILITIES.contains(&place.code()))
}

/// Whether the place is a hospital.
pub(crate) fn is_hospital(place: PlaceOfService) -> bool {
    HOSPITAL.contains(&place.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_facility_or_not() {
        for (place, on, facility) in [
            (11, "2026-01-01", Some(false)),
            (22, "2026-01-01", Some(true)),
            (2, "2026-01-01", Some(true)),
            (10, "2023-12-31", None),
            (10, "2024-01-01", Some(false)),
        ] {
            assert_eq!(
                is_facility(PlaceOfService::new(place).unwrap(), on.parse().unwrap()),
                facility,
                "{place} on {on}"
            );
        }
    }
}
