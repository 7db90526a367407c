//! Reading the placements of a story into a chain of episodes.

use super::facts::Problem;
use crate::{
    care::{
        codes::{LegalStatus, Place, ReasonCeased, ReasonNew},
        records::{CarerLink, ChildRecords, EpisodeRow},
    },
    period::Date,
};

/// The chain as told so far.
#[derive(Default)]
pub(super) struct Placing {
    rows: Vec<EpisodeRow>,
    links: Vec<CarerLink>,
    carer: Option<Box<str>>,
    usual: EpisodeRow,
}

impl Placing {
    /// Writes the chain out as rows of a return and begins a new file.
    pub(super) fn close_return(&mut self, year: i32, records: &mut ChildRecords) {
        records.episodes.extend(self.rows.drain(..).map(|row| EpisodeRow { return_year: year, ..row }));
        records.carers.append(&mut self.links);
    }

    pub(super) fn tell(&mut self, verb: &str, on: Date, details: &[&str]) -> Result<(), Problem> {
        match verb {
            "left" | "paused" => {
                let reason = details.first().copied().and_then(ReasonCeased::parse);
                let reason = if verb == "paused" { Some(ReasonCeased::X1) } else { reason };
                return self.close(on, reason);
            }
            "placed" => {
                self.usual =
                    EpisodeRow { legal_status: Some(LegalStatus::C2), place: Some(Place::U6), ..EpisodeRow::default() };
                self.carer = None;
            }
            _ if self.rows.last().is_some_and(|last| last.end.is_none()) => self.close(on, Some(ReasonCeased::X1))?,
            _ => {}
        }
        let reason = match verb {
            "placed" => ReasonNew::S,
            "same" => ReasonNew::T,
            "status" => ReasonNew::L,
            _ => ReasonNew::P,
        };
        let mut row = EpisodeRow { start: on, end: None, reason_new: Some(reason), ..self.usual.clone() };
        if verb == "moved" {
            self.carer = None;
            row.distance_miles = None;
        }
        self.describe(&mut row, details)?;
        if let Some(household) = self.carer.clone().filter(|_| verb != "away") {
            self.links.push(CarerLink { start: on, household });
        }
        if verb != "away" {
            self.usual = EpisodeRow { end: None, reason_ceased: None, ..row.clone() };
        }
        self.rows.push(row);
        Ok(())
    }

    fn close(&mut self, on: Date, reason: Option<ReasonCeased>) -> Result<(), Problem> {
        let open = self.rows.last_mut().ok_or("the child is not in care")?;
        open.end = Some(on);
        open.reason_ceased = reason;
        Ok(())
    }

    fn describe(&mut self, row: &mut EpisodeRow, details: &[&str]) -> Result<(), Problem> {
        let mut words = details.iter().copied().peekable();
        while let Some(word) = words.next() {
            if let Some(place) = Place::parse(word) {
                row.place = Some(place);
            } else if let Some(status) = LegalStatus::parse(word) {
                row.legal_status = Some(status);
            } else if word == "carer" {
                self.carer = words.next().map(Into::into);
            } else if word == "urn" {
                row.urn = words.next().map(Into::into);
            } else if word == "rne" {
                row.reason_new = words.next().and_then(ReasonNew::parse);
            } else if let Ok(miles) = word.parse::<f64>() {
                row.distance_miles = Some(miles);
                words.next_if_eq(&"miles");
            } else {
                return Err("a detail is neither a placement, a legal status, a carer nor a distance");
            }
        }
        Ok(())
    }
}
