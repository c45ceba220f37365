//! The dictionary of the base standard: data elements, composites, segments.

use super::element::ElementKind;
use super::error::GuideError;
use super::packed::SegmentId;
use std::collections::HashMap;

/// A data element.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DataElement {
    pub(crate) number: &'static str,
    pub(crate) kind: ElementKind,
    pub(crate) shortest: u32,
    pub(crate) longest: u32,
}

/// A place in a segment or composite: a data element or a composite, how often, and our words for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) of: &'static str,
    pub(crate) repeat: u16,
    pub(crate) words: &'static str,
}

/// What the elements of a segment demand of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoteKind {
    /// P: all of them or none.
    Paired,
    /// R: at least one.
    Required,
    /// E: at most one.
    Exclusive,
    /// C: where the first is, all others.
    Conditional,
    /// L: where the first is, one of the others.
    ListConditional,
}

/// A syntax note.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SyntaxNote {
    pub(crate) kind: NoteKind,
    /// The positions, the first one first; 0 behind the last.
    pub(crate) positions: [u8; 8],
    /// The same as bits, that of position 1 the lowest.
    pub(crate) mask: u64,
}

impl SyntaxNote {
    /// Whether elements that are there, as bits, break the note.
    #[inline]
    pub(crate) fn is_broken(&self, present: u64) -> bool {
        let there = present & self.mask;
        let first = self.positions.first().map_or(0, |position| bit(*position));
        match self.kind {
            NoteKind::Paired => there != 0 && there != self.mask,
            NoteKind::Required => there == 0,
            NoteKind::Exclusive => there.count_ones() > 1,
            NoteKind::Conditional => there & first != 0 && there != self.mask,
            NoteKind::ListConditional => there == first,
        }
    }
}

/// The bit of a position from 1 to 64.
#[inline]
pub(crate) fn bit(position: u8) -> u64 {
    position.checked_sub(1).and_then(|place| 1u64.checked_shl(u32::from(place))).unwrap_or(0)
}

/// A segment of the base standard.
#[derive(Debug, Clone, Default)]
pub(crate) struct BaseSegment {
    pub(crate) id: &'static str,
    pub(crate) places: Vec<Place>,
    pub(crate) notes: Vec<SyntaxNote>,
}

/// Everything.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    elements: HashMap<&'static str, DataElement>,
    composites: HashMap<&'static str, Vec<Place>>,
    segments: HashMap<&'static str, BaseSegment>,
    ids: HashMap<SegmentId, &'static str>,
}

