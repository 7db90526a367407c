//! What can be changed: grants, by those who manage them.

use async_graphql::Object;

use super::access::{About, At, access};

/// Where every change begins.
pub struct Mutation;

/// Where every change begins.
#[Object]
impl Mutation {
    /// Placeholder.
    #[graphql(directive = access::apply(About::Admin, At::N))]
    async fn add_grant(&self) -> bool {
        false
    }
}
