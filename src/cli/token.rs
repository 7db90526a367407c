//! `lookedafter token`: a token of the development issuer, with the grant that it needs.

use chrono::{Days, Months, NaiveDate, TimeDelta, Utc};

use super::output::{say, tell};
use super::{Failure, database, logging, remark_on};
use crate::access::{Role, authority_code};
use crate::audit::Act;
use crate::auth::DevelopmentKey;
use crate::auth::development::{self, TokenContent};
use crate::authorities;
use crate::config::Config;
use crate::store::{Store, rows};

/// The agreement that development grants rest on; it is also the number of a development inspection.
const AGREEMENT: &str = "DEVELOPMENT";
/// The longest that an inspector's grant may run, in days.
const INSPECTION: u64 = 21;
/// How far back the records of a development grant for the police go, in months.
const RECORDS: u32 = 120;

/// Why there is no token.
const REFUSED: &str = "LOOKEDAFTER_ISSUERS names the issuers whose tokens are accepted, and development tokens are not \
                       among them; set LOOKEDAFTER_ALLOW_DEVELOPMENT_TOKENS=true to accept them too";

/// Arguments of `token`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The role, such as analyst.
    #[arg(long, value_parser = role)]
    role: Role,
    /// ONS code of the authority whose data may be read, such as E09000015.
    #[arg(long, value_parser = authority)]
    authority: String,
    /// Whom the token names; ROLE@AUTHORITY when left out.
    #[arg(long, value_parser = subject)]
    subject: Option<String>,
    /// How long the token is good for.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=90))]
    minutes: u64,
}

/// Prints the token alone on standard output.
///
/// # Errors
/// The settings are wrong, or the key or the database cannot be used.
pub async fn run(args: Args) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    if !config.accepts_development_tokens() {
        return Err(Failure::Nothing(REFUSED.to_owned()));
    }
    let store = database::open(&config).await?;
    let key = DevelopmentKey::open(&config.data)?;
    remark_on(&args.authority);
    if !store.authorities(None).await?.iter().any(|known| known.authority_id == args.authority) {
        tell!("lookedafter: note: nothing has been imported for {} yet; queries find nothing of it", args.authority);
    }
    let until = Utc::now() + TimeDelta::minutes(i64::try_from(args.minutes).unwrap_or_default());
    let token = make(&config, &store, &key, &args).await?;
    tell!("The token is good until {} UTC ({} minutes).", until.format("%H:%M"), args.minutes);
    say!("{token}")
}

/// A token for a role and an authority, with its grant written; for those who set up a demonstration.
///
/// # Errors
/// The database or the key cannot be used.
pub async fn for_role(
    config: &Config,
    store: &Store,
    key: &DevelopmentKey,
    role: Role,
    authority: &str,
) -> Result<String, Failure> {
    make(config, store, key, &Args { role, authority: authority.to_owned(), subject: None, minutes: 60 }).await
}

async fn make(config: &Config, store: &Store, key: &DevelopmentKey, args: &Args) -> Result<String, Failure> {
    let now = Utc::now();
    let subject = args.subject.clone().unwrap_or_else(|| format!("{}@{}", args.role.code(), args.authority));
    let grant = grant(&subject, args.role, &args.authority, now.date_naive());
    super::grant::record(config, store, Act::GrantAdded, &grant, "lookedafter token").await?;
    store.put_grant(grant).await?;
    let wanted = TokenContent {
        issuer: &config.issuer,
        audience: &config.audience,
        subject: &subject,
        role: args.role,
        minutes: args.minutes,
    };
    Ok(development::token(key, &wanted, now)?)
}

fn grant(subject: &str, role: Role, authority: &str, today: NaiveDate) -> rows::Grant {
    let (inspector, police) = (role == Role::Inspector, role == Role::PoliceYot);
    // The first day counts.
    let end = if inspector {
        today.checked_add_days(Days::new(INSPECTION - 1))
    } else {
        today.checked_add_months(Months::new(12)).and_then(|day| day.pred_opt())
    };
    // An inspection that goes on needs a grant of its own, so that none is ever made longer.
    let begun = if inspector { format!(":{today}") } else { String::new() };
    rows::Grant {
        authority_id: authority.to_owned(),
        grant_id: format!("development:{}:{subject}:{authority}{begun}", role.code()),
        subject: subject.to_owned(),
        role: role.code().to_owned(),
        agreement: AGREEMENT.to_owned(),
        starts_on: today,
        ends_on: end.unwrap_or(today),
        organisation: Some(organisation(role, authority)),
        records_from: if police { today.checked_sub_months(Months::new(RECORDS)) } else { None },
        records_to: if police { end } else { None },
        commissions: (role == Role::HealthPartner).then(|| authority.to_owned()),
        inspection_number: inspector.then(|| AGREEMENT.to_owned()),
        made_by: Some("lookedafter token".to_owned()),
        ..rows::Grant::default()
    }
}

/// Partners are organisations of their own; everyone else belongs to the authority.
fn organisation(role: Role, authority: &str) -> String {
    match role {
        Role::VirtualSchool
        | Role::HealthPartner
        | Role::PoliceYot
        | Role::AdoptionAgency
        | Role::Inspector
        | Role::NeighbourAuthority => format!("{} of {authority}", role.code()),
        _ => authority.to_owned(),
    }
}

/// A role by its name on the command line.
pub(super) fn role(name: &str) -> Result<Role, String> {
    match Role::parse(name) {
        Some(Role::Public) => {
            Err("public is the role of those who have no token; `lookedafter grant add --subject public` opens it"
                .to_owned())
        }
        Some(role) => Ok(role),
        None => Err(format!("the roles are {}", Role::ALL.map(Role::code).join(", "))),
    }
}

/// Reads the ONS code of an authority.
pub(super) fn authority(code: &str) -> Result<String, String> {
    authority_code(code).ok_or_else(|| authorities::not_a_code(code))
}

/// Whom a token names: somebody, and not everyone without a token.
fn subject(name: &str) -> Result<String, String> {
    match name.trim() {
        "" | "public" => Err("a token names somebody; 'public' stands for everyone without one".to_owned()),
        _ => super::name(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_runs_for_a_year_and_an_inspector_s_for_21_days() {
        let today: NaiveDate = "2024-02-29".parse().unwrap();
        let analyst = grant("someone", Role::Analyst, "E09000015", today);
        assert_eq!((analyst.ends_on.to_string().as_str(), analyst.inspection_number), ("2025-02-27", None));
        let inspector = grant("someone", Role::Inspector, "E09000015", today);
        assert_eq!((inspector.ends_on - inspector.starts_on).num_days(), 20);
        assert_eq!(inspector.inspection_number.as_deref(), Some(AGREEMENT));
    }

    #[test]
    fn only_known_roles_and_ons_codes_are_taken() {
        assert_eq!(role("analyst"), Ok(Role::Analyst));
        assert!(role("public").is_err() && role("Analyst").is_err());
        assert!(authority("E09000015").is_ok());
        assert!(authority("Harrow").is_err() && authority("E07000008").is_err());
        assert!(subject("someone").is_ok());
        assert!(subject("public").is_err() && subject(" ").is_err());
    }
}
