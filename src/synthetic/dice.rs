//! Chance that repeats itself: the same seed throws the same dice, on every machine.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::period::Date;

/// A seeded source of chance.
#[derive(Clone, Debug)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// Dice that always fall the same way for one seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        if low >= high { low } else { self.0.random_range(low..=high) }
    }

    /// True this many times in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    /// A day from the first to the last, both included; the first where the last lies before it.
    pub fn day(&mut self, from: Date, to: Date) -> Date {
        after(from, self.between(0, (to - from).num_days()))
    }

    /// A length in days whose average is `mean`: many short, a few long.
    pub fn waiting_days(&mut self, mean: i64) -> i64 {
        // Sixteenths of a halving are enough to look natural and need no logarithm, which machines round differently.
        let halvings = (self.0.random::<u32>() | 1).leading_zeros() as i64;
        let part = self.between(0, 15);
        (mean * 7 * (halvings * 16 + part) / (16 * 10)).max(1)
    }

    /// One of the choices, each as likely as its weight says; the first if all weigh nothing.
    pub fn weighted<T: Copy>(&mut self, choices: &[(T, u32)]) -> Option<T> {
        let total: u32 = choices.iter().map(|(_, weight)| weight).sum();
        let mut left = if total == 0 { 0 } else { self.0.random_range(0..total) };
        for (choice, weight) in choices {
            if left < *weight {
                return Some(*choice);
            }
            left -= weight;
        }
        choices.first().map(|(choice, _)| *choice)
    }

    /// Some digits, as text.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.0.random_range(0..10u8))).collect()
    }
}

/// The day a number of days later.
pub(super) fn after(day: Date, days: i64) -> Date {
    day + chrono::Duration::days(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_dice() {
        let (mut one, mut two, mut other) = (Dice::new(7), Dice::new(7), Dice::new(8));
        let throws: Vec<String> = (0..3).map(|_| one.digits(9)).collect();
        assert_eq!(throws, (0..3).map(|_| two.digits(9)).collect::<Vec<_>>());
        assert_ne!(throws, (0..3).map(|_| other.digits(9)).collect::<Vec<_>>());
    }

    #[test]
    fn waiting_lengths_average_what_was_asked() {
        let mut dice = Dice::new(1);
        let total: i64 = (0..20_000).map(|_| dice.waiting_days(400)).sum();
        assert!((330..=470).contains(&(total / 20_000)), "average {}", total / 20_000);
    }

    #[test]
    fn a_choice_that_weighs_nothing_is_never_taken() {
        let mut dice = Dice::new(1);
        assert!((0..500).all(|_| dice.weighted(&[('a', 3), ('b', 0), ('c', 1)]) != Some('b')));
    }
}
