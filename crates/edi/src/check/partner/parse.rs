//! The file of a trading partner's rules, in TOML.

use super::path::Path;
use super::rules::{CharacterSet, Demand, EnvelopeRules, PartnerRules, PathRule};
use crate::check::catalogue::Check;
use superbill_x12::Severity;
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Why a file of rules was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {what}")]
pub struct PartnerRulesError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what may stand there.
    pub what: String,
}

/// An error before its line is known: where in the text.
struct Wrong {
    at: usize,
    what: String,
}

type Table<'t> = DeTable<'t>;
type Value<'t> = Spanned<DeValue<'t>>;

impl PartnerRules {
    /// Reads the file of a trading partner's rules.
    ///
    /// # Errors
    /// [`PartnerRulesError`] with the first line that is wrong: the TOML, a key that is not known, a place that no guide has, a check that is not there.
    pub fn parse(text: &str) -> Result<Self, PartnerRulesError> {
        let line_of = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        let table = DeTable::parse(text).map_err(|error| PartnerRulesError {
            line: line_of(error.span().map_or(0, |span| span.start)),
            what: error.message().to_owned(),
        })?;
        rules(table.get_ref()).map_err(|wrong| PartnerRulesError { line: line_of(wrong.at), what: wrong.what })
    }
}

fn rules(table: &Table<'_>) -> Result<PartnerRules, Wrong> {
    let mut rules = PartnerRules::default();
    for (key, value) in table.iter() {
        match key.get_ref().as_ref() {
            "name" => rules.name = text(value)?.to_owned(),
            "envelope" => rules.envelope = envelope(table_of(value)?)?,
            "rule" => {
                let list = value.get_ref().as_array().ok_or_else(|| wrong(value, "write each rule as [[rule]]"))?;
                for value in list.iter() {
                    rule(value, &mut rules.rules)?;
                }
            }
            "severity" => {
                for (key, value) in table_of(value)?.iter() {
                    rules.severities.push((check(key.get_ref(), key.span().start)?, severity(value)?));
                }
            }
            "silence" => {
                for (key, value) in table_of(value)?.iter() {
                    let reason = text(value)?.trim();
                    if reason.is_empty() {
                        return Err(wrong(value, "say why the check is silenced"));
                    }
                    rules.silenced.push((check(key.get_ref(), key.span().start)?, reason.to_owned()));
                }
            }
            _ => return Err(unknown(key.span().start, "name, envelope, rule, severity, silence")),
        }
    }
    Ok(rules)
}

fn envelope(table: &Table<'_>) -> Result<EnvelopeRules, Wrong> {
    let mut rules = EnvelopeRules::default();
    for (key, value) in table.iter() {
        match key.get_ref().as_ref() {
            "sender_qualifier" => rules.sender_qualifiers = texts(value)?,
            "sender" => rules.senders = texts(value)?,
            "receiver_qualifier" => rules.receiver_qualifiers = texts(value)?,
            "receiver" => rules.receivers = texts(value)?,
            "group_sender" => rules.group_senders = texts(value)?,
            "group_receiver" => rules.group_receivers = texts(value)?,
            "versions" => rules.versions = texts(value)?,
            "usage" => {
                rules.usage = match text(value)? {
                    "P" => Some('P'),
                    "T" => Some('T'),
                    _ => return Err(wrong(value, "usage is P for production or T for test")),
                };
            }
            "claims_most" => rules.claims_most = Some(number(value)?),
            "characters" => {
                rules.characters = match text(value)? {
                    "basic" => Some(CharacterSet::Basic),
                    "extended" => Some(CharacterSet::Extended),
                    _ => return Err(wrong(value, "characters are basic or extended")),
                };
            }
            _ => {
                let known = "sender_qualifier, sender, receiver_qualifier, receiver, group_sender, group_receiver, versions, usage, claims_most, characters";
                return Err(unknown(key.span().start, known));
            }
        }
    }
    Ok(rules)
}

