//! Which lists an authority has beside its returns, and how far each of them reaches.

use entity::{health_event, leaver, leaver_contact, placement_link};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{known, lineage::latest_of_each, own};
use crate::{
    period::Date,
    snapshot::{Fact, LoadedList},
    store::{StoreError, rows::Import},
};

/// The list of contacts as a kind of import, and so on for the others.
const LEAVERS: &str = "leavers";
const CONTACTS: &str = "leaver_contacts";
const LINKS: &str = "placement_links";
const SSD: &str = "ssd";

/// How a check that is yet to come is stored.
const PLANNED: &str = "PLANNED";

/// The lists among imports in force, with what each of them holds.
pub(super) async fn lists<C: ConnectionTrait>(
    db: &C,
    authority: &str,
    known_on: Option<i64>,
    imports: &[Import],
) -> Result<Vec<LoadedList>, StoreError> {
    let mut lists = Vec::new();
    for import in latest_of_each(imports) {
        for fact in facts(&import.kind) {
            let of_list = Rows { db, authority, known_on, import };
            lists.extend(of_list.list(*fact).await?);
        }
    }
    Ok(lists)
}

/// What a kind of list may hold.
fn facts(kind: &str) -> &'static [Fact] {
    match kind {
        LEAVERS => &[Fact::LeavingCareDuties],
        CONTACTS => &[Fact::LeaverContacts],
        LINKS => &[Fact::PlacementLinks],
        SSD => &[Fact::LeavingCareDuties, Fact::LeaverContacts, Fact::DentalChecks, Fact::HealthAssessments],
        _ => &[],
    }
}

/// The rows of one list.
struct Rows<'a, C> {
    db: &'a C,
    authority: &'a str,
    known_on: Option<i64>,
    import: &'a Import,
}

/// The query for the newest of some rows' days.
macro_rules! newest {
    ($rows:ident, $table:ident of $day:ident where $($more:expr),*) => {{
        use $table::{Column, Entity};
        let rows = Entity::find()
            .select_only()
            .filter(own(Column::AuthorityId, $rows.authority))
            .filter(known(Column::KnownFrom, Column::KnownTo, $rows.known_on))
            $(.filter($more))*;
        let count = rows.clone().column_as(Column::$day.count(), "count");
        let newest = rows.filter(Column::$day.lte($rows.imported_on())).column_as(Column::$day.max(), "newest");
        let count = count.into_tuple::<i64>().one($rows.db).await?;
        let newest = newest.into_tuple::<Option<Date>>().one($rows.db).await?.flatten();
        (count.unwrap_or_default() > 0, newest)
    }};
}

impl<C: ConnectionTrait> Rows<'_, C> {
    fn imported_on(&self) -> Date {
        self.import.received_at.date_naive()
    }

    /// The list as one of a fact; none if it has no row of it. A duty's last day may be written down before it comes, so
    /// its first day counts.
    async fn list(&self, fact: Fact) -> Result<Option<LoadedList>, StoreError> {
        let kind = self.import.kind.as_str();
        let (is_held, newest) = match fact {
            Fact::LeavingCareDuties => newest!(self, leaver of StartedOn where Column::Source.eq(kind)),
            Fact::LeaverContacts => newest!(self, leaver_contact of ContactedOn where Column::Source.eq(kind)),
            Fact::PlacementLinks => newest!(self, placement_link of StartedOn where),
            Fact::DentalChecks => self.health("DENTAL").await?,
            Fact::HealthAssessments => self.health("ASSESSMENT").await?,
            Fact::Episodes | Fact::Reviews | Fact::Missing => return Ok(None),
        };
        let Import { up_to, .. } = *self.import;
        Ok(is_held.then(|| LoadedList { fact, up_to, imported_on: self.imported_on(), newest }))
    }

    async fn health(&self, check: &str) -> Result<(bool, Option<Date>), StoreError> {
        let kind = self.import.kind.as_str();
        let happened = || {
            let status = health_event::Column::Status;
            Condition::any().add(status.is_null()).add(status.ne(PLANNED))
        };
        let found = newest!(self, health_event of DatedOn where Column::Source.eq(kind), Column::Kind.contains(check), happened());
        Ok(found)
    }
}
