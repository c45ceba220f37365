//! The text of a guide as a tree of lines.

use super::element::Usage;
use super::error::GuideError;

/// What the text says.
#[derive(Debug, Default)]
pub(crate) struct GuideText {
    /// ST01, such as 837.
    pub(crate) set: &'static str,
    /// GS01, such as HC.
    pub(crate) group: &'static str,
    /// The version that is written, and those that are read as well.
    pub(crate) versions: Vec<&'static str>,
    pub(crate) name: &'static str,
    pub(crate) is_full: bool,
    pub(crate) items: Vec<Item>,
}

/// A loop or segment.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) line: usize,
    pub(crate) position: u16,
    pub(crate) id: &'static str,
    pub(crate) usage: Usage,
    pub(crate) most: u32,
    pub(crate) words: &'static str,
    pub(crate) what: What,
}

#[derive(Debug, Clone)]
pub(crate) enum What {
    Segment(Vec<ElementText>),
    Loop(Vec<Item>),
}

/// An element: `01-02 R x5 1..20 =A,B @list (components)`.
#[derive(Debug, Clone)]
pub(crate) struct ElementText {
    pub(crate) first: u8,
    pub(crate) last: u8,
    pub(crate) is_key: bool,
    pub(crate) usage: Usage,
    pub(crate) repeat: Option<u16>,
    pub(crate) shortest: Option<u32>,
    pub(crate) longest: Option<u32>,
    pub(crate) codes: Vec<&'static str>,
    pub(crate) list: Option<&'static str>,
    pub(crate) components: Option<Vec<ElementText>>,
}

/// A line with its number and depth.
#[derive(Clone, Copy)]
struct Line {
    number: usize,
    depth: usize,
    text: &'static str,
    /// What is added to its position.
    base: u16,
}

pub(crate) fn parse(text: &'static str) -> Result<GuideText, GuideError> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let text = line.trim();
        if !text.is_empty() && !text.starts_with('#') {
            let blanks = line.len() - line.trim_start().len();
            if !blanks.is_multiple_of(2) {
                return Err(GuideError::new(number, "lines are indented by two blanks a level"));
            }
            lines.push(Line { number, depth: blanks / 2, text, base: 0 });
        }
    }
    let mut guide = GuideText { is_full: true, ..GuideText::default() };
    let mut defined: Vec<(&'static str, Vec<Item>)> = Vec::new();
    let mut rest = lines.as_slice();
    while let Some((line, after)) = rest.split_first() {
        let fail = |what| GuideError::new(line.number, what);
        let (inner, after) = after.split_at(after.iter().take_while(|inner| inner.depth > line.depth).count());
        rest = after;
        let (verb, words) = line.text.split_once(' ').unwrap_or((line.text, ""));
        match verb {
            "guide" => {
                let mut words = words.splitn(4, ' ');
                let (Some(set), Some(group), Some(version), Some(name)) =
                    (words.next(), words.next(), words.next(), words.next())
                else {
                    return Err(fail("a guide has a set, a group, a version and a name"));
                };
                (guide.set, guide.group, guide.name) = (set, group, name);
                guide.versions.insert(0, version);
            }
            "accepts" => guide.versions.extend(words.split_whitespace()),
            "level" => guide.is_full = words == "full",
            "define" => {
                let items = items(inner, &defined)?;
                defined.push((words, items));
            }
            "transaction" => guide.items = items(&tables(inner), &defined)?,
            _ => return Err(fail("a line begins with guide, accepts, level, define or transaction")),
        }
    }
    Ok(guide)
}

/// Heading, detail and summary count their positions each from the start: at the top, a position that falls begins the next of them.
fn tables(lines: &[Line]) -> Vec<Line> {
    let Some(top) = lines.first().map(|line| line.depth) else { return Vec::new() };
    let (mut base, mut before) = (0, 0);
    let mut lines = lines.to_vec();
    for line in lines.iter_mut().filter(|line| line.depth == top) {
        let position = line.text.split_once(' ').and_then(|(position, _)| position.parse::<u16>().ok());
        if let Some(position) = position {
            if position < before {
                base += TABLE;
            }
            before = position;
        }
        line.base = base;
    }
    lines
}

/// More than any position.
const TABLE: u16 = 10_000;

