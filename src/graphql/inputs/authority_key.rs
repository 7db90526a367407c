//! One of the keys by which an authority is found.

use async_graphql::{ID, OneofObject};

use crate::{
    figures::Place,
    graphql::{ids, types::Authority},
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
    /// Whether the place has this key.
    pub(in crate::graphql) fn is_of(&self, place: &Place) -> bool {
        match self {
            AuthorityKey::OnsCode(code) => place.ons_code == *code,
            AuthorityKey::LaCode(code) => place.la_code.as_ref() == Some(code),
            AuthorityKey::Id(id) => {
                ids::open(id).is_some_and(|(kind, keys)| kind == Authority::KIND && keys == [place.ons_code.as_str()])
            }
        }
    }
}
