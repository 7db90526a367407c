//! The measure of all things: an actix route that answers a small JSON text, in a process of its own.

use std::process::{Child, Command, Stdio};

use actix_web::{App, HttpResponse, HttpServer, web};

use super::load::Request;

/// Tells this program to be the plain server.
pub const ARGUMENT: &str = "--plain-route";

const ADDRESS: &str = "127.0.0.1:18081";

/// The running process.
pub struct Plain(Child);

impl Plain {
    /// Starts this program again as the plain server and waits until it answers.
    pub async fn start() -> Self {
        let program = std::env::current_exe().expect("this program has a path");
        let child = Command::new(program).arg(ARGUMENT).stdout(Stdio::null()).spawn().expect("it starts");
        while std::net::TcpStream::connect(ADDRESS).is_err() {
            actix_web::rt::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        Self(child)
    }

    /// Number of the process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// The request that it answers.
    pub fn request(&self) -> Request {
        Request { address: format!("http://{ADDRESS}/plain"), token: None, body: None }
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves until it is killed.
pub async fn serve() {
    let answer = || async { HttpResponse::Ok().json(serde_json::json!({ "data": { "ping": "pong" } })) };
    HttpServer::new(move || App::new().route("/plain", web::get().to(answer)))
        .workers(2)
        .bind(ADDRESS)
        .expect("the port is free")
        .run()
        .await
        .expect("it serves");
}
