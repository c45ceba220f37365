//! Short titles, for codes that are in no tabular list that is bundled.

use crate::error::DevError;
use std::collections::BTreeMap;
use superbill_icd10cm::Icd10CmCode;

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
