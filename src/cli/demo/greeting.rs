//! What the demonstration prints when it is ready: a token for each role, and a first query to try.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::access::Role;
use crate::auth::DevelopmentKey;
use crate::cli::output::{quoted, say};
use crate::cli::{Failure, token};
use crate::config::{Config, policy};
use crate::store::{Store, sqlite_at};
use crate::synthetic::harrow;

/// The scorecard of the second quarter, as one line for a shell.
const QUERY: &str = r#"{"query":"{ authority(by: {onsCode: \"E09000015\"}) { name scorecard(period: {code: \"2023-24-Q2\"}) { rows { indicator { title } current { display numerator denominator } target { value } } } } }"}"#;

/// Prints a token for each role that may read something, with its grant written, and the query with the first token.
///
/// # Errors
/// The policy cannot be read, a grant cannot be written, or nobody reads what is printed.
pub(super) async fn print(config: &Config, store: &Store, database: &Path, address: SocketAddr) -> Result<(), Failure> {
    let key = DevelopmentKey::open(&config.data)?;
    say!(
        "Invented records of Harrow (E09000015), Kirklees (E08000034) and Brent (E09000005); no child in them exists."
    )?;
    let mut analyst = String::new();
    for role in policy(config, &crate::graphql::fields())?.roles().filter(|role| *role != Role::Public) {
        let token = token::for_role(config, store, &key, role, harrow::AUTHORITY).await?;
        say!("\n{} of {}:\n{token}", role.code(), harrow::AUTHORITY)?;
        if role == Role::Analyst {
            analyst = token;
        }
    }
    say!("\nRecords of children are shown to those who say why: -H 'X-Purpose: performance-monitoring'.")?;
    say!("A service manager sees who the children are with -H 'X-Purpose: direct-care'.")?;
    say!("Without a token, everyone sees rounded figures: a grant for the subject public opens them.")?;
    say!("\nTokens last 60 minutes. A new one, here for another authority:")?;
    say!("{} token --role analyst --authority E08000034", command(&config.data, database))?;
    say!("\nA first query; or open http://{address}/graphiql in a browser:")?;
    say!("curl -s http://{address}/graphql -H 'Content-Type: application/json' \\")?;
    say!("  -H 'Authorization: Bearer {analyst}' \\\n  -d '{QUERY}'")
}

/// How this program is called with the demonstration's database from any folder.
fn command(data: &Path, database: &Path) -> String {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string();
    let called = std::env::args_os().next().map(PathBuf::from).unwrap_or_else(|| "lookedafter".into());
    // A name without a folder was found through PATH.
    let program = if called.components().count() > 1 { whole(&called) } else { called.display().to_string() };
    let url = sqlite_at(Path::new(&whole(database)));
    format!("LOOKEDAFTER_DATA={} DATABASE_URL={} {}", quoted(&whole(data)), quoted(&url), quoted(&program))
}
