//! Titles.

use crate::code::Icd10CmCode;
use crate::table::{Icd10Cm, lines};
use core::fmt;
use superbill_core::Date;
use superbill_table::{TextBody, TextBuffer, TextRecord, u32_at};

/// A release that gave titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TitleRelease<'a> {
    /// The first day on which it was in force.
    pub day: Date,
    /// Whether its titles are the short ones: at most 60 characters, words cut where they do not fit.
    pub short: bool,
    /// What it was.
    pub words: &'a str,
}

/// The title of a code, on the stack.
#[derive(Clone)]
pub struct Title {
    text: TextBuffer,
    release: Date,
    short: bool,
}

impl Title {
    /// The title as the tabular list has it, diacritics included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.as_str().unwrap_or_default()
    }

    /// The title folded to ASCII, as the order file has it: letters without their diacritics.
    #[must_use]
    pub fn folded(&self) -> String {
        folded(self.as_str())
    }

    /// The release that gave the title: the first day on which it was in force.
    #[must_use]
    pub fn release(&self) -> Date {
        self.release
    }

    /// Whether it is a short title, which can be cut at 60 characters, because no source of the table has the long one.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.short
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Title({:?}, {})", self.as_str(), self.release)
    }
}

impl Icd10Cm<'_> {
    /// The newest title of a code; `None` where the code is not known or no source of the table has its title.
    #[must_use]
    pub fn title(&self, code: Icd10CmCode) -> Option<Title> {
        self.title_on(code, u32::MAX)
    }

    /// The title that is taken for a day.
    pub(crate) fn title_on(&self, code: Icd10CmCode, day: u32) -> Option<Title> {
        let ordinal = self.ordinal(code)?;
        let mut text = TextBuffer::default();
        let record = match self.older_title(ordinal, day) {
            Some(row) => self.older_titles.read(row, &mut text)?,
            None => self.read_title(ordinal as usize, code, &mut text)?,
        };
        let line = usize::from(record.mark).checked_sub(1)?;
        let release = self.title_releases().nth(line)?;
        text.as_str()?;
        (record.body != TextBody::Absent).then_some(Title { text, release: release.day, short: release.short })
    }

    /// Whether the code at an ordinal has one title on two days, which is told without reading it.
    pub(crate) fn has_one_title(&self, ordinal: u32, [one, other]: [u32; 2]) -> bool {
        let start = self.first_older(ordinal);
        let some = self.older_place(start).is_some_and(|(place, _)| place == ordinal);
        !some || self.older_from(start, ordinal, one) == self.older_from(start, ordinal, other)
    }

    /// The row of the older title that is taken for a day, if not the newest is.
    fn older_title(&self, ordinal: u32, day: u32) -> Option<usize> {
        self.older_from(self.first_older(ordinal), ordinal, day)
    }

    /// The first row of older titles that is of no code before an ordinal.
    fn first_older(&self, ordinal: u32) -> usize {
        self.older_places.partition_point(|row| u32_at(row, 0).is_some_and(|other| other < ordinal))
    }

    fn older_from(&self, start: usize, ordinal: u32, day: u32) -> Option<usize> {
        let rows = (start..).map_while(|row| Some((row, self.older_place(row)?)));
        let own = rows.take_while(|(_, (other, before))| *other == ordinal && day < *before);
        own.last().map(|(row, _)| row)
    }

    /// Reads a title into a buffer. `None` where the table is damaged.
    pub(crate) fn read_title(&self, ordinal: usize, code: Icd10CmCode, into: &mut TextBuffer) -> Option<TextRecord> {
        let record = self.titles.read(ordinal, into)?;
        if let TextBody::Derived { suffix } = record.body {
            // INVARIANT: the writer derives a title only from the nearest code above, whose title is whole.
            let base = self.ordinal(self.nearest_above(code)?)? as usize;
            if self.titles.read(base, into)?.body != TextBody::Text {
                return None;
            }
            into.push(b", ")?;
            into.push(lines(self.suffixes).nth(usize::from(suffix))?.as_bytes())?;
        }
        Some(record)
    }
}

/// A text folded to ASCII: letters without their diacritics.
pub(crate) fn folded(text: &str) -> String {
    text.chars().filter_map(fold).collect()
}

/// The letter without its diacritic; other characters beyond ASCII are left out.
fn fold(character: char) -> Option<char> {
    Some(match character {
        'À'..='Å' => 'A',
        'Ç' => 'C',
        'È'..='Ë' => 'E',
        'Ì'..='Ï' => 'I',
        'Ñ' => 'N',
        'Ò'..='Ö' => 'O',
        'Ù'..='Ü' => 'U',
        'Ý' => 'Y',
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        ascii if ascii.is_ascii() => ascii,
        _ => return None,
    })
}
