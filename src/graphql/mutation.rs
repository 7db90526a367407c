//! What can be changed: grants, by those who manage them and never their own.

use async_graphql::{Context, Object};

use super::{
    error::{FieldResult, Refusal},
    inputs::{AddGrantInput, ChangeGrantInput},
    request::RequestContext,
    schema::directive::{About, At, access},
    types::{Grant, GrantPayload, MutationError},
};
use crate::{
    access::{self as policy, Act, Denial, Role},
    audit::{self, Administration, Withdrawal},
    period::Date,
    store::{StoreError, rows},
};

/// Where every change begins.
pub struct Mutation;

/// Where every change begins.
#[Object]
impl Mutation {
    /// Gives a grant.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn add_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The grant.")] input: AddGrantInput,
    ) -> Option<FieldResult<GrantPayload>> {
        Some(payload(ctx, add(ctx, &input).await))
    }

    /// Suspends a grant: it permits nothing from now on, on every running copy within a minute.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn suspend_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which grant, and why.")] input: ChangeGrantInput,
    ) -> Option<FieldResult<GrantPayload>> {
        Some(payload(ctx, change(ctx, &input, Change::Suspend).await))
    }

    /// Ends a grant: yesterday was its last day, on every running copy within a minute.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn end_grant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which grant, and why.")] input: ChangeGrantInput,
    ) -> Option<FieldResult<GrantPayload>> {
        Some(payload(ctx, change(ctx, &input, Change::End).await))
    }
}

/// What is done to a grant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Suspend,
    End,
}

/// Why a grant was not changed.
enum NotChanged {
    /// As data, for the one who asked.
    FieldResult(MutationError),
    /// Something went wrong inside.
    Failed(Refusal),
}

impl From<Refusal> for NotChanged {
    fn from(refusal: Refusal) -> Self {
        NotChanged::Failed(refusal)
    }
}

impl From<StoreError> for NotChanged {
    fn from(error: StoreError) -> Self {
        NotChanged::Failed(error.into())
    }
}

fn told(code: &'static str, message: impl Into<String>, path: &[&str]) -> NotChanged {
    let path = path.iter().map(|part| (*part).to_owned()).collect();
    NotChanged::FieldResult(MutationError { code, message: message.into(), path })
}

fn payload(ctx: &Context<'_>, outcome: Result<rows::Grant, NotChanged>) -> FieldResult<GrantPayload> {
    match outcome {
        Ok(row) => {
            let grant = Grant::new(row, RequestContext::of(ctx)?.at.date_naive());
            Ok(GrantPayload { grant: Some(grant), errors: Vec::new() })
        }
        Err(NotChanged::FieldResult(error)) => Ok(GrantPayload { grant: None, errors: vec![error] }),
        Err(NotChanged::Failed(refusal)) => Err(refusal.into()),
    }
}

async fn add(ctx: &Context<'_>, input: &AddGrantInput) -> Result<rows::Grant, NotChanged> {
    let request = RequestContext::of(ctx)?;
    let names = Role::ALL.map(Role::code).join(", ");
    let role = Role::parse(&input.role)
        .ok_or_else(|| told("VALIDATION", format!("The roles are {names}."), &["input", "role"]))?;
    if input.has_half_of_the_records() {
        return Err(told("VALIDATION", "Give both recordsFrom and recordsTo, or neither.", &["input", "recordsTo"]));
    }
    let checked = input.wanted(role).checked(request.figures.policy());
    let checked = checked.map_err(|problem| told("VALIDATION", format!("{problem}."), &["input"]))?;
    let issuer = Some(issuer(request, input.issuer.as_deref())?);
    let row = rows::Grant { issuer, made_by: Some(request.viewer.subject.clone()), ..rows::Grant::from(checked) };
    check_not_own(request, &row)?;
    if request.may(Act::ManageGrants, &row.authority_id).is_err() {
        return Err(told("NOT_FOUND", "There is no such authority.", &["input", "authority"]));
    }
    let reason = input.reason.as_deref().unwrap_or("grant given");
    check_reason(reason)?;
    record(request, audit::Act::GrantAdded, &row, reason).await?;
    request.figures.store().put_grant(row.clone()).await?;
    Ok(row)
}

/// Whose tokens a grant goes with: the issuer that is named, or that of the caller.
fn issuer(request: &RequestContext, named: Option<&str>) -> Result<String, NotChanged> {
    let own = request.viewer.issuer.as_str();
    let name = named.unwrap_or(own);
    if name != own && !request.issuers.iter().any(|accepted| accepted == name) {
        let message = format!("Tokens are accepted of {}.", request.issuers.join(", "));
        return Err(told("VALIDATION", message, &["input", "issuer"]));
    }
    Ok(name.to_owned())
}

async fn change(ctx: &Context<'_>, input: &ChangeGrantInput, change: Change) -> Result<rows::Grant, NotChanged> {
    let request = RequestContext::of(ctx)?;
    let store = request.figures.store();
    check_reason(&input.reason)?;
    let unknown = || told("NOT_FOUND", "There is no such grant.", &["input", "id"]);
    let found = match store.grant(&input.id).await {
        Err(StoreError::NoSuchGrant) => return Err(unknown()),
        found => found?,
    };
    let authority = &found.authority_id;
    // A grant of another authority is like one that does not exist.
    if request.may(Act::ManageGrants, authority).is_err() {
        return Err(unknown());
    }
    let grant = found.grant_id.clone();
    let (act, withdrawal) = match change {
        Change::Suspend => (audit::Act::GrantSuspended, Withdrawal::GrantSuspended { grant }),
        Change::End => (audit::Act::GrantEnded, Withdrawal::GrantEnded { grant }),
    };
    record(request, act, &found, &input.reason).await?;
    withdraw(request, withdrawal).await?;
    let today: Date = request.at.date_naive();
    Ok(match change {
        Change::Suspend => store.suspend_grant(&input.id, today).await?,
        Change::End => store.end_grant(&input.id, today.pred_opt().unwrap_or(today)).await?,
    })
}

fn check_reason(reason: &str) -> Result<(), NotChanged> {
    let wrong = |problem| told("VALIDATION", format!("The reason {problem}."), &["input", "reason"]);
    policy::check_reason(reason).map_err(wrong)
}

/// Notes a withdrawal before it is made, for whoever restores an older backup.
async fn withdraw(request: &RequestContext, withdrawal: Withdrawal) -> Result<(), Refusal> {
    Ok(request.log()?.withdraw(withdrawal).await?)
}

/// Records a change before it is made: one that cannot be recorded is not made.
async fn record(request: &RequestContext, act: audit::Act, grant: &rows::Grant, reason: &str) -> Result<(), Refusal> {
    let fact = Administration::new(act, &*request.viewer.subject, reason);
    let detail = format!("{} as {}", grant.subject, grant.role);
    request.log()?.append(fact.at(&*grant.authority_id).to(&*grant.grant_id).with(detail)).await?;
    Ok(())
}

/// Nobody gives a grant to themselves.
fn check_not_own(request: &RequestContext, grant: &rows::Grant) -> Result<(), NotChanged> {
    let own = grant.subject == request.viewer.subject && grant.issuer.as_deref() == Some(&request.viewer.issuer);
    if own {
        request.read_log.denied(&grant.authority_id, Denial::OwnGrant);
        return Err(told("FORBIDDEN", "Nobody gives a grant to themselves.", &["input", "subject"]));
    }
    Ok(())
}
