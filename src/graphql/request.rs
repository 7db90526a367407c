//! What one operation carries with it: who asks, at which moment, and the loaders that its fields share.

use std::sync::Arc;

use async_graphql::Context;
use chrono::{DateTime, Utc};

use super::{error::Refusal, loaders::Loaders, scalars::Moment};
use crate::{
    access::{Act, Denial, Level, Viewer, decide_act, decide_reference},
    figures::{AuthorityView, Figures, ReadLog},
    indicators::Indicator,
    scorecards,
    store::AuditLog,
};

/// One operation being answered.
pub(super) struct RequestContext {
    /// Answers questions about figures.
    pub(super) figures: Figures,
    /// Who asks.
    pub(super) viewer: Viewer,
    /// Every "now" of the operation.
    pub(super) at: DateTime<Utc>,
    /// What reads records, many at a time.
    pub(super) loaders: Loaders,
    /// What has been touched.
    pub(super) read_log: ReadLog,
    /// Where changes are recorded, and what has been recorded is read.
    pub(super) audit: Option<AuditLog>,
    /// Whose tokens are accepted.
    pub(super) issuers: Arc<[String]>,
}

impl RequestContext {
    /// The operation that a field belongs to.
    pub(super) fn of<'a>(ctx: &Context<'a>) -> Result<&'a RequestContext, Refusal> {
        ctx.data::<RequestContext>().map_err(|_| Refusal::Internal)
    }

    /// An authority, if the viewer may ask about it; `known_on` none is now.
    ///
    /// # Errors
    /// The purpose opens nothing to the role, whatever the authority.
    pub(super) async fn open(
        &self,
        authority: &str,
        known_on: Option<Moment>,
    ) -> Result<Option<AuthorityView>, Refusal> {
        let known_on = known_on.map(|moment| moment.0);
        let view = self.figures.open(&self.viewer, authority, known_on, &self.read_log).await?;
        let (policy, role) = (self.figures.policy(), self.viewer.role);
        match self.viewer.purpose {
            Some(stated) if view.is_none() && !policy.permits_purpose(role, stated) => {
                Err(Refusal::PurposeNotPermitted(policy.purposes(role)))
            }
            _ => Ok(view),
        }
    }

    /// Whether the viewer may do something for an authority. The grant that permits it, or why none does, is noted.
    ///
    /// # Errors
    /// Why it is denied.
    pub(super) fn may(&self, act: Act, authority: &str) -> Result<(), Denial> {
        let decided = decide_act(self.figures.policy(), &self.viewer, act, authority, self.at);
        match decided {
            Ok(grant) => self.read_log.granted(grant),
            Err(denial) => self.read_log.denied(authority, denial),
        }
        decided.map(|_| ())
    }

    /// The indicators that the viewer may see for some authority, in the order of the catalogue.
    pub(super) fn catalogue(&self) -> Vec<&'static Indicator> {
        let (policy, role) = (self.figures.policy(), self.viewer.role);
        if decide_reference(policy, &self.viewer, Level::Rounded, self.at).is_err() {
            return Vec::new();
        }
        let visible = |indicator: &&&Indicator| policy.reads(role, indicator.domain, Level::Rounded);
        scorecards::listed().iter().filter(visible).copied().collect()
    }

    /// The audit record.
    pub(super) fn log(&self) -> Result<&AuditLog, Refusal> {
        self.audit.as_ref().ok_or(Refusal::Internal)
    }

    /// Most items on a page.
    pub(super) fn most(&self) -> usize {
        self.viewer.limits.max_page_size
    }
}
