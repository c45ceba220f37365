//! What Medicare covers: edits 11 and 17.

use super::diagnosis::{DiagnosisFlag, DiagnosisFlags};
use super::procedure::{ProcedureFlag, ProcedureFlags};

/// The highest age at which an artificial lumbar disc is covered.
const LUMBAR_DISC_AGE: u16 = 60;

/// What a procedure's coverage depends on beside the procedure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstances {
    /// The marks of all diagnoses.
    pub(super) diagnoses: DiagnosisFlags,
    /// The marks of all procedures.
    pub(super) procedures: ProcedureFlags,
    /// Age in completed years; an unknown one counts as above all limits.
    pub(super) age: Option<u16>,
}

/// Whether and how far a procedure is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coverage {
    Covered,
    Limited,
    None,
}

impl Circumstances {
    /// The coverage of a procedure with these marks. One that is not covered is not looked at for limits.
    pub(super) fn coverage(self, flags: ProcedureFlags) -> Coverage {
        let whole_heart = self.artificial_heart(flags);
        let trial = self.diagnoses.contains(DiagnosisFlag::ClinicalTrial);
        if self.excluded(flags) || (whole_heart && !trial) {
            Coverage::None
        } else if flags.contains(ProcedureFlag::LimitedCoverage) || whole_heart {
            Coverage::Limited
        } else {
            Coverage::Covered
        }
    }

    fn excluded(self, flags: ProcedureFlags) -> bool {
        let with = |procedure, diagnosis| flags.contains(procedure) && self.diagnoses.contains(diagnosis);
        let pancreas_alone = flags.contains(ProcedureFlag::PancreasTransplant)
            && !self.procedures.contains(ProcedureFlag::KidneyTransplant)
            && !self.diagnoses.contains(DiagnosisFlag::Type1Diabetes);
        let too_old = self.age.is_none_or(|age| age > LUMBAR_DISC_AGE);
        flags.contains(ProcedureFlag::NonCovered)
            || pancreas_alone
            || with(ProcedureFlag::StemCells, DiagnosisFlag::Leukemia)
            || with(ProcedureFlag::DonorStemCells, DiagnosisFlag::MultipleMyeloma)
            || with(ProcedureFlag::Sterilization, DiagnosisFlag::Sterilization)
            || (flags.contains(ProcedureFlag::LumbarDisc) && too_old)
    }

    /// Whether the procedure is one half of an artificial heart and the other half is there too.
    fn artificial_heart(self, flags: ProcedureFlags) -> bool {
        let halves = [ProcedureFlag::ArtificialHeartRight, ProcedureFlag::ArtificialHeartLeft];
        halves.iter().any(|half| flags.contains(*half)) && halves.iter().all(|half| self.procedures.contains(*half))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage(flags: &[ProcedureFlag], others: &[ProcedureFlag], diagnoses: &[DiagnosisFlag], age: u16) -> Coverage {
        let procedures = flags.iter().chain(others).copied().collect();
        let circumstances =
            Circumstances { diagnoses: diagnoses.iter().copied().collect(), procedures, age: Some(age) };
        circumstances.coverage(flags.iter().copied().collect())
    }

    #[test]
    fn coverage_depends_on_diagnoses_other_procedures_and_age() {
        use {DiagnosisFlag as Dx, ProcedureFlag as Px};
        for (flags, others, diagnoses, age, expected) in [
            (&[][..], &[][..], &[][..], 70, Coverage::Covered),
            (&[Px::NonCovered], &[], &[], 70, Coverage::None),
            (&[Px::LimitedCoverage], &[], &[], 70, Coverage::Limited),
            (&[Px::LimitedCoverage, Px::PancreasTransplant], &[], &[], 40, Coverage::None),
            (&[Px::LimitedCoverage, Px::PancreasTransplant], &[Px::KidneyTransplant], &[], 40, Coverage::Limited),
            (&[Px::LimitedCoverage, Px::PancreasTransplant], &[], &[Dx::Type1Diabetes], 40, Coverage::Limited),
            (&[Px::StemCells], &[], &[], 40, Coverage::Covered),
            (&[Px::StemCells], &[], &[Dx::Leukemia], 40, Coverage::None),
            (&[Px::StemCells], &[], &[Dx::MultipleMyeloma], 40, Coverage::Covered),
            (&[Px::DonorStemCells], &[], &[Dx::MultipleMyeloma], 40, Coverage::None),
            (&[Px::Sterilization], &[], &[], 40, Coverage::Covered),
            (&[Px::Sterilization], &[], &[Dx::Sterilization], 40, Coverage::None),
            (&[Px::LumbarDisc], &[], &[], 60, Coverage::Covered),
            (&[Px::LumbarDisc], &[], &[], 61, Coverage::None),
            (&[Px::ArtificialHeartRight], &[], &[], 60, Coverage::Covered),
            (&[Px::ArtificialHeartRight], &[Px::ArtificialHeartLeft], &[], 60, Coverage::None),
            (&[Px::ArtificialHeartLeft], &[Px::ArtificialHeartRight], &[Dx::ClinicalTrial], 60, Coverage::Limited),
            (&[], &[Px::ArtificialHeartRight, Px::ArtificialHeartLeft], &[], 60, Coverage::Covered),
        ] {
            assert_eq!(coverage(flags, others, diagnoses, age), expected, "{flags:?} {others:?} {diagnoses:?} {age}");
        }
        let circumstances =
            Circumstances { diagnoses: DiagnosisFlags::NONE, procedures: ProcedureFlags::NONE, age: None };
        let disc = ProcedureFlags::NONE.with(ProcedureFlag::LumbarDisc);
        assert_eq!(circumstances.coverage(disc), Coverage::None, "an unknown age is above the limit");
    }
}
