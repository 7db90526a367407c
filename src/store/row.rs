//! What the store must know of a table to keep its rows in versions: whose rows one import speaks for, and the key.

use std::{cmp::Ordering, collections::BTreeSet};

use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, Iterable, ModelTrait, sea_query::Iden};

/// The import that is being written.
#[derive(Clone, Debug)]
pub(in crate::store) struct Owner {
    /// Its authority; none for reference data.
    pub(in crate::store) authority: Option<String>,
    /// Its kind.
    pub(in crate::store) kind: String,
    /// The year in which its return ends.
    pub(in crate::store) return_year: Option<i32>,
    /// Its number.
    pub(in crate::store) number: i64,
}

/// A row that is kept in versions.
pub(in crate::store) trait Row:
    ModelTrait + FromQueryResult + Clone + PartialEq + Send + Sync
{
    /// Fills in what the import itself decides: authority, year, kind.
    fn fill(&mut self, owner: &Owner);

    /// The current rows, and perhaps more, that stand where an import's rows will: those of the owner's scope, or of
    /// the areas, editions or documents that reference rows name.
    fn scope(owner: &Owner, rows: &[Self]) -> Condition;

    /// Orders rows by what an import replaces whole, such as one authority's year.
    fn part(&self, other: &Self) -> Ordering;

    /// Orders rows by their key within that.
    fn key(&self, other: &Self) -> Ordering;

    /// Whose rows the table holds.
    fn holds() -> Holds;

    /// The column that holds the authority; none in the few tables of reference data that have none.
    fn authority() -> Option<Column<Self>> {
        Column::<Self>::iter().find(|column| column.unquoted() == "authority_id")
    }

    /// The column that holds the child, in tables of children.
    fn child() -> Option<Column<Self>> {
        Column::<Self>::iter().find(|column| column.unquoted() == "child_id")
    }

    /// The column that holds `known_from`.
    fn known_from() -> Column<Self>;

    /// The column that holds `known_to`.
    fn known_to() -> Column<Self>;

    /// Makes the row one that an import brought.
    fn known(self, from: i64) -> Self;

    /// The import that brought the row.
    fn brought_by(&self) -> i64;

    /// Whether two rows of one key say the same; where in a file they stood does not count.
    fn says_the_same(&self, other: &Self) -> bool;

    /// Orders rows by all of the key.
    fn order(&self, other: &Self) -> Ordering {
        self.part(other).then_with(|| self.key(other))
    }
}

/// The columns of a row's table.
pub(in crate::store) type Column<M> = <<M as ModelTrait>::Entity as EntityTrait>::Column;

/// Whose rows a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Holds {
    /// The records of authorities.
    Records,
    /// Reference data.
    Reference,
}

