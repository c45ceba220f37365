//! The checks, each with its code.

use super::balance::BALANCE;
use super::situations;
use superbill_x12::Severity;

/// A kind of finding. Codes are stable: none is ever given another meaning.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// The code, such as `required-segment`.
    pub id: &'static str,
    /// The SNIP type, 1 to 7.
    pub snip: u8,
    /// How bad a finding is.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub what: &'static str,
    /// What a 999 says of it.
    pub(crate) acknowledgement: Acknowledged,
}

/// How a 999 names a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Acknowledged {
    /// Not at all: the 999 stands above it, or it is no error of the guide.
    No,
    /// IK304.
    Segment(&'static str),
    /// IK403.
    Element(&'static str),
    /// IK502, of the whole transaction set.
    Transaction(&'static str),
    /// AK905, of the whole group.
    Group(&'static str),
    /// TA105, of the whole interchange.
    Interchange(&'static str),
}

/// Checks of one family, and the table of them.
macro_rules! checks {
    ($(#[$meta:meta])* $table:ident; $($name:ident = $id:literal, $snip:literal, $severity:ident, $acknowledged:expr, $what:literal;)*) => {
        $(pub(crate) static $name: $crate::check::catalogue::Check = $crate::check::catalogue::Check {
            id: $id,
            snip: $snip,
            severity: superbill_x12::Severity::$severity,
            what: $what,
            acknowledgement: $acknowledged,
        };)*
        $(#[$meta])*
        pub(crate) static $table: &[&$crate::check::catalogue::Check] = &[$(&$name),*];
    };
}

pub(crate) use checks;

impl Check {
    /// All checks, by SNIP type and family; the order says nothing else.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        let situations = situations::RULES.iter().flat_map(|(_, rules)| rules.iter().map(|rule| rule.check));
        let others =
            [super::code_sets::CODE_SETS, super::services::SERVICES, super::partner::PARTNER].into_iter().flatten();
        STRUCTURE.iter().chain(BALANCE).copied().chain(situations).chain(others.copied())
    }

    /// Who asks for it, where it is not said with the code: for lines of service, a regulation or a manual.
    #[must_use]
    pub(crate) fn service_source(&self) -> Option<&'static str> {
        super::services::SOURCES.iter().find(|(check, _)| check.id == self.id).map(|(_, source)| *source)
    }

    /// The check with a code.
    #[must_use]
    pub fn of(id: &str) -> Option<&'static Self> {
        Self::all().find(|check| check.id == id)
    }
}

use Acknowledged::{Element, Group, Interchange, No, Segment, Transaction};

checks! {
    /// Those of syntax and guide.
    STRUCTURE;
    NO_INTERCHANGE = "no-interchange", 1, Error, No, "there is no ISA";
    SEGMENT_TOO_LONG = "segment-too-long", 1, Error, No, "a segment has no end within the limit";
    BYTE_ORDER_MARK = "byte-order-mark", 1, Info, No, "a UTF-8 byte order mark stands before the interchange";
    WHITE_SPACE = "white-space", 1, Info, No, "white space stands before a segment";
    PADDING = "padding", 1, Info, No, "NUL or SUB bytes stand between or after segments";
    JUNK = "junk", 1, Warning, No, "bytes outside any interchange are not X12";
    EMPTY_SEGMENT = "empty-segment", 1, Warning, No, "a terminator closes no segment";
    UNTERMINATED = "unterminated-segment", 1, Error, No, "a segment has no terminator";
    SEGMENT_ID = "segment-id", 1, Error, Segment("1"), "a segment begins with no segment identifier";
    HEADER_WIDTH = "isa-width", 1, Warning, Interchange("022"), "an element of the ISA has not its width";
    HEADER_UNREADABLE = "isa-unreadable", 1, Error, Interchange("022"), "the ISA cannot be read";
    DELIMITER_CLASH = "delimiter-clash", 1, Error, Interchange("026"), "two delimiters are the same byte";
    NO_REPETITION_SEPARATOR = "repetition-separator", 1, Warning, Interchange("026"), "ISA11 is no repetition separator";
    OUT_OF_PLACE = "envelope-place", 1, Error, Interchange("022"), "the envelope has no place for the segment";
    MISSING_INTERCHANGE_TRAILER = "missing-iea", 1, Error, Interchange("023"), "an ISA has no IEA";
    MISSING_GROUP_TRAILER = "missing-ge", 1, Error, Group("3"), "a GS has no GE";
    MISSING_TRANSACTION_TRAILER = "missing-se", 1, Error, Transaction("2"), "an ST has no SE";
    MISSING_INTERCHANGE_HEADER = "missing-isa", 1, Error, Interchange("022"), "an IEA has no ISA";
    MISSING_GROUP_HEADER = "missing-gs", 1, Error, Interchange("024"), "a GE or ST has no GS";
    MISSING_TRANSACTION_HEADER = "missing-st", 1, Error, Group("3"), "an SE or segment has no ST";
    GROUP_COUNT = "iea-count", 1, Error, Interchange("021"), "IEA01 does not count the groups";
    TRANSACTION_COUNT = "ge-count", 1, Error, Group("5"), "GE01 does not count the transaction sets";
    SEGMENT_COUNT = "se-count", 1, Error, Transaction("4"), "SE01 does not count the segments";
    INTERCHANGE_CONTROL = "iea-control-number", 1, Error, Interchange("001"), "IEA02 is not ISA13";
    GROUP_CONTROL = "ge-control-number", 1, Error, Group("4"), "GE02 is not GS06";
    TRANSACTION_CONTROL = "se-control-number", 1, Error, Transaction("3"), "SE02 is not ST02";
    PAYLOAD_LENGTH = "payload-length", 1, Error, Segment("8"), "the length of a binary payload does not lead to a terminator";
    OTHER_SYNTAX = "syntax", 1, Error, Segment("8"), "the syntax is broken";
    CONTROL_NUMBER_AGAIN = "control-number-again", 1, Error, Transaction("23"), "a control number stands twice";
    UNKNOWN_SEGMENT = "unknown-segment", 1, Error, Segment("1"), "the standard has no such segment";
    TOO_MANY_ELEMENTS = "too-many-elements", 1, Error, Element("3"), "a segment has more elements than the standard";
    TOO_MANY_COMPONENTS = "too-many-components", 1, Error, Element("13"), "a composite has more components than the standard";
    TRAILING_SEPARATOR = "trailing-separator", 1, Warning, No, "empty elements or components stand at the end";
    SYNTAX_NOTE = "syntax-note", 1, Error, Element("2"), "an element lacks another that it needs";
    EXCLUSION = "exclusion", 1, Error, Element("10"), "two elements exclude each other";
    CHARACTER = "character", 1, Error, Element("6"), "an element has a character that X12 does not have";
    NUMBER_FORMAT = "number-format", 1, Error, Element("6"), "an element is not the number it should be";
    DATE_FORMAT = "date-format", 1, Error, Element("8"), "an element is not the date it should be";
    TIME_FORMAT = "time-format", 1, Error, Element("9"), "an element is not the time it should be";
    NO_GUIDE = "unknown-guide", 2, Error, Transaction("6"), "the version names no guide that is known";
    GROUP_SET = "group-set", 2, Error, Transaction("6"), "the group is for another transaction set";
    GROUP_VERSION = "group-version", 2, Error, Transaction("I6"), "ST03 is not GS08";
    UNEXPECTED_SEGMENT = "unexpected-segment", 2, Error, Segment("2"), "the guide has no place here for the segment";
    NOT_IN_GUIDE = "segment-not-in-guide", 2, Error, Segment("6"), "the guide does not use the segment";
    SEGMENT_ORDER = "segment-order", 2, Error, Segment("7"), "a segment stands out of order";
    REQUIRED_SEGMENT = "required-segment", 2, Error, Segment("3"), "a required segment is missing";
    REQUIRED_LOOP = "required-loop", 2, Error, Segment("I7"), "a required loop is missing";
    SEGMENT_REPEAT = "segment-repeat", 2, Error, Segment("5"), "a segment stands too often";
    LOOP_REPEAT = "loop-repeat", 2, Error, Segment("4"), "a loop stands too often";
    REQUIRED_ELEMENT = "required-element", 2, Error, Element("1"), "a required element is empty";
    NOT_USED_ELEMENT = "not-used-element", 2, Error, Element("I10"), "the guide does not use the element";
    ELEMENT_REPEAT = "element-repeat", 2, Error, Element("12"), "an element is repeated too often";
    NO_COMPONENTS = "not-composite", 2, Error, Element("13"), "an element that is no composite has components";
    TOO_SHORT = "too-short", 2, Error, Element("4"), "an element is shorter than the guide allows";
    TOO_LONG = "too-long", 2, Error, Element("5"), "an element is longer than the guide allows";
    CODE_VALUE = "code-value", 2, Error, Element("7"), "the guide does not have the code for the element";
    UNIT_TOO_LARGE = "too-large", 3, Warning, No, "more stands in a claim and the levels above it than is looked at";
    HL_NUMBER = "hl-number", 2, Error, Element("I12"), "HL01 does not count from 1 by 1";
    HL_PARENT = "hl-parent", 2, Error, Element("I12"), "HL02 is not the level above";
    HL_CHILD = "hl-child", 2, Error, Element("I12"), "HL04 does not say whether levels stand below";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_a_code_of_its_own() {
        let mut ids: Vec<&str> = Check::all().map(|check| check.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        let is_kebab =
            |id: &str| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(
            Check::all().all(|check| is_kebab(check.id) && (1..=7).contains(&check.snip) && !check.what.is_empty())
        );
        assert!(Check::all().all(|check| Check::of(check.id) == Some(check)));
    }
}
