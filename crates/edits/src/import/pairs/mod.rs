//! The official files of procedure-to-procedure edits.

mod compile;
mod parts;
mod text;

use super::ImportError;
use crate::pairs::{Coverage, PairSetting};
use crate::program::Program;
use crate::quarter::Quarter;
use superbill_core::Date;
use superbill_table::import::{is_workbook, unpacked};

/// A table of pairs that was made, and what is in it.
#[derive(Debug, Clone)]
pub struct ImportedPairs {
    /// The table.
    pub bytes: Vec<u8>,
    /// The quarter.
    pub release: Quarter,
    /// Rows, each an edit with its days.
    pub rows: usize,
    /// Codes in either column.
    pub codes: usize,
    /// Whether the files reach from the first possible code to the last. Where they do not, the table cannot tell of codes outside of them.
    pub complete: bool,
}

/// Reads the files of one quarter and gives the bytes of a table.
///
/// The agency publishes the edits in several parts (`ccipra-v322r0-f1.txt` to `f4`, for outpatient hospitals `ccioph-...`), each packed by itself;
/// give all of them, packed or not. A part is text: some heading lines, then a line for each edit, with tabs between the two codes, `*` where the edit
/// is older than 1996, the first day, the last day (`*` where there is none), the modifier indicator and the rationale. Columns are found by their
/// headings. The quarter is that of the version in the names, or of the day `asked`.
///
/// `progress` hears how many bytes of how many are read.
///
/// # Errors
/// [`ImportError`] with file, line and column that is not as it should be; for files of another setting, of different quarters, given twice, or of which
/// one between two others is missing; and for an edit that begins after the quarter.
pub fn pairs(
    files: &[(&str, &[u8])],
    setting: PairSetting,
    program: Program,
    asked: Option<Date>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<ImportedPairs, ImportError> {
    let mut opened = Vec::new();
    for (name, bytes) in files {
        if is_workbook(bytes) && name.to_ascii_lowercase().ends_with(".xlsx") {
            return Err(
                ImportError::File("give the text file of the pairs, which stands beside the workbook").in_file(name)
            );
        }
        opened.extend(unpacked(name, bytes, |name| name.to_ascii_lowercase().ends_with(".txt"))?);
    }
    let parts = parts::order(opened, setting, asked)?;
    let total = parts.files.iter().map(|file| file.bytes.len() as u64).sum();
    let mut reader = text::Reader::new(parts.quarter);
    let mut done = 0;
    let mut coverage = Coverage::new();
    for file in &parts.files {
        let mut report = |bytes: u64| progress(done + bytes, total);
        let range = reader.read(&file.bytes, &mut report).map_err(|error| error.in_file(&file.name))?;
        coverage.push(range);
        done += file.bytes.len() as u64;
    }
    let coverage = parts.coverage(coverage)?;
    compile::table(reader, &coverage, setting, program, parts.quarter)
}
