//! The expected payment of service lines under the Medicare physician fee schedule.

mod answer;
mod components;
mod day;
mod fee;
mod line;
mod open_line;
mod percentages;
mod setting;
mod share;
mod surgery;
mod therapy;

pub use answer::{Condition, LinePayment, Missing, NotPaid, Outcome, Release, Rule, Step};
pub use day::expected_payment;
pub use line::{Billing, PaymentLine, Practitioner};
pub use setting::is_facility;
pub use share::{MedicareShare, limiting_charge, medicare_share};
