//! From the text of a guide and the dictionary to a guide that is ready for use.

use super::dictionary::{Dictionary, Place, bit};
use super::element::{ElementKind, ElementUse, Usage};
use super::error::GuideError;
use super::lines::{self, ElementText, GuideText, Item, What};
use super::list::ExternalList;
use super::model::{Child, ChildKind, Guide, GuideLoop, Key, SegmentUse};
use super::packed::{Packed, PlaceName, SegmentId};

/// Reads a guide.
///
/// # Errors
/// [`GuideError`] with the line that is wrong.
pub(crate) fn compile(text: &'static str, dictionary: &Dictionary) -> Result<Guide, GuideError> {
    let GuideText { set, group, versions, name, is_full, items } = lines::parse(text)?;
    let guide = Guide {
        set,
        group,
        versions,
        name,
        is_full,
        loops: Vec::new(),
        segments: Vec::new(),
        elements: Vec::new(),
        codes: Vec::new(),
        notes: Vec::new(),
    };
    let mut compiler = Compiler { dictionary, guide };
    let transaction = Item {
        line: 0,
        position: 0,
        id: "",
        usage: Usage::Required,
        most: 1,
        words: "transaction",
        what: What::Segment(Vec::new()),
    };
    compiler.add_loop(&transaction, &items, None)?;
    Ok(compiler.guide)
}

struct Compiler<'d> {
    dictionary: &'d Dictionary,
    guide: Guide,
}

/// A number that fits into two bytes: no guide has as many loops or segments as that.
fn small(number: usize, line: usize) -> Result<u16, GuideError> {
    u16::try_from(number).map_err(|_| GuideError::new(line, "a guide has at most 65,535 segments"))
}

