//! Nodes and their texts to the sections of an index.

use super::abbreviations;
use super::model::SearchModel;
use super::source::SearchSource;
use crate::code::Icd10CmCode;
use crate::import::ImportError;
use crate::search::expand::{COMMON_GRAM, Grams, gram_weight, letters};
use crate::search::index::{NO_PARENT, flag};
use crate::search::lists::BLOCK;
use crate::search::normalise::{Word, stem, words};
use crate::search::section as name;
use std::collections::{BTreeMap, BTreeSet};
use superbill_table::{SectionName, TableWriter, WriteError};

/// The bytes of a table that holds only an index.
///
/// # Errors
/// [`ImportError`] where there are more nodes, texts or words than numbers of two bytes can tell apart.
pub fn search_table(source: &SearchSource, model: &SearchModel) -> Result<Vec<u8>, ImportError> {
    let mut writer = TableWriter::new(name::SEARCH_TABLE_KIND);
    for (name, rows, bytes) in search_sections(source, model)? {
        writer.section(name, rows, bytes);
    }
    Ok(writer.finish()?)
}

/// The sections of an index, each with its name, rows and bytes, to be put into any table.
///
/// # Errors
/// [`ImportError`] where there are more nodes, texts or words than numbers of two bytes can tell apart.
pub fn search_sections(
    source: &SearchSource,
    model: &SearchModel,
) -> Result<Vec<(SectionName, usize, Vec<u8>)>, ImportError> {
    let codes: Vec<Icd10CmCode> = source.nodes.keys().copied().collect();
    let number: BTreeMap<Icd10CmCode, usize> = codes.iter().enumerate().map(|(row, code)| (*code, row)).collect();

    let mut vocabulary = Vocabulary::default();
    let titles: Vec<Vec<String>> = source.nodes.values().map(|node| vocabulary.read(&node.title)).collect();
    let texts = texts(source, &number, &mut vocabulary);
    let stems = vocabulary.numbers();
    fits(codes.len())?;
    fits(texts.len())?;
    fits(stems.len())?;
    let numbered = |words: &[String]| -> Vec<u16> {
        words.iter().filter_map(|word| stems.get(word.as_str()).map(|number| *number as u16)).collect()
    };
    let titles: Vec<Vec<u16>> = titles.iter().map(|words| numbered(words)).collect();
    let texts: Vec<Text> = texts.into_iter().map(|text| Text { words: numbered(&text.stems), ..text }).collect();

    let by_title = inverted(titles.iter().map(Vec::as_slice), stems.len());
    let by_text = inverted(texts.iter().map(|text| text.words.as_slice()), stems.len());
    let counts = Counts::of(&titles, &texts, stems.len());

    let mut sections = Vec::new();
    let mut add = |name, rows, bytes| sections.push((name, rows, bytes));
    let averages = [average(titles.iter().map(Vec::len)), average(texts.iter().map(|text| text.words.len()))];
    let facts = [name::LAYOUT, texts.len() as u32, averages[0], averages[1]];
    add(name::FACTS, facts.len(), facts.map(u32::to_le_bytes).concat());
    add(name::NODES, codes.len(), codes.iter().flat_map(|code| code.packed().to_le_bytes()).collect());
    add(name::SHAPES, codes.len() + 1, shapes(source, &codes, &number, &texts));
    add(name::TITLES, codes.len(), rows(titles.iter().map(Vec::as_slice))?);
    add(name::TEXTS, texts.len(), rows(texts.iter().map(|text| text.words.as_slice()))?);
    let text_shape = |text: &Text| {
        let [low, high] = (text.owner as u16).to_le_bytes();
        [low, high, text.kind, 0]
    };
    add(name::TEXT_SHAPES, texts.len(), texts.iter().flat_map(text_shape).collect());
    add(name::WORDS, stems.len(), vocabulary.section());
    let grams = grams(stems.keys().copied());
    add(name::WORD_LISTS, stems.len() + 1, word_lists(&stems, &by_title, &by_text, &counts, &grams));
    let with = by_title.iter().zip(&by_text).map(|(titles, texts)| titles.len() + texts.len());
    add(name::RARITIES, stems.len(), with.map(|with| rarity(with, codes.len())).collect());
    add(name::LETTERS, stems.len(), stems.keys().flat_map(|stem| letters(stem.as_bytes()).to_le_bytes()).collect());
    let flat =
        |lists: &[Vec<u16>]| -> Vec<u8> { lists.iter().flatten().flat_map(|number| number.to_le_bytes()).collect() };
    add(name::TITLE_LIST, by_title.iter().map(Vec::len).sum(), flat(&by_title));
    add(name::TEXT_LIST, by_text.iter().map(Vec::len).sum(), flat(&by_text));
    let pairs = counts.pairs.iter().flatten();
    let bytes: Vec<u8> = pairs.flat_map(|(word, count)| [*word, *count]).flat_map(u16::to_le_bytes).collect();
    add(name::PAIRS, bytes.len() / 4, bytes);
    add(name::GRAMS, grams.len(), gram_section(&grams));
    let (bytes, rows) = abbreviations::section();
    add(name::ABBREVIATIONS, rows, bytes);
    let (bytes, rows) = model.section();
    add(name::NETWORK, rows, bytes);
    Ok(sections)
}

