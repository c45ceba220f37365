//! An official file: which one it is and of which release.

use super::addenda::OrderAddenda;
use super::order::{OrderFile, columns};
use super::release::same_year;
use super::tabular::Tabular;
use core::fmt;
use superbill_table::import::{ImportError, decoded};

/// Which of the official files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Order,
    Tabular,
    Addenda,
}

/// An official file that was read.
#[derive(Debug)]
pub(crate) struct File {
    name: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Order(OrderFile),
    Tabular(Box<Tabular>),
    Addenda(OrderAddenda),
}

impl File {
    /// Reads a file; its content tells which one it is.
    pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let text = decoded(bytes.get(..bytes.len().min(400)).unwrap_or_default());
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let content = if start.starts_with('<') {
            Content::Tabular(Box::new(Tabular::read(&decoded(bytes))?))
        } else if columns(start, 1, 5).chars().all(|digit| digit.is_ascii_digit()) {
            Content::Order(OrderFile::read(bytes)?)
        } else if ["Add:", "Delete:", "Revise"].iter().any(|verb| start.starts_with(verb)) {
            Content::Addenda(OrderAddenda::read(bytes)?)
        } else {
            return Err(ImportError::File(
                "this is neither an order file, nor a tabular list in XML, nor order addenda: give the official text or XML file, unpacked",
            ));
        };
        // Only the last part of a path is kept: a path can name people.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        Ok(Self { name, content })
    }

    pub(crate) fn kind(&self) -> FileKind {
        match self.content {
            Content::Order(_) => FileKind::Order,
            Content::Tabular(_) => FileKind::Tabular,
            Content::Addenda(_) => FileKind::Addenda,
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn order(&self) -> Option<&OrderFile> {
        if let Content::Order(order) = &self.content { Some(order) } else { None }
    }

    pub(crate) fn tabular(&self) -> Option<&Tabular> {
        if let Content::Tabular(tabular) = &self.content { Some(tabular) } else { None }
    }

    pub(crate) fn addenda(&self) -> Option<&OrderAddenda> {
        if let Content::Addenda(addenda) = &self.content { Some(addenda) } else { None }
    }

    /// The release that the file says it is of: a tabular list in its `version`, every file in its name.
    pub(crate) fn release(&self) -> Option<ReleaseDay> {
        let year = self.tabular().and_then(|tabular| tabular.year).and_then(|year| u32::try_from(year).ok());
        let named = ReleaseDay::named(&self.name);
        match (year, named) {
            (Some(year), Some(named)) => Some(named.in_year(year)),
            (Some(year), None) => Some(ReleaseDay::Year(year)),
            (None, named) => named,
        }
    }
}

/// What is known of the day of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReleaseDay {
    /// The day.
    Day(u32),
    /// The fiscal year alone.
    Year(u32),
    /// Two things that cannot both be: a file whose name and content are of different years.
    Both(u32, u32),
}

impl ReleaseDay {
    pub(crate) fn of(day: u32) -> Self {
        Self::Day(day)
    }

    /// What a file name says: `icd10cm-order-2027.txt` is of fiscal year 2027, `icd10cm-tabular-April-1-2026.xml` of April 1, 2026.
    fn named(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let digits =
            |part: &str| part.len() == 4 && part.starts_with("20") && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = lower.split(|character: char| !character.is_ascii_alphanumeric());
        let year: u32 = parts.clone().find(|part| digits(part))?.parse().ok()?;
        let month = parts.find_map(|part| match part {
            "apr" | "april" => Some(401),
            "jan" | "january" => Some(101),
            _ => None,
        });
        Some(month.map_or(Self::Year(year), |month| Self::Day(year * 10_000 + month)))
    }

    /// The same, with the fiscal year that the content of the file says.
    fn in_year(self, year: u32) -> Self {
        match self {
            Self::Day(day) if fiscal_year(day) == year => self,
            Self::Year(named) if named == year => self,
            Self::Day(day) => Self::Both(fiscal_year(day), year),
            Self::Year(named) => Self::Both(named, year),
            Self::Both(..) => self,
        }
    }

    /// What both say, if they agree.
    pub(crate) fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Day(one), Self::Day(other)) => (one == other).then_some(self),
            (Self::Day(day), Self::Year(year)) | (Self::Year(year), Self::Day(day)) => {
                same_year(day, first_day(year)).then_some(Self::Day(day))
            }
            (Self::Year(one), Self::Year(other)) => (one == other).then_some(self),
            (Self::Both(..), _) | (_, Self::Both(..)) => None,
        }
    }

    /// The day: the first of the fiscal year where nothing else is known.
    pub(crate) fn day(self) -> Option<u32> {
        match self {
            Self::Day(day) => Some(day),
            Self::Year(year) => Some(first_day(year)),
            Self::Both(..) => None,
        }
    }
}

/// October 1 before the year.
fn first_day(year: u32) -> u32 {
    year.saturating_sub(1) * 10_000 + 1001
}

fn fiscal_year(day: u32) -> u32 {
    day / 10_000 + u32::from(day % 10_000 >= 1001)
}

impl fmt::Display for ReleaseDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100),
            Self::Year(year) => write!(f, "fiscal year {year}"),
            Self::Both(named, content) => write!(f, "fiscal year {named} by its name and {content} by its content"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_release() {
        for (name, day) in [
            ("icd10cm-order-2027.txt", Some(20_261_001)),
            ("icd10cm_order_2026.txt", Some(20_251_001)),
            ("icd10cm-tabular-April-1-2026.xml", Some(20_260_401)),
            ("icd10cm-order-Jan-2021.txt", Some(20_210_101)),
            ("icd10cm-order-addenda-2025.txt", Some(20_241_001)),
            ("order.txt", None),
        ] {
            assert_eq!(ReleaseDay::named(name).and_then(ReleaseDay::day), day, "{name}");
        }
    }

    #[test]
    fn a_day_and_its_fiscal_year_agree() {
        let april = ReleaseDay::Day(20_260_401);
        assert_eq!(april.and(ReleaseDay::Year(2026)), Some(april));
        assert_eq!(april.and(ReleaseDay::Year(2027)), None);
        assert_eq!(ReleaseDay::Year(2026).and(ReleaseDay::Year(2026)).and_then(ReleaseDay::day), Some(20_251_001));
        assert_eq!(april.in_year(2025), ReleaseDay::Both(2026, 2025));
    }
}
