//! The second element: amount and complexity of the data that were reviewed and analysed.

use super::level::{Element, MdmLevel, NotCounted, count};
use std::collections::BTreeSet;

/// A piece of work on data. Names of tests and sources only tell them apart: each is counted once.
///
/// Source: CPT, Evaluation and Management guidelines, amount and complexity of data: category 1 is notes, tests and historian, category 2 the
/// interpretation of a test, category 3 the discussion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", tag = "kind")
)]
#[non_exhaustive]
pub enum DataItem {
    /// Notes from outside the group or specialty were reviewed; one source counts once.
    ExternalNote {
        /// What tells the source apart.
        source: String,
    },
    /// A test was ordered or its result reviewed: one test counts once, ordering it includes the review.
    Test {
        /// What tells the test apart: its code, so that a panel is one test.
        test: String,
        /// Whether the practitioner reports the test or its interpretation: then it does not count.
        #[cfg_attr(feature = "serde", serde(default))]
        reported_by_us: bool,
    },
    /// The history was taken from someone else too, because it had to be.
    IndependentHistorian,
    /// The practitioner read a test that someone else performs or reports.
    Interpretation {
        /// What tells the test apart.
        test: String,
        /// Whether the practitioner reports the interpretation: then it does not count.
        #[cfg_attr(feature = "serde", serde(default))]
        reported_by_us: bool,
    },
    /// Management or a test was discussed with someone outside: a practitioner or another who has a part in the care.
    Discussion,
}

const REPORTED: &str = "the practitioner reports the test or its interpretation";
const TWICE: &str = "it is counted once already";

/// The element of some pieces of work.
pub(super) fn element(items: &[DataItem]) -> Element {
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    let (mut sources, mut tests, mut readings) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut historian, mut discussion) = (false, false);
    for item in items {
        let (what, refused) = match item {
            DataItem::ExternalNote { source } => ("external_note", (!sources.insert(source)).then_some(TWICE)),
            DataItem::Test { reported_by_us: true, .. } => ("test", Some(REPORTED)),
            DataItem::Test { test, .. } => ("test", (!tests.insert(test)).then_some(TWICE)),
            DataItem::IndependentHistorian => {
                ("independent_historian", core::mem::replace(&mut historian, true).then_some(TWICE))
            }
            DataItem::Interpretation { reported_by_us: true, .. } => ("interpretation", Some(REPORTED)),
            DataItem::Interpretation { test, .. } => ("interpretation", (!readings.insert(test)).then_some(TWICE)),
            DataItem::Discussion => ("discussion", core::mem::replace(&mut discussion, true).then_some(TWICE)),
        };
        match refused {
            Some(why) => not_counted.push(NotCounted { what, why }),
            None => count(&mut counted, what),
        }
    }
    let first = sources.len() + tests.len();
    let categories = [first + usize::from(historian) >= 3, !readings.is_empty(), discussion];
    let met = categories.into_iter().filter(|met| *met).count();
    let (level, why) = match met {
        2.. => (MdmLevel::High, "two of three: three of notes, tests and historian; an interpretation; a discussion"),
        1 => (MdmLevel::Moderate, "one of three: three of notes, tests and historian; an interpretation; a discussion"),
        0 if historian => (MdmLevel::Low, "an independent historian"),
        0 if first >= 2 => (MdmLevel::Low, "two of notes and tests"),
        0 => (MdmLevel::Straightforward, "fewer than two of notes and tests: minimal or none"),
    };
    Element { level: Some(level), counted, not_counted, why }
}