fn fits(count: usize) -> Result<(), ImportError> {
    if count < usize::from(NO_PARENT) { Ok(()) } else { Err(ImportError::Write(WriteError::TooMuch)) }
}

/// A text beside a title.
#[derive(Debug, Clone)]
struct Text {
    owner: usize,
    kind: u8,
    stems: Vec<String>,
    words: Vec<u16>,
}

/// Inclusion terms, then `includes` notes, then references of each node in order; of texts with the same words the first.
fn texts(source: &SearchSource, number: &BTreeMap<Icd10CmCode, usize>, vocabulary: &mut Vocabulary) -> Vec<Text> {
    let mut references: BTreeMap<Icd10CmCode, Vec<&str>> = BTreeMap::new();
    for (code, words) in &source.references {
        references.entry(*code).or_default().push(words);
    }
    let mut texts = Vec::new();
    for (code, node) in &source.nodes {
        let owner = number.get(code).copied().unwrap_or_default();
        let terms = node.inclusion_terms.iter().map(|text| (0, text.as_str()));
        let includes = node.includes.iter().map(|text| (1, text.as_str()));
        let named = references.get(code).into_iter().flatten().map(|text| (2, *text));
        let mut seen = BTreeSet::new();
        for (kind, text) in terms.chain(includes).chain(named) {
            let stems: Vec<String> = words(text).map(|token| stem(&token.word).as_str().to_owned()).collect();
            if !stems.is_empty() && seen.insert(stems) {
                let mut stems = vocabulary.read(text);
                stems.truncate(usize::from(u8::MAX));
                texts.push(Text { owner, kind, stems, words: Vec::new() });
            }
        }
    }
    texts
}

/// Stems with the words that they were made from.
#[derive(Debug, Default)]
struct Vocabulary {
    stems: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Vocabulary {
    /// The stems of a text, which are taken up.
    fn read(&mut self, text: &str) -> Vec<String> {
        let mut stems = Vec::new();
        for token in words(text) {
            let stem = stem(&token.word).as_str().to_owned();
            let shown = text.get(token.span.clone()).unwrap_or_default().to_lowercase();
            *self.stems.entry(stem.clone()).or_default().entry(shown).or_default() += 1;
            stems.push(stem);
        }
        stems
    }

    fn numbers(&self) -> BTreeMap<&str, usize> {
        self.stems.keys().enumerate().map(|(number, stem)| (stem.as_str(), number)).collect()
    }

    /// Each stem with the word that it is most often made from.
    fn section(&self) -> Vec<u8> {
        let mut body = Vec::new();
        let mut offsets = Vec::new();
        let base = (self.stems.len() + 1) * 4;
        for (stem, shown) in &self.stems {
            offsets.push(base + body.len());
            let most = shown.iter().max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)));
            body.extend(stem.as_bytes());
            body.push(0);
            body.extend(most.map_or(stem.as_str(), |(word, _)| word).as_bytes());
        }
        offsets.push(base + body.len());
        let offsets = offsets.iter().flat_map(|offset| (*offset as u32).to_le_bytes());
        offsets.chain(body.iter().copied()).collect()
    }
}

