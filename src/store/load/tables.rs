//! From the rows of each table to the rows of a child that the core reads.

use entity::{
    adoption_record, child_detail, episode, health_event, leaver, leaver_contact, missing_episode, oc2_return,
    oc3_return, placement_link, review, uasc_status,
};
use sea_orm::{ConnectionTrait, StreamTrait};

use super::{children::Children, source::Source};
use crate::{
    care::{
        codes::{
            Accommodation, Activity, Eligibility, Ethnicity, InTouch, LegalStatus, MissingKind, Need, OutsideEngland,
            Participation, Place, Provider, ReasonCeased, ReasonChange, ReasonNew, Sex,
        },
        records::{
            CarerLink, DetailRow, EligibilitySpell, EpisodeRow, HealthEvent, HealthEventKind, LeaverContact,
            MissingRow, Oc2Row, Oc3Row, ReviewRow, UnaccompaniedRow,
        },
    },
    period::Date,
    store::StoreError,
};

/// Declares how the rows of a table are read: its columns, and what is made of them.
macro_rules! reader {
    ($(#[$doc:meta])* $name:ident($entity:ident: $($column:ident)+), |$records:ident, $row:ident| $make:expr) => {
        $(#[$doc])*
        pub(super) async fn $name<C: ConnectionTrait + StreamTrait>(
            source: &Source<'_, C>,
            children: &mut Children,
        ) -> Result<(), StoreError> {
            source
                .each::<$entity::Entity, _>([$($entity::Column::$column),+], |child, $row| {
                    let mut made = Ok(());
                    children.with(child, |$records| made = (|| { $make; Ok(()) })());
                    made
                })
                .await
        }
    };
}

reader! {
    /// Who each child is.
    details(child_detail: ReturnYear BirthDate Sex Ethnicity),
    |records, row| records.details.push(DetailRow {
        return_year: row.get()?,
        birth: row.get()?,
        // A code that is not in its set is a value all the same: it says that the newest return does not know.
        sex: row.code(|code| Some(Sex::parse(code).unwrap_or(Sex::Unknown)))?,
        ethnicity: row.code(|code| Some(Ethnicity::parse(code).unwrap_or(Ethnicity::Nobt)))?,
    })
}

reader! {
    /// Episodes of care.
    episodes(episode: ReturnYear StartedOn EndedOn ReasonNew LegalStatus Need Place Provider ReasonCeased ReasonChange
        PlacementPostcode Urn PlDistance PlLocation PlLa),
    |records, row| records.episodes.push(EpisodeRow {
        return_year: row.get()?,
        start: row.get()?,
        end: row.get()?,
        reason_new: row.code(ReasonNew::parse)?,
        legal_status: row.code(LegalStatus::parse)?,
        need: row.code(Need::parse)?,
        place: row.code(Place::parse)?,
        provider: row.code(Provider::parse)?,
        reason_ceased: row.code(ReasonCeased::parse)?,
        reason_change: row.code(ReasonChange::parse)?,
        placement_postcode: row.code(without_spaces)?,
        urn: row.text()?,
        distance_miles: row.get()?,
        in_authority: row.code(is_in_authority)?,
        outside_england: row.code(OutsideEngland::parse)?,
    })
}

reader! {
    /// Reviews held.
    reviews(review: ReturnYear HeldOn Participation),
    |records, row| records.reviews.push(ReviewRow {
        return_year: row.get()?,
        held: row.get()?,
        participation: row.code(Participation::parse)?,
    })
}

reader! {
    /// Times missing or away.
    missing(missing_episode: ReturnYear Kind StartedOn EndedOn),
    |records, row| records.missing.push(MissingRow {
        return_year: row.get()?,
        kind: row.code(MissingKind::parse)?,
        start: row.get()?,
        end: row.get()?,
    })
}

reader! {
    /// Unaccompanied asylum-seeking children.
    unaccompanied(uasc_status: ReturnYear EndedOn),
    |records, row| records.unaccompanied.push(UnaccompaniedRow { return_year: row.get()?, until: row.get()? })
}

reader! {
    /// Yearly health flags.
    oc2(oc2_return: ReturnYear TeethCheck HealthAssessment Immunisations HealthCheck Convicted SubstanceMisuse SdqScore),
    |records, row| records.oc2.push(Oc2Row {
        return_year: row.get()?,
        teeth_check: row.get()?,
        health_assessment: row.get()?,
        immunisations: row.get()?,
        health_check: row.get()?,
        convicted: row.get()?,
        substance_misuse: row.get()?,
        sdq_score: row.get::<Option<i32>>()?.and_then(|score| u8::try_from(score).ok()),
    })
}

reader! {
    /// Yearly rows of care leavers. Their birth dates may stand in no other file.
    oc3(oc3_return: ReturnYear BirthDate InTouch Activity Accommodation),
    |records, row| {
        let return_year = row.get()?;
        let birth: Option<Date> = row.get()?;
        if birth.is_some() && !records.details.iter().any(|detail| detail.birth.is_some()) {
            records.details.push(DetailRow { return_year, birth, ..DetailRow::default() });
        }
        records.oc3.push(Oc3Row {
            return_year,
            in_touch: row.code(InTouch::parse)?,
            activity: row.code(Activity::parse)?,
            accommodation: row.code(Accommodation::read)?,
        });
    }
}

reader! {
    /// Dated health events that happened, attended or not. Those that are only due are not events yet, and those of which
    /// nobody knows how they went stand in the way of nothing (ruling 62).
    health(health_event: Kind DoneOn DatedOn Status),
    |records, row| {
        let kind = row.code(HealthEventKind::parse)?;
        let (done, dated): (Option<Date>, Date) = (row.get()?, row.get()?);
        let status = row.text()?;
        let happened = done.is_some() || matches!(status.as_deref(), Some("REFUSED" | "CANCELLED"));
        if let Some(kind) = kind && happened {
            records.health.push(HealthEvent { kind, on: done.unwrap_or(dated), attended: done.is_some() });
        }
    }
}

reader! {
    /// Dated contacts with care leavers.
    contacts(leaver_contact: ContactedOn InTouch Activity Accommodation),
    |records, row| records.contacts.push(LeaverContact {
        on: row.get()?,
        in_touch: row.code(InTouch::parse)?,
        activity: row.code(Activity::parse)?,
        accommodation: row.code(Accommodation::read)?,
    })
}

reader! {
    /// Leaving care duties.
    eligibility(leaver: Eligibility StartedOn EndedOn),
    |records, row| {
        let eligibility = row.code(Eligibility::parse)?;
        let (start, end) = (row.get()?, row.get()?);
        if let Some(eligibility) = eligibility {
            records.eligibility.push(EligibilitySpell { eligibility, start, end });
        }
    }
}

reader! {
    /// Which household a placement was with.
    carer_links(placement_link: StartedOn HouseholdId),
    |records, row| records.carers.push(CarerLink { start: row.get()?, household: row.get::<String>()?.into() })
}

reader! {
    /// Decisions that adoption is best.
    adoption(adoption_record: DecidedOn),
    |records, row| records.adoption_decisions.extend(row.get::<Option<Date>>()?)
}

fn is_in_authority(location: &str) -> Option<bool> {
    match location {
        "IN" => Some(true),
        "OUT" => Some(false),
        _ => None,
    }
}

/// Postcodes are compared without their spaces, which some files leave out.
fn without_spaces(postcode: &str) -> Option<Box<str>> {
    Some(postcode.split_whitespace().collect::<String>().into())
}
