//! The table: two doors, and what it says of itself.

use crate::code::Icd10CmCode;
use crate::conflicts::ConflictSections;
use crate::conflicts::sides::SideSections;
use crate::conversion_sections::ConversionSections;
use crate::notes::sections::NoteSections;
use crate::on::Icd10CmOn;
use crate::section;
use crate::title::TitleRelease;
use superbill_core::{Date, DateRange};
use superbill_table::{
    About, ByteView, PackedMap, SectionName, SortedKeys, Symbols, Table, TableError, TextBuffer, Texts, u32_at,
};

/// ICD-10-CM, every release from 2015-10-01 on, in one table.
///
/// [`Icd10Cm::bundled`] is the table that comes with this crate; [`Icd10Cm::from_bytes`] opens another. Both cost nothing
/// to open. A question about a code needs a date: [`Icd10Cm::on`].
#[derive(Debug, Clone, Copy)]
pub struct Icd10Cm<'a> {
    pub(crate) map: PackedMap<'a>,
    pub(crate) status_ids: ByteView<'a>,
    pub(crate) statuses: &'a [[u8; 16]],
    pub(crate) more_statuses: &'a [[u8; 16]],
    pub(crate) untold: &'a [[u8; 8]],
    pub(crate) keys: SortedKeys<'a>,
    pub(crate) titles: Texts<'a>,
    pub(crate) older_places: &'a [[u8; 8]],
    pub(crate) older_titles: Texts<'a>,
    pub(crate) suffixes: &'a [u8],
    pub(crate) releases: &'a [u8],
    pub(crate) chapters: Divisions<'a>,
    pub(crate) blocks: Divisions<'a>,
    pub(crate) attributes: AttributeSections<'a>,
    pub(crate) conversions: ConversionSections<'a>,
    pub(crate) notes: NoteSections<'a>,
    pub(crate) conflicts: ConflictSections<'a>,
    pub(crate) sides: SideSections<'a>,
    first_day: u32,
    last_day: u32,
    table: Table<'a>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Divisions<'a> {
    pub(crate) ranges: &'a [u8],
    pub(crate) lines: &'a [u8],
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct AttributeSections<'a> {
    pub(crate) names: &'a [u8],
    pub(crate) ids: ByteView<'a>,
    pub(crate) sets: &'a [u8],
    pub(crate) entries: &'a [u8],
}

/// The bytes and rows of a section, or an error out of the function.
macro_rules! need {
    ($table:expr, $name:expr) => {
        match $table.section($name) {
            Some(found) => found,
            None => return Err(missing($name)),
        }
    };
}

/// The value, or an error out of the function.
macro_rules! usable {
    ($value:expr, $name:expr) => {
        match $value {
            Some(value) => value,
            None => return Err(missing($name)),
        }
    };
}

const fn missing(name: SectionName) -> TableError {
    TableError::Section { name: name.as_str() }
}

/// The version of the bundled table: the first day of the last release whose validity it holds.
#[cfg(feature = "bundled")]
pub const BUNDLED_VERSION: &str = superbill_icd10cm_data::VERSION;

/// How many bytes the bundled table has.
#[cfg(feature = "bundled")]
pub const BUNDLED_BYTES: usize = superbill_icd10cm_data::TABLE.len();

#[cfg(feature = "bundled")]
impl Icd10Cm<'static> {
    /// The table that comes with this crate. It was opened when the program was compiled, and its sizes are constants of the program.
    #[inline(always)]
    #[must_use]
    pub fn bundled() -> &'static Self {
        const {
            &match Icd10Cm::from_bytes(&superbill_icd10cm_data::TABLE) {
                Ok(table) => table,
                // At compile time: a program with a table that does not open is not built.
                Err(_) => panic!("the bundled ICD-10-CM table does not open"),
            }
        }
    }
}

