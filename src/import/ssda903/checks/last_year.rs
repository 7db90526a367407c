//! A return against the authority's return of the year before: who the children are, and the episodes that were open.
//!
//! Only a return that covered its year to the end is compared: one made during the year shows other episodes.

use std::collections::HashMap;

use chrono::Datelike;

use crate::care::codes::{Ethnicity, Place, Sex};
use crate::import::report::Report;
use crate::import::rules::last_year as rules;
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};
use crate::period::Date;
use crate::store::HeldReturn;
use crate::store::rows::{ChildDetail, Episode};

/// Distances that differ by less are the same distance, rounded otherwise.
const MILES: f64 = 0.2;

/// Tells what differs from last year's return; nothing where it is not held.
pub fn check(context: &Context<'_>, report: &mut Report) {
    let to_the_end = |last: &&HeldReturn| (last.up_to.month(), last.up_to.day()) == (3, 31);
    let last = context.held.last_year.as_ref().filter(|last| last.year == context.year.ending - 1);
    let Some(last) = last.filter(to_the_end) else { return };
    check_children(context, &last.details, report);
    check_episodes(context, &last.episodes, report);
}

fn check_children(context: &Context<'_>, details: &[ChildDetail], report: &mut Report) {
    let known: HashMap<&str, &ChildDetail> = details.iter().map(|row| (row.child_id.as_str(), row)).collect();
    for lined in &context.returned.children.rows {
        if let Some(was) = known.get(lined.row.child_id.as_str()) {
            tell(report, &context.returned.children.file, lined.line, changed_child(&lined.row, was));
        }
    }
}

fn changed_child(row: &ChildDetail, was: &ChildDetail) -> impl Iterator<Item = BrokenRule> {
    let sex = |row: &ChildDetail| row.sex.as_deref().and_then(Sex::parse).filter(|sex| *sex != Sex::Unknown);
    let ethnicity = |row: &ChildDetail| {
        let code = row.ethnicity.as_deref().and_then(Ethnicity::parse);
        code.filter(|code| !matches!(code, Ethnicity::Refu | Ethnicity::Nobt))
    };
    those_broken([
        (differ(sex(row), sex(was)), (&rules::SEX_CHANGED, "SEX")),
        (differ(row.birth_date, was.birth_date), (&rules::BIRTH_CHANGED, "DOB")),
        (differ(ethnicity(row), ethnicity(was)), (&rules::ETHNICITY_CHANGED, "ETHNIC")),
    ])
}

/// Both are known and are not the same.
fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

fn check_episodes(context: &Context<'_>, episodes: &[Episode], report: &mut Report) {
    let file = &context.returned.episodes.file;
    let known: HashMap<(&str, Date), &Episode> =
        episodes.iter().map(|row| ((row.child_id.as_str(), row.started_on), row)).collect();
    // Of several open episodes the last is the one that the year ended with.
    let open: HashMap<&str, Date> = episodes
        .iter()
        .filter(|row| row.ended_on.is_none())
        .map(|row| (row.child_id.as_str(), row.started_on))
        .collect();
    for chain in context.chains.each() {
        for (at, spell) in chain.iter().enumerate() {
            let (row, child) = (spell.row, spell.row.child_id.as_str());
            let was = known.get(&(child, row.started_on));
            let other_start = at == 0 && open.get(child).is_some_and(|start| *start != row.started_on);
            let unheard = row.started_on < context.year.window.from && was.is_none();
            let broken = those_broken([
                (other_start, (&rules::START_CHANGED, "DECOM")),
                (unheard, (&rules::NOT_LAST_YEAR, "DECOM")),
            ]);
            tell(report, file, spell.line, broken);
            if let Some(was) = was.filter(|was| was.ended_on.is_none()) {
                tell(report, file, spell.line, changed_episode(row, was));
            }
        }
    }
}

/// What an episode that was open last year says otherwise now. What was blank and is given now is no change.
fn changed_episode(row: &Episode, was: &Episode) -> Vec<BrokenRule> {
    let changed = |now: &Option<String>, was: &Option<String>| was.is_some() && now != was;
    let derived = |now: &Option<String>, was: &Option<String>| differ(now.as_ref(), was.as_ref());
    let moved = |(now, was): (f64, f64)| (now - was).abs() >= MILES;
    // Supported accommodation that is registered now (K3) is the same placement as before (H5).
    let place = |row: &Episode| row.place.as_deref().and_then(Place::parse);
    let registered = place(was) == Some(Place::H5) && place(row) == Some(Place::K3);
    those_broken([
        (changed(&row.reason_new, &was.reason_new), (&rules::REASON_NEW_CHANGED, "RNE")),
        (changed(&row.legal_status, &was.legal_status), (&rules::STATUS_CHANGED, "LS")),
        (changed(&row.need, &was.need), (&rules::NEED_CHANGED, "CIN")),
        (changed(&row.place, &was.place) && !registered && !is_divided(was, row), (&rules::PLACE_CHANGED, "PLACE")),
        (changed(&row.provider, &was.provider), (&rules::PROVIDER_CHANGED, "PLACE_PROVIDER")),
        (changed(&row.urn, &was.urn), (&rules::URN_CHANGED, "URN")),
        (row.pl_distance.zip(was.pl_distance).is_some_and(moved), (&rules::DISTANCE_CHANGED, "PL_DISTANCE")),
        (derived(&row.pl_la, &was.pl_la), (&rules::AREA_CHANGED, "PL_LA")),
        (derived(&row.pl_location, &was.pl_location), (&rules::LOCATION_CHANGED, "PL_LOCATION")),
    ])
    .collect()
}

