//! Texts put in the place of others: parts of elements, elements of an ISA, Latin-1.

use crate::EditError;
use crate::header::WIDTHS;

/// Replaces a part, counted from 1, and adds it with empty ones before it if there are fewer.
pub(super) fn replace_part(whole: &[u8], separator: u8, n: usize, text: &[u8]) -> Option<Vec<u8>> {
    let at = n.checked_sub(1)?;
    // No element has so many; it would only fill memory.
    let mut parts: Vec<&[u8]> = whole.split(|&byte| byte == separator).collect();
    if n > parts.len().max(1000) {
        return None;
    }
    parts.resize(parts.len().max(n), &[]);
    *parts.get_mut(at)? = text;
    Some(parts.join(&separator))
}

/// A text of an ISA in the width of its element.
pub(super) fn fill(segment: u64, element: u8, mut text: Vec<u8>) -> Result<Vec<u8>, EditError> {
    if matches!(element, 11 | 16) {
        return Err(EditError::Fixed { segment, element });
    }
    let at = usize::from(element).saturating_sub(1);
    let width = WIDTHS.get(at).copied().map(usize::from);
    let width = width.ok_or(EditError::NoElement { segment, element: usize::from(element) })?;
    if text.len() > width {
        return Err(EditError::Width { segment, element });
    }
    // Of the control number, zeros; of the others, blanks behind.
    if element == 13 && text.iter().all(u8::is_ascii_digit) {
        let zeros = width - text.len();
        text.splice(0..0, core::iter::repeat_n(b'0', zeros));
    }
    text.resize(width, b' ');
    Ok(text)
}

pub(super) fn latin_1(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|char| u8::try_from(u32::from(char)).ok()).collect()
}
