//! What kind of thing a code stands for, by its letter.

use crate::code::HcpcsCode;
use core::fmt;

/// The part of HCPCS Level II that a code belongs to: its letter, and for `A` and `V` its first digit too.
///
/// Source: CMS, HCPCS Level II Coding Procedures, and the headings of the quarterly file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Category {
    /// A0000 to A1999: ambulance and other transport.
    Transport,
    /// A2000 to A8999: medical and surgical supplies.
    Supplies,
    /// A9000 to A9999: radiopharmaceuticals, administrative and other supplies.
    OtherSupplies,
    /// B: feeding through a tube or a vein.
    Nutrition,
    /// C: what hospitals and surgery centres report under the outpatient payment system.
    Outpatient,
    /// D: dental procedures; the list and the words belong to the American Dental Association.
    Dental,
    /// E: durable medical equipment.
    Equipment,
    /// G: procedures and professional services that Medicare names itself.
    Services,
    /// H: mental health, alcohol and drug treatment, as state Medicaid programs name them.
    BehavioralHealth,
    /// J: drugs that are not taken by mouth, chemotherapy.
    Drugs,
    /// K: equipment and supplies, named for the contractors for durable medical equipment.
    EquipmentTemporary,
    /// L: orthotics and prosthetics.
    OrthoticsProsthetics,
    /// M: other medical services, and quality measures.
    OtherServices,
    /// P: pathology, laboratory, blood products.
    Laboratory,
    /// Q: drugs, supplies and services under a temporary name.
    Temporary,
    /// R: transport of diagnostic equipment to the patient.
    Radiology,
    /// S: what private payers need and Medicare does not pay.
    PrivatePayer,
    /// T: what state Medicaid programs need.
    Medicaid,
    /// U: laboratory tests for the coronavirus.
    CoronavirusTests,
    /// V0000 to V4999: vision.
    Vision,
    /// V5000 to V9999: hearing and speech.
    Hearing,
    /// A letter that the quarterly file does not use.
    Unassigned,
}

impl Category {
    /// The category of a code, whether the code exists or not.
    #[must_use]
    pub fn of(code: HcpcsCode) -> Self {
        match (code.letter(), code.as_str().as_bytes().get(1)) {
            ('A', Some(b'0' | b'1')) => Self::Transport,
            ('A', Some(b'9')) => Self::OtherSupplies,
            ('A', _) => Self::Supplies,
            ('B', _) => Self::Nutrition,
            ('C', _) => Self::Outpatient,
            ('D', _) => Self::Dental,
            ('E', _) => Self::Equipment,
            ('G', _) => Self::Services,
            ('H', _) => Self::BehavioralHealth,
            ('J', _) => Self::Drugs,
            ('K', _) => Self::EquipmentTemporary,
            ('L', _) => Self::OrthoticsProsthetics,
            ('M', _) => Self::OtherServices,
            ('P', _) => Self::Laboratory,
            ('Q', _) => Self::Temporary,
            ('R', _) => Self::Radiology,
            ('S', _) => Self::PrivatePayer,
            ('T', _) => Self::Medicaid,
            ('U', _) => Self::CoronavirusTests,
            ('V', Some(b'0'..=b'4')) => Self::Vision,
            ('V', _) => Self::Hearing,
            _ => Self::Unassigned,
        }
    }

    /// The name in data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Transport => "transport",
            Self::Supplies => "supplies",
            Self::OtherSupplies => "other_supplies",
            Self::Nutrition => "nutrition",
            Self::Outpatient => "outpatient",
            Self::Dental => "dental",
            Self::Equipment => "equipment",
            Self::Services => "services",
            Self::BehavioralHealth => "behavioral_health",
            Self::Drugs => "drugs",
            Self::EquipmentTemporary => "equipment_temporary",
            Self::OrthoticsProsthetics => "orthotics_prosthetics",
            Self::OtherServices => "other_services",
            Self::Laboratory => "laboratory",
            Self::Temporary => "temporary",
            Self::Radiology => "radiology",
            Self::PrivatePayer => "private_payer",
            Self::Medicaid => "medicaid",
            Self::CoronavirusTests => "coronavirus_tests",
            Self::Vision => "vision",
            Self::Hearing => "hearing",
            Self::Unassigned => "unassigned",
        }
    }

    /// The same in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Transport => "ambulance and other transport",
            Self::Supplies => "medical and surgical supplies",
            Self::OtherSupplies => "radiopharmaceuticals, administrative and other supplies",
            Self::Nutrition => "feeding through a tube or a vein",
            Self::Outpatient => "outpatient hospital and surgery centre items",
            Self::Dental => "dental procedures",
            Self::Equipment => "durable medical equipment",
            Self::Services => "procedures and professional services",
            Self::BehavioralHealth => "mental health, alcohol and drug treatment",
            Self::Drugs => "drugs not taken by mouth, chemotherapy",
            Self::EquipmentTemporary => "equipment and supplies, temporary codes",
            Self::OrthoticsProsthetics => "orthotics and prosthetics",
            Self::OtherServices => "other medical services and quality measures",
            Self::Laboratory => "pathology, laboratory, blood products",
            Self::Temporary => "drugs, supplies and services, temporary codes",
            Self::Radiology => "transport of diagnostic equipment",
            Self::PrivatePayer => "services named for private payers",
            Self::Medicaid => "services named for state Medicaid programs",
            Self::CoronavirusTests => "laboratory tests for the coronavirus",
            Self::Vision => "vision",
            Self::Hearing => "hearing and speech",
            Self::Unassigned => "not assigned",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Category {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_and_sometimes_the_digit_say_it() {
        for (code, category) in [
            ("A0425", Category::Transport),
            ("A2001", Category::Supplies),
            ("A4253", Category::Supplies),
            ("A9500", Category::OtherSupplies),
            ("B4034", Category::Nutrition),
            ("D0120", Category::Dental),
            ("E0607", Category::Equipment),
            ("J1885", Category::Drugs),
            ("L3908", Category::OrthoticsProsthetics),
            ("V2020", Category::Vision),
            ("V5008", Category::Hearing),
            ("X0001", Category::Unassigned),
        ] {
            assert_eq!(Category::of(code.parse().unwrap()), category, "{code}");
        }
    }
}