/// For each word the rows that have it.
fn inverted<'r>(rows: impl Iterator<Item = &'r [u16]>, words: usize) -> Vec<Vec<u16>> {
    let mut lists = vec![Vec::new(); words];
    for (row, numbers) in rows.enumerate() {
        let distinct: BTreeSet<u16> = numbers.iter().copied().collect();
        for word in distinct {
            if let Some(list) = lists.get_mut(usize::from(word)) {
                list.push(row as u16);
            }
        }
    }
    lists
}

/// What words of notes and words of their owners' titles have to do with each other.
struct Counts {
    /// Notes with each word.
    notes: Vec<u16>,
    /// Notes whose owner's title has each word.
    titles: Vec<u16>,
    /// For each word of a note the other words of titles that went with it, and how often.
    pairs: Vec<Vec<(u16, u16)>>,
}

impl Counts {
    fn of(titles: &[Vec<u16>], texts: &[Text], words: usize) -> Self {
        let mut notes = vec![0u16; words];
        let mut with_title = vec![0u16; words];
        let mut pairs: BTreeMap<(u16, u16), u16> = BTreeMap::new();
        let raise = |counts: &mut Vec<u16>, word: u16| {
            if let Some(count) = counts.get_mut(usize::from(word)) {
                *count = count.saturating_add(1);
            }
        };
        for text in texts {
            let own: BTreeSet<u16> = text.words.iter().copied().collect();
            let title: BTreeSet<u16> = titles.get(text.owner).into_iter().flatten().copied().collect();
            own.iter().for_each(|word| raise(&mut notes, *word));
            title.iter().for_each(|word| raise(&mut with_title, *word));
            for word in &own {
                for other in title.iter().filter(|other| *other != word) {
                    *pairs.entry((*word, *other)).or_default() += 1;
                }
            }
        }
        let mut lists = vec![Vec::new(); words];
        for ((word, other), count) in pairs {
            // A word of one note alone: whoever asks with it finds that note.
            let alone = notes.get(usize::from(word)) == Some(&1);
            if let Some(list) = lists.get_mut(usize::from(word)).filter(|_| !alone) {
                list.push((other, count));
            }
        }
        Self { notes, titles: with_title, pairs: lists }
    }
}

fn shapes(
    source: &SearchSource,
    codes: &[Icd10CmCode],
    number: &BTreeMap<Icd10CmCode, usize>,
    texts: &[Text],
) -> Vec<u8> {
    let mut out = Vec::new();
    for (row, (code, node)) in source.nodes.iter().enumerate() {
        let parent = (3..code.len()).rev().filter_map(|count| code.prefix(count)).find_map(|code| number.get(&code));
        let end = codes.partition_point(|other| other.packed() <= code.last_below());
        let first_text = texts.partition_point(|text| text.owner < row);
        let parent = parent.map_or(NO_PARENT, |parent| *parent as u16);
        for value in [parent, end as u16, first_text as u16] {
            out.extend(value.to_le_bytes());
        }
        out.extend([flags(&node.title, node.newest), 0]);
    }
    for value in [NO_PARENT, codes.len() as u16, texts.len() as u16, 0] {
        out.extend(value.to_le_bytes());
    }
    out
}

fn flags(title: &str, newest: bool) -> u8 {
    let words: Vec<Word> = words(title).map(|token| token.word).collect();
    let has = |word: &str| words.iter().any(|other| other.as_bytes() == word.as_bytes());
    let first = |word: &str| words.first().is_some_and(|first| first.as_bytes() == word.as_bytes());
    let bits = [
        (has("unspecified"), flag::UNSPECIFIED),
        (first("other") || has("other") && has("specified"), flag::OTHER),
        (has("left"), flag::LEFT),
        (has("right"), flag::RIGHT),
        (has("bilateral"), flag::BILATERAL),
        (has("elsewhere"), flag::ELSEWHERE),
        (newest, flag::NEWEST),
        (has("without"), flag::WITHOUT),
    ];
    bits.iter().filter(|(is, _)| *is).fold(0, |all, (_, bit)| all | bit)
}

fn average(lengths: impl Iterator<Item = usize> + Clone) -> u32 {
    let rows = lengths.clone().count().max(1);
    ((lengths.sum::<usize>() * 16 / rows) as u32).max(1)
}

