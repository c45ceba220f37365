//! Rows of one width, some of them for each code.

use crate::code_index::CodeIndex;
use superbill_table::{SectionName, Table, TableError, u32_at};

/// The row that each code begins at, 4 bytes each, and one behind the last.
pub(crate) const STARTS: SectionName = SectionName::new("row-starts");
/// The rows, of one width.
pub(crate) const ROWS: SectionName = SectionName::new("rows");

/// Rows of `N` bytes, grouped by code.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Groups<'a, const N: usize> {
    starts: &'a [[u8; 4]],
    rows: &'a [[u8; N]],
}

impl<'a, const N: usize> Groups<'a, N> {
    /// # Errors
    /// [`TableError::Section`] where a section is missing or has the wrong size.
    pub(crate) fn open(table: &Table<'a>, codes: &CodeIndex<'_>) -> Result<Self, TableError> {
        let missing = |name: SectionName| TableError::Section { name: name.as_str() };
        let (starts, _) = table.section(STARTS).ok_or(missing(STARTS))?;
        let (rows, count) = table.section(ROWS).ok_or(missing(ROWS))?;
        let starts = starts.as_chunks().0;
        let (rows, rest) = rows.as_chunks();
        if starts.len() != codes.len() + 1 {
            return Err(missing(STARTS));
        }
        if rows.len() != count || !rest.is_empty() {
            return Err(missing(ROWS));
        }
        Ok(Self { starts, rows })
    }

    /// The rows of a code by its ordinal.
    #[inline]
    pub(crate) fn of(&self, ordinal: u32) -> &'a [[u8; N]] {
        self.rows.get(self.numbers(ordinal)).unwrap_or_default()
    }

    /// The numbers of the rows of a code by its ordinal.
    #[inline]
    pub(crate) fn numbers(&self, ordinal: u32) -> core::ops::Range<usize> {
        let start = |at: usize| self.starts.get(at).map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
        start(ordinal as usize)..start(ordinal as usize + 1)
    }

    /// A row by its number.
    pub(crate) fn row(&self, number: usize) -> Option<&'a [u8; N]> {
        self.rows.get(number)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// All rows with their number and the ordinal of their code.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u32, &'a [u8; N])> + use<'a, N> {
        let groups = *self;
        let codes = u32::try_from(self.starts.len()).unwrap_or(u32::MAX).saturating_sub(1);
        (0..codes).flat_map(move |ordinal| groups.of(ordinal).iter().map(move |row| (ordinal, row)))
    }

    /// Checks that every code has a row and every row a code.
    pub(crate) fn verify(&self) -> Result<(), TableError> {
        let mut before = 0;
        for (row, bytes) in (0u64..).zip(self.starts) {
            let start = u32_at(bytes, 0).unwrap_or_default();
            if (row == 0 && start != 0) || (row > 0 && start <= before) {
                return Err(TableError::Content { name: STARTS.as_str(), row });
            }
            before = start;
        }
        if before as usize == self.rows.len() {
            Ok(())
        } else {
            Err(TableError::Content { name: STARTS.as_str(), row: self.starts.len() as u64 })
        }
    }
}

/// Writes the codes and the sections of rows that are in the order of their codes.
#[cfg(feature = "import")]
pub(crate) fn write<const N: usize>(
    rows: &[(crate::ServiceCode, [u8; N])],
    writer: &mut superbill_table::TableWriter,
) -> Result<(), superbill_table::WriteError> {
    let mut codes = Vec::new();
    let mut starts = Vec::new();
    for (row, (code, _)) in (0u32..).zip(rows) {
        if codes.last() != Some(code) {
            codes.push(*code);
            starts.push(row);
        }
    }
    starts.push(u32::try_from(rows.len()).map_err(|_| superbill_table::WriteError::TooMuch)?);
    crate::code_index::write(&codes, writer)?;
    writer.section(STARTS, starts.len(), starts.into_iter().flat_map(u32::to_le_bytes).collect());
    writer.section(ROWS, rows.len(), rows.iter().flat_map(|(_, row)| *row).collect());
    Ok(())
}
