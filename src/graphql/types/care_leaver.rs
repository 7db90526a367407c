//! A care leaver on a day.

use async_graphql::{ID, Object};

use super::Child;
use crate::{
    access::Pseudonyms,
    care::{LeaverStatus, codes::Activity},
    graphql::{
        ids,
        paging::ListItem,
        scalars::Date,
        schema::directive::{About, At, access},
    },
    period,
};

/// A young person who is owed the duties of a care leaver on a day.
pub(in crate::graphql) struct CareLeaver {
    child: Child,
    on: period::Date,
    status: LeaverStatus,
}

impl CareLeaver {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "CareLeaver";

    /// The young person as known on the day: each fact by the latest contact that tells it, otherwise by the return of its
    /// year. None where nothing is told of that day to the viewer.
    pub(in crate::graphql) fn on(child: Child, on: period::Date) -> Option<Self> {
        let on = child.view.age_day(on)?;
        let leaver = child.history().and_then(|history| history.leaver.as_deref());
        let status = leaver.map(|leaver| leaver.status_as_at(on)).unwrap_or_default();
        Some(Self { child, on, status })
    }

    fn activity_known(&self) -> Option<Activity> {
        self.status.activity.filter(|activity| *activity != Activity::NotKnown)
    }
}

/// A care leaver on the day asked for: each fact by the latest contact that tells it, otherwise by the year's return.
#[Object]
impl CareLeaver {
    /// The global id.
    #[graphql(directive = access::apply(About::Leaver, At::Pseudonymous))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::of_record(&self.child.view, Self::KIND, &[self.child.reference(), &self.on.to_string()])
    }

    /// Who it is.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn child(&self) -> &Child {
        &self.child
    }

    /// Age in completed years; null where the birth date is not known and, under a pseudonym, on days before the last four
    /// ends of quarters.
    #[graphql(directive = access::apply(About::Leaver, At::Pseudonymous))]
    async fn age(
        &self,
        #[graphql(desc = "On this day; otherwise on the day of the list.")] on: Option<Date>,
    ) -> Option<i32> {
        self.child.history()?.age_on(self.child.view.age_day(on.map_or(self.on, |day| day.0))?)
    }

    /// Whether the authority is in touch: the code of the return, such as YES or REFU.
    #[graphql(directive = access::apply(About::Leaver, At::Pseudonymous))]
    async fn in_touch(&self) -> Option<&'static str> {
        self.status.in_touch.map(|code| code.code())
    }

    /// Main activity: the code of the return, such as F2.
    #[graphql(directive = access::apply(About::Leaver, At::Pseudonymous))]
    async fn activity(&self) -> Option<&'static str> {
        self.status.activity.map(|code| code.code())
    }

    /// Accommodation: the code of the return, such as U1.
    #[graphql(directive = access::apply(About::Leaver, At::Pseudonymous))]
    async fn accommodation(&self) -> Option<&'static str> {
        self.status.accommodation.map(|code| code.code())
    }

    /// Whether the accommodation is suitable; null where the code does not say.
    #[graphql(directive = access::apply(About::Leaver, At::Pseudonymous))]
    async fn suitable(&self) -> Option<bool> {
        self.status.accommodation.and_then(|accommodation| accommodation.is_suitable())
    }

    /// Whether in education, employment or training; null where the activity is not known.
    #[graphql(directive = access::apply(About::Leaver, At::Pseudonymous))]
    async fn eet(&self) -> Option<bool> {
        self.activity_known().map(|activity| !activity.is_neet())
    }
}

impl ListItem for CareLeaver {
    const LIST: &'static str = "leavers";

    fn key(&self) -> String {
        self.child.reference().to_owned()
    }

    fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.child.view.pseudonyms()
    }
}

connection!(
    /// A page of care leavers, in a lasting order.
    CareLeaverConnection,
    /// A care leaver with its place in the list.
    CareLeaverEdge,
    CareLeaver,
    Leaver,
    Pseudonymous
);
