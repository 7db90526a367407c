//! How far the records reach, for each kind of fact by itself (ruling 60): the yearly return to its last day, a list to the
//! day that it says or shows.

use super::Snapshot;
use crate::{
    period::{Date, Period, PeriodKind, financial_year_start},
    statistics::Absence,
};

/// A kind of fact that figures need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Who each child is, and the episodes of care.
    Episodes,
    /// Reviews.
    Reviews,
    /// Times missing or away.
    Missing,
    /// With which carers a placement was.
    PlacementLinks,
    /// The duties owed to care leavers.
    LeavingCareDuties,
    /// How care leavers are.
    LeaverContacts,
    /// Dental checks.
    DentalChecks,
    /// Health assessments.
    HealthAssessments,
}

impl Fact {
    /// The name of the fact.
    pub fn label(self) -> &'static str {
        match self {
            Self::Episodes => "episodes of care",
            Self::Reviews => "reviews",
            Self::Missing => "times missing or away",
            Self::PlacementLinks => "links of placements to carers",
            Self::LeavingCareDuties => "leaving care duties",
            Self::LeaverContacts => "contacts with care leavers",
            Self::DentalChecks => "dental checks",
            Self::HealthAssessments => "health assessments",
        }
    }
}

/// A list in force that holds a kind of fact. A fact without one is told by the yearly returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadedList {
    /// What it holds.
    pub fact: Fact,
    /// The day that it was said to reach.
    pub up_to: Option<Date>,
    /// The day on which it was imported: it knows of none after.
    pub imported_on: Date,
    /// The newest day in it that is not after that.
    pub newest: Option<Date>,
}

impl LoadedList {
    /// The last day that it knows of: as said; otherwise as far as the newest return, or to the end of the quarter of its
    /// newest day if that is later. What came after the import it cannot know.
    fn horizon(&self, of_returns: Option<Date>) -> Option<Date> {
        let until_import = |day: Date| day.min(self.imported_on);
        let shown = || self.newest.map(|day| until_import(Period::containing(PeriodKind::Quarter, day).end));
        self.up_to.map(until_import).or_else(|| of_returns.max(shown()))
    }
}

impl Snapshot {
    /// The last day on which a fact is known.
    pub fn horizon_of(&self, fact: Fact) -> Option<Date> {
        let returns = self.horizon();
        let lists = self.lists.iter().filter(|list| list.fact == fact);
        lists.map(|list| list.horizon(returns)).max().unwrap_or(returns)
    }

    /// Whether lists of the fact are loaded, and none of them reaches the day.
    pub fn lists_end_before(&self, fact: Fact, day: Date) -> bool {
        let mut lists = self.lists.iter().filter(|list| list.fact == fact).peekable();
        lists.peek().is_some() && lists.all(|list| list.horizon(self.horizon()) < Some(day))
    }

    /// Whether the records reach the day in all of some facts.
    ///
    /// # Errors
    /// Not yet due where one of them ends earlier; not available before the first return, and in years without one.
    pub fn reach(&self, facts: &[Fact], day: Date) -> Result<(), Absence> {
        match self.horizon() {
            Some(returns) if day > returns || self.covers(day) => {}
            _ => return Err(Absence::NotAvailable),
        }
        if facts.iter().all(|fact| self.knows(*fact, day)) { Ok(()) } else { Err(Absence::NotYetDue) }
    }

    /// The last whole period of a kind that is due in all of some facts (ruling 47); none before the first return.
    pub fn latest(&self, facts: &[Fact], kind: PeriodKind) -> Option<Period> {
        let returns = self.horizon()?;
        let first = financial_year_start(self.returns.first()?.up_to);
        let furthest = facts.iter().filter_map(|fact| self.horizon_of(*fact)).min().unwrap_or(returns).max(returns);
        let ended = std::iter::successors(Some(Period::latest_ended_by(kind, furthest)), |p| Some(p.previous()));
        let mut ended = ended.take_while(|period| period.end >= first);
        let due = ended.find(|period| self.reach(facts, period.end) != Err(Absence::NotYetDue));
        Some(due.unwrap_or_else(|| Period::latest_ended_by(kind, returns)))
    }

    fn knows(&self, fact: Fact, day: Date) -> bool {
        self.horizon_of(fact) >= Some(day) || self.is_told_for_the_year(fact, day)
    }

