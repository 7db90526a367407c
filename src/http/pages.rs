//! The pages beside GraphQL: the schema as text, health, and what is not there.

use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use async_graphql::Executor;
use serde_json::json;

use super::accept::Media;
use super::app::App;
use super::fault::Fault;
use super::observe::RequestId;
use crate::auth::Refusal;

/// `/schema.graphql`: as the one who asks sees it.
pub async fn schema<E: Executor>(request: HttpRequest, app: web::Data<App<E>>) -> HttpResponse {
    match super::graphql::let_in(&request, &app).await {
        Ok((viewer, _)) => {
            HttpResponse::Ok().content_type("application/graphql; charset=utf-8").body(app.schema_text(viewer.role))
        }
        Err(fault @ Fault::NotLetIn(Refusal::Unauthenticated(_))) => super::answer::fault(fault, Media::Json, ""),
        Err(fault) => problem(&request, fault),
    }
}

/// `/health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "live"}))
}

/// `/health/ready`: the policy is loaded, or the process would not have started, the database answers, an audit record
/// could be written, and the server is not about to end.
pub async fn ready<E: Executor>(request: HttpRequest, app: web::Data<App<E>>) -> HttpResponse {
    match app.readiness.check(&app.store, app.recorder.log()).await {
        Ok(()) => HttpResponse::Ok().json(json!({"status": "ready"})),
        Err(fault) => problem(&request, fault),
    }
}

/// Every other address.
pub async fn not_found(request: HttpRequest) -> HttpResponse {
    problem(&request, Fault::NotFound)
}

/// Another method than the page has.
pub async fn only_get(request: HttpRequest) -> HttpResponse {
    problem(&request, Fault::Method("GET, HEAD"))
}

pub(super) fn problem(request: &HttpRequest, fault: Fault) -> HttpResponse {
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let mut response = HttpResponse::build(fault.status());
    if let Fault::Method(allowed) = fault {
        response.insert_header((header::ALLOW, allowed));
    }
    if let Some(seconds) = fault.retry_after() {
        response.insert_header((header::RETRY_AFTER, seconds));
    }
    response.content_type("application/problem+json").body(
        json!({
            "type": "about:blank",
            "title": fault.to_string(),
            "status": fault.status().as_u16(),
            "code": fault.code(),
            "requestId": id.0,
        })
        .to_string(),
    )
}
