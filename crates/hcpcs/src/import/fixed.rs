//! The fixed form: lines of 320 columns, with further lines for long titles.
//!
//! Source: CMS, HCPCS contractor record layout (columns in the comments of [`FIELD_COLUMNS`]).

use super::assemble::{Assembled, Assembler, Rules};
use super::record::{Days, Line, cleaned, day};
use crate::fields::FIELDS;
use superbill_table::import::{ImportError, lines};

/// Columns of a line.
const WIDTH: usize = 320;
/// The last column of the text of a long title. A further line may end there.
const TEXT_END: usize = 91;
/// The last column that a first line uses.
const USED: usize = 293;
/// Most lines of a heading before the first record.
const HEADING: usize = 100;

/// First and last column of each field, in the order of the sets.
const FIELD_COLUMNS: [(usize, usize); FIELDS] = [
    // Pricing indicators.
    (120, 121),
    (122, 123),
    (124, 125),
    (126, 127),
    // Multiple pricing indicator.
    (128, 128),
    // Coverage Issues Manual, Medicare Carriers Manual.
    (129, 134),
    (135, 140),
    (141, 146),
    (147, 154),
    (155, 162),
    (163, 170),
    // Statute.
    (171, 180),
    // Laboratory certification.
    (181, 183),
    (184, 186),
    (187, 189),
    (190, 192),
    (193, 195),
    (196, 198),
    (199, 201),
    (202, 204),
    // Cross references.
    (205, 209),
    (210, 214),
    (215, 219),
    (220, 224),
    (225, 229),
    // Coverage; surgery-center group; outpatient group and indicator; processing note; BETOS.
    (230, 230),
    (231, 232),
    (241, 243),
    (244, 244),
    (253, 256),
    (257, 259),
    // Types of service; anesthesia base units; action.
    (261, 261),
    (262, 262),
    (263, 263),
    (264, 264),
    (265, 265),
    (266, 268),
    (293, 293),
];

/// Whether a text begins with a heading and records in the fixed form.
pub(crate) fn is_fixed(text: &str) -> bool {
    lines(text).take(HEADING).any(|(_, line)| is_record(line))
}

/// Whether a line looks like a record: a sequence number and a record identification at their places.
fn is_record(line: &str) -> bool {
    let bytes = line.as_bytes();
    let digits = bytes.get(5..10).is_some_and(|bytes| bytes.iter().all(u8::is_ascii_digit));
    digits && matches!(bytes.get(10), Some(b'3' | b'4' | b'7' | b'8'))
}

/// Reads the file.
pub(crate) fn read(text: &str) -> Result<Assembled, ImportError> {
    let mut assembler = Assembler::new(Rules { step: Some(100), ordered: true });
    let mut begun = false;
    // Some editors cut spaces off the ends of lines; then lengths tell nothing.
    let mut padded = true;
    for (number, line) in lines(text) {
        if !begun {
            if !is_record(line) {
                continue;
            }
            begun = true;
            padded = line.chars().count() >= WIDTH;
        }
        assembler.take(record(number, line, padded)?)?;
    }
    assembler.finish()
}

