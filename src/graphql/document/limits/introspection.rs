//! How many single values an introspection would answer, counted in the schema of the one who asks before anything is
//! executed.
//!
//! The schema is asked once in full; what it tells becomes a map in which each type, field, argument and value of an
//! enum knows what it leads to. A document is then counted by walking through the map with it, many things at a time,
//! so that a walk in circles is counted to the end as fast as any other.

use std::collections::{BTreeMap, HashMap};

use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::{Name, Response, Variables};
use async_graphql_value::Value;
use serde_json::{Map, Value as Json};

/// What a schema is asked to tell all that it tells. Types stand within one another at most eight deep.
pub const EVERYTHING: &str = "{ __schema { queryType { ...T } mutationType { ...T } subscriptionType { ...T }
  types { kind name fields(includeDeprecated: true) { args(includeDeprecated: true) { type { ...T } } type { ...T } }
    inputFields(includeDeprecated: true) { type { ...T } } interfaces { ...T } possibleTypes { ...T }
    enumValues(includeDeprecated: true) { isDeprecated } }
  directives { locations args(includeDeprecated: true) { type { ...T } } } } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name ofType { kind name } } } } } } } }";

/// What a schema tells of itself: a map of its things, by their place.
#[derive(Debug, Default)]
pub struct Introspection {
    things: Vec<SchemaItem>,
    types: HashMap<String, usize>,
}

/// A type, field, argument, value of an enum or directive, with what its fields answer where that is not one value.
type SchemaItem = BTreeMap<String, FieldAnswer>;

#[derive(Debug)]
enum FieldAnswer {
    Things(Vec<usize>),
    Values(usize),
}

/// How many of each thing a selection looks at, by place.
type Crowd = Vec<usize>;

impl Introspection {
    /// Reads the answer to [`EVERYTHING`]. What cannot be read tells nothing, and is refused when it is asked.
    pub fn of(response: Response) -> Introspection {
        let mut map = Introspection::default();
        let Ok(Json::Object(mut data)) = response.data.into_json() else { return map };
        if let Some(Json::Object(schema)) = data.remove("__schema") {
            map.things.push(SchemaItem::new());
            let told = map.read(&schema);
            map.things.splice(..1, [told]);
        }
        map
    }

    /// The place of what is told of something; types are known by name, and a type around another by both.
    fn place(&mut self, told: &Map<String, Json>) -> usize {
        let Some(name) = type_name(told) else {
            let thing = self.read(told);
            self.things.push(thing);
            return self.things.len() - 1;
        };
        let place = *self.types.entry(name).or_insert(self.things.len());
        if place == self.things.len() {
            self.things.push(SchemaItem::new());
        }
        if told.contains_key("fields") || told.get("name").is_none_or(Json::is_null) {
            let thing = self.read(told);
            if let Some(known) = self.things.get_mut(place) {
                *known = thing;
            }
        }
        place
    }

    fn read(&mut self, told: &Map<String, Json>) -> SchemaItem {
        let mut thing = SchemaItem::new();
        for (name, value) in told {
            let is = match value {
                Json::Object(one) => FieldAnswer::Things(vec![self.place(one)]),
                Json::Array(items) if items.iter().any(Json::is_object) => {
                    FieldAnswer::Things(items.iter().filter_map(Json::as_object).map(|item| self.place(item)).collect())
                }
                Json::Array(items) => FieldAnswer::Values(items.len().max(1)),
                _ => continue,
            };
            thing.insert(name.clone(), is);
        }
        thing
    }
}

/// The name of a type, or of one around another.
fn type_name(told: &Map<String, Json>) -> Option<String> {
    match (told.get("name").and_then(Json::as_str), told.get("kind").and_then(Json::as_str)) {
        (Some(name), Some(_)) => Some(name.to_owned()),
        (None, Some(kind)) => {
            let within = told.get("ofType").and_then(Json::as_object).and_then(type_name);
            Some(format!("{kind} {}", within.unwrap_or_default()))
        }
        _ => None,
    }
}

/// Counts with a document and its variables.
pub(super) struct IntrospectionCounter<'a, F> {
    pub(super) map: &'a Introspection,
    pub(super) variables: &'a Variables,
    /// Finds a fragment by its name.
    pub(super) fragment: F,
}

impl<'a, F: Fn(&Name) -> Option<&'a SelectionSet>> IntrospectionCounter<'a, F> {
    /// How many values `__schema` or `__type` answers; without a map more than is ever allowed.
    pub(super) fn count(&self, field: &'a Field) -> usize {
        if self.map.things.is_empty() {
            return usize::MAX;
        }
        let mut crowd: Crowd = vec![0; self.map.things.len()];
        let place = if field.name.node == "__schema" { Some(0) } else { self.named(field) };
        match place.and_then(|place| crowd.get_mut(place)) {
            Some(one) => *one = 1,
            // A type that does not exist is one null.
            None => return 1,
        }
        self.set(&field.selection_set.node, &crowd)
    }

    fn named(&self, field: &Field) -> Option<usize> {
        let name = match &field.get_argument("name")?.node {
            Value::String(name) => Some(name.as_str()),
            Value::Variable(variable) => match self.variables.get(variable) {
                Some(async_graphql::Value::String(name)) => Some(name.as_str()),
                _ => None,
            },
            _ => None,
        };
        self.map.types.get(name?).copied()
    }

    fn set(&self, set: &'a SelectionSet, crowd: &Crowd) -> usize {
        let parts = set.items.iter().map(|selection| match &selection.node {
            Selection::Field(field) => self.field(&field.node, crowd),
            Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node, crowd),
            Selection::FragmentSpread(spread) => {
                (self.fragment)(&spread.node.fragment_name.node).map_or(0, |set| self.set(set, crowd))
            }
        });
        parts.fold(0, usize::saturating_add)
    }

    fn field(&self, field: &'a Field, crowd: &Crowd) -> usize {
        let (mut values, mut next) = (0_usize, Crowd::new());
        for (thing, count) in self.map.things.iter().zip(crowd).filter(|(_, count)| **count > 0) {
            match thing.get(field.name.node.as_str()) {
                None => values = values.saturating_add(*count),
                Some(FieldAnswer::Values(each)) => values = values.saturating_add(count.saturating_mul(*each)),
                Some(FieldAnswer::Things(places)) => {
                    next.resize(crowd.len(), 0);
                    for place in places {
                        if let Some(known) = next.get_mut(*place) {
                            *known = known.saturating_add(*count);
                        }
                    }
                }
            }
        }
        if next.is_empty() { values } else { values.saturating_add(self.set(&field.selection_set.node, &next)) }
    }
}
