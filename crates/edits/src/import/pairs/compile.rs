//! From rows to the sections of a table.

use super::parts::is_complete;
use super::text::{Reader, Row};
use super::{ImportError, ImportedPairs};
use crate::pairs::{
    ATTRIBUTES, Attributes, BLOCK_ROWS, BLOCKS, COVERAGE, Coverage, FACTS, FIRSTS, HIGH, NO_CODE, OFFSETS, PairSetting,
    Pairs, RATIONALES, SHARES, write_codes,
};
use crate::program::Program;
use crate::quarter::Quarter;
use crate::service_code::ServiceCode;
use core::cmp::Reverse;
use std::collections::HashMap;
use superbill_table::{TableWriter, WriteError};

pub(super) fn table(
    mut reader: Reader,
    coverage: &Coverage,
    setting: PairSetting,
    program: Program,
    quarter: Quarter,
) -> Result<ImportedPairs, ImportError> {
    order(&mut reader.rows);
    let codes = Codes::of(&reader.rows);
    let keys: Vec<ServiceCode> = codes.all().collect();
    if keys.len() > usize::from(NO_CODE) {
        return Err(ImportError::File("the files name more than 32,767 codes: no official ones do"));
    }
    let rows = u32::try_from(reader.rows.len()).map_err(|_| WriteError::TooMuch)? as usize;
    let numbers = Numbers::of(&reader.rows)?;
    let room = rows.div_ceil(BLOCK_ROWS) + keys.len();
    let mut offsets: Vec<u32> = Vec::with_capacity(keys.len() + 1);
    let mut blocks: Vec<u8> = Vec::with_capacity(room * 4 * BLOCK_ROWS);
    let mut firsts: Vec<u8> = Vec::with_capacity(room * 2);
    let mut high: Vec<u8> = Vec::new();
    let mut uses = vec![0u32; keys.len()];
    let mut count = 0u32;
    for group in reader.rows.chunk_by(|one, other| one.column1 == other.column1) {
        let column1 = group.first().map(|row| usize::from(codes.ordinal(row.column1))).unwrap_or_default();
        while offsets.len() <= column1 {
            offsets.push(count);
        }
        let mut rest = group;
        while let Some((chunk, behind)) = rest.split_at_checked(block_rows(rest)?) {
            if chunk.is_empty() {
                break;
            }
            rest = behind;
            let (mut columns, mut attributes) = ([NO_CODE; BLOCK_ROWS], [0u16; BLOCK_ROWS]);
            let mut upper = [0u8; BLOCK_ROWS];
            for (((column2, number), upper), edit) in columns.iter_mut().zip(&mut attributes).zip(&mut upper).zip(chunk)
            {
                *column2 = codes.ordinal(edit.column2);
                if let Some(uses) = uses.get_mut(usize::from(*column2)) {
                    *uses += 1;
                }
                let all = numbers.number(edit.attributes);
                *number = all as u16;
                *upper = (all >> 16) as u8;
            }
            firsts.extend(columns.first().copied().unwrap_or_default().to_le_bytes());
            blocks.extend(columns.into_iter().chain(attributes).flat_map(u16::to_le_bytes));
            if numbers.all.len() > 1 << 16 {
                high.extend(upper);
            }
            count += 1;
        }
    }
    offsets.resize(keys.len() + 1, count);
    firsts.extend([NO_CODE; BLOCK_ROWS].into_iter().flat_map(u16::to_le_bytes));

    let mut writer = TableWriter::new(Pairs::kind(setting));
    let (day, count, parts) = (quarter.first().to_string(), rows.to_string(), is_complete(coverage));
    writer.about([
        ("release", day.as_str()),
        ("source", "National Correct Coding Initiative, procedure-to-procedure edits, Centers for Medicare & Medicaid Services"),
        ("rows", count.as_str()),
        ("program", program.name()),
        ("complete", if parts { "yes" } else { "no" }),
        ("notice", "CPT codes are copyright American Medical Association"),
    ]);
    let mut facts = vec![program as u8, 0, 0, 0];
    let days = [Some(quarter.first()), quarter.days().last()];
    facts.extend(days.into_iter().flatten().flat_map(|day| day.ccyymmdd().to_le_bytes()));
    writer.section(FACTS, 1, facts);
    write_codes(&keys, &mut writer);
    writer.section(OFFSETS, offsets.len(), offsets.into_iter().flat_map(u32::to_le_bytes).collect());
    writer.section(FIRSTS, firsts.len() / 2, firsts);
    writer.section(SHARES, keys.len(), shares(&uses));
    writer.section(BLOCKS, rows, blocks);
    if numbers.all.len() > 1 << 16 {
        writer.section(HIGH, high.len(), high);
    }
    writer.section(ATTRIBUTES, numbers.all.len(), numbers.all.iter().flat_map(|one| one.bytes()).collect());
    writer.section(RATIONALES, reader.rationales.len(), reader.rationale_lines());
    let bounds = coverage.iter().flat_map(|(first, last)| [*first as u32, *last as u32]);
    writer.section(COVERAGE, coverage.len(), bounds.flat_map(u32::to_le_bytes).collect());
    Ok(ImportedPairs { bytes: writer.finish()?, release: quarter, rows, codes: keys.len(), complete: parts })
}

