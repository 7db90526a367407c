//! Questions asked of invented holdings, without a database.

mod averages;
mod days;

use std::{collections::HashMap, sync::Arc};

use super::*;
use crate::{
    access::{Domain, Grant, Limits, Policy, Purpose, Role, Viewer},
    breakdowns::Dimension,
    care::story,
    comparators::{Choice, Comparator, Document, PublishedFigure, Rag, Target, Tolerance},
    indicators::find,
    period::Period,
    scorecards::PANEL,
    snapshot::{MidYear, Population, Snapshot},
    statistics::{Absence, ValueStatus},
};

fn data(stories: &[&str]) -> AuthorityData {
    let told: Vec<_> = stories.iter().map(|told| story::records(told).unwrap()).collect();
    let returns = told.first().unwrap().1.clone();
    let records = told
        .into_iter()
        .enumerate()
        .map(|(n, (records, _))| crate::care::records::ChildRecords { child: format!("{n}").into(), ..records });
    let place = Place { ons_code: "E09000015".to_owned(), ..Place::default() };
    let records = Records::new(Snapshot::new("E09000015", 1, records, returns), Default::default());
    let reference = Reference { place, ..Reference::default() };
    AuthorityData { records: Arc::new(records), reference: Arc::new(reference), ..AuthorityData::default() }
}

/// What the holdings are set beside, to be filled in.
fn beside(data: &mut AuthorityData) -> &mut Reference {
    Arc::get_mut(&mut data.reference).unwrap()
}

/// What an authority printed of itself for 2020-21, in a document.
fn figure(document: &str, value: f64) -> PublishedFigure {
    PublishedFigure {
        area: "E09000015".into(),
        document: Document { publisher: "council".into(), name: document.into() },
        period: period("2020-21"),
        value: Ok(value),
        numerator: None,
        denominator: None,
        status: ValueStatus::Final,
        controlled: false,
    }
}

/// The holdings as someone in a role sees them.
fn seen_by(role: Role, data: AuthorityData) -> AuthorityView {
    let policy = Policy::parse("access.toml", include_str!("../../../policy/access.toml")).unwrap();
    let days = ("2024-01-01".parse().unwrap(), "2024-01-20".parse().unwrap());
    let grant = Grant { inspection: Some("1".to_owned()), ..Grant::of(role, "E09000015", days) };
    let purpose = Some(Purpose::PerformanceMonitoring);
    let viewer = Viewer { role, purpose, ..Viewer::anonymous(Limits::default(), vec![grant]) };
    let permissions =
        permissions::Permissions::of(&policy, &viewer, "E09000015", "2024-01-15T12:00:00Z".parse().unwrap());
    AuthorityView::new(Arc::new(data), permissions, authority_view::Children::default(), ReadLog::default())
}

/// The holdings as the authority's own analyst sees them.
fn exact(data: AuthorityData) -> AuthorityView {
    seen_by(Role::Analyst, data)
}

fn period(code: &str) -> Period {
    Period::parse(code).unwrap()
}

fn ask(view: &AuthorityView, indicator: &str, code: &str) -> Answer {
    view.answer(find(indicator).unwrap(), period(code), None)
}

const TWO_YEARS: &str = "return 2023, girl, placed 2022-05-01, return 2024, girl, placed 2022-05-01";

#[test]
fn a_figure_after_the_last_return_is_not_yet_due_and_before_the_first_not_available() {
    let data = exact(data(&[TWO_YEARS]));
    assert_eq!(ask(&data, "cla_number", "2024-25-Q1").absence, Some(Absence::NotYetDue));
    assert_eq!(ask(&data, "cla_number", "2021-22").absence, Some(Absence::NotAvailable));
    let now = ask(&data, "cla_number", "2023-24");
    assert_eq!((now.value, now.display().as_str(), now.status), (Some(1.0), "1", ValueStatus::Final));
}

