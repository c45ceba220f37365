//! From where to where an ambulance went: two places, a letter each.

use core::fmt;
use superbill_core::Modifier;

/// A place from which or to which an ambulance goes.
///
/// Source: Medicare Claims Processing Manual (Pub. 100-04), chapter 15, section 30.A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TripPlace {
    /// `D`: a diagnostic or therapeutic site that is neither office nor hospital.
    DiagnosticSite,
    /// `E`: a residential, domiciliary or custodial facility.
    CustodialFacility,
    /// `G`: dialysis in a hospital.
    HospitalDialysis,
    /// `H`: a hospital.
    Hospital,
    /// `I`: where one ambulance hands over to another, as an airport.
    Transfer,
    /// `J`: dialysis outside a hospital.
    FreestandingDialysis,
    /// `N`: a skilled nursing facility.
    NursingFacility,
    /// `P`: a physician's office.
    Office,
    /// `R`: a residence.
    Residence,
    /// `S`: the scene of an accident or acute event.
    Scene,
    /// `X`: a stop at a physician's office on the way to the hospital; only as a destination.
    OfficeOnTheWay,
}

impl TripPlace {
    fn of(letter: u8) -> Option<Self> {
        Some(match letter {
            b'D' => Self::DiagnosticSite,
            b'E' => Self::CustodialFacility,
            b'G' => Self::HospitalDialysis,
            b'H' => Self::Hospital,
            b'I' => Self::Transfer,
            b'J' => Self::FreestandingDialysis,
            b'N' => Self::NursingFacility,
            b'P' => Self::Office,
            b'R' => Self::Residence,
            b'S' => Self::Scene,
            b'X' => Self::OfficeOnTheWay,
            _ => return None,
        })
    }

    /// The place in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::DiagnosticSite => "diagnostic or therapeutic site",
            Self::CustodialFacility => "custodial facility",
            Self::HospitalDialysis => "dialysis in a hospital",
            Self::Hospital => "hospital",
            Self::Transfer => "transfer between ambulances",
            Self::FreestandingDialysis => "dialysis outside a hospital",
            Self::NursingFacility => "skilled nursing facility",
            Self::Office => "physician's office",
            Self::Residence => "residence",
            Self::Scene => "scene of the event",
            Self::OfficeOnTheWay => "physician's office on the way to the hospital",
        }
    }
}

impl fmt::Display for TripPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}

/// A modifier of an ambulance line: from where to where.
///
/// The letters of some pairs are those of another modifier: on an ambulance code (`A0021` to `A0999`) the pair is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AmbulanceTrip {
    origin: TripPlace,
    destination: TripPlace,
}

impl AmbulanceTrip {
    /// The trip that a modifier names; `None` where its letters are no places, or `X` stands first.
    ///
    /// ```
    /// use superbill_hcpcs::{AmbulanceTrip, TripPlace};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let trip = AmbulanceTrip::of("RH".parse()?).ok_or("no trip")?;
    /// assert_eq!(trip.origin(), TripPlace::Residence);
    /// assert_eq!(trip.to_string(), "residence to hospital");
    /// assert!(AmbulanceTrip::of("XH".parse()?).is_none());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn of(modifier: Modifier) -> Option<Self> {
        let [origin, destination] = modifier.as_str().as_bytes() else { return None };
        let origin = TripPlace::of(*origin).filter(|place| *place != TripPlace::OfficeOnTheWay)?;
        Some(Self { origin, destination: TripPlace::of(*destination)? })
    }

    /// From where.
    #[must_use]
    pub fn origin(self) -> TripPlace {
        self.origin
    }

    /// To where.
    #[must_use]
    pub fn destination(self) -> TripPlace {
        self.destination
    }
}

impl fmt::Display for AmbulanceTrip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.origin, self.destination)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_origins_and_eleven_destinations() {
        let letters = 'A'..='Z';
        let trips = letters.clone().flat_map(|origin| letters.clone().map(move |to| format!("{origin}{to}")));
        assert_eq!(trips.filter(|pair| AmbulanceTrip::of(pair.parse().unwrap()).is_some()).count(), 110);
        assert!(AmbulanceTrip::of("R1".parse().unwrap()).is_none());
    }
}
