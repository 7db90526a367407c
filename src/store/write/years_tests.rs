//! What an import tells of rows of other returns, on both databases.

use super::tests::{HARROW, a_return, day, episode, on_both, write, year_2023};
use crate::store::{
    Batch, Store,
    rows::{ChildDetail, Episode, ImportFile, Rows, WorkerAllocation},
};

fn at(file_row: i32, row: Episode) -> Episode {
    Episode { file_row: Some(file_row), ..row }
}

/// Rule, file, row and value of each issue about other returns, and the counts of its file of episodes.
async fn told(store: &Store, number: i64) -> (Vec<String>, (i64, i64)) {
    let report = store.import(number).await.unwrap();
    let about_years = report.issues.iter().filter(|issue| ["REPLACED", "LOST", "CUT"].contains(&&*issue.rule));
    let words = about_years.map(|issue| {
        let (row, value) = (issue.row.unwrap(), issue.value.as_deref().unwrap());
        format!("{} {} row {row} {value}", issue.rule, issue.file)
    });
    let counts = report.files.iter().find(|file| file.table == "episodes").map(|file| (file.replaced, file.lost));
    (words.collect(), counts.unwrap_or_default())
}

fn older() -> Batch {
    let rows = [("0001", "2022-06-10"), ("0002", "2022-06-10"), ("0003", "2022-06-10")];
    a_return(2023, (2..).zip(rows).map(|(line, (child, start))| at(line, episode(child, start, None, "S"))).collect())
}

/// The start of the first child is corrected, the second has another placement since, the third is not there.
fn newer() -> Batch {
    let moved = Episode { place: Some("K2".into()), ..episode("0002", "2023-05-01", None, "P") };
    a_return(2024, vec![at(2, episode("0001", "2022-06-01", None, "S")), at(3, moved)])
}

#[tokio::test]
async fn the_import_that_replaces_loses_or_cuts_rows_tells_each_with_its_file_and_line() {
    on_both!(|store, url| {
        write(&store, older()).await;
        assert_eq!(told(&store, 1).await, (vec![], (0, 0)), "{url}");
        write(&store, newer()).await;
        let expected = [
            "REPLACED episodes of import 1 row 2 2022-06-10",
            "CUT episodes of import 1 row 3 2022-06-10",
            "LOST episodes of import 1 row 4 2022-06-10",
        ];
        assert_eq!(told(&store, 2).await, (expected.map(str::to_owned).to_vec(), (1, 1)), "{url}");
    });
}

#[tokio::test]
async fn an_older_return_that_comes_later_tells_its_own_rows() {
    on_both!(|store, url| {
        write(&store, newer()).await;
        write(&store, older()).await;
        let (words, counts) = told(&store, 2).await;
        assert_eq!((words.len(), counts), (3, (1, 1)), "{url}");
        assert!(words.iter().all(|word| word.contains("of import 2")), "{url}: {words:?}");
    });
}

#[tokio::test]
async fn what_one_import_has_told_the_next_does_not_tell_again() {
    on_both!(|store, url| {
        write(&store, older()).await;
        write(&store, newer()).await;
        write(
            &store,
            a_return(2025, vec![episode("0001", "2022-06-01", None, "S"), episode("0002", "2023-05-01", None, "P")]),
        )
        .await;
        assert_eq!(told(&store, 3).await.0, Vec::<String>::new(), "{url}");
    });
}

#[tokio::test]
async fn where_a_row_stands_in_its_file_does_not_make_it_another_row() {
    on_both!(|store, url| {
        write(&store, older()).await;
        let mut turned = older();
        for (line, row) in (20..).zip(turned.rows.episode.iter_mut().flatten()) {
            row.file_row = Some(line);
        }
        let outcome = store.write(turned, &|_| ()).await.unwrap();
        assert!(matches!(outcome, crate::store::Outcome::Unchanged { .. }), "{url}: {outcome:?}");
    });
}

#[tokio::test]
async fn social_workers_sent_for_a_year_are_no_return_that_could_lack_a_child() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        let worker =
            WorkerAllocation { child_id: "0001".into(), started_on: day("2023-05-01"), ..WorkerAllocation::default() };
        let file = ImportFile { name: "sw.csv".into(), table: "sw_episodes".into(), ..ImportFile::default() };
        let rows = Rows { worker_allocation: Some(vec![worker]), ..Rows::default() };
        let (kind, return_year) = ("ssda903".to_owned(), Some(2024));
        write(
            &store,
            Batch { authority: Some(HARROW.into()), kind, return_year, files: vec![file], rows, ..Batch::default() },
        )
        .await;
        let returns = store.load(HARROW, None).await.unwrap().returns;
        assert_eq!(returns.iter().map(|r| r.year).collect::<Vec<_>>(), [2023], "{url}");
        assert_eq!(told(&store, 2).await.0, Vec::<String>::new());
    });
}

#[tokio::test]
async fn a_birth_date_that_comes_later_ends_the_stored_placement_at_18() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        let person = ChildDetail {
            child_id: "0001".into(),
            birth_date: Some(day("2004-09-15")),
            return_year: 2023,
            ..ChildDetail::default()
        };
        let mut again = year_2023();
        for row in again.rows.child_detail.iter_mut().flatten().filter(|row| row.child_id == "0001") {
            row.birth_date = person.birth_date;
        }
        write(&store, again).await;
        let ends: Vec<_> = super::tests::placements(&store).await.iter().map(|row| row.ended_on).collect();
        assert_eq!(ends, [Some(day("2022-09-15")), None], "{url}");
    });
}

#[tokio::test]
async fn a_rehearsal_tells_what_the_import_would_tell() {
    on_both!(|store, url| {
        write(&store, older()).await;
        let (_, findings) = store.rehearse(newer()).await.unwrap();
        let rules: Vec<&str> = findings.issues.iter().map(|issue| issue.rule.as_str()).collect();
        assert_eq!(rules, ["142", "REPLACED", "CUT", "LOST"], "{url}");
        let episodes = findings.files.iter().find(|file| file.table == "episodes").unwrap();
        assert_eq!((episodes.replaced, episodes.lost), (1, 1), "{url}");
    });
}

#[tokio::test]
async fn an_undoing_tells_what_it_loses() {
    on_both!(|store, url| {
        let held = |year| a_return(year, vec![at(2, episode("0001", "2021-06-10", None, "S"))]);
        write(&store, held(2022)).await;
        write(&store, a_return(2024, vec![at(2, episode("0002", "2023-06-10", None, "S"))])).await;
        write(&store, held(2023)).await;
        store.undo(3).await.unwrap();
        let lost = ["LOST episodes of import 1 row 2 2021-06-10".to_owned()];
        for number in [2, 4] {
            assert_eq!(told(&store, number).await.0, lost, "{url}: import {number}");
        }
    });
}
