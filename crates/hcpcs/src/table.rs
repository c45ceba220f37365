//! The table: two doors, and what it says of itself.

use crate::code::HcpcsCode;
use crate::fields::FIELDS;
use crate::on::HcpcsOn;
use crate::record::Record;
use crate::section;
use superbill_core::{Date, DateRange, Modifier};
use superbill_table::{
    About, PackedMap, SectionName, Symbols, Table, TableError, TextBuffer, Texts, u16_at, u32_at, u64_at,
};

/// HCPCS Level II of one release of CMS's quarterly file, or a partial set of codes.
///
/// [`Hcpcs::bundled`] is the partial set that comes with this crate: it confirms a code and never denies one. [`Hcpcs::from_bytes`]
/// opens a table that was imported. Both cost nothing to open. A question needs a date: [`Hcpcs::on`]. Several releases side by side
/// are [`HcpcsTables`](crate::HcpcsTables).
#[derive(Debug, Clone, Copy)]
pub struct Hcpcs<'a> {
    map: PackedMap<'a>,
    codes: &'a [[u8; 4]],
    modifiers: &'a [[u8; 2]],
    rows: &'a [[u8; ROW]],
    sets: &'a [[u8; FIELDS * 2]],
    values: Values<'a>,
    pub(crate) short: Texts<'a>,
    pub(crate) long: Texts<'a>,
    quarters: &'a [[u8; 4]],
    named: &'a [[u8; 8]],
    titled: &'a [u8],
    first_day: u32,
    last_day: u32,
    known_from: u32,
    partial: bool,
    table: Table<'a>,
}

/// Bytes of a row.
pub(crate) const ROW: usize = 32;

/// The fixed part of a code or modifier: days as decimal numbers ccyymmdd, zero for none.
///
/// Layout: added 4, action 4, termination 4, surgery-centre group 4, first piece of the long title 4, first short title 4, set of indicators 2,
/// pieces of the long title 1, short titles 1, outpatient group 4.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) added: u32,
    pub(crate) action: u32,
    pub(crate) terminated: u32,
    pub(crate) asc: u32,
    pub(crate) long: u32,
    pub(crate) short: u32,
    pub(crate) set: u16,
    pub(crate) long_count: u8,
    pub(crate) short_count: u8,
    pub(crate) outpatient: u32,
}

impl Row {
    fn read(bytes: &[u8; ROW]) -> Self {
        let number = |at| u32_at(bytes, at).unwrap_or_default();
        let [long_count, short_count] = [26, 27].map(|at| bytes.get(at).copied().unwrap_or_default());
        Self {
            added: number(0),
            action: number(4),
            terminated: number(8),
            asc: number(12),
            long: number(16),
            short: number(20),
            set: u16_at(bytes, 24).unwrap_or_default(),
            long_count,
            short_count,
            outpatient: number(28),
        }
    }

    #[cfg(feature = "import")]
    pub(crate) fn bytes(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(ROW);
        for number in [self.added, self.action, self.terminated, self.asc, self.long, self.short] {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.set.to_le_bytes());
        out.extend([self.long_count, self.short_count]);
        out.extend(self.outpatient.to_le_bytes());
        out
    }
}

/// Distinct texts by number: where each ends, then the texts.
#[derive(Debug, Clone, Copy)]
struct Values<'a> {
    ends: &'a [[u8; 4]],
    text: &'a [u8],
}

impl<'a> Values<'a> {
    const fn new(bytes: &'a [u8], rows: usize) -> Option<Self> {
        let Some(size) = rows.checked_mul(4) else { return None };
        match bytes.split_at_checked(size) {
            Some((ends, text)) => Some(Self { ends: ends.as_chunks().0, text }),
            None => None,
        }
    }

    fn get(&self, number: u16) -> Option<&'a str> {
        let end = |at: usize| Some(u32::from_le_bytes(*self.ends.get(at)?) as usize);
        let number = usize::from(number);
        let start = if number == 0 { 0 } else { end(number - 1)? };
        core::str::from_utf8(self.text.get(start..end(number)?)?).ok()
    }
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

/// The version of the bundled set: the first day of the last quarter that it knows of.
#[cfg(feature = "bundled")]
pub const BUNDLED_VERSION: &str = superbill_hcpcs_data::VERSION;

