//! The weights of the network that orders candidates.

use crate::import::ImportError;
use crate::search::Icd10CmSearch;
use crate::search::features::FEATURES;
use crate::search::network::HIDDEN;
use std::fmt::Write as _;

/// Weights as `cargo dev train-search` makes them: for each input those to the hidden units, then biases, then those to the output.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchModel {
    weights: Vec<f32>,
}

impl SearchModel {
    /// Inputs of the network.
    pub const INPUTS: usize = FEATURES;
    /// Hidden units of the network.
    pub const HIDDEN: usize = HIDDEN;

    /// A model of these weights: `(INPUTS + 2) * HIDDEN` of them. `None` for another number, or where one is not finite.
    #[must_use]
    pub fn new(weights: Vec<f32>) -> Option<Self> {
        let right = weights.len() == (FEATURES + 2) * HIDDEN && weights.iter().all(|weight| weight.is_finite());
        right.then_some(Self { weights })
    }

    /// The model of an index, to be written into another: that of the bundled one for a new release.
    #[must_use]
    pub fn of(search: &Icd10CmSearch<'_>) -> Option<Self> {
        (search.network.inputs() == FEATURES).then(|| Self::new(search.network.weights().collect()))?
    }

    /// The weights.
    #[must_use]
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// Reads the text form: a line for each row of [`SearchModel::HIDDEN`] numbers.
    ///
    /// # Errors
    /// [`ImportError::Line`] at the first line that is not such a row, [`ImportError::File`] for another number of rows.
    pub fn from_text(text: &str) -> Result<Self, ImportError> {
        let mut weights = Vec::new();
        for (line, row) in (1u64..).zip(text.lines()) {
            let numbers: Result<Vec<f32>, _> = row.split_whitespace().map(str::parse).collect();
            match numbers {
                Ok(numbers) if numbers.len() == HIDDEN => weights.extend(numbers),
                _ => {
                    return Err(ImportError::line(line, 1, "a row of as many numbers as the network has hidden units"));
                }
            }
        }
        Self::new(weights)
            .ok_or(ImportError::File("the model has another number of rows than the network has inputs, and two"))
    }

    /// The text form.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for row in self.weights.chunks(HIDDEN) {
            for (place, weight) in row.iter().enumerate() {
                // INVARIANT: writing to a string does not fail. The shortest digits that read as the same number.
                let _ = write!(text, "{}{weight:?}", if place == 0 { "" } else { " " });
            }
            text.push('\n');
        }
        text
    }

    pub(crate) fn section(&self) -> (Vec<u8>, usize) {
        let head = [FEATURES, HIDDEN].map(|number| (number as u32).to_le_bytes());
        let weights = self.weights.iter().map(|weight| weight.to_le_bytes());
        (head.into_iter().chain(weights).flatten().collect(), FEATURES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_reads_the_same() {
        let weights: Vec<f32> = (0..(FEATURES + 2) * HIDDEN).map(|n| (n as f32 - 700.0) / 997.0).collect();
        let model = SearchModel::new(weights).unwrap();
        assert_eq!(SearchModel::from_text(&model.to_text()), Ok(model));
        assert!(SearchModel::from_text("1 2 3\n").is_err());
        assert!(SearchModel::from_text("").is_err());
        assert!(SearchModel::new(vec![f32::NAN; (FEATURES + 2) * HIDDEN]).is_none());
    }
}
