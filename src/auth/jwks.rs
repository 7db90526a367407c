//! A published set of keys: the JSON Web Keys in it that can be used, and why the others cannot.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use serde_json::Value;

use super::compact::names_a_key;
use super::strict_json;
use crate::config::Algorithm;

/// Bits that an RSA key must have, and those that the library can read.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// Keys by their name.
pub(super) type Keys = HashMap<String, Arc<DecodingKey>>;

/// The text is not a set of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a JSON Web Key Set")]
pub(super) struct NotASet;

#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct Jwk {
    kid: Option<String>,
    kty: String,
    #[serde(rename = "use")]
    used_for: Option<String>,
    alg: Option<String>,
    key_ops: Option<Vec<String>>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// The usable keys of a set, and for each refused one the reason. A name that is there twice names no key.
pub(super) fn read(text: &[u8], algorithm: Algorithm) -> Result<(Keys, Vec<&'static str>), NotASet> {
    let set: Set = strict_json::parse(text).and_then(serde_json::from_value).map_err(|_| NotASet)?;
    let (mut keys, mut refused) = (Keys::new(), Vec::new());
    let (mut seen, mut twice) = (HashSet::new(), HashSet::new());
    for value in set.keys {
        if let Some(kid) = value.get("kid").and_then(Value::as_str)
            && !seen.insert(kid.to_owned())
        {
            twice.insert(kid.to_owned());
        }
        match serde_json::from_value::<Jwk>(value).map_err(|_| "not a key").and_then(|jwk| jwk.usable(algorithm)) {
            Ok((kid, key)) => drop(keys.insert(kid, Arc::new(key))),
            Err(reason) => refused.push(reason),
        }
    }
    for kid in twice {
        keys.remove(&kid);
        refused.push("its name is there twice");
    }
    Ok((keys, refused))
}

impl Jwk {
    fn usable(self, algorithm: Algorithm) -> Result<(String, DecodingKey), &'static str> {
        if self.used_for.as_deref() != Some("sig") {
            return Err("not for signatures");
        }
        if self.key_ops.as_ref().is_some_and(|uses| !uses.iter().any(|word| word == "verify")) {
            return Err("not for checking signatures");
        }
        if self.alg.as_ref().is_some_and(|name| *name != format!("{algorithm:?}")) {
            return Err("for another algorithm");
        }
        let kid = self.kid.as_ref().filter(|kid| names_a_key(kid)).ok_or("has no usable name")?.clone();
        let key = match (algorithm, self.kty.as_str(), self.crv.as_deref()) {
            (Algorithm::RS256 | Algorithm::PS256, "RSA", _) => self.rsa(),
            (Algorithm::ES256, "EC", Some("P-256")) => self.elliptic(),
            (Algorithm::EdDSA, "OKP", Some("Ed25519")) => self.edwards(),
            _ => Err("of another kind than the algorithm"),
        }?;
        Ok((kid, key))
    }

    fn rsa(&self) -> Result<DecodingKey, &'static str> {
        let (modulus, exponent) = (bytes(self.n.as_ref())?, bytes(self.e.as_ref())?);
        if !RSA_BITS.contains(&bits(&modulus)) {
            return Err("RSA with fewer than 2048 or more than 4096 bits");
        }
        if bits(&exponent) < 2 || exponent.last().is_none_or(|last| last % 2 == 0) {
            return Err("RSA with an unusable exponent");
        }
        Ok(DecodingKey::from_rsa_raw_components(&modulus, &exponent))
    }

    fn elliptic(&self) -> Result<DecodingKey, &'static str> {
        let (x, y) = (bytes(self.x.as_ref())?, bytes(self.y.as_ref())?);
        let point = [&[4], x.as_slice(), y.as_slice()].concat();
        works(DecodingKey::from_ec_der(&point), Algorithm::ES256)
    }

    /// The library reads the first 32 bytes without asking whether they are there.
    fn edwards(&self) -> Result<DecodingKey, &'static str> {
        let point = bytes(self.x.as_ref())?;
        if point.len() != 32 {
            return Err("not a point of the curve");
        }
        works(DecodingKey::from_ed_der(&point), Algorithm::EdDSA)
    }
}

/// The key, if the library can check signatures with it.
fn works(key: DecodingKey, algorithm: Algorithm) -> Result<DecodingKey, &'static str> {
    match jsonwebtoken::crypto::verify("", &[], &key, library_name(algorithm)) {
        Ok(_) => Ok(key),
        Err(_) => Err("not a point of the curve"),
    }
}

pub(super) fn library_name(algorithm: Algorithm) -> jsonwebtoken::Algorithm {
    match algorithm {
        Algorithm::RS256 => jsonwebtoken::Algorithm::RS256,
        Algorithm::PS256 => jsonwebtoken::Algorithm::PS256,
        Algorithm::ES256 => jsonwebtoken::Algorithm::ES256,
        Algorithm::EdDSA => jsonwebtoken::Algorithm::EdDSA,
    }
}

fn bytes(text: Option<&String>) -> Result<Vec<u8>, &'static str> {
    text.and_then(|text| URL_SAFE_NO_PAD.decode(text).ok()).ok_or("without its numbers")
}

/// How long a number is, without leading zeros.
fn bits(number: &[u8]) -> usize {
    let digits = number.iter().skip_while(|byte| **byte == 0);
    let (mut length, mut first) = (0_usize, 0_u8);
    for byte in digits {
        if length == 0 {
            first = *byte;
        }
        length += 8;
    }
    length.saturating_sub(first.leading_zeros() as usize)
}

#[cfg(test)]
#[path = "jwks_tests.rs"]
mod tests;
