//! Writing segments.

use crate::{Delimiters, Element, Segment, X12Error};
use core::fmt;

/// What follows each segment terminator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum LineEnding {
    /// Nothing, as the standard has it.
    #[default]
    None,
    /// A line feed, so that people can read the file.
    Lf,
    /// A carriage return and a line feed.
    CrLf,
}

impl LineEnding {
    pub(crate) fn bytes(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
        }
    }
}

/// Writes segments into memory. Empty elements and components at the end of a segment or composite are left out.
///
/// A segment is written whole or, on an error, not at all. `Debug` shows lengths only.
///
/// ```
/// use superbill_x12::{Delimiters, LineEnding, Writer};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut writer = Writer::new(Delimiters::default(), LineEnding::None);
/// writer.segment("SV1", |sv1| {
///     sv1.composite(&["HC", "G0108", ""]).text("100").text("UN").number(2).empty();
/// })?;
/// assert_eq!(writer.into_bytes(), b"SV1*HC:G0108*100*UN*2~");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Writer {
    bytes: Vec<u8>,
    delimiters: Delimiters,
    ending: LineEnding,
    segments: usize,
    /// How many envelopes are open: see the interchange writers.
    pub(crate) open: u8,
}

impl Writer {
    /// A writer with nothing written.
    #[must_use]
    pub fn new(delimiters: Delimiters, ending: LineEnding) -> Self {
        Self { bytes: Vec::new(), delimiters, ending, segments: 0, open: 0 }
    }

    /// Writes a segment whose elements the closure gives in order.
    ///
    /// # Errors
    /// [`X12Error::DelimiterInText`] and [`X12Error::ControlInText`] for a text that cannot be written,
    /// [`X12Error::NoRepetitionSeparator`], [`X12Error::SegmentId`], and [`X12Error::Delimiters`] when the delimiters
    /// of the writer cannot be told apart.
    pub fn segment(&mut self, id: &str, elements: impl FnOnce(&mut SegmentWriter<'_>)) -> Result<(), X12Error> {
        if !self.delimiters.are_distinct() {
            return Err(X12Error::Delimiters);
        }
        let number = self.segments + 1;
        if crate::scan::id_len(id.as_bytes(), self.delimiters.element) != Some(id.len()) {
            return Err(X12Error::SegmentId { segment: number });
        }
        let start = self.bytes.len();
        self.bytes.extend_from_slice(id.as_bytes());
        let mut segment =
            SegmentWriter { bytes: &mut self.bytes, delimiters: self.delimiters, number, element: 0, error: None };
        elements(&mut segment);
        if let Some(error) = segment.error {
            self.bytes.truncate(start);
            return Err(error);
        }
        trim(&mut self.bytes, start, self.delimiters.element);
        self.end_segment();
        Ok(())
    }

    /// Writes a segment of simple elements.
    ///
    /// # Errors
    /// As [`segment`](Self::segment).
    pub fn elements(&mut self, id: &str, elements: &[&str]) -> Result<(), X12Error> {
        self.segment(id, |segment| {
            for text in elements {
                segment.text(text);
            }
        })
    }

    /// Writes a segment that was read, with the delimiters of this writer.
    ///
    /// # Errors
    /// [`X12Error::DelimiterInText`] where a text holds one of them, [`X12Error::NoRepetitionSeparator`],
    /// [`X12Error::SegmentId`], and [`X12Error::Delimiters`] when they cannot be told apart.
    pub fn copy(&mut self, segment: &Segment<'_>) -> Result<(), X12Error> {
        self.copy_with(segment, 0, "")
    }

    /// Writes a segment that was read, with another text as element `n`.
    pub(crate) fn copy_with(&mut self, segment: &Segment<'_>, n: usize, text: &str) -> Result<(), X12Error> {
        if !self.delimiters.are_distinct() {
            return Err(X12Error::Delimiters);
        }
        let number = self.segments + 1;
        if segment.id().is_empty() {
            return Err(X12Error::SegmentId { segment: number });
        }
        let start = self.bytes.len();
        self.bytes.extend_from_slice(segment.id().as_bytes());
        let payload = crate::scan::payload_element(segment.raw(), segment.delimiters().element);
        for (at, element) in (1..).zip(segment.elements()) {
            self.bytes.push(self.delimiters.element);
            if at == n {
                self.bytes.extend_from_slice(text.as_bytes());
            } else if Some(at) == payload {
                self.bytes.extend_from_slice(element.bytes());
            } else if let Err(error) = self.copy_element(element, number, at) {
                self.bytes.truncate(start);
                return Err(error);
            }
        }
        self.end_segment();
        Ok(())
    }

    fn copy_element(&mut self, element: Element<'_>, segment: usize, at: usize) -> Result<(), X12Error> {
        let number = u8::try_from(at).unwrap_or(u8::MAX);
        for (which, repetition) in element.repetitions().enumerate() {
            if which > 0 {
                let none = X12Error::NoRepetitionSeparator { segment, element: number };
                self.bytes.push(self.delimiters.repetition.ok_or(none)?);
            }
            for (which, component) in repetition.components().enumerate() {
                if which > 0 {
                    self.bytes.push(self.delimiters.component);
                }
                if component.bytes().iter().any(|&byte| self.delimiters.contains(byte)) {
                    return Err(X12Error::DelimiterInText { segment, element: number });
                }
                self.bytes.extend_from_slice(component.bytes());
            }
        }
        Ok(())
    }

    /// Writes segments that are as they must be, without the terminator of the last.
    pub(crate) fn copy_bytes(&mut self, bytes: &[u8], segments: usize) {
        self.bytes.extend_from_slice(bytes);
        self.end_segment();
        self.segments += segments.saturating_sub(1);
    }

    /// Writes bytes that are a segment already.
    pub(crate) fn raw(&mut self, body: &[u8]) {
        self.bytes.extend_from_slice(body);
        self.end_segment();
    }

    fn end_segment(&mut self) {
        self.bytes.push(self.delimiters.segment);
        self.bytes.extend_from_slice(self.ending.bytes());
        self.segments += 1;
    }

    /// The delimiters.
    #[must_use]
    pub fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// How many segments have been written.
    #[must_use]
    pub fn segment_count(&self) -> usize {
        self.segments
    }

    /// What has been written so far.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What has been written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("bytes", &self.bytes.len())
            .field("segments", &self.segments)
            .field("delimiters", &self.delimiters)
            .finish_non_exhaustive()
    }
}

