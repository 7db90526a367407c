//! Episodes: stretches of one legal status and one placement.

use crate::care::codes::{LegalStatus, Need, Place, Provider, ReasonCeased, ReasonChange, ReasonNew};
use crate::care::real_urn;
use crate::import::csv::duplicates::{ends_later, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{episodes as rules, header};
use crate::import::ssda903::chain;
use crate::import::ssda903::people::People;
use crate::import::ssda903::valid;
use crate::import::ssda903::year::ReturnYear;
use crate::period::Date;
use crate::store::rows::Episode;

/// No return holds an episode that began before this day.
const FIRST_DAY: (i32, u32, u32) = (1991, 10, 14);

/// Reads the episodes. Overlaps are told here and repaired when the years are joined, so rows stay as given.
pub fn read(table: &Table, people: &People, year: ReturnYear, report: &mut Report) -> Vec<NumberedRow<Episode>> {
    let rows = read_rows(table, report, |row| one(row, people, year));
    let key = |row: &Episode| (row.child_id.clone(), row.started_on);
    let later = |new: &Episode, old: &Episode| ends_later(new.ended_on, old.ended_on);
    let rows = one_a_key(&table.file, rows, &rules::SAME_START, report, key, later);
    chain::check(&table.file, &rows, people, year, report);
    rows
}

fn one(row: &mut RowReader<'_>, people: &People, year: ReturnYear) -> Option<Episode> {
    let child_id = people.child(row, &header::NO_HEADER_EPISODE)?;
    let started_on = row.needed_date("DECOM", &rules::START)?;
    let ended_on = row.end_date("DEC", &rules::END)?;
    if !lasts_in_the_year(row, (started_on, ended_on), people.birth(&child_id), year) {
        return None;
    }
    let ending = year.ending;
    let known = |code: &str| ReasonCeased::parse(code).is_some_and(|reason| valid::reason_ceased(reason, ending));
    let reason_ceased = row.known_code("REC", known, &rules::REASON_CEASED);
    let known_place = |code: &str| Place::parse(code).is_some_and(|place| valid::place(place, ending));
    let known_change = |code: &str| ReasonChange::parse(code).is_some_and(|why| valid::reason_change(why, ending));
    if ended_on.is_some() != reason_ceased.is_some() {
        row.tell(&rules::END_AND_REASON, if ended_on.is_some() { "REC" } else { "DEC" });
    }
    Some(Episode {
        child_id,
        started_on,
        ended_on,
        reason_ceased,
        reason_new: row.given_code("RNE", |code| ReasonNew::parse(code).is_some(), &rules::REASON_NEW),
        legal_status: row.given_code("LS", |code| LegalStatus::parse(code).is_some(), &rules::LEGAL_STATUS),
        need: row.given_code("CIN", |code| Need::parse(code).is_some(), &rules::NEED),
        place: row.given_code("PLACE", known_place, &rules::PLACE),
        provider: row.known_code("PLACE_PROVIDER", |code| Provider::parse(code).is_some(), &rules::PROVIDER),
        reason_change: row.known_code("REASON_PLACE_CHANGE", known_change, &rules::REASON_CHANGE),
        home_postcode: row.postcode("HOME_POST", &rules::POSTCODE),
        placement_postcode: row.postcode("PL_POST", &rules::POSTCODE),
        urn: row.known_code("URN", |urn| real_urn(urn).is_some(), &rules::URN),
        pl_la: row.code("PL_LA"),
        pl_location: row.code("PL_LOCATION"),
        pl_distance: row.number("PL_DISTANCE", &rules::DISTANCE),
        file_row: i32::try_from(row.line()).ok(),
        ..Episode::default()
    })
}

/// Whether start and end make an episode of this return; tells what is odd about them.
fn lasts_in_the_year(
    row: &mut RowReader<'_>,
    (start, end): (Date, Option<Date>),
    birth: Option<Date>,
    year: ReturnYear,
) -> bool {
    let refusal = if end.is_some_and(|end| end < start) {
        Some((&rules::END_BEFORE_START, "DEC"))
    } else if end == Some(start) {
        Some((&rules::NO_DAY, "DEC"))
    } else if start > year.window.to {
        Some((&rules::STARTS_LATER, "DECOM"))
    } else if birth.is_some_and(|birth| start < birth) {
        Some((&rules::BEFORE_BIRTH, "DECOM"))
    } else {
        None
    };
    if let Some((rule, column)) = refusal {
        row.tell(rule, column);
        return false;
    }
    if end.is_some_and(|end| end > year.window.to) {
        row.tell(&rules::ENDS_LATER, "DEC");
    }
    let (y, m, d) = FIRST_DAY;
    if Date::from_ymd_opt(y, m, d).is_some_and(|first| start < first) {
        row.tell(&rules::TOO_EARLY, "DECOM");
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::fixture::{OPEN, counts, day, issues, read_return};

    #[test]
    fn an_open_episode_is_read_as_given() {
        let (report, rows) = read_return(OPEN, &[]);
        assert_eq!(issues(&report), []);
        let episodes = rows.episode.unwrap();
        let episode = episodes.first().unwrap();
        assert_eq!((episode.child_id.as_str(), episode.started_on, episode.ended_on), ("A1", day(2023, 5, 1), None));
        assert_eq!((episode.place.as_deref(), episode.urn.as_deref()), (Some("U6"), Some("SC123456")));
        assert_eq!(episode.home_postcode.as_deref(), Some("HA1 2AB"));
    }

    #[test]
    fn rows_that_cannot_be_placed_in_time_are_refused() {
        let (report, rows) = read_return(
            "A1,,S,C2,N1,U6,PR1,,,,,,\n\
             A1,01/05/2023,S,C2,N1,U6,PR1,31/02/2024,E3,,,,\n\
             A1,02/05/2023,S,C2,N1,U6,PR1,01/05/2023,E3,,,,\n\
             A1,03/05/2023,S,C2,N1,U6,PR1,03/05/2023,E3,,,,\n\
             A1,01/04/2024,S,C2,N1,U6,PR1,,,,,,\n\
             C3,19/12/2019,S,C2,N1,U6,PR1,,,,,,\n\
             ZZ,01/05/2023,S,C2,N1,U6,PR1,,,,,,\n\
             A1,04/05/2023,S,C2,N1,U6,PR1,,,,,,\n",
            &[],
        );
        let told: Vec<_> = issues(&report).into_iter().map(|(rule, row, _)| (rule, row.unwrap())).collect();
        assert_eq!(told, [("141", 2), ("147", 3), ("356", 4), ("355", 5), ("354", 6), ("302", 7), ("INT03", 8)]);
        assert_eq!(counts(&report, "episodes.csv"), (8, 1, 0, 7));
        assert_eq!(rows.episode.unwrap().len(), 1);
    }

    #[test]
    fn unknown_codes_never_decide_whether_a_row_loads() {
        let (report, rows) = read_return("A1,01/05/2023,Q,X9,N0,Y1,PR9,01/04/2024,E0,NOPE,,,\n", &[]);
        let rules: Vec<_> = issues(&report).into_iter().map(|(rule, ..)| rule).collect();
        assert_eq!(rules, ["385", "149", "143", "144", "145", "146", "178", "1009"]);
        assert_eq!(rows.episode.unwrap().first().unwrap().legal_status.as_deref(), Some("X9"));
        assert_eq!(counts(&report, "episodes.csv"), (1, 1, 0, 0));
    }

    #[test]
    fn of_two_rows_with_one_start_the_later_end_stands_and_open_is_latest() {
        let row = |end: &str| format!("A1,01/05/2023,S,C2,N1,U6,PR1,{end},,,,,\n");
        let (report, rows) = read_return(&[row("01/06/2023"), row(""), row("01/07/2023")].concat(), &[]);
        assert_eq!(rows.episode.unwrap().iter().map(|row| row.ended_on).collect::<Vec<_>>(), [None]);
        let refused: Vec<_> = report.issues.iter().filter(|issue| issue.rule == "EPISODE-KEY").collect();
        assert_eq!(refused.iter().map(|issue| issue.row).collect::<Vec<_>>(), [Some(2), Some(4)]);
    }

    #[test]
    fn the_end_date_decides_whether_an_episode_is_open() {
        let (report, rows) = read_return("A1,01/05/2023,S,C2,N1,U6,PR1,,X1,,,,\n", &[]);
        assert_eq!(issues(&report), [("148", Some(2), None)]);
        assert_eq!(rows.episode.unwrap().first().unwrap().ended_on, None);
    }
}
