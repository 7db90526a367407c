//! The server: its addresses, what every answer carries, and a stop that lets running requests end.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App as Web, FromRequest, Handler, HttpServer, Responder, Route, guard, web};
use async_graphql::Executor;
use chrono::Utc;

use super::app::App;
use super::{graphiql, graphql, observe, origins, pages, stopping, unread};

/// How long running requests have to end after the signal to stop.
const GRACE: Duration = Duration::from_secs(30);
/// Seconds after which those are broken off that have not ended by then.
const FORCED: u64 = 1;
/// How often durations are sorted into their classes, and full budgets forgotten.
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
    let app = web::Data::new(app);
    actix_web::rt::spawn(keep_keys_fresh(app.clone()));
    actix_web::rt::spawn(keep_up(app.clone()));
    let traces = web::Data::new(app.traces.clone());
    let (send_timeout, delay, stopping) = (app.send_timeout, app.stop_delay, app.stopping.clone());
    let told = web::Data::new(stopping.clone());
    let server = HttpServer::new(move || {
        Web::new()
            .app_data(app.clone())
            .app_data(traces.clone())
            .app_data(told.clone())
            .wrap(from_fn(observe::observe))
            .wrap(headers(app.origins.are_named()))
            .wrap(Compress::default())
            .wrap(from_fn(stopping::tell))
            .service(
                web::resource("/graphql")
                    .route(web::route().to(graphql::graphql::<E>))
                    .wrap(origins::cors(app.origins.clone()))
                    .wrap(from_fn(origins::tell)),
            )
            .service(
                page("/schema.graphql")
                    .route(get(pages::schema::<E>))
                    .wrap(origins::cors(app.origins.clone()))
                    .wrap(from_fn(origins::tell)),
            )
            .configure(|web| {
                if app.graphiql {
                    graphiql::configure(web);
                }
            })
            .service(page("/health/live").route(get(pages::live)))
            .service(page("/health/ready").route(get(pages::ready::<E>)))
            .default_service(web::route().to(pages::not_found))
    });
    let counted = stopping.clone();
    let server = server.on_connect(move |connection, kept| {
        unread::limit(connection, send_timeout);
        counted.count(kept);
    });
    // Whoever hangs up waits for no answer: what they asked for is given up, and with it their place.
    let server = server.h1_allow_half_closed(false);
    let ours = listener.try_clone()?;
    let server = server.shutdown_timeout(FORCED).disable_signals().listen(listener)?.run();
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        stop.await;
        stopping.stop(handle, ours, delay, GRACE).await;
    });
    Ok(server)
}

async fn keep_keys_fresh<E: Executor>(app: web::Data<App<E>>) {
    let mut tick = tokio::time::interval(KEYS);
    loop {
        tick.tick().await;
        app.sign_in.keep_fresh(Utc::now()).await;
    }
}

/// Durations are gathered in lists, which grow until they are sorted into their classes; budgets are kept until they
/// are full again.
async fn keep_up<E: Executor>(app: web::Data<App<E>>) {
    let mut tick = tokio::time::interval(UPKEEP);
    loop {
        tick.tick().await;
        app.metrics.run_upkeep();
        app.rate.forget();
        app.recorder.keep_up(Utc::now());
    }
}

/// A page that is read; those who ask for its headers alone get them.
pub(super) fn get<F: Handler<Args>, Args: FromRequest + 'static>(handler: F) -> Route
where
    F::Output: Responder + 'static,
{
    web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(handler)
}

/// A page of this address; other methods than its own are told which to use.
pub(super) fn page(path: &str) -> actix_web::Resource {
    web::resource(path).default_service(web::route().to(pages::only_get))
}

/// Headers of every answer. Answers differ by who asks, and what they tell of children must not stay
/// behind, so no cache may keep them, and no page of another site load them as a picture or a script.
fn headers(origins_are_named: bool) -> DefaultHeaders {
    let vary = match origins_are_named {
        true => "Authorization, Accept, X-Active-Role, X-Purpose, Origin",
        false => "Authorization, Accept, X-Active-Role, X-Purpose",
    };
    DefaultHeaders::new()
        .add((header::CACHE_CONTROL, "private, no-store"))
        .add((header::VARY, vary))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add((header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"))
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