#[test]
fn a_rate_needs_a_population_and_says_its_denominator() {
    let without = exact(data(&[TWO_YEARS]));
    let without = ask(&without, "cla_rate_per_10000", "2023-24");
    assert_eq!((without.value, without.numerator, without.absence), (None, Some(1), Some(Absence::NotAvailable)));
    let mut data = data(&[TWO_YEARS]);
    beside(&mut data).population = Population::new(vec![MidYear { year: 2023, all: Some(2000), groups: vec![] }]);
    let with = ask(&exact(data), "cla_rate_per_10000", "2023-24");
    assert_eq!((with.value, with.denominator), (Some(5.0), Some(2000)));
}

#[test]
fn year_ends_before_the_records_are_shown_as_printed() {
    let mut data = data(&[TWO_YEARS]);
    let published = authority_data::PublishedFigures {
        local: vec![figure("report", 182.0)],
        ..authority_data::PublishedFigures::default()
    };
    beside(&mut data).published = HashMap::from([("cla_number".to_owned(), published)]);
    let data = exact(data);
    let ends = data.year_ends_before(&ask(&data, "cla_number", "2023-24-Q2"));
    let shown: Vec<_> = ends.iter().map(|a| (a.period.code(), a.value)).collect();
    assert_eq!(shown, [("2020-21".into(), Some(182.0)), ("2021-22".into(), None), ("2022-23".into(), Some(1.0))]);
}

#[test]
fn a_flat_target_stands_all_year_and_judges_what_grows_only_at_the_years_end() {
    let mut data = data(&[TWO_YEARS; 8]);
    let target =
        || vec![Target { period: period("2023-24"), value: 10.0, tolerance: Tolerance::default(), note: None }];
    let codes = ["reviews_in_timescale_pct", "placements_3plus_pct"];
    beside(&mut data).targets = codes.iter().map(|code| ((*code).to_owned(), target())).collect();
    let data = exact(data);
    let judged = |code: &str, at: &str| {
        let answer = ask(&data, code, at);
        let standing = data.target(&answer).unwrap();
        assert_eq!(standing.target.value, 10.0);
        (standing.judges, data.rating(&answer).rag)
    };
    // None of the eight has ever been reviewed or has moved.
    assert_eq!(judged("reviews_in_timescale_pct", "2023-24-Q2"), (true, Rag::Red));
    assert_eq!(judged("placements_3plus_pct", "2023-24-Q2"), (false, Rag::NotRated));
    assert_eq!(judged("placements_3plus_pct", "2023-24-Q4"), (true, Rag::Green));
}

#[test]
fn the_scorecard_has_fourteen_rows_and_leaves_out_what_may_not_be_seen() {
    let rows = |role| seen_by(role, data(&[TWO_YEARS])).scorecard(period("2023-24-Q2"));
    assert_eq!(rows(Role::Analyst).len(), PANEL.rows.len());
    for role in Role::ALL {
        let withheld = seen_by(role, data(&[TWO_YEARS])).withheld_rows();
        assert_eq!(rows(role).len() + withheld, PANEL.rows.len(), "{role:?}");
    }
    let police: Vec<_> = rows(Role::PoliceYot).iter().map(|row| row.number).collect();
    assert!(police.contains(&14) && !police.contains(&9) && !police.contains(&11), "{police:?}");
    assert!(rows(Role::Admin).is_empty());
}

#[test]
fn a_child_whom_the_newer_return_lacks_concerns_that_year_s_figures_and_later_ones() {
    let gone = "return 2024, placed 2023-06-10, return 2025";
    let view = exact(data(&[gone, "return 2024, placed 2023-06-10, return 2025, placed 2023-06-10"]));
    for (year, children) in [("2023-24", 2.0), ("2024-25", 1.0)] {
        let answer = ask(&view, "cla_number", year);
        let concerns = view.lineage(&answer).unwrap().data_quality;
        let lost = concerns.iter().find(|concern| concern.text.contains("missing from the newer returns"));
        assert_eq!((answer.value, lost.map(|concern| concern.children)), (Some(children), Some(1)), "{year}");
    }
}