/// Takes the elements of one segment in order. The first thing that cannot be written is the error of the segment.
pub struct SegmentWriter<'w> {
    bytes: &'w mut Vec<u8>,
    delimiters: Delimiters,
    number: usize,
    element: u8,
    error: Option<X12Error>,
}

impl SegmentWriter<'_> {
    /// The next element, a simple one.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.begin_element();
        self.put(text);
        self
    }

    /// The next element, a whole number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.text(&number.to_string())
    }

    /// The next element, left empty.
    pub fn empty(&mut self) -> &mut Self {
        self.begin_element();
        self
    }

    /// The next element, a composite of these components.
    pub fn composite(&mut self, components: &[&str]) -> &mut Self {
        self.begin_element();
        self.put_composite(components);
        self
    }

    /// The next element, repeated, each time a composite of these components.
    pub fn repeated(&mut self, repetitions: &[&[&str]]) -> &mut Self {
        self.begin_element();
        let start = self.bytes.len();
        for (at, components) in repetitions.iter().enumerate() {
            if at > 0 {
                match self.delimiters.repetition {
                    Some(repetition) => self.bytes.push(repetition),
                    None => {
                        let (segment, element) = (self.number, self.element);
                        self.error.get_or_insert(X12Error::NoRepetitionSeparator { segment, element });
                    }
                }
            }
            self.put_composite(components);
        }
        if let Some(repetition) = self.delimiters.repetition {
            trim(self.bytes, start, repetition);
        }
        self
    }

    fn begin_element(&mut self) {
        self.element = self.element.saturating_add(1);
        self.bytes.push(self.delimiters.element);
    }

    fn put_composite(&mut self, components: &[&str]) {
        let start = self.bytes.len();
        for (at, text) in components.iter().enumerate() {
            if at > 0 {
                self.bytes.push(self.delimiters.component);
            }
            self.put(text);
        }
        trim(self.bytes, start, self.delimiters.component);
    }

    fn put(&mut self, text: &str) {
        let (segment, element) = (self.number, self.element);
        if text.bytes().any(|byte| self.delimiters.contains(byte)) {
            self.error.get_or_insert(X12Error::DelimiterInText { segment, element });
        } else if text.chars().any(char::is_control) {
            self.error.get_or_insert(X12Error::ControlInText { segment, element });
        } else {
            self.bytes.extend_from_slice(text.as_bytes());
        }
    }
}

