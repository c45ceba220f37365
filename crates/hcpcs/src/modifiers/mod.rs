//! The modifiers of HCPCS Level II: what they say, which exclude one another, where they may stand.

mod ambulance;
mod attach;
mod class;
mod list;
mod sets;

pub use ambulance::{AmbulanceTrip, TripPlace};
pub use attach::Attachment;
pub use class::ModifierClass;
pub use sets::{ExclusiveSet, ModifierConflict, conflicts, missing_companions};

use core::fmt;
use superbill_core::{Date, Modifier};

/// What this version knows of a modifier of HCPCS Level II, in our own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ModifierInfo {
    code: &'static str,
    class: ModifierClass,
    words: &'static str,
}

/// A side of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
}

impl ModifierInfo {
    /// The modifier, if the list has it. Modifiers of CPT are not in it, and pairs of places of an ambulance trip are [`AmbulanceTrip`].
    #[must_use]
    pub fn of(modifier: Modifier) -> Option<Self> {
        // INVARIANT: the list ascends by its codes.
        let at = list::MODIFIERS.binary_search_by(|(code, ..)| (*code).cmp(modifier.as_str())).ok()?;
        list::MODIFIERS.get(at).copied().map(Self::from_row)
    }

    fn from_row((code, class, words): (&'static str, ModifierClass, &'static str)) -> Self {
        Self { code, class, words }
    }

    /// Every modifier of the list, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        list::MODIFIERS.iter().copied().map(Self::from_row)
    }

    /// The day for which the list was last compared with what CMS publishes.
    #[must_use]
    pub fn as_of() -> Date {
        list::AS_OF.parse().unwrap_or(Date::MIN)
    }

    /// The two characters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// What kind of statement it makes.
    #[must_use]
    pub fn class(self) -> ModifierClass {
        self.class
    }

    /// What it says.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.words
    }

    /// The last day on which it may be used, for one of which that is known.
    #[must_use]
    pub fn ended(self) -> Option<Date> {
        let ended = list::ENDED.iter().find(|(code, _)| *code == self.code);
        ended.and_then(|(_, day)| Date::from_ccyymmdd(*day).ok())
    }

    /// The side of the body that it names.
    #[must_use]
    pub fn side(self) -> Option<Side> {
        match self.class {
            ModifierClass::Laterality | ModifierClass::Eyelid | ModifierClass::Finger | ModifierClass::Toe => {
                let left = matches!(self.code, "LT" | "E1" | "E2" | "FA" | "F1" | "F2" | "F3" | "F4")
                    || matches!(self.code, "TA" | "T1" | "T2" | "T3" | "T4");
                Some(if left { Side::Left } else { Side::Right })
            }
            _ => None,
        }
    }

    /// The finger or toe that it names: 1 for the thumb and the great toe, to 5.
    #[must_use]
    pub fn digit(self) -> Option<u8> {
        if !matches!(self.class, ModifierClass::Finger | ModifierClass::Toe) {
            return None;
        }
        Some(match self.code.as_bytes().get(1)? {
            b'A' => 1,
            place @ b'1'..=b'4' => place - b'0' + 1,
            place => place - b'0' - 4,
        })
    }

    /// What it may stand with, where that is known.
    #[must_use]
    pub fn attachment(self) -> Option<Attachment> {
        attach::attachment(self.code, self.class)
    }
}

impl fmt::Display for ModifierInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ModifierInfo {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("ModifierInfo", 3)?;
        out.serialize_field("code", self.code)?;
        out.serialize_field("class", &self.class)?;
        out.serialize_field("words", self.words)?;
        out.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(code: &str) -> ModifierInfo {
        ModifierInfo::of(code.parse().unwrap()).unwrap()
    }

    #[test]
    fn the_list_ascends_and_every_class_has_a_modifier() {
        assert!(list::MODIFIERS.is_sorted_by(|one, next| one.0 < next.0));
        assert!(ModifierInfo::all().all(|one| ModifierInfo::of(one.code().parse().unwrap()) == Some(one)));
        for class in ModifierClass::ALL {
            assert!(ModifierInfo::all().any(|one| one.class() == *class), "{class}");
        }
        assert!(list::ENDED.iter().all(|(code, _)| info(code).ended().is_some()));
        assert_eq!(ModifierInfo::as_of().to_string(), list::AS_OF);
        assert!(ModifierInfo::of("25".parse().unwrap()).is_none(), "a modifier of CPT");
    }

    #[test]
    fn anatomical_modifiers_say_side_and_digit() {
        for (code, side, digit) in [
            ("LT", Some(Side::Left), None),
            ("RT", Some(Side::Right), None),
            ("E2", Some(Side::Left), None),
            ("E3", Some(Side::Right), None),
            ("FA", Some(Side::Left), Some(1)),
            ("F1", Some(Side::Left), Some(2)),
            ("F4", Some(Side::Left), Some(5)),
            ("F5", Some(Side::Right), Some(1)),
            ("F9", Some(Side::Right), Some(5)),
            ("TA", Some(Side::Left), Some(1)),
            ("T5", Some(Side::Right), Some(1)),
            ("T9", Some(Side::Right), Some(5)),
            ("LD", None, None),
            ("GA", None, None),
        ] {
            assert_eq!((info(code).side(), info(code).digit()), (side, digit), "{code}");
        }
    }
}
