//! Counts and durations that Prometheus reads.

use std::sync::OnceLock;

use super::watch;
use crate::figures::LOADS;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Upper ends of the classes of durations, in seconds.
const SECONDS: [f64; 10] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 10.0];

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
    metrics::describe_gauge!("lookedafter_latest_import", "Number of the latest import; 0 before the first.");
    metrics::describe_counter!(LOADS, "Authorities read into memory, by authority and part (records or reference).");
    watch::describe();
    handle
}
