//! Placements: with whom a child lives, worked out from the chain of episodes (methodology M9).
//!
//! The return has no placement number. A new placement begins where the child came into care, where the reason for
//! the new episode is a change of carer (`P`, `B`), or `S`. A change of legal status, or of placement with the same
//! carer, goes on. Temporary stays (`T0` to `T4`) are looked through.

use super::{
    codes::{Place, Provider, ReasonChange, ReasonNew},
    records::{CarerLink, EpisodeRow},
};
use crate::period::{Date, Window};

/// A stay with one carer or in one setting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    /// First day.
    pub start: Date,
    /// The day it ended, where the next one begins or care ends; none while it lasts.
    pub end: Option<Date>,
    /// What kind it is, by its latest episode.
    pub place: Option<Place>,
    /// Who provides it.
    pub provider: Option<Provider>,
    /// Why it ended, by its last episode that is not a temporary stay (ruling 21).
    pub reason_change: Option<ReasonChange>,
    /// Miles from home.
    pub distance_miles: Option<f64>,
    /// The carer household, where a link says so.
    pub household: Option<Box<str>>,
}

impl Placement {
    /// Whether the placement overlaps the window: those open on the first day and on the last both do.
    pub fn overlaps(&self, window: Window) -> bool {
        self.start <= window.to && self.end.is_none_or(|end| end > window.from)
    }
}

/// The placements of one period of care, whose episodes stand in order and abut.
pub(super) fn placements_of(episodes: &[EpisodeRow], links: &[CarerLink]) -> Box<[Placement]> {
    let mut placements: Vec<Placement> = Vec::new();
    let mut before: Option<&EpisodeRow> = None;
    let mut after_temporary_stay = false;
    for episode in episodes {
        if episode.place.is_some_and(Place::is_temporary) {
            after_temporary_stay = true;
            continue;
        }
        let linked = household_from(episode.start, links);
        let household = placements.last().and_then(|p| p.household.clone());
        let same_carer = before.is_some_and(|b| is_same_carer((b, household.as_deref()), (episode, linked)));
        let goes_on = match before {
            None => false,
            Some(_) if after_temporary_stay => same_carer,
            Some(_) => continues(episode.reason_new, same_carer),
        };
        if !goes_on {
            if let Some(last) = placements.last_mut() {
                last.end = Some(episode.start);
            }
            placements.push(Placement {
                start: episode.start,
                household: linked.map(Into::into),
                ..Placement::default()
            });
        }
        if let Some(current) = placements.last_mut() {
            current.place = episode.place;
            current.provider = episode.provider;
            current.reason_change = episode.reason_change;
            current.distance_miles = episode.distance_miles.filter(|miles| *miles < 999.0);
        }
        before = Some(episode);
        after_temporary_stay = false;
    }
    if let (Some(last), Some(closing)) = (placements.last_mut(), episodes.last()) {
        last.end = closing.end;
    }
    placements.into()
}

/// Whether an episode continues the placement before it, by its reason; without one, by the carer.
fn continues(reason: Option<ReasonNew>, same_carer: bool) -> bool {
    match reason {
        Some(ReasonNew::L | ReasonNew::T | ReasonNew::U) => true,
        Some(ReasonNew::S | ReasonNew::P | ReasonNew::B) => false,
        None => same_carer,
    }
}

fn household_from(start: Date, links: &[CarerLink]) -> Option<&str> {
    links.iter().find(|link| link.start == start).map(|link| &*link.household)
}

/// The same carer: the same household where both are known; otherwise the same kind of placement with the same
/// Ofsted number, or failing two real numbers the same postcode (ruling R9).
fn is_same_carer(left: (&EpisodeRow, Option<&str>), right: (&EpisodeRow, Option<&str>)) -> bool {
    let ((a, a_household), (b, b_household)) = (left, right);
    if let (Some(a), Some(b)) = (a_household, b_household) {
        return a == b;
    }
    if a.place.is_none() || a.place != b.place {
        return false;
    }
    if let (Some(a), Some(b)) = (a.real_urn(), b.real_urn()) {
        return a == b;
    }
    matches!((&a.placement_postcode, &b.placement_postcode), (Some(a), Some(b)) if a == b)
}

#[cfg(test)]
mod tests {
    use crate::care::story;

    fn starts(text: &str) -> Vec<String> {
        let child = story::child(text).unwrap().unwrap();
        child.periods.iter().flat_map(|p| p.placements.iter()).map(|p| p.start.to_string()).collect()
    }

    #[test]
    fn a_holiday_stay_between_days_with_one_carer_is_no_move() {
        let story = "placed 2023-01-01 U4 carer A, away 2023-02-01 T3, back 2023-02-08 U4 carer A";
        assert_eq!(starts(story), ["2023-01-01"]);
    }

    #[test]
    fn a_return_to_another_carer_is_one_move_dated_at_the_return() {
        let story = "placed 2023-01-01 U4 carer A, away 2023-02-01 T3, back 2023-02-08 U4 carer B";
        assert_eq!(starts(story), ["2023-01-01", "2023-02-08"]);
    }

    #[test]
    fn without_carers_the_ofsted_number_tells_and_xs_do_not() {
        let story =
            |a: &str, b: &str| format!("placed 2023-01-01 K2 urn {a}, away 2023-02-01 T1, back 2023-02-08 K2 urn {b}");
        assert_eq!(starts(&story("SC000001", "SC000001")).len(), 1);
        assert_eq!(starts(&story("SC000001", "SC000002")).len(), 2);
        for placeholder in ["XXXXXXX", "NULL", "N/A", "0", "x"] {
            assert_eq!(starts(&story(placeholder, placeholder)).len(), 2, "{placeholder}");
        }
    }

    #[test]
    fn adoption_by_the_carer_and_a_change_of_status_are_no_moves() {
        assert_eq!(starts("placed 2021-01-01 U6 carer A, status 2022-01-01 E1, same 2023-01-01 A5"), ["2021-01-01"]);
    }

    #[test]
    fn care_that_opens_with_a_temporary_stay_has_no_placement_until_it_ends() {
        let child = story::child("placed 2023-01-01 T1, moved 2023-01-10 U6").unwrap().unwrap();
        let period = child.periods.first().unwrap();
        assert!(period.placed_on("2023-01-05".parse().unwrap()).is_none());
        assert_eq!(period.placements.first().unwrap().start.to_string(), "2023-01-10");
    }

    #[test]
    fn a_placement_ends_where_the_next_begins_even_over_a_temporary_stay() {
        let child = story::child("placed 2023-01-01 U6, away 2023-02-01 T1, moved 2023-02-08 K2, left 2023-03-01 E8");
        let child = child.unwrap().unwrap();
        let ends: Vec<_> =
            child.periods.iter().flat_map(|p| p.placements.iter()).map(|p| p.end.unwrap().to_string()).collect();
        assert_eq!(ends, ["2023-02-08", "2023-03-01"]);
    }
}
