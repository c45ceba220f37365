//! Invariants of tables: what is written is read, and bytes that are not what was written do no harm.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, missing_docs, reason = "tests")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use superbill_table::{
    ByteView, KeysWriter, MAX_TEXT_BYTES, MapWriter, PackedMap, SectionName, SortedKeys, SymbolTable, Symbols, Table,
    TableWriter, TextBody, TextBuffer, Texts, TextsWriter, checks,
};

const KIND: SectionName = SectionName::new("properties");
const SLOTS: SectionName = SectionName::new("slots");
const ORDINALS: SectionName = SectionName::new("ordinals");
const PILOTS: SectionName = SectionName::new("pilots");
const MAP: SectionName = SectionName::new("map");
const KEYS: SectionName = SectionName::new("keys");
const SYMBOLS: SectionName = SectionName::new("symbols");
const TEXTS: SectionName = SectionName::new("texts");
const NUMBERS: SectionName = SectionName::new("numbers");
/// Where the directory begins.
const HEADER: usize = 64;
/// Bytes of a directory entry.
const ENTRY: usize = 48;
/// Bits of a key.
const KEY_BITS: u32 = 42;

/// Ascending keys: of the whole range, dense ones, and ones that share characters as codes of one category do.
fn keys(most: usize) -> impl Strategy<Value = Vec<u64>> {
    let any_key = 1..1u64 << KEY_BITS;
    let code_like = prop::collection::vec(prop::sample::select(vec![0u64, 1, 2, 62, 63]), 7)
        .prop_map(|characters| characters.iter().fold(0, |key, value| key << 6 | value).max(1));
    let dense = (1..1u64 << 41, 0..most as u64).prop_map(|(first, count)| (first..first + count).collect());
    prop_oneof![prop::collection::btree_set(any_key, 0..most), prop::collection::btree_set(code_like, 0..most), dense,]
        .prop_map(|keys: BTreeSet<u64>| keys.into_iter().collect())
}

/// The classes that the smallest map has room for, by what the key is.
fn classes(keys: &[u64]) -> Vec<u32> {
    keys.iter().map(|key| (key % 3) as u32).collect()
}

#[derive(Debug, Clone, PartialEq)]
enum Row {
    Absent,
    Text(String),
    Derived(u8),
}

fn cut(mut text: String) -> String {
    while text.len() > MAX_TEXT_BYTES {
        text.pop();
    }
    text
}

/// A text: any characters, often with the beginning that others have, sometimes as long as a text may be.
fn text() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec!["", "Sprain of ", "Sprain of unspecified site of ", "é", "ü", "\u{1F600}"]);
    let rest = prop_oneof![
        4 => "[ a-z]{0,12}",
        2 => "\\PC{0,12}",
        1 => prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        1 => (any::<char>(), 480..560usize).prop_map(|(one, count)| one.to_string().repeat(count)),
    ];
    (start, rest).prop_map(|(start, rest)| cut(format!("{start}{rest}")))
}

fn rows() -> impl Strategy<Value = Vec<(u8, Row)>> {
    let row = prop_oneof![
        1 => Just(Row::Absent),
        1 => any::<u8>().prop_map(Row::Derived),
        4 => text().prop_map(Row::Text),
    ];
    prop::collection::vec((0..64u8, row), 0..70)
}

/// Symbols, of which some do not fit and are left out.
fn symbols() -> impl Strategy<Value = SymbolTable> {
    let symbol = prop_oneof![
        3 => prop::sample::select(vec!["Sprain", " of ", "un", "specifie", "d", "a", "e", " ", "too long a symbol"]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..10),
    ];
    prop::collection::vec(symbol, 0..12).prop_map(SymbolTable::new)
}

fn write_texts(symbols: &SymbolTable, rows: &[(u8, Row)]) -> (Vec<u8>, usize) {
    let mut writer = TextsWriter::new(symbols);
    for (mark, row) in rows {
        match row {
            Row::Absent => writer.absent(*mark),
            Row::Text(text) => writer.text(*mark, text),
            Row::Derived(suffix) => writer.derived(*mark, *suffix),
        }
        .unwrap();
    }
    writer.finish().unwrap()
}

