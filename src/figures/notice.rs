//! Why an answer holds less than its reader may expect: a purpose not stated, a grant that lacks something, a list on
//! which no child stands.
//!
//! It depends on the grant, the purpose and the viewer's own lists alone, so it tells nothing of what they may not see.

use std::sync::Arc;

use crate::access::{Denial, Rows, Scope};

/// Why an answer holds less than its reader may expect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// Suppressed totals are shown, because no purpose was stated.
    TotalsNeedAPurpose,
    /// Who children are is shown for another purpose.
    IdentityNeedsAPurpose,
    /// No records are shown, because the grant rests on no agreement in force or runs too long.
    NoAgreement,
    /// No records are shown, because the grant does not say which.
    NoRows,
    /// No child stands on the viewer's list.
    NoChildren {
        /// Whom the grant opens, in the words of the policy.
        opens: &'static str,
        /// The organisation with which children must be shared, where that is how they are chosen.
        shared_with: Option<Arc<str>>,
    },
}

impl Notice {
    /// What is to be told of records that are not shown; none where they do not exist for the viewer, or where an error
    /// tells it.
    pub(super) fn of(denial: Denial) -> Option<Notice> {
        match denial {
            Denial::NoAgreement => Some(Notice::NoAgreement),
            Denial::NoRows => Some(Notice::NoRows),
            _ => None,
        }
    }

    /// That none of the children that a scope opens is there.
    pub(super) fn nobody(scope: &Scope) -> Notice {
        let shared_with = match scope.rows() {
            Rows::AdoptionShares(organisation) => Some(Arc::clone(organisation)),
            _ => None,
        };
        Notice::NoChildren { opens: scope.rows().rule().words(), shared_with }
    }
}
