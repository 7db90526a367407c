//! Sending traces to their collector: with the web client that the program has already, and a word in the log when it fails.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use ureq::Agent;

/// How long the collector may take.
const TIME_LIMIT: Duration = Duration::from_secs(5);
/// The longest answer that is read, in bytes.
const LONGEST: u64 = 64 * 1024;
/// How often a collector that fails is told of.
const TELL: Duration = Duration::from_secs(60);

/// A client for one collector. It blocks, on the thread that the traces are sent from.
#[derive(Debug)]
pub(super) struct Collector {
    agent: Agent,
    told: Mutex<Option<Instant>>,
}

impl Collector {
    /// A client for the collector at this address.
    pub(super) fn new(address: &str) -> Collector {
        let mut config =
            Agent::config_builder().timeout_global(Some(TIME_LIMIT)).max_redirects(0).http_status_as_error(false);
        if !address.starts_with("https:") {
            // What is not encrypted is near, and not asked through a proxy.
            config = config.proxy(None);
        }
        Collector { agent: config.build().new_agent(), told: Mutex::default() }
    }

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ureq::Error> {
        let (head, body) = request.into_parts();
        let (head, body) = self.agent.run(Request::from_parts(head, body.as_ref()))?.into_parts();
        let body = body.into_with_config().limit(LONGEST).read_to_vec()?;
        Ok(Response::from_parts(head, body.into()))
    }

    fn tell(&self, reason: &dyn std::fmt::Display) {
        let Ok(mut told) = self.told.lock() else { return };
        if told.is_none_or(|told| told.elapsed() > TELL) {
            *told = Some(Instant::now());
            tracing::warn!(%reason, "traces cannot be sent to LOOKEDAFTER_OTLP_ENDPOINT; some are lost");
        }
    }
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        match self.send(request) {
            Ok(response) => {
                if !response.status().is_success() {
                    self.tell(&response.status());
                }
                Ok(response)
            }
            Err(error) => {
                self.tell(&error);
                Err(error.into())
            }
        }
    }
}
