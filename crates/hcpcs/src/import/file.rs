//! The importer: which form a file has, and what comes out.

use super::assemble::Assembled;
use super::release::{known_from, release};
use super::write::write;
use super::{columns, fixed};
use std::borrow::Cow;
use superbill_core::Date;
use superbill_table::import::{File, ImportError, decode, is_workbook, unpacked};

/// What was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// The bytes of the table.
    pub bytes: Vec<u8>,
    /// The first day of the quarter.
    pub release: Date,
    /// The file that was read: of an archive, the one in it.
    pub file: String,
    /// Codes, ended ones included.
    pub codes: usize,
    /// Codes with a last day of use.
    pub terminated: usize,
    /// Modifiers.
    pub modifiers: usize,
    /// Lines that went on with a long title.
    pub continued: usize,
    /// Records of CPT codes and CPT modifiers that were dropped.
    pub level_one: usize,
    /// Records of dental codes that were dropped.
    pub dental: usize,
}

/// Reads CMS's quarterly file in any of its forms and gives the bytes of a table.
///
/// The forms are the text of 320 columns, the text with commas, the workbook, and the archive with these in it, of which the text of 320 columns
/// is taken where it is there. CPT codes and dental codes are dropped, titles and all. The quarter is taken from the name of the file,
/// and must agree with `asked`, a day in it, where that is given.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be, or what is wrong with the file as a whole.
pub fn hcpcs(name: &str, bytes: &[u8], asked: Option<Date>) -> Result<Imported, ImportError> {
    // Only the last part of a path is kept: a path can name people.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let file = main_file(unpacked(name, bytes, |member| form(member).is_some())?)?;
    let read = read(&file.bytes).map_err(|error| if file.name == name { error } else { error.in_file(&file.name) })?;
    let (first, last) = release(&[&file.name, name], asked, &read)?;
    let from = known_from(&read, first);
    let bytes = write(&read, first, last, from, &file.name)?;
    let codes = read.entries.iter().filter(|entry| matches!(entry.owner, super::record::Owner::Code(_)));
    let (codes, terminated) = (codes.clone().count(), codes.filter(|entry| entry.days.terminated != 0).count());
    Ok(Imported {
        bytes,
        release: Date::from_ccyymmdd(first).map_err(|_| ImportError::NoRelease)?,
        file: file.name,
        codes,
        terminated,
        modifiers: read.entries.len() - codes,
        continued: read.continued,
        level_one: read.level_one,
        dental: read.dental,
    })
}

/// The place of a file of an archive in the order of preference, by its name; `None` for one that is not the file of codes.
fn form(name: &str) -> Option<u8> {
    let lower = name.to_ascii_lowercase();
    if !lower.contains("anweb") {
        return None;
    }
    match lower.rsplit('.').next() {
        Some("txt") => Some(0),
        Some("csv") => Some(1),
        Some("xlsx") => Some(2),
        _ => None,
    }
}

