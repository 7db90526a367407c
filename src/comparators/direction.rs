//! Direction of travel: whether a figure moved since an earlier period, and whether for the better.

use crate::statistics::{Polarity, Unit};

/// Which way a figure moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The better way.
    Improving,
    /// The worse way.
    Worsening,
    /// By less than is worth naming.
    Stable,
    /// Up, where neither way is better.
    Up,
    /// Down, where neither way is better.
    Down,
}

impl Direction {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            Direction::Improving => "IMPROVING",
            Direction::Worsening => "WORSENING",
            Direction::Stable => "STABLE",
            Direction::Up => "UP",
            Direction::Down => "DOWN",
        }
    }
}

/// A percentage must move by half a point to be named (methodology M14).
const POINTS: f64 = 0.5;

/// A rate, a mean of days or a score must move by one in a hundred.
const PART: f64 = 0.01;

/// The direction from an earlier value to this one, both unrounded. A count is stable only if it is the same.
pub fn direction(unit: Unit, polarity: Polarity, now: f64, before: f64) -> Direction {
    let moved = now - before;
    let worth_naming = match unit {
        Unit::Percent => POINTS,
        Unit::RatePer10000 | Unit::Days | Unit::Score => PART * before.abs(),
        Unit::Count => 0.0,
    };
    // A move of exactly the threshold counts as one; the margin takes off the dust of binary arithmetic.
    if moved == 0.0 || moved.abs() < worth_naming - 1e-9 {
        return Direction::Stable;
    }
    match (moved > 0.0, polarity) {
        (true, Polarity::HigherIsBetter) | (false, Polarity::LowerIsBetter) => Direction::Improving,
        (false, Polarity::HigherIsBetter) | (true, Polarity::LowerIsBetter) => Direction::Worsening,
        (true, Polarity::Neutral) => Direction::Up,
        (false, Polarity::Neutral) => Direction::Down,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dental_checks_up_by_more_than_a_point_are_improving() {
        let (now, before) = (100.0 * 90.0 / 108.0, 100.0 * 92.0 / 112.0);
        assert_eq!(direction(Unit::Percent, Polarity::HigherIsBetter, now, before), Direction::Improving);
        assert_eq!(direction(Unit::Percent, Polarity::LowerIsBetter, now, before), Direction::Worsening);
        assert_eq!(direction(Unit::Percent, Polarity::Neutral, now, before), Direction::Up);
    }

    #[test]
    fn half_a_point_is_a_move_and_less_is_not() {
        assert_eq!(direction(Unit::Percent, Polarity::LowerIsBetter, 9.8, 10.3), Direction::Improving);
        assert_eq!(direction(Unit::Percent, Polarity::LowerIsBetter, 9.81, 10.3), Direction::Stable);
    }

    #[test]
    fn a_rate_moves_by_one_in_a_hundred() {
        assert_eq!(direction(Unit::RatePer10000, Polarity::Neutral, 31.8, 32.0), Direction::Stable);
        assert_eq!(direction(Unit::RatePer10000, Polarity::Neutral, 31.5, 32.0), Direction::Down);
        assert_eq!(direction(Unit::RatePer10000, Polarity::Neutral, 0.0, 0.0), Direction::Stable);
    }

    #[test]
    fn one_child_more_moves_a_count() {
        assert_eq!(direction(Unit::Count, Polarity::Neutral, 192.0, 191.0), Direction::Up);
        assert_eq!(direction(Unit::Count, Polarity::Neutral, 191.0, 191.0), Direction::Stable);
    }
}
