//! Elements, their components and repetitions.

use crate::Delimiters;
use core::fmt;
use std::borrow::Cow;

/// One element of a segment, or a component or repetition of one: a view of the bytes as they stand in the file.
///
/// An element that the segment does not have is an empty one, so reading never needs a check for presence first.
/// `Debug` shows only the length, since the text may be a patient's.
#[derive(Clone, Copy, Default)]
pub struct Element<'a> {
    bytes: &'a [u8],
    component: Option<u8>,
    repetition: Option<u8>,
}

impl<'a> Element<'a> {
    #[inline]
    pub(crate) fn new(bytes: &'a [u8], delimiters: &Delimiters) -> Self {
        Self { bytes, component: Some(delimiters.component), repetition: delimiters.repetition }
    }

    /// An element without inner structure, such as a binary payload or an element of the ISA.
    #[inline]
    pub(crate) fn opaque(bytes: &'a [u8]) -> Self {
        Self { bytes, component: None, repetition: None }
    }

    /// The bytes as they stand in the file.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Whether there is nothing in it. Blanks are something.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The text: UTF-8 where the bytes are UTF-8, else read as Latin-1 (ISO 8859-1), which cannot fail.
    #[must_use]
    pub fn text(&self) -> Cow<'a, str> {
        match core::str::from_utf8(self.bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(self.bytes.iter().map(|&byte| char::from(byte)).collect()),
        }
    }

    /// The text when the bytes are UTF-8 (ASCII is).
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> Option<&'a str> {
        core::str::from_utf8(self.bytes).ok()
    }

    /// The same element without the blanks around it.
    #[must_use]
    #[inline]
    pub fn trimmed(&self) -> Self {
        Self { bytes: self.bytes.trim_ascii(), ..*self }
    }

    /// Component `n` of the composite, counted from 1; empty when it is not there. Of a repeated element, that of the
    /// first repetition.
    #[must_use]
    #[inline]
    pub fn component(&self, n: usize) -> Element<'a> {
        n.checked_sub(1).and_then(|n| self.components().nth(n)).unwrap_or_default()
    }

    /// The components of the composite; an element that is not composite is one component. Of a repeated element,
    /// those of the first repetition.
    #[inline]
    pub fn components(&self) -> impl Iterator<Item = Element<'a>> + Clone + use<'a> {
        Components { rest: Some(self.bytes), component: self.component, repetition: self.repetition }
    }

    /// The repetitions of the element, in order; an element that is not repeated is one repetition.
    #[inline]
    pub fn repetitions(&self) -> impl Iterator<Item = Element<'a>> + Clone + use<'a> {
        let component = self.component;
        Split { rest: Some(self.bytes), delimiter: self.repetition }.map(move |bytes| Element {
            bytes,
            component,
            repetition: None,
        })
    }
}

/// The components of the first repetition, found in one pass. The two delimiters differ.
#[derive(Clone)]
struct Components<'a> {
    rest: Option<&'a [u8]>,
    component: Option<u8>,
    repetition: Option<u8>,
}

impl<'a> Iterator for Components<'a> {
    type Item = Element<'a>;

    #[inline]
    fn next(&mut self) -> Option<Element<'a>> {
        let rest = self.rest?;
        let ends = |&byte: &u8| Some(byte) == self.component || Some(byte) == self.repetition;
        let split = rest.iter().position(ends).and_then(|place| rest.split_at_checked(place));
        let Some((part, after)) = split else {
            self.rest = None;
            return Some(Element::opaque(rest));
        };
        self.rest = after.split_first().filter(|&(&byte, _)| Some(byte) != self.repetition).map(|(_, later)| later);
        Some(Element::opaque(part))
    }
}

/// Bytes between delimiters. Without a delimiter, all of them at once.
#[derive(Clone)]
struct Split<'a> {
    rest: Option<&'a [u8]>,
    delimiter: Option<u8>,
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest?;
        let place = self.delimiter.and_then(|delimiter| rest.iter().position(|&byte| byte == delimiter));
        let split = place.and_then(|place| rest.split_at_checked(place));
        match split {
            Some((part, after)) => {
                self.rest = after.get(1..);
                Some(part)
            }
            None => {
                self.rest = None;
                Some(rest)
            }
        }
    }
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Element({} bytes)", self.bytes.len())
    }
}

/// Equal when the bytes are.
impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Element<'_> {}

impl PartialEq<str> for Element<'_> {
    fn eq(&self, other: &str) -> bool {
        self.bytes == other.as_bytes()
    }
}

impl PartialEq<&str> for Element<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.bytes == other.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(text: &str) -> Element<'_> {
        Element::new(text.as_bytes(), &Delimiters::default())
    }

    #[test]
    fn components_are_counted_from_one_and_absent_ones_are_empty() {
        let procedure = element("HC:G0108::25");
        for (n, text) in [(0, ""), (1, "HC"), (2, "G0108"), (3, ""), (4, "25"), (5, "")] {
            assert_eq!(procedure.component(n), text, "component {n}");
        }
        assert_eq!(procedure.components().count(), 4);
        assert_eq!(element("").components().count(), 1);
    }

    #[test]
    fn repetitions_keep_their_components() {
        let repeated = element("A:1^B:2");
        let seconds: Vec<_> = repeated.repetitions().map(|one| one.component(2).text().into_owned()).collect();
        assert_eq!(seconds, ["1", "2"]);
        assert_eq!(repeated.component(2), "1");
        assert_eq!(repeated.components().count(), 2);
    }

    #[test]
    fn without_a_repetition_separator_the_caret_is_text() {
        let old = Element::new(b"A^B", &Delimiters { repetition: None, ..Delimiters::default() });
        assert_eq!(old.repetitions().count(), 1);
        assert_eq!(old.component(1), "A^B");
    }

    #[test]
    fn text_is_utf8_or_latin_1() {
        assert_eq!(element("PEÑA").text(), "PEÑA");
        let latin = Element::new(b"PE\xD1A", &Delimiters::default());
        assert_eq!(latin.text(), "PEÑA");
        assert_eq!(latin.as_str(), None);
        assert_eq!(format!("{latin:?}"), "Element(4 bytes)");
    }
}
