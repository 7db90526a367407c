//! A document against what a role is shown of the schema, before the library looks at it: every mistake is told once.
//!
//! What the role may not see is not in what it is shown, so it is refused in the words of what does not exist. Four looks, each
//! only when the one before has found nothing: names and written values ([`names`]), fields that would stand in one place
//! ([`conflicts`]), the variables as they are declared and used ([`variables`]), and what was given for them. The library's own checks follow; they would tell a mistake again
//! in what hangs from it, and refuse a variable of no value where an argument has a default.

mod conflicts;
mod names;
mod values;
mod variables;

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition};
use async_graphql::{Name, Pos, Positioned, ServerError, Variables};

use crate::graphql::role_types::RoleTypes;

/// Checks a document, and the variables of the operation that is asked for.
///
/// # Errors
/// All mistakes of one kind, in the order of the text.
pub(in crate::graphql) fn check(
    shown: &RoleTypes,
    document: &ExecutableDocument,
    asked: &Positioned<OperationDefinition>,
    given: &Variables,
) -> Result<(), Vec<ServerError>> {
    let uses = names::check(shown, document)?;
    conflicts::check(shown, document, &asked.node)?;
    variables::check(shown, document, &uses)?;
    variables::check_given(shown, document, asked, given, &uses)
}

/// A part of a document whose variables are looked for together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Part<'a> {
    /// The operation that stands here.
    Operation(Pos),
    /// A fragment.
    Fragment(&'a Name),
}

/// Where variables are used.
type Uses<'a> = HashMap<Part<'a>, Vec<Use<'a>>>;

/// A place where a variable stands.
struct Use<'a> {
    variable: &'a Name,
    at: Pos,
    /// The type that is expected there.
    kind: &'a str,
    /// Whether there is a default for the place.
    has_default: bool,
    /// The input of which exactly one field is given, where the place is one of them.
    one_of: Option<&'a str>,
}

/// What is told of mistakes, in the order of the text.
fn told(mut errors: Vec<ServerError>) -> Result<(), Vec<ServerError>> {
    errors.sort_by(|a, b| (&a.locations, &a.message).cmp(&(&b.locations, &b.message)));
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[cfg(test)]
mod tests;
