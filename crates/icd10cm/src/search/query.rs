//! A question to the search.

use super::abbreviations::Expansions;
use super::expand::Held;
use super::fuse::{PhraseMatch, fused};
use super::hit::{HitRow, Hits, MatchKind, MatchPlace, MatchRow};
use super::index::Icd10CmSearch;
use super::lists::number_of;
use super::normalise::{Token, Word, words};
use super::rank::Ranked;
use super::scratch::Scratch;
use crate::code::Icd10CmCode;
use crate::hierarchy::Division;
use crate::on::Icd10CmOn;
use crate::status::Status;

/// Most words of a query that are used, abbreviations written out. [`Hits::ignored_words`] says how many more there were.
pub const MAX_WORDS: usize = 32;
/// Most readings of a query whose abbreviations have several expansions.
pub(crate) const MAX_VARIANTS: usize = 4;
/// How rare a word is that the index does not have.
pub(crate) const RARITY_OF_UNKNOWN: u8 = 183;
/// What it is worth that a title or a term of a node has the words of the query and no other.
const WHOLE: f32 = 24.0;
/// What it is worth that a title has beyond the words of the query only that more is not said.
const UNSPECIFIED: f32 = 8.0;
/// Stems of the words that say so, the first of them always.
const UNSAID: [&[u8]; 6] = [b"unspecified", b"cause", b"organism", b"part", b"site", b"typ"];

/// A word of a query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QueryWord {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: Word,
    /// The word of the index, if it has it.
    pub(crate) id: Option<u16>,
    pub(crate) rarity: f32,
    /// Whether it is written out of an abbreviation.
    pub(crate) abbreviation: bool,
    /// Words to look for beside it.
    pub(crate) beside: [Option<u16>; 2],
}

/// What reading a text tells beside its words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// In how many ways the text can be read, at least 1.
    pub(crate) readings: usize,
    /// Words that were not used.
    pub(crate) ignored: usize,
}

/// A question to the search, made by [`Icd10CmSearch::query`].
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct SearchQuery<'q, 'a> {
    search: Icd10CmSearch<'a>,
    text: &'q str,
    on: Icd10CmOn<'q>,
    limit: usize,
    billable_only: bool,
    fold: bool,
    typeahead: bool,
    within: Option<(u64, u64)>,
    fused: &'q [PhraseMatch],
}

impl<'a> Icd10CmSearch<'a> {
    /// Asks for the codes that a text may mean, among those that are valid on a date.
    ///
    /// The text is words in any order, abbreviations among them (`CHF`, `s/p`), spelled the American or the British way, with slips of the
    /// pen; or a code or the begin of one.
    pub fn query<'q>(&self, text: &'q str, on: Icd10CmOn<'q>) -> SearchQuery<'q, 'a> {
        SearchQuery {
            search: *self,
            text,
            on,
            limit: 10,
            billable_only: false,
            fold: false,
            typeahead: false,
            within: None,
            fused: &[],
        }
    }

    /// The abbreviations that the search writes out, each with its expansions; `+` stands before what is looked for beside the
    /// abbreviation, not in its place.
    pub fn abbreviations(&self) -> impl Iterator<Item = (&'a str, impl Iterator<Item = &'a str> + use<'a>)> + use<'a> {
        self.abbreviations.all().map(|(key, expansions)| (key, expansions.split('|')))
    }

    /// Whether the index has a word in any text, spelling and plural put aside.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        words(word).all(|token| self.spelled(&token.word).is_some())
    }
}

impl<'q, 'a> SearchQuery<'q, 'a> {
    /// Most codes of the answer; 10 where nothing is said.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Billable codes only. A heading is left out, unless [`SearchQuery::fold`] puts the codes below it in its place.
    pub fn billable_only(mut self) -> Self {
        self.billable_only = true;
        self
    }

    /// Puts the billable codes below a heading in the place of the heading, in order.
    pub fn fold(mut self, fold: bool) -> Self {
        self.fold = fold;
        self
    }

    /// Whether the last word is still being typed: words that begin so match even where it is a word itself. What is no word is always
    /// taken as the begin of one.
    pub fn typeahead(mut self, typeahead: bool) -> Self {
        self.typeahead = typeahead;
        self
    }

