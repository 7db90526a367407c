//! Every case of the decision: all roles, domains, levels, purposes, and grants of every kind.

use chrono::TimeDelta;

use super::super::{Limits, Suspension};
use super::*;

#[path = "monotone_tests.rs"]
mod monotone;

const OWN: &str = "E09000015";
const FOREIGN: &str = "E09000005";
const SHIPPED: &str = include_str!("../../policy/access.toml");

/// The signed matrix, written down once more: role, then a cell for each domain in the order of [`Domain::ALL`].
const MATRIX: &str = "
public                 R  R  -  R  R  R  R  -  -  R  R  R  -  -  -  -
neighbour_authority    S  S  -  S  S  S  S  -  -  S  S  S  -  -  -  -
panel_member           S  S  -  S  S  S  S  S  S  S  S  S  -  -  -  -
service_manager        N  IN IN IN IN IN IN IN IN IN IN IN N  -  -  -
analyst                N  IN IN IN IN IN IN IN IN IN IN IN IN -  -  -
virtual_school         S  PS -  S  -  S  IS S  -  -  PS S  -  -  -  -
health_partner         S  PS -  S  -  PS S  -  -  -  S  S  -  -  -  -
police_yot             S  PS -  S  -  -  -  PS PS -  S  -  -  -  -  -
adoption_agency        S  PS -  -  -  S  -  -  -  PS -  S  -  -  -  -
inspector              N  IN IN IN IN IN IN IN IN IN IN IN N  N  -  -
data_steward           N  IN IN IN IN IN IN IN IN IN IN IN IN N  -  -
release_officer        N  N  -  N  N  N  N  N  N  N  N  N  N  N  -  -
information_governance S  S  -  S  S  S  S  S  S  S  S  S  N  N  N  -
admin                  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  N
";

fn now() -> DateTime<Utc> {
    "2024-01-15T12:00:00Z".parse().unwrap()
}

fn shipped() -> Policy {
    Policy::parse("access.toml", SHIPPED).unwrap()
}

fn viewer(role: Role) -> Viewer {
    Viewer { role, subject: "someone".to_owned(), ..Viewer::anonymous(Limits::default(), vec![granted(role)]) }
}

/// A grant that lacks nothing.
fn granted(role: Role) -> Grant {
    let to = if role == Role::Inspector { "2024-01-20" } else { "2024-12-31" };
    Grant {
        id: "G1".to_owned(),
        organisation: Some("Agency".to_owned()),
        records: Some(("2023-01-01".parse().unwrap(), "2023-12-31".parse().unwrap())),
        commissions: vec![OWN.to_owned()],
        inspection: Some("10273".to_owned()),
        ..Grant::of(role, OWN, ("2024-01-01".parse().unwrap(), to.parse().unwrap()))
    }
}

fn ask(authority: &str, domain: Domain, level: Level) -> Ask<'_> {
    Ask { authority, domain, level, purpose: Some(Purpose::PerformanceMonitoring), at: now() }
}

fn purposes() -> impl Iterator<Item = Option<Purpose>> {
    Purpose::ALL.into_iter().map(Some).chain([None])
}

/// The cell of the matrix.
fn cell(role: Role, domain: Domain) -> &'static str {
    let line = MATRIX.lines().find(|line| line.split_whitespace().next() == Some(role.code())).unwrap();
    line.split_whitespace().skip(1).zip(Domain::ALL).find(|(_, known)| *known == domain).unwrap().0
}

fn expected(role: Role, domain: Domain, level: Level, purpose: Option<Purpose>) -> Result<(), Denial> {
    let cell = cell(role, domain);
    let permitted = match level {
        Level::Identified => cell.contains('I'),
        Level::Pseudonymous => cell.contains(['I', 'P']),
        Level::Exact => cell.contains('N'),
        Level::Suppressed => cell.contains(['N', 'S']),
        Level::Rounded => cell.contains(['N', 'S', 'R']),
    };
    let own: &[Purpose] = match role {
        Role::ServiceManager | Role::VirtualSchool | Role::HealthPartner => {
            &[Purpose::DirectCare, Purpose::Safeguarding]
        }
        Role::Analyst | Role::DataSteward => &[Purpose::StatutoryReturn, Purpose::SubjectAccess],
        Role::PoliceYot => &[Purpose::Safeguarding],
        Role::AdoptionAgency => &[Purpose::DirectCare],
        Role::Inspector => &[Purpose::Inspection],
        Role::InformationGovernance => &[Purpose::SubjectAccess],
        _ => &[],
    };
    let partner_totals = role == Role::Inspector && level == Level::Exact;
    // Who children are is shown to managers for these two alone (ruling A21).
    let to_act = role == Role::ServiceManager && domain == Domain::Identity;
    let acting = [Some(Purpose::DirectCare), Some(Purpose::Safeguarding)].contains(&purpose);
    let needed = matches!(level, Level::Identified | Level::Pseudonymous) || partner_totals || to_act;
    match purpose {
        _ if !permitted => Err(Denial::NotInPolicy),
        None if needed => Err(Denial::PurposeMissing),
        Some(stated) if stated != Purpose::PerformanceMonitoring && !own.contains(&stated) => {
            Err(Denial::PurposeNotPermitted)
        }
        Some(_) if to_act && !acting => Err(Denial::PurposeNotPermitted),
        _ => Ok(()),
    }
}

