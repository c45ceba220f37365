//! The guides that are bundled.

use super::dictionary::Dictionary;
use super::model::Guide;
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
        self.guide.get_or_init(|| super::compile(self.text, dictionary()?).ok()).as_ref()
    }
}

const DICTIONARY: &str = include_str!("../../guides/dictionary.txt");

static GUIDES: [Bundled; 16] = [
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
];

static ENVELOPE: Bundled = Bundled::new(include_str!("../../guides/envelope.txt"));

/// The dictionary of the base standard.
pub(crate) fn dictionary() -> Option<&'static Dictionary> {
    static READ: OnceLock<Option<Dictionary>> = OnceLock::new();
    READ.get_or_init(|| Dictionary::parse(DICTIONARY).ok()).as_ref()
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
        let heads = GUIDES.iter().filter(move |bundled| {
            let head = bundled.text.lines().filter(|line| !line.starts_with('#')).take(3);
            head.flat_map(str::split_whitespace).any(|word| word == version)
        });
        heads.filter_map(Bundled::get).filter(move |guide| guide.set == set && guide.versions.contains(&version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guide_is_read() {
        let dictionary = Dictionary::parse(DICTIONARY).unwrap();
        for bundled in GUIDES.iter().chain([&ENVELOPE]) {
            let head = bundled.text.lines().find(|line| line.starts_with("guide")).unwrap_or_default();
            let guide =
                super::super::compile(bundled.text, &dictionary).unwrap_or_else(|error| panic!("{head}: {error}"));
            assert!(guide.segments.len() > 4, "{head}");
        }
    }
}
