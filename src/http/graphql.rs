//! GraphQL over HTTP: one request in, one answer out, with the status codes and media types of its specification.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::{Method, header};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, Request, Response};
use chrono::Utc;
use tokio::time::{Instant, timeout, timeout_at};

use super::accept::{self, Media};
use super::answer;
use super::app::App;
use super::client;
use super::execute::{self, ExecutionFailure};
use super::fault::Fault;
use super::in_flight::Place;
use super::observe::{self, RequestId};
use super::params::Params;
use super::rate::Payer;
use super::record::{Recording, RequestOutcome};
use crate::access::{Viewer, has_unseen};
use crate::audit::CASE_REFERENCE;
use crate::auth::{IdentityHeaders, Refusal, bearer};
use crate::figures::ReadLog;

/// What is kept of the time for an answer to record it in, at most.
const RECORDING: Duration = Duration::from_secs(1);
/// How long a refusal is held back that asks to wait: one who asks again at once would else keep the server busy with refusing.
const HELD_BACK: Duration = Duration::from_millis(50);

/// Answers `/graphql`.
pub async fn graphql<E: Executor>(request: HttpRequest, payload: web::Payload, app: web::Data<App<E>>) -> HttpResponse {
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let accepted = accept::negotiate(texts(&request, header::ACCEPT));
    let media = accepted.unwrap_or(Media::Json);
    match answer(&request, payload, &app, accepted, &id.0).await {
        Ok(response) => response,
        Err(fault) => {
            if let Fault::TooOften(_) | Fault::TooMany(_) | Fault::Busy(_) = fault {
                tokio::time::sleep(HELD_BACK).await;
            }
            answer::fault(fault, media, &id.0)
        }
    }
}

async fn answer<E: Executor>(
    request: &HttpRequest,
    payload: web::Payload,
    app: &App<E>,
    accepted: Option<Media>,
    id: &str,
) -> Result<HttpResponse, Fault> {
    let began = Instant::now();
    let (viewer, payer) = observe::step(request, "sign in", let_in(request, app)).await?;
    // The time that a body takes to arrive is not ours.
    let left = app.time_limit.saturating_sub(began.elapsed());
    let case = once(request, "x-case-reference")?;
    if case.is_some_and(|case| case.chars().count() > CASE_REFERENCE || has_unseen(case)) {
        return Err(Fault::Malformed("X-Case-Reference has at most 64 characters, and no names."));
    }
    let media = accepted.ok_or(Fault::NotAcceptable)?;
    app.unread.check(&payer)?;
    let place = app.in_flight.enter(payer)?;
    let params = match *request.method() {
        Method::GET => from_address(request)?,
        Method::POST => observe::step(request, "read", from_body(request, payload, app, place.payer())).await?,
        _ => return Err(Fault::Method("GET, POST")),
    };
    let prepared = match app
        .documents
        .prepare(params.query, params.operation_name, params.variables, &|| app.introspection(&viewer))
    {
        Ok(prepared) => prepared,
        Err(error) => return Ok(answer::write(Response::from_errors(vec![error]), id).into_answer(media)),
    };
    observe::operation(request, &prepared);
    if *request.method() == Method::GET && prepared.kind != OperationType::Query {
        return Err(Fault::Method("POST"));
    }
    app.rate.operation(place.payer(), prepared.cost)?;
    let read_log = ReadLog::default();
    let recording = Recording::new(viewer.clone(), case, prepared.asked, read_log.clone());
    let operation =
        Operation { request: prepared.request.data(viewer).data(read_log), kind: prepared.kind, cost: prepared.cost };
    let executed = execute(app, operation, &place, (recording, Instant::now() + left), media, id);
    let answer = observe::step(request, "execute and record", executed).await?;
    Ok(app.unread.counted(place.payer().clone(), answer))
}

/// What is executed.
struct Operation {
    request: Request,
    kind: OperationType,
    cost: usize,
}

