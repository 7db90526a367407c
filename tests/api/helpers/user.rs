//! Someone who asks, and what they are answered.

use awc::Client;
use awc::http::{Method, StatusCode};
use serde_json::{Value, json};

/// Someone who asks, with or without a token.
#[derive(Clone)]
pub struct User {
    address: String,
    headers: Vec<(String, String)>,
}

/// An answer, read to its end.
pub struct Answer {
    /// Status code.
    pub status: StatusCode,
    /// Headers by name, the first of each.
    pub headers: awc::http::header::HeaderMap,
    /// The body as it came.
    pub body: Vec<u8>,
    /// The body as JSON; null where it is none.
    pub json: Value,
}

impl Answer {
    /// A header as text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The code of the first error; empty where there is none.
    pub fn code(&self) -> &str {
        self.json["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
    }

    /// The message of the first error; empty where there is none.
    pub fn message(&self) -> &str {
        self.json["errors"][0]["message"].as_str().unwrap_or_default()
    }
}

impl User {
    /// Someone at this address, with or without a token.
    pub fn at(address: &str, token: Option<String>) -> User {
        let headers = token.into_iter().map(|token| ("Authorization".to_owned(), format!("Bearer {token}"))).collect();
        User { address: address.to_owned(), headers }
    }

    /// The same user with one header more; instead of one of the same name, but for Authorization.
    pub fn with(&self, name: &str, value: &str) -> User {
        let mut user = self.clone();
        user.headers.retain(|(known, _)| known != name || name == "Authorization");
        user.headers.push((name.to_owned(), value.to_owned()));
        user
    }

    /// Sends a document without variables.
    pub async fn query(&self, document: &str) -> Answer {
        self.query_with(document, json!({})).await
    }

    /// Sends a document with variables.
    pub async fn query_with(&self, document: &str, variables: Value) -> Answer {
        self.post(json!({"query": document, "variables": variables}).to_string()).await
    }

    /// Sends a body as JSON.
    pub async fn post(&self, body: impl Into<Vec<u8>>) -> Answer {
        self.with("Content-Type", "application/json").send(Method::POST, "/graphql", body.into()).await
    }

    /// Sends parameters in the address.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, Vec::new()).await
    }

    /// Sends anything.
    pub async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Answer {
        let client = Client::builder().timeout(std::time::Duration::from_secs(600)).finish();
        let mut request = client.request(method, format!("{}{path}", self.address)).no_decompress();
        for (name, value) in &self.headers {
            request = request.append_header((name.as_str(), value.as_str()));
        }
        let mut response = request.send_body(body).await.expect("an answer");
        let body = response.body().limit(64 * 1024 * 1024).await.expect("a body").to_vec();
        let json = serde_json::from_slice(&body).unwrap_or_default();
        Answer { status: response.status(), headers: response.headers().clone(), body, json }
    }
}
