//! `lookedafter grant`: who may act in which role for which authority, from when to when.

use chrono::{Days, Utc};

use super::output::say;
use super::{Failure, audit, database, logging, operator, remark_on, token, words};
use crate::access::{NewGrant, Role, visible};
use crate::audit::{Act, Administration, Withdrawal};
use crate::config::{self, Config};
use crate::graphql;
use crate::period::Date;
use crate::store::{Store, rows};

/// Arguments of `grant`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Give a grant; prints its identifier.
    Add(Add),
    /// Print every grant, those that end first before the others.
    List {
        /// Only those that end within this many days.
        #[arg(long)]
        expiring: Option<u64>,
    },
    /// Suspend a grant: it permits nothing from now on.
    Suspend {
        /// Identifier, as `list` prints it.
        id: String,
        /// Why, for the record.
        #[arg(long, default_value = "grant withdrawn", value_parser = words)]
        reason: String,
    },
    /// End a grant at once: yesterday was its last day.
    End {
        /// Identifier, as `list` prints it.
        id: String,
        /// Why, for the record.
        #[arg(long, default_value = "grant withdrawn", value_parser = words)]
        reason: String,
    },
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The subject of the tokens that it goes with; `public` for everyone without a token.
    #[arg(long)]
    subject: String,
    /// The role.
    #[arg(long, value_parser = role)]
    role: Role,
    /// ONS code of the authority whose data may be read.
    #[arg(long, value_parser = token::authority)]
    authority: String,
    /// The organisation of the subject.
    #[arg(long)]
    organisation: String,
    /// The agreement that it rests on.
    #[arg(long)]
    agreement: String,
    /// First day.
    #[arg(long)]
    from: Date,
    /// Last day.
    #[arg(long)]
    to: Date,
    /// First day of the records that it opens, for police and youth justice; the grant's own when left out.
    #[arg(long, requires = "records_to")]
    records_from: Option<Date>,
    /// Last day of the records that it opens.
    #[arg(long, requires = "records_from")]
    records_to: Option<Date>,
    /// ONS code of an authority for which the health team commissions; may be given again.
    #[arg(long = "commissions", value_parser = token::authority)]
    commissions: Vec<String>,
    /// Number of the inspection, for inspectors.
    #[arg(long)]
    inspection: Option<String>,
    /// `iss` of the tokens; needed where tokens of several issuers are accepted.
    #[arg(long)]
    issuer: Option<String>,
    /// Why, for the record.
    #[arg(long, default_value = "grant given", value_parser = words)]
    reason: String,
}

/// Does it.
///
/// # Errors
/// The settings are wrong, the grant breaks a rule or does not exist, or the database fails.
pub async fn run(args: Args) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let store = database::open(&config).await?;
    let today = Utc::now().date_naive();
    match args.what {
        Action::Add(add) => say!("{}", give(&config, &store, add).await?)?,
        Action::List { expiring } => {
            let by = expiring.and_then(|days| today.checked_add_days(Days::new(days)));
            let grants = store.grants(by).await?;
            let mut listed = grants.iter().filter(|grant| by.is_none() || grant.ends_on >= today);
            listed.try_for_each(|grant| say!("{}", line(grant, today)))?;
        }
        Action::Suspend { id, reason } => {
            let withdrawal = Withdrawal::GrantSuspended { grant: id.clone() };
            let fact = fact(Act::GrantSuspended, &store.grant(&id).await?, &reason);
            audit::record_withdrawal(&config, &store, fact, withdrawal).await?;
            say!("{}", line(&store.suspend_grant(&id, today).await?, today))?;
        }
        Action::End { id, reason } => {
            let withdrawal = Withdrawal::GrantEnded { grant: id.clone() };
            let fact = fact(Act::GrantEnded, &store.grant(&id).await?, &reason);
            audit::record_withdrawal(&config, &store, fact, withdrawal).await?;
            say!("{}", line(&store.end_grant(&id, today.pred_opt().unwrap_or(today)).await?, today))?;
        }
    }
    Ok(())
}

async fn give(config: &Config, store: &Store, add: Add) -> Result<String, Failure> {
    // What everyone may see goes with no token.
    let issuer = if add.role == Role::Public { None } else { issuer(config, add.issuer)? };
    let wanted = NewGrant {
        subject: add.subject,
        role: add.role,
        authority: add.authority,
        organisation: add.organisation,
        agreement: add.agreement,
        from: add.from,
        to: add.to,
        records: add.records_from.zip(add.records_to),
        commissions: add.commissions,
        inspection: add.inspection,
    };
    let checked = wanted
        .checked(&config::policy(config, &graphql::fields())?)
        .map_err(|problem| Failure::Nothing(problem.to_string()))?;
    let row = rows::Grant { issuer, made_by: Some(operator()), ..rows::Grant::from(checked) };
    let id = row.grant_id.clone();
    remark_on(&row.authority_id);
    record(config, store, Act::GrantAdded, &row, &add.reason).await?;
    store.put_grant(row).await?;
    Ok(id)
}

/// Whose tokens a grant goes with: the issuer that is named, or the only one; none for the development issuer.
fn issuer(config: &Config, named: Option<String>) -> Result<Option<String>, Failure> {
    let mut accepted: Vec<String> = config::issuers(config)?.into_iter().map(|(issuer, _)| issuer.name).collect();
    if config.accepts_development_tokens() {
        accepted.push(config.issuer.clone());
    }
    let found = match (named, accepted.as_slice()) {
        (None, [only]) => Some(only.clone()),
        (named, accepted) => named.filter(|name| accepted.contains(name)),
    };
    let name = found.ok_or_else(|| Failure::Usage(format!("name one with --issuer: {}", accepted.join(", "))))?;
    Ok(Some(name).filter(|name| *name != config.issuer))
}

/// Records a change before it is made.
///
/// # Errors
/// The record cannot be stored.
pub(super) async fn record(
    config: &Config,
    store: &Store,
    act: Act,
    grant: &rows::Grant,
    reason: &str,
) -> Result<(), Failure> {
    audit::record(config, store, fact(act, grant, reason)).await
}

/// What is recorded of a grant that is given or withdrawn.
fn fact(act: Act, grant: &rows::Grant, reason: &str) -> Administration {
    let fact = Administration::new(act, operator(), reason).at(&*grant.authority_id).to(&*grant.grant_id);
    fact.with(format!("{} as {}", grant.subject, grant.role))
}

/// One grant on one line, its parts with a tab between.
fn line(grant: &rows::Grant, today: Date) -> String {
    let state = match () {
        () if grant.suspended_on.is_some() => "suspended",
        () if grant.ends_on < today => "ended",
        () if grant.starts_on > today => "not begun",
        () => "in force",
    };
    let organisation = grant.organisation.as_deref().unwrap_or_default();
    let (from, to) = (grant.starts_on.to_string(), grant.ends_on.to_string());
    [
        grant.grant_id.as_str(),
        state,
        &grant.subject,
        &grant.role,
        &grant.authority_id,
        organisation,
        &grant.agreement,
        &from,
        &to,
    ]
    .map(visible)
    .join("\t")
}

/// A role by its name, the one without a token too.
fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| format!("the roles are {}", Role::ALL.map(Role::code).join(", ")))
}
