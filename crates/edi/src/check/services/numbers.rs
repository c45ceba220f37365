//! Ranges of codes that rules of services name. Numbers of CPT are ranges of its sections only.

use superbill_cpt::{CptCode, Section};
use superbill_hcpcs::HcpcsCode;

/// Whether a code is within the codes from one to another, ends included.
pub(super) fn within(code: HcpcsCode, first: &str, last: &str) -> bool {
    (first..=last).contains(&code.as_str())
}

/// Ambulance base rates and miles: `A0425` to `A0436`.
pub(super) fn is_trip(code: HcpcsCode) -> bool {
    within(code, "A0425", "A0436")
}

/// Ambulance miles.
pub(super) fn is_mileage(code: HcpcsCode) -> bool {
    matches!(code.as_str(), "A0425" | "A0435" | "A0436")
}

/// By air.
pub(super) fn is_air(code: HcpcsCode) -> bool {
    matches!(code.as_str(), "A0430" | "A0431" | "A0435" | "A0436")
}

/// Oxygen and the equipment that gives it.
pub(super) fn is_oxygen(code: HcpcsCode) -> bool {
    within(code, "E0424", "E0444")
        || within(code, "E1390", "E1392")
        || matches!(code.as_str(), "E1405" | "E1406" | "K0738")
}

/// Anesthesia itself, without the circumstances that qualify it, which stand among other numbers.
pub(super) fn is_anesthesia(code: CptCode) -> bool {
    code.section() == Some(Section::Anesthesia) && code.as_str().starts_with('0')
}

/// Restorations and the care of roots, which are of a tooth, and extractions; not what has no code of its own (`..999`).
pub(super) fn is_of_tooth(code: HcpcsCode) -> bool {
    let is_other = code.as_str().ends_with("999");
    !is_other && (within(code, "D2140", "D3999") || within(code, "D7111", "D7251"))
}

/// Fillings of amalgam and resin, which are of surfaces.
pub(super) fn is_of_surface(code: HcpcsCode) -> bool {
    within(code, "D2140", "D2161") || within(code, "D2330", "D2335") || within(code, "D2391", "D2394")
}
