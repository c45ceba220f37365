//! Rows to a table.

use super::super::ImportError;
use super::resolve::resolve;
use super::xml::{Book, Gives, Parsed};
use crate::index::{
    ALPHABETIC_KIND, DRUG_KIND, EXTERNAL_CAUSE_KIND, IndexTree, Item, NEOPLASM_KIND, NO_PARENT, section as sections,
    sort_key, target_bits, title_words,
};
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::{SectionName, SymbolTable, TableWriter, TextsWriter, WriteError};

pub(super) fn kind(book: Book) -> SectionName {
    match book {
        Book::Alphabetic => ALPHABETIC_KIND,
        Book::ExternalCause => EXTERNAL_CAUSE_KIND,
        Book::Neoplasm => NEOPLASM_KIND,
        Book::Drug => DRUG_KIND,
    }
}

/// The bytes of the table. It is written twice: references are looked up in the first, which has no targets yet.
pub(super) fn table(book: Book, parsed: &Parsed, source: &str, release: Date) -> Result<Vec<u8>, ImportError> {
    let sections = Sections::of(parsed)?;
    let rows = parsed.rows.len().to_string();
    let release = release.to_string();
    let mut about = vec![("release", release.as_str()), ("source", source), ("rows", rows.as_str())];
    if let Some(version) = &parsed.version {
        about.push(("version", version));
    }
    let first = sections.write(book, &about, vec![0; sections.references.len() * 16])?;
    let tree = IndexTree::open(&first, kind(book))?;
    let from = sections.referrers();
    let targets = sections.references.iter().zip(&from).flat_map(|(text, from)| {
        let (target, rest) = resolve(&tree, book, text, from);
        let (what, second) = target_bits(target, rest);
        [what, second]
    });
    let targets: Vec<u8> = targets.flat_map(u64::to_le_bytes).collect();
    Ok(sections.write(book, &about, targets)?)
}

struct Sections<'p> {
    parsed: &'p Parsed,
    parents: Vec<u32>,
    ends: Vec<u32>,
    needs: Vec<u8>,
    starts: Vec<u32>,
    items: Vec<u64>,
    references: Vec<&'p str>,
    main_terms: Vec<u32>,
    words: BTreeMap<String, Vec<u32>>,
    symbols: SymbolTable,
    /// Titles and references, compressed.
    texts: [(Vec<u8>, usize); 2],
}

