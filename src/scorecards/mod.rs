//! Scorecards as data: which indicators stand on one, and in which order.

mod panel;

use std::sync::LazyLock;

use crate::indicators::{self, Indicator};

pub use panel::PANEL;

/// A page of figures that a panel reads each quarter.
pub struct Scorecard {
    /// The codes of its indicators, from its first row.
    pub rows: &'static [&'static str],
    /// How many year ends stand before the figure of the period.
    pub year_ends: usize,
}

impl Scorecard {
    /// Its indicators, from the first row.
    pub fn indicators(&self) -> impl Iterator<Item = &'static Indicator> {
        self.rows.iter().filter_map(|code| indicators::find(code))
    }

    /// Whether the indicator is one of its rows.
    pub fn has(&self, indicator: &Indicator) -> bool {
        self.rows.contains(&indicator.code)
    }
}

static LISTED: LazyLock<Vec<&'static Indicator>> = LazyLock::new(|| {
    let others = indicators::all().iter().copied().filter(|indicator| !PANEL.has(indicator));
    PANEL.indicators().chain(others).collect()
});

/// Every indicator as lists show them: the rows of the panel's scorecard first, then those that stand behind it.
pub fn listed() -> &'static [&'static Indicator] {
    &LISTED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_an_indicator_and_no_indicator_is_listed_twice() {
        assert_eq!(PANEL.indicators().count(), PANEL.rows.len());
        let codes: std::collections::BTreeSet<_> = listed().iter().map(|indicator| indicator.code).collect();
        assert_eq!((codes.len(), listed().len()), (indicators::all().len(), indicators::all().len()));
    }
}
