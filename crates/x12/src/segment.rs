//! Segments.

use crate::{Delimiters, Element, scan};
use core::fmt;

/// One segment: a view of its bytes in the file, cheap to copy. Elements are split when asked for.
///
/// `Debug` shows the identifier and the place only, since the text may be a patient's.
#[derive(Clone, Copy)]
pub struct Segment<'a> {
    pub(crate) raw: &'a [u8],
    pub(crate) delimiters: Delimiters,
    pub(crate) number: usize,
    pub(crate) offset: usize,
    pub(crate) terminated: bool,
}

impl<'a> Segment<'a> {
    /// The segment identifier, such as `CLM`: two or three capital letters or digits. Empty when the segment does not
    /// begin with one; [`raw`](Self::raw) has the bytes.
    #[must_use]
    #[inline]
    pub fn id(&self) -> &'a str {
        let id = scan::id_len(self.raw, self.delimiters.element).and_then(|len| self.raw.get(..len));
        id.and_then(|id| core::str::from_utf8(id).ok()).unwrap_or_default()
    }

    /// The place of the segment in the file, counted from 1.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Where the segment begins: bytes from the start of the file, from 0.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The bytes of the segment without its terminator.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Whether the segment ends with its terminator, as all but a cut file's last segment should.
    #[must_use]
    pub fn is_terminated(&self) -> bool {
        self.terminated
    }

    /// The delimiters of the interchange.
    #[must_use]
    pub fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// Element `n`, counted from 1 after the identifier (`element(2)` of a CLM is CLM02); empty when it is not there.
    #[must_use]
    #[inline]
    pub fn element(&self, n: usize) -> Element<'a> {
        n.checked_sub(1).and_then(|n| self.elements().nth(n)).unwrap_or_default()
    }

    /// The elements after the identifier, in order, empty ones included.
    #[inline]
    pub fn elements(&self) -> impl Iterator<Item = Element<'a>> + Clone + use<'a> {
        let element = self.delimiters.element;
        let mut elements = Elements {
            rest: Some(self.raw),
            delimiters: self.delimiters,
            // Beyond any element there can be: no payload.
            until_payload: scan::payload_element(self.raw, element).unwrap_or(usize::MAX),
            // The elements of an ISA are the delimiters themselves.
            opaque: self.raw.starts_with(b"ISA") && self.raw.get(3) == Some(&element),
        };
        elements.skip_id();
        elements
    }

    /// How many elements stand after the identifier, trailing empty ones included.
    #[must_use]
    pub fn element_count(&self) -> usize {
        self.elements().count()
    }
}

#[derive(Clone)]
struct Elements<'a> {
    rest: Option<&'a [u8]>,
    delimiters: Delimiters,
    until_payload: usize,
    opaque: bool,
}

impl<'a> Elements<'a> {
    #[inline]
    fn skip_id(&mut self) {
        self.rest = self.rest.and_then(|rest| {
            let place = rest.iter().position(|&byte| byte == self.delimiters.element)?;
            rest.get(place + 1..)
        });
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    #[inline]
    fn next(&mut self) -> Option<Element<'a>> {
        let rest = self.rest?;
        self.until_payload = self.until_payload.saturating_sub(1);
        if self.until_payload == 0 {
            self.rest = None;
            return Some(Element::opaque(rest));
        }
        let place = rest.iter().position(|&byte| byte == self.delimiters.element);
        let bytes = match place.and_then(|place| rest.split_at_checked(place)) {
            Some((bytes, after)) => {
                self.rest = after.get(1..);
                bytes
            }
            None => {
                self.rest = None;
                rest
            }
        };
        Some(if self.opaque { Element::opaque(bytes) } else { Element::new(bytes, &self.delimiters) })
    }
}

impl fmt::Debug for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment")
            .field("id", &self.id())
            .field("number", &self.number)
            .field("offset", &self.offset)
            .field("bytes", &self.raw.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(raw: &[u8]) -> Segment<'_> {
        Segment { raw, delimiters: Delimiters::default(), number: 1, offset: 0, terminated: true }
    }

    #[test]
    fn elements_are_counted_from_one_and_absent_ones_are_empty() {
        let address = segment(b"N3*1 TEST ST**");
        assert_eq!((address.id(), address.element_count()), ("N3", 3));
        for (n, text) in [(0, ""), (1, "1 TEST ST"), (2, ""), (3, ""), (4, "")] {
            assert_eq!(address.element(n), text, "element {n}");
        }
        assert_eq!(segment(b"LE").element_count(), 0);
    }

    #[test]
    fn a_counted_payload_is_one_element_whatever_it_holds() {
        let binary = segment(b"BIN*9*a*b:c~d^e");
        assert_eq!((binary.id(), binary.element_count()), ("BIN", 2));
        assert_eq!(binary.element(2), "a*b:c~d^e");
        assert_eq!(binary.element(2).component(1), "a*b:c~d^e");
        let encoded = segment(b"BDS*ASC*3*a*b");
        assert_eq!((encoded.element(1).bytes(), encoded.element(3).bytes()), (&b"ASC"[..], &b"a*b"[..]));
        assert_eq!(encoded.element_count(), 3);
    }

    #[test]
    fn the_elements_of_an_isa_are_not_split_further() {
        let isa = segment(b"ISA*00*A:B^C*:");
        assert_eq!(isa.element(2).component(1), "A:B^C");
        assert_eq!(isa.element(3), ":");
        assert_eq!(isa.element(3).components().count(), 1);
    }

    #[test]
    fn a_segment_without_identifier_keeps_its_bytes() {
        let odd = segment(b"nonsense*1");
        assert_eq!((odd.id(), odd.raw()), ("", &b"nonsense*1"[..]));
        assert_eq!(odd.element(1), "1");
        assert!(!format!("{odd:?}").contains("nonsense"));
    }
}
