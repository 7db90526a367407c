//! A range in which the true figure lies with a stated confidence.

/// How sure an interval is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Confidence {
    /// 19 times in 20: the level of every published interval.
    #[default]
    NinetyFive,
    /// 499 times in 500: the outer limit of a funnel.
    NinetyNinePointEight,
}

impl Confidence {
    /// The level as a fraction, such as 0.95.
    pub fn level(self) -> f64 {
        match self {
            Confidence::NinetyFive => 0.95,
            Confidence::NinetyNinePointEight => 0.998,
        }
    }

    /// How many standard errors lie on each side under the normal curve.
    pub fn z(self) -> f64 {
        match self {
            Confidence::NinetyFive => 1.959_963_984_540_054,
            Confidence::NinetyNinePointEight => 3.090_232_306_167_813,
        }
    }

    /// What is left out at the lower end and at the upper end together, halved: 0.025 for 95 percent.
    pub fn tail(self) -> f64 {
        match self {
            Confidence::NinetyFive => 0.025,
            Confidence::NinetyNinePointEight => 0.001,
        }
    }
}

/// How an interval was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntervalMethod {
    /// Wilson's score interval of a proportion.
    Wilson,
    /// Byar's approximation for a count of 10 or more.
    Byars,
    /// Exact Poisson limits for a count under 10.
    ExactPoisson,
    /// Student's t for a mean.
    StudentT,
    /// Newcombe's hybrid of two Wilson intervals, for the difference of two proportions.
    Newcombe,
    /// The logarithm of a ratio of two proportions or rates (Katz).
    KatzLog,
}

impl IntervalMethod {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            IntervalMethod::Wilson => "WILSON",
            IntervalMethod::Byars => "BYARS",
            IntervalMethod::ExactPoisson => "EXACT_POISSON",
            IntervalMethod::StudentT => "STUDENT_T",
            IntervalMethod::Newcombe => "NEWCOMBE",
            IntervalMethod::KatzLog => "KATZ_LOG",
        }
    }
}

/// A range in the unit of the figure it belongs to; both ends count as inside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// How sure: 0.95 or 0.998.
    pub level: f64,
    /// How it was computed.
    pub method: IntervalMethod,
}

impl Interval {
    pub(crate) fn new(lower: f64, upper: f64, confidence: Confidence, method: IntervalMethod) -> Self {
        Interval { lower, upper, level: confidence.level(), method }
    }

    /// Whether the value lies in the range, ends included.
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// Both ends multiplied by the same positive factor.
    pub(crate) fn scaled(self, factor: f64) -> Self {
        Interval { lower: self.lower * factor, upper: self.upper * factor, ..self }
    }
}

#[cfg(test)]
pub(crate) fn assert_bounds(interval: Interval, lower: f64, upper: f64) {
    let near = |a: f64, b: f64| (a - b).abs() < 0.000_05 + 1e-12;
    assert!(near(interval.lower, lower), "lower {} is not {lower}", interval.lower);
    assert!(near(interval.upper, upper), "upper {} is not {upper}", interval.upper);
}
