//! `lookedafter schema`: the schema as text.

use super::{Failure, output};
use crate::access::Role;
use crate::config::{self, Config};
use crate::graphql;

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The schema as this role sees it.
    #[arg(long, value_parser = role)]
    role: Option<Role>,
}

/// Prints the whole schema, or what a role sees of it.
///
/// # Errors
/// The settings or the policy are wrong.
pub fn run(args: &Args) -> Result<(), Failure> {
    match args.role {
        None => output::print(graphql::sdl()),
        Some(role) => output::print(graphql::sdl_of(&config::policy(&Config::load(&[])?, &graphql::fields())?, role)),
    }
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| format!("the roles are {}", Role::ALL.map(Role::code).join(", ")))
}
