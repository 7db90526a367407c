//! Where the log goes: one JSON object a line for a server, plain lines for someone at a terminal.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::config::Config;

/// The log of a server, on standard error.
pub fn for_server(config: &Config) {
    // Where nobody reads the log, work goes on.
    let lines =
        fmt().log_internal_errors(false).json().flatten_event(true).with_current_span(false).with_span_list(false);
    // Set twice only in tests, where the first one serves as well.
    let _ = lines.with_writer(std::io::stderr).with_env_filter(EnvFilter::new(&config.log)).try_init();
}

/// Warnings for someone at a terminal, on standard error; more when `LOOKEDAFTER_LOG` was set.
pub fn for_people(config: &Config) {
    let filter = if config.origin("log") == "default" { "warn" } else { &config.log };
    let _ = fmt()
        .log_internal_errors(false)
        .without_time()
        .with_writer(std::io::stderr)
        .with_env_filter(EnvFilter::new(filter))
        .try_init();
}
