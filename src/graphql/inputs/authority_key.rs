//! One of the keys by which an authority is found.

use async_graphql::{ID, OneofObject};

use crate::{
    figures::Place,
    graphql::{
        ids::{self, NodeKey},
        types::Authority,
    },
};

/// The key of an authority: exactly one of them.
#[derive(OneofObject)]
pub(in crate::graphql) enum AuthorityKey {
    /// ONS nine-character code, such as E09000015.
    OnsCode(String),
    /// Three-digit number used by the Department for Education, such as 310.
    LaCode(String),
    /// The global id of an authority.
    Id(ID),
}

impl AuthorityKey {
    /// The ONS code, where the key holds it; the others are looked up.
    pub(in crate::graphql) fn ons_code(&self) -> Option<String> {
        match self {
            AuthorityKey::OnsCode(code) => Some(code.clone()),
            AuthorityKey::Id(id) => match ids::open(id) {
                Some(NodeKey::Plainly(kind, mut keys)) if kind == Authority::KIND && keys.len() == 1 => keys.pop(),
                _ => None,
            },
            AuthorityKey::LaCode(_) => None,
        }
    }

    /// Whether the place has this number of the Department for Education.
    pub(in crate::graphql) fn is_of(&self, place: &Place) -> bool {
        matches!(self, AuthorityKey::LaCode(code) if place.la_code.as_ref() == Some(code))
    }
}