impl<'a> Icd10Cm<'a> {
    /// Opens a table. Only its directory is looked at; [`Icd10Cm::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no ICD-10-CM table or a section is missing or has the wrong size.
    pub const fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let table = match Table::open(bytes, section::TABLE_KIND) {
            Ok(table) => table,
            Err(error) => return Err(error),
        };
        let facts = need!(table, section::FACTS).0;
        let (first_day, last_day) =
            (usable!(u32_at(facts, 0), section::FACTS), usable!(u32_at(facts, 4), section::FACTS));
        let (slots, pilots) = (need!(table, section::SLOTS).0, need!(table, section::PILOTS).0);
        let (ordinals, parameters) = (need!(table, section::ORDINALS).0, need!(table, section::MAP).0);
        let map = usable!(PackedMap::new(slots, ordinals, pilots, parameters), section::MAP);
        let (keys, rows) = need!(table, section::KEYS);
        let symbols = usable!(Symbols::new(need!(table, section::SYMBOLS).0), section::SYMBOLS);
        let (titles, title_rows) = need!(table, section::TITLES);
        if title_rows != rows {
            return Err(missing(section::TITLES));
        }
        let (older, older_rows) = need!(table, section::OLDER_TITLES);
        let older_places = need!(table, section::OLDER_TITLE_PLACES).0.as_chunks().0;
        if older_rows != older_places.len() {
            return Err(missing(section::OLDER_TITLES));
        }
        let (words, word_rows) = need!(table, section::NOTE_WORDS);
        Ok(Self {
            map,
            status_ids: usable!(ByteView::new(need!(table, section::STATUS_IDS).0, rows), section::STATUS_IDS),
            statuses: need!(table, section::STATUSES).0.as_chunks().0,
            more_statuses: need!(table, section::MORE_STATUSES).0.as_chunks().0,
            untold: match facts.split_at_checked(8) {
                Some((_, gaps)) => gaps.as_chunks().0,
                None => return Err(missing(section::FACTS)),
            },
            keys: SortedKeys::new(keys, rows),
            titles: Texts::new(titles, rows, symbols),
            older_places,
            older_titles: Texts::new(older, older_rows, symbols),
            suffixes: need!(table, section::SUFFIXES).0,
            releases: need!(table, section::RELEASES).0,
            chapters: Divisions {
                ranges: need!(table, section::CHAPTERS.0).0,
                lines: need!(table, section::CHAPTERS.1).0,
            },
            blocks: Divisions { ranges: need!(table, section::BLOCKS.0).0, lines: need!(table, section::BLOCKS.1).0 },
            attributes: AttributeSections {
                names: need!(table, section::ATTRIBUTE_NAMES).0,
                ids: usable!(ByteView::new(need!(table, section::ATTRIBUTE_IDS).0, rows), section::ATTRIBUTE_IDS),
                sets: need!(table, section::ATTRIBUTE_SETS).0,
                entries: need!(table, section::ATTRIBUTES).0,
            },
            notes: NoteSections {
                releases: need!(table, section::NOTE_RELEASES).0,
                sets: need!(table, section::NOTE_SETS).0,
                owners: need!(table, section::NOTE_OWNERS).0,
                divisions: need!(table, section::NOTE_DIVISIONS.0).0,
                division_names: need!(table, section::NOTE_DIVISIONS.1).0,
                notes: need!(table, section::NOTES).0,
                words: Texts::new(words, word_rows, symbols),
                lists: need!(table, section::NOTE_LISTS).0,
                targets: need!(table, section::NOTE_TARGETS).0,
                conditions: need!(table, section::NOTE_CONDITIONS).0,
                chains: need!(table, section::NOTE_CHAINS).0,
                codes: need!(table, section::NOTE_CODES).0,
            },
            conflicts: ConflictSections {
                nodes: need!(table, section::CONFLICT_NODES).0.as_chunks().0,
                groups: need!(table, section::CONFLICT_GROUPS).0.as_chunks().0,
                pairs: need!(table, section::CONFLICT_PAIRS).0.as_chunks().0,
                notes: need!(table, section::CONFLICT_NOTES).0.as_chunks().0,
            },
            sides: SideSections {
                marks: need!(table, section::CODE_SIDES).0,
                bilateral: need!(table, section::BILATERAL_CODES).0.as_chunks().0,
            },
            conversions: match ConversionSections::open(&table) {
                Ok(conversions) => conversions,
                Err(error) => return Err(error),
            },
            first_day,
            last_day,
            table,
        })
    }

    /// ICD-10-CM as it is on a date.
    #[inline]
    #[must_use]
    pub fn on(&self, date: Date) -> Icd10CmOn<'_> {
        Icd10CmOn::new(self, date)
    }

    /// The days that the table speaks of. Before the first, ICD-10-CM was not in force (45 CFR 162.1002(c)); after the last,
    /// nobody has told the table yet.
    ///
    /// # Errors
    /// [`TableError::Content`] where the days of the table are none.
    pub fn horizon(&self) -> Result<DateRange, TableError> {
        let wrong = TableError::Content { name: section::FACTS.as_str(), row: 0 };
        let first = Date::from_ccyymmdd(self.first_day).map_err(|_| wrong)?;
        let last = Date::from_ccyymmdd(self.last_day).map_err(|_| wrong)?;
        DateRange::new(first, Some(last)).map_err(|_| wrong)
    }

    pub(crate) fn last_day(&self) -> u32 {
        self.last_day
    }

    /// What the table says of itself: the release that it was made for, and its sources.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    #[cfg(feature = "import")]
    pub(crate) fn table(&self) -> Table<'a> {
        self.table
    }

    /// How many codes the table holds, headers and retired codes included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The place of a code in the table, whatever the date: from 0, in the order of the tabular list.
    #[inline]
    #[must_use]
    pub fn ordinal(&self, code: Icd10CmCode) -> Option<u32> {
        self.map.ordinal(code.packed())
    }

    /// The releases that gave titles, newest first.
    pub fn title_releases(&self) -> impl Iterator<Item = TitleRelease<'a>> {
        lines(self.releases).filter_map(|line| {
            let mut parts = line.splitn(3, '\t');
            let (day, form, words) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
            Some(TitleRelease { day, short: form == "short", words })
        })
    }

    /// Checks everything that reading relies on: checksums, order of keys, the map, titles, ranges. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.horizon()?;
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let mut before = 0;
        let mut rows = 0;
        let mut buffer = TextBuffer::default();
        for (row, key) in self.keys.from(0) {
            let code = Icd10CmCode::from_packed(key).filter(|_| key > before);
            let code = code.ok_or(wrong(section::KEYS, row))?;
            if self.ordinal(code) != u32::try_from(row).ok() {
                return Err(wrong(section::SLOTS, row));
            }
            let class = self.map.class(key);
            if self.status_at(row).is_none() || class != self.status_ids.at(row).map(u32::from) {
                return Err(wrong(section::STATUS_IDS, row));
            }
            if self.read_title(row, code, &mut buffer).is_none() {
                return Err(wrong(section::TITLES, row));
            }
            if self.attribute_rows(row).is_none() {
                return Err(wrong(section::ATTRIBUTE_IDS, row));
            }
            before = key;
            rows += 1;
        }
        if rows != self.keys.len() {
            return Err(wrong(section::KEYS, rows));
        }
        self.verify_time()?;
        self.verify_notes()?;
        self.conversions.verify()
    }

    /// Checks what holds for codes that changed more than once.
    fn verify_time(&self) -> Result<(), TableError> {
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let mut before = (0, 0, 0);
        for row in 0..self.more_statuses.len() {
            let more = self.more_status(row).filter(|more| {
                let days = more.first <= more.last && Date::from_ccyymmdd(more.first).is_ok();
                days && Date::from_ccyymmdd(more.last).is_ok() && (more.ordinal as usize) < self.keys.len()
            });
            let more = more.ok_or(wrong(section::MORE_STATUSES, row))?;
            let place = (more.ordinal, u32::from(more.header), more.first);
            if row > 0 && place <= before {
                return Err(wrong(section::MORE_STATUSES, row));
            }
            before = place;
        }
        let mut buffer = TextBuffer::default();
        let mut before = (0, u32::MAX);
        for row in 0..self.older_places.len() {
            let place = self.older_place(row).filter(|(ordinal, _)| (*ordinal as usize) < self.keys.len());
            let (ordinal, day) = place.ok_or(wrong(section::OLDER_TITLE_PLACES, row))?;
            let follows = ordinal > before.0 || (ordinal == before.0 && (day < before.1 || row == 0));
            if !follows || Date::from_ccyymmdd(day).is_err() {
                return Err(wrong(section::OLDER_TITLE_PLACES, row));
            }
            before = (ordinal, day);
            if self.older_titles.read(row, &mut buffer).and_then(|_| buffer.as_str()).is_none() {
                return Err(wrong(section::OLDER_TITLES, row));
            }
        }
        Ok(())
    }

    /// A row of the further days of codes.
    pub(crate) fn more_status(&self, row: usize) -> Option<MoreStatus> {
        let row = self.more_statuses.get(row)?;
        let number = |at: usize| u32_at(row, at);
        Some(MoreStatus { ordinal: number(0)?, header: number(4)? == 1, first: number(8)?, last: number(12)? })
    }

    /// The further days of a code.
    pub(crate) fn more_statuses(&self, ordinal: u32) -> impl Iterator<Item = MoreStatus> {
        let start = self.more_statuses.partition_point(|row| u32_at(row, 0).is_some_and(|other| other < ordinal));
        let rows = (start..self.more_statuses.len()).map_while(|row| self.more_status(row));
        rows.take_while(move |more| more.ordinal == ordinal)
    }

    /// Ordinal and day of an older title.
    pub(crate) fn older_place(&self, row: usize) -> Option<(u32, u32)> {
        let row = self.older_places.get(row)?;
        Some((u32_at(row, 0)?, u32_at(row, 4)?))
    }

    /// The gap that a day lies in: days within those of the table of which no release told.
    pub(crate) fn untold(&self, day: u32) -> Option<(u32, u32)> {
        let gap = |gap: &[u8; 8]| Some((u32_at(gap, 0)?, u32_at(gap, 4)?));
        self.untold.iter().filter_map(gap).find(|(first, last)| (*first..=*last).contains(&day))
    }

    /// First and last day billable, first and last day a header, by ordinal; zero for never.
    pub(crate) fn status_at(&self, ordinal: usize) -> Option<StatusRow> {
        self.status_row(u32::from(self.status_ids.at(ordinal)?))
    }

    /// The same by code.
    #[inline]
    pub(crate) fn status_of(&self, code: Icd10CmCode) -> Option<StatusRow> {
        self.status_row(self.map.class(code.packed())?)
    }

    #[inline]
    fn status_row(&self, class: u32) -> Option<StatusRow> {
        let row = self.statuses.get(class as usize)?;
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *row;
        let day = u32::from_le_bytes;
        Some([day([a, b, c, d]), day([e, f, g, h]), day([i, j, k, l]), day([m, n, o, p])])
    }
}

/// Further days of a code that was billable or a header more than once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MoreStatus {
    pub(crate) ordinal: u32,
    pub(crate) header: bool,
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// First and last day billable, first and last day a header, of the newest days; zero for never.
pub(crate) type StatusRow = [u32; 4];

/// The lines of a section of text; none where it is not UTF-8.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = &str> {
    core::str::from_utf8(bytes).unwrap_or_default().split('\n')
}
