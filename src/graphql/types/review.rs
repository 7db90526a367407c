//! A review of a child's care: when it was due, and when it was held.

use std::sync::Arc;

use async_graphql::{ID, Object};

use crate::{
    access::Pseudonyms,
    care::{self, ReviewDue},
    figures::AuthorityView,
    graphql::{
        ids,
        paging::ListItem,
        scalars::Date,
        schema::directive::{About, At, access},
    },
    period,
    store::rows,
};

/// A review that fell due, was held, or both.
pub(in crate::graphql) struct Review {
    whose: Arc<ReviewedChild>,
    due: Option<ReviewDue>,
    held: Option<Arc<rows::Review>>,
}

/// The child whose reviews they are.
struct ReviewedChild {
    view: AuthorityView,
    child: Box<str>,
}

impl Review {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Review";

    /// The reviews of a child: those held, as the rows say, with the day by which each was due, and those that fell
    /// due and were not held; by due day.
    pub(in crate::graphql) fn of(view: &AuthorityView, child: &care::Child, rows: &[Arc<rows::Review>]) -> Vec<Review> {
        let whose = Arc::new(ReviewedChild { view: view.clone(), child: child.id.clone() });
        let due = || child.periods.iter().flat_map(|period| period.reviews.iter()).copied();
        let held = rows.iter().map(|row| Review {
            whose: Arc::clone(&whose),
            due: due().find(|due| due.held == Some(row.held_on)),
            held: Some(Arc::clone(row)),
        });
        let missed = due().filter(|due| due.held.is_none());
        let missed = missed.map(|due| Review { whose: Arc::clone(&whose), due: Some(due), held: None });
        let mut reviews: Vec<Review> = held.chain(missed).collect();
        reviews.sort_by_key(|review| (review.day(), review.due.is_none()));
        reviews
    }

    /// The day by which it was due or, where none was, that it was held.
    fn day(&self) -> Option<period::Date> {
        self.due.map(|due| due.due).or(self.held.as_ref().map(|held| held.held_on))
    }
}

/// A review of a child's care by an independent reviewing officer.
#[Object]
impl Review {
    /// The global id.
    #[graphql(directive = access::apply(About::Review, At::Pseudonymous))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::of_record(&self.whose.view, Self::KIND, &[&self.whose.child, &self.key()])
    }

    /// The day by which it had to be held: 20 working days after care began, then three months after the first, then
    /// every six; null for one held outside care.
    #[graphql(directive = access::apply(About::Review, At::Pseudonymous))]
    async fn due(&self) -> Option<Date> {
        self.due.map(|due| Date(due.due))
    }

    /// The day on which it was held; null while it has not been.
    #[graphql(directive = access::apply(About::Review, At::Pseudonymous))]
    async fn held(&self) -> Option<Date> {
        self.held.as_ref().map(|held| Date(held.held_on))
    }

    /// Whether it was held on or before the day by which it was due; null where no day was due.
    #[graphql(directive = access::apply(About::Review, At::Pseudonymous))]
    async fn on_time(&self) -> Option<bool> {
        self.due.map(|due| due.in_time())
    }

    /// How the child took part: the code of the return, PN0 to PN7.
    #[graphql(directive = access::apply(About::Review, At::Pseudonymous))]
    async fn participation(&self) -> Option<&str> {
        self.held.as_ref().and_then(|held| held.participation.as_deref())
    }
}

impl ListItem for Review {
    const LIST: &'static str = "reviews";

    /// By due day; a review without one by the day that it was held, after one that was due on that day.
    fn key(&self) -> String {
        match (self.due, &self.held) {
            (Some(due), _) => due.due.to_string(),
            (None, Some(held)) => format!("{} held", held.held_on),
            (None, None) => String::new(),
        }
    }

    fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.whose.view.pseudonyms()
    }
}

connection!(
    /// A page of reviews of one child, by due day.
    ReviewConnection,
    /// A review with its place in the list.
    ReviewEdge,
    Review,
    Review,
    Pseudonymous
);
