//! Reading the audit record of an authority: for information governance, page by page.

use async_graphql::Context;

use super::{
    error::Refusal,
    paging::{Page, PageRequest},
    request::RequestContext,
    scalars::Moment,
    types::{AuditEvent, AuditEventConnection},
};
use crate::{
    access::{Act, Denial, Domain, Level, Purpose},
    store::{Search, StoreError},
};

/// Which records are asked for.
pub(super) struct Question<'a> {
    /// ONS code of the authority.
    pub(super) authority: &'a str,
    /// The authority's own identifier of a child.
    pub(super) child: Option<&'a str>,
    /// Made at this moment or later.
    pub(super) from: Option<Moment>,
    /// Made before this moment.
    pub(super) to: Option<Moment>,
    /// Most items on the page.
    pub(super) first: i32,
    /// The cursor after which the page begins.
    pub(super) after: Option<&'a str>,
}

/// A page of the records about an authority; none where they may not be read.
pub(super) async fn page(ctx: &Context<'_>, question: &Question<'_>) -> Result<Option<AuditEventConnection>, Refusal> {
    let request = RequestContext::of(ctx)?;
    let wanted = PageRequest::new::<AuditEvent>(question.first, question.after, request.most())?;
    let Some(view) = request.open(question.authority, None).await? else { return Ok(None) };
    if Refusal::or_nothing(&view, view.totals(Domain::Audit))?.is_none() {
        return Ok(None);
    }
    let mut search = Search {
        authority: Some(question.authority.to_owned()),
        from: question.from.map(|moment| moment.0),
        to: question.to.map(|moment| moment.0),
        before: wanted.after.as_deref().and_then(|place| place.parse().ok()),
        ..Search::default()
    };
    if let Some(child) = question.child {
        let Some(found) = of_child(request, question.authority, child).await? else {
            return Ok(Some(AuditEventConnection(Page::of(&wanted, [], 0))));
        };
        request.read_log.searched(found);
        search.trace = Some(found);
    }
    // One more than the page holds tells whether it goes on.
    let found = request.log()?.page(&search, (wanted.first as u64).saturating_add(1)).await?;
    request.read_log.read(Domain::Audit, Level::Exact, found.len() as u64);
    let total = if ctx.look_ahead().field("totalCount").exists() { request.log()?.count(&search).await? } else { 0 };
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    // How many children others have read about is a small number of children like any other (ruling A22).
    let counts_are_shown = view.totals(Domain::Core) == Ok(Level::Exact);
    let event = |entry| AuditEvent { entry, counts_are_shown };
    Ok(Some(AuditEventConnection(Page::of(&wanted, found.into_iter().map(event), total))))
}

/// How the child stands in the records: for those who answer subject access, and say so.
async fn of_child(
    request: &RequestContext,
    authority: &str,
    child: &str,
) -> Result<Option<crate::audit::Trace>, Refusal> {
    if request.viewer.purpose != Some(Purpose::SubjectAccess) {
        request.read_log.denied(authority, Denial::PurposeNotPermitted);
        return Err(Refusal::wrong("Records about one child are shown for the purpose subject-access."));
    }
    match request.may(Act::AnswerSubjectAccess, authority) {
        Ok(()) => {
            let store = request.figures.store();
            match store.child_named(authority, child).await {
                Ok(Some(child)) => Ok(store.trace(authority, &child).await?),
                Ok(None) => Ok(None),
                Err(several @ StoreError::SeveralChildren) => Err(Refusal::wrong(format!("For child: {several}."))),
                Err(error) => Err(error.into()),
            }
        }
        Err(_) => Ok(None),
    }
}
