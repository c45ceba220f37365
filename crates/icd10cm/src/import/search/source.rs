//! What an index is made from.

use crate::code::Icd10CmCode;
use crate::import::history::History;
use crate::import::pattern::Pattern;
use crate::import::tabular::{RawNote, Tabular};
use crate::notes::NoteKind;
use std::collections::BTreeMap;

/// A code of the tabular list before seventh characters are added by its rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchNode {
    /// Its title.
    pub title: String,
    /// Its inclusion terms.
    pub inclusion_terms: Vec<String>,
    /// Its `includes` notes.
    pub includes: Vec<String>,
    /// Whether it is in the newest release.
    pub newest: bool,
}

/// What an index is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchSource {
    /// The nodes in order of their codes. The node above is the longest prefix that is a node.
    pub nodes: BTreeMap<Icd10CmCode, SearchNode>,
    /// What notes of other codes call a code.
    pub references: Vec<(Icd10CmCode, String)>,
}

/// `words (E10.-)`: one code in parentheses at the end.
static REFERENCE: Pattern = Pattern::new(r"^(.*?)[ ,]*\(([A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?)\.?-?\)$");
/// Words of an instruction that are no part of the name.
static INSTRUCTION: Pattern = Pattern::new(
    r"^(?:(?:code (?:for|to identify)|any associated|associated|,? ?if applicable,?|underlying|such as:?|for|to identify|any) )+|,? ?(?:if applicable|if known|such as:?)$",
);

impl SearchSource {
    /// The nodes of releases, newest first: a node of several releases is as the newest of them has it.
    #[must_use]
    pub fn new(releases: &[&Tabular]) -> Self {
        let mut source = Self::default();
        for (place, release) in releases.iter().enumerate() {
            let mut added = BTreeMap::new();
            for code in release.listed.iter().filter(|code| !source.nodes.contains_key(code)) {
                let title = release.titles.get(code).cloned().unwrap_or_default();
                added.insert(*code, SearchNode { title, newest: place == 0, ..SearchNode::default() });
            }
            source.add(added, &release.notes, place == 0);
        }
        source.finished()
    }

    /// The nodes of all that a history knows, for a release that begins on a day. What the tabular list of the release would say, its order file
    /// says in part: titles, but no terms; those of codes that stay are of the newest tabular list before.
    #[must_use]
    pub(crate) fn of(history: &History, day: u32) -> Self {
        let mut source = Self::default();
        let current = history.codes_on(day);
        // A code of seven characters has its words from the code it is added to; a code without a title has none.
        let titled = |code: &Icd10CmCode| {
            let title = history.codes.get(code).and_then(|history| history.titles.values().next_back());
            title.filter(|title| code.len() < 7 && !title.is_empty())
        };
        let node = |code: &Icd10CmCode, title: &String| {
            let node = SearchNode { title: title.clone(), newest: current.contains_key(code), ..SearchNode::default() };
            (*code, node)
        };
        for (place, release) in history.notes.values().rev().enumerate() {
            let there = history.codes_on(release.day);
            let added = there.keys().filter(|code| !source.nodes.contains_key(code));
            let added = added.filter_map(|code| titled(code).map(|title| node(code, title))).collect();
            source.add(added, &release.notes, place == 0);
        }
        let others = history.codes.keys().filter(|code| !source.nodes.contains_key(code));
        let others = others.filter_map(|code| titled(code).map(|title| node(code, title))).collect();
        source.add(others, &[], false);
        source.finished()
    }

    /// Adds the nodes of a release with its notes.
    fn add(&mut self, mut added: BTreeMap<Icd10CmCode, SearchNode>, notes: &[RawNote], newest: bool) {
        for note in notes {
            let owner = Icd10CmCode::from_packed(note.owner.0).filter(|code| note.owner.1 == code.last_below());
            match note.kind {
                NoteKind::InclusionTerm | NoteKind::Includes => {
                    let Some(node) = owner.and_then(|owner| added.get_mut(&owner)) else { continue };
                    let texts =
                        if note.kind == NoteKind::Includes { &mut node.includes } else { &mut node.inclusion_terms };
                    texts.push(note.words.clone());
                }
                NoteKind::Excludes1
                | NoteKind::Excludes2
                | NoteKind::CodeFirst
                | NoteKind::UseAdditional
                | NoteKind::CodeAlso
                    if newest =>
                {
                    self.references.extend(reference(&note.words));
                }
                _ => {}
            }
        }
        self.nodes.extend(added);
    }

    fn finished(mut self) -> Self {
        let Self { nodes, references } = &mut self;
        references.retain(|(code, _)| nodes.contains_key(code));
        references.sort();
        references.dedup();
        self
    }
}

/// The code that a note names, and what it calls it.
fn reference(words: &str) -> Option<(Icd10CmCode, String)> {
    let found = REFERENCE.regex()?.captures(words)?;
    let code = Icd10CmCode::parse(found.get(2)?.as_str()).ok()?;
    let name = found.get(1)?.as_str();
    if name.contains('(') && name.contains(char::is_numeric) && name.contains("-)") {
        // Several codes: which words are whose is not told.
        return None;
    }
    let name = name.to_lowercase();
    let name = INSTRUCTION.regex()?.replace_all(&name, "");
    let name = name.trim().trim_matches(',').trim();
    (!name.is_empty()).then(|| (code, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert!(REFERENCE.regex().is_some() && INSTRUCTION.regex().is_some());
    }

    #[test]
    fn a_note_names_a_code() {
        let shown = |words: &str| reference(words).map(|(code, name)| format!("{code} {name}"));
        assert_eq!(shown("gout (M10.-)").as_deref(), Some("M10 gout"));
        assert_eq!(shown("sleep apnea, unspecified (G47.30)").as_deref(), Some("G47.30 sleep apnea, unspecified"));
        assert_eq!(shown("code to identify any cough, if applicable (R05.-)").as_deref(), Some("R05 cough"));
        for none in ["gout", "gout (M10-M1A)", "(M10.-)", "gout (M10.-) and others"] {
            assert_eq!(shown(none), None, "{none}");
        }
    }
}
