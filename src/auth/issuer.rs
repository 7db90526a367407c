//! One issuer of tokens: its name, its one algorithm, its keys, and everything a token of it must satisfy.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::Value;

use super::{DevelopmentKey, Refusal, strict_json};
use crate::access::Role;

/// Seconds by which clocks may differ.
const SKEW: u64 = 30;
/// The longest life of a token, in seconds.
const LONGEST_LIFE: u64 = 90 * 60;
/// The longest name of a key.
const LONGEST_KEY_ID: usize = 128;

/// An issuer whose tokens are accepted.
pub struct Issuer {
    name: String,
    audience: String,
    algorithm: Algorithm,
    keys: HashMap<String, DecodingKey>,
    validation: Validation,
}

/// What a token that has been checked says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Who signed it: `iss`, exactly.
    pub issuer: String,
    /// Whom it names.
    pub subject: String,
    /// The roles that we know among those it names; at least one.
    pub roles: Vec<Role>,
    /// Where it names authorities: those alone.
    pub authorities: Option<Vec<String>>,
    /// The purpose, where it names one.
    pub purpose: Option<String>,
    /// Second since 1970 at which it ends.
    pub expires: u64,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: String,
    kid: String,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    sub: String,
    exp: u64,
    nbf: u64,
    iat: u64,
    roles: Vec<String>,
    la: Option<Vec<String>>,
    purpose: Option<String>,
    nonce: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Issuer {
    /// The development issuer, which signs with a key of our own.
    pub fn development(name: &str, audience: &str, key: &DevelopmentKey) -> Issuer {
        let keys = HashMap::from([(key.id(), DecodingKey::from_ed_der(&key.public()))]);
        Issuer::new(name, audience, Algorithm::EdDSA, keys)
    }

    /// `iss` of its tokens.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn new(name: &str, audience: &str, algorithm: Algorithm, keys: HashMap<String, DecodingKey>) -> Issuer {
        let mut validation = Validation::new(algorithm);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
        validation.set_issuer(&[name]);
        validation.set_audience(&[audience]);
        validation.validate_nbf = true;
        validation.leeway = SKEW;
        Issuer { name: name.to_owned(), audience: audience.to_owned(), algorithm, keys, validation }
    }

    /// Checks a compact signed token: header, key, signature, claims and times.
    ///
    /// # Errors
    /// The first thing that is wrong, for the log.
    pub fn verify(&self, token: &str, at: DateTime<Utc>) -> Result<Verified, Refusal> {
        let header: Header = part(token, 0)?;
        let key = self.key_for(&header)?;
        jsonwebtoken::decode::<Value>(token, key, &self.validation).map_err(|error| refused(kind_of(&error)))?;
        let claims: Claims = part(token, 1)?;
        self.check(&claims, u64::try_from(at.timestamp()).unwrap_or_default())?;
        let roles: Vec<Role> = claims.roles.iter().filter_map(|name| Role::parse(name)).collect();
        if roles.is_empty() {
            return Err(refused("no known role"));
        }
        let (subject, authorities, purpose) = (claims.sub, claims.la, claims.purpose);
        Ok(Verified { issuer: claims.iss, subject, roles, authorities, purpose, expires: claims.exp })
    }

    fn key_for(&self, header: &Header) -> Result<&DecodingKey, Refusal> {
        // The library knows no names of algorithms that it cannot verify, so "none" has no form there.
        if header.alg != format!("{:?}", self.algorithm) {
            return Err(refused("another algorithm"));
        }
        if !["jwt", "at+jwt"].contains(&header.typ.to_ascii_lowercase().as_str()) {
            return Err(refused("another type of token"));
        }
        if header.crit.is_some() {
            return Err(refused("critical extensions"));
        }
        if header.kid.len() > LONGEST_KEY_ID {
            return Err(refused("name of key too long"));
        }
        self.keys.get(&header.kid).ok_or(refused("unknown key"))
    }

    fn check(&self, claims: &Claims, now: u64) -> Result<(), Refusal> {
        let for_us = match &claims.aud {
            Audience::One(audience) => *audience == self.audience,
            Audience::Several(audiences) => audiences.contains(&self.audience),
        };
        let latest = now.saturating_add(SKEW);
        match () {
            () if claims.iss != self.name => Err(refused("another issuer")),
            () if !for_us => Err(refused("another audience")),
            () if claims.sub.is_empty() => Err(refused("no subject")),
            () if claims.nonce.is_some() => Err(refused("an identity token")),
            () if claims.iat > latest => Err(refused("issued in the future")),
            () if claims.nbf > latest => Err(refused("not yet valid")),
            () if claims.exp.saturating_add(SKEW) < now => Err(refused("expired")),
            () if claims.exp <= claims.iat => Err(refused("ends before it begins")),
            () if claims.exp.saturating_sub(claims.iat) > LONGEST_LIFE => Err(refused("lives too long")),
            () => Ok(()),
        }
    }
}

/// One part of the token, read strictly: three parts, no padding, no name twice, every claim of its type.
fn part<T: for<'de> Deserialize<'de>>(token: &str, index: usize) -> Result<T, Refusal> {
    let malformed = refused("malformed");
    if token.split('.').count() != 3 {
        return Err(malformed);
    }
    let text = token.split('.').nth(index).ok_or(malformed)?;
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed)?;
    let value = strict_json::parse(&bytes).map_err(|_| malformed)?;
    serde_json::from_value(value).map_err(|_| malformed)
}

fn refused(reason: &'static str) -> Refusal {
    Refusal::Unauthenticated(reason)
}

fn kind_of(error: &jsonwebtoken::errors::Error) -> &'static str {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidSignature => "signature does not match",
        ErrorKind::ExpiredSignature => "expired",
        ErrorKind::ImmatureSignature => "not yet valid",
        ErrorKind::MissingRequiredClaim(_) => "a claim is missing",
        _ => "not accepted",
    }
}

#[cfg(test)]
#[path = "issuer_tests.rs"]
mod tests;
