//! Missing and absent: children whose whereabouts were not known, and those away without authorisation.

use super::{
    Context,
    definition::{AgeAt, Indicator, Met, Theme, always},
    population::ANY_TIME_IN_YEAR,
};
use crate::{
    access::Domain,
    care::{Child, codes::MissingKind},
    snapshot::Fact,
    statistics::{Absence, Basis, FlatTarget, Polarity, Unit},
};

/// Children with a missing episode since 1 April.
pub(super) const MISSING: Indicator = Indicator {
    code: "missing_episode_pct",
    title: "Children (current and ceased) with at least one missing episode in the year",
    theme: Theme::Missing,
    domain: Domain::Missing,
    unit: Unit::Percent,
    polarity: Polarity::LowerIsBetter,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::YearEnd,
    numerator: "Children with a missing record (M) that overlaps both the time since 1 April and a period of care; one open on 1 April counts.",
    denominator: "Children looked after at any time since 1 April, or whose care ended in that time.",
    exclusions: "Short breaks (V3, V4). Away without authorisation (A) is counted apart.",
    source: "DfE, Children looked after in England including adoptions",
    version: "2",
    age_at: AgeAt::PeriodEnd,
    depends_on_birthday: false,
    needs: &[Fact::Episodes, Fact::Missing],
    of: &[ANY_TIME_IN_YEAR],
    met: Some(|child, context| has_spell(child, context, MissingKind::M)),
    recorded: always,
    examples: "
        yes 2023-06-30: placed 2023-01-01, missing 2023-03-28 to 2023-04-03
        yes 2023-03-31: placed 2023-01-01, missing 2023-03-28 to 2023-04-03
        no 2023-06-30: placed 2023-01-01, missing 2023-03-28 to 2023-03-31
        no 2023-06-30: placed 2023-01-01, absent 2023-05-01 to 2023-05-02
        no 2023-06-30: placed 2023-01-01, left 2023-05-01 E4A, missing 2023-05-01 to 2023-05-03
        out 2023-06-30: placed 2023-01-01, left 2023-03-01 E4A, missing 2023-02-01",
};

/// Children away without authorisation since 1 April.
pub(super) const ABSENT: Indicator = Indicator {
    code: "absent_without_authorisation_pct",
    title: "Children (current and ceased) away from placement without authorisation in the year",
    numerator: "Children with a record of being away without authorisation (A) that overlaps both the time since 1 April and a period of care.",
    exclusions: "Short breaks (V3, V4). Where the year to date has missing records (M) and none away, the authority does not tell them apart and there is no figure.",
    met: Some(|child, context| has_spell(child, context, MissingKind::A)),
    recorded: |context| if context.tells_away_apart() { Ok(()) } else { Err(Absence::NotCollected) },
    examples: "
        yes 2023-06-30: placed 2023-01-01, absent 2023-05-01 to 2023-05-02
        no 2023-06-30: placed 2023-01-01
        out 2023-06-30: placed 2023-01-01, left 2023-03-01 E4A, absent 2023-02-01",
    ..MISSING
};

fn has_spell(child: &Child, context: &Context<'_>, kind: MissingKind) -> Met {
    let window = context.at.year_to_date;
    child.missing.iter().any(|spell| spell.in_care && spell.kind == Some(kind) && spell.overlaps(window)).into()
}
