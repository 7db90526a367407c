//! The parameters of a GraphQL request, from a body or from an address: each of its own kind, or the request is refused.

use async_graphql::Variables;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::fault::Fault;
use crate::auth::strict_json;

/// What a client asks.
#[derive(Debug, PartialEq)]
pub struct Params {
    /// The document.
    pub query: String,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// Values for its variables.
    pub variables: Variables,
}

impl Params {
    /// Reads the body of a POST.
    ///
    /// # Errors
    /// It is not a JSON object, says something twice, lacks a document, or a parameter is of another kind.
    pub fn from_body(body: &[u8]) -> Result<Params, Fault> {
        match strict_json::parse(body) {
            Ok(Value::Object(parameters)) => Params::from_object(parameters),
            Ok(Value::Array(_)) => Err(Fault::Malformed("Send one request at a time; lists of requests are refused.")),
            Ok(_) => Err(Fault::Malformed("The body must be a JSON object.")),
            Err(_) => Err(Fault::Malformed("The body is not JSON that says each thing once.")),
        }
    }

    /// Reads the parameters of a GET, already decoded.
    ///
    /// # Errors
    /// As for a body; also a parameter that is given twice, and a token, which belongs in a header.
    pub fn from_address(pairs: Vec<(String, String)>) -> Result<Params, Fault> {
        let mut parameters = Map::new();
        for (name, text) in pairs {
            let value = match name.as_str() {
                "query" | "operationName" => Value::String(text),
                "variables" | "extensions" => strict_json::parse(text.as_bytes()).map_err(|_| {
                    Fault::Malformed("variables and extensions must be JSON that says each thing once.")
                })?,
                _ => continue,
            };
            if parameters.insert(name, value).is_some() {
                return Err(Fault::Malformed("A parameter is given twice."));
            }
        }
        Params::from_object(parameters)
    }

    fn from_object(mut parameters: Map<String, Value>) -> Result<Params, Fault> {
        let digest = persisted(parameters.remove("extensions"))?;
        let query = match parameters.remove("query") {
            Some(Value::String(query)) => query,
            Some(Value::Null) | None if digest.is_some() => return Err(Fault::PersistedQuery),
            Some(Value::Null) | None => return Err(Fault::Malformed("The parameter query is missing.")),
            Some(_) => return Err(Fault::Malformed("The parameter query must be a text.")),
        };
        if digest.is_some_and(|digest| digest != hex_digest(&query)) {
            return Err(Fault::Malformed("The digest does not belong to the document."));
        }
        let operation_name = match parameters.remove("operationName") {
            Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
            Some(Value::Null) | None => None,
            Some(_) => return Err(Fault::Malformed("The parameter operationName must be a text.")),
        };
        let variables = match parameters.remove("variables") {
            Some(Value::Object(variables)) => Variables::from_json(Value::Object(variables)),
            Some(Value::Null) | None => Variables::default(),
            Some(_) => return Err(Fault::Malformed("The parameter variables must be an object.")),
        };
        Ok(Params { query, operation_name, variables })
    }
}

/// The digest under `extensions.persistedQuery.sha256Hash`, where there is one.
fn persisted(extensions: Option<Value>) -> Result<Option<String>, Fault> {
    match extensions {
        Some(Value::Object(extensions)) => {
            let digest = extensions.get("persistedQuery").and_then(|query| query.get("sha256Hash"));
            Ok(digest.map(|digest| digest.as_str().unwrap_or_default().to_ascii_lowercase()))
        }
        Some(Value::Null) | None => Ok(None),
        Some(_) => Err(Fault::Malformed("The parameter extensions must be an object.")),
    }
}

fn hex_digest(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_from_body_and_address_alike() {
        let body = br#"{"query": "{ a }", "operationName": "", "variables": {"x": [1, {"y": null}]}, "other": 1}"#;
        let pairs = [("query", "{ a }"), ("variables", r#"{"x": [1, {"y": null}]}"#), ("other", "1")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let read = Params::from_body(body).unwrap();
        assert_eq!(read, Params::from_address(pairs).unwrap());
        assert_eq!((read.query.as_str(), read.operation_name.as_deref()), ("{ a }", None));
    }

    #[test]
    fn parameters_of_another_kind_are_refused() {
        for body in [
            "",
            "1",
            "null",
            "\"{ a }\"",
            "[]",
            r#"[{"query": "{ a }"}]"#,
            "{}",
            r#"{"query": null}"#,
            r#"{"query": 1}"#,
            r#"{"query": ["{ a }"]}"#,
            r#"{"query": "{ a }", "query": "{ b }"}"#,
            r#"{"query": "{ a }", "operationName": 1}"#,
            r#"{"query": "{ a }", "variables": "{}"}"#,
            r#"{"query": "{ a }", "variables": [1]}"#,
            r#"{"query": "{ a }", "variables": {"x": 1, "x": 2}}"#,
            r#"{"query": "{ a }", "extensions": 1}"#,
            r#"{"query": "{ a }", "variables": {"x": NaN}}"#,
            r#"{"query": "{ a }", "variables": {"x": 1e999}}"#,
        ] {
            assert!(matches!(Params::from_body(body.as_bytes()), Err(Fault::Malformed(_))), "{body}");
        }
        let twice = vec![("query".to_owned(), "{ a }".to_owned()), ("query".to_owned(), "{ b }".to_owned())];
        assert!(matches!(Params::from_address(twice), Err(Fault::Malformed(_))));
    }

    #[test]
    fn a_digest_must_belong_to_its_document_and_cannot_stand_alone() {
        let body = |query: &str, digest: &str| {
            format!(r#"{{{query} "extensions": {{"persistedQuery": {{"version": 1, "sha256Hash": "{digest}"}}}}}}"#)
        };
        let read = |query: &str, digest: &str| Params::from_body(body(query, digest).as_bytes());
        assert_eq!(read("", "abc"), Err(Fault::PersistedQuery));
        assert!(matches!(read(r#""query": "{ a }","#, "abc"), Err(Fault::Malformed(_))));
        assert!(read(r#""query": "{ a }","#, &hex_digest("{ a }")).is_ok());
    }
}
