//! Operations made at random, with aliases, fragments, several roots, and ids and cursors of whoever.

use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    NOWHERE, OTHER, OWN,
    atlas::{Atlas, Field, Given},
    denial::INDICATORS,
};

/// Deepest nesting.
const DEPTH: usize = 6;

/// A maker of operations; equal seeds make equal operations.
pub struct Maker<'a> {
    atlas: &'a Atlas,
    words: &'a [String],
    sees: &'a dyn Fn(&str, &Field) -> bool,
    rng: ChaCha8Rng,
    fragments: Vec<String>,
    aliases: usize,
    fields: usize,
}

/// Types that have ids.
const NODES: [&str; 6] = ["Child", "Authority", "IndicatorValue", "Placement", "Carer", "Scorecard"];

impl<'a> Maker<'a> {
    /// `words` are ids and cursors to draw from, `sees` the fields.
    pub fn new(atlas: &'a Atlas, words: &'a [String], sees: &'a dyn Fn(&str, &Field) -> bool, seed: u64) -> Self {
        let rng = ChaCha8Rng::seed_from_u64(seed);
        Maker { atlas, words, sees, rng, fragments: Vec::new(), aliases: 0, fields: 0 }
    }

    /// One operation.
    pub fn operation(mut self) -> String {
        let roots = self.rng.random_range(1..=3);
        let roots: Vec<String> = (0..roots).map(|_| self.root()).collect();
        format!("{{ {} }} {}", roots.join(" "), self.fragments.join(" "))
    }

    fn root(&mut self) -> String {
        // Most of what there is to be seen hangs from an authority and from ids.
        let name = match self.rng.random_range(0..10) {
            0..=4 => "authority",
            5..=6 => "node",
            7 => "nodes",
            8 => "authorities",
            _ => *["viewer", "indicators", "apiVersion"].choose(&mut self.rng).unwrap(),
        };
        let field = self.atlas.field("Query", name).clone();
        if (self.sees)("Query", &field) { self.field("Query", &field, 1) } else { "__typename".to_owned() }
    }

    fn field(&mut self, owner: &str, field: &Field, depth: usize) -> String {
        self.fields += 1;
        self.aliases += 1;
        let given: Vec<String> = field.arguments.iter().filter_map(|argument| self.given(argument)).collect();
        let given = if given.is_empty() { String::new() } else { format!("({})", given.join(", ")) };
        let inner = if field.kind == "Node" { self.node(depth) } else { self.set(&field.kind, depth) };
        let inner = if inner.is_empty() { inner } else { format!(" {{ {inner} }}") };
        // Equal names under one parent must ask alike, so every field has another name, up to the limit on aliases.
        let text = format!("a{}: {}{given}{inner}", self.aliases, field.name);
        match self.rng.random_range(0..8) {
            0 => format!("... on {owner} {{ {text} }}"),
            1 => {
                let name = format!("F{}", self.fragments.len());
                self.fragments.push(format!("fragment {name} on {owner} {{ {text} }}"));
                format!("...{name}")
            }
            _ => text,
        }
    }

    fn set(&mut self, kind: &str, depth: usize) -> String {
        let Some(fields) = self.atlas.objects.get(kind) else { return String::new() };
        let objects = |field: &&Field| self.atlas.objects.contains_key(&field.kind) || field.kind == "Node";
        let seen: Vec<Field> = fields.iter().filter(|field| (self.sees)(kind, field)).cloned().collect();
        let deep = depth < DEPTH && self.fields < 16;
        let fields: Vec<Field> = seen.iter().filter(|field| deep || !objects(field)).cloned().collect();
        let count = self.rng.random_range(1..=4);
        let chosen: Vec<Field> = fields.choose_multiple(&mut self.rng, count).cloned().collect();
        let told: Vec<String> = chosen.iter().map(|field| self.field(kind, field, depth + 1)).collect();
        if told.is_empty() { "__typename".to_owned() } else { told.join(" ") }
    }

    fn node(&mut self, depth: usize) -> String {
        let kind = *NODES.choose(&mut self.rng).unwrap();
        let seen = self.atlas.objects[kind].iter().any(|field| (self.sees)(kind, field));
        let inner = if seen && depth < DEPTH { self.set(kind, depth + 1) } else { String::new() };
        let inner = if inner.is_empty() { inner } else { format!("... on {kind} {{ {inner} }}") };
        format!("__typename id {inner}")
    }

    fn authority(&mut self) -> &'static str {
        [OWN, OWN, OTHER, NOWHERE].choose(&mut self.rng).unwrap()
    }

    fn word(&mut self) -> String {
        self.words.choose(&mut self.rng).cloned().unwrap_or_default()
    }

    /// Whatever an argument may be given; optional ones are left out now and then.
    fn given(&mut self, argument: &Given) -> Option<String> {
        let rng = &mut self.rng;
        let value = match (argument.kind.as_str(), argument.name.as_str()) {
            (_, "first" | "last" | "points") => rng.random_range(1..=3).to_string(),
            _ if !argument.required && rng.random_bool(0.6) => return None,
            ("AuthorityKey", _) => match rng.random_range(0..4) {
                0 => format!("{{id: \"{}\"}}", super::atlas::authority_id(self.authority())),
                1 => format!("{{laCode: \"{}\"}}", ["970", "971", "999"].choose(rng).unwrap()),
                _ => format!("{{onsCode: \"{}\"}}", self.authority()),
            },
            ("ID", "ids") => {
                let words: Vec<String> = (0..4).map(|_| format!("\"{}\"", self.word())).collect();
                format!("[{}]", words.join(", "))
            }
            ("ID", _) | ("String", "after") => format!("\"{}\"", self.word()),
            ("PeriodKind", _) => "QUARTER".to_owned(),
            ("PeriodInput", _) => {
                let code = *["2023-24-Q2", "2022-23-Q4", "2022-23", "2023-09", "2024-25-Q1"].choose(rng).unwrap();
                format!("{{code: \"{code}\"}}")
            }
            ("BreakdownDimension", _) => (*["GENDER", "ETHNICITY", "AGE_BAND"].choose(rng).unwrap()).to_owned(),
            ("CarerFilter", _) => "{approvedOn: \"2023-09-30\"}".to_owned(),
            ("LeaverFilter", _) => "{on: \"2023-09-30\"}".to_owned(),
            ("ChildFilter", _) => "{lookedAfterOn: \"2023-06-30\"}".to_owned(),
            ("CohortPart", _) => (*["DENOMINATOR", "NUMERATOR", "MISSED"].choose(rng).unwrap()).to_owned(),
            ("String", "code" | "indicator") => format!("\"{}\"", INDICATORS.choose(rng).unwrap().0),
            ("String", "indicators") => format!("[\"{}\"]", INDICATORS.choose(rng).unwrap().0),
            ("String", "search") => (*["\"Mark\"", "\"E0\"", "\"cla\""].choose(rng).unwrap()).to_owned(),
            ("Date", _) => "\"2023-03-15\"".to_owned(),
            // Not every state of the records is worth loading: the newest is enough.
            _ if argument.required => panic!("{argument:?}"),
            _ => return None,
        };
        Some(format!("{}: {value}", argument.name))
    }
}
