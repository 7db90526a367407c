//! Placements, worked out by the core from all of an authority's episodes and stored again where they differ.

use super::tables::Writer;
use crate::{
    care::{self, records::ChildRecords, records::LoadedReturn},
    store::{StoreError, load, rows::Placement},
};

/// Works out the placements of the import's authority.
pub(super) async fn work_out(writer: &mut Writer<'_>) -> Result<(), StoreError> {
    let Some(authority) = writer.owner.authority.clone() else { return Ok(()) };
    let loaded = load::chains(writer.db, &authority).await?;
    let placements = loaded.children.into_iter().flat_map(|child| of_child(child, &loaded.returns)).collect();
    writer.replace(Some(placements)).await
}

/// The placements of one child; the authority is filled in with the import's other rows.
fn of_child(records: ChildRecords, returns: &[LoadedReturn]) -> Vec<Placement> {
    let Some(child) = care::join(records, returns) else { return Vec::new() };
    let placements = child.periods.iter().flat_map(|period| &period.placements);
    placements
        .map(|placement| Placement {
            child_id: child.id.to_string(),
            started_on: placement.start,
            ended_on: placement.end,
            place: placement.place.map(|place| place.code().to_owned()),
            provider: placement.provider.map(|provider| provider.code().to_owned()),
            reason_change: placement.reason_change.map(|reason| reason.code().to_owned()),
            distance: placement.distance_miles,
            household_id: placement.household.as_deref().map(str::to_owned),
            ..Placement::default()
        })
        .collect()
}
