//! What a figure is measured in, and which way is better.

/// What the value of an indicator is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of children, carers or events.
    Count,
    /// 100 x numerator / denominator.
    Percent,
    /// 10,000 x numerator / child population.
    #[serde(rename = "rate_per_10000")]
    RatePer10000,
    /// A mean or median of days.
    Days,
    /// A mean score.
    Score,
}

impl Unit {
    /// The stable name that clients read, such as `RATE_PER_10000`.
    pub fn code(self) -> &'static str {
        match self {
            Unit::Count => "COUNT",
            Unit::Percent => "PERCENT",
            Unit::RatePer10000 => "RATE_PER_10000",
            Unit::Days => "DAYS",
            Unit::Score => "SCORE",
        }
    }

    /// What a whole is worth in this unit: 100 for percentages, 10,000 for rates, otherwise 1.
    pub fn scale(self) -> f64 {
        match self {
            Unit::Percent => 100.0,
            Unit::RatePer10000 => 10_000.0,
            Unit::Count | Unit::Days | Unit::Score => 1.0,
        }
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// More is better, such as dental checks.
    #[serde(rename = "higher")]
    HigherIsBetter,
    /// Less is better, such as children who went missing.
    #[serde(rename = "lower")]
    LowerIsBetter,
    /// Neither way is better in itself, such as the number of children looked after.
    #[serde(rename = "neutral")]
    Neutral,
}

impl Polarity {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            Polarity::HigherIsBetter => "HIGHER_IS_BETTER",
            Polarity::LowerIsBetter => "LOWER_IS_BETTER",
            Polarity::Neutral => "NO_JUDGEMENT",
        }
    }
}
