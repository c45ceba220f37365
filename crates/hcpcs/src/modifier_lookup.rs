//! What a modifier is on a date.

use crate::lookup::{self, Status, Why};
use crate::modifiers::{AmbulanceTrip, ModifierInfo};
use crate::on::HcpcsOn;
use crate::record::Record;
use superbill_core::{Date, DateRange, Modifier};

/// The answer to a question about a modifier on a date: what a loaded release says, and what the list of this version knows.
#[derive(Debug, Clone, Copy)]
pub struct ModifierLookup<'t> {
    on: Option<HcpcsOn<'t>>,
    date: Date,
    modifier: Modifier,
    status: Status,
    ordinal: Option<u32>,
}

impl<'t> ModifierLookup<'t> {
    pub(crate) fn new(on: Option<HcpcsOn<'t>>, date: Date, modifier: Modifier) -> Self {
        // A partial set, and a file without modifiers, know nothing of modifiers.
        let on = on.filter(|on| !on.table.is_partial() && on.table.modifiers().next().is_some());
        let ordinal = on.and_then(|on| on.table.modifier_ordinal(modifier));
        let status = on.map_or(Status::CannotTell, |on| on.judge(ordinal, is_level_one(modifier)));
        let status = match status {
            Status::CannotTell => by_list(modifier, date),
            // No file lists the pairs of places.
            Status::Unknown if AmbulanceTrip::of(modifier).is_some() => Status::Confirmed,
            status => status,
        };
        Self { on, date, modifier, status, ordinal }
    }

    /// The modifier that was asked for.
    #[must_use]
    pub fn modifier(&self) -> Modifier {
        self.modifier
    }

    /// The date that was asked for.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }

    /// What the modifier is on the date. Where no release is loaded that can tell, the list of this version answers: `confirmed` for a modifier that
    /// it has, `retired` for one that has ended. A pair of places of an ambulance trip is in no file and is `confirmed`: see
    /// [`ModifierLookup::trip`]. Modifiers of CPT cannot be told.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// What this version knows of it, in our own words.
    #[must_use]
    pub fn info(&self) -> Option<ModifierInfo> {
        ModifierInfo::of(self.modifier)
    }

    /// The ambulance trip that it names on an ambulance code.
    #[must_use]
    pub fn trip(&self) -> Option<AmbulanceTrip> {
        AmbulanceTrip::of(self.modifier)
    }

    /// The record of the release, with its titles and days.
    #[must_use]
    pub fn record(&self) -> Option<Record<'t>> {
        self.on?.table.record(self.ordinal?)
    }

    /// The days on which it is valid, as the release says.
    #[must_use]
    pub fn valid(&self) -> Option<DateRange> {
        lookup::days(self.on?, self.ordinal, self.status)
    }

    /// Why it is not valid on the date, in words; `None` for one that is.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        let why = match self.status {
            Status::Valid | Status::Confirmed => return None,
            Status::NotYetEffective => Why::NotYetEffective,
            Status::Retired => Why::Retired,
            Status::Unknown => Why::Unknown,
            Status::CannotTell if is_level_one(self.modifier) => {
                return Some("a modifier of CPT, which HCPCS Level II does not hold".to_owned());
            }
            Status::CannotTell => Why::AfterRelease,
        };
        let ended = self.info().and_then(ModifierInfo::ended);
        match (self.on, why, ended) {
            (None, Why::Retired, Some(ended)) => Some(format!("retired: last valid on {ended}")),
            (None, ..) => Some(
                "not in the list of this version: load the quarterly file of the date with `superbill import hcpcs`"
                    .to_owned(),
            ),
            (Some(_), Why::Retired, Some(ended)) if self.record().is_none() => {
                Some(format!("retired: last valid on {ended}"))
            }
            (Some(on), Why::AfterRelease, _) => Some(lookup::words(lookup::cannot_tell(on, self.ordinal), on, None)),
            (Some(on), why, _) => Some(lookup::words(why, on, self.valid())),
        }
    }
}

/// Whether both characters are digits: a modifier of Level I.
fn is_level_one(modifier: Modifier) -> bool {
    modifier.as_str().bytes().all(|byte| byte.is_ascii_digit())
}

/// What the list of this version says.
fn by_list(modifier: Modifier, date: Date) -> Status {
    match ModifierInfo::of(modifier) {
        Some(info) if info.ended().is_some_and(|ended| ended < date) => Status::Retired,
        Some(_) => Status::Confirmed,
        None if AmbulanceTrip::of(modifier).is_some() => Status::Confirmed,
        None => Status::CannotTell,
    }
}
