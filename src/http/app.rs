//! What every request needs: the schema to execute, the check of tokens, the limits.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::web::Bytes;
use async_graphql::{Executor, Request};
use futures_util::FutureExt;
use metrics_exporter_prometheus::PrometheusHandle;

use super::in_flight::InFlight;
use super::metrics;
use super::origins::Origins;
use super::rate::Rate;
use super::readiness::Readiness;
use super::record::Recorder;
use super::stopping::Stopping;
use super::traces::Traces;
use super::unread::Unread;
use crate::access::{Policy, Role, Viewer};
use crate::auth::{Issuers, SignIn};
use crate::config::Config;
use crate::graphql::document::Documents;
use crate::graphql::document::limits::{EVERYTHING, Introspection};
use crate::store::Store;

/// Long operations that are worked on at once for each processor, where the database is another process: while one waits for
/// it, another goes on.
const LONG_OVER_A_NETWORK: usize = 2;

/// The schema as text, as a role sees it.
pub(super) type SchemaOf = Box<dyn Fn(Role) -> String + Send + Sync>;

/// The parts of a running server. `E` executes GraphQL.
pub struct App<E: Executor> {
    /// Executes GraphQL; the viewer is in the data of each request.
    pub executor: E,
    /// The schema as text, as a role sees it.
    schema_of: SchemaOf,
    /// The same once it was asked for: making it takes a while.
    texts: [OnceLock<Bytes>; Role::ALL.len()],
    /// What the schema of each role tells of itself, once it was asked.
    introspections: [OnceLock<Arc<Introspection>>; Role::ALL.len()],
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
    /// How many requests are worked on, and whose turn is next.
    pub(super) in_flight: InFlight,
    /// Answers that have not been taken yet.
    pub(super) unread: Unread,
    /// How long a connection may take nothing of an answer.
    pub(super) send_timeout: Duration,
    /// How long connections are still taken once the server was asked to stop.
    pub(super) stop_delay: Duration,
    /// Whether it was.
    pub(super) stopping: Stopping,
    /// Whether requests can be answered just now.
    pub(super) readiness: Readiness,
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
        let stopping = Stopping::default();
        // Counters and gauges that are made before the register is there count nothing.
        let metrics = metrics::register();
        App {
            executor,
            schema_of: Box::new(schema_of),
            texts: [const { OnceLock::new() }; Role::ALL.len()],
            introspections: [const { OnceLock::new() }; Role::ALL.len()],
            recorder,
            documents: Documents::new(config.limits()),
            sign_in: SignIn::new(issuers, store.clone(), policy, config.limits()),
            store,
            max_body: config.max_body(),
            time_limit: config.time_limit(),
            rate: Rate::new(config.rates()),
            in_flight: InFlight::new(config.in_flight(), if config.embedded() { 1 } else { LONG_OVER_A_NETWORK }),
            unread: Unread::default(),
            send_timeout: config.send_timeout(),
            stop_delay: config.stop_delay(),
            readiness: Readiness::new(stopping.clone()),
            stopping,
            trusted_proxies: config.trusted_proxies(),
            graphiql: config.graphiql(),
            origins: Origins::new(config.origins()),
            metrics,
            traces: Traces::to(config.traces_address().as_deref()),
        }
    }
    /// The schema as text, as a role sees it.
    pub(super) fn schema_text(&self, role: Role) -> Bytes {
        let make = || Bytes::from((self.schema_of)(role));
        let known = Role::ALL.iter().position(|known| *known == role).and_then(|place| self.texts.get(place));
        known.map_or_else(make, |known| known.get_or_init(make).clone())
    }

    /// What the schema tells of itself to this viewer. It is at hand: nothing has to be waited for.
    pub(super) fn introspection(&self, viewer: &Viewer) -> Arc<Introspection> {
        let ask = || {
            let request = Request::new(EVERYTHING).data(viewer.clone());
            let told = self.executor.execute(request).now_or_never();
            Arc::new(told.map(Introspection::of).unwrap_or_default())
        };
        let place = Role::ALL.iter().position(|role| *role == viewer.role);
        let known = place.and_then(|place| self.introspections.get(place));
        known.map(|known| Arc::clone(known.get_or_init(ask))).unwrap_or_default()
    }
}
