//! Invariants of the values of this room.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

use std::collections::hash_map::DefaultHasher;
use std::fmt::{Debug, Display, Write};
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use proptest::prelude::*;
use superbill_core::{
    Address, ControlNumber, Date, DateRange, Ein, MemberId, Modifier, Money, MoneyError, Npi, PatientControlNumber,
    PayerControlNumber, PersonName, Phi, PlaceOfService, Quantity, Rate, Rounding, Sex, Ssn, TaxId, TraceNumber,
    Zeroize,
};

fn dates() -> impl Strategy<Value = Date> {
    (0..=Date::MIN.days_until(Date::MAX)).prop_map(|days| Date::MIN.add_days(days).unwrap())
}

fn ranges() -> impl Strategy<Value = DateRange> {
    (dates(), prop::option::of(0_i32..2000))
        .prop_map(|(first, days)| DateRange::new(first, days.and_then(|days| first.add_days(days).ok())).unwrap())
}

fn amounts() -> impl Strategy<Value = Money> {
    prop_oneof![any::<i64>(), -100_000_i64..100_000].prop_map(Money::from_cents)
}

fn quantities() -> impl Strategy<Value = String> {
    "-?([0-9]{1,9}|[0-9]{1,9}\\.[0-9]{0,9}|\\.[0-9]{1,9})"
}

fn valid_npis() -> impl Strategy<Value = String> {
    (100_000_000_u64..300_000_000).prop_map(|body| {
        let npi: Npi = format!("{body}0").parse().unwrap();
        format!("{body}{}", npi.expected_check_digit())
    })
}

