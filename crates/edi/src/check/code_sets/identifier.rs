//! Identifiers of providers, taxpayers and members.

use super::checks;
use super::context::{Context, text};
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use superbill_core::{Npi, NpiError};

/// A National Provider Identifier.
///
/// Source: 45 CFR 162.406; CMS, requirements for NPI check digit.
#[inline]
pub(super) fn npi(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    let what = match Npi::verified(text(value)) {
        Ok(_) => return,
        Err(NpiError::CheckDigit { .. }) => {
            "is no NPI: its last digit does not fit the nine before it, one or more are wrong"
        }
        Err(NpiError::FirstDigit) => "is no NPI: it begins with 1 or 2",
        Err(_) => "is no NPI: ten digits",
    };
    context.say(&checks::NPI, seen, place, what);
}

/// An employer identification number or social security number.
pub(super) fn tax_id(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if value.len() != 9 || !value.iter().all(u8::is_ascii_digit) {
        context.say(&checks::TAX_ID, seen, place, "is no tax identification number: nine digits without hyphens");
    }
}

/// The day since which claims of Medicare have the Medicare Beneficiary Identifier alone.
///
/// Source: CMS, New Medicare card: the transition ended on 2019-12-31.
pub(super) const MBI_ALONE: &[u8; 8] = b"20200101";

/// The member identifier of a person whom Medicare insures.
///
/// Source: CMS, Understanding the Medicare Beneficiary Identifier format: eleven characters, letters without S, L, O, I, B and Z.
pub(super) fn medicare(context: &mut Context<'_, '_>, seen: &Seen<'_>, place: ElementPlace, value: &[u8]) {
    if !is_mbi(value) {
        let what = "is no Medicare Beneficiary Identifier: eleven characters, as on the card and without hyphens";
        context.say(&checks::MEDICARE_ID, seen, place, what);
    }
}

fn is_mbi(value: &[u8]) -> bool {
    let letter = |byte: u8| byte.is_ascii_uppercase() && !b"SLOIBZ".contains(&byte);
    // C: 1 to 9, N: digit, A: letter, B: either.
    let form = b"CABNABNAANN";
    value.len() == form.len()
        && value.iter().zip(form).all(|(byte, form)| match form {
            b'C' => matches!(byte, b'1'..=b'9'),
            b'N' => byte.is_ascii_digit(),
            b'A' => letter(*byte),
            _ => byte.is_ascii_digit() || letter(*byte),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_the_medicare_identifier() {
        for (value, is_one) in [
            ("1EG4TE5MK73", true),
            ("1EG4-TE5-MK73", false),
            ("0EG4TE5MK73", false),
            ("1SG4TE5MK73", false),
            ("123456789A", false),
        ] {
            assert_eq!(is_mbi(value.as_bytes()), is_one, "{value}");
        }
    }
}
