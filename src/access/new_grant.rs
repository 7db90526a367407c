//! A grant that someone wants to give, and the rules that it must keep before it is written.

use super::{Domain, Grant, Level, NameProblem, Policy, Role, RowRule, Suspension, authority_code, check_name};
use crate::period::Date;

/// A grant as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGrant {
    /// Whom it is for: the subject of their tokens; `public` for everyone.
    pub subject: String,
    /// The role.
    pub role: Role,
    /// ONS code of the authority.
    pub authority: String,
    /// The organisation of the subject.
    pub organisation: String,
    /// The agreement that it rests on.
    pub agreement: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// First and last day of the records that it opens, where the role needs them; otherwise its own days.
    pub records: Option<(Date, Date)>,
    /// ONS codes of the authorities for which the subject commissions health services; otherwise its own authority.
    pub commissions: Vec<String>,
    /// Number of the inspection.
    pub inspection: Option<String>,
}

/// Why a grant cannot be given, in words for whoever asked for it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantProblem {
    /// Something that must be said is not.
    #[error("say the {0}")]
    Missing(&'static str),
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    Backwards,
    /// The policy gives the role nothing.
    #[error("the policy gives this role nothing")]
    NothingToSee,
    /// `public` is both the subject and the role of those without a token.
    #[error("the role public goes with the subject public, and no other")]
    Public,
    /// An inspector's grant without a number or longer than 21 days.
    #[error(
        "an inspector's grant carries the number of the inspection and runs for at most 21 days; give a new one for longer"
    )]
    Inspection,
    /// A partner's grant that is too long to open rows.
    #[error("a partner's grant runs for at most 12 months")]
    TooLong,
    /// Record dates that are the wrong way round.
    #[error("the last day of the records lies before the first")]
    RecordsBackwards,
    /// A code that is none of an authority that looks after children.
    #[error("'{0}' is no ONS code of a local authority such as E09000015")]
    NoAuthority(String),
    /// A name that may not be what it looks like.
    #[error("the {0} {1}")]
    Name(&'static str, NameProblem),
}

impl NewGrant {
    /// Checks it, and fills in what its role needs and nobody said.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn checked(mut self, policy: &Policy) -> Result<NewGrant, GrantProblem> {
        self.check_words()?;
        let public = self.role == Role::Public;
        if public != (self.subject == Role::Public.code()) {
            return Err(GrantProblem::Public);
        }
        if self.to < self.from {
            return Err(GrantProblem::Backwards);
        }
        let Some(rule) = policy.rows(self.role).filter(|_| policy.roles().any(|role| role == self.role)) else {
            return Err(GrantProblem::NothingToSee);
        };
        match rule {
            RowRule::MissingAndJustice => self.records = self.records.or(Some((self.from, self.to))),
            RowRule::HealthCommissioning if self.commissions.is_empty() => {
                self.commissions = vec![self.authority.clone()]
            }
            _ => {}
        }
        if self.records.is_some_and(|(from, to)| to < from) {
            return Err(GrantProblem::RecordsBackwards);
        }
        let grant = self.grant();
        let at = self.from.and_time(chrono::NaiveTime::MIN).and_utc();
        let rows = policy.reads(self.role, Domain::Core, Level::Pseudonymous);
        match () {
            () if rule == RowRule::Inspection && !grant.is_of_an_inspection() => Err(GrantProblem::Inspection),
            () if rows && policy.is_partner(self.role) && !grant.rests_on_an_agreement(at) => {
                Err(GrantProblem::TooLong)
            }
            () => Ok(self),
        }
    }

    fn check_words(&self) -> Result<(), GrantProblem> {
        let inspection = self.inspection.as_deref().unwrap_or("none");
        let words = [
            ("subject", self.subject.as_str()),
            ("organisation", &self.organisation),
            ("agreement", &self.agreement),
            ("number of the inspection", inspection),
        ];
        for (what, text) in words {
            if text.trim().is_empty() {
                return Err(GrantProblem::Missing(what));
            }
            check_name(text).map_err(|problem| GrantProblem::Name(what, problem))?;
        }
        let codes = self.commissions.iter().chain([&self.authority]);
        match codes.into_iter().find(|code| authority_code(code).as_ref() != Some(*code)) {
            Some(code) => Err(GrantProblem::NoAuthority(code.chars().take(20).collect())),
            None => Ok(()),
        }
    }

    fn grant(&self) -> Grant {
        Grant {
            id: String::new(),
            authority: self.authority.clone(),
            role: self.role,
            organisation: Some(self.organisation.clone()),
            agreement: self.agreement.clone(),
            agreement_ends: None,
            from: self.from,
            to: self.to,
            records: self.records,
            commissions: self.commissions.clone(),
            inspection: self.inspection.clone(),
            suspended: Suspension::Active,
        }
    }
}

