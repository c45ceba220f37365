//! Lines of one width, as some old systems keep files: breaks stand where the width is full, inside of segments too.

use crate::{LineEnding, X12Error};
use core::num::NonZeroUsize;

/// Breaks bytes into lines of one width, the last as long as what is left. [`join_lines`] gives the bytes again.
///
/// Few receivers take such a file; those who do say so. With [`LineEnding::None`] nothing is broken.
///
/// # Errors
/// [`X12Error::LineBreaks`] when there are line breaks already, which could not be told from the new ones.
pub fn wrap_lines(bytes: &[u8], width: NonZeroUsize, ending: LineEnding) -> Result<Vec<u8>, X12Error> {
    if bytes.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        return Err(X12Error::LineBreaks);
    }
    let mut lines = Vec::with_capacity(bytes.len() + bytes.len() / width * 2);
    for (number, line) in bytes.chunks(width.get()).enumerate() {
        if number > 0 {
            lines.extend_from_slice(ending.bytes());
        }
        lines.extend_from_slice(line);
    }
    Ok(lines)
}

/// Takes the breaks out of a file of lines of one width; `None` when it is none.
///
/// It is one when it begins with an ISA, has at least two lines, all but the last are equally long, none is longer, and
/// the first break is inside the ISA or not behind a segment terminator: a file that is broken after each segment is
/// left alone. Reading does not do this by itself, since what it gives would not be the bytes of the file.
#[must_use]
pub fn join_lines(bytes: &[u8]) -> Option<Vec<u8>> {
    let trimmed = bytes.trim_ascii_end();
    let line = |line: &'_ [u8]| -> usize { line.strip_suffix(b"\r").unwrap_or(line).len() };
    let mut lines = trimmed.split(|&byte| byte == b'\n').peekable();
    let width = line(lines.peek()?);
    let first = trimmed.get(..width)?;
    if !first.starts_with(b"ISA") || width == 0 {
        return None;
    }
    // The terminator stands behind ISA16, if it is on the first line.
    let terminator = first.get(105);
    if terminator.is_some_and(|terminator| first.last() == Some(terminator)) {
        return None;
    }
    let mut joined = Vec::with_capacity(trimmed.len());
    let mut count = 0usize;
    while let Some(next) = lines.next() {
        let is_last = lines.peek().is_none();
        let length = line(next);
        if length > width || (length < width && !is_last) {
            return None;
        }
        let text = next.get(..length).unwrap_or_default();
        if text.contains(&b'\r') {
            return None;
        }
        joined.extend_from_slice(text);
        count += 1;
    }
    (count > 1).then_some(joined)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::Document;

    const FILE: &str = "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~\
        GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~ST*837*0001~NTE*ADD*WORDS THAT GO ON AND ON AND ON~\
        SE*3*0001~GE*1*1~IEA*1*000000001~";

    #[test]
    fn what_is_wrapped_is_joined_again() {
        for width in [20, 72, 80, 105, 107, 120, 128] {
            for ending in [LineEnding::Lf, LineEnding::CrLf] {
                let width = NonZeroUsize::new(width).unwrap();
                let wrapped = wrap_lines(FILE.as_bytes(), width, ending).unwrap();
                assert_eq!(join_lines(&wrapped).as_deref(), Some(FILE.as_bytes()), "{width} {ending:?}");
                let ended = [&wrapped[..], b"\r\n"].concat();
                assert_eq!(
                    join_lines(&ended).as_deref(),
                    Some(FILE.as_bytes()),
                    "{width} {ending:?}, line break at the end"
                );
                let joined = join_lines(&wrapped).unwrap();
                assert!(Document::read(&joined).unwrap().diagnostics().is_empty());
            }
        }
        let width = NonZeroUsize::new(80).unwrap();
        assert_eq!(wrap_lines(FILE.as_bytes(), width, LineEnding::None).as_deref(), Ok(FILE.as_bytes()));
    }

    #[test]
    fn other_files_are_left_alone() {
        let broken = FILE.replace('~', "~\n");
        assert_eq!(wrap_lines(broken.as_bytes(), NonZeroUsize::MIN, LineEnding::Lf), Err(X12Error::LineBreaks));
        for text in
            [FILE, &broken, &FILE.replace('~', "~\r\n"), &FILE.replace('~', "\n"), "", "\n", "ISA", "HELLO\nTHERE"]
        {
            assert_eq!(join_lines(text.as_bytes()), None, "{text}");
        }
    }
}
