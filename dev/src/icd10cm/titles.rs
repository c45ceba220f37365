//! Titles: the newest release that has one gives it.

use super::tabular::Tabular;
use crate::error::DevError;
use std::collections::BTreeMap;
use superbill_icd10cm::Icd10CmCode;

/// The releases that give titles, newest first, each with the form of its titles: the mark of a title is its place here, counted from 1.
pub(crate) const RELEASES: [(&str, &str, &str); 4] = [
    ("2026-04-01", "long", "ICD-10-CM tabular list, April 2026"),
    ("2025-04-01", "long", "ICD-10-CM tabular list, April 2025"),
    ("2021-01-01", "long", "ICD-10-CM tabular list, January 2021"),
    ("2018-10-01", "short", "ICD-10-CM short titles, fiscal year 2019"),
];

/// The FY2019 list: code and short title, quoted in two manners.
pub(crate) fn short_list(bytes: &[u8]) -> Result<BTreeMap<Icd10CmCode, String>, DevError> {
    let mut titles = BTreeMap::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(true).flexible(true).from_reader(bytes);
    for record in reader.byte_records() {
        let record = record?;
        let field = |place: usize| {
            let bytes = record.get(place).unwrap_or_default();
            bytes.iter().map(|byte| char::from(*byte)).collect::<String>()
        };
        let code = field(0);
        if let Ok(code) = Icd10CmCode::parse(code.trim_matches('\'')) {
            titles.insert(code, field(2).trim().to_owned());
        }
    }
    Ok(titles)
}

/// The title of a code and its mark.
pub(crate) fn title<'a>(
    code: Icd10CmCode,
    tabulars: [&'a Tabular; 3],
    short: &'a BTreeMap<Icd10CmCode, String>,
) -> Option<(u8, &'a str)> {
    let lists = tabulars.into_iter().map(|tabular| &tabular.titles).chain([short]);
    (1u8..).zip(lists).find_map(|(mark, titles)| Some((mark, titles.get(&code)?.as_str())))
}