fn count<T>(list: &[T]) -> u32 {
    // INVARIANT: a guide's text is far shorter than four billion bytes.
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

impl Compiler<'_> {
    fn add_loop(&mut self, item: &Item, items: &[Item], parent: Option<u16>) -> Result<u16, GuideError> {
        let index = small(self.guide.loops.len(), item.line)?;
        let first = small(self.guide.segments.len(), item.line)?;
        let begins = items.first().filter(|first| matches!(first.what, What::Segment(_)));
        let begins = begins.ok_or(GuideError::new(item.line, "a loop begins with a segment"))?;
        let holds_claims = begins.id == "LX" && items.iter().any(|inner| inner.id == "2100");
        self.guide.loops.push(GuideLoop {
            id: item.id,
            words: item.words,
            usage: item.usage,
            most: item.most,
            parent,
            children: Vec::new(),
            first,
            is_unit: matches!(begins.id, "ST" | "HL" | "CLM" | "CLP" | "INS" | "ENT") || holds_claims,
            is_level: begins.id == "HL",
        });
        let mut children = Vec::new();
        for inner in items {
            let kind = match &inner.what {
                What::Segment(elements) => ChildKind::Segment(self.add_segment(inner, elements, index)?),
                What::Loop(items) => ChildKind::Loop(self.add_loop(inner, items, Some(index))?),
            };
            children.push(Child { position: inner.position, usage: inner.usage, most: inner.most, kind });
        }
        if let Some(made) = self.guide.loops.get_mut(usize::from(index)) {
            made.children = children;
        }
        Ok(index)
    }

    fn add_segment(&mut self, item: &Item, texts: &[ElementText], loop_: u16) -> Result<u16, GuideError> {
        let fail = |what| GuideError::new(item.line, what);
        let index = small(self.guide.segments.len(), item.line)?;
        let base = self.dictionary.segment(item.id).ok_or(fail("the dictionary has no such segment"))?;
        if texts.iter().any(|text| usize::from(text.last) > base.places.len() || text.first > text.last) {
            return Err(fail("the segment has no such element"));
        }
        let elements = self.add_elements(&base.places, texts, item.line)?;
        let (mut required, mut allowed) = (0, 0);
        for (position, element) in (1u8..).zip(super::model::range(&self.guide.elements, &elements)) {
            match element.usage {
                Usage::Required => required |= bit(position),
                Usage::Situational => {}
                Usage::NotUsed => continue,
            }
            allowed |= bit(position);
        }
        let (key, key_codes) = self.key(item.id, texts, &elements);
        let notes = count(&self.guide.notes)..count(&self.guide.notes) + count(&base.notes);
        self.guide.notes.extend(&base.notes);
        self.guide.segments.push(SegmentUse {
            name: base.id,
            id: SegmentId::of(item.id.as_bytes()),
            place: PlaceName::of(self.guide.loops.get(usize::from(loop_)).map_or("", |found| found.id), base.id),
            words: item.words,
            usage: item.usage,
            most: item.most,
            loop_,
            key,
            key_codes,
            elements,
            notes,
            required,
            allowed,
        });
        Ok(index)
    }

    /// The element that tells the segment from others of its name.
    fn key(
        &self,
        id: &str,
        texts: &[ElementText],
        elements: &core::ops::Range<u32>,
    ) -> (Option<Key>, core::ops::Range<u32>) {
        let marked = texts.iter().find_map(|text| {
            let inner = text.components.iter().flatten().find(|component| component.is_key);
            inner.map(|component| (text.first, component.first)).or(text.is_key.then_some((text.first, 0)))
        });
        let (element, component) = marked.unwrap_or(match id {
            "HL" => (3, 0),
            "HI" => (1, 1),
            // Reports of the same kind differ in how they come: with the claim, or as a certificate of medical necessity.
            "PWK" => (2, 0),
            _ => (1, 0),
        });
        let all = super::model::range(&self.guide.elements, elements);
        let found = all.get(usize::from(element).wrapping_sub(1));
        let found = match component {
            0 => found.filter(|found| !found.is_composite()),
            _ => found.and_then(|found| self.guide.components(found).get(usize::from(component).wrapping_sub(1))),
        };
        match found {
            Some(found) if !found.codes.is_empty() => (Some(Key { element, component }), found.codes.clone()),
            _ => (None, 0..0),
        }
    }

    /// Adds the elements of a segment or composite, one for each place of the base standard.
    fn add_elements(
        &mut self,
        places: &[Place],
        texts: &[ElementText],
        line: usize,
    ) -> Result<core::ops::Range<u32>, GuideError> {
        let mut made = Vec::new();
        for (position, place) in (1u8..).zip(places) {
            let text = texts.iter().find(|text| (text.first..=text.last).contains(&position));
            made.push(self.element(place, text, line)?);
        }
        let start = count(&self.guide.elements);
        self.guide.elements.append(&mut made);
        Ok(start..count(&self.guide.elements))
    }

    fn element(&mut self, place: &Place, text: Option<&ElementText>, line: usize) -> Result<ElementUse, GuideError> {
        let fail = |what| GuideError::new(line, what);
        let usage = text.map_or(Usage::NotUsed, |text| text.usage);
        let start = count(&self.guide.codes);
        for code in text.iter().flat_map(|text| &text.codes) {
            let packed = Packed::of(code.as_bytes()).ok_or(fail("a code has at most 16 characters"))?;
            self.guide.codes.push((packed, code));
        }
        let codes = start..count(&self.guide.codes);
        let list = text.and_then(|text| text.list);
        let list = match list {
            Some(name) => Some(ExternalList::from_name(name).ok_or(fail("there is no list of this name"))?),
            None => None,
        };
        let repeat = text.and_then(|text| text.repeat).unwrap_or(place.repeat);
        let inner = text.and_then(|text| text.components.as_deref());
        if let Some(element) = self.dictionary.element(place.of) {
            if inner.is_some() {
                return Err(fail("the element has no components"));
            }
            return Ok(ElementUse {
                number: element.number,
                words: place.words,
                usage,
                kind: element.kind,
                shortest: text.and_then(|text| text.shortest).unwrap_or(element.shortest),
                longest: text.and_then(|text| text.longest).unwrap_or(element.longest),
                repeat,
                list,
                codes,
                components: 0..0,
            });
        }
        // Of a composite that the guide does not use, the dictionary need not know the components.
        let components = match (self.dictionary.composite(place.of), usage) {
            (Some(components), _) => components,
            (None, Usage::NotUsed) => &[],
            (None, _) => return Err(fail("the dictionary has no such element")),
        };
        if inner.iter().flat_map(|inner| inner.iter()).any(|text| usize::from(text.last) > components.len()) {
            return Err(fail("the composite has no such component"));
        }
        let components = match (inner, usage) {
            (_, Usage::NotUsed) => 0..0,
            (Some(texts), _) => self.add_elements(components, texts, line)?,
            (None, _) => return Err(fail("a composite says which components are used")),
        };
        Ok(ElementUse {
            number: place.of,
            words: place.words,
            usage,
            kind: ElementKind::Text,
            shortest: 0,
            longest: u32::MAX,
            repeat,
            list,
            codes,
            components,
        })
    }
}
