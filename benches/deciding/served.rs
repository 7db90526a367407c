//! The program itself, serving the database that is measured, so that its request over HTTP stands beside its parts.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use super::{
    load::{self, Request},
    process,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lookedafter");
const ADDRESS: &str = "127.0.0.1:18083";

/// The running process.
pub struct Served {
    process: Child,
    request: Request,
}

impl Served {
    /// Starts the program on a database that holds an authority, and makes a token for an analyst of it.
    pub async fn start(folder: &Path, url: &str, authority: &str, body: String) -> Self {
        let arguments = ["token", "--role", "analyst", "--authority", authority];
        let token = command(folder, url).args(arguments).stdout(Stdio::piped()).output().expect("it runs");
        assert!(token.status.success(), "{}", String::from_utf8_lossy(&token.stderr));
        let token = String::from_utf8(token.stdout).expect("text").trim().to_owned();
        let process = command(folder, url).args(["serve", "--listen", ADDRESS]).spawn().expect("it starts");
        let client = awc::Client::default();
        while !client.get(format!("http://{ADDRESS}/health/ready")).send().await.is_ok_and(|a| a.status().is_success())
        {
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
        let request = Request { address: format!("http://{ADDRESS}/graphql"), token: Some(token), body: Some(body) };
        Self { process, request }
    }

    /// Processor time of so many requests, in microseconds, in the serving process alone.
    pub async fn cpu(&self, requests: usize, at_once: usize) -> f64 {
        let before = process::processor_time_exactly(self.process.id());
        load::send(requests, at_once, &self.request).await;
        (process::processor_time_exactly(self.process.id()) - before).as_secs_f64() * 1e6
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(folder: &Path, url: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command.env("LOOKEDAFTER_DATA", folder).env("DATABASE_URL", url).env("LOOKEDAFTER_LOG", "warn");
    // One who asks as fast as this has to wait otherwise.
    command.env("LOOKEDAFTER_RATE_PER_SECOND", "1000000000").env("LOOKEDAFTER_RATE_BURST", "1000000000");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}
