//! A running server for each test, and the people who use it.
//!
//! ```ignore
//! let app = TestApp::spawn().await;
//! let answer = app.analyst("E09000015").await.query("{ viewer { role } }").await;
//! assert_eq!(answer.json["data"]["viewer"]["role"], "analyst");
//! ```

// Not every test file uses every part.
#![allow(dead_code)]

pub mod brought;
pub mod databases;
pub mod keys;
pub mod needs;
mod records;
mod user;

use std::net::TcpListener;

use async_graphql::Executor;
use lookedafter::access::{Grant, Limits, Policy, Purpose, Role, Suspension, Viewer};
use lookedafter::auth::development::{self, TokenContent};
use lookedafter::auth::{DevelopmentKey, Issuers};
use lookedafter::config::Config;
use lookedafter::figures::Figures;
use lookedafter::graphql;
use lookedafter::http::{self, App, Recorder};
use lookedafter::store::{AuditLog, Batch, Outcome, Store, rows};
use tokio::sync::oneshot;

pub use user::{Answer, User};

/// An issuer besides the development issuer to whose subjects grants may be given.
pub const ANOTHER_ISSUER: &str = "https://login.example/v2.0";

/// A server on a free port with an empty database of its own. It stops when this is dropped.
pub struct TestApp {
    /// Where it listens, such as `http://127.0.0.1:4711`.
    pub address: String,
    /// Its records.
    pub store: Store,
    /// Its record of reading.
    pub log: AuditLog,
    /// Its settings.
    pub config: Config,
    key: DevelopmentKey,
    stop: Option<oneshot::Sender<()>>,
    _folder: tempfile::TempDir,
}

impl TestApp {
    /// Serves the schema of the program, with no records yet: see [`TestApp::load`].
    pub async fn spawn() -> TestApp {
        TestApp::spawn_with(&[]).await
    }

    /// The same, with these settings besides the defaults.
    pub async fn spawn_with(settings: &[(&str, &str)]) -> TestApp {
        let api = |store: &Store, log: &AuditLog| {
            let figures = Figures::new(store.clone(), policy());
            graphql::schema(figures, Some(log.clone())).accepting([ANOTHER_ISSUER.to_owned()].into())
        };
        TestApp::made(|store, log| (api(store, log), None), settings).await
    }

    /// Serves this schema, with these settings besides the defaults.
    pub async fn serving<E: Executor>(executor: E, sdl: String, settings: &[(&str, &str)]) -> TestApp {
        TestApp::made(|_, _| (executor, Some(sdl)), settings).await
    }

