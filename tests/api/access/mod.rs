//! The proof that each role is given its own slice and nothing else: over real requests, against the specification
//! typed once more, with records in which everything is a mark.

pub mod atlas;
mod authorities;
mod beside;
mod birthdays;
mod bleed;
mod canary;
mod days;
mod denial;
mod marked;
mod matrix;
pub mod oracle;
mod protected;
mod random;
mod rows;
mod told;
mod two;
mod walk;

use lookedafter::access::Role;
use serde_json::Value;

use crate::helpers::{Answer, TestApp, User, valid_grant};

/// The authority that everyone in these tests holds a grant for.
pub const OWN: &str = "E09000015";
/// Another one, with records of its own.
pub const OTHER: &str = "E09000005";
/// The code of no authority.
pub const NOWHERE: &str = "E09000099";

/// Someone in a role with a grant in force and a purpose; for everyone, someone without a token.
pub async fn person(app: &TestApp, role: Role, authority: &str) -> User {
    match role {
        Role::Public => {
            app.grant("public", role, authority).await;
            app.anonymous()
        }
        role => app.user(role, authority).await,
    }
}

/// The same, but the grant is changed first.
pub async fn person_with(
    app: &TestApp,
    role: Role,
    name: &str,
    change: impl FnOnce(&mut lookedafter::store::rows::Grant),
) -> User {
    let subject = if role == Role::Public { "public".to_owned() } else { format!("{}-{name}", role.code()) };
    let mut grant = valid_grant(&subject, role, OWN);
    change(&mut grant);
    app.store.put_grant(grant).await.unwrap();
    match role {
        Role::Public => app.anonymous(),
        role => User::at(&app.address, Some(app.token(&subject, role))).with("X-Purpose", "performance-monitoring"),
    }
}

/// What an answer says, without what differs from one request to the next: its id and its moment.
pub fn settled(answer: &Answer) -> (u16, String, String) {
    let mut json = answer.json.clone();
    if let Some(extensions) = json["extensions"].as_object_mut() {
        extensions.remove("asKnownOn");
    }
    let id = answer.header("x-request-id").to_owned();
    let body = match json {
        Value::Null => String::from_utf8_lossy(&answer.body).into_owned(),
        json => json.to_string(),
    };
    let body = if id.is_empty() { body } else { body.replace(&id, "REQUEST") };
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| !["date", "x-request-id", "content-length"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    (answer.status.as_u16(), headers.join("\n"), body)
}
