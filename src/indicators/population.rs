//! Population and flow: how many children are looked after, come into care and leave it.

use super::definition::{AgeAt, Indicator, LOOKED_AFTER, Step, Theme, always};
use crate::{
    access::Domain,
    snapshot::Fact,
    statistics::{Basis, FlatTarget, Polarity, Unit},
};

const RETURN: &str = "DfE, Children looked after in England including adoptions (SSDA903)";

/// Children looked after on the last day of the period.
pub(super) const NUMBER: Indicator = Indicator {
    code: "cla_number",
    title: "Number of children looked after at period end",
    theme: Theme::PopulationAndFlow,
    domain: Domain::Core,
    unit: Unit::Count,
    polarity: Polarity::Neutral,
    basis: Basis::Snapshot,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children looked after on the last day of the period: in on the day care began, out on the day it ended.",
    denominator: "None: a count.",
    exclusions: "Short breaks (V3, V4); care after the 18th birthday, save under V2 in a children's home (K2).",
    source: RETURN,
    version: "2",
    age_at: AgeAt::PeriodEnd,
    depends_on_birthday: false,
    needs: &[Fact::Episodes],
    of: &[LOOKED_AFTER],
    met: None,
    recorded: always,
    examples: "
        yes 2024-03-31: placed 2024-03-31
        out 2024-03-31: placed 2023-06-01, left 2024-03-31 E4A
        out 2024-03-31: placed 2024-04-01
        out 2024-03-31: placed 2024-01-01 V3",
};

/// The same for every 10,000 children of the area.
pub(super) const RATE: Indicator = Indicator {
    code: "cla_rate_per_10000",
    title: "Children looked after per 10,000 children aged under 18",
    unit: Unit::RatePer10000,
    numerator: "Children looked after on the last day of the period.",
    denominator: "Residents aged 0 to 17: the mid-year estimate dated on or before the day, one for each financial year from 30 June.",
    source: "DfE, Children looked after in England including adoptions; ONS mid-year population estimates",
    examples: "
        yes 2024-03-31: placed 2024-01-01
        out 2024-03-31: placed 2024-01-01, left 2024-02-01 E4A",
    ..NUMBER
};

/// Children who came into care since 1 April.
pub(super) const STARTED: Indicator = Indicator {
    code: "cla_started_number",
    title: "Children starting to be looked after",
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children whose care began since 1 April, each counted once, at the first start.",
    age_at: AgeAt::FirstStart,
    of: &[Step {
        text: "came into care since 1 April, up to the last day of the period",
        keep: |child, context| child.first_start_in(context.at.year_to_date).is_some(),
    }],
    examples: "
        yes 2023-09-30: placed 2023-04-01
        yes 2023-09-30: placed 2023-05-01, left 2023-06-01 E4A, placed 2023-07-01
        out 2023-09-30: placed 2023-03-31
        out 2023-09-30: placed 2023-01-01, moved 2023-05-01",
    ..NUMBER
};

/// Children who left care since 1 April.
pub(super) const CEASED: Indicator = Indicator {
    code: "cla_ceased_number",
    title: "Children ceasing to be looked after",
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children whose care ended since 1 April, each counted once, at the last end, whether or not they came back.",
    age_at: AgeAt::LastEnd,
    of: &[CEASED_IN_YEAR],
    examples: "
        yes 2024-03-31: placed 2023-06-01, left 2024-03-31 E4A
        yes 2024-03-31: placed 2023-01-01, left 2023-05-10 E4A, placed 2023-07-20
        yes 2024-03-31: placed 2023-01-01, left 2023-05-10 E2
        out 2024-03-31: placed 2023-01-01, left 2023-03-31 E4A
        out 2024-03-31: placed 2023-01-01, moved 2023-05-10",
    ..NUMBER
};

/// The step with which figures about those who left begin.
pub(super) const CEASED_IN_YEAR: Step = Step {
    text: "left care since 1 April, up to the last day of the period",
    keep: |child, context| child.last_end_in(context.at.year_to_date).is_some(),
};

/// Children looked after at any time since 1 April.
pub(super) const ANY_TIME: Indicator = Indicator {
    code: "cla_any_time_number",
    title: "Children looked after at any time in the year to date",
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children looked after on any day since 1 April, or whose care ended in that time, each counted once.",
    of: &[ANY_TIME_IN_YEAR],
    examples: "
        yes 2023-06-30: placed 2023-01-01, left 2023-04-01 E4A
        yes 2023-06-30: placed 2023-06-30
        out 2023-06-30: placed 2023-01-01, left 2023-03-31 E4A",
    ..NUMBER
};

/// The step with which figures about current and former children begin.
pub(super) const ANY_TIME_IN_YEAR: Step = Step {
    text: "looked after at any time since 1 April, up to the last day of the period",
    keep: |child, context| child.looked_after_in(context.at.year_to_date),
};
