//! `lookedafter serve`: the API, until it is asked to stop.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

use super::{Failure, audit, database, erase, logging, operator};
use crate::audit::{Act, Administration};
use crate::auth::Issuers;
use crate::config::{self, Config};
use crate::figures::Figures;
use crate::graphql;
use crate::http::{self, App, Recorder};
use crate::store::{AuditError, AuditLog, Store, StoreError};

/// How often the server looks for imports that other processes have made.
const LOOK: Duration = Duration::from_millis(500);

/// How often it looks whether the log beside an embedded database has grown long.
const LOOK_AT_LOG: Duration = Duration::from_secs(10);

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address and port, such as 127.0.0.1:8080.
    #[arg(long, value_parser = address)]
    listen: Option<SocketAddr>,
}

/// Brings the tables up to date and serves.
///
/// # Errors
/// The settings are wrong, or the database, the key or the address cannot be used.
pub async fn run(args: Args) -> Result<(), Failure> {
    let given = args.listen.map(|listen| ("listen", listen.to_string()));
    let config = Config::load(given.as_slice())?;
    logging::for_server(&config);
    // A bad policy or file of issuers stops the start before anything is touched.
    config::policy(&config, &graphql::fields())?;
    config::issuers(&config)?;
    let metrics = listen_for_metrics(&config)?;
    let store = database::connect(&config).await?;
    if !config.allow_superuser {
        store.check_login().await?;
    }
    store.migrate().await?;
    erase::finish(&store).await;
    drop(store);
    serve(&config, listen(&config)?, metrics).await
}

/// Takes the address; requests wait from then on until they are served.
///
/// # Errors
/// The address cannot be used.
pub fn listen(config: &Config) -> Result<TcpListener, Failure> {
    TcpListener::bind(config.listen).map_err(|error| unusable(config, error))
}

/// Takes the address of the metrics, unless they are switched off. Where nobody has chosen it, another program may have it.
///
/// # Errors
/// The address was chosen and cannot be used.
pub fn listen_for_metrics(config: &Config) -> Result<Option<TcpListener>, Failure> {
    let Some(address) = config.metrics_address() else { return Ok(None) };
    match TcpListener::bind(address) {
        Ok(listener) => Ok(Some(listener)),
        Err(error) if config.metrics_address_was_chosen() => {
            Err(Failure::Io(format!("LOOKEDAFTER_METRICS_LISTEN {address}"), error))
        }
        Err(error) => {
            tracing::warn!(%address, %error, "metrics are not served: set LOOKEDAFTER_METRICS_LISTEN to a free address, or to off");
            Ok(None)
        }
    }
}

fn unusable(config: &Config, error: std::io::Error) -> Failure {
    let advice = match error.kind() {
        ErrorKind::AddrInUse => "; another program listens there: stop it, or choose another port with --listen",
        ErrorKind::AddrNotAvailable => "; this machine has no such address: choose one with --listen",
        ErrorKind::PermissionDenied => "; ports below 1024 are the administrator's: choose another with --listen",
        _ => "",
    };
    Failure::Nothing(format!("LOOKEDAFTER_LISTEN {}: {error}{advice}", config.listen))
}

/// Reads an address and port.
pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write address and port, such as 127.0.0.1:8080".to_owned())
}

/// Serves what is in the database until the process is asked to stop and running requests have ended.
///
/// # Errors
/// The policy, the key or the address cannot be used, or the server breaks off.
pub async fn serve(config: &Config, listener: TcpListener, metrics: Option<TcpListener>) -> Result<(), Failure> {
    warn_of_development_tokens(config);
    let store = database::for_requests(config).await?;
    let policy = config::policy(config, &graphql::fields())?;
    let figures = Figures::new(store.clone(), policy.clone());
    let issuers = Issuers::open(config)?;
    let log = audit::open(config, &store).await?;
    audit::start(&log, config).await?;
    erase_withdrawn(&store, &log).await?;
    let metrics = match metrics {
        Some(listener) => Some(start_metrics(config, &store, &log, listener)?),
        None => None,
    };
    let recorder = Recorder::new(log.clone());
    let api = graphql::schema(figures.clone(), Some(log.clone())).accepting(issuers.names());
    let shown = policy.clone();
    let schema_of = move |role| graphql::sdl_of(&shown, role);
    let kept = store.clone();
    let app = App::new(api, schema_of, store, (issuers, policy), recorder, config);
    let traces = app.traces.clone();
    let address = listener.local_addr().unwrap_or(config.listen);
    let server = http::start(app, listener, http::asked_to_stop()).map_err(|error| unusable(config, error))?;
    let mut upkeep = vec![
        actix_web::rt::spawn(look_for_imports(figures, config.time_limit())),
        actix_web::rt::spawn(keep_log_short(kept)),
    ];
    if config.embedded() {
        upkeep.push(actix_web::rt::spawn(audit::keep_rolling(log.clone(), config.clone())));
    }
    tracing::info!(%address, "serving");
    let ended = server.await.map_err(|error| Failure::Io("the server broke off".to_owned(), error));
    end_all(upkeep).await;
    let stopped = tokio::time::timeout(config.time_limit(), end(&log)).await;
    if let Some(metrics) = metrics {
        metrics.stop(false).await;
    }
    let _ = tokio::task::spawn_blocking(move || traces.close()).await;
    ended?;
    stopped.unwrap_or(Err(AuditError::NotStored(None))).map_err(Failure::from)
}

