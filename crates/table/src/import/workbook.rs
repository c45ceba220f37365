//! The cells of an Excel workbook (Office Open XML), as far as a table of texts and numbers needs them.
//!
//! Kept readers of workbooks make room for as many cells and texts as the file says it has, which a hostile file can use to stop a program. This one
//! takes only what is there, within limits.

use super::error::ImportError;
use roxmltree::{Document, Node, ParsingOptions};
use std::io::{Cursor, Read};

/// Most bytes of one part of a workbook, unpacked: over sixty times the largest part of the conversion table.
const MOST_BYTES: u64 = 64 << 20;
/// Most elements and texts of one part.
const MOST_NODES: u32 = 8 << 20;
/// Most sheets.
const MOST_SHEETS: usize = 64;

const BROKEN: ImportError = ImportError::File("the workbook is damaged or cut short: download it again");
const TOO_LARGE: ImportError =
    ImportError::File("the workbook is larger than any official one: a part of it has more than 64 MiB");

/// A row of a sheet: its number, and the texts of its cells by column from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sheet, or the line on which it begins.
    pub number: u64,
    /// Columns from 1, ascending, and texts.
    pub cells: Vec<(u32, String)>,
}

impl Row {
    /// The text of a column; empty where there is none.
    pub fn cell(&self, column: u32) -> &str {
        self.cells.iter().find(|(other, _)| *other == column).map_or("", |(_, text)| text)
    }
}

/// Whether bytes begin as a workbook does.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The rows of all sheets, in the order of the sheets' parts.
///
/// # Errors
/// [`ImportError::File`] where the bytes are no workbook, are damaged, or are beyond the limits.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Vec<Row>>, ImportError> {
    sheets_within(bytes, MOST_BYTES)
}

fn sheets_within(bytes: &[u8], most: u64) -> Result<Vec<Vec<Row>>, ImportError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    let mut names = Vec::new();
    for name in archive.file_names() {
        let name = name.map_err(|_| BROKEN)?;
        if is_sheet(&name) {
            names.push(name.into_owned());
        }
    }
    names.sort_by_key(|name| (name.len(), name.clone()));
    if names.is_empty() {
        return Err(ImportError::File("the packed file is no Excel workbook: it has no sheet"));
    }
    if names.len() > MOST_SHEETS {
        return Err(ImportError::File("the workbook has more than 64 sheets: no official one has"));
    }
    if part(&mut archive, "xl/workbook.xml", most)?.is_some_and(|workbook| from_1904(&workbook)) {
        return Err(ImportError::File("the workbook counts days from 1904: save it with days counted from 1900"));
    }
    let shared = match part(&mut archive, "xl/sharedStrings.xml", most)? {
        Some(text) => shared_strings(&text)?,
        None => Vec::new(),
    };
    let mut sheets = Vec::new();
    for name in names {
        let text = part(&mut archive, &name, most)?.ok_or(BROKEN)?;
        sheets.push(rows(&text, &shared)?);
    }
    Ok(sheets)
}

/// Whether days are counted from 1904, as an old program for another computer did.
fn from_1904(workbook: &str) -> bool {
    ["date1904=\"1\"", "date1904=\"true\""].iter().any(|mark| workbook.contains(mark))
}

fn is_sheet(name: &str) -> bool {
    name.strip_prefix("xl/worksheets/").is_some_and(|name| !name.contains('/') && name.ends_with(".xml"))
}

/// The text of a part; `None` where the workbook does not have it.
fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str, most: u64) -> Result<Option<String>, ImportError> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(_) => return Err(BROKEN),
    };
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| BROKEN)?;
    if bytes.len() as u64 > most {
        return Err(TOO_LARGE);
    }
    String::from_utf8(bytes).map(Some).map_err(|_| BROKEN)
}

fn parse(text: &str) -> Result<Document<'_>, ImportError> {
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|_| BROKEN)
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// The texts that cells name by number.
fn shared_strings(text: &str) -> Result<Vec<String>, ImportError> {
    let document = parse(text)?;
    Ok(named(document.root_element(), "si").map(words).collect())
}

/// The text of a string: its own, or that of its runs; how it is pronounced is left out.
fn words(string: Node<'_, '_>) -> String {
    let own = named(string, "t");
    let runs = named(string, "r").flat_map(|run| named(run, "t"));
    own.chain(runs).filter_map(|text| text.text()).collect()
}

