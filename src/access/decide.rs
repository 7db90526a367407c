//! The one decision: may this viewer read this, of this authority, at this level, for this purpose, now?

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Domain, Level, Policy, Purpose, Role, Viewer};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// ONS code of the authority that it concerns.
    pub authority: &'a str,
    /// What it is about.
    pub domain: Domain,
    /// How close to the child.
    pub level: Level,
    /// Why, where it was stated.
    pub purpose: Option<Purpose>,
    /// The moment of the request.
    pub at: DateTime<Utc>,
}

/// The answer to an [`Ask`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Not permitted, and why. The reason is for the record, never for the one who asked.
    Deny(Denial),
    /// Permitted, within a scope.
    Permit(Permit),
}

impl Decision {
    /// The permit, where there is one.
    pub fn permit(self) -> Option<Permit> {
        match self {
            Decision::Permit(permit) => Some(permit),
            Decision::Deny(_) => None,
        }
    }
}

/// Why something is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// The viewer has not signed in, or holds no role.
    #[error("no role is active")]
    NoRole,
    /// The policy gives the role nothing, or something less close, in this domain.
    #[error("the policy gives the role nothing at this level in this domain")]
    NotInPolicy,
    /// No grant for this authority is in force.
    #[error("no grant for this authority is in force")]
    NoGrant,
    /// The role must state a purpose at this level.
    #[error("a purpose must be stated at this level")]
    PurposeMissing,
    /// The role may not ask for this purpose.
    #[error("the role may not ask for this purpose")]
    PurposeNotPermitted,
}

/// A permission, with the rows that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    level: Level,
    scope: Scope,
}

impl Permit {
    /// The level that was asked for and permitted.
    pub fn level(&self) -> Level {
        self.level
    }

    /// The rows that may be read.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The rows that may be read, taken out of the permit.
    pub fn into_scope(self) -> Scope {
        self.scope
    }
}

/// The rows that a query may touch. Only [`decide`] can make one, so no query can run without a decision.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    authority: Arc<str>,
    role: Role,
    level: Level,
}

impl Scope {
    /// ONS code of the one authority whose rows may be read.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The role that the decision was made for.
    pub fn role(&self) -> Role {
        self.role
    }

    /// How close to the child the rows may come.
    pub fn level(&self) -> Level {
        self.level
    }
}

/// Decides. A pure function of its arguments: no clock, no database, no state. What is not permitted is denied.
pub fn decide(policy: &Policy, viewer: &Viewer, ask: &Ask<'_>) -> Decision {
    let role = match role_for(policy, viewer, ask.domain, ask.level, ask.purpose) {
        Ok(role) => role,
        Err(denial) => return Decision::Deny(denial),
    };
    if !viewer.holds(ask.authority, ask.at) {
        return Decision::Deny(Denial::NoGrant);
    }
    Decision::Permit(Permit {
        level: ask.level,
        scope: Scope { authority: Arc::from(ask.authority), role, level: ask.level },
    })
}

/// Decides about what belongs to no authority: definitions, names of authorities, national figures.
///
/// # Errors
/// Why it is denied. Someone whose every grant has ended reads nothing, not even definitions.
pub fn decide_reference(policy: &Policy, viewer: &Viewer, level: Level, at: DateTime<Utc>) -> Result<(), Denial> {
    role_for(policy, viewer, Domain::Reference, level, viewer.purpose)?;
    if viewer.authorities(at).is_empty() { Err(Denial::NoGrant) } else { Ok(()) }
}

fn role_for(
    policy: &Policy,
    viewer: &Viewer,
    domain: Domain,
    level: Level,
    purpose: Option<Purpose>,
) -> Result<Role, Denial> {
    let role = viewer.role.ok_or(Denial::NoRole)?;
    if !policy.levels(role, domain).iter().any(|held| held.covers(level)) {
        return Err(Denial::NotInPolicy);
    }
    match purpose {
        None if policy.requires_purpose(role, level) => Err(Denial::PurposeMissing),
        Some(stated) if !policy.permits_purpose(role, stated) => Err(Denial::PurposeNotPermitted),
        _ => Ok(role),
    }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
