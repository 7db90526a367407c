//! Secrets that every copy of the program shares, made on the first start.

use sea_orm::entity::prelude::*;

/// One secret.
#[derive(Clone, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "secret")]
pub struct Model {
    /// What it is for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// 32 random bytes in hexadecimal.
    pub value: String,
}

/// A secret is never printed.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "secret {}", self.name)
    }
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
