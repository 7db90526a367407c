//! The viewer of one request: the roles held are those that both the token and a grant in force name.

use chrono::{DateTime, Utc};

use super::{IdentityHeaders, Refusal, VerifiedToken};
use crate::access::{Grant, Limits, Policy, Purpose, Role, Viewer};

/// A grant, and whose tokens it goes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectGrant {
    /// `iss` of the tokens.
    pub issuer: String,
    /// What is granted to the subject.
    pub grant: Grant,
}

/// Joins a token with the grants of its subject.
///
/// # Errors
/// No role is held (401); the role asked for is not held, none was chosen among several, or the purpose is not a
/// known one (403).
pub fn viewer(
    policy: &Policy,
    verified: &VerifiedToken,
    grants: &[SubjectGrant],
    presented: &IdentityHeaders<'_>,
    limits: Limits,
    at: DateTime<Utc>,
) -> Result<Viewer, Refusal> {
    let usable = grants.iter().filter(|held| usable(verified, held, at));
    let grants: Vec<Grant> = usable.map(|held| held.grant.clone()).collect();
    let mut held: Vec<Role> = grants.iter().map(|grant| grant.role).collect();
    held.sort_unstable();
    held.dedup();
    let role = active(&held, presented.active_role)?;
    let purpose = purpose(policy, role, verified.purpose.as_deref().or(presented.purpose))?;
    let grants = grants.into_iter().filter(|grant| grant.role == role).collect();
    let (issuer, subject) = (verified.issuer.clone(), verified.subject.clone());
    Ok(Viewer { issuer, subject, role, purpose, grants, limits })
}

/// Someone without a token, with what has been granted to everyone.
///
/// # Errors
/// The purpose is not a known one (403); a role is named that nobody holds without a token (403).
pub fn anonymous(
    policy: &Policy,
    grants: &[SubjectGrant],
    presented: &IdentityHeaders<'_>,
    limits: Limits,
    at: DateTime<Utc>,
) -> Result<Viewer, Refusal> {
    if presented.active_role.is_some_and(|name| name != Role::Public.code()) {
        return Err(Refusal::RoleNotHeld);
    }
    let public = grants.iter().map(|held| &held.grant).filter(|grant| grant.role == Role::Public);
    let grants = public.filter(|grant| grant.effective(at)).cloned().collect();
    let purpose = purpose(policy, Role::Public, presented.purpose)?;
    Ok(Viewer { purpose, ..Viewer::anonymous(limits, grants) })
}

fn purpose(policy: &Policy, role: Role, stated: Option<&str>) -> Result<Option<Purpose>, Refusal> {
    let unknown = || Refusal::PurposeUnknown(policy.purposes(role));
    stated.map(|code| Purpose::parse(code).ok_or_else(unknown)).transpose()
}

