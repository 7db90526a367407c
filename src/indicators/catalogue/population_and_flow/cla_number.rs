//! Children looked after on the last day of the period.

use crate::indicators::prelude::*;

/// Children looked after on the last day of the period.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "cla_number",
    title: "Number of children looked after at period end",
    theme: Theme::PopulationAndFlow,
    domain: Domain::Core,
    unit: Unit::Count,
    decimals: 0,
    polarity: Polarity::Neutral,
    basis: Basis::Snapshot,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children looked after on the last day of the period: in on the day care began, out on the day it ended.",
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
    of: &[LOOKED_AFTER],
    met: None,
    recorded: always,
    national: Some(Likeness::SAME),
    open_data: Some(OpenData { column: Column::Number, filters: &["children looked after on 31 march each year"] }),
    examples: "
        yes 2024-03-31: placed 2024-03-31
        out 2024-03-31: placed 2023-06-01, left 2024-03-31 E4A
        out 2024-03-31: placed 2024-04-01
        out 2024-03-31: placed 2024-01-01 V3",
};
