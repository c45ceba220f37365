//! Instructions: what belongs before, behind or beside a code.

use super::claim::Claim;
use super::sections::{ConflictSections, Group};
use super::{Conflict, ConflictKind};
use crate::notes::layout::group;
use crate::notes::note::Note;

/// Where the codes stand that an instruction names.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    before: bool,
    behind: Option<usize>,
}

impl<'t> Claim<'_, 't> {
    /// The code of a manifestation in the first place.
    pub(super) fn manifestation_first(&self, into: &mut Vec<Conflict<'t>>) {
        let Some((place, (ordinal, code))) = self.first().and_then(|place| Some((place, self.judged(place)?))) else {
            return;
        };
        let titled = self.on.table.sides.is_manifestation(ordinal as usize);
        let marked = || self.on.attributes(code).any(|attribute| attribute.name == "manifestation");
        let note = self.groups(place).find(|(_, group)| group.flags & group::KIND == group::CODE_FIRST);
        let note = note.map(|(_, group)| group.note);
        if marked() || (titled && note.is_some()) {
            into.extend(self.conflict(ConflictKind::ManifestationFirst, place, None, note));
        }
    }

    /// What the instructions of each code's headings want and do not find.
    pub(super) fn instructions(&self, into: &mut Vec<Conflict<'t>>) {
        let start = into.len();
        for place in 0..self.entries.len() {
            for (_, group) in self.groups(place) {
                let kind = match group.flags & group::KIND {
                    group::CODE_FIRST => ConflictKind::CodeFirst,
                    group::USE_ADDITIONAL => ConflictKind::UseAdditional,
                    group::CODE_ALSO => ConflictKind::CodeAlso,
                    _ => continue,
                };
                let found = self.found(place, &group);
                let missing = match kind {
                    ConflictKind::CodeFirst => self.not_first(place, &group, found),
                    // Codes in words alone cannot be looked for.
                    _ if group.pairs.is_empty() || found.before || found.behind.is_some() => None,
                    _ => Some((None, group.flags & (group::CONDITIONAL | group::OPEN) != 0)),
                };
                let Some((other, conditional)) = missing else { continue };
                let said = into.get(start..).unwrap_or_default();
                if kind != ConflictKind::CodeFirst && said.iter().any(|conflict| conflict.note == group.note + 1) {
                    // Another code of the claim has the same heading above it.
                    continue;
                }
                let conflict = self.conflict(kind, place, other, Some(group.note));
                into.extend(conflict.map(|conflict| Conflict { conditional, ..conflict }));
            }
        }
    }

    /// What is wrong where a code wants another before it: that one where it stands behind, and whether only the record can tell.
    fn not_first(&self, place: usize, group: &Group, found: Found) -> Option<(Option<usize>, bool)> {
        if found.before {
            return None;
        }
        if let Some(behind) = found.behind {
            return Some((Some(behind), false));
        }
        let first = self.first() == Some(place);
        let conditional = group.flags & group::CONDITIONAL != 0;
        match (group.flags & group::OPEN != 0, first) {
            // Whatever stands before can be what is meant.
            (true, false) if group.pairs.is_empty() => None,
            (true, false) => Some((None, true)),
            _ => Some((None, conditional)),
        }
    }

    /// The instructions that apply to the code at a place, nearest first.
    fn groups(&self, place: usize) -> impl Iterator<Item = (usize, Group)> {
        let table = self.on.table;
        let bit = self.choice.map_or(0, |choice| choice.bit());
        let mut next = self.entries.get(place).map_or(0, |entry| usize::from(entry.node));
        let nodes = core::iter::from_fn(move || {
            let node = table.conflicts.node(next)?;
            next = if node.above < next { node.above } else { 0 };
            Some(node.groups)
        });
        nodes.flatten().filter_map(move |row| {
            let group = table.conflicts.group(row)?;
            let has = table.notes.set(group.set).is_some_and(|set| set & bit != 0);
            (has && self.in_scope(place, &group)).then_some((row, group))
        })
    }

    fn in_scope(&self, place: usize, group: &Group) -> bool {
        if group.flags & group::SCOPED == 0 {
            return true;
        }
        let note = self.choice.and_then(|choice| Note::of_number(self.on.table, group.note as usize, choice));
        note.zip(self.judged(place)).is_some_and(|(note, (_, code))| note.targets().in_scope(code))
    }

    fn found(&self, place: usize, group: &Group) -> Found {
        let mut found = Found::default();
        if group.letters & self.letters == 0 {
            return found;
        }
        let pairs = self.on.table.conflicts.pairs.get(group.pairs.clone()).unwrap_or_default();
        for (row, pair) in group.pairs.clone().zip(pairs) {
            self.within(ConflictSections::pair(pair), |other| {
                if other == place || !self.names(row, other) {
                    return;
                }
                if other < place {
                    found.before = true;
                } else {
                    found.behind = Some(found.behind.map_or(other, |behind| behind.min(other)));
                }
            });
        }
        found
    }

    /// Whether the note of a pair names a code, where the release has it.
    fn names(&self, row: usize, other: usize) -> bool {
        let table = self.on.table;
        let Some(((number, set, exact), choice)) = table.conflicts.note(row).zip(self.choice) else { return false };
        if table.notes.set(set).is_none_or(|set| set & choice.bit() == 0) {
            return false;
        }
        let note = || Note::of_number(table, number as usize, choice);
        exact || note().zip(self.judged(other)).is_some_and(|(note, (_, code))| note.targets().contains(code))
    }
}
