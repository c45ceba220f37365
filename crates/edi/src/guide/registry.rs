//! The guides that are bundled.

use super::dictionary::{BaseSegment, Dictionary};
use super::model::Guide;
use super::packed::SegmentId;
use std::sync::OnceLock;

/// A guide that is read when it is first asked for.
struct Bundled {
    text: &'static str,
    guide: OnceLock<Option<Guide>>,
}

impl Bundled {
    const fn new(text: &'static str) -> Self {
        Self { text, guide: OnceLock::new() }
    }

    fn get(&self) -> Option<&Guide> {
        self.guide.get_or_init(|| super::compile(self.text, self.release().get()?).ok()).as_ref()
    }

    /// The first lines, which name the set and the versions.
    fn head(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.lines().filter(|line| !line.starts_with('#')).take(3)
    }

    /// The release of the base standard that the guide is written in.
    fn release(&self) -> &'static Release {
        let version = self.head().find_map(|line| line.strip_prefix("guide ")?.split(' ').nth(2));
        if version.is_some_and(|version| version.starts_with("004010")) { &OLD } else { &PRESENT }
    }
}

/// A dictionary that is read when it is first asked for.
struct Release {
    text: &'static str,
    dictionary: OnceLock<Option<Dictionary>>,
}

impl Release {
    const fn new(text: &'static str) -> Self {
        Self { text, dictionary: OnceLock::new() }
    }

    fn get(&self) -> Option<&Dictionary> {
        self.dictionary.get_or_init(|| Dictionary::parse(self.text).ok()).as_ref()
    }
}

/// Release 005010, and what of 006020 the guides have.
static PRESENT: Release = Release::new(include_str!("../../guides/dictionary.txt"));

/// Release 004010.
static OLD: Release = Release::new(include_str!("../../guides/4010/dictionary.txt"));

static GUIDES: [Bundled; 27] = [
    Bundled::new(include_str!("../../guides/837p.txt")),
    Bundled::new(include_str!("../../guides/837i.txt")),
    Bundled::new(include_str!("../../guides/837d.txt")),
    Bundled::new(include_str!("../../guides/835.txt")),
    Bundled::new(include_str!("../../guides/277ca.txt")),
    Bundled::new(include_str!("../../guides/276.txt")),
    Bundled::new(include_str!("../../guides/277.txt")),
    Bundled::new(include_str!("../../guides/270.txt")),
    Bundled::new(include_str!("../../guides/271.txt")),
    Bundled::new(include_str!("../../guides/278-request.txt")),
    Bundled::new(include_str!("../../guides/278-response.txt")),
    Bundled::new(include_str!("../../guides/999.txt")),
    Bundled::new(include_str!("../../guides/834.txt")),
    Bundled::new(include_str!("../../guides/820.txt")),
    Bundled::new(include_str!("../../guides/275.txt")),
    Bundled::new(include_str!("../../guides/277-request.txt")),
    Bundled::new(include_str!("../../guides/4010/837p.txt")),
    Bundled::new(include_str!("../../guides/4010/837i.txt")),
    Bundled::new(include_str!("../../guides/4010/837d.txt")),
    Bundled::new(include_str!("../../guides/4010/835.txt")),
    Bundled::new(include_str!("../../guides/4010/276.txt")),
    Bundled::new(include_str!("../../guides/4010/277.txt")),
    Bundled::new(include_str!("../../guides/4010/270.txt")),
    Bundled::new(include_str!("../../guides/4010/271.txt")),
    Bundled::new(include_str!("../../guides/4010/278-request.txt")),
    Bundled::new(include_str!("../../guides/4010/278-response.txt")),
    Bundled::new(include_str!("../../guides/4010/997.txt")),
];

static ENVELOPE: Bundled = Bundled::new(include_str!("../../guides/envelope.txt"));

/// The identifier of a segment that the base standard has, in any release; never text of a file.
pub(crate) fn known_segment(id: SegmentId) -> Option<&'static str> {
    [&PRESENT, &OLD].into_iter().find_map(|release| release.get()?.known_id(id))
}

/// A segment of the base standard, of its present release.
pub(crate) fn base_segment(id: &str) -> Option<&'static BaseSegment> {
    PRESENT.get()?.segment(id)
}

/// ISA, TA1, GS, GE and IEA as a guide.
pub(crate) fn envelope() -> Option<&'static Guide> {
    ENVELOPE.get()
}

impl Guide {
    /// All guides that are bundled.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        GUIDES.iter().filter_map(Bundled::get)
    }

    /// The guides of a transaction set (ST01) and version (ST03, or GS08 where there is none): one, but for the 278, whose request and response share
    /// a version.
    pub fn of(set: &str, version: &str) -> impl Iterator<Item = &'static Self> {
        // Only those that can be it are read.
        let heads = GUIDES
            .iter()
            .filter(move |bundled| bundled.head().flat_map(str::split_whitespace).any(|word| word == version));
        heads.filter_map(Bundled::get).filter(move |guide| guide.set == set && guide.versions.contains(&version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guide_is_read() {
        for bundled in GUIDES.iter().chain([&ENVELOPE]) {
            let head = bundled.head().next().unwrap_or_default();
            let dictionary = Dictionary::parse(bundled.release().text).unwrap_or_else(|error| panic!("{error}"));
            let guide =
                super::super::compile(bundled.text, &dictionary).unwrap_or_else(|error| panic!("{head}: {error}"));
            assert!(guide.segments.len() > 4, "{head}");
        }
    }
}
