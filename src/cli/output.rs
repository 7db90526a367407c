//! What a command prints: its results on standard output, words for people on standard error.
//!
//! Whoever reads may stop before the end, as `head` does. That ends a command quietly, and is no error.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use super::Failure;

/// Prints a line on standard output.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::cli::output::print(format_args!("{}\n", format_args!($($text)*)))
    };
}

/// Prints a line on standard error.
macro_rules! tell {
    ($($text:tt)*) => {
        $crate::cli::output::note(format_args!("{}\n", format_args!($($text)*)))
    };
}

pub(super) use {say, tell};

/// Prints a text on standard output as it is.
///
/// # Errors
/// [`Failure::Unread`] where nobody reads it any more.
pub fn print(text: impl Display) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    written(write!(out, "{text}").and_then(|()| out.flush()))
}

/// What became of writing to standard output.
///
/// # Errors
/// [`Failure::Unread`] where nobody reads it any more.
pub fn written(outcome: io::Result<()>) -> Result<(), Failure> {
    outcome.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::Unread,
        _ => Failure::Io("standard output".to_owned(), error),
    })
}

/// Prints a text on standard error as it is. Work goes on where nobody reads it.
pub fn note(text: impl Display) {
    let _ = write!(io::stderr().lock(), "{text}");
}

/// A word as a shell takes it for one.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-:".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_path_with_a_space_is_one_word() {
        assert_eq!(quoted("/srv/lookedafter-demo"), "/srv/lookedafter-demo");
        assert_eq!(quoted("/home/o'brien/my data"), r"'/home/o'\''brien/my data'");
    }
}
