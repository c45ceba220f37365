//! What official files there are, and which kind of table each makes.

use clap::ValueEnum;
use superbill::edits::{self, MueService, PairSetting, Pairs};
use superbill::{cpt, hcpcs, icd10cm};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportKind {
    /// A release of ICD-10-CM: order file, tabular list in XML, order addenda, together or alone; merged with the releases before
    Icd10cm,
    /// The Alphabetic Index to Diseases and Injuries, XML
    Icd10cmIndex,
    /// The Table of Neoplasms, XML
    Icd10cmNeoplasm,
    /// The Table of Drugs and Chemicals, XML
    Icd10cmDrug,
    /// The External Cause of Injuries Index, XML
    Icd10cmExternalCause,
    /// The list of codes exempt from present-on-admission reporting, text
    PoaExempt,
    /// The ICD-10-CM conversion table: which code took the place of which, workbook or text
    Conversion,
    /// The general equivalence mappings, I9gem and I10gem, one or both
    Gems,
    /// The quarterly file of HCPCS Level II: text of 320 columns, with commas, workbook, or the archive
    Hcpcs,
    /// Your licensed CPT files
    Cpt,
    /// Procedure-to-procedure edits for practitioners: all parts of a quarter, packed or not
    NcciPtpPractitioner,
    /// Procedure-to-procedure edits for outpatient hospitals: all parts of a quarter, packed or not
    NcciPtpOutpatient,
    /// Medically unlikely edits for practitioners
    MuePractitioner,
    /// Medically unlikely edits for outpatient hospitals
    MueOutpatient,
    /// Medically unlikely edits for suppliers of durable medical equipment
    MueDme,
    /// Add-on codes with their primary codes
    AddOn,
    /// A list of the modifiers that set a pair's edit aside, with dates
    NcciModifiers,
    /// The physician fee schedule: relative values and payment indicators (PPRRVU)
    Mpfs,
    /// The geographic practice cost indices
    Gpci,
    /// The outpatient prospective payment system, Addendum B
    Opps,
    /// The clinical laboratory fee schedule
    Clfs,
    /// Payment limits of drugs by average sales price
    Asp,
    /// The fee schedule of durable medical equipment, prosthetics, orthotics and supplies
    Dmepos,
    /// Your copy of a code list that X12, NUBC or another owner keeps, in one file or several; --list names it
    CodeList,
}

impl ImportKind {
    /// The kind of table that the files make.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Icd10cm => icd10cm::TABLE_KIND,
            Self::Icd10cmIndex => icd10cm::ALPHABETIC_KIND,
            Self::Icd10cmNeoplasm => icd10cm::NEOPLASM_KIND,
            Self::Icd10cmDrug => icd10cm::DRUG_KIND,
            Self::Icd10cmExternalCause => icd10cm::EXTERNAL_CAUSE_KIND,
            Self::PoaExempt => icd10cm::POA_EXEMPT_KIND,
            Self::Conversion => icd10cm::CONVERSION_KIND,
            Self::Gems => icd10cm::GEMS_KIND,
            Self::Hcpcs => hcpcs::TABLE_KIND,
            Self::Cpt => cpt::CPT_KIND,
            Self::NcciPtpPractitioner => Pairs::kind(PairSetting::Practitioner),
            Self::NcciPtpOutpatient => Pairs::kind(PairSetting::OutpatientHospital),
            Self::MuePractitioner => MueService::Practitioner.kind(),
            Self::MueOutpatient => MueService::Outpatient.kind(),
            Self::MueDme => MueService::Dme.kind(),
            Self::AddOn => edits::ADD_ON_KIND,
            Self::NcciModifiers => edits::NCCI_MODIFIERS_KIND,
            Self::Mpfs => edits::FEE_SCHEDULE_KIND,
            Self::Gpci => edits::GPCI_KIND,
            Self::Opps => edits::OPPS_KIND,
            Self::Clfs => edits::CLFS_KIND,
            Self::Asp => edits::ASP_KIND,
            Self::Dmepos => edits::DMEPOS_KIND,
            Self::CodeList => edits::CODE_LIST_KIND,
        }
        .as_str()
    }

    /// The kind of table whose name begins with the characters that a table keeps of it.
    pub(crate) fn of_table(kept: &str) -> Option<&'static str> {
        let whole = Self::value_variants().iter().map(|kind| kind.table());
        whole.into_iter().find(|whole| whole.get(..KEPT).unwrap_or(whole) == kept)
    }
}

/// How many characters of its kind a table keeps.
const KEPT: usize = 16;
