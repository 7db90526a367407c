//! The program as it is watched: its metrics on a listener of their own, the probe of health, and what it warns of.

use std::net::TcpListener;

use awc::http::Method;

use crate::helpers::User;
use crate::program::{Serving, Terminal, text};

/// An address where nobody listens.
pub fn free() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

#[actix_web::test]
async fn metrics_are_answered_on_a_listener_of_their_own_and_nothing_else_is() {
    let terminal = Terminal::new();
    let listen = free();
    let serving = Serving::with(&terminal, &[("LOOKEDAFTER_METRICS_LISTEN", &listen)]);
    let monitoring = User::at(&format!("http://{listen}"), None);
    let metrics = text(&monitoring.get("/metrics").await.body);
    for line in [
        "lookedafter_build_info{version=\"",
        "rustc=\"1.",
        "lookedafter_database_connections{database=\"records\",state=\"idle\"} ",
        "lookedafter_database_connections{database=\"audit\",state=\"used\"} ",
        "lookedafter_database_connections_max{database=\"records\"} 8",
        "lookedafter_latest_import 0",
    ] {
        assert!(metrics.contains(line), "{line}\n{metrics}");
    }
    if cfg!(target_os = "linux") {
        for name in ["cpu_seconds_total", "resident_memory_bytes", "open_fds", "start_time_seconds"] {
            let line = format!("\nprocess_{name} ");
            let value: f64 = metrics.split(&line).nth(1).unwrap().lines().next().unwrap().parse().unwrap();
            assert!(value > 0.0 || name.starts_with("cpu"), "{name} {value}");
        }
    }
    let typed =
        metrics.lines().filter_map(|line| line.strip_prefix("# TYPE ")).filter_map(|line| line.split(' ').next());
    let bare: Vec<&str> = typed.filter(|name| !metrics.contains(&format!("# HELP {name} "))).collect();
    assert!(bare.is_empty(), "metrics that nobody has explained: {bare:?}");
    for path in ["/", "/graphql", "/health/ready", "/schema.graphql", "/metrics/"] {
        assert_eq!(monitoring.get(path).await.status.as_u16(), 404, "{path}");
    }
    assert!(!monitoring.send(Method::POST, "/metrics", Vec::new()).await.status.is_success());
    assert_eq!(User::at(&serving.address, None).get("/metrics").await.status.as_u16(), 404);
    let (status, _) = serving.stop();
    assert_eq!(status, Some(0));
    assert!(std::net::TcpStream::connect(&listen).is_err(), "the listener of the metrics has ended too");
}

#[actix_web::test]
async fn the_usual_address_of_the_metrics_may_be_taken_and_one_that_was_chosen_may_not() {
    // Either we have it, or another program that is not about to end, such as a server of this machine.
    let mut other = TcpListener::bind("127.0.0.1:9464");
    for _ in 0..100 {
        if other.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        other = TcpListener::bind("127.0.0.1:9464");
    }
    let terminal = Terminal::new();
    // An empty variable is one that is not set.
    let serving = Serving::with(&terminal, &[("LOOKEDAFTER_METRICS_LISTEN", "")]);
    assert_eq!(User::at(&serving.address, None).get("/health/ready").await.status.as_u16(), 200);
    let (status, log) = serving.stop();
    assert_eq!(status, Some(0));
    let told = log.iter().find(|line| line.contains("\"WARN\"") && line.contains("LOOKEDAFTER_METRICS_LISTEN"));
    assert!(told.is_some_and(|line| line.contains("127.0.0.1:9464")), "{log:#?}");
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["demo", "--listen", "127.0.0.1:0", "--data", "data"]] {
        let ended = terminal.run(command, &[("LOOKEDAFTER_METRICS_LISTEN", "127.0.0.1:9464")]);
        assert_eq!(ended.status.code(), Some(1), "{command:?}");
        assert!(text(&ended.stderr).contains("LOOKEDAFTER_METRICS_LISTEN 127.0.0.1:9464"), "{}", text(&ended.stderr));
    }
}

#[actix_web::test]
async fn the_probe_tells_whether_the_server_is_ready_by_its_exit_status() {
    let terminal = Terminal::new();
    let serving = Serving::start(&terminal);
    let listen = serving.address.strip_prefix("http://").unwrap().to_owned();
    let ready = terminal.run(&["health"], &[("LOOKEDAFTER_LISTEN", &listen)]);
    assert_eq!((ready.status.code(), text(&ready.stdout).trim()), (Some(0), "ready"));
    serving.stop();
    let gone = terminal.run(&["health", "--listen", &listen], &[]);
    assert_eq!((gone.status.code(), gone.stdout.len()), (Some(1), 0));
    assert!(text(&gone.stderr).contains("not ready"), "{}", text(&gone.stderr));
}

#[actix_web::test]
async fn development_tokens_beyond_this_machine_are_warned_of_with_the_setting_that_mends_it() {
    let terminal = Terminal::new();
    let warned = async |settings: &[(&str, &str)]| {
        let (_, log) = Serving::with(&terminal, settings).stop();
        let warnings: Vec<String> = log.into_iter().filter(|line| line.contains("development tokens")).collect();
        assert!(warnings.iter().all(|line| line.contains("\"WARN\"") && line.contains("LOOKEDAFTER_ISSUERS")));
        warnings.len()
    };
    assert_eq!(warned(&[]).await, 0);
    assert_eq!(warned(&[("LOOKEDAFTER_TRUSTED_PROXIES", "127.0.0.1")]).await, 1);
    let listen = format!("0.0.0.0:{}", free().rsplit(':').next().unwrap());
    let mut serving = terminal.command(&["serve"], &[("LOOKEDAFTER_LISTEN", &listen)]);
    let mut child = serving.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().unwrap())).map(Result::unwrap);
    let told = lines.find(|line| line.contains("development tokens") || line.contains("\"serving\""));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(told.unwrap().contains("LOOKEDAFTER_ISSUERS"));
}
