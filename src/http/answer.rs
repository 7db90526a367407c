//! From the outcome of a request to status, headers and body.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use async_graphql::parser::types::OperationType;
use async_graphql::{ErrorExtensionValues, Name, Response, ServerError, Value};
use serde::Serialize;
use serde_json::json;

use super::accept::Media;
use super::fault::Fault;
use crate::graphql::UNAVAILABLE;

/// Most errors that are told of a document which is refused.
const ERRORS: usize = 20;
/// Most letters of an error's message.
const MESSAGE: usize = 500;

/// How a GraphQL request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With data, in whole or in part.
    Data,
    /// The document could not be parsed or is not valid, so nothing was executed.
    NotExecuted,
}

/// The status of an outcome. The one place that says so: the draft of GraphQL over HTTP and its audits are not of
/// one mind, and both still change.
pub fn status(outcome: Outcome, media: Media) -> StatusCode {
    match (outcome, media) {
        (Outcome::Data, _) | (Outcome::NotExecuted, Media::Json) => StatusCode::OK,
        (Outcome::NotExecuted, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
    }
}

#[derive(Serialize)]
struct Errors<'a> {
    errors: &'a [ServerError],
}

/// An answer as it is sent.
pub struct SerializedAnswer {
    outcome: Outcome,
    /// Whether there is data in it.
    pub holds_data: bool,
    /// The body; nothing where it could not be written.
    body: Option<Vec<u8>>,
}

/// Tells what an answer cost: what its operation might have fetched, what it did fetch, and what the limit leaves.
pub fn tell_cost(response: &mut Response, cost: usize, limit: usize) {
    if matches!(response.data, Value::Null) {
        return;
    }
    let told = [("requested", cost), ("actual", objects(&response.data)), ("remaining", limit.saturating_sub(cost))];
    let told = told.into_iter().map(|(name, count)| (Name::new(name), Value::from(count)));
    response.extensions.insert("cost".to_owned(), Value::Object(told.collect()));
}

/// Writes the answer to a request that was executed, or that GraphQL itself refused.
pub fn write(mut response: Response, request_id: &str) -> SerializedAnswer {
    // An error of execution has a path to the field that failed; errors without one came before it.
    let executed = response.errors.is_empty()
        || response.data != Value::Null
        || response.errors.iter().any(|error| !error.path.is_empty());
    if !executed {
        response.errors.truncate(ERRORS);
    }
    for error in &mut response.errors {
        complete(error, executed, request_id);
    }
    let (outcome, body) = if executed {
        (Outcome::Data, serde_json::to_vec(&response))
    } else {
        (Outcome::NotExecuted, serde_json::to_vec(&Errors { errors: &response.errors }))
    };
    SerializedAnswer { outcome, holds_data: response.data != Value::Null, body: body.ok() }
}

impl SerializedAnswer {
    /// How many bytes are sent.
    pub fn bytes(&self) -> u64 {
        self.body.as_ref().map_or(0, |body| body.len() as u64)
    }

    /// The answer in one of the two media types.
    pub fn into_answer(self, media: Media) -> HttpResponse {
        match self.body {
            Some(body) => {
                HttpResponse::build(status(self.outcome, media)).content_type(media.content_type()).body(body)
            }
            None => HttpResponse::InternalServerError().finish(),
        }
    }
}

/// Whether an operation failed because the database was away, so that the same may be answered soon. What a mutation has
/// changed is told all the same.
pub fn is_unavailable(response: &Response, kind: OperationType) -> bool {
    let failed = response.errors.iter().filter_map(|error| error.extensions.as_ref()?.get("code"));
    let has_changed = || match &response.data {
        Value::Object(fields) => fields.values().any(|field| *field != Value::Null),
        _ => false,
    };
    failed.into_iter().any(|code| *code == Value::from(UNAVAILABLE))
        && !(kind == OperationType::Mutation && has_changed())
}