/// One `[[rule]]`: as many demands as it has.
fn rule(value: &Value<'_>, rules: &mut Vec<PathRule>) -> Result<(), Wrong> {
    let (mut path, mut versions, mut severity_of, mut reason) = (None, Vec::new(), None, None);
    let (mut demands, mut shortest, mut longest) = (Vec::new(), None, None);
    for (key, value) in table_of(value)?.iter() {
        match key.get_ref().as_ref() {
            "at" => path = Some(Path::parse(text(value)?).map_err(|what| wrong(value, what))?),
            "versions" => versions = texts(value)?,
            "required" | "forbidden" => {
                let is_true = value.get_ref().as_bool() == Some(true);
                let demand = if key.get_ref() == "required" { Demand::Required } else { Demand::Forbidden };
                demands.push(if is_true {
                    demand
                } else {
                    return Err(wrong(value, "write true, or leave the line out"));
                });
            }
            "values" => demands.push(Demand::Values(texts(value)?)),
            "shortest" => shortest = Some(number(value)?),
            "longest" => longest = Some(number(value)?),
            "severity" => severity_of = Some(severity(value)?),
            "reason" => reason = Some(text(value)?.to_owned()),
            _ => {
                let known = "at, versions, required, forbidden, values, shortest, longest, severity, reason";
                return Err(unknown(key.span().start, known));
            }
        }
    }
    let path = path.ok_or_else(|| wrong(value, "a rule says where: at = \"2010BA.DMG\""))?;
    if shortest.is_some() || longest.is_some() {
        let most = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
        let (shortest, longest) = (shortest.map_or(0, most), longest.map_or(usize::MAX, most));
        if shortest > longest {
            return Err(wrong(value, "shortest is more than longest"));
        }
        demands.push(Demand::Length(shortest, longest));
    }
    if demands.is_empty() {
        return Err(wrong(value, "a rule asks for something: required, forbidden, values, shortest or longest"));
    }
    let of_element = |demand: &Demand| matches!(demand, Demand::Values(_) | Demand::Length(..));
    if path.element.is_none() && demands.iter().any(of_element) {
        return Err(wrong(value, "values and lengths are of an element: at = \"2300.CLM05-3\""));
    }
    if demands.contains(&Demand::Required) && demands.contains(&Demand::Forbidden) {
        return Err(wrong(value, "a place is required or forbidden, not both"));
    }
    for demand in demands {
        let (path, versions, reason) = (path.clone(), versions.clone(), reason.clone());
        rules.push(PathRule { path, versions, demand, severity: severity_of, reason });
    }
    Ok(())
}

fn check(id: &str, at: usize) -> Result<&'static Check, Wrong> {
    Check::of(id).ok_or_else(|| Wrong { at, what: "there is no check of this code".to_owned() })
}

fn severity(value: &Value<'_>) -> Result<Severity, Wrong> {
    match text(value)? {
        "error" => Ok(Severity::Error),
        "warning" => Ok(Severity::Warning),
        "info" => Ok(Severity::Info),
        _ => Err(wrong(value, "a severity is error, warning or info")),
    }
}

fn table_of<'v, 't>(value: &'v Value<'t>) -> Result<&'v Table<'t>, Wrong> {
    value.get_ref().as_table().ok_or_else(|| wrong(value, "a table is expected"))
}

fn text<'v>(value: &'v Value<'_>) -> Result<&'v str, Wrong> {
    value.get_ref().as_str().ok_or_else(|| wrong(value, "a text in quotation marks is expected"))
}

/// A text, or a list of texts that has at least one.
fn texts(value: &Value<'_>) -> Result<Vec<String>, Wrong> {
    let Some(list) = value.get_ref().as_array() else { return Ok(vec![text(value)?.to_owned()]) };
    let texts: Vec<String> = list.iter().map(|value| text(value).map(str::to_owned)).collect::<Result<_, _>>()?;
    if texts.is_empty() {
        Err(wrong(value, "a list has at least one text: leave the line out to ask for nothing"))
    } else {
        Ok(texts)
    }
}

fn number(value: &Value<'_>) -> Result<u64, Wrong> {
    let integer = value.get_ref().as_integer().filter(|integer| integer.radix() == 10);
    integer.and_then(|integer| integer.as_str().parse().ok()).ok_or_else(|| wrong(value, "a whole number is expected"))
}

fn wrong(value: &Value<'_>, what: &str) -> Wrong {
    Wrong { at: value.span().start, what: what.to_owned() }
}

fn unknown(at: usize, known: &str) -> Wrong {
    Wrong { at, what: format!("this key is not known; known are {known}") }
}