fn usable(verified: &VerifiedToken, held: &SubjectGrant, at: DateTime<Utc>) -> bool {
    let SubjectGrant { issuer, grant } = held;
    let named = verified.authorities.as_ref().is_none_or(|authorities| authorities.contains(&grant.authority));
    // What everyone may see is for those who bring no token.
    let signed = *issuer == verified.issuer && grant.role != Role::Public;
    signed && named && verified.roles.contains(&grant.role) && grant.effective(at)
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
    use crate::auth::Kind;
    use crate::auth::invented::policy;

    const ISSUER: &str = "https://issuer.example";

    fn now() -> DateTime<Utc> {
        "2024-01-15T12:00:00Z".parse().unwrap()
    }

    fn verified(roles: &[Role]) -> VerifiedToken {
        VerifiedToken {
            issuer: ISSUER.to_owned(),
            tenant: None,
            kind: Kind::Person,
            subject: "someone".to_owned(),
            roles: roles.to_vec(),
            authorities: None,
            purpose: None,
            token_id: None,
            expires: u64::MAX,
        }
    }

    fn grant(role: Role, authority: &str) -> SubjectGrant {
        let days = ("2024-01-01".parse().unwrap(), "2024-01-20".parse().unwrap());
        let grant = Grant { inspection: Some("10273".to_owned()), ..Grant::of(role, authority, days) };
        SubjectGrant { issuer: ISSUER.to_owned(), grant }
    }

    fn changed(change: impl FnOnce(&mut Grant)) -> SubjectGrant {
        let mut held = grant(Role::Analyst, "E09000015");
        change(&mut held.grant);
        held
    }

    fn ask(
        verified: &VerifiedToken,
        grants: &[SubjectGrant],
        presented: &IdentityHeaders<'_>,
    ) -> Result<Viewer, Refusal> {
        viewer(&policy(), verified, grants, presented, Limits::default(), now())
    }

    #[test]
    fn one_role_held_is_the_active_one() {
        let grants = [grant(Role::Analyst, "E09000015"), grant(Role::Inspector, "E09000005")];
        let viewer = ask(&verified(&[Role::Analyst]), &grants, &IdentityHeaders::default()).unwrap();
        assert_eq!(viewer.role, Role::Analyst);
        assert_eq!(viewer.authorities(now()), ["E09000015"]);
    }

    #[test]
    fn without_a_grant_in_force_for_a_role_of_the_token_there_is_no_viewer() {
        let ended = changed(|grant| grant.to = "2024-01-14".parse().unwrap());
        let suspended = changed(|grant| grant.suspended = Suspension::Suspended);
        let later = changed(|grant| grant.from = "2024-01-16".parse().unwrap());
        let other = grant(Role::Inspector, "E09000015");
        let foreign =
            SubjectGrant { issuer: "https://another.example".to_owned(), ..grant(Role::Analyst, "E09000015") };
        for grants in [vec![], vec![ended], vec![suspended], vec![later], vec![other], vec![foreign]] {
            let refusal = ask(&verified(&[Role::Analyst]), &grants, &IdentityHeaders::default()).unwrap_err();
            assert!(matches!(refusal, Refusal::Unauthenticated(_)), "{grants:?}");
        }
    }

    #[test]
    fn of_several_roles_one_must_be_chosen_and_held() {
        let both = verified(&[Role::Analyst, Role::DataSteward]);
        let grants = [grant(Role::Analyst, "E09000015"), grant(Role::DataSteward, "E09000015")];
        let choose = |name| IdentityHeaders { active_role: name, ..IdentityHeaders::default() };
        assert_eq!(ask(&both, &grants, &choose(None)), Err(Refusal::RoleNotChosen));
        assert_eq!(ask(&both, &grants, &choose(Some("data_steward"))).unwrap().role, Role::DataSteward);
        for name in ["inspector", "Analyst", ""] {
            assert_eq!(ask(&both, &grants, &choose(Some(name))), Err(Refusal::RoleNotHeld), "{name}");
        }
    }

    #[test]
    fn authorities_in_the_token_narrow_the_grants() {
        let grants = [grant(Role::Analyst, "E09000015"), grant(Role::Analyst, "E09000005")];
        let narrow = VerifiedToken { authorities: Some(vec!["E09000005".to_owned()]), ..verified(&[Role::Analyst]) };
        assert_eq!(ask(&narrow, &grants, &IdentityHeaders::default()).unwrap().authorities(now()), ["E09000005"]);
        let foreign = VerifiedToken { authorities: Some(vec!["E08000034".to_owned()]), ..verified(&[Role::Analyst]) };
        assert!(ask(&foreign, &grants, &IdentityHeaders::default()).is_err());
    }

    #[test]
    fn an_unknown_purpose_is_refused_and_the_token_s_own_goes_first() {
        let grants = [grant(Role::Analyst, "E09000015")];
        let stated = |code| IdentityHeaders { purpose: Some(code), ..IdentityHeaders::default() };
        let analyst = verified(&[Role::Analyst]);
        let unknown = ask(&analyst, &grants, &stated("curiosity")).unwrap_err();
        assert_eq!(unknown, Refusal::PurposeUnknown(policy().purposes(Role::Analyst)));
        assert!(
            unknown.to_string().ends_with("performance-monitoring, statutory-return, subject-access."),
            "{unknown}"
        );
        let viewer = ask(&analyst, &grants, &stated("statutory-return")).unwrap();
        assert_eq!(viewer.purpose, Some(Purpose::StatutoryReturn));
        let bound = VerifiedToken { purpose: Some("inspection".to_owned()), ..analyst };
        let viewer = ask(&bound, &grants, &stated("statutory-return")).unwrap();
        assert_eq!(viewer.purpose, Some(Purpose::Inspection));
    }

    #[test]
    fn someone_without_a_token_may_state_a_purpose_that_is_known() {
        let ask = |code| {
            let presented = IdentityHeaders { purpose: Some(code), ..IdentityHeaders::default() };
            anonymous(&policy(), &[], &presented, Limits::default(), now()).map(|viewer| viewer.purpose)
        };
        assert_eq!(ask("statutory-return"), Ok(Some(Purpose::StatutoryReturn)));
        assert_eq!(ask("curiosity"), Err(Refusal::PurposeUnknown(policy().purposes(Role::Public))));
    }

    #[test]
    fn what_everyone_may_see_is_for_those_without_a_token_alone() {
        let grants = [grant(Role::Public, "E09000015"), grant(Role::Analyst, "E09000005")];
        let presented = IdentityHeaders::default();
        let viewer = anonymous(&policy(), &grants, &presented, Limits::default(), now()).unwrap();
        assert_eq!((viewer.role, viewer.authorities(now())), (Role::Public, vec!["E09000015"]));
        assert!(ask(&verified(&[Role::Public]), &grants, &presented).is_err());
        for (role, let_in) in [("public", true), ("analyst", false)] {
            let presented = IdentityHeaders { active_role: Some(role), ..IdentityHeaders::default() };
            assert_eq!(anonymous(&policy(), &grants, &presented, Limits::default(), now()).is_ok(), let_in, "{role}");
        }
    }
}
