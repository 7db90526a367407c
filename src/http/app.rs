//! What every request needs: the schema to execute, the check of tokens, the limits.

use std::net::IpAddr;
use std::time::Duration;

use async_graphql::Executor;
use metrics_exporter_prometheus::PrometheusHandle;

use super::metrics;
use super::origins::Origins;
use super::rate::Rate;
use super::record::Recorder;
use super::traces::Traces;
use crate::access::{Policy, Role};
use crate::auth::{Issuers, SignIn};
use crate::config::Config;
use crate::graphql::documents::Documents;
use crate::store::Store;

/// The schema as text, as a role sees it.
pub(super) type SchemaOf = Box<dyn Fn(Role) -> String + Send + Sync>;

/// The parts of a running server. `E` executes GraphQL.
pub struct App<E: Executor> {
    /// Executes GraphQL; the viewer is in the data of each request.
    pub executor: E,
    /// The schema as text, as a role sees it.
    pub(super) schema_of: SchemaOf,
    /// Parses and measures documents.
    pub documents: Documents,
    /// Checks who asks.
    pub sign_in: SignIn,
    /// The records, to tell whether they can be reached.
    pub store: Store,
    /// Most bytes of a body.
    pub max_body: usize,
    /// How long a body may take to arrive, and an answer to be made.
    pub time_limit: Duration,
    /// Writes who asked what.
    pub recorder: Recorder,
    /// How fast one who asks may ask.
    pub(super) rate: Rate,
    /// Proxies whose word on whom they ask for is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether the page to try queries on is served.
    pub graphiql: bool,
    /// Whose pages may ask in a browser.
    pub(super) origins: Origins,
    /// Counts and durations of requests.
    pub metrics: PrometheusHandle,
    /// Where the traces of requests go.
    pub traces: Traces,
}

impl<E: Executor> App<E> {
    /// Puts the parts together as the settings say.
    pub fn new(
        executor: E,
        schema_of: impl Fn(Role) -> String + Send + Sync + 'static,
        store: Store,
        (issuers, policy): (Issuers, Policy),
        recorder: Recorder,
        config: &Config,
    ) -> App<E> {
        App {
            executor,
            schema_of: Box::new(schema_of),
            recorder,
            documents: Documents::new(config.limits()),
            sign_in: SignIn::new(issuers, store.clone(), policy, config.limits()),
            store,
            max_body: config.max_body(),
            time_limit: config.time_limit(),
            rate: Rate::new(config.rates()),
            trusted_proxies: config.trusted_proxies(),
            graphiql: config.graphiql(),
            origins: Origins::new(config.origins()),
            metrics: metrics::register(),
            traces: Traces::to(config.traces_address().as_deref()),
        }
    }
}
