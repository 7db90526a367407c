//! Children who were erased are known again by a digest alone, so that an import does not bring them back.

use std::collections::{HashMap, HashSet};

use entity::erasure;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::audit::{Bytes, Digest, mark_of};
use crate::store::{
    StoreError,
    rows::{ImportIssue, Rows},
};

/// The name of the secret under which the digests are made.
pub(in crate::store) const SECRET: &str = "erasures";

/// What remains of the erased children of one authority.
pub(in crate::store) struct Tombstones {
    authority: String,
    secret: Digest,
    marks: HashSet<Digest>,
}

impl Tombstones {
    /// Reads those of an authority.
    pub(in crate::store) async fn of<C: ConnectionTrait>(
        db: &C,
        authority: &str,
        secret: [u8; 32],
    ) -> Result<Self, StoreError> {
        let rows = erasure::Entity::find().filter(erasure::Column::AuthorityId.eq(authority)).all(db).await?;
        Ok(Self {
            authority: authority.to_owned(),
            secret: Bytes(secret),
            marks: rows.iter().filter_map(|row| Bytes::from_slice(&row.mark)).collect(),
        })
    }

    /// Whether a child was erased.
    pub(super) fn cover(&self, child: &str) -> bool {
        self.marks.contains(&mark_of(&self.secret, &self.authority, child))
    }

    /// The row that will remain of a child.
    pub(super) fn row(&self, child: &str, today: chrono::NaiveDate) -> erasure::Model {
        erasure::Model {
            authority_id: self.authority.clone(),
            mark: mark_of(&self.secret, &self.authority, child).0.to_vec(),
            erased_on: today,
        }
    }

    /// Takes the rows of erased children out of an import; tells how many, as an issue that names nobody.
    pub(in crate::store) fn leave_out(&self, rows: &mut Rows, issues: &mut Vec<ImportIssue>) -> usize {
        if self.marks.is_empty() {
            return 0;
        }
        let mut known: HashMap<String, bool> = HashMap::new();
        let left_out = rows.retain_children(&mut |child| match known.get(child) {
            Some(erased) => !erased,
            None => {
                let erased = self.cover(child);
                known.insert(child.to_owned(), erased);
                !erased
            }
        });
        if left_out > 0 {
            issues.push(ImportIssue {
                rule: "ERASED".to_owned(),
                severity: "warning".to_owned(),
                message: format!("{left_out} rows of children who have been erased were left out."),
                ..ImportIssue::default()
            });
        }
        left_out
    }
}
