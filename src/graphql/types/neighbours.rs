//! The authorities that are most like one.

use async_graphql::SimpleObject;

use crate::{
    figures::{Neighbour, NeighbourEdition},
    graphql::{
        scalars::Date,
        schema::directive::{About, At, access},
    },
};

/// One edition of an authority's statistical neighbours.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ComparatorSet {
    /// Its name, usually a year.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    edition: String,
    /// First day on which it is current, where it says so.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    current_from: Option<Date>,
    /// The neighbours, the closest first.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    members: Vec<ComparatorMember>,
}

/// A statistical neighbour.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ComparatorMember {
    /// 1 is the closest.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    rank: i32,
    /// ONS code of the authority.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    ons_code: String,
    /// Its name; the code where no list of areas names it.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    name: String,
    /// How close, in the words of the edition.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    closeness: Option<String>,
}

impl From<&NeighbourEdition> for ComparatorSet {
    fn from(edition: &NeighbourEdition) -> Self {
        let member = |member: &Neighbour| ComparatorMember {
            rank: member.rank,
            ons_code: member.place.ons_code.clone(),
            name: member.place.name.clone(),
            closeness: member.closeness.clone(),
        };
        Self {
            edition: edition.name.clone(),
            current_from: edition.current_from.map(Date),
            members: edition.members.iter().map(member).collect(),
        }
    }
}
