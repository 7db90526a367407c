//! The program on PostgreSQL: one login owns the tables, another serves, and not every login may.

use crate::helpers::{User, databases};
use crate::program::{Serving, Terminal, text};

#[actix_web::test]
async fn on_postgresql_one_login_owns_the_tables_and_another_without_any_right_serves() {
    let Some(database) = databases::postgres() else { return };
    let terminal = Terminal::new();
    let (login, owner) = (("DATABASE_URL", database.login.as_str()), ("DATABASE_OWNER_URL", database.url.as_str()));
    let early = terminal.run(&["serve"], &[login]);
    assert_eq!(early.status.code(), Some(1));
    assert!(text(&early.stderr).contains("docs/running.md"), "{}", text(&early.stderr));
    assert!(text(&terminal.run(&["migrate", "status"], &[login]).stdout).contains("pending"));
    assert!(!text(&terminal.run(&["migrate"], &[login, owner]).stdout).contains("pending"));
    // From here on the owner is needed no more.
    assert!(!text(&terminal.run(&["migrate", "status"], &[login]).stdout).contains("pending"));
    let areas = "ons_code,la_code,name,region\nE09000015,310,Harrow,\n";
    std::fs::write(terminal.folder.path().join("areas.csv"), areas).unwrap();
    let imported = terminal.run(&["import", "areas", "areas.csv"], &[login]);
    assert_eq!(imported.status.code(), Some(0), "{}", text(&imported.stderr));
    let serving = Serving::with(&terminal, &[login]);
    let made = terminal.run(&["token", "--role", "analyst", "--authority", "E09000015"], &[login]);
    let user = User::at(&serving.address, Some(text(&made.stdout).trim().to_owned()));
    let answer = user.query(r#"{ authority(by: {onsCode: "E09000015"}) { name } }"#).await;
    assert_eq!(answer.json["data"]["authority"]["name"], "Harrow", "{}", answer.json);
}

#[actix_web::test]
async fn a_login_that_row_security_does_not_hold_may_not_serve_unless_that_is_allowed() {
    let Some(database) = databases::postgres() else { return };
    let terminal = Terminal::new();
    assert_eq!(database.unbound.len(), 2);
    for login in &database.unbound {
        let ended = terminal.run(&["serve"], &[("DATABASE_URL", login)]);
        assert_eq!(ended.status.code(), Some(1), "{login}");
        let told = text(&ended.stderr);
        for words in ["superuser", "CREATE ROLE", "LOOKEDAFTER_ALLOW_SUPERUSER"] {
            assert!(told.contains(words), "{told}");
        }
    }
    let superuser = ("DATABASE_URL", database.unbound[0].as_str());
    Serving::with(&terminal, &[superuser, ("LOOKEDAFTER_ALLOW_SUPERUSER", "true")]);
}
