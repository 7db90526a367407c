//! One issuer of tokens: what the settings say of it, its keys, and everything a token of it must satisfy.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::Value;

use super::claims::Claims;
use super::compact::Compact;
use super::jwks::{Keys, library_name};
use super::keyset::{Edition, KeySet};
use super::named::{Kind, check_roles, named};
use super::source::Source;
use super::{DevelopmentKey, Refusal, refused};
use crate::access::Role;
use crate::config::{Algorithm, IssuerSettings, NotBefore};

/// An issuer whose tokens are accepted.
pub struct Issuer {
    settings: IssuerSettings,
    pub(super) keys: Arc<KeySet>,
    validation: Validation,
}

/// What a token that has been checked says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedToken {
    /// Who signed it: the exact `iss`.
    pub issuer: String,
    /// The tenant of Entra ID that it is from.
    pub tenant: Option<String>,
    /// Whether it names a person or an application.
    pub kind: Kind,
    /// Whom it names, as its issuer knows them; two issuers may use one name for two subjects.
    pub subject: String,
    /// The roles that we know among those it names; at least one.
    pub roles: Vec<Role>,
    /// Where it names authorities: those alone.
    pub authorities: Option<Vec<String>>,
    /// The purpose, where it names one.
    pub purpose: Option<String>,
    /// Its own name, where it has one.
    pub token_id: Option<String>,
    /// Second since 1970 at which it ends.
    pub expires: u64,
}

impl Issuer {
    /// The development issuer, which signs with a key of our own and names people only.
    pub fn development(name: &str, audience: &str, key: &DevelopmentKey) -> Issuer {
        let settings = IssuerSettings {
            name: name.to_owned(),
            audience: audience.to_owned(),
            algorithm: Algorithm::EdDSA,
            entra: None,
            subject: "sub".to_owned(),
            application_subject: "sub".to_owned(),
            scope: None,
            application: None,
            application_roles: Vec::new(),
            not_before: NotBefore::Required,
        };
        let keys = Keys::from([(key.id(), Arc::new(DecodingKey::from_ed_der(&key.public())))]);
        let keys = KeySet::fixed(name, settings.algorithm, keys);
        Issuer::with_keys(settings, keys)
    }

    /// The issuer that the settings describe. Its keys are not read yet.
    pub(super) fn new(settings: IssuerSettings, source: Box<dyn Source>, edition: Edition) -> Issuer {
        let keys = KeySet::from_source(&settings.name, settings.algorithm, source, edition);
        Issuer::with_keys(settings, keys)
    }

    fn with_keys(settings: IssuerSettings, keys: KeySet) -> Issuer {
        let mut validation = Validation::new(library_name(settings.algorithm));
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        validation.set_issuer(&[&settings.name]);
        validation.set_audience(&[&settings.audience]);
        // Times are checked with the moment of the request, in `Claims`; the library would ask the clock itself.
        validation.validate_exp = false;
        Issuer { settings, keys: Arc::new(keys), validation }
    }

    /// The exact `iss`.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Checks a token that says it is from here: algorithm, key, signature, claims, times, whom it names.
    pub(super) async fn verify(&self, token: &Compact<'_>, at: DateTime<Utc>) -> Result<VerifiedToken, Refusal> {
        // The library knows no names of algorithms that it cannot verify, so "none" has no form there.
        if token.header.alg != format!("{:?}", self.settings.algorithm) {
            return Err(refused("another algorithm"));
        }
        let key = self.keys.key(&token.header.kid, at).await.ok_or(refused("unknown key"))?;
        jsonwebtoken::decode::<Value>(token.text, &key, &self.validation).map_err(|error| refused(reason(&error)))?;
        let claims = Claims::read(&token.claims, &self.settings, at)?;
        let (kind, subject) = named(&token.claims, &self.settings)?;
        let roles = claims.known_roles()?;
        check_roles(kind, &roles, &self.settings)?;
        Ok(VerifiedToken {
            issuer: self.settings.name.clone(),
            tenant: self.settings.entra.as_ref().map(|entra| entra.tenant.clone()),
            kind,
            subject,
            roles,
            authorities: claims.la,
            purpose: claims.purpose,
            token_id: claims.jti,
            expires: claims.exp,
        })
    }
}

fn reason(error: &jsonwebtoken::errors::Error) -> &'static str {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidSignature => "signature does not match",
        ErrorKind::MissingRequiredClaim(_) => "a claim is missing",
        _ => "not accepted",
    }
}

#[cfg(test)]
#[path = "issuer_tests.rs"]
mod tests;