impl<'p> Sections<'p> {
    fn of(parsed: &'p Parsed) -> Result<Self, WriteError> {
        let count = u32::try_from(parsed.rows.len()).map_err(|_| WriteError::TooMuch)?;
        if count >= NO_PARENT >> 1 {
            return Err(WriteError::TooMuch);
        }
        let mut sections = Self {
            parsed,
            parents: Vec::new(),
            ends: vec![count; parsed.rows.len()],
            needs: Vec::new(),
            starts: vec![0],
            items: Vec::new(),
            references: Vec::new(),
            main_terms: Vec::new(),
            words: BTreeMap::new(),
            symbols: SymbolTable::default(),
            texts: Default::default(),
        };
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        // The entries above the current one.
        let mut open: Vec<(u32, u8)> = Vec::new();
        for (entry, row) in (0u32..).zip(&parsed.rows) {
            while open.len() > row.level {
                if let Some(end) = open.pop().and_then(|(closed, _)| sections.ends.get_mut(closed as usize)) {
                    *end = entry;
                }
            }
            let above = open.last().copied();
            sections.parents.push(above.map_or(NO_PARENT, |(parent, _)| parent));
            let title = title_words(&row.title);
            let need = u8::try_from(title.need()).unwrap_or(u8::MAX).saturating_add(above.map_or(0, |(_, need)| need));
            sections.needs.push(need);
            open.push((entry, need));
            for word in &title.words {
                let list = sections.words.entry(word.stem.clone()).or_default();
                let posting = entry << 1 | u32::from(word.is_nonessential());
                match list.last_mut() {
                    // Essential where it is both.
                    Some(last) if *last >> 1 == entry => *last = posting.min(*last),
                    _ => list.push(posting),
                }
            }
            for given in &row.gives {
                let mut number = |text: &'p str| {
                    *numbers.entry(text).or_insert_with(|| {
                        sections.references.push(text);
                        sections.references.len() as u32 - 1
                    })
                };
                let item = match given {
                    Gives::Code(column, code) => Item::Code(*column, *code),
                    Gives::Manifestation(code) => Item::Manifestation(*code),
                    Gives::Note(text) => Item::Note(number(text)),
                    Gives::NoCode(column) => Item::NoCode(*column),
                    Gives::Reference(kind, text) => Item::Reference(*kind, number(text)),
                };
                sections.items.push(item.to_bits());
            }
            sections.starts.push(u32::try_from(sections.items.len()).map_err(|_| WriteError::TooMuch)?);
        }
        let mut mains: Vec<(String, u32)> = (0u32..)
            .zip(&parsed.rows)
            .filter(|(_, row)| row.level == 0)
            .map(|(entry, row)| (sort_key(&row.title), entry))
            .collect();
        mains.sort();
        sections.main_terms = mains.into_iter().map(|(_, entry)| entry).collect();
        let titles: Vec<Option<&str>> = parsed.rows.iter().map(|row| Some(row.title.as_str())).collect();
        let references: Vec<Option<&str>> = sections.references.iter().map(|text| Some(*text)).collect();
        sections.symbols = SymbolTable::train(&[TextsWriter::tails(&titles), TextsWriter::tails(&references)].concat());
        for (texts, into) in [titles, references].into_iter().zip(&mut sections.texts) {
            let mut writer = TextsWriter::new(&sections.symbols);
            for text in texts.into_iter().flatten() {
                writer.text(0, text)?;
            }
            *into = writer.finish()?;
        }
        Ok(sections)
    }

    /// The entries that have each reference.
    fn referrers(&self) -> Vec<Vec<u32>> {
        let mut from = vec![Vec::new(); self.references.len()];
        let spans = self.starts.iter().zip(self.starts.iter().skip(1));
        for (entry, (start, end)) in (0u32..).zip(spans) {
            for item in self.items.get(*start as usize..*end as usize).unwrap_or_default() {
                if let Some(Item::Reference(_, number)) = Item::from_bits(*item)
                    && let Some(entries) = from.get_mut(number as usize)
                {
                    entries.push(entry);
                }
            }
        }
        from
    }

    fn write(&self, book: Book, about: &[(&str, &str)], targets: Vec<u8>) -> Result<Vec<u8>, WriteError> {
        let mut writer = TableWriter::new(kind(book));
        writer.about(about.iter().copied());
        let [(titles, _), (references, reference_rows)] = &self.texts;
        let rows = self.parsed.rows.len();
        writer.section(sections::SYMBOLS, 255, self.symbols.bytes());
        writer.section(sections::TITLES, rows, titles.clone());
        writer.section(sections::PARENTS, rows, numbers(&self.parents));
        writer.section(sections::ENDS, rows, numbers(&self.ends));
        writer.section(sections::NEEDS, rows, self.needs.clone());
        writer.section(sections::STARTS, rows + 1, numbers(&self.starts));
        let items: Vec<u8> = self.items.iter().flat_map(|item| item.to_le_bytes()).collect();
        writer.section(sections::ITEMS, self.items.len(), items);
        writer.section(sections::REFERENCES, *reference_rows, references.clone());
        writer.section(sections::TARGETS, *reference_rows, targets);
        writer.section(sections::MAIN_TERMS, self.main_terms.len(), numbers(&self.main_terms));
        let letters: Vec<u32> =
            self.parsed.letters.iter().flat_map(|(letter, first)| [u32::from(*letter), *first as u32]).collect();
        writer.section(sections::LETTERS, self.parsed.letters.len(), numbers(&letters));
        let (mut ends, mut text, mut postings) = (Vec::new(), Vec::new(), Vec::new());
        for (word, list) in &self.words {
            text.extend(word.as_bytes());
            let mut before = 0;
            for posting in list {
                varint(&mut postings, posting - before);
                before = *posting;
            }
            for end in [text.len(), postings.len()] {
                ends.push(u32::try_from(end).map_err(|_| WriteError::TooMuch)?);
            }
        }
        writer.section(sections::WORDS, self.words.len(), numbers(&ends));
        writer.section(sections::WORD_TEXT, self.words.len(), text);
        writer.section(sections::POSTINGS, self.words.len(), postings);
        writer.finish()
    }
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
