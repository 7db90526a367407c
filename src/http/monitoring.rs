//! The metrics' own listener: it answers `GET /metrics` and nothing else, so that whoever may ask the API cannot read them.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::{App as Web, HttpResponse, HttpServer, web};
use metrics_exporter_prometheus::PrometheusHandle;

use super::metrics::{BUILD, CONNECTIONS, MOST_CONNECTIONS, register};
use crate::store::{AuditLog, Pool, Store};

/// How long the database may take to say which import is the latest: metrics are wanted most when it is slow.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is looked at when metrics are read.
#[derive(Clone)]
struct Gauges {
    store: Store,
    log: AuditLog,
    metrics: PrometheusHandle,
}

/// Starts to serve metrics on a socket that already listens, until it is stopped through its handle.
///
/// # Errors
/// The socket cannot be used.
pub fn start(store: Store, log: AuditLog, listener: TcpListener) -> std::io::Result<Server> {
    let watched = web::Data::new(Gauges { store, log, metrics: register() });
    let server = HttpServer::new(move || {
        Web::new()
            .app_data(watched.clone())
            .service(web::resource("/metrics").route(web::get().to(answer)))
            .default_service(web::route().to(HttpResponse::NotFound))
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

async fn answer(watched: web::Data<Gauges>) -> HttpResponse {
    count_connections("records", watched.store.pool());
    if let Some(pool) = watched.log.pool() {
        count_connections("audit", pool);
    }
    // Imports are made by other processes too, so their number is read when it is asked for.
    if let Ok(Ok(latest)) = tokio::time::timeout(PATIENCE, watched.store.latest_import()).await {
        metrics::gauge!("lookedafter_latest_import").set(latest as f64);
    }
    let commit = option_env!("LOOKEDAFTER_COMMIT").unwrap_or("unknown");
    let built = [("version", env!("CARGO_PKG_VERSION")), ("commit", commit), ("rustc", env!("LOOKEDAFTER_RUSTC"))];
    metrics::gauge!(BUILD, &built).set(1.0);
    #[cfg(target_os = "linux")]
    metrics_process::Collector::default().collect();
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(watched.metrics.render())
}

fn count_connections(database: &'static str, Pool { most, open, idle }: Pool) {
    metrics::gauge!(MOST_CONNECTIONS, "database" => database).set(f64::from(most));
    for (state, count) in [("used", open.saturating_sub(idle)), ("idle", idle)] {
        metrics::gauge!(CONNECTIONS, "database" => database, "state" => state).set(f64::from(count));
    }
}
