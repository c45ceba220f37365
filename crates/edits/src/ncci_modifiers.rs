//! Which modifiers set an edit of a code pair aside.

use crate::facts::FACTS;
use crate::program::Program;
use core::fmt;
use core::str::FromStr;
use superbill_core::{Date, DateRange, Modifier};
use superbill_table::{About, SectionName, Table, TableError, u8_at, u32_at};
use thiserror::Error;

/// The kind of table that holds modifiers of code pairs.
pub const NCCI_MODIFIERS_KIND: SectionName = SectionName::new("ncci-modifiers");

/// Bytes of a row: the modifier 2, its class 1, zero 1, first day 4, last day 4, first day on which it counts on column 1 too, 4 (days as decimal
/// numbers ccyymmdd, 0 where there is none). In the order of modifiers and first days.
pub(crate) const ROW: usize = 16;
pub(crate) const ROWS: SectionName = SectionName::new("modifiers");

/// The column of a code pair that a line's code stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PtpColumn {
    /// The code that is paid.
    One,
    /// The code that is denied.
    Two,
}

/// Why a modifier sets an edit aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ModifierClass {
    /// It names a part of the body.
    Anatomic,
    /// It sets a service apart from the days around an operation.
    GlobalSurgery,
    /// It says that the service is another one, for another reason.
    Other,
}

/// A text that names no class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a class is `anatomic`, `global_surgery` or `other`")]
pub struct ModifierClassError;

impl ModifierClass {
    /// The name in data: `anatomic`, `global_surgery`, `other`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anatomic => "anatomic",
            Self::GlobalSurgery => "global_surgery",
            Self::Other => "other",
        }
    }

    const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Anatomic),
            1 => Some(Self::GlobalSurgery),
            2 => Some(Self::Other),
            _ => None,
        }
    }
}

impl FromStr for ModifierClass {
    type Err = ModifierClassError;

    fn from_str(text: &str) -> Result<Self, ModifierClassError> {
        [Self::Anatomic, Self::GlobalSurgery, Self::Other]
            .into_iter()
            .find(|class| class.name().eq_ignore_ascii_case(text.trim()))
            .ok_or(ModifierClassError)
    }
}

impl fmt::Display for ModifierClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A modifier that sets edits with indicator 1 aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct NcciModifier {
    /// The modifier.
    pub modifier: Modifier,
    /// Why it does.
    pub class: ModifierClass,
    /// The first day.
    pub effective: Option<Date>,
    /// The last day.
    pub deletion: Option<Date>,
    /// The first day on which it does so on the column 1 code too; before, on the column 2 code alone. `None`: on either code from its first day.
    pub column_one_from: Option<Date>,
}

/// The modifiers that set edits of code pairs aside, with dates, for each program.
///
/// There is no official file of them; the policy manual names them in its text. The bundled list is that of the manuals of 2024 and 2026:
/// anatomic E1-E4, FA, F1-F9, TA, T1-T9, LT, RT, LC, LD, RC, LM, RI; global surgery 24, 25, 57, 58, 78, 79; other 27, 59, 91, XE, XS, XP, XU. The
/// modifiers 22, 76 and 77 are not of them.
///
/// ```
/// use superbill_edits::{NcciModifiers, Program, PtpColumn};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let list = NcciModifiers::bundled(Program::Medicare);
/// assert_eq!(list.bypasses("59".parse()?, PtpColumn::One, "2019-06-30".parse()?), Some(false));
/// assert_eq!(list.bypasses("59".parse()?, PtpColumn::One, "2019-07-01".parse()?), Some(true));
/// assert_eq!(list.bypasses("76".parse()?, PtpColumn::Two, "2026-07-01".parse()?), Some(false));
/// # Ok(())
/// # }
/// ```
///
/// Source: National Correct Coding Initiative Policy Manual, chapter I, section E; the HCPCS file of 2020 (first days of LC, LD, RC, LM, RI); CMS Change Requests 8863 (the X modifiers from 2015-01-01) and
/// 11168 (59 and the X modifiers on either code from 2019-07-01).
#[derive(Debug, Clone, Copy)]
pub struct NcciModifiers<'a> {
    rows: Rows<'a>,
    program: Program,
    table: Option<Table<'a>>,
}

#[derive(Debug, Clone, Copy)]
enum Rows<'a> {
    Bundled,
    Table(&'a [[u8; ROW]]),
}