/// Implements [`Row`]. `of` names what the import decides, `within` what reference rows say themselves and the import
/// replaces whole; `by` names the rest of the key, `beside` what is told with a row and is no part of what it says.
macro_rules! row {
    ($table:ident of [$($part:ident)+] by [$($key:ident)*] $(beside [$($beside:ident)+])?) => {
        row!(@ $table ($($part)+) ($($key)*) ($($($beside)+)?) {
            fn fill(&mut self, owner: &Owner) {
                $(row!(fill self owner $part);)+
            }

            fn holds() -> Holds {
                Holds::Records
            }

            fn scope(owner: &Owner, _: &[Self]) -> Condition {
                let mut blank = Self::default();
                blank.fill(owner);
                Condition::all()$(.add(row!(column $table $part).eq(blank.$part)))+
            }
        });
    };
    ($table:ident within [$first:ident $($part:ident)*] by [$($key:ident)*]) => {
        row!(@ $table ($first $($part)*) ($($key)*) () {
            fn fill(&mut self, _: &Owner) {}

            fn holds() -> Holds {
                Holds::Reference
            }

            fn scope(_: &Owner, rows: &[Self]) -> Condition {
                let named: BTreeSet<&str> = rows.iter().map(|row| row.$first.as_str()).collect();
                Condition::all().add(row!(column $table $first).is_in(named))
            }
        });
    };
    (@ $table:ident ($($part:ident)+) ($($key:ident)*) ($($beside:ident)*) { $($own:tt)* }) => {
        impl Row for entity::$table::Model {
            $($own)*

            fn part(&self, other: &Self) -> Ordering {
                Ordering::Equal$(.then_with(|| self.$part.cmp(&other.$part)))+
            }

            fn key(&self, other: &Self) -> Ordering {
                Ordering::Equal$(.then_with(|| self.$key.cmp(&other.$key)))*
            }

            fn says_the_same(&self, other: &Self) -> bool {
                self == other $(|| *self == Self { $beside: self.$beside.clone(), ..other.clone() })*
            }

            fn known_from() -> Column<Self> {
                entity::$table::Column::KnownFrom
            }

            fn known_to() -> Column<Self> {
                entity::$table::Column::KnownTo
            }

            fn known(self, from: i64) -> Self {
                Self { known_from: from, known_to: None, ..self }
            }

            fn brought_by(&self) -> i64 {
                self.known_from
            }
        }
    };
    (fill $row:ident $owner:ident authority_id) => { $row.authority_id = $owner.authority.clone().unwrap_or_default() };
    (fill $row:ident $owner:ident return_year) => { $row.return_year = $owner.return_year.unwrap_or_default() };
    (fill $row:ident $owner:ident source) => { $row.source.clone_from(&$owner.kind) };
    (column $table:ident authority_id) => { entity::$table::Column::AuthorityId };
    (column $table:ident return_year) => { entity::$table::Column::ReturnYear };
    (column $table:ident source) => { entity::$table::Column::Source };
    (column $table:ident document) => { entity::$table::Column::Document };
    (column $table:ident edition) => { entity::$table::Column::Edition };
    (column $table:ident region_id) => { entity::$table::Column::RegionId };
}

row!(authority_detail within [authority_id] by [authority_id]);
row!(region within [region_id] by [region_id]);
row!(comparator_set within [edition] by [edition]);
row!(comparator_member within [edition] by [authority_id neighbour_id]);
row!(population within [authority_id mid_year] by [dimension category]);

row!(child_detail of [authority_id return_year] by [child_id]);
row!(uasc_status of [authority_id return_year] by [child_id]);
row!(deprivation_of_liberty of [authority_id return_year] by [child_id started_on]);
row!(episode of [authority_id return_year] by [child_id started_on] beside [file_row]);
row!(period_of_care of [authority_id] by [child_id started_on]);
row!(placement of [authority_id] by [child_id started_on]);
row!(review of [authority_id return_year] by [child_id held_on]);
row!(missing_episode of [authority_id return_year] by [child_id started_on]);
row!(previous_permanence of [authority_id return_year] by [child_id]);

row!(health_event of [authority_id source] by [child_id kind dated_on]);
row!(sdq_score of [authority_id source] by [child_id scored_on]);
row!(substance_misuse of [authority_id source] by [child_id identified_on]);
row!(oc2_return of [authority_id return_year] by [child_id]);

row!(adoption_record of [authority_id return_year] by [child_id record number]);
row!(worker_allocation of [authority_id return_year] by [child_id started_on]);

row!(leaver of [authority_id source] by [child_id eligibility started_on]);
row!(oc3_return of [authority_id return_year] by [child_id]);
row!(leaver_contact of [authority_id source] by [child_id contacted_on]);

row!(carer_household of [authority_id] by [household_id approved_on]);
row!(carer of [authority_id] by [household_id carer_id]);
row!(carer_application of [authority_id] by [application_id]);
row!(placement_link of [authority_id] by [child_id started_on]);

row!(published_value within [document source] by [authority_id area indicator period dimension category]);
row!(target within [authority_id indicator] by [period]);
row!(commentary within [authority_id indicator] by [period source]);
