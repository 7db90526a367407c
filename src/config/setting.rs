//! The list of settings: the name of each in the environment and in the file, its default and its meaning.

use figment::error::Kind;
use figment::value::Value;
use figment::{Error, Figment};

use super::ConfigError;

/// One setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the environment.
    pub name: &'static str,
    /// Its name in `lookedafter.toml`.
    pub key: &'static str,
    /// Its value when nothing is set; empty for none.
    pub default: &'static str,
    /// What it means, in a sentence.
    pub about: &'static str,
}

/// Every setting, in the order in which they are printed.
pub const SETTINGS: [Setting; 41] = [
    setting("LOOKEDAFTER_DATA", "data", "data", "Folder for the embedded database and for keys."),
    setting("DATABASE_URL", "database_url", "", "Database; empty for an embedded one in the data folder."),
    setting(
        "DATABASE_OWNER_URL",
        "database_owner_url",
        "",
        "The same PostgreSQL database with the login that owns the tables; empty if that is the one above.",
    ),
    setting(
        "DATABASE_BACKUP_URL",
        "database_backup_url",
        "",
        "The same PostgreSQL database with a login that row-level security does not hold (BYPASSRLS), for `backup` alone.",
    ),
    setting(
        "LOOKEDAFTER_ALLOW_SUPERUSER",
        "allow_superuser",
        "false",
        "Whether serve takes a PostgreSQL login that row-level security does not hold: for development only.",
    ),
    setting(
        "LOOKEDAFTER_CONNECTION_WAIT_SECONDS",
        "connection_wait_seconds",
        "2",
        "How long a request waits for a connection to the database.",
    ),
    setting(
        "LOOKEDAFTER_LOCK_WAIT_SECONDS",
        "lock_wait_seconds",
        "3",
        "How long a request waits for what others hold locked in the database.",
    ),
    setting(
        "LOOKEDAFTER_COMMAND_WAIT_SECONDS",
        "command_wait_seconds",
        "20",
        "How long a command, or the start of the server, waits for the database or for another command that writes.",
    ),
    setting("LOOKEDAFTER_LISTEN", "listen", "127.0.0.1:8080", "Address and port to listen on."),
    setting(
        "LOOKEDAFTER_METRICS_LISTEN",
        "metrics_listen",
        "127.0.0.1:9464",
        "Address and port of the metrics, which are nowhere else; `off` for none.",
    ),
    setting(
        "LOOKEDAFTER_OTLP_ENDPOINT",
        "otlp_endpoint",
        "",
        "Collector that traces are sent to by OTLP over HTTP, such as http://127.0.0.1:4318.",
    ),
    setting("LOOKEDAFTER_LOG", "log", "info", "What is logged: error, warn, info, debug, or by module."),
    setting("LOOKEDAFTER_POLICY", "policy", "", "File with a policy to use in place of the built-in one."),
    setting("LOOKEDAFTER_ISSUER", "issuer", "lookedafter-development", "The iss of development tokens."),
    setting("LOOKEDAFTER_AUDIENCE", "audience", "lookedafter", "The aud that every token must name."),
    setting("LOOKEDAFTER_ISSUERS", "issuers", "", "File that says whose tokens are accepted: see running.md."),
    setting("LOOKEDAFTER_ALLOW_DEVELOPMENT_TOKENS", "allow_development_tokens", "false", "Development tokens too."),
    setting("LOOKEDAFTER_REVOKED", "revoked", "", "File with the jti of each token that was revoked, one a line."),
    setting("LOOKEDAFTER_MAX_DEPTH", "max_depth", "12", "Deepest nesting of fields in an operation."),
    setting("LOOKEDAFTER_MAX_COMPLEXITY", "max_complexity", "100000", "Highest cost: fields times page sizes."),
    setting("LOOKEDAFTER_MAX_PAGE_SIZE", "max_page_size", "1000", "Most items on a page."),
    setting("LOOKEDAFTER_MAX_NODES", "max_nodes", "50000", "Most items on all pages of an operation."),
    setting("LOOKEDAFTER_MAX_ALIASES", "max_aliases", "50", "Most aliases in a document."),
    setting("LOOKEDAFTER_MAX_ROOT_FIELDS", "max_root_fields", "20", "Most fields at the top of an operation."),
    setting("LOOKEDAFTER_MAX_TOKENS", "max_tokens", "10000", "Most names, signs and values in a document."),
    setting(
        "LOOKEDAFTER_MAX_INTROSPECTION",
        "max_introspection",
        "20000",
        "Most values that an introspection may answer.",
    ),
    setting("LOOKEDAFTER_MAX_BODY_KIB", "max_body_kib", "256", "Largest body of a request, in KiB."),
    setting("LOOKEDAFTER_TIME_LIMIT_SECONDS", "time_limit_seconds", "10", "How long an answer may take."),
    setting(
        "LOOKEDAFTER_SEND_TIMEOUT_SECONDS",
        "send_timeout_seconds",
        "10",
        "How long a connection may take nothing of its answer before it is closed.",
    ),
    setting(
        "LOOKEDAFTER_STOP_DELAY_SECONDS",
        "stop_delay_seconds",
        "2",
        "How long connections are still taken after the signal to stop, while /health/ready sends others elsewhere.",
    ),
    setting(
        "LOOKEDAFTER_RATE_PER_SECOND",
        "rate_per_second",
        "100000",
        "Points that one who asks gets back each second.",
    ),
    setting("LOOKEDAFTER_RATE_BURST", "rate_burst", "1000000", "Most points that one who asks can have."),
    setting(
        "LOOKEDAFTER_MAX_IN_FLIGHT_PER_PRINCIPAL",
        "max_in_flight_per_principal",
        "32",
        "Most requests of one who asks that are answered at once, at least 8; those beyond get 429.",
    ),
    setting(
        "LOOKEDAFTER_MAX_IN_FLIGHT",
        "max_in_flight",
        "256",
        "Most requests of all that are answered at once, at least twice those of one; those beyond get 503.",
    ),
    setting(
        "LOOKEDAFTER_FAILED_SIGN_INS_PER_MINUTE",
        "failed_sign_ins_per_minute",
        "1200",
        "Wrong tokens that one address may send a minute.",
    ),
    setting(
        "LOOKEDAFTER_TRUSTED_PROXIES",
        "trusted_proxies",
        "",
        "Addresses, with commas between them, of proxies whose X-Forwarded-For is believed.",
    ),
    setting(
        "LOOKEDAFTER_GRAPHIQL",
        "graphiql",
        "",
        "Whether /graphiql is served, on or off; if not said, on where the server listens on a loopback address.",
    ),
    setting(
        "LOOKEDAFTER_ORIGINS",
        "origins",
        "",
        "Origins, such as https://views.example, with commas between them, whose pages may ask in a browser.",
    ),
    setting("LOOKEDAFTER_AUDIT_YEARS", "audit_years", "7", "How many years audit records are kept: 2 to 10."),
    setting(
        "LOOKEDAFTER_AUDIT_RESERVE_MIB",
        "audit_reserve_mib",
        "16",
        "Room in MiB that is kept on the disk for the audit records of an embedded database: up to 4096, 0 for none.",
    ),
    setting(
        "LOOKEDAFTER_RECORD_YEARS",
        "record_years",
        "10",
        "How many returns may pass without a child before the records of the child are past retention: 10 to 100.",
    ),
];

