//! Children with three or more placements since 1 April.

use crate::indicators::prelude::*;

/// Children with three or more placements since 1 April.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "placements_3plus_pct",
    title: "Children with three or more placements in the year",
    theme: Theme::PlacementStability,
    domain: Domain::Placement,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::LowerIsBetter,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children with three or more placements since 1 April, the one they were in on that day included, in any period of care.",
    denominator: "Children looked after on the last day of the period.",
    exclusions: "Short breaks (V3, V4). Temporary stays and the return from them, changes of legal status and changes with the same carer are no placements.",
    source: "NI 62; DfE, Children looked after in England including adoptions",
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
    needs: &[Fact::Episodes, Fact::PlacementLinks],
    of: &[LOOKED_AFTER],
    met: Some(|child, context| (child.placements_in(context.at.year_to_date).count() >= 3).into()),
    recorded: always,
    national: Some(Likeness::GROWS),
    open_data: Some(OpenData {
        column: Column::Percent,
        filters: &["cla on 31 march", "with 3 or more placements during the year"],
    }),
    examples: "
        yes 2023-09-30: placed 2020-01-01 U6, moved 2023-06-01 K2, moved 2023-09-01 U6
        no 2023-06-30: placed 2020-01-01 U6, moved 2023-06-01 K2, moved 2023-09-01 U6
        no 2024-03-31: placed 2022-01-01, moved 2022-05-01, moved 2022-06-01, moved 2023-08-01
        no 2023-09-30: placed 2023-04-01 U4 carer A, away 2023-05-01 T3, back 2023-05-08 U4 carer A, moved 2023-06-01
        yes 2023-09-30: placed 2023-04-01, moved 2023-05-01, left 2023-06-01 E4A, placed 2023-07-01
        out 2023-12-31: placed 2023-04-10, moved 2023-05-01, moved 2023-06-01, left 2023-09-01 E4A",
};
