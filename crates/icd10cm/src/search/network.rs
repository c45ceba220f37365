//! A small network that orders candidates: one hidden layer.
//!
//! Only additions, multiplications and comparisons of 4-byte floats in a fixed order: the same on every platform.

use super::expand::BITS;
use superbill_table::u32_at;

/// Hidden units.
pub(crate) const HIDDEN: usize = 32;
/// Most inputs that are put in at once.
const MOST_AT_ONCE: usize = 64;

/// The network in place: inputs and hidden units of 4 bytes each; for each input the weights to the hidden units; their biases; their
/// weights to the output.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Network<'a> {
    inputs: usize,
    rows: &'a [Row],
}

/// The weights from one input to the hidden units.
type Row = [[u8; 4]; HIDDEN];

impl<'a> Network<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Option<Self> {
        let (Some(inputs), Some(hidden)) = (u32_at(bytes, 0), u32_at(bytes, 4)) else { return None };
        let Some((_, weights)) = bytes.split_at_checked(8) else { return None };
        let (weights, rest) = weights.as_chunks::<4>();
        let (rows, more) = weights.as_chunks::<HIDDEN>();
        let right = hidden as usize == HIDDEN && rows.len() == (inputs as usize).saturating_add(2) && more.is_empty();
        if !right || !rest.is_empty() { None } else { Some(Self { inputs: inputs as usize, rows }) }
    }

    #[cfg(feature = "import")]
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// All weights in order.
    #[cfg(feature = "import")]
    pub(crate) fn weights(&self) -> impl Iterator<Item = f32> + use<'a> {
        self.rows.as_flattened().iter().map(|weight| f32::from_le_bytes(*weight))
    }

    /// The weights of a row.
    fn row(&self, row: usize) -> [f32; HIDDEN] {
        self.rows.get(row).map_or([0.0; HIDDEN], |row| row.map(f32::from_le_bytes))
    }

    /// The sums of the hidden units before anything is put in.
    pub(crate) fn biases(&self) -> [f32; HIDDEN] {
        self.row(self.inputs)
    }

    /// Puts inputs in, from an input on; at most [`MOST_AT_ONCE`].
    pub(crate) fn add<const N: usize>(&self, from: usize, values: &[f32; N], sums: &mut [f32; HIDDEN]) {
        const { assert!(N <= MOST_AT_ONCE) };
        // Most inputs say nothing. Which ones do cannot be foreseen: they are marked without a branch.
        let mut telling = 0u64;
        for (values, shift) in values.chunks(32).zip([0, 32]) {
            let marked = values.iter().zip(&BITS).fold(0, |marked, (value, bit)| {
                // All bits but that of the sign are zero.
                marked | if value.to_bits() << 1 == 0 { 0 } else { *bit }
            });
            telling |= u64::from(marked) << shift;
        }
        // Sums of their own stay in registers: nothing else can be behind them.
        let mut own = *sums;
        let rows = self.rows.get(from..).unwrap_or_default();
        while telling != 0 {
            let place = telling.trailing_zeros() as usize;
            telling &= telling - 1;
            let (Some(value), Some(row)) = (values.get(place), rows.get(place)) else { break };
            for (sum, weight) in own.iter_mut().zip(row) {
                *sum += *value * f32::from_le_bytes(*weight);
            }
        }
        *sums = own;
    }

    /// The output.
    pub(crate) fn output(&self, sums: &[f32; HIDDEN]) -> f32 {
        let weights = self.row(self.inputs + 1);
        let score: f32 = sums.iter().zip(&weights).map(|(sum, weight)| sum.max(0.0) * weight).sum();
        // Damaged weights may give what is no number; it must not upset the order.
        if score.is_finite() { score } else { 0.0 }
    }
}
