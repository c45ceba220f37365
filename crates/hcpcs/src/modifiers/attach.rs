//! What a modifier may stand with.

use super::class::ModifierClass;

/// What a modifier may stand with: ranges of codes of both levels, first and last.
///
/// It says for what the modifier was made, not what a payer pays. Codes of Level I appear as numbers of sections, and as
/// single numbers only where a manual names them, with the reason beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attachment {
    ranges: &'static [(&'static str, &'static str)],
    words: &'static str,
}

impl Attachment {
    /// Whether a code of five characters is in one of the ranges.
    #[must_use]
    pub fn allows(&self, code: &str) -> bool {
        let within = |(first, last): &(&str, &str)| *first <= code && code <= *last;
        code.len() == 5 && self.ranges.iter().any(within)
    }

    /// The ranges.
    #[must_use]
    pub fn ranges(&self) -> &'static [(&'static str, &'static str)] {
        self.ranges
    }

    /// The same in words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.words
    }
}

const ANESTHESIA: Attachment = Attachment { ranges: &[("00100", "01999")], words: "anesthesia" };
const IMAGING: Attachment = Attachment {
    ranges: &[("70000", "79999"), ("C8900", "C8999"), ("G0001", "G9999"), ("R0070", "R0076")],
    words: "imaging",
};
const EQUIPMENT: Attachment = Attachment {
    ranges: &[
        ("A4000", "A9999"),
        ("B0000", "B9999"),
        ("E0000", "E9999"),
        ("K0000", "K9999"),
        ("L0000", "L9999"),
        ("V0000", "V9999"),
    ],
    words: "equipment, prosthetics, orthotics and supplies",
};
const DRUGS: Attachment = Attachment {
    ranges: &[
        ("90281", "90759"),
        ("A9000", "A9999"),
        ("C9000", "C9999"),
        ("J0000", "J9999"),
        ("P9000", "P9999"),
        ("Q0000", "Q9999"),
        ("S0000", "S9999"),
    ],
    words: "drugs and biologicals",
};
const DRUGS_AND_EQUIPMENT: Attachment = Attachment {
    ranges: &[
        ("90281", "90759"),
        ("A4000", "A9999"),
        ("C9000", "C9999"),
        ("E0000", "E9999"),
        ("J0000", "J9999"),
        ("K0000", "K9999"),
        ("Q0000", "Q9999"),
        ("S0000", "S9999"),
    ],
    words: "drugs, and equipment that gives them",
};
const LEG_PROSTHESES: Attachment = Attachment { ranges: &[("L5000", "L5999")], words: "prostheses of the leg" };
const OXYGEN: Attachment = Attachment {
    ranges: &[("E0424", "E0489"), ("E1352", "E1406"), ("K0738", "K0738")],
    words: "oxygen and its equipment",
};
const DRESSINGS: Attachment = Attachment { ranges: &[("A4000", "A6999")], words: "surgical dressings and tape" };
const CORONARY: Attachment =
    Attachment { ranges: &[("92920", "92999"), ("C9600", "C9608")], words: "interventions on coronary arteries" };
const EYELID: Attachment = Attachment {
    ranges: &[("10000", "19999"), ("65000", "68999")],
    words: "surgery of skin, eye and what surrounds it",
};
const ASSISTED: Attachment = Attachment {
    ranges: &[("10000", "69999"), ("92920", "93799"), ("C0000", "C9999"), ("G0001", "G9999"), ("S2000", "S2999")],
    words: "surgery",
};
const AMBULANCE: Attachment = Attachment { ranges: &[("A0021", "A0999")], words: "ambulance and transport" };
const ANEMIA: Attachment = Attachment {
    ranges: &[("J0881", "J0891"), ("Q4081", "Q4081"), ("Q5105", "Q5106")],
    words: "erythropoiesis-stimulating agents",
};
const FOOT_CARE: Attachment = Attachment {
    // Foot care by its single numbers: Medicare Benefit Policy Manual, chapter 15, section 290, names these services alone.
    ranges: &[("11055", "11057"), ("11719", "11721"), ("G0127", "G0127"), ("G0245", "G0247")],
    words: "routine foot care",
};
const DIALYSIS: Attachment = Attachment { ranges: &[("90935", "90999")], words: "dialysis" };
const INHALED: Attachment =
    Attachment { ranges: &[("J0000", "J9999"), ("Q0000", "Q9999")], words: "drugs given by a nebulizer" };
