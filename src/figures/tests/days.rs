//! For which days readers are answered, by level.

use super::*;
use crate::{
    access::Denial,
    indicators::all,
    period::{Date, PeriodKind},
};

/// Born on 17 May: 16 in 2024, and an unaccompanied child of another kind of home.
const YOUNG: &str = "return 2023, born 2008-05-17, placed 2020-05-01, return 2024, born 2008-05-17, placed 2020-05-01";

fn day(code: &str) -> Date {
    code.parse().unwrap()
}

fn single(code: &str) -> Period {
    Period::parse_day(code).unwrap()
}

/// For which period a reader of true totals, or in another role, is answered.
fn answered(role: Role, code: &str, asked: Period, by: Option<Dimension>) -> String {
    seen_by(role, data(&[YOUNG])).answered_for(find(code).unwrap(), asked, by).code()
}

#[test]
fn below_identity_a_figure_that_turns_with_a_birthday_is_of_the_last_quarter_and_others_of_their_month() {
    use Dimension::{AgeBand, Gender};
    let (flagged, plain) = ("long_term_stability_pct", "cla_number");
    for (code, asked, by, told) in [
        (flagged, period("2023-05"), None, "2022-23-Q4"),
        (flagged, period("2023-06"), None, "2023-06"),
        (flagged, period("2023-07"), Some(Gender), "2023-24-Q1"),
        (flagged, period("2023-24-Q2"), None, "2023-24-Q2"),
        (flagged, period("2022-23"), None, "2022-23"),
        (flagged, single("2023-08-31"), None, "2023-24-Q1"),
        (plain, period("2023-05"), None, "2023-05"),
        (plain, period("2023-05"), Some(Gender), "2023-05"),
        (plain, period("2023-05"), Some(AgeBand), "2022-23-Q4"),
        (plain, single("2023-08-31"), None, "2023-08-31"),
        (plain, single("2023-08-30"), None, "2023-07"),
        (plain, single("2023-09-30"), Some(AgeBand), "2023-09-30"),
    ] {
        for role in [Role::ReleaseOfficer, Role::PanelMember, Role::Public] {
            assert_eq!(answered(role, code, asked, by), told, "{role:?} {code} {asked:?} {by:?}");
        }
        assert_eq!(answered(Role::Analyst, code, asked, by), asked.code());
    }
}

#[test]
fn a_single_day_is_for_those_who_see_identities_and_the_end_of_a_month_for_all() {
    let view = |role| seen_by(role, data(&[YOUNG]));
    let number = find("cla_number");
    let officer = view(Role::ReleaseOfficer);
    for (given, named, permitted) in [
        ("2023-08-15", false, false),
        ("2023-08-15", true, false),
        ("2023-08-31", false, true),
        ("2023-08-31", true, false),
    ] {
        for indicator in [number, None] {
            let told = officer.single_day(indicator, day(given), named).map(|_| ());
            assert_eq!(told, if permitted { Ok(()) } else { Err(Denial::NotInPolicy) }, "{given} {named}");
            assert!(view(Role::Analyst).single_day(indicator, day(given), named).is_ok());
        }
    }
    assert_eq!(officer.read_log().touched().denial, Some(Denial::NotInPolicy));
    assert_eq!(officer.latest(number, PeriodKind::Day).unwrap().code(), "2024-03-31");
}

#[test]
fn whoever_could_see_identities_must_state_a_purpose_for_single_days() {
    let policy = Policy::parse("access.toml", include_str!("../../../policy/access.toml")).unwrap();
    let grant = Grant::of(Role::Analyst, "E09000015", (day("2024-01-01"), day("2024-12-31")));
    let viewer = Viewer { role: Role::Analyst, ..Viewer::anonymous(Limits::default(), vec![grant]) };
    let at = "2024-01-15T12:00:00Z".parse().unwrap();
    let permissions = permissions::Permissions::of(&policy, &viewer, "E09000015", at);
    let view = AuthorityView::new(
        Arc::new(data(&[YOUNG])),
        permissions,
        authority_view::Children::default(),
        ReadLog::default(),
    );
    assert_eq!(view.single_day(find("cla_number"), day("2023-08-15"), true), Err(Denial::PurposeMissing));
    assert_eq!(view.answered_for(find("cla_number").unwrap(), single("2023-08-15"), None).code(), "2023-07");
}

