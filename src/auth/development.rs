//! Tokens for development: signed here, for a role and a subject of one's choice.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

use super::DevelopmentKey;
use crate::access::Role;

/// What a development token says.
#[derive(Clone, Debug)]
pub struct TokenContent<'a> {
    /// `iss`.
    pub issuer: &'a str,
    /// `aud`.
    pub audience: &'a str,
    /// `sub`.
    pub subject: &'a str,
    /// The one role.
    pub role: Role,
    /// How long it is good for, 1 to 90 minutes.
    pub minutes: u64,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
    roles: [&'static str; 1],
}

/// The token could not be signed, which only a damaged key can cause.
#[derive(Debug, thiserror::Error)]
#[error("the token could not be signed with the development key")]
pub struct NotSigned;

/// Signs a token with the development key.
///
/// # Errors
/// The key cannot sign.
pub fn token(key: &DevelopmentKey, wanted: &TokenContent<'_>, at: DateTime<Utc>) -> Result<String, NotSigned> {
    let now = at.timestamp();
    let seconds = i64::try_from(wanted.minutes.saturating_mul(60)).map_err(|_| NotSigned)?;
    let claims = Claims {
        iss: wanted.issuer,
        aud: wanted.audience,
        sub: wanted.subject,
        iat: now,
        nbf: now,
        exp: now.saturating_add(seconds),
        jti: uuid::Uuid::new_v4().to_string(),
        roles: [wanted.role.code()],
    };
    let header = Header { kid: Some(key.id()), ..Header::new(Algorithm::EdDSA) };
    let signing = EncodingKey::from_ed_der(&key.to_der().ok_or(NotSigned)?);
    jsonwebtoken::encode(&header, &claims, &signing).map_err(|_| NotSigned)
}
