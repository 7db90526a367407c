//! What each field is about, and how close to the child it comes: said once for each field, as a directive.
//!
//! The directive is part of the schema, so whoever reads a field's description sees what it takes to read it, and
//! the list of all fields with their demands can be made from the schema itself.

use async_graphql::{Enum, TypeDirective};

use crate::access::Level;

/// The subject of a field.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(name = "AccessDomain")]
pub enum About {
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
    /// Missing and absent episodes.
    Missing,
    /// Care leavers.
    Leaver,
    /// Reviews, visits and plans.
    Review,
}

/// How close to the child a field comes: the least that its reader must be permitted.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(name = "AccessLevel", remote = "Level")]
pub enum At {
    /// Child rows with identifiers.
    I,
    /// Child rows under a pseudonym.
    P,
    /// Totals, true values.
    N,
    /// Totals, frozen and suppressed.
    S,
    /// Totals, frozen, suppressed and rounded.
    R,
}

/// What a reader must be permitted to see the field. Documentation: the server decides.
#[TypeDirective(location = "FieldDefinition")]
pub fn access(
    #[graphql(desc = "What the field is about.")] domain: About,
    #[graphql(desc = "How close to the child it comes.")] level: At,
) {
}
