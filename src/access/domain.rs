//! What a figure or a record is about: health, placements, justice and so on.

use serde::{Deserialize, Serialize};

/// The subject of a field. Every field of the schema has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Definitions, targets and comparators.
    Reference,
    /// Counts of the cohort, age, gender, ethnicity, legal status.
    Core,
    /// What identifies a child: ids, date of birth, postcode.
    Identity,
    /// Where children live, and moves.
    Placement,
    /// Fostering households and carers.
    Carer,
    /// Health and dental checks, immunisations, strengths and difficulties.
    Health,
    /// Schooling and attainment.
    Education,
    /// Missing and absent episodes.
    Missing,
    /// Offending and youth justice.
    Offending,
    /// Adoption and other routes to permanence.
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

impl Domain {
    /// Every domain, in the order of the policy.
    pub const ALL: [Domain; 16] = [
        Domain::Reference,
        Domain::Core,
        Domain::Identity,
        Domain::Placement,
        Domain::Carer,
        Domain::Health,
        Domain::Education,
        Domain::Missing,
        Domain::Offending,
        Domain::Adoption,
        Domain::Leaver,
        Domain::Review,
        Domain::Quality,
        Domain::Release,
        Domain::Audit,
        Domain::Admin,
    ];

    /// The name used in the policy, such as `placement`.
    pub fn code(self) -> &'static str {
        match self {
            Domain::Reference => "reference",
            Domain::Core => "core",
            Domain::Identity => "identity",
            Domain::Placement => "placement",
            Domain::Carer => "carer",
            Domain::Health => "health",
            Domain::Education => "education",
            Domain::Missing => "missing",
            Domain::Offending => "offending",
            Domain::Adoption => "adoption",
            Domain::Leaver => "leaver",
            Domain::Review => "review",
            Domain::Quality => "quality",
            Domain::Release => "release",
            Domain::Audit => "audit",
            Domain::Admin => "admin",
        }
    }

    /// What the domain holds, in the words of the table that is signed.
    pub fn words(self) -> &'static str {
        match self {
            Domain::Reference => "definitions, targets, comparators",
            Domain::Core => "cohort counts, age, gender, ethnicity, legal status",
            Domain::Identity => "what identifies a child",
            Domain::Placement => "where children live, and moves",
            Domain::Carer => "fostering households and carers",
            Domain::Health => "health and dental checks",
            Domain::Education => "schooling, training and employment",
            Domain::Missing => "missing and absent episodes",
            Domain::Offending => "offending and youth justice",
            Domain::Adoption => "adoption",
            Domain::Leaver => "care leavers",
            Domain::Review => "reviews, visits and plans",
            Domain::Quality => "errors in the returns",
            Domain::Release => "preparing and approving what is published",
            Domain::Audit => "who asked for what",
            Domain::Admin => "grants and settings",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_domain_is_written_in_the_policy_by_its_own_name() {
        for domain in Domain::ALL {
            assert_eq!(serde_json::to_value(domain).unwrap(), domain.code());
        }
    }
}
