//! Seventh characters that codes take, with their labels.

use crate::code::Icd10CmCode;
use crate::on::Icd10CmOn;
use crate::table::lines;
use superbill_table::{TextBody, TextBuffer};

/// A seventh character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeventhCharacter<'t> {
    /// The character.
    pub character: char,
    /// What it says, as `initial encounter`; `None` where the title of the code does not end with a label that many codes share.
    pub label: Option<&'t str>,
    /// The first code that takes it.
    pub code: Icd10CmCode,
}

impl<'t> Icd10CmOn<'t> {
    /// The seventh characters of the codes below a heading that are valid on the date, each once, in the order in which the codes have them.
    /// Where codes below one heading give a character different labels, the first stands.
    ///
    /// Source: ICD-10-CM Official Guidelines, section I.A.5.
    pub fn seventh_characters(self, heading: Icd10CmCode) -> impl Iterator<Item = SeventhCharacter<'t>> + use<'t> {
        let mut seen = 0u64;
        self.descendants(heading).filter(|code| code.len() == 7).filter_map(move |code| {
            let bit = 1u64 << (code.packed() & 0x3F);
            let new = seen & bit == 0;
            seen |= bit;
            let character = code.character(7).filter(|_| new)?;
            Some(SeventhCharacter { character, label: self.seventh_label(code), code })
        })
    }

    fn seventh_label(&self, code: Icd10CmCode) -> Option<&'t str> {
        let mut text = TextBuffer::default();
        let record = self.table.titles.read(self.table.ordinal(code)? as usize, &mut text)?;
        match record.body {
            TextBody::Derived { suffix } => lines(self.table.suffixes).nth(usize::from(suffix)),
            _ => None,
        }
    }
}
