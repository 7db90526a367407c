//! Who is asking: a subject in one role, with the authorities granted to them.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Purpose, Role};

/// A permission to act in one role for one authority between two dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// ONS code of the authority whose data may be read.
    pub authority: String,
    /// The role it is given for.
    pub role: Role,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Suspended grants permit nothing until they are resumed.
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
    /// Whether the grant is in force at this moment: begun, not ended, not suspended.
    pub fn effective(&self, at: DateTime<Utc>) -> bool {
        let day = at.date_naive();
        self.suspended == Suspension::Active && self.from <= day && day <= self.to
    }
}

/// How much one request may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Deepest nesting of fields.
    pub max_depth: usize,
    /// Highest cost: fields times page sizes.
    pub max_complexity: usize,
    /// Most items on a page.
    pub max_page_size: usize,
    /// Most fields given another name.
    pub max_aliases: usize,
    /// Most fields at the top of an operation.
    pub max_root_fields: usize,
    /// Most names, signs and values in a document.
    pub max_tokens: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_depth: 12,
            max_complexity: 100_000,
            max_page_size: 1_000,
            max_aliases: 50,
            max_root_fields: 20,
            max_tokens: 10_000,
        }
    }
}

/// The one who asks, as the token and the grants say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The subject of the token; `anonymous` without one.
    pub subject: String,
    /// The one role in which the request is made; none for those who have not signed in.
    pub role: Option<Role>,
    /// The purpose stated with the request.
    pub purpose: Option<Purpose>,
    /// What has been granted to the subject.
    pub grants: Vec<Grant>,
    /// How much the request may ask for.
    pub limits: Limits,
}

impl Viewer {
    /// Someone who has not signed in. They hold nothing.
    pub fn anonymous(limits: Limits) -> Viewer {
        Viewer { subject: "anonymous".to_owned(), role: None, purpose: None, grants: Vec::new(), limits }
    }

    /// ONS codes of the authorities that the viewer may ask about in the active role at this moment, in order.
    pub fn authorities(&self, at: DateTime<Utc>) -> Vec<&str> {
        let mut codes: Vec<&str> = self
            .grants
            .iter()
            .filter(|grant| Some(grant.role) == self.role && grant.effective(at))
            .map(|grant| grant.authority.as_str())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Whether a grant in the active role covers this authority at this moment.
    pub fn holds(&self, authority: &str, at: DateTime<Utc>) -> bool {
        self.grants
            .iter()
            .any(|grant| Some(grant.role) == self.role && grant.authority == authority && grant.effective(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn noon(text: &str) -> DateTime<Utc> {
        day(text).and_hms_opt(12, 0, 0).unwrap().and_utc()
    }

    fn grant() -> Grant {
        Grant {
            authority: "E09000015".to_owned(),
            role: Role::Analyst,
            from: day("2024-01-10"),
            to: day("2024-01-20"),
            suspended: Suspension::Active,
        }
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
    fn only_grants_of_the_active_role_name_authorities() {
        let mut viewer = Viewer::anonymous(Limits::default());
        viewer.role = Some(Role::Analyst);
        let brent = Grant { authority: "E09000005".to_owned(), ..grant() };
        let other_role = Grant { authority: "E08000034".to_owned(), role: Role::Inspector, ..grant() };
        viewer.grants = vec![grant(), brent.clone(), brent, other_role];
        assert_eq!(viewer.authorities(noon("2024-01-15")), ["E09000005", "E09000015"]);
        assert!(viewer.holds("E09000015", noon("2024-01-15")));
        assert!(!viewer.holds("E08000034", noon("2024-01-15")));
        assert!(!viewer.holds("E09000015", noon("2024-02-15")));
    }
}
