//! Professional claims: ambulance, telehealth, opioid treatment; and what stands in other files of this folder.

use super::checks;
use super::claim::{Claim, Line};
use super::{medicine, numbers, supplies};
use crate::check::finding::ElementPlace;
use crate::check::unit::Sayings;
use superbill_core::Modifier;
use superbill_hcpcs::AmbulanceTrip;

pub(super) fn check(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    for line in &claim.lines {
        ambulance(claim, line, sayings);
        telehealth(claim, line, sayings);
        opioid_treatment(claim, line, sayings);
        supplies::line(claim, line, sayings);
        medicine::line(claim, line, sayings);
    }
    miles(claim, sayings);
    medicine::claim(claim, sayings);
}

/// Whether a line names the places of an ambulance trip.
pub(super) fn has_trip(line: &Line<'_, '_>) -> bool {
    let modifiers = line.modifiers().filter_map(|text| core::str::from_utf8(text).ok()?.parse::<Modifier>().ok());
    modifiers.filter_map(AmbulanceTrip::of).next().is_some()
}

fn ambulance(claim: &Claim<'_, '_>, line: &Line<'_, '_>, sayings: &mut Sayings) {
    let Some(code) = line.hcpcs.filter(|code| numbers::is_trip(*code)) else { return };
    if !has_trip(line) {
        let message = "an ambulance line says from where to where by a modifier of two letters, such as RH (SV101-3)";
        sayings.place(&checks::AMBULANCE_TRIP, &line.service, ElementPlace::component(1, 3), message);
    }
    let (fits, wanted) = match (numbers::is_air(code), line.place(claim)) {
        (true, place) => (place == b"42", "42, by air or water"),
        (false, place) => (matches!(place, b"41" | b"42"), "41, by land, or 42, by water"),
    };
    if !fits {
        let message = format!("the place of service of an ambulance trip is {wanted} (CLM05-1, SV105)");
        sayings.element(&checks::AMBULANCE_PLACE, &line.service, 5, message);
    }
}

fn miles(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    let trips = || claim.lines.iter().filter(|line| line.hcpcs.is_some_and(numbers::is_trip));
    let mileage = || trips().filter(|line| line.hcpcs.is_some_and(numbers::is_mileage));
    let Some(first) = mileage().next() else { return };
    if mileage().count() == trips().count() {
        let message = "ambulance miles stand with the base rate of the trip (A0426 to A0434) on the same claim";
        sayings.element(&checks::AMBULANCE_BASE, &first.service, 1, message);
    }
    // The line of a claim of several trips has its own CR1.
    let transport = claim.head("CR1").find_map(|transport| tenths(transport.element(6)));
    let own = claim.lines.iter().any(|line| line.has("CR1", b""));
    let charged = mileage().try_fold(0u64, |sum, line| sum.checked_add(tenths(line.service.element(4))?));
    if let (Some(length), Some(charged), false) = (transport, charged, own)
        && charged > length.saturating_add(10)
    {
        let message = "more miles are charged than the transport was long (CR106)";
        sayings.element(&checks::AMBULANCE_MILES, &first.service, 4, message);
    }
}

/// A decimal number that is not negative, in tenths; digits behind the first are left out.
fn tenths(value: &[u8]) -> Option<u64> {
    let mut parts = value.splitn(2, |byte| *byte == b'.');
    let (whole, behind) = (parts.next()?, parts.next().unwrap_or_default());
    let is_number = !value.is_empty() && whole.iter().chain(behind).all(u8::is_ascii_digit);
    let whole: u64 = core::str::from_utf8(whole).ok().filter(|_| is_number)?.parse().ok()?;
    let tenth = behind.first().map_or(0, |digit| u64::from(digit - b'0'));
    whole.checked_mul(10)?.checked_add(tenth)
}

fn telehealth(claim: &Claim<'_, '_>, line: &Line<'_, '_>, sayings: &mut Sayings) {
    let is_fee = line.hcpcs.is_some_and(|code| code.as_str() == "Q3014");
    if is_fee && matches!(line.place(claim), b"02" | b"10") {
        let message =
            "the originating site of telehealth (Q3014) is billed with the place where the patient is, not 02 or 10";
        sayings.element(&checks::TELEHEALTH_ORIGIN, &line.service, 5, message);
    }
}

fn opioid_treatment(claim: &Claim<'_, '_>, line: &Line<'_, '_>, sayings: &mut Sayings) {
    let is_program = line.hcpcs.is_some_and(|code| numbers::within(code, "G2067", "G2080"));
    if is_program && claim.is_medicare() && line.place(claim) != b"58" {
        let message = "an opioid treatment program bills Medicare with place of service 58 (CLM05-1, SV105)";
        sayings.element(&checks::OPIOID_PLACE, &line.service, 5, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn miles_are_read_in_tenths() {
        for (text, expected) in [
            ("21", Some(210)),
            ("21.25", Some(212)),
            (".5", None),
            ("5.", Some(50)),
            ("-1", None),
            ("", None),
            ("1.x", None),
        ] {
            assert_eq!(tenths(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(tenths(b"99999999999999999999"), None);
    }
}
