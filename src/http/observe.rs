//! What is noted of every request: an id, how it ended, how long it took. Never what was asked, or about whom.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};
use async_graphql::parser::types::OperationType;

use super::traces::{FinishedRequest, Traces};
use crate::access::Role;
use crate::graphql::document::PreparedRequest;

/// Most letters of an operation's name that are told.
const NAME: usize = 64;

/// The id of a request: in its answer's headers, in errors and in the log.
#[derive(Clone, Debug, Default)]
pub struct RequestId(pub String);

/// What is known of a GraphQL request beside its outcome. The name of an operation is one by the grammar, so that it
/// consists of letters, digits and `_`.
#[derive(Default)]
pub(super) struct RequestLabels {
    /// The name of the operation, at most 64 letters of it.
    pub(super) operation: Option<String>,
    /// Query, mutation or subscription.
    pub(super) kind: Option<&'static str>,
    /// What the operation may cost.
    pub(super) cost: Option<usize>,
    /// What was done, one after the other.
    pub(super) steps: Vec<Step>,
}

/// A part of the work on a request.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) began: Instant,
    pub(super) ended: Instant,
}

/// Notes how long a part of the work took.
pub(super) async fn step<T>(request: &HttpRequest, name: &'static str, work: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let done = work.await;
    note(request, |noted| noted.steps.push(Step { name, began, ended: Instant::now() }));
    done
}

/// Notes which operation it is.
pub(super) fn operation(request: &HttpRequest, prepared: &PreparedRequest) {
    note(request, |noted| {
        noted.operation = prepared.asked.name.as_deref().map(|name| name.chars().take(NAME).collect());
        noted.cost = Some(prepared.cost);
        noted.kind = Some(match prepared.kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        });
    });
}

fn note(request: &HttpRequest, what: impl FnOnce(&mut RequestLabels)) {
    let mut extensions = request.extensions_mut();
    if extensions.get::<RequestLabels>().is_none() {
        extensions.insert(RequestLabels::default());
    }
    if let Some(noted) = extensions.get_mut() {
        what(noted);
    }
}

/// Gives each request its id, counts it and writes one line about it.
///
/// # Errors
/// Whatever the handler fails with.
pub async fn observe<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let id = uuid::Uuid::new_v4().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.call(request).await?;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    end(response.request(), response.status().as_u16(), &id, started);
    Ok(response)
}

/// Counts a request, writes its line and makes its trace.
fn end(request: &HttpRequest, status: u16, id: &str, began: Instant) {
    let elapsed = began.elapsed();
    // The pattern and not the path: what someone typed into an address is none of the log's business.
    let route = request.match_pattern().unwrap_or_else(|| "unknown".to_owned());
    let method = method(request.method().as_str());
    let role = request.extensions().get::<Role>().map_or("none", |role| role.code());
    let labels = [("route", route.clone()), ("method", method.to_owned()), ("status", status.to_string())];
    metrics::counter!("lookedafter_requests_total", &labels).increment(1);
    metrics::histogram!("lookedafter_request_seconds", "route" => route.clone()).record(elapsed.as_secs_f64());
    let ms = elapsed.as_micros() as f64 / 1000.0;
    let (extensions, nothing) = (request.extensions(), RequestLabels::default());
    let noted = extensions.get().unwrap_or(&nothing);
    let operation = noted.operation.as_deref();
    tracing::info!(target: "lookedafter::request", method, route, status, ms, request_id = id, role, operation);
    if let Some(traces) = request.app_data::<web::Data<Traces>>() {
        traces.add(request, &FinishedRequest { method, route: &route, status, role, id, began, noted });
    }
}

/// Methods that someone made up are counted together, or each would be a count of its own.
fn method(name: &str) -> &'static str {
    ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"]
        .into_iter()
        .find(|known| *known == name)
        .unwrap_or("OTHER")
}
