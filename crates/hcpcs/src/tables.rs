//! Several releases side by side.

use crate::code::HcpcsCode;
use crate::lookup::{Lookup, Status};
use crate::modifier_lookup::ModifierLookup;
use crate::on::HcpcsOn;
use crate::table::Hcpcs;
use superbill_core::{Date, Modifier};

/// Several releases side by side, and a partial set beside them.
///
/// A date is answered by the release of its quarter; where that is not there, by the first later one, whose days of adding and ending reach
/// back; and what no release can say, by the partial set.
#[derive(Debug, Clone, Default)]
pub struct HcpcsTables<'t> {
    /// By their days, ascending.
    releases: Vec<&'t Hcpcs<'t>>,
    partial: Option<&'t Hcpcs<'t>>,
}

impl<'t> HcpcsTables<'t> {
    /// Tables in any order. Of two of the same release, and of two partial sets, the later one in the list counts.
    #[must_use]
    pub fn new(tables: impl IntoIterator<Item = &'t Hcpcs<'t>>) -> Self {
        let mut all = Self::default();
        for table in tables {
            if table.is_partial() {
                all.partial = Some(table);
                continue;
            }
            let release = (table.last_day(), table.first_day());
            match all.releases.binary_search_by_key(&release, |other| (other.last_day(), other.first_day())) {
                Ok(at) => {
                    if let Some(other) = all.releases.get_mut(at) {
                        *other = table;
                    }
                }
                Err(at) => all.releases.insert(at, table),
            }
        }
        all
    }

    /// The releases, oldest first; partial sets are not among them.
    pub fn releases(&self) -> impl Iterator<Item = &'t Hcpcs<'t>> {
        self.releases.iter().copied()
    }

    /// HCPCS Level II as it is on a date.
    #[must_use]
    pub fn on(&self, date: Date) -> HcpcsTablesOn<'t> {
        let day = date.ccyymmdd();
        let at = self.releases.partition_point(|table| table.last_day() < day);
        let governing = self.releases.get(at).or(self.releases.last());
        HcpcsTablesOn {
            date,
            release: governing.map(|table| HcpcsOn::new(table, date)),
            partial: self.partial.map(|table| HcpcsOn::new(table, date)),
        }
    }
}

/// HCPCS Level II as it is on a date, by all tables. Made by [`HcpcsTables::on`]; small and free to copy.
#[derive(Debug, Clone, Copy)]
pub struct HcpcsTablesOn<'t> {
    date: Date,
    release: Option<HcpcsOn<'t>>,
    partial: Option<HcpcsOn<'t>>,
}

impl<'t> HcpcsTablesOn<'t> {
    /// The date.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }

    /// The release that answers.
    #[must_use]
    pub fn governing(&self) -> Option<HcpcsOn<'t>> {
        self.release
    }

    /// What a code is on the date; `cannot_tell` where there is no table at all.
    #[must_use]
    pub fn status(&self, code: HcpcsCode) -> Status {
        self.lookup(code).map_or(Status::CannotTell, |lookup| lookup.status())
    }

    /// Everything that is known of a code on the date; `None` where there is no table at all.
    #[must_use]
    pub fn lookup(&self, code: HcpcsCode) -> Option<Lookup<'t>> {
        let full = self.release.map(|on| on.lookup(code));
        if full.is_some_and(|lookup| lookup.status() != Status::CannotTell) {
            return full;
        }
        let partial = self.partial.map(|on| on.lookup(code));
        match (full, partial) {
            (Some(full), Some(partial)) if partial.status() != Status::Confirmed => Some(full),
            (full, partial) => partial.or(full),
        }
    }

    /// Everything that is known of a modifier on the date.
    #[must_use]
    pub fn modifier(&self, modifier: Modifier) -> ModifierLookup<'t> {
        ModifierLookup::new(self.release, self.date, modifier)
    }

    /// The codes that are valid on the date, in order: of the release that answers, where it can tell of the date; else those that the partial set
    /// confirms.
    pub fn codes(&self) -> impl Iterator<Item = HcpcsCode> + use<'t> {
        let day = self.date.ccyymmdd();
        let release = self.release.filter(|on| day <= on.table.last_day());
        let partial = self.partial.filter(|_| release.is_none());
        release.or(partial).into_iter().flat_map(HcpcsOn::codes)
    }
}
