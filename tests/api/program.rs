//! The program at a terminal: its exit status, what it prints where, its log, and a signal to stop.

use std::io::{BufRead, BufReader, Lines};
use std::net::TcpListener;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use awc::http::Method;
use serde_json::Value;

use crate::helpers::User;

/// A folder of its own, without any setting of this machine.
pub struct Terminal {
    pub folder: tempfile::TempDir,
}

impl Terminal {
    pub fn new() -> Terminal {
        Terminal { folder: tempfile::tempdir().unwrap() }
    }

    pub fn command(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lookedafter"));
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        // Many servers run at once in the tests, and only one could have the usual address.
        command.env("LOOKEDAFTER_METRICS_LISTEN", "off").envs(settings.iter().copied());
        command
    }

    pub fn run(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
        self.command(arguments, settings).output().unwrap()
    }
}

/// A file of issuers with one that is not ours.
const PROVIDER: &str = r#"[[issuer]]
issuer = "https://id.example"
shape = "oidc"
algorithm = "ES256"
jwks = "https://id.example/keys"
"#;

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A serving process; killed if the test ends before it was stopped.
pub struct Serving {
    child: Child,
    log: Lines<BufReader<ChildStderr>>,
    /// What it logged before it served.
    before: Vec<String>,
    pub address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    pub fn start(terminal: &Terminal) -> Serving {
        Serving::with(terminal, &[])
    }

    /// Serves on a port that the system chooses, and learns it from the log.
    pub fn with(terminal: &Terminal, settings: &[(&str, &str)]) -> Serving {
        let mut command = terminal.command(&["serve", "--listen", "127.0.0.1:0"], settings);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut serving = Serving { child, log, before: Vec::new(), address: String::new() };
        let mut before = Vec::new();
        let address = serving.log.by_ref().map(Result::unwrap).find_map(|line| {
            let read: Value = serde_json::from_str(&line).unwrap_or_default();
            let address = read["address"].as_str().filter(|_| read["message"] == "serving").map(str::to_owned);
            before.push(line);
            address
        });
        serving.address = format!("http://{}", address.unwrap_or_else(|| panic!("it does not listen: {before:#?}")));
        serving.before = before;
        serving
    }

    /// Stops it by signal, and returns its exit status and log.
    pub fn stop(mut self) -> (Option<i32>, Vec<String>) {
        let signal = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(signal.success());
        let rest = self.log.by_ref().map(Result::unwrap);
        let log = std::mem::take(&mut self.before).into_iter().chain(rest).collect();
        (self.child.wait().unwrap().code(), log)
    }
}

#[actix_web::test]
async fn a_token_from_the_command_line_opens_a_server_that_already_runs() {
    let terminal = Terminal::new();
    let serving = Serving::start(&terminal);
    let made = terminal.run(&["token", "--role", "analyst", "--authority", "E09000015"], &[]);
    assert_eq!(made.status.code(), Some(0));
    let token = text(&made.stdout);
    assert_eq!(token.lines().count(), 1, "the token stands alone");
    let user = User::at(&serving.address, Some(token.trim().to_owned()));
    let answer = user.query("{ viewer { subject role } }").await;
    assert_eq!(answer.json["data"]["viewer"]["subject"], "analyst@E09000015", "{}", answer.json);
    let printed = text(&terminal.run(&["schema", "--role", "analyst"], &[]).stdout);
    assert_eq!(text(&user.get("/schema.graphql").await.body), printed);
}