fn comes_back<T: FromStr + Display + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let read = value.to_string().parse::<T>().ok();
    prop_assert_eq!(read.as_ref(), Some(value));
    Ok(())
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(
        date in dates(),
        range in ranges(),
        amount in amounts(),
        parts in any::<i64>(),
        quantity in quantities(),
        npi in "[12][0-9]{9}",
        modifier in "[0-9A-Za-z]{2}",
        place in 1_u8..=99,
    ) {
        comes_back(&date)?;
        comes_back(&range)?;
        comes_back(&amount)?;
        comes_back(&Rate::from_parts_per_million(parts))?;
        comes_back(&quantity.parse::<Quantity>().unwrap())?;
        comes_back(&npi.parse::<Npi>().unwrap())?;
        comes_back(&modifier.parse::<Modifier>().unwrap())?;
        comes_back(&PlaceOfService::new(place).unwrap())?;
    }

    #[test]
    fn x12_forms_are_read_back(date in dates(), range in ranges(), amount in amounts()) {
        prop_assert_eq!(Date::parse_ccyymmdd(&format!("{:08}", date.ccyymmdd())), Ok(date));
        prop_assert_eq!(Date::from_ccyymmdd(date.ccyymmdd()), Ok(date));
        if let Some(rd8) = range.rd8() {
            prop_assert_eq!(DateRange::parse_rd8(&rd8), Ok(range));
        }
        let x12 = amount.to_x12();
        prop_assert_eq!(x12.parse(), Ok(amount));
        prop_assert!(!x12.contains('.') || !x12.ends_with(['0', '.']), "{}", x12);
    }

    #[test]
    fn date_order_equals_text_order(one in dates(), two in dates()) {
        prop_assert_eq!(one.cmp(&two), one.to_string().cmp(&two.to_string()));
        prop_assert_eq!(one.cmp(&two), one.ccyymmdd().cmp(&two.ccyymmdd()));
    }

    #[test]
    fn adding_the_days_between_two_dates_leads_from_one_to_the_other(one in dates(), two in dates()) {
        prop_assert_eq!(one.add_days(one.days_until(two)), Ok(two));
        prop_assert_eq!(one.days_until(two), -two.days_until(one));
    }

    #[test]
    fn years_keep_month_and_day_but_for_the_leap_day(date in dates(), years in -200_i32..200) {
        if let Ok(moved) = date.add_years(years) {
            prop_assert_eq!(i32::from(moved.year()), i32::from(date.year()) + years);
            prop_assert_eq!(moved.month(), date.month());
            let clamped = (date.month(), date.day(), moved.day()) == (2, 29, 28);
            prop_assert!(moved.day() == date.day() || clamped);
        }
    }

    #[test]
    fn the_week_has_seven_days(date in dates()) {
        if let Ok(later) = date.add_days(7) {
            prop_assert_eq!(date.weekday(), later.weekday());
            let weekend = (0..7).filter(|&day| date.add_days(day).unwrap().is_weekend()).count();
            prop_assert_eq!(weekend, 2);
        }
    }

    #[test]
    fn a_day_is_in_the_intersection_when_it_is_in_both(one in ranges(), two in ranges(), days in 0_i32..2000) {
        for start in [one.first(), two.first()] {
            let Ok(day) = start.add_days(days) else { continue };
            let common = one.intersection(&two);
            prop_assert_eq!(common.is_some_and(|common| common.contains(day)), one.contains(day) && two.contains(day));
            prop_assert_eq!(common.is_some(), one.overlaps(&two));
        }
    }

    #[test]
    fn money_agrees_with_wider_integers(one in amounts(), two in amounts(), times in -1000_i64..1000) {
        let narrow = |cents: i128| i64::try_from(cents).map(Money::from_cents).map_err(|_| MoneyError::Overflow);
        let (a, b) = (i128::from(one.cents()), i128::from(two.cents()));
        prop_assert_eq!(one.try_add(two), narrow(a + b));
        prop_assert_eq!(one.try_sub(two), narrow(a - b));
        prop_assert_eq!(one.try_neg(), narrow(-a));
        prop_assert_eq!(one.try_mul(times), narrow(a * i128::from(times)));
    }

    #[test]
    fn sum_agrees_with_wider_integers_in_any_order(mut list in prop::collection::vec(amounts(), 0..20)) {
        let total: i128 = list.iter().map(|amount| i128::from(amount.cents())).sum();
        let expected = i64::try_from(total).map(Money::from_cents).map_err(|_| MoneyError::Overflow);
        prop_assert_eq!(Money::try_sum(list.iter().copied()), expected);
        list.reverse();
        prop_assert_eq!(Money::try_sum(list), expected);
    }

    #[test]
    fn allocation_loses_no_cent(amount in amounts(), weights in prop::collection::vec(prop_oneof![0_u64..5, any::<u64>()], 1..12)) {
        let total: u128 = weights.iter().copied().map(u128::from).sum();
        let shares = amount.allocate(&weights);
        if total == 0 {
            prop_assert_eq!(shares, Err(MoneyError::NoPositiveWeight));
            return Ok(());
        }
        let shares = shares.unwrap();
        prop_assert_eq!(shares.len(), weights.len());
        prop_assert_eq!(Money::try_sum(shares.iter().copied()), Ok(amount));
        for (share, &weight) in shares.iter().zip(&weights) {
            // Less than one cent from the exact share, and never on the other side of zero.
            let exact = u128::from(amount.cents().unsigned_abs()) * u128::from(weight);
            let floor = exact / total;
            let share_cents = u128::from(share.cents().unsigned_abs());
            prop_assert!(share_cents == floor || (share_cents == floor + 1 && exact % total != 0));
            prop_assert!(share.is_zero() || share.is_negative() == amount.is_negative());
        }
    }

    #[test]
    fn allocation_turns_its_sign_with_the_amount(cents in 0..i64::MAX, weights in prop::collection::vec(1_u64..9, 1..12)) {
        let shares = Money::from_cents(cents).allocate(&weights).unwrap();
        let turned: Vec<_> = shares.iter().map(|share| share.try_neg().unwrap()).collect();
        prop_assert_eq!(Money::from_cents(-cents).allocate(&weights), Ok(turned));
    }

    #[test]
    fn allocation_keeps_the_order_of_equal_weights(cents in -10_000_i64..10_000, parts in 1_usize..30, weight in 1_u64..1000) {
        let shares = Money::from_cents(cents).allocate(&vec![weight; parts]).unwrap();
        prop_assert_eq!(&shares, &Money::from_cents(cents).split(parts).unwrap());
        let sizes: Vec<_> = shares.iter().map(|share| share.abs()).collect();
        prop_assert!(sizes.is_sorted_by(|one, two| one >= two));
        prop_assert!(sizes[0].cents() - sizes[parts - 1].cents() <= 1);
    }

    #[test]
    fn rounding_stays_within_a_cent_of_the_exact_share(amount in -1_000_000_i64..1_000_000, parts in -2_000_000_i64..2_000_000) {
        let exact = i128::from(amount) * i128::from(parts);
        for (rounding, numerator, denominator) in [
            (Rounding::HalfUp, 1, 2), (Rounding::HalfEven, 1, 2), (Rounding::Down, 1, 1), (Rounding::Up, 1, 1),
        ] {
            let rate = Rate::from_parts_per_million(parts);
            let got = i128::from(Money::from_cents(amount).percent(rate, rounding).unwrap().cents()) * 1_000_000;
            prop_assert!((got - exact).abs() * denominator <= numerator * 1_000_000);
            match rounding {
                Rounding::Down => prop_assert!(got.abs() <= exact.abs()),
                Rounding::Up => prop_assert!(got.abs() >= exact.abs()),
                _ => {}
            }
        }
    }

    #[test]
    fn quantity_keeps_its_text_and_compares_by_value(text in quantities(), zeros in 0_usize..3) {
        let quantity: Quantity = text.parse().unwrap();
        prop_assert_eq!(quantity.text(), &text);
        let point = if text.contains('.') { "" } else { "." };
        let longer = format!("{text}{point}{}", "0".repeat(zeros));
        if let Ok(same) = longer.parse::<Quantity>() {
            prop_assert_eq!(same.text(), &longer);
            prop_assert_eq!(same, quantity);
            prop_assert_eq!(same.cmp(&quantity), std::cmp::Ordering::Equal);
            prop_assert_eq!(hash_of(&same), hash_of(&quantity));
            prop_assert_eq!(same.as_whole(), quantity.as_whole());
        }
    }

    #[test]
    fn quantity_agrees_with_integers(one in -1_000_000_i64..1_000_000, two in -1_000_000_i64..1_000_000, price in -10_000_i64..10_000) {
        let (a, b) = (Quantity::from_units(one), Quantity::from_units(two));
        prop_assert_eq!(a.cmp(&b), one.cmp(&two));
        prop_assert_eq!(a.try_add(&b), Ok(Quantity::from_units(one + two)));
        prop_assert_eq!(a.try_sub(&b), Ok(Quantity::from_units(one - two)));
        prop_assert_eq!(a.times(Money::from_cents(price), Rounding::HalfEven), Ok(Money::from_cents(price * one)));
    }

    #[test]
    fn every_wrong_digit_of_an_npi_is_detected(npi in valid_npis(), place in 0_usize..10, digit in 0_u8..10) {
        prop_assert!(Npi::verified(&npi).is_ok());
        let mut bytes = npi.clone().into_bytes();
        bytes[place] = b'0' + digit;
        let changed = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(Npi::verified(&changed).is_ok(), changed == npi);
    }

    #[test]
    fn every_transposition_in_an_npi_but_09_is_detected(npi in valid_npis(), place in 0_usize..9) {
        let mut bytes = npi.clone().into_bytes();
        bytes.swap(place, place + 1);
        let changed = String::from_utf8(bytes).unwrap();
        let undetected = changed == npi || matches!(&npi[place..place + 2], "09" | "90");
        // The first two digits may leave the shape too.
        prop_assert_eq!(Npi::verified(&changed).is_ok(), undetected && matches!(&changed[..1], "1" | "2"));
    }

    #[test]
    fn no_parser_panics(text in prop_oneof![any::<String>(), "[-+.%/0-9A-Za-z é]{0,24}"]) {
        let mut seen = String::new();
        feed_every_parser(&text, &mut seen);
    }

    #[test]
    fn patient_data_never_appears_in_debug_display_or_error_text(
        secret in "[A-Z0-9]{6,20}",
        digits in "[0-9]{9}",
        tail in "[ -~é]{0,4}",
    ) {
        let name = Phi::new(PersonName {
            family: secret.clone(),
            given: Some(secret.clone()),
            middle: Some(secret.clone()),
            suffix: Some(secret.clone()),
        });
        let address = Phi::new(Address {
            lines: vec![secret.clone(), secret.clone()],
            city: secret.clone(),
            state: Some(secret.clone()),
            postal_code: Some(secret.clone()),
            country: Some(secret.clone()),
        });
        let member = Phi::new(MemberId::new(&secret).unwrap());
        let account = Phi::new(PatientControlNumber::new(&secret).unwrap());
        let ssn = TaxId::ssn(&digits).unwrap();
        let bare: Ssn = digits.parse().unwrap();

        let mut seen = String::new();
        write!(seen, "{name} {name:?} {name:#?} {address} {address:?} {address:#?}").unwrap();
        write!(seen, "{member} {member:?} {account} {account:?} {ssn} {ssn:?} {ssn:#?} {bare} {bare:?}").unwrap();
        write!(seen, "{:?} {:?}", Some(&name), vec![&ssn]).unwrap();
        for text in [&secret, &digits, &format!("{secret}{tail}"), &format!("{tail}{digits}"), &format!("{secret}\n")] {
            feed_every_parser(text, &mut seen);
        }
        #[cfg(feature = "serde")]
        with_serde::feed(&name, &address, &member, &ssn, &secret, &digits, &mut seen)?;

        let hyphenated = format!("{}-{}-{}", &digits[..3], &digits[3..5], &digits[5..]);
        for hidden in [&secret, &digits, &hyphenated] {
            prop_assert!(!seen.contains(hidden.as_str()), "{} in {}", hidden, seen);
        }
    }

    #[test]
    fn wiped_patient_data_is_empty(secret in "[A-Z0-9]{6,20}", birth in dates()) {
        let mut name = Phi::new(PersonName::new(&secret, &secret));
        let mut member = Phi::new(MemberId::new(&secret).unwrap());
        let mut birth = Phi::new(birth);
        let mut text = Phi::new(secret);
        name.zeroize();
        member.zeroize();
        birth.zeroize();
        text.zeroize();
        prop_assert_eq!(name.expose(), &PersonName::default());
        prop_assert_eq!(member.expose().as_str(), "");
        prop_assert_eq!(birth.expose(), &Date::MIN);
        prop_assert_eq!(text.expose(), "");
    }
}

