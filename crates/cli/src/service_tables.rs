//! The tables of service lines among the loaded ones.

use crate::error::CliError;
use crate::tables::Tables;
use superbill::cpt::{CPT_KIND, Cpt, CptTables};
use superbill::edits::{
    ADD_ON_KIND, ASP_KIND, AddOns, CLFS_KIND, CODE_LIST_KIND, CodeList, CodeLists, DMEPOS_KIND, DmeposFees, DrugPrices,
    FEE_SCHEDULE_KIND, FeeSchedule, FeeSchedules, LaboratoryFees, Mue, MueService, OPPS_KIND, Opps, PairSetting,
    PairTables, Pairs, Program, Releases,
};
use superbill::hcpcs::{self, Hcpcs};

/// Opens and checks: every table from a file is checked before it is asked.
macro_rules! opened {
    ($tables:expr, $kind:expr, $table:ident) => {
        $tables.open($kind, |bytes| {
            let table = $table::from_bytes(bytes)?;
            table.verify().map(|()| table)
        })?
    };
}

/// Tables of HCPCS Level II: the bundled one and those that are loaded.
pub(crate) fn hcpcs(tables: &Tables) -> Result<Vec<Hcpcs<'_>>, CliError> {
    let mut all = vec![*Hcpcs::bundled()];
    all.extend(opened!(tables, hcpcs::TABLE_KIND, Hcpcs));
    Ok(all)
}

/// The licensed editions of CPT.
pub(crate) fn cpt(tables: &Tables) -> Result<CptTables<'_>, CliError> {
    Ok(CptTables::new(opened!(tables, CPT_KIND, Cpt)))
}

/// The code lists, by name and release.
pub(crate) fn code_lists(tables: &Tables) -> Result<CodeLists<'_>, CliError> {
    Ok(CodeLists::new(opened!(tables, CODE_LIST_KIND, CodeList)))
}

/// The tables of edits and fees of one program.
pub(crate) struct ServiceTables<'t> {
    pub(crate) pairs: PairTables<'t>,
    pub(crate) mue: [(MueService, Releases<Mue<'t>>); 3],
    pub(crate) add_ons: Releases<AddOns<'t>>,
    pub(crate) fee_schedules: FeeSchedules<'t>,
    pub(crate) opps: Releases<Opps<'t>>,
    pub(crate) laboratory: Releases<LaboratoryFees<'t>>,
    pub(crate) drugs: Releases<DrugPrices<'t>>,
    pub(crate) dmepos: Releases<DmeposFees<'t>>,
}

impl<'t> ServiceTables<'t> {
    /// Opens those that are loaded.
    pub(crate) fn of(tables: &'t Tables, program: Program) -> Result<Self, CliError> {
        let mut pairs = opened!(tables, Pairs::kind(PairSetting::Practitioner), Pairs);
        pairs.extend(opened!(tables, Pairs::kind(PairSetting::OutpatientHospital), Pairs));
        let mue = |service: MueService| {
            let tables = opened!(tables, service.kind(), Mue);
            let tables = tables.into_iter().filter(|table| table.program() == program);
            Ok::<_, CliError>((service, Releases::new(tables)))
        };
        let add_ons = opened!(tables, ADD_ON_KIND, AddOns);
        Ok(Self {
            pairs: PairTables::new(pairs),
            mue: [mue(MueService::Practitioner)?, mue(MueService::Outpatient)?, mue(MueService::Dme)?],
            add_ons: Releases::new(add_ons.into_iter().filter(|table| table.program() == program)),
            fee_schedules: FeeSchedules::new(opened!(tables, FEE_SCHEDULE_KIND, FeeSchedule)),
            opps: Releases::new(opened!(tables, OPPS_KIND, Opps)),
            laboratory: Releases::new(opened!(tables, CLFS_KIND, LaboratoryFees)),
            drugs: Releases::new(opened!(tables, ASP_KIND, DrugPrices)),
            dmepos: Releases::new(opened!(tables, DMEPOS_KIND, DmeposFees)),
        })
    }
}
