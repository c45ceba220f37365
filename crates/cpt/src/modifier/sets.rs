//! Modifiers that exclude one another on a line.

use superbill_core::Modifier;

/// Two modifiers that cannot stand on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ModifierConflict {
    /// The earlier one on the line.
    pub first: Modifier,
    /// The later one.
    pub second: Modifier,
    /// Why, in a few words.
    pub why: &'static str,
}

/// A set of which a line has at most one, and why. HCPCS Level II modifiers stand here where they exclude one of CPT.
struct Exclusive {
    one_of: &'static [&'static str],
    why: &'static str,
}

const SETS: [Exclusive; 14] = [
    Exclusive { one_of: &["22", "52"], why: "more work than usual and less than the whole contradict one another" },
    Exclusive { one_of: &["52", "53", "73", "74"], why: "a service is reduced or given up in one way" },
    Exclusive {
        one_of: &["54", "55", "56", "80", "81", "82"],
        why: "a part of the surgical package is one part, and no assistant has it",
    },
    Exclusive { one_of: &["58", "78", "79"], why: "a procedure in a global period is planned, a return or unrelated" },
    Exclusive { one_of: &["59", "XE", "XP", "XS", "XU"], why: "a distinct service is told apart in one way" },
    Exclusive { one_of: &["62", "66", "80", "81", "82", "AS"], why: "a surgeon shares, is one of a team or assists" },
    Exclusive { one_of: &["76", "77"], why: "a repeat is by the same practitioner or by another" },
    Exclusive { one_of: &["76", "91"], why: "a laboratory test is repeated with its own modifier" },
    Exclusive { one_of: &["77", "91"], why: "a laboratory test is repeated with its own modifier" },
    Exclusive { one_of: &["26", "TC"], why: "a line has the physician's part or the technical part" },
    Exclusive { one_of: &["93", "95", "GQ", "GT"], why: "a service from afar is given in one way" },
    Exclusive { one_of: &["96", "97"], why: "a skill is learned or regained" },
    Exclusive { one_of: &["P1", "P2", "P3", "P4", "P5", "P6"], why: "a patient has one physical status" },
    Exclusive { one_of: &["1P", "2P", "3P", "8P"], why: "a measure is left out for one reason" },
];

/// A modifier that does not go with any of some others, which go together.
struct Against {
    one: &'static str,
    others: &'static [&'static str],
    why: &'static str,
}

const AGAINST: [Against; 1] =
    [Against { one: "50", others: &["LT", "RT"], why: "both sides and one side contradict one another" }];

/// The pairs among the modifiers of a line that exclude one another, in the order of the line; a modifier that stands twice is one of them.
///
/// ```
/// let line = ["50".parse()?, "RT".parse()?, "59".parse()?];
/// let found = superbill_cpt::conflicts(&line);
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].first, found[0].second), (line[0], line[1]));
/// # Ok::<(), superbill_core::ModifierError>(())
/// ```
#[must_use]
pub fn conflicts(line: &[Modifier]) -> Vec<ModifierConflict> {
    let mut found = Vec::new();
    for (at, first) in line.iter().enumerate() {
        for second in line.iter().skip(at + 1) {
            if let Some(why) = why(first.as_str(), second.as_str()) {
                found.push(ModifierConflict { first: *first, second: *second, why });
            }
        }
    }
    found
}

fn why(one: &str, other: &str) -> Option<&'static str> {
    if one == other {
        return Some("the modifier stands twice");
    }
    let set = SETS.iter().find(|set| set.one_of.contains(&one) && set.one_of.contains(&other)).map(|set| set.why);
    let against =
        |a: &str, b: &str| AGAINST.iter().find(|row| row.one == a && row.others.contains(&b)).map(|row| row.why);
    set.or_else(|| against(one, other)).or_else(|| against(other, one))
}
