//! The indicators of the official file: a value as the file has it, and what it means.

use core::fmt;

/// What this version knows of the values of an indicator.
pub trait Indicator: Copy {
    /// The meaning of a value; `None` for one that is not known.
    fn of(value: &str) -> Option<Self>;
    /// The meaning in a few words.
    fn words(self) -> &'static str;
}

/// A value of an indicator, as the file has it. It is kept whether its meaning is known or not.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Value<'t, I> {
    text: &'t str,
    known: Option<I>,
}

impl<'t, I: Indicator> Value<'t, I> {
    /// A value by its text; `None` where it is empty.
    pub(crate) fn new(text: &'t str) -> Option<Self> {
        (!text.is_empty()).then(|| Self { text, known: I::of(text) })
    }

    /// The value as the file has it.
    #[must_use]
    pub fn as_str(&self) -> &'t str {
        self.text
    }

    /// Its meaning, where this version knows it.
    #[must_use]
    pub fn known(&self) -> Option<I> {
        self.known
    }

    /// Its meaning in a few words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.known.map_or("a value that this version does not know", I::words)
    }
}

impl<I> fmt::Display for Value<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

impl<I: fmt::Debug> fmt::Debug for Value<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ({:?})", self.text, self.known)
    }
}

#[cfg(feature = "serde")]
impl<I> serde::Serialize for Value<'_, I> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text)
    }
}

/// An indicator: its name, and for each value the variant and our words.
macro_rules! indicator {
    ($(#[$about:meta])* $name:ident: $($value:literal $variant:ident $words:literal,)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("`", $value, "`: ", $words, ".")]
                $variant,
            )*
        }

        impl $name {
            /// Every value that this version knows, with its meaning.
            pub const ALL: &'static [(&'static str, Self)] = &[$(($value, Self::$variant),)*];
        }

        impl Indicator for $name {
            fn of(value: &str) -> Option<Self> {
                match value {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }

            fn words(self) -> &'static str {
                match self {
                    $(Self::$variant => $words,)*
                }
            }
        }
    };
}

indicator! {
    /// Whether Medicare covers a code.
    Coverage:
    "C" ContractorJudgment "the contractor decides",
    "D" SpecialInstructions "special coverage instructions apply",
    "I" NotPayable "Medicare does not pay it",
    "M" NotCovered "Medicare does not cover it",
    "S" ExcludedByStatute "excluded by the statute",
}

indicator! {
    /// How Part B finds a price.
    PricingIndicator:
    "00" NotSeparate "not priced separately by Part B",
    "11" RelativeValues "physician fee schedule, national relative values",
    "12" AnesthesiaUnits "physician fee schedule, national anesthesia base units",
    "13" FeeScheduleContractor "physician fee schedule, priced by the contractor",
    "21" LaboratoryLimit "clinical laboratory fee schedule, national limit",
    "22" LaboratoryContractor "clinical laboratory fee schedule, priced by the contractor",
    "31" FrequentlyServiced "equipment that needs frequent servicing",
    "32" Inexpensive "inexpensive or routinely purchased equipment",
    "33" Oxygen "oxygen and oxygen equipment",
    "34" EquipmentSupplies "supplies for equipment",
    "35" SurgicalDressings "surgical dressings",
    "36" CappedRental "equipment under capped rental",
    "37" OstomySupplies "ostomy, tracheostomy and urological supplies",
    "38" OrthoticsProsthetics "orthotics, prosthetics, prosthetic devices, vision services",
    "39" Nutrition "parenteral and enteral nutrition",
    "40" LymphedemaItems "lymphedema compression treatment items",
    "45" Customized "customized equipment",
    "46" EquipmentContractor "equipment priced by the contractor",
    "51" Drugs "drugs",
    "52" ReasonableCharge "reasonable charge",
    "53" Statute "the price follows from the statute",
    "54" Vaccinations "vaccinations",
    "55" SplintsCasts "splints and casts",
    "56" OfficeLens "intraocular lens inserted in an office",
    "57" OtherContractor "other, priced by the contractor",
    "99" NoValue "no value established",
}

indicator! {
    /// Whether a code can be priced in more than one way.
    MultiplePricing:
    "9" NotApplicable "not applicable: no separate price or no value",
    "A" OneMethod "one way of pricing",
    "B" ProfessionalByUnits "professional component by relative values, the rest by the contractor",
    "C" LaboratoryInterpretation "interpretation by relative values, the test by the laboratory schedule",
    "D" PhysicianPsychologist "physician by relative values, psychologist by a schedule of their own (until 1997)",
    "E" PhysicianPsychologistSocial "physician by relative values, psychologist and social worker by schedules of their own (until 1997)",
    "F" ContractorPsychologistSocial "physician by the contractor, psychologist and social worker by schedules of their own (until 1997)",
    "G" LaboratoryWithBlood "reasonable charge with blood products, else the laboratory schedule",
}

