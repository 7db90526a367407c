//! The lines of a text, and the cells of a line: quotation marks, and cells that hold a line break.

use csv::StringRecord;

/// The lines of a text with their numbers.
#[derive(Clone, Copy)]
pub struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    /// From the beginning of a text.
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// Whether the text ended with the line that was given last, and without a line end.
    pub fn end_open(&self) -> bool {
        self.at > self.text.len()
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u32, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = rest.find('\n').unwrap_or(rest.len());
        let line = rest.get(..end)?;
        let number = self.line;
        self.at += end + 1;
        self.line += 1;
        Some((number, line.strip_suffix('\r').unwrap_or(line)))
    }
}

/// What a line holds, seen in one pass over its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineScan {
    /// Nothing but marks between cells, quotation marks and spaces.
    pub is_blank: bool,
    /// Characters that are not text.
    pub has_control: bool,
    /// Quotation marks.
    pub quotes: usize,
}

impl LineScan {
    /// Looks at a line whose cells are parted by a mark.
    pub fn at(line: &str, mark: char) -> Self {
        let mut look = Self { is_blank: true, ..Self::default() };
        let mut before = 0;
        for byte in line.bytes() {
            match byte {
                b'"' => look.quotes += 1,
                b' ' | b'\t' | b',' => {}
                // The control characters above ASCII are C2 80 to C2 9F in UTF-8.
                0..=0x1F | 0x7F => (look.has_control, look.is_blank) = (true, false),
                0x80..=0x9F if before == 0xC2 => (look.has_control, look.is_blank) = (true, false),
                _ if char::from(byte) == mark => {}
                _ => look.is_blank = false,
            }
            before = byte;
        }
        look
    }
}

/// The cells of a line, and how its quotation marks came out.
#[derive(Debug, PartialEq, Eq)]
pub struct Cells {
    /// The cells.
    pub cells: StringRecord,
    /// A cell that was opened with a quotation mark is not closed.
    pub is_open: bool,
    /// Something follows a closing quotation mark within its cell.
    pub is_ragged: bool,
}

/// Parts a line into cells.
pub fn cells(line: &str, mark: char) -> Cells {
    let mut cells = StringRecord::with_capacity(line.len(), 16);
    if line.contains('"') {
        return quoted(line, mark, cells);
    }
    line.split(mark).for_each(|cell| cells.push_field(cell));
    Cells { cells, is_open: false, is_ragged: false }
}

/// Where the reading of a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first character of a cell.
    Start,
    /// In a cell without quotation marks.
    Plain,
    /// In a cell that a quotation mark opened.
    Quoted,
    /// After a quotation mark in such a cell: two of them are one, one closes the cell.
    Quote,
}

fn quoted(line: &str, mark: char, mut cells: StringRecord) -> Cells {
    let mut cell = String::new();
    let mut state = State::Start;
    let mut is_ragged = false;
    for c in line.chars() {
        state = match (state, c) {
            (State::Start, '"') => State::Quoted,
            (State::Quoted, '"') => State::Quote,
            (State::Start | State::Plain | State::Quote, c) if c == mark => {
                cells.push_field(&cell);
                cell.clear();
                State::Start
            }
            (State::Start, ' ') => State::Start,
            (State::Quote, ' ') => State::Quote,
            (State::Quote, '"') => {
                cell.push('"');
                State::Quoted
            }
            (State::Quoted, c) => {
                cell.push(c);
                State::Quoted
            }
            (before, c) => {
                is_ragged |= before == State::Quote;
                cell.push(c);
                State::Plain
            }
        };
    }
    cells.push_field(&cell);
    Cells { cells, is_open: state == State::Quoted, is_ragged }
}

/// No cell has more lines than this.
const MOST_LINES: usize = 100;

/// What became of a line with a quotation mark that is not closed on it.
#[derive(Debug, PartialEq, Eq)]
pub enum JoinOutcome {
    /// A cell holds line breaks; the row with spaces in their place.
    Row(String),
    /// The text ends within the cell.
    CutOff,
    /// The mark is never closed, or the lines below are rows of their own.
    Never,
}

