//! A list of codes that stands outside of the guides, as the user's file has it.

use crate::code_list_name::{CODE_LIST_CODE_CHARS, CodeListName};
use crate::words::Words;
use superbill_core::Date;
use superbill_table::{About, SectionName, Table, TableError, u8_at, u32_at};

/// The kind of table that holds a code list.
pub const CODE_LIST_KIND: SectionName = SectionName::new("code-list");

/// Bytes of a row: the code 16 (zeros behind it), first day 4, last day 4, day of the last change 4 (days as decimal numbers ccyymmdd, 0 where there
/// is none), number of the title 4 ([`NO_TITLE`] is none). In the order of codes and first days.
pub(crate) const ROW: usize = CODE_LIST_CODE_CHARS + 16;
pub(crate) const ROWS: SectionName = SectionName::new("codes");
/// The release 4 (ccyymmdd), whether the list keeps retired codes 1, the name of the list.
pub(crate) const LIST: SectionName = SectionName::new("list");
pub(crate) const NO_TITLE: u32 = u32::MAX;

/// A code of a list, with its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ListedCode<'a> {
    /// The code.
    pub code: &'a str,
    /// What the user's file calls it; the text belongs to the list's owner.
    pub title: Option<&'a str>,
    /// The first day, where the file tells one.
    pub since: Option<Date>,
    /// The last day, where the file tells one.
    pub until: Option<Date>,
    /// The day on which the owner last changed the text, where the file tells one.
    pub modified: Option<Date>,
}

impl ListedCode<'_> {
    /// The first day on which the code is no longer used.
    #[must_use]
    pub fn retired_since(&self) -> Option<Date> {
        self.until.and_then(Date::tomorrow)
    }
}

/// What a list says of a code on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodeListStatus<'a> {
    /// It is in use.
    Valid(ListedCode<'a>),
    /// It comes into use later.
    NotYetEffective(ListedCode<'a>),
    /// It was in use before. A message that repeats what was decided while it was (a reversal, a secondary claim) may still have it.
    Retired(ListedCode<'a>),
    /// The list does not have it.
    Unknown,
    /// No list is loaded, or the list does not speak of the day: it is of a later release, and has no first day for the code or does not keep retired
    /// codes.
    CannotTell,
}

impl<'a> CodeListStatus<'a> {
    /// The name in data: `valid`, `not_yet_effective`, `retired`, `unknown`, `cannot_tell`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Valid(_) => "valid",
            Self::NotYetEffective(_) => "not_yet_effective",
            Self::Retired(_) => "retired",
            Self::Unknown => "unknown",
            Self::CannotTell => "cannot_tell",
        }
    }

    /// The code, where the list has it.
    #[must_use]
    pub const fn code(&self) -> Option<ListedCode<'a>> {
        match self {
            Self::Valid(code) | Self::NotYetEffective(code) | Self::Retired(code) => Some(*code),
            Self::Unknown | Self::CannotTell => None,
        }
    }
}

/// One list of codes, of one release.
///
/// A day on or after the release is always answered. A day before it is answered for a code with a first day; a code that the list does not have is
/// unknown then only where the list keeps retired codes and has a first day for every code.
#[derive(Debug, Clone, Copy)]
pub struct CodeList<'a> {
    rows: &'a [[u8; ROW]],
    titles: Words<'a>,
    name: CodeListName,
    release: Date,
    keeps_retired: bool,
    table: Table<'a>,
}

