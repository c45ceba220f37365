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
        Self { kind, sections: Vec::new() }
    }

    /// Adds a section of so many rows.
    pub fn section(&mut self, name: SectionName, rows: usize, bytes: Vec<u8>) -> &mut Self {
        self.sections.push((name, rows as u64, bytes));
        self
    }

    /// Adds what the table says of itself; tabs and line ends in values become spaces.
    pub fn about<'t>(&mut self, lines: impl IntoIterator<Item = (&'t str, &'t str)>) -> &mut Self {
        let line = |(key, value): (&str, &str)| format!("{key}\t{}", value.replace(['\t', '\n', '\r'], " "));
        let lines: Vec<String> = lines.into_iter().map(line).collect();
        self.section(crate::ABOUT, lines.len(), lines.join("\n").into_bytes())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeysWriter, MapWriter, SymbolTable, TextsWriter};

    // A table that is written today must be read by the programs of yesterday: a change here is a new format version.
    #[test]
    fn the_format_is_what_it_was() {
        let keys: Vec<u64> = (1..=100).map(|n| n * n * n).collect();
        let map = MapWriter::build(&keys, &vec![0; keys.len()]).unwrap();
        let symbols = SymbolTable::new([b"row ".to_vec(), b"1".to_vec()]);
        let mut texts = TextsWriter::new(&symbols);
        for row in 0..100u8 {
            match row % 3 {
                0 => texts.absent(row % 64).unwrap(),
                1 => texts.derived(1, row).unwrap(),
                _ => texts.text(2, &format!("row {row}")).unwrap(),
            }
        }
        let (texts, rows) = texts.finish().unwrap();
        let mut writer = TableWriter::new(SectionName::new("format"));
        writer.section(SectionName::new("slots"), 100, map.slots);
        writer.section(SectionName::new("ordinals"), 100, map.ordinals);
        writer.section(SectionName::new("pilots"), 100, map.pilots);
        writer.section(SectionName::new("map"), 1, map.parameters);
        writer.section(SectionName::new("keys"), 100, KeysWriter::build(&keys).unwrap().bytes);
        writer.section(SectionName::new("symbols"), 255, symbols.bytes());
        writer.section(SectionName::new("texts"), rows, texts);
        let bytes = writer.finish().unwrap();
        assert_eq!((FORMAT_VERSION, bytes.len(), checksum(&bytes)), (1, 37_376, 7_273_514_792_811_251_058));
    }
}
