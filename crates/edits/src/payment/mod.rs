//! The expected payment of service lines under the Medicare physician fee schedule.
//!
//! ```
//! use superbill_edits::payment::{Billing, Outcome, PaymentLine, expected_payment};
//! use superbill_edits::{FeeSchedule, FeeSchedules, Gpci, Releases};
//!
//! /// Prints what is allowed for a bilateral operation beside another one, with each step.
//! fn show(schedule: &[u8], indices: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//!     let schedules = FeeSchedules::new([FeeSchedule::from_bytes(schedule)?]);
//!     let indices = Releases::new([Gpci::from_bytes(indices)?]);
//!     let billing = Billing::new("2026-08-03".parse()?, Some("TX-31".parse()?));
//!     let lines = [
//!         PaymentLine::new("G0001".parse()?, "22".parse()?).with_modifiers(["50".parse()?]),
//!         PaymentLine::new("G0002".parse()?, "22".parse()?),
//!     ];
//!     for payment in expected_payment(&schedules, &indices, &billing, &lines) {
//!         for step in &payment.steps {
//!             println!("{:?} {} -> {} ({})", step.rule, step.before, step.after, step.rule.citation());
//!         }
//!         match payment.outcome {
//!             Outcome::Allowed(amount) => println!("allowed {amount}"),
//!             other => println!("{other:?}"),
//!         }
//!     }
//!     Ok(())
//! }
//! ```

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
