//! From a code to its ordinal in a table, and back.

use crate::service_code::ServiceCode;
use superbill_table::{PackedMap, SectionName, Table, TableError, u32_at};

/// The slots of the map from codes to ordinals.
pub(crate) const SLOTS: SectionName = SectionName::new("code-slots");
/// The ordinal of each slot.
pub(crate) const ORDINALS: SectionName = SectionName::new("code-ordinals");
/// The pilots of the map.
pub(crate) const PILOTS: SectionName = SectionName::new("code-pilots");
/// The multiplier and sizes of the map.
pub(crate) const PARAMETERS: SectionName = SectionName::new("code-map");
/// The key of each ordinal, 4 bytes each, ascending.
pub(crate) const KEYS: SectionName = SectionName::new("code-keys");

/// The codes of a table: which have an ordinal, and which code an ordinal is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CodeIndex<'a> {
    map: PackedMap<'a>,
    keys: &'a [[u8; 4]],
}

impl<'a> CodeIndex<'a> {
    /// # Errors
    /// [`TableError::Section`] where a section is missing or has the wrong size.
    pub(crate) fn open(table: &Table<'a>) -> Result<Self, TableError> {
        let section = |name: SectionName| {
            table.section(name).map(|(bytes, _)| bytes).ok_or(TableError::Section { name: name.as_str() })
        };
        let map = PackedMap::new(section(SLOTS)?, section(ORDINALS)?, section(PILOTS)?, section(PARAMETERS)?)
            .ok_or(TableError::Section { name: PARAMETERS.as_str() })?;
        Ok(Self { map, keys: section(KEYS)?.as_chunks().0 })
    }

    #[inline]
    pub(crate) fn ordinal(&self, code: ServiceCode) -> Option<u32> {
        self.map.ordinal(code.key())
    }

    pub(crate) fn code(&self, ordinal: u32) -> Option<ServiceCode> {
        let key = self.keys.get(ordinal as usize)?;
        ServiceCode::from_key(u64::from(u32::from_le_bytes(*key)))
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Checks that map and keys say the same.
    pub(crate) fn verify(&self) -> Result<(), TableError> {
        let mut before = 0;
        for (row, bytes) in (0u32..).zip(self.keys) {
            let key = u32_at(bytes, 0).unwrap_or_default();
            let code = ServiceCode::from_key(u64::from(key));
            let sound = key > before && code.is_some_and(|code| self.ordinal(code) == Some(row));
            if !sound {
                return Err(TableError::Content { name: KEYS.as_str(), row: u64::from(row) });
            }
            before = key;
        }
        Ok(())
    }
}

/// Writes the sections of ascending codes.
#[cfg(feature = "import")]
pub(crate) fn write(
    codes: &[ServiceCode],
    writer: &mut superbill_table::TableWriter,
) -> Result<(), superbill_table::WriteError> {
    let keys: Vec<u64> = codes.iter().map(|code| code.key()).collect();
    let map = superbill_table::MapWriter::build(&keys, &vec![0; keys.len()])?;
    writer.section(SLOTS, map.slots.len() / 4, map.slots);
    writer.section(ORDINALS, map.ordinals.len() / 4, map.ordinals);
    writer.section(PILOTS, map.pilots.len(), map.pilots);
    writer.section(PARAMETERS, 1, map.parameters);
    writer.section(KEYS, keys.len(), keys.iter().flat_map(|key| (*key as u32).to_le_bytes()).collect());
    Ok(())
}
