//! GraphQL over HTTP: one request in, one answer out, with the status codes and media types of its specification.

use actix_web::http::{Method, header};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, Response, Value};
use chrono::Utc;

use super::accept::{self, Media};
use super::answer;
use super::app::App;
use super::fault::Fault;
use super::observe::RequestId;
use super::params::Params;
use crate::access::Viewer;
use crate::auth::{Presented, Refusal, bearer};
use crate::graphql::documents::Prepared;

/// Answers `/graphql`.
pub async fn graphql<E: Executor>(request: HttpRequest, payload: web::Payload, app: web::Data<App<E>>) -> HttpResponse {
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let accepted = accept::negotiate(texts(&request, header::ACCEPT));
    let media = accepted.unwrap_or(Media::Json);
    match answer(&request, payload, &app, accepted, &id.0).await {
        Ok(response) => response,
        Err(fault) => answer::fault(fault, media, &id.0),
    }
}

async fn answer<E: Executor>(
    request: &HttpRequest,
    payload: web::Payload,
    app: &App<E>,
    accepted: Option<Media>,
    id: &str,
) -> Result<HttpResponse, Fault> {
    let viewer = sign_in(request, app).await?;
    let media = accepted.ok_or(Fault::NotAcceptable)?;
    let params = match *request.method() {
        Method::GET => from_address(request)?,
        Method::POST => from_body(request, payload, app).await?,
        _ => return Err(Fault::Method("GET, POST")),
    };
    let prepared = match app.documents.prepare(params.query, params.operation_name, params.variables) {
        Ok(prepared) => prepared,
        Err(error) => return Ok(answer::respond(Response::from_errors(vec![error]), media, id)),
    };
    if *request.method() == Method::GET && prepared.kind != OperationType::Query {
        return Err(Fault::Method("POST"));
    }
    Ok(execute(app, prepared, viewer, media, id).await)
}

async fn execute<E: Executor>(
    app: &App<E>,
    prepared: Prepared,
    viewer: Viewer,
    media: Media,
    id: &str,
) -> HttpResponse {
    let Prepared { request, cost, .. } = prepared;
    let execution = app.executor.execute(request.data(viewer));
    let Ok(mut response) = tokio::time::timeout(app.time_limit, execution).await else {
        return answer::timed_out(media, id);
    };
    if !matches!(response.data, Value::Null) {
        let limit = app.documents.limits().max_complexity;
        let told = [
            ("requested", cost),
            ("actual", answer::objects(&response.data)),
            ("remaining", limit.saturating_sub(cost)),
        ];
        let told = told.into_iter().map(|(name, count)| (async_graphql::Name::new(name), Value::from(count)));
        response.extensions.insert("cost".to_owned(), Value::Object(told.collect()));
    }
    answer::respond(response, media, id)
}

async fn sign_in<E: Executor>(request: &HttpRequest, app: &App<E>) -> Result<Viewer, Fault> {
    let headers = request.headers().get_all(header::AUTHORIZATION).map(|value| value.as_bytes());
    let token = bearer(headers).map_err(Fault::NotLetIn)?;
    if token_in_address(request.query_string()) {
        return Err(Fault::NotLetIn(Refusal::Unauthenticated("token in the address")));
    }
    let presented =
        Presented { token, active_role: once(request, "x-active-role")?, purpose: once(request, "x-purpose")? };
    let viewer = app.sign_in.viewer(&presented, Utc::now()).await.map_err(|refusal| {
        if let Refusal::Unauthenticated(reason) = refusal {
            tracing::info!(reason, "not let in");
        }
        Fault::NotLetIn(refusal)
    })?;
    request.extensions_mut().insert(viewer.role);
    Ok(viewer)
}

/// A header that says one thing.
fn once<'a>(request: &'a HttpRequest, name: &str) -> Result<Option<&'a str>, Fault> {
    let mut given = texts(request, name);
    match (given.next(), given.next()) {
        (_, Some(_)) => Err(Fault::Malformed("X-Active-Role and X-Purpose may be given once each.")),
        (one, None) => Ok(one),
    }
}

/// Addresses end up in logs, so a token in one is refused whether or not it is good.
fn token_in_address(query: &str) -> bool {
    query.split('&').any(|pair| pair.starts_with("access_token=") || pair.starts_with("token="))
}

fn from_address(request: &HttpRequest) -> Result<Params, Fault> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string())
        .map_err(|_| Fault::Malformed("The parameters of the address cannot be read."))?;
    Params::from_address(pairs.into_inner())
}

async fn from_body<E: Executor>(request: &HttpRequest, payload: web::Payload, app: &App<E>) -> Result<Params, Fault> {
    if !is_json(request) || request.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(Fault::MediaType);
    }
    match tokio::time::timeout(app.time_limit, payload.to_bytes_limited(app.max_body)).await {
        Err(_) => Err(Fault::TooSlow),
        Ok(Err(_)) => Err(Fault::TooLarge(app.max_body)),
        Ok(Ok(Err(_))) => Err(Fault::Malformed("The body broke off.")),
        Ok(Ok(Ok(body))) => Params::from_body(&body),
    }
}

/// Whether the body says that it is JSON. Forms and plain text can be sent by any page on the web in a visitor's
/// name; JSON cannot.
fn is_json(request: &HttpRequest) -> bool {
    let mut types = texts(request, header::CONTENT_TYPE);
    let (Some(content_type), None) = (types.next(), types.next()) else { return false };
    let mut parts = content_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    parts.next().as_deref() == Some("application/json")
        && parts.all(|part| match part.split_once('=') {
            Some(("charset", charset)) => matches!(charset.trim_matches('"'), "utf-8" | "utf8"),
            _ => true,
        })
}

fn texts(request: &HttpRequest, name: impl header::AsHeaderName) -> impl Iterator<Item = &str> {
    request.headers().get_all(name).filter_map(|value| value.to_str().ok())
}
