//! Which children a grant opens: the whole authority, the school roll, those with missing or justice records, and so on.

use std::sync::Arc;

use serde::Deserialize;

use crate::{
    care::Child,
    period::{Date, Window, add_months},
};

/// A rule of the policy about rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowRule {
    /// Every child of the authority.
    OwnAuthority,
    /// Children aged 2 to 18: early years, school age and 16 to 18.
    SchoolRoll,
    /// Looked after, or left care within 12 months; the grant names the commissioning area.
    HealthCommissioning,
    /// Missing, away or convicted within the record dates of the grant.
    MissingAndJustice,
    /// An adoption decision or placement order, and shared with the agency.
    AdoptionShares,
    /// Every child of the authority, for the days of an inspection.
    Inspection,
}

impl RowRule {
    /// The rule in the words of the table that is signed.
    pub fn words(self) -> &'static str {
        match self {
            RowRule::OwnAuthority => "all of the authority",
            RowRule::SchoolRoll => "children aged 2 to 18",
            RowRule::HealthCommissioning => {
                "looked after, or left within 12 months; the authority lies in the commissioning area of the grant"
            }
            RowRule::MissingAndJustice => "missing, away or convicted within the record dates of the grant",
            RowRule::AdoptionShares => "adoption decision or placement order, and shared with the agency today",
            RowRule::Inspection => "all of the authority, for at most 21 days, with an inspection number",
        }
    }
}

/// The children that a scope opens, with what the grant says about them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rows {
    /// Every child.
    All,
    /// Children aged 2 to 18.
    SchoolRoll,
    /// Looked after, or left care within 12 months.
    HealthCommissioning,
    /// Missing, away or convicted between these days, both included.
    MissingAndJustice(Date, Date),
    /// An adoption decision or placement order, and shared with this organisation.
    AdoptionShares(Arc<str>),
}

/// Months after leaving care during which the health team still follows a child.
const HEALTH_FOLLOWS: i32 = 12;

/// First and last age on the roll of the virtual school, until education records say more (ruling A12).
const ROLL: std::ops::RangeInclusive<i32> = 2..=18;

impl Rows {
    /// The rule of the policy that they come from.
    pub fn rule(&self) -> RowRule {
        match self {
            Rows::All => RowRule::OwnAuthority,
            Rows::SchoolRoll => RowRule::SchoolRoll,
            Rows::HealthCommissioning => RowRule::HealthCommissioning,
            Rows::MissingAndJustice(..) => RowRule::MissingAndJustice,
            Rows::AdoptionShares(_) => RowRule::AdoptionShares,
        }
    }

    /// Whether the child is one of them as far as the records go up to the day, which is the last of a quarter, so that
    /// children come and go at the ends of quarters alone (ruling A24). `shared` tells whether a child is shared
    /// with the organisation: what the authority shares or takes back acts at once.
    pub fn admit(&self, child: &Child, day: Date, shared: impl Fn(&str) -> bool) -> bool {
        match self {
            Rows::All => true,
            Rows::SchoolRoll => child.age_on(day).is_some_and(|age| ROLL.contains(&age)),
            Rows::HealthCommissioning => {
                let since = add_months(day, -HEALTH_FOLLOWS);
                child.periods.iter().any(|p| p.start <= day && p.end.is_none_or(|end| end >= since))
            }
            Rows::MissingAndJustice(from, to) => has_record_within(child, Window::new(*from, day.min(*to))),
            Rows::AdoptionShares(_) => is_for_adoption(child, day) && shared(&child.id),
        }
    }
}

fn has_record_within(child: &Child, window: Window) -> bool {
    if window.from > window.to {
        return false;
    }
    let convicted = child.oc2.iter().filter(|row| row.convicted == Some(true)).any(|row| {
        let year = Date::from_ymd_opt(row.return_year - 1, 4, 1).zip(Date::from_ymd_opt(row.return_year, 3, 31));
        year.is_some_and(|(from, to)| from <= window.to && to >= window.from)
    });
    convicted || child.missing.iter().any(|episode| episode.overlaps(window))
}

fn is_for_adoption(child: &Child, day: Date) -> bool {
    let order = |status: crate::care::codes::LegalStatus| status.is_placement_order();
    let episodes = child.periods.iter().flat_map(|period| period.episodes.iter());
    let mut orders = episodes.filter(|episode| episode.legal_status.is_some_and(order));
    child.adoption_decided.is_some_and(|decided| decided <= day) || orders.any(|episode| episode.start <= day)
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
