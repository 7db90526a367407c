//! The records of the demonstration: three invented authorities and what is published about the first, brought in by
//! the same importers as anyone's.

use std::path::Path;

use chrono::{Local, Months, NaiveDate};

use crate::access::Role;
use crate::cli::Failure;
use crate::cli::folders::{self, Step, StepKind};
use crate::import::ssda903::ReturnYear;
use crate::import::{Confirmations, Kind, PreparedImport, Request, prepare};
use crate::period::Window;
use crate::store::{Store, rows};
use crate::synthetic::{Cohort, Plan, harrow};

/// Reference data: names, population, statistical neighbours, targets and published figures.
///
/// Population before 2023 is worked back from the rates printed for those years, and made to size for the two
/// smaller authorities.
const REFERENCE: [(Kind, &str); 5] = [
    (Kind::Areas, include_str!("data/areas.csv")),
    (Kind::Population, include_str!("data/population.csv")),
    (Kind::Neighbours, include_str!("data/neighbours.csv")),
    (Kind::Targets, include_str!("data/targets.csv")),
    (Kind::Published, include_str!("data/published.csv")),
];

/// The two smaller authorities: code, children, seed.
const SMALLER: [(&str, usize, u64); 2] = [("E08000034", 240, 3), ("E09000005", 180, 4)];

/// Writes every file into a folder and imports it; `told` hears what is being imported.
///
/// # Errors
/// A file cannot be written, or the importers refuse one: then the demonstration is broken.
pub async fn bring(store: &Store, folder: &Path, mut told: impl FnMut(&str)) -> Result<(), Failure> {
    for (kind, text) in REFERENCE {
        told(kind.name());
        let path = folder.join(format!("{}.csv", kind.name()));
        std::fs::write(&path, text).map_err(|error| Failure::Io(path.display().to_string(), error))?;
        let authority = Some(harrow::AUTHORITY.to_owned());
        import(store, Request::List { kind, path, authority, up_to: None }).await?;
    }
    for cohort in cohorts() {
        told(&cohort.authority);
        let folder = folder.join(&cohort.authority);
        for step in folders::write(&cohort, &folder, |_| {})? {
            import(store, request(&cohort.authority, &folder, step)?).await?;
        }
    }
    open_to_everyone(store).await
}

/// Opens the rounded figures of each authority to everyone for a year.
async fn open_to_everyone(store: &Store) -> Result<(), Failure> {
    let today = Local::now().date_naive();
    let codes = std::iter::once(harrow::AUTHORITY).chain(SMALLER.map(|(code, _, _)| code));
    for code in codes {
        let everyone = Role::Public.code().to_owned();
        let grant = rows::Grant {
            authority_id: code.to_owned(),
            grant_id: format!("demo:{everyone}:{code}"),
            subject: everyone.clone(),
            role: everyone,
            agreement: "DEMONSTRATION".to_owned(),
            starts_on: today.pred_opt().unwrap_or(today),
            ends_on: today.checked_add_months(Months::new(12)).unwrap_or(today),
            made_by: Some("lookedafter demo".to_owned()),
            ..rows::Grant::default()
        };
        store.put_grant(grant).await?;
    }
    Ok(())
}

fn cohorts() -> impl Iterator<Item = Cohort> {
    let (from, to) = (NaiveDate::from_ymd_opt(2019, 4, 1), NaiveDate::from_ymd_opt(2024, 3, 31));
    let days = from.zip(to).map_or(harrow::DAYS, |(from, to)| Window::new(from, to));
    let smaller =
        SMALLER.into_iter().map(move |(code, children, seed)| Cohort::drawn(code, Plan { children, days, seed }));
    std::iter::once_with(Cohort::harrow).chain(smaller)
}

fn request(authority: &str, folder: &Path, step: Step) -> Result<Request, Failure> {
    let path = folder.join(step.path);
    let authority = authority.to_owned();
    Ok(match step.kind {
        StepKind::List(kind, up_to) => Request::List { kind, path, authority: Some(authority), up_to: Some(up_to) },
        StepKind::Return(year) => {
            let year = ReturnYear::new(year.ending, Some(year.window.to), Local::now().date_naive()).map_err(broken)?;
            Request::Return { path, authority, year }
        }
    })
}

async fn import(store: &Store, request: Request) -> Result<(), Failure> {
    let (authority, year) = request.scope();
    let held = store.held(authority, year).await?;
    let PreparedImport { report, batch } = prepare(request, &held, Confirmations::default());
    if let Some(issue) = report.issues.first() {
        return Err(broken(format!("{}: {}", issue.file, issue.message)));
    }
    store.write(batch.map_err(broken)?, &|_| {}).await?;
    Ok(())
}

fn broken(cause: impl std::fmt::Display) -> Failure {
    Failure::Nothing(format!("the records of the demonstration cannot be imported: {cause}"))
}
