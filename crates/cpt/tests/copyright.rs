//! No list of codes is shipped: numbers of the code set stand in two files, and everywhere else only numbers that these name, ends of ranges with
//! their neighbours, or invented ones.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The numbers that rules of evaluation and management name, each with its reason.
const CODES: &str = "src/em/codes.rs";
/// The ranges of sections and subsections.
const RANGES: &str = "src/section/ranges.rs";
/// No code of five digits has a number below; fixtures and examples invent theirs there.
const FIRST: u32 = 100;

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.push(path);
        }
    }
}

fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The words of a text that have the shape of a code: five digits (an underscore among them or not), or four and a letter of a category. A page
/// of the Federal Register, behind `FR`, is none.
fn numbers(text: &str) -> BTreeSet<String> {
    let mut before = "";
    let mut found = BTreeSet::new();
    for word in text.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_')) {
        let page = core::mem::replace(&mut before, word) == "FR";
        let number = word.replace('_', "");
        let Some((digits, last)) = number.split_at_checked(4) else { continue };
        let letter = |byte: u8| byte.is_ascii_digit() || b"AFMTU".contains(&byte);
        if !page && digits.bytes().all(|byte| byte.is_ascii_digit()) && last.len() == 1 && last.bytes().all(letter) {
            found.insert(number);
        }
    }
    found
}

fn read(name: &str) -> String {
    fs::read_to_string(crate_folder().join(name)).unwrap()
}

#[test]
fn numbers_of_codes_stand_in_two_files_alone() {
    let mut sources = Vec::new();
    files(&crate_folder().join("src"), &mut sources);
    assert!(sources.len() > 20, "the sources are there");
    let allowed = [CODES, RANGES].map(|name| crate_folder().join(name));
    for path in &allowed {
        assert!(sources.contains(path), "{} is there", path.display());
    }
    for path in sources.iter().filter(|path| !allowed.contains(path)) {
        let text = fs::read_to_string(path).unwrap();
        let found: Vec<String> = numbers(&text).into_iter().filter(|number| !is_invented(number)).collect();
        // The example of a modifier names an end of a range.
        let excused = path.ends_with("src/modifier/mod.rs").then_some("99499");
        assert!(found.iter().all(|number| Some(number.as_str()) == excused), "{}: {found:?}", path.display());
    }
}

/// Below the first code; with a letter, the number none and the last ten, which no category has come to.
fn is_invented(number: &str) -> bool {
    match number.parse::<u32>() {
        Ok(number) => number < FIRST,
        Err(_) => number.starts_with("0000") || number.starts_with("999"),
    }
}

/// Tests and documents name no further number.
#[test]
fn tests_name_no_number_that_the_two_files_do_not() {
    let ends: BTreeSet<u32> = numbers_of_ranges();
    let named = numbers(&read(CODES));
    let mut others = vec![crate_folder().join("README.md")];
    files(&crate_folder().join("tests"), &mut others);
    for path in others {
        // A proptest seed is a number of its own.
        if path.extension().is_none_or(|end| end != "rs" && end != "md") {
            continue;
        }
        for number in numbers(&fs::read_to_string(&path).unwrap()) {
            let near = number
                .parse::<u32>()
                .is_ok_and(|number| (number.saturating_sub(1)..=number + 1).any(|near| ends.contains(&near)));
            let whole_category =
                ["0001", "9999"].iter().any(|digits| number.starts_with(digits) && !number.ends_with(char::is_numeric));
            assert!(
                is_invented(&number) || named.contains(&number) || near || whole_category,
                "{}: {number} is named by no rule and ends no range",
                path.display()
            );
        }
    }
}

/// All numbers of the ranges file, as numbers: those of anaesthesia are written without their zeros.
fn numbers_of_ranges() -> BTreeSet<u32> {
    read(RANGES)
        .split(|character: char| !(character.is_ascii_digit() || character == '_'))
        .filter_map(|word| word.replace('_', "").parse().ok())
        .collect()
}

#[test]
fn the_numbers_that_rules_name_are_few() {
    let count = numbers(&read(CODES)).len();
    assert!((40..80).contains(&count), "{count} numbers: a list of codes has no place here");
}
