//! Trains the weights: once on everything for what ships, and once without each fold for the evaluation.

use super::examples::{Example, FOLDS, references, terms};
use super::network::{Case, Trainer};
use super::{empty_model, model_path, source};
use crate::error::DevError;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use superbill_icd10cm::Icd10CmSearch;
use superbill_icd10cm::import::search::{SearchModel, search_table};
use superbill_icd10cm::search::Scratch;
use superbill_icd10cm::search::training::{TextsByWords, inputs_without};

/// The model of a fold.
pub(crate) fn fold_path(folds: &Path, fold: usize) -> PathBuf {
    folds.join(format!("fold-{fold}.txt"))
}

/// Trains and writes the weights. Gives a report.
pub(crate) fn train(repository: &Path, folder: &Path, folds: &Path, epochs: u32) -> Result<String, DevError> {
    let source = source(folder)?;
    // The inputs do not depend on the weights.
    let bytes = search_table(&source, &empty_model()?)?;
    let search = Icd10CmSearch::from_bytes(&bytes)?;
    let by_words = TextsByWords::new(&search);
    let mut scratch = Scratch::new();
    let mut cases: Vec<(usize, Case)> = Vec::new();
    let mut report = String::new();
    for (what, examples, weight) in [("terms", terms(&source), 1.0), ("references", references(&source), 0.5)] {
        let all = examples.len();
        let before = cases.len();
        for example in &examples {
            cases.extend(case(&search, &by_words, example, weight, &mut scratch).map(|case| (example.fold, case)));
        }
        // INVARIANT: writing to a string does not fail.
        let _ = writeln!(report, "{what}: the right code is a candidate for {} of {all}", cases.len() - before);
    }
    std::fs::create_dir_all(folds).map_err(|source| DevError::File { path: folds.to_path_buf(), source })?;
    for fold in 0..=FOLDS {
        let chosen: Vec<&Case> = cases.iter().filter(|(of, _)| *of != fold).map(|(_, case)| case).collect();
        let mut trainer = Trainer::new(1);
        let mut last = 0.0;
        trainer.train(&chosen, epochs, |_, loss| last = loss);
        let name = if fold < FOLDS { format!("without fold {fold}") } else { "with all".to_owned() };
        let _ = writeln!(report, "{name}: {} queries, loss {last:.4}", chosen.len());
        let model = trainer.model().ok_or_else(|| DevError::format("weights that are no numbers", "the training"))?;
        let path = if fold < FOLDS { fold_path(folds, fold) } else { model_path(repository) };
        write(&model, path)?;
    }
    Ok(report)
}

fn write(model: &SearchModel, path: PathBuf) -> Result<(), DevError> {
    std::fs::write(&path, model.to_text()).map_err(|source| DevError::File { path, source })
}

/// A query with its text left out of the index; none where the right code is no candidate.
fn case(
    search: &Icd10CmSearch<'_>,
    by_words: &TextsByWords,
    example: &Example,
    weight: f32,
    scratch: &mut Scratch,
) -> Option<Case> {
    let without = by_words.same(search, &example.text);
    let mut case = Case { weight, ..Case::default() };
    for (code, inputs) in inputs_without(search, &example.text, without, scratch) {
        case.right.push(example.gold.contains(&code));
        case.inputs.push(inputs);
    }
    case.right.contains(&true).then_some(case)
}