/// Whichever way earlier periods are reached, no answer is of a day between ends of months or, where it turns with a
/// birthday, of quarters.
#[test]
fn no_earlier_period_leads_to_a_day_in_between() {
    let ends = |kind, period: Period| Period::containing(kind, period.end).end == period.end;
    let officer = seen_by(Role::ReleaseOfficer, data(&[YOUNG, TWO_YEARS]));
    let asked = ["2024-02", "2024-03", "2023-24-Q3", "2023-24"].map(period).into_iter();
    for asked in asked.chain(["2024-02-29", "2023-12-31", "2024-02-14"].map(single)) {
        for indicator in all().iter().copied() {
            let kind = if indicator.depends_on_birthday { PeriodKind::Quarter } else { PeriodKind::Month };
            let answer = officer.answer(indicator, asked, None);
            let mut met = officer.history(&answer, 8);
            met.extend(officer.year_ends_before(&answer));
            met.extend(officer.answers(&[(indicator, asked), (indicator, asked.previous())]));
            let mut periods: Vec<Period> = met.iter().map(|answer| answer.period).collect();
            periods.extend(officer.direction(&answer).map(|(_, since)| since));
            for comparator in [Comparator::PreviousPeriod, Comparator::SamePeriodLastYear] {
                periods.extend(officer.comparison(&answer, comparator, &Choice::default()).period);
            }
            for period in periods {
                assert!(ends(kind, period), "{} asked for {}: {}", indicator.code, asked.code(), period.code());
            }
            for dimension in Dimension::ALL {
                let aged = dimension == Dimension::AgeBand || indicator.depends_on_birthday;
                let kind = if aged { PeriodKind::Quarter } else { PeriodKind::Month };
                let rows = officer.breakdown(indicator, asked, dimension).rows;
                assert!(rows.iter().all(|row| ends(kind, row.answer.period)), "{} {dimension:?}", indicator.code);
            }
        }
    }
}

#[test]
fn a_history_goes_on_by_the_periods_that_stand_for_those_asked_for() {
    let officer = seen_by(Role::ReleaseOfficer, data(&[YOUNG]));
    let history = |code: &str, asked| {
        let answer = officer.answer(find(code).unwrap(), asked, None);
        officer.history(&answer, 3).iter().map(|answer| answer.period.code()).collect::<Vec<_>>()
    };
    assert_eq!(history("long_term_stability_pct", period("2024-02")), ["2023-24-Q1", "2023-24-Q2", "2023-24-Q3"]);
    assert_eq!(history("long_term_stability_pct", period("2024-03")), ["2023-24-Q2", "2023-24-Q3", "2024-03"]);
    assert_eq!(history("cla_number", single("2024-02-29")), ["2023-12", "2024-01", "2024-02-29"]);
}

/// The figure before is compared where it stands, and counted for that day.
#[test]
fn a_breakdown_by_age_stands_beside_the_population_of_its_own_day() {
    let mut held = data(&[YOUNG]);
    let of = |year, children| MidYear {
        year,
        all: Some(children),
        groups: Dimension::AgeBand.groups().iter().map(|g| (*g, children)).collect(),
    };
    beside(&mut held).population = Population::new(vec![of(2022, 1000), of(2023, 2000)]);
    let officer = seen_by(Role::ReleaseOfficer, held);
    let number = find("cla_number").unwrap();
    let source = |code, by| officer.breakdown(number, period(code), by).population_source;
    assert!(source("2023-07", Dimension::AgeBand).unwrap().starts_with("Mid-2023"));
    assert!(source("2023-05", Dimension::AgeBand).unwrap().starts_with("Mid-2022"));
    let rows = officer.breakdown(number, period("2023-05"), Dimension::AgeBand).rows;
    assert!(rows.iter().all(|row| row.answer.period.code() == "2022-23-Q4"));
}
