//! One role's walk over every field, argument and input field of the schema.

use std::collections::BTreeMap;

use lookedafter::access::Role;
use serde_json::Value;

use super::{
    atlas::{Atlas, Field, Given, INDICATOR, changes},
    denial::made_up,
    oracle, settled,
};
use crate::helpers::{Answer, User};

/// The name of no field, argument or type.
const MADE_UP: &str = "zzqqzz";

/// What one role is answered, by coordinate.
pub type Outcomes = BTreeMap<String, &'static str>;

/// The ways that a role may go. A figure by itself belongs to no group, so groups are reached through a breakdown.
pub fn ways(atlas: &Atlas, role: Role) -> BTreeMap<String, Vec<(String, String)>> {
    let alone = |owner: &str, field: &Field| (owner, field.name.as_str()) == ("IndicatorValue", "breakdown");
    atlas.ways(|owner, field| oracle::sees(atlas, role, owner, field) && !alone(owner, field))
}

/// One role walking.
pub struct Walk<'a> {
    atlas: &'a Atlas,
    role: Role,
    user: &'a User,
    about: &'a str,
    /// Where the role may go.
    pub ways: BTreeMap<String, Vec<(String, String)>>,
}

impl<'a> Walk<'a> {
    /// Sets out.
    pub fn new(atlas: &'a Atlas, role: Role, user: &'a User, about: &'a str) -> Self {
        let ways = ways(atlas, role);
        Walk { atlas, role, user, about, ways }
    }

    /// Asks one thing of a type, in an operation that the role may send up to there.
    pub async fn at(&self, owner: &str, inner: &str) -> Answer {
        let document = match self.ways.get(owner) {
            Some(way) => self.atlas.along(owner, way, inner, self.about),
            None => format!("{{ node(id: \"{MADE_UP}\") {{ __typename ... on {owner} {{ {inner} }} }} }}"),
        };
        self.user.query(&document).await
    }

    /// Whether a type is reached by a change alone.
    pub fn changes(&self, owner: &str) -> bool {
        self.ways.get(owner).is_some_and(|way| changes(owner, way))
    }

    /// Whether an error says of this name what another says of a name that does not exist.
    fn is_unknown(&self, answer: &Answer, name: &str, owner: &str) -> bool {
        let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
        let says = |text: String| {
            let told = |error: &Value| error["message"] == *text && error["extensions"]["code"] == "VALIDATION";
            errors.iter().any(told) && answer.json["data"].is_null()
        };
        says(format!("Unknown field \"{name}\" on type \"{owner}\"."))
            || says(format!("Unknown type \"{owner}\""))
            || owner == "Mutation" && says("Schema is not configured for mutations.".to_owned())
            || !self.ways.contains_key("Authority") && says("Unknown field \"node\" on type \"Query\".".to_owned())
    }

    /// All fields of a type: those that the role sees together, those that it does not together.
    async fn fields(&self, owner: &str, outcomes: &mut Outcomes) {
        let fields = &self.atlas.objects[owner];
        let ask =
            |name: &str| self.atlas.ask(owner, name, self.atlas.leaf(&self.atlas.field(owner, name).kind), self.about);
        let (seen, hidden): (Vec<&str>, Vec<&str>) = fields
            .iter()
            .map(|f| (f, f.name.as_str()))
            .map(|(f, name)| (oracle::sees(self.atlas, self.role, owner, f), name))
            .fold((Vec::new(), Vec::new()), |(mut seen, mut hidden), (sees, name)| {
                if sees {
                    seen.push(name)
                } else {
                    hidden.push(name)
                }
                (seen, hidden)
            });
        for group in [seen, hidden] {
            let inner: Vec<String> = group.iter().map(|name| ask(name)).collect();
            if inner.is_empty() {
                continue;
            }
            let answer = self.at(owner, &inner.join(" ")).await;
            for name in group {
                let coordinate = format!("{owner}.{name}");
                let outcome = match self.elsewhere(&coordinate).await {
                    Some(found) => found,
                    None => self.outcome(&answer, owner, name),
                };
                outcomes.insert(coordinate, outcome);
            }
        }
    }

