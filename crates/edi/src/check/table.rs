//! All checks as a table for readers.

use super::balance::BALANCE;
use super::catalogue::{Check, STRUCTURE};
use super::code_sets::CODE_SETS;
use super::partner::PARTNER;
use super::services::SERVICES;
use super::situations::{self, D, I, P, R, Rule};
use core::fmt::Write;
use superbill_x12::Severity;

/// What stands at the head of the table.
const HEAD: &str = "\
# Checks of X12 files

Written by `SUPERBILL_WRITE_DOCS=1 cargo test -p superbill-edi --test check_catalogue`; the same test fails when this page is not that of the code.

Each finding has a code, which keeps its meaning for ever, and a SNIP type: 1 syntax, 2 guide, 3 balancing, 4 situations, 5 code sets, 6 product types and lines
of service, 7 trading partners. An error breaks the standard or the guide; a warning is a practice that payers ask for, or a guide's \"do not send\" that most of
them overlook. Sources name the guide's loop, segment or element; \"note\" is the guide's note on it.
";

/// All checks with what they find and who asks for it, as Markdown.
#[must_use]
pub fn catalogue() -> String {
    let mut out = HEAD.to_owned();
    family(&mut out, "Syntax and guide", STRUCTURE);
    family(&mut out, "Amounts", BALANCE);
    for (name, rules) in situations::RULES {
        situation(&mut out, name, rules);
    }
    family(&mut out, "Code sets", CODE_SETS);
    services(&mut out);
    family(&mut out, "Trading partners", PARTNER);
    out
}

fn severity(check: &Check) -> &'static str {
    match check.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        _ => "info",
    }
}

// Writing to a string does not fail.
fn family(out: &mut String, name: &str, checks: &[&Check]) {
    let _ = write!(out, "\n## {name}\n\n| code | SNIP | severity | what is wrong |\n|---|---|---|---|\n");
    for check in checks {
        let _ = writeln!(out, "| `{}` | {} | {} | {} |", check.id, check.snip, severity(check), check.what);
    }
}

fn services(out: &mut String) {
    let head = "| code | SNIP | severity | what is wrong | source |\n|---|---|---|---|---|\n";
    let _ = write!(out, "\n## Lines of service\n\n{head}");
    for check in SERVICES {
        let source = check.service_source().unwrap_or_default();
        let _ = writeln!(out, "| `{}` | {} | {} | {} | {source} |", check.id, check.snip, severity(check), check.what);
    }
}

fn situation(out: &mut String, name: &str, rules: &[Rule]) {
    let _ = write!(
        out,
        "\n## {name}\n\n| code | SNIP | severity | transactions | what is wrong | source |\n|---|---|---|---|---|---|\n"
    );
    for Rule { check, kinds, source, .. } in rules {
        let all = [(P, "837P"), (I, "837I"), (D, "837D"), (R, "835")];
        let named: Vec<&str> = all.iter().filter(|(bit, _)| kinds & bit != 0).map(|(_, name)| *name).collect();
        let (id, snip, what) = (check.id, check.snip, check.what);
        let _ = writeln!(out, "| `{id}` | {snip} | {} | {} | {what} | {source} |", severity(check), named.join(", "));
    }
}
