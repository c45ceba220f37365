//! Addresses and currencies.

use super::checks;
use super::context::Context;
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use crate::check::unit::ClaimKind;

/// States of the United States, the District of Columbia, outlying areas, freely associated states and military mail.
///
/// Source: United States Postal Service, Publication 28, appendix B.
const STATES: &str = "AA AE AK AL AP AR AS AZ CA CO CT DC DE FL FM GA GU HI IA ID IL IN KS KY LA MA MD ME MH MI MN MO MP MS MT NC ND NE NH NJ NM NV NY \
    OH OK OR PA PR PW RI SC SD TN TX UM UT VA VI VT WA WI WV WY";

/// Provinces and territories of Canada.
///
/// Source: Canada Post, addressing guidelines.
const PROVINCES: &str = "AB BC MB NB NL NS NT NU ON PE QC SK YT";

/// Countries by two letters.
///
/// Source: ISO 3166-1.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG \
    CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU \
    GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG \
    MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU \
    WF WS YE YT ZA ZM ZW";

/// Currencies, those that ended in the years of ICD-10 among them.
///
/// Source: ISO 4217.
const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC \
    CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES \
    KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN \
    PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX \
    USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL";

/// Whether a list of codes of one length has a code.
fn has(list: &str, code: &[u8]) -> bool {
    list.as_bytes().split(|byte| *byte == b' ').any(|listed| listed == code && !code.is_empty())
}

/// N4: city, state, ZIP code, country.
pub(super) fn address(context: &mut Context<'_, '_>, seen: &Seen<'_>) {
    let mut elements = seen.elements().skip(1);
    let (state, zip) = (elements.next().unwrap_or_default(), elements.next().unwrap_or_default());
    let country = elements.next().unwrap_or_default();
    if !country.is_empty() {
        self::country(context, seen, ElementPlace::new(4), country);
    }
    let is_american = country.is_empty() || country == b"US";
    if !is_american && country != b"CA" {
        return;
    }
    let is_canadian = country == b"CA" || (country.is_empty() && has(PROVINCES, state));
    if !state.is_empty() && !is_canadian {
        self::state(context, seen, ElementPlace::new(2), state);
    } else if !state.is_empty() && !has(PROVINCES, state) {
        context.say(
            &checks::STATE,
            seen,
            ElementPlace::new(2),
            "is no province or territory of Canada by its two letters",
        );
    }
    if zip.is_empty() {
        return;
    }
    if is_canadian && !is_canadian_code(zip) {
        context.say(
            &checks::ZIP_CODE,
            seen,
            ElementPlace::new(3),
            "is no postal code of Canada: letter, digit, letter, digit, letter, digit",
        );
    }
    let is_zip = matches!(zip.len(), 5 | 9) && zip.iter().all(u8::is_ascii_digit);
    // In claims, the form of a ZIP code is a situation: how long it is depends on the loop.
    if !is_canadian && !is_zip && context.claim == ClaimKind::None {
        context.say(
            &checks::ZIP_CODE,
            seen,
            ElementPlace::new(3),
            "is no ZIP code: five or nine digits without a hyphen",
        );
    }
}

/// A state or province by its two letters.
pub(super) fn state(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if !has(STATES, value) && !has(PROVINCES, value) {
        let what = "is no state, territory or military mail of the United States, nor a province of Canada, by its two letters";
        context.say(&checks::STATE, seen, place, what);
    }
}

/// A country by its two letters.
pub(super) fn country(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if !has(COUNTRIES, value) {
        context.say(&checks::COUNTRY, seen, place, "is no country by the two letters of ISO 3166");
    }
}

/// A currency by its three letters.
pub(super) fn currency(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if !has(CURRENCIES, value) {
        context.say(&checks::CURRENCY, seen, place, "is no currency by the three letters of ISO 4217");
    }
}

fn is_canadian_code(value: &[u8]) -> bool {
    let mut plain = value.iter().filter(|byte| **byte != b' ');
    let pairs = plain.by_ref().take(6).zip([true, false].iter().cycle());
    let mut count = 0;
    for (byte, letter) in pairs {
        count += 1;
        if *letter != byte.is_ascii_uppercase() || *letter == byte.is_ascii_digit() {
            return false;
        }
    }
    count == 6 && plain.next().is_none() && value.len() <= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_whole_and_in_order() {
        for (list, length, count) in [(STATES, 2, 63), (PROVINCES, 2, 13), (COUNTRIES, 2, 249), (CURRENCIES, 3, 160)] {
            let codes: Vec<&str> = list.split(' ').collect();
            assert!(codes.is_sorted_by(|one, other| one < other), "{list}");
            assert!(codes.iter().all(|code| code.len() == length), "{list}");
            assert_eq!(codes.len(), count, "{list}");
            assert!(!has(list, b"") && !has(list, b"A"));
        }
    }

    #[test]
    fn canadian_codes_alternate() {
        for (code, is_one) in
            [("K1A0B1", true), ("K1A 0B1", true), ("K1A0B", false), ("11A0B1", false), ("K1A0B12", false)]
        {
            assert_eq!(is_canadian_code(code.as_bytes()), is_one, "{code}");
        }
    }
}
