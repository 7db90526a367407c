//! Children who left care since 1 April.

use crate::indicators::prelude::*;

/// Children who left care since 1 April.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "cla_ceased_number",
    title: "Children ceasing to be looked after",
    theme: Theme::PopulationAndFlow,
    domain: Domain::Core,
    unit: Unit::Count,
    decimals: 0,
    polarity: Polarity::Neutral,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children whose care ended since 1 April, each counted once, at the last end, whether or not they came back.",
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
    age_at: AgeAt::LastEnd,
    depends_on_birthday: false,
    needs: &[Fact::Episodes],
    of: &[CEASED_IN_YEAR],
    met: None,
    recorded: always,
    national: Some(Likeness::GROWS),
    open_data: Some(OpenData { column: Column::Number, filters: &["children ceasing to be looked after each year"] }),
    examples: "
        yes 2024-03-31: placed 2023-06-01, left 2024-03-31 E4A
        yes 2024-03-31: placed 2023-01-01, left 2023-05-10 E4A, placed 2023-07-20
        yes 2024-03-31: placed 2023-01-01, left 2023-05-10 E2
        out 2024-03-31: placed 2023-01-01, left 2023-03-31 E4A
        out 2024-03-31: placed 2023-01-01, moved 2023-05-10",
};
