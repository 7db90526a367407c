//! A child's history, and the questions that indicators ask of it.

use super::{
    codes::{Ethnicity, ReasonCeased, Sex},
    join::Repairs,
    leaver::LeaverHistory,
    missing::MissingEpisode,
    period_of_care::{PeriodOfCare, Periods},
    placement::Placement,
    records::{HealthEvent, Oc2Row},
};
use crate::period::{AsAt, Date, Window, age};

/// One child of one authority: every period of care, joined over the years and without short breaks.
#[derive(Clone, Debug, Default)]
pub struct Child {
    /// The authority's own identifier.
    pub id: Box<str>,
    /// Day of birth, if known.
    pub birth: Option<Date>,
    /// Sex, if recorded.
    pub sex: Option<Sex>,
    /// Ethnic background, if recorded.
    pub ethnicity: Option<Ethnicity>,
    /// Unaccompanied asylum-seeking child, and until when.
    pub unaccompanied: Option<Unaccompanied>,
    /// Periods of care in order.
    pub periods: Periods,
    /// Times missing or away, in order.
    pub missing: Box<[MissingEpisode]>,
    /// Dated health events in order.
    pub health: Box<[HealthEvent]>,
    /// The yearly health flags.
    pub oc2: Box<[Oc2Row]>,
    /// What is known of the child as a care leaver; most children have none of it.
    pub leaver: Option<Box<LeaverHistory>>,
    /// The first decision that adoption is best for the child, if there was one.
    pub adoption_decided: Option<Date>,
    /// What was repaired while the years were joined.
    pub repairs: Repairs,
}

/// A child recorded as an unaccompanied asylum-seeking child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unaccompanied {
    /// The day from which the status no longer holds.
    pub until: Option<Date>,
}

impl Child {
    /// The period of care that holds the day.
    pub fn period_on(&self, day: Date) -> Option<&PeriodOfCare> {
        if !self.periods.reach(Window::new(day, day)) {
            return None;
        }
        self.periods.iter().rev().find(|p| p.holds(day))
    }

    /// Looked after on the day: in on the first day of care, out on the day care ends (methodology M5).
    pub fn looked_after_on(&self, day: Date) -> bool {
        self.period_on(day).is_some()
    }

    /// Looked after at any time in the window, or care ended in it (methodology M6).
    pub fn looked_after_in(&self, window: Window) -> bool {
        let lasted = |p: &PeriodOfCare, from| p.end.is_none_or(|end| end > from || (end == from && !p.lost));
        self.periods.reach(window) && self.periods.iter().any(|p| p.start <= window.to && lasted(p, window.from))
    }

    /// Looked after on the day and without a break since `since` or earlier (methodology M7).
    pub fn looked_after_since(&self, since: Date, on: Date) -> bool {
        self.period_on(on).is_some_and(|p| p.start <= since)
    }

    /// The first period of care that began in the window.
    pub fn first_start_in(&self, window: Window) -> Option<&PeriodOfCare> {
        if !self.periods.reach(window) {
            return None;
        }
        self.periods.iter().find(|p| window.contains(p.start))
    }

    /// The last period of care that ended in the window, whether or not the child came back. Where the records lose a
    /// child, care has not ended (ruling 14 (d)).
    pub fn last_end_in(&self, window: Window) -> Option<&PeriodOfCare> {
        if !self.periods.reach(window) {
            return None;
        }
        self.periods.iter().rev().find(|p| !p.lost && p.end.is_some_and(|end| window.contains(end)))
    }

    /// Why the last period that ended in the window did so.
    pub fn last_end_reason_in(&self, window: Window) -> Option<ReasonCeased> {
        self.last_end_in(window)?.end_reason
    }

    /// The placements, of any period of care, that overlap the window (methodology M9.5).
    pub fn placements_in(&self, window: Window) -> impl Iterator<Item = &Placement> {
        self.periods.iter().flat_map(|p| p.placements.iter()).filter(move |p| p.overlaps(window))
    }

    /// Age in completed years on the day.
    pub fn age_on(&self, day: Date) -> Option<i32> {
        age(self.birth?, day)
    }

    /// An unaccompanied asylum-seeking child on the day (ruling 44: on the day it ends, no longer).
    pub fn is_unaccompanied_on(&self, day: Date) -> bool {
        self.unaccompanied.is_some_and(|u| u.until.is_none_or(|until| until > day))
    }

    /// The yearly health flags of the return that ends on the day, if the day is 31 March.
    pub fn flags_at(&self, as_at: &AsAt) -> Option<&Oc2Row> {
        self.oc2.iter().find(|row| Date::from_ymd_opt(row.return_year, 3, 31) == Some(as_at.on))
    }
}
