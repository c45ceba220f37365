//! Modifiers that do not stand together on one line, and modifiers that need another.

use core::fmt;
use superbill_core::Modifier;

/// Modifiers of which only one may stand on a line. Those of CPT are named by number where they belong to a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExclusiveSet {
    name: &'static str,
    members: &'static [&'static str],
}

impl ExclusiveSet {
    /// Every set.
    pub fn all() -> impl Iterator<Item = Self> {
        SETS.iter().map(|(name, members)| Self { name, members })
    }

    /// The name in data.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The modifiers of which only one may stand on a line.
    #[must_use]
    pub fn members(&self) -> &'static [&'static str] {
        self.members
    }

    fn has(&self, modifier: Modifier) -> bool {
        self.members.contains(&modifier.as_str())
    }
}

/// Two modifiers of a line that do not stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModifierConflict {
    /// The set that both belong to.
    pub set: ExclusiveSet,
    /// The one that stands first on the line.
    pub first: Modifier,
    /// The one that stands behind it.
    pub second: Modifier,
}

impl fmt::Display for ModifierConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} and {} do not stand together ({})", self.first, self.second, self.set.name)
    }
}

/// The pairs of modifiers of one line that do not stand together.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let line = ["RR".parse()?, "KH".parse()?, "NU".parse()?];
/// let found: Vec<String> = superbill_hcpcs::modifier_conflicts(&line).map(|found| found.to_string()).collect();
/// assert_eq!(found, ["RR and NU do not stand together (new_used_rented)"]);
/// # Ok(())
/// # }
/// ```
pub fn conflicts(line: &[Modifier]) -> impl Iterator<Item = ModifierConflict> {
    ExclusiveSet::all().flat_map(move |set| {
        let members = line.iter().enumerate().filter(move |(_, modifier)| set.has(**modifier));
        members.flat_map(move |(place, first)| {
            let behind = line.iter().skip(place + 1).filter(move |second| set.has(**second) && *second != first);
            behind.map(move |second| ModifierConflict { set, first: *first, second: *second })
        })
    })
}

/// The modifiers of one line that need another which is not there: each with those of which one is needed.
pub fn missing_companions(line: &[Modifier]) -> impl Iterator<Item = (Modifier, &'static [&'static str])> {
    line.iter().filter_map(move |modifier| {
        let (_, needed) = COMPANIONS.iter().find(|(code, _)| *code == modifier.as_str())?;
        let there = line.iter().any(|other| needed.contains(&other.as_str()));
        (!there).then_some((*modifier, *needed))
    })
}

