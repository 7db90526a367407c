//! The rows that a council's returns and lists hold about one child, typed but not yet joined.
//!
//! A row of a yearly return says which return it came from (`return_year` 2024 is the year that ended on
//! 31 March 2024). Codes that are not in their set arrive as `None`.

use super::codes::{
    Accommodation, Activity, Eligibility, Ethnicity, InTouch, LegalStatus, MissingKind, Need, OutsideEngland,
    Participation, Place, Provider, ReasonCeased, ReasonChange, ReasonNew, Sex,
};
use super::urn::real_urn;
use crate::period::Date;

/// A return that has been loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LoadedReturn {
    /// The year in which the collection year ends.
    pub year: i32,
    /// The last day that the return covers: 31 March, or earlier for a return made during the year.
    pub up_to: Date,
}

/// Everything held about one child, from every loaded return and list.
#[derive(Clone, Debug, Default)]
pub struct ChildRecords {
    /// The authority's own identifier of the child.
    pub child: Box<str>,
    /// Who the child is, as each return says.
    pub details: Vec<DetailRow>,
    /// Episodes of care, short breaks included.
    pub episodes: Vec<EpisodeRow>,
    /// Reviews held.
    pub reviews: Vec<ReviewRow>,
    /// Times missing or away without authorisation.
    pub missing: Vec<MissingRow>,
    /// Rows of the unaccompanied asylum-seeking children file.
    pub unaccompanied: Vec<UnaccompaniedRow>,
    /// The yearly flags on health and offending.
    pub oc2: Vec<Oc2Row>,
    /// The yearly rows on care leavers.
    pub oc3: Vec<Oc3Row>,
    /// Dated health checks.
    pub health: Vec<HealthEvent>,
    /// Dated contacts with a care leaver, in the order in which they were entered.
    pub contacts: Vec<LeaverContact>,
    /// Leaving care duties that are owed, from when to when.
    pub eligibility: Vec<EligibilitySpell>,
    /// Which carer household a placement was with.
    pub carers: Vec<CarerLink>,
    /// The days on which adoption was decided to be best for the child.
    pub adoption_decisions: Vec<Date>,
}

/// Who a child is, as one return says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DetailRow {
    /// The return.
    pub return_year: i32,
    /// Day of birth.
    pub birth: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Ethnic background.
    pub ethnicity: Option<Ethnicity>,
}

/// One row of the episodes file: one legal status and one placement, from its first day to the day it ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EpisodeRow {
    /// The return.
    pub return_year: i32,
    /// First day (`DECOM`).
    pub start: Date,
    /// The day it ended, which is no longer part of it (`DEC`); none while open.
    pub end: Option<Date>,
    /// Why it began (`RNE`).
    pub reason_new: Option<ReasonNew>,
    /// Legal status (`LS`).
    pub legal_status: Option<LegalStatus>,
    /// Category of need (`CIN`).
    pub need: Option<Need>,
    /// Placement type (`PLACE`).
    pub place: Option<Place>,
    /// Who provides the placement.
    pub provider: Option<Provider>,
    /// Why it ended (`REC`).
    pub reason_ceased: Option<ReasonCeased>,
    /// Why the placement ended.
    pub reason_change: Option<ReasonChange>,
    /// Postcode of the placement, without spaces.
    pub placement_postcode: Option<Box<str>>,
    /// Ofsted number of the setting or agency.
    pub urn: Option<Box<str>>,
    /// Miles from home, 999 and more being unknown (ruling R6).
    pub distance_miles: Option<f64>,
    /// Whether the placement lies in the responsible authority.
    pub in_authority: Option<bool>,
    /// Where it lies outside England.
    pub outside_england: Option<OutsideEngland>,
}

impl EpisodeRow {
    /// The Ofsted number, if it names a setting and is no placeholder.
    pub fn real_urn(&self) -> Option<&str> {
        self.urn.as_deref().and_then(real_urn)
    }
}

