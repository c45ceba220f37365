//! What the check among the codes of one claim walks through: targets as ranges of ordinals, headings without notes left out.

use super::write::{Content, Ready};
use crate::import::write::numbers;
use crate::notes::NoteKind;
use crate::notes::layout::{self, flag, group};
use crate::notes::targets::Part;
use crate::section;
use std::collections::BTreeMap;
use superbill_table::import::ImportError;
use superbill_table::{TableWriter, WriteError};

/// A range of ordinals, both ends included, what is packed of the note that names it, and the first letters of its codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    first: u32,
    last: u32,
    note: u32,
    letters: u32,
}

/// What one heading says of codes.
#[derive(Debug, Clone, Default)]
struct Heading {
    excludes1: Vec<Pair>,
    excludes2: Vec<Pair>,
    instructions: Vec<Instruction>,
}

/// Notes that together say which codes go with the heading's.
#[derive(Debug, Clone)]
struct Instruction {
    note: usize,
    releases: u32,
    flags: u8,
    pairs: Vec<Pair>,
}

pub(crate) fn write(writer: &mut TableWriter, content: &Content, keys: &[u64]) -> Result<(), ImportError> {
    let headings = headings(content, keys)?;
    // A node is a heading that says something and the node above it.
    let mut nodes: Vec<(usize, Option<usize>)> = Vec::new();
    let mut known: BTreeMap<(usize, Option<usize>), usize> = BTreeMap::new();
    let mut chains: Vec<(usize, Option<usize>, Option<usize>)> = Vec::new();
    for (owner, above) in &content.chains.nodes {
        let node = above.and_then(|above| chains.get(above)).and_then(|chain| chain.2);
        let says = headings.get(owner);
        let own = says.map(|_| {
            *known.entry((*owner, node)).or_insert_with(|| {
                nodes.push((*owner, node));
                nodes.len() - 1
            })
        });
        chains.push((*owner, *above, own.or(node)));
    }
    let narrow =
        |place: Option<usize>| u16::try_from(place.map_or(0, |place| place + 1)).map_err(|_| WriteError::TooMuch);
    let mut rows: Vec<u16> = Vec::new();
    for (owner, above, node) in &chains {
        rows.extend([u16::try_from(*owner).map_err(|_| WriteError::TooMuch)?, narrow(*above)?, narrow(*node)?]);
    }
    writer.section(section::NOTE_CHAINS, chains.len(), rows.into_iter().flat_map(u16::to_le_bytes).collect());
    let mut codes: Vec<u16> = Vec::new();
    for chain in &content.chains.codes {
        codes.push(narrow(*chain)?);
    }
    writer.section(section::NOTE_CODES, codes.len(), codes.into_iter().flat_map(u16::to_le_bytes).collect());
    let said: Vec<(&Heading, Option<usize>)> =
        nodes.iter().filter_map(|(owner, above)| Some((headings.get(owner)?, *above))).collect();
    sections(writer, content, &said)
}

fn sections(
    writer: &mut TableWriter,
    content: &Content,
    said: &[(&Heading, Option<usize>)],
) -> Result<(), ImportError> {
    let count = |pairs: fn(&Heading) -> &Vec<Pair>| said.iter().map(|(heading, _)| pairs(heading).len()).sum::<usize>();
    let mut starts = [0, count(|heading| &heading.excludes1), 0];
    let excludes2 = starts[1];
    let instructions = excludes2 + count(|heading| &heading.excludes2);
    let mut rows: Vec<u32> = Vec::new();
    let mut groups: Vec<u64> = Vec::new();
    let mut group_letters: Vec<u32> = Vec::new();
    let mut at = instructions;
    for (heading, above) in said {
        rows.push(above.map_or(0, |above| above as u32 + 1));
        rows.extend(starts.map(|start| start as u32));
        rows.extend([letters(&heading.excludes1), letters(&heading.excludes2)]);
        for instruction in &heading.instructions {
            let set = content.sets.binary_search(&instruction.releases).unwrap_or_default();
            let row = layout::group_row(instruction.note, set, instruction.flags, at);
            groups.push(row.ok_or(WriteError::TooMuch)?);
            group_letters.push(letters(&instruction.pairs));
            at += instruction.pairs.len();
        }
        starts[0] += heading.excludes1.len();
        starts[1] += heading.excludes2.len();
        starts[2] += heading.instructions.len();
    }
    rows.push(0);
    rows.extend(starts.map(|start| start as u32));
    rows.extend([0, 0]);
    group_letters.push(0);
    groups.push(layout::group_row(0, 0, 0, at).ok_or(WriteError::TooMuch)?);
    let first = said.iter().flat_map(|(heading, _)| &heading.excludes1);
    let second = said.iter().flat_map(|(heading, _)| &heading.excludes2);
    let third =
        said.iter().flat_map(|(heading, _)| heading.instructions.iter().flat_map(|instruction| &instruction.pairs));
    let pairs: Vec<&Pair> = first.chain(second).chain(third).collect();
    writer.section(section::CONFLICT_NODES, said.len() + 1, numbers(rows));
    let groups: Vec<u8> = groups
        .iter()
        .zip(&group_letters)
        .flat_map(|(row, letters)| row.to_le_bytes().into_iter().chain(letters.to_le_bytes()))
        .collect();
    writer.section(section::CONFLICT_GROUPS, group_letters.len(), groups);
    writer.section(
        section::CONFLICT_PAIRS,
        pairs.len(),
        numbers(pairs.iter().flat_map(|pair| [pair.first, pair.last])),
    );
    writer.section(section::CONFLICT_NOTES, pairs.len(), numbers(pairs.iter().map(|pair| pair.note)));
    Ok(())
}

