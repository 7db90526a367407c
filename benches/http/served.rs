//! The program itself, serving one authority of 1,500 invented children.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use tempfile::TempDir;

use super::{denial::Pair, load::Request};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lookedafter");
const ADDRESS: &str = "127.0.0.1:18080";
const AUTHORITY: &str = "E08000034";
const CHILDREN: &str = "1500";
/// Another authority, for which nobody here has a grant, and the code of none.
const OTHER: [&str; 2] = ["E09000005", "E09000099"];

/// The running process with its data.
pub struct Served {
    process: Child,
    token: String,
    neighbour: String,
    /// From the start of the process to its first answer that it is ready, with the data present.
    pub ready_after: Duration,
    _data: TempDir,
}

impl Served {
    /// Invents a cohort, imports it, and starts the server.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the data");
        let data = folder.path();
        load(data, AUTHORITY, CHILDREN);
        load(data, OTHER[0], "300");
        let token = run(data, &["token", "--role", "analyst", "--authority", AUTHORITY]);
        let neighbour = run(data, &["token", "--role", "neighbour_authority", "--authority", AUTHORITY]);
        let started = Instant::now();
        let process = command(data).args(["serve", "--listen", ADDRESS]).spawn().expect("it starts");
        let client = awc::Client::default();
        while !client.get(format!("http://{ADDRESS}/health/ready")).send().await.is_ok_and(|a| a.status().is_success())
        {
            actix_web::rt::time::sleep(Duration::from_millis(2)).await;
        }
        Self {
            process,
            token: token.trim().to_owned(),
            neighbour: neighbour.trim().to_owned(),
            ready_after: started.elapsed(),
            _data: folder,
        }
    }

    /// Number of the process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// A request with this body.
    pub fn request(&self, body: &str) -> Request {
        let address = format!("http://{ADDRESS}/graphql");
        Request { address, token: Some(self.token.clone()), body: Some(body.to_owned()) }
    }

    /// What is denied to a neighbour, or to an analyst of one authority about another, beside what does not exist.
    pub fn denials(&self) -> Vec<Pair> {
        let pair = |name, token: &String, write: &dyn Fn(&str) -> String, (denied, unknown): (&str, &str)| {
            let request = |word: &str| {
                let body = serde_json::json!({ "query": write(word) }).to_string();
                Request { token: Some(token.clone()), ..self.request(&body) }
            };
            Pair { name, denied: request(denied), unknown: request(unknown) }
        };
        let of_authority = |inner: &str| format!("{{ authority(by: {{onsCode: \"{AUTHORITY}\"}}) {{ {inner} }} }}");
        let value = "period: {code: \"2023-24-Q2\"}) { value display }";
        let child = |authority: &str| URL_SAFE_NO_PAD.encode(["Child", authority, "1"].join("\u{1f}"));
        vec![
            pair(
                "a field",
                &self.neighbour,
                &|name| of_authority(&format!("{name} {{ totalCount }}")),
                ("children", "childrex"),
            ),
            pair(
                "an indicator",
                &self.neighbour,
                &|code| of_authority(&format!("value(indicator: \"{code}\", {value}")),
                ("missing_episode_pct", "missing_episode_pcx"),
            ),
            pair(
                "an authority",
                &self.token,
                &|code| format!("{{ authority(by: {{onsCode: \"{code}\"}}) {{ name }} }}"),
                (OTHER[0], OTHER[1]),
            ),
            pair(
                "a child of another authority by its id",
                &self.token,
                &|authority| format!("{{ node(id: \"{}\") {{ __typename }} }}", child(authority)),
                (OTHER[0], OTHER[1]),
            ),
        ]
    }

    /// The operations by name, each as a request body.
    pub fn operations(&self) -> Vec<(String, String)> {
        let operation = |name: &str, file: &str, variables: serde_json::Value| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/operations").join(file);
            let query = std::fs::read_to_string(path).expect("the operation is there");
            (name.to_owned(), serde_json::json!({ "query": query, "variables": variables }).to_string())
        };
        let (authority, period) = (AUTHORITY, "2023-24-Q2");
        let five = [
            "cla_number",
            "reviews_in_timescale_pct",
            "placements_3plus_pct",
            "long_term_stability_pct",
            "missing_episode_pct",
        ];
        vec![
            operation(
                "five values of one quarter",
                "values.graphql",
                serde_json::json!({ "authority": authority, "indicators": five, "from": period, "to": period }),
            ),
            operation(
                "a breakdown",
                "breakdown.graphql",
                serde_json::json!({ "authority": authority, "period": period, "indicator": "cla_number", "by": "ETHNICITY" }),
            ),
            operation(
                "a trend of twelve quarters",
                "trend.graphql",
                serde_json::json!({ "authority": authority, "period": period, "indicator": "placements_3plus_pct" }),
            ),
            operation(
                "the scorecard",
                "scorecard.graphql",
                serde_json::json!({ "authority": authority, "period": period }),
            ),
            operation(
                "fifty children with all records",
                "children.graphql",
                serde_json::json!({ "authority": authority, "on": "2023-09-30", "first": 50 }),
            ),
        ]
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Invents a cohort of an authority and imports it.
fn load(data: &Path, authority: &str, children: &str) {
    let out = data.join("returns").join(authority);
    let out = out.to_str().unwrap();
    let window = ["--from", "2019-04-01", "--to", "2024-03-31", "--seed", "7"];
    run(data, &[&["synthesise", "--authority", authority, "--children", children, "--out", out], &window[..]].concat());
    for year in 2020..=2024 {
        let name = format!("{out}/{}-{}", year - 1, year % 100);
        run(data, &["import", "ssda903", &name, "--authority", authority, "--year-ending", &year.to_string()]);
    }
}

fn command(data: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.env("LOOKEDAFTER_DATA", data.join("data")).env("LOOKEDAFTER_LOG", "warn").env_remove("DATABASE_URL");
    // One who asks as fast as this has to wait otherwise.
    command.env("LOOKEDAFTER_RATE_PER_SECOND", "1000000000").env("LOOKEDAFTER_RATE_BURST", "1000000000");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Runs a command to its end and returns what it printed.
fn run(data: &Path, arguments: &[&str]) -> String {
    let output = command(data).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}
