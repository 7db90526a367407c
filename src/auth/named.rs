//! Whom a token names: a person who lets an application ask for them, or an application of its own.

use serde_json::{Map, Value};

use super::{Refusal, refused};
use crate::access::{Role, has_unseen};
use crate::config::IssuerSettings;

/// The scope that a person's token needs.
const SCOPE: &str = "cla.read";
/// The longest name of a subject, in bytes.
const LONGEST_SUBJECT: usize = 256;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person who has signed in.
    Person,
    /// A program that asks for itself.
    Application,
}

/// The kind and the subject, by the claims that this issuer uses for them.
pub(super) fn named(claims: &Map<String, Value>, issuer: &IssuerSettings) -> Result<(Kind, String), Refusal> {
    if let Some(entra) = &issuer.entra {
        if text(claims, "tid") != Some(entra.tenant.as_str()) {
            return Err(refused("another tenant"));
        }
        if text(claims, "ver") != Some(entra.version) {
            return Err(refused("another version of token"));
        }
    }
    let application =
        issuer.application.as_ref().is_some_and(|mark| text(claims, &mark.claim) == Some(mark.value.as_str()));
    let (kind, claim) =
        if application { (Kind::Application, &issuer.application_subject) } else { (Kind::Person, &issuer.subject) };
    check_scope(kind, claims, issuer)?;
    let subject = text(claims, claim).filter(|subject| is_a_subject(subject)).ok_or(refused("no subject"))?;
    Ok((kind, subject.to_owned()))
}

/// A person's token needs our scope. An application's has none at Entra ID; elsewhere its own mark decides.
fn check_scope(kind: Kind, claims: &Map<String, Value>, issuer: &IssuerSettings) -> Result<(), Refusal> {
    let Some(claim) = &issuer.scope else { return Ok(()) };
    match kind {
        Kind::Application if issuer.entra.is_some() && claims.contains_key(claim) => {
            Err(refused("an application with a person's scope"))
        }
        Kind::Application => Ok(()),
        Kind::Person if text(claims, claim).is_some_and(|scopes| scopes.split(' ').any(|scope| scope == SCOPE)) => {
            Ok(())
        }
        Kind::Person => Err(refused("no scope for this API")),
    }
}

/// An application may hold only the roles that the settings leave to applications.
pub(super) fn check_roles(kind: Kind, roles: &[Role], issuer: &IssuerSettings) -> Result<(), Refusal> {
    if kind == Kind::Application && !roles.iter().all(|role| issuer.application_roles.contains(role)) {
        return Err(refused("an application with a role for people"));
    }
    Ok(())
}

fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

fn is_a_subject(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST_SUBJECT && !has_unseen(text)
}
