//! People and organisations of a claim.

use superbill_core::{Address, Date, Npi, PersonName, Phi, Sex, TaxId};

/// A person whose data is protected: the insured or the patient (loops 2010BA and 2010CA).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Person {
    /// The name.
    pub name: Phi<PersonName>,
    /// The date of birth (DMG02).
    pub birth_date: Option<Phi<Date>>,
    /// The sex as the payer has it (DMG03).
    pub sex: Option<Sex>,
    /// The address (N3, N4).
    pub address: Option<Phi<Address>>,
}

impl Person {
    /// A person of whom only the name is known.
    #[must_use]
    pub fn new(name: PersonName) -> Self {
        Self { name: Phi::new(name), birth_date: None, sex: None, address: None }
    }
}

/// The name of a provider or organisation. It is public: it stands in the national registry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PartyName {
    /// An organisation (NM102 = 2).
    Organization(String),
    /// A person (NM102 = 1).
    Person(PersonName),
}

/// A provider: billing, rendering, referring or facility (loops 2010AA, 2310, 2420).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Provider {
    /// The name.
    pub name: PartyName,
    /// The national provider identifier. Atypical providers have none (45 CFR 162.402).
    pub npi: Option<Npi>,
    /// An identifier that was sent as NPI (qualifier `XX`) and is none by shape, kept as it came. It can be a number of any kind, a
    /// patient's too.
    pub malformed_npi: Option<Phi<String>>,
    /// The taxpayer identification (REF*EI or REF*SY).
    pub tax_id: Option<TaxId>,
    /// The health care provider taxonomy code (PRV03).
    pub taxonomy: Option<String>,
    /// The address.
    pub address: Option<Address>,
}

impl Provider {
    /// A provider with its NPI.
    #[must_use]
    pub fn new(name: PartyName, npi: Option<Npi>) -> Self {
        Self { name, npi, malformed_npi: None, tax_id: None, taxonomy: None, address: None }
    }
}

/// A payer (loop 2010BB; 835 loop 1000A).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Payer {
    /// The name.
    pub name: String,
    /// The identifier that the receiver assigned (NM109, qualifier `PI` or `XV`).
    pub id: String,
    /// The address.
    pub address: Option<Address>,
}

impl Payer {
    /// A payer by its name and identifier.
    #[must_use]
    pub fn new(name: impl Into<String>, id: impl Into<String>) -> Self {
        Self { name: name.into(), id: id.into(), address: None }
    }
}

/// A person or number to ask (PER).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Contact {
    /// The name.
    pub name: Option<String>,
    /// The telephone number, digits only (PER qualifier `TE`).
    pub telephone: Option<String>,
}

impl Contact {
    /// A contact with a telephone number.
    #[must_use]
    pub fn new(name: Option<String>, telephone: Option<String>) -> Self {
        Self { name, telephone }
    }
}

/// A sender or receiver of transactions (loops 1000A and 1000B).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Party {
    /// The name.
    pub name: String,
    /// The electronic transmitter identification (NM109, qualifier `46`).
    pub id: String,
    /// Whom to ask; a submitter must give one.
    pub contact: Option<Contact>,
}

impl Party {
    /// A party by its name and identifier.
    #[must_use]
    pub fn new(name: impl Into<String>, id: impl Into<String>) -> Self {
        Self { name: name.into(), id: id.into(), contact: None }
    }
}
