//! The page to try queries on, built from `graphiql/` and carried in the program, so that it needs no other server.

use actix_web::http::header;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, Responder};

use super::server::{get, page};

/// What the page may load and ask: its own server alone.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The page asks for script and styles with their digest in the address, so that a browser may keep them for good.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// Adds `/graphiql` and its files.
pub(super) fn configure(web: &mut ServiceConfig) {
    web.service(page("/graphiql").route(get(start)))
        .service(page("/graphiql/page.js").route(get(script)))
        .service(page("/graphiql/page.css").route(get(styles)))
        .service(page("/graphiql/licences.txt").route(get(licences)));
}

async fn start() -> impl Responder {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .body(include_str!("../../graphiql/dist/index.html"))
}

async fn script() -> impl Responder {
    for_good("text/javascript; charset=utf-8", include_str!("../../graphiql/dist/page.js"))
}

async fn styles() -> impl Responder {
    for_good("text/css; charset=utf-8", include_str!("../../graphiql/dist/page.css"))
}

async fn licences() -> impl Responder {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(include_str!("../../graphiql/dist/licences.txt"))
}

fn for_good(content_type: &'static str, content: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type(content_type).insert_header((header::CACHE_CONTROL, FOR_GOOD)).body(content)
}
