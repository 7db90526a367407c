//! Periods of care and placements, worked out by the core from all of an authority's episodes and stored again where
//! they differ.

use super::tables::Writer;
use crate::{
    care::{self, Child},
    store::{
        StoreError,
        load::LoadedRecords,
        rows::{PeriodOfCare, Placement},
    },
};

/// Works out the periods of care and placements of the import's authority from its chains.
pub(super) async fn work_out(writer: &mut Writer<'_>, loaded: LoadedRecords) -> Result<(), StoreError> {
    let (mut periods, mut placements) = (Vec::new(), Vec::new());
    for child in loaded.children.into_iter().filter_map(|records| care::join(records, &loaded.returns)) {
        periods.extend(periods_of(&child));
        placements.extend(placements_of(&child));
    }
    writer.replace(Some(periods)).await?;
    writer.replace(Some(placements)).await
}

/// The rows of one child; the authority is filled in with the import's other rows.
fn periods_of(child: &Child) -> impl Iterator<Item = PeriodOfCare> {
    child.periods.iter().map(|period| PeriodOfCare {
        child_id: child.id.to_string(),
        started_on: period.start,
        ended_on: period.end,
        reason_ceased: period.end_reason.map(|reason| reason.code().to_owned()),
        ..PeriodOfCare::default()
    })
}

fn placements_of(child: &Child) -> impl Iterator<Item = Placement> {
    let placements = child.periods.iter().flat_map(|period| &period.placements);
    placements.map(|placement| Placement {
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
}
