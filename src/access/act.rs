//! What someone may do besides reading: load returns, prepare or approve a release, manage grants.

use serde::{Deserialize, Serialize};

/// Something that changes what is held, or answers for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Load returns and correct them.
    LoadReturns,
    /// Prepare what is to be published.
    PrepareRelease,
    /// Approve what is to be published. Nobody who prepares may approve.
    ApproveRelease,
    /// Tell a person what is held about them and who has read it.
    AnswerSubjectAccess,
    /// Add, suspend and end grants, never one's own.
    ManageGrants,
}

impl Act {
    /// Every act.
    pub const ALL: [Act; 5] =
        [Act::LoadReturns, Act::PrepareRelease, Act::ApproveRelease, Act::AnswerSubjectAccess, Act::ManageGrants];

    /// The act in the words of the table that is signed.
    pub fn words(self) -> &'static str {
        match self {
            Act::LoadReturns => "load and correct returns",
            Act::PrepareRelease => "prepare a release",
            Act::ApproveRelease => "approve a release",
            Act::AnswerSubjectAccess => "answer subject access",
            Act::ManageGrants => "manage grants",
        }
    }
}
