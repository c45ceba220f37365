//! The official files of the general equivalence mappings.

use crate::code::Icd10CmCode;
use crate::gems::{FACTS, FROM_ICD9, FROM_ICD10, GEMS_KIND, Key, Mapping, word};
use crate::icd9::Icd9Code;
use superbill_core::Date;
use superbill_table::import::ImportError;
use superbill_table::import::{decode, lines};
use superbill_table::{SectionName, TableWriter};

/// The files of one release: from ICD-9-CM to ICD-10-CM (`I9gem`), the other way (`I10gem`), or both, in any order.
#[derive(Debug, Clone, Default)]
pub struct GemFiles {
    from_icd9: Option<Rows>,
    from_icd10: Option<Rows>,
}

/// Rows, and how many there are.
#[derive(Debug, Clone)]
struct Rows {
    bytes: Vec<u8>,
    count: usize,
}

/// What tells the files of the two directions apart.
struct Layout {
    /// The column in which the target begins, from 0.
    target: usize,
    /// The greatest first letter of a whole file's last source.
    last: char,
    cut_short: &'static str,
}

const FLAGS: usize = 14;
const ICD9: Layout = Layout {
    target: 6,
    last: 'V',
    cut_short: "the ICD-9-CM mappings end before the codes that begin with V: the file is cut short",
};
const ICD10: Layout = Layout {
    target: 8,
    last: 'Z',
    cut_short: "the ICD-10-CM mappings end before the codes that begin with Z: the file is cut short",
};

impl GemFiles {
    /// No file yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a file. In which direction it goes, its columns tell: the target begins in column 7 behind an ICD-9-CM code, in column 9 behind an
    /// ICD-10-CM code; flags stand in columns 15 to 19. The file does not say how many rows it has: where they are known, give them as `rows`.
    ///
    /// # Errors
    /// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Rows`] where the number of rows is another;
    /// [`ImportError::File`] for a second file of one direction.
    pub fn add(&mut self, bytes: &[u8], rows: Option<u64>) -> Result<&mut Self, ImportError> {
        let text = decode(bytes)?;
        let (_, first) = lines(&text).next().unwrap_or_default();
        let begins = |target: usize| {
            let at = |column: usize| first.as_bytes().get(column).copied().unwrap_or(b'?');
            at(target - 1) == b' '
                && at(target).is_ascii_alphanumeric()
                && (FLAGS..19).all(|flag| at(flag).is_ascii_digit())
        };
        let (slot, read) = if begins(ICD9.target) {
            (&mut self.from_icd9, read::<Icd9Code, Icd10CmCode>(&text, &ICD9, rows)?)
        } else if begins(ICD10.target) {
            (&mut self.from_icd10, read::<Icd10CmCode, Icd9Code>(&text, &ICD10, rows)?)
        } else {
            return Err(ImportError::line(1, 1, "a row of the general equivalence mappings, as `0010  A000    00000`"));
        };
        if slot.is_some() {
            return Err(ImportError::File("two files of the mappings go in the same direction: give one of each"));
        }
        *slot = Some(read);
        Ok(self)
    }

    /// The bytes of a table. The files do not say their release: its first day is asked for.
    ///
    /// # Errors
    /// [`ImportError::NoRelease`] without a day, [`ImportError::File`] without a file.
    pub fn write(&self, release: Option<Date>) -> Result<Vec<u8>, ImportError> {
        let release = release.ok_or(ImportError::NoRelease)?;
        let counts = [&self.from_icd9, &self.from_icd10].map(|rows| rows.as_ref().map_or(0, |rows| rows.count));
        if counts == [0, 0] {
            return Err(ImportError::File("no file of the mappings was given"));
        }
        let mut writer = TableWriter::new(GEMS_KIND);
        let (day, rows) = (release.to_string(), counts.iter().sum::<usize>().to_string());
        let mut about = vec![("release", day.as_str())];
        let sources = [(&self.from_icd9, "I9gem"), (&self.from_icd10, "I10gem")];
        about.extend(sources.iter().filter(|(rows, _)| rows.is_some()).map(|(_, source)| ("source", *source)));
        about.push(("rows", &rows));
        writer.about(about);
        writer.section(FACTS, 1, release.ccyymmdd().to_le_bytes().to_vec());
        let sections: [(SectionName, &Option<Rows>); 2] =
            [(FROM_ICD9, &self.from_icd9), (FROM_ICD10, &self.from_icd10)];
        for (name, rows) in sections {
            if let Some(rows) = rows {
                writer.section(name, rows.count, rows.bytes.clone());
            }
        }
        Ok(writer.finish()?)
    }
}

