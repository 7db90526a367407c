//! Every rule and ruling that a comment or document cites by number is in `docs/methodology.md` or `docs/rulings.md`.

use std::{collections::BTreeSet, fs, path::Path};

use crate::repository;

/// The folders that are searched, with all that they hold, beside the documents in the root.
const FOLDERS: [&str; 7] = ["src", "entity", "migration", "tests", "benches", "docs", "clients"];
/// The documents that are cited, which speak of themselves, and this file, which speaks of mistakes.
const OWN_WORDS: [&str; 3] = ["docs/methodology.md", "docs/rulings.md", "tests/contracts/citations.rs"];
/// The words that a citation begins with.
const WORDS: [&str; 3] = ["methodology", "rulings", "ruling"];

/// What one line cites, and a word of a citation without a number that can be read.
#[derive(Debug, Default, PartialEq)]
struct Cited {
    numbers: Vec<String>,
    unreadable: Option<&'static str>,
}

/// `methodology M12`, `ruling 42`, `rulings R5, 45 and A22`. The name of a document is no citation.
fn cited(line: &str) -> Cited {
    let mut found = Cited::default();
    let lower = line.to_ascii_lowercase();
    for (at, _) in lower.char_indices() {
        let begins = !lower[..at].ends_with(char::is_alphanumeric);
        let Some(word) = WORDS.into_iter().find(|word| begins && lower[at..].starts_with(word)) else { continue };
        let rest = &line[at + word.len()..];
        let mut left = rest.strip_prefix(' ').unwrap_or_default();
        let before = found.numbers.len();
        while let Some(number) = number(left, word) {
            left = &left[number.len()..];
            found.numbers.push(number.to_owned());
            let next = [", ", " and ", " to "].into_iter().find_map(|between| left.strip_prefix(between));
            left = next.unwrap_or_default();
        }
        let is_document = rest.starts_with(".md");
        if found.numbers.len() == before && !is_document && !rest.starts_with(char::is_alphanumeric) {
            found.unreadable = Some(word);
        }
    }
    found
}

/// The number that a text begins with: `M9.5` of the methodology, `42`, `R5` or `A22` of a ruling.
fn number<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let letters: &[char] = if word == "methodology" { &['M'] } else { &['R', 'A'] };
    let digits = text.strip_prefix(letters).or((word != "methodology").then_some(text))?;
    let more = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = text.len() - digits.len() + more(digits);
    let part = text[whole..].strip_prefix('.').map_or(0, more);
    let end = if part > 0 && word == "methodology" { whole + 1 + part } else { whole };
    (more(digits) > 0).then(|| &text[..end])
}

/// The numbers of a document: `## 42. Title` or, at the beginning of a paragraph, `**M9.5.** Words`.
fn numbers_of(text: &str) -> BTreeSet<String> {
    let heading = |line: &str| Some(line.strip_prefix("## ")?.split_once(". ")?.0.to_owned());
    let paragraph = |line: &str| Some(line.strip_prefix("**")?.split_once(".** ")?.0.to_owned());
    text.lines().filter_map(|line| heading(line).or_else(|| paragraph(line))).collect()
}

fn known() -> BTreeSet<String> {
    let read = |path| numbers_of(&fs::read_to_string(repository(path)).unwrap());
    read("docs/methodology.md").union(&read("docs/rulings.md")).cloned().collect()
}

/// Each line of each source and document, with its place.
fn lines(folder: &Path, deep: bool, found: &mut Vec<(String, String)>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let place = path.strip_prefix(repository("")).unwrap().display().to_string();
        if path.is_dir() && deep && !place.ends_with("node_modules") && !place.ends_with("target") {
            lines(&path, deep, found);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "md") {
            let text = fs::read_to_string(&path).unwrap();
            found.extend(text.lines().enumerate().map(|(n, line)| (format!("{place}:{}", n + 1), line.to_owned())));
        }
    }
}

#[test]
fn every_cited_rule_and_ruling_is_written_down() {
    let mut all = Vec::new();
    FOLDERS.iter().for_each(|folder| lines(&repository(folder), true, &mut all));
    lines(&repository(""), false, &mut all);
    let (known, mut count, mut wrong) = (known(), 0, Vec::new());
    for (place, line) in all {
        let in_own_words = OWN_WORDS.iter().any(|own| place.rsplit_once(':').is_some_and(|(file, _)| file == *own));
        let found = if place.starts_with(OWN_WORDS[2]) { Cited::default() } else { cited(&line) };
        count += if in_own_words { 0 } else { found.numbers.len() };
        let missing = found.numbers.into_iter().filter(|number| !known.contains(number));
        wrong.extend(missing.map(|number| format!("{place}: {number} is not there")));
        let unreadable = found.unreadable.filter(|_| !in_own_words);
        wrong.extend(
            unreadable.map(|word| format!("{place}: '{word}' without a number: write ruling 42, methodology M9")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 100, "only {count} citations were found");
}

#[test]
fn a_number_that_is_not_there_and_a_citation_that_cannot_be_read_are_noticed() {
    let numbers = |line| cited(line).numbers;
    assert_eq!(
        numbers("(methodology M9.5, rulings R5, 14 (d)): see ruling A22. Rulings 23 to 25."),
        ["M9.5", "R5", "14", "A22", "23", "25"]
    );
    assert_eq!(numbers("methodology M12. Rulings A13 and A24, code 142"), ["M12", "A13", "A24"]);
    assert!(!known().contains("999") && known().is_superset(&["M9.5", "42", "R5", "A22"].map(str::to_owned).into()));
    for wrong in ["methodology section 3", "by ruling", "(access ruling", "ruling no. 4", "the methodology says"] {
        assert!(cited(wrong).unreadable.is_some() && numbers(wrong).is_empty(), "{wrong}");
    }
    assert_eq!(cited("[rulings](docs/rulings.md)").unreadable, Some("rulings"));
    assert_eq!(cited("docs/methodology.md, unruling, rulingless"), Cited::default());
}
