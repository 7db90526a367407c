//! Counts and durations that Prometheus reads.

use std::sync::OnceLock;

use super::watch;
use crate::figures::LOADS;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Upper ends of the classes of durations, in seconds.
const SECONDS: [f64; 10] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 10.0];

/// What was built: always 1, with labels.
pub(super) const BUILD: &str = "lookedafter_build_info";
/// Connections to a database.
pub(super) const CONNECTIONS: &str = "lookedafter_database_connections";
/// Most connections to it.
pub(super) const MOST_CONNECTIONS: &str = "lookedafter_database_connections_max";

/// Requests that are being answered, with those that wait for their turn.
pub(super) const IN_FLIGHT: &str = "lookedafter_requests_in_flight";
/// Requests that wait for their turn.
pub(super) const QUEUED: &str = "lookedafter_requests_queued";

/// The one register of this process; made when first asked for.
pub fn register() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(make).clone()
}

fn make() -> PrometheusHandle {
    let durations = Matcher::Suffix("_seconds".to_owned());
    // Only an empty list of classes is refused.
    let builder = PrometheusBuilder::new().set_buckets_for_metric(durations, &SECONDS).unwrap_or_default();
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::warn!("counts are kept elsewhere: another recorder was set first");
    }
    metrics::describe_counter!("lookedafter_requests_total", "Requests by route, method and status.");
    metrics::describe_histogram!("lookedafter_request_seconds", "Seconds that requests took, by route.");
    metrics::describe_gauge!(
        IN_FLIGHT,
        "Requests for GraphQL that are being answered, with those that wait for their turn."
    );
    metrics::describe_gauge!(QUEUED, "Requests for GraphQL that wait for their turn.");
    metrics::describe_gauge!("lookedafter_latest_import", "Number of the latest import; 0 before the first.");
    metrics::describe_gauge!(BUILD, "Always 1; version, commit and compiler of the program are its labels.");
    metrics::describe_gauge!(CONNECTIONS, "Connections to a database that are open, by whether they are used or idle.");
    metrics::describe_gauge!(
        MOST_CONNECTIONS,
        "The most connections that may be open at once; those who come then wait."
    );
    metrics::describe_counter!(LOADS, "Authorities read into memory, by authority and part (records or reference).");
    #[cfg(target_os = "linux")]
    metrics_process::Collector::default().describe();
    watch::describe();
    handle
}
