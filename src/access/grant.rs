//! A grant: who may act in which role for which authority, from when to when, under which agreement.

use chrono::{DateTime, Months, Utc};

use super::Role;
use crate::period::Date;

/// Days that an inspector's grant may run, the first and the last included.
const INSPECTION_DAYS: i64 = 21;
/// Months that a grant of a partner may run to open rows.
const PARTNER_MONTHS: u32 = 12;

/// A permission to act in one role for one authority between two dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its identifier.
    pub id: String,
    /// ONS code of the authority whose data may be read.
    pub authority: String,
    /// The role it is given for.
    pub role: Role,
    /// The organisation of the subject; pseudonyms differ from one to another.
    pub organisation: Option<String>,
    /// The agreement that it rests on; empty for none.
    pub agreement: String,
    /// Last day of that agreement, where one is recorded.
    pub agreement_ends: Option<Date>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// First and last day of the records that it opens.
    pub records: Option<(Date, Date)>,
    /// ONS codes of the authorities for which the subject commissions health services.
    pub commissions: Vec<String>,
    /// Number of the inspection.
    pub inspection: Option<String>,
    /// Suspended grants permit nothing.
    pub suspended: Suspension,
}

/// Whether a grant is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspension {
    /// In use.
    Active,
    /// Set aside.
    Suspended,
}

impl Grant {
    /// Whether the grant is in force at this moment: begun, not ended, not suspended. The grant of an inspector must
    /// carry the number of the inspection and run for at most 21 days, or it never is.
    pub fn effective(&self, at: DateTime<Utc>) -> bool {
        let day = at.date_naive();
        let in_force = self.suspended == Suspension::Active && self.from <= day && day <= self.to;
        in_force && (self.role != Role::Inspector || self.is_of_an_inspection())
    }

    /// Whether it names an inspection and is as short as one.
    pub fn is_of_an_inspection(&self) -> bool {
        let numbered = self.inspection.as_deref().is_some_and(|number| !number.trim().is_empty());
        numbered && (self.to - self.from).num_days() < INSPECTION_DAYS
    }

    /// Whether it rests on an agreement that has not ended and runs for at most twelve months, as a partner's must to
    /// open rows.
    pub fn rests_on_an_agreement(&self, at: DateTime<Utc>) -> bool {
        let ended = self.agreement_ends.is_some_and(|end| end < at.date_naive());
        let longest = self.from.checked_add_months(Months::new(PARTNER_MONTHS));
        !self.agreement.trim().is_empty() && !ended && longest.is_some_and(|end| self.to <= end)
    }
}

#[cfg(test)]
impl Grant {
    /// A grant with nothing but what every grant has.
    pub fn of(role: Role, authority: &str, (from, to): (Date, Date)) -> Grant {
        Grant {
            id: String::new(),
            authority: authority.to_owned(),
            role,
            organisation: None,
            agreement: "AGREEMENT".to_owned(),
            agreement_ends: None,
            from,
            to,
            records: None,
            commissions: Vec::new(),
            inspection: None,
            suspended: Suspension::Active,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn noon(text: &str) -> DateTime<Utc> {
        day(text).and_hms_opt(12, 0, 0).unwrap().and_utc()
    }

    fn grant() -> Grant {
        Grant::of(Role::Analyst, "E09000015", (day("2024-01-10"), day("2024-01-20")))
    }

    #[test]
    fn a_grant_is_in_force_from_its_first_to_its_last_day() {
        let expected = [("2024-01-09", false), ("2024-01-10", true), ("2024-01-20", true), ("2024-01-21", false)];
        for (on, effective) in expected {
            assert_eq!(grant().effective(noon(on)), effective, "{on}");
        }
    }

    #[test]
    fn a_suspended_grant_is_not_in_force() {
        assert!(!Grant { suspended: Suspension::Suspended, ..grant() }.effective(noon("2024-01-15")));
    }

    #[test]
    fn an_inspection_has_a_number_and_at_most_twenty_one_days() {
        let inspection =
            Grant { role: Role::Inspector, inspection: Some("10273".to_owned()), to: day("2024-01-30"), ..grant() };
        let effective = |grant: &Grant| grant.effective(noon("2024-01-15"));
        assert!(effective(&inspection));
        assert!(!effective(&Grant { to: day("2024-01-31"), ..inspection.clone() }));
        assert!(!effective(&Grant { inspection: None, ..inspection.clone() }));
        assert!(!effective(&Grant { inspection: Some(" ".to_owned()), ..inspection }));
    }

    #[test]
    fn an_agreement_must_be_named_in_force_and_the_grant_no_longer_than_a_year() {
        let rests = |grant: Grant| grant.rests_on_an_agreement(noon("2024-01-15"));
        assert!(rests(grant()) && rests(Grant { to: day("2025-01-10"), ..grant() }));
        assert!(!rests(Grant { to: day("2025-01-11"), ..grant() }));
        assert!(!rests(Grant { agreement: String::new(), ..grant() }));
        assert!(rests(Grant { agreement_ends: Some(day("2024-01-15")), ..grant() }));
        assert!(!rests(Grant { agreement_ends: Some(day("2024-01-14")), ..grant() }));
    }
}
