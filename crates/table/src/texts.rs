//! Texts by ordinal: front-coded within blocks, compressed by a symbol table, readable one by one.

use crate::bytes::{u8_at, u32_at, varint};

/// Longest text, in bytes. The writer refuses longer ones.
pub const MAX_TEXT_BYTES: usize = 512;
/// Texts of a block.
pub(crate) const BLOCK: usize = 16;
/// The code that says: the next byte stands for itself.
pub(crate) const ESCAPE: u8 = 255;

/// The symbols of a compressed text: each code but 255 stands for up to eight bytes; 255 says that the next byte stands for itself.
///
/// Section: 255 symbols of 8 bytes, then 255 lengths of 1 byte.
#[derive(Debug, Clone, Copy)]
pub struct Symbols<'a> {
    bytes: &'a [u8],
}

impl<'a> Symbols<'a> {
    /// Bytes of the section.
    pub const BYTES: usize = 255 * 9;

    /// A view over the section.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Option<Self> {
        if bytes.len() == Self::BYTES { Some(Self { bytes }) } else { None }
    }

    /// Appends the bytes that compressed bytes stand for.
    pub(crate) fn expand(&self, packed: &[u8], into: &mut TextBuffer) -> Option<()> {
        let mut codes = packed.iter();
        while let Some(&code) = codes.next() {
            if code == ESCAPE {
                into.push(core::slice::from_ref(codes.next()?))?;
            } else {
                let length = usize::from(u8_at(self.bytes, 255 * 8 + usize::from(code))?);
                let at = usize::from(code) * 8;
                into.push(self.bytes.get(at..at + length.min(8))?)?;
            }
        }
        Some(())
    }
}

/// Room for one text on the stack.
#[derive(Debug, Clone)]
pub struct TextBuffer {
    bytes: [u8; MAX_TEXT_BYTES],
    length: usize,
}

impl Default for TextBuffer {
    fn default() -> Self {
        Self { bytes: [0; MAX_TEXT_BYTES], length: 0 }
    }
}

impl TextBuffer {
    /// The text, if it is UTF-8.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        core::str::from_utf8(self.bytes.get(..self.length)?).ok()
    }

    /// Appends bytes; `None` where there is no room.
    pub fn push(&mut self, more: &[u8]) -> Option<()> {
        let end = self.length.checked_add(more.len())?;
        self.bytes.get_mut(self.length..end)?.copy_from_slice(more);
        self.length = end;
        Some(())
    }

    pub(crate) fn truncate(&mut self, length: usize) -> Option<()> {
        if length > self.length {
            return None;
        }
        self.length = length;
        Some(())
    }
}

/// What a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextBody {
    /// Nothing.
    Absent,
    /// A text; it is in the buffer.
    Text,
    /// The text of another row with this suffix; which row, the owner of the table knows.
    Derived {
        /// The suffix's number.
        suffix: u8,
    },
}

/// A row: what it holds, and a mark of up to six bits that the owner of the table gives a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextRecord {
    /// The mark.
    pub mark: u8,
    /// What it holds.
    pub body: TextBody,
}

/// Texts by ordinal.
///
/// Section: offsets of blocks, 4 bytes each, and one behind the last; then the rows of 16 a block. A row is a byte
/// `mark << 2 | kind`; kind 1 goes on with the count of bytes shared with the text before it in the block, the count of
/// compressed bytes, and those; kind 2 with the number of a suffix.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    bytes: &'a [u8],
    rows: usize,
    symbols: Symbols<'a>,
}

