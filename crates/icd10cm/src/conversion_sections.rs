//! The conversion table in sections: in a table of its own, or beside the codes.

use crate::code::Icd10CmCode;
use crate::conversion::{ConversionRow, Join, PreviousAssignment, PreviousCodes};
use crate::section;
use core::cmp::Ordering;
use superbill_core::Date;
use superbill_table::{SectionName, Table, TableError, u32_at, u64_at};

/// Bits of the day in a row; marks stand above.
const DAY_BITS: u32 = 27;
/// The kind of what a row names.
const CODE: u32 = 0;
const SPAN: u32 = 1;
const NONE: u32 = 2;

/// Rows in order of current code and day, and two ways back: an index of single previous codes, and the spans.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConversionSections<'a> {
    facts: &'a [u8],
    rows: &'a [[u8; 20]],
    index: &'a [[u8; 4]],
    spans: &'a [[u8; 20]],
}

/// A row as it stands.
#[derive(Debug, Clone, Copy)]
struct Raw {
    current: u64,
    /// A key, or the number of a span.
    previous: u64,
    day: u32,
    kind: u32,
    join: u32,
}

/// The bytes of the third column of a row.
#[cfg(feature = "import")]
pub(crate) fn day_and_marks(previous: &PreviousAssignment) -> u32 {
    let kind = match previous.codes {
        PreviousCodes::Code(_) => CODE,
        PreviousCodes::Span { .. } => SPAN,
        PreviousCodes::None => NONE,
    };
    previous.effective.ccyymmdd() | kind << DAY_BITS | (previous.join as u32) << (DAY_BITS + 2)
}

impl<'a> ConversionSections<'a> {
    /// The sections of a table; a table without them answers nothing.
    ///
    /// # Errors
    /// [`TableError::Section`] where one of several is missing or has no size of whole rows.
    pub(crate) const fn open(table: &Table<'a>) -> Result<Self, TableError> {
        let (Some((facts, _)), Some((rows, _)), Some((index, _)), Some((spans, _))) = (
            table.section(section::CONVERSION_FACTS),
            table.section(section::CONVERSION_ROWS),
            table.section(section::CONVERSION_INDEX),
            table.section(section::CONVERSION_SPANS),
        ) else {
            return match table.section(section::CONVERSION_ROWS) {
                Some(_) => Err(TableError::Section { name: section::CONVERSION_INDEX.as_str() }),
                None => Ok(Self { facts: &[], rows: &[], index: &[], spans: &[] }),
            };
        };
        let (rows, rest) = rows.as_chunks();
        let (index, index_rest) = index.as_chunks();
        let (spans, spans_rest) = spans.as_chunks();
        if !rest.is_empty() || !index_rest.is_empty() || !spans_rest.is_empty() {
            return Err(TableError::Section { name: section::CONVERSION_ROWS.as_str() });
        }
        Ok(Self { facts, rows, index, spans })
    }

    pub(crate) fn release(&self) -> Option<Date> {
        Date::from_ccyymmdd(u32_at(self.facts, 0)?).ok()
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    fn raw(&self, row: usize) -> Option<Raw> {
        let bytes = self.rows.get(row)?;
        let marked = u32_at(bytes, 16)?;
        Some(Raw {
            current: u64_at(bytes, 0)?,
            previous: u64_at(bytes, 8)?,
            day: marked & ((1 << DAY_BITS) - 1),
            kind: marked >> DAY_BITS & 3,
            join: marked >> (DAY_BITS + 2),
        })
    }

    /// First and last code of a span, and its row.
    fn span(&self, number: usize) -> Option<(Icd10CmCode, Icd10CmCode, usize)> {
        let bytes = self.spans.get(number)?;
        let code = |at: usize| Icd10CmCode::from_packed(u64_at(bytes, at)?);
        Some((code(0)?, code(8)?, u32_at(bytes, 16)? as usize))
    }

    /// A row; `None` where the table is damaged.
    pub(crate) fn row(&self, row: usize) -> Option<ConversionRow> {
        let raw = self.raw(row)?;
        let codes = match raw.kind {
            CODE => PreviousCodes::Code(Icd10CmCode::from_packed(raw.previous)?),
            SPAN => {
                let (first, last, _) = self.span(usize::try_from(raw.previous).ok()?)?;
                PreviousCodes::Span { first, last }
            }
            NONE => PreviousCodes::None,
            _ => return None,
        };
        let effective = Date::from_ccyymmdd(raw.day).ok()?;
        let join = Join::from_number(raw.join)?;
        let current = Icd10CmCode::from_packed(raw.current)?;
        Some(ConversionRow { current, previous: PreviousAssignment { codes, join, effective } })
    }

    /// What stood in the place of a code before it was there.
    pub(crate) fn predecessors(&self, code: Icd10CmCode) -> impl Iterator<Item = PreviousAssignment> + use<'a> {
        let sections = *self;
        let key = |row: usize| sections.raw(row).map(|raw| raw.current);
        let start = lower_bound(self.rows.len(), code.packed(), key);
        (start..self.rows.len())
            .map_while(move |row| sections.row(row))
            .take_while(move |row| row.current == code)
            .map(|row| row.previous)
    }

