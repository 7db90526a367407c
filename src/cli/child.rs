//! Whom a command is about: the identifier that someone typed, as the records have it.

use super::Failure;
use crate::import::identifier;
use crate::store::Store;

/// The identifier of a child as it is stored; of one who is not known, as an import would store it.
///
/// # Errors
/// Several children fit, or the database fails.
pub(super) async fn find(store: &Store, authority: &str, given: &str) -> Result<String, Failure> {
    let found = store.child_named(authority, given).await?;
    Ok(found.unwrap_or_else(|| identifier(given)))
}
