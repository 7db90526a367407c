//! The command.

use std::process::ExitCode;

fn main() -> ExitCode {
    lookedafter::cli::main()
}
