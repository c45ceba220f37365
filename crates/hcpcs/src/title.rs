//! Titles.

use crate::table::Hcpcs;
use core::fmt;
use superbill_core::Date;
use superbill_table::{TextBuffer, Texts};

/// A title in a table. It is read piece by piece when it is printed, and needs no room of its own.
#[derive(Clone, Copy)]
pub struct Title<'t> {
    texts: Texts<'t>,
    first: u32,
    pieces: u32,
    short: bool,
    release: Date,
}

impl<'t> Title<'t> {
    pub(crate) fn long(table: &'t Hcpcs<'t>, first: u32, pieces: u8) -> Option<Self> {
        let release = Date::from_ccyymmdd(table.first_day()).ok()?;
        (pieces > 0).then_some(Self { texts: table.long, first, pieces: pieces.into(), short: false, release })
    }

    pub(crate) fn short(table: &'t Hcpcs<'t>, at: u32, release: u32) -> Option<Self> {
        let release = Date::from_ccyymmdd(release).ok()?;
        Some(Self { texts: table.short, first: at, pieces: 1, short: true, release })
    }

    /// Whether it is the short title, of at most 28 characters in the official file.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.short
    }

    /// The first day of the release that gave it.
    #[must_use]
    pub fn release(&self) -> Date {
        self.release
    }

    /// Appends the title to a text.
    pub fn read(&self, into: &mut String) {
        // INVARIANT: writing to a string does not fail.
        let _ = self.write(into);
    }

    fn write(&self, into: &mut impl fmt::Write) -> fmt::Result {
        let mut buffer = TextBuffer::default();
        for at in 0..self.pieces {
            let row = self.first.saturating_add(at) as usize;
            if self.texts.read(row, &mut buffer).is_some() {
                into.write_str(buffer.as_str().unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Title<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl fmt::Debug for Title<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Title({:?}, {})", self.to_string(), self.release)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Title<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