    /// What has no value in an ordinary figure is looked for where it has one.
    async fn elsewhere(&self, coordinate: &str) -> Option<&'static str> {
        let value = |period: &str, inner: &str| {
            format!("value(indicator: \"{INDICATOR}\", period: {{code: \"{period}\"}}) {{ {inner} }}")
        };
        let of_population = |inner: &str| {
            format!("breakdown(indicator: \"cla_number\", period: {{code: \"2023-24-Q2\"}}, by: GENDER) {{ {inner} }}")
        };
        let (inner, path): (String, &[&str]) = match coordinate {
            "IndicatorValue.absence" => (value("2030-31-Q4", "absence"), &["value", "absence"]),
            "IndicatorValue.document" => (value("2018-19", "document"), &["value", "document"]),
            "Comparison.absence" => {
                let region = value("2023-24-Q2", "comparators(of: [{kind: REGION}]) { absence }");
                (region, &["value", "comparators", "absence"])
            }
            "Target.amberPoints" => {
                (value("2022-23-Q2", "target { amberPoints }"), &["value", "target", "amberPoints"])
            }
            // Of the ordinary figure one child is not known, which is a small number.
            "IndicatorValue.notKnown" => {
                (value("2023-24-Q2", "notKnown").replace(INDICATOR, "cla_rate_per_10000"), &["value", "notKnown"])
            }
            // Outcomes are not set against the child population.
            "Breakdown.populationSource" => (of_population("populationSource"), &["breakdown", "populationSource"]),
            "BreakdownRow.populationShare" => {
                (of_population("rows { populationShare }"), &["breakdown", "rows", "populationShare"])
            }
            "IndicatorValue.breakdown" => {
                let split =
                    self.atlas.ask("Authority", "breakdown", "rows { value { breakdown { code } } }", self.about);
                (split, &["breakdown", "rows", "value", "breakdown"])
            }
            _ => return None,
        };
        let answer =
            self.user.query(&format!("{{ authority(by: {{onsCode: \"{}\"}}) {{ {inner} }} }}", self.about)).await;
        reached(&answer.json["data"]["authority"], path).then_some("value")
    }

    /// What is told of the way to a field, of what else was asked with it not; and whether that is that what the way
    /// begins with is a code that does not exist.
    fn told(&self, answer: &Answer, owner: &str, name: &str) -> (Vec<Value>, bool) {
        let first = self.ways.get(owner).and_then(|way| way.first()).map_or(name, |(_, first)| first);
        let errors = answer.json["errors"].as_array().into_iter().flatten();
        let here: Vec<Value> =
            errors.filter(|error| error["path"].is_null() || error["path"][0] == first).cloned().collect();
        let unknown = |error: &Value| {
            let says = error["message"].as_str().is_some_and(|says| says.starts_with("There is no indicator '"));
            says && error["extensions"]["code"] == "VALIDATION"
        };
        let is_unknown = !here.is_empty() && here.iter().all(unknown) && answer.json["data"][first].is_null();
        (here, is_unknown)
    }

    fn outcome(&self, answer: &Answer, owner: &str, name: &str) -> &'static str {
        if answer.status == 401 {
            return "401";
        }
        if self.is_unknown(answer, name, owner) {
            return "unknown";
        }
        let (errors, is_unknown) = self.told(answer, owner, name);
        if is_unknown {
            return "absent";
        }
        assert!(errors.is_empty(), "{:?} {owner}.{name}: {:#}", self.role, answer.json);
        let mut path: Vec<&str> = self.ways.get(owner).into_iter().flatten().map(|(_, name)| name.as_str()).collect();
        path.push(name);
        if reached(&answer.json["data"], &path) { "value" } else { "absent" }
    }

    /// Arguments and input fields that declare access by themselves.
    async fn given(&self, outcomes: &mut Outcomes) {
        for (owner, fields) in &self.atlas.objects {
            for field in fields {
                for argument in field.arguments.iter().filter(|argument| argument.declared.is_some()) {
                    let coordinate = format!("{owner}.{}({}:)", field.name, argument.name);
                    let given = |name: &str| format!("{name}: \"2099-01-01T00:00:00Z\"");
                    outcomes.insert(coordinate, self.with(owner, &field.name, &argument.name, given).await);
                }
            }
        }
        for (input, fields) in &self.atlas.inputs {
            let Some((owner, field, argument)) = place_of(input) else {
                self.known(input, fields, outcomes).await;
                continue;
            };
            for known in fields.iter().filter(|known| known.declared.is_some()) {
                let value = match known.name.as_str() {
                    "gender" => "[\"Female\"]",
                    "ageBand" => "[\"10 to 15\"]",
                    "ethnicGroup" => "[\"Mixed\"]",
                    _ => "\"2023-09-30\"",
                };
                let given = |name: &str| format!("{argument}: {{{name}: {value}}}");
                let outcome = self.with(owner, field, &known.name, given).await;
                outcomes.insert(format!("{input}.{}", known.name), outcome);
            }
        }
    }

    /// Asks a field with something more given; refused means refused like something made up.
    async fn with(&self, owner: &str, name: &str, given: &str, write: impl Fn(&str) -> String) -> &'static str {
        let field = self.atlas.field(owner, name);
        let twin = made_up(given);
        let (given_name, replaced) = (write(given), write(&twin));
        let argument = given_name.split(':').next().unwrap().to_owned();
        let ask = |more: &str| {
            let needed = field.arguments.iter().filter(|known| known.required && known.name != argument);
            let needed = needed.map(|known| self.atlas.ask_argument(owner, known, self.about));
            let all: Vec<String> = needed.chain([more.to_owned()]).collect();
            let leaf = self.atlas.leaf(&field.kind);
            let inner = if leaf.is_empty() { String::new() } else { format!(" {{ {leaf} }}") };
            format!("{name}({}){inner}", all.join(", "))
        };
        let answer = self.at(owner, &ask(&given_name)).await;
        if answer.status == 401 {
            return "401";
        }
        if answer.json["errors"].is_null() {
            return "value";
        }
        let answer_to_twin = self.at(owner, &ask(&replaced)).await;
        let (_, _, told) = settled(&answer);
        assert_eq!(
            told.replace(given, &twin),
            settled(&answer_to_twin).2.replace(given, &twin),
            "{:?} {owner}.{name} {given}",
            self.role
        );
        "unknown"
    }

    /// What can be given to a change is found in what the role is told of the schema.
    async fn known(&self, input: &str, fields: &[Given], outcomes: &mut Outcomes) {
        let answer = self.user.query(&format!("{{ __type(name: \"{input}\") {{ inputFields {{ name }} }} }}")).await;
        if answer.status == 401 {
            let all = fields.iter().filter(|field| field.declared.is_some());
            outcomes.extend(all.map(|field| (format!("{input}.{}", field.name), "401")));
            return;
        }
        let told = answer.json["data"]["__type"]["inputFields"].as_array().cloned().unwrap_or_default();
        for field in fields.iter().filter(|field| field.declared.is_some()) {
            let known = told.iter().any(|told| told["name"] == *field.name);
            outcomes.insert(format!("{input}.{}", field.name), if known { "value" } else { "unknown" });
        }
    }

    /// Everything that the role is answered.
    pub async fn whole(&self) -> Outcomes {
        let mut outcomes = Outcomes::new();
        for owner in self.atlas.objects.keys() {
            self.fields(owner, &mut outcomes).await;
        }
        self.given(&mut outcomes).await;
        outcomes
    }
}

/// Where an input is given: type, field, argument.
pub fn place_of(input: &str) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match input {
        "PeriodInput" => ("Authority", "value", "period"),
        "ChildFilter" => ("Authority", "children", "filter"),
        "CarerFilter" => ("Authority", "carers", "filter"),
        "LeaverFilter" => ("Authority", "leavers", "filter"),
        _ => return None,
    })
}

/// Whether something that is neither null nor an empty list stands at the end of the path.
fn reached(value: &Value, path: &[&str]) -> bool {
    match (value, path) {
        (Value::Null, _) => false,
        (Value::Array(items), _) => items.iter().any(|item| reached(item, path)),
        (_, []) => true,
        (value, [first, rest @ ..]) => reached(&value[*first], rest),
    }
}
