//! Undoing an import: every table becomes what it was known to be before it.

use entity::import;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, sqlx::types::chrono::Utc};

use super::{record, statements, tables::Writer, years};
use crate::store::{
    Findings, Outcome, StoreError,
    checksum::{self, Part},
    row::Owner,
    rows::Import,
    session::set_authority,
    subject::ERASURE,
};

/// Undoes import `number`, beside what is sound, and keeps the checksums of what it has changed.
pub(super) async fn undone(db: &DatabaseTransaction, number: i64) -> Result<Outcome, StoreError> {
    let undoing = undoable(db, number).await?;
    let authority = undoing.authority_id.clone();
    set_authority(db, authority.as_deref()).await?;
    let parts = Part::written(authority.as_deref());
    for part in parts {
        checksum::check(db, part).await?;
    }
    let outcome = taken_back(db, undoing).await?;
    for part in parts {
        checksum::keep(db, part).await?;
    }
    Ok(outcome)
}

async fn taken_back(db: &DatabaseTransaction, undoing: Import) -> Result<Outcome, StoreError> {
    let number = undoing.number;
    let owner = Owner {
        authority: undoing.authority_id.clone(),
        kind: "undo".to_owned(),
        return_year: undoing.return_year,
        number: record::next_number(db).await?,
    };
    let mut writer = Writer::new(db, owner, 0, &|_| ());
    writer.restore_all(number).await?;
    let (by, tally) = (writer.owner.number, writer.tally);
    let marked = import::ActiveModel { undone_by: Set(Some(by)), ..Default::default() };
    import::Entity::update_many().set(marked).filter(import::Column::Number.eq(number)).exec(db).await?;
    let entry = Import {
        number: by,
        kind: "undo".to_owned(),
        received_at: Utc::now(),
        undoes: Some(number),
        undone_by: None,
        summary: tally.to_string(),
        ..undoing
    };
    statements::insert(db, &[entry], |_| ()).await?;
    let issues = years::join(&mut writer, &mut []).await?;
    record::report(db, by, &Findings { files: Vec::new(), issues }).await?;
    Ok(Outcome::Written {
        number: by,
        added: tally.added,
        retired: tally.retired,
        unchanged: tally.unchanged,
        left_out: 0,
    })
}

/// The import, if it is the latest of its authority that is in force.
async fn undoable(db: &DatabaseTransaction, number: i64) -> Result<Import, StoreError> {
    let found = import::Entity::find_by_id(number).one(db).await?.ok_or(StoreError::NoSuchImport(number))?;
    let refuse = |reason: String| Err(StoreError::CannotUndo { number, reason });
    if let Some(undone) = found.undoes {
        return refuse(format!("it undid import {undone}; import the files again instead"));
    }
    if found.kind == ERASURE {
        return refuse("an erasure is for good".to_owned());
    }
    if let Some(by) = found.undone_by {
        return refuse(format!("import {by} has undone it already"));
    }
    match record::in_force(found.authority_id.as_deref()).one(db).await? {
        Some(latest) if latest.number != number => {
            refuse(format!("import {} came after it; undo that one first", latest.number))
        }
        _ => Ok(found),
    }
}
