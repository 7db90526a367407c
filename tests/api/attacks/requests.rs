//! Requests that are not one question asked in JSON.

use std::io::Write;

use serde_json::json;

use super::{ACCEPT, Attack, JSON, got, posted, raw, sent};

const QUESTION: &str = r#"{"query": "{ __typename }"}"#;

/// All of them.
pub fn all() -> Vec<Attack> {
    [batches(), other_types(), by_address(), other_methods(), persisted()].into_iter().flatten().collect()
}

fn batches() -> Vec<Attack> {
    let batch = |count| format!("[{}]", vec![QUESTION; count].join(","));
    vec![
        raw("10 requests in a list", batch(10), 400, "BAD_REQUEST"),
        raw("1,000 requests in a list", batch(1_000), 400, "BAD_REQUEST"),
        raw("two requests one after the other", format!("{QUESTION}{QUESTION}"), 400, "BAD_REQUEST"),
        raw("nothing at all", "", 400, "BAD_REQUEST"),
        raw("a body of 300 KB", "x".repeat(300_000), 413, "TOO_LARGE"),
    ]
}

fn other_types() -> Vec<Attack> {
    let typed = |name, content_type, body: Vec<u8>| {
        sent(name, vec![ACCEPT, ("Content-Type", content_type)], body, 415, "UNSUPPORTED_MEDIA_TYPE")
    };
    let part = "--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{\"query\": \"{ __typename }\"}\r\n--x--\r\n";
    vec![
        typed("a form", "application/x-www-form-urlencoded", b"query=%7B__typename%7D".to_vec()),
        typed("plain text", "text/plain", QUESTION.into()),
        typed("plain text that says it is UTF-8", "text/plain; charset=utf-8", QUESTION.into()),
        typed("a form with files", "multipart/form-data; boundary=x", part.into()),
        typed("a document alone", "application/graphql", b"{ __typename }".to_vec()),
        typed("JSON in another alphabet", "application/json; charset=utf-16", QUESTION.into()),
        sent("no content type", vec![ACCEPT], QUESTION, 415, "UNSUPPORTED_MEDIA_TYPE"),
        sent(
            "two content types",
            vec![ACCEPT, JSON, ("Content-Type", "text/plain")],
            QUESTION,
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        sent("a bomb in gzip", vec![ACCEPT, JSON, ("Content-Encoding", "gzip")], bomb(), 415, "UNSUPPORTED_MEDIA_TYPE"),
        sent("an answer as a page", vec![("Accept", "text/html"), JSON], QUESTION, 406, "NOT_ACCEPTABLE"),
    ]
}

/// Fifty million zeros in some fifty thousand bytes.
fn bomb() -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..50 {
        packed.write_all(&[b'0'; 1_000_000]).expect("memory takes it");
    }
    packed.finish().expect("memory takes it")
}

fn by_address() -> Vec<Attack> {
    let aliased: String = (0..20).map(|number| format!("a{number}:__schema%7Btypes%7Bname%7D%7D%20")).collect();
    vec![
        got("the schema twenty times by GET", &format!("query=%7B{aliased}%7D"), 400, "COMPLEXITY_LIMIT"),
        got("a query by GET is allowed", "query=%7B__typename%7D", 200, ""),
        got("a mutation by GET", "query=mutation%7B__typename%7D", 405, "METHOD_NOT_ALLOWED"),
        got(
            "a mutation by GET behind a query",
            "query=query%20A%7B__typename%7Dmutation%20B%7Ba%7D&operationName=B",
            405,
            "METHOD_NOT_ALLOWED",
        ),
        got("a subscription by GET", "query=subscription%7Ba%7D", 405, "METHOD_NOT_ALLOWED"),
        got("a document twice", "query=%7B__typename%7D&query=%7B__typename%7D", 400, "BAD_REQUEST"),
        got("no document", "", 400, "BAD_REQUEST"),
        got("bytes that are no text", "query=%ff%fe", 400, "VALIDATION"),
        got("variables that are no JSON", "query=%7B__typename%7D&variables=%7B", 400, "BAD_REQUEST"),
        got("a token in the address", "query=%7B__typename%7D&access_token=x", 401, "UNAUTHENTICATED"),
    ]
}

fn other_methods() -> Vec<Attack> {
    let by = |name, method| Attack { method, ..sent(name, vec![ACCEPT, JSON], QUESTION, 405, "METHOD_NOT_ALLOWED") };
    vec![
        by("PUT", "PUT"),
        by("DELETE", "DELETE"),
        by("OPTIONS", "OPTIONS"),
        by("TRACE", "TRACE"),
        by("a method of one's own", "PROPFIND"),
    ]
}

fn persisted() -> Vec<Attack> {
    let digest = |digest: &str| json!({"persistedQuery": {"version": 1, "sha256Hash": digest}});
    let other = digest("0000000000000000000000000000000000000000000000000000000000000000");
    vec![
        posted("a document by its digest alone", json!({"extensions": other}), 400, "PERSISTED_QUERY_NOT_SUPPORTED"),
        posted(
            "the digest of another document",
            json!({"query": "{ __typename }", "extensions": other}),
            400,
            "BAD_REQUEST",
        ),
    ]
}
