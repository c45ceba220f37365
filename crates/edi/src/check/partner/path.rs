//! Places in a transaction as rules name them: `2010BA.DMG`, `2300.REF*G1`, `2300.CLM05-3`, `2310B`.

use crate::check::finding::ElementPlace;
use crate::guide::{Guide, SegmentId, known_segment};

/// A loop, a segment of a loop, or an element of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    /// Empty for the transaction outside of loops.
    pub(super) loop_id: String,
    /// The segment; without one the loop is meant.
    pub(super) segment: Option<&'static str>,
    /// What the element has that tells the segment from others of its name.
    pub(super) qualifier: Option<String>,
    pub(super) element: Option<ElementPlace>,
}

impl Path {
    /// Reads a place.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let (place, qualifier) = match text.split_once('*') {
            Some((_, "")) => return Err("a qualifier stands behind the *"),
            Some((place, qualifier)) => (place, Some(qualifier.to_owned())),
            None => (text, None),
        };
        let (loop_id, rest) = match place.split_once('.') {
            Some((_, "")) => return Err("a segment stands behind the point"),
            Some((loop_id, rest)) => (loop_id, rest),
            None if is_loop(place) => (place, ""),
            None => ("", place),
        };
        if !is_loop(loop_id) {
            return Err("no guide has a loop of this name");
        }
        if rest.is_empty() {
            let is_whole = qualifier.is_none() && !loop_id.is_empty();
            let path = Self { loop_id: loop_id.to_owned(), segment: None, qualifier: None, element: None };
            return if is_whole { Ok(path) } else { Err("a place is LOOP, LOOP.SEGMENT or LOOP.SEGMENTnn") };
        }
        let (segment, element) = segment(rest)?;
        let stands = |guide: &'static Guide| {
            let mut segments = guide.segments().iter();
            segments.any(|used| used.id() == segment && guide.loop_of(used).is_some_and(|found| found.id() == loop_id))
        };
        if !Guide::all().any(stands) {
            return Err("no guide has the segment in that loop");
        }
        Ok(Self { loop_id: loop_id.to_owned(), segment: Some(segment), qualifier, element })
    }
}

fn is_loop(id: &str) -> bool {
    Guide::all().any(|guide| guide.loops().iter().any(|found| found.id() == id))
}

/// A segment, with an element of two digits and a component behind a hyphen: `CLM`, `CLM05`, `CLM05-3`.
fn segment(text: &str) -> Result<(&'static str, Option<ElementPlace>), &'static str> {
    let (place, component) = match text.split_once('-') {
        Some((place, component)) => (place, Some(number(component).ok_or("a component is a number from 1 on")?)),
        None => (text, None),
    };
    let known = |id: &str| known_segment(SegmentId::of(id.as_bytes()));
    let (id, element) = match place.len() {
        2 | 3 => (place, None),
        4 | 5 => place.split_at_checked(place.len() - 2).map(|(id, digits)| (id, Some(digits))).unwrap_or_default(),
        _ => return Err("a segment is two or three characters, and an element two digits behind them"),
    };
    let id = known(id).ok_or("the standard has no segment of this name")?;
    match element {
        None if component.is_some() => Err("a component stands behind an element of two digits"),
        None => Ok((id, None)),
        Some(digits) => {
            let element = number(digits).ok_or("an element is two digits from 01 on")?;
            Ok((id, Some(ElementPlace { component, ..ElementPlace::new(element) })))
        }
    }
}

fn number(digits: &str) -> Option<u8> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|number| is_number && *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_guides_name_them() {
        for (text, loop_id, segment, qualifier, element) in [
            ("2010BA.DMG", "2010BA", Some("DMG"), None, ""),
            ("2300.REF*G1", "2300", Some("REF"), Some("G1"), ""),
            ("2300.REF02*G1", "2300", Some("REF"), Some("G1"), "02"),
            ("2300.CLM05-3", "2300", Some("CLM"), None, "05-3"),
            ("2400.SV101-2", "2400", Some("SV1"), None, "01-2"),
            ("2010AA.N403", "2010AA", Some("N4"), None, "03"),
            ("2300.HI", "2300", Some("HI"), None, ""),
            ("BHT06", "", Some("BHT"), None, "06"),
            ("2310B", "2310B", None, None, ""),
        ] {
            let path = Path::parse(text).unwrap();
            let place = path.element.map(|place| place.to_string()).unwrap_or_default();
            assert_eq!((path.loop_id.as_str(), path.segment, path.qualifier.as_deref()), (loop_id, segment, qualifier));
            assert_eq!(place, element, "{text}");
        }
        for text in [
            "",
            "9999.CLM",
            "2300.XYZ",
            "2300.CLM5",
            "2300.CLM00",
            "2300.CLM-3",
            "2300.REF*",
            "2310B*82",
            "2010BA.CLM",
            "2300.",
        ] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }
}
