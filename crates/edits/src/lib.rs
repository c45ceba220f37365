#![doc = include_str!("../README.md")]

mod add_on;
mod asp;
pub mod code_editor;
mod code_index;
mod code_list;
mod code_list_name;
mod dmepos;
mod facts;
mod fee_schedule;
mod gpci;
mod groups;
#[cfg(feature = "import")]
pub mod import;
mod laboratory;
#[cfg(feature = "import")]
#[doc(hidden)]
pub mod list_checks;
#[doc(hidden)]
pub mod mpfs_checks;
mod mue;
mod ncci_modifiers;
mod opps;
#[cfg(feature = "import")]
#[doc(hidden)]
pub mod pair_checks;
mod pairs;
pub mod payment;
mod program;
mod quarter;
mod releases;
mod service_code;
mod status_indicator;
mod unit_price;
mod units;
mod words;

pub use add_on::{ADD_ON_KIND, AddOnAnswer, AddOnEdit, AddOnType, AddOns};
pub use asp::{ASP_KIND, DrugPrice, DrugPrices};
pub use code_list::{CODE_LIST_KIND, CodeList, CodeListStatus, CodeLists, ListedCode};
pub use code_list_name::{CODE_LIST_CODE_CHARS, CodeListName, CodeListNameError, OtherListName};
pub use dmepos::{DMEPOS_KIND, DmeposFees, DmeposItem, DmeposZone};
pub use fee_schedule::{
    ApmParticipation, AssistantIndicator, BilateralIndicator, CoSurgeonIndicator, ComponentIndicator, ConversionFactor,
    FEE_SCHEDULE_KIND, FeeSchedule, FeeScheduleRow, FeeSchedules, GlobalPeriod, ImagingFamily, Indicator,
    MultipleProcedure, ParticipationError, PhysicianSupervision, RelativeValue, StatusCode, TeamSurgeryIndicator,
    ValueError,
};
pub use gpci::{GPCI_KIND, Gpci, GpciRow, Locality, LocalityError, PracticeCostIndex};
pub use laboratory::{CLFS_KIND, LaboratoryFee, LaboratoryFees, LaboratoryPricing};
pub use mue::{Mue, MueAdjudication, MueEdit, MueService, MueServiceError};
pub use ncci_modifiers::{
    ModifierClass, ModifierClassError, NCCI_MODIFIERS_KIND, NcciModifier, NcciModifiers, PtpColumn,
};
pub use opps::{OPPS_KIND, Opps, OppsService};
pub use pairs::{CodeOrdinal, ModifierIndicator, PairAnswer, PairEdit, PairSetting, PairTables, Pairs, PairsOn};
pub use program::{Program, ProgramError};
pub use quarter::{Quarter, QuarterError};
pub use releases::{InForce, Releases};
pub use service_code::{ServiceCode, ServiceCodeError};
pub use status_indicator::{OppsPayment, StatusIndicator, StatusIndicatorError};
pub use unit_price::{UnitPrice, UnitPriceError};
pub use units::{ServiceLine, UnitsAnswer, UnitsConsequence, UnitsCount};