/// Ends what runs beside the requests, while there is still a runtime that can take back a connection of the database.
async fn end_all(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        task.abort();
        let _ = task.await;
    }
}

/// Records that the server stops, and signs the last head.
async fn end(log: &AuditLog) -> Result<(), AuditError> {
    let stored = log.append(Administration::new(Act::Stop, operator(), "serve")).await;
    log.close().await;
    stored.map(|_| ())
}

/// What to do where the login that serves may not erase.
const NOT_THE_OWNER: &str = "an erasure was broken off, or an older copy of the database was put back, and children who were \
                             erased may be there: start serve once with DATABASE_OWNER_URL, whose login may erase them";

/// Nobody is served who was erased, whichever copy of the database was put back.
async fn erase_withdrawn(store: &Store, log: &AuditLog) -> Result<(), Failure> {
    let erased = store.erase_withdrawn(&log.withdrawn()?).await.map_err(|error| match error {
        StoreError::NotPermitted(_) => Failure::Nothing(NOT_THE_OWNER.to_owned()),
        error => error.into(),
    })?;
    if erased > 0 {
        tracing::warn!(erased, "children who were erased were in the database again; they are erased again");
        store.clean().await?;
        let act = Administration::new(Act::Erasure, operator(), "erased before, and there again at the start");
        log.append(act.with(format!("{erased} children"))).await?;
    }
    Ok(())
}

/// Serves the metrics beside the API, and tells how to stop that.
fn start_metrics(
    config: &Config,
    store: &Store,
    log: &AuditLog,
    listener: TcpListener,
) -> Result<ServerHandle, Failure> {
    let address = listener.local_addr().ok().or_else(|| config.metrics_address());
    let server = http::monitoring::start(store.clone(), log.clone(), listener)
        .map_err(|error| Failure::Io("LOOKEDAFTER_METRICS_LISTEN".to_owned(), error))?;
    let handle = server.handle();
    actix_web::rt::spawn(server);
    tracing::info!(address = address.map(tracing::field::display), "serving metrics");
    Ok(handle)
}

/// Whoever can read the data folder or write to the database makes such tokens: that is for one machine.
fn warn_of_development_tokens(config: &Config) {
    if config.lets_strangers_develop() {
        tracing::warn!(
            address = %config.listen,
            "other machines can reach this server, and it accepts development tokens: name your issuers in \
             LOOKEDAFTER_ISSUERS and leave LOOKEDAFTER_ALLOW_DEVELOPMENT_TOKENS at false, or set LOOKEDAFTER_LISTEN to \
             127.0.0.1:8080 with no proxy in front"
        );
    }
}

/// An import that was killed, or filled the disk, leaves the log beside the file as long as it was.
async fn keep_log_short(store: Store) {
    let mut tick = tokio::time::interval(LOOK_AT_LOG);
    loop {
        tick.tick().await;
        store.shorten_log().await;
    }
}

async fn look_for_imports(figures: Figures, longest: Duration) {
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut are_seen = true;
    loop {
        tick.tick().await;
        let looked = tokio::time::timeout(longest, figures.refresh()).await;
        let failure = looked.map_or(Some(None), |looked| looked.err().map(Some));
        // A database that is away is told of once, and not twice a second.
        match &failure {
            Some(Some(error)) if are_seen => tracing::warn!(%error, "cannot look for new imports"),
            Some(None) if are_seen => tracing::warn!("cannot look for new imports: the database does not answer"),
            None if !are_seen => tracing::warn!("new imports are seen again"),
            _ => {}
        }
        are_seen = failure.is_none();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[actix_web::test]
    async fn what_runs_beside_the_requests_holds_nothing_any_more_when_the_server_has_ended() {
        let connection = Arc::new(());
        let held = Arc::downgrade(&connection);
        let upkeep = actix_web::rt::spawn(async move {
            let _connection = connection;
            std::future::pending::<()>().await;
        });
        tokio::task::yield_now().await;
        assert!(held.upgrade().is_some());
        end_all(vec![upkeep]).await;
        assert!(held.upgrade().is_none());
    }
}
