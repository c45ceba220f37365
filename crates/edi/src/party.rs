//! Names and addresses, which all transactions write the same way (NM1, N3, N4).

use crate::error::{ReadErrorKind, WriteError};
use crate::fields::Fields;
use crate::notice::NoticeKind;
use superbill_claim::{PartyName, Provider};
use superbill_core::{Address, PersonName, Phi};
use superbill_x12::{TransactionWriter, X12Error};

/// The name of a person (NM103, NM104, NM105, NM107).
pub(crate) fn person_name(fields: &mut Fields<'_>) -> PersonName {
    PersonName { family: fields.name(3), given: fields.text(4), middle: fields.text(5), suffix: fields.text(7) }
}

/// A provider as its NM1 has it: the name, and the NPI where it is one.
pub(crate) fn provider(fields: &mut Fields<'_>) -> Provider {
    fields.element(1);
    let name = match fields.code(2).as_ref() {
        "1" => PartyName::Person(person_name(fields)),
        kind => {
            if kind != "2" {
                fields.note(Some(2), NoticeKind::Unreadable(ReadErrorKind::Code));
            }
            PartyName::Organization(fields.name(3))
        }
    };
    let mut provider = Provider::new(name, None);
    if fields.code(8) == "XX" {
        set_npi(&mut provider, fields.text(9));
    } else {
        // An identifier of another kind: it is reported as any element that is not carried.
        fields.expect(8, &[]);
    }
    provider
}

pub(crate) fn set_npi(provider: &mut Provider, text: Option<String>) {
    let Some(text) = text else { return };
    match text.trim().parse() {
        Ok(npi) => provider.npi = Some(npi),
        Err(_) => provider.malformed_npi = Some(Phi::new(text)),
    }
}

/// The street lines (N3).
pub(crate) fn street(fields: &mut Fields<'_>, address: &mut Address) {
    if !address.lines.is_empty() {
        fields.note(None, NoticeKind::Repeated);
        fields.seen(1..=2);
        return;
    }
    let lines = [fields.text(1), fields.text(2)];
    let used = lines.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    address.lines = lines.into_iter().take(used).map(Option::unwrap_or_default).collect();
}

/// City, state, postal code and country (N4).
pub(crate) fn city(fields: &mut Fields<'_>, address: &mut Address) {
    let Address { lines: _, city, state, postal_code, country } = address;
    if !city.is_empty() || state.is_some() || postal_code.is_some() || country.is_some() {
        fields.note(None, NoticeKind::Repeated);
        fields.seen(1..=4);
        return;
    }
    *city = fields.name(1);
    *state = fields.text(2);
    *postal_code = fields.text(3);
    *country = fields.text(4);
}

pub(crate) fn write_address(set: &mut TransactionWriter<'_>, address: &Address, item: usize) -> Result<(), WriteError> {
    if address.lines.len() > 2 {
        return Err(WriteError::TooMany { item, what: "street lines in an address", most: 2 });
    }
    if !address.lines.is_empty() {
        set.segment("N3", |n3| {
            for line in &address.lines {
                n3.text(line);
            }
        })?;
    }
    let text = |value: &'_ Option<String>| value.clone().unwrap_or_default();
    set.elements("N4", &[&address.city, &text(&address.state), &text(&address.postal_code), &text(&address.country)])?;
    Ok(())
}

/// NM1 of a person with an identifier; an empty qualifier leaves the identifier out.
pub(crate) fn write_person(
    set: &mut TransactionWriter<'_>,
    entity: &str,
    name: &PersonName,
    qualifier: &str,
    id: &str,
) -> Result<(), X12Error> {
    let part = |part: &'_ Option<String>| part.clone().unwrap_or_default();
    set.segment("NM1", |nm1| {
        nm1.text(entity).text("1").text(&name.family).text(&part(&name.given)).text(&part(&name.middle));
        nm1.empty().text(&part(&name.suffix)).text(qualifier).text(id);
    })
}

/// NM1 of an organisation with an identifier; an empty qualifier leaves the identifier out.
pub(crate) fn write_organization(
    set: &mut TransactionWriter<'_>,
    entity: &str,
    name: &str,
    qualifier: &str,
    id: &str,
) -> Result<(), X12Error> {
    set.elements("NM1", &[entity, "2", name, "", "", "", "", qualifier, id])
}

/// The NPI as it is sent, shaped or not.
pub(crate) fn sent_npi(provider: &Provider, item: usize) -> Result<Option<&str>, WriteError> {
    match (&provider.npi, provider.malformed_npi.as_ref()) {
        (Some(_), Some(_)) => {
            Err(WriteError::NoPlace { item, what: "a provider has an NPI and a malformed one: leave one of them out" })
        }
        (Some(npi), None) => Ok(Some(npi.as_str())),
        (None, malformed) => Ok(malformed.map(|text| text.expose().as_str())),
    }
}

pub(crate) fn write_provider(
    set: &mut TransactionWriter<'_>,
    entity: &str,
    provider: &Provider,
    item: usize,
) -> Result<(), WriteError> {
    let npi = sent_npi(provider, item)?;
    let (qualifier, npi) = npi.map_or(("", ""), |npi| ("XX", npi));
    match &provider.name {
        PartyName::Person(name) => write_person(set, entity, name, qualifier, npi)?,
        PartyName::Organization(name) => write_organization(set, entity, name, qualifier, npi)?,
        _ => {
            return Err(WriteError::NoPlace { item, what: "a kind of name that X12 does not have" });
        }
    }
    Ok(())
}
