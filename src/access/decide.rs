//! The one decision: may this viewer read this, of this authority, at this level, for this purpose, now?

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Act, Domain, Grant, Level, Policy, Purpose, Role, RowRule, Rows, Viewer};

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
    Permit(Scope),
}

impl Decision {
    /// The scope, where it is permitted.
    pub fn permit(self) -> Option<Scope> {
        match self {
            Decision::Permit(scope) => Some(scope),
            Decision::Deny(_) => None,
        }
    }
}

/// Why something is denied, the most telling reason last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Denial {
    /// The policy gives the role nothing, or something less close, in this domain.
    #[error("the policy gives the role nothing at this level in this domain")]
    NotInPolicy,
    /// Nobody gives a grant to themselves.
    #[error("nobody gives a grant to themselves")]
    OwnGrant,
    /// No grant for this authority is in force.
    #[error("no grant for this authority is in force")]
    NoGrant,
    /// The role may not ask for this purpose, or not about this domain.
    #[error("the role may not ask for this purpose")]
    PurposeNotPermitted,
    /// The grant rests on no agreement in force, or runs for longer than one may.
    #[error("the grant rests on no agreement that opens rows")]
    NoAgreement,
    /// The grant does not say which rows it opens: record dates, commissioning area or organisation.
    #[error("the grant does not say which rows it opens")]
    NoRows,
    /// The role must state a purpose at this level.
    #[error("a purpose must be stated at this level")]
    PurposeMissing,
}

impl Denial {
    /// The stable code of the record.
    pub fn code(self) -> &'static str {
        match self {
            Denial::NotInPolicy => "NOT_IN_POLICY",
            Denial::OwnGrant => "OWN_GRANT",
            Denial::NoGrant => "NO_GRANT",
            Denial::PurposeNotPermitted => "PURPOSE_NOT_PERMITTED",
            Denial::NoAgreement => "NO_AGREEMENT",
            Denial::NoRows => "NO_ROWS",
            Denial::PurposeMissing => "PURPOSE_MISSING",
        }
    }
}

/// What a query may touch: the authority, the rows, how close. Only [`decide`] can make one, so no query can run
/// without a decision.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    authority: Arc<str>,
    role: Role,
    level: Level,
    rows: Rows,
    organisation: Arc<str>,
    grant: Arc<str>,
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

    /// How close to the child the rows may come: the level that was asked for and permitted.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Which children's rows may be read.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The organisation that reads: that of the grant or, where it names none, the subject itself.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// Identifier of the grant that permits it.
    pub fn grant(&self) -> &str {
        &self.grant
    }
}

/// Decides. A pure function of its arguments: no clock, no database, no state. What is not permitted is denied.
pub fn decide(policy: &Policy, viewer: &Viewer, ask: &Ask<'_>) -> Decision {
    if let Err(denial) = may_role(policy, viewer.role, ask.domain, ask.level, ask.purpose) {
        return Decision::Deny(denial);
    }
    // Of several grants the first that permits it serves; where none does, the most telling reason is kept.
    let mut worst = Denial::NoGrant;
    for grant in viewer.in_force(ask.at).filter(|grant| grant.authority == ask.authority) {
        match opened(policy, viewer, ask, grant) {
            Ok(scope) => return Decision::Permit(scope),
            Err(denial) => worst = worst.max(denial),
        }
    }
    Decision::Deny(worst)
}

/// Decides about what belongs to no authority: definitions, names of authorities, national figures.
///
/// # Errors
/// Why it is denied. Someone whose every grant has ended reads nothing, not even definitions.
pub fn decide_reference(policy: &Policy, viewer: &Viewer, level: Level, at: DateTime<Utc>) -> Result<(), Denial> {
    may_role(policy, viewer.role, Domain::Reference, level, viewer.purpose)?;
    if viewer.authorities(at).is_empty() { Err(Denial::NoGrant) } else { Ok(()) }
}

/// Decides about doing something for an authority besides reading. What permits it is a grant.
///
/// # Errors
/// Why it is denied.
pub fn decide_act<'a>(
    policy: &Policy,
    viewer: &'a Viewer,
    act: Act,
    authority: &str,
    at: DateTime<Utc>,
) -> Result<&'a Grant, Denial> {
    if !policy.permits_act(viewer.role, act) {
        return Err(Denial::NotInPolicy);
    }
    viewer.in_force(at).find(|grant| grant.authority == authority).ok_or(Denial::NoGrant)
}

fn may_role(policy: &Policy, role: Role, domain: Domain, level: Level, purpose: Option<Purpose>) -> Result<(), Denial> {
    if !policy.reads(role, domain, level) {
        return Err(Denial::NotInPolicy);
    }
    match purpose {
        None if policy.requires_purpose(role, level) => Err(Denial::PurposeMissing),
        Some(stated) if !policy.permits_purpose(role, stated) => Err(Denial::PurposeNotPermitted),
        stated => match (policy.only_for(role, domain), stated) {
            (Some(_), None) => Err(Denial::PurposeMissing),
            (Some(kept), Some(stated)) if !kept.contains(stated) => Err(Denial::PurposeNotPermitted),
            _ => Ok(()),
        },
    }
}

/// The scope that one grant opens.
fn opened(policy: &Policy, viewer: &Viewer, ask: &Ask<'_>, grant: &Grant) -> Result<Scope, Denial> {
    let of_children = matches!(ask.level, Level::Identified | Level::Pseudonymous);
    let rule = policy.rows(viewer.role).ok_or(Denial::NotInPolicy)?;
    if rule == RowRule::Inspection && !grant.is_of_an_inspection() {
        return Err(Denial::NoGrant);
    }
    if of_children && policy.is_partner(viewer.role) && !grant.rests_on_an_agreement(ask.at) {
        return Err(Denial::NoAgreement);
    }
    let organisation = grant.organisation.as_deref().filter(|name| !name.trim().is_empty());
    Ok(Scope {
        authority: Arc::from(ask.authority),
        role: viewer.role,
        level: ask.level,
        rows: if of_children { rows(rule, grant, organisation)? } else { Rows::All },
        organisation: Arc::from(organisation.unwrap_or(&viewer.subject)),
        grant: Arc::from(grant.id.as_str()),
    })
}

fn rows(rule: RowRule, grant: &Grant, organisation: Option<&str>) -> Result<Rows, Denial> {
    match rule {
        RowRule::OwnAuthority | RowRule::Inspection => Ok(Rows::All),
        RowRule::SchoolRoll => Ok(Rows::SchoolRoll),
        RowRule::HealthCommissioning if grant.commissions.contains(&grant.authority) => Ok(Rows::HealthCommissioning),
        RowRule::HealthCommissioning => Err(Denial::NoRows),
        RowRule::MissingAndJustice => {
            grant.records.map(|(from, to)| Rows::MissingAndJustice(from, to)).ok_or(Denial::NoRows)
        }
        RowRule::AdoptionShares => organisation.map(|name| Rows::AdoptionShares(name.into())).ok_or(Denial::NoRows),
    }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
