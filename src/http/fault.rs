//! Requests that never reach GraphQL, in plain words and with a stable code.

use actix_web::http::StatusCode;

use crate::auth::Refusal;
use crate::graphql::UNAVAILABLE;

/// Why a request is turned away before it is read as GraphQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The token, its grants, the role or the purpose do not let the request in.
    #[error("{0}")]
    NotLetIn(Refusal),
    /// 406: no media type of GraphQL is accepted.
    #[error("Accept application/graphql-response+json or application/json.")]
    NotAcceptable,
    /// 405: another method is needed, as named.
    #[error("This method is not allowed here; use {0}.")]
    Method(&'static str),
    /// 415: the body is not `application/json` in UTF-8, or is compressed.
    #[error("Send the request as application/json in UTF-8, not compressed.")]
    MediaType,
    /// 413: the body is too large.
    #[error("The body is too large; at most {0} bytes are allowed.")]
    TooLarge(usize),
    /// 408: the body did not arrive in time.
    #[error("The body did not arrive in time.")]
    TooSlow,
    /// 400: the body or the parameters cannot be read, for this reason.
    #[error("{0}")]
    Malformed(&'static str),
    /// 400: a document was named by its digest alone; documents are not kept.
    #[error("PersistedQueryNotSupported")]
    PersistedQuery,
    /// 403: a browser asks whether pages of an origin may ask, and they may not.
    #[error("Pages of this origin may not ask; the setting LOOKEDAFTER_ORIGINS names those that may.")]
    Origin,
    /// 400: a browser asks whether a page may use a method or a header that nothing here reads.
    #[error(
        "Pages of other origins may use GET and POST with the headers authorization, content-type, accept, \
         x-active-role, x-purpose and x-case-reference."
    )]
    Preflight,
    /// 404: no such page.
    #[error("There is no such page.")]
    NotFound,
    /// 429: more was asked than the budget holds, or too many tokens were wrong; it is worth asking again after so
    /// many seconds.
    #[error("Too much was asked in too short a time; ask again in {0} s.")]
    TooOften(u64),
    /// 429: as many requests of the same one who asks are in flight as may be; it is worth asking again after so many seconds.
    #[error("Too many of your requests are being answered; ask again in {0} s.")]
    TooMany(u64),
    /// 503: more is asked of the server than it can answer soon; it is worth asking again after so many seconds.
    #[error("The server has too much to do; ask again in {0} s.")]
    Busy(u64),
    /// 500: something broke; what, is in the log.
    #[error("The answer could not be made.")]
    Broken,
    /// 503: the request cannot be recorded, so it is not answered.
    #[error("The request cannot be recorded at the moment, so it is not answered.")]
    NotRecorded,
    /// 503: the database cannot be reached, or others hold what is needed.
    #[error("The database cannot be reached at the moment.")]
    Database,
    /// 503: the answer took too long.
    #[error("The answer took too long; ask for less at a time.")]
    TimedOut,
    /// 503: the server is about to end.
    #[error("The server is stopping.")]
    Stopping,
}

/// Seconds after which it is worth asking again where the database was away, the server busy or about to end.
const SOON: u64 = 1;

impl Fault {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Fault::NotLetIn(Refusal::Unauthenticated(_)) => "UNAUTHENTICATED",
            Fault::NotLetIn(Refusal::Unavailable)
            | Fault::Database
            | Fault::NotRecorded
            | Fault::Busy(_)
            | Fault::Stopping => UNAVAILABLE,
            Fault::NotLetIn(_) => "FORBIDDEN",
            Fault::NotAcceptable => "NOT_ACCEPTABLE",
            Fault::Method(_) => "METHOD_NOT_ALLOWED",
            Fault::MediaType => "UNSUPPORTED_MEDIA_TYPE",
            Fault::TooLarge(_) => "TOO_LARGE",
            Fault::TooSlow | Fault::TimedOut => "TIMEOUT",
            Fault::Malformed(_) => "BAD_REQUEST",
            Fault::PersistedQuery => "PERSISTED_QUERY_NOT_SUPPORTED",
            Fault::Origin => "ORIGIN_NOT_ALLOWED",
            Fault::Preflight => "PREFLIGHT_REFUSED",
            Fault::NotFound => "NOT_FOUND",
            Fault::TooOften(_) | Fault::TooMany(_) => "RATE_LIMITED",
            Fault::Broken => "INTERNAL",
        }
    }

    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Fault::NotLetIn(Refusal::Unauthenticated(_)) => StatusCode::UNAUTHORIZED,
            Fault::NotLetIn(Refusal::Unavailable)
            | Fault::Database
            | Fault::NotRecorded
            | Fault::Busy(_)
            | Fault::TimedOut
            | Fault::Stopping => StatusCode::SERVICE_UNAVAILABLE,
            Fault::NotLetIn(_) | Fault::Origin => StatusCode::FORBIDDEN,
            Fault::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Fault::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Fault::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Fault::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Fault::Malformed(_) | Fault::PersistedQuery | Fault::Preflight => StatusCode::BAD_REQUEST,
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::TooOften(_) | Fault::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Fault::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// After how many seconds it is worth asking again, where time alone may help.
    pub fn retry_after(self) -> Option<u64> {
        match self {
            Fault::TooOften(seconds) | Fault::TooMany(seconds) | Fault::Busy(seconds) => Some(seconds),
            _ => (self.status() == StatusCode::SERVICE_UNAVAILABLE).then_some(SOON),
        }
    }
}
