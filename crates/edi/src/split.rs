//! Splitting a claim transaction that has more claims than a receiver takes.

use crate::error::WriteError;
use crate::transaction::transactions;
use core::num::NonZeroUsize;
use std::collections::HashSet;
use superbill_x12::{Delimiters, Document, Interchange, Segment, Severity, Transaction, X12Error};

/// As many characters as the claim guides give BHT03, of the 50 that the standard has.
const REFERENCE_MOST: usize = 30;

/// Splits each 837 transaction with more than `most` claims (CLM) into several in the same group, and leaves the others
/// byte for byte as they are. The guides ask for at most 5,000 in a transaction.
///
/// Claims keep their order and their bytes. Each part has the header of the whole, and the billing provider, subscriber
/// and patient levels that its claims stand in, with new HL01, HL02 and HL04; the counts in SE01 and GE01 are renewed. A
/// level without a claim stays before the claim that it stood before. Where HL02 names no level at all, the level stands in
/// the one before it.
///
/// The first part keeps the control number (ST02), and each further one gets a number that no transaction of the
/// interchange has. The reference (BHT03) differs too: a claim acknowledgement (277CA) names the batch by it alone, and a
/// receiver that looks for duplicates may compare it. The first part keeps it; the next ones have `-2`, `-3`, ... behind
/// it, within the 30 characters of the guides.
///
/// ```
/// use core::num::NonZeroUsize;
/// use superbill_edi::split_by_claims;
/// use superbill_x12::Document;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file = b"ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~\
/// #     GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~\
/// #     BHT*0019*00*BATCH1*20260101*1200*CH~HL*1**20*1~NM1*85*2*TEST CLINIC~HL*2*1*22*0~SBR*P*18~\
/// #     CLM*TEST1*100***11:B:1~CLM*TEST2*50***11:B:1~SE*9*0001~GE*1*1~IEA*1*000000001~";
/// let document = Document::read(file)?;
/// let written = String::from_utf8(split_by_claims(&document, NonZeroUsize::MIN)?)?;
/// assert!(written.contains("~SE*8*0001~ST*837*0002*005010X222A1~BHT*0019*00*BATCH1-2*"));
/// assert!(written.contains("~HL*2*1*22*0~SBR*P*18~CLM*TEST2*50***11:B:1~SE*8*0002~GE*2*1~"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Only where a transaction is too large: [`WriteError::X12`] when the document has an error, such as a wrong count;
/// [`WriteError::CannotSplit`] for a remittance (835), and where levels (HL) do not stand in each other as their numbers
/// say, or a claim in none.
pub fn split_by_claims(document: &Document<'_>, most: NonZeroUsize) -> Result<Vec<u8>, WriteError> {
    let bytes = document.bytes();
    let most = most.get();
    if transactions(document).all(|transaction| claim_count(&transaction) <= most) {
        return Ok(bytes.to_vec());
    }
    if let Some(fault) = document.diagnostics().iter().find(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(X12Error::Faulty { segment: fault.segment, offset: fault.offset }.into());
    }
    let mut written = Vec::with_capacity(bytes.len() + bytes.len() / 16);
    // Up to where the file has been copied.
    let mut copied = 0;
    for interchange in document.interchanges() {
        let mut taken = Taken::of(&interchange)?;
        for group in interchange.groups() {
            let mut sets = 0u64;
            let mut grown = false;
            for transaction in group.transactions() {
                sets += 1;
                if claim_count(&transaction) <= most {
                    continue;
                }
                let set = Set::read(document, &transaction)?;
                written.extend_from_slice(bytes.get(copied..place(&set.st)).unwrap_or_default());
                for (which, part) in (1u64..).zip(set.parts(most)) {
                    set.write(bytes, which, &part, &mut taken, &mut written)?;
                    sets += u64::from(which > 1);
                }
                grown = true;
                copied = set.end;
            }
            if let Some(trailer) = group.trailer().filter(|_| grown) {
                written.extend_from_slice(bytes.get(copied..place(&trailer)).unwrap_or_default());
                replaced(&trailer, &[(1, sets.to_string().as_bytes())], &mut written);
                copied = place(&trailer) + trailer.raw().len();
            }
        }
    }
    written.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    Ok(written)
}

