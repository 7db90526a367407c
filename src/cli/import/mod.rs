//! `lookedafter import`: reads files into records, and lists, shows and undoes what was imported.

mod bring;
mod formats;
mod tell;
mod within;

use std::path::PathBuf;

use clap::Subcommand;

use super::{Failure, database, logging, remark_on};
use crate::config::Config;
use crate::import::{Confirmations, Kind, Request, error, ssda903::ReturnYear};
use crate::period::Date;

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// A yearly return: a folder of CSV files, or one XML file.
    Ssda903(Return),
    /// Codes, names and regions of authorities.
    Areas(List),
    /// Children living in an area, by year and group.
    Population(List),
    /// What an authority wants to reach.
    Targets(List),
    /// Statistical neighbours.
    Neighbours(List),
    /// Published figures: a scorecard, or the education department's open data.
    Published(List),
    /// Care leavers and the duties owed to them.
    Leavers(List),
    /// Contacts with care leavers.
    #[command(name = "leaver_contacts", alias = "leaver-contacts")]
    LeaverContacts(List),
    /// Foster carers.
    Carers(List),
    /// Which household a placement was with.
    #[command(name = "placement_links", alias = "placement-links")]
    PlacementLinks(List),
    /// A folder of tables of the Standard Safeguarding Dataset.
    Ssd(List),
    /// Print every import, newest first.
    List,
    /// Print the files and issues of an import.
    Show {
        /// Its number.
        number: i64,
        /// In words, as CSV with a row for each issue, or as JSON with the files too.
        #[arg(long, value_enum, default_value_t = tell::Format::Text)]
        format: tell::Format,
    },
    /// Undo the latest import of an authority, or of reference data.
    Undo {
        /// Its number.
        number: i64,
    },
}

/// A yearly return.
#[derive(Debug, clap::Args)]
struct Return {
    /// The folder, or the XML file.
    path: PathBuf,
    /// ONS code of the authority, such as E09000015.
    #[arg(long)]
    authority: String,
    /// The year in which the return ends: 2024 for April 2023 to March 2024.
    #[arg(long, value_parser = year_ending)]
    year_ending: i32,
    /// Last day that the return covers, where it was made before the year's end.
    #[arg(long, value_parser = day)]
    up_to: Option<Date>,
    /// Only tell what would be read.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    confirm: Confirm,
}

/// A list, or a folder of tables.
#[derive(Debug, clap::Args)]
struct List {
    /// The file, or the folder that holds it.
    path: PathBuf,
    /// ONS code of the authority whose records they are.
    #[arg(long)]
    authority: Option<String>,
    /// Last day that the list knows of; otherwise as far as the returns, or the quarter of its newest date, reach.
    #[arg(long, value_parser = day)]
    up_to: Option<Date>,
    /// Only tell what would be read.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    confirm: Confirm,
}

/// What is meant, although it looks like a mistake.
#[derive(Debug, clap::Args)]
struct Confirm {
    /// Import although it looks like a mistake: year, authority or retires, with commas between or given again.
    #[arg(long, value_name = "REASONS", value_delimiter = ',', value_parser = Confirmations::WORDS)]
    confirm: Vec<String>,
}

impl Confirm {
    fn read(&self) -> Confirmations {
        Confirmations::read(self.confirm.iter().map(String::as_str))
    }
}

/// The year in which a return ends, in four digits; whoever writes the year as `2017-18` is told how.
fn year_ending(text: &str) -> Result<i32, String> {
    let text = text.trim();
    if text.len() == 4
        && let Ok(year) = text.parse()
    {
        return Ok(year);
    }
    let of_two_digits = || text.parse().ok().filter(|year| (0..100).contains(year)).map(|year: i32| 2000 + year);
    match ReturnYear::ending_of(text).or_else(|| ReturnYear::ending_of(&format!("20{text}"))).or_else(of_two_digits) {
        Some(year) => {
            let before = year - 1;
            let after = year % 100;
            Err(format!("write the year in which the return ends: {year} for {before}-{after:02}"))
        }
        None => Err("write the year in which the return ends, such as 2024 for 2023-24".to_owned()),
    }
}

fn day(text: &str) -> Result<Date, String> {
    crate::import::day(text).ok_or_else(|| "write a date as 2023-09-30 or 30/09/2023".to_owned())
}

/// Does it.
///
/// # Errors
/// The settings are wrong, nothing could be read, or the database fails; then nothing was changed.
pub async fn run(args: Args) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let (kind, list) = match args.what {
        Action::Ssda903(args) => {
            let (dry_run, confirmed, path) = (args.dry_run, args.confirm.read(), args.path.clone());
            let request = of_return(args).map_err(refused)?;
            request.scope().0.into_iter().for_each(remark_on);
            return match bring::import(&config, request, confirmed, dry_run).await {
                Err(Failure::Nothing(words)) => Err(Failure::Nothing(words + &within::hint(&path))),
                outcome => outcome,
            };
        }
        Action::List => return tell::list(&database::open(&config).await?).await,
        Action::Show { number, format } => return tell::show(&database::open(&config).await?, number, format).await,
        Action::Undo { number } => return bring::undo(&config, number).await,
        Action::Areas(list) => (Kind::Areas, list),
        Action::Population(list) => (Kind::Population, list),
        Action::Targets(list) => (Kind::Targets, list),
        Action::Neighbours(list) => (Kind::Neighbours, list),
        Action::Published(list) => (Kind::Published, list),
        Action::Leavers(list) => (Kind::Leavers, list),
        Action::LeaverContacts(list) => (Kind::LeaverContacts, list),
        Action::Carers(list) => (Kind::Carers, list),
        Action::PlacementLinks(list) => (Kind::PlacementLinks, list),
        Action::Ssd(list) => (Kind::Ssd, list),
    };
    let authority = list.authority.as_deref().map(error::authority_code).transpose().map_err(refused)?;
    authority.as_deref().into_iter().for_each(remark_on);
    let request = Request::List { kind, path: list.path, authority, up_to: list.up_to };
    bring::import(&config, request, list.confirm.read(), list.dry_run).await
}

fn of_return(args: Return) -> Result<Request, error::ImportError> {
    let authority = error::authority_code(&args.authority)?;
    let year = ReturnYear::new(args.year_ending, args.up_to, chrono::Local::now().date_naive())?;
    Ok(Request::Return { path: args.path, authority, year })
}

/// An import that did nothing, as the command tells it.
fn refused(error: error::ImportError) -> Failure {
    let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
    let words = format!("{error}{cause}");
    if error.is_wrong_usage() { Failure::Usage(words) } else { Failure::Nothing(words) }
}
