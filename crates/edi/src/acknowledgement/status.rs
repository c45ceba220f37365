//! Which claim status says what was found: category and status code, with the entity that is meant.
//!
//! The categories are those of front ends: `A6` something is missing, `A7` something is invalid, `A8` two things do not go together. The status codes are
//! facts of the list that payers' guides quote; their numbers were last compared with a public copy of the list of May 2018. Where none fits it is 21:
//! missing or invalid information.

use crate::check::{Acknowledged, Finding};
use superbill_claim::ClaimStatus;

/// Which claims a batch has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BatchKind {
    Professional,
    Institutional,
    Dental,
}

impl BatchKind {
    pub(super) fn of(guide: &str) -> Option<Self> {
        Some(match guide.get(..10)? {
            "005010X222" => Self::Professional,
            "005010X223" => Self::Institutional,
            "005010X224" => Self::Dental,
            _ => return None,
        })
    }
}

/// The status that a finding gives a claim or line.
pub(super) fn status(finding: &Finding, kind: BatchKind) -> Option<ClaimStatus> {
    let code = by_check(finding.rule()).or_else(|| by_place(finding, kind)).unwrap_or("21");
    let entity = entity(finding.loop_id, kind);
    // A code that is about an entity says nothing without it.
    let code = if OF_ENTITY.contains(&code) && entity.is_none() { "21" } else { code };
    let mut status = ClaimStatus::new(category(finding), code).ok()?;
    status.entity = entity.filter(|_| OF_ENTITY.contains(&code) || code == "21").map(str::to_owned);
    Some(status)
}

fn category(finding: &Finding) -> &'static str {
    match finding.check.acknowledgement {
        Acknowledged::Segment("3" | "I6" | "I7" | "I8") | Acknowledged::Element("1" | "2" | "I9") => "A6",
        Acknowledged::Segment("I9") | Acknowledged::Element("10" | "I13") => "A8",
        _ if RELATIONAL.contains(&finding.rule()) => "A8",
        _ => "A7",
    }
}

/// Checks of two things that do not go together.
const RELATIONAL: [&str; 11] = [
    "pointer",
    "birth-after-service",
    "death-before-birth",
    "admission-order",
    "payer-order-again",
    "line-payer",
    "liability-twice",
    "cob-adjustment-twice",
    "diagnosis-revisions",
    "bundled-line",
    "tax-above-charge",
];

/// Status codes that need an entity.
const OF_ENTITY: [&str; 18] = [
    "124", "125", "126", "127", "128", "145", "153", "157", "158", "164", "480", "500", "501", "502", "503", "504",
    "505", "562",
];

/// The checks that say by themselves what is meant.
const BY_CHECK: [(&str, &[&str]); 35] = [
    ("400", &["claim-charge-sum", "cob-line-balance", "cob-claim-balance"]),
    ("521", &["cob-adjustment-twice", "adjustment-pair", "adjustment-reason"]),
    ("178", &["negative-charge"]),
    ("583", &["line-charge-negative", "non-covered-above-charge", "tax-above-charge"]),
    ("476", &["units"]),
    ("477", &["pointer"]),
    ("584", &["line-control-again"]),
    ("247", &["line-number", "bundled-line"]),
    ("158", &["birth-after-service", "death-before-birth", "patient-birth"]),
    ("126", &["patient-address", "billing-po-box"]),
    ("156", &["subscriber-self", "subscriber-not-self"]),
    ("164", &["subscriber-id"]),
    ("480", &["filing-indicator", "other-filing-indicator"]),
    ("464", &["original-reference"]),
    ("286", &["cob-paid-missing", "cob-date-missing", "line-payer", "other-payer-missing", "liability-twice"]),
    ("187", &["line-date", "dental-date", "future-service"]),
    ("189", &["admission-date", "admission-order", "inpatient-visit-admission"]),
    ("233", &["discharge-hour", "discharge-hour-early"]),
    ("232", &["admitting-diagnosis"]),
    ("229", &["point-of-origin", "admission-source"]),
    ("231", &["admission-type"]),
    ("234", &["discharge-status"]),
    ("465", &["principal-procedure", "inpatient-procedure"]),
    ("125", &["attending-provider"]),
    (
        "255",
        &[
            "diagnosis-form",
            "diagnosis-point",
            "diagnosis-unknown",
            "diagnosis-header",
            "diagnosis-date",
            "diagnosis-version",
            "diagnosis-revisions",
            "visit-reason",
        ],
    ),
    ("509", &["external-cause-first"]),
    ("454", &["procedure-form", "procedure-unknown", "procedure-date", "dental-procedure"]),
    ("453", &["modifier-form"]),
    ("218", &["national-drug-code", "drug-quantity"]),
    ("513", &["hipps-code"]),
    ("256", &["diagnosis-related-group"]),
    ("244", &["tooth"]),
    ("460", &["condition-code"]),
    ("501", &["state", "claim-state", "country-missing"]),
    ("500", &["zip-code", "zip", "claim-zip", "zip-form", "claim-zip-form", "billing-zip", "facility-zip"]),
];

