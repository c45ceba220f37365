//! Notes of a code.

use super::NoteKind;
use super::layout::flag;
use super::release::Choice;
use super::sections::{Heading, NoteRow, NoteSections};
use super::targets::Targets;
use crate::code::Icd10CmCode;
use crate::on::Icd10CmOn;
use crate::table::Icd10Cm;
use core::fmt;
use core::ops::Range;
use superbill_core::{Date, DateRange};
use superbill_table::{TextBody, TextBuffer};

/// Where a note stands: a code, or a chapter or block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoteOwner<'t> {
    /// The code, or the first category.
    pub first: Icd10CmCode,
    /// The code again, or the last category.
    pub last: Icd10CmCode,
    /// The title of a chapter or block; the title of a code is a question to the table.
    pub title: Option<&'t str>,
}

impl NoteOwner<'_> {
    /// The code; `None` for a chapter or block.
    #[must_use]
    pub fn code(&self) -> Option<Icd10CmCode> {
        self.title.is_none().then_some(self.first)
    }
}

/// `E11` for a code, `E08-E13` for a range.
impl fmt::Display for NoteOwner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}-{}", self.first, self.last) }
    }
}

/// An instructional note of the tabular list, as one release has it. Small and free to copy; words are read when asked for.
#[derive(Clone, Copy)]
pub struct Note<'t> {
    table: &'t Icd10Cm<'t>,
    note: usize,
    heading: Heading,
    row: NoteRow,
    choice: Choice,
}

impl<'t> Note<'t> {
    /// `None` where the release has no such note.
    pub(crate) fn new(table: &'t Icd10Cm<'t>, note: usize, heading: Heading, choice: Choice) -> Option<Self> {
        let row = table.notes.note(note)?;
        (table.notes.releases_of(&row) & choice.bit() != 0).then_some(Self { table, note, heading, row, choice })
    }

    /// The same by the note's number alone.
    pub(crate) fn of_number(table: &'t Icd10Cm<'t>, note: usize, choice: Choice) -> Option<Self> {
        let heading = table.notes.heading(table.notes.owner_of(note)?)?;
        Self::new(table, note, heading, choice)
    }

    /// What kind of note it is.
    #[must_use]
    pub fn kind(&self) -> NoteKind {
        self.row.kind
    }

    /// Where it stands.
    #[must_use]
    pub fn owner(&self) -> NoteOwner<'t> {
        let Heading { owner, first, last, division } = self.heading;
        NoteOwner { first, last, title: division.then(|| self.table.notes.division_title(owner).unwrap_or_default()) }
    }

    /// The packed keys that its heading covers.
    pub(crate) fn cover(&self) -> (u64, u64) {
        (self.heading.first.packed(), self.heading.last.last_below())
    }

    /// Its words.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = String::new();
        self.read_words(&mut words);
        words
    }

    /// Writes its words into a text, in place of what is there.
    pub fn read_words(&self, into: &mut String) {
        into.clear();
        self.table.notes.read_words(self.row.text, |part| into.push_str(part));
    }

    /// The codes that its words name; none where [`Note::is_resolved`] says no.
    #[must_use]
    pub fn targets(&self) -> Targets<'t> {
        self.table.notes.targets(&self.row)
    }

    /// Whether its words name codes in a way that is understood. The others are words alone: nothing is concluded from them.
    #[must_use]
    pub fn is_resolved(&self) -> bool {
        self.targets().next().is_some()
    }

    /// Whether its words make it depend on the record: `if applicable`, `if known`, `any associated`.
    #[must_use]
    pub fn is_conditional(&self) -> bool {
        self.row.flags & flag::CONDITIONAL != 0
    }

    /// Whether it goes on with the instruction that a note before it begins: `code to identify:`, then one note for each thing.
    #[must_use]
    pub fn is_item(&self) -> bool {
        self.row.flags & flag::ITEM != 0
    }

    /// The notes that go on with the instruction that this one begins.
    pub fn items(&self) -> impl Iterator<Item = Note<'t>> + use<'t> {
        let (table, heading, choice) = (self.table, self.heading, self.choice);
        let behind = table.notes.owner_notes(heading.owner).map_or(0..0, |notes| self.note + 1..notes.end);
        let rows = behind.map_while(move |note| {
            let row = table.notes.note(note)?;
            (row.flags & flag::ITEM != 0).then_some(note)
        });
        let first = !self.is_item();
        rows.filter(move |_| first).filter_map(move |note| Note::new(table, note, heading, choice))
    }

    /// The first day of the release of the tabular list that has it.
    #[must_use]
    pub fn release(&self) -> Date {
        self.choice.release()
    }

    /// The days on which that release is in force: up to the next update, on April 1 or October 1.
    #[must_use]
    pub fn in_force(&self) -> DateRange {
        self.choice.in_force()
    }

    /// Whether that release is in force on the date that was asked for. Else the table does not have the one that is, and this is the
    /// nearest: of the same fiscal year, or older.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.choice.certain
    }
}

