//! From a bearer token to a viewer: who signed it, whom it names, which roles they hold today.
//!
//! Two keys must agree: the token says who is asking and in which roles, a grant says for which authority and
//! until when. Whatever is wrong with a token, the answer is the same.

mod claims;
mod compact;
pub mod development;
mod header;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod invented;
mod issuer;
mod issuers;
mod jwks;
mod key;
mod keyset;
mod named;
mod revoked;
mod sign_in;
mod source;
pub mod strict_json;
mod viewer;

use crate::access::Purposes;

pub use header::{IdentityHeaders, bearer};
pub use issuer::{Issuer, VerifiedToken};
pub use issuers::{Issuers, IssuersError};
pub use key::{DevelopmentKey, KeyError};
pub use named::Kind;
pub use sign_in::SignIn;
pub use viewer::{SubjectGrant, anonymous, viewer};

/// Why a request is not let in. The reason is for the log; the one who asks is told only what the variant says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 401: the token is missing, malformed, not ours, out of date, or its subject holds no grant in force.
    #[error(
        "Sign in with a valid token. If yours worked before, it has expired (a token lasts 90 minutes at most) or its \
         grant has ended: get a new one."
    )]
    Unauthenticated(&'static str),
    /// 403: the role named in `X-Active-Role` is not held.
    #[error("The role named in X-Active-Role is not held.")]
    RoleNotHeld,
    /// 403: several roles are held and none was chosen.
    #[error("Several roles are held: name one in X-Active-Role.")]
    RoleNotChosen,
    /// 403: the purpose is not one of the known codes; the role may state these.
    #[error("The purpose in X-Purpose is not known. In this role it may be one of: {0}.")]
    PurposeUnknown(Purposes),
    /// 503: grants cannot be read.
    #[error("Grants cannot be read at the moment.")]
    Unavailable,
}

fn refused(reason: &'static str) -> Refusal {
    Refusal::Unauthenticated(reason)
}
