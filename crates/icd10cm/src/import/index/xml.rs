//! The official XML to rows.

use super::super::ImportError;
use crate::code::Icd10CmCode;
use crate::index::{IndexCode, LEVELS, ReferenceKind, printed};
use roxmltree::{Document, Node};
use superbill_table::MAX_TEXT_BYTES;

/// Which of the four files is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Book {
    Alphabetic,
    ExternalCause,
    Neoplasm,
    Drug,
}

impl Book {
    /// Whether the book has columns of codes.
    pub(super) fn has_cells(self) -> bool {
        matches!(self, Self::Neoplasm | Self::Drug)
    }
}

/// A file, read.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// What `<version>` says.
    pub(super) version: Option<String>,
    /// Entries in the order of the file.
    pub(super) rows: Vec<Row>,
    /// Letters, each with its first entry.
    pub(super) letters: Vec<(char, usize)>,
}

/// An entry.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) level: usize,
    /// As printed.
    pub(super) title: String,
    pub(super) gives: Vec<Gives>,
}

/// What an entry gives.
#[derive(Debug)]
pub(super) enum Gives {
    Code(u8, IndexCode),
    Manifestation(IndexCode),
    Note(String),
    NoCode(u8),
    Reference(ReferenceKind, String),
}

/// Reads a file as one of the books.
pub(super) fn parse(text: &str, book: Book) -> Result<Parsed, ImportError> {
    let document = Document::parse(text).map_err(|error| malformed(&error))?;
    let reader = Reader { document: &document, book };
    let root = document.root_element();
    if root.tag_name().name() != "ICD10CM.index" {
        return reader.refuse(root, "the root element <ICD10CM.index> of an official index file");
    }
    reader.check_book(root)?;
    let mut parsed = Parsed { version: reader.element(root, "version").map(text_of), ..Parsed::default() };
    for node in root.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "version" | "title" | "indexHeading" => {}
            "letter" => reader.letter(node, &mut parsed)?,
            _ => return reader.refuse(node, "<letter>"),
        }
    }
    if parsed.rows.is_empty() {
        return reader.refuse(root, "a <letter> with main terms");
    }
    Ok(parsed)
}

fn malformed(error: &roxmltree::Error) -> ImportError {
    use roxmltree::Error::{DtdDetected, NoRootNode, UnclosedRootNode, UnexpectedEndOfStream};
    let expected = match error {
        UnexpectedEndOfStream | UnclosedRootNode => "more: the file is cut short",
        NoRootNode => "an XML element",
        DtdDetected => "no document type: the official files have none",
        _ => "well-formed XML",
    };
    let at = error.pos();
    ImportError::line(u64::from(at.row), at.col, expected)
}

struct Reader<'d> {
    document: &'d Document<'d>,
    book: Book,
}

impl<'d> Reader<'d> {
    fn refuse<T>(&self, node: Node<'d, 'd>, expected: &'static str) -> Result<T, ImportError> {
        let at = self.document.text_pos_at(node.range().start);
        Err(ImportError::line(u64::from(at.row), at.col, expected))
    }

    fn element(&self, node: Node<'d, 'd>, name: &str) -> Option<Node<'d, 'd>> {
        node.children().find(|child| child.is_element() && child.tag_name().name() == name)
    }

    /// Whether the heading is that of the book.
    fn check_book(&self, root: Node<'d, 'd>) -> Result<(), ImportError> {
        let title = self.element(root, "title").map(text_of).unwrap_or_default().to_ascii_lowercase();
        let heading = self.element(root, "indexHeading");
        let column = |number: &str| {
            let heads = heading.into_iter().flat_map(|heading| heading.children());
            let mut heads = heads.filter(|head| head.is_element() && head.attribute("col") == Some(number));
            heads.next().map(text_of).unwrap_or_default().to_ascii_lowercase()
        };
        let external = title.contains("external cause");
        let (found, expected) = match self.book {
            Book::Alphabetic => (
                heading.is_none() && title.contains("index") && !external,
                "the title of the Index to Diseases and Injuries: this is another file",
            ),
            Book::ExternalCause => (
                heading.is_none() && external,
                "the title of the External Cause of Injuries Index: this is another file",
            ),
            Book::Neoplasm => (
                column("1").contains("neoplasm") && column("2").contains("malignant primary"),
                "the columns of the Table of Neoplasms: this is another file",
            ),
            Book::Drug => (
                column("1").contains("substance") && column("2").contains("poisoning"),
                "the columns of the Table of Drugs and Chemicals: this is another file",
            ),
        };
        if found { Ok(()) } else { self.refuse(heading.or(self.element(root, "title")).unwrap_or(root), expected) }
    }