#[actix_web::test]
async fn a_server_stops_at_a_signal_and_has_logged_a_line_a_request_without_what_was_asked() {
    let terminal = Terminal::new();
    let serving = Serving::start(&terminal);
    let marker = "canary4711";
    let user = User::at(&serving.address, None);
    let body = format!(
        r#"{{"query": "query ($x: String!) {{ indicator(code: $x) {{ code }} }}", "variables": {{"x": "{marker}"}}}}"#
    );
    user.with("X-Purpose", "safeguarding").post(body).await;
    user.get(&format!("/graphql?query=%7B__typename%7D&variables=%7B%22{marker}%22:1%7D")).await;
    user.get(&format!("/{marker}/page")).await;
    user.with("Authorization", &format!("Bearer {marker}")).query("{ __typename }").await;
    let long = "n".repeat(65);
    user.query(&format!("query {long} {{ __typename }}")).await;
    user.send(Method::from_bytes(marker.as_bytes()).unwrap(), "/graphql", Vec::new()).await;
    let (status, log) = serving.stop();
    assert_eq!(status, Some(0));
    let lines: Vec<Value> = log.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let requests: Vec<&Value> = lines.iter().filter(|line| line["target"] == "lookedafter::request").collect();
    assert_eq!(requests.len(), 6);
    let names: Vec<&str> = requests.iter().filter_map(|line| line["operation"].as_str()).collect();
    assert_eq!(names, [&long[..64]], "the name of an operation is logged, and 64 letters of it at most");
    for line in requests {
        for field in ["timestamp", "method", "route", "status", "ms", "request_id", "role"] {
            assert!(!line[field].is_null(), "{field}: {line}");
        }
    }
    assert!(!log.iter().any(|line| line.contains(marker)), "{log:#?}");
}

#[test]
fn a_wrong_setting_or_policy_stops_the_start_with_its_name() {
    let terminal = Terminal::new();
    let policy = terminal.folder.path().join("mine.toml");
    std::fs::write(
        &policy,
        "[purposes]\nevery_role = []\nrequired_at = []\nrequired_of_partners_at = []\n[roles.astronaut]\n",
    )
    .unwrap();
    let policy = policy.display().to_string();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap().to_string();
    let issuers = terminal.folder.path().join("theirs.toml");
    std::fs::write(&issuers, "[[issuer]]\nissuer = \"https://id.example\"\nshape = \"saml\"\n").unwrap();
    let issuers = issuers.display().to_string();
    for (name, value, words) in [
        ("LOOKEDAFTER_ISSUERS", issuers.as_str(), "theirs.toml, line 3"),
        ("LOOKEDAFTER_ISSUERS", "/nowhere/issuers.toml", "LOOKEDAFTER_ISSUERS: /nowhere/issuers.toml"),
        ("LOOKEDAFTER_ALLOW_DEVELOPMENT_TOKENS", "perhaps", "LOOKEDAFTER_ALLOW_DEVELOPMENT_TOKENS"),
        ("LOOKEDAFTER_LISTEN", "nowhere", "LOOKEDAFTER_LISTEN"),
        ("LOOKEDAFTER_METRICS_LISTEN", "nowhere", "LOOKEDAFTER_METRICS_LISTEN"),
        ("LOOKEDAFTER_METRICS_LISTEN", taken.as_str(), "LOOKEDAFTER_METRICS_LISTEN"),
        ("LOOKEDAFTER_OTLP_ENDPOINT", "collector:4318", "LOOKEDAFTER_OTLP_ENDPOINT"),
        ("LOOKEDAFTER_MAX_DEPTH", "deep", "LOOKEDAFTER_MAX_DEPTH"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL"),
        ("DATABASE_OWNER_URL", "sqlite:x", "DATABASE_OWNER_URL"),
        ("LOOKEDAFTER_POLICY", policy.as_str(), "mine.toml, line 5"),
    ] {
        let ended = terminal.run(&["serve"], &[(name, value)]);
        assert_eq!(ended.status.code(), Some(1), "{name}");
        assert!(text(&ended.stderr).contains(words), "{name}: {}", text(&ended.stderr));
        assert!(ended.stdout.is_empty() && !terminal.folder.path().join("data").exists(), "{name}");
    }
}

#[test]
fn no_development_token_is_made_that_would_be_refused() {
    let terminal = Terminal::new();
    let issuers = terminal.folder.path().join("issuers.toml");
    std::fs::write(&issuers, PROVIDER).unwrap();
    let issuers = ("LOOKEDAFTER_ISSUERS", issuers.to_str().unwrap());
    let arguments = ["token", "--role", "analyst", "--authority", "E09000015"];
    let refused = terminal.run(&arguments, &[issuers]);
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(1), 0));
    assert!(text(&refused.stderr).contains("LOOKEDAFTER_ALLOW_DEVELOPMENT_TOKENS"), "{}", text(&refused.stderr));
    assert!(!terminal.folder.path().join("data").exists(), "nothing was done");
    let made = terminal.run(&arguments, &[issuers, ("LOOKEDAFTER_ALLOW_DEVELOPMENT_TOKENS", "true")]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
}

