//! The tabular list: titles, chapters, blocks, seventh characters, excludes notes.

use super::code;
use crate::error::DevError;
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};
use superbill_icd10cm::Icd10CmCode;

/// Where a note stands: the packed keys that it covers.
pub(crate) type Cover = (u64, u64);

/// A chapter or block.
#[derive(Debug, Clone)]
pub(crate) struct Division {
    /// The number of a chapter, the range of a block.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) first: Icd10CmCode,
    pub(crate) last: Icd10CmCode,
}

/// One release of the tabular list.
#[derive(Debug, Default)]
pub(crate) struct Tabular {
    pub(crate) titles: BTreeMap<Icd10CmCode, String>,
    pub(crate) chapters: Vec<Division>,
    pub(crate) blocks: Vec<Division>,
    /// Excludes1 notes in order: what they cover and their words.
    pub(crate) excludes1: Vec<(Cover, String)>,
}

/// The codes of a plain list: one a line, ranges and chapter numbers left out.
pub(crate) fn code_list(text: &str) -> BTreeSet<Icd10CmCode> {
    text.lines().filter(|line| !line.contains('-')).filter_map(|line| Icd10CmCode::parse(line).ok()).collect()
}

/// The codes of an order file: columns 7 to 13.
pub(crate) fn order_file(text: &str) -> BTreeSet<Icd10CmCode> {
    text.lines().filter_map(|line| Icd10CmCode::parse(line.get(6..13)?).ok()).collect()
}

/// Reads a release; seventh characters are kept only for codes of the release's own list.
pub(crate) fn read(xml: &str, codes: &BTreeSet<Icd10CmCode>) -> Result<Tabular, DevError> {
    let document = roxmltree::Document::parse(xml)?;
    let mut tabular = Tabular::default();
    for chapter in elements(document.root_element(), "chapter") {
        let (title, first, last) = range(&text(chapter, "desc"))?;
        let name = text(chapter, "name");
        tabular.notes(chapter, (first.packed(), last.last_below()));
        tabular.chapters.push(Division { name, title, first, last });
        for section in elements(chapter, "section") {
            let diagnoses: Vec<_> = elements(section, "diag").collect();
            if diagnoses.is_empty() {
                continue;
            }
            let (title, first, last) = range(&text(section, "desc"))?;
            tabular.notes(section, (first.packed(), last.last_below()));
            let name = section.attribute("id").unwrap_or_default().to_owned();
            tabular.blocks.push(Division { name, title, first, last });
            for diagnosis in diagnoses {
                tabular.diagnosis(diagnosis, &[], codes)?;
            }
        }
    }
    if let Some(missing) = codes.iter().find(|code| !tabular.titles.contains_key(code)) {
        return Err(DevError::format("a code of the list has no title", missing.to_string()));
    }
    Ok(tabular)
}

impl Tabular {
    fn diagnosis(
        &mut self,
        node: Node<'_, '_>,
        inherited: &[(String, String)],
        codes: &BTreeSet<Icd10CmCode>,
    ) -> Result<(), DevError> {
        let name = text(node, "name");
        let own = code(&name, "the tabular list")?;
        let title = text(node, "desc");
        self.notes(node, (own.packed(), own.last_below()));
        let mut seventh = inherited.to_vec();
        if let Some(definition) = elements(node, "sevenChrDef").next() {
            seventh = elements(definition, "extension")
                .map(|extension| {
                    // A label ends at its `/`: what follows repeats it for another release.
                    let label = squeeze(extension.text().unwrap_or_default());
                    let label = label.split('/').next().unwrap_or_default().trim().to_owned();
                    (extension.attribute("char").unwrap_or_default().to_owned(), label)
                })
                .collect();
        }
        let children: Vec<_> = elements(node, "diag").collect();
        if children.is_empty() && own.len() < 7 {
            for (character, label) in &seventh {
                let suffix = format!("{}{character}", "X".repeat(6 - own.len()));
                let full = own.with_suffix(&suffix).filter(|full| codes.contains(full));
                if let Some(full) = full {
                    self.titles.insert(full, format!("{title}, {label}"));
                }
            }
        }
        if codes.contains(&own) {
            self.titles.insert(own, title);
        }
        children.into_iter().try_for_each(|child| self.diagnosis(child, &seventh, codes))
    }

    fn notes(&mut self, node: Node<'_, '_>, cover: Cover) {
        for notes in elements(node, "excludes1") {
            for note in elements(notes, "note") {
                let words = squeeze(note.text().unwrap_or_default());
                if !words.is_empty() {
                    self.excludes1.push((cover, words));
                }
            }
        }
    }
}

fn elements<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

fn text(node: Node<'_, '_>, name: &'static str) -> String {
    squeeze(elements(node, name).next().and_then(|child| child.text()).unwrap_or_default())
}

/// Runs of white space to one space, none at the ends.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Title (A00-B99)` or `Title (B20)` to its parts.
fn range(text: &str) -> Result<(String, Icd10CmCode, Icd10CmCode), DevError> {
    let wrong = || DevError::format("no range behind the title", text.to_owned());
    let (title, rest) = text.rsplit_once('(').ok_or_else(wrong)?;
    let range = rest.trim_end().strip_suffix(')').ok_or_else(wrong)?;
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    Ok((title.trim().to_owned(), code(first, "a range")?, code(last, "a range")?))
}
