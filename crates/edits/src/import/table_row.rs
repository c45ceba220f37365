//! A row of a text or a sheet whose columns were found by their headings.

use superbill_table::import::{ImportError, Row};

/// What must and must not stand in the joined words of a column's heading: capitals and digits only, without spaces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heading {
    pub(crate) all: &'static [&'static str],
    pub(crate) none: &'static [&'static str],
    /// What the message calls the column.
    pub(crate) name: &'static str,
    pub(crate) required: bool,
}

/// The words of a cell without what is neither letter nor digit.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// The column of each heading out of the rows that they stand in, the last of which is `heading`; 0 for one that is not required and not there.
///
/// # Errors
/// [`ImportError::Line`] where a heading is not there, or more than once.
pub(crate) fn columns<const N: usize>(
    heading: &Row,
    above: &[Row],
    wanted: &[Heading; N],
) -> Result<[u32; N], ImportError> {
    let joined: Vec<(u32, String)> = heading
        .cells
        .iter()
        .map(|(column, text)| {
            let above: String = above.iter().map(|row| letters(row.cell(*column))).collect();
            (*column, above + &letters(text))
        })
        .collect();
    let mut out = [0; N];
    for (column, wanted) in out.iter_mut().zip(wanted) {
        let fits = |(_, words): &&(u32, String)| {
            wanted.all.iter().all(|word| words.contains(word)) && !wanted.none.iter().any(|word| words.contains(word))
        };
        let mut found = joined.iter().filter(fits).map(|(column, _)| *column);
        *column = match (found.next(), found.next()) {
            (Some(column), None) => column,
            (None, _) if !wanted.required => 0,
            (None, _) => {
                let last = heading.cells.last().map_or(1, |(column, _)| *column);
                return Err(ImportError::line(heading.number, last, wanted.name));
            }
            (_, Some(second)) => return Err(ImportError::line(heading.number, second, wanted.name)),
        };
    }
    Ok(out)
}

/// A number without sign in units of the last decimal. A workbook keeps it in binary, so there the nearest unit counts.
pub(crate) fn number(text: &str, decimals: u32, workbook: bool) -> Option<u32> {
    let text = text.trim();
    let exact = crate::fee_schedule::relative_value::units(text, decimals as usize);
    if exact.is_some() || !workbook {
        return exact;
    }
    let scaled = text.parse::<f64>().ok()? * 10f64.powi(i32::try_from(decimals).ok()?);
    let rounded = scaled.round();
    let near = (scaled - rounded).abs() < 1e-5 && (0.0..=f64::from(u32::MAX)).contains(&rounded);
    near.then_some(rounded as u32)
}

/// Digits with zeros before them up to a width; other texts as they stand.
pub(crate) fn padded(text: &str, width: usize) -> std::borrow::Cow<'_, str> {
    if text.is_empty() || text.len() >= width || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.into();
    }
    format!("{text:0>width$}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_s_number_is_the_nearest() {
        assert_eq!(number("1.1499999999999999", 2, true), Some(115));
        assert_eq!(number("1.1499999999999999", 2, false), None);
        for text in ["1.155", "-1", "NaN", "inf", "1e30", ""] {
            assert_eq!(number(text, 2, true), None, "{text}");
        }
        assert_eq!((padded("9", 2), padded("6A", 3), padded("", 2)), ("09".into(), "6A".into(), "".into()));
    }
}
