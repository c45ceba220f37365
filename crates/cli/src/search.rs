//! `superbill search`: ranked codes with the words that matched.

use crate::arguments::Search;
use crate::error::CliError;
use crate::output::Output;
use crate::tables::Tables;
use serde::Serialize;
use superbill::icd10cm::search::{Matched, PhraseMatch, Scratch};
use superbill::icd10cm::{
    ALPHABETIC_KIND, AlphabeticIndex, BookMatch, DRUG_KIND, DrugTable, EXTERNAL_CAUSE_KIND, ExternalCauseIndex,
    IndexBooks, NEOPLASM_KIND, NeoplasmTable,
};

#[derive(Serialize)]
struct Row {
    code: String,
    title: Option<String>,
    score: i32,
    billable: bool,
    matched: Vec<Word>,
    /// The book that has the words; null where the tabular list alone does.
    book: Option<&'static str>,
    /// Where in the book.
    path: Option<String>,
    /// In a table: which column.
    column: Option<&'static str>,
    #[serde(skip)]
    book_title: &'static str,
}

#[derive(Serialize)]
struct Word {
    /// The word of the query.
    query: String,
    /// The bytes of the word in the query.
    span: [usize; 2],
    /// The word that was found; null for a code and for a book.
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
    let places = books(&tables)?.matches(&text, arguments.limit);
    let fused: Vec<PhraseMatch> = places.iter().map(|place| place.phrase).collect();
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
        let place: Option<&BookMatch> = hit.matched().find_map(|matched| places.get(matched.phrase?));
        let row = Row {
            code: hit.code().to_string(),
            title: on.title(hit.code()).map(|title| title.to_string()),
            score: hit.score(),
            billable: hit.is_billable(),
            matched: hit.matched().map(|matched| word(&text, &matched)).collect(),
            book: place.map(|place| place.book.name()),
            path: place.map(|place| place.path.clone()),
            column: place.and_then(|place| place.column),
            book_title: place.map_or("", |place| place.book.title()),
        };
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

/// The books among the tables: of each the newest.
fn books(tables: &Tables) -> Result<IndexBooks<'_>, CliError> {
    let alphabetic = tables.open(ALPHABETIC_KIND, |bytes| {
        let book = AlphabeticIndex::from_bytes(bytes)?;
        book.verify().map(|()| book)
    })?;
    let external_cause = tables.open(EXTERNAL_CAUSE_KIND, |bytes| {
        let book = ExternalCauseIndex::from_bytes(bytes)?;
        book.verify().map(|()| book)
    })?;
    let neoplasm = tables.open(NEOPLASM_KIND, |bytes| {
        let book = NeoplasmTable::from_bytes(bytes)?;
        book.verify().map(|()| book)
    })?;
    let drug = tables.open(DRUG_KIND, |bytes| {
        let book = DrugTable::from_bytes(bytes)?;
        book.verify().map(|()| book)
    })?;
    Ok(IndexBooks {
        alphabetic: alphabetic.into_iter().max_by_key(AlphabeticIndex::release),
        external_cause: external_cause.into_iter().max_by_key(ExternalCauseIndex::release),
        neoplasm: neoplasm.into_iter().max_by_key(NeoplasmTable::release),
        drug: drug.into_iter().max_by_key(DrugTable::release),
    })
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
    // What a book has, its own line says.
    let words: Vec<String> = row.matched.iter().filter(|word| word.place != "index").map(part).collect();
    if !words.is_empty() {
        output.line(format!("{:<9} {}", "", words.join(", ")))?;
    }
    if let Some(path) = &row.path {
        let column = row.column.map_or_else(String::new, |column| format!(": {}", column.replace('_', " ")));
        output.line(format!("{:<9} {}: {path}{column}", "", row.book_title))?;
    }
    Ok(())
}
