//! Values that no program should choke on, in variables, literals, cursors and identifiers.

use serde_json::{Value, json};

use super::{Attack, invalid, posted, raw};

const INDICATOR: &str = "query ($code: String!) { indicator(code: $code) { code } }";
const PERIODS: &str = "query ($last: Int!) { periods(kind: QUARTER, last: $last) { code } }";
const NODES: &str = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";

/// All of them.
pub fn all() -> Vec<Attack> {
    [numbers(), texts(), shapes(), forged()].into_iter().flatten().collect()
}

/// A variable as it is written in JSON.
fn written(name: &'static str, document: &str, variable: &str, value: &str, code: &'static str) -> Attack {
    let query = Value::from(document);
    raw(name, format!(r#"{{"query": {query}, "variables": {{"{variable}": {value}}}}}"#), 400, code)
}

fn numbers() -> Vec<Attack> {
    let digits = |count| "9".repeat(count);
    let number = |name, value: &str, code| written(name, PERIODS, "last", value, code);
    vec![
        written("a number of 1,000,000 digits", PERIODS, "last", &digits(1_000_000), "TOO_LARGE").with_status(413),
        number("a number of 200,000 digits", &digits(200_000), "BAD_REQUEST"),
        number("a fraction of 200,000 digits", &format!("0.{}", digits(200_000)), "VALIDATION"),
        invalid(
            "a number of 200,000 digits in the document",
            format!("{{ periods(kind: QUARTER, last: {}) {{ code }} }}", digits(200_000)),
        ),
        number("not a number", "NaN", "BAD_REQUEST"),
        number("infinity", "Infinity", "BAD_REQUEST"),
        number("1e999", "1e999", "BAD_REQUEST"),
        invalid("not a number in the document", "{ periods(kind: QUARTER, last: NaN) { code } }"),
        invalid("1e999 in the document", "{ periods(kind: QUARTER, last: 1e999) { code } }"),
        number("a page of 0", "0", "VALIDATION"),
        number("a page of -1", "-1", "VALIDATION"),
        number("the smallest whole number", "-2147483648", "VALIDATION"),
        number("the largest whole number", "2147483647", "COMPLEXITY_LIMIT"),
        number("a number beyond 64 bits", "18446744073709551615", "COMPLEXITY_LIMIT"),
        number("a number beyond all bits", "1e300", "VALIDATION"),
        number("half an item", "1.5", "VALIDATION"),
        number("minus nothing", "-0.0", "VALIDATION"),
        number("a truth for a number", "true", "VALIDATION"),
    ]
}

fn texts() -> Vec<Attack> {
    let text = |name, value: &str| written(name, INDICATOR, "code", value, "VALIDATION");
    let literal = |name, sign: &str| invalid(name, format!("{{ indicator(code: \"cla{sign}\") {{ code }} }}"));
    vec![
        written("a text of 10 MB", INDICATOR, "code", &format!("\"{}\"", "x".repeat(10_000_000)), "TOO_LARGE")
            .with_status(413),
        text("NUL", r#""cla\u0000""#),
        text("a mark that turns the writing", r#""cla\u202enumber""#),
        text("a mark from right to left", r#""\u200fcla""#),
        text("a byte-order mark in a text", r#""\ufeffcla""#),
        written("half of a pair of letters", INDICATOR, "code", r#""\ud800""#, "BAD_REQUEST"),
        written("the pair of letters the wrong way round", INDICATOR, "code", r#""\udc00\ud800""#, "BAD_REQUEST"),
        literal("NUL in the document", "\\u0000"),
        literal("a mark that turns the writing in the document", "\\u202E"),
        literal("half of a pair of letters in the document", "\\uD800"),
        invalid("marks between the letters of a name", "{ view\u{202e}er { role } }"),
        raw(
            "a byte-order mark before the body",
            b"\xef\xbb\xbf{\"query\": \"{ __typename }\"}".to_vec(),
            400,
            "BAD_REQUEST",
        ),
        raw("bytes that are no text", b"{\"query\": \"{ \xff\xfe }\"}".to_vec(), 400, "BAD_REQUEST"),
        raw("UTF-16", b"{\0\"\0q\0u\0e\0r\0y\0\"\0:\0\"\0{\0}\0\"\0}\0".to_vec(), 400, "BAD_REQUEST"),
    ]
}

fn shapes() -> Vec<Attack> {
    let deep = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    vec![
        written("lists 100,000 deep", NODES, "ids", &deep(100_000), "BAD_REQUEST"),
        written("lists 100,000 deep that never end", NODES, "ids", &"[".repeat(100_000), "BAD_REQUEST"),
        written("lists 100 deep", NODES, "ids", &deep(100), "VALIDATION"),
        written("objects 40,000 deep", NODES, "ids", &"{\"a\":".repeat(40_000), "BAD_REQUEST"),
        written("60,000 identifiers", NODES, "ids", &format!("[{}1]", "1,".repeat(59_999)), "COMPLEXITY_LIMIT"),
        raw(
            "a name twice",
            br#"{"query": "{ __typename }", "query": "{ viewer { role } }"}"#.to_vec(),
            400,
            "BAD_REQUEST",
        ),
        raw(
            "a variable twice",
            br#"{"query": "{ __typename }", "variables": {"a": 1, "a": 2}}"#.to_vec(),
            400,
            "BAD_REQUEST",
        ),
        raw(
            "a name twice, once disguised",
            br#"{"query": "{ __typename }", "quer\u0079": "{ viewer { role } }"}"#.to_vec(),
            400,
            "BAD_REQUEST",
        ),
        written(
            "a filter of 101 values",
            "query ($ages: [String!]!) { authority(by: {onsCode: \"E09000015\"}) {
            children(filter: {ageBand: $ages}) { totalCount } } }",
            "ages",
            &json!(vec!["x"; 101]).to_string(),
            "COMPLEXITY_LIMIT",
        ),
        invalid("two keys where there is one", "{ authority(by: {onsCode: \"E09000015\", laCode: \"310\"}) { name } }"),
        invalid("no key where there is one", "{ authority(by: {}) { name } }"),
        posted("variables in a list", json!({"query": "{ __typename }", "variables": [1]}), 400, "BAD_REQUEST"),
        posted("a document that is a list", json!({"query": ["{ __typename }"]}), 400, "BAD_REQUEST"),
    ]
}

/// Refused by the field that is asked, before it looks anything up.
fn forged() -> Vec<Attack> {
    let told = |name, document: String, code| posted(name, json!({"query": document}), 200, code);
    let cursor =
        |name, word: &str| told(name, format!("{{ indicators(after: \"{word}\") {{ totalCount }} }}"), "VALIDATION");
    let id = |name, word: &str| told(name, format!("{{ node(id: \"{word}\") {{ id }} }}"), "");
    vec![
        cursor("a cursor of another list", "Q2hpbGQfRTA5MDAwMDE1"),
        cursor("a cursor that is none", "' OR 1=1 --"),
        cursor("a cursor of wrong bytes", "_____w"),
        id("an id that is none", "../../etc/passwd"),
        id("an id of an unknown kind", "U2VjcmV0HzE"),
        id("an id of half a key", "Q2hpbGQ"),
        told("an unknown code", "{ indicator(code: \"'; DROP TABLE child; --\") { code } }".to_owned(), "VALIDATION"),
        invalid("a number for a key", "{ authority(by: 5) { name } }"),
        invalid("a list for a key", "{ authority(by: [{onsCode: \"E09000015\"}]) { name } }"),
    ]
}

impl Attack {
    fn with_status(mut self, status: u16) -> Attack {
        self.status = status;
        self
    }
}
