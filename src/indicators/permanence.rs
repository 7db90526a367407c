//! Leaving care and permanence: why children left.

use super::{
    definition::{AgeAt, Indicator, Met, Theme, always},
    population::CEASED_IN_YEAR,
};
use crate::{
    access::Domain,
    care::codes::ReasonCeased,
    snapshot::Fact,
    statistics::{Basis, FlatTarget, Polarity, Unit},
};

/// Of those who left care since 1 April, those who were adopted.
pub(super) const ADOPTED: Indicator = Indicator {
    code: "ceased_adopted_pct",
    title: "Children ceasing to be looked after who were adopted",
    theme: Theme::Permanence,
    domain: Domain::Adoption,
    unit: Unit::Percent,
    polarity: Polarity::HigherIsBetter,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children whose last end of care since 1 April was an adoption (E11, E12).",
    denominator: "Children whose care ended since 1 April, each counted once.",
    exclusions: "Short breaks (V3, V4).",
    source: "DfE, Children looked after in England including adoptions",
    version: "2",
    age_at: AgeAt::LastEnd,
    depends_on_birthday: false,
    needs: &[Fact::Episodes],
    of: &[CEASED_IN_YEAR],
    met: Some(|child, context| left_by(child.last_end_reason_in(context.at.year_to_date), ReasonCeased::is_adoption)),
    recorded: always,
    examples: "
        yes 2024-03-31: placed 2023-01-01, left 2023-05-10 E4A, placed 2023-07-20, left 2023-12-01 E11
        no 2023-09-30: placed 2023-01-01, left 2023-05-10 E4A, placed 2023-07-20, left 2023-12-01 E11
        no 2023-09-30: placed 2023-01-01, left 2023-05-10 E45
        blank 2023-09-30: placed 2023-01-01, left 2023-05-10
        out 2023-09-30: placed 2022-01-01, left 2023-03-31 E11",
};

/// Of those who left care since 1 April, those who left through special guardianship.
pub(super) const SPECIAL_GUARDIANSHIP: Indicator = Indicator {
    code: "ceased_sgo_pct",
    title: "Children ceasing to be looked after through special guardianship",
    domain: Domain::Core,
    numerator: "Children whose last end of care since 1 April was a special guardianship order (E45 to E48, earlier E43 and E44).",
    met: Some(|child, context| {
        left_by(child.last_end_reason_in(context.at.year_to_date), ReasonCeased::is_special_guardianship)
    }),
    examples: "
        yes 2023-09-30: placed 2023-01-01, left 2023-05-10 E48
        yes 2018-06-30: placed 2018-01-01, left 2018-05-10 E43
        no 2023-09-30: placed 2023-01-01, left 2023-05-10 E11
        out 2023-09-30: placed 2022-01-01, left 2023-03-31 E45",
    ..ADOPTED
};

fn left_by(reason: Option<ReasonCeased>, counted: fn(ReasonCeased) -> bool) -> Met {
    reason.map_or(Met::Blank, |reason| counted(reason).into())
}