/// A review that was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// The return.
    pub return_year: i32,
    /// The day.
    pub held: Date,
    /// How the child took part.
    pub participation: Option<Participation>,
}

/// A time missing or away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingRow {
    /// The return.
    pub return_year: i32,
    /// Missing or away.
    pub kind: Option<MissingKind>,
    /// First day.
    pub start: Date,
    /// Last day; none while missing.
    pub end: Option<Date>,
}

/// A row of the unaccompanied asylum-seeking children file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnaccompaniedRow {
    /// The return.
    pub return_year: i32,
    /// The day the status ended.
    pub until: Option<Date>,
}

/// The yearly flags of a child looked after for twelve months at 31 March; a blank flag is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Oc2Row {
    /// The return.
    pub return_year: i32,
    /// Teeth checked by a dentist in the year.
    pub teeth_check: Option<bool>,
    /// Annual health assessment done.
    pub health_assessment: Option<bool>,
    /// Immunisations up to date.
    pub immunisations: Option<bool>,
    /// Development checks up to date (under 5).
    pub health_check: Option<bool>,
    /// Convicted or cautioned in the year (10 and over).
    pub convicted: Option<bool>,
    /// Substance misuse problem identified.
    pub substance_misuse: Option<bool>,
    /// Strengths and difficulties score, 0 to 40.
    pub sdq_score: Option<u8>,
}

/// The yearly row on a care leaver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Oc3Row {
    /// The return.
    pub return_year: i32,
    /// Whether the authority is in touch.
    pub in_touch: Option<InTouch>,
    /// Main activity.
    pub activity: Option<Activity>,
    /// Accommodation with its suitability.
    pub accommodation: Option<Accommodation>,
}

/// A dated contact with a care leaver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaverContact {
    /// The day.
    pub on: Date,
    /// Whether the authority is in touch.
    pub in_touch: Option<InTouch>,
    /// Main activity.
    pub activity: Option<Activity>,
    /// Accommodation with its suitability.
    pub accommodation: Option<Accommodation>,
}

/// A leaving care duty, from when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EligibilitySpell {
    /// Which duty.
    pub eligibility: Eligibility,
    /// First day.
    pub start: Date,
    /// The day it ended, no longer part of it; none while it lasts.
    pub end: Option<Date>,
}

/// What a dated health event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HealthEventKind {
    /// Health assessment, not said whether initial or review.
    Assessment,
    /// Initial health assessment.
    InitialAssessment,
    /// Review health assessment.
    ReviewAssessment,
    /// Dental check.
    Dental,
    /// Immunisation.
    Immunisation,
    /// Surveillance or development check, which is no assessment (ruling 63).
    Development,
}

impl HealthEventKind {
    const WORDS: [(&'static str, Self); 6] = [
        ("ASSESSMENT", Self::Assessment),
        ("INITIAL_ASSESSMENT", Self::InitialAssessment),
        ("REVIEW_ASSESSMENT", Self::ReviewAssessment),
        ("DENTAL", Self::Dental),
        ("IMMUNISATION", Self::Immunisation),
        ("DEVELOPMENT", Self::Development),
    ];

    /// Reads the word under which the event is stored.
    pub fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }

    /// The word under which the event is stored.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// Whether an event of this kind is one of the other: initial and review assessments are assessments.
    pub fn is_a(self, other: Self) -> bool {
        let is_assessment = matches!(self, Self::InitialAssessment | Self::ReviewAssessment);
        self == other || (other == Self::Assessment && is_assessment)
    }
}

/// A dated health event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HealthEvent {
    /// Assessment, dental check and so on.
    pub kind: HealthEventKind,
    /// The day it was done or refused.
    pub on: Date,
    /// Whether the child attended; a refused or missed check is not a check.
    pub attended: bool,
}

/// Which carer household a placement that began on a day was with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarerLink {
    /// First day of the placement.
    pub start: Date,
    /// The household's identifier.
    pub household: Box<str>,
}