/// Whether it is a letter of a nation and eight digits.
pub fn is_ons_code(code: &str) -> bool {
    let (letter, digits) = code.split_at_checked(1).unwrap_or_default();
    matches!(letter, "E" | "W" | "S" | "N") && digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn wanted(role: Role) -> NewGrant {
        NewGrant {
            subject: if role == Role::Public { "public" } else { "someone" }.to_owned(),
            role,
            authority: "E09000015".to_owned(),
            organisation: "Harrow".to_owned(),
            agreement: "ISA-7".to_owned(),
            from: day("2024-01-01"),
            to: day(if role == Role::Inspector { "2024-01-21" } else { "2024-12-31" }),
            records: None,
            commissions: Vec::new(),
            inspection: (role == Role::Inspector).then(|| "10273".to_owned()),
        }
    }

    fn check(grant: NewGrant) -> Result<NewGrant, GrantProblem> {
        grant.checked(&Policy::parse("access.toml", include_str!("../../policy/access.toml")).unwrap())
    }

    #[test]
    fn a_grant_is_given_for_every_role_with_what_the_role_needs() {
        for role in Role::ALL {
            let given = check(wanted(role)).unwrap();
            let records = Some((day("2024-01-01"), day("2024-12-31")));
            assert_eq!(given.records, records.filter(|_| role == Role::PoliceYot), "{role:?}");
            assert_eq!(!given.commissions.is_empty(), role == Role::HealthPartner, "{role:?}");
        }
        let dates = Some((day("2020-01-01"), day("2020-12-31")));
        assert_eq!(check(NewGrant { records: dates, ..wanted(Role::PoliceYot) }).unwrap().records, dates);
        let one_day = NewGrant { to: day("2024-01-01"), ..wanted(Role::Analyst) };
        assert!(check(one_day).is_ok(), "a grant for one day");
        let two_hundred = NewGrant { subject: "a".repeat(200), ..wanted(Role::Analyst) };
        assert!(check(two_hundred).is_ok(), "a name of 200 letters");
        let that_day = Some((day("2023-05-01"), day("2023-05-01")));
        assert_eq!(check(NewGrant { records: that_day, ..wanted(Role::PoliceYot) }).unwrap().records, that_day);
        let codes = vec!["E09000005".to_owned()];
        let elsewhere = NewGrant { commissions: codes.clone(), ..wanted(Role::HealthPartner) };
        assert_eq!(check(elsewhere).unwrap().commissions, codes);
    }

    #[test]
    fn what_breaks_a_rule_is_refused_in_plain_words() {
        let analyst = || wanted(Role::Analyst);
        let cases = [
            (NewGrant { subject: " ".to_owned(), ..analyst() }, GrantProblem::Missing("subject")),
            (NewGrant { organisation: String::new(), ..analyst() }, GrantProblem::Missing("organisation")),
            (NewGrant { agreement: String::new(), ..analyst() }, GrantProblem::Missing("agreement")),
            (
                NewGrant { agreement: "a\nb".to_owned(), ..analyst() },
                GrantProblem::Name("agreement", NameProblem::Unseen),
            ),
            (
                NewGrant { subject: "someone\u{200b}".to_owned(), ..analyst() },
                GrantProblem::Name("subject", NameProblem::Unseen),
            ),
            (NewGrant { subject: "a".repeat(201), ..analyst() }, GrantProblem::Name("subject", NameProblem::TooLong)),
            (NewGrant { to: day("2023-12-31"), ..analyst() }, GrantProblem::Backwards),
            (NewGrant { subject: "public".to_owned(), ..analyst() }, GrantProblem::Public),
            (NewGrant { subject: "someone".to_owned(), ..wanted(Role::Public) }, GrantProblem::Public),
            (NewGrant { authority: "Harrow".to_owned(), ..analyst() }, GrantProblem::NoAuthority("Harrow".to_owned())),
            (
                NewGrant { authority: "E07000008".to_owned(), ..analyst() },
                GrantProblem::NoAuthority("E07000008".to_owned()),
            ),
            (NewGrant { inspection: None, ..wanted(Role::Inspector) }, GrantProblem::Inspection),
            (NewGrant { to: day("2024-01-22"), ..wanted(Role::Inspector) }, GrantProblem::Inspection),
            (NewGrant { to: day("2025-01-02"), ..wanted(Role::PoliceYot) }, GrantProblem::TooLong),
            (
                NewGrant { records: Some((day("2024-02-01"), day("2024-01-01"))), ..wanted(Role::PoliceYot) },
                GrantProblem::RecordsBackwards,
            ),
        ];
        for (grant, problem) in cases {
            assert_eq!(check(grant), Err(problem));
        }
        assert!(check(NewGrant { to: day("2030-01-01"), ..analyst() }).is_ok(), "the authority's own staff");
    }

    #[test]
    fn a_role_that_the_policy_gives_nothing_is_given_no_grant() {
        let shipped = include_str!("../../policy/access.toml");
        let without = shipped.replace("admin = [\"N\"]\n", "");
        let policy = Policy::parse("access.toml", &without).unwrap();
        assert_eq!(wanted(Role::Admin).checked(&policy), Err(GrantProblem::NothingToSee));
        assert!(wanted(Role::Analyst).checked(&policy).is_ok());
    }

    #[test]
    fn ons_codes_are_a_letter_and_eight_digits() {
        assert!(is_ons_code("E09000015"));
        for code in ["", "E0900001", "E090000155", "X09000015", "Harrow", "é9000015", "E0900001a"] {
            assert!(!is_ons_code(code), "{code}");
        }
    }
}
