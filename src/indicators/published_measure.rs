//! The published measure beside an indicator: whether it counts the same children, so that the two may be set against each
//! other, and where the open data of the education department has it.

/// How alike the national figure and ours are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparability {
    /// The same rule.
    Same,
    /// Nearly the same rule.
    Close,
    /// Another rule: shown, but never judged against.
    Differs,
}

impl Comparability {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            Comparability::Same => "SAME",
            Comparability::Close => "CLOSE",
            Comparability::Differs => "DIFFERS",
        }
    }
}

/// When in the year ours may be set against a figure for a whole year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ComparisonTime {
    /// In every quarter.
    AnyTime,
    /// Only at the end of the year: until then ours has had less time to grow.
    AtYearEnd,
}

/// How one of our indicators stands to its national figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// How alike the rules are.
    pub comparability: Comparability,
    /// When the two may be compared.
    pub compared: ComparisonTime,
    /// What a reader should know; empty where there is nothing.
    pub note: &'static str,
}

impl Likeness {
    /// The same rule, comparable in every quarter.
    pub const SAME: Likeness =
        Likeness { comparability: Comparability::Same, compared: ComparisonTime::AnyTime, note: "" };

    /// The same rule, of a whole year.
    pub const GROWS: Likeness = Likeness {
        compared: ComparisonTime::AtYearEnd,
        note: "The national figure is for a whole year; ours grows from April and is comparable at the year's end.",
        ..Likeness::SAME
    };
}

/// What a column of open data holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A number of children, or an average.
    Number,
    /// A percentage.
    Percent,
    /// A rate per 10,000 children.
    Rate,
    /// The population that a rate is of.
    Population,
}

/// Which figure of the open data is the indicator's: filter values, not file names, for the same values stand in every
/// edition of a file, whatever the file and its filter columns are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenData {
    /// What its column holds.
    pub column: Column,
    /// The values of its filters in lower case, totals left out, the group last.
    pub filters: &'static [&'static str],
}