impl<'a> Texts<'a> {
    /// A view over a section of so many rows.
    #[must_use]
    pub const fn new(bytes: &'a [u8], rows: usize, symbols: Symbols<'a>) -> Self {
        Self { bytes, rows, symbols }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Reads a row. Where it holds a text, the buffer has it afterwards.
    #[must_use]
    pub fn read(&self, row: usize, buffer: &mut TextBuffer) -> Option<TextRecord> {
        if row >= self.rows {
            return None;
        }
        let block = row / BLOCK;
        let mut at = u32_at(self.bytes, block.checked_mul(4)?)? as usize;
        buffer.length = 0;
        for current in block * BLOCK..=row {
            let head = u8_at(self.bytes, at)?;
            at += 1;
            let body = match head & 3 {
                0 => TextBody::Absent,
                1 => {
                    let (shared, next) = varint(self.bytes, at)?;
                    let (length, next) = varint(self.bytes, next)?;
                    buffer.truncate(shared)?;
                    let end = next.checked_add(length)?;
                    self.symbols.expand(self.bytes.get(next..end)?, buffer)?;
                    at = end;
                    TextBody::Text
                }
                2 => {
                    let suffix = u8_at(self.bytes, at)?;
                    at += 1;
                    TextBody::Derived { suffix }
                }
                _ => return None,
            };
            if current == row {
                return Some(TextRecord { mark: head >> 2, body });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SymbolTable, TextsWriter};

    fn record(mark: u8, body: TextBody) -> Option<TextRecord> {
        Some(TextRecord { mark, body })
    }

    #[test]
    fn rows_of_each_kind_are_read_one_by_one() {
        let symbols = SymbolTable::new([b"diabetes".to_vec(), b"mellitus".to_vec(), b" ".to_vec()]);
        let mut writer = TextsWriter::new(&symbols);
        writer.text(0, "Type 1 diabetes mellitus").unwrap();
        writer.absent(63).unwrap();
        writer.derived(7, 200).unwrap();
        writer.text(1, "Type 2 diabetes mellitus").unwrap();
        writer.text(2, "").unwrap();
        let (bytes, rows) = writer.finish().unwrap();
        let symbols = symbols.bytes();
        let texts = Texts::new(&bytes, rows, Symbols::new(&symbols).unwrap());
        let mut buffer = TextBuffer::default();
        assert_eq!(texts.read(3, &mut buffer), record(1, TextBody::Text));
        assert_eq!(buffer.as_str(), Some("Type 2 diabetes mellitus"));
        assert_eq!(texts.read(0, &mut buffer), record(0, TextBody::Text));
        assert_eq!(buffer.as_str(), Some("Type 1 diabetes mellitus"));
        assert_eq!(texts.read(1, &mut buffer), record(63, TextBody::Absent));
        assert_eq!(texts.read(2, &mut buffer), record(7, TextBody::Derived { suffix: 200 }));
        assert_eq!(texts.read(4, &mut buffer), record(2, TextBody::Text));
        assert_eq!(buffer.as_str(), Some(""));
        assert_eq!((texts.read(5, &mut buffer), texts.read(usize::MAX, &mut buffer)), (None, None));
        assert_eq!((texts.len(), texts.is_empty()), (5, false));
    }

    #[test]
    fn a_shared_part_may_end_inside_a_character() {
        let symbols = SymbolTable::default();
        let mut writer = TextsWriter::new(&symbols);
        // Both begin with the byte C3.
        writer.text(0, "é").unwrap();
        writer.text(0, "ü").unwrap();
        let (bytes, rows) = writer.finish().unwrap();
        let symbols = symbols.bytes();
        let texts = Texts::new(&bytes, rows, Symbols::new(&symbols).unwrap());
        let mut buffer = TextBuffer::default();
        texts.read(1, &mut buffer).unwrap();
        assert_eq!(buffer.as_str(), Some("ü"));
    }

    #[test]
    fn a_buffer_has_room_for_the_longest_text() {
        let mut buffer = TextBuffer::default();
        assert_eq!(buffer.push(&[b'A'; MAX_TEXT_BYTES]), Some(()));
        assert_eq!(buffer.push(b"B"), None);
        assert_eq!(buffer.as_str().map(str::len), Some(MAX_TEXT_BYTES));
        assert_eq!(buffer.push(b""), Some(()));
        assert_eq!(buffer.truncate(MAX_TEXT_BYTES + 1), None);
        assert_eq!(buffer.truncate(1), Some(()));
        assert_eq!(buffer.as_str(), Some("A"));
        assert_eq!(buffer.push(&[0xC3]), Some(()));
        assert_eq!(buffer.as_str(), None, "half a character is no text");
    }

    #[test]
    fn bad_rows_are_none() {
        let symbols = [9; Symbols::BYTES];
        assert!(Symbols::new(&symbols[1..]).is_none());
        let symbols = Symbols::new(&symbols).unwrap();
        let mut buffer = TextBuffer::default();
        for (what, row) in [
            ("an unknown kind", &[3u8][..]),
            ("more shared than there is", &[1, 5, 0]),
            ("more bytes than there are", &[1, 0, 9, 0]),
            ("an escape of nothing", &[1, 0, 1, ESCAPE]),
            ("a count without end", &[1, 0x80, 0x80, 0x80, 0x80, 0]),
            ("a suffix that is cut off", &[2]),
            ("nothing", &[]),
        ] {
            let bytes = [&[4, 0, 0, 0], row].concat();
            assert_eq!(Texts::new(&bytes, 1, symbols).read(0, &mut buffer), None, "{what}");
        }
        // A symbol's length above eight counts as eight, so that it never reads the next one.
        let bytes = [4, 0, 0, 0, 1, 0, 2, 0, 254];
        assert_eq!(Texts::new(&bytes, 1, symbols).read(0, &mut buffer), record(0, TextBody::Text));
        assert_eq!(buffer.as_str().map(str::len), Some(16));
        // 65 symbols of eight bytes are more than a text holds.
        let bytes = [&[4, 0, 0, 0, 1, 0, 65][..], &[0; 65]].concat();
        assert_eq!(Texts::new(&bytes, 1, symbols).read(0, &mut buffer), None);
    }
}
