#![doc = include_str!("../README.md")]

mod code_index;
mod fee_schedule;
mod gpci;
#[cfg(feature = "import")]
pub mod import;
#[doc(hidden)]
pub mod mpfs_checks;
mod pairs;
pub mod payment;
mod program;
mod quarter;
mod releases;
mod service_code;

pub use fee_schedule::{
    ApmParticipation, AssistantIndicator, BilateralIndicator, CoSurgeonIndicator, ComponentIndicator, ConversionFactor,
    FEE_SCHEDULE_KIND, FeeSchedule, FeeScheduleRow, FeeSchedules, GlobalPeriod, ImagingFamily, Indicator,
    MultipleProcedure, ParticipationError, PhysicianSupervision, RelativeValue, StatusIndicator, TeamSurgeryIndicator,
    ValueError,
};
pub use gpci::{GPCI_KIND, Gpci, GpciRow, Locality, LocalityError, PracticeCostIndex};
pub use pairs::{CodeOrdinal, ModifierIndicator, PairAnswer, PairEdit, PairSetting, PairTables, Pairs, PairsOn};
pub use program::{Program, ProgramError};
pub use quarter::{Quarter, QuarterError};
pub use releases::{InForce, Releases};
pub use service_code::{ServiceCode, ServiceCodeError};
