//! The official conversion table: an Excel workbook, or a text exported from it.

use super::conversion::Conversions;
use super::fiscal_year::{fiscal_year, release};
use crate::code::Icd10CmCode;
use crate::conversion::{CONVERSION_KIND, ConversionRow, Join, PreviousAssignment, PreviousCodes};
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, Row, delimited, fiscal_year as year_of, is_workbook, sheets};

/// Reads the conversion table and gives the bytes of a table.
///
/// # Errors
/// As [`Conversions::read`].
pub fn conversion(bytes: &[u8], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    let conversions = Conversions::read(bytes, asked)?;
    let mut writer = TableWriter::new(CONVERSION_KIND);
    let mut sections = TableWriter::new(CONVERSION_KIND);
    let (release, rows) = (conversions.release.to_string(), conversions.write(&mut sections)?.to_string());
    writer.about([("release", release.as_str()), ("source", "ICD-10-CM conversion table"), ("rows", rows.as_str())]);
    conversions.write(&mut writer)?;
    Ok(writer.finish()?)
}

impl Conversions {
    /// Reads the official conversion table: the workbook, or its sheet saved as text with commas or tabs.
    ///
    /// Above the headings "Current code assignment", "Effective" and "Previous Code(s) Assignment" stands what the table is, the fiscal
    /// year within it. "Effective" is a calendar year, whose October 1 is meant, or a day. The release is the newest day of the table
    /// within that year, or is `asked`.
    ///
    /// # Errors
    /// [`ImportError`] with the row (as its line) and the column that is not as it should be; [`ImportError::Release`] and
    /// [`ImportError::NoRelease`] for the release.
    pub fn read(bytes: &[u8], asked: Option<Date>) -> Result<Self, ImportError> {
        let sheets = if is_workbook(bytes) { sheets(bytes)? } else { vec![delimited(bytes)?] };
        let mut found = sheets.iter().filter_map(|rows| Some((rows.iter().position(is_heading)?, rows)));
        let Some((heading, rows)) = found.next() else {
            return Err(ImportError::File(
                "no row has the headings of the conversion table: Current code assignment, Effective, Previous Code(s) Assignment",
            ));
        };
        let (above, below) = rows.split_at(heading);
        let said = above.iter().flat_map(|row| &row.cells).find_map(|(_, text)| year_of(text));
        let mut conversions = Vec::new();
        for row in below.iter().skip(1) {
            if row.cells.iter().any(|(_, text)| !text.trim().is_empty()) {
                read_row(row, &mut conversions)?;
            }
        }
        let newest = conversions.iter().map(|row: &ConversionRow| row.previous.effective).max();
        let newest = newest.ok_or(ImportError::File("the table has no row below its headings: it is cut short"))?;
        Ok(Self { release: release_of(said, asked, newest)?, rows: conversions })
    }
}

/// The newest day of the table, where it lies in the year that the table says; it cannot lie behind the release.
fn release_of(said: Option<i16>, asked: Option<Date>, newest: Date) -> Result<Date, ImportError> {
    let first = release(said, asked)?;
    let within = said.and_then(fiscal_year).is_some_and(|days| days.contains(newest));
    let release = if asked.is_none() && within { newest } else { first };
    if newest > release {
        return Err(ImportError::Release { found: newest.to_string(), asked: release.to_string() });
    }
    Ok(release)
}

fn is_heading(row: &Row) -> bool {
    let cell = |column: u32| row.cell(column).trim().to_ascii_lowercase();
    cell(1).starts_with("current code") && cell(2).starts_with("effective") && cell(3).starts_with("previous code")
}

fn read_row(row: &Row, into: &mut Vec<ConversionRow>) -> Result<(), ImportError> {
    let error = |column: u32, expected: &'static str| ImportError::line(row.number, column, expected);
    let current = Icd10CmCode::parse(row.cell(1)).map_err(|_| error(1, "an ICD-10-CM code: the current code"))?;
    let effective = effective(row.cell(2).trim());
    let effective =
        effective.ok_or(error(2, "the year or the day from which the code is used, as 2025 or 4/1/2025"))?;
    let (previous, join) = previous_codes(row.cell(3)).ok_or(error(
        3,
        "previous codes with commas, semicolons or `and` between, a range as H35.20-H35.23, a category as I63.-, or None",
    ))?;
    let previous = previous.into_iter().map(|codes| PreviousAssignment { effective, codes, join });
    into.extend(previous.map(|previous| ConversionRow { current, previous }));
    Ok(())
}

