//! Lines to records: order, sequence and joining.

use super::record::{Entry, Line, Owner};
use crate::code::HcpcsCode;
use std::collections::BTreeSet;
use superbill_core::Modifier;
use superbill_table::import::ImportError;

/// Where the last part of every release begins.
const FIRST_OF_LAST: &str = "V5000";

/// How a form numbers the lines of a record and joins their texts.
pub(crate) struct Rules {
    /// The step of sequence numbers; `None` where the first line of each record says it, 10 or 100.
    pub(crate) step: Option<u32>,
    /// Whether records ascend by their code, modifiers first.
    pub(crate) ordered: bool,
}

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Assembled {
    pub(crate) entries: Vec<Entry>,
    /// Records of CPT codes and modifiers that were dropped.
    pub(crate) level_one: usize,
    /// Records of dental codes that were dropped.
    pub(crate) dental: usize,
    /// Lines that went on with a long title.
    pub(crate) continued: usize,
}

/// Puts lines together.
pub(crate) struct Assembler {
    rules: Rules,
    done: Assembled,
    open: Option<Open>,
    last_code: String,
    /// Of a form that may be out of order: the codes that were there.
    codes: BTreeSet<String>,
    modifiers: Vec<Modifier>,
}

struct Open {
    code: String,
    sequence: u32,
    step: u32,
    entry: Entry,
}

impl Assembler {
    pub(crate) fn new(rules: Rules) -> Self {
        Self {
            rules,
            done: Assembled::default(),
            open: None,
            last_code: String::new(),
            codes: BTreeSet::new(),
            modifiers: Vec::new(),
        }
    }

    /// Takes the next line.
    pub(crate) fn take(&mut self, line: Line) -> Result<(), ImportError> {
        let [code_column, sequence_column, identification_column] = line.columns;
        let wrong = |column, expected| Err(ImportError::line(line.number, column, expected));
        let Some(owner) = Owner::of(&line.code) else {
            return wrong(code_column, "a code of five characters, or a modifier of two");
        };
        let Some(first) = Owner::first_line(&line.code, line.identification) else {
            return wrong(identification_column, "record identification 3 or 4 for a code, 7 or 8 for a modifier");
        };
        if !first {
            return self.go_on(&line);
        }
        let step = self.rules.step.unwrap_or(if line.sequence == 100 { 100 } else { 10 });
        if line.sequence != step {
            return wrong(
                sequence_column,
                "the first sequence number of a record: its first line is missing or the code stands twice",
            );
        }
        self.close();
        if line.code.len() == 5 && !self.rules.ordered && !self.codes.insert(line.code.clone()) {
            return wrong(code_column, "a code that does not stand in the file already: it was joined from several");
        }
        match owner {
            Owner::Modifier(modifier) => match self.modifiers.binary_search(&modifier) {
                Ok(_) => return wrong(code_column, "a modifier that does not stand in the file already"),
                Err(at) => {
                    if self.rules.ordered && (at < self.modifiers.len() || !self.last_code.is_empty()) {
                        return wrong(
                            code_column,
                            "modifiers in order, before all codes: the file was changed or joined from several",
                        );
                    }
                    self.modifiers.insert(at, modifier);
                }
            },
            _ if line.code.len() == 5 && self.rules.ordered => {
                if line.code <= self.last_code {
                    return wrong(
                        code_column,
                        "a code behind the one before it in order: the file was changed or joined from several",
                    );
                }
                self.last_code.clone_from(&line.code);
            }
            _ => {}
        }
        let Line { code, sequence, long, short, fields, days, .. } = line;
        self.open = Some(Open { code, sequence, step, entry: Entry { owner, long, short, fields, days } });
        Ok(())
    }

    /// A further piece of a long title.
    fn go_on(&mut self, line: &Line) -> Result<(), ImportError> {
        let [code_column, sequence_column, _] = line.columns;
        let open = self.open.as_mut().filter(|open| open.code == line.code);
        let open = open.ok_or(ImportError::line(
            line.number,
            code_column,
            "the code of the record that this line goes on with",
        ))?;
        if line.sequence != open.sequence.saturating_add(open.step) {
            return Err(ImportError::line(
                line.number,
                sequence_column,
                "the next sequence number of the record: a line is missing",
            ));
        }
        open.sequence = line.sequence;
        join(&mut open.entry.long, &line.long);
        self.done.continued += 1;
        Ok(())
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        match open.entry.owner {
            Owner::LevelOne => self.done.level_one += 1,
            Owner::Dental => self.done.dental += 1,
            Owner::Code(_) | Owner::Modifier(_) => {
                let mut entry = open.entry;
                entry.long.truncate(entry.long.trim_end().len());
                self.done.entries.push(entry);
            }
        }
    }

    /// All records.
    pub(crate) fn finish(mut self) -> Result<Assembled, ImportError> {
        self.close();
        let codes = || {
            self.done
                .entries
                .iter()
                .filter_map(|entry| if let Owner::Code(code) = entry.owner { Some(code) } else { None })
        };
        if self.done.entries.is_empty() {
            return Err(ImportError::File(
                "the file has no record of HCPCS Level II: give the file whose name has ANWEB in it",
            ));
        }
        // Every release goes from transport to hearing services.
        if !codes().any(|code| code.letter() == 'A') {
            return Err(ImportError::File(
                "the file has no codes that begin with A: it is an excerpt, not the whole quarterly file",
            ));
        }
        if !codes().any(|code: HcpcsCode| code.as_str() >= FIRST_OF_LAST) {
            return Err(ImportError::File(
                "the file ends before the hearing services, V5000 and behind: it is cut short",
            ));
        }
        Ok(self.done)
    }
}

/// Joins the text of a further line: a line that was filled to its last column goes on within a word, any other was ended between two.
fn join(long: &mut String, more: &str) {
    let ended = long.ends_with([' ', '\u{A0}']) || more.starts_with(' ');
    if ended {
        long.truncate(long.trim_end().len());
        long.push(' ');
    }
    long.push_str(more.trim_start());
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn a_space_stands_where_a_line_was_ended_between_words() {
        for (one, next, joined) in [
            ("Service of the ", "first kind ", "Service of the first kind "),
            ("Service of      ", "a kind", "Service of a kind"),
            ("Service of", " a kind", "Service of a kind"),
            ("Serv", "ice", "Service"),
        ] {
            let mut text = one.to_owned();
            join(&mut text, next);
            assert_eq!(text, joined);
        }
    }
}
