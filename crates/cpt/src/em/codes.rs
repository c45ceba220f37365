//! The single numbers that rules of evaluation and management must name, and the minutes that go with them. The other of the two files of this
//! crate in which numbers of the code set may stand. Each is here because an answer of this module returns it or a rule asks for it; none has a
//! descriptor.
//!
//! Sources: CPT, Evaluation and Management guidelines, editions 2021, 2023 and 2024; for Medicare's G codes CY 2021 PFS final rule, 85 FR 84472,
//! CY 2023 PFS final rule, 87 FR 69404, as corrected in 88 FR 15918 (applicable from 2023-01-01), and Medicare Claims Processing Manual, chapter
//! 12, section 30.6.15.

use super::level::MdmLevel::{self, High, Low, Moderate, Straightforward};
use super::prolonged::ProlongedRule::{self, Cpt, Medicare};
use super::setting::PatientStatus::{Established, New};
use super::setting::Setting;
use crate::code::CptCode;

/// From this day office and other outpatient visits go by decision making or total time.
pub(super) const OFFICE_SINCE: u32 = 20_210_101;
/// From this day the other settings do.
pub(super) const OTHERS_SINCE: u32 = 20_230_101;
/// From this day two nursing facility levels ask more minutes, and the ranges of the office became least times.
pub(super) const LEAST_TIMES_SINCE: u32 = 20_240_101;

/// One level of a family: the most complex decision making it stands for, its number, its least minutes.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) level: MdmLevel,
    pub(super) code: &'static str,
    pub(super) minutes: Option<u32>,
}

/// When a prolonged service may be added to the highest level of a family.
#[derive(Debug)]
pub(super) struct Threshold {
    pub(super) rule: ProlongedRule,
    pub(super) code: &'static str,
    /// Minutes at which the first unit of 15 is complete.
    pub(super) minutes: u32,
    /// Days before and after the date of the visit whose minutes count.
    pub(super) days: (u8, u8),
}

/// The levels of a setting in a period.
#[derive(Debug)]
pub(super) struct Family {
    pub(super) steps: &'static [Step],
    /// The number for a visit of clinical staff alone.
    pub(super) staff: Option<&'static str>,
    pub(super) prolonged: &'static [Threshold],
}

const fn step(level: MdmLevel, code: &'static str, minutes: u32) -> Step {
    Step { level, code, minutes: Some(minutes) }
}

const fn untimed(level: MdmLevel, code: &'static str) -> Step {
    Step { level, code, minutes: None }
}

const fn more(rule: ProlongedRule, code: &'static str, minutes: u32, days: (u8, u8)) -> Threshold {
    Threshold { rule, code, minutes, days }
}

/// The family of a setting on a day, ccyymmdd; the first day of its rules where the day is before.
pub(super) fn family(setting: Setting, on: u32) -> Result<&'static Family, u32> {
    let since = if matches!(setting, Setting::Office(_)) { OFFICE_SINCE } else { OTHERS_SINCE };
    if on < since {
        return Err(since);
    }
    let least_times = on >= LEAST_TIMES_SINCE;
    Ok(match setting {
        Setting::Office(New) => &OFFICE_NEW,
        Setting::Office(Established) => &OFFICE_ESTABLISHED,
        Setting::HospitalInitial => &HOSPITAL_INITIAL,
        Setting::HospitalSubsequent => &HOSPITAL_SUBSEQUENT,
        Setting::HospitalSameDay => &HOSPITAL_SAME_DAY,
        Setting::HospitalDischarge => &HOSPITAL_DISCHARGE,
        Setting::OutpatientConsultation => &OUTPATIENT_CONSULTATION,
        Setting::InpatientConsultation => &INPATIENT_CONSULTATION,
        Setting::Emergency => &EMERGENCY,
        Setting::NursingInitial { .. } if least_times => &NURSING_INITIAL,
        Setting::NursingInitial { .. } => &NURSING_INITIAL_2023,
        Setting::NursingSubsequent if least_times => &NURSING_SUBSEQUENT,
        Setting::NursingSubsequent => &NURSING_SUBSEQUENT_2023,
        Setting::NursingDischarge => &NURSING_DISCHARGE,
        Setting::Home(New) => &HOME_NEW,
        Setting::Home(Established) => &HOME_ESTABLISHED,
    })
}

/// Answers: office, new patient. Prolonged: CPT from 15 minutes past the least time; Medicare from 15 past the 74 of the range of 2021, kept since.
static OFFICE_NEW: Family = Family {
    steps: &[
        step(Straightforward, "99202", 15),
        step(Low, "99203", 30),
        step(Moderate, "99204", 45),
        step(High, "99205", 60),
    ],
    staff: None,
    prolonged: &[more(Cpt, "99417", 75, (0, 0)), more(Medicare, "G2212", 89, (0, 0))],
};

/// Answers: office, established patient, clinical staff alone included. Prolonged as above, Medicare from 15 past the 54 of 2021.
static OFFICE_ESTABLISHED: Family = Family {
    steps: &[
        step(Straightforward, "99212", 10),
        step(Low, "99213", 20),
        step(Moderate, "99214", 30),
        step(High, "99215", 40),
    ],
    staff: Some("99211"),
    prolonged: &[more(Cpt, "99417", 55, (0, 0)), more(Medicare, "G2212", 69, (0, 0))],
};

