//! Pseudonyms: how a child is called towards someone who may see records but not who they are about.
//!
//! The same child has another name for every organisation, role and year, so that two organisations cannot put their
//! records together. Whoever holds the secret can find the child again; nobody else can, or make a name up.

use aes_gcm_siv::{
    Aes256GcmSiv, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::Scope;

/// Names children for one scope in one year.
#[derive(Clone)]
pub struct Pseudonyms {
    cipher: Aes256GcmSiv,
    /// What every name is bound to.
    bound: Vec<u8>,
}

/// Stands between the parts of what a name is bound to; no code or name holds it.
const BETWEEN: u8 = 0x1f;

impl Pseudonyms {
    /// Names of the year, for the organisation and role of the scope; none if the secret is no key.
    pub fn new(secret: &[u8; 32], scope: &Scope, year: i32) -> Option<Self> {
        let mut bound = Vec::new();
        for part in [scope.authority(), scope.organisation(), scope.role().code(), &year.to_string()] {
            bound.extend_from_slice(part.as_bytes());
            bound.push(BETWEEN);
        }
        let mut key = <Hmac<Sha256> as Mac>::new_from_slice(secret).ok()?;
        key.update(&bound);
        let cipher = Aes256GcmSiv::new_from_slice(&key.finalize().into_bytes()).ok()?;
        Some(Self { cipher, bound })
    }

    /// The name that stands for a text, always the same for the same text.
    pub fn seal(&self, text: &str) -> Option<String> {
        // Without a nonce equal texts have equal names, which is what a pseudonym is; this cipher is made for it.
        let sealed = self.cipher.encrypt(&Nonce::default(), Payload { msg: text.as_bytes(), aad: &self.bound }).ok()?;
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// The text that a name stands for; none for a name that was not made here, for this scope and year.
    pub fn open(&self, name: &str) -> Option<String> {
        let sealed = URL_SAFE_NO_PAD.decode(name).ok()?;
        let text = self.cipher.decrypt(&Nonce::default(), Payload { msg: &sealed, aad: &self.bound }).ok()?;
        String::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Ask, Domain, Grant, Level, Limits, Policy, Purpose, Role, Viewer, decide};

    fn scope(role: Role, organisation: &str, authority: &str) -> Scope {
        let policy = Policy::parse("access.toml", include_str!("../../policy/access.toml")).unwrap();
        let days = ("2024-01-01".parse().unwrap(), "2024-01-20".parse().unwrap());
        let grant = Grant {
            organisation: Some(organisation.to_owned()),
            inspection: Some("1".to_owned()),
            ..Grant::of(role, authority, days)
        };
        let viewer = Viewer { role, ..Viewer::anonymous(Limits::default(), vec![grant]) };
        let purpose = Some(Purpose::PerformanceMonitoring);
        let at = "2024-01-15T12:00:00Z".parse().unwrap();
        decide(&policy, &viewer, &Ask { authority, domain: Domain::Core, level: Level::Pseudonymous, purpose, at })
            .permit()
            .unwrap()
    }

    fn names(role: Role, organisation: &str, authority: &str, year: i32) -> Pseudonyms {
        Pseudonyms::new(&[7; 32], &scope(role, organisation, authority), year).unwrap()
    }

    #[test]
    fn a_name_is_opened_again_and_is_always_the_same() {
        let names = names(Role::ServiceManager, "Harrow", "E09000015", 2024);
        let name = names.seal("Child C0001").unwrap();
        assert_eq!(
            (names.open(&name).as_deref(), names.seal("Child C0001")),
            (Some("Child C0001"), Some(name.clone()))
        );
        assert!(
            !name.contains("C0001") && !URL_SAFE_NO_PAD.decode(&name).unwrap().windows(5).any(|part| part == b"C0001")
        );
    }

    #[test]
    fn another_organisation_role_authority_year_or_secret_has_another_name_and_opens_none_of_these() {
        let name = names(Role::ServiceManager, "Harrow", "E09000015", 2024).seal("C0001").unwrap();
        let others = [
            names(Role::ServiceManager, "Brent", "E09000015", 2024),
            names(Role::Inspector, "Harrow", "E09000015", 2024),
            names(Role::ServiceManager, "Harrow", "E09000005", 2024),
            names(Role::ServiceManager, "Harrow", "E09000015", 2025),
            Pseudonyms::new(&[8; 32], &scope(Role::ServiceManager, "Harrow", "E09000015"), 2024).unwrap(),
        ];
        for other in others {
            assert_ne!(other.seal("C0001").unwrap(), name);
            assert_eq!(other.open(&name), None);
        }
    }

    #[test]
    fn a_name_that_was_made_up_or_changed_opens_nothing() {
        let names = names(Role::ServiceManager, "Harrow", "E09000015", 2024);
        let name = names.seal("C0001").unwrap();
        let mut changed = URL_SAFE_NO_PAD.decode(&name).unwrap();
        changed[0] ^= 1;
        for wrong in ["", "C0001", "*", &URL_SAFE_NO_PAD.encode("C0001"), &URL_SAFE_NO_PAD.encode(changed)] {
            assert_eq!(names.open(wrong), None, "{wrong}");
        }
    }
}
