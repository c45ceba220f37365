use super::WriteError;
use crate::texts::{BLOCK, ESCAPE, MAX_TEXT_BYTES, Symbols};

/// Symbols for the compression of texts, by code.
#[derive(Debug, Clone, Default)]
pub struct SymbolTable {
    symbols: Vec<Vec<u8>>,
    /// The codes of the symbols that begin with each byte.
    by_first: Vec<Vec<u8>>,
}

impl SymbolTable {
    /// A table of up to 255 symbols of one to eight bytes; what does not fit is left out.
    #[must_use]
    pub fn new(symbols: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let fits = |symbol: &Vec<u8>| (1..=8).contains(&symbol.len());
        let symbols: Vec<Vec<u8>> = symbols.into_iter().filter(fits).take(255).collect();
        let mut by_first = vec![Vec::new(); 256];
        for (code, symbol) in (0..=u8::MAX).zip(&symbols) {
            if let Some(codes) = symbol.first().and_then(|first| by_first.get_mut(usize::from(*first))) {
                codes.push(code);
            }
        }
        Self { symbols, by_first }
    }

    /// The section.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(Symbols::BYTES);
        for symbol in &self.symbols {
            out.extend(symbol);
            out.resize(out.len().next_multiple_of(8), 0);
        }
        out.resize(255 * 8, 0);
        out.extend(self.symbols.iter().map(|symbol| symbol.len() as u8));
        out.resize(Symbols::BYTES, 0);
        out
    }

    /// The symbols of a section that was written from a table of symbols; none where it has another size.
    #[must_use]
    pub fn read_back(section: &[u8]) -> Self {
        let Some((symbols, lengths)) = section.split_at_checked(255 * 8) else {
            return Self::default();
        };
        let (symbols, _) = symbols.as_chunks::<8>();
        let whole = symbols
            .iter()
            .zip(lengths)
            .map(|(symbol, length)| symbol.get(..usize::from(*length)).unwrap_or_default().to_vec());
        Self::new(whole.take_while(|symbol| !symbol.is_empty()))
    }

    /// Compresses: the shortest way through the symbols, by dynamic programming.
    #[must_use]
    pub fn compress(&self, text: &[u8]) -> Vec<u8> {
        // best[i]: the fewest bytes for text[i..], and the symbol taken at i.
        let mut best: Vec<(usize, Option<usize>)> = vec![(0, None); text.len() + 1];
        for at in (0..text.len()).rev() {
            let rest = text.get(at..).unwrap_or_default();
            let cost = |next: usize| best.get(next).map_or(usize::MAX / 2, |entry| entry.0);
            let mut choice = (cost(at + 1) + 2, None);
            let first = rest.first().copied().unwrap_or_default();
            for code in self.by_first.get(usize::from(first)).into_iter().flatten() {
                let code = usize::from(*code);
                let Some(symbol) = self.symbols.get(code) else { continue };
                if rest.starts_with(symbol) && cost(at + symbol.len()) + 1 < choice.0 {
                    choice = (cost(at + symbol.len()) + 1, Some(code));
                }
            }
            if let Some(entry) = best.get_mut(at) {
                *entry = choice;
            }
        }
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            match best.get(at).and_then(|entry| entry.1).and_then(|code| Some((code, self.symbols.get(code)?))) {
                Some((code, symbol)) => {
                    out.push(code as u8);
                    at += symbol.len();
                }
                None => {
                    out.extend([ESCAPE, *byte]);
                    at += 1;
                }
            }
        }
        out
    }
}

/// The section of [`Texts`](crate::Texts), row by row.
#[derive(Debug, Clone)]
pub struct TextsWriter<'a> {
    symbols: &'a SymbolTable,
    offsets: Vec<usize>,
    body: Vec<u8>,
    rows: usize,
    before: Vec<u8>,
}

impl<'a> TextsWriter<'a> {
    /// A section compressed with these symbols.
    #[must_use]
    pub fn new(symbols: &'a SymbolTable) -> Self {
        Self { symbols, offsets: Vec::new(), body: Vec::new(), rows: 0, before: Vec::new() }
    }

