//! A short list of texts that many rows name by number.

use superbill_table::{SectionName, Table, TableError, u32_at};

/// Where each text ends, 4 bytes each; then the texts.
pub(crate) const WORDS: SectionName = SectionName::new("texts");

/// A short list of texts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    ends: &'a [u8],
    texts: &'a str,
    count: usize,
}

impl<'a> Words<'a> {
    /// # Errors
    /// [`TableError::Section`] where the section is missing, has the wrong size or is no text.
    pub(crate) fn open(table: &Table<'a>) -> Result<Self, TableError> {
        let wrong = TableError::Section { name: WORDS.as_str() };
        let (bytes, count) = table.section(WORDS).ok_or(wrong)?;
        let (ends, texts) = count.checked_mul(4).and_then(|at| bytes.split_at_checked(at)).ok_or(wrong)?;
        let texts = core::str::from_utf8(texts).map_err(|_| wrong)?;
        Ok(Self { ends, texts, count })
    }

    /// The text of a number.
    #[inline]
    pub(crate) fn text(&self, number: u32) -> Option<&'a str> {
        let at = number as usize;
        let start = match at.checked_sub(1) {
            Some(before) => u32_at(self.ends, before.checked_mul(4)?)?,
            None => 0,
        };
        let end = u32_at(self.ends, at.checked_mul(4)?)?;
        self.texts.get(start as usize..end as usize)
    }

    pub(crate) fn verify(&self) -> Result<(), TableError> {
        for number in 0..self.count {
            if u32::try_from(number).ok().and_then(|number| self.text(number)).is_none() {
                return Err(TableError::Content { name: WORDS.as_str(), row: number as u64 });
            }
        }
        Ok(())
    }
}

/// Texts that are collected, each once.
#[cfg(feature = "import")]
#[derive(Debug, Default)]
pub(crate) struct WordsWriter {
    texts: Vec<String>,
    numbers: std::collections::BTreeMap<String, u32>,
}

#[cfg(feature = "import")]
impl WordsWriter {
    /// The number of a text.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// Adds the section.
    pub(crate) fn write(&self, writer: &mut superbill_table::TableWriter) -> Result<(), superbill_table::WriteError> {
        let mut bytes = Vec::new();
        let mut end = 0usize;
        for text in &self.texts {
            end += text.len();
            bytes.extend(u32::try_from(end).map_err(|_| superbill_table::WriteError::TooMuch)?.to_le_bytes());
        }
        bytes.extend(self.texts.iter().flat_map(|text| text.bytes()));
        writer.section(WORDS, self.texts.len(), bytes);
        Ok(())
    }
}
