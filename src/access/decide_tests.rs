//! Every case of the decision: all roles, domains, levels, purposes, and grants of every kind.

use chrono::TimeDelta;

use super::super::{Grant, Limits, Suspension};
use super::*;

const OWN: &str = "E09000015";
const FOREIGN: &str = "E09000005";

fn now() -> DateTime<Utc> {
    "2024-01-15T12:00:00Z".parse().unwrap()
}

fn shipped() -> Policy {
    Policy::parse("access.toml", include_str!("../../policy/access.toml")).unwrap()
}

fn viewer(role: Option<Role>) -> Viewer {
    let grants = role.into_iter().map(granted).collect();
    Viewer { role, grants, ..Viewer::anonymous(Limits::default()) }
}

fn granted(role: Role) -> Grant {
    Grant {
        authority: OWN.to_owned(),
        role,
        from: "2024-01-01".parse().unwrap(),
        to: "2024-12-31".parse().unwrap(),
        suspended: Suspension::Active,
    }
}

fn ask(authority: &str, domain: Domain, level: Level) -> Ask<'_> {
    Ask { authority, domain, level, purpose: None, at: now() }
}

fn purposes() -> impl Iterator<Item = Option<Purpose>> {
    Purpose::ALL.into_iter().map(Some).chain([None])
}

fn expected(role: Option<Role>, domain: Domain, level: Level, purpose: Option<Purpose>) -> Result<(), Denial> {
    let Some(role) = role else { return Err(Denial::NoRole) };
    let permitted = matches!(role, Role::Analyst | Role::DataSteward)
        && match domain {
            Domain::Release | Domain::Audit | Domain::Admin => false,
            Domain::Reference => matches!(level, Level::N | Level::S | Level::R),
            _ => true,
        };
    if !permitted {
        return Err(Denial::NotInPolicy);
    }
    match purpose {
        Some(Purpose::DirectCare | Purpose::Safeguarding | Purpose::Inspection) => Err(Denial::PurposeNotPermitted),
        _ => Ok(()),
    }
}

#[test]
fn every_case_of_the_shipped_policy_is_as_expected() {
    let policy = shipped();
    for role in Role::ALL.into_iter().map(Some).chain([None]) {
        let viewer = viewer(role);
        for domain in Domain::ALL {
            for level in Level::ALL {
                for purpose in purposes() {
                    let asked = Ask { purpose, ..ask(OWN, domain, level) };
                    let case = format!("{role:?} {domain:?} {level:?} {purpose:?}");
                    let wanted = expected(role, domain, level, purpose);
                    match decide(&policy, &viewer, &asked) {
                        Decision::Permit(permit) => {
                            assert_eq!(wanted, Ok(()), "{case}");
                            assert_eq!(permit.scope().authority(), OWN);
                            assert_eq!(Some(permit.scope().role()), role);
                            assert_eq!((permit.level(), permit.scope().level()), (level, level));
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
    let useless = [
        Grant { suspended: Suspension::Suspended, ..granted(Role::Analyst) },
        Grant { to: day - TimeDelta::days(1), ..granted(Role::Analyst) },
        Grant { from: day + TimeDelta::days(1), ..granted(Role::Analyst) },
        granted(Role::DataSteward),
    ];
    for grant in useless {
        let viewer = Viewer { grants: vec![grant.clone()], ..viewer(Some(Role::Analyst)) };
        let decision = decide(&policy, &viewer, &ask(OWN, Domain::Core, Level::N));
        assert_eq!(decision, Decision::Deny(Denial::NoGrant), "{grant:?}");
        assert_eq!(decide_reference(&policy, &viewer, Level::N, now()), Err(Denial::NoGrant), "{grant:?}");
    }
}

#[test]
fn taking_a_grant_or_a_level_away_never_adds_a_permit() {
    let whole = shipped();
    let text = include_str!("../../policy/access.toml");
    for narrowed in [text.replace(r#"["I", "N"]"#, r#"["N"]"#), text.replace(r#"["I", "N"]"#, r#"["P"]"#)] {
        let narrowed = Policy::parse("access.toml", &narrowed).unwrap();
        for role in Role::ALL {
            let with = viewer(Some(role));
            let without = Viewer { grants: Vec::new(), ..with.clone() };
            for domain in Domain::ALL {
                for level in Level::ALL {
                    let asked = ask(OWN, domain, level);
                    assert_eq!(decide(&whole, &without, &asked).permit(), None);
                    if decide(&narrowed, &with, &asked).permit().is_some() {
                        assert!(decide(&whole, &with, &asked).permit().is_some(), "{role:?} {domain:?} {level:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn where_the_policy_requires_a_purpose_a_request_without_one_is_denied() {
    let text = include_str!("../../policy/access.toml");
    let strict = text.replace("purpose_required_at = []", r#"purpose_required_at = ["I", "P"]"#);
    let strict = Policy::parse("access.toml", &strict).unwrap();
    let analyst = viewer(Some(Role::Analyst));
    let rows = ask(OWN, Domain::Core, Level::I);
    assert_eq!(decide(&strict, &analyst, &rows), Decision::Deny(Denial::PurposeMissing));
    let stated = Ask { purpose: Some(Purpose::PerformanceMonitoring), ..rows };
    assert!(decide(&strict, &analyst, &stated).permit().is_some());
    assert!(decide(&strict, &analyst, &ask(OWN, Domain::Core, Level::N)).permit().is_some());
}

#[test]
fn definitions_are_for_those_who_hold_a_role_and_a_grant() {
    let policy = shipped();
    assert_eq!(decide_reference(&policy, &viewer(Some(Role::Analyst)), Level::N, now()), Ok(()));
    assert_eq!(decide_reference(&policy, &viewer(None), Level::R, now()), Err(Denial::NoRole));
    assert_eq!(decide_reference(&policy, &viewer(Some(Role::Public)), Level::R, now()), Err(Denial::NotInPolicy));
}
