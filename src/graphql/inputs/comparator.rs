//! Which comparators a figure is set beside.

use async_graphql::InputObject;

use crate::{
    comparators::{self, Choice},
    figures::{AuthorityView, STANDARD_COMPARATORS},
    graphql::{
        error::Refusal,
        vocabulary::{Averaging, Comparator},
    },
};

/// A comparator, and for statistical neighbours which edition of them and how they are averaged.
#[derive(Clone, Debug, InputObject)]
pub(in crate::graphql) struct ComparatorInput {
    /// What to set the figure beside.
    kind: Comparator,
    /// For statistical neighbours: an edition by name; otherwise the one that was current for the period.
    edition: Option<String>,
    /// For statistical neighbours: how they are averaged; otherwise as printed, or the simple mean.
    averaging: Option<Averaging>,
}

impl ComparatorInput {
    /// The comparators asked for, or the usual ones. In the place of one that is none, why: an edition that does not exist, or
    /// a choice about something else than neighbours.
    pub(in crate::graphql) fn chosen(
        asked: Option<Vec<ComparatorInput>>,
        view: &AuthorityView,
    ) -> Vec<Result<(comparators::Comparator, Choice), Refusal>> {
        let usual = || STANDARD_COMPARATORS.into_iter().map(|comparator| Ok((comparator, Choice::default()))).collect();
        let Some(asked) = asked else { return usual() };
        asked.into_iter().map(|input| input.choice(view)).collect()
    }

    fn choice(self, view: &AuthorityView) -> Result<(comparators::Comparator, Choice), Refusal> {
        let chooses = self.edition.is_some() || self.averaging.is_some();
        if chooses && self.kind != Comparator::StatisticalNeighbours {
            return Err(Refusal::wrong("Edition and averaging can be chosen for statistical neighbours only."));
        }
        if let Some(edition) = &self.edition
            && !view.editions().iter().any(|known| known.name == *edition)
        {
            let known = view.editions().iter().map(|edition| edition.name.as_str());
            return Err(Refusal::unknown("edition of the statistical neighbours", edition, known));
        }
        let choice = Choice { edition: self.edition, averaging: self.averaging.map(Into::into) };
        Ok((self.kind.into(), choice))
    }
}
