use super::WriteError;
use crate::container::{ENTRY, FORMAT_VERSION, HEADER, MAGIC, SectionName, checksum};

/// Puts sections into one table.
#[derive(Debug, Clone)]
pub struct TableWriter {
    kind: SectionName,
    sections: Vec<(SectionName, u64, Vec<u8>)>,
}

impl TableWriter {
    /// A table of a kind.
    #[must_use]
    pub fn new(kind: SectionName) -> Self {
        Self {
            kind,
            sections: Vec::new(),
        }
    }

    /// Adds a section of so many rows.
    pub fn section(&mut self, name: SectionName, rows: usize, bytes: Vec<u8>) -> &mut Self {
        self.sections.push((name, rows as u64, bytes));
        self
    }

    /// The bytes of the table.
    ///
    /// # Errors
    /// [`WriteError::TooMuch`] for more sections than can be counted.
    pub fn finish(&self) -> Result<Vec<u8>, WriteError> {
        let count = u32::try_from(self.sections.len()).map_err(|_| WriteError::TooMuch)?;
        let mut directory = Vec::new();
        let mut body = Vec::new();
        let start = (HEADER + self.sections.len() * ENTRY).next_multiple_of(64);
        for (name, rows, bytes) in &self.sections {
            let offset = (start + body.len()) as u64;
            let (low, high) = name.words();
            for word in [low, high, offset, bytes.len() as u64, *rows, checksum(bytes)] {
                directory.extend(word.to_le_bytes());
            }
            body.extend(bytes);
            body.resize(body.len().next_multiple_of(64), 0);
        }
        let mut out = Vec::with_capacity(start + body.len());
        out.extend(MAGIC);
        out.extend(FORMAT_VERSION.to_le_bytes());
        out.extend(count.to_le_bytes());
        let (low, high) = self.kind.words();
        for word in [low, high, (start + body.len()) as u64, checksum(&directory), 0, 0] {
            out.extend(word.to_le_bytes());
        }
        out.extend(directory);
        out.resize(start, 0);
        out.extend(body);
        Ok(out)
    }
}