    /// Serves what is made of the store, with these settings besides the defaults.
    pub async fn made<E: Executor>(
        api: impl FnOnce(&Store, &AuditLog) -> (E, Option<String>),
        settings: &[(&str, &str)],
    ) -> TestApp {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("records.sqlite").display());
        // A machine that does much else answers late, which is a fault for a test of time alone.
        let patient = ("time_limit_seconds", "600".to_owned());
        let mut given = vec![("data", folder.path().display().to_string()), ("database_url", url), patient];
        given.extend(settings.iter().map(|(key, value)| (*key, (*value).to_owned())));
        let config = Config::load(&given).expect("settings");
        let key = DevelopmentKey::open(&config.data).expect("a key");
        let store = Store::connect(&config.database_url()).await.expect("a database");
        store.migrate().await.expect("tables");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel();
        let log = AuditLog::open(&store, config.audit_place()).await.expect("an audit log");
        let (executor, sdl) = api(&store, &log);
        let recorder = Recorder::new(log.clone());
        let issuers = Issuers::open(&config).expect("issuers");
        let schema_of = move |role| sdl.clone().unwrap_or_else(|| graphql::sdl_of(&policy(), role));
        let app = App::new(executor, schema_of, store.clone(), (issuers, policy()), recorder, &config);
        let server = http::start(app, listener, async { drop(stopped.await) }).expect("a server");
        actix_web::rt::spawn(server);
        TestApp { address, store, log, config, key, stop: Some(stop), _folder: folder }
    }

    /// The metrics, from a listener of their own. One reader at a time: all servers of a test share one register.
    pub async fn metrics(&self) -> String {
        static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
        let _alone = ONE_AT_A_TIME.lock().await;
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let server = http::monitoring::start(self.store.clone(), self.log.clone(), listener).expect("a server");
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let answer = User::at(&address, None).get("/metrics").await;
        handle.stop(false).await;
        String::from_utf8(answer.body).expect("text")
    }

    /// Loads invented records of an authority: see [`records`].
    pub async fn load(&self, authority: &str, children: usize) {
        records::load(&self.store, authority, children).await;
    }

    /// Imports rows, of an authority or of reference data; the number of the import.
    pub async fn import(&self, authority: Option<&str>, kind: &str, up_to: Option<&str>, rows: rows::Rows) -> i64 {
        let batch = Batch {
            authority: authority.map(str::to_owned),
            kind: kind.to_owned(),
            up_to: up_to.map(|day| day.parse().expect("a date")),
            rows,
            ..Batch::default()
        };
        match self.store.write(batch, &|_| {}).await.expect("an import") {
            Outcome::Written { number, .. } => number,
            Outcome::Unchanged { .. } => panic!("nothing has changed"),
        }
    }

    /// Someone who has not signed in.
    pub fn anonymous(&self) -> User {
        User::at(&self.address, None)
    }

    /// An analyst of one authority.
    pub async fn analyst(&self, authority: &str) -> User {
        self.user(Role::Analyst, authority).await
    }

    /// A data steward of one authority.
    pub async fn data_steward(&self, authority: &str) -> User {
        self.user(Role::DataSteward, authority).await
    }

    /// Someone in any role, with a grant for one authority.
    pub async fn user(&self, role: Role, authority: &str) -> User {
        let subject = format!("{}@{authority}", role.code());
        self.grant(&subject, role, authority).await;
        User::at(&self.address, Some(self.token(&subject, role))).with("X-Purpose", "performance-monitoring")
    }

    /// The same, but nothing is said of why they ask.
    pub async fn without_purpose(&self, role: Role, authority: &str) -> User {
        let subject = format!("{}@{authority}", role.code());
        self.grant(&subject, role, authority).await;
        User::at(&self.address, Some(self.token(&subject, role)))
    }

    /// Gives a subject a role for one authority, with all that such a grant needs.
    pub async fn grant(&self, subject: &str, role: Role, authority: &str) {
        let grant = valid_grant(subject, role, authority);
        self.store.put_grant(grant).await.expect("a grant");
    }

    /// A token in one role, whatever has been granted.
    pub fn token(&self, subject: &str, role: Role) -> String {
        let (issuer, audience) = (self.config.issuer.as_str(), self.config.audience.as_str());
        let wanted = TokenContent { issuer, audience, subject, role, minutes: 60 };
        development::token(&self.key, &wanted, chrono::Utc::now()).expect("a token")
    }

    /// Asks the server to stop, as a signal would.
    pub fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

/// A grant that lacks nothing: in force since yesterday, for as long as its role may have.
pub fn valid_grant(subject: &str, role: Role, authority: &str) -> rows::Grant {
    let today = chrono::Utc::now().date_naive();
    let days = |days: i64| today + chrono::TimeDelta::days(days);
    rows::Grant {
        authority_id: authority.to_owned(),
        grant_id: format!("test:{subject}:{}:{authority}", role.code()),
        subject: subject.to_owned(),
        role: role.code().to_owned(),
        organisation: Some(format!("Organisation of {}", role.code())),
        agreement: "TEST".to_owned(),
        starts_on: days(-1),
        ends_on: days(if role == Role::Inspector { 19 } else { 300 }),
        records_from: "2022-01-01".parse().ok(),
        records_to: "2023-12-31".parse().ok(),
        commissions: Some(authority.to_owned()),
        inspection_number: (role == Role::Inspector).then(|| "10273".to_owned()),
        ..rows::Grant::default()
    }
}

/// An analyst of some authorities, as the figures know them.
pub fn viewer_of(authorities: &[&str]) -> Viewer {
    let today = chrono::Utc::now().date_naive();
    let grant = |authority: &&str| Grant {
        id: format!("G-{authority}"),
        authority: (*authority).to_owned(),
        role: Role::Analyst,
        organisation: None,
        agreement: "TEST".to_owned(),
        agreement_ends: None,
        from: today,
        to: today + chrono::TimeDelta::days(30),
        records: None,
        commissions: Vec::new(),
        inspection: None,
        suspended: Suspension::Active,
    };
    let purpose = Some(Purpose::PerformanceMonitoring);
    let grants = authorities.iter().map(grant).collect();
    Viewer { role: Role::Analyst, purpose, ..Viewer::anonymous(Limits::default(), grants) }
}

/// The policy that the program ships with.
pub fn policy() -> Policy {
    Policy::parse("access.toml", include_str!("../../../policy/access.toml")).expect("the policy")
}
