//! The roles that people and programs sign in with, from elected members to inspectors.

use serde::{Deserialize, Serialize};

/// One of the roles that the policy knows. A request is made in exactly one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Anyone, without signing in.
    Public,
    /// Staff of another authority who compare themselves with this one.
    NeighbourAuthority,
    /// Elected members and the corporate parenting panel.
    PanelMember,
    /// Managers of the children's service.
    ServiceManager,
    /// The authority's own performance analysts.
    Analyst,
    /// The virtual school, which follows the education of the authority's children.
    VirtualSchool,
    /// The health team for children looked after.
    HealthPartner,
    /// Police and youth offending team.
    PoliceYot,
    /// A regional adoption agency.
    AdoptionAgency,
    /// Inspectors, for the days of an inspection.
    Inspector,
    /// Those who load the returns and answer for their quality.
    DataSteward,
    /// Those who approve what is published.
    ReleaseOfficer,
    /// Data protection officer and Caldicott Guardian.
    InformationGovernance,
    /// Those who manage grants and settings, and see neither figures nor records.
    Admin,
}

impl Role {
    /// Every role, in the order of the policy.
    pub const ALL: [Role; 14] = [
        Role::Public,
        Role::NeighbourAuthority,
        Role::PanelMember,
        Role::ServiceManager,
        Role::Analyst,
        Role::VirtualSchool,
        Role::HealthPartner,
        Role::PoliceYot,
        Role::AdoptionAgency,
        Role::Inspector,
        Role::DataSteward,
        Role::ReleaseOfficer,
        Role::InformationGovernance,
        Role::Admin,
    ];

    /// The name used in tokens, grants and the policy, such as `data_steward`.
    pub fn code(self) -> &'static str {
        match self {
            Role::Public => "public",
            Role::NeighbourAuthority => "neighbour_authority",
            Role::PanelMember => "panel_member",
            Role::ServiceManager => "service_manager",
            Role::Analyst => "analyst",
            Role::VirtualSchool => "virtual_school",
            Role::HealthPartner => "health_partner",
            Role::PoliceYot => "police_yot",
            Role::AdoptionAgency => "adoption_agency",
            Role::Inspector => "inspector",
            Role::DataSteward => "data_steward",
            Role::ReleaseOfficer => "release_officer",
            Role::InformationGovernance => "information_governance",
            Role::Admin => "admin",
        }
    }

    /// The role with this name; nothing for a name that is not exactly one of ours.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_own_name_and_written_so_in_the_policy() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.code()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.code());
        }
    }

    #[test]
    fn names_are_exact() {
        for name in ["", "Analyst", "analyst ", "service_client", "root"] {
            assert_eq!(Role::parse(name), None, "{name}");
        }
    }
}
