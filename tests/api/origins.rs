//! Pages of other sites in a browser: those of named origins may ask and read, others may not; and the page of our own.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use awc::http::Method;

use crate::figures::HARROW;
use crate::helpers::{Answer, TestApp, User};
use crate::responder::small;

const VIEWS: &str = "https://views.example";
const NAMED: &[(&str, &str)] = &[("origins", "https://views.example, http://localhost:5173")];
const VARY: &str = "Authorization, Accept, X-Active-Role, X-Purpose";

/// What a browser asks before it lets a page ask.
async fn preflight(app: &TestApp, path: &str, origin: &str, method: &str, headers: &str) -> Answer {
    let asker = app.anonymous().with("Origin", origin).with("Access-Control-Request-Method", method);
    let asker = if headers.is_empty() { asker } else { asker.with("Access-Control-Request-Headers", headers) };
    asker.send(Method::OPTIONS, path, Vec::new()).await
}

fn may_be_read_by(answer: &Answer, origin: &str) -> bool {
    assert_eq!(answer.header("access-control-allow-credentials"), "", "no cookie is ever asked for");
    answer.header("access-control-allow-origin") == origin
}

fn says_nothing_of_origins(answer: &Answer) -> bool {
    !answer.headers.iter().any(|(name, _)| name.as_str().starts_with("access-control-"))
}

fn sorted(list: &str) -> Vec<&str> {
    let mut names: Vec<&str> = list.split(", ").collect();
    names.sort_unstable();
    names
}

#[actix_web::test]
async fn a_page_of_a_named_origin_may_ask_with_the_headers_that_are_read() {
    let app = small(NAMED).await;
    let wanted = "authorization,content-type,accept,x-active-role,x-purpose,x-case-reference";
    for path in ["/graphql", "/schema.graphql"] {
        for origin in [VIEWS, "http://localhost:5173"] {
            for method in ["POST", "GET"] {
                let answer = preflight(&app, path, origin, method, wanted).await;
                assert_eq!(answer.status.as_u16(), 200, "{origin} {method} {path}");
                assert!(may_be_read_by(&answer, origin));
                assert_eq!(sorted(answer.header("access-control-allow-methods")), ["GET", "POST"]);
                let mut expected: Vec<&str> = wanted.split(',').collect();
                expected.sort_unstable();
                assert_eq!(sorted(answer.header("access-control-allow-headers")), expected);
                assert_eq!(answer.header("access-control-max-age"), "600");
                assert_eq!(answer.header("vary"), format!("{VARY}, Origin"));
                assert_eq!(answer.header("x-request-id").len(), 36);
            }
        }
    }
    assert_eq!(preflight(&app, "/graphql", VIEWS, "POST", "").await.status.as_u16(), 200);
}

