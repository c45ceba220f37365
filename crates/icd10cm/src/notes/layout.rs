//! How the rows of the notes' sections are packed, for those who write them and those who read them.

use super::NoteKind;
use super::targets::Part;

/// Most releases whose notes stand side by side.
#[cfg(feature = "import")]
pub(crate) const MOST_RELEASES: usize = 32;
/// Stands behind all owners.
#[cfg(feature = "import")]
pub(crate) const LAST_KEY: u64 = KEY_MASK;
/// The bits of a packed code.
pub(crate) const KEY_MASK: u64 = (1 << 42) - 1;

/// The first letter of a packed code, from 0 for A to 25 for Z.
pub(crate) fn letter(key: u64) -> u32 {
    ((key >> 36) as u32 & 0x3F).saturating_sub(11).min(31)
}

/// What is known of a note beside its words.
pub(crate) mod flag {
    /// It goes on with the instruction that a note before it begins.
    pub(crate) const ITEM: u16 = 1;
    /// Its words make it depend on the record.
    pub(crate) const CONDITIONAL: u16 = 2;
    /// Its words give examples.
    #[cfg(feature = "import")]
    pub(crate) const OPEN: u16 = 4;
    /// Its words have a code in them.
    #[cfg(feature = "import")]
    pub(crate) const EXPLICIT: u16 = 8;
}

/// What is known of an instruction.
pub(crate) mod group {
    /// The bits of the kind.
    pub(crate) const KIND: u8 = 3;
    pub(crate) const CODE_FIRST: u8 = 0;
    pub(crate) const USE_ADDITIONAL: u8 = 1;
    pub(crate) const CODE_ALSO: u8 = 2;
    /// Whether it applies, or which of several ways, the record says.
    pub(crate) const CONDITIONAL: u8 = 4;
    /// Codes that it does not name can do too.
    pub(crate) const OPEN: u8 = 8;
    /// It is for some codes of the heading only.
    pub(crate) const SCOPED: u8 = 16;
}

/// A note: 4 bits of kind, 5 of flags, 7 of the number of its set of releases.
#[cfg(feature = "import")]
pub(crate) fn attributes(kind: NoteKind, flags: u16, set: usize) -> Option<u16> {
    (flags < 32 && set < 128).then(|| kind.number() | flags << 4 | (set as u16) << 9)
}

/// The three parts of what [`attributes`] packs.
pub(crate) fn of_attributes(packed: u16) -> Option<(NoteKind, u16, usize)> {
    Some((NoteKind::of_number(packed & 15)?, packed >> 4 & 31, usize::from(packed >> 9)))
}

/// An owner: its first key, whether it is a chapter or block, its first note.
#[cfg(feature = "import")]
pub(crate) fn owner_row(first: u64, division: bool, note: usize) -> Option<u64> {
    (note < 1 << 21).then(|| first << 22 | u64::from(division) << 21 | note as u64)
}

/// The three parts of what [`owner_row`] packs.
pub(crate) fn of_owner_row(row: u64) -> (u64, bool, usize) {
    (row >> 22, row >> 21 & 1 == 1, row as usize & ((1 << 21) - 1))
}

/// The first key of a target, what it is for, and its condition counted from 1.
#[cfg(feature = "import")]
pub(crate) fn target_row(first: u64, part: Part, condition: usize) -> Option<u64> {
    (condition < 256).then_some(first | (part as u64) << 42 | (condition as u64) << 44)
}

/// The three parts of what [`target_row`] packs.
pub(crate) fn of_target_row(row: u64) -> (u64, Part, usize) {
    let part = match row >> 42 & 3 {
        0 => Part::Named,
        1 => Part::Except,
        _ => Part::Scope,
    };
    (row & KEY_MASK, part, (row >> 44 & 0xFF) as usize)
}

/// An instruction: its first note, its set of releases, its flags, its first pair.
#[cfg(feature = "import")]
pub(crate) fn group_row(note: usize, set: usize, flags: u8, pair: usize) -> Option<u64> {
    let fits = note < 1 << 24 && set < 256 && pair < 1 << 24;
    fits.then(|| note as u64 | (set as u64) << 24 | u64::from(flags) << 32 | (pair as u64) << 40)
}

/// The note of a pair: its number, its set of releases, and whether the pair is all that the note names there, with no condition and
/// nothing taken out.
#[cfg(feature = "import")]
pub(crate) fn pair_note(note: usize, set: usize, exact: bool) -> Option<u32> {
    (note < 1 << 24 && set < 128).then(|| note as u32 | (set as u32) << 24 | u32::from(exact) << 31)
}

/// The three parts of what [`pair_note`] packs.
pub(crate) fn of_pair_note(packed: u32) -> (u32, usize, bool) {
    (packed & 0xFF_FFFF, (packed >> 24 & 0x7F) as usize, packed >> 31 == 1)
}

/// The four parts of what [`group_row`] packs.
pub(crate) fn of_group_row(row: u64) -> (u32, usize, u8, usize) {
    (row as u32 & 0xFF_FFFF, (row >> 24 & 0xFF) as usize, (row >> 32 & 0xFF) as u8, (row >> 40) as usize)
}

#[cfg(all(test, feature = "import"))]
mod tests {
    use super::*;

    #[test]
    fn rows_give_back_what_they_were_made_of() {
        let packed = attributes(NoteKind::CodeAlso, flag::OPEN | flag::ITEM, 100).unwrap();
        assert_eq!(of_attributes(packed), Some((NoteKind::CodeAlso, flag::OPEN | flag::ITEM, 100)));
        assert_eq!(of_owner_row(owner_row(KEY_MASK, true, 7).unwrap()), (KEY_MASK, true, 7));
        assert_eq!(of_target_row(target_row(KEY_MASK, Part::Scope, 255).unwrap()), (KEY_MASK, Part::Scope, 255));
        assert_eq!(of_group_row(group_row(9, 200, 31, 12).unwrap()), (9, 200, 31, 12));
        assert_eq!(of_pair_note(pair_note(9, 100, true).unwrap()), (9, 100, true));
        assert_eq!(pair_note(1 << 24, 0, true), None);
        assert_eq!(attributes(NoteKind::CodeAlso, 0, 128), None);
        assert_eq!(owner_row(1, false, 1 << 21), None);
        assert_eq!(target_row(1, Part::Named, 256), None);
        assert_eq!(group_row(1 << 24, 0, 0, 0), None);
    }
}