/// A modifier of the bundled list: its letters, class, first day, first day on which it counts on the column 1 code.
type Bundled = (&'static str, ModifierClass, u32, u32);

const fn anatomic(modifier: &'static str) -> Bundled {
    (modifier, ModifierClass::Anatomic, 0, 0)
}

const fn surgery(modifier: &'static str) -> Bundled {
    (modifier, ModifierClass::GlobalSurgery, 0, 0)
}

/// In the order of modifiers.
const BUNDLED: [Bundled; 44] = [
    surgery("24"),
    surgery("25"),
    ("27", ModifierClass::Other, 0, 0),
    surgery("57"),
    surgery("58"),
    ("59", ModifierClass::Other, 0, 20190701),
    surgery("78"),
    surgery("79"),
    ("91", ModifierClass::Other, 0, 0),
    anatomic("E1"),
    anatomic("E2"),
    anatomic("E3"),
    anatomic("E4"),
    anatomic("F1"),
    anatomic("F2"),
    anatomic("F3"),
    anatomic("F4"),
    anatomic("F5"),
    anatomic("F6"),
    anatomic("F7"),
    anatomic("F8"),
    anatomic("F9"),
    anatomic("FA"),
    ("LC", ModifierClass::Anatomic, 19970101, 0),
    ("LD", ModifierClass::Anatomic, 19970101, 0),
    ("LM", ModifierClass::Anatomic, 20130101, 0),
    anatomic("LT"),
    ("RC", ModifierClass::Anatomic, 19970101, 0),
    ("RI", ModifierClass::Anatomic, 20130101, 0),
    anatomic("RT"),
    anatomic("T1"),
    anatomic("T2"),
    anatomic("T3"),
    anatomic("T4"),
    anatomic("T5"),
    anatomic("T6"),
    anatomic("T7"),
    anatomic("T8"),
    anatomic("T9"),
    anatomic("TA"),
    ("XE", ModifierClass::Other, 20150101, 20190701),
    ("XP", ModifierClass::Other, 20150101, 20190701),
    ("XS", ModifierClass::Other, 20150101, 20190701),
    ("XU", ModifierClass::Other, 20150101, 20190701),
];

impl NcciModifiers<'static> {
    /// The list that is bundled.
    #[must_use]
    pub const fn bundled(program: Program) -> Self {
        Self { rows: Rows::Bundled, program, table: None }
    }
}

impl<'a> NcciModifiers<'a> {
    /// Opens a table that was made from a list of the user's. Only its directory is looked at; [`NcciModifiers::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no such table or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let missing = |name: SectionName| TableError::Section { name: name.as_str() };
        let table = Table::open(bytes, NCCI_MODIFIERS_KIND)?;
        let (rows, count) = table.section(ROWS).ok_or(missing(ROWS))?;
        let (rows, rest) = rows.as_chunks();
        if rows.len() != count || !rest.is_empty() {
            return Err(missing(ROWS));
        }
        let program = match table.section(FACTS).and_then(|(facts, _)| u8_at(facts, 0)) {
            Some(0) => Program::Medicare,
            Some(1) => Program::Medicaid,
            _ => return Err(missing(FACTS)),
        };
        Ok(Self { rows: Rows::Table(rows), program, table: Some(table) })
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> Program {
        self.program
    }

