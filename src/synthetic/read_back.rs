//! Reads invented returns back as records, so that tests of the core can count what is in the files.

use std::collections::BTreeMap;

use super::{
    companions,
    life::Life,
    returns::{Year, of_year},
    table::Table,
};
use crate::{
    care::{
        codes::{
            Accommodation, Activity, Eligibility, Ethnicity, InTouch, LegalStatus, MissingKind, Need, Participation,
            Place, Provider, ReasonCeased, ReasonChange, ReasonNew, Sex,
        },
        records::{
            ChildRecords, DetailRow, EligibilitySpell, EpisodeRow, HealthEvent, HealthEventKind, LeaverContact,
            LoadedReturn, MissingRow, Oc3Row, ReviewRow, UnaccompaniedRow,
        },
    },
    period::{Date, Window},
    snapshot::Snapshot,
};

/// A row by column name.
type Cells<'a> = BTreeMap<&'a str, &'a str>;

/// The snapshot that the returns and lists of a cohort give.
pub(super) fn snapshot(lives: &[Life], days: Window) -> Snapshot {
    let mut records: BTreeMap<String, ChildRecords> = BTreeMap::new();
    let mut returns = Vec::new();
    for year in Year::all(days) {
        returns.push(LoadedReturn { year: year.ending, up_to: year.window.to });
        for table in of_year(lives, "E09000015", year).tables {
            each(&table, "CHILD", &mut records, |child, row| add(child, table.name, year.ending, row));
        }
    }
    each(&companions::leavers(lives, days), "child", &mut records, |child, row| {
        child.eligibility.push(EligibilitySpell {
            eligibility: Eligibility::parse(&row["eligibility"].to_uppercase()).unwrap(),
            start: row["start"].parse().unwrap(),
            end: row["end"].parse().ok(),
        });
    });
    each(&companions::leaver_contacts(lives, days), "child", &mut records, |child, row| {
        child.contacts.push(LeaverContact {
            on: row["date"].parse().unwrap(),
            in_touch: InTouch::parse(row["in_touch"]),
            activity: Activity::parse(row["activity"]),
            accommodation: Accommodation::parse(row["accommodation"]),
        });
    });
    each(&companions::health_checks(lives, days), "clah_person_id", &mut records, |child, row| {
        let dental = row["clah_health_check_type"] == "Dental Check";
        child.health.push(HealthEvent {
            kind: if dental { HealthEventKind::Dental } else { HealthEventKind::Assessment },
            on: uk(row["clah_health_check_date"]).unwrap(),
            attended: row["clah_health_check_status"] == "Completed",
        });
    });
    Snapshot::new("E09000015", 1, records.into_values(), returns)
}

fn each(
    table: &Table,
    key: &str,
    records: &mut BTreeMap<String, ChildRecords>,
    mut add: impl FnMut(&mut ChildRecords, &Cells<'_>),
) {
    for line in table.text().lines().skip(1) {
        let row: Cells<'_> = table.columns.iter().copied().zip(line.split(',')).collect();
        let child = records.entry(row[key].to_owned()).or_default();
        child.child = row[key].into();
        add(child, &row);
    }
}

fn add(child: &mut ChildRecords, file: &str, return_year: i32, row: &Cells<'_>) {
    match file {
        "header" => child.details.push(DetailRow {
            return_year,
            birth: uk(row["DOB"]),
            sex: Sex::parse(row["SEX"]),
            ethnicity: Ethnicity::parse(row["ETHNIC"]),
        }),
        "episodes" => child.episodes.push(episode(return_year, row)),
        "reviews" => child.reviews.push(ReviewRow {
            return_year,
            held: uk(row["REVIEW"]).unwrap(),
            participation: Participation::parse(row["REVIEW_CODE"]),
        }),
        "missing" => child.missing.push(MissingRow {
            return_year,
            kind: MissingKind::parse(row["MISSING"]),
            start: uk(row["MIS_START"]).unwrap(),
            end: uk(row["MIS_END"]),
        }),
        "uasc" => child.unaccompanied.push(UnaccompaniedRow { return_year, until: uk(row["DUC"]) }),
        "oc3" => child.oc3.push(Oc3Row {
            return_year,
            in_touch: InTouch::parse(row["IN_TOUCH"]),
            activity: Activity::parse(row["ACTIV"]),
            accommodation: Accommodation::parse(row["ACCOM"]),
        }),
        _ => {}
    }
}

fn episode(return_year: i32, row: &Cells<'_>) -> EpisodeRow {
    EpisodeRow {
        return_year,
        start: uk(row["DECOM"]).unwrap(),
        end: uk(row["DEC"]),
        reason_new: ReasonNew::parse(row["RNE"]),
        legal_status: LegalStatus::parse(row["LS"]),
        need: Need::parse(row["CIN"]),
        place: Place::parse(row["PLACE"]),
        provider: Provider::parse(row["PLACE_PROVIDER"]),
        reason_ceased: ReasonCeased::parse(row["REC"]),
        reason_change: ReasonChange::parse(row["REASON_PLACE_CHANGE"]),
        placement_postcode: Some(row["PL_POST"].replace(' ', "").into()),
        urn: Some(row["URN"]).filter(|urn| !urn.is_empty()).map(Into::into),
        distance_miles: row["PL_DISTANCE"].parse().ok(),
        in_authority: Some(row["PL_LOCATION"] == "IN"),
        outside_england: None,
    }
}

fn uk(cell: &str) -> Option<Date> {
    Date::parse_from_str(cell, "%d/%m/%Y").ok()
}
