//! What comes before what, and how a wrong value is told.

use super::*;

fn load(given: &[(&str, &str)], environment: &[(&str, &str)], file: &str) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    if !file.is_empty() {
        std::fs::write(&path, file).unwrap();
    }
    let given: Vec<(&str, String)> = given.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
    let variables = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Config::from_sources(&given, variables, &path)
}

#[test]
fn without_any_setting_the_defaults_hold() {
    let config = load(&[], &[], "").unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.database_url(), "sqlite://data/lookedafter.sqlite?mode=rwc");
    assert_eq!(config.limits(), Limits::default());
    assert_eq!(config.max_body(), 256 * 1024);
    assert_eq!(config.time_limit(), Duration::from_secs(10));
}

#[test]
fn the_command_line_goes_before_the_environment_and_that_before_the_file() {
    let file = "listen = \"127.0.0.1:1\"\naudience = \"file\"\nmax_depth = 9\n";
    let environment = [("LOOKEDAFTER_LISTEN", "127.0.0.1:2"), ("LOOKEDAFTER_AUDIENCE", "environment")];
    let config = load(&[("listen", "127.0.0.1:3")], &environment, file).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.audience, "environment");
    assert_eq!(config.limits().max_depth, 9);
    let described = config.describe();
    for line in [
        "LOOKEDAFTER_LISTEN = 127.0.0.1:3    (command line)",
        "LOOKEDAFTER_AUDIENCE = environment    (environment)",
        "LOOKEDAFTER_MAX_DEPTH = 9    (lookedafter.toml)",
        "LOOKEDAFTER_LOG = info    (default)",
    ] {
        assert!(described.contains(line), "{line}\n{described}");
    }
}

