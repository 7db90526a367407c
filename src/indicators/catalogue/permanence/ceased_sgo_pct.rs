//! Of those who left care since 1 April, those who left through special guardianship.

use super::left_by;
use crate::indicators::prelude::*;

/// Of those who left care since 1 April, those who left through special guardianship.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "ceased_sgo_pct",
    title: "Children ceasing to be looked after through special guardianship",
    theme: Theme::Permanence,
    domain: Domain::Core,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::HigherIsBetter,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children whose last end of care since 1 April was a special guardianship order (E45 to E48, earlier E43 and E44).",
    denominator: "Children whose care ended since 1 April, each counted once.",
    exclusions: "Short breaks (V3, V4).",
    source: "DfE, Children looked after in England including adoptions",
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
    met: Some(|child, context| {
        left_by(child.last_end_reason_in(context.at.year_to_date), ReasonCeased::is_special_guardianship)
    }),
    recorded: always,
    national: Some(Likeness::SAME),
    open_data: Some(OpenData {
        column: Column::Percent,
        filters: &["reason episode ceased", "special guardianship order"],
    }),
    examples: "
        yes 2023-09-30: placed 2023-01-01, left 2023-05-10 E48
        yes 2018-06-30: placed 2018-01-01, left 2018-05-10 E43
        no 2023-09-30: placed 2023-01-01, left 2023-05-10 E11
        out 2023-09-30: placed 2022-01-01, left 2023-03-31 E45",
};