fn write_table(keys: &[u64], symbols: &SymbolTable, rows: &[(u8, Row)], numbers: &[u8]) -> Vec<u8> {
    let map = MapWriter::build(keys, &classes(keys)).unwrap();
    let mut writer = TableWriter::new(KIND);
    writer.section(SLOTS, keys.len(), map.slots);
    writer.section(ORDINALS, keys.len(), map.ordinals);
    writer.section(PILOTS, keys.len(), map.pilots);
    writer.section(MAP, 1, map.parameters);
    writer.section(KEYS, keys.len(), KeysWriter::build(keys).unwrap().bytes);
    writer.section(SYMBOLS, 255, symbols.bytes());
    let (texts, count) = write_texts(symbols, rows);
    writer.section(TEXTS, count, texts);
    writer.section(NUMBERS, numbers.len(), numbers.to_vec());
    writer.finish().unwrap()
}

fn tables() -> impl Strategy<Value = Vec<u8>> {
    (keys(60), symbols(), rows(), prop::collection::vec(any::<u8>(), 0..40))
        .prop_map(|(keys, symbols, rows, numbers)| write_table(&keys, &symbols, &rows, &numbers))
}

/// The places of the sections' bytes.
fn places(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let table = Table::open(bytes, KIND).unwrap();
    let place = |section: &[u8]| section.as_ptr() as usize - bytes.as_ptr() as usize;
    table.sections().map(|(_, _, section)| place(section)..place(section) + section.len()).collect()
}