/// Other placements (Z1) are divided into Z11 to Z14 from 2025-26.
fn is_divided(was: &Episode, row: &Episode) -> bool {
    was.place.as_deref() == Some("Z1") && matches!(row.place.as_deref(), Some("Z11" | "Z12" | "Z13" | "Z14"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ssda903::fixture::{EPISODES, day, read_beside, read_year};
    use crate::store::StoredState;

    const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n";
    const ROW: &str = "A1,01/02/2023,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001";

    fn held(detail: &str, episodes: &str) -> StoredState {
        let (header, episodes) = (format!("{HEADER}{detail}\n"), format!("{EPISODES}{episodes}\n"));
        let files = [("header.csv", header.as_bytes()), ("episodes.csv", episodes.as_bytes())];
        let rows = read_year(2023, &files).rows.unwrap();
        let (details, episodes) = (rows.child_detail.unwrap(), rows.episode.unwrap());
        StoredState {
            last_year: Some(HeldReturn { year: 2023, up_to: day(2023, 3, 31), details, episodes }),
            ..StoredState::default()
        }
    }

    fn told(held: &StoredState, detail: &str, episodes: &str) -> Vec<&'static str> {
        let (header, episodes) = (format!("{HEADER}{detail}\n"), format!("{EPISODES}{episodes}\n"));
        let files = [("header.csv", header.as_bytes()), ("episodes.csv", episodes.as_bytes())];
        let read = read_beside(held, &files);
        assert!(read.report.files.iter().all(|file| file.refused == 0));
        let ours = |rule: &&str| rules::ALL.iter().any(|known| known.code == *rule);
        read.report.issues.iter().map(|issue| issue.rule).filter(ours).collect()
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn a_child_who_has_changed_since_last_year_is_told() {
        let last = held("A1,1,05/06/2010,WBRI,,,", ROW);
        for (detail, rules) in [
            ("A1,1,05/06/2010,WBRI,,,", vec![]),
            ("A1,M,05/06/2010,WBRI,,,", vec![]),
            ("A1,2,05/06/2010,WBRI,,,", vec!["202"]),
            ("A1,1,06/06/2010,WBRI,,,", vec!["203"]),
            ("A1,1,05/06/2010,MWAS,,,", vec!["204"]),
            ("A1,1,05/06/2010,REFU,,,", vec![]),
        ] {
            assert_eq!(told(&last, detail, ROW), rules, "{detail}");
        }
    }

    #[test]
    fn an_open_episode_that_has_changed_since_last_year_is_told() {
        let child = "A1,1,05/06/2010,WBRI,,,";
        let last = held(child, ROW);
        for (change, rules) in [
            (("A1", "A1"), vec![]),
            (("01/02/2023", "02/02/2023"), vec!["502", "562"]),
            (("01/02/2023", "01/04/2023"), vec!["502"]),
            ((",P,", ",B,"), vec!["503A"]),
            ((",C2,", ",C1,"), vec!["503B"]),
            ((",N1,", ",N2,"), vec!["503C"]),
            ((",U6,", ",U4,"), vec!["503D"]),
            ((",PR1,", ",PR4,"), vec!["503E"]),
            (("SC000001", "SC000002"), vec!["503F"]),
            (("SC000001", ""), vec!["503F"]),
        ] {
            assert_eq!(told(&last, child, &ROW.replace(change.0, change.1)), rules, "{change:?}");
        }
        let blank = held(child, &ROW.replace("SC000001", ""));
        assert_eq!(told(&blank, child, ROW), NONE, "what was blank and is given now is no change");
        let closed = held(child, &ROW.replace(",,,,HA1", ",01/03/2023,E4A,,HA1"));
        assert_eq!(
            told(&closed, child, &ROW.replace(",C2,", ",C1,")),
            NONE,
            "an episode that ended was not carried over"
        );
    }

    #[test]
    fn what_the_collection_derived_is_compared_where_both_returns_have_it() {
        let with = |distance: f64, area: &str, location: &str| Episode {
            pl_distance: Some(distance),
            pl_la: Some(area.to_owned()),
            pl_location: Some(location.to_owned()),
            ..Episode::default()
        };
        let codes = |now: &Episode| -> Vec<&str> {
            changed_episode(now, &with(5.0, "E09000015", "IN")).into_iter().map(|(rule, _)| rule.code).collect()
        };
        assert_eq!(codes(&with(5.1, "E09000015", "IN")), NONE);
        assert_eq!(codes(&Episode::default()), NONE);
        assert_eq!(codes(&with(5.3, "E09000005", "OUT")), ["503G", "503H", "503J"]);
    }

    #[test]
    fn nothing_is_told_without_a_whole_return_of_the_year_before() {
        let child = "A1,1,05/06/2010,WBRI,,,";
        let changed = ROW.replace(",C2,", ",C1,");
        assert_eq!(told(&StoredState::default(), child, &changed), NONE);
        let mut early = held(child, ROW);
        if let Some(last) = &mut early.last_year {
            last.up_to = day(2022, 9, 30);
        }
        assert_eq!(told(&early, child, &changed), NONE);
    }

    #[test]
    fn registered_supported_accommodation_is_the_same_placement() {
        let row = |place: &str| Episode { place: Some(place.to_owned()), ..Episode::default() };
        assert!(changed_episode(&row("K3"), &row("H5")).is_empty());
        assert!(changed_episode(&row("Z12"), &row("Z1")).is_empty());
        assert_eq!(changed_episode(&row("K2"), &row("H5")).len(), 1);
    }
}