/// The day of a year, a number of days since the end of 1899, or a day written out.
fn effective(text: &str) -> Option<Date> {
    // No code is older than ICD-10-CM's first published releases.
    let plausible = |date: Date| Some(date).filter(|date| (2000..2100).contains(&date.year()));
    if let Ok(number) = text.parse::<i32>() {
        return match number {
            2000..2100 => Date::new(number as i16, 10, 1).ok(),
            36_000..75_000 => plausible(Date::new(1899, 12, 30).ok()?.add_days(number).ok()?),
            _ => None,
        };
    }
    if let Ok(date) = text.parse::<Date>() {
        return plausible(date);
    }
    let mut parts = text.split('/').map(|part| part.trim().parse::<i16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    let year = if (0..100).contains(&year) { year + 2000 } else { year };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    plausible(date).filter(|_| parts.next().is_none())
}

/// The previous codes of a cell, and how they stand to each other.
fn previous_codes(text: &str) -> Option<(Vec<PreviousCodes>, Join)> {
    let text = text.replace(['\u{2013}', '\u{2014}'], "-").replace('&', " and ");
    if text.trim().eq_ignore_ascii_case("none") {
        return Some((vec![PreviousCodes::None], Join::Only));
    }
    let words = text.split([',', ';']).flat_map(str::split_whitespace);
    let mut codes = Vec::new();
    let mut together = false;
    for word in words {
        match word.to_ascii_lowercase().as_str() {
            "and" => together = true,
            "a" | "code" | "codes" | "category" | "categories" | "from" | "in" | "or" => {}
            _ => codes.push(reference(word)?),
        }
    }
    let join = match codes.len() {
        0 => return None,
        1 => Join::Only,
        _ if together => Join::AllOf,
        _ => Join::AnyOf,
    };
    Some((codes, join))
}

/// `E10.9`, `H35.20-H35.23`, or a category as `I63.-` and `R11-`.
fn reference(word: &str) -> Option<PreviousCodes> {
    // A code has a digit; words of four letters would else be codes.
    let code = |text: &str| Icd10CmCode::parse(text).ok().filter(|_| text.bytes().any(|byte| byte.is_ascii_digit()));
    let Some((first, last)) = word.split_once('-') else { return code(word).map(PreviousCodes::Code) };
    let first = code(first.strip_suffix('.').unwrap_or(first))?;
    let last = if last.is_empty() { first } else { code(last)? };
    (first <= last).then_some(PreviousCodes::Span { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversion::Conversion;
    use std::io::Write;

    /// A workbook of these parts.
    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const TEXT: &str = "\"Made-up note, of two lines\nand FY 2026 in it\",,\n\
        Current code assignment,Effective,Previous Code(s) Assignment\n\
        A00.11,2025,A00.1\nA00.12 ,10/1/2025,\"A00.1, A00.2\"\nB00.3,2016,B00.1 AND B00.2\nC00.1,45017,C10.1-C10.4; C10.9\n\
        D00.1,2020-04-01,D10.- and D20.5\nE00.1,2016,None\nF00.1,2016,Codes in Categories T15-T19\n,,\n";

    fn code(text: &str) -> Icd10CmCode {
        text.parse().unwrap()
    }

    #[test]
    fn the_text_is_read_with_commas_and_with_tabs() {
        let tabs = TEXT.replace(",,", "\t\t").replace("t,E", "t\tE").replace("e,P", "e\tP").replace(",20", "\t20");
        let tabs = tabs.replace("2025,", "2025\t").replace("2016,", "2016\t").replace(" ,10", "\t10");
        let tabs = tabs.replace(",45017,", "\t45017\t").replace("-01,", "-01\t");
        for text in [TEXT.to_owned(), TEXT.replace('\n', "\r\n"), format!("\u{FEFF}{TEXT}"), tabs] {
            let bytes = conversion(text.as_bytes(), None).unwrap();
            let table = Conversion::from_bytes(&bytes).unwrap();
            table.verify().unwrap();
            assert_eq!((table.release().to_string(), table.len()), ("2025-10-01".to_owned(), 11), "{text}");
            let before = |text: &str| {
                let found = table.predecessors(code(text));
                found.map(|before| (before.codes, before.effective.to_string(), before.join)).collect::<Vec<_>>()
            };
            let one = |text: &str| PreviousCodes::Code(code(text));
            let span = |first: &str, last: &str| PreviousCodes::Span { first: code(first), last: code(last) };
            let day = |day: &str| day.to_owned();
            assert_eq!(before("A00.11"), [(one("A00.1"), day("2025-10-01"), Join::Only)]);
            assert_eq!(before("A00.12").len(), 2);
            assert_eq!(before("A00.12")[1], (one("A00.2"), day("2025-10-01"), Join::AnyOf));
            assert_eq!(before("B00.3")[0], (one("B00.1"), day("2016-10-01"), Join::AllOf));
            assert_eq!(
                before("C00.1"),
                [one("C10.9"), span("C10.1", "C10.4")].map(|codes| (codes, day("2023-04-01"), Join::AnyOf))
            );
            assert_eq!(before("D00.1")[1], (span("D10", "D10"), day("2020-04-01"), Join::AllOf));
            assert_eq!(before("E00.1"), [(PreviousCodes::None, day("2016-10-01"), Join::Only)]);
            assert_eq!(before("F00.1"), [(span("T15", "T19"), day("2016-10-01"), Join::Only)]);
            let after = |text: &str| table.successors(code(text)).map(|row| row.current).collect::<Vec<_>>();
            assert_eq!(after("A00.1"), [code("A00.11"), code("A00.12")]);
            assert_eq!(after("C10.3"), [code("C00.1")]);
            assert_eq!(after("T19.1XXA"), [code("F00.1")]);
            assert_eq!(after("D10"), [code("D00.1")]);
            assert_eq!(after("T20"), []);
        }
    }

    #[test]
    fn the_workbook_is_read() {
        let sheet = "<worksheet><sheetData>\
            <row><c t=\"inlineStr\"><is><t>Made-up FY 2026 table</t></is></c></row>\
            <row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>\
            <row><c t=\"s\"><v>3</v></c><c><v>46113</v></c><c t=\"s\"><v>4</v></c></row></sheetData></worksheet>";
        let shared = "<sst><si><t>Current code assignment</t></si><si><t>Effective</t></si>\
            <si><t>Previous Code(s) Assignment</t></si><si><t>A00.11  </t></si><si><t>A00.1</t></si></sst>";
        let bytes = packed(&[("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", shared)]);
        let conversions = Conversions::read(&bytes, None).unwrap();
        assert_eq!(conversions.release.to_string(), "2026-04-01");
        assert_eq!(conversions.rows.len(), 1);
        let wrong =
            packed(&[("xl/worksheets/sheet1.xml", &sheet.replace("46113", "46")), ("xl/sharedStrings.xml", shared)]);
        let error = Conversions::read(&wrong, None).unwrap_err().to_string();
        assert!(error.starts_with("line 3, column 2: expected the year or the day"), "{error}");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (from, to, expected) in [
            ("Current code", "Something", "no row has the headings"),
            ("A00.11,", "A0,", "line 4, column 1: expected an ICD-10-CM code: the current code"),
            ("A00.11,2025", "A00.11,20", "line 4, column 2: expected the year or the day"),
            ("A00.11,2025", "A00.11,13/1/2025", "line 4, column 2: expected the year or the day"),
            ("A00.11,2025", "A00.11,75000", "line 4, column 2: expected the year or the day"),
            ("A00.11,2025,A00.1", "A00.11,2025,", "line 4, column 3: expected previous codes"),
            ("A00.11,2025,A00.1", "A00.11,2025", "line 4, column 3: expected previous codes"),
            ("B00.1 AND B00.2", "B00.1 plus B00.2", "line 6, column 3: expected previous codes"),
            ("C10.1-C10.4", "C10.4-C10.1", "line 7, column 3: expected previous codes"),
            ("FY 2026", "nothing", "the file does not say its release"),
            ("FY 2026", "FY 2025", "the file says that it is of 2025-10-01, not of 2024-10-01"),
        ] {
            let text = TEXT.replacen(from, to, 1);
            let error = Conversions::read(text.as_bytes(), None).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{to}: {error}");
        }
        let heading = TEXT.split("A00.11").next().unwrap();
        let error = Conversions::read(heading.as_bytes(), None).unwrap_err().to_string();
        assert!(error.starts_with("the table has no row"), "{error}");
        let asked = |day: &str| Conversions::read(TEXT.as_bytes(), Some(day.parse().unwrap()));
        assert!(matches!(asked("2024-10-01"), Err(ImportError::Release { .. })));
        assert_eq!(asked("2026-04-01").unwrap().release.to_string(), "2026-04-01");
    }
}
