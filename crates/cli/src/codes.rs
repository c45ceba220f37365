//! `superbill codes`: one code a line.

use crate::arguments::{Codes, System};
use crate::error::CliError;
use crate::output::Output;
use crate::tables::Tables;
use serde::Serialize;
use superbill::icd10cm::Icd10CmCode;

#[derive(Serialize)]
struct Row {
    code: String,
    title: Option<String>,
}

pub(crate) fn run(arguments: &Codes, output: &mut Output) -> Result<bool, CliError> {
    if arguments.system != System::Icd10cm {
        return Err(CliError::NoTable { system: arguments.system.name() });
    }
    let date = arguments.on.date()?;
    let tables = Tables::load(&arguments.data.data)?;
    let table = tables.icd10cm()?;
    table.check_date(date)?;
    let on = table.on(date);
    let mut print = |code: Icd10CmCode| {
        if output.is_json() {
            output.object(&Row { code: code.to_string(), title: on.title(code).map(|title| title.to_string()) })
        } else {
            output.line(code.to_string())
        }
    };
    if arguments.billable {
        on.billable().try_for_each(&mut print)?
    } else {
        on.codes().try_for_each(&mut print)?
    }
    Ok(false)
}
