//! The rows of an import, table by table.

use std::fmt;

use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, Iterable, ModelTrait, QueryFilter, Value};

use super::{
    Listener,
    difference::{Difference, difference, in_parts_of},
    identities::KnownChildren,
    statements,
};
use crate::{
    period::Window,
    store::{
        Progress, StoreError,
        row::{Column, Holds, Owner, Row},
        rows::Rows,
    },
};

/// How many rows an import brought, retired and found as they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) added: usize,
    pub(super) retired: usize,
    pub(super) unchanged: usize,
}

impl Tally {
    /// How many rows changed.
    pub(super) fn changes(&self) -> usize {
        self.added + self.retired
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { added, retired, unchanged } = self;
        write!(f, "{added} rows added, {retired} retired, {unchanged} unchanged")
    }
}

/// Writes the rows of one import.
pub(super) struct Writer<'a> {
    pub(super) db: &'a DatabaseTransaction,
    pub(super) owner: Owner,
    pub(super) tally: Tally,
    done: usize,
    of: usize,
    listener: Listener<'a>,
    children: KnownChildren,
}

impl<'a> Writer<'a> {
    /// A writer of so many rows.
    pub(super) fn new(db: &'a DatabaseTransaction, owner: Owner, of: usize, listener: Listener<'a>) -> Self {
        Self { db, owner, tally: Tally::default(), done: 0, of, listener, children: KnownChildren::default() }
    }

    /// Makes what is stored in the scope of the rows equal to the rows.
    pub(super) async fn replace<M: Row>(&mut self, rows: Option<Vec<M>>) -> Result<(), StoreError> {
        let Some(mut wanted) = rows else { return Ok(()) };
        for row in &mut wanted {
            row.fill(&self.owner);
        }
        let (number, count) = (self.owner.number, wanted.len());
        let scope = M::scope(&self.owner, &wanted);
        let stored = current::<M>(self.db, scope).await?;
        let stored = if wanted.is_empty() { stored } else { in_parts_of(stored, &wanted) };
        let found = difference(stored, wanted);
        let new = found.added.len();
        self.apply(found, number).await?;
        self.hear(count - new.min(count));
        Ok(())
    }

    /// Writes a difference.
    pub(super) async fn apply<M: Row>(&mut self, found: Difference<M>, number: i64) -> Result<(), StoreError> {
        self.tally.added += found.added.len();
        self.tally.retired += found.retired.len();
        self.tally.unchanged += found.unchanged;
        statements::retire(self.db, &found.retired, number).await?;
        let added: Vec<M> = found.added.into_iter().map(|row| row.known(number)).collect();
        self.children.ensure(self.db, &added).await?;
        statements::insert(self.db, &added, |stored| self.hear(stored)).await
    }

    /// Makes a table of the owner's what it was before an import.
    async fn restore<M: Row>(&mut self, import: i64) -> Result<(), StoreError> {
        let theirs = match (&self.owner.authority, M::holds()) {
            (Some(authority), Holds::Records) => M::authority().map(|column| column.eq(authority)),
            (None, Holds::Reference) => None,
            _ => return Ok(()),
        };
        let touched = Condition::any().add(M::known_from().gte(import)).add(M::known_to().gte(import));
        let touched = Condition::all().add_option(theirs).add(touched);
        let rows = <M as ModelTrait>::Entity::find().filter(touched).into_model::<M>().all(self.db).await?;
        let is_current = |row: &M| row.get(M::known_to()) == Value::BigInt(None);
        let is_before = |row: &M| row.brought_by() < import;
        let stored = rows.iter().filter(|row| is_current(row)).cloned().collect();
        let wanted = rows.into_iter().filter(is_before).collect();
        self.apply(difference(stored, wanted), self.owner.number).await
    }

    fn hear(&mut self, rows: usize) {
        self.done += rows;
        (self.listener)(Progress { done: self.done, of: self.of });
    }
}

/// The current rows that a condition holds for.
pub(super) async fn current<M: Row>(db: &DatabaseTransaction, scope: Condition) -> Result<Vec<M>, StoreError> {
    let found = <M as ModelTrait>::Entity::find().filter(scope).filter(M::known_to().is_null());
    Ok(found.into_model::<M>().all(db).await?)
}

fn has_a_date_in<M: Row>(row: &M, days: Window) -> bool {
    Column::<M>::iter().any(|column| matches!(row.get(column), Value::ChronoDate(Some(day)) if days.contains(day)))
}

fn retain<M: Row>(rows: &mut Vec<M>, keep: &mut dyn FnMut(&str) -> bool) -> usize {
    let Some(child) = M::child() else { return 0 };
    let before = rows.len();
    rows.retain(|row| match row.get(child) {
        Value::String(Some(id)) => keep(&id),
        _ => true,
    });
    before - rows.len()
}

/// Writes what is said of every table that importers fill.
macro_rules! tables {
    ($($table:ident)+) => {
        impl Rows {
            /// Whether there are rows of a kind.
            pub(super) fn hold(&self, kind: Holds) -> bool {
                false $(|| self.$table.is_some() && <entity::$table::Model as Row>::holds() == kind)+
            }

            /// Keeps only the rows of children that `keep` is for, and rows of no child; returns how many went.
            pub(in crate::store) fn retain_children(&mut self, keep: &mut dyn FnMut(&str) -> bool) -> usize {
                0 $(+ self.$table.as_mut().map_or(0, |rows| retain(rows, keep)))+
            }

            /// Whether a date in any row lies within some days.
            pub fn have_a_date_in(&self, days: Window) -> bool {
                false $(|| self.$table.iter().flatten().any(|row| has_a_date_in(row, days)))+
            }

            /// How many rows there are in all tables.
            pub(in crate::store) fn count(&self) -> usize {
                0 $(+ self.$table.as_ref().map_or(0, Vec::len))+
            }
        }

        impl Writer<'_> {
            /// Makes what is stored in the scope of each table's rows equal to them.
            pub(super) async fn replace_all(&mut self, rows: Rows) -> Result<(), StoreError> {
                $(self.replace(rows.$table).await?;)+
                Ok(())
            }

            /// Makes every table what it was before an import.
            pub(super) async fn restore_all(&mut self, before: i64) -> Result<(), StoreError> {
                $(self.restore::<entity::$table::Model>(before).await?;)+
                Ok(())
            }
        }
    };
}

tables! {
    authority_detail region comparator_set comparator_member population
    child_detail uasc_status deprivation_of_liberty episode review missing_episode previous_permanence
    health_event sdq_score substance_misuse oc2_return adoption_record worker_allocation
    leaver oc3_return leaver_contact
    carer_household carer carer_application placement_link
    published_value target commentary
}
