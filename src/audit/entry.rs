//! One record: who, in which role and under which agreement, why, what was asked, about whom, and what came of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Digest, Trace};

/// The longest that the reference of a case may be, in characters.
pub const CASE_REFERENCE: usize = 64;
/// The longest that the name of an operation may be, in characters.
pub const OPERATION_NAME: usize = 64;
/// Most items of a list that whoever asks can make as long as they like.
pub const ITEMS: usize = 20;

/// One record as it is read back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the chain, from 1 without gaps.
    pub seq: u64,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub time: DateTime<Utc>,
    /// Which copy of the program made it.
    pub node: String,
    /// What happened.
    pub fact: Fact,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fact {
    /// Someone asked for figures or records, and was answered or refused.
    Read(Box<Read>),
    /// Someone changed or used what governs reading.
    Administration(Box<Administration>),
}

impl Fact {
    /// Whether it is about an authority.
    pub fn is_about(&self, authority: &str) -> bool {
        match self {
            Fact::Read(read) => read.about.authorities.iter().any(|code| code == authority),
            Fact::Administration(act) => act.authority.as_deref() == Some(authority),
        }
    }

    /// The children that it is about.
    pub fn children(&self) -> &[Trace] {
        match self {
            Fact::Read(read) => &read.about.children,
            Fact::Administration(act) => &act.children,
        }
    }
}

/// A request that reached the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Who asked.
    pub principal: Principal,
    /// Code of the stated purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Reference of the case, at most [`CASE_REFERENCE`] characters, without names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_reference: Option<String>,
    /// What was asked.
    pub operation: Operation,
    /// About whom and what.
    pub about: About,
    /// What came of it.
    pub outcome: Outcome,
}

/// Who asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// Digest of issuer and subject ([`super::digest_of`]); none for those without a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Digest>,
    /// How the subject is called where people read the records.
    pub display: String,
    /// The organisation named in the grant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The active role.
    pub role: String,
    /// The grants that were used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<String>,
    /// The agreements that they rest on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreements: Vec<String>,
    /// Number of the inspection that an inspector reads for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspection: Option<String>,
}

/// What was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// Digest of the normalised document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Digest>,
    /// Its name, at most [`OPERATION_NAME`] characters of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its variables as JSON text, with traces in the place of children's identifiers and nothing of other texts; of long
    /// lists the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variables: Option<String>,
}

/// About whom and what was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// ONS codes of the authorities: every one that a grant opens, and of others the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<String>,
    /// How many authorities there were, where not all are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority_count: Option<u64>,
    /// Codes of the levels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// Codes of the domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// At levels I and P, how many children were shown; each has its trace in `children`.
    #[serde(default)]
    pub child_count: u64,
    /// At levels I and P, the trace of each child that was shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Trace>,
    /// At levels S and R, the release and the tables that were shown, the first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<String>,
    /// How many tables were shown, where not all are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table_count: Option<u64>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether it was permitted.
    pub permitted: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Rows of records.
    pub rows: u64,
    /// Figures.
    pub cells: u64,
    /// Figures that were withheld.
    pub suppressed: u64,
    /// Bytes of the answer.
    pub bytes: u64,
    /// How long it took.
    pub ms: u64,
}

/// What an administrator did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Gave someone a role for an authority.
    GrantAdded,
    /// Suspended a grant.
    GrantSuspended,
    /// Ended a grant.
    GrantEnded,
    /// Shared a child's records with an organisation.
    ShareAdded,
    /// Ended such a share.
    ShareEnded,
    /// Wrote down an agreement on which grants rest, or changed what is written of it.
    AgreementAdded,
    /// Erased a child.
    Erasure,
    /// Imported a return or a list.
    Import,
    /// Undid an import.
    ImportUndone,
    /// Wrote out all that is stored about a child.
    Export,
    /// Looked up who read about a child.
    SubjectSearch,
    /// Proved the records to be whole.
    Verification,
    /// Rolled old records away.
    Roll,
    /// Started to serve, with the settings and the policy that `detail` tells.
    Start,
    /// Stopped serving.
    Stop,
    /// Made a backup of all records.
    Backup,
    /// Restored a backup, and withdrew again what was withdrawn since.
    Restore,
}

impl Act {
    /// Its word in the records.
    pub fn word(self) -> &'static str {
        match self {
            Act::GrantAdded => "grant-added",
            Act::GrantSuspended => "grant-suspended",
            Act::GrantEnded => "grant-ended",
            Act::ShareAdded => "share-added",
            Act::ShareEnded => "share-ended",
            Act::AgreementAdded => "agreement-added",
            Act::Erasure => "erasure",
            Act::Import => "import",
            Act::ImportUndone => "import-undone",
            Act::Export => "export",
            Act::SubjectSearch => "subject-search",
            Act::Verification => "verification",
            Act::Roll => "roll",
            Act::Start => "start",
            Act::Stop => "stop",
            Act::Backup => "backup",
            Act::Restore => "restore",
        }
    }
}

/// An administrative act, with who did it and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administration {
    /// What was done.
    pub act: Act,
    /// Who did it: the subject of a token, or the operating system's user of a command.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// ONS code of the authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// The grant, share or other thing that it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The traces of the children that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Trace>,
    /// What else is to be known, such as settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Administration {
    /// An act of someone, and why.
    pub fn new(act: Act, actor: impl Into<String>, reason: impl Into<String>) -> Self {
        let (actor, reason) = (actor.into(), reason.into());
        Self { act, actor, reason, authority: None, object: None, children: Vec::new(), detail: None }
    }

    /// The same at an authority.
    pub fn at(self, authority: impl Into<String>) -> Self {
        Self { authority: Some(authority.into()), ..self }
    }

    /// The same done to a thing.
    pub fn to(self, object: impl Into<String>) -> Self {
        Self { object: Some(object.into()), ..self }
    }

    /// The same about a child.
    pub fn about(mut self, child: Trace) -> Self {
        self.children.push(child);
        self
    }

    /// The same with what else is to be known.
    pub fn with(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

impl From<Administration> for Fact {
    fn from(act: Administration) -> Self {
        Fact::Administration(Box::new(act))
    }
}

impl From<Read> for Fact {
    fn from(read: Read) -> Self {
        Fact::Read(Box::new(read))
    }
}
