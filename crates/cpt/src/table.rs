//! One edition of the user's licensed files as a table.

use crate::code::CptCode;
use crate::descriptor::{Descriptor, DescriptorKind};
use crate::list::{CptList, Listed};
use superbill_core::{Date, DateRange};
use superbill_table::{About, PackedMap, SectionName, Symbols, Table, TableError, Texts, u32_at};

/// The kind of table that holds one edition of the licensed files.
pub const CPT_KIND: SectionName = SectionName::new("cpt");

/// First day of the release, ccyymmdd; the lists that were loaded, a bit each.
pub(crate) const FACTS: SectionName = SectionName::new("facts");
pub(crate) const MAP: SectionName = SectionName::new("map");
pub(crate) const PILOTS: SectionName = SectionName::new("pilots");
pub(crate) const ORDINALS: SectionName = SectionName::new("ordinals");
/// The class of a code is [`PLAIN`] or [`DATED`].
pub(crate) const SLOTS: SectionName = SectionName::new("slots");
/// The packed codes in order, 4 bytes each.
pub(crate) const CODES: SectionName = SectionName::new("codes");
/// For each code: first day, last day, first day of the present descriptor (ccyymmdd, zero where not told), lists.
pub(crate) const ROWS: SectionName = SectionName::new("rows");
pub(crate) const ROW_BYTES: usize = 16;
/// Symbols of the compressed texts.
pub(crate) const SYMBOLS: SectionName = SectionName::new("symbols");
/// For each kind of descriptor: where those of a code begin among the pieces, and one behind the last; and the pieces.
pub(crate) const DESCRIPTORS: [(SectionName, SectionName); 4] = [
    (SectionName::new("long_at"), SectionName::new("long")),
    (SectionName::new("medium_at"), SectionName::new("medium")),
    (SectionName::new("short_at"), SectionName::new("short")),
    (SectionName::new("consumer_at"), SectionName::new("consumer")),
];

/// The class of a code that is valid on every day of its edition.
const PLAIN: u32 = 0;
/// The class of a code of which a day within the edition is told.
const DATED: u32 = 1;

/// The class of a code by its first day, last day and first day of its descriptor (ccyymmdd, zero where not told).
pub(crate) fn class(release: Date, [effective, terminated, descriptor_since]: [u32; 3]) -> u32 {
    let begins = release.ccyymmdd();
    let ends = year_from(release).and_then(|days| days.last()).map_or(begins, Date::ccyymmdd);
    let plain = effective <= begins && descriptor_since <= begins && (terminated == 0 || ends <= terminated);
    if plain { PLAIN } else { DATED }
}

/// What is said of CPT where a file has no notice of its own.
pub const OWNER_NOTICE: &str = "CPT is copyright of the American Medical Association, all rights reserved; CPT is its registered trademark. \
    This table was made from files that its user licenses, for use within that licence.";

/// One edition of CPT, made by `import::cpt` from files that the user licenses. None is shipped.
///
/// An edition answers from its release to the end of its year. Several stand side by side in [`CptTables`](crate::CptTables), which tells retired
/// codes and those to come.
#[derive(Debug, Clone, Copy)]
pub struct Cpt<'a> {
    map: PackedMap<'a>,
    codes: &'a [[u8; 4]],
    rows: &'a [[u8; ROW_BYTES]],
    texts: [Option<Pieces<'a>>; 4],
    in_force: DateRange,
    lists: u32,
    table: Table<'a>,
}

/// The pieces of one kind of descriptor.
#[derive(Debug, Clone, Copy)]
struct Pieces<'a> {
    at: &'a [[u8; 4]],
    texts: Texts<'a>,
}

/// What a table has of a code besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CptRow {
    /// The code.
    pub code: CptCode,
    /// The first day, where the files tell it.
    pub effective: Option<Date>,
    /// The last day, where the files tell one.
    pub terminated: Option<Date>,
    /// The first day of the present descriptor, where the files tell it. The code can be older.
    pub descriptor_since: Option<Date>,
}

