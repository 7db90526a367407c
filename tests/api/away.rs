//! A database that is away or stuck: who asks is told so in time, and is answered again as soon as it is back.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, TransactionTrait};
use serde_json::Value;

use crate::helpers::{Answer, User, databases};
use crate::program::{Serving, Terminal, text};

/// Short waits, so that the tests are.
const WAITS: [(&str, &str); 2] = [("LOOKEDAFTER_CONNECTION_WAIT_SECONDS", "1"), ("LOOKEDAFTER_LOCK_WAIT_SECONDS", "1")];

const MEDIA: [&str; 2] = ["application/json", "application/graphql-response+json"];

/// A server on PostgreSQL, and someone who may see that the database is whole and well.
struct Bench {
    database: databases::Database,
    terminal: Terminal,
    serving: Serving,
}

impl Bench {
    fn new() -> Option<Bench> {
        let database = databases::postgres()?;
        let terminal = Terminal::new();
        let (login, owner) = (("DATABASE_URL", &*database.login), ("DATABASE_OWNER_URL", &*database.url));
        let made = terminal.run(&["migrate"], &[login, owner]);
        assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
        let serving = Serving::with(&terminal, &[&[login], &WAITS[..]].concat());
        Some(Bench { database, terminal, serving })
    }

    /// Someone new, whose grants nobody has read yet.
    fn someone(&self, name: &str) -> User {
        let arguments = ["token", "--role", "analyst", "--authority", "E09000015", "--subject", name];
        let made = self.terminal.run(&arguments, &[("DATABASE_URL", &self.database.login)]);
        User::at(&self.serving.address, Some(text(&made.stdout).trim().to_owned()))
    }

    /// A connection of the superuser.
    async fn superuser(&self) -> DatabaseConnection {
        Database::connect(&self.database.unbound[0]).await.unwrap()
    }
}

/// Waits until nobody is let in by what was read of their grants before.
async fn forgotten() {
    actix_web::rt::time::sleep(std::time::Duration::from_millis(1_100)).await;
}

/// Asks in each media type.
async fn asked(user: &User, document: &str) -> Vec<Answer> {
    let mut answers = Vec::new();
    for media in MEDIA {
        answers.push(user.with("Accept", media).query(document).await);
    }
    answers
}

fn is_unavailable(answers: &[Answer]) {
    for (answer, media) in answers.iter().zip(MEDIA) {
        assert_eq!((answer.status.as_u16(), answer.code()), (503, "UNAVAILABLE"), "{}", answer.json);
        assert_eq!((answer.header("retry-after"), answer.json["data"].is_null()), ("1", true), "{}", answer.json);
        assert!(answer.header("content-type").starts_with(media), "{}", answer.header("content-type"));
    }
}

async fn is_answered(user: &User, document: &str) {
    for answer in asked(user, document).await {
        assert_eq!((answer.status.as_u16(), &answer.json["errors"]), (200, &Value::Null), "{}", answer.json);
    }
}

const WHO: &str = "{ viewer { role } }";

#[actix_web::test]
async fn a_table_that_another_session_holds_makes_nobody_wait_for_long() {
    let Some(bench) = Bench::new() else { return };
    let superuser = bench.superuser().await;
    let user = bench.someone("first");
    is_answered(&user, WHO).await;
    let ready = || async { user.get("/health/ready").await };
    for (table, document) in
        [("grant", WHO), ("audit_entry", WHO), ("authority", "{ viewer { authorities { name } } }")]
    {
        let lock = superuser.begin().await.unwrap();
        lock.execute_unprepared(&format!("LOCK TABLE \"{table}\" IN ACCESS EXCLUSIVE MODE")).await.unwrap();
        forgotten().await;
        is_unavailable(&asked(&user, document).await);
        if table != "authority" {
            let told = ready().await;
            assert_eq!((told.status.as_u16(), &told.json["code"]), (503, &"UNAVAILABLE".into()), "{table}");
            assert_eq!(told.header("retry-after"), "1");
        }
        lock.rollback().await.unwrap();
        is_answered(&user, document).await;
        actix_web::rt::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(ready().await.status.as_u16(), 200, "{table}");
    }
}

#[actix_web::test]
async fn a_database_that_takes_nobody_in_is_used_again_as_soon_as_it_does() {
    let Some(bench) = Bench::new() else { return };
    let superuser = bench.superuser().await;
    let user = bench.someone("first");
    is_answered(&user, WHO).await;
    superuser.execute_unprepared("ALTER ROLE records_api CONNECTION LIMIT 0").await.unwrap();
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'records_api'";
    superuser.execute_unprepared(end).await.unwrap();
    is_unavailable(&asked(&user, WHO).await);
    forgotten().await;
    let page = user.get("/schema.graphql").await;
    assert_eq!((page.status.as_u16(), page.header("retry-after")), (503, "1"));
    assert_eq!(user.get("/health/ready").await.status.as_u16(), 503);
    assert_eq!(user.get("/health/live").await.status.as_u16(), 200);
    superuser.execute_unprepared("ALTER ROLE records_api CONNECTION LIMIT -1").await.unwrap();
    is_answered(&user, WHO).await;
}

#[test]
fn a_command_says_what_it_waits_for_and_ends() {
    let terminal = Terminal::new();
    let patience = ("LOOKEDAFTER_COMMAND_WAIT_SECONDS", "2");
    // A port that nobody listens at any more, and one where somebody listens and never says a word.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    for address in [gone, silent.local_addr().unwrap()] {
        let url = format!("postgres://someone@{address}/records");
        for command in [&["grant", "list"][..], &["import", "undo", "1"], &["migrate", "status"], &["serve"]] {
            let ended = terminal.run(command, &[("DATABASE_URL", &url), patience]);
            let told = text(&ended.stderr);
            assert_eq!(ended.status.code(), Some(1), "{command:?}: {told}");
            assert!(told.contains("waiting for the database to answer, for 2 seconds at most"), "{command:?}: {told}");
            assert!(told.contains("the database cannot be reached"), "{command:?}: {told}");
        }
    }
}
