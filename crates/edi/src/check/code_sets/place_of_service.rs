//! Places of service, and types of bill.

use super::checks;
use super::context::{Context, text};
use super::listed;
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use crate::check::unit::ClaimKind;
use superbill_core::PlaceOfService;
use superbill_edits::{CodeListName, CodeListStatus};

/// The places of CMS, as bits by their numbers.
///
/// Source: CMS, Place of Service Code Set; Medicare Claims Processing Manual, chapter 26, section 10.5.
const PLACES: u128 = bits(&[(1, 27), (31, 34), (41, 42), (49, 58), (60, 62), (65, 66), (71, 72), (81, 81), (99, 99)]);

/// The first days, CCYYMMDD, of the places that were added since ICD-10 began.
const ADDED: [(u8, u32); 6] =
    [(2, 20_170_101), (10, 20_220_101), (19, 20_160_101), (27, 20_231_001), (58, 20_200_101), (66, 20_240_801)];

const fn bits(ranges: &[(u8, u8)]) -> u128 {
    let mut bits = 0;
    let mut rest = ranges;
    while let [(first, last), more @ ..] = rest {
        let mut place = *first;
        while place <= *last {
            bits |= 1 << place;
            place += 1;
        }
        rest = more;
    }
    bits
}

/// A place of service of a claim or a line.
pub(super) fn check(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    let day = context.service_day();
    let code = match text(value).parse::<PlaceOfService>() {
        Ok(code) => code.code(),
        Err(error) => {
            return context.say(&checks::PLACE_OF_SERVICE, seen, place, &format!("is no place of service: {error}"));
        }
    };
    if !matches!(context.sets.listed(CodeListName::PlaceOfService, text(value), day), CodeListStatus::CannotTell) {
        return listed::check(context, seen, place, CodeListName::PlaceOfService, value, day);
    }
    if 1u128.checked_shl(u32::from(code)).is_none_or(|bit| PLACES & bit == 0) {
        return context.say(
            &checks::PLACE_OF_SERVICE,
            seen,
            place,
            "is a number to which CMS has given no place of service",
        );
    }
    let added = ADDED.iter().find(|(added, _)| *added == code);
    if let (Some((_, first)), Some(day)) = (added, day)
        && day.ccyymmdd() < *first
    {
        let first = superbill_core::Date::from_ccyymmdd(*first).map(|day| day.to_string()).unwrap_or_default();
        let what = format!("is a place of service that begins on {first}, after the date of service");
        context.say(&checks::PLACE_OF_SERVICE_DATE, seen, place, &what);
    }
}

/// CLM05: a place of service, or a type of bill, and the frequency.
pub(super) fn claim(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    let (code, qualifier, frequency) = (seen.component(5, 1), seen.component(5, 2), seen.component(5, 3));
    let place = ElementPlace::component(5, 1);
    // Professional and dental claims of release 004010 have no qualifier.
    let is_old = !context.guide.is_full() && matches!(context.claim, ClaimKind::Professional | ClaimKind::Dental);
    match qualifier {
        b"B" if !code.is_empty() => check(context, seen, place, code),
        b"" if is_old && !code.is_empty() => check(context, seen, place, code),
        // The kind of facility and the kind of care.
        // Source: Medicare Claims Processing Manual, chapter 25, section 75.1.
        b"A" if !matches!(code, [b'1'..=b'8', b'1'..=b'9']) => {
            let what = "is no type of bill: two digits, the first 1 to 8, the second 1 to 9, without the zero that stands before them on paper";
            context.say(&checks::TYPE_OF_BILL, seen, place, what);
        }
        _ => {}
    }
    if !frequency.is_empty() {
        self::frequency(context, seen, ElementPlace::component(5, 3), frequency);
    }
}

/// The frequency of a claim.
pub(super) fn frequency(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if !matches!(value, [b'0'..=b'9' | b'A'..=b'Z']) {
        context.say(&checks::CLAIM_FREQUENCY, seen, place, "is no frequency: one digit or capital, such as 1, 7 or 8");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_list() {
        let listed = (0u8..100).filter(|place| PLACES >> place & 1 == 1).count();
        assert_eq!(listed, 52);
        for (place, is_listed) in
            [(11, true), (21, true), (28, false), (40, false), (59, false), (66, true), (98, false)]
        {
            assert_eq!(PLACES >> place & 1 == 1, is_listed, "{place}");
        }
        assert!(ADDED.iter().all(|(place, _)| PLACES >> place & 1 == 1));
    }
}
