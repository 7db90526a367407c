//! How much one request may ask for: every document is measured before anything is looked up for it.
//!
//! Three looks, the cheapest first: the text before it is parsed ([`tokens`]), the parsed document once
//! ([`shape`]), and the operation with its variables on every request ([`mod@cost`], with what it asks of the schema
//! itself, [`introspection`]).

mod cost;
mod directives;
mod filter;
mod introspection;
mod shape;
mod tokens;

use async_graphql::{ErrorExtensionValues, ServerError, Value};

pub use cost::cost;
pub use introspection::{EVERYTHING, Introspection};
pub use shape::{check_constant, check_shape};
pub use tokens::check_text;

/// Why a document is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// More of something than is allowed.
    #[error("{what}: {actual}; at most {limit} are allowed.")]
    Over {
        /// What there is too much of, in plain words.
        what: String,
        /// The most that is allowed.
        limit: usize,
        /// How much there is.
        actual: usize,
    },
    /// Something that is never allowed.
    #[error("{0}")]
    Never(String),
}

impl TooMuch {
    fn over(what: &str, limit: usize, actual: usize) -> TooMuch {
        TooMuch::Over { what: what.to_owned(), limit, actual }
    }

    fn check(what: &str, limit: usize, actual: usize) -> Result<(), TooMuch> {
        if actual > limit { Err(TooMuch::over(what, limit, actual)) } else { Ok(()) }
    }
}

impl From<TooMuch> for ServerError {
    fn from(refusal: TooMuch) -> ServerError {
        let mut error = ServerError::new(refusal.to_string(), None);
        let mut extensions = ErrorExtensionValues::default();
        match refusal {
            TooMuch::Over { limit, actual, .. } => {
                extensions.set("code", "COMPLEXITY_LIMIT");
                extensions.set("limit", Value::from(limit));
                extensions.set("actual", Value::from(actual));
            }
            TooMuch::Never(_) => extensions.set("code", "VALIDATION"),
        }
        error.extensions = Some(extensions);
        error
    }
}
