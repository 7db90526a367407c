//! Children in care for two and a half years who have been with one carer for two.

use crate::indicators::prelude::*;

/// Children in care for two and a half years who have been with one carer for two.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "long_term_stability_pct",
    title: "Long-term stability: same carer for two years or more",
    theme: Theme::PlacementStability,
    domain: Domain::Placement,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::HigherIsBetter,
    basis: Basis::Snapshot,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children whose present placement began two years ago or more, or who are placed for adoption after a placement that did.",
    denominator: "Children under 16 looked after on the last day, without a break for two and a half years or more.",
    exclusions: "Short breaks (V3, V4). During a temporary stay the placement it interrupts counts.",
    source: "NI 63; DfE, Children looked after in England including adoptions",
    versions: &[
        Version { number: "1", since: "2026-11-22", change: "The first rule." },
        Version {
            number: "2",
            since: "2026-11-27",
            change: "Unknown is told apart from no; care ends with the 18th birthday; of several returns the newest holds.",
        },
    ],
    age_at: AgeAt::PeriodEnd,
    depends_on_birthday: true,
    needs: &[Fact::Episodes, Fact::PlacementLinks],
    of: &[
        LOOKED_AFTER,
        Step {
            text: "under 16 on that day",
            keep: |child, context| child.age_on(context.at.on).is_some_and(|age| age < 16),
        },
        Step {
            text: "looked after for two and a half years or more without a break",
            keep: |child, context| child.looked_after_since(context.at.thirty_months_ago, context.at.on),
        },
    ],
    met: Some(same_carer_for_two_years),
    recorded: always,
    national: Some(Likeness::SAME),
    open_data: Some(OpenData {
        column: Column::Percent,
        filters: &[
            "children looked after continuously for at least 2.5 years on 31 march aged under 16 years",
            "living with the same carer for at least 2 years",
        ],
    }),
    examples: "
        yes 2024-03-31: born 2012-01-01, placed 2021-10-01 U6, moved 2022-04-01 U4
        no 2024-03-31: born 2012-01-01, placed 2021-10-01 U6, moved 2022-04-02 U4
        yes 2024-03-31: born 2016-01-01, placed 2021-01-01 U6 carer A, same 2023-06-01 A5
        yes 2024-03-31: born 2020-01-01, placed 2021-01-01 U6, moved 2024-01-01 A6
        out 2024-03-31: born 2012-01-01, placed 2021-10-02
        out 2024-03-31: born 2008-03-31, placed 2020-01-01",
};

fn same_carer_for_two_years(child: &Child, context: &Context<'_>) -> Met {
    let Some(period) = child.period_on(context.at.on) else { return Met::No };
    let (present, before) = period.placements_on(context.at.on);
    let long = |since: crate::period::Date| since <= context.at.two_years_ago;
    let for_adoption = || period.placed_on(context.at.on).and_then(|e| e.place).is_some_and(Place::is_for_adoption);
    let met = present.is_some_and(|p| long(p.start)) || before.is_some_and(|p| long(p.start) && for_adoption());
    met.into()
}
