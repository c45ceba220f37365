//! Diagnoses of a claim and the pointers to them.

use core::fmt;
use superbill_core::Phi;
use superbill_icd10cm::Icd10CmCode;

/// Most diagnoses on a professional claim (ASC X12N 005010X222A1, loop 2300 HI; CMS-1500 item 21).
pub const MAX_PROFESSIONAL_DIAGNOSES: usize = 12;

/// A diagnosis code as a claim carries it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum DiagnosisCode {
    /// ICD-10-CM, possible by its shape.
    #[cfg_attr(feature = "serde", serde(rename = "icd10cm"))]
    Icd10Cm(Icd10CmCode),
    /// A text that is no ICD-10-CM code by shape. Kept as it came, so that nothing is lost; a rule reports it.
    Unrecognized(Phi<String>),
}

impl DiagnosisCode {
    /// Reads a code; a text of no possible shape is kept.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        match Icd10CmCode::parse(text) {
            Ok(code) => Self::Icd10Cm(code),
            Err(_) => Self::Unrecognized(Phi::new(text.to_owned())),
        }
    }

    /// The ICD-10-CM code, if it is one by shape.
    #[must_use]
    pub fn icd10cm(&self) -> Option<Icd10CmCode> {
        match self {
            Self::Icd10Cm(code) => Some(*code),
            Self::Unrecognized(_) => None,
        }
    }
}

impl From<Icd10CmCode> for DiagnosisCode {
    fn from(code: Icd10CmCode) -> Self {
        Self::Icd10Cm(code)
    }
}

impl fmt::Display for DiagnosisCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Icd10Cm(code) => code.fmt(f),
            Self::Unrecognized(text) => text.fmt(f),
        }
    }
}

/// A service line's reference to a diagnosis of its claim: the ordinal, counted from 1 (SV107; CMS-1500 item 24E).
///
/// [`ClaimBuilder::diagnosis`](crate::ClaimBuilder::diagnosis) gives the pointer of the diagnosis that it adds. A
/// pointer read from a file can point at nothing; a rule reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct DiagnosisPointer(u8);

impl DiagnosisPointer {
    /// The pointer of an ordinal, as it is read from a file.
    #[must_use]
    pub fn from_ordinal(ordinal: u8) -> Self {
        Self(ordinal)
    }

    /// The ordinal, counted from 1.
    #[must_use]
    pub fn ordinal(self) -> u8 {
        self.0
    }

    /// The index into a list of diagnoses; `None` for ordinal 0.
    #[must_use]
    pub fn index(self) -> Option<usize> {
        usize::from(self.0).checked_sub(1)
    }

    /// The letter of the paper form, `A` for the first (CMS-1500 item 21).
    #[must_use]
    pub fn letter(self) -> Option<char> {
        matches!(self.0, 1..=12).then(|| char::from(b'A' + (self.0 - 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_no_code_is_kept_and_not_shown() {
        let code = DiagnosisCode::from_text("e1165");
        assert_eq!((code.to_string().as_str(), code.icd10cm().is_some()), ("E11.65", true));
        for text in ["", "TESTPATIENT", "11E", "E11.65.1"] {
            let kept = DiagnosisCode::from_text(text);
            assert_eq!(kept, DiagnosisCode::Unrecognized(Phi::new(text.to_owned())));
            assert_eq!((kept.to_string().as_str(), kept.icd10cm()), ("[redacted]", None));
            assert_eq!(format!("{kept:?}"), "Unrecognized([redacted])");
        }
    }

    #[test]
    fn pointers_count_from_one_and_have_letters_to_l() {
        for (ordinal, index, letter) in [
            (0, None, None),
            (1, Some(0), Some('A')),
            (12, Some(11), Some('L')),
            (13, Some(12), None),
            (255, Some(254), None),
        ] {
            let pointer = DiagnosisPointer::from_ordinal(ordinal);
            assert_eq!((pointer.ordinal(), pointer.index(), pointer.letter()), (ordinal, index, letter));
        }
    }
}