impl fmt::Debug for SegmentWriter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SegmentWriter")
            .field("segment", &self.number)
            .field("element", &self.element)
            .finish_non_exhaustive()
    }
}

/// Takes the delimiters at the end away, not before `start`.
fn trim(bytes: &mut Vec<u8>, start: usize, delimiter: u8) {
    let written = bytes.get(start..).unwrap_or_default();
    let extra = written.iter().rev().take_while(|&&byte| byte == delimiter).count();
    bytes.truncate(bytes.len() - extra);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(delimiters: Delimiters, elements: impl FnOnce(&mut SegmentWriter<'_>)) -> Result<String, X12Error> {
        let mut writer = Writer::new(delimiters, LineEnding::None);
        let result = writer.segment("REF", elements);
        assert!(result.is_ok() || writer.bytes().is_empty(), "a refused segment leaves nothing");
        result.map(|()| String::from_utf8(writer.into_bytes()).unwrap())
    }

    #[test]
    fn what_is_empty_at_the_end_is_left_out() {
        let usual = Delimiters::default();
        for (result, text) in [
            (written(usual, |_| {}), "REF~"),
            (
                written(usual, |s| {
                    s.text("").empty();
                }),
                "REF~",
            ),
            (
                written(usual, |s| {
                    s.text("G1").text("").text("");
                }),
                "REF*G1~",
            ),
            (
                written(usual, |s| {
                    s.empty().text("X");
                }),
                "REF**X~",
            ),
            (
                written(usual, |s| {
                    s.composite(&["", "", ""]).text("X");
                }),
                "REF**X~",
            ),
            (
                written(usual, |s| {
                    s.composite(&["A", "", "B", ""]);
                }),
                "REF*A::B~",
            ),
            (
                written(usual, |s| {
                    s.repeated(&[&["A", "B"], &["C", ""]]);
                }),
                "REF*A:B^C~",
            ),
            (
                written(usual, |s| {
                    s.repeated(&[&["A"], &[], &["", ""]]);
                }),
                "REF*A~",
            ),
            (
                written(usual, |s| {
                    s.text("PEÑA");
                }),
                "REF*PEÑA~",
            ),
        ] {
            assert_eq!(result.as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_text_that_would_change_the_structure_is_refused() {
        let usual = Delimiters::default();
        let old = Delimiters { repetition: None, ..usual };
        let delimiter = Err(X12Error::DelimiterInText { segment: 1, element: 2 });
        for text in ["a*b", "a:b", "a~b", "a^b"] {
            assert_eq!(
                written(usual, |s| {
                    s.text("ok").text(text);
                }),
                delimiter,
                "{text}"
            );
        }
        assert_eq!(
            written(old, |s| {
                s.text("a^b");
            })
            .as_deref(),
            Ok("REF*a^b~")
        );
        for text in ["a\nb", "a\r", "\0", "\u{7f}", "\u{85}"] {
            let control = Err(X12Error::ControlInText { segment: 1, element: 1 });
            assert_eq!(
                written(usual, |s| {
                    s.text(text);
                }),
                control
            );
        }
        let repeated = written(old, |s| {
            s.repeated(&[&["A"], &["B"]]);
        });
        assert_eq!(repeated, Err(X12Error::NoRepetitionSeparator { segment: 1, element: 1 }));
    }

    #[test]
    fn identifiers_and_delimiters_are_checked() {
        let mut writer = Writer::new(Delimiters::default(), LineEnding::CrLf);
        for id in ["", "N", "n1", "1A", "NAME", "N*1", "N1*"] {
            assert_eq!(writer.elements(id, &["X"]), Err(X12Error::SegmentId { segment: 1 }), "{id}");
        }
        assert_eq!(writer.elements("N1", &["PR"]), Ok(()));
        assert_eq!(writer.bytes(), b"N1*PR~\r\n");
        assert_eq!(writer.segment_count(), 1);
        let clash = Delimiters { component: b'*', ..Delimiters::default() };
        assert_eq!(Writer::new(clash, LineEnding::None).elements("N1", &[]), Err(X12Error::Delimiters));
    }
}
