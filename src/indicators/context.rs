//! The day that a question is about, with what the authority as a whole holds on it.

use crate::{
    care::{codes::MissingKind, records::HealthEventKind},
    period::{AsAt, Date},
    snapshot::{Fact, Snapshot},
};

/// Where health checks are read from (ruling 45).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthSource {
    /// Dated events: the authority holds some of the kind in the twelve months.
    Events,
    /// The flags of the yearly return, on the 31 March that ends it.
    YearlyFlags,
    /// Neither is held.
    Nothing,
}

/// The day, its windows, and the choices that are made once for the whole authority.
pub struct Context<'a> {
    /// The day and its windows.
    pub at: AsAt,
    /// Where dental checks are read from.
    pub dental: HealthSource,
    /// Where health assessments are read from.
    pub assessments: HealthSource,
    snapshot: &'a Snapshot,
}

impl<'a> Context<'a> {
    /// The context of a snapshot on a day.
    pub fn new(snapshot: &'a Snapshot, on: Date) -> Self {
        let at = AsAt::new(on);
        let has_flags = snapshot.has_yearly_flags_on(on);
        // Events that end before the day answer for an earlier one (rulings 60, 62).
        let source = |kind, fact| match () {
            () if snapshot.has_health_events(kind, at.twelve_months) && !snapshot.lists_end_before(fact, on) => {
                HealthSource::Events
            }
            () if has_flags => HealthSource::YearlyFlags,
            () => HealthSource::Nothing,
        };
        let dental = source(HealthEventKind::Dental, Fact::DentalChecks);
        let assessments = source(HealthEventKind::Assessment, Fact::HealthAssessments);
        Self { at, dental, assessments, snapshot }
    }

    /// Whether a list of care leavers with their eligibility is loaded (ruling 46).
    pub fn lists_leavers(&self) -> bool {
        self.snapshot.lists_leavers()
    }

    /// Whether the authority records children who are away apart from those who are missing: not so where the year
    /// to date has missing spells and none away (ruling 35).
    pub fn tells_away_apart(&self) -> bool {
        let window = self.at.year_to_date;
        self.snapshot.has_missing(MissingKind::A, window) || !self.snapshot.has_missing(MissingKind::M, window)
    }
}