    /// What the table says of itself; `None` for the bundled list.
    #[must_use]
    pub fn about(&self) -> Option<About<'a>> {
        self.table.as_ref().map(About::of)
    }

    /// The days that the list speaks of: from the beginning of the initiative, 1996-01-01, in Medicaid from 2010-10-01; a loaded list from the first day
    /// that it has, where every modifier has one.
    #[must_use]
    pub fn in_force(&self) -> DateRange {
        let begin = match self.program {
            Program::Medicare => Date::from_ccyymmdd(19960101),
            Program::Medicaid => Date::from_ccyymmdd(20101001),
        };
        // INVARIANT: both are days.
        let begin = begin.unwrap_or(Date::MIN);
        let first = match self.rows {
            Rows::Bundled => None,
            Rows::Table(_) => self.modifiers().map(|one| one.effective).min().flatten(),
        };
        DateRange::from(first.map_or(begin, |first| first.max(begin)))
    }

    /// Whether a modifier on the code of a column sets an edit with indicator 1 aside on a day, as far as documented circumstances allow. `None`: the
    /// list does not speak of the day.
    #[must_use]
    pub fn bypasses(&self, modifier: Modifier, column: PtpColumn, day: Date) -> Option<bool> {
        if !self.in_force().contains(day) {
            return None;
        }
        let on_column = |one: &NcciModifier| {
            let both = one.column_one_from.is_none_or(|from| from <= day);
            column == PtpColumn::Two || both
        };
        let active = |one: &NcciModifier| {
            one.effective.is_none_or(|first| first <= day) && one.deletion.is_none_or(|last| day <= last)
        };
        Some(self.modifiers().any(|one| one.modifier == modifier && active(&one) && on_column(&one)))
    }

    /// The modifiers, in order.
    pub fn modifiers(&self) -> impl Iterator<Item = NcciModifier> + use<'a> {
        let list = *self;
        (0..list.len()).filter_map(move |at| list.at(at))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.rows {
            Rows::Bundled => BUNDLED.len(),
            Rows::Table(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn at(&self, at: usize) -> Option<NcciModifier> {
        let day = |number: u32| match number {
            0 => Some(None),
            number => Date::from_ccyymmdd(number).ok().map(Some),
        };
        match self.rows {
            Rows::Bundled => {
                let (modifier, class, first, column_one) = *BUNDLED.get(at)?;
                // The order of processing that column 1 waited for was Medicare's.
                let column_one = if self.program == Program::Medicare { day(column_one)? } else { None };
                let modifier = modifier.parse().ok()?;
                Some(NcciModifier {
                    modifier,
                    class,
                    effective: day(first)?,
                    deletion: None,
                    column_one_from: column_one,
                })
            }
            Rows::Table(rows) => {
                let row = rows.get(at)?;
                Some(NcciModifier {
                    modifier: core::str::from_utf8(row.get(..2)?).ok()?.parse().ok()?,
                    class: ModifierClass::from_number(u8_at(row, 2)?)?,
                    effective: day(u32_at(row, 4)?)?,
                    deletion: day(u32_at(row, 8)?)?,
                    column_one_from: day(u32_at(row, 12)?)?,
                })
            }
        }
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        if let Some(table) = &self.table {
            table.verify()?;
        }
        let mut before = None;
        for at in 0..self.len() {
            let wrong = TableError::Content { name: ROWS.as_str(), row: at as u64 };
            let one = self.at(at).ok_or(wrong)?;
            let place = Some((one.modifier, one.effective));
            if place <= before {
                return Err(wrong);
            }
            before = place;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_list_is_in_order_and_dated() {
        let medicare = NcciModifiers::bundled(Program::Medicare);
        medicare.verify().unwrap();
        let of = |class| medicare.modifiers().filter(|one| one.class == class).count();
        assert_eq!(
            (of(ModifierClass::Anatomic), of(ModifierClass::GlobalSurgery), of(ModifierClass::Other)),
            (31, 6, 7)
        );
        let medicaid = NcciModifiers::bundled(Program::Medicaid);
        for (list, modifier, column, on, answer) in [
            (medicare, "RT", PtpColumn::One, "1995-12-31", None),
            (medicare, "RT", PtpColumn::One, "1996-01-01", Some(true)),
            (medicare, "LM", PtpColumn::Two, "2012-12-31", Some(false)),
            (medicare, "LM", PtpColumn::One, "2013-01-01", Some(true)),
            (medicare, "59", PtpColumn::Two, "2019-06-30", Some(true)),
            (medicare, "59", PtpColumn::One, "2019-06-30", Some(false)),
            (medicare, "XU", PtpColumn::One, "2019-07-01", Some(true)),
            (medicare, "XU", PtpColumn::Two, "2014-12-31", Some(false)),
            (medicare, "XU", PtpColumn::Two, "2015-01-01", Some(true)),
            (medicare, "22", PtpColumn::Two, "2026-01-01", Some(false)),
            (medicare, "77", PtpColumn::Two, "2026-01-01", Some(false)),
            (medicare, "50", PtpColumn::Two, "2026-01-01", Some(false)),
            (medicaid, "59", PtpColumn::One, "2019-06-30", Some(true)),
            (medicaid, "25", PtpColumn::One, "2010-09-30", None),
        ] {
            let answered = list.bypasses(modifier.parse().unwrap(), column, on.parse().unwrap());
            assert_eq!(answered, answer, "{modifier} {column:?} {on}");
        }
    }
}