/// The answer to a request that did not reach GraphQL.
///
/// Whatever is wrong with a token the bytes are the same, so that they tell nothing: no request id either, which is
/// in a header.
pub fn fault(fault: Fault, media: Media, request_id: &str) -> HttpResponse {
    let mut response = HttpResponse::build(fault.status());
    let extensions = match fault.retry_after() {
        _ if fault.status() == StatusCode::UNAUTHORIZED => {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            json!({"code": fault.code()})
        }
        Some(seconds) => {
            response.insert_header((header::RETRY_AFTER, seconds));
            json!({"code": fault.code(), "requestId": request_id, "retryAfterSeconds": seconds})
        }
        None => json!({"code": fault.code(), "requestId": request_id}),
    };
    if let Fault::Method(allowed) = fault {
        response.insert_header((header::ALLOW, allowed));
    }
    let media = if fault.status() == StatusCode::UNAUTHORIZED { Media::Json } else { media };
    response.content_type(media.content_type());
    response.body(json!({"errors": [{"message": fault.to_string(), "extensions": extensions}]}).to_string())
}

/// Gives an error the code and the request id that every error has, and keeps what it repeats of the request short.
fn complete(error: &mut ServerError, executed: bool, request_id: &str) {
    let unread = ["Expected input type", "Failed to parse"].iter().any(|words| error.message.starts_with(words));
    let code = if executed && !unread { "INTERNAL" } else { "VALIDATION" };
    if let Some((end, _)) = error.message.char_indices().nth(MESSAGE) {
        error.message.truncate(end);
        error.message.push('…');
    }
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
    if matches!(extensions.get("code"), Some(Value::String(code)) if code == "VALIDATION" || code == "COMPLEXITY_LIMIT")
    {
        // By this word tools tell the caller's mistakes from the server's, also where a field has been reached.
        extensions.set("classification", "ValidationError");
    }
    extensions.set("requestId", request_id);
}

/// How many objects an answer holds.
fn objects(value: &Value) -> usize {
    match value {
        Value::Object(fields) => 1 + fields.values().map(objects).sum::<usize>(),
        Value::List(items) => items.iter().map(objects).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_its_objects() {
        let value = Value::from_json(json!({"a": [{"b": 1}, {"b": {"c": []}}], "d": null})).unwrap();
        assert_eq!(objects(&value), 4);
    }

    #[test]
    fn a_refused_document_is_400_only_for_those_who_read_the_status() {
        let refused = || Response::from_errors(vec![ServerError::new("wrong", None)]);
        let status = |response, media| write(response, "1").into_answer(media).status();
        assert_eq!(status(refused(), Media::Json), StatusCode::OK);
        assert_eq!(status(refused(), Media::GraphqlResponse), StatusCode::BAD_REQUEST);
        let mut failed = ServerError::new("failed", None);
        failed.path = vec![async_graphql::PathSegment::Field("a".to_owned())];
        let failed = Response::from_errors(vec![failed]);
        assert_eq!(status(failed, Media::GraphqlResponse), StatusCode::OK);
    }

    #[test]
    fn an_operation_failed_for_want_of_the_database_unless_it_has_changed_something() {
        let failed = |code: &str, data: serde_json::Value| {
            let mut error = ServerError::new("failed", None);
            error.extensions.get_or_insert_default().set("code", code);
            let mut response = Response::new(Value::from_json(data).unwrap());
            response.errors.push(error);
            response
        };
        let (query, mutation) = (OperationType::Query, OperationType::Mutation);
        for (code, data, kind, expected) in [
            ("UNAVAILABLE", json!({"a": null}), query, true),
            ("UNAVAILABLE", json!({"a": null, "b": 1}), query, true),
            ("UNAVAILABLE", json!({"a": null}), mutation, true),
            ("UNAVAILABLE", json!({"a": null, "b": {}}), mutation, false),
            ("INTERNAL", json!({"a": null}), query, false),
        ] {
            assert_eq!(is_unavailable(&failed(code, data.clone()), kind), expected, "{code} {data} {kind:?}");
        }
    }
}
