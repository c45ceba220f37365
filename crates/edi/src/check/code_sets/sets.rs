//! The code sets that codes are looked up in.

use superbill_core::Date;
use superbill_cpt::CptTables;
use superbill_edits::{CodeListName, CodeListStatus, CodeLists};
use superbill_hcpcs::{Hcpcs, HcpcsTables};
use superbill_icd10cm::Icd10Cm;

/// The code sets that a [`Checker`](super::super::Checker) looks codes up in. What is not there is checked by its shape alone.
#[derive(Debug, Clone, Default)]
pub struct CodeSets<'d> {
    pub(super) icd10cm: Option<&'d Icd10Cm<'d>>,
    pub(super) hcpcs: HcpcsTables<'d>,
    pub(super) cpt: CptTables<'d>,
    pub(super) lists: CodeLists<'d>,
}

impl<'d> CodeSets<'d> {
    /// None: codes are checked by their shapes.
    #[must_use]
    pub fn shapes() -> Self {
        Self::default()
    }

    /// The bundled tables: ICD-10-CM, and the part of HCPCS Level II that is bundled.
    #[cfg(feature = "bundled")]
    #[must_use]
    pub fn bundled() -> CodeSets<'static> {
        CodeSets::shapes().with_icd10cm(Icd10Cm::bundled()).with_hcpcs([Hcpcs::bundled()])
    }

    /// With a table of ICD-10-CM.
    #[must_use]
    pub fn with_icd10cm(self, table: &'d Icd10Cm<'d>) -> Self {
        Self { icd10cm: Some(table), ..self }
    }

    /// With tables of HCPCS Level II, in place of those before.
    #[must_use]
    pub fn with_hcpcs(self, tables: impl IntoIterator<Item = &'d Hcpcs<'d>>) -> Self {
        Self { hcpcs: HcpcsTables::new(tables), ..self }
    }

    /// With the user's licensed editions of CPT, in place of those before.
    #[must_use]
    pub fn with_cpt(self, tables: CptTables<'d>) -> Self {
        Self { cpt: tables, ..self }
    }

    /// With the user's code lists, in place of those before.
    #[must_use]
    pub fn with_lists(self, lists: CodeLists<'d>) -> Self {
        Self { lists, ..self }
    }

    /// What a list says of a code on a day; without a day, on that of the newest release.
    pub(super) fn listed(&self, name: CodeListName, code: &str, day: Option<Date>) -> CodeListStatus<'d> {
        match day.or_else(|| self.lists.iter().filter(|list| list.name() == name).map(|list| list.release()).max()) {
            Some(day) => self.lists.status(name, code, day),
            None => CodeListStatus::CannotTell,
        }
    }

    /// Which release of a list answers for a day, in words.
    pub(super) fn list_release(&self, name: CodeListName, day: Option<Date>) -> String {
        let newest = self.lists.iter().filter(|list| list.name() == name).map(|list| list.release()).max();
        let list = day.or(newest).and_then(|day| self.lists.list(name, day));
        list.map(|list| format!("list of {}", list.release())).unwrap_or_default()
    }

    /// Which release of ICD-10-CM is in force on a day, in words.
    pub(super) fn icd10cm_release(day: Date) -> String {
        // A fiscal year begins on October 1 of the year before.
        format!("ICD-10-CM FY{}", i32::from(day.year()) + i32::from(day.month() >= 10))
    }

    /// Which release of HCPCS Level II answers for a day, in words.
    pub(super) fn hcpcs_release(&self, day: Date) -> String {
        let spans = || self.hcpcs.releases().filter_map(|table| table.release().ok());
        let governing = spans().find(|days| days.last().is_none_or(|last| day <= last)).or(spans().last());
        governing.map_or_else(|| "HCPCS Level II".to_owned(), |days| format!("HCPCS Level II of {}", days.first()))
    }
}