impl<'a> CodeList<'a> {
    /// Opens a table. Only its directory is looked at; [`CodeList::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no such table or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let missing = |name: SectionName| TableError::Section { name: name.as_str() };
        let table = Table::open(bytes, CODE_LIST_KIND)?;
        let (rows, count) = table.section(ROWS).ok_or(missing(ROWS))?;
        let (rows, rest) = rows.as_chunks();
        if rows.len() != count || !rest.is_empty() {
            return Err(missing(ROWS));
        }
        let list = || {
            let (list, _) = table.section(LIST)?;
            let release = Date::from_ccyymmdd(u32_at(list, 0)?).ok()?;
            let name = core::str::from_utf8(list.get(5..)?).ok()?.parse().ok()?;
            Some((release, u8_at(list, 4)? == 1, name))
        };
        let (release, keeps_retired, name) = list().ok_or(missing(LIST))?;
        Ok(Self { rows, titles: Words::open(&table)?, name, release, keeps_retired, table })
    }

    /// Which list it is.
    #[must_use]
    pub fn name(&self) -> CodeListName {
        self.name
    }

    /// The day of the release: the file says it, its importer gave it, or it is the newest day on which a code began or was changed.
    #[must_use]
    pub fn release(&self) -> Date {
        self.release
    }

    /// What the table says of itself.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many rows there are: codes, some more than once with other days.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What the list says of a code on a day. The code is given as it stands on a claim.
    #[must_use]
    pub fn status(&self, code: &str, day: Date) -> CodeListStatus<'a> {
        let (mut ended, mut later) = (None, None);
        for listed in self.rows_of(code) {
            if listed.since.is_some_and(|since| day < since) {
                later.get_or_insert(listed);
            } else if listed.until.is_some_and(|until| until < day) {
                ended = Some(listed);
            } else if self.begun(&listed, day) {
                return CodeListStatus::Valid(listed);
            } else {
                return CodeListStatus::CannotTell;
            }
        }
        match (ended, later) {
            (Some(ended), _) => CodeListStatus::Retired(ended),
            (None, Some(later)) => CodeListStatus::NotYetEffective(later),
            (None, None) if day < self.release && !self.keeps_retired => CodeListStatus::CannotTell,
            (None, None) => CodeListStatus::Unknown,
        }
    }

    /// The codes that are valid on a day, in order.
    pub fn codes(&self, day: Date) -> impl Iterator<Item = ListedCode<'a>> + use<'a> {
        let list = *self;
        self.entries().filter(move |listed| list.begun(listed, day) && listed.until.is_none_or(|until| day <= until))
    }

    /// All rows, in the order of codes and first days.
    pub fn entries(&self) -> impl Iterator<Item = ListedCode<'a>> + use<'a> {
        let list = *self;
        self.rows.iter().filter_map(move |row| list.listed(row))
    }

    /// Whether the code is known to have begun by a day. Without a first day, it was there at the release.
    fn begun(&self, listed: &ListedCode<'_>, day: Date) -> bool {
        listed.since.unwrap_or(self.release) <= day
    }

    fn rows_of(&self, code: &str) -> impl Iterator<Item = ListedCode<'a>> + use<'a> {
        let wanted = padded(code).unwrap_or_default();
        let start = self.rows.partition_point(|row| row.get(..CODE_LIST_CODE_CHARS) < Some(&wanted[..]));
        let list = *self;
        let rows = self.rows.get(start..).unwrap_or_default().iter();
        rows.take_while(move |row| row.starts_with(&wanted)).filter_map(move |row| list.listed(row))
    }

    fn listed(&self, row: &'a [u8; ROW]) -> Option<ListedCode<'a>> {
        let day = |at: usize| match u32_at(row, at)? {
            0 => Some(None),
            number => Date::from_ccyymmdd(number).ok().map(Some),
        };
        let code = row.get(..CODE_LIST_CODE_CHARS)?;
        let end = code.iter().position(|byte| *byte == 0).unwrap_or(code.len());
        let title = match u32_at(row, 28)? {
            NO_TITLE => None,
            number => Some(self.titles.text(number)?),
        };
        let code = core::str::from_utf8(code.get(..end)?).ok()?;
        Some(ListedCode { code, title, since: day(16)?, until: day(20)?, modified: day(24)? })
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.titles.verify()?;
        let mut before: Option<ListedCode<'_>> = None;
        for (number, row) in (0u64..).zip(self.rows) {
            let wrong = TableError::Content { name: ROWS.as_str(), row: number };
            let listed = self.listed(row).ok_or(wrong)?;
            let zeros_behind = padded(listed.code).is_some_and(|code| row.starts_with(&code));
            let days_in_order = listed.until.is_none_or(|until| listed.since.is_none_or(|since| since <= until));
            let in_order = before.is_none_or(|before| before.code < listed.code || precedes(&before, &listed));
            if !zeros_behind || !days_in_order || !in_order || !self.name.is_shape(listed.code) {
                return Err(wrong);
            }
            before = Some(listed);
        }
        if self.keeps_retired && self.entries().any(|listed| listed.since.is_none()) {
            return Err(TableError::Content { name: LIST.as_str(), row: 0 });
        }
        Ok(())
    }
}

/// Whether the days of a row of a code end before those of another row of it begin.
pub(crate) fn precedes(one: &ListedCode<'_>, other: &ListedCode<'_>) -> bool {
    one.code == other.code && one.until.zip(other.since).is_some_and(|(until, since)| until < since)
}

/// A code with zeros behind it; `None` where it is too long, or has a zero itself.
pub(crate) fn padded(code: &str) -> Option<[u8; CODE_LIST_CODE_CHARS]> {
    let mut bytes = [0; CODE_LIST_CODE_CHARS];
    bytes.get_mut(..code.len())?.copy_from_slice(code.as_bytes());
    (!code.contains('\0')).then_some(bytes)
}

/// Lists of several names and releases, side by side.
#[derive(Debug, Clone, Default)]
pub struct CodeLists<'a> {
    lists: Vec<CodeList<'a>>,
}

impl<'a> CodeLists<'a> {
    /// These lists, in any order. Of two of one name and release the later one counts.
    #[must_use]
    pub fn new(lists: impl IntoIterator<Item = CodeList<'a>>) -> Self {
        let mut lists: Vec<CodeList<'a>> = lists.into_iter().collect();
        lists.sort_by_key(|list| (list.name, list.release));
        Self { lists }
    }

    /// The list of a name that answers for a day: the newest that was released by then, else the oldest.
    #[must_use]
    pub fn list(&self, name: CodeListName, day: Date) -> Option<&CodeList<'a>> {
        let mut lists = self.lists.iter().filter(|list| list.name == name);
        let day = day.max(lists.clone().next()?.release);
        lists.by_ref().take_while(|list| list.release <= day).last()
    }

    /// What the list of a name says of a code on a day; [`CodeListStatus::CannotTell`] where none is loaded.
    #[must_use]
    pub fn status(&self, name: CodeListName, code: &str, day: Date) -> CodeListStatus<'a> {
        self.list(name, day).map_or(CodeListStatus::CannotTell, |list| list.status(code, day))
    }

    /// All, by name, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &CodeList<'a>> {
        self.lists.iter()
    }
}