    /// The rows that name a code as a previous one, alone or within a span.
    pub(crate) fn successors(&self, code: Icd10CmCode) -> impl Iterator<Item = ConversionRow> + use<'a> {
        let sections = *self;
        let row_of = move |place: usize| Some(u32_at(sections.index.get(place)?, 0)? as usize);
        let key = |place: usize| sections.raw(row_of(place)?).map(|raw| raw.previous);
        let start = lower_bound(self.index.len(), code.packed(), key);
        let single = (start..self.index.len())
            .map_while(move |place| sections.row(row_of(place)?))
            .take_while(move |row| row.previous.codes == PreviousCodes::Code(code));
        let spans = (0..self.spans.len()).filter_map(move |number| {
            let (first, last, row) = sections.span(number)?;
            let covers = PreviousCodes::Span { first, last }.covers(code);
            if covers { sections.row(row).filter(|row| row.previous.codes.covers(code)) } else { None }
        });
        single.chain(spans)
    }

    /// Checks everything that reading relies on.
    pub(crate) fn verify(&self) -> Result<(), TableError> {
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        if self.release().is_none() && !(self.facts.is_empty() && self.rows.is_empty()) {
            return Err(wrong(section::CONVERSION_FACTS, 0));
        }
        let mut single = 0;
        let mut before = (0, 0);
        for row in 0..self.rows.len() {
            let raw = self.raw(row).filter(|raw| (raw.current, raw.day) >= before);
            let (raw, read) = raw.zip(self.row(row)).ok_or(wrong(section::CONVERSION_ROWS, row))?;
            before = (raw.current, raw.day);
            match read.previous.codes {
                PreviousCodes::Code(_) => single += 1,
                PreviousCodes::Span { first, last } => {
                    let back = usize::try_from(raw.previous).ok().and_then(|number| self.span(number));
                    if first > last || back.is_none_or(|(.., other)| other != row) {
                        return Err(wrong(section::CONVERSION_SPANS, row));
                    }
                }
                PreviousCodes::None => {}
            }
        }
        if single != self.index.len() {
            return Err(wrong(section::CONVERSION_INDEX, single));
        }
        let mut before = (0, 0);
        for (place, row) in self.index.iter().enumerate() {
            let row = u32::from_le_bytes(*row) as usize;
            let raw = self.raw(row).filter(|raw| raw.kind == CODE && (place == 0 || (raw.previous, row) > before));
            before = (raw.ok_or(wrong(section::CONVERSION_INDEX, place))?.previous, row);
        }
        let spans = self.rows.len() - single;
        let named = (0..self.spans.len()).filter_map(|number| self.span(number));
        let named = named.filter(|(.., row)| self.raw(*row).is_some_and(|raw| raw.kind == SPAN)).count();
        if named != self.spans.len() || named > spans {
            return Err(wrong(section::CONVERSION_SPANS, named));
        }
        Ok(())
    }
}

/// The first place whose key is not below `key`, of places in order.
fn lower_bound(places: usize, key: u64, key_at: impl Fn(usize) -> Option<u64>) -> usize {
    let (mut low, mut high) = (0, places);
    while low < high {
        let middle = (low + high) / 2;
        match key_at(middle).map(|other| other.cmp(&key)) {
            Some(Ordering::Less) => low = middle + 1,
            _ => high = middle,
        }
    }
    low
}
