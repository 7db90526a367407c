//! `lookedafter schema`: the schema as text.

use super::{Failure, token};
use crate::access::Role;
use crate::config::{self, Config};
use crate::graphql;

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The schema as this role sees it.
    #[arg(long, value_parser = token::role)]
    role: Option<Role>,
}

/// Prints the schema. Roles that may see anything see the same one; the others see none.
///
/// # Errors
/// The settings or the policy are wrong, or the role sees nothing.
pub fn run(args: &Args) -> Result<(), Failure> {
    if let Some(role) = args.role
        && !config::policy(&Config::load(&[])?)?.roles().any(|known| known == role)
    {
        return Err(Failure::Nothing(format!("the policy gives {} nothing to see", role.code())));
    }
    print!("{}", graphql::sdl());
    Ok(())
}
