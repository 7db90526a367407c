//! Whether one figure differs from another by more than chance: better, similar or worse.

use super::{Bounds, Confidence, Fraction, Interval, Polarity, Unit, agreed, newcombe, ratio_interval};
use std::cmp::Ordering;

/// No test is made where fewer than this many were asked about.
pub const SMALLEST_TESTED: u64 = 6;

/// The outcome of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Significance {
    /// Better than the comparator.
    Better,
    /// Not different beyond chance.
    Similar,
    /// Worse than the comparator.
    Worse,
    /// Higher, where neither way is better.
    Higher,
    /// Lower, where neither way is better.
    Lower,
    /// No test was made: a number is missing, too few were asked about, or the two are not alike.
    NotCompared,
}

impl Significance {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            Significance::Better => "BETTER",
            Significance::Similar => "SIMILAR",
            Significance::Worse => "WORSE",
            Significance::Higher => "HIGHER",
            Significance::Lower => "LOWER",
            Significance::NotCompared => "NOT_COMPARED",
        }
    }

    /// What it means that a figure lies below (`Less`), within (`Equal`) or above (`Greater`) what chance allows.
    pub(super) fn judge(side: Ordering, polarity: Polarity) -> Self {
        match (side, polarity) {
            (Ordering::Equal, _) => Significance::Similar,
            (Ordering::Greater, Polarity::HigherIsBetter) | (Ordering::Less, Polarity::LowerIsBetter) => {
                Significance::Better
            }
            (Ordering::Less, Polarity::HigherIsBetter) | (Ordering::Greater, Polarity::LowerIsBetter) => {
                Significance::Worse
            }
            (Ordering::Greater, Polarity::Neutral) => Significance::Higher,
            (Ordering::Less, Polarity::Neutral) => Significance::Lower,
        }
    }
}

/// Compares a figure with a fixed number, such as England's: different only if the number lies outside the figure's interval.
///
/// `intervals` are those of the figure, one for each end where some answers are not known: the outcome is given only
/// where they agree (ruling 67). `denominator` is that of the figure where it has one.
pub fn against_fixed(
    polarity: Polarity,
    intervals: impl IntoIterator<Item = Interval>,
    denominator: Option<u64>,
    fixed: f64,
) -> Significance {
    if denominator.is_some_and(|n| n < SMALLEST_TESTED) {
        return Significance::NotCompared;
    }
    let sides = intervals.into_iter().map(|interval| Significance::judge(side_of(&interval, fixed), polarity));
    agreed(sides).unwrap_or(Significance::NotCompared)
}

/// Compares two figures of the same authority, both uncertain: Newcombe's difference for percentages, the ratio for rates.
///
/// Where answers are not known, now or before, the outcome is given only if it is the same whatever they are (ruling 67).
/// Counts, days and scores have no such test here, nor has a figure whose denominator is under 6.
pub fn between(unit: Unit, polarity: Polarity, now: Bounds, before: Bounds) -> Significance {
    let outcomes =
        now.ends().into_iter().flat_map(|now| before.ends().map(|before| tested(unit, polarity, now, before)));
    agreed(outcomes).unwrap_or(Significance::NotCompared)
}

fn tested(unit: Unit, polarity: Polarity, now: Fraction, before: Fraction) -> Significance {
    if now.denominator.min(before.denominator) < SMALLEST_TESTED {
        return Significance::NotCompared;
    }
    let side = match unit {
        Unit::Percent => newcombe(now, before, Confidence::NinetyFive).map(|difference| side_of(&difference, 0.0)),
        Unit::RatePer10000 => {
            ratio_interval(now, before, Confidence::NinetyFive).map(|(_, ratio)| side_of(&ratio, 1.0))
        }
        Unit::Count | Unit::Days | Unit::Score => None,
    };
    side.map_or(Significance::NotCompared, |side| Significance::judge(side, polarity))
}

