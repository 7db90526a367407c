//! Children placed more than 20 miles from home, in the local definition.

use crate::indicators::prelude::*;

/// Children placed more than 20 miles from home, in the local definition.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "placed_over_20_miles_pct",
    title: "Children placed more than 20 miles from home (local definition)",
    theme: Theme::PlacementLocation,
    domain: Domain::Placement,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::LowerIsBetter,
    basis: Basis::Snapshot,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children whose placement on the last day is more than 20.0 miles from home in a straight line.",
    denominator: "Children looked after on the last day of the period; those whose distance is not known stay in.",
    exclusions: "Short breaks (V3, V4), unaccompanied asylum-seeking children, children placed with parents (P1) and children placed for adoption (A3 to A6).",
    source: "Local indicator; the published one leaves nobody out and is not like for like",
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
    needs: &[Fact::Episodes],
    of: &[
        LOOKED_AFTER,
        Step {
            text: "not an unaccompanied asylum-seeking child on that day",
            keep: |child, context| !child.is_unaccompanied_on(context.at.on),
        },
        Step { text: "not placed with parents (P1)", keep: |child, context| place(child, context) != Some(Place::P1) },
        Step {
            text: "not placed for adoption (A3 to A6)",
            keep: |child, context| !place(child, context).is_some_and(Place::is_for_adoption),
        },
    ],
    met: Some(is_far),
    recorded: always,
    national: Some(Likeness {
        comparability: Comparability::Differs,
        note: "Ours leaves out unaccompanied children and those placed with parents or for adoption.",
        ..Likeness::SAME
    }),
    open_data: None,
    examples: "
        yes 2023-09-30: placed 2023-01-01 U6 20.1 miles
        no 2023-09-30: placed 2023-01-01 U6 20.0 miles
        no 2023-09-30: placed 2023-01-01 U6 20.04 miles
        blank 2023-09-30: placed 2023-01-01 U6
        blank 2023-09-30: placed 2023-01-01 U6 999.9 miles
        yes 2023-09-30: placed 2023-01-01 U4 31 miles, away 2023-09-20 T2
        out 2023-09-30: unaccompanied, placed 2023-01-01 U6 30 miles
        yes 2023-09-30: unaccompanied until 2023-09-30, placed 2023-01-01 U6 30 miles
        out 2023-09-30: placed 2023-01-01 P1 30 miles
        out 2023-09-30: placed 2023-01-01 A6 30 miles",
};

/// Tenths of a mile beyond which a placement is far from home; exactly as many is not. Distances are told to one
/// decimal, so one that is told more finely is rounded first (methodology M11).
const FAR_TENTHS: f64 = 200.0;

fn place(child: &Child, context: &Context<'_>) -> Option<Place> {
    child.period_on(context.at.on)?.placed_on(context.at.on)?.place
}

fn is_far(child: &Child, context: &Context<'_>) -> Met {
    let episode = child.period_on(context.at.on).and_then(|period| period.placed_on(context.at.on));
    episode
        .and_then(|episode| episode.distance_miles)
        .map_or(Met::Blank, |miles| ((miles * 10.0).round() > FAR_TENTHS).into())
}
