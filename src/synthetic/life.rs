//! One invented child: who they are, each stay in care, and what was noted on the way.
//!
//! A life is told whole, with its future; each yearly return shows only what was known by its last day.

use crate::{
    care::codes::{
        Accommodation, Activity, Eligibility, Ethnicity, InTouch, LegalStatus, Need, Participation, Place, Provider,
        ReasonCeased, ReasonChange, ReasonNew, Sex,
    },
    period::{Date, age},
};

/// One invented child.
#[derive(Clone, Debug)]
pub struct Life {
    /// The authority's identifier of the child.
    pub child: String,
    /// Day of birth.
    pub birth: Date,
    /// Sex.
    pub sex: Sex,
    /// Ethnic background.
    pub ethnicity: Ethnicity,
    /// Unique pupil number, or the code that says why there is none.
    pub upn: String,
    /// Postcode of the home the child came from; empty for an unaccompanied child.
    pub home: String,
    /// An unaccompanied asylum-seeking child, until the eighteenth birthday.
    pub unaccompanied: bool,
    /// Stays in care, in order, with days between them.
    pub stays: Vec<Stay>,
    /// Times missing or away.
    pub absences: Vec<Absence>,
    /// Dated health events.
    pub checks: Vec<HealthCheck>,
    /// What the yearly flags say of the child's wellbeing.
    pub wellbeing: Wellbeing,
    /// The way to adoption, if it was decided on.
    pub adoption: Option<Adoption>,
    /// Duties owed after care, in order.
    pub duties: Vec<Duty>,
    /// Contacts after care, in order.
    pub contacts: Vec<Contact>,
}

/// One stay in care, from coming in to leaving.
#[derive(Clone, Debug)]
pub struct Stay {
    /// The main need on coming in, the same throughout.
    pub need: Need,
    /// Stretches of one legal status and one placement; each ends where the next begins.
    pub spells: Vec<Spell>,
    /// The day care ended and why; none if it lasts.
    pub end: Option<(Date, ReasonCeased)>,
    /// Reviews held and how the child took part.
    pub reviews: Vec<(Date, Participation)>,
}

/// One stretch of a single legal status and a single placement.
#[derive(Clone, Debug)]
pub struct Spell {
    /// First day.
    pub from: Date,
    /// Why it began.
    pub began: ReasonNew,
    /// Legal status.
    pub law: LegalStatus,
    /// Where the child lives.
    pub setting: Setting,
    /// Why the placement ended, if the next spell is another placement.
    pub left: Option<ReasonChange>,
}

/// Where a child lives, and with whom.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Placement type.
    pub place: Place,
    /// Who provides it.
    pub provider: Option<Provider>,
    /// Postcode, in an area that does not exist.
    pub postcode: String,
    /// Ofsted's number of the setting or agency, invented.
    pub urn: Option<String>,
    /// Miles from home in tenths; none for a child without a home address.
    pub tenths_of_miles: Option<i64>,
    /// Code of the authority in whose area it lies; none for the child's own.
    pub other_area: Option<&'static str>,
}

/// A time missing or away.
#[derive(Clone, Copy, Debug)]
pub struct Absence {
    /// Missing, or away without permission.
    pub kind: crate::care::codes::MissingKind,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// What a health event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// A health assessment, the first or a later one.
    Assessment,
    /// A check by a dentist.
    Dental,
}

/// A health event that was done or refused.
#[derive(Clone, Copy, Debug)]
pub struct HealthCheck {
    /// What.
    pub check: Check,
    /// When.
    pub on: Date,
    /// Whether the child refused.
    pub refused: bool,
}

/// Answers to the yearly questions on health and offending that are not dated.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wellbeing {
    /// Strengths and difficulties total, 0 to 40.
    pub difficulties: u8,
    /// Not immunised in full.
    pub not_immunised: bool,
    /// Has a problem with drugs or alcohol, from twelve years on.
    pub misuses_substances: bool,
    /// Was cautioned or convicted, from twelve years on.
    pub convicted: bool,
}

/// The way to adoption.
#[derive(Clone, Copy, Debug)]
pub struct Adoption {
    /// Adoption was decided on.
    pub decided: Date,
    /// Matched with the adopters.
    pub matched: Date,
    /// Whether the foster carers adopt.
    pub by_carers: bool,
    /// Whether there are two adopters.
    pub couple: bool,
}

/// A duty of the authority after care.
#[derive(Clone, Copy, Debug)]
pub struct Duty {
    /// Which.
    pub eligibility: Eligibility,
    /// First day.
    pub from: Date,
    /// The day it ends, no longer part of it.
    pub until: Option<Date>,
}

/// A contact with a young person who has left care.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    /// The day.
    pub on: Date,
    /// Whether they are in touch.
    pub in_touch: InTouch,
    /// What they do.
    pub activity: Activity,
    /// Where they live, and whether it suits.
    pub accommodation: Accommodation,
}

impl Life {
    /// The stay that holds the day.
    pub fn stay_on(&self, day: Date) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.start() <= day && stay.end.is_none_or(|(end, _)| end > day))
    }

    /// Age in completed years, zero before birth.
    pub fn age_on(&self, day: Date) -> i32 {
        age(self.birth, day).unwrap_or(0)
    }
}

impl Stay {
    /// First day of care.
    pub fn start(&self) -> Date {
        self.spells.first().map_or(Date::MAX, |spell| spell.from)
    }

    /// The day care ends, or a day out of reach.
    pub fn until(&self) -> Date {
        self.end.map_or(Date::MAX, |(end, _)| end)
    }

    /// Whether the stay is a series of short breaks.
    pub fn is_respite(&self) -> bool {
        self.spells.iter().any(|spell| matches!(spell.law, LegalStatus::V3 | LegalStatus::V4))
    }

    /// Each spell with the spell after it.
    pub fn chain(&self) -> impl Iterator<Item = (&Spell, Option<&Spell>)> {
        self.spells.iter().zip(self.spells.iter().skip(1).map(Some).chain([None]))
    }
}