/// The one file that is read.
fn main_file(files: Vec<File<'_>>) -> Result<File<'_>, ImportError> {
    let place = |file: &File<'_>| form(&file.name).unwrap_or(u8::MAX);
    let best = files.iter().map(place).min();
    let mut files = files.into_iter().filter(|file| Some(place(file)) == best);
    let first = files.next().ok_or(ImportError::File("there is no file to read"))?;
    match files.next() {
        Some(_) => Err(ImportError::File("the archive has more than one file of codes: give the one that is meant")),
        None => Ok(first),
    }
}

fn read(bytes: &[u8]) -> Result<Assembled, ImportError> {
    if is_workbook(bytes) {
        return columns::read(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(ImportError::File(
            "the workbook is of the old form (.xls): give the text, the text with commas or the .xlsx",
        ));
    }
    let text: Cow<'_, str> = decode(bytes)?;
    if fixed::is_fixed(&text) { fixed::read(&text) } else { columns::read(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Hcpcs, HcpcsCode, Status};
    use std::io::Write as _;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn the_right_file_of_an_archive_is_read() {
        let (text, table) = (fixed::tests::file(), columns::tests::file());
        let others = [("HCPC2026_recordlayout.txt", &b"no"[..]), ("HCPC2026_JAN_Changes.txt", b"no")];
        let archive = packed(
            &[
                &others[..],
                &[("a/HCPC2026_JAN_ANWEB.txt", text.as_bytes()), ("HCPC2026_JAN_ANWEB.csv", table.as_bytes())],
            ]
            .concat(),
        );
        let imported = hcpcs("folder/january-2026.zip", &archive, None).unwrap();
        assert_eq!((imported.file.as_str(), imported.codes, imported.modifiers), ("HCPC2026_JAN_ANWEB.txt", 4, 1));
        assert_eq!((imported.level_one, imported.dental, imported.terminated), (1, 1, 1));
        let archive = packed(&[&others[..], &[("HCPC2026_JAN_ANWEB.csv", table.as_bytes())]].concat());
        assert_eq!(hcpcs("january.zip", &archive, None).unwrap().codes, 2);
        assert!(hcpcs("january.zip", &packed(&others), None).is_err());
        let two = packed(&[("HCPC2026_JAN_ANWEB.txt", text.as_bytes()), ("HCPC2025_JAN_ANWEB.txt", text.as_bytes())]);
        assert!(hcpcs("january.zip", &two, None).unwrap_err().to_string().contains("more than one"));
    }

    #[test]
    fn a_file_answers_as_it_says() {
        let imported = hcpcs("HCPC2026_JAN_ANWEB.txt", fixed::tests::file().as_bytes(), None).unwrap();
        let table = Hcpcs::from_bytes(&imported.bytes).unwrap();
        table.verify().unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (code, on, status) in [
            ("A0001", "2026-03-31", Status::Valid),
            ("A0001", "2026-04-01", Status::CannotTell),
            ("A0001", "2019-12-31", Status::NotYetEffective),
            ("A0003", "2026-01-01", Status::Unknown),
            ("A0003", "2025-09-30", Status::Unknown),
            ("A0003", "2025-09-29", Status::CannotTell),
            ("J0001", "2025-09-30", Status::Valid),
            ("J0001", "2025-10-01", Status::Retired),
            ("J0001", "2018-12-31", Status::NotYetEffective),
            ("V5001", "2026-01-01", Status::NotYetEffective),
            ("D0001", "2026-01-01", Status::CannotTell),
        ] {
            assert_eq!(table.on(day(on)).status(HcpcsCode::parse(code).unwrap()), status, "{code} on {on}");
        }
        let on = table.on(day("2026-01-01"));
        let codes: Vec<String> = on.codes().map(|code| code.to_string()).collect();
        assert_eq!(codes, ["A0001", "A0002"]);
        let lookup = on.lookup("A0001".parse().unwrap());
        assert!(lookup.title().unwrap().to_string().ends_with("it is broken there"));
        assert_eq!(lookup.short_title().unwrap().to_string(), "Made-up service");
        let record = lookup.record().unwrap();
        assert_eq!(record.pricing().map(|value| value.as_str()).collect::<Vec<_>>(), ["11", "21"]);
        let ended = on.lookup("J0001".parse().unwrap());
        assert_eq!(ended.reason().unwrap(), "retired: last valid on 2025-09-30");
        let crossed: Vec<String> = ended.record().unwrap().cross_references().map(|code| code.to_string()).collect();
        assert_eq!(crossed, ["A0002", "99999"]);
        let modifier = on.modifier("Z1".parse().unwrap());
        assert_eq!((modifier.status(), modifier.info()), (Status::Valid, None));
        assert_eq!(modifier.record().unwrap().long_title().unwrap().to_string(), "A made-up modifier");
        assert_eq!(on.modifier("Z2".parse().unwrap()).status(), Status::Unknown);
        assert_eq!(on.modifier("RH".parse().unwrap()).status(), Status::Confirmed);
        assert_eq!(on.modifier("25".parse().unwrap()).status(), Status::CannotTell);
    }
}
