//! Invented cohorts of children, for demonstrations, tests and measurements: no child in them exists.
//!
//! A [`Cohort`] is a list of lives, drawn by seeded chance or told one by one (`harrow`). From it come the yearly
//! returns and the lists beside them, as text in memory; writing files is the business of the command that asks.

pub mod carers;
pub mod chain;
mod cohort;
pub mod companions;
mod course;
pub mod dice;
pub mod harrow;
pub mod health;
pub mod leaver;
pub mod life;
#[cfg(test)]
mod read_back;
pub mod returns;
pub mod reviews;
pub mod setting;
pub mod table;

pub use cohort::Cohort;

use crate::period::Window;
use dice::Dice;
use life::Life;

/// What cohort is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many children.
    pub children: usize,
    /// The days that the returns cover.
    pub days: Window,
    /// The same seed gives the same children.
    pub seed: u64,
}

/// Draws a cohort in which every child was in care on some of the days.
pub fn invent(plan: Plan) -> Vec<Life> {
    let mut dice = Dice::new(plan.seed);
    (1..=plan.children).map(|number| course::draw(&mut dice, number, plan.days)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{
        returns::{Return, Year, of_year},
        *,
    };
    use crate::period::Date;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn plan(children: usize) -> Plan {
        Plan { children, days: Window::new(day("2019-04-01"), day("2024-03-31")), seed: 11 }
    }

    fn returns(children: usize) -> Vec<Return> {
        let lives = invent(plan(children));
        Year::all(plan(children).days).into_iter().map(|year| of_year(&lives, "E08000034", year)).collect()
    }

    /// The rows of one file, each as its cells.
    fn rows(of: &Return, name: &str) -> Vec<Vec<String>> {
        let table = of.tables.iter().find(|table| table.name == name).unwrap();
        table.text().lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        assert_eq!(returns(60), returns(60));
        let other = invent(Plan { seed: 12, ..plan(60) });
        let birth_days = |lives: &[Life]| lives.iter().map(|life| life.birth).collect::<Vec<_>>();
        assert_ne!(birth_days(&invent(plan(60))), birth_days(&other));
    }

    #[test]
    fn five_years_give_five_returns_with_every_file_of_their_time() {
        let returns = returns(800);
        let labels: Vec<String> = returns.iter().map(|r| r.year.label()).collect();
        assert_eq!(labels, ["2019-20", "2020-21", "2021-22", "2022-23", "2023-24"]);
        let names: Vec<&str> = returns.last().unwrap().tables.iter().map(|table| table.name).collect();
        assert_eq!(
            names,
            [
                "header",
                "episodes",
                "reviews",
                "uasc",
                "oc2",
                "oc3",
                "ad1",
                "placed_for_adoption",
                "previous_permanence",
                "missing",
                "sw_episodes"
            ]
        );
    }

    #[test]
    fn an_episode_that_goes_on_is_followed_by_another_on_the_same_day() {
        for of in returns(400) {
            let episodes = rows(&of, "episodes");
            let starts: BTreeSet<(&str, &str)> = episodes.iter().map(|r| (r[0].as_str(), r[1].as_str())).collect();
            assert_eq!(starts.len(), episodes.len(), "two episodes of a child begin on one day");
            for row in &episodes {
                assert_eq!(row[7].is_empty(), row[8].is_empty(), "{row:?}");
                let follows = starts.contains(&(row[0].as_str(), row[7].as_str()));
                assert_eq!(row[8] == "X1", follows, "{row:?}");
            }
        }
    }

    #[test]
    fn only_what_touches_the_year_is_in_its_return() {
        for of in returns(400) {
            let read = |cell: &str| Date::parse_from_str(cell, "%d/%m/%Y").ok();
            for row in rows(&of, "episodes") {
                assert!(read(&row[1]).unwrap() <= of.year.window.to, "{row:?}");
                assert!(read(&row[7]).is_none_or(|end| of.year.window.contains(end)), "{row:?}");
            }
            assert!(rows(&of, "reviews").iter().all(|row| of.year.window.contains(read(&row[2]).unwrap())));
        }
    }

    #[test]
    fn every_child_of_any_file_is_in_the_header_once() {
        for of in returns(400) {
            let mut header: BTreeMap<String, usize> = BTreeMap::new();
            rows(&of, "header").into_iter().for_each(|row| *header.entry(row[0].clone()).or_default() += 1);
            assert!(header.values().all(|times| *times == 1));
            for table in &of.tables {
                for row in rows(&of, table.name) {
                    assert!(header.contains_key(&row[0]), "{} {row:?}", table.name);
                }
            }
        }
    }

    #[test]
    fn nobody_is_in_care_after_eighteen_or_before_birth() {
        for life in invent(plan(800)) {
            let adult = crate::period::birthday(life.birth, 18);
            for stay in &life.stays {
                assert!(life.birth <= stay.start() && stay.until() <= adult, "{life:?}");
            }
        }
    }
}