/// The section of [`crate::search::lists::Rows`].
fn rows<'r>(rows: impl Iterator<Item = &'r [u16]> + Clone) -> Result<Vec<u8>, ImportError> {
    let (mut offsets, mut lengths, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    for (row, words) in rows.enumerate() {
        if row % BLOCK == 0 {
            offsets.extend(((numbers.len() / 2) as u32).to_le_bytes());
        }
        lengths.push(u8::try_from(words.len()).map_err(|_| ImportError::Write(WriteError::Text { row }))?);
        numbers.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    }
    Ok([offsets, lengths, numbers].concat())
}

fn grams<'w>(stems: impl Iterator<Item = &'w str>) -> BTreeMap<u32, Vec<u16>> {
    let mut grams: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
    for (number, stem) in stems.enumerate() {
        let mut of = Grams::new(stem.as_bytes());
        while let Some(gram) = of.next_gram() {
            let list = grams.entry(u32::from_be_bytes(gram)).or_default();
            if list.last() != Some(&(number as u16)) {
                list.push(number as u16);
            }
        }
    }
    grams
}

fn gram_section(grams: &BTreeMap<u32, Vec<u16>>) -> Vec<u8> {
    let mut out: Vec<u8> = grams.keys().flat_map(|key| key.to_le_bytes()).collect();
    let mut start = 0u32;
    for list in grams.values() {
        out.extend(start.to_le_bytes());
        start += list.len() as u32;
    }
    out.extend(start.to_le_bytes());
    out.extend(grams.values().flatten().flat_map(|number| number.to_le_bytes()));
    out
}

fn word_lists(
    stems: &BTreeMap<&str, usize>,
    by_title: &[Vec<u16>],
    by_text: &[Vec<u16>],
    counts: &Counts,
    grams: &BTreeMap<u32, Vec<u16>>,
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut starts = [0u32; 3];
    let length = |lists: &[Vec<u16>], row: usize| lists.get(row).map_or(0, Vec::len);
    for (row, stem) in stems.keys().enumerate() {
        starts.iter().for_each(|start| out.extend(start.to_le_bytes()));
        let (titles, texts) = (length(by_title, row), length(by_text, row));
        let lengths = [titles, texts, counts.pairs.get(row).map_or(0, Vec::len)];
        starts.iter_mut().zip(lengths).for_each(|(start, length)| *start += length as u32);
        let mut size = 0u64;
        let mut of = Grams::new(stem.as_bytes());
        while let Some(gram) = of.next_gram() {
            let with = grams.get(&u32::from_be_bytes(gram)).map_or(0, Vec::len);
            if with <= COMMON_GRAM {
                size += u64::from(gram_weight(with, stems.len())).pow(2);
            }
        }
        let count = |counts: &[u16]| counts.get(row).copied().unwrap_or(0);
        for number in [count(&counts.notes), count(&counts.titles), size.isqrt() as u16] {
            out.extend(number.to_le_bytes());
        }
        out.extend([0; 2]);
    }
    starts.iter().for_each(|start| out.extend(start.to_le_bytes()));
    out.extend([0; 8]);
    out
}

/// Sixteenths of the natural logarithm of how many nodes there are for each that has a word. In whole numbers: the same everywhere.
fn rarity(with: usize, nodes: usize) -> u8 {
    let ratio = ((nodes as u64 + 1) << 16) / (2 * with as u64 + 1) * 2;
    // The binary logarithm with eight bits behind the point, by squaring.
    let whole = ratio.max(1).ilog2();
    let mut mantissa = (ratio << (63 - whole)) >> 32;
    let mut log = u64::from(whole);
    for _ in 0..8 {
        mantissa = (mantissa * mantissa) >> 31;
        log <<= 1;
        if mantissa >> 32 != 0 {
            log |= 1;
            mantissa >>= 1;
        }
    }
    let log = log.saturating_sub(16 << 8);
    // 0.693147 of it is the natural one; sixteenths.
    ((log * 16 * 45_426) >> 24).clamp(1, 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarity_is_the_logarithm() {
        for with in [1usize, 2, 7, 100, 5000, 40_000] {
            let exact = (47_001.0 / (with as f64 + 0.5)).ln() * 16.0;
            let found = f64::from(rarity(with, 47_000));
            assert!((found - exact).abs() <= 1.2, "{with}: {found} for {exact}");
        }
    }
}