/// How many claims (CLM of an 837) or claim payments (CLP of an 835) a transaction has; none of another set.
#[must_use]
pub fn claim_count(transaction: &Transaction<'_, '_>) -> usize {
    let claim = match transaction.set_id().bytes() {
        b"837" => *b"CLM",
        b"835" => *b"CLP",
        _ => return 0,
    };
    transaction.segments().filter(|segment| segment.tag() == claim).count()
}

/// Where a segment begins.
fn place(segment: &Segment<'_>) -> usize {
    usize::try_from(segment.offset()).unwrap_or(usize::MAX)
}

/// Writes a segment, without its terminator, with other elements at some places.
fn replaced(segment: &Segment<'_>, elements: &[(usize, &[u8])], written: &mut Vec<u8>) {
    let separator = segment.delimiters().element;
    let count = elements.iter().map(|(place, _)| *place).max().unwrap_or(0).max(segment.element_count());
    written.extend(segment.raw().iter().take_while(|byte| **byte != separator));
    for at in 1..=count {
        written.push(separator);
        let new = elements.iter().find(|(place, _)| *place == at).map(|(_, text)| *text);
        written.extend_from_slice(new.unwrap_or_else(|| segment.element(at).bytes()));
    }
}

/// The control numbers and references of an interchange, each of which is given once.
struct Taken {
    numbers: HashSet<u64>,
    next: u64,
    references: HashSet<Vec<u8>>,
    delimiters: Delimiters,
}

impl Taken {
    fn of(interchange: &Interchange<'_, '_>) -> Result<Self, WriteError> {
        let delimiters = interchange.delimiters();
        // What is written new has digits and a letter in it.
        if (b'0'..=b'9').chain([b'P']).any(|byte| delimiters.contains(byte)) {
            return Err(X12Error::Delimiters.into());
        }
        let mut taken = Self { numbers: HashSet::new(), next: 1, references: HashSet::new(), delimiters };
        for transaction in interchange.groups().flat_map(|group| group.transactions()) {
            let number = transaction.control_number();
            taken.numbers.extend(core::str::from_utf8(number.bytes()).ok().and_then(|text| text.parse::<u64>().ok()));
            let begin = transaction.body().take(2).find(|segment| segment.tag() == *b"BHT");
            taken.references.extend(begin.map(|begin| begin.element(3).bytes().to_vec()));
        }
        Ok(taken)
    }

    /// The lowest number that is not taken, of at least so many digits.
    fn number(&mut self, digits: usize) -> Result<String, WriteError> {
        while !self.numbers.insert(self.next) {
            self.next += 1;
        }
        if self.next > 999_999_999 {
            return Err(WriteError::ControlNumber);
        }
        Ok(format!("{:0width$}", self.next, width = digits.clamp(4, 9)))
    }

    /// A reference for part `which` of what has this one.
    fn reference(&mut self, whole: &[u8], which: u64) -> Vec<u8> {
        let mark = if self.delimiters.contains(b'-') { 'P' } else { '-' };
        let most = whole.len().max(REFERENCE_MOST);
        let mut which = which;
        loop {
            let end = format!("{mark}{which}");
            let mut reference = whole.get(..most.saturating_sub(end.len())).unwrap_or(whole).to_vec();
            if reference.len() < whole.len() {
                // Half a character of several bytes would be none.
                while reference.pop_if(|byte| !byte.is_ascii()).is_some() {}
            }
            reference.extend_from_slice(end.as_bytes());
            if self.references.insert(reference.clone()) {
                return reference;
            }
            which += 1;
        }
    }
}

/// Bytes of the file, with the terminators and the line breaks behind them.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    start: usize,
    end: usize,
    segments: u64,
}

impl Stretch {
    fn of(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start..self.end).unwrap_or_default()
    }
}

/// A level of the whole: its HL, and what belongs to it but claims and further levels.
struct Level<'a> {
    hl: Segment<'a>,
    parent: Option<usize>,
    /// From the terminator of the HL; the HL is counted.
    rest: Stretch,
}

/// What a transaction consists of below its header, in order.
enum Item {
    /// The level with this index.
    Level(usize),
    /// A claim in the level with this index.
    Claim(usize, Stretch),
}