    /// Codes of a chapter or block only, as [`Icd10CmOn::chapter`] gives it.
    pub fn within(self, division: Division<'_>) -> Self {
        self.between(division.first, division.last)
    }

    /// Codes from one to another only, both and what stands below them included.
    pub fn between(mut self, first: Icd10CmCode, last: Icd10CmCode) -> Self {
        self.within = Some((first.packed(), last.last_below()));
        self
    }

    /// Codes of the chapter of a number only: 1 to 22, and what later releases add.
    pub fn chapter(self, number: u32) -> Self {
        let found = self.on.chapters().find(|chapter| chapter.name.parse() == Ok(number));
        match found {
            Some(chapter) => self.within(chapter),
            None => Self { within: Some((1, 0)), ..self },
        }
    }

    /// Puts what another source says among the hits; see [`PhraseMatch`].
    pub fn fuse(mut self, matches: &'q [PhraseMatch]) -> Self {
        self.fused = matches;
        self
    }

    fn inside(&self, key: u64) -> bool {
        self.within.is_none_or(|(first, last)| (first..=last).contains(&key))
    }

    /// The answer. It stays in the scratch until the next query.
    pub fn run<'s>(&self, scratch: &'s mut Scratch) -> Hits<'s, 'a> {
        scratch.hits.clear();
        scratch.matches.clear();
        scratch.ranked.clear();
        let mut ignored = 0;
        if self.limit > 0 {
            let code = self.code();
            if let Some(code) = code {
                self.push_code(code, scratch);
            }
            // A text that is a code has no words to look for.
            if code.is_none() || scratch.hits.is_empty() {
                let last;
                (ignored, last) = self.rank(scratch);
                self.choose(scratch);
                self.explain(last, scratch);
            }
        }
        Hits { search: self.search, scratch, ignored }
    }

    /// The text as a code: it begins like one, and the table or the index has it or codes below it.
    fn code(&self) -> Option<Icd10CmCode> {
        let text = self.text.trim().trim_end_matches(['.', '-']);
        let code = Icd10CmCode::parse(text).ok()?;
        let digit = code.character(2).is_some_and(|character| character.is_ascii_digit()) || code.len() > 3;
        let known = self.on.lookup(code).status() != Status::Unknown || self.search.node(code).is_some();
        (digit && known && text.bytes().any(|byte| byte.is_ascii_digit())).then_some(code)
    }

    fn is_valid(&self, code: Icd10CmCode) -> Option<bool> {
        match self.on.status(code) {
            Status::Billable => Some(true),
            Status::Header => Some(false),
            _ => None,
        }
    }

    /// The code that was typed and what stands directly below it.
    fn push_code(&self, code: Icd10CmCode, scratch: &mut Scratch) {
        let trimmed = self.text.trim_start();
        let start = (self.text.len() - trimmed.len()) as u32;
        let end = start + trimmed.trim_end().len() as u32;
        let row = MatchRow { start, end, word: None, place: MatchPlace::Code, how: MatchKind::Exact, phrase: None };
        let below = MatchRow { how: MatchKind::Prefix, ..row };
        scratch.matches.extend([row, below]);
        let mut push = |code: Icd10CmCode, first_match: u32| {
            let (Some(billable), true) = (self.is_valid(code), scratch.hits.len() < self.limit) else { return };
            let score = 1_000_000 - i32::try_from(scratch.hits.len()).unwrap_or(1_000_000);
            let row =
                HitRow { code, score, billable, node: None, variant: 0, first_match, last_match: first_match + 1 };
            if self.inside(code.packed()) && (billable || !self.billable_only) {
                scratch.hits.push(row);
            }
        };
        let header = self.is_valid(code) == Some(false);
        if !(header && self.fold) {
            push(code, 0);
        }
        if header && self.fold {
            self.on
                .descendants(code)
                .filter(|code| self.on.is_billable(*code))
                .take(self.limit)
                .for_each(|code| push(code, 1));
        } else if header && self.billable_only {
            self.on
                .descendants(code)
                .filter(|code| self.on.is_billable(*code))
                .take(self.limit)
                .for_each(|code| push(code, 1));
        } else {
            self.on.children(code).take(self.limit).for_each(|code| push(code, 1));
        }
    }

    /// Ranks for every reading of the text. Gives how many words were not used, and the last reading, which is still in the scratch.
    fn rank(&self, scratch: &mut Scratch) -> (usize, usize) {
        let search = self.search;
        let (on, limit_to_billable) = (self.on, self.billable_only && !self.fold);
        let allowed = |node: u16| {
            let Some(code) = search.code(node).filter(|code| self.inside(code.packed())) else { return false };
            match on.status(code) {
                Status::Billable => true,
                Status::Header => !limit_to_billable,
                _ => false,
            }
        };
        let mut ignored = 0;
        let (mut variant, mut readings) = (0, 1);
        while variant < readings {
            let reading = search.read(self.text, variant, self.typeahead, Held::default(), scratch);
            readings = reading.readings.min(MAX_VARIANTS);
            ignored = ignored.max(reading.ignored);
            let words = core::mem::take(&mut scratch.words);
            search.rank(&words, &allowed, variant as u8, Held::default(), false, scratch);
            search.raise_whole(&words, variant as u8, Held::default(), scratch);
            scratch.words = words;
            variant += 1;
        }
        (ignored, readings - 1)
    }

    /// Orders what was ranked and what is fused in, folds headings, keeps as many as were asked for.
    fn choose(&self, scratch: &mut Scratch) {
        order(&mut scratch.ranked);
        let best = scratch.ranked.first().map_or(0.0, |first| first.score);
        let mut extra: Vec<HitRow> = Vec::new();
        for (number, phrase) in (0u32..).zip(self.fused) {
            self.fuse_one(*phrase, number, best, &mut extra, scratch);
        }
        let Scratch { ranked, hits, .. } = scratch;
        if !self.fused.is_empty() {
            order(ranked);
        }
        let mut extra = extra.into_iter().peekable();
        let mut rows = ranked.iter().filter_map(|ranked| {
            let code = self.search.code(ranked.node)?;
            let billable = self.is_valid(code)?;
            let score = thousandths(ranked.score);
            Some(HitRow {
                code,
                score,
                billable,
                node: Some(ranked.node),
                variant: ranked.variant,
                first_match: 0,
                last_match: 0,
            })
        });
        let mut next = rows.next();
        while hits.len() < self.limit {
            let take_extra = match (&next, extra.peek()) {
                (Some(row), Some(other)) => (other.score, row.code) > (row.score, other.code),
                (None, Some(_)) => true,
                (_, None) => false,
            };
            let row = if take_extra { extra.next() } else { core::mem::replace(&mut next, rows.next()) };
            let Some(row) = row else { break };
            if row.billable || !(self.fold || self.billable_only) {
                push_once(hits, row, self.limit);
            } else if self.fold {
                let below = self.on.descendants(row.code).filter(|code| self.on.is_billable(*code));
                let mut added = 0;
                for code in below.take_while(|_| {
                    added += 1;
                    added <= self.limit
                }) {
                    push_once(hits, HitRow { code, billable: true, ..row }, self.limit);
                }
            }
        }
    }

    fn fuse_one(&self, phrase: PhraseMatch, number: u32, best: f32, extra: &mut Vec<HitRow>, scratch: &mut Scratch) {
        let Some(billable) = self.is_valid(phrase.code).filter(|_| self.inside(phrase.code.packed())) else { return };
        let first_match = scratch.matches.len() as u32;
        scratch.matches.push(self.fused_row(phrase, number));
        let node = self.search.node(phrase.code);
        let own = scratch.ranked.iter_mut().find(|ranked| Some(ranked.node) == node);
        match own {
            Some(own) => own.score = fused(Some(own.score), best, phrase.share),
            None if billable || !self.billable_only || self.fold => {
                let score = thousandths(fused(None, best, phrase.share));
                extra.push(HitRow {
                    code: phrase.code,
                    score,
                    billable,
                    node: None,
                    variant: 0,
                    first_match,
                    last_match: first_match + 1,
                });
                extra.sort_by(|one, other| other.score.cmp(&one.score).then(one.code.cmp(&other.code)));
            }
            None => {}
        }
    }

    /// Says for each hit which words matched. `present` is the reading whose words are in the scratch.
    fn explain(&self, present: usize, scratch: &mut Scratch) {
        let mut hits = core::mem::take(&mut scratch.hits);
        let variants = hits.iter().fold(0u32, |all, hit| all | 1 << hit.variant);
        for variant in (0..MAX_VARIANTS).rev().filter(|variant| variants & (1 << variant) != 0) {
            if variant != present {
                self.search.read(self.text, variant, self.typeahead, Held::default(), scratch);
            }
            for hit in hits.iter_mut().filter(|hit| usize::from(hit.variant) == variant) {
                let Some(node) = hit.node else { continue };
                hit.first_match = scratch.matches.len() as u32;
                self.search.explain(node, self.search.code(node) != Some(hit.code), scratch);
                self.explain_fused(hit.code, self.search.code(node), scratch);
                hit.last_match = scratch.matches.len() as u32;
            }
        }
        scratch.hits = hits;
    }

    /// What was fused in for a hit: for its own code first, then for the heading that was folded.
    fn explain_fused(&self, code: Icd10CmCode, found: Option<Icd10CmCode>, scratch: &mut Scratch) {
        let folded = found.filter(|found| *found != code);
        for wanted in [Some(code), folded].into_iter().flatten() {
            let phrases = (0u32..).zip(self.fused).filter(|(_, phrase)| phrase.code == wanted);
            scratch.matches.extend(phrases.map(|(number, phrase)| self.fused_row(*phrase, number)));
        }
    }

    fn fused_row(&self, phrase: PhraseMatch, number: u32) -> MatchRow {
        let fits = |at: usize| u32::try_from(at.min(self.text.len())).unwrap_or(u32::MAX);
        let (start, end) = (fits(phrase.start), fits(phrase.end.max(phrase.start)));
        MatchRow { start, end, word: None, place: MatchPlace::Index, how: MatchKind::Exact, phrase: Some(number) }
    }
}

