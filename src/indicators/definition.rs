//! What an indicator is made of.

use super::{
    Context,
    published_measure::{Likeness, OpenData},
};
use crate::{
    access::Domain,
    breakdowns::{AgeBand, EthnicGroup, Gender, Group},
    care::Child,
    period::Date,
    snapshot::Fact,
    statistics::{Absence, Basis, FlatTarget, Polarity, Unit},
};

/// A measure that a panel reads: what is counted, of whom, and in whose words.
pub struct Indicator {
    /// The stable code.
    pub code: &'static str,
    /// The name on the scorecard.
    pub title: &'static str,
    /// Which chapter it belongs to.
    pub theme: Theme,
    /// Which part of the records it is drawn from, for access.
    pub domain: Domain,
    /// What its value is measured in.
    pub unit: Unit,
    /// How many decimals its value shows (methodology M1).
    pub decimals: u32,
    /// Which way is better.
    pub polarity: Polarity,
    /// What stretch of time it measures.
    pub basis: Basis,
    /// When one target for the whole year judges it.
    pub flat_target: FlatTarget,
    /// Who is counted, in words.
    pub numerator: &'static str,
    /// Out of whom, in words.
    pub denominator: &'static str,
    /// Who is left out, in words.
    pub exclusions: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
    /// What the rule was, and since when; the newest last.
    pub versions: &'static [Version],
    /// The day at which a child's age band is taken.
    pub age_at: AgeAt,
    /// Whether whom it is about, or whom it counts, can turn on a birthday, or on a status whose end is a birthday, such as
    /// that of an unaccompanied child. The end of care at 18 alone does not make it so (ruling A20).
    pub depends_on_birthday: bool,
    /// The facts without which there is no number: it is due when the records reach the day in all of them (ruling 60).
    pub needs: &'static [Fact],
    /// The children it is about: those whom every step keeps.
    pub of: &'static [Step],
    /// Whom it counts among them; for counts and rates, all of them.
    pub met: Option<fn(&Child, &Context<'_>) -> Met>,
    /// What the authority as a whole must record for there to be a number at all.
    pub recorded: fn(&Context<'_>) -> Result<(), Absence>,
    /// How the figure published for the whole country stands to it; none where there is none.
    pub national: Option<Likeness>,
    /// Where the open data of the education department has it; none where it has not.
    pub open_data: Option<OpenData>,
    /// Worked examples: a line each, `yes DAY: story`, `no DAY: …`, `blank DAY: …` or `out DAY: …`.
    pub examples: &'static str,
}

/// A rule as it was from a day on. A new one whenever the rule changes, so that old and new numbers are never mixed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number, from "1".
    pub number: &'static str,
    /// The day on which it became the rule, such as 2026-11-22.
    pub since: &'static str,
    /// What it counts otherwise than the one before.
    pub change: &'static str,
}

/// One condition that narrows the children an indicator is about.
pub struct Step {
    /// The condition in words.
    pub text: &'static str,
    /// Whether a child meets it.
    pub keep: fn(&Child, &Context<'_>) -> bool,
}

/// Whether a child whom an indicator is about is one that it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// Counted.
    Yes,
    /// Not counted.
    No,
    /// Not counted, because the records do not say.
    Blank,
}

impl From<bool> for Met {
    fn from(met: bool) -> Self {
        if met { Met::Yes } else { Met::No }
    }
}

/// The chapter of the catalogue that an indicator belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the chapters")]
pub enum Theme {
    PopulationAndFlow,
    Reviews,
    PlacementStability,
    PlacementLocation,
    Permanence,
    Health,
    Missing,
    CareLeavers,
}

impl Theme {
    /// The name of the chapter.
    pub fn label(self) -> &'static str {
        match self {
            Theme::PopulationAndFlow => "Population and flow",
            Theme::Reviews => "Reviews, planning and visits",
            Theme::PlacementStability => "Placement stability",
            Theme::PlacementLocation => "Placement location and type",
            Theme::Permanence => "Leaving care and permanence",
            Theme::Health => "Health",
            Theme::Missing => "Missing and absent",
            Theme::CareLeavers => "Care leavers",
        }
    }
}

/// The day at which a child's age band is taken (methodology M8, ruling 40).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeAt {
    /// The last day of the period.
    PeriodEnd,
    /// The first start of care in the year so far.
    FirstStart,
    /// The last end of care in the year so far.
    LastEnd,
}

impl Indicator {
    /// The number of the rule that holds.
    pub fn version(&self) -> &'static str {
        self.versions.last().map_or("", |version| version.number)
    }

    /// Whether the indicator is about the child.
    pub fn is_about(&self, child: &Child, context: &Context<'_>) -> bool {
        self.of.iter().all(|step| (step.keep)(child, context))
    }

    /// Whether a child whom it is about is counted.
    pub fn judge(&self, child: &Child, context: &Context<'_>) -> Met {
        self.met.map_or(Met::Yes, |met| met(child, context))
    }

    /// The groups that a child stands in: one of each dimension.
    pub fn groups(&self, child: &Child, context: &Context<'_>) -> [Group; 3] {
        [
            Group::Ethnicity(EthnicGroup::from(child.ethnicity)),
            Group::AgeBand(AgeBand::of(self.age_day(child, context).and_then(|day| child.age_on(day)))),
            Group::Gender(Gender::from(child.sex)),
        ]
    }

    fn age_day(&self, child: &Child, context: &Context<'_>) -> Option<Date> {
        match self.age_at {
            AgeAt::PeriodEnd => Some(context.at.on),
            AgeAt::FirstStart => child.first_start_in(context.at.year_to_date).map(|period| period.start),
            AgeAt::LastEnd => child.last_end_in(context.at.year_to_date).and_then(|period| period.end),
        }
    }
}

/// For indicators that every authority's records can answer.
pub(super) fn always(_: &Context<'_>) -> Result<(), Absence> {
    Ok(())
}
