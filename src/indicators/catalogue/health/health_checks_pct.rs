//! Children with up-to-date health assessments.

use super::{TWELVE_MONTHS, days_attended, flagged, held};
use crate::indicators::prelude::*;

/// Children with up-to-date health assessments.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "health_checks_pct",
    title: "Children looked after 12 months with up-to-date health assessments",
    theme: Theme::Health,
    domain: Domain::Health,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::HigherIsBetter,
    basis: Basis::Rolling12Months,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children who had a health assessment in the twelve months, or two on different days if under 5; from the yearly return, those flagged HEALTH_ASSESSMENT.",
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
    depends_on_birthday: true,
    needs: &[Fact::Episodes, Fact::HealthAssessments],
    of: &[LOOKED_AFTER, TWELVE_MONTHS],
    met: Some(has_health_assessment),
    recorded: |context| held(context.assessments),
    national: Some(Likeness::SAME),
    open_data: Some(OpenData {
        column: Column::Percent,
        filters: &["health assessments: children looked after all ages", "had their annual health assessment"],
    }),
    examples: "
        yes 2023-09-30: born 2018-09-30, placed 2022-10-01, health 2023-09-30
        no 2023-09-30: born 2018-10-01, placed 2022-10-01, health 2023-09-30
        yes 2023-09-30: born 2019-06-01, placed 2022-10-01, health 2023-01-10, health 2023-07-10
        no 2023-09-30: born 2019-06-01, placed 2022-10-01, health 2023-01-10, health 2023-01-10
        yes 2024-03-31: return 2024, born 2023-01-01, placed 2023-02-01, oc2 2024 health
        out 2023-09-30: born 2010-01-01, placed 2022-10-02, health 2023-01-10",
};

/// From this birthday on one assessment a year is enough; before it, two are needed.
const ONE_ASSESSMENT_FROM_AGE: i32 = 5;

fn has_health_assessment(child: &Child, context: &Context<'_>) -> Met {
    match context.assessments {
        HealthSource::Events => {
            let mut days = days_attended(child, context, HealthEventKind::Assessment);
            let first = days.next();
            let young = child.age_on(context.at.on).is_some_and(|age| age < ONE_ASSESSMENT_FROM_AGE);
            (first.is_some() && (!young || days.any(|day| Some(day) != first))).into()
        }
        HealthSource::YearlyFlags => flagged(child, context, |row| row.health_assessment),
        HealthSource::Nothing => Met::Blank,
    }
}
