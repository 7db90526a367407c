//! Children with a dental check in the last twelve months.

use super::{TWELVE_MONTHS, days_attended, flagged, held};
use crate::indicators::prelude::*;

/// Children with a dental check in the last twelve months.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "dental_checks_pct",
    title: "Children looked after 12 months with a dental check in the last 12 months",
    theme: Theme::Health,
    domain: Domain::Health,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::HigherIsBetter,
    basis: Basis::Rolling12Months,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children who attended a dental check in the twelve months; from the yearly return, those flagged TEETH_CHECK.",
    denominator: "Children looked after on the last day, without a break for twelve months or more.",
    exclusions: "Short breaks (V3, V4). Nobody is left out for age or refusal; a blank is not a check.",
    source: "DfE, Children looked after in England including adoptions (OC2)",
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
    needs: &[Fact::Episodes, Fact::DentalChecks],
    of: &[LOOKED_AFTER, TWELVE_MONTHS],
    met: Some(has_dental_check),
    recorded: |context| held(context.dental),
    national: Some(Likeness {
        note: "Published for the twelve months to 31 March; ours are those to any day.",
        ..Likeness::SAME
    }),
    open_data: Some(OpenData {
        column: Column::Percent,
        filters: &["health assessments: children looked after all ages", "had their teeth checked by a dentist"],
    }),
    examples: "
        yes 2023-09-30: placed 2022-10-01, dentist 2022-10-01
        no 2023-09-30: placed 2022-01-01, dentist 2022-09-30, dentist 2023-02-01 refused
        yes 2024-03-31: return 2024, placed 2023-04-01, oc2 2024 teeth
        no 2024-03-31: return 2024, placed 2023-04-01, oc2 2024 health
        out 2024-03-31: return 2024, placed 2023-04-02, oc2 2024 teeth",
};

fn has_dental_check(child: &Child, context: &Context<'_>) -> Met {
    match context.dental {
        HealthSource::Events => days_attended(child, context, HealthEventKind::Dental).next().is_some().into(),
        HealthSource::YearlyFlags => flagged(child, context, |row| row.teeth_check),
        HealthSource::Nothing => Met::Blank,
    }
}
