//! What is noted of every request: an id, how it ended, how long it took. Never what was asked, or about whom.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};

use crate::access::Role;

/// The id of a request: in its answer's headers, in errors and in the log.
#[derive(Clone, Debug, Default)]
pub struct RequestId(pub String);

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
    let elapsed = started.elapsed();
    // The pattern and not the path: what someone typed into an address is none of the log's business.
    let route = response.request().match_pattern().unwrap_or_else(|| "unknown".to_owned());
    let method = method(response.request().method().as_str());
    let status = response.status().as_u16();
    let role = response.request().extensions().get::<Role>().map_or("none", |role| role.code());
    let labels = [("route", route.clone()), ("method", method.to_owned()), ("status", status.to_string())];
    metrics::counter!("lookedafter_requests_total", &labels).increment(1);
    metrics::histogram!("lookedafter_request_seconds", "route" => route.clone()).record(elapsed.as_secs_f64());
    let ms = elapsed.as_micros() as f64 / 1000.0;
    tracing::info!(target: "lookedafter::request", method, route, status, ms, request_id = id, role);
    Ok(response)
}

/// Methods that someone made up are counted together, or each would be a count of its own.
fn method(name: &str) -> &'static str {
    ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"]
        .into_iter()
        .find(|known| *known == name)
        .unwrap_or("OTHER")
}
