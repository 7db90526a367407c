//! Care leavers: how many there are, and whether they have a home and work around their birthday.
//!
//! Whether someone is NEET, or suitably housed, is read from the contact nearest the 19th, 20th or 21st birthday,
//! otherwise from the yearly return (methodology M12, rulings R5, 37, 45, 46).

use super::{
    Context,
    definition::{AgeAt, Indicator, Met, Step, Theme, always},
};
use crate::{
    access::Domain,
    care::{Child, LeaverStatus, codes::Accommodation, codes::InTouch},
    snapshot::Fact,
    statistics::{Basis, FlatTarget, Polarity, Unit},
};

/// Current care leavers.
pub(super) const NUMBER: Indicator = Indicator {
    code: "care_leavers_number",
    title: "Number of current care leavers at period end",
    theme: Theme::PopulationAndFlow,
    domain: Domain::Core,
    unit: Unit::Count,
    polarity: Polarity::Neutral,
    basis: Basis::Snapshot,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Young people aged 16 to 24 who are relevant or former relevant on the last day of the period, by the authority's list; without a list, those whose history or yearly return shows it.",
    denominator: "None: a count.",
    exclusions: "Those looked after on that day, those recorded as having died, and qualifying young people.",
    source: "Local indicator; Children (Leaving Care) Act 2000 for who is owed what",
    version: "2",
    age_at: AgeAt::PeriodEnd,
    depends_on_birthday: true,
    needs: &[Fact::LeavingCareDuties],
    of: &[
        Step {
            text: "aged 16 to 24 on the last day of the period",
            keep: |child, context| child.age_on(context.at.on).is_some_and(|age| (16..=24).contains(&age)),
        },
        Step { text: "relevant or former relevant on that day", keep: is_relevant },
        Step { text: "not looked after on that day", keep: |child, context| !child.looked_after_on(context.at.on) },
        Step { text: "not recorded as having died", keep: |child, context| !child.is_recorded_dead_by(context.at.on) },
    ],
    met: None,
    recorded: always,
    examples: "
        yes 2023-09-30: born 2004-05-01, eligible 2022-05-01 FORMER_RELEVANT
        out 2023-09-30: born 2004-05-01, eligible 2022-05-01 QUALIFYING
        out 2023-09-30: born 2004-05-01, eligible 2022-05-01 to 2023-09-30 FORMER_RELEVANT
        out 2023-09-30: born 1998-09-30, eligible 2016-09-30 FORMER_RELEVANT
        yes 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E5
        out 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E3
        yes 2023-09-30: born 2004-05-01, oc3 2023 YES F2 U1
        out 2023-09-30: born 2004-05-01, oc3 2024 DIED 0 0
        out 2023-09-30: born 2006-05-01, placed 2022-01-01",
};

/// Care leavers aged 19 to 21 in suitable accommodation.
pub(super) const SUITABLE_ACCOMMODATION: Indicator = Indicator {
    code: "care_leavers_suitable_accommodation_pct",
    title: "Care leavers aged 19-21 in suitable accommodation",
    theme: Theme::CareLeavers,
    domain: Domain::Leaver,
    unit: Unit::Percent,
    polarity: Polarity::HigherIsBetter,
    basis: Basis::YearToDate,
    numerator: "Those in accommodation recorded as suitable around that birthday (a code that ends in 1).",
    denominator: "Care leavers whose 19th, 20th or 21st birthday fell since 1 April; those about whom nothing is known stay in.",
    exclusions: "Died, returned to parents for six months or more, transferred to another authority; gone abroad, deported, residence not known; short breaks only.",
    source: "DfE, Children looked after in England including adoptions (OC3)",
    version: "2",
    needs: &[Fact::LeaverContacts],
    of: &[
        BIRTHDAY,
        LEAVER,
        IN_THE_BASE,
        Step {
            text: "not gone abroad, deported or of unknown residence",
            keep: |child, context| !accommodation(child, context).is_some_and(Accommodation::has_no_usable_address),
        },
    ],
    met: Some(|child, context| {
        accommodation(child, context).and_then(Accommodation::is_suitable).map_or(Met::Blank, Met::from)
    }),
    examples: "
        yes 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E5, contact 2023-05-20 YES F2 U1
        no 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E5, contact 2023-05-20 YES F2 S2
        blank 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E5
        blank 2023-09-30: born 2004-05-01, oc3 2024 YES F2 S1
        out 2023-09-30: born 2004-05-01, oc3 2024 YES F2 G1
        out 2023-09-30: born 2004-05-01, oc3 2024 RHOM 0 0
        out 2023-09-30: born 2004-10-01, oc3 2024 YES F2 U1",
    ..NUMBER
};

/// Care leavers aged 19 to 21 not in education, employment or training.
pub(super) const NEET: Indicator = Indicator {
    code: "care_leavers_neet_pct",
    title: "Care leavers aged 19-21 not in education, employment or training",
    polarity: Polarity::LowerIsBetter,
    numerator: "Those not in education, employment or training around that birthday (G4, G5, G6). Not known is not NEET.",
    exclusions: "Died, returned to parents for six months or more, transferred to another authority; short breaks only.",
    of: &[BIRTHDAY, LEAVER, IN_THE_BASE],
    met: Some(|child, context| status(child, context).activity.map_or(Met::Blank, neet)),
    examples: "
        yes 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E5, contact 2023-05-20 YES G5 U1
        no 2023-09-30: born 2004-05-01, oc3 2024 YES P3 U1
        blank 2023-09-30: born 2004-05-01, oc3 2024 NO 0 0
        yes 2023-09-30: born 2004-05-01, oc3 2024 YES G4 G1
        out 2023-09-30: born 2004-05-01, placed 2020-01-01 V2 K2
        out 2023-09-30: born 2004-05-01, oc3 2024 DIED 0 0",
    ..SUITABLE_ACCOMMODATION
};

const BIRTHDAY: Step = Step {
    text: "had a 19th, 20th or 21st birthday since 1 April, up to the last day of the period",
    keep: |child, context| child.leaver_birthday_in(context.at.year_to_date).is_some(),
};

const LEAVER: Step = Step {
    text: "a care leaver on that birthday: no longer looked after, not transferred to another authority",
    keep: |child, context| child.leaver_birthday_in(context.at.year_to_date).is_some_and(|day| child.is_leaver_on(day)),
};

const IN_THE_BASE: Step = Step {
    text: "neither died nor returned to parents for six months or more",
    keep: |child, context| !status(child, context).in_touch.is_some_and(InTouch::leaves_the_base),
};

fn is_relevant(child: &Child, context: &Context<'_>) -> bool {
    if context.lists_leavers() {
        return child.leaver.as_ref().is_some_and(|leaver| leaver.is_relevant_on(context.at.on));
    }
    child.earned_leaving_care_by(context.at.on) || child.is_in_a_leavers_return(context.at.on)
}

fn status(child: &Child, context: &Context<'_>) -> LeaverStatus {
    let birthday = child.leaver_birthday_in(context.at.year_to_date);
    birthday.map(|day| child.leaver_status_on(day)).unwrap_or_default()
}

fn accommodation(child: &Child, context: &Context<'_>) -> Option<Accommodation> {
    status(child, context).accommodation
}

fn neet(activity: crate::care::codes::Activity) -> Met {
    if activity == crate::care::codes::Activity::NotKnown { Met::Blank } else { activity.is_neet().into() }
}
