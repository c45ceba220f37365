//! The network of the search as it is trained: the right candidate is to have the greatest output of its query.

use superbill_icd10cm::import::search::SearchModel;

const HIDDEN: usize = SearchModel::HIDDEN;
const INPUTS: usize = SearchModel::INPUTS;

/// The candidates of a query: their inputs one after the other, and which of them are right.
#[derive(Debug, Clone, Default)]
pub(crate) struct Case {
    pub(crate) inputs: Vec<[f32; INPUTS]>,
    pub(crate) right: Vec<bool>,
    /// How much it counts.
    pub(crate) weight: f32,
}

type Row = [f32; HIDDEN];

/// Rows of weights: for each input those to the hidden units, then biases, then those to the output.
#[derive(Debug, Clone)]
struct Weights(Vec<Row>);

impl Weights {
    fn zero() -> Self {
        Self(vec![[0.0; HIDDEN]; INPUTS + 2])
    }

    fn row(&self, row: usize) -> &Row {
        self.0.get(row).unwrap_or(&[0.0; HIDDEN])
    }
}

/// Adam, with the same numbers in the same order each time.
#[derive(Debug)]
pub(crate) struct Trainer {
    weights: Weights,
    gradient: Weights,
    first: Weights,
    second: Weights,
    steps: i32,
    numbers: u64,
}

impl Trainer {
    pub(crate) fn new(seed: u64) -> Self {
        let mut trainer = Self {
            weights: Weights::zero(),
            gradient: Weights::zero(),
            first: Weights::zero(),
            second: Weights::zero(),
            steps: 0,
            numbers: seed,
        };
        for row in 0..INPUTS + 2 {
            let size = if row < INPUTS { 0.25 } else { 0.3 };
            for hidden in 0..HIDDEN {
                let value = if row == INPUTS { 0.0 } else { (trainer.draw() - 0.5) * 2.0 * size };
                if let Some(place) = trainer.weights.0.get_mut(row).and_then(|row| row.get_mut(hidden)) {
                    *place = value;
                }
            }
        }
        trainer
    }

