//! The tabular list as the official XML has it: titles, chapters, blocks, notes, seventh characters.

use super::seventh::SeventhCharacters;
use crate::code::Icd10CmCode;
use crate::notes::NoteKind;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use superbill_table::import::ImportError;

/// The packed keys that a heading covers, first and last.
pub(crate) type Cover = (u64, u64);

/// A chapter or block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Division {
    /// The number of a chapter, the range of a block.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) first: Icd10CmCode,
    pub(crate) last: Icd10CmCode,
}

/// A note as it stands in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawNote {
    /// What the heading covers under which the note stands.
    pub(crate) owner: Cover,
    pub(crate) kind: NoteKind,
    /// Whether it is the first of its element: those that follow in the same element go on with what it says.
    pub(crate) begins: bool,
    pub(crate) words: String,
}

/// One release of the tabular list.
#[derive(Debug, Clone, Default)]
pub struct Tabular {
    /// The fiscal year that the file names.
    pub(crate) year: Option<i16>,
    /// Titles of the codes in the list, and of those that its rules for seventh characters give.
    pub(crate) titles: BTreeMap<Icd10CmCode, String>,
    /// The codes in the list itself: seventh characters are not among them where a rule gives them.
    pub(crate) listed: Vec<Icd10CmCode>,
    pub(crate) chapters: Vec<Division>,
    pub(crate) blocks: Vec<Division>,
    /// In the order of the list, under each heading in the order of its elements.
    pub(crate) notes: Vec<RawNote>,
}

/// The elements of a heading that hold notes.
const NOTES: [(&str, NoteKind); 9] = [
    ("includes", NoteKind::Includes),
    ("inclusionTerm", NoteKind::InclusionTerm),
    ("excludes1", NoteKind::Excludes1),
    ("excludes2", NoteKind::Excludes2),
    ("codeFirst", NoteKind::CodeFirst),
    ("useAdditionalCode", NoteKind::UseAdditional),
    ("codeAlso", NoteKind::CodeAlso),
    ("notes", NoteKind::Note),
    ("sevenChrNote", NoteKind::SeventhCharacter),
];

impl Tabular {
    /// Reads the official XML of the tabular list (`ICD10CM.tabular`).
    ///
    /// # Errors
    /// [`ImportError`] with line and column of the first thing that is not as the format has it.
    pub fn read(xml: &str) -> Result<Self, ImportError> {
        let document = parse(xml)?;
        let root = document.root_element();
        if !root.has_tag_name("ICD10CM.tabular") {
            return Err(at(root, "the element ICD10CM.tabular: this is no tabular list"));
        }
        let version = text(root, "version");
        let mut tabular = Self { year: version.get(..4).and_then(|year| year.parse().ok()), ..Self::default() };
        for chapter in elements(root, "chapter") {
            let (title, first, last) = range(chapter, &text(chapter, "desc"))?;
            tabular.notes(chapter, (first.packed(), last.last_below()));
            tabular.chapters.push(Division { name: text(chapter, "name"), title, first, last });
            for section in elements(chapter, "section") {
                let diagnoses: Vec<_> = elements(section, "diag").collect();
                if diagnoses.is_empty() {
                    continue;
                }
                let (title, first, last) = range(section, &text(section, "desc"))?;
                tabular.notes(section, (first.packed(), last.last_below()));
                let name = section.attribute("id").unwrap_or_default().to_owned();
                tabular.blocks.push(Division { name, title, first, last });
                for diagnosis in diagnoses {
                    tabular.diagnosis(diagnosis, &SeventhCharacters::default())?;
                }
            }
        }
        if tabular.listed.is_empty() {
            return Err(at(root, "chapters with sections and diagnoses in them"));
        }
        Ok(tabular)
    }

    /// How many codes the list and its rules for seventh characters give.
    #[must_use]
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether there is none; a list that was read has some.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// The codes of the list with their titles, those with seventh characters by its rules among them.
    pub fn titles(&self) -> impl Iterator<Item = (Icd10CmCode, &str)> {
        self.titles.iter().map(|(code, title)| (*code, title.as_str()))
    }

    fn diagnosis(&mut self, node: Node<'_, '_>, inherited: &SeventhCharacters) -> Result<(), ImportError> {
        let own = code(node, &text(node, "name"))?;
        let title = text(node, "desc");
        if title.is_empty() {
            return Err(at(node, "a desc with the title of the code"));
        }
        self.notes(node, (own.packed(), own.last_below()));
        let defined = SeventhCharacters::defined(node)?;
        let seventh = defined.as_ref().unwrap_or(inherited);
        let mut children = elements(node, "diag").peekable();
        if children.peek().is_none() {
            for (full, label) in seventh.complete(own) {
                self.titles.insert(full, format!("{title}, {label}"));
            }
        }
        self.listed.push(own);
        if self.titles.insert(own, title).is_some() {
            return Err(at(node, "each code once: this one stands in the list before"));
        }
        children.try_for_each(|child| self.diagnosis(child, seventh))
    }

    fn notes(&mut self, node: Node<'_, '_>, owner: Cover) {
        for holder in node.children().filter(Node::is_element) {
            let Some((_, kind)) = NOTES.iter().find(|(name, _)| holder.has_tag_name(*name)) else {
                continue;
            };
            let mut begins = true;
            for note in elements(holder, "note") {
                let words = whole_text(note);
                if !words.is_empty() {
                    self.notes.push(RawNote { owner, kind: *kind, begins, words });
                    begins = false;
                }
            }
        }
    }
}

/// The document, or the line where it is none.
pub(crate) fn parse(xml: &str) -> Result<Document<'_>, ImportError> {
    let xml = xml.trim_start_matches('\u{feff}');
    Document::parse(xml).map_err(|error| {
        let place = error.pos();
        ImportError::line(u64::from(place.row), place.col, "well-formed XML: the file is damaged or cut short here")
    })
}

/// An error at a node.
pub(crate) fn at(node: Node<'_, '_>, expected: &'static str) -> ImportError {
    let place = node.document().text_pos_at(node.range().start);
    ImportError::line(u64::from(place.row), place.col, expected)
}

pub(crate) fn elements<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

/// The text of the first child of a name.
pub(crate) fn text(node: Node<'_, '_>, name: &'static str) -> String {
    elements(node, name).next().map(whole_text).unwrap_or_default()
}

/// All text below a node.
pub(crate) fn whole_text(node: Node<'_, '_>) -> String {
    let text: String = node.descendants().filter_map(|part| part.is_text().then(|| part.text()).flatten()).collect();
    squeeze(&text)
}

/// Runs of white space to one space, none at the ends.
pub(crate) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn code(node: Node<'_, '_>, text: &str) -> Result<Icd10CmCode, ImportError> {
    Icd10CmCode::parse(text).map_err(|_| at(node, "a code in its name"))
}

/// `Title (A00-B99)` or `Title (B20)` to its parts.
fn range(node: Node<'_, '_>, text: &str) -> Result<(String, Icd10CmCode, Icd10CmCode), ImportError> {
    let wrong = || at(node, "a desc that ends with its range of categories, as (A00-B99)");
    let (title, rest) = text.rsplit_once('(').ok_or_else(wrong)?;
    let range = rest.trim_end().strip_suffix(')').ok_or_else(wrong)?;
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let (first, last) = (Icd10CmCode::parse(first), Icd10CmCode::parse(last));
    let (Ok(first), Ok(last)) = (first, last) else { return Err(wrong()) };
    Ok((title.trim().to_owned(), first, last))
}
