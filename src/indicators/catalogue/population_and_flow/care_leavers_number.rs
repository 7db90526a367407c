//! Current care leavers.

use crate::indicators::prelude::*;

/// Current care leavers.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "care_leavers_number",
    title: "Number of current care leavers at period end",
    theme: Theme::PopulationAndFlow,
    domain: Domain::Core,
    unit: Unit::Count,
    decimals: 0,
    polarity: Polarity::Neutral,
    basis: Basis::Snapshot,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Young people aged 16 to 24 who are relevant or former relevant on the last day of the period, by the authority's list; without a list, those whose history or yearly return shows it.",
    denominator: "None: a count.",
    exclusions: "Those looked after on that day, those recorded as having died, and qualifying young people.",
    source: "Local indicator; Children (Leaving Care) Act 2000 for who is owed what",
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
    national: None,
    open_data: None,
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

fn is_relevant(child: &Child, context: &Context<'_>) -> bool {
    if context.lists_leavers() {
        return child.leaver.as_ref().is_some_and(|leaver| leaver.is_relevant_on(context.at.on));
    }
    child.earned_leaving_care_by(context.at.on) || child.is_in_a_leavers_return(context.at.on)
}
