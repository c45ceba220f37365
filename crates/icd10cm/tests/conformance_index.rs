//! The four indexes against the official files, where the folder is given. The files are read here a second time, by other means.
#![cfg(feature = "import")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use roxmltree::{Document, Node};
use std::fmt::Write as _;
use std::io::Read;
use superbill_icd10cm::{
    AlphabeticIndex, Behavior, CrossReferenceTarget, DrugTable, ExternalCauseIndex, IndexEntry, Intent, NeoplasmTable,
    ReferenceKind, TrailEnd, import,
};

fn read(name: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("SUPERBILL_CONFORMANCE").map(std::path::PathBuf::from) else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return None;
    };
    let file = std::fs::File::open(folder.join("icd10cm").join(name)).unwrap();
    let mut bytes = Vec::new();
    ruzstd::decoding::StreamingDecoder::new(file).unwrap().read_to_end(&mut bytes).unwrap();
    Some(bytes)
}

/// An entry as the file has it.
#[derive(Debug, Clone, Default)]
struct Row {
    /// Titles from the main term down: whole, and without nonessential modifiers.
    whole: Vec<String>,
    essential: Vec<String>,
    code: Option<String>,
    cells: [Option<String>; 8],
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rows(xml: &str) -> Vec<Row> {
    fn entry(node: Node<'_, '_>, above: &Row, into: &mut Vec<Row>) {
        let child = |name: &str| node.children().find(|child| child.has_tag_name(name));
        let text = |name: &str| child(name).map(|node| squeeze(node.text().unwrap_or_default()));
        let title = child("title").unwrap();
        let whole: String = title.descendants().filter_map(|n| n.text().filter(|_| n.is_text())).collect();
        let essential: String =
            title.children().filter(|n| n.is_text()).map(|n| format!("{} ", n.text().unwrap())).collect();
        let mut row = Row { code: text("code"), ..Row::default() };
        row.whole = above.whole.iter().cloned().chain([squeeze(&whole)]).collect();
        row.essential = above.essential.iter().cloned().chain([squeeze(&essential)]).collect();
        for cell in node.children().filter(|child| child.has_tag_name("cell")) {
            let column: usize = cell.attribute("col").unwrap().parse().unwrap();
            let text = cell.text().unwrap_or_default().trim();
            row.cells[column] = (!text.trim_matches('-').is_empty()).then(|| text.to_owned());
        }
        into.push(row.clone());
        for term in node.children().filter(|child| child.has_tag_name("term")) {
            entry(term, &row, into);
        }
    }
    let document = Document::parse(xml).unwrap();
    let mut found = Vec::new();
    for node in document.descendants().filter(|node| node.has_tag_name("mainTerm")) {
        entry(node, &Row::default(), &mut found);
    }
    found
}

/// The words of a path without punctuation, in the order of the book.
fn plain(titles: &[String]) -> String {
    let text = titles.join(" ");
    squeeze(&text.replace([',', ';', ':', '"', '(', ')', '[', ']'], " "))
}

/// The same words in an order of no meaning: it depends on the text alone.
fn scrambled(text: &str) -> String {
    let key = |word: &&str| {
        word.bytes().fold(0xCBF2_9CE4_8422_2325u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01B3))
    };
    let mut words: Vec<&str> = text.split(' ').collect();
    words.sort_by_key(key);
    words.join(" ")
}

/// Subterms before the terms above them, as people say it: `ankle fracture`.
fn backward(titles: &[String]) -> String {
    plain(&titles.iter().rev().cloned().collect::<Vec<_>>())
}

fn share(found: usize, all: usize) -> f64 {
    found as f64 / all as f64
}

/// How often a way of asking gives exactly the code of the file; the first misses are printed.
fn exact<'r>(
    name: &str,
    rows: &'r [Row],
    code: impl Fn(&'r Row) -> Option<&'r str>,
    ask: impl Fn(&Row) -> Option<String>,
) -> f64 {
    let (mut all, mut found, mut missed) = (0, 0, Vec::new());
    for row in rows {
        let Some(code) = code(row) else { continue };
        all += 1;
        let answer = ask(row);
        if answer.as_deref() == Some(code) {
            found += 1;
        } else if missed.len() < 400 {
            missed.push(format!("{} -> {code}, not {}", row.essential.join(" > "), answer.unwrap_or_default()));
        }
    }
    println!("{name}: {found} of {all} exact, {:.2} %", 100.0 * share(found, all));
    if std::env::var_os("SUPERBILL_SHOW_MISSES").is_some() {
        for line in &missed {
            println!("  {line}");
        }
    }
    share(found, all)
}

fn printed(code: superbill_icd10cm::IndexCode) -> String {
    // Files print `A18.-` and `A18-`.
    code.to_string().replace(".-", "-")
}

