//! The claims that every token has: from when until when it is good, in which roles, and what narrows it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{Refusal, refused};
use crate::access::Role;
use crate::config::{IssuerSettings, NotBefore};

/// Seconds by which clocks may differ.
const SKEW: u64 = 30;
/// The longest life of a token, in seconds.
const LONGEST_LIFE: u64 = 90 * 60;

/// The claims whose form is the same at every issuer. Issuer and audience are checked with the signature. One that is there has its type: nothing counts as absent
/// because it is null.
#[derive(Deserialize)]
pub(super) struct Claims {
    pub exp: u64,
    #[serde(default, deserialize_with = "present")]
    nbf: Option<u64>,
    iat: u64,
    roles: Vec<String>,
    #[serde(default, deserialize_with = "present")]
    pub jti: Option<String>,
    #[serde(default, deserialize_with = "present")]
    pub la: Option<Vec<String>>,
    #[serde(default, deserialize_with = "present")]
    pub purpose: Option<String>,
    #[serde(default, deserialize_with = "present")]
    nonce: Option<Value>,
}

fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Claims {
    /// Reads the claims and checks them against what the issuer's tokens must say, at this moment.
    pub fn read(claims: &Map<String, Value>, issuer: &IssuerSettings, at: DateTime<Utc>) -> Result<Claims, Refusal> {
        let claims: Claims = serde_json::from_value(Value::Object(claims.clone()))
            .map_err(|_| refused("a claim is missing or of another kind"))?;
        claims.check(issuer, u64::try_from(at.timestamp()).unwrap_or_default())?;
        Ok(claims)
    }

    fn check(&self, issuer: &IssuerSettings, now: u64) -> Result<(), Refusal> {
        let latest = now.saturating_add(SKEW);
        match () {
            () if self.nonce.is_some() => Err(refused("an identity token")),
            () if self.iat > latest => Err(refused("issued in the future")),
            () if self.nbf.is_none() && issuer.not_before == NotBefore::Required => Err(refused("no nbf")),
            () if self.nbf.is_some_and(|begin| begin > latest) => Err(refused("not yet valid")),
            () if self.exp.saturating_add(SKEW) < now => Err(refused("expired")),
            () if self.exp <= self.iat => Err(refused("ends before it begins")),
            () if self.exp.saturating_sub(self.iat) > LONGEST_LIFE => Err(refused("lives too long")),
            () => Ok(()),
        }
    }

    /// The roles among those named that can be held with a token; at least one.
    pub fn known_roles(&self) -> Result<Vec<Role>, Refusal> {
        let known = self.roles.iter().filter_map(|name| Role::parse(name)).filter(|role| *role != Role::Public);
        let roles: Vec<Role> = known.collect();
        if roles.is_empty() { Err(refused("no known role")) } else { Ok(roles) }
    }
}
