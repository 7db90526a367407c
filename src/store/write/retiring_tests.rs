//! An import that would retire most of what is stored is refused, and nothing of it stays; on both databases.

use super::tests::{HARROW, a_return, day, episode, links, state, write, year_2023, year_2024};
use crate::store::{
    Batch, Outcome,
    databases::databases,
    rows::{Leaver, Rows},
};

/// The return of 2024 with other children altogether.
fn other_children() -> Batch {
    a_return(2024, ["1001", "1002", "1003"].map(|child| episode(child, "2023-05-01", None, "S")).to_vec())
}

fn leavers(children: &[&str]) -> Batch {
    let leaver = |child: &&str| Leaver {
        child_id: (*child).into(),
        eligibility: "FORMER_RELEVANT".into(),
        started_on: day("2023-04-01"),
        ..Leaver::default()
    };
    Batch {
        authority: Some(HARROW.into()),
        kind: "leavers".into(),
        rows: Rows { leaver: Some(children.iter().map(leaver).collect()), ..Rows::default() },
        ..Batch::default()
    }
}

#[tokio::test]
async fn a_return_that_would_retire_most_of_its_year_is_refused_with_the_numbers() {
    for database in databases() {
        let store = database.store().await;
        write(&store, year_2023()).await;
        write(&store, year_2024()).await;
        let before = state(&store).await;
        assert_eq!(store.rehearse(other_children()).await.unwrap_err().code(), "RETIRES_MOST", "{}", database.url);
        let error = store.write(other_children(), &|_| ()).await.unwrap_err();
        assert_eq!(error.code(), "RETIRES_MOST", "{}", database.url);
        let words = error.to_string();
        // Two children, three episodes go; the review stays.
        assert!(words.contains("5 of the 6 rows stored of the return of the year ending 2024"), "{words}");
        assert!(words.contains("--confirm retires"), "{words}");
        assert_eq!(state(&store).await, before, "{}", database.url);
        assert_eq!(store.latest_import().await.unwrap(), 2);
    }
}

#[tokio::test]
async fn what_was_confirmed_is_written_and_can_be_undone() {
    for database in databases() {
        let store = database.store().await;
        write(&store, year_2024()).await;
        let before = state(&store).await;
        let confirmed = || Batch { may_retire_most: true, ..other_children() };
        let (rehearsed, _) = store.rehearse(confirmed()).await.unwrap();
        assert!(matches!(rehearsed, Outcome::Written { number: 2, retired: 5, .. }), "{rehearsed:?}");
        assert_eq!(state(&store).await, before, "{}: a rehearsal leaves nothing", database.url);
        assert_eq!(write(&store, confirmed()).await, 2, "{}", database.url);
        assert_ne!(state(&store).await, before);
        store.undo(2).await.unwrap();
        assert_eq!(state(&store).await, before, "{}", database.url);
    }
}

#[tokio::test]
async fn half_may_go_a_first_import_retires_nothing_and_a_list_may_be_replaced_whole() {
    for database in databases() {
        let store = database.store().await;
        write(&store, leavers(&["1", "2", "3", "4"])).await;
        // Other kinds and years do not count.
        write(&store, year_2023()).await;
        write(&store, year_2024()).await;
        write(&store, links("H1")).await;
        assert_eq!(write(&store, leavers(&["8", "9"])).await, 5, "{}", database.url);
        let mut half = year_2024();
        half.rows.child_detail.iter_mut().flatten().for_each(|row| row.ethnicity = Some("MWAS".into()));
        assert_eq!(write(&store, half).await, 6, "{}: the children changed, episodes and review did not", database.url);
    }
}