fn rows(text: &str, shared: &[String]) -> Result<Vec<Row>, ImportError> {
    let document = parse(text)?;
    let data = named(document.root_element(), "sheetData").next().ok_or(BROKEN)?;
    let mut rows = Vec::new();
    let mut number = 0u64;
    for row in named(data, "row") {
        number = match row.attribute("r") {
            Some(said) => said.parse().ok().filter(|said| *said > number).ok_or(BROKEN)?,
            None => number.checked_add(1).ok_or(BROKEN)?,
        };
        let mut cells = Vec::new();
        let mut column = 0u32;
        for cell in named(row, "c") {
            column = match cell.attribute("r") {
                Some(place) => column_of(place).filter(|said| *said > column).ok_or(BROKEN)?,
                None => column.checked_add(1).ok_or(BROKEN)?,
            };
            let value = named(cell, "v").next().and_then(|value| value.text());
            let text = match (cell.attribute("t"), value) {
                (Some("s"), Some(value)) => {
                    shared.get(value.parse::<usize>().map_err(|_| BROKEN)?).ok_or(BROKEN)?.clone()
                }
                (Some("inlineStr"), _) => named(cell, "is").next().map(words).unwrap_or_default(),
                (_, Some(value)) => value.to_owned(),
                (_, None) => continue,
            };
            cells.push((column, text));
        }
        rows.push(Row { number, cells });
    }
    Ok(rows)
}

/// The column out of `B12`, from 1; workbooks have 16,384.
fn column_of(place: &str) -> Option<u32> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase).take(4);
    let column = letters.fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (1..=16_384).contains(&column).then_some(column)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::io::Write;

    /// A workbook of these parts.
    pub(crate) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const SHARED: &str = "<sst><si><t>one</t></si><si><r><t xml:space=\"preserve\">t </t></r><r><t>wo</t></r><rPh><t>no</t></rPh></si></sst>";
    const SHEET: &str = "<worksheet><sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"AB2\"><v>2017</v></c></row>\
        <row><c t=\"inlineStr\"><is><t>here</t></is></c><c r=\"C3\" t=\"s\"><v>0</v></c><c/></row></sheetData></worksheet>";

    #[test]
    fn cells_are_texts_of_their_own_shared_ones_and_numbers() {
        let bytes = packed(&[("xl/sharedStrings.xml", SHARED), ("xl/worksheets/sheet1.xml", SHEET)]);
        assert!(is_workbook(&bytes));
        let text = |text: &str| text.to_owned();
        let rows = sheets(&bytes).unwrap().remove(0);
        assert_eq!(
            rows,
            [
                Row { number: 2, cells: vec![(1, text("t wo")), (28, text("2017"))] },
                Row { number: 3, cells: vec![(1, text("here")), (3, text("one"))] },
            ]
        );
        assert_eq!((rows[0].cell(28), rows[0].cell(2)), ("2017", ""));
    }

    #[test]
    fn what_is_damaged_or_hostile_is_an_error() {
        let shared = ("xl/sharedStrings.xml", SHARED);
        let sheet = |text: &str| packed(&[shared, ("xl/worksheets/sheet1.xml", text)]);
        let deep = "<a>".repeat(1 << 20);
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\">]><worksheet><sheetData>&b;</sheetData></worksheet>";
        for text in [
            "",
            "<worksheet/>",
            "<worksheet><sheetData>",
            deep.as_str(),
            bomb,
            "<worksheet><sheetData><row r=\"0\"/></sheetData></worksheet>",
            "<worksheet><sheetData><row r=\"2\"/><row r=\"2\"/></sheetData></worksheet>",
            "<worksheet><sheetData><row r=\"18446744073709551615\"/><row/></sheetData></worksheet>",
            "<worksheet><sheetData><row><c r=\"ZZZZ1\"/></row></sheetData></worksheet>",
            "<worksheet><sheetData><row><c t=\"s\"><v>2</v></c></row></sheetData></worksheet>",
            "<worksheet><sheetData><row><c t=\"s\"><v>-1</v></c></row></sheetData></worksheet>",
        ] {
            assert_eq!(sheets(&sheet(text)), Err(BROKEN), "{}", text.get(..60).unwrap_or(text));
        }
        assert!(matches!(sheets(&packed(&[shared])), Err(ImportError::File(_))));
        assert!(matches!(sheets(b"PK\x03\x04"), Err(ImportError::File(_))));
        let whole = sheet(SHEET);
        assert_eq!(sheets_within(&whole, SHEET.len() as u64), sheets(&whole));
        assert_eq!(sheets_within(&whole, SHEET.len() as u64 - 1), Err(TOO_LARGE));
        let old = packed(&[("xl/worksheets/sheet1.xml", SHEET), ("xl/workbook.xml", "<w><p date1904=\"1\"/></w>")]);
        assert!(matches!(sheets(&old), Err(ImportError::File(what)) if what.contains("1904")));
    }

    #[test]
    fn damage_never_stops_the_program() {
        let bytes = packed(&[("xl/sharedStrings.xml", SHARED), ("xl/worksheets/sheet1.xml", SHEET)]);
        for end in 0..bytes.len() {
            assert!(sheets(&bytes[..end]).is_err(), "cut at {end}");
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut bytes = bytes.clone();
                bytes[at] ^= 1 << bit;
                let _ = sheets(&bytes);
            }
        }
    }
}
