//! Placement stability: how often children move, and how long they stay with one carer.

use super::{
    Context,
    definition::{AgeAt, Indicator, LOOKED_AFTER, Met, Step, Theme, always},
};
use crate::{
    access::Domain,
    care::{Child, codes::Place},
    snapshot::Fact,
    statistics::{Basis, FlatTarget, Polarity, Unit},
};

/// Children with three or more placements since 1 April.
pub(super) const THREE_OR_MORE_PLACEMENTS: Indicator = Indicator {
    code: "placements_3plus_pct",
    title: "Children with three or more placements in the year",
    theme: Theme::PlacementStability,
    domain: Domain::Placement,
    unit: Unit::Percent,
    polarity: Polarity::LowerIsBetter,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children with three or more placements since 1 April, the one they were in on that day included, in any period of care.",
    denominator: "Children looked after on the last day of the period.",
    exclusions: "Short breaks (V3, V4). Temporary stays and the return from them, changes of legal status and changes with the same carer are no placements.",
    source: "NI 62; DfE, Children looked after in England including adoptions",
    version: "2",
    age_at: AgeAt::PeriodEnd,
    depends_on_birthday: false,
    needs: &[Fact::Episodes, Fact::PlacementLinks],
    of: &[LOOKED_AFTER],
    met: Some(|child, context| (child.placements_in(context.at.year_to_date).count() >= 3).into()),
    recorded: always,
    examples: "
        yes 2023-09-30: placed 2020-01-01 U6, moved 2023-06-01 K2, moved 2023-09-01 U6
        no 2023-06-30: placed 2020-01-01 U6, moved 2023-06-01 K2, moved 2023-09-01 U6
        no 2024-03-31: placed 2022-01-01, moved 2022-05-01, moved 2022-06-01, moved 2023-08-01
        no 2023-09-30: placed 2023-04-01 U4 carer A, away 2023-05-01 T3, back 2023-05-08 U4 carer A, moved 2023-06-01
        yes 2023-09-30: placed 2023-04-01, moved 2023-05-01, left 2023-06-01 E4A, placed 2023-07-01
        out 2023-12-31: placed 2023-04-10, moved 2023-05-01, moved 2023-06-01, left 2023-09-01 E4A",
};

/// Children in care for two and a half years who have been with one carer for two.
pub(super) const LONG_TERM: Indicator = Indicator {
    code: "long_term_stability_pct",
    title: "Long-term stability: same carer for two years or more",
    polarity: Polarity::HigherIsBetter,
    basis: Basis::Snapshot,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children whose present placement began two years ago or more, or who are placed for adoption after a placement that did.",
    denominator: "Children under 16 looked after on the last day, without a break for two and a half years or more.",
    exclusions: "Short breaks (V3, V4). During a temporary stay the placement it interrupts counts.",
    source: "NI 63; DfE, Children looked after in England including adoptions",
    depends_on_birthday: true,
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
    examples: "
        yes 2024-03-31: born 2012-01-01, placed 2021-10-01 U6, moved 2022-04-01 U4
        no 2024-03-31: born 2012-01-01, placed 2021-10-01 U6, moved 2022-04-02 U4
        yes 2024-03-31: born 2016-01-01, placed 2021-01-01 U6 carer A, same 2023-06-01 A5
        yes 2024-03-31: born 2020-01-01, placed 2021-01-01 U6, moved 2024-01-01 A6
        out 2024-03-31: born 2012-01-01, placed 2021-10-02
        out 2024-03-31: born 2008-03-31, placed 2020-01-01",
    ..THREE_OR_MORE_PLACEMENTS
};

fn same_carer_for_two_years(child: &Child, context: &Context<'_>) -> Met {
    let Some(period) = child.period_on(context.at.on) else { return Met::No };
    let (present, before) = period.placements_on(context.at.on);
    let long = |since: crate::period::Date| since <= context.at.two_years_ago;
    let for_adoption = || period.placed_on(context.at.on).and_then(|e| e.place).is_some_and(Place::is_for_adoption);
    let met = present.is_some_and(|p| long(p.start)) || before.is_some_and(|p| long(p.start) && for_adoption());
    met.into()
}
