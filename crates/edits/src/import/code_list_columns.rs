//! Which columns a code list has, by the words of its heading.

use super::code_list_text::{Days, cell_day, code, without_days};
use super::sheet;
use crate::code_list_name::CodeListName;
use superbill_table::import::{ImportError, Row};

/// The columns of a code list.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub(crate) code: u32,
    /// The columns whose texts together are the title, with commas between.
    titles: Vec<u32>,
    since: Option<u32>,
    until: Option<u32>,
    modified: Option<u32>,
    status: Option<u32>,
    /// Without a heading all that follows the code is the title.
    plain: bool,
}

/// Most words of the heading of a column; more are a sentence.
const MOST_WORDS: usize = 6;

const UNTIL: [&str; 18] = [
    "stop",
    "end",
    "ended",
    "ends",
    "ending",
    "deactivated",
    "deactivation",
    "terminated",
    "termination",
    "term",
    "inactive",
    "inactivation",
    "deleted",
    "deletion",
    "expired",
    "expiration",
    "through",
    "thru",
];
const MODIFIED: [&str; 5] = ["modified", "modification", "updated", "changed", "revised"];
const SINCE: [&str; 7] = ["start", "started", "begin", "beginning", "effective", "added", "activation"];

impl Columns {
    /// The columns of a row, where it is a heading: one of its cells names a column of codes.
    pub(crate) fn of(row: &Row, list: CodeListName) -> Option<Self> {
        let headings: Vec<(u32, String)> =
            row.cells.iter().map(|(column, text)| (*column, sheet::words(text))).collect();
        let find = |such: &dyn Fn(&str) -> bool| headings.iter().find(|(_, words)| such(words)).map(|(at, _)| *at);
        // A row that begins with a code is no heading, nor are words that stand alone: they are the title of the table.
        let alone = headings.iter().filter(|(_, words)| !words.is_empty()).count() == 1;
        let begins = headings.first().is_some_and(|(at, _)| code(list, row.cell(*at)).is_some());
        let ends_so = |words: &str| {
            let last = [" code", " codes", " code s"].iter().any(|end| words.ends_with(end));
            last && !words.contains("group") && words.split(' ').count() <= MOST_WORDS
        };
        let code =
            find(&|words| is_code_heading(words, list)).or_else(|| find(&ends_so).filter(|_| !begins && !alone))?;
        if alone {
            return Some(Self { code, ..Self::plain() });
        }
        let others: Vec<(u32, &str)> = headings
            .iter()
            .filter(|(at, words)| *at != code && !words.is_empty())
            .map(|(at, words)| (*at, words.as_str()))
            .collect();
        let dated = |marks: &[&str], but: &[&[&str]]| {
            let has = |words: &str, marks: &[&str]| words.split(' ').any(|word| marks.contains(&word));
            let such = |words: &str| {
                words.split(' ').count() <= 4 && has(words, marks) && !but.iter().any(|but| has(words, but))
            };
            others.iter().find(|(_, words)| such(words)).map(|(at, _)| *at)
        };
        let until = dated(&UNTIL, &[]);
        let modified = dated(&MODIFIED, &[&UNTIL]);
        let since = dated(&SINCE, &[&UNTIL, &MODIFIED]);
        let days = [until, modified, since];
        let texts: Vec<(u32, &str)> = others.into_iter().filter(|(at, _)| !days.contains(&Some(*at))).collect();
        let status = texts.iter().find(|(_, words)| *words == "status").map(|(at, _)| *at);
        Some(Self { code, titles: titles(&texts, code, status), since, until, modified, status, plain: false })
    }

    /// A list without a heading: the code, then its words.
    pub(crate) fn plain() -> Self {
        Self { code: 1, titles: Vec::new(), since: None, until: None, modified: None, status: None, plain: true }
    }