proptest! {
    #[test]
    fn every_key_maps_to_its_ordinal(keys in keys(400)) {
        let written = MapWriter::build(&keys, &classes(&keys)).unwrap();
        let map = PackedMap::new(&written.slots, &written.ordinals, &written.pilots, &written.parameters).unwrap();
        for (ordinal, key) in (0..).zip(&keys) {
            prop_assert_eq!(map.ordinal(*key), Some(ordinal));
            prop_assert_eq!(map.class(*key), Some((key % 3) as u32));
        }
    }

    #[test]
    fn absent_keys_map_to_nothing(keys in keys(200), others in prop::collection::vec(any::<u64>(), 0..50)) {
        let written = MapWriter::build(&keys, &classes(&keys)).unwrap();
        let map = PackedMap::new(&written.slots, &written.ordinals, &written.pilots, &written.parameters).unwrap();
        let near = keys.iter().flat_map(|key| [key - 1, key + 1, key ^ 1 << 41, key | 1 << KEY_BITS, key << 22]);
        let low = others.iter().map(|key| key >> 22);
        for key in near.chain(others.iter().copied()).chain(low).filter(|key| keys.binary_search(key).is_err()) {
            prop_assert_eq!((map.ordinal(key), map.class(key)), (None, None), "key {}", key);
        }
    }

    #[test]
    fn keys_are_read_back_in_order(keys in keys(200), from in any::<Index>()) {
        let bytes = KeysWriter::build(&keys).unwrap().bytes;
        let view = SortedKeys::new(&bytes, keys.len());
        prop_assert_eq!((view.len(), view.is_empty()), (keys.len(), keys.is_empty()));
        prop_assert!(view.from(0).eq(keys.iter().copied().enumerate()));
        let start = from.index(keys.len() + 1);
        prop_assert!(view.from(start).eq(keys.iter().copied().enumerate().skip(start)));
        for (ordinal, key) in keys.iter().enumerate() {
            prop_assert_eq!(view.key(ordinal), Some(*key));
        }
        prop_assert_eq!(view.key(keys.len()), None);
    }

    #[test]
    fn lower_bound_equals_naive(keys in keys(200), others in prop::collection::vec(any::<u64>(), 0..20)) {
        let bytes = KeysWriter::build(&keys).unwrap().bytes;
        let view = SortedKeys::new(&bytes, keys.len());
        let near = keys.iter().flat_map(|key| [key - 1, *key, key + 1]);
        let low = others.iter().map(|key| key >> 22);
        for key in near.chain(others.iter().copied()).chain(low).chain([0, u64::MAX]) {
            let naive = keys.iter().position(|other| *other >= key).unwrap_or(keys.len());
            prop_assert_eq!(view.lower_bound(key), naive, "key {}", key);
        }
    }

    #[test]
    fn texts_are_read_back_equal(rows in rows(), symbols in symbols(), order in any::<Index>()) {
        let (bytes, count) = write_texts(&symbols, &rows);
        prop_assert_eq!(count, rows.len());
        let symbols = symbols.bytes();
        let texts = Texts::new(&bytes, count, Symbols::new(&symbols).unwrap());
        // One buffer for all, in an order that is not the writer's.
        let mut buffer = TextBuffer::default();
        let start = order.index(rows.len().max(1));
        for at in (start..rows.len()).chain((0..start).rev()) {
            let (mark, row) = &rows[at];
            let record = texts.read(at, &mut buffer).unwrap();
            prop_assert_eq!(record.mark, *mark);
            match row {
                Row::Absent => prop_assert_eq!(record.body, TextBody::Absent),
                Row::Derived(suffix) => prop_assert_eq!(record.body, TextBody::Derived { suffix: *suffix }),
                Row::Text(text) => {
                    prop_assert_eq!(record.body, TextBody::Text);
                    prop_assert_eq!(buffer.as_str(), Some(text.as_str()));
                }
            }
        }
        prop_assert_eq!(texts.read(rows.len(), &mut buffer), None);
    }

    #[test]
    fn compressing_costs_at_most_an_escape_a_byte(text in text(), symbols in symbols()) {
        let packed = symbols.compress(text.as_bytes());
        prop_assert!(packed.len() <= 2 * text.len());
        prop_assert!(packed.len() * 8 >= text.len());
    }

    #[test]
    fn numbers_are_read_back_at_both_widths(numbers in prop::collection::vec(any::<u16>(), 0..50)) {
        let wide: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let narrow: Vec<u8> = numbers.iter().map(|number| *number as u8).collect();
        let (wide, narrow) = (ByteView::new(&wide, numbers.len()).unwrap(), ByteView::new(&narrow, numbers.len()).unwrap());
        for (row, number) in numbers.iter().enumerate() {
            prop_assert_eq!(wide.at(row), Some(*number));
            prop_assert_eq!(narrow.at(row), Some(number & 0xFF));
        }
    }

    #[test]
    fn same_input_same_bytes(keys in keys(100), symbols in symbols(), rows in rows(), numbers in prop::collection::vec(any::<u8>(), 0..40)) {
        let one = write_table(&keys, &symbols, &rows, &numbers);
        prop_assert_eq!(&one, &write_table(&keys.clone(), &symbols.clone(), &rows.clone(), &numbers.clone()));
        let table = Table::open(&one, KIND).unwrap();
        prop_assert_eq!(table.verify(), Ok(()));
        prop_assert_eq!(table.section(NUMBERS), Some((&numbers[..], numbers.len())));
        prop_assert_eq!(checks::check_open(&one), Ok(()));
    }

    #[test]
    fn damaged_bytes_never_panic_and_verify_notices(
        bytes in tables(),
        damage in prop::collection::vec((any::<Index>(), 1..=255u8), 1..4),
    ) {
        let mut damaged = bytes.clone();
        for (at, flip) in &damage {
            damaged[at.index(bytes.len())] ^= flip;
        }
        prop_assert_eq!(checks::check_open(&damaged), Ok(()));
        let directory = HEADER..HEADER + ENTRY * places(&bytes).len();
        let watched = places(&bytes).into_iter().chain([directory, 0..32, 40..48]);
        let changed = watched.flatten().any(|at| bytes[at] != damaged[at]);
        let noticed = Table::open(&damaged, KIND).and_then(|table| table.verify()).is_err();
        prop_assert!(noticed || !changed);
    }

    #[test]
    fn a_table_cut_short_is_not_opened(bytes in tables(), end in any::<Index>()) {
        let short = &bytes[..end.index(bytes.len())];
        prop_assert!(Table::open(short, KIND).is_err());
        prop_assert_eq!(checks::check_open(short), Ok(()));
    }

    #[test]
    fn any_bytes_are_walked(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(checks::check_open(&bytes), Ok(()));
    }

    // A header and a directory that hold, over sections that are anything.
    #[test]
    fn any_sections_are_walked(sections in prop::collection::vec((0..200usize, prop::collection::vec(any::<u8>(), 0..300)), 0..5)) {
        let mut writer = TableWriter::new(KIND);
        for (rows, bytes) in sections {
            writer.section(NUMBERS, rows, bytes);
        }
        prop_assert_eq!(checks::check_open(&writer.finish().unwrap()), Ok(()));
    }
}
