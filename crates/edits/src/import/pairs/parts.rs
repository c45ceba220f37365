//! The parts in which a table is published: which there are, and which are missing.

use super::ImportError;
use crate::import::file_name::ncci_quarter;
use crate::pairs::{Coverage, PairSetting};
use crate::quarter::Quarter;
use crate::service_code::ServiceCode;
use superbill_core::Date;
use superbill_table::import::File;

/// The parts of one quarter, in order.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    pub(super) files: Vec<File<'a>>,
    numbers: Vec<Option<u32>>,
    pub(super) quarter: Quarter,
}

/// Checks what the names of the files say, and orders the files.
pub(super) fn order(files: Vec<File<'_>>, setting: PairSetting, asked: Option<Date>) -> Result<Parts<'_>, ImportError> {
    let asked = match asked {
        Some(day) => Some(Quarter::of(day).map_err(|_| ImportError::NoRelease)?),
        None => None,
    };
    let mut quarter = asked;
    let mut parts = Vec::new();
    for file in files {
        if setting_of(&file.name).is_some_and(|other| other != setting) {
            let expected = match setting {
                PairSetting::Practitioner => {
                    "the file is of outpatient hospitals, not of practitioners: import it with ncci-ptp-outpatient"
                }
                PairSetting::OutpatientHospital => {
                    "the file is of practitioners, not of outpatient hospitals: import it with ncci-ptp-practitioner"
                }
            };
            return Err(ImportError::File(expected).in_file(&file.name));
        }
        if let Some(found) = ncci_quarter(&file.name) {
            if let Some(asked) = quarter.filter(|asked| *asked != found) {
                let (found, asked) = (found.to_string(), asked.to_string());
                return Err(ImportError::Release { found, asked }.in_file(&file.name));
            }
            quarter = Some(found);
        }
        parts.push((part(&file.name), file));
    }
    parts.sort_by(|(one, a), (other, b)| (one, &a.name).cmp(&(other, &b.name)));
    let mut before: Option<u32> = None;
    for (number, file) in &parts {
        match (before, number) {
            (Some(before), Some(number)) if before == *number => {
                return Err(ImportError::File("the same part is given twice").in_file(&file.name));
            }
            (Some(before), Some(number)) if before + 1 < *number => {
                return Err(ImportError::File("the part before this one is missing: give all parts of the quarter")
                    .in_file(&file.name));
            }
            _ => {}
        }
        before = *number;
    }
    let (numbers, files): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    if files.is_empty() {
        return Err(ImportError::File("no file is given"));
    }
    Ok(Parts { files, numbers, quarter: quarter.ok_or(ImportError::NoRelease)? })
}

impl Parts<'_> {
    /// Which codes of column 1 the parts cover, by the first and the last code of each.
    ///
    /// Between two parts that follow each other nothing is missing. The first part begins with the lowest code, the last one ends with the
    /// highest; that it is the last shows in codes of Level II.
    pub(super) fn coverage(&self, ranges: Coverage) -> Result<Coverage, ImportError> {
        let mut covered = Coverage::new();
        let mut before: Option<u32> = None;
        for ((range, number), file) in ranges.into_iter().zip(&self.numbers).zip(&self.files) {
            let follows = before.is_some() && number.is_some();
            match covered.last_mut() {
                Some((_, last)) if range.0 < *last => {
                    return Err(ImportError::File(
                        "the codes in column 1 begin before those of the part before: a part is named wrongly",
                    )
                    .in_file(&file.name));
                }
                Some((_, last)) if follows || range.0 == *last => *last = range.1,
                _ => covered.push(range),
            }
            before = *number;
        }
        if self.numbers.first().is_some_and(|number| number.is_none_or(|number| number == 1))
            && let Some((first, _)) = covered.first_mut()
            && ServiceCode::from_key(*first).is_some_and(|code| code.as_str().starts_with('0'))
        {
            *first = 1;
        }
        if let Some((_, last)) = covered.last_mut()
            && ServiceCode::from_key(*last)
                .is_some_and(|code| code.as_str().starts_with(|letter: char| letter.is_ascii_alphabetic()))
        {
            *last = u64::from(u32::MAX);
        }
        Ok(covered)
    }
}

/// Whether a coverage has no gap.
pub(super) fn is_complete(coverage: &Coverage) -> bool {
    matches!(coverage.as_slice(), [(1, last)] if *last == u64::from(u32::MAX))
}

fn setting_of(name: &str) -> Option<PairSetting> {
    let name = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match (has(&["ccipra", "practitioner", "_pra"]), has(&["ccioph", "hospital", "outpatient", "_oph"])) {
        (true, false) => Some(PairSetting::Practitioner),
        (false, true) => Some(PairSetting::OutpatientHospital),
        _ => None,
    }
}

/// The number of a part: `f2` at the end of the name.
fn part(name: &str) -> Option<u32> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_ascii_lowercase();
    let digits = stem.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = stem.strip_prefix(digits)?.parse().ok()?;
    (digits.ends_with("-f") || digits.ends_with("_f")).then_some(number)
}
