//! What every table of a quarter says of itself in numbers.

use crate::program::Program;
use crate::quarter::Quarter;
use superbill_table::{SectionName, Table, TableError, u8_at, u16_at};

/// The quarter, the program and a number that the kind of table gives a meaning: year 2, number 1, program 1, detail 1.
pub(crate) const FACTS: SectionName = SectionName::new("facts");

/// What every table of a quarter says of itself in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) quarter: Quarter,
    pub(crate) program: Program,
    pub(crate) detail: u8,
}

impl Facts {
    /// # Errors
    /// [`TableError::Section`] where the section is missing or says nothing that can be.
    pub(crate) fn open(table: &Table<'_>) -> Result<Self, TableError> {
        table
            .section(FACTS)
            .and_then(|(bytes, _)| Self::read(bytes))
            .ok_or(TableError::Section { name: FACTS.as_str() })
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let quarter =
            Quarter::new(i16::try_from(u16_at(bytes, 0)?).ok()?, i8::try_from(u8_at(bytes, 2)?).ok()?).ok()?;
        let program = match u8_at(bytes, 3)? {
            0 => Program::Medicare,
            1 => Program::Medicaid,
            _ => return None,
        };
        Some(Self { quarter, program, detail: u8_at(bytes, 4)? })
    }

    #[cfg(feature = "import")]
    pub(crate) fn bytes(self) -> Vec<u8> {
        let [low, high] = self.quarter.year().to_le_bytes();
        vec![low, high, self.quarter.number().unsigned_abs(), u8::from(self.program == Program::Medicaid), self.detail]
    }
}

#[cfg(all(test, feature = "import"))]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_as_they_were_written() {
        for program in [Program::Medicare, Program::Medicaid] {
            let facts = Facts { quarter: "2026Q3".parse().unwrap(), program, detail: 7 };
            assert_eq!(Facts::read(&facts.bytes()), Some(facts));
        }
        for bytes in [&[][..], &[0xEA, 7, 3, 0], &[0xEA, 7, 5, 0, 0], &[0xEA, 7, 3, 2, 0], &[0, 0, 3, 0, 0]] {
            assert_eq!(Facts::read(bytes), None, "{bytes:?}");
        }
    }
}
