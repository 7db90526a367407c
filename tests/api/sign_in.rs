//! Who is let in, in which role, and that every refusal of a token is the same.

use lookedafter::access::Role;
use serde_json::json;

use crate::responder::small;

const HARROW: &str = "E09000015";

#[actix_web::test]
async fn a_token_with_its_grant_is_let_in_and_no_token_is_anonymous() {
    let app = small(&[]).await;
    let answer = app.analyst(HARROW).await.query("{ role }").await;
    assert_eq!(answer.json["data"], json!({"role": "analyst"}));
    assert_eq!(app.anonymous().query("{ role }").await.json["data"], json!({"role": "public"}));
}

#[actix_web::test]
async fn whatever_is_wrong_with_a_token_the_answer_is_the_same() {
    let app = small(&[]).await;
    let good = app.analyst(HARROW).await;
    let token = app.token("analyst@E09000015", Role::Analyst);
    let nobody = app.token("nobody", Role::Analyst);
    let bearer = |token: &str| app.anonymous().with("Authorization", &format!("Bearer {token}"));
    let (message, _) = token.rsplit_once('.').unwrap();
    let cases = [
        ("no grant", bearer(&nobody)),
        ("grant for another role", bearer(&app.token("analyst@E09000015", Role::Inspector))),
        ("no signature", bearer(&format!("{message}."))),
        ("rubbish", bearer("rubbish")),
        ("9 KiB", bearer(&"a".repeat(9 * 1024))),
        ("another scheme", app.anonymous().with("Authorization", "Basic YTpi")),
        ("empty", app.anonymous().with("Authorization", "")),
        ("two headers", good.with("Authorization", &format!("Bearer {token}"))),
    ];
    let mut bodies = Vec::new();
    for (name, user) in cases {
        for accept in ["application/json", "application/graphql-response+json", "text/html", "*/*"] {
            let answer = user.with("Accept", accept).query("{ role }").await;
            assert_eq!((answer.status.as_u16(), answer.code()), (401, "UNAUTHENTICATED"), "{name}, {accept}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            bodies.push((answer.header("content-type").to_owned(), answer.body));
        }
    }
    let in_address = app.anonymous().get(&format!("/graphql?query=%7Brole%7D&access_token={token}")).await;
    assert_eq!(in_address.status.as_u16(), 401);
    bodies.push((in_address.header("content-type").to_owned(), in_address.body));
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "every refusal is the same");
    assert_eq!(good.query("{ role }").await.status.as_u16(), 200);
}

#[actix_web::test]
async fn of_several_roles_one_must_be_chosen() {
    let app = small(&[]).await;
    app.grant("someone", Role::Analyst, HARROW).await;
    let user = app.anonymous().with("Authorization", &format!("Bearer {}", app.token("someone", Role::Analyst)));
    for role in ["inspector", "Analyst", "astronaut"] {
        let answer = user.with("X-Active-Role", role).query("{ role }").await;
        assert_eq!((answer.status.as_u16(), answer.code()), (403, "FORBIDDEN"), "{role}");
    }
    let answer = user.with("X-Active-Role", "analyst").query("{ role }").await;
    assert_eq!(answer.json["data"], json!({"role": "analyst"}));
}

#[actix_web::test]
async fn an_unknown_purpose_is_refused() {
    let app = small(&[]).await;
    let user = app.analyst(HARROW).await;
    let answer = user.with("X-Purpose", "curiosity").query("{ role }").await;
    assert_eq!((answer.status.as_u16(), answer.code()), (403, "FORBIDDEN"));
    assert_eq!(user.with("X-Purpose", "performance-monitoring").query("{ role }").await.status.as_u16(), 200);
}
