//! Secrets that every copy of the program shares: made by whichever needs one first.

use entity::secret::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{Store, StoreError};

impl Store {
    /// The secret with the name, 32 bytes; made where there is none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn secret(&self, name: &str) -> Result<[u8; 32], StoreError> {
        let session = self.connections.access().await?;
        if let Some(found) = Entity::find_by_id(name).one(&session).await? {
            return Ok(bytes(&found.value));
        }
        let made: [u8; 32] = rand::random();
        let text: String = made.iter().map(|byte| format!("{byte:02x}")).collect();
        let row = ActiveModel { name: Set(name.to_owned()), value: Set(text) };
        let first_stands = OnConflict::column(Column::Name).do_nothing().to_owned();
        Entity::insert(row).on_conflict(first_stands).exec_without_returning(&session).await?;
        // Another copy may have been first.
        let found = Entity::find_by_id(name).one(&session).await?;
        session.commit().await?;
        Ok(found.map_or(made, |found| bytes(&found.value)))
    }
}

fn bytes(text: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = std::str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or(0);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::databases;

    #[tokio::test]
    async fn a_secret_is_made_once_and_every_copy_reads_the_same() {
        for database in databases::databases() {
            let (one, other) = (database.store().await, database.store().await);
            let (first, second) = tokio::join!(one.secret("pseudonyms"), other.secret("pseudonyms"));
            let (first, second) = (first.unwrap(), second.unwrap());
            assert_eq!((first, one.secret("pseudonyms").await.unwrap()), (second, second));
            assert_ne!(first, one.secret("another").await.unwrap());
            assert!(first.iter().any(|byte| *byte != 0));
        }
    }
}