#[test]
fn readers_of_protected_figures_get_nothing_small_in_any_form() {
    // One child in care: every whole-authority count is small, every derived answer silent.
    let view = seen_by(Role::PanelMember, data(&[TWO_YEARS]));
    let answer = ask(&view, "cla_number", "2023-24-Q2");
    assert_eq!((answer.value, answer.absence, answer.numerator), (None, Some(Absence::Confidential), None));
    assert_eq!((answer.display().as_str(), answer.not_known, answer.interval), ("Confidential", None, None));
    assert!(view.history(&answer, 8).iter().all(|answer| answer.value.is_none()));
    assert!(view.year_ends_before(&answer).iter().all(|answer| answer.value.is_none()));
    assert_eq!(view.trend(&answer, 5).direction, crate::statistics::TrendDirection::CannotBeCalculated);
    assert_eq!((view.direction(&answer), view.rating(&answer).rag), (None, Rag::NotRated));
    for comparator in STANDARD_COMPARATORS {
        let beside = view.comparison(&answer, comparator, &Choice::default());
        assert_eq!((beside.difference, beside.significance), (None, crate::statistics::Significance::NotCompared));
        let own = matches!(comparator, Comparator::PreviousPeriod | Comparator::SamePeriodLastYear);
        assert!(!own || beside.absence == Some(Absence::Confidential), "{comparator:?} {beside:?}");
    }
    let split = view.breakdown(find("cla_number").unwrap(), period("2023-24-Q2"), Dimension::Gender);
    assert!(split.rows.iter().all(|row| row.answer.absence == Some(Absence::Confidential)));
    assert!(split.rows.iter().all(|row| row.cohort_share.is_none() && row.disproportionality.is_none()));
    assert!(view.lineage(&answer).is_none() && view.children(None).next().is_none());
    assert!(!view.read_child(0) && view.history_of(0).is_none() && view.place_of("0").is_none());
}

#[test]
fn what_was_read_is_on_the_trail() {
    let view = exact(data(&[TWO_YEARS]));
    ask(&view, "cla_number", "2023-24-Q2");
    view.records(Domain::Health).unwrap();
    assert!(view.read_child(0));
    let touched = view.read_log().touched();
    assert_eq!(touched.children().collect::<Vec<_>>(), [("E09000015", "0")]);
    assert_eq!((touched.cells, touched.confidential, touched.closest), (1, 0, Some(crate::access::Level::Identified)));
    assert!(touched.domains.contains(&Domain::Core) && touched.domains.contains(&Domain::Health));
}

#[test]
fn a_breakdown_adds_up_and_sets_known_groups_beside_the_population() {
    let mut data = data(&[TWO_YEARS, "return 2024, boy, placed 2023-05-01", "placed 2023-06-01"]);
    let genders = Dimension::Gender.groups();
    let groups = vec![(genders[0], 600), (genders[1], 400)];
    beside(&mut data).population = Population::new(vec![MidYear { year: 2023, all: Some(1000), groups }]);
    let data = exact(data);
    let split = data.breakdown(find("cla_number").unwrap(), period("2023-24"), Dimension::Gender);
    let shown: Vec<_> = split.rows.iter().map(|r| (r.answer.value, r.cohort_share, r.population_share)).collect();
    assert_eq!(
        shown,
        [(Some(1.0), Some(50.0), Some(60.0)), (Some(1.0), Some(50.0), Some(40.0)), (Some(1.0), None, None)]
    );
    let ratio = split.rows[1].disproportionality.as_ref().unwrap();
    assert_eq!((ratio.ratio, ratio.text.as_str()), (1.25, "higher 25%"));
}

