//! `superbill x12 check`: what is wrong with X12 files, by SNIP type, segment and element.

use super::files;
use crate::arguments::{FailOn, X12Check};
use crate::bar::Bar;
use crate::error::CliError;
use crate::output::Output;
use crate::service_tables;
use crate::tables::{Tables, name};
use serde::Serialize;
use superbill::edi::check::{CheckOptions, CheckSummary, Checker, CodeSets, Finding, PartnerRules};
use superbill::x12::Severity;

#[derive(Serialize)]
struct Row<'f> {
    file: &'f str,
    snip: u8,
    rule: &'static str,
    severity: String,
    segment: u64,
    segment_id: Option<&'static str>,
    element: Option<u8>,
    component: Option<u8>,
    offset: u64,
    #[serde(rename = "loop")]
    in_loop: Option<&'static str>,
    transaction: Option<u64>,
    claim: Option<u64>,
    message: &'f str,
}

#[derive(Serialize)]
struct Summary<'f> {
    file: &'f str,
    summary: bool,
    interchanges: u64,
    groups: u64,
    transactions: u64,
    claims: u64,
    segments: u64,
    errors: u64,
    warnings: u64,
    /// Findings that the rules of the trading partner silence.
    silenced: u64,
}

impl FailOn {
    /// Whether a severity is this or worse.
    fn is_reached(self, severity: Severity) -> bool {
        match self {
            Self::Info => true,
            Self::Warning => severity >= Severity::Warning,
            Self::Error => severity >= Severity::Error,
            Self::Never => false,
        }
    }
}

pub(crate) fn run(arguments: &X12Check, output: &mut Output) -> Result<bool, CliError> {
    let options = CheckOptions::up_to(arguments.snip);
    let tables = Tables::load(&arguments.data.data)?;
    let icd10cm = tables.icd10cm()?;
    let hcpcs = service_tables::hcpcs(&tables)?;
    let sets = CodeSets::shapes()
        .with_icd10cm(&icd10cm)
        .with_hcpcs(&hcpcs)
        .with_cpt(service_tables::cpt(&tables)?)
        .with_lists(service_tables::code_lists(&tables)?);
    let partner = match &arguments.partner {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| CliError::file(path, error))?;
            Some(PartnerRules::parse(&text).map_err(|error| CliError::Partner { file: name(path), error })?)
        }
        None => None,
    };
    let mut failed = false;
    for file in files::all(&arguments.files)? {
        let (source, length) = file.open()?;
        let mut checker = Checker::new(options).with_code_sets(sets.clone());
        if let Some(rules) = &partner {
            checker = checker.with_partner(rules.clone());
        }
        let mut bar = Bar::new();
        let mut result = Ok(());
        let mut printed = false;
        let summary = checker.read(
            source,
            &mut |finding| {
                failed |= arguments.fail_on.is_reached(finding.severity);
                if result.is_ok() && !arguments.summary && arguments.show.is_reached(finding.severity) {
                    if !printed && !output.is_json() {
                        result = output.line(format!("{}:", file.name));
                    }
                    printed = true;
                    result = core::mem::replace(&mut result, Ok(())).and_then(|()| print(&file.name, &finding, output));
                }
            },
            &mut |done| {
                if let Some(length) = length {
                    bar.show(done, length);
                }
            },
        );
        bar.clear();
        result?;
        summarise(&file.name, &summary.map_err(|error| file.error(error))?, output)?;
    }
    Ok(failed)
}

fn print(file: &str, finding: &Finding, output: &mut Output) -> Result<(), CliError> {
    let some = |text: &'static str| (!text.is_empty()).then_some(text);
    if output.is_json() {
        return output.object(&Row {
            file,
            snip: finding.snip(),
            rule: finding.rule(),
            severity: finding.severity.to_string(),
            segment: finding.segment,
            segment_id: some(finding.segment_id),
            element: finding.element.map(|place| place.element),
            component: finding.element.and_then(|place| place.component),
            offset: finding.offset,
            in_loop: some(finding.loop_id),
            transaction: finding.transaction,
            claim: finding.claim,
            message: &finding.message,
        });
    }
    let element = finding.element.map(|place| place.to_string()).unwrap_or_default();
    let mut place = format!("segment {}", finding.segment);
    if !finding.segment_id.is_empty() {
        place += &format!(" {}{element}", finding.segment_id);
    }
    if !finding.loop_id.is_empty() {
        place += &format!(", loop {}", finding.loop_id);
    }
    if let Some(claim) = finding.claim {
        place += &format!(", claim {claim}");
    }
    output.line(format!(
        "  {} {place}: {} [SNIP {} {}]",
        finding.severity,
        finding.message,
        finding.snip(),
        finding.rule()
    ))
}

fn summarise(file: &str, summary: &CheckSummary, output: &mut Output) -> Result<(), CliError> {
    let CheckSummary { interchanges, groups, transactions, claims, segments, errors, warnings, silenced, .. } =
        *summary;
    if output.is_json() {
        let summary = true;
        return output.object(&Summary {
            file,
            summary,
            interchanges,
            groups,
            transactions,
            claims,
            segments,
            errors,
            warnings,
            silenced,
        });
    }
    let count = |number: u64, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    output.line(format!(
        "{file}: {}, {}, {}: {}, {}",
        count(interchanges, "interchange"),
        count(transactions, "transaction"),
        count(claims, "claim"),
        count(errors, "error"),
        count(warnings, "warning")
    ))
}
