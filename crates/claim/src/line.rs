//! A service line.

use crate::diagnosis::DiagnosisPointer;
use crate::party::Provider;
use crate::procedure::ProcedureCode;
use superbill_core::{DateRange, Modifier, Money, Phi, PlaceOfService, Quantity};

/// What the units of a line count (SV103).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum UnitBasis {
    /// Units of service (`UN`).
    Units,
    /// Minutes of anaesthesia (`MJ`).
    Minutes,
}

impl UnitBasis {
    /// The value of SV103.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Units => "UN",
            Self::Minutes => "MJ",
        }
    }
}

/// One service of a professional claim (loop 2400; CMS-1500 item 24).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ServiceLine {
    /// What was done or given (SV101-2).
    pub procedure: ProcedureCode,
    /// Up to four modifiers in order (SV101-3 to SV101-6).
    pub modifiers: Vec<Modifier>,
    /// Words for a code that needs them (SV101-7). Free text, which can name the patient.
    pub description: Option<Phi<String>>,
    /// The charge of the whole line (SV102).
    pub charge: Money,
    /// How many (SV104).
    pub units: Quantity,
    /// What the units count (SV103).
    pub unit_basis: UnitBasis,
    /// Where, if not as the claim says (SV105).
    pub place_of_service: Option<PlaceOfService>,
    /// When: one day, or from and through (DTP*472).
    pub date_of_service: DateRange,
    /// Why: the diagnoses of the claim, the foremost first (SV107).
    pub diagnosis_pointers: Vec<DiagnosisPointer>,
    /// The provider's own number of the line, by which the remittance is matched (REF*6R). It is shown in clear: make it of the
    /// place of the line or at random, never of a number of the patient.
    pub control_number: Option<String>,
    /// Who did it, if not as the claim says (loop 2420A).
    pub rendering_provider: Option<Provider>,
}

impl ServiceLine {
    /// A line of so many units.
    #[must_use]
    pub fn new(
        procedure: impl Into<ProcedureCode>,
        date_of_service: DateRange,
        units: Quantity,
        charge: Money,
    ) -> Self {
        Self {
            procedure: procedure.into(),
            modifiers: Vec::new(),
            description: None,
            charge,
            units,
            unit_basis: UnitBasis::Units,
            place_of_service: None,
            date_of_service,
            diagnosis_pointers: Vec::new(),
            control_number: None,
            rendering_provider: None,
        }
    }

    /// The same line with these diagnosis pointers, the foremost first.
    #[must_use]
    pub fn pointing_to(mut self, pointers: impl IntoIterator<Item = DiagnosisPointer>) -> Self {
        self.diagnosis_pointers = pointers.into_iter().collect();
        self
    }

    /// The same line with these modifiers, in order.
    #[must_use]
    pub fn with_modifiers(mut self, modifiers: impl IntoIterator<Item = Modifier>) -> Self {
        self.modifiers = modifiers.into_iter().collect();
        self
    }

    /// The same line with the provider's own line number, which must be no number of the patient.
    #[must_use]
    pub fn with_control_number(mut self, number: impl Into<String>) -> Self {
        self.control_number = Some(number.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use superbill_hcpcs::HcpcsCode;

    #[test]
    fn units_and_minutes_have_their_codes() {
        assert_eq!((UnitBasis::Units.code(), UnitBasis::Minutes.code()), ("UN", "MJ"));
    }

    #[test]
    fn a_line_keeps_its_order() {
        let day = DateRange::single("2026-10-05".parse().unwrap());
        let line =
            ServiceLine::new(HcpcsCode::parse("J1885").unwrap(), day, Quantity::from_units(2), Money::from_cents(500))
                .with_modifiers(["GA".parse().unwrap(), "59".parse().unwrap()])
                .pointing_to([2, 1].map(DiagnosisPointer::from_ordinal))
                .with_control_number("1");
        assert_eq!(line.modifiers.iter().map(Modifier::as_str).collect::<Vec<_>>(), ["GA", "59"]);
        assert_eq!(line.diagnosis_pointers.iter().map(|pointer| pointer.ordinal()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!((line.unit_basis, line.control_number.as_deref()), (UnitBasis::Units, Some("1")));
    }
}
