//! Changing a document: what is not changed keeps its bytes.

mod text;

use self::text::{fill, latin_1, replace_part};
use crate::{Delimiters, DiagnosticKind, Document, EditError, LineEnding, Segment, SegmentWriter, Writer};
use core::fmt;
use std::collections::BTreeMap;
use std::io::Write;

/// Changes to a document. They are made one by one, each checked at once, and written in one go; all bytes that no
/// change names are written as they are.
///
/// Segments are named by their numbers in the document, which inserting and deleting do not change. Changes of one
/// segment add up.
///
/// ```
/// use superbill_x12::{Document, Editor};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let file = b"ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~\
///     GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~ST*837*0001~CLM*TEST1*100***11:B:1~SE*3*0001~\
///     GE*1*1~IEA*1*000000001~";
/// let document = Document::read(file)?;
/// let mut editor = Editor::new(&document);
/// editor.replace_component(4, 5, 1, 3, "7")?;
/// editor.insert_after(4, "REF", |segment| {
///     segment.text("F8").text("TESTORIGINAL");
/// })?;
/// editor.renew_counts();
/// let text = String::from_utf8(editor.to_bytes())?;
/// assert!(text.contains("~CLM*TEST1*100***11:B:7~REF*F8*TESTORIGINAL~SE*4*0001~"));
/// # Ok(())
/// # }
/// ```
pub struct Editor<'a, 'd> {
    document: &'d Document<'a>,
    changes: BTreeMap<u64, Change>,
    renew_counts: bool,
    /// The text of the document is not UTF-8, so it is taken for Latin-1. Looked at when it matters.
    is_latin_1: Option<bool>,
}

/// What becomes of one segment.
#[derive(Default)]
struct Change {
    before: Vec<Vec<u8>>,
    body: Body,
    after: Vec<Vec<u8>>,
}

#[derive(Default)]
enum Body {
    #[default]
    Kept,
    Changed(Vec<u8>),
    Deleted,
}

impl<'a, 'd> Editor<'a, 'd> {
    /// No changes yet.
    #[must_use]
    pub fn new(document: &'d Document<'a>) -> Self {
        Self { document, changes: BTreeMap::new(), renew_counts: false, is_latin_1: None }
    }

    /// Replaces element `n`, counted from 1, by a simple text. An element behind the last one is added, with empty ones
    /// between. A text of an ISA is filled up to the width of its element.
    ///
    /// # Errors
    /// [`EditError::NoSegment`], [`EditError::NoElement`]; [`EditError::Fixed`] for the delimiters in the ISA and for a
    /// counted payload and its length; [`EditError::Width`] for a text too wide for the ISA;
    /// [`EditError::DelimiterInText`], [`EditError::ControlInText`], [`EditError::NotInCharset`] for a text that cannot
    /// stand in this interchange.
    pub fn replace_element(&mut self, segment: u64, n: usize, text: &str) -> Result<(), EditError> {
        self.replace(segment, n, text, |_, _, text| Some(text))
    }

    /// Replaces one component, counted from 1, of repetition `repetition`, counted from 1, of element `n`. What is not
    /// there is added, with empty components or repetitions between.
    ///
    /// # Errors
    /// As [`replace_element`](Self::replace_element), and [`EditError::NoElement`] for a second repetition where the
    /// interchange has no repetition separator.
    pub fn replace_component(
        &mut self,
        segment: u64,
        n: usize,
        repetition: usize,
        component: usize,
        text: &str,
    ) -> Result<(), EditError> {
        self.replace(segment, n, text, |old, delimiters, text| {
            let Some(separator) = delimiters.repetition else {
                return (repetition == 1).then(|| replace_part(old, delimiters.component, component, &text))?;
            };
            let whole = old.split(|&byte| byte == separator).nth(repetition.checked_sub(1)?).unwrap_or_default();
            let part = replace_part(whole, delimiters.component, component, &text)?;
            replace_part(old, separator, repetition, &part)
        })
    }

