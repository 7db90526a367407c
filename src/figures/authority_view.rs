//! One authority, open to one viewer for one request: everything that they ask about it goes through here.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use chrono::{DateTime, Utc};

use super::{
    Answer, AuthorityData, NeighbourEdition, Notice, Place, ReadLog, Source,
    answer::{UnprotectedFigure, printed},
    permissions::{Names, Permissions},
};
use crate::{
    access::{Denial, Domain, Level, Pseudonyms, Purposes, Rows, Scope},
    breakdowns::Group,
    care::Child,
    disclosure::protect,
    indicators::{self, Indicator, Part, cohort},
    period::{Date, Period},
    statistics::Absence,
};

/// One authority, open to one viewer for one request.
#[derive(Clone)]
pub struct AuthorityView(Arc<Inner>);

struct Inner {
    data: Arc<AuthorityData>,
    permissions: Arc<Permissions>,
    children: Children,
    read_log: ReadLog,
    /// Which children the viewer may know of, by their place; worked out when first asked.
    admitted: OnceLock<Vec<bool>>,
    /// The same children by their pseudonyms, for those who are shown these; made when first asked.
    named: OnceLock<Vec<(String, usize)>>,
}

/// How the viewer's children are chosen and called, beside the scope.
#[derive(Default)]
pub(super) struct Children {
    /// Those shared with the viewer's organisation, where rows are chosen so.
    pub(super) shared: HashSet<String>,
    /// Their names, for those who may not see who they are.
    pub(super) pseudonyms: Option<Pseudonyms>,
}

impl AuthorityView {
    pub(super) fn new(
        data: Arc<AuthorityData>,
        permissions: Arc<Permissions>,
        children: Children,
        read_log: ReadLog,
    ) -> Self {
        read_log.note(|touched| {
            touched.authorities.insert(data.reference.place.ons_code.clone());
            touched.grants.extend(permissions.grant().map(str::to_owned));
        });
        Self(Arc::new(Inner {
            data,
            permissions,
            children,
            read_log,
            admitted: OnceLock::new(),
            named: OnceLock::new(),
        }))
    }

    /// Names and numbers of the authority.
    pub fn place(&self) -> &Place {
        &self.0.data.reference.place
    }

    /// What is held. True values: nothing of it leaves this layer but through [`AuthorityView::answer`] and its like.
    pub(super) fn data(&self) -> &AuthorityData {
        &self.0.data
    }

    /// What the request has touched.
    pub fn read_log(&self) -> &ReadLog {
        &self.0.read_log
    }

    /// When the latest import that is known of was received.
    pub fn known_at(&self) -> Option<DateTime<Utc>> {
        self.data().known_at
    }

    /// The first day that the loaded returns cover.
    pub fn records_from(&self) -> Option<Date> {
        self.data().snapshot.records_from()
    }

    /// The last day that the loaded returns cover.
    pub fn horizon(&self) -> Option<Date> {
        self.data().snapshot.horizon()
    }

    /// The editions of the statistical neighbours.
    pub fn editions(&self) -> &[NeighbourEdition] {
        &self.data().reference.editions
    }

    /// The form in which the viewer sees totals of a domain.
    ///
    /// # Errors
    /// Why they see none.
    pub fn totals(&self, domain: Domain) -> Result<Level, Denial> {
        self.0.permissions.totals(domain)
    }

    /// Whether the viewer sees whom the records of a domain are about.
    pub(super) fn identified(&self, domain: Domain) -> Result<(), Denial> {
        self.0.permissions.identified(domain)
    }