    /// The title of a row, without the days in it.
    ///
    /// # Errors
    /// [`ImportError::Line`] where columns of days have no heading.
    pub(crate) fn title(&self, row: &Row, workbook: bool) -> Result<String, ImportError> {
        let mut title = String::new();
        for (column, text) in &row.cells {
            let text = text.trim();
            let chosen = if self.plain { *column != self.code } else { self.titles.contains(column) };
            if !chosen || text.is_empty() {
                continue;
            }
            if self.plain && *column > 2 && cell_day(text, workbook).flatten().is_some() {
                const EXPECTED: &str = "words: columns of days need a heading, as code, description, start, stop";
                return Err(ImportError::line(row.number, *column, EXPECTED));
            }
            let text = without_days(text).0;
            if !title.is_empty() && !text.is_empty() {
                title.push_str(", ");
            }
            title.push_str(&text);
        }
        Ok(title)
    }

    /// The days of a row: those of the columns, else those that stand in its texts.
    ///
    /// # Errors
    /// [`ImportError::Line`] with a cell that is no day.
    pub(crate) fn days(&self, row: &Row, workbook: bool) -> Result<Days, ImportError> {
        let day = |column: Option<u32>| {
            const EXPECTED: &str = "a day, as 01/31/2026, 20260131 or 2026-01-31, or nothing";
            let read = |text: &str| cell_day(text, workbook);
            column.map_or(Ok(None), |column| sheet::cell(row, column, read, EXPECTED))
        };
        let days = Days { since: day(self.since)?, until: day(self.until)?, modified: day(self.modified)? };
        if let Some((since, until)) = days.since.zip(days.until)
            && until < since
        {
            let column = self.until.unwrap_or(self.code);
            return Err(ImportError::line(row.number, column, "a last day that is not before the first"));
        }
        let texts = row.cells.iter().filter(|(column, _)| *column != self.code);
        Ok(texts.fold(days, |days, (_, text)| days.or(without_days(text).1)))
    }

    /// Whether the row says, with no day, that its code is no longer in use.
    pub(crate) fn is_inactive(&self, row: &Row) -> bool {
        let status = self.status.map(|column| sheet::words(row.cell(column))).unwrap_or_default();
        matches!(status.as_str(), "deactivated" | "inactive" | "retired" | "deleted" | "terminated")
    }
}

/// Whether a heading is that of the codes, whatever stands beside it.
fn is_code_heading(words: &str, list: CodeListName) -> bool {
    match words {
        "code" | "codes" | "code value" => true,
        "carc" => list == CodeListName::ClaimAdjustmentReason,
        "rarc" => list == CodeListName::RemittanceRemark,
        "taxonomy" => list == CodeListName::ProviderTaxonomy,
        "pos" => list == CodeListName::PlaceOfService,
        "id" | "payer id" | "naic" => matches!(list, CodeListName::Naic | CodeListName::Other(_)),
        _ => false,
    }
}

/// The columns of the title: the shortest words that name the code first.
fn titles(texts: &[(u32, &str)], code: u32, status: Option<u32>) -> Vec<u32> {
    let first = |such: &dyn Fn(&str) -> bool| texts.iter().find(|(_, words)| such(words)).map(|(at, _)| *at);
    let named = first(&|words| words == "display name")
        .or_else(|| first(&|words| words == "title" || words == "name" || words.ends_with(" name")))
        .or_else(|| first(&|words| words == "description"));
    // The taxonomy had no names of its own before 2021.
    let classes = || {
        let classification = first(&|words| words == "classification")?;
        Some([Some(classification), first(&|words| words == "specialization")].into_iter().flatten().collect())
    };
    let described = || first(&|words| words.contains("description") || words == "definition");
    // Else what follows the code.
    let any = || {
        let mut columns = texts.iter().map(|(at, _)| *at).filter(|at| Some(*at) != status);
        columns.clone().find(|at| *at > code).or_else(|| columns.next())
    };
    match named {
        Some(column) => vec![column],
        None => classes().unwrap_or_else(|| described().or_else(any).into_iter().collect()),
    }
}
