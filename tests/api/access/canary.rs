//! The canary: everything that could tell about a child is a mark, and no answer to anyone holds a mark that the matrix
//! denies them, in its body, its headers or inside its ids; nor does the log.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use lookedafter::access::Role;
use serde_json::{Value, json};
use tracing_subscriber::{EnvFilter, fmt};

use super::{
    OTHER, OWN,
    atlas::{Atlas, INDICATOR, changes},
    marked::{self, Kind, Marked},
    oracle, person,
};
use crate::figures::operation;
use crate::helpers::{Answer, TestApp, User};

/// What the server logs while these tests run.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The log of this process, kept from the first call on, more closely than anyone would set it.
fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        let lines = fmt().json().with_writer(move || writer.clone());
        lines.with_env_filter(EnvFilter::new("info,lookedafter=trace")).init();
        log
    })
}

/// Whether the matrix lets a role see marks of a kind.
fn permits(role: Role, purpose: &str, kind: Kind) -> bool {
    let agency = [Role::VirtualSchool, Role::HealthPartner, Role::PoliceYot, Role::AdoptionAgency].contains(&role);
    match kind {
        Kind::Never => false,
        Kind::Child => oracle::identifies(role, purpose),
        Kind::Stay => oracle::rows(role, "core", 'P') && !agency || oracle::rows(role, "placement", 'P'),
        Kind::Distance => oracle::rows(role, "placement", 'P'),
        Kind::Missing => oracle::rows(role, "missing", 'P'),
        Kind::Review => oracle::rows(role, "review", 'P'),
        Kind::Household | Kind::Approval => oracle::rows(role, "carer", 'I'),
    }
}

/// Everything that an answer says: its body, its headers, and what its opaque words hold when they are opened.
fn said(answer: &Answer) -> String {
    let mut text = String::from_utf8_lossy(&answer.body).into_owned();
    for (name, value) in &answer.headers {
        text.push_str(&format!("\n{name}: {}", value.to_str().unwrap_or_default()));
    }
    let words = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_';
    let opened: Vec<String> = text
        .split(words)
        .filter(|word| word.len() >= 8)
        .filter_map(|word| URL_SAFE_NO_PAD.decode(word).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    text.push_str(&opened.join("\n"));
    text
}

/// Marks by the words that they are: there are thousands, and megabytes of answers. Those of several words stand apart.
struct Marks {
    words: BTreeMap<String, BTreeSet<Kind>>,
    phrases: BTreeMap<String, BTreeSet<Kind>>,
}

impl Marks {
    fn of(marked: &Marked<'_>) -> Marks {
        let (mut words, mut phrases) = (BTreeMap::<_, BTreeSet<_>>::new(), BTreeMap::<_, BTreeSet<_>>::new());
        for (kind, mark) in marked.marks() {
            let of = if mark.contains(' ') { &mut phrases } else { &mut words };
            of.entry(mark).or_default().insert(kind);
        }
        Marks { words, phrases }
    }

    fn within(&self, text: &str) -> BTreeMap<&str, &BTreeSet<Kind>> {
        let between = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.';
        // A moment begins with its day.
        let words = text.split(between).flat_map(|word| [word, word.get(..10).unwrap_or_default()]);
        let words = words.filter_map(|word| self.words.get_key_value(word));
        let phrased = ["Q7 ", "QR7 ", "QK7 "].iter().any(|start| text.contains(start));
        let phrases = self.phrases.iter().filter(|(phrase, _)| phrased && text.contains(phrase.as_str()));
        words.chain(phrases).map(|(mark, kinds)| (mark.as_str(), kinds)).collect()
    }
}

/// Every operation of the contract, with what is given to it.
fn contract() -> Vec<(String, Value)> {
    let period = "2023-24-Q2";
    let figures = json!({"authority": OWN, "period": period, "indicator": INDICATOR, "by": "ETHNICITY"});
    let records = json!({"authority": OWN, "on": "2023-09-30", "first": 200, "period": period});
    let codes: Vec<&str> = super::denial::INDICATORS.iter().map(|(code, _)| *code).collect();
    let values = json!({"authority": OWN, "indicators": codes, "from": "2022-23-Q1", "to": period});
    let of_number = json!({"authority": OWN, "period": period, "indicator": "cla_number", "by": "AGE_BAND"});
    let mut all = Vec::new();
    for name in ["breakdown", "scorecard", "trend", "why"] {
        all.push((operation(name), figures.clone()));
        all.push((operation(name), of_number.clone()));
    }
    all.push((operation("catalogue"), json!({})));
    all.push((operation("children"), records.clone()));
    all.push((operation("leavers-and-carers"), records));
    all.push((operation("values"), values));
    all
}

/// Operations that are wrong in one way or another, some with marks of their own in them.
fn wrong() -> Vec<(String, Value)> {
    let ask = |inner: &str| format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {inner} }} }}");
    [
        "{".to_owned(),
        "{ nosuch }".to_owned(),
        "query A { viewer { role } } query A { viewer { role } }".to_owned(),
        ask("children(first: 0) { totalCount }"),
        ask("children(first: 5, after: \"not a cursor\") { nodes { id } }"),
        ask("children(filter: {gender: [\"Nobody\"]}) { nodes { id } }"),
        ask("children(filter: {lookedAfterOn: \"2023-02-30\"}) { nodes { id } }"),
        ask("value(indicator: \"cla_numbr\", period: {code: \"2023-24-Q2\"}) { value }"),
        ask("value(indicator: \"cla_number\", period: {code: \"2023-24-Q9\"}) { value }"),
        ask("leavers(filter: {on: \"1066-01-01\"}) { nodes { id child { id } } }"),
        ask("carers(filter: {approvedOn: \"9999-12-31\"}) { nodes { id } }"),
        ask("trend(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}, points: 100000) { pValue }"),
        "{ node(id: \"*\") { id } }".to_owned(),
        "mutation { nosuch }".to_owned(),
    ]
    .map(|document| (document, json!({})))
    .into()
}