async fn execute<E: Executor>(
    app: &App<E>,
    Operation { request, kind, cost }: Operation,
    place: &Place,
    (recording, end): (Recording, Instant),
    media: Media,
    id: &str,
) -> Result<HttpResponse, Fault> {
    // The record has to be written in time too, also that of an operation that took too long.
    let record = async |ended: RequestOutcome<'_>| {
        timeout_at(end, app.recorder.write(recording, ended)).await.unwrap_or(Err(Fault::NotRecorded))
    };
    let executed_by = end.checked_sub(RECORDING.min(app.time_limit / 4)).unwrap_or(end);
    let turn = timeout_at(executed_by, place.turn(cost)).await.map_err(|_| Fault::Busy(1))??;
    // The turn ends with the record: those that are written together share the time that it takes.
    let turn = Arc::new(turn);
    let (request_id, limit) = (id.to_owned(), app.documents.limits().max_complexity);
    let write = move |mut response| {
        if answer::is_unavailable(&response, kind) {
            return None;
        }
        answer::tell_cost(&mut response, cost, limit);
        Some(answer::write(response, &request_id))
    };
    match execute::execute(&app.executor, request, &turn, executed_by, write).await {
        Ok(Some(answer)) => {
            record(RequestOutcome::Answered(&answer)).await?;
            Ok(answer.into_answer(media))
        }
        Ok(None) => {
            record(RequestOutcome::ExecutionFailure("UNAVAILABLE")).await?;
            Err(Fault::Database)
        }
        Err(ExecutionFailure::TimedOut) => {
            record(RequestOutcome::ExecutionFailure("TIMEOUT")).await?;
            Err(Fault::TimedOut)
        }
        Err(ExecutionFailure::Broken) => {
            tracing::error!(request_id = id, "an operation broke off");
            record(RequestOutcome::ExecutionFailure("BROKEN")).await?;
            Err(Fault::Broken)
        }
    }
}

/// Who asks, and whose budget pays for it; the request itself is paid for.
///
/// # Errors
/// The token does not let them in, that cannot be found out in time, or the budget is spent.
pub(super) async fn let_in<E: Executor>(request: &HttpRequest, app: &App<E>) -> Result<(Viewer, Payer), Fault> {
    let address = client::address(request, &app.trusted_proxies);
    let in_time = timeout(app.time_limit, sign_in(request, app, address)).await;
    let (viewer, payer) = in_time.unwrap_or(Err(Fault::NotLetIn(Refusal::Unavailable)))?;
    let bytes = declared(request).unwrap_or_default().min(app.max_body) + request.query_string().len();
    app.rate.request(&payer, bytes)?;
    Ok((viewer, payer))
}

/// Who asks, and whose budget pays for it. After too many wrong tokens from an address only those are let in from it
/// that are known to be good.
async fn sign_in<E: Executor>(request: &HttpRequest, app: &App<E>, address: IpAddr) -> Result<(Viewer, Payer), Fault> {
    if !request.headers().contains_key(header::AUTHORIZATION) && !token_in_address(request.query_string()) {
        return Ok((viewer(request, app).await?, Payer::Address(address)));
    }
    if let Err(fault) = app.rate.sign_in(address)
        && !token(request).ok().flatten().is_some_and(|token| app.sign_in.remembers(token))
    {
        return Err(fault);
    }
    let viewer = viewer(request, app).await.inspect_err(|fault| {
        if matches!(fault, Fault::NotLetIn(Refusal::Unauthenticated(_))) {
            app.rate.failed(address);
        }
    })?;
    let payer = Payer::Subject { issuer: viewer.issuer.clone(), subject: viewer.subject.clone() };
    Ok((viewer, payer))
}

fn token(request: &HttpRequest) -> Result<Option<&str>, Refusal> {
    bearer(request.headers().get_all(header::AUTHORIZATION).map(|value| value.as_bytes()))
}

async fn viewer<E: Executor>(request: &HttpRequest, app: &App<E>) -> Result<Viewer, Fault> {
    let token = token(request).map_err(Fault::NotLetIn)?;
    if token_in_address(request.query_string()) {
        return Err(Fault::NotLetIn(Refusal::Unauthenticated("token in the address")));
    }
    let presented =
        IdentityHeaders { token, active_role: once(request, "x-active-role")?, purpose: once(request, "x-purpose")? };
    let viewer = app.sign_in.viewer(&presented, Utc::now()).await.map_err(|refusal| {
        if let Refusal::Unauthenticated(reason) = refusal {
            tracing::info!(reason, "not let in");
        }
        Fault::NotLetIn(refusal)
    })?;
    request.extensions_mut().insert(viewer.role);
    Ok(viewer)
}

/// A header that says one thing; one that is no text says something that is never right.
fn once<'a>(request: &'a HttpRequest, name: &str) -> Result<Option<&'a str>, Fault> {
    let mut given = request.headers().get_all(name).map(|value| value.to_str().unwrap_or_default());
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

/// How many bytes a request says that its body has; nothing where it does not say.
fn declared(request: &HttpRequest) -> Option<usize> {
    let length = request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?;
    length.parse().ok()
}

async fn from_body<E: Executor>(
    request: &HttpRequest,
    payload: web::Payload,
    app: &App<E>,
    payer: &Payer,
) -> Result<Params, Fault> {
    if !is_json(request) || request.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(Fault::MediaType);
    }
    let body = timeout(app.time_limit, payload.to_bytes_limited(app.max_body)).await;
    if declared(request).is_none() {
        // One that broke off may have been as large as any.
        let read = body.as_ref().ok().and_then(|body| body.as_ref().ok()?.as_ref().ok());
        app.rate.bytes(payer, read.map_or(app.max_body, |body| body.len()))?;
    }
    match body {
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
