//! Patterns that are made once.

use once_cell::sync::OnceCell;
use regex::Regex;

/// A pattern of the instructions' wording, made when it is first needed.
pub(crate) struct Pattern {
    text: &'static str,
    regex: OnceCell<Option<Regex>>,
}

impl Pattern {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, regex: OnceCell::new() }
    }

    /// The compiled pattern. INVARIANT: a test compiles each pattern of this room, so that it is never `None`.
    pub(crate) fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(self.text).ok()).as_ref()
    }
}