#[actix_web::test]
async fn other_preflights_are_refused_in_words() {
    let app = small(NAMED).await;
    for (origin, method, headers, status, code) in [
        ("https://evil.example", "POST", "content-type", 403, "ORIGIN_NOT_ALLOWED"),
        ("https://views.example.evil.example", "POST", "content-type", 403, "ORIGIN_NOT_ALLOWED"),
        ("https://a.views.example", "POST", "content-type", 403, "ORIGIN_NOT_ALLOWED"),
        ("http://views.example", "POST", "content-type", 403, "ORIGIN_NOT_ALLOWED"),
        ("https://views.example:8443", "POST", "content-type", 403, "ORIGIN_NOT_ALLOWED"),
        ("null", "POST", "content-type", 403, "ORIGIN_NOT_ALLOWED"),
        (VIEWS, "DELETE", "content-type", 400, "PREFLIGHT_REFUSED"),
        (VIEWS, "POST", "content-type,x-http-method-override", 400, "PREFLIGHT_REFUSED"),
        (VIEWS, "POST", "cookie", 400, "PREFLIGHT_REFUSED"),
        (VIEWS, "POST", "not a header", 400, "PREFLIGHT_REFUSED"),
    ] {
        let answer = preflight(&app, "/graphql", origin, method, headers).await;
        let told = (answer.status.as_u16(), answer.json["code"].as_str().unwrap_or_default());
        assert_eq!(told, (status, code), "{origin} {method} {headers}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json["requestId"], answer.header("x-request-id"));
        assert!(says_nothing_of_origins(&answer), "{origin} {method} {headers}");
    }
}

#[actix_web::test]
async fn by_default_no_page_of_another_origin_may_ask() {
    let app = small(&[]).await;
    let answer = preflight(&app, "/graphql", VIEWS, "POST", "content-type").await;
    assert_eq!((answer.status.as_u16(), answer.json["code"].as_str()), (403, Some("ORIGIN_NOT_ALLOWED")));
    assert!(says_nothing_of_origins(&answer));
    // Of one's own address too a browser tells the origin, and programs may tell any: both are answered as before.
    for origin in [app.address.as_str(), VIEWS] {
        let answer = app.anonymous().with("Origin", origin).query("{ ping }").await;
        assert_eq!((answer.status.as_u16(), answer.json["data"]["ping"].as_str()), (200, Some("pong")));
        assert!(says_nothing_of_origins(&answer));
        assert_eq!(answer.header("vary"), VARY);
    }
}

#[actix_web::test]
async fn a_page_of_a_named_origin_reads_refusals_too() {
    let settings = [NAMED, &[("max_body_kib", "1"), ("time_limit_seconds", "1")]].concat();
    let app = small(&settings).await;
    let page = app.anonymous().with("Origin", VIEWS);
    let long = format!(r#"{{"query": "{{ ping }} #{}"}}"#, "x".repeat(2_000));
    let refused: Vec<(u16, Answer)> = vec![
        (200, page.query("{ ping fail }").await),
        (200, page.query("{").await),
        (400, page.post("[]").await),
        (401, page.with("Authorization", "Bearer wrong").query("{ ping }").await),
        (403, analyst(&app).await.with("X-Active-Role", "admin").query("{ ping }").await),
        (405, page.send(Method::DELETE, "/graphql", Vec::new()).await),
        (406, page.with("Accept", "text/html").query("{ ping }").await),
        (413, page.post(long).await),
        (415, page.send(Method::POST, "/graphql", b"{ ping }".to_vec()).await),
        (503, page.query("{ slow(milliseconds: 3000) }").await),
        (401, page.with("Authorization", "Bearer wrong").get("/schema.graphql").await),
    ];
    for (status, answer) in refused {
        assert_eq!(answer.status.as_u16(), status);
        assert!(may_be_read_by(&answer, VIEWS), "{status}");
        assert_eq!(sorted(answer.header("access-control-expose-headers")), ["retry-after", "x-request-id"], "{status}");
        assert_eq!(answer.header("vary"), format!("{VARY}, Origin"), "{status}");
    }
    let settings = [NAMED, &[("max_complexity", "100"), ("rate_burst", "100"), ("rate_per_second", "1")]].concat();
    let spent = small(&settings).await;
    let page = spent.anonymous().with("Origin", VIEWS);
    let answers = [page.query("{ ping }").await, page.query("{ ping }").await, page.query("{ ping }").await];
    let last = answers.last().unwrap();
    assert!(last.status.as_u16() == 429 && may_be_read_by(last, VIEWS) && !last.header("retry-after").is_empty());
}

#[actix_web::test]
async fn a_page_of_a_named_origin_reads_that_its_body_came_too_slowly() {
    let app = small(&[NAMED, &[("time_limit_seconds", "1")]].concat()).await;
    let address = app.address.strip_prefix("http://").unwrap().to_owned();
    let answer = actix_web::rt::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        let head = format!("POST /graphql HTTP/1.1\r\nHost: x\r\nOrigin: {VIEWS}\r\nContent-Type: application/json");
        stream.write_all(format!("{head}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n").as_bytes()).unwrap();
        let lines = BufReader::new(stream).lines().map(|line| line.unwrap().to_ascii_lowercase());
        lines.take_while(|line| !line.is_empty()).collect::<Vec<String>>()
    });
    let head = answer.await.unwrap();
    assert_eq!(head[0], "http/1.1 408 request timeout");
    assert!(head.contains(&format!("access-control-allow-origin: {VIEWS}")), "{head:?}");
}

async fn analyst(app: &TestApp) -> User {
    app.analyst(HARROW).await.with("Origin", VIEWS)
}

#[actix_web::test]
async fn pages_that_are_not_for_front_ends_name_no_origin() {
    let app = small(NAMED).await;
    for path in ["/health/live", "/health/ready", "/graphiql", "/nowhere"] {
        let answer = app.anonymous().with("Origin", VIEWS).get(path).await;
        assert!(says_nothing_of_origins(&answer), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
    }
    let answer = app.anonymous().with("Origin", "https://evil.example").query("{ ping }").await;
    assert!(says_nothing_of_origins(&answer));
}

#[actix_web::test]
async fn the_page_to_try_queries_on_comes_whole_from_this_server() {
    let app = small(&[]).await;
    let user = app.anonymous();
    let page = user.get("/graphiql").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
    assert!(!["unsafe", "http:", "https:", "blob:", "*"].iter().any(|word| policy.contains(word)), "{policy}");
    let text = String::from_utf8(page.body).unwrap();
    assert!(!text.contains("//"), "it names no other server: {text}");
    let named: Vec<&str> = text.split('"').filter(|part| part.starts_with("graphiql/page.")).collect();
    assert_eq!(named.len(), 2, "{text}");
    let for_good = "public, max-age=31536000, immutable";
    for (path, content_type, cache) in [
        (format!("/{}", named[0]), "text/css; charset=utf-8", for_good),
        (format!("/{}", named[1]), "text/javascript; charset=utf-8", for_good),
        ("/graphiql/licences.txt".to_owned(), "text/plain; charset=utf-8", "private, no-store"),
    ] {
        let file = user.get(&path).await;
        assert_eq!((file.status.as_u16(), file.header("content-type")), (200, content_type), "{path}");
        assert_eq!(file.header("cache-control"), cache, "{path}");
        assert_eq!(file.header("x-content-type-options"), "nosniff", "{path}");
    }
    let licences = String::from_utf8(user.get("/graphiql/licences.txt").await.body).unwrap();
    assert!(licences.contains("\ngraphiql ") && licences.contains("\nreact-dom "), "{licences:.200}");
    let off = small(&[("graphiql", "off")]).await;
    assert_eq!(off.anonymous().get("/graphiql/page.js").await.status.as_u16(), 404);
}