fn record(number: u64, line: &str, padded: bool) -> Result<Line, ImportError> {
    let wrong =
        |column: usize, expected| ImportError::line(number, u32::try_from(column).unwrap_or(u32::MAX), expected);
    let length = line.chars().count();
    let row = Columns::new(line);
    let identification = row.text(11, 11);
    let first = matches!(identification, "3" | "7");
    if padded && first && length < WIDTH {
        return Err(wrong(length + 1, "320 columns: the line is cut short"));
    }
    if padded && length < TEXT_END {
        return Err(wrong(length + 1, "91 columns, those of the text: the line is cut short"));
    }
    if !row.text(WIDTH + 1, length).trim().is_empty() {
        return Err(wrong(WIDTH + 1, "320 columns: the line is too long"));
    }
    if first && length < USED {
        return Err(wrong(length + 1, "at least 293 columns in the first line of a record: the line is cut short"));
    }
    let sequence = row.text(6, 10);
    let sequence = Some(sequence).filter(|text| text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()));
    let sequence = sequence.and_then(|text| text.parse().ok()).ok_or(wrong(6, "a sequence number of five digits"))?;
    let identification = identification.bytes().next().unwrap_or_default();
    let expected = "a day as 20260101, or nothing";
    let date = |first: usize| day(row.text(first, first + 7)).ok_or(wrong(first, expected));
    let mut fields: [String; FIELDS] = core::array::from_fn(|_| String::new());
    let mut days = Days::default();
    if first {
        for (field, (from, to)) in fields.iter_mut().zip(FIELD_COLUMNS) {
            row.text(from, to).trim().clone_into(field);
        }
        days = Days {
            added: date(269)?,
            action: date(277)?,
            terminated: date(285)?,
            asc: date(233)?,
            outpatient: date(245)?,
        };
    }
    let mut long = cleaned(row.text(12, TEXT_END));
    if length < TEXT_END {
        // The spaces that were cut off.
        long.push(' ');
    }
    let code = row.text(1, 5).trim().to_ascii_uppercase();
    let code_column = if code.len() == 2 { 4 } else { 1 };
    Ok(Line {
        number,
        columns: [code_column, 6, 11],
        code,
        sequence,
        identification,
        long,
        short: cleaned(row.text(92, 119).trim()),
        fields,
        days,
    })
}

/// The columns of a line, from 1.
struct Columns<'l> {
    line: &'l str,
    ascii: bool,
}

impl<'l> Columns<'l> {
    fn new(line: &'l str) -> Self {
        Self { line, ascii: line.is_ascii() }
    }

    /// The text from column to column; shorter where the line ends before.
    fn text(&self, first: usize, last: usize) -> &'l str {
        let place = |column: usize| {
            if self.ascii {
                column.min(self.line.len())
            } else {
                self.line.char_indices().nth(column).map_or(self.line.len(), |(at, _)| at)
            }
        };
        let (start, end) = (place(first.saturating_sub(1)), place(last));
        self.line.get(start..end.max(start)).unwrap_or_default()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::import::record::Owner;

    /// A first line: code, record identification, long and short title, and further fields by their first column.
    pub(crate) fn line(code: &str, identification: char, long: &str, short: &str, fields: &[(usize, &str)]) -> String {
        let mut line: Vec<char> = format!("{code:>5}00100{identification}{long:<80}{short:<28}").chars().collect();
        line.resize(WIDTH, ' ');
        for (column, text) in fields {
            for (at, character) in (column - 1..).zip(text.chars()) {
                line[at] = character;
            }
        }
        line.into_iter().collect()
    }

    /// A further line.
    pub(crate) fn further(code: &str, sequence: u32, identification: char, long: &str) -> String {
        format!("{:<320}", format!("{code:>5}{sequence:05}{identification}{long}"))
    }

    /// A small file of made-up records. The second line of the first service is filled to its last column and goes on within a word.
    pub(crate) fn file() -> String {
        let added = [(269, "20200101"), (277, "20260101"), (293, "N")];
        let ended =
            [(269, "20190101"), (277, "20251001"), (285, "20250930"), (293, "D"), (205, "A0002"), (210, "99999")];
        let first = "Made-up service that is described in so many words that they do not fit a line,";
        [
            "A heading that belongs to no record".to_owned(),
            String::new(),
            line("Z1", '7', "A made-up modifier", "Made up", &added),
            line("00000", '3', "A title that is not kept", "Not kept", &added),
            line(
                "A0001",
                '3',
                first,
                "Made-up service",
                &[&added[..], &[(120, "11"), (122, "21"), (230, "C")]].concat(),
            ),
            further(
                "A0001",
                200,
                '4',
                "and that goes on in a second one, to the very last column of that line: it is br",
            ),
            further("A0001", 300, '4', "oken there"),
            line("A0002", '3', "Other service", "Other", &[&added[..], &[(257, "Z2 "), (261, "19")]].concat()),
            line("D0001", '3', "A dental title that is not kept", "Dental", &added),
            line("J0001", '3', "Ended drug", "Ended", &ended),
            line("V5001", '3', "Last service", "Last", &[(269, "20261001"), (277, "20261001"), (293, "A")]),
        ]
        .map(|line| line + "\r\n")
        .concat()
    }

