//! `lookedafter synthesise`: invented children as return folders, for trying things out and for measuring.

use std::path::PathBuf;

use super::output::{quoted, say, tell};
use super::{Failure, folders};
use crate::period::{Date, Window};
use crate::synthetic::{Cohort, Plan};

/// Arguments of `synthesise`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// ONS code of the authority whose returns they are, such as E08000034.
    #[arg(long, value_parser = super::token::authority)]
    authority: String,
    /// How many children.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    children: u32,
    /// First day that the returns cover, such as 2019-04-01.
    #[arg(long)]
    from: Date,
    /// Last day that they cover; the last return ends on it.
    #[arg(long)]
    to: Date,
    /// The same seed gives an authority the same children, byte for byte.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A new or empty folder.
    #[arg(long)]
    out: PathBuf,
}

/// Writes the folders and prints the path of each.
///
/// # Errors
/// The days are the wrong way round, the folder is not empty, or a file cannot be written.
pub fn run(args: &Args) -> Result<(), Failure> {
    if args.from > args.to {
        return Err(Failure::Usage("--from must not lie after --to".to_owned()));
    }
    let taken = args.out.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        return Err(Failure::Nothing(format!("{} is not empty; nothing was written", args.out.display())));
    }
    let children = usize::try_from(args.children).unwrap_or(usize::MAX);
    let seed = seed_of(&args.authority, args.seed);
    let plan = Plan { children, days: Window::new(args.from, args.to), seed };
    let cohort = Cohort::drawn(&args.authority, plan);
    // All is written, whether its names are read or not.
    folders::write(&cohort, &args.out, |step| _ = say!("{}", args.out.join(&step.path).display()))?;
    let manifest = args.out.join("import.sh").display().to_string();
    tell!("{} children; import them with: bash {}", args.children, quoted(&manifest));
    Ok(())
}

/// The seed of an authority's children: no two authorities have the same, whose files would look like a mistake.
fn seed_of(authority: &str, seed: u64) -> u64 {
    let number =
        authority.bytes().filter(u8::is_ascii_digit).fold(0_u64, |number, b| number * 10 + u64::from(b - b'0'));
    seed ^ (number << 32)
}

#[cfg(test)]
mod tests {
    use super::seed_of;

    #[test]
    fn one_seed_gives_two_authorities_different_children() {
        assert_ne!(seed_of("E09000015", 7), seed_of("E08000034", 7));
        assert_ne!(seed_of("E09000015", 7), seed_of("E09000015", 8));
        assert_eq!(seed_of("E09000015", 7), seed_of("E09000015", 7));
    }
}
