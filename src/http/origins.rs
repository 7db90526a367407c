//! Pages of other sites: which of them a browser lets ask, and what it lets them read.
//!
//! A page of a site that is not named can send no token, because a browser asks first whether it may (a preflight), and
//! can read no answer. Its requests without a token are answered like anyone's who is not signed in, but not to the page.
//! Programs outside a browser are not held by any of this: for them there are tokens.

use actix_cors::{Cors, CorsError};
use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;

use super::fault::Fault;
use super::pages;

/// How long a browser may remember what it was told of an origin, in seconds.
const REMEMBERED: usize = 600;
/// Headers of a request that we read.
const READ: [HeaderName; 6] = [
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::ACCEPT,
    HeaderName::from_static("x-active-role"),
    HeaderName::from_static("x-purpose"),
    HeaderName::from_static("x-case-reference"),
];
/// Headers of an answer that a page has a use for.
const SHOWN: [HeaderName; 2] = [HeaderName::from_static("x-request-id"), header::RETRY_AFTER];

/// The origins whose pages may ask.
#[derive(Clone, Debug)]
pub(super) struct Origins(Vec<String>);

impl Origins {
    pub(super) fn new(named: Vec<String>) -> Origins {
        Origins(named)
    }

    /// Whether answers differ by the origin that asks.
    pub(super) fn are_named(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether pages of this origin may ask.
    pub(super) fn allow(&self, origin: &HeaderValue) -> bool {
        self.0.iter().any(|named| named.as_bytes() == origin.as_bytes())
    }
}

/// Answers preflights, and says in answers which origin may read them. What answers differ by is said for all of them
/// in one place (`server`), so not here.
pub(super) fn cors(origins: Origins) -> Cors {
    Cors::default()
        .allowed_origin_fn(move |origin, _| origins.allow(origin))
        .allowed_methods([Method::GET, Method::POST])
        .allowed_headers(READ)
        .expose_headers(SHOWN)
        .max_age(REMEMBERED)
        .disable_vary_header()
}

/// Tells why a preflight was refused as all else is told that is refused, and says nothing of origins to those that are
/// not named.
pub(super) async fn tell<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let mut response = next.call(request).await?;
    if !response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        response.headers_mut().remove(header::ACCESS_CONTROL_EXPOSE_HEADERS);
    }
    let fault = match response.response().error().and_then(|error| error.as_error::<CorsError>()) {
        None => return Ok(response.map_into_left_body()),
        Some(CorsError::OriginNotAllowed) => Fault::Origin,
        Some(_) => Fault::Preflight,
    };
    let (request, _) = response.into_parts();
    let refused = pages::problem(&request, fault);
    Ok(ServiceResponse::new(request, refused).map_into_boxed_body().map_into_right_body())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exactly_what_is_named_is_allowed() {
        let origins = Origins::new(vec!["https://views.example".to_owned(), "http://localhost:5173".to_owned()]);
        let allowed = |origin: &'static str| origins.allow(&HeaderValue::from_static(origin));
        assert!(allowed("https://views.example") && allowed("http://localhost:5173"));
        for other in [
            "",
            "null",
            "*",
            "http://views.example",
            "https://views.example:8443",
            "https://views.example.evil.example",
            "https://evil-views.example",
            "https://a.views.example",
            "https://VIEWS.example",
            "https://views.example, https://views.example",
        ] {
            assert!(!allowed(other), "{other}");
        }
        assert!(!Origins::new(Vec::new()).allow(&HeaderValue::from_static("")));
    }

    #[test]
    fn a_refused_preflight_names_the_headers_that_are_read() {
        let told = Fault::Preflight.to_string();
        assert!(READ.iter().all(|header| told.contains(header.as_str())), "{told}");
    }
}