/// Joins a line with those below until the quotation mark is closed. A mark that is never closed must not swallow the
/// rows below it: lines that are whole rows by themselves are no part of a cell, and a joined row must have no more than
/// `width` cells, as the header has. `shorter` are numbers of cells that rows of the file have had as well.
pub fn join(first: &str, lines: &mut Lines<'_>, mark: char, width: usize, shorter: &[usize]) -> JoinOutcome {
    let mut ahead = *lines;
    let mut text = first.to_owned();
    let is_row = |line: &str| {
        let cells = cells(line, mark);
        let many = cells.cells.len();
        let is_long = many >= width || shorter.contains(&many) || (width > 5 && many * 2 >= width);
        !cells.is_open && line.matches('"').count().is_multiple_of(2) && many > 1 && is_long
    };
    for _ in 0..MOST_LINES {
        let Some((_, next)) = ahead.next() else {
            if ahead.end_open() {
                *lines = ahead;
                return JoinOutcome::CutOff;
            }
            return JoinOutcome::Never;
        };
        if width < 2 || is_row(next) {
            return JoinOutcome::Never;
        }
        text.push(' ');
        text.push_str(next);
        let whole = cells(&text, mark);
        if !whole.is_open && text.matches('"').count().is_multiple_of(2) {
            let fits = !whole.is_ragged && whole.cells.iter().skip(width).all(|cell| cell.trim().is_empty());
            if !fits {
                return JoinOutcome::Never;
            }
            *lines = ahead;
            return JoinOutcome::Row(text);
        }
    }
    JoinOutcome::Never
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: &str) -> Vec<String> {
        cells(line, ',').cells.iter().map(str::to_owned).collect()
    }

    #[test]
    fn quotation_marks_close_cells_and_double_within_them() {
        assert_eq!(row("1,\"a,b\",\"say \"\"so\"\"\", \"x\" ,"), ["1", "a,b", "say \"so\"", "x", ""]);
        assert_eq!(row("5\" nail,2"), ["5\" nail", "2"]);
        assert!(cells("1,\"2", ',').is_open && cells("1,\"2\"x", ',').is_ragged);
    }

    #[test]
    fn one_look_tells_blank_lines_and_control_characters() {
        assert!(LineScan::at(" ;;\t\"\"", ';').is_blank && !LineScan::at(";x", ';').is_blank);
        assert!(LineScan::at("a\0", ',').has_control && LineScan::at("a\u{85}b", ',').has_control);
        assert!(!LineScan::at("caf\u{e9} \u{2019}\t", ',').has_control);
        assert_eq!(LineScan::at("\"a\",\"", ',').quotes, 3);
    }

    #[test]
    fn a_cell_may_go_on_below_but_not_over_whole_rows() {
        let joined = |text: &str| {
            let mut lines = Lines::of(text);
            let first = lines.next().unwrap().1;
            (join(first, &mut lines, ',', 3, &[]), lines.next().map(|(line, _)| line))
        };
        assert_eq!(joined("1,\"a\nb\",3\n4,5,6\n"), (JoinOutcome::Row("1,\"a b\",3".into()), Some(3)));
        assert_eq!(joined("1,\"a\n\nb, c\",3\n"), (JoinOutcome::Row("1,\"a  b, c\",3".into()), None));
        assert_eq!(joined("1,\"a,3\n4,5,6\n7,8\",9\n"), (JoinOutcome::Never, Some(2)));
        assert_eq!(joined("1,\"a,3\n4,\"b\",6\n"), (JoinOutcome::Never, Some(2)));
        assert_eq!(joined("1,\"a\nb"), (JoinOutcome::CutOff, None));
        assert_eq!(joined("1,\"a\nb\n"), (JoinOutcome::Never, Some(2)));
        assert_eq!(joined("1,\"a\nb\",3,4\n"), (JoinOutcome::Never, Some(2)));
    }
}
