//! A part of a whole about some of whom the records do not say: at least so many are counted, at most so many.

use super::{Confidence, Fraction, Interval, wilson};

/// The two ends of a fraction whose numerator is not fully known (ruling 67). Where everything is known they are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Nobody of those not known is counted.
    pub least: Fraction,
    /// Everybody of those not known is counted.
    pub most: Fraction,
}

impl Bounds {
    /// So many are counted out of so many, and of so many it is not known. There are never more of these than are left.
    pub fn new(counted: Fraction, not_known: u64) -> Self {
        let left = counted.denominator.saturating_sub(counted.numerator);
        Bounds { least: counted, most: Fraction::new(counted.numerator + not_known.min(left), counted.denominator) }
    }

    /// Both ends.
    pub fn ends(self) -> [Fraction; 2] {
        [self.least, self.most]
    }

    /// From Wilson's lower limit of the least to Wilson's upper limit of the most, in percent.
    pub fn interval(self, confidence: Confidence) -> Option<Interval> {
        let (least, most) = (wilson(self.least, confidence)?, wilson(self.most, confidence)?);
        Some(Interval { upper: most.upper, ..least })
    }
}

impl From<Fraction> for Bounds {
    fn from(known: Fraction) -> Self {
        Bounds { least: known, most: known }
    }
}

/// What holds whatever is not known turns out to be: the one outcome on which all ends agree; none where they differ.
pub fn agreed<T: PartialEq>(outcomes: impl IntoIterator<Item = T>) -> Option<T> {
    let mut outcomes = outcomes.into_iter();
    let first = outcomes.next()?;
    outcomes.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::interval::assert_bounds;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_interval_reaches_from_none_to_all_of_those_not_known() {
        // 22 of 63 with 10 not known: Wilson's lower limit of 22/63, Wilson's upper limit of 32/63.
        let interval = Bounds::new(Fraction::new(22, 63), 10).interval(Confidence::NinetyFive).unwrap();
        let most = wilson(Fraction::new(32, 63), Confidence::NinetyFive).unwrap();
        assert_bounds(interval, 24.3260, most.upper);
        assert_bounds(interval, 24.3260, 62.7332);
    }

    #[test]
    fn with_nobody_unknown_it_is_wilsons_and_with_all_it_is_everything() {
        let known = Bounds::from(Fraction::new(162, 180)).interval(Confidence::NinetyFive);
        assert_eq!(known, wilson(Fraction::new(162, 180), Confidence::NinetyFive));
        let nothing = Bounds::new(Fraction::new(0, 129), 129).interval(Confidence::NinetyFive).unwrap();
        assert_eq!((nothing.lower, nothing.upper), (0.0, 100.0));
    }

    #[test]
    fn ends_that_differ_agree_on_nothing() {
        assert_eq!(agreed([1, 1, 1]), Some(1));
        assert_eq!(agreed([1, 2]), None);
        assert_eq!(agreed::<u8>([]), None);
    }

    proptest! {
        #[test]
        fn one_more_unknown_never_narrows_the_interval(n in 1u64..500, x in 0u64..500, b in 0u64..500) {
            let counted = Fraction::new(x.min(n), n);
            let interval = |b| Bounds::new(counted, b).interval(Confidence::NinetyFive).unwrap();
            let (narrow, wide) = (interval(b), interval(b + 1));
            prop_assert!(wide.lower == narrow.lower && narrow.upper <= wide.upper);
            prop_assert!(narrow.contains(counted.percent().unwrap()));
        }
    }
}
