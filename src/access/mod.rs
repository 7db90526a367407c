//! Who may see what: the policy as data and one pure function that decides.
//!
//! A request names an authority, a domain (what it is about), a level (how close to the child) and a purpose.
//! [`decide()`] looks the four up in the [`Policy`] and in the viewer's grants and answers with a [`Decision`].
//! Nothing else decides access: a [`Scope`], which every query of the store asks for, can be made nowhere else.
//! What the policy does not permit is denied.

mod act;
mod authority_code;
mod decide;
mod domain;
mod grant;
mod level;
mod name;
mod new_grant;
mod policy;
mod pseudonym;
mod purpose;
mod reason;
mod role;
mod rows;
pub mod table;
mod viewer;

pub use act::Act;
pub use authority_code::authority_code;
pub use decide::{Ask, Decision, Denial, Scope, decide, decide_act, decide_reference};
pub use domain::Domain;
pub use grant::{Grant, Suspension};
pub use level::Level;
pub use name::{NameProblem, check_name};
pub use new_grant::{GrantProblem, NewGrant, is_ons_code};
pub use policy::{Policy, PolicyError};
pub use pseudonym::Pseudonyms;
pub use purpose::{Purpose, Purposes};
pub use reason::{ReasonProblem, check_reason, has_unseen, visible};
pub use role::Role;
pub use rows::{RowRule, Rows};
pub use viewer::{Limits, Viewer};
