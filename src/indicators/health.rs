//! Health: dental checks and health assessments of children looked after for a year or more.
//!
//! Dated events are used if the authority holds any of the kind in the twelve months; otherwise, at 31 March, the
//! flags of the yearly return; otherwise there is no figure (ruling 45).

use super::{
    Context,
    context::HealthSource,
    definition::{AgeAt, Indicator, LOOKED_AFTER, Met, Step, Theme},
};
use crate::{
    access::Domain,
    care::{
        Child,
        records::{HealthEventKind, Oc2Row},
    },
    period::Date,
    snapshot::Fact,
    statistics::{Absence, Basis, FlatTarget, Polarity, Unit},
};

/// From this birthday on one assessment a year is enough; before it, two are needed.
const ONE_ASSESSMENT_FROM_AGE: i32 = 5;

/// Children with a dental check in the last twelve months.
pub(super) const DENTAL_CHECKS: Indicator = Indicator {
    code: "dental_checks_pct",
    title: "Children looked after 12 months with a dental check in the last 12 months",
    theme: Theme::Health,
    domain: Domain::Health,
    unit: Unit::Percent,
    polarity: Polarity::HigherIsBetter,
    basis: Basis::Rolling12Months,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Children who attended a dental check in the twelve months; from the yearly return, those flagged TEETH_CHECK.",
    denominator: "Children looked after on the last day, without a break for twelve months or more.",
    exclusions: "Short breaks (V3, V4). Nobody is left out for age or refusal; a blank is not a check.",
    source: "DfE, Children looked after in England including adoptions (OC2)",
    version: "2",
    age_at: AgeAt::PeriodEnd,
    depends_on_birthday: false,
    needs: &[Fact::Episodes, Fact::DentalChecks],
    of: &[
        LOOKED_AFTER,
        Step {
            text: "looked after for twelve months or more without a break",
            keep: |child, context| child.looked_after_since(context.at.twelve_months_ago, context.at.on),
        },
    ],
    met: Some(has_dental_check),
    recorded: |context| held(context.dental),
    examples: "
        yes 2023-09-30: placed 2022-10-01, dentist 2022-10-01
        no 2023-09-30: placed 2022-01-01, dentist 2022-09-30, dentist 2023-02-01 refused
        yes 2024-03-31: return 2024, placed 2023-04-01, oc2 2024 teeth
        no 2024-03-31: return 2024, placed 2023-04-01, oc2 2024 health
        out 2024-03-31: return 2024, placed 2023-04-02, oc2 2024 teeth",
};

/// Children with up-to-date health assessments.
pub(super) const HEALTH_CHECKS: Indicator = Indicator {
    code: "health_checks_pct",
    title: "Children looked after 12 months with up-to-date health assessments",
    numerator: "Children who had a health assessment in the twelve months, or two on different days if under 5; from the yearly return, those flagged HEALTH_ASSESSMENT.",
    depends_on_birthday: true,
    needs: &[Fact::Episodes, Fact::HealthAssessments],
    met: Some(has_health_assessment),
    recorded: |context| held(context.assessments),
    examples: "
        yes 2023-09-30: born 2018-09-30, placed 2022-10-01, health 2023-09-30
        no 2023-09-30: born 2018-10-01, placed 2022-10-01, health 2023-09-30
        yes 2023-09-30: born 2019-06-01, placed 2022-10-01, health 2023-01-10, health 2023-07-10
        no 2023-09-30: born 2019-06-01, placed 2022-10-01, health 2023-01-10, health 2023-01-10
        yes 2024-03-31: return 2024, born 2023-01-01, placed 2023-02-01, oc2 2024 health
        out 2023-09-30: born 2010-01-01, placed 2022-10-02, health 2023-01-10",
    ..DENTAL_CHECKS
};

fn held(source: HealthSource) -> Result<(), Absence> {
    if source == HealthSource::Nothing { Err(Absence::NotAvailable) } else { Ok(()) }
}

fn has_dental_check(child: &Child, context: &Context<'_>) -> Met {
    match context.dental {
        HealthSource::Events => days_attended(child, context, HealthEventKind::Dental).next().is_some().into(),
        HealthSource::YearlyFlags => flagged(child, context, |row| row.teeth_check),
        HealthSource::Nothing => Met::Blank,
    }
}

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

fn days_attended<'a>(
    child: &'a Child,
    context: &Context<'_>,
    kind: HealthEventKind,
) -> impl Iterator<Item = Date> + 'a {
    let window = context.at.twelve_months;
    child.health.iter().filter(move |e| e.kind.is_a(kind) && e.attended && window.contains(e.on)).map(|e| e.on)
}

/// A child without a row, or with a blank flag, stays in the denominator (methodology M2).
fn flagged(child: &Child, context: &Context<'_>, flag: fn(&Oc2Row) -> Option<bool>) -> Met {
    child.flags_at(&context.at).and_then(flag).map_or(Met::Blank, Met::from)
}