    fn replace(
        &mut self,
        segment: u64,
        n: usize,
        text: &str,
        place: impl FnOnce(&[u8], &Delimiters, Vec<u8>) -> Option<Vec<u8>>,
    ) -> Result<(), EditError> {
        let original = self.document.segment(segment).ok_or(EditError::NoSegment { segment })?;
        let element = u8::try_from(n).ok().filter(|&n| n > 0).ok_or(EditError::NoElement { segment, element: n })?;
        let delimiters = original.delimiters();
        let mut text = self.encoded(segment, element, text, &delimiters)?;
        if original.id() == "ISA" {
            text = fill(segment, element, text)?;
        }
        if matches!((original.id(), n), ("BIN", _) | ("BDS", 2..)) {
            return Err(EditError::Fixed { segment, element });
        }
        let change = self.changes.entry(segment).or_default();
        let body = match &change.body {
            Body::Kept => original.raw(),
            Body::Changed(body) => body,
            Body::Deleted => return Err(EditError::Deleted { segment }),
        };
        let current = Segment::new(body, delimiters, segment, 0, true);
        let old = current.element(n);
        let new = place(old.bytes(), &delimiters, text).ok_or(EditError::NoElement { segment, element: n })?;
        // An element of a payload segment is split off like any other: the payload is its last.
        let mut parts: Vec<&[u8]> = current.elements().map(|element| element.bytes()).collect();
        let id = body.split(|&byte| byte == delimiters.element).next().unwrap_or_default();
        parts.resize(parts.len().max(n), &[]);
        if let Some(part) = n.checked_sub(1).and_then(|at| parts.get_mut(at)) {
            *part = &new;
        }
        let mut changed = id.to_vec();
        for part in parts {
            changed.push(delimiters.element);
            changed.extend_from_slice(part);
        }
        change.body = Body::Changed(changed);
        Ok(())
    }

