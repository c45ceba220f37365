//! The form with columns: a text with commas and a heading, or a workbook.

use super::assemble::{Assembled, Assembler, Rules};
use super::record::{Days, Line, cleaned, day};
use crate::fields::{FIELDS, LAB, NOTE, PRICING};
use superbill_table::import::{ImportError, Row, is_workbook, sheet_rows};

/// The columns of the official heading, and what is said where one is missing. The last 38 before the days are the fields in the order of
/// the sets.
const NAMES: [(&str, &str); 10] = [
    ("HCPC", "the heading of a HCPCS file: a column HCPC"),
    ("SEQNUM", "a column SEQNUM in the heading"),
    ("RECID", "a column RECID in the heading"),
    ("LONG DESCRIPTION", "a column LONG DESCRIPTION in the heading"),
    ("SHORT DESCRIPTION", "a column SHORT DESCRIPTION in the heading"),
    ("ADD DT", "a column ADD DT in the heading"),
    ("ACT EFF DT", "a column ACT EFF DT in the heading"),
    ("TERM DT", "a column TERM DT in the heading"),
    ("ASC_DT", "a column ASC_DT in the heading"),
    ("OPPS_DT", "a column OPPS_DT in the heading"),
];

const FIELD_NAMES: [(&str, &str); FIELDS] = [
    ("PRICE1", "a column PRICE1 in the heading"),
    ("PRICE2", "a column PRICE2 in the heading"),
    ("PRICE3", "a column PRICE3 in the heading"),
    ("PRICE4", "a column PRICE4 in the heading"),
    ("MULT_PI", "a column MULT_PI in the heading"),
    ("CIM1", "a column CIM1 in the heading"),
    ("CIM2", "a column CIM2 in the heading"),
    ("CIM3", "a column CIM3 in the heading"),
    ("MCM1", "a column MCM1 in the heading"),
    ("MCM2", "a column MCM2 in the heading"),
    ("MCM3", "a column MCM3 in the heading"),
    ("STATUTE", "a column STATUTE in the heading"),
    ("LABCERT1", "a column LABCERT1 in the heading"),
    ("LABCERT2", "a column LABCERT2 in the heading"),
    ("LABCERT3", "a column LABCERT3 in the heading"),
    ("LABCERT4", "a column LABCERT4 in the heading"),
    ("LABCERT5", "a column LABCERT5 in the heading"),
    ("LABCERT6", "a column LABCERT6 in the heading"),
    ("LABCERT7", "a column LABCERT7 in the heading"),
    ("LABCERT8", "a column LABCERT8 in the heading"),
    ("XREF1", "a column XREF1 in the heading"),
    ("XREF2", "a column XREF2 in the heading"),
    ("XREF3", "a column XREF3 in the heading"),
    ("XREF4", "a column XREF4 in the heading"),
    ("XREF5", "a column XREF5 in the heading"),
    ("COV", "a column COV in the heading"),
    ("ASC_GRP", "a column ASC_GRP in the heading"),
    ("OPPS", "a column OPPS in the heading"),
    ("OPPS_PI", "a column OPPS_PI in the heading"),
    ("PROCNOTE", "a column PROCNOTE in the heading"),
    ("BETOS", "a column BETOS in the heading"),
    ("TOS1", "a column TOS1 in the heading"),
    ("TOS2", "a column TOS2 in the heading"),
    ("TOS3", "a column TOS3 in the heading"),
    ("TOS4", "a column TOS4 in the heading"),
    ("TOS5", "a column TOS5 in the heading"),
    ("ANEST_BU", "a column ANEST_BU in the heading"),
    ("ACTION CD", "a column ACTION CD in the heading"),
];

/// A name of a column, however it is written.
fn same(text: &str, name: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect::<String>()
    };
    let text = letters(text);
    text == letters(name) || name == "HCPC" && text == "HCPCS"
}

