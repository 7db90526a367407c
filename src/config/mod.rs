//! Settings from the environment and lookedafter.toml, and where each came from.
//!
//! Read once, at the start, and nowhere else. A setting on the command line goes before one in the environment,
//! that before one in the file, and that before the default.

mod issuers;
mod monitoring;
mod origins;
mod policy;
mod setting;
mod source;

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use figment::Figment;
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use crate::access::Limits;
use crate::store::{AuditPlace, Waits, sqlite_at};
pub use issuers::{Algorithm, Entra, IssuerSettings, KeySource, Mark, NotBefore, issuers};
pub use policy::policy;
pub use setting::{SETTINGS, Setting};
use source::Named;

/// The file that is read where there is one, in the folder where the command runs.
pub const FILE: &str = "lookedafter.toml";

/// Every setting, checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder for the embedded database and for keys.
    pub data: PathBuf,
    database_url: Option<String>,
    database_owner_url: Option<String>,
    database_backup_url: Option<String>,
    /// Whether a login of PostgreSQL may serve that row security does not hold.
    pub allow_superuser: bool,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    metrics_listen: String,
    otlp_endpoint: Option<String>,
    /// What is logged, such as `info` or `warn,lookedafter=debug`.
    pub log: String,
    /// A policy to use in place of the one that is built in.
    pub policy: Option<PathBuf>,
    /// The `iss` of development tokens.
    pub issuer: String,
    /// The `aud` that every token must name.
    pub audience: String,
    issuers: Option<PathBuf>,
    allow_development_tokens: bool,
    revoked: Option<PathBuf>,
    max_depth: usize,
    max_complexity: usize,
    max_page_size: usize,
    max_nodes: usize,
    max_aliases: usize,
    max_root_fields: usize,
    max_tokens: usize,
    max_introspection: usize,
    max_body_kib: usize,
    connection_wait_seconds: u64,
    lock_wait_seconds: u64,
    command_wait_seconds: u64,
    time_limit_seconds: u64,
    send_timeout_seconds: u64,
    stop_delay_seconds: u64,
    rate_per_second: NonZeroU32,
    rate_burst: NonZeroU32,
    failed_sign_ins_per_minute: NonZeroU32,
    max_in_flight_per_principal: usize,
    max_in_flight: usize,
    trusted_proxies: Option<String>,
    graphiql: Option<bool>,
    origins: Option<String>,
    /// How many years audit records are kept.
    pub audit_years: u32,
    audit_reserve_mib: u32,
    /// How many returns may pass without a child before the records of the child are past retention.
    pub record_years: i32,
    #[serde(skip)]
    sources: Vec<(&'static Setting, String, String)>,
}

/// How fast one who asks may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Points that come back each second.
    pub per_second: NonZeroU32,
    /// Most points that can be saved up.
    pub burst: NonZeroU32,
    /// How many wrong tokens one address may send a minute.
    pub failed_sign_ins_per_minute: NonZeroU32,
}

/// How many requests may be answered at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlightLimits {
    /// Of one who asks.
    pub of_one: usize,
    /// Of all together.
    pub of_all: usize,
}

impl InFlightLimits {
    /// So many of one who asks may always be: a browser opens six connections.
    pub const FEWEST: usize = 8;
}

/// Why the settings cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {reason} (from {origin})")]
pub struct ConfigError {
    /// Name of the setting as it is written in the environment.
    pub setting: String,
    /// What is wrong with its value.
    pub reason: String,
    /// Where the value came from.
    pub origin: String,
}

impl Config {
    /// Reads the settings of this process; `given` are those of the command line, by their name in the file.
    ///
    /// # Errors
    /// The first setting whose value cannot be used, or a line of the file that is not understood.
    pub fn load(given: &[(&str, String)]) -> Result<Config, ConfigError> {
        Config::from_sources(given, std::env::vars().collect(), Path::new(FILE))
    }

    fn from_sources(
        given: &[(&str, String)],
        environment: Vec<(String, String)>,
        file: &Path,
    ) -> Result<Config, ConfigError> {
        let mut figment = Figment::from(Named::defaults());
        if file.exists() {
            figment = figment.merge(source::File(file));
        }
        let figment = figment.merge(Named::environment(environment)).merge(Named::command_line(given));
        let mut config: Config = figment.extract_lossy().map_err(|error| setting::error(&figment, &error))?;
        config.sources = setting::in_force(&figment);
        config.check(&figment)?;
        Ok(config)
    }

