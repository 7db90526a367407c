//! The policy: a table of roles, domains and levels that a governance officer can read and sign.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Act, Domain, Level, Purpose, Purposes, Role, RowRule};

/// What each role may read and do, checked when it was parsed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    purposes: PurposeRules,
    roles: BTreeMap<Role, Rule>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PurposeRules {
    every_role: BTreeSet<Purpose>,
    required_at: BTreeSet<Level>,
    required_of_partners_at: BTreeSet<Level>,
}

/// What one role may read and do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    rows: RowRule,
    #[serde(default)]
    partner: bool,
    #[serde(default)]
    purposes: BTreeSet<Purpose>,
    #[serde(default)]
    only_for: BTreeMap<Domain, BTreeSet<Purpose>>,
    #[serde(default)]
    acts: BTreeSet<Act>,
    #[serde(default)]
    deny: BTreeSet<String>,
    domains: BTreeMap<Domain, Vec<Level>>,
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
    /// The first line that is not understood: bad syntax, or a role, domain, level, purpose, row scope, act or
    /// setting that does not exist; or a rule that the policy must never hold.
    pub fn parse(file: &str, text: &str) -> Result<Policy, PolicyError> {
        let error = |line: usize, reason: String| PolicyError { file: file.to_owned(), line, reason };
        let policy: Policy = toml::from_str(text).map_err(|found| {
            error(found.span().map_or(1, |span| line_of(text, span.start)), found.message().replace('\n', " "))
        })?;
        match policy.contradiction() {
            Some((role, reason)) => Err(error(heading(text, role), format!("{}: {reason}", role.code()))),
            None => Ok(policy),
        }
    }

    /// What no policy may say, whoever signs it.
    fn contradiction(&self) -> Option<(Role, &'static str)> {
        self.roles.iter().find_map(|(role, rule)| {
            let children = |level: &Level| matches!(level, Level::Identified | Level::Pseudonymous);
            let rows = rule.domains.values().flatten().any(children);
            let of_children = |domain: Domain| rule.domains.get(&domain).is_some_and(|held| held.iter().any(children));
            let sensitive = [Domain::Missing, Domain::Offending];
            let rounded = |domain: Domain| rule.domains.get(&domain).is_some_and(|held| held.contains(&Level::Rounded));
            let unsaid = |purpose: &Purpose| !self.permits_purpose(*role, *purpose);
            let both = rule.acts.contains(&Act::PrepareRelease) && rule.acts.contains(&Act::ApproveRelease);
            let reason = match () {
                () if both => "who prepares a release may not approve it",
                () if *role == Role::Public && rows => "rows of children are never for everyone",
                () if *role == Role::Public && !rule.acts.is_empty() => "someone without a token may do nothing",
                () if sensitive.into_iter().any(rounded) => {
                    "figures of missing children and of offending are never published"
                }
                () if *role == Role::PanelMember && rows => "panel members see totals alone",
                () if *role == Role::Admin && rule.domains.keys().any(|domain| *domain != Domain::Admin) => {
                    "who manages grants sees neither figures nor records"
                }
                () if rule.only_for.values().flatten().any(unsaid) => {
                    "a domain is kept for a purpose that the role may not say"
                }
                () if rows && !of_children(Domain::Core) => {
                    "rows of a domain need rows of core, which says whose they are"
                }
                () => return None,
            };
            Some((*role, reason))
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

    /// Whether a role may ever read a domain at this level, with the right grant and purpose.
    pub fn reads(&self, role: Role, domain: Domain, level: Level) -> bool {
        self.levels(role, domain).iter().any(|held| held.covers(level))
    }

    /// Which children a role's grants open; none for a role that the policy does not know.
    pub fn rows(&self, role: Role) -> Option<RowRule> {
        self.roles.get(&role).map(|rule| rule.rows)
    }

    /// Whether the role belongs to another organisation. One that the policy does not know counts as such.
    pub fn is_partner(&self, role: Role) -> bool {
        self.roles.get(&role).is_none_or(|rule| rule.partner)
    }

    /// Whether a role may do something besides reading.
    pub fn permits_act(&self, role: Role, act: Act) -> bool {
        self.roles.get(&role).is_some_and(|rule| rule.acts.contains(&act))
    }

    /// Fields, as `Type.field`, that a role may never see whatever its domains permit.
    pub fn denied_fields(&self, role: Role) -> impl Iterator<Item = &str> {
        self.roles.get(&role).into_iter().flat_map(|rule| rule.deny.iter().map(String::as_str))
    }

    /// Whether a role may ask for this purpose.
    pub fn permits_purpose(&self, role: Role, purpose: Purpose) -> bool {
        self.roles
            .get(&role)
            .is_some_and(|rule| self.purposes.every_role.contains(&purpose) || rule.purposes.contains(&purpose))
    }

    /// The purposes that a role may ask for.
    pub fn purposes(&self, role: Role) -> Purposes {
        Purposes::of(|purpose| self.permits_purpose(role, purpose))
    }

    /// The purposes for which alone a role reads a domain; none where any purpose of the role will do.
    pub fn only_for(&self, role: Role, domain: Domain) -> Option<Purposes> {
        let kept = self.roles.get(&role)?.only_for.get(&domain)?;
        Some(Purposes::of(|purpose| kept.contains(&purpose)))
    }

    /// Whether a role may see who children are, for this purpose: by their own identifiers, with the days of their lives.
    /// A purpose that must be stated and is not is asked for where rows are read.
    pub fn identifies(&self, role: Role, purpose: Option<Purpose>) -> bool {
        let kept = self.only_for(role, Domain::Identity);
        self.reads(role, Domain::Identity, Level::Identified)
            && kept.is_none_or(|kept| purpose.is_some_and(|stated| kept.contains(stated)))
    }

    /// Whether a role must state a purpose to read at this level.
    pub fn requires_purpose(&self, role: Role, level: Level) -> bool {
        self.purposes.required_at.contains(&level)
            || self.is_partner(role) && self.purposes.required_of_partners_at.contains(&level)
    }
}

/// The line that opens the table of a role.
fn heading(text: &str, role: Role) -> usize {
    let opening = format!("[roles.{}]", role.code());
    text.lines().position(|line| line.trim() == opening).map_or(1, |line| line + 1)
}

fn line_of(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
