//! What kind of statement a modifier makes.

use core::fmt;

/// A class: its name in data and what its modifiers say.
macro_rules! classes {
    ($($name:ident $data:literal $words:literal,)*) => {
        /// What kind of statement a modifier makes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ModifierClass {
            $(#[doc = concat!("The modifier says: ", $words, ".")] $name,)*
        }

        impl ModifierClass {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name in data.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $data,)*
                }
            }

            /// What the modifiers of the class say.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)*
                }
            }
        }
    };
}

classes! {
    Ambulance "ambulance" "how an ambulance trip came about",
    AnemiaDrug "anemia_drug" "why and how an erythropoiesis-stimulating agent is given",
    Anesthesia "anesthesia" "who gives or directs anesthesia, and of what kind",
    Assistant "assistant" "a practitioner who is no physician assists at surgery",
    Audiology "audiology" "an audiologist without an order",
    BehavioralHealth "behavioral_health" "the program, the setting or the payer of behavioral health",
    Biosimilar "biosimilar" "who made a biosimilar drug",
    Blood "blood" "how blood was acquired",
    Clinician "clinician" "which clinician rendered the service",
    CompetitiveBidding "competitive_bidding" "the item's part in competitive bidding",
    Component "component" "the component that is billed",
    CoronaryArtery "coronary_artery" "which coronary artery",
    Custody "custody" "the patient is in custody",
    DecisionSupport "decision_support" "whether decision support was consulted for imaging",
    Demonstration "demonstration" "a demonstration",
    DeviceCredit "device_credit" "a device at no or reduced cost",
    Dialysis "dialysis" "a fact about dialysis",
    Disaster "disaster" "a catastrophe or disaster",
    DistinctService "distinct_service" "why the service is distinct from another on the claim",
    Drug "drug" "a fact about a drug",
    DrugAcquisition "drug_acquisition" "the competitive acquisition of a drug",
    DrugDiscount "drug_discount" "the 340B discount of a drug",
    DrugFormulation "drug_formulation" "single or mixed unit dose",
    DrugRoute "drug_route" "how a drug was given",
    DrugWaste "drug_waste" "how much of a drug was thrown away",
    Emergency "emergency" "an emergency",
    Equipment "equipment" "a fact about equipment",
    EquipmentSale "equipment_sale" "new, used or rented",
    Eyelid "eyelid" "which eyelid",
    Finger "finger" "which finger",
    FootCare "foot_care" "the findings that allow foot care",
    FunctionalLevel "functional_level" "what a wearer of a leg prosthesis can do",
    HomeInfusion "home_infusion" "a fact about home infusion",
    Hospice "hospice" "a service beside hospice",
    Imaging "imaging" "the equipment or purpose of imaging",
    Immunization "immunization" "a fact about an immunization",
    Impairment "impairment" "the percent of impairment",
    ItemUse "item_use" "what an item is used with",
    Laboratory "laboratory" "a fact about a laboratory test",
    Laterality "laterality" "left or right side",
    Liability "liability" "who is liable where the payer denies",
    Medicaid "medicaid" "a fact for state Medicaid programs",
    Monitoring "monitoring" "how monitoring was recorded",
    Nutrition "nutrition" "how nutrition is given",
    Other "other" "another fact",
    Oxygen "oxygen" "the amount or coverage group of oxygen",
    PatientRelationship "patient_relationship" "the clinician's relationship to the patient",
    PatientsServed "patients_served" "how many patients were served",
    Payment "payment" "a fact that bears on payment",
    PhysicalStatus "physical_status" "the patient's physical status before anesthesia",
    Policy "policy" "a requirement of a payer's policy",
    Rental "rental" "which month of a rental",
    Replacement "replacement" "a replacement or repair",
    Research "research" "a service in a study",
    Screening "screening" "what became of a screening",
    SecondOpinion "second_opinion" "a second or third opinion",
    Setting "setting" "where the service was rendered",
    Shortage "shortage" "an area short of clinicians",
    SkinSubstitute "skin_substitute" "how a skin substitute was used",
    Substitute "substitute" "a substitute for the regular clinician",
    Teaching "teaching" "a resident's part",
    Telehealth "telehealth" "how the patient was reached from afar",
    Therapy "therapy" "the kind of therapy plan",
    TherapyAssistant "therapy_assistant" "a therapy assistant's part",
    TimeOfDay "time_of_day" "the time of day",
    Toe "toe" "which toe",
    Vision "vision" "a fact about the eye or its lens",
    Visit "visit" "how a visit was shared or is unrelated",
    Wounds "wounds" "how many wounds were dressed",
    WrongSurgery "wrong_surgery" "a surgical error",
}

impl ModifierClass {
    /// Whether the modifiers of the class name a part of the body.
    #[must_use]
    pub fn is_anatomical(self) -> bool {
        matches!(self, Self::Laterality | Self::Eyelid | Self::Finger | Self::Toe | Self::CoronaryArtery)
    }
}

impl fmt::Display for ModifierClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ModifierClass {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
