//! A small network that orders candidates: one hidden layer.
//!
//! Only additions, multiplications and comparisons of 4-byte floats in a fixed order: the same on every platform.

use superbill_table::u32_at;

/// Hidden units.
pub(crate) const HIDDEN: usize = 32;

/// The network in place: inputs and hidden units of 4 bytes each; for each input the weights to the hidden units; their biases; their
/// weights to the output.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Network<'a> {
    inputs: usize,
    weights: &'a [[u8; 4]],
}

impl<'a> Network<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Option<Self> {
        let (Some(inputs), Some(hidden)) = (u32_at(bytes, 0), u32_at(bytes, 4)) else { return None };
        let Some((_, weights)) = bytes.split_at_checked(8) else { return None };
        let (weights, rest) = weights.as_chunks::<4>();
        let right = hidden as usize == HIDDEN && weights.len() == (inputs as usize + 2).saturating_mul(HIDDEN);
        if !right || !rest.is_empty() { None } else { Some(Self { inputs: inputs as usize, weights }) }
    }

    #[cfg(feature = "import")]
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// All weights in order.
    #[cfg(feature = "import")]
    pub(crate) fn weights(&self) -> impl Iterator<Item = f32> + use<'a> {
        self.weights.iter().map(|weight| f32::from_le_bytes(*weight))
    }

    /// Reads the weights of a row.
    fn row(&self, row: usize, into: &mut [f32; HIDDEN]) {
        let row = self.weights.get(row * HIDDEN..(row + 1) * HIDDEN).unwrap_or_default();
        for (place, weight) in into.iter_mut().zip(row) {
            *place = f32::from_le_bytes(*weight);
        }
    }

    /// The sums of the hidden units before anything is put in.
    pub(crate) fn biases(&self) -> [f32; HIDDEN] {
        let mut sums = [0.0; HIDDEN];
        self.row(self.inputs, &mut sums);
        sums
    }

    /// Puts inputs in, from an input on.
    pub(crate) fn add(&self, from: usize, values: &[f32], sums: &mut [f32; HIDDEN]) {
        for (offset, value) in values.iter().enumerate() {
            if *value == 0.0 {
                continue;
            }
            let row = from + offset;
            let weights = self.weights.get(row * HIDDEN..(row + 1) * HIDDEN).unwrap_or_default();
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += *value * f32::from_le_bytes(*weight);
            }
        }
    }

    /// The output.
    pub(crate) fn output(&self, sums: &[f32; HIDDEN]) -> f32 {
        let mut weights = [0.0; HIDDEN];
        self.row(self.inputs + 1, &mut weights);
        let score: f32 = sums.iter().zip(&weights).map(|(sum, weight)| sum.max(0.0) * weight).sum();
        // Damaged weights may give what is no number; it must not upset the order.
        if score.is_finite() { score } else { 0.0 }
    }
}
