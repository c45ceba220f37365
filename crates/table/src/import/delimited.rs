//! Text with commas or tabs between its fields.

use super::error::ImportError;
use super::text::decode;
use super::workbook::{Row, is_workbook, sheets};

/// The rows of a text with commas or tabs, fields in quotes or not; with tabs where at least half of the lines have one.
///
/// A row is numbered by the line it begins on, its columns from 1; empty lines are left out.
///
/// # Errors
/// [`ImportError::File`] for what is no text, [`ImportError::Line`] where fields cannot be told apart.
pub fn delimited(bytes: &[u8]) -> Result<Vec<Row>, ImportError> {
    let text = decode(bytes)?;
    let (mut all, mut tabbed) = (0usize, 0usize);
    for line in text.lines() {
        all += 1;
        tabbed += usize::from(line.contains('\t'));
    }
    let delimiter = if tabbed > 0 && tabbed >= all / 2 { b'\t' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut number, mut counted) = (1, 0);
    for record in reader.records() {
        let broken = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            ImportError::line(line, 1, "a row of fields with commas or tabs between")
        };
        let record = record.map_err(broken)?;
        // The reader counts a row from the end of the one before; empty lines may stand between.
        let start = record.position().map_or(0, |position| position.byte() as usize);
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        let start = start + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        number += text
            .as_bytes()
            .get(counted..start)
            .map_or(0, |bytes| bytes.iter().filter(|byte| **byte == b'\n').count() as u64);
        counted = start;
        let cells = (1..).zip(&record).map(|(column, text)| (column, text.to_owned())).collect();
        rows.push(Row { number, cells });
    }
    Ok(rows)
}

/// The rows of a file that is a workbook or a text with commas or tabs. Of a workbook, those of the first sheet that has a row for which
/// `heading` holds; of a text, all, where one row is such.
///
/// # Errors
/// As [`delimited`] and [`sheets`]; [`ImportError::File`] with `expected` where no row is the heading.
pub fn sheet_rows(
    bytes: &[u8],
    heading: impl Fn(&Row) -> bool,
    expected: &'static str,
) -> Result<(usize, Vec<Row>), ImportError> {
    let sheets = if is_workbook(bytes) { sheets(bytes)? } else { vec![delimited(bytes)?] };
    for rows in sheets {
        if let Some(at) = rows.iter().position(&heading) {
            return Ok((at, rows));
        }
    }
    Err(ImportError::File(expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_or_not_and_rows_know_their_lines() {
        let rows = delimited(b"a,\"b\nc\",d\r\n\r\ne,,f\n").unwrap();
        let row = |number, cells: [&str; 3]| Row {
            number,
            cells: (1..).zip(cells).map(|(column, text)| (column, text.to_owned())).collect(),
        };
        assert_eq!(rows, [row(1, ["a", "b\nc", "d"]), row(4, ["e", "", "f"])]);
        assert_eq!(rows[1].cell(3), "f");
        let rows = delimited(b"x\na, b\tc\n").unwrap();
        assert_eq!((rows[1].cell(1), rows[1].cell(2)), ("a, b", "c"));
    }

    #[test]
    fn the_heading_names_the_sheet() {
        let heading = |row: &Row| row.cell(1) == "code";
        let (at, rows) = sheet_rows(b"notice,\ncode,units\n1,2\n", heading, "a heading").unwrap();
        assert_eq!((at, rows.len()), (1, 3));
        assert_eq!(sheet_rows(b"other,units\n", heading, "a heading"), Err(ImportError::File("a heading")));
    }
}
