//! What companion lists say of a diagnosis code: what took its place, whether it needs a present-on-admission indicator, its ICD-9-CM equivalents.

use crate::error::CliError;
use crate::tables::Tables;
use serde::Serialize;
use superbill::icd10cm::{
    CONVERSION_KIND, Conversion, GEMS_KIND, Gems, Icd10CmCode, Icd10CmOn, POA_EXEMPT_KIND, PoaExempt, PoaExemptLists,
    PoaExemption, Replacement, Status,
};

/// The companion lists of `--data`.
pub(crate) struct Companions<'t> {
    /// Newest first.
    conversions: Vec<Conversion<'t>>,
    /// `None` where no list is loaded.
    poa_exempt: Option<PoaExemptLists<'t>>,
    gems: Option<Gems<'t>>,
}

/// A row of the mappings from ICD-10-CM to ICD-9-CM, its flags as the official file has them.
#[derive(Debug, Serialize)]
pub(crate) struct Icd9 {
    /// Null exactly where there is no map.
    pub(crate) code: Option<String>,
    pub(crate) approximate: bool,
    pub(crate) no_map: bool,
    pub(crate) combination: bool,
    pub(crate) scenario: u8,
    pub(crate) choice_list: u8,
}

impl<'t> Companions<'t> {
    /// Opens the companion lists among the tables.
    pub(crate) fn of(tables: &'t Tables) -> Result<Self, CliError> {
        let mut conversions = tables.open(CONVERSION_KIND, |bytes| {
            let table = Conversion::from_bytes(bytes)?;
            table.verify().map(|()| table)
        })?;
        conversions.sort_by_key(|table| core::cmp::Reverse(table.release()));
        let lists = tables.open(POA_EXEMPT_KIND, |bytes| {
            let list = PoaExempt::from_bytes(bytes)?;
            list.verify().map(|()| list)
        })?;
        let mappings = tables.open(GEMS_KIND, |bytes| {
            let mappings = Gems::from_bytes(bytes)?;
            mappings.verify().map(|()| mappings)
        })?;
        Ok(Self {
            conversions,
            poa_exempt: if lists.is_empty() { None } else { Some(PoaExemptLists::new(lists)) },
            gems: mappings.into_iter().max_by_key(Gems::release),
        })
    }

    /// What took the place of a code: by the newest loaded conversion table that says something of it, else by the one that comes along.
    pub(crate) fn replacements(&self, on: Icd10CmOn<'_>, code: Icd10CmCode) -> Vec<Replacement> {
        let loaded = self.conversions.iter().map(|table| on.replacements_by(table, code));
        loaded.into_iter().find(|found| !found.is_empty()).unwrap_or_else(|| on.replacements(code))
    }

    /// Whether a billable code is exempt from the present-on-admission indicator. `None` for other codes, which stand on no claim, and where no
    /// list is loaded.
    pub(crate) fn poa_exempt(&self, on: Icd10CmOn<'_>, code: Icd10CmCode) -> Option<PoaExemption> {
        let lists = self.poa_exempt.as_ref().filter(|_| on.status(code) == Status::Billable)?;
        Some(lists.is_exempt(code, on.date()))
    }

    /// The rows of the mappings for a code.
    pub(crate) fn icd9(&self, code: Icd10CmCode) -> Vec<Icd9> {
        let rows = self.gems.iter().flat_map(|gems| gems.backward_rows(code));
        let row = |row: superbill::icd10cm::Mapping<superbill::icd10cm::Icd9Code>| Icd9 {
            code: row.target.map(|code| code.to_string()),
            approximate: row.approximate,
            no_map: row.no_map,
            combination: row.combination,
            scenario: row.scenario,
            choice_list: row.choice_list,
        };
        rows.map(row).collect()
    }
}

/// The mappings on one line: `250.00 (approximate)`; a combination as `scenario 1: 707.07 or 707.09, with 707.22`.
pub(crate) fn icd9_line(rows: &[Icd9]) -> String {
    let mut line = String::new();
    let mut before: Option<&Icd9> = None;
    for row in rows {
        line.push_str(match before {
            None => "",
            Some(before) if !row.combination => {
                if before.combination {
                    "; "
                } else {
                    ", "
                }
            }
            Some(before) if before.scenario != row.scenario => "; ",
            Some(before) if before.choice_list != row.choice_list => ", with ",
            Some(_) => " or ",
        });
        if row.combination && before.is_none_or(|before| before.scenario != row.scenario) {
            line.push_str(&format!("scenario {}: ", row.scenario));
        }
        line.push_str(row.code.as_deref().unwrap_or("none is near enough"));
        line.push_str(if row.approximate && !row.no_map { " (approximate)" } else { "" });
        before = Some(row);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: Option<&str>, scenario: u8, choice_list: u8) -> Icd9 {
        let combination = scenario > 0;
        let code = code.map(ToOwned::to_owned);
        Icd9 { no_map: code.is_none(), code, approximate: true, combination, scenario, choice_list }
    }

    #[test]
    fn mappings_stand_on_one_line() {
        assert_eq!(icd9_line(&[]), "");
        assert_eq!(icd9_line(&[row(None, 0, 0)]), "none is near enough");
        assert_eq!(
            icd9_line(&[row(Some("250.00"), 0, 0), row(Some("250.02"), 0, 0)]),
            "250.00 (approximate), 250.02 (approximate)"
        );
        let rows = [
            row(Some("250.00"), 0, 0),
            row(Some("707.07"), 1, 1),
            row(Some("707.09"), 1, 1),
            row(Some("707.22"), 1, 2),
            row(Some("707.9"), 2, 1),
        ];
        assert_eq!(
            icd9_line(&rows).replace(" (approximate)", ""),
            "250.00; scenario 1: 707.07 or 707.09, with 707.22; scenario 2: 707.9"
        );
    }
}
