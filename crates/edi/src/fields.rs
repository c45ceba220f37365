//! One segment being read. What is not asked for is reported in the end, so that no element is dropped unseen.

use crate::error::{ReadError, ReadErrorKind};
use crate::notice::{Location, Notice, NoticeKind};
use std::borrow::Cow;
use superbill_core::{Date, DateError, Money, MoneyError, Quantity, QuantityError};
use superbill_x12::{Element, Segment};

/// The segment identifiers of the guides read here. Any other could be a text that a damaged file has there.
const IDS: [&str; 67] = [
    "ST", "SE", "BHT", "NM1", "N1", "N2", "N3", "N4", "PER", "HL", "PRV", "CUR", "REF", "SBR", "PAT", "DMG", "CLM",
    "DTP", "PWK", "CN1", "AMT", "K3", "NTE", "CR1", "CR2", "CR3", "CRC", "HI", "HCP", "OI", "MOA", "MIA", "CAS", "LX",
    "SV1", "SV2", "SV3", "SV5", "QTY", "MEA", "PS1", "LIN", "CTP", "SVD", "LQ", "FRM", "BPR", "TRN", "DTM", "RDM",
    "TS2", "TS3", "CLP", "SVC", "PLB", "AK1", "AK2", "IK3", "CTX", "IK4", "IK5", "AK9", "STC", "ISA", "GS", "CL1",
    "TOO",
];

pub(crate) fn known_id(id: &str) -> &'static str {
    IDS.iter().find(|known| **known == id).copied().unwrap_or_default()
}

pub(crate) fn location(segment: &Segment<'_>, element: Option<u8>) -> Location {
    Location { segment: segment.number(), segment_id: known_id(segment.id()), element }
}

/// A segment of which the elements that were asked for are remembered.
pub(crate) struct Fields<'a> {
    segment: Segment<'a>,
    loop_id: &'static str,
    asked: u64,
    notices: Vec<Notice>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(segment: Segment<'a>, loop_id: &'static str) -> Self {
        Self { segment, loop_id, asked: 0, notices: Vec::new() }
    }

    pub(crate) fn location(&self, element: Option<u8>) -> Location {
        location(&self.segment, element)
    }

    pub(crate) fn error(&self, element: u8, kind: impl Into<ReadErrorKind>) -> ReadError {
        ReadError::new(self.location(Some(element)), kind)
    }

    pub(crate) fn note(&mut self, element: Option<u8>, kind: NoticeKind) {
        self.notices.push(Notice { location: self.location(element), loop_id: self.loop_id, kind });
    }

    /// Element `n` as it stands.
    pub(crate) fn element(&mut self, n: u8) -> Element<'a> {
        self.asked |= 1u64.checked_shl(u32::from(n)).unwrap_or(0);
        self.segment.element(usize::from(n))
    }

    /// Takes elements as seen: they say nothing that the model would have to carry.
    pub(crate) fn seen(&mut self, elements: core::ops::RangeInclusive<u8>) {
        for n in elements {
            self.element(n);
        }
    }

    /// Element `n` as a composite of which so many components are read; what is beyond is reported.
    pub(crate) fn composite(&mut self, n: u8, components: usize) -> Element<'a> {
        let element = self.element(n);
        let beyond = element.components().skip(components).any(|component| !component.is_empty());
        if beyond || element.repetitions().count() > 1 {
            self.note(Some(n), NoticeKind::NotCarried);
        }
        element
    }

    /// Element `n` as text; `None` where it is empty.
    pub(crate) fn text(&mut self, n: u8) -> Option<String> {
        let element = self.element(n);
        (!element.is_empty()).then(|| element.text().into_owned())
    }

    /// Element `n` as a text that should be there; empty, with a notice, where it is not.
    pub(crate) fn name(&mut self, n: u8) -> String {
        let text = self.text(n);
        if text.is_none() {
            self.note(Some(n), NoticeKind::Missing);
        }
        text.unwrap_or_default()
    }

    /// Element `n` without blanks around it.
    pub(crate) fn code(&mut self, n: u8) -> Cow<'a, str> {
        self.element(n).trimmed().text()
    }

    /// Looks at a qualifier that the model does not keep: one that is empty or among these means nothing new.
    pub(crate) fn expect(&mut self, n: u8, carried: &[&str]) {
        let code = self.code(n);
        if !code.is_empty() && !carried.contains(&code.as_ref()) {
            self.note(Some(n), NoticeKind::NotCarried);
        }
    }

    /// Element `n` as a value; `None` where it is empty.
    pub(crate) fn parse<T, E: Into<ReadErrorKind>>(
        &mut self,
        n: u8,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, ReadError> {
        let element = self.element(n);
        if element.is_empty() {
            return Ok(None);
        }
        parse(&element.text()).map(Some).map_err(|why| self.error(n, why))
    }

    /// Element `n` as a value that must be there.
    pub(crate) fn required<T, E: Into<ReadErrorKind>>(
        &mut self,
        n: u8,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, ReadError> {
        self.parse(n, parse)?.ok_or_else(|| self.error(n, ReadErrorKind::Missing))
    }

    /// Element `n` as a value; left out, with a notice, where it cannot be read.
    pub(crate) fn optional<T, E: Into<ReadErrorKind>>(
        &mut self,
        n: u8,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match self.parse(n, parse) {
            Ok(value) => value,
            Err(error) => {
                self.note(Some(n), NoticeKind::Unreadable(error.kind));
                None
            }
        }
    }

    /// Reports every element that has a value and was not asked for.
    pub(crate) fn finish(mut self) -> Vec<Notice> {
        for (n, element) in (1u8..=u8::MAX).zip(self.segment.elements()) {
            let asked = 1u64.checked_shl(u32::from(n)).is_some_and(|bit| self.asked & bit != 0);
            if !asked && !element.is_empty() {
                self.note(Some(n), NoticeKind::NotCarried);
            }
        }
        self.notices
    }
}

pub(crate) fn money(text: &str) -> Result<Money, MoneyError> {
    text.trim().parse()
}

pub(crate) fn quantity(text: &str) -> Result<Quantity, QuantityError> {
    text.trim().parse()
}

pub(crate) fn date(text: &str) -> Result<Date, DateError> {
    Date::parse_ccyymmdd(text.trim())
}

pub(crate) fn number<T: core::str::FromStr>(text: &str) -> Result<T, ReadErrorKind> {
    text.trim().parse().map_err(|_| ReadErrorKind::Number)
}

/// X12 date format D8.
pub(crate) fn d8(date: Date) -> String {
    format!("{:08}", date.ccyymmdd())
}