impl fmt::Debug for Note<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Note({} {}: {:?}, {})", self.kind().name(), self.owner(), self.words(), self.release())
    }
}

/// The notes of a code: its own, then those of each heading above.
#[derive(Debug, Clone)]
pub struct Notes<'t> {
    table: &'t Icd10Cm<'t>,
    choice: Option<Choice>,
    /// The heading to come, counted from 1.
    next: usize,
    heading: Option<Heading>,
    rows: Range<usize>,
}

impl<'t> Iterator for Notes<'t> {
    type Item = Note<'t>;

    fn next(&mut self) -> Option<Note<'t>> {
        let choice = self.choice?;
        loop {
            if let Some(heading) = self.heading {
                let mut notes = self.rows.by_ref().filter_map(|note| Note::new(self.table, note, heading, choice));
                if let Some(note) = notes.next() {
                    return Some(note);
                }
            }
            let place = self.next.checked_sub(1)?;
            let chain = self.table.notes.chain(place)?;
            // A heading stands before what is below it: a walk that does not go up would not end.
            self.next = if chain.above < self.next { chain.above } else { 0 };
            self.heading = self.table.notes.heading(chain.owner);
            self.rows = self.table.notes.owner_notes(chain.owner).unwrap_or(0..0);
        }
    }
}

impl<'t> Icd10CmOn<'t> {
    /// The notes that apply to a code on the date: its own first, then those of each heading above it, each with its owner
    /// (Official Guidelines, section I.A). A code that the table does not know has those of the nearest code above that it knows.
    #[must_use]
    pub fn notes(self, code: Icd10CmCode) -> Notes<'t> {
        let table = self.table;
        let known = table.ordinal(code).or_else(|| table.ordinal(table.nearest_above(code)?));
        let next = known.and_then(|ordinal| table.notes.chain_of(ordinal as usize)).unwrap_or(0);
        Notes { table, choice: table.notes.choose(self.date().ccyymmdd()), next, heading: None, rows: 0..0 }
    }
}

impl<'a> NoteSections<'a> {
    /// Reads words part by part; `None` where the table is damaged.
    pub(crate) fn read_words(&self, row: usize, mut part: impl FnMut(&str)) -> Option<()> {
        let mut buffer = TextBuffer::default();
        for row in row..self.words.len() {
            let record = self.words.read(row, &mut buffer)?;
            if record.body != TextBody::Text {
                return None;
            }
            part(buffer.as_str()?);
            if record.mark == 0 {
                return Some(());
            }
        }
        None
    }
}

impl Icd10Cm<'_> {
    /// The releases of the tabular list whose notes the table has, newest first: the days on which each is in force.
    pub fn note_releases(&self) -> impl Iterator<Item = DateRange> {
        (0..self.notes.release_count()).filter_map(|place| {
            let choice = self.notes.choose(self.notes.release(place)?)?;
            Some(choice.in_force())
        })
    }
}
