//! Symbols that compress some texts well.

use super::SymbolTable;
use std::collections::BTreeMap;

/// Rounds of training: each joins symbols of the round before.
const ROUNDS: usize = 5;
/// Most bytes that are looked at in each round.
const SAMPLE: usize = 400_000;
/// Most symbols.
const SYMBOLS: usize = 255;
/// Most bytes of a symbol.
const LONGEST: usize = 8;

impl SymbolTable {
    /// Symbols that save most on some texts: from single bytes on, those that occur, alone and joined with the next, are weighed by the bytes that they
    /// stand for, and the heaviest are kept (after Boncz, Neumann and Leis, FSST, 2020).
    #[must_use]
    pub fn train(texts: &[&[u8]]) -> Self {
        let whole: usize = texts.iter().map(|text| text.len()).sum();
        let step = (whole / SAMPLE).max(1);
        let mut symbols: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for _ in 0..ROUNDS {
            let mut gains: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
            for text in texts.iter().step_by(step) {
                let mut before: Option<&[u8]> = None;
                let mut rest = *text;
                while !rest.is_empty() {
                    let longest = (1..=LONGEST.min(rest.len())).rev().filter_map(|length| rest.get(..length));
                    let found = longest.into_iter().find(|piece| piece.len() == 1 || symbols.contains_key(*piece));
                    let Some(found) = found else { break };
                    *gains.entry(found.to_vec()).or_default() += found.len();
                    if let Some(joined) =
                        before.map(|before| [before, found].concat()).filter(|joined| joined.len() <= LONGEST)
                    {
                        let length = joined.len();
                        *gains.entry(joined).or_default() += length;
                    }
                    before = Some(found);
                    rest = rest.get(found.len()..).unwrap_or_default();
                }
            }
            let mut heaviest: Vec<(Vec<u8>, usize)> = gains.into_iter().collect();
            heaviest.sort_by(|(one, gain), (other, other_gain)| other_gain.cmp(gain).then_with(|| one.cmp(other)));
            heaviest.truncate(SYMBOLS);
            symbols = heaviest.into_iter().collect();
        }
        Self::new(symbols.into_keys())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_often_is_one_symbol() {
        let texts = ["swelling of hand", "swelling of foot", "swelling of arm"].map(str::as_bytes);
        let symbols = SymbolTable::train(&texts.repeat(20));
        assert!(symbols.compress(b"swelling of foot").len() <= 5);
        let packed = symbols.compress(b"swelling of hand");
        assert_eq!(
            packed,
            SymbolTable::train(&texts.repeat(20)).compress(b"swelling of hand"),
            "the same texts give the same symbols"
        );
        assert_eq!(SymbolTable::train(&[]).compress(b"a").len(), 2);
    }
}