fn by_check(rule: &str) -> Option<&'static str> {
    BY_CHECK.iter().find(|(_, rules)| rules.contains(&rule)).map(|(code, _)| *code)
}

/// What stands at the place of the finding.
fn by_place(finding: &Finding, kind: BatchKind) -> Option<&'static str> {
    let (element, component) =
        finding.element.map_or((0, 0), |place| (place.element, place.component.unwrap_or_default()));
    let is_institutional = kind == BatchKind::Institutional;
    let is_person = matches!(finding.loop_id, "2010BA" | "2010CA" | "2330A");
    Some(match (finding.segment_id, element, component) {
        ("CLM", 1, _) => "478",
        ("CLM", 2, _) => "178",
        ("CLM", 5, 3) => "535",
        ("CLM", 5, _) if is_institutional => "228",
        ("CLM", 5, _) => "249",
        ("CL1", 1, _) => "231",
        ("CL1", 2, _) => "229",
        ("CL1", 3, _) => "234",
        ("HI", ..) => "255",
        ("SV1" | "SV3", 1, 3..=6) | ("SV2", 2, 3..=6) => "453",
        ("SV1" | "SV3", 1, _) | ("SV2", 2, _) => "454",
        ("SV1" | "SV3", 2, _) | ("SV2", 3, _) => "583",
        ("SV1", 3 | 4, _) | ("SV2", 4 | 5, _) | ("SV3", 6, _) => "476",
        ("SV1", 5, _) | ("SV3", 3, _) => "249",
        ("SV1", 7, _) | ("SV3", 11, _) => "477",
        ("SV2", 1, _) => "455",
        ("LX" | "SV1" | "SV2" | "SV3", ..) => "247",
        ("DTP", ..) if finding.loop_id == "2300" && is_institutional => "188",
        ("DTP", ..) if matches!(finding.loop_id, "2300" | "2400") => "187",
        ("NM1", 3, _) => "125",
        ("NM1", 4, _) => "505",
        ("NM1", 8 | 9, _) if is_person => "164",
        ("NM1", 8 | 9, _) if finding.loop_id == "2010BB" || finding.loop_id == "2330B" => "153",
        ("NM1", 8 | 9, _) => "562",
        ("NM1", 0, _) => "125",
        ("N3", ..) => "503",
        ("N4", 1, _) => "502",
        ("N4", 2, _) => "501",
        ("N4", 3, _) => "500",
        ("N4", ..) => "126",
        ("PER", ..) => "127",
        ("PRV", ..) => "145",
        ("DMG", 3, _) => "157",
        ("DMG", ..) => "158",
        ("SBR" | "PAT", 1 | 2, _) => "156",
        ("SBR", 9, _) => "480",
        ("REF", ..) if finding.loop_id == "2010AA" => "128",
        ("LIN" | "CTP", ..) => "218",
        ("TOO", ..) => "244",
        _ => return None,
    })
}

/// The entity of a loop.
fn entity(loop_id: &str, kind: BatchKind) -> Option<&'static str> {
    use BatchKind::{Dental, Institutional, Professional};
    Some(match (loop_id, kind) {
        ("2000A" | "2010AA", _) => "85",
        ("2010AB", _) => "87",
        ("2000B" | "2010BA", _) => "IL",
        ("2010BB" | "2330B", _) => "PR",
        ("2000C" | "2010CA", _) => "QC",
        ("2330A", _) => "GB",
        ("2310A", Institutional) => "71",
        ("2310B", Institutional) | ("2420A", Institutional) => "72",
        ("2310D", Institutional) | ("2420C", Institutional) => "82",
        ("2310E", Institutional) => "77",
        ("2310F", Institutional) | ("2420D", Institutional) => "DN",
        ("2310A", Professional | Dental) | ("2420F", Professional) => "DN",
        ("2310B" | "2420A", Professional | Dental) => "82",
        ("2310C", Professional | Dental) | ("2420C", Professional) => "77",
        ("2310D" | "2420D", Professional) => "DQ",
        ("2420B", Professional) => "QB",
        ("2420E", Professional) => "DK",
        _ => return None,
    })
}