#[test]
fn a_grant_goes_with_the_only_issuer_or_with_the_one_that_is_named() {
    let terminal = Terminal::new();
    let file = terminal.folder.path().join("issuers.toml");
    std::fs::write(&file, PROVIDER).unwrap();
    let one = ("LOOKEDAFTER_ISSUERS", file.to_str().unwrap());
    let both = ("LOOKEDAFTER_ALLOW_DEVELOPMENT_TOKENS", "true");
    let add = |more: &[&str], settings: &[(&str, &str)]| {
        let today = chrono::Utc::now().date_naive().to_string();
        let mut arguments =
            vec!["grant", "add", "--subject", "someone", "--role", "analyst", "--authority", "E09000015"];
        arguments.extend(["--organisation", "Harrow", "--agreement", "STAFF", "--from", &today, "--to", &today]);
        arguments.extend(more);
        terminal.run(&arguments, settings)
    };
    for (more, settings, status) in [
        (&[][..], &[][..], 0),
        (&[], &[one], 0),
        (&["--issuer", "https://id.example"], &[one], 0),
        (&["--issuer", "https://id.example/"], &[one], 2),
        (&["--issuer", "lookedafter-development"], &[one], 2),
        (&["--issuer", "lookedafter-development"], &[one, both], 0),
        (&[], &[one, both], 2),
    ] {
        let ended = add(more, settings);
        assert_eq!(ended.status.code(), Some(status), "{more:?} {settings:?}: {}", text(&ended.stderr));
        assert!(status == 0 || text(&ended.stderr).contains("https://id.example"), "{}", text(&ended.stderr));
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_so_on_standard_error() {
    let terminal = Terminal::new();
    for arguments in [
        &["fly"][..],
        &[],
        &["token"],
        &["token", "--role", "astronaut", "--authority", "E09000015"],
        &["token", "--role", "analyst", "--authority", "Harrow"],
        &["token", "--role", "analyst", "--authority", "E09000015", "--minutes", "91"],
        &["serve", "--listen", "nowhere"],
        &["migrate", "sideways"],
    ] {
        let ended = terminal.run(arguments, &[]);
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}");
        assert!(ended.stdout.is_empty() && !ended.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn migrations_go_up_and_down_and_tell_how_they_stand() {
    let terminal = Terminal::new();
    let standing = |arguments: &[&str]| text(&terminal.run(arguments, &[]).stdout);
    assert!(!standing(&["migrate", "status"]).contains("applied"));
    assert!(!standing(&["migrate"]).contains("pending"));
    assert_eq!(standing(&["migrate", "down"]).matches("pending").count(), 1);
    assert!(!standing(&["migrate", "up"]).contains("pending"));
}

#[test]
fn the_settings_in_force_are_printed_with_their_origin() {
    let terminal = Terminal::new();
    std::fs::write(terminal.folder.path().join("lookedafter.toml"), "log = \"warn\"\n").unwrap();
    let printed = text(&terminal.run(&["config"], &[("LOOKEDAFTER_LISTEN", "127.0.0.1:9000")]).stdout);
    assert!(printed.contains("LOOKEDAFTER_LISTEN = 127.0.0.1:9000    (environment)"), "{printed}");
    assert!(printed.contains("LOOKEDAFTER_LOG = warn    (lookedafter.toml)"), "{printed}");
}
