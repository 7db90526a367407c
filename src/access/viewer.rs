//! Who is asking: a subject in one role, with the authorities granted to them.

use chrono::{DateTime, Utc};

use super::{Grant, Purpose, Role};
use crate::period::Date;

/// How much one request may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Deepest nesting of fields.
    pub max_depth: usize,
    /// Highest cost: fields times page sizes.
    pub max_complexity: usize,
    /// Most items on a page.
    pub max_page_size: usize,
    /// Most items on all pages of an operation.
    pub max_nodes: usize,
    /// Most fields given another name.
    pub max_aliases: usize,
    /// Most fields at the top of an operation.
    pub max_root_fields: usize,
    /// Most names, signs and values in a document.
    pub max_tokens: usize,
    /// Most values that an introspection may answer.
    pub max_introspection: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_depth: 12,
            max_complexity: 100_000,
            max_page_size: 1_000,
            max_nodes: 50_000,
            max_aliases: 50,
            max_root_fields: 20,
            max_tokens: 10_000,
            max_introspection: 20_000,
        }
    }
}

/// The one who asks, as the token and the grants say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who signed the token, exactly as it says; empty without one.
    pub issuer: String,
    /// The subject of the token; `public` without one.
    pub subject: String,
    /// The one role in which the request is made.
    pub role: Role,
    /// The purpose stated with the request.
    pub purpose: Option<Purpose>,
    /// What has been granted to the subject in that role.
    pub grants: Vec<Grant>,
    /// How much the request may ask for.
    pub limits: Limits,
}

impl Viewer {
    /// Someone who has not signed in, with what has been granted to everyone.
    pub fn anonymous(limits: Limits, grants: Vec<Grant>) -> Viewer {
        let subject = Role::Public.code().to_owned();
        Viewer { issuer: String::new(), subject, role: Role::Public, purpose: None, grants, limits }
    }

    /// The grants in the active role that are in force at this moment.
    pub fn in_force(&self, at: DateTime<Utc>) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.role == self.role && grant.effective(at))
    }

    /// The last day on which the viewer may ask about an authority in the active role, by the grants in force.
    pub fn granted_until(&self, authority: &str, at: DateTime<Utc>) -> Option<Date> {
        self.in_force(at).filter(|grant| grant.authority == authority).map(|grant| grant.to).max()
    }

    /// ONS codes of the authorities that the viewer may ask about in the active role at this moment, in order.
    pub fn authorities(&self, at: DateTime<Utc>) -> Vec<&str> {
        let mut codes: Vec<&str> = self.in_force(at).map(|grant| grant.authority.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_grants_of_the_active_role_name_authorities() {
        let (from, to) = ("2024-01-10".parse().unwrap(), "2024-01-20".parse().unwrap());
        let grant = |role, authority| Grant::of(role, authority, (from, to));
        let brent = grant(Role::Analyst, "E09000005");
        let other_role = Grant { inspection: Some("1".to_owned()), ..grant(Role::Inspector, "E08000034") };
        let grants = vec![grant(Role::Analyst, "E09000015"), brent.clone(), brent, other_role];
        let viewer = Viewer { role: Role::Analyst, ..Viewer::anonymous(Limits::default(), grants) };
        let noon = |day: &str| day.parse::<chrono::NaiveDate>().unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc();
        assert_eq!(viewer.authorities(noon("2024-01-15")), ["E09000005", "E09000015"]);
        assert!(viewer.authorities(noon("2024-02-15")).is_empty());
    }

    #[test]
    fn an_authority_may_be_asked_about_until_the_last_of_its_grants_ends() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let grant = |from, to| Grant::of(Role::Analyst, "E09000015", (day(from), day(to)));
        let grants = vec![grant("2024-01-01", "2024-01-20"), grant("2024-01-10", "2024-01-31")];
        let later = grant("2024-02-01", "2024-03-31");
        let viewer =
            Viewer { role: Role::Analyst, ..Viewer::anonymous(Limits::default(), [grants, vec![later]].concat()) };
        let at = day("2024-01-15").and_hms_opt(12, 0, 0).unwrap().and_utc();
        assert_eq!(viewer.granted_until("E09000015", at), Some(day("2024-01-31")));
        assert_eq!(viewer.granted_until("E09000005", at), None);
    }
}