impl Dictionary {
    pub(crate) fn parse(text: &'static str) -> Result<Self, GuideError> {
        let mut dictionary = Self::default();
        // Where the words of the next line belong.
        let mut last: Option<(bool, &'static str)> = None;
        for (number, line) in (1..).zip(text.lines()) {
            let fail = |what| GuideError::new(number, what);
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (kind, rest) = line.split_once(' ').ok_or(fail("a line needs more than one word"))?;
            match kind {
                "element" => {
                    let mut words = rest.split_whitespace();
                    let (Some(number), Some(letters), Some(shortest), Some(longest), None) =
                        (words.next(), words.next(), words.next(), words.next(), words.next())
                    else {
                        return Err(fail("an element has a number, a type, a shortest and a longest length"));
                    };
                    let kind = ElementKind::from_letters(letters).ok_or(fail("no such type of element"))?;
                    let length = |text: &str| text.parse().map_err(|_| fail("a length is a whole number"));
                    let (shortest, longest) = (length(shortest)?, length(longest)?);
                    dictionary.elements.insert(number, DataElement { number, kind, shortest, longest });
                    last = None;
                }
                "composite" | "segment" => {
                    let mut words = rest.split_whitespace();
                    let id = words.next().ok_or(fail("a name is missing"))?;
                    let mut segment = BaseSegment { id, ..BaseSegment::default() };
                    for word in words {
                        if let Some(note) = note(word) {
                            segment.notes.push(note);
                            continue;
                        }
                        let (of, repeat) = match word.split_once('x') {
                            Some((of, repeat)) => (of, repeat.parse().map_err(|_| fail("repetitions are a number"))?),
                            None => (word, 1),
                        };
                        segment.places.push(Place { of, repeat, words: "" });
                    }
                    if kind == "segment" {
                        dictionary.ids.insert(SegmentId::of(id.as_bytes()), id);
                        dictionary.segments.insert(id, segment);
                    } else {
                        dictionary.composites.insert(id, segment.places);
                    }
                    last = Some((kind == "segment", id));
                }
                "words" => {
                    let (is_segment, id) = last.take().ok_or(fail("words stand below a segment or composite"))?;
                    let places = if is_segment {
                        dictionary.segments.get_mut(id).map(|segment| &mut segment.places)
                    } else {
                        dictionary.composites.get_mut(id)
                    };
                    let places = places.ok_or(fail("words stand below a segment or composite"))?;
                    let mut words = rest.split(';');
                    for (place, words) in places.iter_mut().zip(&mut words) {
                        place.words = words.trim();
                    }
                    if words.next().is_some() {
                        return Err(fail("there are more words than elements"));
                    }
                }
                _ => return Err(fail("a line begins with element, composite, segment or words")),
            }
        }
        Ok(dictionary)
    }

    pub(crate) fn element(&self, number: &str) -> Option<DataElement> {
        self.elements.get(number).copied()
    }

    pub(crate) fn composite(&self, id: &str) -> Option<&[Place]> {
        self.composites.get(id).map(Vec::as_slice)
    }

    pub(crate) fn segment(&self, id: &str) -> Option<&BaseSegment> {
        self.segments.get(id)
    }

    /// The identifier of a segment that the standard has; never text of a file.
    pub(crate) fn known_id(&self, id: SegmentId) -> Option<&'static str> {
        self.ids.get(&id).copied()
    }
}

/// A syntax note such as `P0304`: a letter and positions of two digits.
fn note(word: &str) -> Option<SyntaxNote> {
    let kind = match word.as_bytes().first()? {
        b'P' => NoteKind::Paired,
        b'R' => NoteKind::Required,
        b'E' => NoteKind::Exclusive,
        b'C' => NoteKind::Conditional,
        b'L' => NoteKind::ListConditional,
        _ => return None,
    };
    let digits = word.get(1..)?.as_bytes();
    // A composite such as C022 has an odd count of digits.
    let (pairs, rest) = digits.as_chunks::<2>();
    if pairs.len() < 2 || pairs.len() > 8 || !rest.is_empty() {
        return None;
    }
    let mut positions = [0; 8];
    for ([ten, one], position) in pairs.iter().zip(&mut positions) {
        if !ten.is_ascii_digit() || !one.is_ascii_digit() {
            return None;
        }
        *position = (ten - b'0') * 10 + (one - b'0');
    }
    let mask = positions.into_iter().fold(0, |mask, position| mask | bit(position));
    Some(SyntaxNote { kind, positions, mask })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_broken_as_the_standard_says() {
        for (text, present, broken) in [
            ("P0304", [0u8, 0, 0], false),
            ("P0304", [3, 0, 0], true),
            ("P0304", [3, 4, 0], false),
            ("R0203", [1, 0, 0], true),
            ("R0203", [3, 0, 0], false),
            ("E0207", [2, 7, 0], true),
            ("E0207", [7, 0, 0], false),
            ("C1110", [10, 0, 0], false),
            ("C1110", [11, 0, 0], true),
            ("C1110", [11, 10, 0], false),
            ("L050607", [5, 0, 0], true),
            ("L050607", [5, 7, 0], false),
            ("L050607", [6, 0, 0], false),
        ] {
            let there = present.into_iter().fold(0, |there, position| there | bit(position));
            assert_eq!(note(text).unwrap().is_broken(there), broken, "{text} {present:?}");
        }
        assert!(note("C022").is_none() && note("P03").is_none() && note("1028").is_none());
    }
}
