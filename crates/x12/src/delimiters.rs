//! The four bytes that divide an interchange.

/// The delimiters of one interchange. Each interchange declares its own in its ISA segment.
///
/// Source: ASC X12.5 interchange control structures; X12.6 application control structures.
///
/// ```
/// use superbill_x12::Delimiters;
/// let usual = Delimiters::default();
/// assert_eq!((usual.element, usual.component, usual.segment, usual.repetition), (b'*', b':', b'~', Some(b'^')));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Delimiters {
    /// Between elements: the byte after `ISA`.
    pub element: u8,
    /// Between the components of a composite element: ISA16.
    pub component: u8,
    /// After each segment: the byte after ISA16.
    pub segment: u8,
    /// Between the repetitions of an element: ISA11, from version 00402 on and only when the byte is neither a letter, a
    /// digit nor a space. `None` in older versions, where ISA11 names a standard (`U`).
    pub repetition: Option<u8>,
}

impl Default for Delimiters {
    /// `*` `:` `~` `^`, the delimiters most senders use.
    fn default() -> Self {
        Self { element: b'*', component: b':', segment: b'~', repetition: Some(b'^') }
    }
}

impl Delimiters {
    /// Whether the byte is one of the delimiters.
    #[must_use]
    pub fn contains(&self, byte: u8) -> bool {
        byte == self.element || byte == self.component || byte == self.segment || self.repetition == Some(byte)
    }

    /// Whether the four bytes differ and none of them is a letter, a digit or a space, or, other than the segment
    /// terminator, a line break: so that text, delimiters and lines can be told apart.
    #[must_use]
    pub fn are_distinct(&self) -> bool {
        let Self { element, component, segment, repetition } = *self;
        element != component
            && element != segment
            && component != segment
            && repetition.is_none_or(|byte| byte != element && byte != component && byte != segment)
            && [Some(element), Some(component), Some(segment), repetition]
                .into_iter()
                .flatten()
                .all(|byte| !byte.is_ascii_alphanumeric() && byte != b' ')
            && [Some(element), Some(component), repetition]
                .into_iter()
                .flatten()
                .all(|byte| !matches!(byte, b'\r' | b'\n'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_must_differ_and_not_look_like_text() {
        let usual = Delimiters::default();
        for (delimiters, distinct) in [
            (usual, true),
            (Delimiters { repetition: None, ..usual }, true),
            (Delimiters { segment: b'\n', element: 0x1C, ..usual }, true),
            (Delimiters { component: b'*', ..usual }, false),
            (Delimiters { segment: b':', ..usual }, false),
            (Delimiters { repetition: Some(b'~'), ..usual }, false),
            (Delimiters { repetition: Some(b'U'), ..usual }, false),
            (Delimiters { element: b' ', ..usual }, false),
            (Delimiters { component: b'\n', ..usual }, false),
        ] {
            assert_eq!(delimiters.are_distinct(), distinct, "{delimiters:?}");
        }
    }
}