/// On which side of the fixed number the whole interval lies.
pub(super) fn side_of(interval: &Interval, fixed: f64) -> Ordering {
    if interval.lower > fixed {
        Ordering::Greater
    } else if interval.upper < fixed {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

#[cfg(test)]
mod tests {
    use super::super::wilson;
    use super::*;

    fn against(polarity: Polarity, x: u64, n: u64, fixed: f64) -> Significance {
        let interval = wilson(Fraction::new(x, n), Confidence::NinetyFive);
        against_fixed(polarity, interval, Some(n), fixed)
    }

    fn unsure(polarity: Polarity, x: u64, n: u64, not_known: u64, fixed: f64) -> Significance {
        let ends = Bounds::new(Fraction::new(x, n), not_known).ends();
        against_fixed(polarity, ends.into_iter().filter_map(|end| wilson(end, Confidence::NinetyFive)), Some(n), fixed)
    }

    #[test]
    fn dental_checks_of_90_in_108_beat_an_england_of_70() {
        assert_eq!(against(Polarity::HigherIsBetter, 90, 108, 70.0), Significance::Better);
    }

    #[test]
    fn neet_of_22_in_63_is_similar_to_an_england_of_38() {
        assert_eq!(against(Polarity::LowerIsBetter, 22, 63, 38.0), Significance::Similar);
    }

    #[test]
    fn polarity_turns_the_judgement_round_and_neutral_makes_none() {
        assert_eq!(against(Polarity::LowerIsBetter, 90, 108, 70.0), Significance::Worse);
        assert_eq!(against(Polarity::Neutral, 90, 108, 70.0), Significance::Higher);
        assert_eq!(against(Polarity::Neutral, 9, 108, 70.0), Significance::Lower);
    }

    #[test]
    fn five_children_are_too_few_for_a_test_and_six_are_not() {
        assert_eq!(against(Polarity::HigherIsBetter, 0, 5, 99.0), Significance::NotCompared);
        assert_eq!(against(Polarity::HigherIsBetter, 0, 6, 99.0), Significance::Worse);
    }

    #[test]
    fn what_is_not_known_withholds_the_outcome_unless_it_cannot_change_it() {
        // 10 of 63 is under 38 percent, 20 of 63 is not beyond chance: with 10 not known nobody can say.
        assert_eq!(against(Polarity::LowerIsBetter, 10, 63, 38.0), Significance::Better);
        assert_eq!(unsure(Polarity::LowerIsBetter, 10, 63, 10, 38.0), Significance::NotCompared);
        assert_eq!(unsure(Polarity::LowerIsBetter, 10, 63, 2, 38.0), Significance::Better);
        assert_eq!(unsure(Polarity::LowerIsBetter, 22, 63, 4, 38.0), Significance::Similar);
        assert_eq!(unsure(Polarity::LowerIsBetter, 40, 63, 20, 38.0), Significance::Worse);
    }

    #[test]
    fn two_quarters_are_compared_only_where_no_unknown_answer_matters() {
        let compare = |now, before| between(Unit::Percent, Polarity::HigherIsBetter, now, before);
        let (now, before) = (Fraction::new(100, 108), Fraction::new(60, 112));
        assert_eq!(compare(now.into(), before.into()), Significance::Better);
        assert_eq!(compare(now.into(), Bounds::new(before, 30)), Significance::Better);
        assert_eq!(compare(now.into(), Bounds::new(before, 45)), Significance::NotCompared);
        assert_eq!(compare(Bounds::new(before, 45), now.into()), Significance::NotCompared);
    }

    #[test]
    fn two_quarters_are_compared_by_their_difference() {
        let between = |a: Fraction, b: Fraction| between(Unit::Percent, Polarity::HigherIsBetter, a.into(), b.into());
        assert_eq!(between(Fraction::new(90, 108), Fraction::new(92, 112)), Significance::Similar);
        assert_eq!(between(Fraction::new(100, 108), Fraction::new(60, 112)), Significance::Better);
        assert_eq!(between(Fraction::new(5, 5), Fraction::new(60, 112)), Significance::NotCompared);
    }

    #[test]
    fn two_rates_are_compared_by_their_ratio() {
        let rate = |count| Bounds::from(Fraction::new(count, 60_063));
        assert_eq!(between(Unit::RatePer10000, Polarity::Neutral, rate(191), rate(192)), Significance::Similar);
        assert_eq!(between(Unit::RatePer10000, Polarity::Neutral, rate(300), rate(192)), Significance::Higher);
        assert_eq!(between(Unit::Count, Polarity::Neutral, rate(300), rate(192)), Significance::NotCompared);
    }
}