/// Best first, then in the order of the tabular list.
pub(crate) fn order(ranked: &mut Vec<Ranked>) {
    // The best reading of each node stays.
    ranked.sort_unstable_by(|one, other| one.node.cmp(&other.node).then(other.score.total_cmp(&one.score)));
    ranked.dedup_by_key(|ranked| ranked.node);
    ranked.sort_unstable_by(|one, other| other.score.total_cmp(&one.score).then(one.node.cmp(&other.node)));
}

fn thousandths(score: f32) -> i32 {
    // Saturates beyond the ends.
    (score * 1000.0) as i32
}

fn push_once(hits: &mut Vec<HitRow>, row: HitRow, limit: usize) {
    if hits.len() < limit && !hits.iter().any(|hit| hit.code == row.code) {
        hits.push(row);
    }
}

impl Icd10CmSearch<'_> {
    /// Reads the words of a text into the scratch, with their expansions. Where abbreviations can be read in several ways, `variant`
    /// chooses, from 0 up to the count of readings that is given.
    pub(crate) fn read(
        &self,
        text: &str,
        variant: usize,
        typeahead: bool,
        held: Held<'_>,
        scratch: &mut Scratch,
    ) -> Reading {
        let mut read = core::mem::take(&mut scratch.words);
        read.clear();
        let mut left = variant;
        let mut reading = Reading { readings: 1, ignored: 0 };
        for token in words(text) {
            let expansions = self.abbreviations.of(token.word.as_bytes());
            let others = self.readings(&token, expansions) - 1;
            reading.readings += others;
            // The first reading of every abbreviation is variant 0; then each other reading of each, one at a time.
            let chosen = if left <= others {
                core::mem::take(&mut left)
            } else {
                left -= others;
                0
            };
            self.push_reading(&token, expansions, chosen, &mut read, &mut reading.ignored);
        }
        self.expand(&mut read, typeahead, held, scratch);
        scratch.words = read;
        reading
    }

    /// In how many ways a word can be read, at least 1.
    fn readings(&self, token: &Token, expansions: Expansions<'_>) -> usize {
        let in_place = expansions.in_place().count();
        if in_place == 0 {
            return 1;
        }
        in_place + usize::from(token.word.len() > 2 && self.spelled(&token.word).is_some())
    }

    fn push_reading(
        &self,
        token: &Token,
        expansions: Expansions<'_>,
        chosen: usize,
        into: &mut Vec<QueryWord>,
        ignored: &mut usize,
    ) {
        let (start, end) =
            (token.span.start.min(u32::MAX as usize) as u32, token.span.end.min(u32::MAX as usize) as u32);
        let own =
            QueryWord { start, end, word: token.word, id: None, rarity: 0.0, abbreviation: false, beside: [None; 2] };
        let mut push = |word: QueryWord| {
            if into.len() < MAX_WORDS {
                into.push(word);
            } else {
                *ignored += 1;
            }
        };
        if let Some(expansion) = expansions.in_place().nth(chosen) {
            for word in words(expansion) {
                push(QueryWord { word: word.word, abbreviation: true, ..own });
            }
            return;
        }
        let mut word = own;
        let beside = expansions.beside().flat_map(words).filter_map(|token| self.spelled(&token.word));
        for (place, other) in word.beside.iter_mut().zip(beside) {
            *place = Some(other);
        }
        push(word);
    }

    /// Raises the nodes that have a title or term with the words of the query and no other; and those whose title has beyond them only that
    /// more is not said, as `Pneumonia, unspecified organism`.
    pub(crate) fn raise_whole(&self, words: &[QueryWord], variant: u8, held: Held<'_>, scratch: &mut Scratch) {
        let mut all = [0u16; MAX_WORDS];
        for (place, word) in all.iter_mut().zip(words) {
            let Some(id) = word.id else { return };
            *place = id;
        }
        let ids = all.get_mut(..words.len()).unwrap_or_default();
        if ids.is_empty() {
            return;
        }
        ids.sort_unstable();
        let ids = &*ids;
        let nos = self.word(b"nos");
        let mut bare = [0u16; MAX_WORDS];
        let bare = sorted(ids.iter().copied().filter(|id| Some(*id) != nos), &mut bare);
        let unsaid = UNSAID.map(|word| self.word(word));
        let [unspecified, ..] = unsaid;
        for ranked in scratch.ranked.iter_mut().filter(|ranked| ranked.variant == variant) {
            let node = usize::from(ranked.node);
            let (mut title, mut text) = ([0u16; MAX_WORDS], [0u16; MAX_WORDS]);
            let row = self.titles.row(node);
            let numbers = || row.iter().map(number_of);
            let mut term = |row: &[[u8; 2]]| sorted(row.iter().map(number_of), &mut text) == Some(ids);
            let as_long = |length: Option<&u8>| length.is_some_and(|length| usize::from(*length) == ids.len());
            if row.len() == ids.len() && sorted(numbers(), &mut title) == Some(ids) {
                ranked.score += WHOLE + 1.0;
            } else if self.texts_of(node..node + 1).any(|text| {
                as_long(self.texts.lengths().get(text))
                    && !held.texts.contains(&(text as u16))
                    && self.text_kind(text as u16) < 2
                    && term(self.texts.row(text))
            }) {
                ranked.score += WHOLE;
            } else if bare.is_some_and(|bare| !bare.is_empty() && bare.len() < row.len())
                && numbers().any(|word| Some(word) == unspecified)
                && sorted(numbers().filter(|word| !unsaid.contains(&Some(*word))), &mut title) == bare
            {
                ranked.score += UNSPECIFIED;
            }
        }
    }
}

/// Numbers in order; `None` for more than there is room for.
fn sorted(numbers: impl Iterator<Item = u16>, room: &mut [u16; MAX_WORDS]) -> Option<&[u16]> {
    let mut count = 0;
    for number in numbers {
        *room.get_mut(count)? = number;
        count += 1;
    }
    let numbers = room.get_mut(..count)?;
    numbers.sort_unstable();
    Some(numbers)
}
