//! Symbols for the compression of descriptors.

use std::collections::BTreeMap;
use superbill_table::SymbolTable;

/// Longest symbol.
const LONGEST: usize = 8;
/// Most symbols.
const SYMBOLS: usize = 255;
/// Most bytes that are counted.
const SAMPLE: usize = 200_000;

/// Every byte that occurs, and the pieces of two to eight bytes that stand for most: a piece counts for what it adds to the pieces taken within it.
pub(super) fn train(texts: &[&str]) -> SymbolTable {
    let whole: usize = texts.iter().map(|text| text.len()).sum();
    let mut single = vec![false; 256];
    let mut pieces: BTreeMap<&[u8], usize> = BTreeMap::new();
    for text in texts {
        for byte in text.bytes() {
            if let Some(seen) = single.get_mut(usize::from(byte)) {
                *seen = true;
            }
        }
    }
    for text in texts.iter().step_by((whole / SAMPLE).max(1)) {
        for length in 2..=LONGEST {
            for piece in text.as_bytes().windows(length) {
                *pieces.entry(piece).or_default() += 1;
            }
        }
    }
    let mut symbols: Vec<Vec<u8>> =
        (0..=u8::MAX).zip(&single).filter(|(_, seen)| **seen).map(|(byte, _)| vec![byte]).collect();
    let mut gains: Vec<(usize, &[u8])> = pieces
        .into_iter()
        .filter(|(_, times)| *times > 2)
        .map(|(piece, times)| (times * (piece.len() - 1), piece))
        .collect();
    gains.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    let mut taken: Vec<&[u8]> = Vec::new();
    for (_, piece) in gains {
        if symbols.len() + taken.len() >= SYMBOLS {
            break;
        }
        // A piece within a taken one of nearly its length adds little.
        let covered = taken.iter().any(|other| {
            other.len() > piece.len()
                && other.len() - piece.len() <= 2
                && other.windows(piece.len()).any(|part| part == piece)
        });
        if !covered {
            taken.push(piece);
        }
    }
    symbols.extend(taken.into_iter().map(<[u8]>::to_vec));
    SymbolTable::new(symbols)
}
