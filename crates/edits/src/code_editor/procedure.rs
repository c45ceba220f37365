//! What the editor's master says of a procedure.

use super::flags::flags;
use core::fmt;
use superbill_core::DateRange;

flags! {
    /// A mark of a procedure in the master of the Medicare Code Editor.
    ///
    /// Source: Definitions of Medicare Code Edits, edits 5, 8, 11, 17 and 19.
    ProcedureFlag,
    /// The marks of a procedure.
    ProcedureFlags;
    /// Only in female patients; no procedure has it from 2024-10-01 on.
    Female = "female", "female";
    /// Only in male patients; no procedure has it from 2024-10-01 on.
    Male = "male", "male";
    /// Never covered.
    NonCovered = "non_covered", "noncovered";
    /// Covered for some patients or in some hospitals only, as transplants are.
    LimitedCoverage = "limited_coverage", "lcov";
    /// Infusion of the patient's own or of embryonic stem cells: not covered with the leukemias of
    /// [`DiagnosisFlag::Leukemia`](super::DiagnosisFlag::Leukemia) (National Coverage Determination 110.23).
    StemCells = "stem_cells", "ncov6";
    /// Infusion of the stem cells of a donor: was not covered with multiple myeloma, to 2018-09-30.
    DonorStemCells = "donor_stem_cells", "ncov7";
    /// Transplantation of the pancreas: covered with a kidney transplantation or type 1 diabetes (National Coverage Determination 260.3).
    PancreasTransplant = "pancreas_transplant", "ncov45";
    /// Transplantation of a kidney.
    KidneyTransplant = "kidney_transplant", "kidneyxp";
    /// Artificial disc of the lumbar spine: not covered over the age of 60 (National Coverage Determination 150.10).
    LumbarDisc = "lumbar_disc", "ncov12agele60";
    /// Sterilization: not covered with the encounter for it as a diagnosis (National Coverage Determination 230.3).
    Sterilization = "sterilization", "ncov_z302";
    /// The one half of an artificial heart: with the other one covered in a clinical trial only.
    ArtificialHeartRight = "artificial_heart_right", "lcov_artheartxpa";
    /// The other half of an artificial heart.
    ArtificialHeartLeft = "artificial_heart_left", "lcov_artheartxpb";
    /// Cesarean section.
    CesareanSection = "cesarean_section", "csect";
    /// Vaginal delivery.
    VaginalDelivery = "vaginal_delivery", "vagdel";
    /// Takes longer than a short stay: ventilation for more than 96 consecutive hours.
    LongStay = "long_stay", "los";
}

impl ProcedureFlags {
    /// The bits of all marks that there are.
    const KNOWN: u32 = (1 << ProcedureFlag::ALL.len()) - 1;

    /// The set of these bits; `None` where one is no mark.
    #[inline]
    pub(crate) const fn from_bits(bits: u32) -> Option<Self> {
        if bits & !Self::KNOWN == 0 { Some(Self(bits)) } else { None }
    }

    /// The bits.
    #[cfg(feature = "import")]
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }
}

/// What a procedure code is on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProcedureStatus {
    /// In the master on the date.
    Valid,
    /// In the master only from a later date on.
    NotYetEffective,
    /// In the master only until an earlier date.
    Retired,
    /// Never in the master.
    Unknown,
    /// The date is after the last day that the table speaks of.
    CannotTell,
}

impl ProcedureStatus {
    /// The name in data: `valid`, `not_yet_effective`, `retired`, `unknown`, `cannot_tell`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::NotYetEffective => "not_yet_effective",
            Self::Retired => "retired",
            Self::Unknown => "unknown",
            Self::CannotTell => "cannot_tell",
        }
    }
}

impl fmt::Display for ProcedureStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ProcedureStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The answer to a question about a procedure on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Procedure {
    /// What the code is on the date.
    pub status: ProcedureStatus,
    /// Its marks on the date; none where it is not valid.
    pub flags: ProcedureFlags,
}

impl Procedure {
    /// Whether the code is valid on the date.
    #[must_use]
    pub fn is_valid(self) -> bool {
        self.status == ProcedureStatus::Valid
    }
}

/// Days on which a procedure was valid with the same marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ProcedurePeriod {
    /// The days; open where the table knows of no end.
    pub valid: DateRange,
    /// The marks.
    pub flags: ProcedureFlags,
}

impl ProcedurePeriod {
    /// A period with its marks.
    #[must_use]
    pub const fn new(valid: DateRange, flags: ProcedureFlags) -> Self {
        Self { valid, flags }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let flags: ProcedureFlags = [ProcedureFlag::LongStay, ProcedureFlag::Female].into_iter().collect();
        assert!(flags.contains(ProcedureFlag::Female) && !flags.contains(ProcedureFlag::Male) && !flags.is_empty());
        let both = flags.union(ProcedureFlags::NONE.with(ProcedureFlag::Male));
        assert_eq!(both.iter().map(ProcedureFlag::name).collect::<Vec<_>>(), ["female", "male", "long_stay"]);
        assert_eq!(format!("{flags:?}"), "{Female, LongStay}");
        assert_eq!(ProcedureFlags::from_bits(ProcedureFlags::KNOWN).map(|all| all.iter().count()), Some(15));
        assert_eq!(ProcedureFlags::from_bits(1 << 15), None);
        assert_eq!(ProcedureFlag::from_master("lcov"), Some(ProcedureFlag::LimitedCoverage));
        assert_eq!(ProcedureFlag::from_master("limited_coverage"), None);
    }
}