indicator! {
    /// What the last action changed.
    Action:
    "A" Added "added",
    "B" AdministrativeAndTitle "administrative data and long title changed",
    "C" LongTitle "long title changed",
    "D" Discontinued "discontinued",
    "F" Administrative "administrative data changed",
    "N" None "no change",
    "P" Payment "payment data changed",
    "R" Reactivated "in use again after it was discontinued",
    "S" ShortTitle "short title changed",
    "T" ServiceType "BETOS or type of service changed",
}

indicator! {
    /// The kind of service by which Medicare sorts its payments.
    TypeOfService:
    "0" WholeBlood "whole blood",
    "1" MedicalCare "medical care",
    "2" Surgery "surgery",
    "3" Consultation "consultation",
    "4" DiagnosticRadiology "diagnostic radiology",
    "5" DiagnosticLaboratory "diagnostic laboratory",
    "6" TherapeuticRadiology "therapeutic radiology",
    "7" Anesthesia "anesthesia",
    "8" AssistantAtSurgery "assistant at surgery",
    "9" OtherItems "other medical items or services",
    "A" UsedEquipment "used durable medical equipment",
    "B" HighRiskMammography "screening mammography, high risk (until 1998)",
    "C" LowRiskMammography "screening mammography, low risk (until 1998)",
    "D" Ambulance "ambulance",
    "E" Nutrition "enteral and parenteral nutrients and supplies",
    "F" SurgeryCenter "use of an ambulatory surgical center",
    "G" Immunosuppressive "immunosuppressive drugs",
    "H" Hospice "hospice (until 1995)",
    "I" InstallmentPurchase "purchase of equipment by installments (until 1995)",
    "J" DiabeticShoes "diabetic shoes",
    "K" Hearing "hearing items and services",
    "L" RenalSupplies "supplies for end-stage renal disease",
    "M" MonthlyDialysis "monthly payment for dialysis",
    "N" KidneyDonor "kidney donor",
    "P" LumpSumPurchase "purchase of equipment, prosthetics, orthotics",
    "Q" Vision "vision items or services",
    "R" Rental "rental of equipment",
    "S" Dressings "surgical dressings and other supplies",
    "T" OutpatientMentalHealth "outpatient mental health limit",
    "U" OccupationalTherapy "occupational therapy",
    "V" Vaccine "pneumococcal, influenza or hepatitis vaccine",
    "W" PhysicalTherapy "physical therapy",
    "Y" SecondOpinion "second opinion on surgery (until 1997)",
    "Z" ThirdOpinion "third opinion on surgery (until 1997)",
}

indicator! {
    /// The speciality in which a laboratory must be certified.
    LabCertification:
    "010" Histocompatibility "histocompatibility testing",
    "100" Microbiology "microbiology",
    "110" Bacteriology "bacteriology",
    "115" Mycobacteriology "mycobacteriology",
    "120" Mycology "mycology",
    "130" Parasitology "parasitology",
    "140" Virology "virology",
    "150" OtherMicrobiology "other microbiology",
    "200" DiagnosticImmunology "diagnostic immunology",
    "210" SyphilisSerology "syphilis serology",
    "220" GeneralImmunology "general immunology",
    "300" Chemistry "chemistry",
    "310" RoutineChemistry "routine chemistry",
    "320" Urinalysis "urinalysis",
    "330" Endocrinology "endocrinology",
    "340" Toxicology "toxicology",
    "350" OtherChemistry "other chemistry",
    "400" Hematology "hematology",
    "500" Immunohematology "immunohematology",
    "510" BloodGroup "blood group and Rh type",
    "520" AntibodyTransfusion "antibody detection for transfusion",
    "530" AntibodyOther "antibody detection other than for transfusion",
    "540" AntibodyIdentification "antibody identification",
    "550" Compatibility "compatibility testing",
    "560" OtherImmunohematology "other immunohematology",
    "600" Pathology "pathology",
    "610" Histopathology "histopathology",
    "620" OralPathology "oral pathology",
    "630" Cytology "cytology",
    "800" Radiobioassay "radiobioassay",
    "900" Cytogenetics "clinical cytogenetics",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept_whether_it_is_known_or_not() {
        let known = Value::<Coverage>::new("C").unwrap();
        assert_eq!((known.as_str(), known.known()), ("C", Some(Coverage::ContractorJudgment)));
        let new = Value::<Coverage>::new("Q").unwrap();
        assert_eq!((new.as_str(), new.known()), ("Q", None));
        assert!(new.words().contains("does not know"));
        assert!(Value::<Coverage>::new("").is_none());
        for (value, meaning) in TypeOfService::ALL {
            assert_eq!(TypeOfService::of(value), Some(*meaning));
        }
    }
}
