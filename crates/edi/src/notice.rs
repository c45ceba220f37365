//! What was seen while reading and is not in the model: said as values, so that nothing is dropped unseen.

use crate::error::ReadErrorKind;
use core::fmt;

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Location {
    /// The segment, counted from 1 in the file.
    pub segment: u64,
    /// Its identifier, such as `CLM`. Empty where no guide read here has such a segment: it could be any text.
    pub segment_id: &'static str,
    /// The element, counted from 1 (`CLM02` is 2), when it is about one.
    pub element: Option<u8>,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "segment {}", self.segment)?;
        match (self.segment_id, self.element) {
            ("", None) => Ok(()),
            ("", Some(element)) => write!(f, ", element {element}"),
            (id, None) => write!(f, " ({id})"),
            (id, Some(element)) => write!(f, " ({id}{element:02})"),
        }
    }
}

/// Something in a file that is not in the model. It never holds text of the file, which may be a patient's; the
/// location finds it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// Where.
    pub location: Location,
    /// The loop of the implementation guide, such as `2330B`; empty before the first loop.
    pub loop_id: &'static str,
    /// What became of it.
    pub kind: NoticeKind,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.location)?;
        if !self.loop_id.is_empty() {
            write!(f, ", loop {}", self.loop_id)?;
        }
        write!(f, ": {}", self.kind)
    }
}

/// Why something in a file is not in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoticeKind {
    /// A segment or element of the guide that the model does not carry yet.
    NotCarried,
    /// A segment that the guide does not have.
    Unknown,
    /// A segment that the guide does not have in this place.
    Misplaced,
    /// A segment, or a loop, for the second time where the model carries one; the first is kept.
    Repeated,
    /// The element should have a value; the model has an empty one.
    Missing,
    /// The level of the hierarchy does not name its parent (HL02); the nearest one before it is taken.
    Parent,
    /// The value cannot be read and is left out, with the reason.
    Unreadable(ReadErrorKind),
}

impl fmt::Display for NoticeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCarried => f.write_str("the model does not carry this yet"),
            Self::Unknown => f.write_str("the guide does not have this segment"),
            Self::Misplaced => f.write_str("the guide does not have this segment here"),
            Self::Repeated => f.write_str("this is given a second time; the first is kept"),
            Self::Missing => f.write_str("this should have a value"),
            Self::Parent => {
                f.write_str("no level that can be the parent has this number; the nearest one before is taken")
            }
            Self::Unreadable(why) => write!(f, "left out: {why}"),
        }
    }
}

/// What was read, with what was seen and is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Read<T> {
    /// What was read.
    pub value: T,
    /// What is not in it, in the order of the file.
    pub notices: Vec<Notice>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_reads_as_a_sentence() {
        let location = Location { segment: 12, segment_id: "SVC", element: Some(6) };
        let notice = Notice { location, loop_id: "2110", kind: NoticeKind::NotCarried };
        assert_eq!(notice.to_string(), "segment 12 (SVC06), loop 2110: the model does not carry this yet");
        let location = Location { segment: 3, segment_id: "", element: None };
        let notice = Notice { location, loop_id: "", kind: NoticeKind::Unknown };
        assert_eq!(notice.to_string(), "segment 3: the guide does not have this segment");
    }
}