    /// Whether the return of the year that ends on the day tells of it what a list has not told yet.
    fn is_told_for_the_year(&self, fact: Fact, day: Date) -> bool {
        let years = match fact {
            Fact::LeaverContacts => &self.leaver_years,
            Fact::DentalChecks | Fact::HealthAssessments => &self.flag_years,
            _ => return false,
        };
        self.covers(day) && years.iter().any(|year| Date::from_ymd_opt(*year, 3, 31) == Some(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::records::LoadedReturn;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Returns of 2022-23 and, up to 30 September, of 2023-24, with one list.
    fn with_list(fact: Fact, up_to: Option<&str>, newest: Option<&str>) -> Snapshot {
        let returns = vec![
            LoadedReturn { year: 2023, up_to: day("2023-03-31") },
            LoadedReturn { year: 2024, up_to: day("2023-09-30") },
        ];
        let mut snapshot = Snapshot::new("E09000015", 1, [], returns);
        let list = LoadedList { fact, up_to: up_to.map(day), imported_on: day("2024-01-10"), newest: newest.map(day) };
        snapshot.lists = vec![list];
        snapshot
    }

    const CONTACTS: &[Fact] = &[Fact::LeaverContacts];

    #[test]
    fn a_list_reaches_the_day_that_it_says() {
        let snapshot = with_list(Fact::LeaverContacts, Some("2023-06-30"), Some("2023-09-12"));
        assert_eq!(snapshot.reach(CONTACTS, day("2023-06-30")), Ok(()));
        assert_eq!(snapshot.reach(CONTACTS, day("2023-09-30")), Err(Absence::NotYetDue));
        assert_eq!(snapshot.reach(&[Fact::Episodes], day("2023-09-30")), Ok(()));
        assert_eq!(snapshot.reach(CONTACTS, day("2022-03-31")), Err(Absence::NotAvailable));
        let quarter = |facts| snapshot.latest(facts, PeriodKind::Quarter).map(|period| period.code());
        assert_eq!(quarter(CONTACTS).as_deref(), Some("2023-24-Q1"));
        assert_eq!(quarter(&[Fact::Episodes]).as_deref(), Some("2023-24-Q2"));
    }

    #[test]
    fn without_such_a_day_a_list_reaches_as_far_as_the_returns_or_its_newest_quarter() {
        let horizon = |newest| with_list(Fact::LeaverContacts, None, newest).horizon_of(Fact::LeaverContacts).unwrap();
        assert_eq!([None, Some("2021-01-01"), Some("2023-08-01")].map(horizon), [day("2023-09-30"); 3]);
        assert_eq!(horizon(Some("2023-10-02")), day("2023-12-31"));
        // On the day of import the quarter had not ended.
        assert_eq!(horizon(Some("2024-01-09")), day("2024-01-10"));
        let tomorrow = with_list(Fact::LeaverContacts, Some("2024-01-11"), None);
        assert_eq!(tomorrow.horizon_of(Fact::LeaverContacts), Some(day("2024-01-10")));
    }

    #[test]
    fn a_list_beyond_the_returns_makes_due_what_needs_nothing_else() {
        let snapshot = with_list(Fact::LeavingCareDuties, Some("2023-12-31"), None);
        assert_eq!(snapshot.reach(&[Fact::LeavingCareDuties], day("2023-12-31")), Ok(()));
        let both = [Fact::Episodes, Fact::LeavingCareDuties];
        assert_eq!(snapshot.reach(&both, day("2023-12-31")), Err(Absence::NotYetDue));
        let quarter = |facts| snapshot.latest(facts, PeriodKind::Quarter).map(|period| period.code());
        assert_eq!(quarter(&[Fact::LeavingCareDuties]).as_deref(), Some("2023-24-Q3"));
        assert_eq!(quarter(&both).as_deref(), Some("2023-24-Q2"));
    }

    #[test]
    fn the_yearly_rows_answer_at_the_years_end_what_a_list_has_not_told() {
        let mut snapshot = with_list(Fact::LeaverContacts, Some("2022-12-31"), None);
        assert_eq!(snapshot.reach(CONTACTS, day("2023-03-31")), Err(Absence::NotYetDue));
        snapshot.leaver_years = vec![2023];
        assert_eq!(snapshot.reach(CONTACTS, day("2023-03-31")), Ok(()));
        assert_eq!(snapshot.reach(CONTACTS, day("2023-06-30")), Err(Absence::NotYetDue));
    }

    #[test]
    fn before_the_first_return_nothing_is_available() {
        let mut snapshot = Snapshot::new("E09000015", 1, [], vec![]);
        assert_eq!(snapshot.reach(&[Fact::Episodes], day("2023-03-31")), Err(Absence::NotAvailable));
        assert_eq!(snapshot.latest(&[Fact::Episodes], PeriodKind::Quarter), None);
        snapshot.lists = with_list(Fact::LeavingCareDuties, Some("2023-12-31"), None).lists;
        assert_eq!(snapshot.reach(&[Fact::LeavingCareDuties], day("2023-03-31")), Err(Absence::NotAvailable));
    }
}
