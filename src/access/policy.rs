//! The policy: a table of roles, domains and levels that a governance officer can read and sign.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Domain, Level, Purpose, Role};

/// What each role may read, checked when it was parsed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    purposes: Purposes,
    roles: BTreeMap<Role, Rule>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Purposes {
    every_role: Vec<Purpose>,
}

/// What one role may read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// Only one kind of row scope exists so far; the name is read so that another one is refused, not ignored.
    #[serde(rename = "rows")]
    _rows: Rows,
    purposes: Vec<Purpose>,
    purpose_required_at: Vec<Level>,
    domains: BTreeMap<Domain, Vec<Level>>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Rows {
    OwnAuthority,
}

/// Why a policy cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct PolicyError {
    /// The file, as it was named by the caller.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

impl Policy {
    /// Reads the table from the text of a TOML file; `file` names it in an error.
    ///
    /// # Errors
    /// The first line that is not understood: bad syntax, or a role, domain, level, purpose, row scope or
    /// setting that does not exist.
    pub fn parse(file: &str, text: &str) -> Result<Policy, PolicyError> {
        toml::from_str(text).map_err(|error| PolicyError {
            file: file.to_owned(),
            line: error.span().map_or(1, |span| line_of(text, span.start)),
            reason: error.message().replace('\n', " "),
        })
    }

    /// The roles that may read something, in order.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.roles.iter().filter(|(_, rule)| !rule.domains.is_empty()).map(|(role, _)| *role)
    }

    /// The levels at which a role reads a domain; nothing where it is denied.
    pub fn levels(&self, role: Role, domain: Domain) -> &[Level] {
        self.roles.get(&role).and_then(|rule| rule.domains.get(&domain)).map_or(&[], Vec::as_slice)
    }

    /// Whether a role may ask for this purpose.
    pub fn permits_purpose(&self, role: Role, purpose: Purpose) -> bool {
        self.purposes.every_role.contains(&purpose)
            || self.roles.get(&role).is_some_and(|rule| rule.purposes.contains(&purpose))
    }

    /// Whether a role must state a purpose to read at this level.
    pub fn requires_purpose(&self, role: Role, level: Level) -> bool {
        self.roles.get(&role).is_none_or(|rule| rule.purpose_required_at.contains(&level))
    }
}

fn line_of(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../policy/access.toml");

    fn error_of(text: &str) -> PolicyError {
        Policy::parse("access.toml", text).unwrap_err()
    }

    #[test]
    fn the_shipped_policy_permits_analysts_and_data_stewards_alone() {
        let policy = Policy::parse("access.toml", SHIPPED).unwrap();
        assert_eq!(policy.roles().collect::<Vec<_>>(), [Role::Analyst, Role::DataSteward]);
        for role in [Role::Analyst, Role::DataSteward] {
            assert_eq!(policy.levels(role, Domain::Reference), [Level::N]);
            assert_eq!(policy.levels(role, Domain::Health), [Level::I, Level::N]);
            for closed in [Domain::Release, Domain::Audit, Domain::Admin] {
                assert!(policy.levels(role, closed).is_empty());
            }
        }
    }

    #[test]
    fn a_misspelt_word_is_refused_with_its_line() {
        let misspelt = [
            ("[roles.analyst]", "[roles.analist]", "analist"),
            ("placement = ", "placements = ", "placements"),
            ("core = [\"I\", \"N\"]", "core = [\"I\", \"X\"]", "X"),
            ("\"own_authority\"", "\"any_authority\"", "any_authority"),
            ("\"performance-monitoring\"", "\"curiosity\"", "curiosity"),
            ("purpose_required_at =", "purpose_needed_at =", "purpose_needed_at"),
        ];
        for (good, bad, word) in misspelt {
            let error = error_of(&SHIPPED.replacen(good, bad, 1));
            let line = SHIPPED.lines().position(|line| line.contains(good) && !line.starts_with('#')).unwrap() + 1;
            assert!(error.reason.contains(word), "{error}");
            assert!(error.line.abs_diff(line) <= 1, "{error}, expected line {line}");
            assert!(error.to_string().starts_with("access.toml, line "), "{error}");
        }
    }

    #[test]
    fn a_role_or_a_domain_twice_is_refused() {
        assert!(error_of(&format!("{SHIPPED}\n[roles.analyst]\n")).line > 50);
        assert!(error_of(&SHIPPED.replacen("core = ", "reference = ", 1)).line > 1);
    }

    #[test]
    fn broken_syntax_is_refused_with_its_line() {
        assert_eq!(error_of("[purposes]\nevery_role = [").line, 2);
        assert!(error_of("").reason.contains("purposes"));
    }
}
