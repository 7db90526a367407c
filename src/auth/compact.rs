//! A token as it arrives: three parts, read strictly and not yet believed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Refusal, refused, strict_json};

/// The longest name of a key.
pub(super) const LONGEST_KEY_ID: usize = 128;

/// A compact signed token, taken apart. Nothing in it may be believed before its signature was checked.
pub(super) struct Compact<'a> {
    pub text: &'a str,
    pub header: Header,
    pub claims: Map<String, Value>,
}

/// What the header of a token says that we listen to. Keys and addresses in a header are never looked at.
#[derive(Deserialize)]
pub(super) struct Header {
    pub alg: String,
    pub typ: String,
    pub kid: String,
    #[serde(default)]
    crit: Value,
}

impl<'a> Compact<'a> {
    /// Takes a token apart.
    pub fn read(text: &'a str) -> Result<Compact<'a>, Refusal> {
        let malformed = refused("malformed");
        let mut parts = text.split('.');
        let (Some(header), Some(claims), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed);
        };
        let header: Header = serde_json::from_value(json(header)?).map_err(|_| malformed)?;
        let Value::Object(claims) = json(claims)? else { return Err(malformed) };
        header.check()?;
        Ok(Compact { text, header, claims })
    }

    /// The issuer that the token says it is from.
    pub fn issuer(&self) -> Option<&str> {
        self.claims.get("iss").and_then(Value::as_str)
    }
}

impl Header {
    fn check(&self) -> Result<(), Refusal> {
        if !["jwt", "at+jwt"].contains(&self.typ.to_ascii_lowercase().as_str()) {
            return Err(refused("another type of token"));
        }
        // No extension is known to us, so none that is critical can be obeyed.
        if self.crit != Value::Null {
            return Err(refused("critical extensions"));
        }
        if !names_a_key(&self.kid) {
            return Err(refused("unusable name of a key"));
        }
        Ok(())
    }
}

/// Whether a text can be the name of a key.
pub(super) fn names_a_key(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST_KEY_ID && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// One part, without padding, no name twice.
fn json(part: &str) -> Result<Value, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| refused("malformed"))?;
    strict_json::parse(&bytes).map_err(|_| refused("malformed"))
}
