//! A code as an index gives it.

use crate::code::Icd10CmCode;
use crate::on::Icd10CmOn;
use crate::status::Status;
use core::fmt;

/// A code as an index gives it: often incomplete, for the indexes leave out what the tabular list asks for
/// (Official Guidelines, section I.B.1: always consult the tabular list to see whether more characters are needed).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndexCode {
    code: Icd10CmCode,
    dash: bool,
}

impl IndexCode {
    pub(crate) const fn new(code: Icd10CmCode, dash: bool) -> Self {
        Self { code, dash }
    }

    /// The characters that the index gives.
    #[must_use]
    pub fn code(self) -> Icd10CmCode {
        self.code
    }

    /// Whether the index has a dash behind the code: more characters are needed (Official Guidelines, section I.A.6). Without a dash a seventh
    /// character can still be needed.
    #[must_use]
    pub fn has_dash(self) -> bool {
        self.dash
    }

    /// The billable codes of a date that the index's code stands for: itself where it is billable, else all below it, in order. Empty where
    /// the code is not valid on the date.
    pub fn completions<'t>(self, on: Icd10CmOn<'t>) -> impl Iterator<Item = Icd10CmCode> + use<'t> {
        let own = on.is_billable(self.code).then_some(self.code);
        own.into_iter().chain(on.lookup(self.code).completions())
    }

    /// What the code is on a date.
    #[must_use]
    pub fn status(self, on: Icd10CmOn<'_>) -> Status {
        on.status(self.code)
    }
}

impl fmt::Display for IndexCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.dash, self.code.len()) {
            (true, 3) => format!("{}.-", self.code),
            (true, _) => format!("{}-", self.code),
            (false, _) => self.code.to_string(),
        };
        f.pad(&text)
    }
}
