//! The same for every 10,000 children of the area.

use crate::indicators::prelude::*;

/// The same for every 10,000 children of the area.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "cla_rate_per_10000",
    title: "Children looked after per 10,000 children aged under 18",
    theme: Theme::PopulationAndFlow,
    domain: Domain::Core,
    unit: Unit::RatePer10000,
    decimals: 1,
    polarity: Polarity::Neutral,
    basis: Basis::Snapshot,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children looked after on the last day of the period.",
    denominator: "Residents aged 0 to 17: the mid-year estimate dated on or before the day, one for each financial year from 30 June.",
    exclusions: "Short breaks (V3, V4); care after the 18th birthday, save under V2 in a children's home (K2).",
    source: "DfE, Children looked after in England including adoptions; ONS mid-year population estimates",
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
    of: &[LOOKED_AFTER],
    met: None,
    recorded: always,
    national: Some(Likeness { note: "Published as a whole number.", ..Likeness::SAME }),
    open_data: Some(OpenData { column: Column::Rate, filters: &["children looked after on 31 march each year"] }),
    examples: "
        yes 2024-03-31: placed 2024-01-01
        out 2024-03-31: placed 2024-01-01, left 2024-02-01 E4A",
};
