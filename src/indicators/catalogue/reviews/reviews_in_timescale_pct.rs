//! Children whose reviews in the year to date were all in time.

use crate::indicators::prelude::*;

/// Children whose reviews in the year to date were all in time.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "reviews_in_timescale_pct",
    title: "Children whose reviews in the year to date were all in timescale",
    theme: Theme::Reviews,
    domain: Domain::Review,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::HigherIsBetter,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children each of whose reviews that fell due since 1 April was held on or before its due date.",
    denominator: "Children looked after on the last day with a review that fell due since 1 April in their present period of care; also those not yet due a first review who had one early.",
    exclusions: "Short breaks (V3, V4). Reviews that fell due before 1 April neither enter nor fail a child.",
    source: "Care Planning, Placement and Case Review (England) Regulations 2010: 20 working days, 3 months, then every 6 months",
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
    needs: &[Fact::Episodes, Fact::Reviews],
    of: &[
        LOOKED_AFTER,
        Step { text: "had a review fall due since 1 April, or an early first one", keep: had_a_review_due },
    ],
    met: Some(all_in_time),
    recorded: always,
    national: None,
    open_data: None,
    examples: "
        yes 2023-09-30: placed 2023-04-03, reviewed 2023-05-02, reviewed 2023-08-02
        no 2023-09-30: placed 2023-04-03, reviewed 2023-05-02, reviewed 2023-08-03
        no 2023-06-30: placed 2023-04-03
        no 2023-09-30: placed 2022-09-06, reviewed 2022-10-01, reviewed 2022-12-30, reviewed 2023-07-01
        out 2023-06-30: placed 2022-09-06, reviewed 2022-10-01, reviewed 2023-01-20, reviewed 2023-02-01
        yes 2023-04-10: placed 2023-04-03, reviewed 2023-04-05
        out 2023-04-10: placed 2023-04-03
        out 2023-06-30: placed 2022-12-01, left 2023-05-01 E4A",
};

fn had_a_review_due(child: &Child, context: &Context<'_>) -> bool {
    let window = context.at.year_to_date;
    child.period_on(window.to).is_some_and(|period| {
        let fell_due = period.reviews.iter().any(|review| window.contains(review.due));
        let early = || period.reviews.iter().any(|review| review.held.is_some_and(|held| window.contains(held)));
        fell_due || (period.first_review_due > window.to && early())
    })
}

fn all_in_time(child: &Child, context: &Context<'_>) -> Met {
    let window = context.at.year_to_date;
    let period = child.period_on(window.to);
    let late = period.is_some_and(|p| p.reviews.iter().any(|r| window.contains(r.due) && !r.in_time()));
    (!late).into()
}