/// How many bytes the bundled set has.
#[cfg(feature = "bundled")]
pub const BUNDLED_BYTES: usize = superbill_hcpcs_data::TABLE.len();

#[cfg(feature = "bundled")]
impl Hcpcs<'static> {
    /// The partial set that comes with this crate: codes that CMS's addenda for ambulatory surgery name, by quarter. It was opened when
    /// the program was compiled.
    #[inline(always)]
    #[must_use]
    pub fn bundled() -> &'static Self {
        const {
            &match Hcpcs::from_bytes(&superbill_hcpcs_data::TABLE) {
                Ok(table) => table,
                // At compile time: a program with a table that does not open is not built.
                Err(_) => panic!("the bundled HCPCS table does not open"),
            }
        }
    }
}

impl<'a> Hcpcs<'a> {
    /// Opens a table. Only its directory is looked at; [`Hcpcs::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no HCPCS table or a section is missing or has the wrong size.
    pub const fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let table = match Table::open(bytes, section::TABLE_KIND) {
            Ok(table) => table,
            Err(error) => return Err(error),
        };
        let facts = need!(table, section::FACTS).0;
        let (Some(first_day), Some(last_day), Some(known_from), Some(partial), Some(count)) =
            (u32_at(facts, 0), u32_at(facts, 4), u32_at(facts, 8), u32_at(facts, 12), u32_at(facts, 16))
        else {
            return Err(missing(section::FACTS));
        };
        let (slots, pilots) = (need!(table, section::SLOTS).0, need!(table, section::PILOTS).0);
        let (ordinals, parameters) = (need!(table, section::ORDINALS).0, need!(table, section::MAP).0);
        let codes: &[[u8; 4]] = need!(table, section::CODES).0.as_chunks().0;
        let modifiers: &[[u8; 2]] = need!(table, section::MODIFIERS).0.as_chunks().0;
        let rows: &[[u8; ROW]] = need!(table, section::ROWS).0.as_chunks().0;
        if codes.len() != count as usize {
            return Err(missing(section::CODES));
        }
        if rows.len() != codes.len() + modifiers.len() {
            return Err(missing(section::ROWS));
        }
        let (values, value_rows) = need!(table, section::VALUES);
        let symbols = usable!(Symbols::new(need!(table, section::SYMBOLS).0), section::SYMBOLS);
        let (short, short_rows) = need!(table, section::SHORT);
        let (long, long_rows) = need!(table, section::LONG);
        let partial = partial == 1;
        let (quarters, named, titled): (&[[u8; 4]], &[[u8; 8]], &[u8]) = if partial {
            (
                need!(table, section::QUARTERS).0.as_chunks().0,
                need!(table, section::NAMED).0.as_chunks().0,
                need!(table, section::TITLED).0,
            )
        } else {
            (&[], &[], &[])
        };
        if partial && (named.len() != codes.len() || quarters.len() > 64 || titled.len() != short_rows) {
            return Err(missing(section::NAMED));
        }
        Ok(Self {
            map: usable!(PackedMap::new(slots, ordinals, pilots, parameters), section::MAP),
            codes,
            modifiers,
            rows,
            sets: need!(table, section::SETS).0.as_chunks().0,
            values: usable!(Values::new(values, value_rows), section::VALUES),
            short: Texts::new(short, short_rows, symbols),
            long: Texts::new(long, long_rows, symbols),
            quarters,
            named,
            titled,
            first_day,
            last_day,
            known_from,
            partial,
            table,
        })
    }

    /// HCPCS Level II as it is on a date.
    #[inline]
    #[must_use]
    pub fn on(&self, date: Date) -> HcpcsOn<'_> {
        HcpcsOn::new(self, date)
    }

    /// The quarter that the table is of; of a partial set, from its first quarter to its last. After the last day nobody has told the table
    /// yet; before the first, a full table answers by the days on which codes were added and ended.
    ///
    /// # Errors
    /// [`TableError::Content`] where the days of the table are none.
    pub fn release(&self) -> Result<DateRange, TableError> {
        let wrong = TableError::Content { name: section::FACTS.as_str(), row: 0 };
        let first = Date::from_ccyymmdd(self.first_day).map_err(|_| wrong)?;
        let last = Date::from_ccyymmdd(self.last_day).map_err(|_| wrong)?;
        DateRange::new(first, Some(last)).map_err(|_| wrong)
    }

    /// Whether the table is a partial set, which confirms codes and never denies one.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.partial
    }

    /// What the table says of itself: its release and its sources.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many codes the table holds, ended ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The modifiers that the table holds, in order.
    pub fn modifiers(&self) -> impl Iterator<Item = Modifier> + use<'a> {
        self.modifiers.iter().filter_map(|text| core::str::from_utf8(text).ok()?.parse().ok())
    }

    /// The place of a code in the table: from 0, in the order of the codes.
    #[inline]
    #[must_use]
    pub fn ordinal(&self, code: HcpcsCode) -> Option<u32> {
        self.map.ordinal(u64::from(code.packed()))
    }

    pub(crate) fn modifier_ordinal(&self, modifier: Modifier) -> Option<u32> {
        let at = self.modifiers.binary_search_by(|text| text.as_slice().cmp(modifier.as_str().as_bytes())).ok()?;
        u32::try_from(self.codes.len() + at).ok()
    }

    #[inline]
    pub(crate) fn row(&self, ordinal: u32) -> Option<Row> {
        self.rows.get(ordinal as usize).map(Row::read)
    }

    pub(crate) fn record(&self, ordinal: u32) -> Option<Record<'_>> {
        Some(Record::new(self, self.row(ordinal)?))
    }

    pub(crate) fn code(&self, ordinal: usize) -> Option<HcpcsCode> {
        HcpcsCode::from_packed(u32::from_le_bytes(*self.codes.get(ordinal)?))
    }

    /// A field of a set; empty where the set has nothing there.
    pub(crate) fn field(&self, set: u16, field: usize) -> &'a str {
        let set = self.sets.get(usize::from(set));
        set.and_then(|set| u16_at(set, field * 2)).and_then(|number| self.values.get(number)).unwrap_or_default()
    }

    pub(crate) fn first_day(&self) -> u32 {
        self.first_day
    }

    pub(crate) fn last_day(&self) -> u32 {
        self.last_day
    }

    pub(crate) fn known_from(&self) -> u32 {
        self.known_from
    }

    /// The place of the quarter that a day lies in, among those of a partial set.
    #[inline]
    pub(crate) fn quarter(&self, day: u32) -> Option<u32> {
        let first = quarter_start(day);
        let at = self.quarters.binary_search_by(|quarter| u32::from_le_bytes(*quarter).cmp(&first)).ok()?;
        u32::try_from(at).ok()
    }

    /// The first day of a quarter of a partial set.
    pub(crate) fn quarter_day(&self, place: u32) -> Option<u32> {
        self.quarters.get(place as usize).map(|quarter| u32::from_le_bytes(*quarter))
    }

    /// The quarters of a partial set that name a code, a bit each.
    #[inline]
    pub(crate) fn named(&self, ordinal: u32) -> u64 {
        self.named.get(ordinal as usize).map_or(0, |bits| u64::from_le_bytes(*bits))
    }

    /// The short title of a row and the quarter that gave it, for a day. A full table has one title for all days.
    pub(crate) fn short_title(&self, row: Row, day: u32) -> Option<(u32, u32)> {
        let first = row.short;
        let count = u32::from(row.short_count);
        if !self.partial {
            return (count > 0).then_some((first, self.first_day));
        }
        let asked = self.quarter(day).unwrap_or(u32::MAX);
        let from = |at: u32| self.titled.get(first.checked_add(at)? as usize).map(|quarter| u32::from(*quarter));
        let place = (0..count).rev().find(|at| from(*at).is_some_and(|quarter| quarter <= asked));
        let place = place.or((count > 0).then_some(0))?;
        Some((first.checked_add(place)?, self.quarter_day(from(place)?)?))
    }

    /// Checks everything that reading relies on: checksums, order of codes, the map, titles, sets. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.release()?;
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let day = |day: u32| day == 0 || Date::from_ccyymmdd(day).is_ok();
        if Date::from_ccyymmdd(self.known_from).is_err() || self.known_from > self.first_day {
            return Err(wrong(section::FACTS, 0));
        }
        let mut before = 0;
        for (place, bytes) in self.codes.iter().enumerate() {
            let number = u32::from_le_bytes(*bytes);
            let code = HcpcsCode::from_packed(number).filter(|code| number > before && !code.is_dental());
            let code = code.ok_or(wrong(section::CODES, place))?;
            if self.ordinal(code).map(|at| at as usize) != Some(place) {
                return Err(wrong(section::SLOTS, place));
            }
            before = number;
        }
        let ordered = self.modifiers.iter().zip(self.modifiers.iter().skip(1)).position(|(one, next)| one >= next);
        if let Some(row) = ordered {
            return Err(wrong(section::MODIFIERS, row));
        }
        if self.modifiers().count() != self.modifiers.len() {
            return Err(wrong(section::MODIFIERS, 0));
        }
        let mut buffer = TextBuffer::default();
        for (place, bytes) in self.rows.iter().enumerate() {
            let row = Row::read(bytes);
            let days = [row.added, row.action, row.terminated, row.asc, row.outpatient];
            let ended = row.terminated != 0 && row.terminated < row.added;
            if !days.into_iter().all(day) || ended || usize::from(row.set) >= self.sets.len() {
                return Err(wrong(section::ROWS, place));
            }
            for (texts, first, count) in
                [(self.short, row.short, row.short_count), (self.long, row.long, row.long_count)]
            {
                for at in 0..u32::from(count) {
                    let read = first.checked_add(at).and_then(|at| texts.read(at as usize, &mut buffer));
                    if read.and_then(|_| buffer.as_str()).is_none() {
                        return Err(wrong(section::LONG, place));
                    }
                }
            }
        }
        for (place, set) in self.sets.iter().enumerate() {
            let known = |field| u16_at(set, field * 2).is_some_and(|number| self.values.get(number).is_some());
            if !(0..FIELDS).all(known) {
                return Err(wrong(section::SETS, place));
            }
        }
        self.verify_quarters()
    }

    /// Checks what a partial set has beside.
    fn verify_quarters(&self) -> Result<(), TableError> {
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let mut before = 0;
        for (place, quarter) in self.quarters.iter().enumerate() {
            let quarter = u32::from_le_bytes(*quarter);
            if quarter <= before || quarter_start(quarter) != quarter || Date::from_ccyymmdd(quarter).is_err() {
                return Err(wrong(section::QUARTERS, place));
            }
            before = quarter;
        }
        let unknown = |bits: &[u8; 8]| {
            u64_at(bits, 0).is_none_or(|bits| bits.checked_shr(self.quarters.len() as u32).unwrap_or(0) != 0)
        };
        if let Some(row) = self.named.iter().position(unknown) {
            return Err(wrong(section::NAMED, row));
        }
        match self.titled.iter().position(|quarter| usize::from(*quarter) >= self.quarters.len()) {
            Some(row) => Err(wrong(section::TITLED, row)),
            None => Ok(()),
        }
    }
}

/// The first day of the quarter of a day.
#[inline]
pub(crate) fn quarter_start(day: u32) -> u32 {
    let month = day / 100 % 100;
    day / 10_000 * 10_000 + (month.saturating_sub(1) / 3 * 3 + 1) * 100 + 1
}

/// The last day of the quarter of a day.
#[cfg(feature = "import")]
pub(crate) fn quarter_end(day: u32) -> u32 {
    let first = quarter_start(day);
    first + 200 + if matches!(first / 100 % 100, 1 | 10) { 30 } else { 29 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_begins_on_the_first_of_its_first_month() {
        for (day, first) in [
            (20_260_101, 20_260_101),
            (20_260_331, 20_260_101),
            (20_260_401, 20_260_401),
            (20_260_930, 20_260_701),
            (20_261_231, 20_261_001),
        ] {
            assert_eq!(quarter_start(day), first);
        }
    }

    #[cfg(feature = "import")]
    #[test]
    fn a_quarter_ends_on_the_last_of_its_third_month() {
        for (day, last) in
            [(20_260_214, 20_260_331), (20_260_401, 20_260_630), (20_260_930, 20_260_930), (20_261_001, 20_261_231)]
        {
            assert_eq!(quarter_end(day), last);
        }
    }
}