/// A transaction that is to be split.
struct Set<'a> {
    st: Segment<'a>,
    bht: Option<Segment<'a>>,
    /// From the terminator of the ST; the ST is counted.
    header: Stretch,
    levels: Vec<Level<'a>>,
    items: Vec<Item>,
    se: Segment<'a>,
    /// Where the next segment of the file begins.
    end: usize,
}

impl<'a> Set<'a> {
    fn read(document: &Document<'a>, transaction: &Transaction<'a, '_>) -> Result<Self, WriteError> {
        let st = transaction.st();
        let cannot = |segment: &Segment<'_>, what| WriteError::CannotSplit { segment: segment.number(), what };
        if transaction.set_id() != "837" {
            return Err(cannot(
                &st,
                "a remittance (835) is the account of one payment (BPR), to which its claims add up, so it cannot be split: \
                 take it whole, or ask the payer for several payments",
            ));
        }
        let se = transaction.trailer().ok_or_else(|| cannot(&st, "the transaction has no SE: add it"))?;
        let after = document.segment(se.number() + 1);
        let end = after.map_or(document.bytes().len(), |segment| place(&segment));
        let header = Stretch { start: place(&st) + st.raw().len(), end: place(&se), segments: 1 };
        let mut set = Self { st, bht: None, header, levels: Vec::new(), items: Vec::new(), se, end };
        // The open levels from the outermost.
        let mut open: Vec<usize> = Vec::new();
        let mut numbers = HashSet::new();
        for segment in transaction.body() {
            match &segment.tag() {
                b"HL " => {
                    set.end_stretch(place(&segment));
                    let parent = set.parent(&segment, &mut open, &numbers)?;
                    numbers.insert(segment.element(1).trimmed().bytes());
                    let rest =
                        Stretch { start: place(&segment) + segment.raw().len(), end: place(&set.se), segments: 1 };
                    open.push(set.levels.len());
                    set.items.push(Item::Level(set.levels.len()));
                    set.levels.push(Level { hl: segment, parent, rest });
                    continue;
                }
                b"CLM" => {
                    set.end_stretch(place(&segment));
                    let Some(level) = open.last() else {
                        return Err(cannot(&segment, "the claim stands in no level: add the HL segments above it"));
                    };
                    let claim = Stretch { start: place(&segment), end: place(&set.se), segments: 1 };
                    set.items.push(Item::Claim(*level, claim));
                    continue;
                }
                b"BHT" if set.items.is_empty() && set.bht.is_none() => set.bht = Some(segment),
                _ => {}
            }
            set.open_stretch().segments += 1;
        }
        Ok(set)
    }

    /// What the next segment belongs to.
    fn open_stretch(&mut self) -> &mut Stretch {
        match self.items.last_mut() {
            Some(Item::Claim(_, stretch)) => stretch,
            // A level is the last one.
            Some(Item::Level(_)) => self.levels.last_mut().map_or(&mut self.header, |level| &mut level.rest),
            None => &mut self.header,
        }
    }

    fn end_stretch(&mut self, end: usize) {
        self.open_stretch().end = end;
    }

    /// The level that an HL stands in, where the open ones end then. `numbers` are those of the levels so far.
    fn parent(
        &self,
        hl: &Segment<'a>,
        open: &mut Vec<usize>,
        numbers: &HashSet<&'a [u8]>,
    ) -> Result<Option<usize>, WriteError> {
        let cannot = |what| Err(WriteError::CannotSplit { segment: hl.number(), what });
        let depth = match hl.element(3).trimmed().bytes() {
            b"20" => 0,
            b"22" => 1,
            b"23" => 2,
            _ => {
                return cannot(
                    "the level (HL03) is no billing provider, subscriber or patient: it must be 20, 22 or 23",
                );
            }
        };
        open.truncate(depth);
        let parent = open.last().copied().filter(|_| open.len() == depth);
        let says = hl.element(2).trimmed();
        let is_right = match parent.and_then(|parent| self.levels.get(parent)) {
            // A number that no level has is put right.
            Some(parent) => parent.hl.element(1).trimmed() == says || !numbers.contains(says.bytes()),
            None => depth == 0 && says.is_empty(),
        };
        if is_right {
            return Ok(parent);
        }
        cannot(
            "the parent (HL02) is not the level that this one stands in: a subscriber stands in a billing provider, a \
             patient in a subscriber, a billing provider in none",
        )
    }

