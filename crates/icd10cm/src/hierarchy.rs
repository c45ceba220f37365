//! What stands above and below a code.

use crate::code::Icd10CmCode;
use crate::on::Icd10CmOn;
use crate::status::Status;
use crate::table::{Divisions, Icd10Cm, lines};
use superbill_table::u64_at;

/// A chapter or block of the tabular list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Division<'t> {
    /// The number of a chapter (`4`), or the range of a block (`E08-E13`).
    pub name: &'t str,
    /// Its title.
    pub title: &'t str,
    /// Its first category.
    pub first: Icd10CmCode,
    /// Its last category.
    pub last: Icd10CmCode,
}

impl Icd10Cm<'_> {
    /// The longest code above, whatever the date. Placeholders are no codes of their own, so one can be several characters shorter.
    pub(crate) fn nearest_above(&self, code: Icd10CmCode) -> Option<Icd10CmCode> {
        (3..code.len()).rev().filter_map(|count| code.prefix(count)).find(|prefix| self.ordinal(*prefix).is_some())
    }
}

impl<'t> Icd10CmOn<'t> {
    fn is_valid(&self, code: Icd10CmCode) -> bool {
        matches!(self.status(code), Status::Billable | Status::Header)
    }

    /// The code directly above, valid on the date. `None` for a category, and for a code that is not valid on the date.
    #[must_use]
    pub fn parent(&self, code: Icd10CmCode) -> Option<Icd10CmCode> {
        self.is_valid(code).then(|| self.ancestors(code).next())?
    }

    /// The codes above that are valid on the date, nearest first, up to the category.
    pub fn ancestors(self, code: Icd10CmCode) -> impl Iterator<Item = Icd10CmCode> + use<'t> {
        let prefixes = (3..code.len()).rev().filter_map(move |count| code.prefix(count));
        prefixes.filter(move |prefix| self.is_valid(*prefix))
    }

    /// All codes below that are valid on the date, in order.
    pub fn descendants(self, code: Icd10CmCode) -> impl Iterator<Item = Icd10CmCode> + use<'t> {
        let start = self.table.ordinal(code).map_or(usize::MAX, |ordinal| ordinal as usize + 1);
        let last = code.last_below();
        let rows = (start < self.table.len()).then(|| self.table.keys.from(start)).into_iter().flatten();
        let below = rows.take_while(move |(_, key)| *key <= last);
        below.filter_map(move |(_, key)| Icd10CmCode::from_packed(key)).filter(move |code| self.is_valid(*code))
    }

    /// The codes directly below that are valid on the date, in order.
    pub fn children(self, code: Icd10CmCode) -> impl Iterator<Item = Icd10CmCode> + use<'t> {
        self.descendants(code).filter(move |below| self.ancestors(*below).next() == Some(code))
    }

    /// The chapter of a code, as the newest tabular list of the table has it.
    #[must_use]
    pub fn chapter(&self, code: Icd10CmCode) -> Option<Division<'t>> {
        find(self.table.chapters, code)
    }

    /// The chapters in order, as the newest tabular list of the table has them.
    pub fn chapters(self) -> impl Iterator<Item = Division<'t>> + use<'t> {
        lines(self.table.chapters.lines).filter_map(read)
    }

    /// The block of a code, as the newest tabular list of the table has it.
    #[must_use]
    pub fn block(&self, code: Icd10CmCode) -> Option<Division<'t>> {
        find(self.table.blocks, code)
    }
}

fn find(divisions: Divisions<'_>, code: Icd10CmCode) -> Option<Division<'_>> {
    let (row, ..) = row_of(divisions, code)?;
    read(lines(divisions.lines).nth(row)?)
}

fn read(line: &str) -> Option<Division<'_>> {
    let mut parts = line.splitn(4, '\t');
    let name = parts.next()?;
    let (first, last) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Division { name, title: parts.next()?, first, last })
}

fn row_of(divisions: Divisions<'_>, code: Icd10CmCode) -> Option<(usize, u64, u64)> {
    let (rows, _) = divisions.ranges.as_chunks::<16>();
    rows.iter().enumerate().find_map(|(row, range)| {
        let (first, last) = (u64_at(range, 0)?, u64_at(range, 8)?);
        (first..=last).contains(&code.packed()).then_some((row, first, last))
    })
}