#[test]
fn a_wrong_value_is_told_with_the_name_of_its_setting() {
    let wrong = [
        ("LOOKEDAFTER_LISTEN", "nowhere"),
        ("LOOKEDAFTER_MAX_DEPTH", "deep"),
        ("LOOKEDAFTER_MAX_DEPTH", "-1"),
        ("LOOKEDAFTER_MAX_DEPTH", "0"),
        ("LOOKEDAFTER_TIME_LIMIT_SECONDS", "0"),
        ("LOOKEDAFTER_LOG", "lookedafter=shout"),
        ("LOOKEDAFTER_RATE_BURST", "99999"),
        ("LOOKEDAFTER_RATE_PER_SECOND", "0"),
        ("LOOKEDAFTER_MAX_IN_FLIGHT_PER_PRINCIPAL", "7"),
        ("LOOKEDAFTER_MAX_IN_FLIGHT", "63"),
        ("LOOKEDAFTER_TRUSTED_PROXIES", "10.0.0.1, proxy.example"),
        ("LOOKEDAFTER_GRAPHIQL", "perhaps"),
        ("LOOKEDAFTER_METRICS_LISTEN", "9464"),
        ("LOOKEDAFTER_OTLP_ENDPOINT", "127.0.0.1:4318"),
        ("LOOKEDAFTER_ORIGINS", "*"),
        ("LOOKEDAFTER_ORIGINS", "https://views.example, https://views.example/panel"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("DATABASE_OWNER_URL", "sqlite:records.db"),
        ("LOOKEDAFTER_ALLOW_SUPERUSER", "perhaps"),
    ];
    for (name, value) in wrong {
        let error = load(&[], &[(name, value)], "").unwrap_err();
        assert_eq!((error.setting.as_str(), error.origin.as_str()), (name, "environment"), "{value}: {error}");
    }
    let error = load(&[], &[], "max_depth = \"deep\"").unwrap_err();
    assert_eq!((error.setting.as_str(), error.origin.as_str()), ("LOOKEDAFTER_MAX_DEPTH", FILE));
}

#[test]
fn a_word_in_the_file_that_is_no_setting_is_refused() {
    let error = load(&[], &[], "lissten = \"127.0.0.1:1\"").unwrap_err();
    assert!(error.to_string().contains("lissten"), "{error}");
    assert!(load(&[], &[], "listen = ").is_err());
}

#[test]
fn other_variables_and_empty_ones_are_left_alone() {
    let config = load(&[], &[("LOOKEDAFTER_SHARED", "/somewhere"), ("LOOKEDAFTER_LISTEN", "")], "").unwrap();
    assert_eq!(config.listen.port(), 8080);
}

#[test]
fn passwords_are_not_printed() {
    let config = load(&[], &[("DATABASE_URL", "postgres://care:s3cr@t@db.example:5432/records")], "").unwrap();
    let described = config.describe();
    assert!(described.contains("DATABASE_URL = postgres://care:***@db.example:5432/records"), "{described}");
    let address = "postgres://db.example/records?user=care&password=s3cret&sslpassword=s3cret&sslmode=require";
    let described = load(&[], &[("DATABASE_URL", address)], "").unwrap().describe();
    assert!(described.contains("records?user=care&password=***&sslpassword=***&sslmode=require"), "{described}");
    assert!(!described.contains("s3cr"), "{described}");
    assert!(!config.embedded());
    let owner = ("DATABASE_OWNER_URL", "postgres://owner:s3cret@db.example/records");
    assert!(!load(&[], &[owner], "").unwrap().describe().contains("s3cret"));
}

#[test]
fn a_mistake_in_the_file_is_told_by_its_line_and_never_with_what_stands_there() {
    for file in ["max_depth = 9\ndatabase_url = postgres://care:s3cret@db.example/records", "\ndatabase_url = \"s3cret"]
    {
        let message = load(&[], &[], file).unwrap_err().to_string();
        assert!(message.contains("line 2: ") && message.contains("lookedafter.toml"), "{message}");
        assert!(!message.contains("s3cret"), "{message}");
    }
}

#[test]
fn the_owner_of_the_tables_is_asked_for_on_postgresql_only() {
    let owner = ("DATABASE_OWNER_URL", "postgres://owner@db.example/records");
    let records = ("DATABASE_URL", "postgres://care@db.example/records");
    assert_eq!(load(&[], &[owner, records], "").unwrap().database_owner_url(), Some(owner.1));
    assert_eq!(load(&[], &[owner], "").unwrap().database_owner_url(), None);
    assert_eq!(load(&[], &[records], "").unwrap().database_owner_url(), None);
    assert!(!load(&[], &[], "").unwrap().allow_superuser);
    assert!(load(&[], &[("LOOKEDAFTER_ALLOW_SUPERUSER", "true")], "").unwrap().allow_superuser);
}

#[test]
fn the_page_to_try_queries_on_is_served_to_this_machine_alone_unless_it_is_said() {
    let served = |environment: &[(&str, &str)], file: &str| load(&[], environment, file).unwrap().graphiql();
    assert!(served(&[], ""));
    assert!(served(&[("LOOKEDAFTER_LISTEN", "[::1]:80")], ""));
    assert!(!served(&[("LOOKEDAFTER_LISTEN", "0.0.0.0:80")], ""));
    assert!(served(&[("LOOKEDAFTER_LISTEN", "0.0.0.0:80"), ("LOOKEDAFTER_GRAPHIQL", "on")], ""));
    assert!(!served(&[("LOOKEDAFTER_GRAPHIQL", "off")], "") && !served(&[], "graphiql = false"));
    let described = load(&[], &[], "graphiql = false").unwrap().describe();
    assert!(described.contains("LOOKEDAFTER_GRAPHIQL = off    (lookedafter.toml)"), "{described}");
}

#[test]
fn several_proxies_can_be_trusted() {
    let config = load(&[], &[("LOOKEDAFTER_TRUSTED_PROXIES", "10.0.0.1, fd00::2,")], "").unwrap();
    assert_eq!(config.trusted_proxies(), ["10.0.0.1".parse::<IpAddr>().unwrap(), "fd00::2".parse().unwrap()]);
    assert!(load(&[], &[], "").unwrap().trusted_proxies().is_empty());
}

#[test]
fn metrics_have_an_address_of_their_own_which_can_be_switched_off() {
    let address = |settings: &[(&str, &str)]| {
        let config = load(&[], settings, "").unwrap();
        (config.metrics_address().map(|address| address.to_string()), config.metrics_address_was_chosen())
    };
    assert_eq!(address(&[]), (Some("127.0.0.1:9464".to_owned()), false));
    let chosen = [("LOOKEDAFTER_METRICS_LISTEN", "10.0.0.7:9000")];
    assert_eq!(address(&chosen), (Some("10.0.0.7:9000".to_owned()), true));
    assert_eq!(address(&[("LOOKEDAFTER_METRICS_LISTEN", "off")]), (None, true));
    assert_eq!(load(&[], &[], "metrics_listen = \"off\"").unwrap().metrics_address(), None);
}

#[test]
fn traces_go_to_the_usual_place_of_a_collector() {
    let address = |endpoint| load(&[], &[("LOOKEDAFTER_OTLP_ENDPOINT", endpoint)], "").unwrap().traces_address();
    assert_eq!(address(""), None);
    for endpoint in ["http://collector:4318", "http://collector:4318/", "http://collector:4318/v1/traces"] {
        assert_eq!(address(endpoint).as_deref(), Some("http://collector:4318/v1/traces"));
    }
}

#[test]
fn development_tokens_are_warned_of_where_others_can_reach_the_server() {
    let warned = |settings: &[(&str, &str)]| load(&[], settings, "").unwrap().lets_strangers_develop();
    let (beyond, issuers) = (("LOOKEDAFTER_LISTEN", "0.0.0.0:80"), ("LOOKEDAFTER_ISSUERS", "theirs.toml"));
    assert!(!warned(&[]) && !warned(&[("LOOKEDAFTER_LISTEN", "[::1]:80")]));
    assert!(warned(&[beyond]) && warned(&[("LOOKEDAFTER_TRUSTED_PROXIES", "127.0.0.1")]));
    assert!(!warned(&[beyond, issuers]));
    assert!(warned(&[beyond, issuers, ("LOOKEDAFTER_ALLOW_DEVELOPMENT_TOKENS", "true")]));
}

#[test]
fn no_other_origin_may_ask_unless_it_is_named() {
    assert!(load(&[], &[], "").unwrap().origins().is_empty());
    let named = [("LOOKEDAFTER_ORIGINS", "https://views.example, http://localhost:5173")];
    assert_eq!(load(&[], &named, "").unwrap().origins(), ["https://views.example", "http://localhost:5173"]);
    assert_eq!(load(&[], &[], "origins = \"https://views.example\"").unwrap().origins(), ["https://views.example"]);
}