fn items(lines: &[Line], defined: &[(&'static str, Vec<Item>)]) -> Result<Vec<Item>, GuideError> {
    let mut items: Vec<Item> = Vec::new();
    let mut rest = lines;
    while let Some((line, after)) = rest.split_first() {
        let fail = |what| GuideError::new(line.number, what);
        let (inner, after) = after.split_at(after.iter().take_while(|inner| inner.depth > line.depth).count());
        rest = after;
        if let Some(name) = line.text.strip_prefix("include ") {
            let (_, included) =
                defined.iter().find(|(known, _)| *known == name).ok_or(fail("nothing has this name"))?;
            items.extend(included.iter().cloned());
            continue;
        }
        let (position, words) = line.text.split_once(' ').ok_or(fail("a line has a position and more"))?;
        let position = position.parse::<u16>().ok().filter(|position| *position < TABLE);
        let position = position.ok_or(fail("a line begins with its position"))?.saturating_add(line.base);
        if items.last().is_some_and(|before| before.position > position) {
            return Err(fail("positions do not fall"));
        }
        let (is_loop, words) = words.strip_prefix("loop ").map_or((false, words), |words| (true, words));
        let mut words = words.splitn(4, ' ');
        let (Some(id), Some(usage), Some(most)) = (words.next(), words.next(), words.next()) else {
            return Err(fail("a line has a name, a usage and how often"));
        };
        let usage = Usage::from_letter(usage).ok_or(fail("the usage is R, S or N"))?;
        let most = match most {
            "*" => u32::MAX,
            _ => most.parse().map_err(|_| fail("how often is a number or *"))?,
        };
        let words = words.next().unwrap_or_default();
        let (words, what) = if is_loop {
            (words, What::Loop(self::items(inner, defined)?))
        } else {
            if !inner.is_empty() {
                return Err(fail("nothing stands below a segment"));
            }
            let (words, list) = words.split_once(": ").unwrap_or((words.trim_end_matches(':'), ""));
            (words, What::Segment(elements(list).map_err(fail)?))
        };
        items.push(Item { line: line.number, position, id, usage, most, words, what });
    }
    Ok(items)
}

/// The parts of a text between separators that stand outside parentheses.
fn split(text: &'static str, separator: u8) -> impl Iterator<Item = &'static str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let mut depth = 0usize;
        let end = text.bytes().position(|byte| {
            match byte {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            byte == separator && depth == 0
        });
        match end.and_then(|end| Some((text.get(..end)?, text.get(end + 1..)?))) {
            Some((part, after)) => {
                rest = Some(after);
                Some(part)
            }
            None => {
                rest = None;
                Some(text)
            }
        }
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
}

fn elements(text: &'static str) -> Result<Vec<ElementText>, &'static str> {
    split(text, b';').map(element).collect()
}

fn element(text: &'static str) -> Result<ElementText, &'static str> {
    let mut parts = split(text, b' ');
    let place = parts.next().ok_or("an element begins with its place")?;
    let (place, is_key) = place.strip_suffix('!').map_or((place, false), |place| (place, true));
    let (first, last) = place.split_once('-').unwrap_or((place, place));
    let number = |text: &str| text.parse::<u8>().ok().filter(|n| (1..=64).contains(n)).ok_or("a place is 01 to 64");
    let (first, last) = (number(first)?, number(last)?);
    let usage = parts.next().and_then(Usage::from_letter).ok_or("the usage of an element is R, S or N")?;
    let mut element = ElementText {
        first,
        last,
        is_key,
        usage,
        repeat: None,
        shortest: None,
        longest: None,
        codes: Vec::new(),
        list: None,
        components: None,
    };
    for part in parts {
        if let Some(codes) = part.strip_prefix('=') {
            element.codes = codes.split(',').collect();
        } else if let Some(list) = part.strip_prefix('@') {
            element.list = Some(list);
        } else if let Some(inner) = part.strip_prefix('(').and_then(|part| part.strip_suffix(')')) {
            element.components = Some(elements(inner)?);
        } else if let Some(repeat) = part.strip_prefix('x') {
            element.repeat = Some(match repeat {
                "*" => u16::MAX,
                _ => repeat.parse().map_err(|_| "repetitions are a number or *")?,
            });
        } else if let Some((shortest, longest)) = part.split_once("..") {
            let length = |text: &str| match text {
                "" => Ok(None),
                _ => text.parse().map(Some).map_err(|_| "a length is a number"),
            };
            (element.shortest, element.longest) = (length(shortest)?, length(longest)?);
        } else {
            return Err("an element has only codes, a list, lengths, repetitions and components");
        }
    }
    Ok(element)
}