/// A code that the columns of a file hold.
trait Read: Key {
    const EXPECTED: &str;
    fn read(text: &str) -> Option<Self>;
    fn first(self) -> Option<char>;
}

impl Read for Icd9Code {
    const EXPECTED: &str = "an ICD-9-CM diagnosis code without its dot";

    fn read(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }

    fn first(self) -> Option<char> {
        self.characters().next()
    }
}

impl Read for Icd10CmCode {
    const EXPECTED: &str = "an ICD-10-CM code without its dot";

    fn read(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }

    fn first(self) -> Option<char> {
        self.character(1)
    }
}

fn read<S: Read, T: Read>(text: &str, layout: &Layout, said: Option<u64>) -> Result<Rows, ImportError> {
    let mut rows: Vec<(u64, Mapping<T>)> = Vec::new();
    let mut last = None;
    for (number, line) in lines(text) {
        let error = |column: usize, expected: &'static str| ImportError::line(number, column as u32 + 1, expected);
        let columns = |from: usize, to: usize| line.get(from..to.min(line.len())).unwrap_or_default();
        let code = columns(0, layout.target);
        let source = S::read(code).filter(|_| code.ends_with(' ') && !code.starts_with(' '));
        let source = source.ok_or(error(0, S::EXPECTED))?;
        if rows.last().is_some_and(|(before, _)| *before > source.key()) {
            return Err(error(0, "a source code that is not before the one above: the rows stand in order"));
        }
        let code = columns(layout.target, FLAGS);
        let target = if code.trim_end().eq_ignore_ascii_case("nodx") {
            None
        } else {
            let target = T::read(code).filter(|_| code.ends_with(' ') && !code.starts_with(' '));
            Some(target.ok_or(error(layout.target, T::EXPECTED))?)
        };
        let flags: Option<Vec<u8>> = columns(FLAGS, usize::MAX).trim_end().bytes().map(digit).collect();
        let flags = flags.ok_or(error(FLAGS, "five flags, each a digit"))?;
        let [approximate @ 0..=1, no_map @ 0..=1, combination @ 0..=1, scenario, choice_list] = *flags else {
            return Err(error(FLAGS, "five flags, each a digit, the first three 0 or 1: the line is cut short"));
        };
        let (approximate, no_map, combination) = (approximate == 1, no_map == 1, combination == 1);
        let mapping = Mapping { target, approximate, no_map, combination, scenario, choice_list };
        if let Some((place, expected)) = mapping.fault() {
            return Err(error(FLAGS + place as usize, expected));
        }
        rows.push((source.key(), mapping));
        last = Some(source);
    }
    let found = rows.len() as u64;
    if let Some(said) = said.filter(|said| *said != found) {
        return Err(ImportError::Rows { said, found });
    }
    if last.and_then(S::first) != Some(layout.last) {
        return Err(ImportError::File(layout.cut_short));
    }
    // A stable sort: what is alike stays in the order of the file.
    rows.sort_by_key(|(key, mapping)| (*key, mapping.scenario, mapping.choice_list));
    let bytes = rows.iter().flat_map(|(key, mapping)| [*key, word(*mapping)]).flat_map(u64::to_le_bytes).collect();
    Ok(Rows { bytes, count: rows.len() })
}

fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gems::{Equivalent, Gems};

    // Rows of made-up pairs in the official columns.
    const FORWARD: &str = "0010  A000    00000\r\n0019  A001    10000\r\n0019  A002    10000\r\n\
        25011 E1012   10112\r\n25011 E1011   10111\r\n25011 E1013   10112\r\n25011 E108    10000\r\n25011 E1014   10121\r\n\
        E9000 X30XXXA 10000\r\nV103  NoDx    11000\r\n";
    const BACKWARD: &str =
        "A000    0010  00000\r\nX30XXXA E9000 10000\r\nZ853    v103  10000\r\nZ999    NoDx  11000\r\n";

    fn table(files: &[&str]) -> Result<Vec<u8>, ImportError> {
        let mut gems = GemFiles::new();
        for file in files {
            gems.add(file.as_bytes(), None)?;
        }
        gems.write("2017-10-01".parse().ok())
    }

    fn icd9(text: &str) -> Icd9Code {
        text.parse().unwrap()
    }

    fn icd10(text: &str) -> Icd10CmCode {
        text.parse().unwrap()
    }

    #[test]
    fn both_directions_together_or_alone() {
        for (files, lengths) in [
            (&[FORWARD, BACKWARD][..], (10, 4)),
            (&[BACKWARD, FORWARD], (10, 4)),
            (&[FORWARD], (10, 0)),
            (&[BACKWARD], (0, 4)),
        ] {
            let bytes = table(files).unwrap();
            let gems = Gems::from_bytes(&bytes).unwrap();
            gems.verify().unwrap();
            assert_eq!((gems.forward_len(), gems.backward_len()), lengths);
            assert_eq!(gems.about().value("rows"), Some((lengths.0 + lengths.1).to_string().as_str()));
            assert_eq!(gems.release().to_string(), "2017-10-01");
            let forward = gems.forward(icd9("001.0"));
            let one = Equivalent { code: icd10("A00.0"), approximate: false };
            assert_eq!(forward.map(|found| found.single), (lengths.0 > 0).then(|| vec![one]));
            let backward = gems.backward(icd10("Z85.3")).map(|found| found.single);
            let one = Equivalent { code: icd9("V10.3"), approximate: true };
            assert_eq!(backward, (lengths.1 > 0).then(|| vec![one]));
        }
    }

    #[test]
    fn combinations_are_scenarios_of_choice_lists() {
        let bytes = table(&[FORWARD, BACKWARD]).unwrap();
        let gems = Gems::from_bytes(&bytes).unwrap();
        let found = gems.forward(icd9("250.11")).unwrap();
        let codes =
            |list: &Vec<Equivalent<Icd10CmCode>>| list.iter().map(|one| one.code.to_string()).collect::<Vec<_>>();
        assert_eq!((codes(&found.single), found.no_map), (vec!["E10.8".to_owned()], false));
        let scenarios: Vec<_> = found
            .scenarios
            .iter()
            .map(|one| (one.number, one.choice_lists.iter().map(codes).collect::<Vec<_>>()))
            .collect();
        let list = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            scenarios,
            [(1, vec![list(&["E10.11"]), list(&["E10.12", "E10.13"])]), (2, vec![list(&["E10.14"])])]
        );
        let none = gems.forward(icd9("V10.3")).unwrap();
        assert_eq!((none.single, none.scenarios, none.no_map), (vec![], vec![], true));
        assert_eq!(gems.forward(icd9("001.1")), None);
        assert_eq!(gems.backward(icd10("A00")), None);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (from, to, expected) in [
            ("0010  A000 ", "Order26\tPOA", "line 1, column 1: expected a row of the general equivalence mappings"),
            ("0019  A001 ", "0019 A0011 ", "line 2, column 1: expected an ICD-9-CM diagnosis code"),
            ("0019  A001", "00A9  A001", "line 2, column 1: expected an ICD-9-CM diagnosis code"),
            ("0019  A001", "0009  A001", "line 2, column 1: expected a source code that is not before"),
            ("A001    10000", "A0      10000", "line 2, column 7: expected an ICD-10-CM code"),
            ("A001    10000", "A001    1000", "line 2, column 15: expected five flags"),
            ("A001    10000", "A001    20000", "line 2, column 15: expected five flags"),
            ("A001    10000", "A001    1000x", "line 2, column 15: expected five flags"),
            ("A001    10000", "A001    11000", "line 2, column 16: expected the flag `no map`"),
            ("A001    10000", "A001    10010", "line 2, column 18: expected scenario and choice list"),
            ("A001    10000", "A001    10110", "line 2, column 19: expected scenario and choice list"),
            ("A001    10000\r\n", "A001", "line 2, column 7: expected an ICD-10-CM code"),
            ("NoDx    11000", "NoDx    11111", "line 10, column 17: expected no combination"),
            ("V103  NoDx    11000\r\n", "", "the ICD-9-CM mappings end before"),
        ] {
            let error = table(&[&FORWARD.replacen(from, to, 1)]).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{to}: {error}");
        }
        assert!(matches!(table(&[FORWARD, FORWARD]), Err(ImportError::File(what)) if what.contains("same direction")));
        let mixed = format!("{FORWARD}{BACKWARD}");
        assert!(table(&[&mixed]).unwrap_err().to_string().starts_with("line 11, column 1: expected an ICD-9-CM"));
        assert!(matches!(table(&[]), Err(ImportError::File(_))));
        let short = GemFiles::new().add(BACKWARD.as_bytes(), Some(5)).map(|_| ()).unwrap_err();
        assert_eq!(short, ImportError::Rows { said: 5, found: 4 });
        assert_eq!(GemFiles::new().add(BACKWARD.as_bytes(), Some(4)).unwrap().write(None), Err(ImportError::NoRelease));
    }
}
