//! Documents and requests that must be refused: each with a name, how it is made, and the answer that it must get.
//!
//! The tests send them all to a server whose database has no tables; the bench `attacks` measures what each costs.

mod documents;
mod requests;
mod values;

use serde_json::{Value, json};

/// One hostile request.
pub struct Attack {
    /// What it tries.
    pub name: &'static str,
    /// GET, POST and the like.
    pub method: &'static str,
    /// Path and query of the address.
    pub path: String,
    /// Headers by name.
    pub headers: Vec<(&'static str, &'static str)>,
    /// Body.
    pub body: Vec<u8>,
    /// The status that it must be answered with.
    pub status: u16,
    /// The code of the error that it must be answered with; empty where there is no error.
    pub code: &'static str,
}

/// All of them.
pub fn all() -> Vec<Attack> {
    let mut all = documents::all();
    all.extend(values::all());
    all.extend(requests::all());
    all
}

/// Those who read the status ask for this type.
const ACCEPT: (&str, &str) = ("Accept", "application/graphql-response+json");
const JSON: (&str, &str) = ("Content-Type", "application/json");

/// A document that is refused as not valid.
fn invalid(name: &'static str, document: impl Into<String>) -> Attack {
    posted(name, json!({"query": document.into()}), 400, "VALIDATION")
}

/// A document that is refused by a limit.
fn over(name: &'static str, document: impl Into<String>) -> Attack {
    posted(name, json!({"query": document.into()}), 400, "COMPLEXITY_LIMIT")
}

/// A body of JSON.
fn posted(name: &'static str, body: Value, status: u16, code: &'static str) -> Attack {
    raw(name, body.to_string(), status, code)
}

/// A body that says that it is JSON.
fn raw(name: &'static str, body: impl Into<Vec<u8>>, status: u16, code: &'static str) -> Attack {
    sent(name, vec![ACCEPT, JSON], body, status, code)
}

/// A body with headers.
fn sent(
    name: &'static str,
    headers: Vec<(&'static str, &'static str)>,
    body: impl Into<Vec<u8>>,
    status: u16,
    code: &'static str,
) -> Attack {
    Attack { name, method: "POST", path: "/graphql".to_owned(), headers, body: body.into(), status, code }
}

/// Everything in the address.
fn got(name: &'static str, query: &str, status: u16, code: &'static str) -> Attack {
    let path = format!("/graphql?{query}");
    Attack { name, method: "GET", path, headers: vec![ACCEPT], body: Vec::new(), status, code }
}

/// So many pieces, numbered.
fn many(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect::<Vec<_>>().join(" ")
}