/// Every type's own fields, in the operations of the matrix walk, those that the role may not send as well.
fn walks(atlas: &Atlas, role: Role) -> Vec<(String, Value)> {
    let (own, all) = (atlas.ways(|owner, field| oracle::sees(atlas, role, owner, field)), atlas.ways(|_, _| true));
    let mut walks = Vec::new();
    for (owner, way) in own.iter().chain(&all).filter(|(owner, way)| !changes(owner, way)) {
        let fields =
            atlas.objects[owner].iter().map(|field| atlas.ask(owner, &field.name, atlas.leaf(&field.kind), OWN));
        let seen = atlas.objects[owner].iter().filter(|field| oracle::sees(atlas, role, owner, field));
        let seen: Vec<String> = seen.map(|f| atlas.ask(owner, &f.name, atlas.leaf(&f.kind), OWN)).collect();
        walks.push((atlas.along(owner, way, &fields.collect::<Vec<_>>().join(" "), OWN), json!({})));
        if !seen.is_empty() && own.contains_key(owner) {
            walks.push((atlas.along(owner, way, &seen.join(" "), OWN), json!({})));
        }
    }
    walks
}

/// Ids as they were given to the closest reader, and made up from what an outsider could know.
async fn ids(analyst: &User) -> Vec<String> {
    let document = format!(
        "{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ id
            scorecard(period: {{code: \"2023-24-Q2\"}}) {{ id rows {{ current {{ id }} }} }}
            children(first: 12) {{ nodes {{ id
                episodes(first: 2) {{ nodes {{ id }} }} placements(first: 2) {{ nodes {{ id carer {{ id }} }} }}
                reviews(first: 2) {{ nodes {{ id }} }} missingEpisodes(first: 2) {{ nodes {{ id }} }} }} }}
            leavers(filter: {{on: \"2023-09-30\"}}, first: 3) {{ nodes {{ id }} }} }} }}"
    );
    let answer = analyst.query(&document).await;
    assert!(answer.json["errors"].is_null(), "{:#}", answer.json);
    let mut found = Vec::new();
    collect(&answer.json["data"], &mut found);
    assert!(found.len() > 60, "{}", found.len());
    found.push(URL_SAFE_NO_PAD.encode(format!("Child\u{1f}{OWN}\u{1f}{}", marked::child(150))));
    found.push(format!("{OWN}.{}", URL_SAFE_NO_PAD.encode(format!("Child\u{1f}{}", marked::child(150)))));
    found
}

fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
            Value::String(id) if name == "id" => into.push(id.clone()),
            value => collect(value, into),
        }),
        _ => {}
    }
}

const NODE: &str = "query ($id: ID!) { node(id: $id) { __typename id REST } }";

/// What a role may ask of a node.
fn node(role: Role) -> String {
    let sees = |domain| oracle::rows(role, domain, 'P');
    let mut rest = String::from("... on Authority { name } ... on IndicatorValue { display value } ");
    for (domain, text) in [
        ("core", "... on Child { age gender placedInArea } "),
        ("placement", "... on Placement { start end kind } "),
        ("missing", "... on MissingEpisode { start end } "),
        ("review", "... on Review { held due } "),
        ("carer", "... on Carer { kind approvedOn } "),
    ] {
        if sees(domain) {
            rest.push_str(text);
        }
    }
    NODE.replace("REST", &rest)
}

#[actix_web::test]
async fn no_answer_to_anyone_and_no_line_of_the_log_holds_a_mark_that_is_denied() {
    let log = log();
    let app = TestApp::spawn().await;
    let own = Marked { authority: OWN, salt: 0 };
    own.load(&app.store).await;
    app.load(OTHER, 12).await;
    let (atlas, marks) = (Atlas::read(), Marks::of(&own));
    let ids = ids(&person(&app, Role::Analyst, OWN).await).await;
    let introspection = [
        "{ __schema { types { name description fields { name description args { name } } inputFields { name } enumValues { name } } } }",
        "{ __type(name: \"Child\") { name fields { name } } }",
    ];
    let usual = Role::ALL.map(|role| (role, "performance-monitoring"));
    for (role, purpose) in usual.into_iter().chain([(Role::ServiceManager, "safeguarding")]) {
        let user = person(&app, role, OWN).await.with("X-Purpose", purpose);
        let mut corpus = contract();
        corpus.extend(wrong());
        corpus.extend(walks(&atlas, role));
        corpus.extend(introspection.map(|document| (document.to_owned(), json!({}))));
        corpus.extend(ids.iter().step_by(5).chain(ids.last()).map(|id| (node(role), json!({"id": id}))));
        corpus.push((
            node(role).replace("$id: ID!", "$ids: [ID!]!").replace("node(id: $id)", "nodes(ids: $ids)"),
            json!({"ids": ids}),
        ));
        let mut seen = BTreeSet::new();
        for (document, variables) in corpus {
            // What the caller has sent, the caller may be told.
            let sent = format!("{document} {variables}");
            let answer = user.query_with(&document, variables).await;
            assert!(answer.status.as_u16() < 500, "{role:?} {document}");
            for (mark, kinds) in marks.within(&said(&answer)) {
                let permitted = kinds.iter().any(|kind| permits(role, purpose, *kind)) || sent.contains(mark);
                assert!(permitted, "{role:?} is told {mark} ({kinds:?}) by {document}");
                seen.extend(kinds.iter().copied().filter(|kind| permits(role, purpose, *kind)));
            }
        }
        for kind in
            [Kind::Child, Kind::Stay, Kind::Distance, Kind::Missing, Kind::Review, Kind::Household, Kind::Approval]
        {
            let context = format!("{role:?} {purpose} {kind:?}: what is permitted is seen");
            assert_eq!(seen.contains(&kind), permits(role, purpose, kind), "{context}");
        }
    }
    let lines = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(lines.lines().count() > 1_000, "the log is kept");
    assert_eq!(marks.within(&lines), BTreeMap::new());
}