    fn check(&self, figment: &Figment) -> Result<(), ConfigError> {
        let wrong = |key: &str, reason: String| Err(setting::wrong(figment, key, reason));
        if let Some(url) = &self.database_url
            && !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme))
        {
            return wrong("database_url", "must begin with sqlite: or postgres:".to_owned());
        }
        for (key, url) in
            [("database_owner_url", &self.database_owner_url), ("database_backup_url", &self.database_backup_url)]
        {
            if let Some(url) = url
                && !["postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme))
            {
                return wrong(key, "must begin with postgres:".to_owned());
            }
        }
        if let Err(error) = tracing_subscriber::EnvFilter::try_new(&self.log) {
            return wrong("log", format!("is not a log filter such as info: {error}"));
        }
        if let Some(wrong_one) = self.proxies().find_map(|(text, read)| read.is_none().then_some(text)) {
            return wrong("trusted_proxies", format!("{wrong_one} is not an address such as 10.0.0.5"));
        }
        if let Some((key, reason)) = self.wrong_monitoring() {
            return wrong(key, reason);
        }
        if let Err(reason) = self.origins.as_deref().map_or(Ok(Vec::new()), origins::read) {
            return wrong("origins", reason);
        }
        if usize::try_from(self.rate_burst.get()).is_ok_and(|burst| burst < self.max_complexity) {
            let reason = format!("must be at least LOOKEDAFTER_MAX_COMPLEXITY, {}", self.max_complexity);
            return wrong("rate_burst", reason);
        }
        if let Some((key, reason)) = self.wrong_in_flight().or_else(|| self.wrong_keeping()) {
            return wrong(key, reason);
        }
        let at_least_one = [
            ("max_depth", self.max_depth),
            ("max_complexity", self.max_complexity),
            ("max_page_size", self.max_page_size),
            ("max_nodes", self.max_nodes),
            ("max_aliases", self.max_aliases),
            ("max_root_fields", self.max_root_fields),
            ("max_tokens", self.max_tokens),
            ("max_introspection", self.max_introspection),
            ("max_body_kib", self.max_body_kib),
            ("connection_wait_seconds", usize::from(self.connection_wait_seconds > 0)),
            ("lock_wait_seconds", usize::from(self.lock_wait_seconds > 0)),
            ("command_wait_seconds", usize::from(self.command_wait_seconds > 0)),
            ("time_limit_seconds", usize::from(self.time_limit_seconds > 0)),
            ("send_timeout_seconds", usize::from(self.send_timeout_seconds > 0)),
            ("issuer", self.issuer.len()),
            ("audience", self.audience.len()),
        ];
        match at_least_one.into_iter().find(|(_, value)| *value == 0) {
            Some((key, _)) => wrong(key, "must not be empty or 0".to_owned()),
            None => Ok(()),
        }
    }

    fn wrong_keeping(&self) -> Option<(&'static str, String)> {
        let within = [
            ("audit_years", i64::from(self.audit_years), 2..=10),
            ("audit_reserve_mib", i64::from(self.audit_reserve_mib), 0..=4096),
            ("record_years", i64::from(self.record_years), 10..=100),
        ];
        let wrong = within.into_iter().find(|(_, value, range)| !range.contains(value));
        wrong.map(|(key, _, range)| (key, format!("must be from {} to {}", range.start(), range.end())))
    }

    fn wrong_in_flight(&self) -> Option<(&'static str, String)> {
        let fewest = InFlightLimits::FEWEST;
        if self.max_in_flight_per_principal < fewest {
            return Some(("max_in_flight_per_principal", format!("must be at least {fewest}")));
        }
        let least = self.max_in_flight_per_principal.saturating_mul(2);
        (self.max_in_flight < least)
            .then(|| ("max_in_flight", format!("must be at least {least}, twice that of a principal")))
    }

    /// The file that says whose tokens are accepted. An empty name is none, so that a command can leave it out.
    pub fn issuers_file(&self) -> Option<&Path> {
        self.issuers.as_deref().filter(|path| !path.as_os_str().is_empty())
    }

    /// The file of revoked tokens.
    pub fn revoked_file(&self) -> Option<&Path> {
        self.revoked.as_deref().filter(|path| !path.as_os_str().is_empty())
    }

    /// Whether tokens of the development issuer are accepted: where no other issuer is set, or by a setting.
    pub fn accepts_development_tokens(&self) -> bool {
        self.allow_development_tokens || self.issuers_file().is_none()
    }

    /// Where the records are kept: `DATABASE_URL`, or a file of the embedded database in the data folder.
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| sqlite_at(&self.data.join("lookedafter.sqlite")))
    }

    /// The address of the database for people to read, its password hidden.
    pub fn database_shown(&self) -> String {
        setting::masked(&self.database_url())
    }

    /// The file of the embedded database.
    pub fn database_file(&self) -> Option<PathBuf> {
        let url = self.database_url();
        let rest = url.strip_prefix("sqlite:")?.split('?').next().unwrap_or_default();
        let path = rest.strip_prefix("//").unwrap_or(rest);
        Some(PathBuf::from(percent_decode_str(path).decode_utf8_lossy().into_owned()))
    }

    /// The database with the login that owns its tables, where that is another one than [`Config::database_url`] names.
    pub fn database_owner_url(&self) -> Option<&str> {
        self.database_owner_url.as_deref().filter(|_| !self.embedded())
    }

    /// The database with the login that makes backups: one of its own, else the one that owns the tables, else
    /// [`Config::database_url`].
    pub fn database_backup_url(&self) -> String {
        let own = self.database_backup_url.clone().filter(|url| !url.is_empty());
        own.or_else(|| self.database_owner_url().map(str::to_owned)).unwrap_or_else(|| self.database_url())
    }

    /// The place that a setting came from, by its name in the file.
    pub fn origin(&self, key: &str) -> String {
        let found = self.sources.iter().find(|(setting, _, _)| setting.key == key);
        found.map_or_else(|| "default".to_owned(), |(_, _, origin)| origin.clone())
    }

    /// A setting, by its name in the file, that turns out to be wrong when it is used.
    pub fn wrong(&self, key: &str, reason: String) -> ConfigError {
        ConfigError { setting: setting::name_of(key), reason, origin: self.origin(key) }
    }

    /// Where the audit records of the database are kept.
    pub fn audit_place(&self) -> AuditPlace {
        AuditPlace::new(&self.data, &self.database_url()).reserving(self.audit_reserve_mib)
    }

    /// Whether the records are in the embedded database.
    pub fn embedded(&self) -> bool {
        self.database_url().starts_with("sqlite:")
    }

    /// How much one request may ask for.
    pub fn limits(&self) -> Limits {
        Limits {
            max_depth: self.max_depth,
            max_complexity: self.max_complexity,
            max_page_size: self.max_page_size,
            max_nodes: self.max_nodes,
            max_aliases: self.max_aliases,
            max_root_fields: self.max_root_fields,
            max_tokens: self.max_tokens,
            max_introspection: self.max_introspection,
        }
    }

    /// Most bytes in the body of a request.
    pub fn max_body(&self) -> usize {
        self.max_body_kib.saturating_mul(1024)
    }

    /// How long an answer may take.
    pub fn time_limit(&self) -> Duration {
        Duration::from_secs(self.time_limit_seconds)
    }

    /// How long requests wait for the database.
    pub fn request_waits(&self) -> Waits {
        Waits {
            connection: Duration::from_secs(self.connection_wait_seconds),
            lock: Duration::from_secs(self.lock_wait_seconds),
            statement: Some(self.time_limit()),
            are_told: false,
        }
    }

    /// How long commands wait for the database.
    pub fn command_waits(&self) -> Waits {
        Waits::of_command(Duration::from_secs(self.command_wait_seconds))
    }

    /// How long connections are still taken after the signal to stop.
    pub fn stop_delay(&self) -> Duration {
        Duration::from_secs(self.stop_delay_seconds)
    }

    /// How long a connection may take nothing of an answer.
    pub fn send_timeout(&self) -> Duration {
        Duration::from_secs(self.send_timeout_seconds)
    }

    /// How fast one who asks may ask.
    pub fn rates(&self) -> Rates {
        Rates {
            per_second: self.rate_per_second,
            burst: self.rate_burst,
            failed_sign_ins_per_minute: self.failed_sign_ins_per_minute,
        }
    }

    /// How many requests may be answered at once.
    pub fn in_flight(&self) -> InFlightLimits {
        InFlightLimits { of_one: self.max_in_flight_per_principal, of_all: self.max_in_flight }
    }

    /// The proxies whose word on whom they ask for is taken.
    pub fn trusted_proxies(&self) -> Vec<IpAddr> {
        self.proxies().filter_map(|(_, read)| read).collect()
    }

    fn proxies(&self) -> impl Iterator<Item = (&str, Option<IpAddr>)> {
        let texts = self.trusted_proxies.iter().flat_map(|list| list.split(',')).map(str::trim);
        texts.filter(|text| !text.is_empty()).map(|text| (text, text.parse().ok()))
    }

    /// Whether the page to try queries on is served: unless it is said, where only this machine can reach the server.
    pub fn graphiql(&self) -> bool {
        self.graphiql.unwrap_or(self.listen.ip().is_loopback())
    }

    /// The origins, such as `https://views.example`, whose pages may ask in a browser.
    pub fn origins(&self) -> Vec<String> {
        self.origins.as_deref().and_then(|list| origins::read(list).ok()).unwrap_or_default()
    }

    /// One line a setting: its name, the value in force with passwords hidden, and where it came from.
    pub fn describe(&self) -> String {
        let lines = self.sources.iter().map(|(setting, value, origin)| match setting.key {
            "database_url" if value.is_empty() => {
                format!("{} = {}    ({origin})\n", setting.name, setting::masked(&self.database_url()))
            }
            _ => format!("{} = {}    ({origin})\n", setting.name, setting::masked(value)),
        });
        lines.collect()
    }
}

#[cfg(test)]
mod tests;
