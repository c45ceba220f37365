#![doc = include_str!("../README.md")]

mod date;
mod date_range;
mod decimal;
#[cfg(feature = "serde")]
mod exposed;
mod icd10_pcs;
mod modifier;
mod money;
mod npi;
mod person;
mod phi;
mod place_of_service;
mod quantity;
mod rate;
mod rounding;
#[cfg(feature = "serde")]
mod serde_text;
mod tax_id;
mod text_id;

pub use date::{Date, DateError, Weekday};
pub use date_range::{DateRange, DateRangeError};
#[cfg(feature = "serde")]
pub use exposed::Exposed;
pub use icd10_pcs::{Icd10PcsCode, Icd10PcsCodeError};
pub use modifier::{Modifier, ModifierError};
pub use money::{Money, MoneyError};
pub use npi::{Npi, NpiError};
pub use person::{Address, PersonName, Sex, SexError};
pub use phi::{Phi, REDACTED};
pub use place_of_service::{PlaceOfService, PlaceOfServiceError};
pub use quantity::{Quantity, QuantityError};
pub use rate::{Rate, RateError};
pub use rounding::Rounding;
pub use tax_id::{Ein, Ssn, TaxId, TaxIdError};
pub use text_id::{ControlNumber, IdError, MemberId, PatientControlNumber, PayerControlNumber, TraceNumber};
pub use zeroize::Zeroize;
