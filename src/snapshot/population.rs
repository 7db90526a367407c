//! The child population that rates and shares are set against: mid-year estimates, in all and by group.

use chrono::Datelike;

use crate::{breakdowns::Group, period::Date};

/// The estimate for 30 June of one year: children aged 0 to 17.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MidYear {
    /// The year whose 30 June it describes.
    pub year: i32,
    /// All children, if loaded.
    pub all: Option<u64>,
    /// Children of each group that was loaded.
    pub groups: Vec<(Group, u64)>,
}

impl MidYear {
    /// The day that the estimate describes.
    pub fn day(&self) -> Option<Date> {
        Date::from_ymd_opt(self.year, 6, 30)
    }

    /// The children of one group.
    pub fn group(&self, group: Group) -> Option<u64> {
        self.groups.iter().find(|(g, _)| *g == group).map(|(_, count)| *count)
    }
}

/// The estimates that are loaded for an authority.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population(Vec<MidYear>);

impl Population {
    /// The estimates, in any order.
    pub fn new(mut years: Vec<MidYear>) -> Self {
        years.sort_by_key(|mid_year| mid_year.year);
        Self(years)
    }

    /// The estimate in use on a day: the latest one dated on or before it (ruling 42).
    pub fn on(&self, day: Date) -> Option<&MidYear> {
        let year = if (day.month(), day.day()) >= (6, 30) { day.year() } else { day.year() - 1 };
        self.0.iter().rev().find(|mid_year| mid_year.year <= year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_june_itself_uses_the_estimate_of_that_day() {
        let of = |year| MidYear { year, ..MidYear::default() };
        let population = Population::new(vec![of(2023), of(2022)]);
        let on = |day: &str| population.on(day.parse().unwrap()).map(|m| m.year);
        assert_eq!(
            [on("2022-06-29"), on("2023-06-29"), on("2023-06-30"), on("2024-03-31")],
            [None, Some(2022), Some(2023), Some(2023)]
        );
    }
}
