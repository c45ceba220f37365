//! The sections of the conversion table.

use crate::conversion::{ConversionRow, PreviousCodes};
use crate::conversion_sections::day_and_marks;
use crate::section;
use superbill_core::Date;
use superbill_table::{TableWriter, WriteError};

/// The conversion table of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversions {
    /// The first day of the release.
    pub release: Date,
    /// The rows, in any order; the same row counts once.
    pub rows: Vec<ConversionRow>,
}

impl Conversions {
    /// Writes the sections, for a table of its own or beside the codes. Gives the number of rows.
    ///
    /// # Errors
    /// [`WriteError::TooMuch`] for more rows than can be numbered.
    pub(crate) fn write(&self, writer: &mut TableWriter) -> Result<usize, WriteError> {
        let mut sorted = self.rows.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let (mut rows, mut spans) = (Vec::new(), Vec::new());
        let mut index = Vec::new();
        for (number, row) in sorted.iter().enumerate() {
            let number = u32::try_from(number).map_err(|_| WriteError::TooMuch)?;
            let previous = match row.previous.codes {
                PreviousCodes::Code(code) => {
                    index.push((code, number));
                    code.packed()
                }
                PreviousCodes::Span { first, last } => {
                    let span = spans.len() as u64 / 20;
                    spans.extend([first.packed(), last.packed()].map(u64::to_le_bytes).concat());
                    spans.extend(number.to_le_bytes());
                    span
                }
                PreviousCodes::None => 0,
            };
            rows.extend([row.current.packed(), previous].map(u64::to_le_bytes).concat());
            rows.extend(day_and_marks(&row.previous).to_le_bytes());
        }
        index.sort_unstable();
        writer.section(section::CONVERSION_FACTS, 1, self.release.ccyymmdd().to_le_bytes().to_vec());
        writer.section(section::CONVERSION_ROWS, sorted.len(), rows);
        let places = index.len();
        let index = index.into_iter().flat_map(|(_, number)| number.to_le_bytes()).collect();
        writer.section(section::CONVERSION_INDEX, places, index);
        let count = spans.len() / 20;
        writer.section(section::CONVERSION_SPANS, count, spans);
        Ok(sorted.len())
    }
}
