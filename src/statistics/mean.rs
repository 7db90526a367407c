//! How sure a mean of days or scores is: Student's t interval.

use super::{Confidence, Interval, IntervalMethod};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The interval of the mean of these values, in their unit; none with fewer than two values.
pub fn mean_interval(values: &[f64], confidence: Confidence) -> Option<Interval> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let quantile = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.inverse_cdf(1.0 - confidence.tail());
    let reach = quantile * (variance / n).sqrt();
    Some(Interval::new(mean - reach, mean + reach, confidence, IntervalMethod::StudentT))
}

#[cfg(test)]
mod tests {
    use super::super::interval::assert_bounds;
    use super::*;

    #[test]
    fn the_textbook_interval_of_five_values_comes_out() {
        // Mean 3, standard deviation 1.581139, t(4) at 97.5 percent 2.776445.
        let interval = mean_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], Confidence::NinetyFive).unwrap();
        assert_bounds(interval, 1.0368, 4.9632);
    }

    #[test]
    fn one_value_has_no_interval() {
        assert_eq!(mean_interval(&[439.0], Confidence::NinetyFive), None);
    }
}
