//! Keys of invented issuers: made when a test starts, and protecting nothing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::EncodePublicKey;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};

/// A key that signs, with its public half as it is published.
pub struct Key {
    /// The public half as a JSON Web Key.
    pub jwk: Value,
    /// The public half as PEM; empty for keys on a curve.
    pub pem: String,
    signing: EncodingKey,
    algorithm: Algorithm,
}

impl Key {
    /// An RSA key of this name.
    pub fn rsa(kid: &str, bits: usize) -> Key {
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, bits).expect("a key");
        let [n, e] = [key.n(), key.e()].map(|number| URL_SAFE_NO_PAD.encode(number.to_bytes_be()));
        Key {
            jwk: json!({"kid": kid, "kty": "RSA", "use": "sig", "alg": "RS256", "n": n, "e": e}),
            pem: key.to_public_key().to_public_key_pem(rsa::pkcs8::LineEnding::LF).expect("text"),
            signing: EncodingKey::from_rsa_der(key.to_pkcs1_der().expect("bytes").as_bytes()),
            algorithm: Algorithm::RS256,
        }
    }

    /// A key on P-256 of this name.
    pub fn elliptic(kid: &str) -> Key {
        let key = p256::SecretKey::random(&mut rsa::rand_core::OsRng);
        let point = key.public_key().to_encoded_point(false);
        let [x, y] = [point.x(), point.y()].map(|number| URL_SAFE_NO_PAD.encode(number.expect("a number")));
        Key {
            jwk: json!({"kid": kid, "kty": "EC", "crv": "P-256", "use": "sig", "x": x, "y": y}),
            pem: String::new(),
            signing: EncodingKey::from_ec_der(key.to_pkcs8_der().expect("bytes").as_bytes()),
            algorithm: Algorithm::ES256,
        }
    }

    /// The header of its tokens.
    pub fn header(&self) -> Value {
        json!({"alg": format!("{:?}", self.algorithm), "typ": "JWT", "kid": self.jwk["kid"]})
    }

    /// A token with these claims.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_text(&self.header().to_string(), &claims.to_string())
    }

    /// A token of any two texts.
    pub fn sign_text(&self, header: &str, claims: &str) -> String {
        self.sign_as(self.algorithm, header, claims)
    }

    /// A token of any two texts with another algorithm of the same family.
    pub fn sign_as(&self, algorithm: Algorithm, header: &str, claims: &str) -> String {
        signed(&self.signing, algorithm, header, claims)
    }
}

/// A token of any two texts, signed with a text in place of a key.
pub fn signed_with_secret(secret: &str, header: &str, claims: &str) -> String {
    signed(&EncodingKey::from_secret(secret.as_bytes()), Algorithm::HS256, header, claims)
}

fn signed(key: &EncodingKey, algorithm: Algorithm, header: &str, claims: &str) -> String {
    let message = format!("{}.{}", encoded(header), encoded(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).expect("a signature");
    format!("{message}.{signature}")
}

/// A text as it is written in a token.
pub fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// A set of keys as it is published.
pub fn published(keys: &[&Key]) -> String {
    let keys: Vec<&Value> = keys.iter().map(|key| &key.jwk).collect();
    json!({"keys": keys}).to_string()
}