/// The first letters of all codes of some pairs.
fn letters(pairs: &[Pair]) -> u32 {
    pairs.iter().fold(0, |letters, pair| letters | pair.letters)
}

fn headings(content: &Content, keys: &[u64]) -> Result<BTreeMap<usize, Heading>, WriteError> {
    let mut headings: BTreeMap<usize, Heading> = BTreeMap::new();
    for (place, note) in content.notes.iter().enumerate() {
        let set = content.sets.binary_search(&note.entry.releases).unwrap_or_default();
        let pairs = pairs(note, place, set, keys)?;
        match note.entry.kind {
            NoteKind::Excludes1 if !pairs.is_empty() => headings.entry(note.owner).or_default().excludes1.extend(pairs),
            NoteKind::Excludes2 if !pairs.is_empty() => headings.entry(note.owner).or_default().excludes2.extend(pairs),
            kind if kind.is_instruction() => {
                let instructions = &mut headings.entry(note.owner).or_default().instructions;
                match instructions.last_mut().filter(|_| note.entry.item) {
                    Some(instruction) => instruction.pairs.extend(pairs),
                    None => {
                        instructions.push(Instruction { note: place, releases: note.entry.releases, flags: 0, pairs })
                    }
                }
            }
            _ => {}
        }
    }
    for instruction in headings.values_mut().flat_map(|heading| &mut heading.instructions) {
        instruction.flags = group_flags(content, instruction.note);
    }
    Ok(headings)
}

/// What the notes of an instruction say together.
fn group_flags(content: &Content, lead: usize) -> u8 {
    let Some(note) = content.notes.get(lead) else { return 0 };
    let items = content.notes.get(lead + 1..).unwrap_or_default().iter().take_while(|item| item.entry.item);
    let items: Vec<&Ready> = items.collect();
    let named = |note: &Ready| note.resolved.targets.iter().any(|target| target.part == Part::Named);
    let heads = note.entry.words.ends_with(':');
    let kind = match note.entry.kind {
        NoteKind::CodeFirst => group::CODE_FIRST,
        NoteKind::UseAdditional => group::USE_ADDITIONAL,
        _ => group::CODE_ALSO,
    };
    // Several ways that are not one list of what one thing can be: whether one of them is meant, the record says.
    let choice = !items.is_empty() && (!heads || note.entry.kind != NoteKind::CodeFirst);
    let conditional = note.flags & flag::CONDITIONAL != 0 || choice;
    let all = || core::iter::once(note).chain(items.iter().copied());
    let open = all().any(|note| note.flags & flag::OPEN != 0)
        || all().filter(|note| !note.entry.words.ends_with(':')).any(|note| !named(note))
        || !all().any(named);
    let scoped = note.resolved.targets.iter().any(|target| target.part == Part::Scope);
    kind | (u8::from(conditional) * group::CONDITIONAL)
        | (u8::from(open) * group::OPEN)
        | (u8::from(scoped) * group::SCOPED)
}

fn pairs(note: &Ready, place: usize, set: usize, keys: &[u64]) -> Result<Vec<Pair>, WriteError> {
    let targets = &note.resolved.targets;
    let taken_out = targets.iter().any(|target| target.part == Part::Except);
    let mut pairs = Vec::new();
    for target in targets.iter().filter(|target| target.part == Part::Named) {
        let first = keys.partition_point(|key| *key < target.cover.0);
        let behind = keys.partition_point(|key| *key <= target.cover.1);
        let Some(last) = behind.checked_sub(1).filter(|last| first <= *last) else { continue };
        let exact = !taken_out && target.mask.mask == 0;
        let packed = layout::pair_note(place, set, exact).ok_or(WriteError::TooMuch)?;
        let within = [first, last].map(|row| keys.get(row).map_or(0, |key| layout::letter(*key)));
        let letters = (within[0]..=within[1]).fold(0, |letters, letter| letters | 1u32 << letter);
        pairs.push(Pair { first: first as u32, last: last as u32, note: packed, letters });
    }
    // A condition with several ways gives the same range several times.
    pairs.dedup();
    Ok(pairs)
}
