//! Executing an operation: within its time, in its turn, and a long one on a thread of its own, so that the threads that
//! talk to clients stay free for the others.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::{Executor, Request, Response};
use futures_util::FutureExt;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

use super::in_flight::Turn;

/// Why an operation has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExecutionFailure {
    /// Its time was up.
    TimedOut,
    /// A fault of the program ended it.
    Broken,
}

/// Executes an operation whose turn has come, and does with its outcome what else takes long.
///
/// # Errors
/// [`ExecutionFailure`].
pub(super) async fn execute<E: Executor, T: Send + 'static>(
    executor: &E,
    request: Request,
    turn: &Arc<Turn>,
    deadline: Instant,
    finish: impl FnOnce(Response) -> T + Send + 'static,
) -> Result<T, ExecutionFailure> {
    let executor = executor.clone();
    let work = async move {
        // A fault of the program in one field ends this request, and not the connection without a word.
        let execution = AssertUnwindSafe(executor.execute(request)).catch_unwind();
        let executed = timeout_at(deadline, execution).await.map_err(|_| ExecutionFailure::TimedOut)?;
        executed.map(finish).map_err(|_| ExecutionFailure::Broken)
    };
    if !turn.is_long() {
        return turn.keep_while(work).await;
    }
    let (mut answer, answered) = oneshot::channel();
    let (runtime, turn) = (Handle::current(), Arc::clone(turn));
    tokio::task::spawn_blocking(move || {
        runtime.block_on(async {
            tokio::select! {
                done = turn.keep_while(work) => drop(answer.send(done)),
                // Nobody waits for it any more.
                () = answer.closed() => {}
            }
        });
        drop(turn);
    });
    answered.await.unwrap_or(Err(ExecutionFailure::Broken))
}