#[test]
fn external_cause_paths_lead_back_to_their_codes() {
    let Some(bytes) = read("icd-10-cm-eindex-2025.xml.zst") else { return };
    let xml = String::from_utf8(bytes).unwrap();
    let table = import::external_cause_index(xml.as_bytes(), "icd-10-cm-eindex-2025.xml", None).unwrap();
    let index = ExternalCauseIndex::from_bytes(&table).unwrap();
    index.verify().unwrap();
    println!("external cause index: {} entries, {} bytes", index.len(), table.len());
    assert_eq!(index.release().unwrap().to_string(), "2024-10-01");
    let rows = rows(&xml);
    assert_eq!((rows.len(), index.len(), index.main_terms().count()), (8064, 8064, 314));
    for (row, entry) in rows.iter().zip(index.entries()) {
        assert_eq!(plain(&row.whole).replace(' ', ""), plain(&[entry.path()]).replace(' ', ""));
        assert_eq!(row.code.as_deref().map(|code| code.replace(".-", "-")), entry.code().map(printed));
    }
    let code = |row: &'static Row| row.code.as_deref();
    let rows: &'static [Row] = rows.leak();
    let walked = |path: String| index.walk(&path).entry()?.code().map(printed);
    assert!(exact("walk, path as cited", rows, code, |row| walked(row.whole.join(", "))) >= 0.99);
    assert!(exact("walk, path without modifiers", rows, code, |row| walked(row.essential.join(", "))) >= 0.99);
    // The entry's own code, or that to which its `see` leads.
    let found = |text: String| match index.find(&text, 1).first()?.entry.follow().end {
        TrailEnd::Code(code) => Some(printed(code)),
        _ => None,
    };
    assert!(exact("find, words in order", rows, code, |row| found(plain(&row.essential))) >= 0.99);
    assert!(exact("find, words and modifiers in order", rows, code, |row| found(plain(&row.whole))) >= 0.98);
    assert!(exact("find, subterms first", rows, code, |row| found(backward(&row.essential))) >= 0.98);
    // Some paths have the words of others: car occupant in collision with bus, bus occupant in collision with car.
    assert!(exact("find, words scrambled", rows, code, |row| found(scrambled(&plain(&row.essential)))) >= 0.97);
    references("external cause index", index.entries(), 0.97);
}

#[test]
fn neoplasm_sites_lead_back_to_their_codes() {
    let Some(bytes) = read("icd-10-cm-neoplasm-2025.xml.zst") else { return };
    let xml = String::from_utf8(bytes).unwrap();
    let table = import::neoplasm_table(xml.as_bytes(), "icd-10-cm-neoplasm-2025.xml", None).unwrap();
    let neoplasm = NeoplasmTable::from_bytes(&table).unwrap();
    neoplasm.verify().unwrap();
    println!("table of neoplasms: {} entries, {} bytes", neoplasm.len(), table.len());
    let rows: &'static [Row] = rows(&xml).leak();
    assert_eq!((rows.len(), neoplasm.len()), (1939, 1939));
    for (name, text) in ways() {
        let mut least: f64 = 1.0;
        for behavior in Behavior::ALL {
            let code = |row: &'static Row| row.cells[usize::from(behavior.column())].as_deref();
            let ask = |row: &Row| neoplasm.find(&text(row))?.code(behavior).map(|code| code.to_string());
            least = least.min(exact(&format!("find, {name}, {behavior}"), rows, code, ask));
        }
        assert!(least >= 0.99, "{name}");
    }
    let code = |row: &'static Row| row.cells[2].as_deref();
    let walked = |path: String| {
        let entry = neoplasm.walk(&path).entry()?;
        let site = neoplasm.entries().nth(entry.ordinal() as usize)?;
        site.code(Behavior::MalignantPrimary).map(|code| code.to_string())
    };
    assert!(exact("walk, path as cited", rows, code, |row| walked(row.whole.join(", "))) >= 0.99);
    assert!(
        exact("walk, path without the first term", rows, code, |row| walked(row.essential[1..].join(", "))) >= 0.99
    );
    references("table of neoplasms", neoplasm.entries().map(|site| site.entry()), 0.99);
}