    /// A number from 0 to 1 (splitmix64).
    fn draw(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u32 << 24) as f32
    }

    fn bits(&mut self) -> u64 {
        self.numbers = self.numbers.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.numbers;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// Passes over the cases so many times, in another order each time; the steps grow smaller towards the end.
    pub(crate) fn train(&mut self, cases: &[&Case], epochs: u32, mut tell: impl FnMut(u32, f32)) {
        const BATCH: usize = 16;
        let mut order: Vec<usize> = (0..cases.len()).collect();
        for epoch in 0..epochs {
            for place in (1..order.len()).rev() {
                let other = (self.bits() % (place as u64 + 1)) as usize;
                order.swap(place, other);
            }
            let mut loss = 0.0;
            for (batch, places) in order.chunks(BATCH).enumerate() {
                for place in places {
                    if let Some(case) = cases.get(*place) {
                        loss += self.learn(case);
                    }
                }
                let done = (epoch as f32 + batch as f32 * BATCH as f32 / cases.len() as f32) / epochs as f32;
                self.step(0.003 * (1.0 - done).max(0.02), places.len() as f32);
            }
            tell(epoch, loss / cases.len().max(1) as f32);
        }
    }

    /// Adds a case to the gradient. Gives its loss: the negative logarithm of the share of the right candidates.
    fn learn(&mut self, case: &Case) -> f32 {
        let output = *self.weights.row(INPUTS + 1);
        let mut hidden: Vec<Row> = Vec::with_capacity(case.inputs.len());
        let mut scores: Vec<f32> = Vec::with_capacity(case.inputs.len());
        for inputs in &case.inputs {
            let mut sums = *self.weights.row(INPUTS);
            for (value, row) in inputs.iter().zip(&self.weights.0).filter(|(value, _)| **value != 0.0) {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += value * weight;
                }
            }
            let mut score = 0.0;
            for (sum, weight) in sums.iter_mut().zip(&output) {
                *sum = sum.max(0.0);
                score += *sum * weight;
            }
            hidden.push(sums);
            scores.push(score);
        }
        let greatest = scores.iter().copied().fold(f32::MIN, f32::max);
        let shares: Vec<f32> = scores.iter().map(|score| exponential(score - greatest)).collect();
        let all: f32 = shares.iter().sum();
        let right: f32 = shares.iter().zip(&case.right).filter(|(_, right)| **right).map(|(share, _)| share).sum();
        if right <= 0.0 {
            return 0.0;
        }
        for (((inputs, hidden), share), is_right) in case.inputs.iter().zip(&hidden).zip(&shares).zip(&case.right) {
            // The slope of the loss along the score.
            let slope = (share / all - if *is_right { share / right } else { 0.0 }) * case.weight;
            if slope.abs() < 1e-5 {
                continue;
            }
            let mut back = [0.0f32; HIDDEN];
            if let [.., biases, outputs] = self.gradient.0.as_mut_slice() {
                for ((((hidden, weight), back), bias), output) in
                    hidden.iter().zip(&output).zip(&mut back).zip(biases).zip(outputs)
                {
                    *output += slope * hidden;
                    *back = if *hidden > 0.0 { slope * weight } else { 0.0 };
                    *bias += *back;
                }
            }
            for (value, row) in inputs.iter().zip(&mut self.gradient.0).filter(|(value, _)| **value != 0.0) {
                for (sum, back) in row.iter_mut().zip(&back) {
                    *sum += value * back;
                }
            }
        }
        -logarithm(right / all)
    }

    fn step(&mut self, rate: f32, cases: f32) {
        self.steps += 1;
        let (keep, keep_square) = (0.9f32, 0.999f32);
        let correct = (1.0 - keep.powi(self.steps), 1.0 - keep_square.powi(self.steps));
        let rows = self.weights.0.iter_mut().zip(&mut self.gradient.0).zip(&mut self.first.0).zip(&mut self.second.0);
        for (((weights, gradient), first), second) in rows {
            let places = weights.iter_mut().zip(gradient).zip(first).zip(second);
            for (((weight, gradient), first), second) in places {
                let slope = *gradient / cases + 1e-5 * *weight;
                *gradient = 0.0;
                *first = keep * *first + (1.0 - keep) * slope;
                *second = keep_square * *second + (1.0 - keep_square) * slope * slope;
                *weight -= rate * (*first / correct.0) / ((*second / correct.1).sqrt() + 1e-8);
            }
        }
    }

    /// The model, each weight with as many digits as matter.
    pub(crate) fn model(&self) -> Option<SearchModel> {
        let weights = self.weights.0.iter().flatten().map(|weight| (weight * 4096.0).round() / 4096.0);
        SearchModel::new(weights.collect())
    }
}

/// e to a number, the same on every platform.
fn exponential(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    // 2 to the whole part of x / ln 2, times the series of the rest.
    let halves = (f64::from(x) / core::f64::consts::LN_2).round();
    let rest = f64::from(x) - halves * core::f64::consts::LN_2;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..12 {
        term *= rest / f64::from(n);
        sum += term;
    }
    (sum * f64::from_bits(((halves as i64 + 1023) as u64) << 52)) as f32
}

/// The natural logarithm of a positive number, by bits and a series.
fn logarithm(x: f32) -> f32 {
    let bits = f64::from(x).to_bits();
    let exponent = (bits >> 52) as i64 - 1023;
    let mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let mut power = z;
    let mut sum = 0.0;
    for n in 0..12 {
        sum += power / f64::from(2 * n + 1);
        power *= z * z;
    }
    (2.0 * sum + exponent as f64 * core::f64::consts::LN_2) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_are_the_functions() {
        for x in [-40.0f32, -3.3, -0.01, 0.0, 1.5] {
            assert!((exponential(x) - x.exp()).abs() <= 1e-6 * x.exp(), "{x}");
        }
        for x in [1e-8f32, 0.3, 1.0, 17.0] {
            assert!((logarithm(x) - x.ln()).abs() <= 1e-5, "{x}");
        }
    }

    #[test]
    fn what_tells_the_right_candidate_is_learnt() {
        let case = |right: usize| {
            let mut inputs = vec![[0.1; INPUTS]; 4];
            inputs[right][7] = 1.0;
            Case { inputs, right: (0..4).map(|place| place == right).collect(), weight: 1.0 }
        };
        let cases: Vec<Case> = (0..64).map(|n| case(n % 4)).collect();
        let mut trainer = Trainer::new(1);
        let mut losses = Vec::new();
        trainer.train(&cases.iter().collect::<Vec<_>>(), 100, |_, loss| losses.push(loss));
        assert!(losses.last() < losses.first() && losses.last().is_some_and(|loss| *loss < 0.7), "{losses:?}");
    }
}