    #[test]
    fn records_are_joined_and_what_is_not_ours_is_dropped() {
        let text = file();
        assert!(is_fixed(&text));
        let read = read(&text).unwrap();
        assert_eq!((read.entries.len(), read.level_one, read.dental, read.continued), (5, 1, 1, 2));
        let service = &read.entries[1];
        assert_eq!(service.owner, Owner::of("A0001").unwrap());
        assert_eq!(
            service.long,
            "Made-up service that is described in so many words that they do not fit a line, and that goes on in a second one, to \
             the very last column of that line: it is broken there"
        );
        assert_eq!(
            (service.fields[0].as_str(), service.fields[1].as_str(), service.short.as_str()),
            ("11", "21", "Made-up service")
        );
        assert_eq!((read.entries[3].days.terminated, read.entries[3].fields[21].as_str()), (20_250_930, "99999"));
    }

    #[test]
    fn lines_without_their_last_spaces_read_the_same() {
        let text = file();
        let cut: String = text.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
        let (one, two) = (read(&text).unwrap(), read(&cut).unwrap());
        let titles = |read: &Assembled| read.entries.iter().map(|entry| entry.long.clone()).collect::<Vec<_>>();
        assert_eq!(titles(&one), titles(&two));
    }

    #[test]
    fn a_small_file_that_ends_early_is_an_excerpt() {
        let text = file();
        let lines: Vec<&str> = text.split_inclusive("\r\n").collect();
        let whole = |text: &str| read(text).unwrap().whole;
        assert!(whole(&text));
        assert!(!whole(&lines[..10].concat()));
        assert!(!whole(&[lines[..4].concat(), lines[8..].concat()].concat()));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let text = file();
        let lines: Vec<&str> = text.split_inclusive("\r\n").collect();
        let without = |place: usize| -> String {
            lines.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, line)| *line).collect()
        };
        for (text, expected) in [
            (without(5), "line 6, column 6: expected the next sequence number"),
            (without(4), "line 5, column 1: expected the code of the record that this line goes on with"),
            (text.replace("A000200100", "A000000100"), "line 8, column 1: expected a code behind the one before"),
            (text.replace("A0002001003", "A0002002003"), "line 8, column 6: expected the first sequence number"),
            (text.replace("A0002001003", "A00020010X3"), "line 8, column 6: expected a sequence number"),
            (text.replace("A0002001003", "A0002001007"), "line 8, column 11: expected record identification"),
            (text.replace("A0002001003", "A0002001009"), "line 8, column 11: expected record identification"),
            (text.replace("A0002001003", "A00-2001003"), "line 8, column 1: expected a code of five"),
            (text.replace("20250930", "20250931"), "line 10, column 285: expected a day"),
            (text.replace("Other service  ", "Other service"), "line 8, column 319: expected 320 columns"),
            (text.replace("Other service", "Other  servicee").replace("D   ", "D     "), "line 8, column"),
            (lines.concat() + lines[2], "line 12, column 4: expected a modifier that does not stand"),
            (lines.concat() + &lines[2].replace("Z1", "Z2"), "line 12, column 4: expected modifiers in order"),
            (
                lines.concat() + &lines[2..].concat().replace("Z1", "Z2"),
                "line 12, column 4: expected modifiers in order",
            ),
            (text.trim_end().get(..text.trim_end().len() - 40).unwrap().to_owned(), "line 11, column"),
        ] {
            let error = read(&text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}, not {expected}");
        }
    }
}