    /// Which levels and claims each part has.
    fn parts(&self, most: usize) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut part = Part::default();
        let mut claims = 0;
        // The item that a level is in the open part, and in which part it was so.
        let mut placed = vec![(0usize, 0usize); self.levels.len()];
        let mut waiting: Vec<usize> = Vec::new();
        for item in &self.items {
            match item {
                Item::Level(level) => waiting.push(*level),
                Item::Claim(level, claim) => {
                    if claims == most {
                        parts.push(core::mem::take(&mut part));
                        claims = 0;
                    }
                    let which = parts.len() + 1;
                    for level in waiting.drain(..).chain([*level]) {
                        self.put(level, which, &mut part, &mut placed);
                    }
                    part.items.push(PartItem::Claim(*claim));
                    claims += 1;
                }
            }
        }
        let which = parts.len() + 1;
        for level in waiting {
            self.put(level, which, &mut part, &mut placed);
        }
        parts.push(part);
        parts
    }

    /// Puts a level into a part, below those that it stands in, unless it is there already; gives its number there.
    fn put(&self, level: usize, which: usize, part: &mut Part, placed: &mut [(usize, usize)]) -> usize {
        if let Some((_, item)) = placed.get(level).filter(|(part, _)| *part == which) {
            return *item;
        }
        let parent = self.levels.get(level).and_then(|level| level.parent);
        let parent = parent.map(|parent| self.put(parent, which, part, placed));
        let parent = parent.and_then(|parent| match part.items.get_mut(parent) {
            Some(PartItem::Level { number, has_children, .. }) => {
                *has_children = true;
                Some(*number)
            }
            _ => None,
        });
        let item = part.items.len();
        part.levels += 1;
        part.items.push(PartItem::Level { level, number: part.levels, parent, has_children: false });
        if let Some(place) = placed.get_mut(level) {
            *place = (which, item);
        }
        item
    }

    fn write(
        &self,
        bytes: &[u8],
        which: u64,
        part: &Part,
        taken: &mut Taken,
        written: &mut Vec<u8>,
    ) -> Result<(), WriteError> {
        let old = self.st.element(2).bytes();
        let number = if which == 1 { old.to_vec() } else { taken.number(old.len())?.into_bytes() };
        replaced(&self.st, &[(2, &number)], written);
        match self.bht.filter(|_| which > 1) {
            Some(bht) => {
                written.extend_from_slice(bytes.get(self.header.start..place(&bht)).unwrap_or_default());
                replaced(&bht, &[(3, &taken.reference(bht.element(3).bytes(), which))], written);
                written
                    .extend_from_slice(bytes.get(place(&bht) + bht.raw().len()..self.header.end).unwrap_or_default());
            }
            None => written.extend_from_slice(self.header.of(bytes)),
        }
        let mut segments = self.header.segments + 1;
        for item in &part.items {
            match item {
                PartItem::Level { level, number, parent, has_children } => {
                    let Some(level) = self.levels.get(*level) else { continue };
                    let (number, parent) =
                        (number.to_string(), parent.map(|parent| parent.to_string()).unwrap_or_default());
                    let children: &[u8] = if *has_children { b"1" } else { b"0" };
                    replaced(&level.hl, &[(1, number.as_bytes()), (2, parent.as_bytes()), (4, children)], written);
                    written.extend_from_slice(level.rest.of(bytes));
                    segments += level.rest.segments;
                }
                PartItem::Claim(claim) => {
                    written.extend_from_slice(claim.of(bytes));
                    segments += claim.segments;
                }
            }
        }
        replaced(&self.se, &[(1, segments.to_string().as_bytes()), (2, &number)], written);
        written.extend_from_slice(bytes.get(place(&self.se) + self.se.raw().len()..self.end).unwrap_or_default());
        Ok(())
    }
}

/// What a part has below its header, in order.
#[derive(Default)]
struct Part {
    items: Vec<PartItem>,
    /// How many are levels.
    levels: u64,
}

enum PartItem {
    Level { level: usize, number: u64, parent: Option<u64>, has_children: bool },
    Claim(Stretch),
}
