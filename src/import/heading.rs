//! The row with the names of the columns: where it stands, by which mark its cells are parted, what stands before it.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::import::csv::lines::{LineScan, Lines, cells};
use crate::import::kind::Kind;
use crate::import::report::{Issue, Report};
use crate::import::rules::files;
use crate::import::ssda903::ReturnFile;
use crate::import::{lists, published, ssd};

/// The row with the names of the columns.
#[derive(Debug, PartialEq, Eq)]
pub struct Heading {
    /// By which mark cells are parted.
    pub mark: char,
    /// The names, trimmed and in upper case.
    pub columns: Vec<String>,
}

/// Marks between cells, the usual first.
const MARKS: [char; 4] = [',', ';', '\t', '|'];

/// The header stands among the first so many lines that are not blank.
const FIRST_LINES: usize = 30;

/// Finds the header: the first line with two of the names that are known here, else the first line. The lines go on below
/// it. Nothing when there is no line, or the header is not text, which is told.
pub fn find(file: &Arc<str>, lines: &mut Lines<'_>, report: &mut Report) -> Option<Heading> {
    let mut declared = None;
    let mut before: Vec<u32> = Vec::new();
    let mut found: Option<(usize, char, Lines<'_>, &str)> = None;
    let mut ahead = *lines;
    while let Some((number, line)) = ahead.next() {
        if before.len() > FIRST_LINES {
            break;
        }
        if declared.is_none() && before.is_empty() {
            declared = declared_mark(line);
            if declared.is_some() {
                continue;
            }
        }
        if MARKS.iter().chain(&declared).all(|mark| LineScan::at(line, *mark).is_blank) {
            continue;
        }
        let usual = declared.unwrap_or(',');
        let marks = std::iter::once(usual).chain(MARKS).map(|mark| (known_names(line, mark), mark));
        let (names, mark) = marks.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        if names > 1 {
            found = Some((before.len(), mark, ahead, line));
            break;
        }
        found = found.or(Some((0, usual, ahead, line)));
        before.push(number);
    }
    let Some((titles, mark, below, line)) = found else {
        report.tell(Issue::of_file(file, &files::NO_HEADER));
        return None;
    };
    if LineScan::at(line, mark).has_control {
        report.tell(Issue::of_file(file, &files::NOT_TEXT));
        return None;
    }
    if declared.is_some() || mark != ',' {
        report.tell(Issue::of_file(file, &files::SEPARATOR).because(format!("The mark is {}.", name_of(mark))));
    }
    if let Some(first) = before.first().filter(|_| titles > 0) {
        let count = format!("There are {titles} of them.");
        report.tell(Issue::of_file(file, &files::TITLE).at(*first).because(count));
    }
    *lines = below;
    Some(Heading { mark, columns: names(line, mark) })
}

/// The mark that a first line `sep=;` names.
pub fn declared_mark(line: &str) -> Option<char> {
    let line = line.trim_matches(['"', ' ', '\u{feff}']);
    let (word, mark) = line.split_at_checked(4)?;
    let mut marks = mark.chars();
    let mark = marks.next().filter(|mark| mark.is_ascii_punctuation() || *mark == '\t')?;
    (word.eq_ignore_ascii_case("sep=") && marks.next().is_none() && mark != '"').then_some(mark)
}

fn name_of(mark: char) -> String {
    match mark {
        ',' => "a comma".into(),
        ';' => "a semicolon".into(),
        '\t' => "a tab".into(),
        '|' => "a vertical bar".into(),
        other => other.to_string(),
    }
}

/// The names in a line, without blank ones at its end.
pub fn names(line: &str, mark: char) -> Vec<String> {
    names_of(cells(line, mark).cells.iter())
}

/// The names in the cells of a row, without blank ones at its end.
pub fn names_of<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = cells.map(|name| name.trim_matches(is_no_part_of_a_name).to_uppercase()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

/// Spaces, and byte-order marks of files that were put together.
fn is_no_part_of_a_name(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn known_names(line: &str, mark: char) -> usize {
    // `LA` and `YEAR` may stand in a title as well.
    let tells = |name: &String| is_known(name) && name != "LA" && name != "YEAR";
    names(line, mark).into_iter().filter(tells).collect::<HashSet<String>>().len()
}

/// Whether a name is that of a column of any file that is read here.
pub fn is_known(name: &str) -> bool {
    static KNOWN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let all = || {
        let returns = ReturnFile::ALL.into_iter().flat_map(ReturnFile::columns);
        let lists = Kind::LISTS.into_iter().flat_map(lists::columns);
        let more = ["LA", "YEAR"].iter();
        returns.chain(lists).chain(ssd::columns()).chain(published::columns()).chain(more).copied().collect()
    };
    KNOWN.get_or_init(all).contains(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find_in(text: &str) -> (char, usize, Vec<(&'static str, Option<u32>)>) {
        let mut report = Report::default();
        let mut lines = Lines::of(text);
        let heading = find(&"reviews.csv".into(), &mut lines, &mut report).unwrap();
        let told = report.issues.iter().map(|issue| (issue.rule, issue.row)).collect();
        (heading.mark, heading.columns.len(), told)
    }

    #[test]
    fn the_mark_between_cells_is_known_by_the_names_of_the_columns() {
        for mark in [';', '\t', '|'] {
            let text = format!("child{mark}dob{mark}review{mark}review_code\n1{mark}2,5{mark}3{mark}4\n");
            assert_eq!(find_in(&text), (mark, 4, vec![("FILE-SEPARATOR", None)]));
        }
        assert_eq!(find_in("CHILD,DOB\n1;2,3;4\n"), (',', 2, vec![]));
    }

    #[test]
    fn a_first_line_may_name_the_mark() {
        assert_eq!(find_in("sep=;\nCHILD;DOB\n"), (';', 2, vec![("FILE-SEPARATOR", None)]));
        assert_eq!(find_in("\"SEP=^\"\nfirst^second\n"), ('^', 2, vec![("FILE-SEPARATOR", None)]));
        assert_eq!(declared_mark("sep="), None);
        assert_eq!(declared_mark("separate"), None);
    }

    #[test]
    fn titles_before_the_header_are_passed_over() {
        let told = vec![("FILE-TITLE", Some(1))];
        assert_eq!(
            find_in("Reviews held in the year, by child\n\n\"Made, 1/4/2024\"\nCHILD,DOB,REVIEW\n"),
            (',', 3, told)
        );
        assert_eq!(find_in("LA,YEAR\nHarrow,2024\nCHILD,DOB\n"), (',', 2, vec![("FILE-TITLE", Some(1))]));
        assert_eq!(find_in("CHILD,DOB\n1,2\nCHILD,DECOM,RNE,LS,CIN\n"), (',', 2, vec![]), "the first of two headers");
        let told = vec![("FILE-SEPARATOR", None), ("FILE-TITLE", Some(2))];
        assert_eq!(find_in("sep=;\nReviews\nCHILD;REVIEW\n"), (';', 2, told));
    }

    #[test]
    fn of_files_with_unknown_names_the_first_line_is_the_header() {
        assert_eq!(find_in("town,place\nHarrow,DOB\n"), (',', 2, vec![]));
    }
}
