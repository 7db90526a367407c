//! Where the server is watched from: the address of its metrics, and the collector of its traces.

use std::net::{AddrParseError, SocketAddr};

use super::Config;

/// The word that switches the metrics off.
const OFF: &str = "off";
/// Where a collector takes traces, after its address.
const TRACES: &str = "/v1/traces";

impl Config {
    /// The address and port of the metrics; none where they are switched off.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.read_metrics_address().ok().flatten()
    }

    /// Whether someone has chosen the address of the metrics.
    pub fn metrics_address_was_chosen(&self) -> bool {
        self.origin("metrics_listen") != "default"
    }

    /// The address to which traces are sent; none where none is set.
    pub fn traces_address(&self) -> Option<String> {
        let endpoint = self.otlp_endpoint.as_deref().filter(|endpoint| !endpoint.is_empty())?;
        Some(format!("{}{TRACES}", endpoint.trim_end_matches('/').trim_end_matches(TRACES)))
    }

    /// Whether tokens of the development issuer let others in than those at this machine. A proxy brings them too.
    pub fn lets_strangers_develop(&self) -> bool {
        let is_reached = !self.listen.ip().to_canonical().is_loopback() || !self.trusted_proxies().is_empty();
        is_reached && self.accepts_development_tokens()
    }

    /// The first of these settings that is wrong, by its name in the file, and why.
    pub(super) fn wrong_monitoring(&self) -> Option<(&'static str, String)> {
        if self.read_metrics_address().is_err() {
            return Some(("metrics_listen", "must be an address and port such as 127.0.0.1:9464, or off".to_owned()));
        }
        let is_web = |address: String| ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
        if self.traces_address().is_some_and(|address| !is_web(address)) {
            return Some(("otlp_endpoint", "must begin with http:// or https://".to_owned()));
        }
        None
    }

    fn read_metrics_address(&self) -> Result<Option<SocketAddr>, AddrParseError> {
        if self.metrics_listen == OFF { Ok(None) } else { self.metrics_listen.parse().map(Some) }
    }
}