const SKIN_SUBSTITUTES: Attachment = Attachment {
    ranges: &[("A2001", "A2999"), ("C1849", "C1849"), ("C9000", "C9999"), ("Q4100", "Q4999")],
    words: "skin substitutes",
};
const COLORECTAL: Attachment = Attachment {
    ranges: &[("00100", "01999"), ("10000", "69999"), ("74000", "74999"), ("G0104", "G0121")],
    words: "procedures of the bowel",
};
const LABORATORY: Attachment = Attachment {
    ranges: &[("0001U", "0999U"), ("80000", "89999"), ("G0001", "G9999"), ("P0000", "P9999"), ("U0001", "U9999")],
    words: "laboratory tests",
};

pub(super) fn attachment(code: &str, class: ModifierClass) -> Option<Attachment> {
    Some(match (class, code) {
        (ModifierClass::Anesthesia | ModifierClass::PhysicalStatus, _) => ANESTHESIA,
        (ModifierClass::Imaging | ModifierClass::DecisionSupport, _) => IMAGING,
        (ModifierClass::EquipmentSale | ModifierClass::Rental | ModifierClass::CompetitiveBidding, _) => EQUIPMENT,
        (ModifierClass::DrugWaste | ModifierClass::DrugDiscount | ModifierClass::DrugAcquisition, _) => DRUGS,
        (ModifierClass::DrugRoute, _) => DRUGS_AND_EQUIPMENT,
        (ModifierClass::DrugFormulation, _) => INHALED,
        (ModifierClass::FunctionalLevel, _) => LEG_PROSTHESES,
        (ModifierClass::Oxygen, _) => OXYGEN,
        (ModifierClass::Wounds, _) => DRESSINGS,
        (ModifierClass::CoronaryArtery, _) => CORONARY,
        (ModifierClass::Eyelid, _) => EYELID,
        (ModifierClass::Assistant, _) => ASSISTED,
        (ModifierClass::Ambulance, _) => AMBULANCE,
        (ModifierClass::AnemiaDrug, _) => ANEMIA,
        (ModifierClass::FootCare, _) => FOOT_CARE,
        (ModifierClass::SkinSubstitute, _) => SKIN_SUBSTITUTES,
        (ModifierClass::Dialysis, "G1" | "G2" | "G3" | "G4" | "G5" | "G6" | "V5" | "V6" | "V7") => DIALYSIS,
        (ModifierClass::Screening, "PT") => COLORECTAL,
        (ModifierClass::Laboratory, "QW") => LABORATORY,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{ModifierInfo, list::MODIFIERS};

    #[test]
    fn ranges_are_in_order_and_say_where_a_modifier_may_stand() {
        for (code, ..) in MODIFIERS {
            let info = ModifierInfo::of(code.parse().unwrap()).unwrap();
            let ranges = info.attachment().map_or(&[][..], |found| found.ranges());
            assert!(ranges.iter().all(|(first, last)| first <= last), "{code}");
            assert!(ranges.is_sorted_by(|one, next| one.1 < next.0), "{code}");
        }
        for (modifier, code, allowed) in [
            ("RR", "E0260", true),
            ("RR", "J1885", false),
            ("JZ", "J1885", true),
            ("JZ", "99299", false),
            ("K3", "L5301", true),
            ("K3", "L3908", false),
            ("QK", "00790", true),
            ("LD", "92990", true),
            ("QW", "89000", true),
        ] {
            let info = ModifierInfo::of(modifier.parse().unwrap()).unwrap();
            assert_eq!(info.attachment().unwrap().allows(code), allowed, "{modifier} {code}");
        }
    }
}