    /// Replaces a whole segment by one whose elements the closure gives in order.
    ///
    /// # Errors
    /// [`EditError::NoSegment`], [`EditError::Deleted`], [`EditError::Write`] for what cannot be written, and
    /// [`EditError::Fixed`] for an ISA, whose elements can be replaced one by one.
    pub fn replace_segment(
        &mut self,
        segment: u64,
        id: &str,
        elements: impl FnOnce(&mut SegmentWriter<'_>),
    ) -> Result<(), EditError> {
        let original = self.editable(segment)?;
        let body = self.written(&original, id, elements)?;
        let change = self.changes.entry(segment).or_default();
        if matches!(change.body, Body::Deleted) {
            return Err(EditError::Deleted { segment });
        }
        change.body = Body::Changed(body);
        Ok(())
    }

    /// Inserts a segment before another one, behind those inserted there already.
    ///
    /// # Errors
    /// [`EditError::NoSegment`], [`EditError::Write`] for what cannot be written, and [`EditError::Fixed`] before an
    /// ISA, where there is no interchange.
    pub fn insert_before(
        &mut self,
        segment: u64,
        id: &str,
        elements: impl FnOnce(&mut SegmentWriter<'_>),
    ) -> Result<(), EditError> {
        let original = self.editable(segment)?;
        let body = self.written(&original, id, elements)?;
        self.changes.entry(segment).or_default().before.push(body);
        Ok(())
    }

    /// Inserts a segment after another one, behind those inserted there already.
    ///
    /// # Errors
    /// [`EditError::NoSegment`], and [`EditError::Write`] for what cannot be written.
    pub fn insert_after(
        &mut self,
        segment: u64,
        id: &str,
        elements: impl FnOnce(&mut SegmentWriter<'_>),
    ) -> Result<(), EditError> {
        let original = self.document.segment(segment).ok_or(EditError::NoSegment { segment })?;
        let body = self.written(&original, id, elements)?;
        self.changes.entry(segment).or_default().after.push(body);
        Ok(())
    }

    /// Deletes a segment, with its terminator and the line break behind it.
    ///
    /// # Errors
    /// [`EditError::NoSegment`], and [`EditError::Fixed`] for an ISA.
    pub fn delete(&mut self, segment: u64) -> Result<(), EditError> {
        self.editable(segment)?;
        self.changes.entry(segment).or_default().body = Body::Deleted;
        Ok(())
    }

    /// Makes the counts in SE01, GE01 and IEA01 right where they are wrong in what is written, whether by the changes
    /// or from the beginning.
    pub fn renew_counts(&mut self) {
        self.renew_counts = true;
    }

    /// How many segments have a change of their own or one beside them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Whether there is no change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Writes the document with its changes. To renew counts, all of it is put together in memory first.
    ///
    /// # Errors
    /// Those of the destination.
    pub fn write(&self, destination: &mut impl Write) -> std::io::Result<()> {
        if self.renew_counts { destination.write_all(&self.to_bytes()) } else { self.write_changes(destination) }
    }

    /// The document with its changes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.document.bytes().len() + 64 * self.changes.len());
        // Writing into memory cannot fail.
        let _ = self.write_changes(&mut bytes);
        if self.renew_counts
            && let Some(renewed) = renewed(&bytes)
        {
            return renewed;
        }
        bytes
    }

    fn write_changes(&self, destination: &mut impl Write) -> std::io::Result<()> {
        let bytes = self.document.bytes();
        let mut at = 0;
        for (&number, change) in &self.changes {
            let Some((segment, line)) = self.document.segment(number).zip(self.line(number)) else {
                continue;
            };
            let end = line.start + segment.raw().len();
            destination.write_all(bytes.get(at..line.start).unwrap_or_default())?;
            for body in &change.before {
                destination.write_all(body)?;
                destination.write_all(line.terminator)?;
                destination.write_all(line.style)?;
            }
            at = match &change.body {
                Body::Kept => {
                    destination.write_all(segment.raw())?;
                    end
                }
                Body::Changed(body) => {
                    destination.write_all(body)?;
                    end
                }
                Body::Deleted => line.next,
            };
            if change.after.is_empty() {
                continue;
            }
            if segment.is_terminated() {
                destination.write_all(bytes.get(at..line.next).unwrap_or_default())?;
            } else if !matches!(change.body, Body::Deleted) {
                destination.write_all(line.terminator)?;
            }
            at = line.next;
            // On the last line of a file nothing may follow the terminator, so the line break comes first.
            let is_broken = !line.own.is_empty() || line.style.is_empty() || matches!(change.body, Body::Deleted);
            for body in &change.after {
                if !is_broken {
                    destination.write_all(line.style)?;
                }
                destination.write_all(body)?;
                destination.write_all(line.terminator)?;
                if is_broken {
                    destination.write_all(line.style)?;
                }
            }
        }
        destination.write_all(bytes.get(at..).unwrap_or_default())
    }

    /// How a segment stands in its line.
    fn line(&self, number: u64) -> Option<Line<'_>> {
        let bytes = self.document.bytes();
        let span_of = |number: u64| {
            let at = usize::try_from(number).ok()?.checked_sub(1)?;
            self.document.index.segments.get(at).copied()
        };
        let break_from = |from: usize| {
            let rest = bytes.get(from..).unwrap_or_default();
            let length = rest.iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count();
            rest.get(..length).unwrap_or_default()
        };
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        let interchange = self.document.index.interchanges.iter().rfind(|interchange| interchange.first <= at)?;
        let segment = interchange.delimiters.segment;
        let span = span_of(number)?;
        let length = span.terminator_len(bytes, segment);
        let isa = self.document.index.segments.get(interchange.first)?;
        let isa_end = isa.end + isa.terminator_len(bytes, segment);
        let own = break_from(span.end + length);
        let terminator = bytes.get(span.end..span.end + length).filter(|terminator| !terminator.is_empty());
        let terminator = terminator.or_else(|| bytes.get(isa.end..isa_end)).unwrap_or_default();
        Some(Line {
            start: span.start,
            terminator,
            own,
            style: break_from(isa_end),
            next: span.end + length + own.len(),
        })
    }

    /// A segment that is no ISA.
    fn editable(&self, segment: u64) -> Result<Segment<'a>, EditError> {
        let original = self.document.segment(segment).ok_or(EditError::NoSegment { segment })?;
        if original.id() == "ISA" { Err(EditError::Fixed { segment, element: 0 }) } else { Ok(original) }
    }

