//! What a viewer may do with one authority, decided once for each request.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::access::{Ask, Decision, Denial, Domain, Level, Policy, Purposes, Scope, Viewer, decide};

/// What was decided about a domain: the closest totals, and the closest rows.
type DomainDecision = (Domain, Result<Level, Denial>, Result<Scope, Denial>);

/// The decisions about every domain of one authority: the closest totals and the closest rows, or why there are none.
pub(super) struct Permissions {
    domains: [DomainDecision; Domain::ALL.len()],
    /// Of each domain, whether rows may be read with what tells whom they are about.
    identified: [(Domain, Result<(), Denial>); Domain::ALL.len()],
    /// Whether the role may see who children are, but not for the purpose stated.
    withheld: bool,
    grant: Option<String>,
    names: Names,
    purposes: Purposes,
    totals_need_a_purpose: bool,
}

/// What may be read of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadableDomain {
    /// Which domain.
    pub domain: Domain,
    /// The closest rows.
    pub rows: Option<Level>,
    /// The closest totals.
    pub totals: Option<Level>,
}

impl ReadableDomain {
    /// The closest of both.
    pub fn closest(self) -> Option<Level> {
        self.rows.or(self.totals)
    }

    /// The closest of this and of what may be read of the same domain elsewhere.
    pub(super) fn or(self, other: ReadableDomain) -> ReadableDomain {
        let closest = |one: Option<Level>, other: Option<Level>| one.into_iter().chain(other).min();
        ReadableDomain { rows: closest(self.rows, other.rows), totals: closest(self.totals, other.totals), ..self }
    }
}

/// How someone knows children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// By their own identifiers, or not at all.
    OwnOrNone,
    /// By pseudonyms, with the days on which care began and ended: the role may see who they are, but not for this purpose.
    PseudonymsAndDays,
    /// By pseudonyms, without those days (level P).
    Pseudonyms,
}

impl Permissions {
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
            let totals = closest(domain, &[Level::Exact, Level::Suppressed, Level::Rounded]);
            let level = totals.map(|scope: Scope| {
                grant.get_or_insert_with(|| scope.grant().to_owned());
                scope.level()
            });
            (domain, level, closest(domain, &[Level::Identified, Level::Pseudonymous]))
        });
        let (role, reads) = (viewer.role, |level| policy.reads(viewer.role, Domain::Core, level));
        // Who may see who children are, but not for the purpose stated, is told no days either.
        let withheld =
            policy.reads(role, Domain::Identity, Level::Identified) && !policy.identifies(role, viewer.purpose);
        let identified = Domain::ALL.map(|domain| {
            let rows = closest(domain, &[Level::Identified]).map(|_| ());
            (domain, if withheld { rows.and(Err(Denial::PurposeNotPermitted)) } else { rows })
        });
        let names = match () {
            () if policy.identifies(role, viewer.purpose) || !reads(Level::Pseudonymous) => Names::OwnOrNone,
            () if reads(Level::Identified) => Names::PseudonymsAndDays,
            () => Names::Pseudonyms,
        };
        let purposes = policy.purposes(role);
        let unsaid = viewer.purpose.is_none() && policy.requires_purpose(role, Level::Exact);
        let totals_need_a_purpose = unsaid && policy.reads(role, Domain::Core, Level::Exact);
        Arc::new(Self {
            domains,
            identified,
            withheld: withheld && viewer.purpose.is_some(),
            grant,
            names,
            purposes,
            totals_need_a_purpose,
        })
    }

    /// The purposes that the role may state.
    pub(super) fn purposes(&self) -> Purposes {
        self.purposes
    }

    /// Whether true totals are there for the role once it says why it asks.
    pub(super) fn totals_need_a_purpose(&self) -> bool {
        self.totals_need_a_purpose
    }

    /// How the viewer knows children.
    pub(super) fn names(&self) -> Names {
        self.names
    }

    /// Identifier of the grant by which totals are permitted.
    pub(super) fn grant(&self) -> Option<&str> {
        self.grant.as_deref()
    }

    fn get(&self, domain: Domain) -> Option<&DomainDecision> {
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

    /// The domains of which something may be read, with the closest rows and the closest totals.
    pub(super) fn readable(&self) -> impl Iterator<Item = ReadableDomain> {
        let of = |(domain, totals, rows): &DomainDecision| ReadableDomain {
            domain: *domain,
            rows: rows.as_ref().ok().map(|scope| self.shown(*domain, scope.level())),
            totals: totals.ok(),
        };
        self.domains.iter().map(of).filter(|readable| readable.closest().is_some())
    }

    /// How close rows come that are read at a level: for a purpose that does not open who children are, no closer than
    /// under pseudonyms. Carers are called by their own identifiers for every purpose.
    fn shown(&self, domain: Domain, level: Level) -> Level {
        if self.withheld && domain != Domain::Carer { level.max(Level::Pseudonymous) } else { level }
    }

    /// Whether rows of any domain may be read with what tells whom they are about.
    pub(super) fn any_identified(&self) -> bool {
        self.identified.iter().any(|(_, decided)| decided.is_ok())
    }

    /// Whether rows of the domain may be read with what tells whom they are about.
    pub(super) fn identified(&self, domain: Domain) -> Result<(), Denial> {
        let of_domain = self.identified.iter().find(|(known, _)| *known == domain);
        of_domain.map_or(Err(Denial::NotInPolicy), |(_, decided)| *decided)
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
