//! Issuers, keys and tokens that the tests invent; the keys are made when the tests start and protect nothing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm as Name, EncodingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::EncodePublicKey;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};

use super::source::{Source, SourceError};
use crate::access::Role;
use crate::config::{Algorithm, Entra, IssuerSettings, Mark, NotBefore};

pub(super) const TENANT: &str = "11111111-2222-3333-4444-555555555555";
pub(super) const ENTRA: &str = "https://login.example/11111111-2222-3333-4444-555555555555/v2.0";
pub(super) const OPENID: &str = "https://id.example";
pub(super) const AUDIENCE: &str = "lookedafter";

/// A moment at which the invented tokens are good.
pub(super) fn noon() -> DateTime<Utc> {
    "2024-01-15T12:00:00Z".parse().unwrap()
}

/// A key that signs, and its public half as it is published.
pub(super) struct Key {
    pub jwk: Value,
    pub pem: String,
    signing: EncodingKey,
    name: Name,
}

pub(super) fn rsa(kid: &str) -> Key {
    rsa_of(kid, 2048)
}

pub(super) fn rsa_of(kid: &str, bits: usize) -> Key {
    let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, bits).unwrap();
    let [n, e] = [key.n(), key.e()].map(|number| URL_SAFE_NO_PAD.encode(number.to_bytes_be()));
    Key {
        jwk: json!({"kid": kid, "kty": "RSA", "use": "sig", "alg": "RS256", "n": n, "e": e}),
        pem: key.to_public_key().to_public_key_pem(rsa::pkcs8::LineEnding::LF).unwrap(),
        signing: EncodingKey::from_rsa_der(key.to_pkcs1_der().unwrap().as_bytes()),
        name: Name::RS256,
    }
}

pub(super) fn elliptic(kid: &str) -> Key {
    let key = p256::SecretKey::random(&mut rsa::rand_core::OsRng);
    let point = key.public_key().to_encoded_point(false);
    let [x, y] = [point.x().unwrap(), point.y().unwrap()].map(|number| URL_SAFE_NO_PAD.encode(number));
    Key {
        jwk: json!({"kid": kid, "kty": "EC", "crv": "P-256", "use": "sig", "x": x, "y": y}),
        pem: String::new(),
        signing: EncodingKey::from_ec_der(key.to_pkcs8_der().unwrap().as_bytes()),
        name: Name::ES256,
    }
}

impl Key {
    pub fn kid(&self) -> &str {
        self.jwk["kid"].as_str().unwrap()
    }

    pub fn header(&self) -> Value {
        json!({"alg": format!("{:?}", self.name), "typ": "JWT", "kid": self.kid()})
    }

    pub fn sign(&self, claims: &Value) -> String {
        self.sign_text(&self.header().to_string(), &claims.to_string())
    }

    pub fn sign_text(&self, header: &str, claims: &str) -> String {
        self.sign_as(self.name, header, claims)
    }

    pub fn sign_as(&self, name: Name, header: &str, claims: &str) -> String {
        signed(&self.signing, name, header, claims)
    }
}

pub(super) fn signed(key: &EncodingKey, name: Name, header: &str, claims: &str) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, name).unwrap();
    format!("{message}.{signature}")
}

/// A set of keys that can be changed, or be away.
#[derive(Clone, Default)]
pub(super) struct InventedKeys {
    text: Arc<Mutex<Option<String>>>,
    read: Arc<AtomicUsize>,
}

impl InventedKeys {
    pub fn of(keys: &[&Key]) -> InventedKeys {
        let published = InventedKeys::default();
        published.publish(keys);
        published
    }

    pub fn publish(&self, keys: &[&Key]) {
        let keys: Vec<&Value> = keys.iter().map(|key| &key.jwk).collect();
        *self.text.lock().unwrap() = Some(json!({"keys": keys}).to_string());
    }

    pub fn go_away(&self) {
        *self.text.lock().unwrap() = None;
    }

    /// How often it was read.
    pub fn reads(&self) -> usize {
        self.read.load(Ordering::SeqCst)
    }
}

impl Source for InventedKeys {
    fn read(&self) -> Result<Vec<u8>, SourceError> {
        self.read.fetch_add(1, Ordering::SeqCst);
        self.text.lock().unwrap().clone().map(String::into_bytes).ok_or(SourceError::Status(503))
    }
}

/// A tenant of Entra ID whose applications may be service managers.
pub(super) fn entra() -> IssuerSettings {
    IssuerSettings {
        name: ENTRA.to_owned(),
        audience: AUDIENCE.to_owned(),
        algorithm: Algorithm::RS256,
        entra: Some(Entra { tenant: TENANT.to_owned(), version: "2.0" }),
        subject: "oid".to_owned(),
        application_subject: "azp".to_owned(),
        scope: Some("scp".to_owned()),
        application: Some(Mark { claim: "idtyp".to_owned(), value: "app".to_owned() }),
        application_roles: vec![Role::ServiceManager],
        not_before: NotBefore::Required,
    }
}

/// Another provider, which signs on a curve and sends no `nbf`.
pub(super) fn openid() -> IssuerSettings {
    IssuerSettings {
        name: OPENID.to_owned(),
        algorithm: Algorithm::ES256,
        entra: None,
        subject: "sub".to_owned(),
        application_subject: "client_id".to_owned(),
        scope: Some("scope".to_owned()),
        application: Some(Mark { claim: "gty".to_owned(), value: "client-credentials".to_owned() }),
        not_before: NotBefore::Checked,
        ..entra()
    }
}

/// What Entra ID says of a person.
pub(super) fn person() -> Value {
    let now = noon().timestamp();
    json!({"iss": ENTRA, "aud": AUDIENCE, "tid": TENANT, "ver": "2.0", "sub": "pairwise", "oid": "someone",
           "azp": "dashboard", "scp": "openid cla.read", "roles": ["analyst"],
           "iat": now, "nbf": now, "exp": now + 600, "jti": "one"})
}

/// What Entra ID says of an application.
pub(super) fn application() -> Value {
    let mut claims = with(person(), "idtyp", json!("app"));
    claims["roles"] = json!(["service_manager"]);
    without(claims, "scp")
}

/// What the other provider says of a person.
pub(super) fn openid_person() -> Value {
    let now = noon().timestamp();
    json!({"iss": OPENID, "aud": [AUDIENCE], "sub": "someone", "scope": "cla.read", "roles": ["analyst"],
           "iat": now, "exp": now + 600})
}

pub(super) fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

pub(super) fn without(mut claims: Value, name: &str) -> Value {
    claims.as_object_mut().unwrap().remove(name);
    claims
}

/// The policy that the program ships with.
pub fn policy() -> crate::access::Policy {
    crate::access::Policy::parse("access.toml", include_str!("../../policy/access.toml")).unwrap()
}
