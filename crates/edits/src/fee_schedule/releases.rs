//! Fee schedules of several quarters and of both conversion factors, side by side.

use super::{ApmParticipation, FeeSchedule};
use crate::releases::Releases;
use superbill_core::Date;

/// Releases of the fee schedule: a question carries its date and for whom it is.
#[derive(Debug, Clone, Default)]
pub struct FeeSchedules<'a> {
    all: Releases<FeeSchedule<'a>>,
    qualifying: Releases<FeeSchedule<'a>>,
    other: Releases<FeeSchedule<'a>>,
}

impl<'a> FeeSchedules<'a> {
    /// These releases, in any order. Of two of one quarter for the same participants the later one counts.
    #[must_use]
    pub fn new(tables: impl IntoIterator<Item = FeeSchedule<'a>>) -> Self {
        let (mut all, mut qualifying, mut other) = (Vec::new(), Vec::new(), Vec::new());
        for table in tables {
            match table.participation() {
                ApmParticipation::All => all.push(table),
                ApmParticipation::Qualifying => qualifying.push(table),
                ApmParticipation::Other => other.push(table),
            }
        }
        Self { all: Releases::new(all), qualifying: Releases::new(qualifying), other: Releases::new(other) }
    }

    /// The release that answers for a day: the one for these participants, or that for all.
    ///
    /// [`ApmParticipation::All`] asks for the release for all, of before 2026, only: from 2026 one must say for whom.
    #[must_use]
    pub fn on(&self, date: Date, participation: ApmParticipation) -> Option<&FeeSchedule<'a>> {
        let own = match participation {
            ApmParticipation::All => None,
            ApmParticipation::Qualifying => self.qualifying.on(date),
            ApmParticipation::Other => self.other.on(date),
        };
        own.or_else(|| self.all.on(date))
    }

    /// All, those for all participants first, then for the qualifying, then for the others, each the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &FeeSchedule<'a>> {
        self.all.iter().chain(self.qualifying.iter()).chain(self.other.iter())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len() + self.qualifying.len() + self.other.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
