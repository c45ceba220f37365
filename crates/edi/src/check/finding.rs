//! One thing that is wrong with a file, said as a value.

use super::catalogue::Check;
use core::fmt;
use std::borrow::Cow;
use superbill_x12::Severity;

/// An element of a segment: `CLM05-3` is element 5, component 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementPlace {
    /// The element, counted from 1.
    pub element: u8,
    /// The component of a composite element, counted from 1.
    pub component: Option<u8>,
    /// The repetition, counted from 1, where the element is repeated.
    pub repetition: Option<u16>,
}

impl ElementPlace {
    /// An element.
    #[must_use]
    pub const fn new(element: u8) -> Self {
        Self { element, component: None, repetition: None }
    }

    /// A component of an element.
    #[must_use]
    pub const fn component(element: u8, component: u8) -> Self {
        Self { element, component: Some(component), repetition: None }
    }
}

/// `05`, or `05-3`.
impl fmt::Display for ElementPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.element)?;
        self.component.map_or(Ok(()), |component| write!(f, "-{component}"))
    }
}

/// Something that is wrong, or odd, in a file. It never holds text of the file, which may be a patient's; the place finds it there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of thing.
    pub check: &'static Check,
    /// How bad it is: that of the check, but where a trading partner's rules say otherwise.
    pub severity: Severity,
    /// The segment, counted from 1 in the file; where one is missing, the segment that stands instead.
    pub segment: u64,
    /// Where that segment begins: bytes from the start of the file, from 0.
    pub offset: u64,
    /// The identifier of the segment that is wrong or missing; empty where the standard has no such segment.
    pub segment_id: &'static str,
    /// The element.
    pub element: Option<ElementPlace>,
    /// The number of the data element in the X12 dictionary, or of the composite; empty where none is meant.
    pub data_element: &'static str,
    /// The loop, such as `2010AA`; empty outside loops.
    pub loop_id: &'static str,
    /// The transaction set, counted from 1 in the file.
    pub transaction: Option<u64>,
    /// The segment, counted from 1 in its transaction set, ST being 1.
    pub position: Option<u64>,
    /// The claim, or claim payment, counted from 1 in the file.
    pub claim: Option<u64>,
    /// What is wrong and what to change.
    pub message: Cow<'static, str>,
}

impl Finding {
    /// The SNIP type, 1 to 7.
    #[must_use]
    pub fn snip(&self) -> u8 {
        self.check.snip
    }

    /// The code of the check.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.check.id
    }
}

/// One line: place, message, code.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: segment {}", self.severity, self.segment)?;
        if !self.segment_id.is_empty() {
            write!(f, " {}", self.segment_id)?;
            self.element.map_or(Ok(()), |element| write!(f, "{element}"))?;
        }
        if !self.loop_id.is_empty() {
            write!(f, ", loop {}", self.loop_id)?;
        }
        write!(f, ": {} [SNIP {} {}]", self.message, self.snip(), self.rule())
    }
}
