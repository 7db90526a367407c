//! A part of a whole, kept as two counts so that nothing is rounded before the end.

/// A numerator and a denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    /// How many were counted.
    pub numerator: u64,
    /// Out of how many.
    pub denominator: u64,
}

impl Fraction {
    /// `numerator` out of `denominator`.
    pub fn new(numerator: u64, denominator: u64) -> Self {
        Fraction { numerator, denominator }
    }

    /// `scale` x numerator / denominator, unrounded; nothing when the denominator is zero, never 0.
    ///
    /// The multiplication comes first: it is exact, so the result is the nearest number to the true quotient
    /// and rounds for display as the written fraction would.
    pub fn of(self, scale: f64) -> Option<f64> {
        (self.denominator > 0).then(|| scale * self.numerator as f64 / self.denominator as f64)
    }

    /// The percentage.
    pub fn percent(self) -> Option<f64> {
        self.of(100.0)
    }

    /// The share of the whole as a number from 0 to 1; nothing when it is no share (zero or too small a denominator).
    pub(crate) fn share(self) -> Option<f64> {
        self.of(1.0).filter(|_| self.numerator <= self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_out_of_nothing_is_no_number() {
        assert_eq!(Fraction::new(0, 0).percent(), None);
        assert_eq!(Fraction::new(0, 40).percent(), Some(0.0));
    }

    #[test]
    fn the_2024_scorecard_rate_is_per_ten_thousand_children() {
        assert_eq!(Fraction::new(191, 60_063).of(10_000.0).map(|rate| (rate * 1e4).round() / 1e4), Some(31.7999));
    }
}
