//! What the demonstration prints when it is ready: a token for each role, and a first query to try.

use std::net::SocketAddr;
use std::path::Path;

use crate::access::Role;
use crate::auth::DevelopmentKey;
use crate::cli::{Failure, token};
use crate::config::{Config, policy};
use crate::store::Store;
use crate::synthetic::harrow;

/// The scorecard of the second quarter, as one line for a shell.
const QUERY: &str = r#"{"query":"{ authority(by: {onsCode: \"E09000015\"}) { name scorecard(period: {code: \"2023-24-Q2\"}) { rows { indicator { title } current { display numerator denominator } target { value } } } } }"}"#;

/// Prints a token for each role that may read something, with its grant written, and the query with the first token.
///
/// # Errors
/// The policy cannot be read, or a grant cannot be written.
pub(super) async fn print(config: &Config, store: &Store, database: &Path, address: SocketAddr) -> Result<(), Failure> {
    let key = DevelopmentKey::open(&config.data)?;
    println!(
        "Invented records of Harrow (E09000015), Kirklees (E08000034) and Brent (E09000005); no child in them exists."
    );
    let mut analyst = String::new();
    for role in policy(config, &crate::graphql::fields())?.roles().filter(|role| *role != Role::Public) {
        let token = token::for_role(config, store, &key, role, harrow::AUTHORITY).await?;
        println!("\n{} of {}:\n{token}", role.code(), harrow::AUTHORITY);
        if role == Role::Analyst {
            analyst = token;
        }
    }
    println!("\nRecords of children are shown to those who say why: -H 'X-Purpose: performance-monitoring'.");
    println!("Without a token, everyone sees rounded figures: a grant for the subject public opens them.");
    println!("\nA token for another authority:");
    let (data, database) = (config.data.display(), database.display());
    println!(
        "LOOKEDAFTER_DATA={data} DATABASE_URL=sqlite://{database} lookedafter token --role analyst --authority E08000034"
    );
    println!("\nA first query; or open http://{address}/graphiql in a browser:");
    println!("curl -s http://{address}/graphql -H 'Content-Type: application/json' \\");
    println!("  -H 'Authorization: Bearer {}' \\\n  -d '{QUERY}'", analyst);
    Ok(())
}
