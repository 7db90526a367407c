//! The web server: GraphQL over HTTP, health, metrics, traces.
//!
//! A request is let in ([`crate::auth`]) and paid for ([`rate`]), its wishes about media types are read ([`accept`]),
//! its parameters too ([`params`]), and it is answered by GraphQL; [`answer`] alone says with which status.

pub mod accept;
pub mod answer;
mod app;
mod client;
mod collector;
mod execute;
mod fair_queue;
mod fault;
mod graphiql;
mod graphql;
mod in_flight;
pub mod metrics;
pub mod monitoring;
mod observe;
mod origins;
mod pages;
mod params;
mod rate;
mod readiness;
pub mod record;
mod server;
mod stopping;
mod traces;
mod unread;
mod watch;

pub use app::App;
pub use fault::Fault;
pub use record::Recorder;
pub use server::{asked_to_stop, start};
pub use traces::Traces;
