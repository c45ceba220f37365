//! Descriptors out of the user's licensed table.

use core::fmt;
use superbill_table::{TextBody, TextBuffer, Texts};

/// Which of a code's descriptors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum DescriptorKind {
    /// Long: the official one.
    Long,
    /// Medium.
    Medium,
    /// Short, of at most 28 characters.
    Short,
    /// For patients.
    Consumer,
}

impl DescriptorKind {
    /// All, in the order of this type.
    pub const ALL: [Self; 4] = [Self::Long, Self::Medium, Self::Short, Self::Consumer];

    /// The name in data: `long`, `medium`, `short`, `consumer`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Medium => "medium",
            Self::Short => "short",
            Self::Consumer => "consumer",
        }
    }
}

/// A descriptor, read where it lies in the user's table. `Display` gives its words; `Debug` does not, so that no log has them.
#[derive(Clone, Copy)]
pub struct Descriptor<'a> {
    texts: Texts<'a>,
    first: usize,
    end: usize,
}

impl<'a> Descriptor<'a> {
    pub(crate) fn new(texts: Texts<'a>, first: usize, end: usize) -> Self {
        Self { texts, first, end }
    }

    /// The words; `None` where the table is damaged.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let mut text = String::new();
        self.pieces(|piece| text.push_str(piece))?;
        Some(text)
    }

    /// Hands on the pieces in order.
    fn pieces(&self, mut take: impl FnMut(&str)) -> Option<()> {
        for row in self.first..self.end {
            let mut buffer = TextBuffer::default();
            if self.texts.read(row, &mut buffer)?.body != TextBody::Text {
                return None;
            }
            take(buffer.as_str()?);
        }
        Some(())
    }
}

impl fmt::Display for Descriptor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().unwrap_or_default())
    }
}

impl fmt::Debug for Descriptor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Descriptor(licensed text)")
    }
}