    /// A segment to stand at the place of this one or beside it.
    fn written(
        &mut self,
        place: &Segment<'_>,
        id: &str,
        elements: impl FnOnce(&mut SegmentWriter<'_>),
    ) -> Result<Vec<u8>, EditError> {
        let mut writer = Writer::new(place.delimiters(), LineEnding::None);
        writer.segment(id, elements).map_err(|error| EditError::Write { segment: place.number(), error })?;
        let mut body = writer.into_bytes();
        body.pop();
        // The writer gives UTF-8; a segment with its number and no element is named where Latin-1 cannot have it.
        match core::str::from_utf8(&body) {
            Ok(text) if !text.is_ascii() && self.is_latin_1() => {
                latin_1(text).ok_or(EditError::NotInCharset { segment: place.number(), element: 0 })
            }
            _ => Ok(body),
        }
    }

    /// The text as bytes of this document.
    fn encoded(
        &mut self,
        segment: u64,
        element: u8,
        text: &str,
        delimiters: &Delimiters,
    ) -> Result<Vec<u8>, EditError> {
        if text.chars().any(char::is_control) {
            return Err(EditError::ControlInText { segment, element });
        }
        let bytes = if text.is_ascii() || !self.is_latin_1() {
            text.as_bytes().to_vec()
        } else {
            latin_1(text).ok_or(EditError::NotInCharset { segment, element })?
        };
        if bytes.iter().any(|&byte| delimiters.contains(byte)) {
            return Err(EditError::DelimiterInText { segment, element });
        }
        Ok(bytes)
    }

    fn is_latin_1(&mut self) -> bool {
        *self.is_latin_1.get_or_insert_with(|| core::str::from_utf8(self.document.bytes()).is_err())
    }
}

/// A segment in its line.
struct Line<'b> {
    /// Where its body begins.
    start: usize,
    /// Its terminator; that of the ISA when it has none.
    terminator: &'b [u8],
    /// The line break behind it.
    own: &'b [u8],
    /// The line break behind the ISA, as behind most segments.
    style: &'b [u8],
    /// Where what follows begins.
    next: usize,
}

/// The same bytes with right counts in the trailers; `None` when they are right or it is no X12.
fn renewed(bytes: &[u8]) -> Option<Vec<u8>> {
    let document = Document::read(bytes).ok()?;
    let mut editor = Editor::new(&document);
    for diagnostic in document.diagnostics() {
        if let DiagnosticKind::Count { counted, .. } = diagnostic.kind {
            // A count that cannot be written, for a digit is a delimiter, stays as it is.
            let _ = editor.replace_element(diagnostic.segment, 1, &counted.to_string());
        }
    }
    (!editor.is_empty()).then(|| editor.to_bytes())
}

