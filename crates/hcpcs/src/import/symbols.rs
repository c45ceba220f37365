//! Symbols that compress the titles of a table well.

use std::collections::HashMap;
use superbill_table::SymbolTable;

/// Rounds of training.
const ROUNDS: usize = 5;
/// Most bytes that are looked at in a round.
const SAMPLE: usize = 1 << 16;
/// Most bytes of a symbol.
const LONGEST: usize = 8;

/// Symbols for these texts, found by pairing the symbols of the round before: those that save most are kept.
pub(crate) fn train(texts: &[&[u8]]) -> SymbolTable {
    let all: usize = texts.iter().map(|text| text.len()).sum();
    let step = all / SAMPLE + 1;
    let sample: Vec<&[u8]> = texts.iter().step_by(step).copied().collect();
    let mut symbols: Vec<Vec<u8>> = Vec::new();
    for _ in 0..ROUNDS {
        let table = SymbolTable::new(symbols.iter().cloned());
        let mut gains: HashMap<Vec<u8>, u64> = HashMap::new();
        for text in &sample {
            let packed = table.compress(text);
            let pieces = pieces(&packed, &symbols);
            for piece in &pieces {
                *gains.entry((*piece).to_vec()).or_default() += piece.len() as u64;
            }
            for (one, next) in pieces.iter().zip(pieces.iter().skip(1)) {
                let pair = [*one, *next].concat();
                if pair.len() <= LONGEST {
                    *gains.entry(pair.clone()).or_default() += pair.len() as u64;
                }
            }
        }
        let mut ranked: Vec<(u64, Vec<u8>)> = gains.into_iter().map(|(symbol, gain)| (gain, symbol)).collect();
        ranked.sort_unstable_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        symbols = ranked.into_iter().take(255).map(|(_, symbol)| symbol).collect();
    }
    SymbolTable::new(symbols)
}

/// The symbols, or single bytes, that a compressed text consists of.
fn pieces<'s>(packed: &'s [u8], symbols: &'s [Vec<u8>]) -> Vec<&'s [u8]> {
    let mut out = Vec::new();
    let mut rest = packed;
    while let Some((code, after)) = rest.split_first() {
        if let Some(symbol) = symbols.get(usize::from(*code)) {
            out.push(symbol.as_slice());
            rest = after;
        } else {
            // The code that says: the next byte stands for itself.
            let (byte, after) = after.split_at_checked(1).unwrap_or((&[], &[]));
            out.push(byte);
            rest = after;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_often_there_becomes_short() {
        let texts = ["Injection, one milligram", "Injection, two milligram", "Injection, per milligram"];
        let texts: Vec<&[u8]> = texts.iter().cycle().take(300).map(|text| text.as_bytes()).collect();
        let table = train(&texts);
        assert!(table.compress(texts[0]).len() <= 5, "{}", table.compress(texts[0]).len());
        assert_eq!(table.bytes(), train(&texts).bytes(), "the same texts give the same symbols");
    }
}