fn place(heading: &Row, (name, expected): (&str, &'static str)) -> Result<u32, ImportError> {
    let mut found = heading.cells.iter().filter(|(_, text)| same(text, name)).map(|(column, _)| *column);
    let column = found.next().ok_or(ImportError::line(heading.number, 1, expected))?;
    match found.next() {
        Some(twice) => Err(ImportError::line(heading.number, twice, "a heading that has each column once")),
        None => Ok(column),
    }
}

/// Where the columns stand.
struct Places {
    names: [u32; 10],
    fields: [u32; FIELDS],
    /// How many cells a row of a text has.
    width: Option<usize>,
}

impl Places {
    fn new(heading: &Row, text: bool) -> Result<Self, ImportError> {
        let mut places = Self { names: [0; 10], fields: [0; FIELDS], width: text.then_some(heading.cells.len()) };
        for (at, name) in places.names.iter_mut().zip(NAMES) {
            *at = place(heading, name)?;
        }
        for (at, name) in places.fields.iter_mut().zip(FIELD_NAMES) {
            *at = place(heading, name)?;
        }
        Ok(places)
    }
}

/// Reads the file.
pub(crate) fn read(bytes: &[u8]) -> Result<Assembled, ImportError> {
    let heading =
        |row: &Row| [NAMES[0].0, NAMES[2].0].iter().all(|name| row.cells.iter().any(|(_, text)| same(text, name)));
    let expected =
        "the file has no heading with the columns HCPC, SEQNUM and RECID: give the file whose name has ANWEB in it";
    let (at, rows) = sheet_rows(bytes, heading, expected)?;
    let mut rows = rows.into_iter().skip(at);
    let heading = rows.next().ok_or(ImportError::File(expected))?;
    let places = Places::new(&heading, !is_workbook(bytes))?;
    let mut assembler = Assembler::new(Rules { step: None, ordered: false });
    for row in rows {
        if row.cells.iter().all(|(_, text)| text.trim().is_empty()) {
            continue;
        }
        assembler.take(line(&row, &places)?)?;
    }
    assembler.finish()
}

fn line(row: &Row, places: &Places) -> Result<Line, ImportError> {
    let wrong = |column, expected| ImportError::line(row.number, column, expected);
    if let Some(width) = places.width.filter(|width| *width != row.cells.len()) {
        let column = u32::try_from(width.min(row.cells.len()) + 1).unwrap_or(u32::MAX);
        return Err(wrong(column, "as many fields as the heading has: the line is cut short or has a comma too many"));
    }
    let [code_at, sequence_at, identification_at, long_at, short_at, days @ ..] = places.names;
    let sequence = row.cell(sequence_at).trim().parse().map_err(|_| wrong(sequence_at, "a sequence number"))?;
    let identification = match row.cell(identification_at).trim().as_bytes() {
        [one] => *one,
        _ => return Err(wrong(identification_at, "record identification 3, 4, 7 or 8")),
    };
    let mut numbers = [0; 5];
    for (number, column) in numbers.iter_mut().zip(days) {
        *number = day(row.cell(column)).ok_or(wrong(column, "a day as 20260101, or nothing"))?;
    }
    let [added, action, terminated, asc, outpatient] = numbers;
    let mut fields: [String; FIELDS] = core::array::from_fn(|_| String::new());
    for (at, (field, column)) in fields.iter_mut().zip(places.fields).enumerate() {
        let text = row.cell(column).trim();
        // A program that takes a text for a number leaves zeros at its front out.
        let digits = if PRICING.contains(&at) {
            2
        } else if LAB.contains(&at) {
            3
        } else if at == NOTE {
            4
        } else {
            0
        };
        let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        *field = if number { format!("{text:0>digits$}") } else { text.to_owned() };
    }
    let mut long = cleaned(row.cell(long_at).trim());
    // Pieces end between words here.
    long.push(' ');
    Ok(Line {
        number: row.number,
        columns: [code_at, sequence_at, identification_at],
        code: row.cell(code_at).trim().to_ascii_uppercase(),
        sequence,
        identification,
        long,
        short: cleaned(row.cell(short_at).trim()),
        fields,
        days: Days { added, action, terminated, asc, outpatient },
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The official heading.
    pub(crate) const HEADING: &str = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,PRICE2,PRICE3,PRICE4,MULT_PI,CIM1,CIM2,CIM3,MCM1,MCM2,MCM3,STATUTE,LABCERT1,LABCERT2,LABCERT3,LABCERT4,LABCERT5,LABCERT6,LABCERT7,LABCERT8,XREF1,XREF2,XREF3,XREF4,XREF5,COV,ASC_GRP,ASC_DT,OPPS,OPPS_PI,OPPS_DT,PROCNOTE,BETOS,TOS1,TOS2,TOS3,TOS4,TOS5,ANEST_BU,ADD DT,ACT EFF DT,TERM DT,ACTION CD";

    /// A row by its fields, empty ones left out.
    pub(crate) fn row(fields: &[(&str, &str)]) -> String {
        let cell = |name: &str| {
            let text = fields.iter().find(|(other, _)| *other == name).map_or("", |(_, text)| text);
            if text.contains(',') { format!("\"{text}\"") } else { text.to_owned() }
        };
        HEADING.split(',').map(cell).collect::<Vec<_>>().join(",")
    }

    pub(crate) fn file() -> String {
        let days = [("ADD DT", "20200101"), ("ACT EFF DT", "20260101"), ("ACTION CD", "N")];
        let with = |fields: &[(&str, &str)]| row(&[fields, &days[..]].concat());
        [
            HEADING.to_owned(),
            with(&[
                ("HCPC", "   Z1"),
                ("SEQNUM", "0010"),
                ("RECID", "7"),
                ("LONG DESCRIPTION", "A made-up modifier"),
                ("SHORT DESCRIPTION", "Made up"),
            ]),
            with(&[
                ("HCPC", "A0001"),
                ("SEQNUM", "0010"),
                ("RECID", "3"),
                ("LONG DESCRIPTION", "Made-up service, in parts"),
                ("SHORT DESCRIPTION", "Made-up service"),
                ("PRICE1", "0"),
                ("LABCERT1", "10"),
                ("PROCNOTE", "88"),
            ]),
            row(&[("HCPC", "A0001"), ("SEQNUM", "0020"), ("RECID", "4"), ("LONG DESCRIPTION", "and more")]),
            with(&[
                ("HCPC", "D0001"),
                ("SEQNUM", "0010"),
                ("RECID", "3"),
                ("LONG DESCRIPTION", "Not kept"),
                ("SHORT DESCRIPTION", "Not kept"),
            ]),
            with(&[
                ("HCPC", "V5001"),
                ("SEQNUM", "0010"),
                ("RECID", "3"),
                ("LONG DESCRIPTION", "Last service"),
                ("SHORT DESCRIPTION", "Last"),
                ("ADD DT", "20261001"),
                ("ACT EFF DT", "20261001"),
            ]),
        ]
        .map(|line| line + "\r\n")
        .concat()
    }

    #[test]
    fn the_heading_says_where_things_stand() {
        let read = read(file().as_bytes()).unwrap();
        assert_eq!((read.entries.len(), read.dental, read.continued), (3, 1, 1));
        let service = &read.entries[1];
        assert_eq!(service.long, "Made-up service, in parts and more");
        assert_eq!(
            (service.fields[0].as_str(), service.fields[12].as_str(), service.fields[NOTE].as_str()),
            ("00", "010", "0088")
        );
    }

    #[test]
    fn a_large_file_that_ends_early_is_cut_short() {
        let code = |number: usize| {
            row(&[
                ("HCPC", &format!("A{number:04}")),
                ("SEQNUM", "0010"),
                ("RECID", "3"),
                ("LONG DESCRIPTION", "Made up"),
                ("SHORT DESCRIPTION", "Made up"),
                ("ADD DT", "20200101"),
                ("ACT EFF DT", "20260101"),
                ("ACTION CD", "N"),
            ])
        };
        let file = |count: usize| {
            let lines = core::iter::once(HEADING.to_owned()).chain((1..=count).map(code));
            lines.map(|line| line + "\r\n").collect::<String>()
        };
        assert!(!read(file(199).as_bytes()).unwrap().whole);
        let error = read(file(200).as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with("the file ends before the hearing services"), "{error}");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let text = file();
        for (text, expected) in [
            (text.replace("LABCERT8", "OTHER"), "line 1, column 1: expected a column LABCERT8"),
            (text.replace("LABCERT8", "LABCERT7"), "line 1, column 25: expected a heading that has each column once"),
            (text.replace("HCPC,", "CODE,"), "the file has no heading"),
            (text.replace("0020,4", "0030,4"), "line 4, column 2: expected the next sequence number"),
            (text.replace("0020,4", "0020,8"), "line 4, column 3: expected record identification"),
            (text.replace("0020,4", "0020,34"), "line 4, column 3: expected record identification"),
            (text.replace("0020,4", "x,4"), "line 4, column 2: expected a sequence number"),
            (text.replace("20261001,20261001", "20261301,20261001"), "line 6, column 45: expected a day"),
            (text.replace("D0001", "A0001"), "line 5, column 1: expected a code that does not stand"),
            (text.replace("Last,", "Last"), "line 6, column 48: expected as many fields"),
        ] {
            let error = read(text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}, not {expected}");
        }
    }
}