#[test]
fn who_children_are_is_shown_to_managers_for_care_and_safeguarding_and_to_the_others_for_any_purpose_of_theirs() {
    let policy = shipped();
    let opened = |role| purposes().filter(move |purpose| shipped().identifies(role, *purpose)).collect::<Vec<_>>();
    assert_eq!(opened(Role::ServiceManager), [Some(Purpose::DirectCare), Some(Purpose::Safeguarding)]);
    for role in Role::ALL.into_iter().filter(|role| *role != Role::ServiceManager) {
        let all = if cell(role, Domain::Identity).contains('I') { purposes().count() } else { 0 };
        assert_eq!(opened(role).len(), all, "{role:?}");
        assert_eq!(policy.only_for(role, Domain::Identity), None);
    }
}

#[test]
fn every_case_of_the_shipped_policy_is_as_the_signed_matrix_says() {
    let policy = shipped();
    for role in Role::ALL {
        let viewer = viewer(role);
        for domain in Domain::ALL {
            for level in Level::ALL {
                for purpose in purposes() {
                    let asked = Ask { purpose, ..ask(OWN, domain, level) };
                    let case = format!("{role:?} {domain:?} {level:?} {purpose:?}");
                    let wanted = expected(role, domain, level, purpose);
                    match decide(&policy, &viewer, &asked) {
                        Decision::Permit(scope) => {
                            assert_eq!(wanted, Ok(()), "{case}");
                            assert_eq!((scope.authority(), scope.role(), scope.level()), (OWN, role, level));
                            assert_eq!((scope.organisation(), scope.grant()), ("Agency", "G1"));
                        }
                        Decision::Deny(denial) => assert_eq!(wanted, Err(denial), "{case}"),
                    }
                    let foreign = decide(&policy, &viewer, &Ask { authority: FOREIGN, ..asked });
                    assert_eq!(foreign.permit(), None, "foreign {case}");
                }
            }
        }
    }
}

#[test]
fn a_grant_that_is_suspended_ended_not_begun_or_for_another_role_permits_nothing() {
    let policy = shipped();
    let day = now().date_naive();
    for role in Role::ALL {
        let other = if role == Role::Analyst { Role::DataSteward } else { Role::Analyst };
        let useless = [
            Grant { suspended: Suspension::Suspended, ..granted(role) },
            Grant { to: day - TimeDelta::days(1), ..granted(role) },
            Grant { from: day + TimeDelta::days(1), ..granted(role) },
            Grant { role: other, ..granted(role) },
        ];
        for grant in useless {
            let viewer = Viewer { grants: vec![grant.clone()], ..viewer(role) };
            for domain in Domain::ALL {
                for level in Level::ALL {
                    assert_eq!(decide(&policy, &viewer, &ask(OWN, domain, level)).permit(), None, "{grant:?}");
                }
            }
            assert!(decide_reference(&policy, &viewer, Level::Rounded, now()).is_err(), "{grant:?}");
            for act in Act::ALL {
                assert!(decide_act(&policy, &viewer, act, OWN, now()).is_err(), "{grant:?}");
            }
        }
    }
}

/// What each role loses by a lack in its grant: the rows of children, never its totals.
#[test]
fn a_grant_that_lacks_what_opens_rows_leaves_totals_alone() {
    let policy = shipped();
    type Lack = fn(Grant) -> Grant;
    let lacks: [(Lack, &[Role], Denial); 6] = [
        (
            |grant| Grant { agreement: String::new(), ..grant },
            &[Role::VirtualSchool, Role::HealthPartner, Role::PoliceYot, Role::AdoptionAgency, Role::Inspector],
            Denial::NoAgreement,
        ),
        (
            |grant| Grant { to: "2025-02-01".parse().unwrap(), ..grant },
            &[Role::VirtualSchool, Role::HealthPartner, Role::PoliceYot, Role::AdoptionAgency],
            Denial::NoAgreement,
        ),
        (
            |grant| Grant { agreement_ends: "2024-01-14".parse().ok(), ..grant },
            &[Role::VirtualSchool, Role::HealthPartner, Role::PoliceYot, Role::AdoptionAgency, Role::Inspector],
            Denial::NoAgreement,
        ),
        (|grant| Grant { commissions: vec![FOREIGN.to_owned()], ..grant }, &[Role::HealthPartner], Denial::NoRows),
        (|grant| Grant { records: None, ..grant }, &[Role::PoliceYot], Denial::NoRows),
        (|grant| Grant { organisation: Some(" ".to_owned()), ..grant }, &[Role::AdoptionAgency], Denial::NoRows),
    ];
    for (lack, losing, reason) in lacks {
        for role in Role::ALL.into_iter().filter(|role| policy.reads(*role, Domain::Core, Level::Pseudonymous)) {
            let lacking = Viewer { grants: vec![lack(granted(role))], ..viewer(role) };
            let rows = decide(&policy, &lacking, &ask(OWN, Domain::Core, Level::Pseudonymous));
            // An inspection of a year is none at all.
            let too_long = role == Role::Inspector && lacking.grants[0].to > "2024-01-31".parse().unwrap();
            match losing.contains(&role) {
                true => assert_eq!(rows, Decision::Deny(reason), "{role:?}"),
                false => assert_eq!(rows.permit().is_some(), !too_long, "{role:?} {reason:?}"),
            }
            let totals = decide(&policy, &lacking, &ask(OWN, Domain::Core, Level::Suppressed));
            assert_eq!(totals.permit().is_some(), !too_long, "{role:?} {reason:?}");
        }
    }
}

