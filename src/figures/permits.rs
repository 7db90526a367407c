//! What a viewer may do with one authority, decided once for each request.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::access::{Ask, Decision, Denial, Domain, Level, Policy, Scope, Viewer, decide};

/// What was decided about a domain: the closest totals, and the closest rows.
type Decided = (Domain, Result<Level, Denial>, Result<Scope, Denial>);

/// The decisions about every domain of one authority: the closest totals and the closest rows, or why there are none.
pub(super) struct Permits {
    domains: [Decided; Domain::ALL.len()],
    grant: Option<String>,
    names: Names,
}

/// How a role knows children, whatever it has stated in this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// By their own identifiers, or not at all.
    OwnOrNone,
    /// By pseudonyms, with the days on which care began and ended.
    PseudonymsAndDays,
    /// By pseudonyms, without those days.
    Pseudonyms,
}

/// The field that tells on which days care began and ended.
const DAYS: &str = "Child.episodes";

impl Permits {
    /// Asks the policy.
    pub(super) fn of(policy: &Policy, viewer: &Viewer, authority: &str, at: DateTime<Utc>) -> Arc<Self> {
        let closest = |domain, levels: &[Level]| {
            let mut why = Denial::NotInPolicy;
            for level in levels.iter().copied().filter(|level| policy.reads(viewer.role, domain, *level)) {
                match decide(policy, viewer, &Ask { authority, domain, level, purpose: viewer.purpose, at }) {
                    Decision::Permit(scope) => return Ok(scope),
                    Decision::Deny(denial) => why = why.max(denial),
                }
            }
            Err(why)
        };
        let mut grant = None;
        let domains = Domain::ALL.map(|domain| {
            let totals = closest(domain, &[Level::N, Level::S, Level::R]);
            let level = totals.map(|scope: Scope| {
                grant.get_or_insert_with(|| scope.grant().to_owned());
                scope.level()
            });
            (domain, level, closest(domain, &[Level::I, Level::P]))
        });
        let reads = |level| policy.reads(viewer.role, Domain::Core, level);
        let names = match () {
            () if reads(Level::I) || !reads(Level::P) => Names::OwnOrNone,
            () if policy.denied_fields(viewer.role).any(|field| field == DAYS) => Names::Pseudonyms,
            () => Names::PseudonymsAndDays,
        };
        Arc::new(Self { domains, grant, names })
    }

    /// How the role knows children.
    pub(super) fn names(&self) -> Names {
        self.names
    }

    /// Identifier of the grant by which totals are permitted.
    pub(super) fn grant(&self) -> Option<&str> {
        self.grant.as_deref()
    }

    fn get(&self, domain: Domain) -> Option<&Decided> {
        self.domains.iter().find(|(known, _, _)| *known == domain)
    }

    /// The closest totals of the domain.
    pub(super) fn totals(&self, domain: Domain) -> Result<Level, Denial> {
        self.get(domain).map_or(Err(Denial::NotInPolicy), |(_, totals, _)| *totals)
    }

    /// The closest rows of the domain.
    pub(super) fn rows(&self, domain: Domain) -> Result<&Scope, Denial> {
        self.get(domain).map_or(Err(Denial::NotInPolicy), |(_, _, rows)| rows.as_ref().map_err(|denial| *denial))
    }

    /// Whether anything of the authority may be asked about, be it only after a purpose has been stated; otherwise
    /// the most telling reason why not.
    pub(super) fn any(&self) -> Result<(), Denial> {
        let mut why = Denial::NotInPolicy;
        for (_, totals, rows) in &self.domains {
            for denied in [totals.as_ref().err(), rows.as_ref().err()] {
                match denied {
                    None => return Ok(()),
                    Some(denial) => why = why.max(*denial),
                }
            }
        }
        Err(why)
    }
}