    fn letter(&self, letter: Node<'d, 'd>, parsed: &mut Parsed) -> Result<(), ImportError> {
        let name = self.element(letter, "title").map(text_of).unwrap_or_default();
        let Some(character) = name.chars().next() else {
            return self.refuse(letter, "a <title> with the letter");
        };
        let first = parsed.rows.len();
        for node in letter.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "title" => {}
                "mainTerm" => self.entry(node, 0, parsed)?,
                _ => return self.refuse(node, "<mainTerm>"),
            }
        }
        if parsed.rows.len() > first {
            parsed.letters.push((character, first));
        }
        Ok(())
    }

    fn entry(&self, node: Node<'d, 'd>, level: usize, parsed: &mut Parsed) -> Result<(), ImportError> {
        if level >= LEVELS {
            return self.refuse(node, "at most 31 levels of terms");
        }
        if level > 0 && node.attribute("level").and_then(|text| text.parse().ok()) != Some(level) {
            return self.refuse(node, "the attribute level with the number of terms above");
        }
        let Some(title) = self.element(node, "title") else {
            return self.refuse(node, "a <title>");
        };
        let printed = self.title(title)?;
        if printed.is_empty() || printed.len() > MAX_TEXT_BYTES {
            return self.refuse(title, "a title of 1 to 512 bytes");
        }
        let place = parsed.rows.len();
        parsed.rows.push(Row { level, title: printed, gives: Vec::new() });
        let mut gives = Vec::new();
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "title" if child == title => {}
                "term" => self.entry(child, level + 1, parsed)?,
                _ => gives.push(self.gives(child, &gives)?),
            }
        }
        gives.retain(|given| given.is_some());
        if let Some(row) = parsed.rows.get_mut(place) {
            row.gives = gives.into_iter().flatten().collect();
        }
        Ok(())
    }

    /// A title as printed: nonessential modifiers stand in elements of their own.
    fn title(&self, title: Node<'d, 'd>) -> Result<String, ImportError> {
        let mut all = String::new();
        for child in title.children() {
            if let Some(text) = child.text().filter(|_| child.is_text()) {
                all.push_str(text);
            } else if child.is_element() && child.tag_name().name() == "nemod" {
                let modifier = text_of(child);
                if modifier.starts_with('(') {
                    all = printed(&all, &modifier);
                } else if !modifier.is_empty() {
                    all = printed(&all, &format!("({modifier})"));
                }
            } else if child.is_element() {
                return self.refuse(child, "text or <nemod>");
            }
        }
        Ok(squeeze(&all))
    }

    /// What an element of an entry gives; nothing for an empty cell.
    fn gives(&self, node: Node<'d, 'd>, before: &[Option<Gives>]) -> Result<Option<Gives>, ImportError> {
        let text = text_of(node);
        let reference = |kind| {
            if text.is_empty() || text.len() > MAX_TEXT_BYTES {
                return self.refuse(node, "words of 1 to 512 bytes");
            }
            Ok(Some(Gives::Reference(kind, text.clone())))
        };
        match node.tag_name().name() {
            "see" => reference(ReferenceKind::See),
            "seeAlso" => reference(ReferenceKind::SeeAlso),
            "seecat" => reference(ReferenceKind::SeeCategory),
            "subcat" => reference(ReferenceKind::SeeSubcategory),
            "code" if !self.book.has_cells() => match code(&text) {
                Some(code) => Ok(Some(Gives::Code(0, code))),
                None => self.refuse(node, "an ICD-10-CM code, with a dash behind it where more characters are needed"),
            },
            // The Table of Neoplasms has words here.
            "manif" => match code(text.trim_matches(['[', ']', ' '])) {
                Some(code) => Ok(Some(Gives::Manifestation(code))),
                None if text.is_empty() || text.len() > MAX_TEXT_BYTES => self.refuse(node, "words of 1 to 512 bytes"),
                None => Ok(Some(Gives::Note(text))),
            },
            "cell" if self.book.has_cells() => self.cell(node, &text, before),
            _ if self.book.has_cells() => self.refuse(node, "<title>, <see>, <seeAlso>, <cell>, <manif> or <term>"),
            _ => self.refuse(node, "<title>, <see>, <seeAlso>, <seecat>, <subcat>, <code>, <manif> or <term>"),
        }
    }

    fn cell(&self, node: Node<'d, 'd>, text: &str, before: &[Option<Gives>]) -> Result<Option<Gives>, ImportError> {
        let column = node.attribute("col").and_then(|text| text.parse().ok()).filter(|column| (2..=7).contains(column));
        let Some(column) = column else {
            return self.refuse(node, "the attribute col with a number from 2 to 7");
        };
        let taken = before.iter().flatten().any(|given| match given {
            Gives::Code(other, _) | Gives::NoCode(other) => *other == column,
            _ => false,
        });
        if taken {
            return self.refuse(node, "a column that the entry does not have yet");
        }
        if text.is_empty() {
            return Ok(None);
        }
        if text.chars().all(|character| matches!(character, '-' | '–' | '—')) {
            return Ok(Some(Gives::NoCode(column)));
        }
        match code(text) {
            Some(code) => Ok(Some(Gives::Code(column, code))),
            None => self.refuse(node, "an ICD-10-CM code, or a dash where there is none"),
        }
    }
}

/// A code as the indexes print it: `S93.4-`, `A18.-`.
pub(super) fn code(text: &str) -> Option<IndexCode> {
    let text = text.trim();
    let whole = text.strip_suffix('-');
    let dash = whole.is_some();
    let whole = whole.unwrap_or(text);
    let whole = if dash { whole.strip_suffix('.').unwrap_or(whole) } else { whole };
    // Every word of three to seven letters has the shape of a code; no code is without a digit.
    let digit = whole.bytes().any(|byte| byte.is_ascii_digit());
    Icd10CmCode::parse(whole).ok().filter(|_| digit).map(|code| IndexCode::new(code, dash))
}

/// The text of an element and of all below it, with single spaces.
fn text_of(node: Node<'_, '_>) -> String {
    let texts: Vec<&str> = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
    squeeze(&texts.concat())
}

/// Runs of white space to one space, none at the ends.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