type Way = (&'static str, fn(&Row) -> String);

fn ways() -> [Way; 4] {
    [
        ("words in order", |row| plain(&row.essential)),
        ("words and modifiers in order", |row| plain(&row.whole)),
        ("subterms first", |row| backward(&row.essential)),
        ("words scrambled", |row| scrambled(&plain(&row.essential))),
    ]
}

#[test]
fn substances_lead_back_to_their_codes() {
    let Some(bytes) = read("icd-10-cm-drug-2025.xml.zst") else { return };
    let xml = String::from_utf8(bytes).unwrap();
    let table = import::drug_table(xml.as_bytes(), "icd-10-cm-drug-2025.xml", None).unwrap();
    let drugs = DrugTable::from_bytes(&table).unwrap();
    drugs.verify().unwrap();
    println!("table of drugs and chemicals: {} entries, {} bytes", drugs.len(), table.len());
    let rows: &'static [Row] = rows(&xml).leak();
    assert_eq!((rows.len(), drugs.len()), (7428, 7428));
    for (name, text) in ways() {
        let (mut all, mut found) = (0, 0);
        for row in rows {
            if row.cells.iter().all(Option::is_none) {
                continue;
            }
            let drug = drugs.find(&text(row));
            for intent in Intent::ALL {
                let Some(code) = row.cells[usize::from(intent.column())].as_deref() else { continue };
                all += 1;
                let answer = drug.and_then(|drug| drug.code(intent)).map(|code| code.to_string());
                found += usize::from(answer.as_deref() == Some(code));
                if answer.as_deref() != Some(code)
                    && intent == Intent::PoisoningAccidental
                    && std::env::var_os("SUPERBILL_SHOW_MISSES").is_some()
                {
                    println!(
                        "  {} -> {code}, not {answer:?} {:?}",
                        row.essential.join(" > "),
                        drug.map(|drug| drug.entry().path())
                    );
                }
            }
        }
        println!("find, {name}: {found} of {all} cells exact, {:.2} %", 100.0 * share(found, all));
        assert!(share(found, all) >= 0.99, "{name}");
    }
    references("table of drugs and chemicals", drugs.entries().map(|drug| drug.entry()), 0.9);
}

/// The share of references that lead somewhere, by kind of target.
fn references<'t>(name: &str, entries: impl Iterator<Item = IndexEntry<'t>>, least: f64) {
    let (mut all, mut circles, mut counts) = (0, 0, std::collections::BTreeMap::new());
    for entry in entries {
        for reference in entry.references() {
            all += 1;
            let kind = match reference.target() {
                CrossReferenceTarget::Entry(_) => "entry",
                CrossReferenceTarget::Codes { .. } => "codes",
                CrossReferenceTarget::Condition => "condition",
                CrossReferenceTarget::Unresolved => "unresolved",
                _ => "another book",
            };
            *counts.entry(kind).or_insert(0) += 1;
            if kind == "unresolved" && std::env::var_os("SUPERBILL_SHOW_MISSES").is_some() {
                println!("  unresolved: {} | {}", entry.path(), reference.text());
            }
            assert!(reference.text().ends_with(reference.rest()));
        }
        let trail = entry.follow();
        assert!(!trail.entries.is_empty() && trail.entries.len() <= 18);
        circles += usize::from(matches!(trail.end, TrailEnd::Circle));
        if matches!(trail.end, TrailEnd::Circle) && std::env::var_os("SUPERBILL_SHOW_MISSES").is_some() {
            println!("  circle: {:?}", trail.entries);
        }
    }
    let unresolved = counts.get("unresolved").copied().unwrap_or(0);
    println!("{name}: {all} references, {:.2} % lead somewhere: {counts:?}", 100.0 * (1.0 - share(unresolved, all)));
    println!("{name}: {circles} entries whose references lead in a circle");
    assert!(1.0 - share(unresolved, all) >= least);
}

/// The rows of the CSV rendering: level, term, see, see also, nonessential modifiers, code.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                rows.last_mut().unwrap().last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => rows.last_mut().unwrap().push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            other => rows.last_mut().unwrap().last_mut().unwrap().push(other),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The official schema from the CSV rendering of the Alphabetic Index.
fn index_xml(rows: &[Vec<String>]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ICD10CM.index>\n<version>2025</version>\n<title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>\n",
    );
    let mut open: Vec<&str> = Vec::new();
    let mut letter = "";
    for row in rows {
        let level: usize = row[2].parse().unwrap();
        while open.len() > level {
            writeln!(xml, "</{}>", open.pop().unwrap()).unwrap();
        }
        if row[1] != letter {
            if !letter.is_empty() {
                xml.push_str("</letter>\n");
            }
            letter = &row[1];
            writeln!(xml, "<letter><title>{letter}</title>").unwrap();
        }
        let name = if level == 0 { "mainTerm" } else { "term" };
        let attribute = if level == 0 { String::new() } else { format!(" level=\"{level}\"") };
        let modifiers = if row[6].is_empty() { String::new() } else { format!("<nemod>{}</nemod>", escape(&row[6])) };
        writeln!(xml, "<{name}{attribute}><title>{}{modifiers}</title>", escape(&row[3])).unwrap();
        for (element, place) in [("see", 4), ("seeAlso", 5), ("code", 7)] {
            if !row[place].is_empty() {
                writeln!(xml, "<{element}>{}</{element}>", escape(&row[place])).unwrap();
            }
        }
        open.push(name);
    }
    while let Some(name) = open.pop() {
        writeln!(xml, "</{name}>").unwrap();
    }
    xml.push_str("</letter></ICD10CM.index>\n");
    xml
}