    /// What a text does not share with the text before it in its block, for each of some rows: what symbols are trained on.
    #[must_use]
    pub fn tails<'t>(rows: &[Option<&'t str>]) -> Vec<&'t [u8]> {
        let mut tails = Vec::new();
        for block in rows.chunks(BLOCK) {
            let mut before: &[u8] = &[];
            for text in block.iter().flatten() {
                let bytes = text.as_bytes();
                tails.push(bytes.get(shared(before, bytes)..).unwrap_or_default());
                before = bytes;
            }
        }
        tails
    }

    /// A row that holds nothing.
    ///
    /// # Errors
    /// [`WriteError::Mark`] for a mark of more than six bits.
    pub fn absent(&mut self, mark: u8) -> Result<(), WriteError> {
        self.head(mark, 0)
    }

    /// A row that holds a text.
    ///
    /// # Errors
    /// [`WriteError::Text`] for a text that is too long, [`WriteError::Mark`] for a mark of more than six bits.
    pub fn text(&mut self, mark: u8, text: &str) -> Result<(), WriteError> {
        let bytes = text.as_bytes();
        if bytes.len() > MAX_TEXT_BYTES {
            return Err(WriteError::Text { row: self.rows });
        }
        self.head(mark, 1)?;
        let shared = shared(&self.before, bytes);
        let packed = self.symbols.compress(bytes.get(shared..).unwrap_or_default());
        varint(&mut self.body, shared);
        varint(&mut self.body, packed.len());
        self.body.extend(packed);
        self.before = bytes.to_vec();
        Ok(())
    }

    /// A row that is another row's text with a suffix.
    ///
    /// # Errors
    /// [`WriteError::Mark`] for a mark of more than six bits.
    pub fn derived(&mut self, mark: u8, suffix: u8) -> Result<(), WriteError> {
        self.head(mark, 2)?;
        self.body.push(suffix);
        Ok(())
    }

    /// The bytes of the section and its rows.
    ///
    /// # Errors
    /// [`WriteError::TooMuch`] where offsets of 4 bytes do not suffice.
    pub fn finish(mut self) -> Result<(Vec<u8>, usize), WriteError> {
        self.offsets.push(self.body.len());
        let base = self.offsets.len() * 4;
        let mut out = Vec::with_capacity(base + self.body.len());
        for offset in &self.offsets {
            out.extend(u32::try_from(base + offset).map_err(|_| WriteError::TooMuch)?.to_le_bytes());
        }
        out.extend(self.body);
        Ok((out, self.rows))
    }

    fn head(&mut self, mark: u8, kind: u8) -> Result<(), WriteError> {
        if mark >= 64 {
            return Err(WriteError::Mark { row: self.rows });
        }
        if self.rows.is_multiple_of(BLOCK) {
            self.offsets.push(self.body.len());
            self.before.clear();
        }
        self.rows += 1;
        self.body.push(mark << 2 | kind);
        Ok(())
    }
}

fn shared(before: &[u8], bytes: &[u8]) -> usize {
    before.iter().zip(bytes).take_while(|(a, b)| a == b).count()
}

fn varint(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_way_through_the_symbols_is_taken() {
        let table = SymbolTable::new([b"ab".to_vec(), b"abc".to_vec(), b"cdefgh".to_vec()]);
        // The longest symbol first would leave d to h as five escapes.
        assert_eq!(table.compress(b"abcdefgh"), [0, 2]);
        assert_eq!(table.compress(b"abcab"), [1, 0]);
        assert_eq!(table.compress(b"x"), [ESCAPE, b'x']);
        assert_eq!(table.compress(b""), [0u8; 0]);
    }

    #[test]
    fn symbols_have_one_to_eight_bytes_and_are_at_most_255() {
        let table = SymbolTable::new([Vec::new(), vec![b'A'; 9], b"kept".to_vec()]);
        assert_eq!(table.compress(b"kept"), [0]);
        let many = SymbolTable::new((0..=255u8).map(|byte| vec![byte]));
        assert_eq!(many.bytes().len(), Symbols::BYTES);
        assert_eq!(SymbolTable::read_back(&many.bytes()).bytes(), many.bytes());
        assert_eq!(SymbolTable::read_back(&table.bytes()).compress(b"kept"), [0]);
        assert_eq!(SymbolTable::read_back(&[1, 2, 3]).compress(b"k"), [ESCAPE, b'k']);
        assert_eq!(many.compress(&[254, 255]), [254, ESCAPE, 255]);
    }

    #[test]
    fn what_is_refused_leaves_no_row() {
        let symbols = SymbolTable::default();
        let mut writer = TextsWriter::new(&symbols);
        writer.absent(0).unwrap();
        assert_eq!(writer.text(0, &"A".repeat(MAX_TEXT_BYTES + 1)), Err(WriteError::Text { row: 1 }));
        for mark in [64, 255] {
            assert_eq!(writer.text(mark, "A"), Err(WriteError::Mark { row: 1 }));
            assert_eq!(writer.absent(mark), Err(WriteError::Mark { row: 1 }));
            assert_eq!(writer.derived(mark, 0), Err(WriteError::Mark { row: 1 }));
        }
        writer.text(63, &"A".repeat(MAX_TEXT_BYTES)).unwrap();
        assert_eq!(writer.finish().unwrap().1, 2);
    }

    #[test]
    fn tails_are_what_is_not_shared_within_a_block() {
        let rows = [Some("Sprain of ankle"), None, Some("Sprain of wrist"), Some("Sprain")];
        assert_eq!(TextsWriter::tails(&rows), [&b"Sprain of ankle"[..], b"wrist", b""]);
        let rows = [Some("same"); BLOCK + 1];
        let whole = TextsWriter::tails(&rows).iter().filter(|tail| !tail.is_empty()).count();
        assert_eq!(whole, 2, "each block begins anew");
    }
}
