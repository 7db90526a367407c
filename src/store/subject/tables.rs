//! The tables that hold rows of children: a test compares the list with the database.

/// Calls a macro with every table of children, those that others refer to last.
macro_rules! of_children {
    ($each:ident!($($given:tt)*)) => {
        $each!($($given)* child_detail uasc_status deprivation_of_liberty episode period_of_care placement review
            missing_episode previous_permanence health_event sdq_score substance_misuse oc2_return adoption_record
            worker_allocation leaver oc3_return leaver_contact placement_link record_share child_key child)
    };
}
pub(super) use of_children;

use sea_orm::{ColumnTrait, Condition, EntityTrait, Iterable, sea_query::Iden};

/// The rows of one child in a table.
pub(super) fn of_child<E: EntityTrait>(authority: &str, child: &str) -> Condition {
    let column = |name: &str| E::Column::iter().find(|column| column.unquoted() == name);
    match (column("authority_id"), column("child_id")) {
        (Some(in_authority), Some(in_child)) => {
            Condition::all().add(in_authority.eq(authority)).add(in_child.eq(child))
        }
        // A table without children holds no rows of this one.
        _ => Condition::any().add(sea_orm::sea_query::Expr::val(false)),
    }
}

/// The names of the tables.
macro_rules! names_of {
    ($($table:ident)+) => {
        [$(stringify!($table)),+]
    };
}

/// Every table of children.
pub(super) const NAMES: [&str; 22] = of_children!(names_of!());