impl<'a> Cpt<'a> {
    /// Opens a table. Only its directory is looked at; [`Cpt::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no table of CPT or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let missing = |name: SectionName| TableError::Section { name: name.as_str() };
        let table = Table::open(bytes, CPT_KIND)?;
        let section = |name: SectionName| table.section(name).map(|(bytes, _)| bytes).ok_or(missing(name));
        let facts = section(FACTS)?;
        let day = |at| u32_at(facts, at).and_then(|day| Date::from_ccyymmdd(day).ok());
        let in_force = day(0).and_then(year_from).ok_or(missing(FACTS))?;
        let lists = u32_at(facts, 4).ok_or(missing(FACTS))?;
        let map = PackedMap::new(section(SLOTS)?, section(ORDINALS)?, section(PILOTS)?, section(MAP)?);
        let (codes, rest) = section(CODES)?.as_chunks::<4>();
        let (rows, more) = section(ROWS)?.as_chunks::<ROW_BYTES>();
        if !rest.is_empty() {
            return Err(missing(CODES));
        }
        if !more.is_empty() || rows.len() != codes.len() {
            return Err(missing(ROWS));
        }
        let symbols = Symbols::new(section(SYMBOLS)?).ok_or(missing(SYMBOLS))?;
        let mut texts = [None; 4];
        for (place, (at_name, name)) in texts.iter_mut().zip(DESCRIPTORS) {
            let Some((pieces, count)) = table.section(name) else { continue };
            let (at, rest) = section(at_name)?.as_chunks::<4>();
            if !rest.is_empty() || at.len() != codes.len() + 1 {
                return Err(missing(at_name));
            }
            *place = Some(Pieces { at, texts: Texts::new(pieces, count, symbols) });
        }
        Ok(Self { map: map.ok_or(missing(MAP))?, codes, rows, texts, in_force, lists, table })
    }

    /// The first day of the release: January 1 for the yearly edition.
    #[must_use]
    pub fn release(&self) -> Date {
        self.in_force.first()
    }

    /// The year of the edition.
    #[must_use]
    pub fn edition(&self) -> i16 {
        self.in_force.first().year()
    }

    /// The days that the edition answers for: from its release to December 31.
    #[must_use]
    pub fn in_force(&self) -> DateRange {
        self.in_force
    }

    /// What the table says of itself; the owner's notice stands there as `notice`.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// The owner's notice, as the files have it.
    #[must_use]
    pub fn notice(&self) -> &'a str {
        self.about().value("notice").unwrap_or(OWNER_NOTICE)
    }

    /// How many codes the table has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The codes in the order of their text.
    pub fn codes(&self) -> impl Iterator<Item = CptCode> + use<'a> {
        self.codes.iter().filter_map(|bytes| CptCode::from_packed(u32::from_le_bytes(*bytes)))
    }

    /// The kinds of descriptors that the table has.
    pub fn descriptor_kinds(&self) -> impl Iterator<Item = DescriptorKind> {
        let texts = self.texts;
        DescriptorKind::ALL.into_iter().filter(move |kind| texts.get(*kind as usize).is_some_and(Option::is_some))
    }

    /// The lists that were loaded with it.
    pub fn lists(&self) -> impl Iterator<Item = CptList> {
        let lists = self.lists;
        CptList::ALL.into_iter().filter(move |list| lists & list.bit() != 0)
    }

    /// What the table has of a code; `None` where it does not have the code.
    #[must_use]
    pub fn row(&self, code: CptCode) -> Option<CptRow> {
        let row = self.rows.get(self.ordinal(code)?)?;
        let day = |at| u32_at(row, at).filter(|day| *day != 0).and_then(|day| Date::from_ccyymmdd(day).ok());
        Some(CptRow { code, effective: day(0), terminated: day(4), descriptor_since: day(8) })
    }

    /// A descriptor of a code; `None` where the table does not have it.
    #[must_use]
    pub fn descriptor(&self, code: CptCode, kind: DescriptorKind) -> Option<Descriptor<'a>> {
        let pieces = (*self.texts.get(kind as usize)?)?;
        let ordinal = self.ordinal(code)?;
        let at = |place: usize| pieces.at.get(place).map(|bytes| u32::from_le_bytes(*bytes) as usize);
        let (first, end) = (at(ordinal)?, at(ordinal + 1)?);
        (first < end && end <= pieces.texts.len()).then(|| Descriptor::new(pieces.texts, first, end))
    }

    /// Whether a code stands in a list.
    #[must_use]
    pub fn is_listed(&self, code: CptCode, list: CptList) -> Listed {
        let row = self.ordinal(code).and_then(|ordinal| self.rows.get(ordinal));
        match row.and_then(|row| u32_at(row, 12)) {
            Some(lists) if self.lists & list.bit() != 0 => {
                if lists & list.bit() != 0 {
                    Listed::Yes
                } else {
                    Listed::No
                }
            }
            _ => Listed::CannotTell,
        }
    }

    /// Whether the table has a code.
    #[must_use]
    pub fn contains(&self, code: CptCode) -> bool {
        self.map.class(u64::from(code.packed())).is_some()
    }

    /// Whether the table has a code as valid on every day of the edition.
    pub(crate) fn is_plain(&self, code: CptCode) -> bool {
        self.map.class(u64::from(code.packed())) == Some(PLAIN)
    }

    fn ordinal(&self, code: CptCode) -> Option<usize> {
        self.map.ordinal(u64::from(code.packed())).map(|ordinal| ordinal as usize)
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        let mut before = 0;
        for (row, (bytes, days)) in self.codes.iter().zip(self.rows).enumerate() {
            let wrong = |name: SectionName| TableError::Content { name: name.as_str(), row: row as u64 };
            let key = u32::from_le_bytes(*bytes);
            let code = CptCode::from_packed(key).filter(|_| key > before).ok_or(wrong(CODES))?;
            let days_told = [0, 4, 8].map(|at| u32_at(days, at).unwrap_or_default());
            let told = class(self.release(), days_told);
            if self.ordinal(code) != Some(row) || self.map.class(u64::from(key)) != Some(told) {
                return Err(wrong(SLOTS));
            }
            let day = |at| u32_at(days, at).is_some_and(|day| day == 0 || Date::from_ccyymmdd(day).is_ok());
            let lists = u32_at(days, 12).unwrap_or(u32::MAX);
            if ![0, 4, 8].into_iter().all(day) || lists & !self.lists != 0 {
                return Err(wrong(ROWS));
            }
            before = key;
        }
        for (pieces, (at_name, name)) in self.texts.iter().zip(DESCRIPTORS) {
            let Some(pieces) = pieces else { continue };
            let mut from = 0;
            for (row, bytes) in pieces.at.iter().enumerate() {
                let at = u32::from_le_bytes(*bytes) as usize;
                let wrong = |name: SectionName| TableError::Content { name: name.as_str(), row: row as u64 };
                if at < from || at > pieces.texts.len() || (row == 0 && at != 0) {
                    return Err(wrong(at_name));
                }
                Descriptor::new(pieces.texts, from, at).text().ok_or(wrong(name))?;
                from = at;
            }
            if from != pieces.texts.len() {
                return Err(TableError::Content { name: at_name.as_str(), row: pieces.at.len() as u64 });
            }
        }
        Ok(())
    }
}

/// From a day to the end of its year.
fn year_from(release: Date) -> Option<DateRange> {
    DateRange::new(release, Some(Date::new(release.year(), 12, 31).ok()?)).ok()
}