    /// The indicator with the code, if the viewer may see it; one they may not see does not exist for them.
    pub fn indicator(&self, code: &str) -> Option<&'static Indicator> {
        indicators::find(code).filter(|indicator| self.may_see(indicator))
    }

    /// Whether the viewer may see figures of the indicator in some form.
    pub fn may_see(&self, indicator: &Indicator) -> bool {
        self.totals(indicator.domain).is_ok()
    }

    /// The answer to a question, in the form that the viewer may have: counted or, where the records do not reach, as the
    /// authority has printed it. Its period is the one for which they are answered.
    pub fn answer(&self, indicator: &'static Indicator, period: Period, group: Option<Group>) -> Answer {
        let period = self.answered_for(indicator, period, group.map(Group::dimension));
        self.let_through(indicator, period, group, self.data().find(indicator, period, group))
    }

    /// The answer from one source; none where that document does not print it.
    pub fn answer_from(
        &self,
        source: &Source,
        indicator: &'static Indicator,
        period: Period,
        group: Option<Group>,
    ) -> Option<Answer> {
        let period = self.answered_for(indicator, period, group.map(Group::dimension));
        let found = self.data().find_from(source, indicator, period, group)?;
        Some(self.let_through(indicator, period, group, found))
    }

    /// What the authority has printed of an answer's indicator for its period, the newest document first.
    pub fn published(&self, answer: &Answer) -> Vec<Answer> {
        let Answer { indicator, period, group, .. } = answer;
        let figures = self.data().printed(indicator, *period).filter(|_| group.is_none()).rev();
        figures.map(|figure| self.let_through(indicator, *period, None, printed(indicator, *period, figure))).collect()
    }

    fn let_through(
        &self,
        indicator: &'static Indicator,
        period: Period,
        group: Option<Group>,
        UnprotectedFigure { cell, status, source }: UnprotectedFigure,
    ) -> Answer {
        // Someone who may see no totals of the domain is shown what a reader of rows is shown of a figure: nothing.
        let level = self.totals(indicator.domain).unwrap_or(Level::Pseudonymous);
        let shown = protect(cell, level);
        self.0.read_log.note(|touched| {
            touched.read(indicator.domain, level);
            if self.0.permissions.totals_need_a_purpose() {
                touched.notices.insert(Notice::TotalsNeedAPurpose);
            }
            match shown.absence {
                Some(Absence::Confidential) => touched.confidential += 1,
                _ => touched.cells += 1,
            }
            if matches!(level, Level::Suppressed | Level::Rounded) {
                touched.released.insert(format!("{} {} {}", self.place().ons_code, indicator.code, period.code()));
            }
        });
        Answer { indicator, period, group, status, source, shown }
    }

    /// The purposes that the viewer may state.
    pub fn purposes(&self) -> Purposes {
        self.0.permissions.purposes()
    }

    /// The rows of records of a domain that the viewer may read.
    ///
    /// # Errors
    /// Why they may read none.
    pub fn records(&self, domain: Domain) -> Result<&Scope, Denial> {
        let rows = self.0.permissions.rows(domain);
        match &rows {
            Ok(scope) => {
                let nobody = *scope.rows() != Rows::All && !self.admits_anybody();
                self.0.read_log.note(|touched| {
                    touched.read(domain, scope.level());
                    touched.grants.insert(scope.grant().to_owned());
                    touched.notices.extend(nobody.then(|| Notice::nobody(scope)));
                });
            }
            Err(denial) => {
                self.0.read_log.denied(&self.place().ons_code, *denial);
                self.0.read_log.note(|touched| touched.notices.extend(Notice::of(*denial)));
            }
        }
        rows
    }

    /// Whether the viewer may see who children are. Of a role that may, but not for the purpose stated, it is noted
    /// that another one is needed.
    pub fn identifies(&self) -> bool {
        match self.names() {
            Names::OwnOrNone => self.records(Domain::Identity).is_ok(),
            Names::PseudonymsAndDays => {
                self.0.read_log.note(|touched| _ = touched.notices.insert(Notice::IdentityNeedsAPurpose));
                false
            }
            Names::Pseudonyms => false,
        }
    }

    /// How children are called towards the viewer; none where they are called by their own identifiers.
    pub fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.0.children.pseudonyms.as_ref()
    }

    /// Notes that the child at a place among the histories is read; false, and not noted, if the viewer may not know
    /// of it.
    pub fn read_child(&self, place: usize) -> bool {
        let admitted = self.admits(place);
        if admitted {
            self.0.read_log.child(&self.0.data, place);
        }
        admitted
    }

    /// The history of the child at a place, if the viewer may know of it.
    pub fn history_of(&self, place: usize) -> Option<&Child> {
        self.data().snapshot.children.get(place).filter(|_| self.admits(place))
    }

    /// The place of the child with the authority's own identifier, if the viewer may know of it.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        let children = &self.data().snapshot.children;
        let place = children.binary_search_by(|child| (*child.id).cmp(id)).ok()?;
        self.admits(place).then_some(place)
    }

    /// How the viewer knows children.
    pub(super) fn names(&self) -> Names {
        self.0.permissions.names()
    }

    /// The children that the viewer may know of, after one of them: in the order of identifiers or, for those who are
    /// shown pseudonyms, in the order of these, so that a place in a list tells two readers nothing about a child.
    pub fn children<'a>(&'a self, after: Option<&str>) -> Box<dyn Iterator<Item = (usize, &'a Child)> + Send + 'a> {
        let children = &self.data().snapshot.children;
        let Some(names) = self.pseudonyms() else {
            let start = after.map_or(0, |after| children.partition_point(|child| &*child.id <= after));
            return Box::new(children.iter().enumerate().skip(start).filter(|(place, _)| self.admits(*place)));
        };
        let named = self.0.named.get_or_init(|| self.named(names));
        let after = after.and_then(|id| names.seal(id));
        let start = after.map_or(0, |after| named.partition_point(|(name, _)| *name <= after));
        Box::new(named.iter().skip(start).filter_map(|(_, place)| Some((*place, children.get(*place)?))))
    }

    fn named(&self, names: &Pseudonyms) -> Vec<(String, usize)> {
        let children = self.data().snapshot.children.iter().enumerate().filter(|(place, _)| self.admits(*place));
        let mut named: Vec<_> = children.filter_map(|(place, child)| Some((names.seal(&child.id)?, place))).collect();
        named.sort_unstable();
        named
    }

    /// The places of the children behind an indicator on a day, of all or of one group, that the viewer may know of;
    /// none where the records do not reach.
    pub fn cohort(&self, indicator: &Indicator, group: Option<Group>, on: Date, part: Part) -> Option<Vec<usize>> {
        let snapshot = &self.data().snapshot;
        self.data().reach(indicator, on).ok()?;
        let context = indicators::Context::new(snapshot, on);
        let of_group = |child: &&Child| group.is_none_or(|group| indicator.groups(child, &context).contains(&group));
        let children = cohort(snapshot, indicator, on, part).into_iter().filter(of_group);
        Some(children.filter_map(|child| self.place_of(&child.id)).collect())
    }

    fn admits(&self, place: usize) -> bool {
        self.0.admitted.get_or_init(|| self.admitted()).get(place).copied().unwrap_or(false)
    }

    fn admits_anybody(&self) -> bool {
        self.0.admitted.get_or_init(|| self.admitted()).contains(&true)
    }

    fn admitted(&self) -> Vec<bool> {
        let children = &self.data().snapshot.children;
        let Ok(scope) = self.0.permissions.rows(Domain::Core) else { return Vec::new() };
        if *scope.rows() == Rows::All {
            return vec![true; children.len()];
        }
        // Who is on the roll, or left a year ago, is judged as at the end of a quarter that the records know.
        let Some(day) = self.last_quarter().map(|quarter| quarter.end) else { return Vec::new() };
        let shared = |id: &str| self.0.children.shared.contains(id);
        children.iter().map(|child| scope.rows().admit(child, day, shared)).collect()
    }
}
