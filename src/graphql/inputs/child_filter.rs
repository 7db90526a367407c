//! Which children are listed.

use async_graphql::InputObject;

use crate::{
    access::Domain,
    breakdowns::{AgeBand, Dimension, EthnicGroup, Gender, Group},
    care::Child,
    figures::AuthorityView,
    graphql::{
        error::Refusal,
        scalars::Date,
        schema::directive::{About, At, access},
    },
    period,
};

/// Which children are listed; all that is given must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub(in crate::graphql) struct ChildFilter {
    /// Looked after on this day, as the figures count it: in on the first day of care, out on the day it ends, short
    /// breaks left out. Where records are shown under pseudonyms it is the end of a month.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    looked_after_on: Option<Date>,
    /// Of one of these ethnic groups, by the words or codes of a breakdown, such as Mixed or MIXED.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    ethnic_group: Option<Vec<String>>,
    /// In one of these age bands, by the words or codes of a breakdown, such as "10 to 15": on the day of `lookedAfterOn`,
    /// otherwise on the last day of the records.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    age_band: Option<Vec<String>>,
    /// Of one of these genders, by the words or codes of a breakdown, such as Female or FEMALE.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    gender: Option<Vec<String>>,
}

/// A filter that has been read.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct ChildSelection {
    looked_after_on: Option<period::Date>,
    age_on: Option<period::Date>,
    groups: Vec<Vec<Group>>,
}

impl ChildFilter {
    /// Reads the codes for an authority.
    ///
    /// # Errors
    /// A code that is in no breakdown, or a day that the viewer may not choose by.
    pub(in crate::graphql) fn chosen(self, view: &AuthorityView) -> Result<ChildSelection, Refusal> {
        let permitted = self.looked_after_on.map_or(Ok(()), |day| view.may_choose(Domain::Core, day.0));
        Refusal::or_chosen(view, permitted)?;
        let recent = |day: Date| view.care_day(day.0).ok_or_else(|| Refusal::not_recent(view));
        let looked_after_on = self.looked_after_on.map(recent).transpose()?;
        let asked = [
            (Dimension::Ethnicity, self.ethnic_group),
            (Dimension::AgeBand, self.age_band),
            (Dimension::Gender, self.gender),
        ];
        let groups = asked.into_iter().filter_map(|(dimension, codes)| Some((dimension, codes?)));
        let groups = groups.map(|(dimension, codes)| codes.iter().map(|code| group(dimension, code)).collect());
        let age_on = looked_after_on.or(view.horizon()).and_then(|day| view.age_day(day));
        Ok(ChildSelection { looked_after_on, age_on, groups: groups.collect::<Result<_, _>>()? })
    }
}

impl ChildSelection {
    /// Whether the child is listed.
    pub(in crate::graphql) fn lists(&self, child: &Child) -> bool {
        self.looked_after_on.is_none_or(|day| child.looked_after_on(day))
            && self.groups.iter().all(|groups| groups.iter().any(|group| self.stands_in(child, *group)))
    }

    fn stands_in(&self, child: &Child, group: Group) -> bool {
        match group {
            Group::Ethnicity(group) => EthnicGroup::from(child.ethnicity) == group,
            Group::AgeBand(band) => AgeBand::of(self.age_on.and_then(|day| child.age_on(day))) == band,
            Group::Gender(gender) => Gender::from(child.sex) == gender,
        }
    }
}

fn group(dimension: Dimension, name: &str) -> Result<Group, Refusal> {
    let groups = dimension.groups();
    let found = groups.iter().copied().find(|group| group.code() == name || group.label() == name);
    found.ok_or_else(|| Refusal::unknown("group", name, groups.iter().map(|group| group.label())))
}