const fn setting(name: &'static str, key: &'static str, default: &'static str, about: &'static str) -> Setting {
    Setting { name, key, default, about }
}

/// What is in force: each setting with its value as text and the place that it came from.
pub(super) fn in_force(figment: &Figment) -> Vec<(&'static Setting, String, String)> {
    SETTINGS.iter().map(|setting| (setting, text_of(figment, setting.key), origin_of(figment, setting.key))).collect()
}

/// The text of a value with the password of a database address hidden, before the host or among the parameters.
pub(super) fn masked(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else { return value.to_owned() };
    if let Some((address, parameters)) = rest.split_once('?').filter(|(_, all)| all.contains("password")) {
        let hidden = parameters.split('&').map(|parameter| match parameter.split_once('=') {
            Some((name, _)) if name.contains("password") => format!("{name}=***"),
            _ => parameter.to_owned(),
        });
        let hidden: Vec<String> = hidden.collect();
        return format!("{}?{}", masked(&format!("{scheme}://{address}")), hidden.join("&"));
    }
    // The last @ ends the credentials: a password may hold one that was not encoded.
    match rest.rsplit_once('@').map(|(credentials, host)| (credentials.split_once(':'), host)) {
        Some((Some((user, _)), host)) => format!("{scheme}://{user}:***@{host}"),
        _ => value.to_owned(),
    }
}

pub(super) fn wrong(figment: &Figment, key: &str, reason: String) -> ConfigError {
    ConfigError { setting: name_of(key), reason, origin: origin_of(figment, key) }
}

/// The first thing that could not be read, with the name of its setting.
pub(super) fn error(figment: &Figment, error: &Error) -> ConfigError {
    let reason = match &error.kind {
        _ if error.path.first().is_some_and(|key| key == "listen") => {
            "write address and port, such as 127.0.0.1:8080".to_owned()
        }
        Kind::UnknownField(_, _) => "there is no such setting; docs/settings.md lists them all".to_owned(),
        kind => kind.to_string(),
    };
    match error.path.first() {
        Some(key) => wrong(figment, key, reason),
        None => ConfigError {
            setting: super::FILE.to_owned(),
            reason,
            origin: error.metadata.as_ref().map_or_else(|| "the file".to_owned(), |metadata| metadata.name.to_string()),
        },
    }
}

pub(super) fn name_of(key: &str) -> String {
    SETTINGS.iter().find(|setting| setting.key == key).map_or(key, |setting| setting.name).to_owned()
}

fn text_of(figment: &Figment, key: &str) -> String {
    let value = figment.find_value(key).ok();
    let text = value.as_ref().and_then(|value| value.as_str().map(str::to_owned));
    let number = || value.as_ref().and_then(Value::to_i128).map(|number| number.to_string());
    let switch = || value.as_ref().and_then(Value::to_bool).map(|on| if on { "on" } else { "off" }.to_owned());
    text.or_else(number).or_else(switch).unwrap_or_default()
}

fn origin_of(figment: &Figment, key: &str) -> String {
    match figment.find_metadata(key) {
        Some(metadata) if metadata.source.is_some() => super::FILE.to_owned(),
        Some(metadata) => metadata.name.to_string(),
        None => "default".to_owned(),
    }
}
