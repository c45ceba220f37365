//! `superbill search`: ranked codes with the words that matched.

use crate::arguments::Search;
use crate::error::CliError;
use crate::output::Output;
use crate::tables::Tables;
use serde::Serialize;
use superbill::icd10cm::search::{Matched, PhraseMatch, Scratch};
use superbill::icd10cm::{ALPHABETIC_KIND, AlphabeticIndex};

#[derive(Serialize)]
struct Row {
    code: String,
    title: Option<String>,
    score: i32,
    billable: bool,
    matched: Vec<Word>,
}

#[derive(Serialize)]
struct Word {
    /// The word of the query.
    query: String,
    /// The bytes of the word in the query.
    span: [usize; 2],
    /// The word that was found; null for a code and for the Alphabetic Index.
    word: Option<String>,
    place: &'static str,
    how: &'static str,
}

pub(crate) fn run(arguments: &Search, output: &mut Output) -> Result<bool, CliError> {
    let tables = Tables::load(&arguments.data.data)?;
    let table = tables.icd10cm()?;
    let date = arguments.on.date()?;
    table.check_date(date)?;
    let on = table.on(date);
    let text = arguments.text.join(" ");
    let search = tables.search()?;
    let fused = index_matches(&tables, &text, arguments.limit)?;
    let mut query = search.query(&text, on).limit(arguments.limit).fold(!arguments.headers).fuse(&fused);
    if arguments.billable {
        query = query.billable_only();
    }
    if let Some(chapter) = arguments.chapter {
        query = query.chapter(chapter);
    }
    let mut scratch = Scratch::default();
    let hits = query.run(&mut scratch);
    for hit in hits.iter() {
        let matched = hit.matched().map(|matched| word(&text, &matched)).collect();
        let title = on.title(hit.code()).map(|title| title.to_string());
        let row = Row { code: hit.code().to_string(), title, score: hit.score(), billable: hit.is_billable(), matched };
        print(&row, output)?;
    }
    if !output.is_json() {
        if hits.is_empty() {
            output.line(format!("nothing found on {date}: try fewer or other words"))?;
        }
        if hits.ignored_words() > 0 {
            output.line(format!(
                "the last {} words were not used: a query has at most {} words",
                hits.ignored_words(),
                superbill::icd10cm::search::MAX_WORDS
            ))?;
        }
    }
    Ok(false)
}

fn index_matches(tables: &Tables, text: &str, limit: usize) -> Result<Vec<PhraseMatch>, CliError> {
    let mut matches = Vec::new();
    if let Some(loaded) = tables.of(ALPHABETIC_KIND.as_str()).last() {
        let index = AlphabeticIndex::from_bytes(&loaded.bytes);
        let index = index.and_then(|index| index.verify().map(|()| index));
        let index = index.map_err(|error| CliError::Damaged { file: loaded.file.clone(), error })?;
        let asked = text.split_whitespace().count() as f32;
        for hit in index.matches(text, limit) {
            // A path with more words than the query says more than was asked.
            let path = hit.entry.phrase().split_whitespace().count().max(1) as f32;
            let share = hit.coverage.min(asked / path);
            matches.push(PhraseMatch { code: hit.code.code(), start: 0, end: text.len(), share });
        }
    }
    Ok(matches)
}

fn word(text: &str, matched: &Matched<'_>) -> Word {
    Word {
        query: text.get(matched.span.clone()).unwrap_or_default().to_owned(),
        span: [matched.span.start, matched.span.end],
        word: Some(matched.word.to_owned()).filter(|word| !word.is_empty()),
        place: matched.place.name(),
        how: matched.how.name(),
    }
}

fn print(row: &Row, output: &mut Output) -> Result<(), CliError> {
    if output.is_json() {
        return output.object(row);
    }
    let header = if row.billable { "" } else { " (header)" };
    output.line(format!("{:<9} {}{header}", row.code, row.title.as_deref().unwrap_or("(no source has the title)")))?;
    let part = |word: &Word| {
        let how = if word.how == "exact" { String::new() } else { format!(" {}", word.how) };
        let found = word.word.as_deref().filter(|found| !found.eq_ignore_ascii_case(&word.query));
        let found = found.map_or_else(String::new, |found| format!(" = {found}"));
        format!("{}{found} ({}{how})", word.query, word.place.replace('_', " "))
    };
    let words: Vec<String> = row.matched.iter().map(part).collect();
    if words.is_empty() { Ok(()) } else { output.line(format!("{:<9} {}", "", words.join(", "))) }
}