impl fmt::Debug for Editor<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Editor")
            .field("document", self.document)
            .field("changes", &self.changes.len())
            .field("renew_counts", &self.renew_counts)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISA: &str =
        "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~";

    fn file(ending: &str) -> String {
        let gs = "GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~";
        format!("{ISA}{gs}ST*837*0001~HI*ABK:E1165^ABF:I10*X~BIN*3*a~b~SE*4*0001~GE*1*1~IEA*1*000000001~")
            .replace("~b~", "\u{1}b\u{1}")
            .replace('~', &format!("~{ending}"))
            .replace("\u{1}b\u{1}", &format!("~b~{ending}"))
    }

    fn edited(file: &str, edit: impl FnOnce(&mut Editor<'_, '_>)) -> String {
        let document = Document::read(file.as_bytes()).unwrap();
        let mut editor = Editor::new(&document);
        edit(&mut editor);
        String::from_utf8(editor.to_bytes()).unwrap()
    }

    #[test]
    fn an_edit_touches_its_own_bytes_only() {
        for ending in ["", "\n", "\r\n"] {
            let file = file(ending);
            let line = |body: &str| format!("{body}~{ending}");
            for (name, from, to, edit) in [
                ("nothing", "", "", &(|_: &mut Editor<'_, '_>| ()) as &dyn Fn(&mut Editor<'_, '_>)),
                ("an element", "*X~", "*Y~", &|e| e.replace_element(4, 2, "Y").unwrap()),
                ("an element made empty", "*X~", "*~", &|e| e.replace_element(4, 2, "").unwrap()),
                ("an element that was not there", "*X~", "*X**Z~", &|e| e.replace_element(4, 4, "Z").unwrap()),
                ("a component", ":E1165^", ":E119^", &|e| e.replace_component(4, 1, 1, 2, "E119").unwrap()),
                ("one of the second repetition", "I10*", "I10::Y*", &|e| e.replace_component(4, 1, 2, 4, "Y").unwrap()),
                ("a third repetition", "I10*", "I10^ABF:Z23*", &|e| {
                    e.replace_component(4, 1, 3, 1, "ABF").unwrap();
                    e.replace_component(4, 1, 3, 2, "Z23").unwrap();
                }),
                ("an ISA element", "TESTSENDER     *ZZ", "OTHER          *ZZ", &|e| {
                    e.replace_element(1, 6, "OTHER").unwrap();
                }),
                ("an ISA number", "*000000001*0*T", "*000000042*0*T", &|e| e.replace_element(1, 13, "42").unwrap()),
                ("a segment", "HI*ABK:E1165^ABF:I10*X~", "HI*ABK:Z23~", &|e| {
                    e.replace_segment(4, "HI", |hi| {
                        hi.composite(&["ABK", "Z23"]);
                    })
                    .unwrap();
                }),
            ] {
                let expected = if from.is_empty() { file.clone() } else { file.replace(from, to) };
                assert_eq!(edited(&file, edit), expected, "{name} {ending:?}");
            }
            let nte = line("NTE*ADD*TEST");
            let before = edited(&file, |e| e.insert_before(4, "NTE", note).unwrap());
            assert_eq!(before, file.replace("HI*", &format!("{nte}HI*")), "{ending:?}");
            let after = edited(&file, |e| e.insert_after(5, "NTE", note).unwrap());
            assert_eq!(after, file.replace("SE*", &format!("{nte}SE*")), "{ending:?}");
            let deleted = edited(&file, |e| e.delete(5).unwrap());
            assert_eq!(deleted, file.replace(&line("BIN*3*a~b"), ""), "{ending:?}");
            let both = edited(&file, |e| {
                e.delete(5).unwrap();
                e.insert_after(5, "NTE", note).unwrap();
                e.insert_after(5, "NTE", note).unwrap();
            });
            assert_eq!(both, file.replace(&line("BIN*3*a~b"), &format!("{nte}{nte}")), "{ending:?}");
        }
    }

    fn note(segment: &mut SegmentWriter<'_>) {
        segment.text("ADD").text("TEST");
    }

    #[test]
    fn at_the_end_of_a_file_lines_stay_lines() {
        let file = file("\r\n");
        let cut = file.trim_end();
        assert_eq!(edited(cut, |e| e.insert_after(8, "NTE", note).unwrap()), format!("{cut}\r\nNTE*ADD*TEST~"));
        let cut = cut.trim_end_matches('~');
        assert_eq!(edited(cut, |e| e.insert_after(8, "NTE", note).unwrap()), format!("{cut}~\r\nNTE*ADD*TEST~"));
    }

    #[test]
    fn counts_are_renewed_when_asked() {
        let file = file("");
        let insert = |editor: &mut Editor<'_, '_>| editor.insert_after(4, "NTE", note).unwrap();
        assert!(edited(&file, insert).contains("~SE*4*0001~"));
        let renewed = edited(&file, |editor| {
            insert(editor);
            editor.renew_counts();
        });
        assert_eq!(renewed, file.replace("*X~", "*X~NTE*ADD*TEST~").replace("SE*4", "SE*5"));
        assert!(Document::read(renewed.as_bytes()).unwrap().diagnostics().is_empty());
    }

    #[test]
    fn what_would_break_the_interchange_is_refused() {
        let file = file("");
        let document = Document::read(file.as_bytes()).unwrap();
        let mut editor = Editor::new(&document);
        let (segment, element) = (4, 1);
        for (text, error) in [
            ("a*b", EditError::DelimiterInText { segment, element }),
            ("a:b", EditError::DelimiterInText { segment, element }),
            ("a^b", EditError::DelimiterInText { segment, element }),
            ("a~", EditError::DelimiterInText { segment, element }),
            ("a\nb", EditError::ControlInText { segment, element }),
            ("\0", EditError::ControlInText { segment, element }),
        ] {
            assert_eq!(editor.replace_element(4, 1, text), Err(error), "{text:?}");
            assert_eq!(editor.replace_component(4, 1, 1, 1, text), Err(error), "{text:?}");
            let error = editor.replace_segment(4, "HI", |hi| {
                hi.text(text);
            });
            assert!(matches!(error, Err(EditError::Write { segment: 4, .. })), "{text:?}");
        }
        for (segment, n, error) in [
            (0, 1, EditError::NoSegment { segment: 0 }),
            (9, 1, EditError::NoSegment { segment: 9 }),
            (4, 0, EditError::NoElement { segment: 4, element: 0 }),
            (4, 256, EditError::NoElement { segment: 4, element: 256 }),
            (1, 17, EditError::NoElement { segment: 1, element: 17 }),
            (1, 16, EditError::Fixed { segment: 1, element: 16 }),
            (1, 11, EditError::Fixed { segment: 1, element: 11 }),
            (1, 15, EditError::Width { segment: 1, element: 15 }),
            (5, 1, EditError::Fixed { segment: 5, element: 1 }),
            (5, 2, EditError::Fixed { segment: 5, element: 2 }),
        ] {
            assert_eq!(editor.replace_element(segment, n, "TT"), Err(error));
        }
        assert_eq!(editor.replace_component(4, 1, 0, 1, "X"), Err(EditError::NoElement { segment: 4, element: 1 }));
        assert_eq!(editor.replace_component(4, 1, 1, 9999, "X"), Err(EditError::NoElement { segment: 4, element: 1 }));
        assert_eq!(editor.delete(1), Err(EditError::Fixed { segment: 1, element: 0 }));
        assert_eq!(editor.insert_before(1, "NTE", note), Err(EditError::Fixed { segment: 1, element: 0 }));
        assert_eq!(editor.delete(4), Ok(()));
        assert_eq!(editor.replace_element(4, 1, "X"), Err(EditError::Deleted { segment: 4 }));
        assert_eq!(editor.replace_segment(4, "NTE", note), Err(EditError::Deleted { segment: 4 }));
    }

    #[test]
    fn a_text_is_written_in_the_character_set_of_the_file() {
        let file = file("").into_bytes();
        let utf8 = Document::read(&file).unwrap();
        let mut editor = Editor::new(&utf8);
        editor.replace_element(4, 2, "PEÑA").unwrap();
        assert!(editor.to_bytes().windows(6).any(|bytes| bytes == b"*PE\xC3\x91A"));
        let latin: Vec<u8> = file.iter().map(|&byte| if byte == b'X' { 0xD1 } else { byte }).collect();
        let latin = Document::read(&latin).unwrap();
        let mut editor = Editor::new(&latin);
        editor.replace_element(4, 2, "PEÑA").unwrap();
        editor
            .insert_after(4, "NTE", |nte| {
                nte.text("PEÑA");
            })
            .unwrap();
        let bytes = editor.to_bytes();
        assert_eq!(bytes.windows(6).filter(|bytes| bytes == b"*PE\xD1A~").count(), 2);
        assert_eq!(editor.replace_element(4, 2, "漢"), Err(EditError::NotInCharset { segment: 4, element: 2 }));
    }
}
