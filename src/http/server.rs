//! The server: its addresses, what every answer carries, and a stop that lets running requests end.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App as Web, HttpServer, web};
use async_graphql::Executor;
use chrono::Utc;

use super::app::App;
use super::{graphql, observe, pages};

/// Seconds that running requests have to end after the signal to stop.
const GRACE: u64 = 30;
/// How often durations are sorted into their classes.
const UPKEEP: Duration = Duration::from_secs(5);
/// How often the age of the issuers' keys is looked at.
const KEYS: Duration = Duration::from_secs(10);

/// Starts to serve on a socket that already listens. The server stops when `stop` is done, once running requests
/// have ended; await it to know when.
///
/// # Errors
/// The socket cannot be used.
pub fn start<E: Executor>(
    app: App<E>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<Server> {
    let metrics = app.metrics.clone();
    actix_web::rt::spawn(async move {
        // Durations are gathered in lists, which grow until they are sorted into their classes.
        let mut tick = tokio::time::interval(UPKEEP);
        loop {
            tick.tick().await;
            metrics.run_upkeep();
        }
    });
    let app = web::Data::new(app);
    actix_web::rt::spawn(keep_keys_fresh(app.clone()));
    let server = HttpServer::new(move || {
        Web::new()
            .app_data(app.clone())
            .wrap(from_fn(observe::observe))
            .wrap(headers())
            .wrap(Compress::default())
            .service(web::resource("/graphql").route(web::route().to(graphql::graphql::<E>)))
            .service(page("/schema.graphql").route(web::get().to(pages::schema::<E>)))
            .service(page("/graphiql").route(web::get().to(pages::graphiql)))
            .service(page("/health/live").route(web::get().to(pages::live)))
            .service(page("/health/ready").route(web::get().to(pages::ready::<E>)))
            .service(page("/metrics").route(web::get().to(pages::metrics::<E>)))
            .default_service(web::route().to(pages::not_found))
    });
    Ok(server.shutdown_timeout(GRACE).shutdown_signal(stop).listen(listener)?.run())
}

async fn keep_keys_fresh<E: Executor>(app: web::Data<App<E>>) {
    let mut tick = tokio::time::interval(KEYS);
    loop {
        tick.tick().await;
        app.sign_in.keep_fresh(Utc::now()).await;
    }
}

fn page(path: &str) -> actix_web::Resource {
    web::resource(path).default_service(web::route().to(pages::only_get))
}

/// Headers of every answer. Answers differ by who asks, so no shared cache may keep them.
fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::CACHE_CONTROL, "private, no-cache"))
        .add((header::VARY, "Authorization, Accept, X-Active-Role, X-Purpose"))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
}

/// Done when the process is asked to stop, by SIGTERM or from the keyboard.
pub async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ = tokio::signal::ctrl_c().await;
            return;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}
