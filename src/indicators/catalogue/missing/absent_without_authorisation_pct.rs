//! Children away without authorisation since 1 April.

use super::has_spell;
use crate::indicators::prelude::*;

/// Children away without authorisation since 1 April.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "absent_without_authorisation_pct",
    title: "Children (current and ceased) away from placement without authorisation in the year",
    theme: Theme::Missing,
    domain: Domain::Missing,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::LowerIsBetter,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children with a record of being away without authorisation (A) that overlaps both the time since 1 April and a period of care.",
    denominator: "Children looked after at any time since 1 April, or whose care ended in that time.",
    exclusions: "Short breaks (V3, V4). Where the year to date has missing records (M) and none away, the authority does not tell them apart and there is no figure.",
    source: "DfE, Children looked after in England including adoptions",
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
    needs: &[Fact::Episodes, Fact::Missing],
    of: &[ANY_TIME_IN_YEAR],
    met: Some(|child, context| has_spell(child, context, MissingKind::A)),
    recorded: |context| if context.tells_away_apart() { Ok(()) } else { Err(Absence::NotCollected) },
    national: Some(Likeness { note: "Whole years only, and many authorities do not record it.", ..Likeness::GROWS }),
    open_data: None,
    examples: "
        yes 2023-06-30: placed 2023-01-01, absent 2023-05-01 to 2023-05-02
        no 2023-06-30: placed 2023-01-01
        out 2023-06-30: placed 2023-01-01, left 2023-03-01 E4A, absent 2023-02-01",
};
