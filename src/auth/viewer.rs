//! The viewer of one request: the roles held are those that both the token and a grant in force name.

use chrono::{DateTime, Utc};

use super::{Presented, Refusal, Verified};
use crate::access::{Grant, Limits, Purpose, Role, Viewer};

/// Joins a token with the grants of its subject.
///
/// # Errors
/// No role is held (401); the role asked for is not held, none was chosen among several, or the purpose is not a
/// known one (403).
pub fn viewer(
    verified: &Verified,
    grants: &[Grant],
    presented: &Presented<'_>,
    limits: Limits,
    at: DateTime<Utc>,
) -> Result<Viewer, Refusal> {
    let grants: Vec<Grant> = grants.iter().filter(|grant| usable(verified, grant, at)).cloned().collect();
    let mut held: Vec<Role> = grants.iter().map(|grant| grant.role).collect();
    held.sort_unstable();
    held.dedup();
    let role = active(&held, presented.active_role)?;
    let stated = verified.purpose.as_deref().or(presented.purpose);
    let purpose = stated.map(|code| Purpose::parse(code).ok_or(Refusal::PurposeUnknown)).transpose()?;
    let grants = grants.into_iter().filter(|grant| grant.role == role).collect();
    Ok(Viewer { subject: verified.subject.clone(), role: Some(role), purpose, grants, limits })
}

fn usable(verified: &Verified, grant: &Grant, at: DateTime<Utc>) -> bool {
    let named = verified.authorities.as_ref().is_none_or(|authorities| authorities.contains(&grant.authority));
    named && verified.roles.contains(&grant.role) && grant.effective(at)
}

fn active(held: &[Role], chosen: Option<&str>) -> Result<Role, Refusal> {
    match (held, chosen) {
        ([], _) => Err(Refusal::Unauthenticated("no grant in force")),
        (_, Some(name)) => Role::parse(name).filter(|role| held.contains(role)).ok_or(Refusal::RoleNotHeld),
        ([only], None) => Ok(*only),
        (_, None) => Err(Refusal::RoleNotChosen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Suspension;

    fn now() -> DateTime<Utc> {
        "2024-01-15T12:00:00Z".parse().unwrap()
    }

    fn verified(roles: &[Role]) -> Verified {
        Verified {
            subject: "someone".to_owned(),
            roles: roles.to_vec(),
            authorities: None,
            purpose: None,
            expires: u64::MAX,
        }
    }

    fn grant(role: Role, authority: &str) -> Grant {
        Grant {
            authority: authority.to_owned(),
            role,
            from: "2024-01-01".parse().unwrap(),
            to: "2024-12-31".parse().unwrap(),
            suspended: Suspension::Active,
        }
    }

    fn ask(verified: &Verified, grants: &[Grant], presented: &Presented<'_>) -> Result<Viewer, Refusal> {
        viewer(verified, grants, presented, Limits::default(), now())
    }

    #[test]
    fn one_role_held_is_the_active_one() {
        let grants = [grant(Role::Analyst, "E09000015"), grant(Role::Inspector, "E09000005")];
        let viewer = ask(&verified(&[Role::Analyst]), &grants, &Presented::default()).unwrap();
        assert_eq!(viewer.role, Some(Role::Analyst));
        assert_eq!(viewer.authorities(now()), ["E09000015"]);
    }

    #[test]
    fn without_a_grant_in_force_for_a_role_of_the_token_there_is_no_viewer() {
        let ended = Grant { to: "2024-01-14".parse().unwrap(), ..grant(Role::Analyst, "E09000015") };
        let suspended = Grant { suspended: Suspension::Suspended, ..grant(Role::Analyst, "E09000015") };
        let later = Grant { from: "2024-01-16".parse().unwrap(), ..grant(Role::Analyst, "E09000015") };
        let other = grant(Role::Inspector, "E09000015");
        for grants in [vec![], vec![ended], vec![suspended], vec![later], vec![other]] {
            let refusal = ask(&verified(&[Role::Analyst]), &grants, &Presented::default()).unwrap_err();
            assert!(matches!(refusal, Refusal::Unauthenticated(_)), "{grants:?}");
        }
    }

    #[test]
    fn of_several_roles_one_must_be_chosen_and_held() {
        let both = verified(&[Role::Analyst, Role::DataSteward]);
        let grants = [grant(Role::Analyst, "E09000015"), grant(Role::DataSteward, "E09000015")];
        let choose = |name| Presented { active_role: name, ..Presented::default() };
        assert_eq!(ask(&both, &grants, &choose(None)), Err(Refusal::RoleNotChosen));
        assert_eq!(ask(&both, &grants, &choose(Some("data_steward"))).unwrap().role, Some(Role::DataSteward));
        for name in ["inspector", "Analyst", ""] {
            assert_eq!(ask(&both, &grants, &choose(Some(name))), Err(Refusal::RoleNotHeld), "{name}");
        }
    }

    #[test]
    fn authorities_in_the_token_narrow_the_grants() {
        let grants = [grant(Role::Analyst, "E09000015"), grant(Role::Analyst, "E09000005")];
        let narrow = Verified { authorities: Some(vec!["E09000005".to_owned()]), ..verified(&[Role::Analyst]) };
        assert_eq!(ask(&narrow, &grants, &Presented::default()).unwrap().authorities(now()), ["E09000005"]);
        let foreign = Verified { authorities: Some(vec!["E08000034".to_owned()]), ..verified(&[Role::Analyst]) };
        assert!(ask(&foreign, &grants, &Presented::default()).is_err());
    }

    #[test]
    fn an_unknown_purpose_is_refused_and_the_token_s_own_goes_first() {
        let grants = [grant(Role::Analyst, "E09000015")];
        let stated = |code| Presented { purpose: Some(code), ..Presented::default() };
        let analyst = verified(&[Role::Analyst]);
        assert_eq!(ask(&analyst, &grants, &stated("curiosity")), Err(Refusal::PurposeUnknown));
        let viewer = ask(&analyst, &grants, &stated("statutory-return")).unwrap();
        assert_eq!(viewer.purpose, Some(Purpose::StatutoryReturn));
        let bound = Verified { purpose: Some("inspection".to_owned()), ..analyst };
        let viewer = ask(&bound, &grants, &stated("statutory-return")).unwrap();
        assert_eq!(viewer.purpose, Some(Purpose::Inspection));
    }
}
