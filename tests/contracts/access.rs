//! What governance officers sign is what the program obeys, and each role's schema holds what its domains permit.

use std::collections::BTreeSet;

use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use lookedafter::{
    access::{Policy, Role, table},
    graphql::{sdl, sdl_of},
};

use crate::is_current;

fn policy() -> Policy {
    Policy::parse("policy/access.toml", include_str!("../../policy/access.toml")).unwrap()
}

/// Every field, argument and input field as `Type.field` or `Type.field(argument:)`.
fn coordinates(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for definition in parse_schema(text).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = &definition.node.name.node;
        match &definition.node.kind {
            TypeKind::Object(kind) => {
                for field in kind.fields.iter().map(|field| &field.node) {
                    all.insert(format!("{name}.{}", field.name.node));
                    all.extend(
                        field.arguments.iter().map(|a| format!("{name}.{}({}:)", field.name.node, a.node.name.node)),
                    );
                }
            }
            TypeKind::InputObject(kind) => {
                all.extend(kind.fields.iter().map(|field| format!("{name}.{}", field.node.name.node)));
            }
            _ => {}
        }
    }
    all
}

fn of(role: Role) -> BTreeSet<String> {
    coordinates(&sdl_of(&policy(), role))
}

#[test]
fn the_page_to_sign_is_current() {
    is_current("docs/access.md", &table::page(&policy()));
}

#[test]
fn every_field_that_the_policy_denies_exists() {
    let all = coordinates(&sdl());
    for role in Role::ALL {
        for field in policy().denied_fields(role) {
            assert!(all.contains(field), "{}: {field}", role.code());
        }
    }
}

#[test]
fn each_role_sees_a_part_of_the_schema_and_every_part_is_for_someone() {
    let all = coordinates(&sdl());
    let mut seen = BTreeSet::new();
    for role in Role::ALL {
        let own = of(role);
        assert!(own.is_subset(&all), "{role:?}");
        assert!(own.contains("Viewer.role"), "{role:?}");
        seen.extend(own);
    }
    assert_eq!(all.difference(&seen).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn what_each_role_is_known_to_see_and_not_to_see_is_so() {
    let sees = |role, fields: &[&str], not: &[&str]| {
        let own = of(role);
        for field in fields {
            assert!(own.contains(*field), "{role:?} does not see {field}");
        }
        for field in not {
            assert!(!own.contains(*field), "{role:?} sees {field}");
        }
    };
    let exact = ["IndicatorValue.lineage", "Authority.value(asKnownOn:)", "PeriodInput.asAt"];
    let children = ["Authority.children", "IndicatorValue.cohort", "Child.age"];
    let for_all = [
        "Authority.scorecard",
        "IndicatorValue.value",
        "IndicatorValue.numerator",
        "IndicatorValue.notKnown",
        "Authority.breakdown",
    ];
    for role in [Role::Public, Role::PanelMember, Role::NeighbourAuthority, Role::InformationGovernance] {
        sees(role, &for_all, &[&exact[..], &children[..]].concat());
    }
    sees(Role::ReleaseOfficer, &[&for_all[..], &exact[..]].concat(), &children);
    sees(
        Role::Analyst,
        &[&for_all[..], &exact[..], &children[..], &["Child.reference", "Child.ethnicity"]].concat(),
        &["Mutation.addGrant"],
    );
    for role in [Role::ServiceManager, Role::Inspector] {
        let identified = ["Child.episodes", "Child.reference", "Carer.reference", "Carer.endReason"];
        sees(role, &[&exact[..], &children[..], &identified].concat(), &["Query.audit", "Mutation.addGrant"]);
    }
    sees(
        Role::HealthPartner,
        &children,
        &[
            "Child.placements",
            "Child.missingEpisodes",
            "Child.reference",
            "Authority.leavers",
            "Authority.carers",
            "Child.ethnicity",
            "Child.episodes",
            "Child.uasc",
            "Child.legalStatus",
            "IndicatorValue.lineage",
        ],
    );
    sees(
        Role::PoliceYot,
        &["Child.missingEpisodes", "Child.legalStatusGroup"],
        &["Child.placements", "Child.reviews", "Child.episodes"],
    );
    sees(
        Role::VirtualSchool,
        &["Authority.leavers", "CareLeaver.eet", "CareLeaver.activity"],
        &["CareLeaver.inTouch", "CareLeaver.accommodation", "CareLeaver.suitable", "Child.placements"],
    );
    sees(
        Role::Admin,
        &["Viewer.subject", "Query.apiVersion"],
        &["Query.authority", "Query.indicators", "Viewer.authorities", "Query.node"],
    );
}

#[test]
fn the_word_for_something_hidden_is_in_no_schema_of_those_who_may_not_see_it() {
    let public = sdl_of(&policy(), Role::Public);
    for word in [
        "children(",
        "cohort(",
        "reference:",
        "lineage:",
        "type Child",
        "MissingEpisode",
        "CareLeaver",
        "ChildFilter",
        "CohortPart",
        "Mutation",
        "IDENTITY",
        "ADMIN",
        "MISSING",
    ] {
        let told = public.lines().filter(|line| !line.trim_start().starts_with('"'));
        assert_eq!(told.filter(|line| line.contains(word)).collect::<Vec<_>>(), Vec::<&str>::new(), "{word}");
    }
}
