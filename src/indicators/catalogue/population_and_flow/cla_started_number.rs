//! Children who came into care since 1 April.

use crate::indicators::prelude::*;

/// Children who came into care since 1 April.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "cla_started_number",
    title: "Children starting to be looked after",
    theme: Theme::PopulationAndFlow,
    domain: Domain::Core,
    unit: Unit::Count,
    decimals: 0,
    polarity: Polarity::Neutral,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children whose care began since 1 April, each counted once, at the first start.",
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
    age_at: AgeAt::FirstStart,
    depends_on_birthday: false,
    needs: &[Fact::Episodes],
    of: &[Step {
        text: "came into care since 1 April, up to the last day of the period",
        keep: |child, context| child.first_start_in(context.at.year_to_date).is_some(),
    }],
    met: None,
    recorded: always,
    national: Some(Likeness::GROWS),
    open_data: Some(OpenData { column: Column::Number, filters: &["children starting to be looked after each year"] }),
    examples: "
        yes 2023-09-30: placed 2023-04-01
        yes 2023-09-30: placed 2023-05-01, left 2023-06-01 E4A, placed 2023-07-01
        out 2023-09-30: placed 2023-03-31
        out 2023-09-30: placed 2023-01-01, moved 2023-05-01",
};