#[test]
fn each_role_with_rows_has_those_of_its_own_rule() {
    let rows = |role| {
        decide(&shipped(), &viewer(role), &ask(OWN, Domain::Core, Level::Pseudonymous)).permit().unwrap().rows().clone()
    };
    assert_eq!((rows(Role::Analyst), rows(Role::Inspector)), (Rows::All, Rows::All));
    assert_eq!((rows(Role::VirtualSchool), rows(Role::HealthPartner)), (Rows::SchoolRoll, Rows::HealthCommissioning));
    let records = Rows::MissingAndJustice("2023-01-01".parse().unwrap(), "2023-12-31".parse().unwrap());
    assert_eq!((rows(Role::PoliceYot), rows(Role::AdoptionAgency)), (records, Rows::AdoptionShares("Agency".into())));
}

#[test]
fn of_several_grants_one_that_opens_rows_is_enough_and_an_organisation_without_a_name_is_its_subject() {
    let lacking = Grant { agreement: String::new(), id: "G0".to_owned(), ..granted(Role::HealthPartner) };
    let nameless = Grant { organisation: None, ..granted(Role::HealthPartner) };
    let both = Viewer { grants: vec![lacking, nameless], ..viewer(Role::HealthPartner) };
    let scope = decide(&shipped(), &both, &ask(OWN, Domain::Health, Level::Pseudonymous)).permit().unwrap();
    assert_eq!((scope.grant(), scope.organisation()), ("G1", "someone"));
}

#[test]
fn acts_belong_to_the_roles_that_the_policy_names_and_to_authorities_with_a_grant() {
    let policy = shipped();
    for role in Role::ALL {
        for act in Act::ALL {
            let may = match act {
                Act::LoadReturns | Act::PrepareRelease => role == Role::DataSteward,
                Act::ApproveRelease => role == Role::ReleaseOfficer,
                Act::AnswerSubjectAccess => role == Role::InformationGovernance,
                Act::ManageGrants => role == Role::Admin,
            };
            let denial = if may { Denial::NoGrant } else { Denial::NotInPolicy };
            let viewer = viewer(role);
            let decided = decide_act(&policy, &viewer, act, OWN, now()).map(|grant| assert_eq!(grant.authority, OWN));
            assert_eq!(decided, if may { Ok(()) } else { Err(denial) }, "{role:?} {act:?}");
            assert_eq!(decide_act(&policy, &viewer, act, FOREIGN, now()), Err(denial), "{role:?} {act:?}");
        }
    }
}

#[test]
fn definitions_are_for_those_who_hold_a_role_and_a_grant() {
    let policy = shipped();
    assert_eq!(decide_reference(&policy, &viewer(Role::Analyst), Level::Exact, now()), Ok(()));
    assert_eq!(decide_reference(&policy, &viewer(Role::Public), Level::Rounded, now()), Ok(()));
    assert_eq!(decide_reference(&policy, &viewer(Role::Public), Level::Suppressed, now()), Err(Denial::NotInPolicy));
    assert_eq!(decide_reference(&policy, &viewer(Role::Admin), Level::Rounded, now()), Err(Denial::NotInPolicy));
    let nobody = Viewer::anonymous(Limits::default(), Vec::new());
    assert_eq!(decide_reference(&policy, &nobody, Level::Rounded, now()), Err(Denial::NoGrant));
}

#[test]
fn the_most_telling_reason_is_the_one_that_is_kept() {
    assert!(Denial::NoGrant < Denial::NoAgreement && Denial::NoAgreement < Denial::NoRows);
    let codes: std::collections::HashSet<_> = [
        Denial::NotInPolicy,
        Denial::NoGrant,
        Denial::PurposeNotPermitted,
        Denial::NoAgreement,
        Denial::NoRows,
        Denial::PurposeMissing,
    ]
    .map(Denial::code)
    .into();
    assert_eq!(codes.len(), 6);
}