/// Collects what every parser says of a text that it refuses.
fn feed_every_parser(text: &str, seen: &mut String) {
    fn note<T, E: std::error::Error>(read: Result<T, E>, seen: &mut String) {
        if let Err(error) = read {
            write!(seen, "{error} {error:?} ").unwrap();
        }
    }
    note(text.parse::<Date>(), seen);
    note(Date::parse_ccyymmdd(text), seen);
    note(text.parse::<DateRange>(), seen);
    note(format!("2026-01-01/{text}").parse::<DateRange>(), seen);
    note(DateRange::parse_rd8(text), seen);
    note(DateRange::parse_rd8(&format!("20260101-{text}")), seen);
    note(text.parse::<Money>(), seen);
    note(text.parse::<Rate>(), seen);
    note(text.parse::<Quantity>(), seen);
    note(text.parse::<Npi>(), seen);
    note(Npi::verified(text), seen);
    note(text.parse::<TaxId>(), seen);
    note(TaxId::ein(text), seen);
    note(TaxId::ssn(text), seen);
    note(text.parse::<Ein>(), seen);
    note(text.parse::<Ssn>(), seen);
    note(text.parse::<Modifier>(), seen);
    note(text.parse::<PlaceOfService>(), seen);
    note(text.parse::<Sex>(), seen);
    note(MemberId::new(text), seen);
    note(PatientControlNumber::new(text), seen);
    note(PayerControlNumber::new(text), seen);
    note(TraceNumber::new(text), seen);
    note(ControlNumber::new(text), seen);
}

