//! The list of codes that are exempt from reporting whether the condition was present on admission.

use super::fiscal_year::release;
use crate::code::Icd10CmCode;
use crate::poa::{FACTS, KEYS, POA_EXEMPT_KIND};
use std::collections::BTreeSet;
use superbill_core::Date;
use superbill_table::import::ImportError;
use superbill_table::import::{decode, lines, year};
use superbill_table::{KeysWriter, TableWriter};

/// Reads the list and gives the bytes of a table.
///
/// The official file is text: a heading of three columns, whose first is `Order` with the last two digits of the fiscal year, and a line for each
/// code with its place in the order file, the code and its title, with tabs between. The release is taken from the heading, or is `asked`. The file
/// does not say how many codes it has: where they are known, as from the text beside it, give them as `rows`.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Rows`] where the number of codes is another;
/// [`ImportError::Release`] and [`ImportError::NoRelease`] for the release.
pub fn poa_exempt(bytes: &[u8], asked: Option<Date>, rows: Option<u64>) -> Result<Vec<u8>, ImportError> {
    const HEADING: &str = "the heading of a POA-exempt list: Order with the year, POAexemptCode, Description";
    let text = decode(bytes)?;
    let mut lines = lines(&text);
    let (_, heading) = lines.next().unwrap_or_default();
    let mut columns = heading.split('\t');
    let order = columns.next().unwrap_or_default().trim().trim_matches('"').to_ascii_lowercase();
    let code = columns.next().unwrap_or_default().to_ascii_lowercase();
    let year_said = order.strip_prefix("order").ok_or(ImportError::line(1, 1, HEADING))?.trim();
    if !code.contains("poa") || !code.contains("code") {
        return Err(ImportError::line(1, order.len() as u32 + 2, HEADING));
    }
    let said = if year_said.is_empty() { None } else { Some(year(year_said).ok_or(ImportError::line(1, 6, HEADING))?) };
    let release = release(said, asked)?;

    let mut before = 0u32;
    let mut last = None;
    let mut codes = BTreeSet::new();
    for (number, line) in lines {
        let mut columns = line.split('\t');
        let order = columns.next().unwrap_or_default();
        let place: u32 = order.trim().parse().ok().filter(|place| *place > before).ok_or(ImportError::line(
            number,
            1,
            "a place in the order file, as 01238, greater than the one before",
        ))?;
        let column = order.chars().count() as u32 + 2;
        let text = columns.next().unwrap_or_default();
        let code = Icd10CmCode::parse(text).ok();
        let code = code.ok_or(ImportError::line(number, column, "an ICD-10-CM code"))?;
        let title = column.saturating_add(text.chars().count() as u32 + 1);
        if columns.next().is_none_or(|words| words.trim().is_empty()) {
            return Err(ImportError::line(number, title, "the title of the code behind a tab: the line is cut short"));
        }
        if !codes.insert(code.packed()) {
            return Err(ImportError::line(number, column, "a code that does not stand in the list already"));
        }
        (before, last) = (place, Some(code));
    }
    let found = codes.len() as u64;
    if let Some(said) = rows.filter(|said| *said != found) {
        return Err(ImportError::Rows { said, found });
    }
    // Every release of the list goes from infections to the last chapter, factors influencing health status (Official Guidelines, appendix I).
    if last.and_then(|code| code.character(1)) != Some('Z') {
        return Err(ImportError::File("the list ends before the codes that begin with Z: the file is cut short"));
    }
    let codes: Vec<u64> = codes.into_iter().collect();
    let mut writer = TableWriter::new(POA_EXEMPT_KIND);
    let (day, count) = (release.to_string(), codes.len().to_string());
    writer.about([("release", day.as_str()), ("source", "ICD-10-CM POA-exempt list"), ("rows", count.as_str())]);
    writer.section(FACTS, 1, release.ccyymmdd().to_le_bytes().to_vec());
    writer.section(KEYS, codes.len(), KeysWriter::build(&codes)?.bytes);
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poa::{PoaExempt, PoaExemption};

    const LIST: &str =
        "Order26\tPOAexemptCode\tDescription\r\n01238\tB90.0\tMade-up title\r\n98181\tZ99.89\tAnother\r\n";

    #[test]
    fn the_official_form_is_read() {
        let code = |text: &str| text.parse::<Icd10CmCode>().unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        for text in [LIST.to_owned(), format!("\u{FEFF}{}", LIST.replace("\r\n", "\n")), LIST.replace("B90.0", "b900")]
        {
            let bytes = poa_exempt(text.as_bytes(), None, Some(2)).unwrap();
            let list = PoaExempt::from_bytes(&bytes).unwrap();
            list.verify().unwrap();
            assert_eq!((list.len(), list.in_force().to_string()), (2, "2025-10-01/2026-09-30".to_owned()));
            for (text, on, answer) in [
                ("Z99.89", "2025-10-01", PoaExemption::Exempt),
                ("B90.0", "2026-09-30", PoaExemption::Exempt),
                ("B90.1", "2026-09-30", PoaExemption::NotExempt),
                ("B90.0", "2026-10-01", PoaExemption::CannotTell),
                ("B90.0", "2025-09-30", PoaExemption::CannotTell),
            ] {
                assert_eq!(list.is_exempt(code(text), day(on)), answer, "{text} on {on}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let error = |text: &str| poa_exempt(text.as_bytes(), None, None).unwrap_err().to_string();
        for (text, expected) in [
            (LIST.replace("Order26", "00001"), "line 1, column 1: expected the heading of a POA-exempt list"),
            (LIST.replace("POAexempt", "Other"), "line 1, column 9: expected the heading"),
            (LIST.replace("Order26", "OrderXX"), "line 1, column 6: expected the heading"),
            (LIST.replace("98181", "01238"), "line 3, column 1: expected a place in the order file"),
            (LIST.replace("B90.0", "B9"), "line 2, column 7: expected an ICD-10-CM code"),
            (LIST.replace("\tAnother", ""), "line 3, column 14: expected the title of the code behind a tab"),
            (LIST.replace("Z99.89\tAnother", "Z9"), "line 3, column 7: expected an ICD-10-CM code"),
            (LIST.replace("98181\tZ99.89\tAnother\r\n", ""), "the list ends before the codes that begin with Z"),
            (LIST.replace("Z99.89", "Y99.9"), "the list ends before the codes that begin with Z"),
            (LIST.replace("Order26", "Order"), "the file does not say its release"),
            ("A000    0010  00000\r\n".to_owned(), "line 1, column 1: expected the heading"),
            (String::new(), "the file is empty"),
        ] {
            assert!(error(&text).starts_with(expected), "{text:?}: {}", error(&text));
        }
        let twice = LIST.replace("98181", "98180\tZ99.89\tOne\r\n98181");
        assert!(error(&twice).starts_with("line 4, column 7: expected a code that does not"), "{}", error(&twice));
    }

    #[test]
    fn what_is_asked_for_must_agree() {
        let day = |text: &str| Some(text.parse::<Date>().unwrap());
        let other = poa_exempt(LIST.as_bytes(), day("2024-10-01"), None);
        assert!(matches!(other, Err(ImportError::Release { .. })));
        let more = poa_exempt(LIST.as_bytes(), day("2025-10-01"), Some(3));
        assert_eq!(more, Err(ImportError::Rows { said: 3, found: 2 }));
        let april = poa_exempt(LIST.as_bytes(), day("2026-04-01"), None).unwrap();
        assert_eq!(PoaExempt::from_bytes(&april).unwrap().in_force().to_string(), "2026-04-01/2026-09-30");
    }
}
