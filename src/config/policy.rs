//! The policy in force: the one that is built in, or the file that a setting names.

use std::collections::HashSet;

use super::{Config, ConfigError};
use crate::access::{Policy, PolicyError, Role};

/// Name of the policy that is built in, for its errors.
const BUILT_IN: &str = "policy/access.toml";

/// Reads the policy; `fields` are those of the schema, as `Type.field`, of which it may deny some.
///
/// # Errors
/// The file cannot be read, or one of its lines is not understood; the setting, the line and the reason are told.
pub fn policy(config: &Config, fields: &HashSet<String>) -> Result<Policy, ConfigError> {
    let (file, text) = match &config.policy {
        None => (BUILT_IN.to_owned(), include_str!("../../policy/access.toml").to_owned()),
        Some(path) => {
            let text =
                std::fs::read_to_string(path).map_err(|error| wrong(config, format!("{}: {error}", path.display())))?;
            (path.display().to_string(), text)
        }
    };
    let policy = Policy::parse(&file, &text).map_err(|error| wrong(config, error.to_string()))?;
    match unknown_field(&policy, fields) {
        Some(field) => {
            let line = text.lines().position(|line| line.contains(&format!("\"{field}\""))).map_or(1, |at| at + 1);
            let reason = format!("there is no field '{field}' to deny");
            Err(wrong(config, PolicyError { file, line, reason }.to_string()))
        }
        None => Ok(policy),
    }
}

/// A field that is denied and does not exist: the one that was meant would stay open.
fn unknown_field(policy: &Policy, known: &HashSet<String>) -> Option<String> {
    let mut denied = Role::ALL.into_iter().flat_map(|role| policy.denied_fields(role));
    denied.find(|field| !known.contains(*field)).map(str::to_owned)
}

fn wrong(config: &Config, reason: String) -> ConfigError {
    ConfigError { setting: "LOOKEDAFTER_POLICY".to_owned(), reason, origin: config.origin("policy") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(path: &str) -> Result<Policy, ConfigError> {
        policy(&Config::load(&[("policy", path.to_owned())]).unwrap(), &crate::graphql::fields())
    }

    #[test]
    fn the_built_in_policy_is_used_when_no_file_is_named() {
        assert!(policy(&Config::load(&[]).unwrap(), &crate::graphql::fields()).is_ok());
    }

    #[test]
    fn a_field_that_does_not_exist_cannot_be_denied() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        let text = include_str!("../../policy/access.toml").replacen("\"Child.ethnicity\"", "\"Child.ethnicityx\"", 1);
        let line = text.lines().position(|line| line.contains("ethnicityx")).unwrap() + 1;
        std::fs::write(&path, text).unwrap();
        let error = with(&path.display().to_string()).unwrap_err().to_string();
        assert!(error.contains(&format!("mine.toml, line {line}: ")) && error.contains("Child.ethnicityx"), "{error}");
    }

    #[test]
    fn a_policy_that_is_missing_or_wrong_is_told_with_file_and_line() {
        assert!(with("/nowhere/access.toml").unwrap_err().to_string().contains("/nowhere/access.toml"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        std::fs::write(
            &path,
            "[purposes]\nevery_role = []\nrequired_at = []\nrequired_of_partners_at = []\n[roles.astronaut]\n",
        )
        .unwrap();
        let error = with(&path.display().to_string()).unwrap_err().to_string();
        assert!(error.starts_with("LOOKEDAFTER_POLICY: ") && error.contains("mine.toml, line 5"), "{error}");
    }
}
