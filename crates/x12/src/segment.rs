//! Segments.

use crate::{Delimiters, Element, scan};
use core::fmt;

/// One segment: a view of its bytes in the file, cheap to copy. Elements are split when asked for.
///
/// `Debug` shows the identifier and the place only, since the text may be a patient's.
#[derive(Clone, Copy)]
pub struct Segment<'a> {
    raw: &'a [u8],
    /// The places of its element separators, if they are known, and the place of its first byte on the same scale.
    marks: Option<&'a [u32]>,
    base: u32,
    number: u64,
    offset: u64,
    delimiters: Delimiters,
    terminated: bool,
}

impl<'a> Segment<'a> {
    #[inline]
    pub(crate) fn new(raw: &'a [u8], delimiters: Delimiters, number: u64, offset: u64, terminated: bool) -> Self {
        Self { raw, marks: None, base: 0, number, offset, delimiters, terminated }
    }

    /// With the places of all element separators, counted from where the segment begins at `base`.
    #[inline]
    pub(crate) fn with_marks(self, marks: &'a [u32], base: u32) -> Self {
        Self { marks: Some(marks), base, ..self }
    }

    /// The segment identifier, such as `CLM`: two or three capital letters or digits. Empty when the segment does not
    /// begin with one; [`raw`](Self::raw) has the bytes.
    #[must_use]
    #[inline]
    pub fn id(&self) -> &'a str {
        let id = scan::id_len(self.raw, self.delimiters.element).and_then(|len| self.raw.get(..len));
        id.and_then(|id| core::str::from_utf8(id).ok()).unwrap_or_default()
    }

    /// The segment identifier filled up with a blank to three bytes, such as `*b"CLM"` or `*b"N1 "`; three blanks when
    /// the segment does not begin with one. Quicker to compare than [`id`](Self::id).
    #[must_use]
    #[inline]
    pub fn tag(&self) -> [u8; 3] {
        match (scan::id_len(self.raw, self.delimiters.element), self.raw) {
            (Some(3), &[a, b, c, ..]) => [a, b, c],
            (Some(2), &[a, b, ..]) => [a, b, b' '],
            _ => [b' '; 3],
        }
    }

    /// The place of the segment in the file, counted from 1.
    #[must_use]
    #[inline]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Where the segment begins: bytes from the start of the file, from 0.
    #[must_use]
    #[inline]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The bytes of the segment without its terminator.
    #[must_use]
    #[inline]
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Whether the segment ends with its terminator, as all but a cut file's last segment should.
    #[must_use]
    #[inline]
    pub fn is_terminated(&self) -> bool {
        self.terminated
    }

    /// The delimiters of the interchange.
    #[must_use]
    #[inline]
    pub fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// Where the element separators stand, counted from the begin of the segment, as far as reading has found them already; `None` where the segment
    /// must be looked through.
    #[inline]
    pub fn separators(&self) -> Option<impl ExactSizeIterator<Item = u32> + Clone + use<'a>> {
        let base = self.base;
        self.marks.map(|marks| marks.iter().map(move |mark| mark.wrapping_sub(base)))
    }

    /// Element `n`, counted from 1 after the identifier (`element(2)` of a CLM is CLM02); empty when it is not there.
    #[must_use]
    #[inline]
    pub fn element(&self, n: usize) -> Element<'a> {
        let Some(before) = n.checked_sub(1) else {
            return Element::default();
        };
        let Some(marks) = self.marks else {
            return self.elements().nth(before).unwrap_or_default();
        };
        let Some(&mark) = marks.get(before) else {
            return Element::default();
        };
        let start = (mark.wrapping_sub(self.base) as usize) + 1;
        let end = marks.get(n).map_or(self.raw.len(), |&mark| mark.wrapping_sub(self.base) as usize);
        Element::new(self.raw.get(start..end).unwrap_or_default(), &self.delimiters)
    }

    /// The elements after the identifier, in order, empty ones included.
    #[inline]
    pub fn elements(&self) -> impl Iterator<Item = Element<'a>> + Clone + use<'a> {
        let element = self.delimiters.element;
        let known = self.marks.is_some();
        let mut elements = Elements {
            rest: Some(self.raw),
            marks: self.marks,
            base: self.base,
            delimiters: self.delimiters,
            // Beyond any element there can be: no payload. A payload has no marks, nor has an ISA.
            until_payload: if known { None } else { scan::payload_element(self.raw, element) }.unwrap_or(usize::MAX),
            // The elements of an ISA are the delimiters themselves.
            opaque: !known && self.raw.starts_with(b"ISA") && self.raw.get(3) == Some(&element),
        };
        elements.skip_id();
        elements
    }

    /// How many elements stand after the identifier, trailing empty ones included.
    #[must_use]
    #[inline]
    pub fn element_count(&self) -> usize {
        self.marks.map_or_else(|| self.elements().count(), <[u32]>::len)
    }
}

#[derive(Clone)]
struct Elements<'a> {
    rest: Option<&'a [u8]>,
    marks: Option<&'a [u32]>,
    /// The place of `rest` on the scale of the marks.
    base: u32,
    delimiters: Delimiters,
    until_payload: usize,
    opaque: bool,
}

impl<'a> Elements<'a> {
    #[inline]
    fn skip_id(&mut self) {
        self.rest = self.rest.and_then(|rest| {
            let place = self.separator(rest)?;
            rest.get(place + 1..)
        });
    }

    /// The place of the next element separator in what is left.
    #[inline]
    fn separator(&mut self, rest: &[u8]) -> Option<usize> {
        match &mut self.marks {
            Some(marks) => {
                let (&mark, others) = marks.split_first()?;
                *marks = others;
                let place = mark.wrapping_sub(self.base);
                self.base = mark.wrapping_add(1);
                Some(place as usize)
            }
            None => rest.iter().position(|&byte| byte == self.delimiters.element),
        }
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
        let bytes = match self.separator(rest).and_then(|place| rest.split_at_checked(place)) {
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
        Segment::new(raw, Delimiters::default(), 1, 0, true)
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
        assert_eq!([odd.tag(), segment(b"N1*X").tag(), segment(b"CLM").tag()], [*b"   ", *b"N1 ", *b"CLM"]);
        assert_eq!(odd.element(1), "1");
        assert!(!format!("{odd:?}").contains("nonsense"));
    }
}
