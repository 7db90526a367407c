//! Traces of requests for an OpenTelemetry collector: how long each took and where the time went. Never the document, its
//! variables, who asked or about whom.

use std::time::{Duration, Instant, SystemTime};

use actix_web::HttpRequest;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{Span, SpanContext, SpanKind, Status, TraceContextExt, TraceState, Tracer, TracerProvider};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};

use super::collector::Collector;
use super::observe::RequestLabels;

/// How the program is called in traces.
const NAME: &str = "lookedafter";
/// How long the last traces may take to be sent.
const LAST: Duration = Duration::from_secs(5);
/// Probes of health come every few seconds and say nothing.
const HEALTH: &str = "/health/";

/// Where traces go; nowhere unless a collector is set.
#[derive(Clone, Default)]
pub struct Traces(Option<(SdkTracerProvider, SdkTracer)>);

/// A request that has ended.
pub(super) struct FinishedRequest<'a> {
    pub(super) method: &'static str,
    pub(super) route: &'a str,
    pub(super) status: u16,
    pub(super) role: &'static str,
    pub(super) id: &'a str,
    pub(super) began: Instant,
    pub(super) noted: &'a RequestLabels,
}

impl Traces {
    /// Sends to this address; without one traces are not made.
    pub fn to(address: Option<&str>) -> Traces {
        let Some(address) = address else { return Traces::default() };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector::new(address))
            .with_endpoint(address)
            .build();
        match exporter {
            Ok(exporter) => {
                let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
                let resource = Resource::builder().with_service_name(NAME).with_attribute(version).build();
                let provider =
                    SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
                let tracer = provider.tracer(NAME);
                Traces(Some((provider, tracer)))
            }
            Err(error) => {
                tracing::warn!(%error, "no traces are made: LOOKEDAFTER_OTLP_ENDPOINT cannot be used");
                Traces::default()
            }
        }
    }

    /// Sends what is left. Blocks for a few seconds where the collector does not answer.
    pub fn close(&self) {
        if let Some((provider, _)) = &self.0 {
            let _ = provider.shutdown_with_timeout(LAST);
        }
    }

    /// Makes the trace of a request: one span for all of it, and one within for each step.
    pub(super) fn add(&self, request: &HttpRequest, ended: &FinishedRequest<'_>) {
        let Some((_, tracer)) = &self.0 else { return };
        if ended.route.starts_with(HEALTH) {
            return;
        }
        let now = (Instant::now(), SystemTime::now());
        let at = |instant: Instant| now.1 - now.0.saturating_duration_since(instant);
        let builder = tracer
            .span_builder(format!("{} {}", ended.method, ended.route))
            .with_kind(SpanKind::Server)
            .with_start_time(at(ended.began))
            .with_attributes(ended.attributes());
        let mut span = tracer.build_with_context(builder, &caller(request));
        if ended.status >= 500 {
            span.set_status(Status::error(""));
        }
        let within = Context::new().with_remote_span_context(span.span_context().clone());
        for step in &ended.noted.steps {
            let builder = tracer.span_builder(step.name).with_start_time(at(step.began));
            tracer.build_with_context(builder, &within).end_with_timestamp(at(step.ended));
        }
        span.end_with_timestamp(now.1);
    }
}

impl FinishedRequest<'_> {
    fn attributes(&self) -> Vec<KeyValue> {
        let RequestLabels { operation, kind, cost, .. } = self.noted;
        let mut all = vec![
            KeyValue::new("http.request.method", self.method),
            KeyValue::new("http.route", self.route.to_owned()),
            KeyValue::new("http.response.status_code", i64::from(self.status)),
            KeyValue::new("lookedafter.request_id", self.id.to_owned()),
            KeyValue::new("lookedafter.role", self.role),
        ];
        all.extend(operation.clone().map(|name| KeyValue::new("graphql.operation.name", name)));
        all.extend(kind.map(|kind| KeyValue::new("graphql.operation.type", kind)));
        let cost = cost.and_then(|cost| i64::try_from(cost).ok());
        all.extend(cost.map(|cost| KeyValue::new("lookedafter.cost", cost)));
        all
    }
}

/// The trace that the caller says the request belongs to: two numbers and a flag, and none of the words that `tracestate`
/// may bring along.
fn caller(request: &HttpRequest) -> Context {
    let told = TraceContextPropagator::new().extract_with_context(&Context::new(), &Headers(request));
    let found = told.span().span_context().clone();
    let bare = SpanContext::new(found.trace_id(), found.span_id(), found.trace_flags(), true, TraceState::default());
    if found.is_valid() { Context::new().with_remote_span_context(bare) } else { Context::new() }
}

/// The headers of a request, as OpenTelemetry reads them.
struct Headers<'a>(&'a HttpRequest);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.headers().get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.headers().keys().map(|name| name.as_str()).collect()
    }
}