/// How many of the rows of a code in column 1 make the next block: as many as fit without parting a pair.
fn block_rows(rows: &[Row]) -> Result<usize, ImportError> {
    let Some((block, [next, ..])) = rows.split_at_checked(BLOCK_ROWS) else { return Ok(rows.len()) };
    let parted = block.iter().rev().take_while(|row| row.column2 == next.column2).count();
    if parted == BLOCK_ROWS {
        return Err(ImportError::File("the files have more than 16 edits of one pair: no official ones do"));
    }
    Ok(BLOCK_ROWS - parted)
}

/// What [`SHARES`] says, from how many rows have each code in column 2.
fn shares(uses: &[u32]) -> Vec<u8> {
    let all = uses.iter().map(|uses| u64::from(*uses)).sum::<u64>().max(1);
    let before = uses.iter().scan(0u64, |sum, uses| {
        let before = *sum;
        *sum += u64::from(*uses);
        Some(before)
    });
    before
        .flat_map(|before| ((before << 16) / all).min(u64::from(u16::MAX)).to_le_bytes().into_iter().take(2))
        .collect()
}

/// Orders rows by their codes, those of one pair with the newest first. Official files are in the order of codes already.
fn order(rows: &mut [Row]) {
    if !rows.is_sorted_by_key(|row| (row.column1, row.column2)) {
        rows.sort_by_key(|row| (row.column1, row.column2));
    }
    for pair in rows.chunk_by_mut(|one, other| (one.column1, one.column2) == (other.column1, other.column2)) {
        pair.sort_by_key(|row| (Reverse(row.attributes.effective), Reverse(row.attributes.deletion)));
    }
}

/// The codes of all rows, and the ordinal of each: a bit for each possible key, and how many stand before each word of bits.
struct Codes {
    bits: Vec<u64>,
    before: Vec<u32>,
}

impl Codes {
    fn of(rows: &[Row]) -> Self {
        // Five characters of 36, and zero, which is no key.
        let mut bits = vec![0u64; 36usize.pow(5) / 64 + 1];
        for key in rows.iter().flat_map(|row| [row.column1, row.column2]) {
            if let Some(word) = bits.get_mut(key as usize / 64) {
                *word |= 1 << (key % 64);
            }
        }
        let mut count = 0;
        let mut before = Vec::with_capacity(bits.len());
        for word in &bits {
            before.push(count);
            count += word.count_ones();
        }
        Self { bits, before }
    }

    fn all(&self) -> impl Iterator<Item = ServiceCode> {
        (0u64..).zip(&self.bits).filter(|(_, word)| **word != 0).flat_map(|(at, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).filter_map(move |bit| ServiceCode::from_key(at * 64 + bit))
        })
    }

    #[inline]
    fn ordinal(&self, key: u32) -> u16 {
        let (word, bit) = (key as usize / 64, key % 64);
        let below = self.bits.get(word).map_or(0, |word| (word & ((1 << bit) - 1)).count_ones());
        // INVARIANT: there are at most 32,767 codes.
        (self.before.get(word).copied().unwrap_or_default() + below) as u16
    }
}

/// The attributes of all rows, each once, by how often they are used.
struct Numbers {
    all: Vec<Attributes>,
    of: HashMap<Attributes, u32>,
}

impl Numbers {
    fn of(rows: &[Row]) -> Result<Self, WriteError> {
        // The count, and the first row, so that the order is always the same.
        let mut counts: HashMap<Attributes, (u32, u32)> = HashMap::new();
        for (row, same) in (0u32..).zip(rows.chunk_by(|one, other| one.attributes == other.attributes)) {
            if let Some(first) = same.first() {
                counts.entry(first.attributes).or_insert((0, row)).0 += same.len() as u32;
            }
        }
        let mut all: Vec<(Attributes, (u32, u32))> = counts.into_iter().collect();
        all.sort_by_key(|(_, (count, row))| (Reverse(*count), *row));
        if all.len() > 1 << 24 {
            return Err(WriteError::TooMuch);
        }
        let all: Vec<Attributes> = all.into_iter().map(|(attributes, _)| attributes).collect();
        let of = all.iter().copied().zip(0..).collect();
        Ok(Self { all, of })
    }

    fn number(&self, attributes: Attributes) -> u32 {
        // INVARIANT: those of all rows were counted.
        self.of.get(&attributes).copied().unwrap_or_default()
    }
}
