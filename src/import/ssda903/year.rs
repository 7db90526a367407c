//! Which year a return is for, since no file of it says so.

use crate::import::error::ImportError;
use crate::period::{Date, Window};

/// The year of a return: 1 April to 31 March, or to an earlier day for one made before the year is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnYear {
    /// The calendar year in which it ends: 2024 for 2023-24.
    pub ending: i32,
    /// The year, first and last day included.
    pub window: Window,
    /// Last day that the return covers, where that is before the year's end.
    pub up_to: Option<Date>,
}

impl ReturnYear {
    /// The first collection of children looked after in this form ended in this year.
    pub const FIRST: i32 = 1992;

    /// The year in which a return ends, as people write it: `2024`, `2023/24`, `2023-24`, `2023-2024` or `202324`.
    pub fn ending_of(text: &str) -> Option<i32> {
        let text = text.trim();
        let text = text.strip_suffix(".0").unwrap_or(text);
        let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i32>().ok()).flatten();
        let (first, last) = match text.split_once(['/', '-']) {
            Some((first, last)) if first.len() == 4 => (number(first)?, last),
            None if text.len() == 6 => (number(text.get(..4)?)?, text.get(4..)?),
            None if text.len() == 4 => return number(text),
            _ => return None,
        };
        let ending = first + 1;
        let is_next = match last.len() {
            4 => number(last) == Some(ending),
            2 => number(last) == Some(ending % 100),
            _ => false,
        };
        is_next.then_some(ending)
    }

    /// Reads the year as asked for on `today`.
    ///
    /// # Errors
    /// When the year is before 1992 or has not begun, or `up_to` lies outside it.
    pub fn new(ending: i32, up_to: Option<Date>, today: Date) -> Result<Self, ImportError> {
        let bad = || ImportError::BadYear { year: ending };
        let from = Date::from_ymd_opt(ending.saturating_sub(1), 4, 1).ok_or_else(bad)?;
        let to = Date::from_ymd_opt(ending, 3, 31).ok_or_else(bad)?;
        if ending < Self::FIRST || from > today {
            return Err(bad());
        }
        if let Some(day) = up_to.filter(|day| *day < from || *day > to) {
            return Err(ImportError::UpToOutside { day, from, to });
        }
        Ok(Self { ending, window: Window { from, to }, up_to: up_to.filter(|day| *day != to) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Date {
        Date::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_year_runs_from_april_to_march() {
        let year = ReturnYear::new(2024, None, day(2024, 6, 1)).unwrap();
        assert_eq!((year.window.from, year.window.to), (day(2023, 4, 1), day(2024, 3, 31)));
    }

    #[test]
    fn the_ways_to_write_a_year_mean_the_year_in_which_it_ends() {
        for text in ["2024", "2023/24", "2023-24", "2023-2024", "202324", " 2023/2024 ", "2024.0"] {
            assert_eq!(ReturnYear::ending_of(text), Some(2024), "{text}");
        }
        assert_eq!(ReturnYear::ending_of("1999-00"), Some(2000));
        for text in ["", "24", "23-24", "2023-25", "2024-23", "202305", "2023/4", "twenty", "+202", "2023–24x"] {
            assert_eq!(ReturnYear::ending_of(text), None, "{text}");
        }
    }

    #[test]
    fn years_out_of_reach_are_refused() {
        for ending in [0, 24, 1991, 2026, 99_999, i32::MIN] {
            assert!(matches!(ReturnYear::new(ending, None, day(2024, 6, 1)), Err(ImportError::BadYear { .. })));
        }
    }

    #[test]
    fn an_unfinished_return_ends_inside_its_year() {
        let today = day(2024, 6, 1);
        assert_eq!(ReturnYear::new(2024, Some(day(2023, 9, 30)), today).unwrap().up_to, Some(day(2023, 9, 30)));
        assert_eq!(ReturnYear::new(2024, Some(day(2024, 3, 31)), today).unwrap().up_to, None);
        assert!(matches!(ReturnYear::new(2024, Some(day(2024, 4, 1)), today), Err(ImportError::UpToOutside { .. })));
    }
}