/// Name, modifiers. Sources: Medicare Claims Processing Manual (Pub. 100-04), chapters 3 to 5, 12, 15, 17, 20, 30; NCCI Policy Manual, chapter I.E; what
/// the words of the modifiers themselves exclude.
const SETS: &[(&str, &[&str])] = &[
    ("side", &["50", "LT", "RT"]),
    ("eyelid", &["E1", "E2", "E3", "E4"]),
    ("coronary_artery", &["LC", "LD", "LM", "RC", "RI"]),
    ("distinct_service", &["59", "XE", "XP", "XS", "XU"]),
    ("component", &["26", "TC"]),
    ("notice_of_liability", &["GA", "GU", "GX", "GZ"]),
    ("statute_or_necessity", &["GY", "GZ"]),
    ("voluntary_notice_and_no_order", &["EY", "GX"]),
    ("voluntary_notice_and_upgrade", &["GL", "GX", "KB"]),
    ("telehealth_way", &["93", "95", "GQ", "GT"]),
    ("therapy_plan", &["GN", "GO", "GP"]),
    ("therapy_assistant", &["CO", "CQ"]),
    ("impairment", &["CH", "CI", "CJ", "CK", "CL", "CM", "CN"]),
    ("resident", &["GC", "GE"]),
    ("hospice", &["GV", "GW"]),
    ("anesthesia_provider", &["AA", "AD", "QK", "QX", "QY", "QZ"]),
    ("monitored_anesthesia", &["G8", "G9", "QS"]),
    ("physical_status", &["P1", "P2", "P3", "P4", "P5", "P6"]),
    ("drug_waste", &["JW", "JZ"]),
    ("drug_discount", &["JG", "TB"]),
    ("drug_supply", &["JK", "JL"]),
    ("drug_route", &["JA", "JB", "JE"]),
    ("drug_formulation", &["KO", "KP", "KQ"]),
    ("skin_substitute", &["JC", "JD"]),
    ("anemia_cause", &["EA", "EB", "EC"]),
    ("anemia_level", &["ED", "EE"]),
    ("urea_reduction", &["G1", "G2", "G3", "G4", "G5", "G6"]),
    ("vascular_access", &["V5", "V6", "V7"]),
    ("new_used_rented", &["NU", "RR", "UE"]),
    ("rental_month", &["KH", "KI", "KJ"]),
    ("rent_or_buy", &["BP", "BR", "BU"]),
    ("bidding_program", &["KG", "KK", "KU", "KW", "KY"]),
    ("functional_level", &["K0", "K1", "K2", "K3", "K4"]),
    ("facial_prosthesis", &["KM", "KN"]),
    ("replacement", &["RA", "RB"]),
    ("oxygen_amount", &["QA", "QB", "QE", "QF", "QG", "QR"]),
    ("oxygen_group", &["N1", "N2", "N3"]),
    ("wounds", &["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"]),
    ("device_credit", &["FB", "FC"]),
    ("off_campus", &["PN", "PO"]),
    ("imaging_equipment", &["FX", "FY"]),
    ("tumor_strategy", &["PI", "PS"]),
    ("decision_support", &["MA", "MB", "MC", "MD", "ME", "MF", "MG", "MH"]),
    ("research", &["Q0", "Q1"]),
    ("foot_findings", &["Q7", "Q8", "Q9"]),
    ("substitute", &["Q5", "Q6"]),
    ("wrong_surgery", &["PA", "PB", "PC"]),
    ("patient_relationship", &["X1", "X2", "X3", "X4", "X5"]),
    ("patients_served", &["UN", "UP", "UQ", "UR", "US"]),
    ("degree", &["HM", "HN", "HO", "HP"]),
    ("family_with_or_without_client", &["HR", "HS"]),
    ("ambulance_arrangement", &["QM", "QN"]),
    ("concurrent_infusion", &["SH", "SJ"]),
];

/// A modifier, and those of which one must stand beside it. Source: Medicare Claims Processing Manual (Pub. 100-04), chapter 5, section 20.1 and what followed it
/// for therapy assistants.
const COMPANIONS: &[(&str, &[&str])] =
    &[("CO", &["GO"]), ("CQ", &["GP"]), ("GK", &["GA", "GZ"]), ("KI", &["RR"]), ("KJ", &["RR"]), ("KR", &["RR"])];

#[cfg(test)]
mod tests {
    use super::super::ModifierInfo;
    use super::*;

    fn line(text: &str) -> Vec<Modifier> {
        text.split(' ').map(|code| code.parse().unwrap()).collect()
    }

    #[test]
    fn sets_name_modifiers_that_there_are() {
        let mut names = Vec::new();
        for set in ExclusiveSet::all() {
            assert!(set.members().len() > 1 && set.members().is_sorted_by(|one, next| one < next), "{}", set.name());
            for member in set.members() {
                let level_one = member.bytes().all(|byte| byte.is_ascii_digit());
                let known = ModifierInfo::of(member.parse().unwrap()).is_some();
                assert!(level_one != known, "{member}");
            }
            names.push(set.name());
        }
        names.sort_unstable();
        assert!(names.is_sorted_by(|one, next| one < next), "a name stands twice");
        let needed = COMPANIONS.iter().flat_map(|(code, needed)| [code].into_iter().chain(needed.iter()));
        assert!(needed.into_iter().all(|code| ModifierInfo::of(code.parse().unwrap()).is_some()));
    }

    #[test]
    fn a_line_has_one_of_a_set() {
        for (text, found) in [
            ("LT", 0),
            ("LT RT", 1),
            ("LT 50 RT", 3),
            ("GA GZ", 1),
            ("GY GX", 0),
            ("GY GZ", 1),
            ("59 XS", 1),
            ("JW JZ", 1),
            ("KX GP CQ", 0),
            ("NU RR UE", 3),
            ("LT LT", 0),
        ] {
            assert_eq!(conflicts(&line(text)).count(), found, "{text}");
        }
    }

    #[test]
    fn an_assistant_needs_the_plan() {
        assert_eq!(missing_companions(&line("CQ GO")).count(), 1);
        assert_eq!(missing_companions(&line("GP CQ KX")).count(), 0);
        assert_eq!(missing_companions(&line("CO CQ")).count(), 2);
    }
}
