//! What a return says about a child: birth date, sex, ethnicity (file `header`).

use sea_orm::entity::prelude::*;

/// One child in one return.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "child_detail")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// The year in which the return ends: 2024 for 2023-24; 0 where the row is no part of a yearly return.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_year: i32,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Sex as the return codes it: 1, 2, M, F or U.
    pub sex: Option<String>,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Ethnicity, one of twenty codes.
    pub ethnicity: Option<String>,
    /// Unique pupil number, or UN1 to UN5 where there is none.
    pub upn: Option<String>,
    /// 1 where the child is a mother, else 0.
    pub mother: Option<String>,
    /// Birth date of her first child.
    pub mother_child_birth_date: Option<Date>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
