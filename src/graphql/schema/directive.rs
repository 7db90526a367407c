//! What each field is about, and how close to the child it comes: said once for each field, as a directive.
//!
//! The directive is part of the schema, so whoever reads a field's description sees what it takes to read it. The
//! schema of each role is made from it ([`super::role_view`]), and so is the list of all fields with who reads them.

use async_graphql::{Enum, TypeDirective, registry::MetaDirectiveInvocation, resolver_utils::EnumType};

use crate::{
    access::{Domain, Level, Policy, Role},
    indicators,
};

/// What something is about: a domain of the policy, or the subject of a field.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq, Hash)]
#[graphql(name = "AccessDomain")]
pub enum About {
    /// The caller's own rights and the program: for everyone who is let in.
    Caller,
    /// That of the indicator whose figure it is.
    Indicator,
    /// Definitions, targets and comparators.
    Reference,
    /// Counts of the cohort, age, gender, ethnicity, legal status.
    Core,
    /// What identifies a child.
    Identity,
    /// Where children live, and moves.
    Placement,
    /// Fostering households and carers.
    Carer,
    /// Health and dental checks.
    Health,
    /// Schooling, training and employment.
    Education,
    /// Missing and absent episodes.
    Missing,
    /// Offending and youth justice.
    Offending,
    /// Adoption.
    Adoption,
    /// Care leavers.
    Leaver,
    /// Reviews, visits and plans.
    Review,
    /// Errors in the returns.
    Quality,
    /// Preparing and approving what is published.
    Release,
    /// Who asked for what.
    Audit,
    /// Grants and settings.
    Admin,
}

/// How close to the child a field comes: the least that its reader must be permitted.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq, Hash)]
#[graphql(name = "AccessLevel", remote = "Level")]
pub enum At {
    /// Child rows with identifiers.
    #[graphql(name = "I")]
    Identified,
    /// Child rows under a pseudonym.
    #[graphql(name = "P")]
    Pseudonymous,
    /// Totals, true values.
    #[graphql(name = "N")]
    Exact,
    /// Totals, frozen and suppressed.
    #[graphql(name = "S")]
    Suppressed,
    /// Totals, frozen, suppressed and rounded.
    #[graphql(name = "R")]
    Rounded,
}

/// What a reader must be permitted to see the field, or to give the argument; without it an argument goes with its
/// field. Whatever a reader may never see is not in the schema that they are shown.
#[TypeDirective(location = "FieldDefinition", location = "ArgumentDefinition", location = "InputFieldDefinition")]
pub fn access(
    #[graphql(desc = "What the field is about.")] domain: About,
    #[graphql(desc = "How close to the child it comes.")] level: At,
) {
}

impl About {
    /// The domain of the policy, as the schema names it.
    pub(in crate::graphql) fn of(domain: Domain) -> Option<About> {
        About::items().iter().map(|item| item.value).find(|about| about.domain() == Some(domain))
    }

    /// The domain of the policy; none where it goes with each indicator, or where everyone may see it.
    fn domain(self) -> Option<Domain> {
        Some(match self {
            About::Caller | About::Indicator => return None,
            About::Reference => Domain::Reference,
            About::Core => Domain::Core,
            About::Identity => Domain::Identity,
            About::Placement => Domain::Placement,
            About::Carer => Domain::Carer,
            About::Health => Domain::Health,
            About::Education => Domain::Education,
            About::Missing => Domain::Missing,
            About::Offending => Domain::Offending,
            About::Adoption => Domain::Adoption,
            About::Leaver => Domain::Leaver,
            About::Review => Domain::Review,
            About::Quality => Domain::Quality,
            About::Release => Domain::Release,
            About::Audit => Domain::Audit,
            About::Admin => Domain::Admin,
        })
    }

    /// Whether a role may ever see something about this at a level. For figures one indicator is enough: which of them
    /// a role sees is decided figure by figure.
    pub(in crate::graphql) fn is_for(self, policy: &Policy, role: Role, level: Level) -> bool {
        match (self, self.domain()) {
            (About::Caller, _) => true,
            (_, Some(domain)) => policy.reads(role, domain, level),
            (_, None) => indicators::all().iter().any(|indicator| policy.reads(role, indicator.domain, level)),
        }
    }
}

/// What a declaration in the schema says; none where it is no declaration of access.
pub(in crate::graphql) fn declared(directive: &MetaDirectiveInvocation) -> Option<(About, Level)> {
    if directive.name != "access" {
        return None;
    }
    let word = |name: &str| directive.args.get(name).map(ToString::to_string);
    let (domain, level) = (word("domain")?, word("level")?);
    let domain = named(&domain)?;
    let level = Level::ALL.into_iter().find(|known| known.letter() == level)?;
    Some((domain, level))
}

/// The subject with the name.
pub(in crate::graphql) fn named(name: &str) -> Option<About> {
    About::items().iter().find(|item| item.name == name).map(|item| item.value)
}
