//! A region of England.

use async_graphql::SimpleObject;

use crate::{
    figures,
    graphql::schema::directive::{About, At, access},
};

/// A region of England.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Region {
    /// ONS code, or the name where no code is known.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    code: String,
    /// Its name.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    name: String,
}

impl From<&figures::Region> for Region {
    fn from(region: &figures::Region) -> Self {
        Self { code: region.code.clone(), name: region.name.clone() }
    }
}
