//! One `[[issuer]]` of the file: its words, what they mean in each shape, and which do not go together.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use ureq::http::Uri;

use super::{Algorithm, Entra, IssuerSettings, KeySource, Mark, NotBefore};
use crate::access::Role;

/// What is wrong, and in which line.
#[derive(Debug)]
pub(super) struct Wrong {
    pub line: usize,
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuer: Vec<Spanned<Table>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    issuer: Word,
    shape: Shape,
    audience: Option<Word>,
    algorithm: Algorithm,
    keys: Option<PathBuf>,
    jwks: Option<Address>,
    version: Option<Version>,
    tenant: Option<Word>,
    subject: Option<Word>,
    application_subject: Option<Word>,
    scope: Option<Word>,
    application: Option<Mark>,
    #[serde(default)]
    application_roles: Vec<TokenRole>,
    nbf: Option<NotBefore>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    Entra,
    Oidc,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
enum Version {
    #[serde(rename = "1.0")]
    One,
    #[serde(rename = "2.0")]
    Two,
}

/// A text that is not empty and holds no white space.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
struct Word(String);

impl TryFrom<String> for Word {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Word, Self::Error> {
        if text.is_empty() || text.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
            return Err("must be a text without spaces");
        }
        Ok(Word(text))
    }
}

/// An address that keys may be fetched from.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Address(String);

impl TryFrom<String> for Address {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Address, Self::Error> {
        let uri: Uri = text.parse().map_err(|_| "is not an address")?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("is not a whole address, such as https://login.example/keys");
        };
        match scheme {
            _ if authority.as_str().contains('@') => Err("must not hold a name or password"),
            "https" => Ok(Address(text)),
            "http" if is_loopback(authority.host()) => Ok(Address(text)),
            _ => Err("must begin with https: (http: for this machine's own addresses only)"),
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A role that may be held with a token.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct TokenRole(Role);

impl TryFrom<String> for TokenRole {
    type Error = String;

    fn try_from(name: String) -> Result<TokenRole, Self::Error> {
        match Role::parse(&name) {
            None | Some(Role::Public) => Err(format!("{name} is not a role that a token can name")),
            Some(role) => Ok(TokenRole(role)),
        }
    }
}

/// Reads the file. `reserved` is the name of the development issuer, whose grants no other issuer may come to hold.
pub(super) fn read(
    text: &str,
    audience: &str,
    folder: &Path,
    reserved: &str,
) -> Result<Vec<(IssuerSettings, KeySource)>, Wrong> {
    let file: File = toml::from_str(text).map_err(|error| Wrong {
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        reason: error.message().replace('\n', " "),
    })?;
    let mut found: Vec<(IssuerSettings, KeySource)> = Vec::new();
    for table in file.issuer {
        let line = line_of(text, table.span().start);
        let (settings, keys) = table
            .into_inner()
            .settings(audience, folder)
            .map_err(|reason| Wrong { line, reason: reason.to_owned() })?;
        let taken = found.iter().any(|(other, _)| other.name == settings.name);
        if taken || settings.name == reserved {
            let reason =
                if taken { "this issuer is there twice" } else { "this is the name of the development issuer" };
            return Err(Wrong { line, reason: reason.to_owned() });
        }
        found.push((settings, keys));
    }
    if found.is_empty() {
        return Err(Wrong { line: 1, reason: "names no issuer".to_owned() });
    }
    Ok(found)
}

impl Table {
    fn settings(self, audience: &str, folder: &Path) -> Result<(IssuerSettings, KeySource), &'static str> {
        let keys = match (&self.keys, &self.jwks) {
            (Some(path), None) => KeySource::File(folder.join(path)),
            (None, Some(address)) => KeySource::Address(address.0.clone()),
            _ => return Err("needs one of keys and jwks"),
        };
        let audience = self.audience.as_ref().map_or_else(|| audience.to_owned(), |audience| audience.0.clone());
        let entra = self.entra(&audience)?;
        let application = self.application(entra.is_some())?;
        if application.is_none() && !self.application_roles.is_empty() {
            return Err("application_roles needs application, to tell applications from people");
        }
        let named = |given: Option<Word>, default: &str| given.map_or_else(|| default.to_owned(), |word| word.0);
        let (subject, application_subject, scope, not_before) = match &entra {
            Some(Entra { version: "1.0", .. }) => ("oid", "appid", "scp", NotBefore::Required),
            Some(_) => ("oid", "azp", "scp", NotBefore::Required),
            None => ("sub", "sub", "scope", NotBefore::Checked),
        };
        let settings = IssuerSettings {
            name: self.issuer.0,
            audience,
            algorithm: self.algorithm,
            entra,
            subject: named(self.subject, subject),
            application_subject: named(self.application_subject, application_subject),
            scope: Some(named(self.scope, scope)),
            application,
            application_roles: self.application_roles.into_iter().map(|role| role.0).collect(),
            not_before: self.nbf.unwrap_or(not_before),
        };
        Ok((settings, keys))
    }

    fn application(&self, entra: bool) -> Result<Option<Mark>, &'static str> {
        match (&self.application, entra) {
            (Some(_), true) => Err("application is not for entra, whose applications say idtyp = app"),
            (None, true) => Ok(Some(Mark { claim: "idtyp".to_owned(), value: "app".to_owned() })),
            (Some(mark), false) if mark.claim.is_empty() || mark.value.is_empty() => {
                Err("application needs a claim and a value")
            }
            (mark, false) => Ok(mark.clone()),
        }
    }

    /// The two versions of Entra ID tokens differ in the form of issuer and audience.
    fn entra(&self, audience: &str) -> Result<Option<Entra>, &'static str> {
        let (version, tenant) = match (self.shape, self.version, &self.tenant) {
            (Shape::Oidc, None, None) => return Ok(None),
            (Shape::Oidc, _, _) => return Err("version and tenant are for shape = \"entra\" only"),
            (Shape::Entra, Some(version), Some(tenant)) => (version, tenant.0.clone()),
            (Shape::Entra, _, _) => return Err("shape = \"entra\" needs version and tenant"),
        };
        if ["common", "organizations", "consumers"].contains(&tenant.as_str()) {
            return Err("tenant must be one tenant, not a group of them");
        }
        let (version, ending) = match version {
            Version::One => ("1.0", format!("/{tenant}/")),
            Version::Two => ("2.0", format!("/{tenant}/v2.0")),
        };
        match version {
            _ if self.issuer.0.ends_with(&ending) => {}
            "1.0" => return Err("an issuer of version 1.0 ends with /TENANT/"),
            _ => return Err("an issuer of version 2.0 ends with /TENANT/v2.0"),
        }
        if version == "2.0" && audience.contains("://") {
            return Err("the audience of version 2.0 is the API's client identifier, not an address");
        }
        Ok(Some(Entra { tenant, version }))
    }
}

fn line_of(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}
