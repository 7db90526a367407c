//! Who read about a child: a table for people, or JSON.

use super::{Subject, open, words};
use crate::audit::{Act, Administration};
use crate::cli::output::{self, say};
use crate::cli::{Failure, child, operator};
use crate::config::Config;
use crate::store::{Search, Store};

/// Prints every record about the child, newest first; the asking itself is recorded before.
pub(super) async fn tell(config: &Config, store: &Store, args: &Subject) -> Result<(), Failure> {
    let child = child::find(store, &args.authority, &args.child).await?;
    let Some(trace) = store.trace(&args.authority, &child).await? else {
        return Err(Failure::Nothing("this authority has no such child".to_owned()));
    };
    let log = open(config, store).await?;
    let found = log.page(&Search { trace: Some(trace), ..Search::default() }, u64::MAX).await?;
    let act = Administration::new(Act::SubjectSearch, operator(), &args.reason);
    log.append(act.at(&args.authority).about(trace)).await?;
    log.close().await;
    if args.json { say!("{}", words::json_text(&found)) } else { output::print(words::table(&found)) }
}
