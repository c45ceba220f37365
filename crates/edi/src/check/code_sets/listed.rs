//! Codes of lists that load from the user's files: without one, their shape.

use super::checks;
use super::context::{Context, text};
use crate::check::catalogue::Check;
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use superbill_core::Date;
use superbill_edits::{CodeListName, CodeListStatus};

/// A code of a list, on a day.
pub(super) fn check(
    context: &mut Context<'_, '_>,
    seen: &Seen<'_>,
    place: ElementPlace,
    name: CodeListName,
    value: &[u8],
    day: Option<Date>,
) {
    let Some(check) = check_of(name) else { return };
    let code = text(value);
    if !name.is_shape(code) {
        return context.say(check, seen, place, &format!("is not {}", name.shape()));
    }
    let what = match context.sets.listed(name, code, day) {
        CodeListStatus::Unknown => "is not in the",
        CodeListStatus::Retired(_) => "is retired by the",
        CodeListStatus::NotYetEffective(_) => "is not yet in use by the",
        _ => return,
    };
    let check = if what.ends_with("in the") { check } else { &checks::LISTED_CODE_DATE };
    let release = context.sets.list_release(name, day);
    context.say(check, seen, place, &format!("{what} {} {release}", name.name()));
}

fn check_of(name: CodeListName) -> Option<&'static Check> {
    Some(match name {
        CodeListName::ClaimAdjustmentReason => &checks::ADJUSTMENT_REASON,
        CodeListName::RemittanceRemark => &checks::REMARK_CODE,
        CodeListName::ClaimStatusCategory => &checks::STATUS_CATEGORY,
        CodeListName::ClaimStatus => &checks::STATUS_CODE,
        CodeListName::ProviderTaxonomy => &checks::TAXONOMY,
        CodeListName::PlaceOfService => &checks::PLACE_OF_SERVICE,
        CodeListName::Revenue => &checks::REVENUE_CODE,
        CodeListName::Condition => &checks::CONDITION_CODE,
        CodeListName::Occurrence | CodeListName::OccurrenceSpan => &checks::OCCURRENCE_CODE,
        CodeListName::Value => &checks::VALUE_CODE,
        CodeListName::PatientDischargeStatus => &checks::DISCHARGE_STATUS,
        CodeListName::AdmissionType => &checks::ADMISSION_TYPE,
        CodeListName::AdmissionSource => &checks::ADMISSION_SOURCE,
        CodeListName::ProviderAdjustmentReason => &checks::PROVIDER_ADJUSTMENT,
        CodeListName::ServiceType => &checks::SERVICE_TYPE,
        _ => return None,
    })
}

/// A revenue code of a line.
pub(super) fn revenue(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    let day = context.service_day();
    check(context, seen, place, CodeListName::Revenue, value, day);
}
