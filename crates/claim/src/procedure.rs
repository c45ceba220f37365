//! The procedure, service, supply or drug of a service line.

use core::fmt;
use superbill_core::Phi;
use superbill_cpt::CptCode;
use superbill_hcpcs::HcpcsCode;

/// A procedure code as a service line carries it (SV101-2, qualifier `HC`).
///
/// The two levels of HCPCS are told apart by their shapes: Level I is CPT, Level II begins with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ProcedureCode {
    /// HCPCS Level I: Current Procedural Terminology.
    Cpt(CptCode),
    /// HCPCS Level II.
    Hcpcs(HcpcsCode),
    /// A text of neither shape. Kept as it came, so that nothing is lost; a rule reports it.
    Unrecognized(Phi<String>),
}

impl ProcedureCode {
    /// Reads a code; a text of no possible shape is kept.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        if let Ok(code) = HcpcsCode::parse(text) {
            Self::Hcpcs(code)
        } else if let Ok(code) = CptCode::parse(text) {
            Self::Cpt(code)
        } else {
            Self::Unrecognized(Phi::new(text.to_owned()))
        }
    }

    /// The code as text; `None` where the shape is not known.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Cpt(code) => Some(code.as_str()),
            Self::Hcpcs(code) => Some(code.as_str()),
            Self::Unrecognized(_) => None,
        }
    }
}

impl From<HcpcsCode> for ProcedureCode {
    fn from(code: HcpcsCode) -> Self {
        Self::Hcpcs(code)
    }
}

impl From<CptCode> for ProcedureCode {
    fn from(code: CptCode) -> Self {
        Self::Cpt(code)
    }
}

impl fmt::Display for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cpt(code) => code.fmt(f),
            Self::Hcpcs(code) => code.fmt(f),
            Self::Unrecognized(text) => text.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_levels_are_told_apart_by_shape() {
        for (text, code) in
            [("g0108", Some("G0108")), (" J1885", Some("J1885")), ("00000", Some("00000")), ("0000t", Some("0000T"))]
        {
            assert_eq!(ProcedureCode::from_text(text).as_str(), code);
        }
        assert!(matches!(ProcedureCode::from_text("G0108"), ProcedureCode::Hcpcs(_)));
        assert!(matches!(ProcedureCode::from_text("00000"), ProcedureCode::Cpt(_)));
    }

    #[test]
    fn a_text_that_is_no_code_is_kept_and_not_shown() {
        for text in ["", "TESTPATIENT", "G010", "0000Z"] {
            let kept = ProcedureCode::from_text(text);
            assert_eq!(kept, ProcedureCode::Unrecognized(Phi::new(text.to_owned())));
            assert_eq!((kept.as_str(), kept.to_string().as_str()), (None, "[redacted]"));
            assert_eq!(format!("{kept:?}"), "Unrecognized([redacted])");
        }
    }
}
