//! Reading the audit record of an authority: for information governance, page by page.

use async_graphql::Context;

use super::{
    asking::Asking,
    error::Refusal,
    paging::{Page, Wanted},
    scalars::Moment,
    types::{AuditEvent, AuditEventConnection},
};
use crate::{
    access::{Act, Domain, Level, Purpose, decide_act},
    audit::{Entry, Fact},
    store::Search,
};

/// How many records are looked at in one go.
const AT_ONCE: u64 = 500;
/// How often one request goes back for more: a page ends early rather than search years at once.
const ROUNDS: usize = 40;

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
    let asking = Asking::of(ctx)?;
    let wanted = Wanted::new::<AuditEvent>(question.first, question.after, asking.most())?;
    let Some(opened) = asking.open(question.authority, None).await? else { return Ok(None) };
    if Refusal::or_rows(opened.totals(Domain::Audit))?.is_none() {
        return Ok(None);
    }
    let mut search = Search {
        from: question.from.map(|moment| moment.0),
        to: question.to.map(|moment| moment.0),
        before: wanted.after.as_deref().and_then(|place| place.parse().ok()),
        ..Search::default()
    };
    if let Some(child) = question.child {
        let Some(found) = of_child(asking, question.authority, child).await? else {
            return Ok(Some(AuditEventConnection(Page::of(&wanted, [], 0))));
        };
        search.trace = Some(found);
    }
    let found = found(asking, search, question.authority, wanted.first).await?;
    asking.trail.read(Domain::Audit, Level::N, found.len() as u64);
    let total = found.len();
    Ok(Some(AuditEventConnection(Page::of(&wanted, found.into_iter().map(AuditEvent), total))))
}

/// How the child stands in the records: for those who answer subject access, and say so.
async fn of_child(asking: &Asking, authority: &str, child: &str) -> Result<Option<crate::audit::Trace>, Refusal> {
    let policy = asking.figures.policy();
    let may = decide_act(policy, &asking.viewer, Act::AnswerSubjectAccess, authority, asking.at);
    if asking.viewer.purpose != Some(Purpose::SubjectAccess) {
        return Err(Refusal::wrong("Records about one child are shown for the purpose subject-access."));
    }
    match may {
        Ok(()) => Ok(asking.figures.store().trace(authority, child).await?),
        Err(denial) => {
            asking.trail.denied(authority, denial);
            Ok(None)
        }
    }
}

/// The newest records about the authority, one more than asked for where there is one.
async fn found(asking: &Asking, mut search: Search, authority: &str, first: usize) -> Result<Vec<Entry>, Refusal> {
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let page = asking.log()?.page(&search, AT_ONCE).await?;
        let last = page.last().map(|entry| entry.seq);
        let whole = u64::try_from(page.len()).is_ok_and(|length| length == AT_ONCE);
        found.extend(page.into_iter().filter(|entry| is_about(entry, authority)));
        if !whole || found.len() > first {
            break;
        }
        search.before = last;
    }
    Ok(found)
}

fn is_about(entry: &Entry, authority: &str) -> bool {
    match &entry.fact {
        Fact::Read(read) => read.about.authorities.iter().any(|known| known == authority),
        Fact::Administration(act) => act.authority.as_deref() == Some(authority),
    }
}