#[cfg(feature = "serde")]
mod with_serde {
    use super::*;
    use superbill_core::Exposed;

    /// Collects what is written without the scope and what readers say of wrong input; what is exposed must come back.
    pub(crate) fn feed(
        name: &Phi<PersonName>,
        address: &Phi<Address>,
        member: &Phi<MemberId>,
        ssn: &TaxId,
        secret: &str,
        digits: &str,
        seen: &mut String,
    ) -> Result<(), TestCaseError> {
        fn back<T>(value: &T, secret: &str, seen: &mut String) -> Result<(), TestCaseError>
        where
            T: serde::Serialize + for<'de> serde::Deserialize<'de> + PartialEq + Debug,
        {
            write!(seen, "{} {:?} ", serde_json::to_string(value).unwrap(), Exposed(value)).unwrap();
            let exposed = serde_json::to_string(&Exposed(value)).unwrap();
            prop_assert!(exposed.contains(secret));
            prop_assert_eq!(&serde_json::from_str::<T>(&exposed).unwrap(), value);
            prop_assert!(serde_json::from_str::<T>(&serde_json::to_string(value).unwrap()).is_err());
            Ok(())
        }
        fn refused<T: for<'de> serde::Deserialize<'de>>(json: &str, seen: &mut String) {
            if let Err(error) = serde_json::from_str::<T>(json) {
                write!(seen, "{error} {error:?} ").unwrap();
            }
        }
        back(name, secret, seen)?;
        back(address, secret, seen)?;
        back(member, secret, seen)?;
        back(ssn, &digits[5..], seen)?;
        let number = format!("1{digits}");
        for json in [
            format!("\"{secret}\""),
            format!("\"{digits}\""),
            number.clone(),
            format!("-{number}"),
            format!("{number}.5"),
            format!("[\"{secret}\"]"),
            format!("{{\"{secret}\":\"{secret}\"}}"),
            format!("{{\"family\":{number}}}"),
            format!("{{\"family\":\"{secret}\",\"family\":\"{secret}\"}}"),
        ] {
            refused::<Phi<PersonName>>(&json, seen);
            refused::<Phi<Address>>(&json, seen);
            refused::<Phi<MemberId>>(&json, seen);
            refused::<Phi<Date>>(&json, seen);
            refused::<MemberId>(&json, seen);
            refused::<PatientControlNumber>(&json, seen);
            refused::<TaxId>(&json, seen);
            refused::<Date>(&json, seen);
            refused::<DateRange>(&json, seen);
            refused::<Money>(&json, seen);
            refused::<Rate>(&json, seen);
            refused::<Quantity>(&json, seen);
            refused::<Npi>(&json, seen);
            refused::<Modifier>(&json, seen);
            refused::<PlaceOfService>(&json, seen);
            refused::<Sex>(&json, seen);
        }
        Ok(())
    }
}
