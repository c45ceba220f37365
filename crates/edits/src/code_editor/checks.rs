//! What must hold for any bytes, as functions that the property tests and the fuzz targets share. Not part of the stable interface.

use super::{AgeGroup, CaseDiagnosis, CodeEditor, InpatientCase};
use superbill_core::{Date, Icd10PcsCode, Sex};
use superbill_icd10cm::Icd10Cm;

/// Procedures of each kind of mark, and some that do not exist.
const PROCEDURES: [&str; 12] = [
    "5A1955Z", "10E0XZZ", "10D00Z1", "02YA0Z0", "0FYG0Z0", "0TY00Z0", "30233G0", "02RK0JZ", "02RL0JZ", "0SR20JZ",
    "0UT70ZZ", "ZZZZZZZ",
];

/// Whatever the bytes are, opening and asking answer and do not panic; what passes `verify` answers consistently.
///
/// # Errors
/// The invariant that does not hold.
pub fn check_table(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(table) = CodeEditor::from_bytes(bytes) else {
        return Ok(());
    };
    let sound = table.verify().is_ok();
    for day in [20_151_001, 20_200_930, 20_241_001, 20_270_331, 20_270_401] {
        let on = table.on(Date::from_ccyymmdd(day).map_err(|_| "no date")?);
        for code in PROCEDURES.iter().filter_map(|text| Icd10PcsCode::parse(text).ok()) {
            let procedure = on.procedure(code);
            if !procedure.is_valid() && !procedure.flags.is_empty() {
                return Err("a procedure that is not valid has marks");
            }
            core::hint::black_box(table.procedure_periods(code).take(64).count());
        }
        let ages = AgeGroup::ALL.iter().filter(|group| on.age_range(**group).is_some()).count();
        core::hint::black_box((ages, (0..=u8::MAX).filter(|code| on.discharge_status(*code) == Some(true)).count()));
    }
    for code in table.procedures().take(100_000) {
        if sound && table.procedure_periods(code).next().is_none() {
            return Err("a procedure of a sound table is not found");
        }
    }
    Ok(())
}

/// Reads a case out of any bytes: lines of codes behind a few bytes for the rest.
#[must_use]
pub fn case_of(bytes: &[u8]) -> Option<InpatientCase> {
    let (head, text) = bytes.split_at_checked(6)?;
    let [days, more_days, age, sex, status, stay] = *head else { return None };
    let first = Date::from_ccyymmdd(20_150_101).ok()?;
    let text = String::from_utf8_lossy(text);
    let mut lines = text.split('\n');
    let principal = CaseDiagnosis::new(lines.next().unwrap_or_default());
    let admitting = lines.next().map(str::to_owned);
    let (procedures, secondary): (Vec<&str>, Vec<&str>) =
        lines.partition(|line| line.trim().len() == 7 && !line.contains('.'));
    Some(InpatientCase {
        discharge_date: first.add_days(i32::from(days) * 20 + i32::from(more_days)).ok()?,
        age: (age != u8::MAX).then_some(u16::from(age)),
        sex: match sex % 3 {
            0 => Sex::Male,
            1 => Sex::Female,
            _ => Sex::Unknown,
        },
        discharge_status: status,
        length_of_stay: (stay != u8::MAX).then_some(u32::from(stay)),
        admitting_diagnosis: admitting,
        principal_diagnosis: principal,
        secondary_diagnoses: secondary.into_iter().map(CaseDiagnosis::new).collect(),
        procedures: procedures.into_iter().map(str::to_owned).collect(),
    })
}

/// Whatever the case is, editing answers; every finding stands in order and names the code at its place; and the order of the secondary
/// diagnoses does not matter.
///
/// # Errors
/// The invariant that does not hold.
pub fn check_case(editor: &CodeEditor<'_>, icd10cm: &Icd10Cm<'_>, case: &InpatientCase) -> Result<(), &'static str> {
    let mut turned = case.clone();
    turned.secondary_diagnoses.reverse();
    let (findings, other) = match (editor.edit(icd10cm, case), editor.edit(icd10cm, &turned)) {
        (Ok(findings), Ok(other)) => (findings, other),
        (Err(_), Err(_)) => return Ok(()),
        _ => return Err("the order of the secondary diagnoses decides whether a case can be edited"),
    };
    if !findings.is_sorted_by_key(|finding| (finding.place, finding.edit)) {
        return Err("findings do not stand in order");
    }
    if findings.windows(2).any(|pair| matches!(pair, [one, next] if one == next)) {
        return Err("a finding twice");
    }
    if findings.iter().any(|finding| finding.code != case.code(finding.place)) {
        return Err("a finding names another code than that at its place");
    }
    let kinds = |findings: &[super::EditorFinding<'_>]| {
        let mut kinds: Vec<_> =
            findings.iter().map(|finding| (finding.edit, finding.code.map(str::to_owned))).collect();
        kinds.sort_unstable();
        kinds
    };
    if kinds(&findings) != kinds(&other) {
        return Err("the order of the secondary diagnoses changes the edits");
    }
    Ok(())
}
