//! Children looked after at any time since 1 April.

use crate::indicators::prelude::*;

/// Children looked after at any time since 1 April.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "cla_any_time_number",
    title: "Children looked after at any time in the year to date",
    theme: Theme::PopulationAndFlow,
    domain: Domain::Core,
    unit: Unit::Count,
    decimals: 0,
    polarity: Polarity::Neutral,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children looked after on any day since 1 April, or whose care ended in that time, each counted once.",
    denominator: "None: a count.",
    exclusions: "Short breaks (V3, V4); care after the 18th birthday, save under V2 in a children's home (K2).",
    source: "DfE, Children looked after in England including adoptions (SSDA903)",
    versions: &[
        Version { number: "1", since: "2026-11-22", change: "The first rule." },
        Version {
            number: "2",
            since: "2026-11-27",
            change: "Unknown is told apart from no; care ends with the 18th birthday; of several returns the newest holds.",
        },
    ],
    age_at: AgeAt::PeriodEnd,
    depends_on_birthday: false,
    needs: &[Fact::Episodes],
    of: &[ANY_TIME_IN_YEAR],
    met: None,
    recorded: always,
    national: None,
    open_data: None,
    examples: "
        yes 2023-06-30: placed 2023-01-01, left 2023-04-01 E4A
        yes 2023-06-30: placed 2023-06-30
        out 2023-06-30: placed 2023-01-01, left 2023-03-31 E4A",
};
