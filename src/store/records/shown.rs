//! What is shown of children: episodes, placements, reviews, times missing, each for many in one query.
//!
//! Only the columns that are shown are read, which takes a third of the time of reading all; the others of a row are
//! empty. Where several returns hold a row, the newest one's stands.

use entity::{episode, missing_episode, placement, review};

use crate::{
    access::Scope,
    store::{
        Store, StoreError,
        load::Source,
        rows::{Episode, MissingEpisode, Placement, Review},
    },
};

impl Store {
    /// The episodes as returned, by child and first day. An open one may have been closed by what followed: see
    /// the histories of [`crate::care`].
    pub async fn episodes(&self, scope: &Scope, children: &[String]) -> Result<Vec<Episode>, StoreError> {
        use episode::Column as C;
        let columns = [C::StartedOn, C::EndedOn, C::ReasonNew, C::LegalStatus, C::Need, C::Place, C::ReasonCeased];
        let mut rows: Vec<Episode> = Vec::new();
        let session = self.connections.records(scope.authority()).await?;
        let source = Source::of(&session, scope.authority()).children(children);
        let reading = source.each::<episode::Entity, _>(columns, |child, fields| {
            let row = Episode {
                authority_id: scope.authority().to_owned(),
                child_id: child.to_owned(),
                started_on: fields.get()?,
                ended_on: fields.get()?,
                reason_new: fields.get()?,
                legal_status: fields.get()?,
                need: fields.get()?,
                place: fields.get()?,
                reason_ceased: fields.get()?,
                ..Episode::default()
            };
            newest(&mut rows, row, |a, b| a.child_id == b.child_id && a.started_on == b.started_on);
            Ok(())
        });
        reading.await?;
        Ok(rows)
    }

    /// The placements, by child and first day.
    pub async fn placements(&self, scope: &Scope, children: &[String]) -> Result<Vec<Placement>, StoreError> {
        use placement::Column as C;
        let columns = [C::StartedOn, C::EndedOn, C::Place, C::Provider, C::ReasonChange, C::Distance, C::HouseholdId];
        let mut rows: Vec<Placement> = Vec::new();
        let session = self.connections.records(scope.authority()).await?;
        let source = Source::of(&session, scope.authority()).children(children);
        let reading = source.each::<placement::Entity, _>(columns, |child, fields| {
            rows.push(Placement {
                authority_id: scope.authority().to_owned(),
                child_id: child.to_owned(),
                started_on: fields.get()?,
                ended_on: fields.get()?,
                place: fields.get()?,
                provider: fields.get()?,
                reason_change: fields.get()?,
                distance: fields.get()?,
                household_id: fields.get()?,
                ..Placement::default()
            });
            Ok(())
        });
        reading.await?;
        Ok(rows)
    }

    /// The reviews held, by child and day.
    pub async fn reviews(&self, scope: &Scope, children: &[String]) -> Result<Vec<Review>, StoreError> {
        use review::Column as C;
        let mut rows: Vec<Review> = Vec::new();
        let columns = [C::HeldOn, C::Participation];
        let session = self.connections.records(scope.authority()).await?;
        let source = Source::of(&session, scope.authority()).children(children);
        let reading = source.each::<review::Entity, _>(columns, |child, fields| {
            let row = Review {
                authority_id: scope.authority().to_owned(),
                child_id: child.to_owned(),
                held_on: fields.get()?,
                participation: fields.get()?,
                ..Review::default()
            };
            newest(&mut rows, row, |a, b| a.child_id == b.child_id && a.held_on == b.held_on);
            Ok(())
        });
        reading.await?;
        Ok(rows)
    }

    /// The times missing or away, by child and first day.
    pub async fn missing_episodes(
        &self,
        scope: &Scope,
        children: &[String],
    ) -> Result<Vec<MissingEpisode>, StoreError> {
        use missing_episode::Column as C;
        let mut rows: Vec<MissingEpisode> = Vec::new();
        let columns = [C::StartedOn, C::EndedOn, C::Kind];
        let session = self.connections.records(scope.authority()).await?;
        let source = Source::of(&session, scope.authority()).children(children);
        let reading = source.each::<missing_episode::Entity, _>(columns, |child, fields| {
            let row = MissingEpisode {
                authority_id: scope.authority().to_owned(),
                child_id: child.to_owned(),
                started_on: fields.get()?,
                ended_on: fields.get()?,
                kind: fields.get()?,
                ..MissingEpisode::default()
            };
            newest(&mut rows, row, |a, b| a.child_id == b.child_id && a.started_on == b.started_on);
            Ok(())
        });
        reading.await?;
        Ok(rows)
    }
}

/// Adds a row, in the place of the last one if it is the same thing in an older return: the oldest come first.
fn newest<M>(rows: &mut Vec<M>, row: M, same: impl Fn(&M, &M) -> bool) {
    match rows.last_mut() {
        Some(last) if same(last, &row) => *last = row,
        _ => rows.push(row),
    }
}
