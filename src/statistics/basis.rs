//! What stretch of time a figure for a period measures, and when in it the year's target is met or missed.

/// The stretch that an indicator measures, ending on the last day of the period asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The last day alone.
    Snapshot,
    /// From 1 April; it grows through the year and is never scaled up to a whole one.
    YearToDate,
    /// The twelve months up to the last day.
    #[serde(rename = "rolling_12_months")]
    Rolling12Months,
    /// The three financial years up to the end of the running one.
    ThreeYear,
    /// September to August.
    AcademicYear,
    /// One quarter by itself.
    Quarter,
    /// April to March.
    FinancialYear,
}

impl Basis {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            Basis::Snapshot => "SNAPSHOT",
            Basis::YearToDate => "YEAR_TO_DATE",
            Basis::Rolling12Months => "ROLLING_12_MONTHS",
            Basis::ThreeYear => "THREE_YEAR",
            Basis::AcademicYear => "ACADEMIC_YEAR",
            Basis::Quarter => "QUARTER",
            Basis::FinancialYear => "FINANCIAL_YEAR",
        }
    }
}

/// When one target for the whole year judges an indicator (ruling 55).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlatTarget {
    /// In every quarter: the figure does not grow with the year, such as reviews in time.
    EveryQuarter,
    /// Only at the end of the year: the figure grows until then, such as children who went missing.
    YearEnd,
}

impl FlatTarget {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            FlatTarget::EveryQuarter => "EVERY_QUARTER",
            FlatTarget::YearEnd => "YEAR_END",
        }
    }
}