/// Answers: first hospital inpatient or observation visit of a stay.
static HOSPITAL_INITIAL: Family = Family {
    steps: &[step(Low, "99221", 40), step(Moderate, "99222", 55), step(High, "99223", 75)],
    staff: None,
    prolonged: &[more(Cpt, "99418", 90, (0, 0)), more(Medicare, "G0316", 90, (0, 0))],
};

/// Answers: further hospital visits of a stay.
static HOSPITAL_SUBSEQUENT: Family = Family {
    steps: &[step(Low, "99231", 25), step(Moderate, "99232", 35), step(High, "99233", 50)],
    staff: None,
    prolonged: &[more(Cpt, "99418", 65, (0, 0)), more(Medicare, "G0316", 65, (0, 0))],
};

/// Answers: admission and discharge on one day. Medicare counts three days after.
static HOSPITAL_SAME_DAY: Family = Family {
    steps: &[step(Low, "99234", 45), step(Moderate, "99235", 70), step(High, "99236", 85)],
    staff: None,
    prolonged: &[more(Cpt, "99418", 100, (0, 0)), more(Medicare, "G0316", 110, (0, 3))],
};

/// Answers: discharge from hospital by time alone, up to 30 minutes and more. No prolonged service goes with it.
static HOSPITAL_DISCHARGE: Family =
    Family { steps: &[step(Low, "99238", 0), step(High, "99239", 31)], staff: None, prolonged: &[] };

/// Answers: consultation in the office. Medicare does not take consultations, so it has no threshold.
static OUTPATIENT_CONSULTATION: Family = Family {
    steps: &[
        step(Straightforward, "99242", 20),
        step(Low, "99243", 30),
        step(Moderate, "99244", 40),
        step(High, "99245", 55),
    ],
    staff: None,
    prolonged: &[more(Cpt, "99417", 70, (0, 0))],
};

/// Answers: consultation in hospital or nursing facility.
static INPATIENT_CONSULTATION: Family = Family {
    steps: &[
        step(Straightforward, "99252", 35),
        step(Low, "99253", 45),
        step(Moderate, "99254", 60),
        step(High, "99255", 80),
    ],
    staff: None,
    prolonged: &[more(Cpt, "99418", 95, (0, 0))],
};

/// Answers: emergency department. Time is no basis; the lowest needs no practitioner.
static EMERGENCY: Family = Family {
    steps: &[
        untimed(Straightforward, "99282"),
        untimed(Low, "99283"),
        untimed(Moderate, "99284"),
        untimed(High, "99285"),
    ],
    staff: Some("99281"),
    prolonged: &[],
};

/// Answers: first visit of a nursing facility stay, 2023. Medicare counts a day before and three after, here and in the next three.
static NURSING_INITIAL_2023: Family = Family {
    steps: &[step(Low, "99304", 25), step(Moderate, "99305", 35), step(High, "99306", 45)],
    staff: None,
    prolonged: &[more(Cpt, "99418", 60, (0, 0)), more(Medicare, "G0317", 95, (1, 3))],
};

/// The same from 2024: the highest level asks five minutes more.
static NURSING_INITIAL: Family = Family {
    steps: &[step(Low, "99304", 25), step(Moderate, "99305", 35), step(High, "99306", 50)],
    staff: None,
    prolonged: &[more(Cpt, "99418", 65, (0, 0)), more(Medicare, "G0317", 95, (1, 3))],
};

/// Answers: further visits in a nursing facility, 2023.
static NURSING_SUBSEQUENT_2023: Family = Family {
    steps: &[
        step(Straightforward, "99307", 10),
        step(Low, "99308", 15),
        step(Moderate, "99309", 30),
        step(High, "99310", 45),
    ],
    staff: None,
    prolonged: &[more(Cpt, "99418", 60, (0, 0)), more(Medicare, "G0317", 85, (1, 3))],
};

/// The same from 2024: the second level asks five minutes more.
static NURSING_SUBSEQUENT: Family = Family {
    steps: &[
        step(Straightforward, "99307", 10),
        step(Low, "99308", 20),
        step(Moderate, "99309", 30),
        step(High, "99310", 45),
    ],
    staff: None,
    prolonged: &[more(Cpt, "99418", 60, (0, 0)), more(Medicare, "G0317", 85, (1, 3))],
};

/// Answers: discharge from a nursing facility by time alone.
static NURSING_DISCHARGE: Family =
    Family { steps: &[step(Low, "99315", 0), step(High, "99316", 31)], staff: None, prolonged: &[] };

/// Answers: at home, new patient. Medicare counts three days before and seven after, here and in the next.
static HOME_NEW: Family = Family {
    steps: &[
        step(Straightforward, "99341", 15),
        step(Low, "99342", 30),
        step(Moderate, "99344", 60),
        step(High, "99345", 75),
    ],
    staff: None,
    prolonged: &[more(Cpt, "99417", 90, (0, 0)), more(Medicare, "G0318", 140, (3, 7))],
};

/// Answers: at home, established patient.
static HOME_ESTABLISHED: Family = Family {
    steps: &[
        step(Straightforward, "99347", 20),
        step(Low, "99348", 30),
        step(Moderate, "99349", 40),
        step(High, "99350", 60),
    ],
    staff: None,
    prolonged: &[more(Cpt, "99417", 75, (0, 0)), more(Medicare, "G0318", 110, (3, 7))],
};

/// Visits of the eye, which stand among the codes of medicine and take the modifiers of a visit (NCCI policy manual, chapter 1, section D).
pub(crate) fn is_eye_visit(code: CptCode) -> bool {
    ("92002"..="92014").contains(&code.as_str())
}