#[test]
fn a_history_ends_with_the_answer_and_comparisons_reach_back() {
    let data = exact(data(&[TWO_YEARS]));
    let answer = ask(&data, "cla_number", "2023-24-Q2");
    let history: Vec<_> = data.history(&answer, 3).iter().map(|a| a.period.code()).collect();
    assert_eq!(history, ["2022-23-Q4", "2023-24-Q1", "2023-24-Q2"]);
    let before = data.comparison(&answer, Comparator::SamePeriodLastYear, &Choice::default());
    assert_eq!((before.value, before.difference), (Some(1.0), Some(0.0)));
}

#[test]
fn equal_files_and_questions_have_equal_digests() {
    let (one, other) = (exact(data(&[TWO_YEARS])), exact(data(&[TWO_YEARS])));
    let digest = |h: &AuthorityView, code: &str| h.lineage(&ask(h, "cla_number", code)).unwrap().digest;
    assert_eq!(digest(&one, "2023-24"), digest(&other, "2023-24"));
    assert_ne!(digest(&one, "2023-24"), digest(&one, "2023-24-Q3"));
}

#[test]
fn what_was_repaired_behind_a_number_is_told() {
    let data = exact(data(&["return 2023, placed 2022-05-01, return 2024, placed 2023-05-01 rne P"]));
    let lineage = data.lineage(&ask(&data, "cla_number", "2023-24")).unwrap();
    let told: Vec<_> = lineage.data_quality.iter().map(|c| (c.text, c.children)).collect();
    assert_eq!(told, [("an open episode was closed because a later one exists", 1)]);
}

#[test]
fn partners_are_told_of_the_ends_of_the_last_four_quarters_and_managers_under_pseudonyms_of_any_day() {
    let day = |text: &str| text.parse::<crate::period::Date>().unwrap();
    // The returns reach to the end of March 2024.
    let partner = seen_by(Role::HealthPartner, data(&[TWO_YEARS]));
    let recent: Vec<String> = partner.recent_days().map(|day| day.to_string()).collect();
    assert_eq!(recent, ["2024-03-31", "2023-12-31", "2023-09-30", "2023-06-30"]);
    for (asked, told) in [
        ("2026-01-01", Some("2024-03-31")),
        ("2024-03-31", Some("2024-03-31")),
        ("2024-03-30", Some("2023-12-31")),
        ("2023-06-30", Some("2023-06-30")),
        ("2023-06-29", None),
        ("2022-12-31", None),
    ] {
        let told = told.map(day);
        assert_eq!((partner.age_day(day(asked)), partner.care_day(day(asked))), (told, told), "{asked}");
    }
    let manager = seen_by(Role::ServiceManager, data(&[TWO_YEARS]));
    assert_eq!(manager.age_day(day("2022-08-15")), Some(day("2022-06-30")));
    assert_eq!(manager.care_day(day("2022-08-15")), Some(day("2022-08-15")));
    assert_eq!(exact(data(&[TWO_YEARS])).age_day(day("2022-08-15")), Some(day("2022-08-15")));
}

#[test]
fn children_come_and_go_on_a_partner_s_list_at_the_ends_of_quarters() {
    // Two years old, and nineteen, on 10 August 2023.
    let told = ["born 2021-08-10, placed 2022-05-01", "born 2004-08-10, placed 2022-05-01"];
    let listed = |up_to: &str, role| {
        let mut data = data(&told);
        let records = Arc::get_mut(&mut data.records).unwrap();
        records.snapshot.returns.iter_mut().for_each(|of_year| of_year.up_to = up_to.parse().unwrap());
        let view = seen_by(role, data);
        view.children(None).map(|(place, _)| place).collect::<Vec<_>>()
    };
    for up_to in ["2023-07-31", "2023-08-10", "2023-09-29"] {
        assert_eq!(listed(up_to, Role::VirtualSchool), [1], "{up_to}");
    }
    assert_eq!(listed("2023-09-30", Role::VirtualSchool), [0]);
    assert_eq!(listed("2023-07-31", Role::Analyst), [0, 1]);
}
