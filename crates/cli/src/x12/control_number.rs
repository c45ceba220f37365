//! The control numbers of what is written.

use crate::error::CliError;
use superbill::x12::{ControlNumbers, Document};

/// Those that begin with what is given, or with the interchange and the group of this document.
pub(crate) fn after(document: &Document<'_>, given: Option<u32>) -> Result<ControlNumbers, CliError> {
    let interchange = document.interchanges().next();
    let number = |text: &[u8]| core::str::from_utf8(text).ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let own = interchange.map_or(1, |interchange| number(interchange.control_number().bytes()));
    let group = interchange.and_then(|interchange| interchange.groups().next());
    let group = group.map_or(1, |group| number(group.control_number().bytes()));
    Ok(ControlNumbers::starting_at(given.unwrap_or(own), group, 1)?)
}
