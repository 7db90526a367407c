//! Damaged files: reading never fails, every row is accounted for, and rows that the damage did not touch are read.

use std::collections::BTreeSet;

use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use crate::import::ssda903::fixture::{EPISODES, read_files};

const FILES: u64 = 600;
const ROWS: usize = 24;

/// A file of episodes while it is being damaged: its lines, and for each the child whose row it is and was not touched.
struct File {
    lines: Vec<(Vec<u8>, Option<usize>)>,
    /// Rows stand for themselves: each child has one.
    end: Vec<u8>,
    has_last_end: bool,
}

fn child(number: usize) -> String {
    format!("K{number:02}")
}

fn header() -> String {
    let rows: String = (0..ROWS).map(|number| format!("{},1,05/06/2010,WBRI,,,\n", child(number))).collect();
    format!("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n{rows}")
}

impl File {
    /// The file before it is damaged: with or without trailing blanks, with its own mark, order of columns, line ends.
    fn new(dice: &mut ChaCha8Rng) -> Self {
        let mut rows: Vec<Vec<String>> = vec![EPISODES.trim().split(',').map(str::to_owned).collect()];
        rows.extend((0..ROWS).map(|number| {
            let end = if number % 3 == 0 { "01/03/2024,X1,CARPL" } else { ",," };
            let row = format!("{},{:02}/05/2023,S,C2,N1,U6,PR1,{end},HA1 2AB,HA2 3CD,", child(number), number + 1);
            row.split(',').map(str::to_owned).collect()
        }));
        let mut order: Vec<usize> = (0..13).collect();
        if dice.random_bool(0.5) {
            order.shuffle(dice);
        }
        let mark = *[",", ",", ";", "\t", "|"].get(dice.random_range(0..5)).unwrap();
        let trims = dice.random_bool(0.3);
        let line = |(at, row): (usize, &Vec<String>)| {
            let line = order.iter().map(|place| row[*place].as_str()).collect::<Vec<_>>().join(mark);
            let line = if trims && at > 0 { line.trim_end_matches(mark) } else { &line };
            (line.as_bytes().to_vec(), at.checked_sub(1))
        };
        let lines = rows.iter().enumerate().map(line).collect();
        let end = if dice.random_bool(0.5) { b"\n".to_vec() } else { b"\r\n".to_vec() };
        Self { lines, end, has_last_end: dice.random_bool(0.7) || trims }
    }

    fn bytes(&self) -> Vec<u8> {
        let lines: Vec<&[u8]> = self.lines.iter().map(|(line, _)| line.as_slice()).collect();
        let mut bytes = lines.join(self.end.as_slice());
        if self.has_last_end {
            bytes.extend(&self.end);
        }
        bytes
    }

    /// A place within a line that is not the header.
    fn anywhere(&self, dice: &mut ChaCha8Rng) -> (usize, usize) {
        let line = dice.random_range(1..self.lines.len());
        (line, dice.random_range(0..=self.lines[line].0.len()))
    }

    fn insert(&mut self, (line, at): (usize, usize), bytes: &[u8]) {
        let (text, child) = &mut self.lines[line];
        text.splice(at..at, bytes.iter().copied());
        *child = None;
    }

    fn damage(&mut self, dice: &mut ChaCha8Rng) {
        let place = self.anywhere(dice);
        match dice.random_range(0..10) {
            0 => {
                self.lines.truncate(place.0 + 1);
                self.insert(place, b"");
                self.lines[place.0].0.truncate(place.1);
                self.has_last_end = false;
            }
            1 | 2 => self.insert(place, b"\""),
            3 => self.insert(place, b"\"\""),
            4 => self.insert(place, b"\0"),
            5 => self.insert(place, "x".repeat(6_000).as_bytes()),
            6 => self.insert(place, [&b",,"[..], b";", b"\xFF", b"\t\t\t", b"|"].get(dice.random_range(0..5)).unwrap()),
            7 if place.0 + 1 < self.lines.len() => {
                let (next, _) = self.lines.remove(place.0 + 1);
                self.insert((place.0, self.lines[place.0].0.len()), &next);
            }
            8 => {
                let again = self.lines[0].0.clone();
                self.lines.insert(place.0, (again, None));
            }
            _ => {
                let other = [&b"CHILD,DOB,REVIEW,REVIEW_CODE"[..], b"", b"   ", b"sep=,"];
                let glued = *other.get(dice.random_range(0..4)).unwrap();
                // What stands below the header of another table is no longer an episode.
                if glued.starts_with(b"CHILD") {
                    self.lines.iter_mut().skip(place.0).for_each(|(_, child)| *child = None);
                }
                self.lines.insert(place.0, (glued.to_vec(), None));
            }
        }
    }
}

#[test]
fn damaged_files_lose_no_row_that_was_not_touched() {
    for seed in 0..FILES {
        let dice = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut file = File::new(dice);
        for _ in 0..dice.random_range(0..4) {
            file.damage(dice);
        }
        let bytes = file.bytes();
        let shown = || format!("file {seed}:\n{}", String::from_utf8_lossy(&bytes).replace(&"x".repeat(6_000), "x..."));
        let read = read_files(&[("header.csv", header().as_bytes()), ("episodes.csv", &bytes)]);
        let counts = read.report.files.iter().find(|file| &*file.name == "episodes.csv").unwrap();
        assert_eq!(counts.rows, counts.used + counts.refused, "{}", shown());
        let untouched: BTreeSet<String> = file.lines.iter().filter_map(|(_, number)| Some(child((*number)?))).collect();
        let Ok(rows) = read.rows else {
            assert!(untouched.is_empty(), "{}", shown());
            continue;
        };
        let episodes = rows.episode.unwrap();
        assert_eq!(episodes.len(), counts.used, "{}", shown());
        let found: BTreeSet<String> = episodes.into_iter().map(|row| row.child_id).collect();
        let lost: Vec<_> = untouched.difference(&found).collect();
        assert!(lost.is_empty(), "{lost:?} of {}", shown());
        let passed_over = read.report.issues.iter().filter(|issue| issue.rule == "ROW-HEADER").count();
        let is_plain = !bytes.contains(&b'"');
        let lines = file.lines.iter().filter(|(line, _)| line.iter().any(|b| !b" ,;\t|".contains(b))).count();
        assert!(!is_plain || counts.rows + passed_over == lines - 1, "{}", shown());
    }
}