#[test]
fn the_alphabetic_index_is_whole_and_every_row_is_found_by_its_path() {
    let Some(bytes) = read("alphabetic-index-2025.csv.zst") else { return };
    let rows = csv(&String::from_utf8(bytes).unwrap());
    let rows = &rows[1..];
    let xml = index_xml(rows);
    let start = std::time::Instant::now();
    let table = import::alphabetic_index(xml.as_bytes(), "icd10cm-index-2025.xml", None).unwrap();
    println!("alphabetic index: imported in {:?}", start.elapsed());
    let index = AlphabeticIndex::from_bytes(&table).unwrap();
    index.verify().unwrap();
    let count = |wanted: fn(&IndexEntry<'_>) -> bool| index.entries().filter(wanted).count();
    let see = |entry: &IndexEntry<'_>, kind| entry.references().find(|r| r.kind() == kind).map(|r| r.text().to_owned());
    println!("alphabetic index: {} entries, {} bytes", index.len(), table.len());
    assert_eq!(index.len(), 81_024);
    assert_eq!(index.main_terms().count(), 8_100);
    assert_eq!(count(|entry| entry.code().is_some()), 62_721);
    assert_eq!(count(|entry| entry.references().any(|r| r.kind() == ReferenceKind::See)), 12_136);
    assert_eq!(count(|entry| entry.references().any(|r| r.kind() == ReferenceKind::SeeAlso)), 2_057);

    let mut path: Vec<String> = Vec::new();
    let mut short: Vec<String> = Vec::new();
    let (mut exact, mut equal, mut without, mut missed) = (0, 0, 0, 0);
    let (mut asked, mut found_in_order, mut found_backward, mut found_scrambled) = (0, 0, 0, 0);
    for (row, own) in rows.iter().zip(index.entries()) {
        let level: usize = row[2].parse().unwrap();
        path.truncate(level);
        short.truncate(level);
        path.push(squeeze(&format!("{}{}", row[3], row[6])));
        short.push(squeeze(&row[3]));
        let matches = |entry: &IndexEntry<'_>| {
            let text = |text: &str| Some(squeeze(text)).filter(|text| !text.is_empty());
            entry.code().map(printed) == text(&row[7]).map(|code| code.replace(".-", "-"))
                && see(entry, ReferenceKind::See) == text(&row[4])
                && see(entry, ReferenceKind::SeeAlso) == text(&row[5])
        };
        assert!(matches(&own), "{path:?}");
        let walked = index.walk(&path.join(", "));
        let found = walked.is_complete() && walked.entry().is_some_and(|entry| matches(&entry));
        exact += usize::from(found);
        // Equal paths of the official file: the row is one of those that the walk names.
        let among = walked.is_complete() && walked.entries().contains(&own);
        equal += usize::from(!found && among);
        if !found && !among {
            missed += 1;
            println!("  missed: {path:?} came to {:?}, rest {:?}", walked.entry(), walked.rest());
        }
        let walked = index.walk(&short.join(", "));
        if own.code().is_some() && own.ordinal() % 8 == 0 {
            asked += 1;
            let leads = |text: String| {
                let found = index.find(&text, 1);
                let end = found.first().map(|found| found.entry.follow().end);
                usize::from(matches!(end, Some(TrailEnd::Code(code)) if Some(code) == own.code()))
            };
            found_in_order += leads(plain(&short));
            found_backward += leads(backward(&short));
            found_scrambled += leads(scrambled(&plain(&short)));
        }
        without += usize::from(walked.is_complete() && walked.entry().is_some_and(|entry| matches(&entry)));
    }
    println!("walk, path as cited: {exact} of {} rows, {equal} more among equal paths, {missed} missed", rows.len());
    println!(
        "walk, path without modifiers: {without} of {} rows, {:.2} %",
        rows.len(),
        100.0 * share(without, rows.len())
    );
    for (name, found) in
        [("words in order", found_in_order), ("subterms first", found_backward), ("words scrambled", found_scrambled)]
    {
        println!("find, {name}: {found} of {asked} exact (each eighth entry), {:.2} %", 100.0 * share(found, asked));
        assert!(share(found, asked) >= 0.99, "{name}");
    }
    assert!(share(without, rows.len()) >= 0.99);
    assert_eq!(missed, 0);
    assert!(equal < 20);
    references("alphabetic index", index.entries(), 0.97);
}
