//! Abbreviations of clinical notes and what they stand for.

/// Lines in order of their key: `key<TAB>expansion|expansion`. An expansion that begins with `+` is looked for beside the abbreviation
/// itself, any other in its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Abbreviations<'a> {
    bytes: &'a [u8],
}

impl<'a> Abbreviations<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The line that begins at or behind a place, and the place behind it.
    fn line_from(&self, at: usize) -> Option<(&'a [u8], usize)> {
        let rest = self.bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        Some((rest.get(..length)?, at + length + 1))
    }

    /// The expansions of an abbreviation in lower case.
    pub(crate) fn of(&self, key: &[u8]) -> Expansions<'a> {
        Expansions { line: self.find(key) }
    }

    fn find(&self, key: &[u8]) -> Option<&'a str> {
        let (mut low, mut high) = (0usize, self.bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            // Back to the begin of the line.
            let head = self.bytes.get(low..middle)?;
            let start = head.iter().rposition(|byte| *byte == b'\n').map_or(low, |place| low + place + 1);
            let (line, next) = self.line_from(start)?;
            let tab = line.iter().position(|byte| *byte == b'\t')?;
            match line.get(..tab)?.cmp(key) {
                core::cmp::Ordering::Equal => return core::str::from_utf8(line.get(tab + 1..)?).ok(),
                core::cmp::Ordering::Less => low = next,
                core::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }

    /// All abbreviations with their expansions.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let text = core::str::from_utf8(self.bytes).unwrap_or_default();
        text.lines().filter_map(|line| line.split_once('\t'))
    }

    pub(crate) fn is_sound(&self) -> bool {
        let text = core::str::from_utf8(self.bytes);
        text.is_ok_and(|text| {
            let lines: Option<Vec<_>> = text.lines().map(|line| line.split_once('\t')).collect();
            lines.is_some_and(|lines| lines.is_sorted_by(|one, other| one.0 < other.0))
        })
    }
}

/// The expansions of one abbreviation; none of a word that is none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expansions<'a> {
    line: Option<&'a str>,
}

impl<'a> Expansions<'a> {
    fn all(self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.line.into_iter().flat_map(|line| line.split('|'))
    }

    /// What stands in the place of the abbreviation.
    pub(crate) fn in_place(self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.all().filter(|expansion| !expansion.starts_with('+'))
    }

    /// What is looked for beside it.
    pub(crate) fn beside(self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.all().filter_map(|expansion| expansion.strip_prefix('+'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_first_last_and_between() {
        let text = "aki\tacute kidney injury\nms\tmultiple sclerosis|mitral stenosis\nnos\t+unspecified";
        let abbreviations = Abbreviations::new(text.as_bytes());
        assert_eq!(abbreviations.of(b"aki").all().collect::<Vec<_>>(), ["acute kidney injury"]);
        assert_eq!(abbreviations.of(b"ms").all().collect::<Vec<_>>(), ["multiple sclerosis", "mitral stenosis"]);
        assert_eq!(abbreviations.of(b"nos").all().collect::<Vec<_>>(), ["+unspecified"]);
        assert_eq!(abbreviations.of(b"nos").beside().collect::<Vec<_>>(), ["unspecified"]);
        assert_eq!(abbreviations.of(b"nos").in_place().count(), 0);
        for absent in ["", "a", "akia", "mr", "zz"] {
            assert_eq!(abbreviations.of(absent.as_bytes()).all().count(), 0, "{absent}");
        }
        assert!(abbreviations.is_sound());
        assert_eq!(abbreviations.all().count(), 3);
    }

    #[test]
    fn damaged_lines_have_no_key() {
        for text in ["", "\n", "no tab", "\t", "a\tb\n\n\n"] {
            let abbreviations = Abbreviations::new(text.as_bytes());
            assert_eq!(abbreviations.of(b"zz").all().count(), 0);
        }
        assert!(!Abbreviations::new(b"b\tx\na\ty").is_sound());
    }
}
