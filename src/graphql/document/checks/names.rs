//! Whether the types, fields, arguments and fragments that a document names exist, and what it writes as values.
//!
//! What hangs from something that does not exist is not looked at: it would be told as a second mistake, and a false one.

use std::collections::HashSet;

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::registry::{MetaField, MetaType, MetaTypeName};
use async_graphql::{Name, Pos, Positioned, ServerError};
use async_graphql_value::Value;

use super::{
    Part, Use, Uses, told,
    values::{fault, left_out},
};
use crate::graphql::{
    document::references::References,
    error::invalid,
    role_types::{RoleTypes, is_required},
};

/// Checks all operations, and the fragments that they reach; where variables are used.
///
/// # Errors
/// All that does not exist, is missing, or cannot be read.
pub(super) fn check<'a>(shown: &'a RoleTypes, document: &'a ExecutableDocument) -> Result<Uses<'a>, Vec<ServerError>> {
    let mut names = Names { shown, document, errors: Vec::new(), uses: Uses::new(), reached: HashSet::new() };
    for (_, operation) in document.operations.iter() {
        match shown.root(operation.node.ty) {
            Some(root) => names.set(Part::Operation(operation.pos), root, &operation.node.selection_set.node),
            None => names.told(operation.pos, format!("Schema is not configured for {}s.", operation.node.ty)),
        }
    }
    let used = References::by_all(document).fragments;
    for (name, fragment) in document.fragments.iter().filter(|(name, _)| !used.contains(name)) {
        names.told(fragment.pos, format!("Fragment \"{name}\" is never used"));
    }
    told(names.errors).map(|()| names.uses)
}

struct Names<'a> {
    shown: &'a RoleTypes,
    document: &'a ExecutableDocument,
    errors: Vec<ServerError>,
    uses: Uses<'a>,
    /// The fragments that have been looked at.
    reached: HashSet<&'a Name>,
}

impl<'a> Names<'a> {
    fn told(&mut self, at: Pos, words: String) {
        self.errors.push(invalid(&words, Some(at)));
    }

    fn set(&mut self, part: Part<'a>, parent: &'a MetaType, set: &'a SelectionSet) {
        for selection in &set.items {
            for directive in selection.node.directives() {
                if let Some(condition) = directive.node.get_argument("if") {
                    self.variables(part, Place::of("Boolean!", directive.pos), &condition.node);
                }
            }
            match &selection.node {
                Selection::Field(field) if field.node.name.node == "__typename" => {}
                Selection::Field(field) => self.field(part, parent, field),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|condition| &condition.node.on);
                    let Some(kind) = condition.map_or(Some(parent), |on| self.composite(on, None)) else { continue };
                    self.set(part, kind, &fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name),
            }
        }
    }

    fn fragment(&mut self, name: &'a Positioned<Name>) {
        let document = self.document;
        let Some(fragment) = document.fragments.get(&name.node) else {
            return self.told(name.pos, format!("Unknown fragment: \"{}\"", name.node));
        };
        if self.reached.insert(&name.node)
            && let Some(kind) = self.composite(&fragment.node.type_condition.node.on, Some(&name.node))
        {
            self.set(Part::Fragment(&name.node), kind, &fragment.node.selection_set.node);
        }
    }

    /// The type that a fragment is on.
    fn composite(&mut self, on: &Positioned<Name>, fragment: Option<&Name>) -> Option<&'a MetaType> {
        match self.shown.kind(&on.node) {
            Some(kind) if kind.is_composite() => return Some(kind),
            Some(_) => {
                let fragment = fragment.map(|name| format!(" \"{name}\"")).unwrap_or_default();
                let words = format!("Fragment{fragment} cannot condition non composite type \"{}\"", on.node);
                self.told(on.pos, words);
            }
            None => self.told(on.pos, format!("Unknown type \"{}\"", on.node)),
        }
        None
    }

    fn field(&mut self, part: Part<'a>, parent: &'a MetaType, field: &'a Positioned<Field>) {
        let name = &field.node.name.node;
        let Some(known) = parent.field_by_name(name) else {
            return self.told(field.pos, format!("Unknown field \"{name}\" on type \"{}\".", parent.name()));
        };
        self.arguments(part, parent, known, field);
        let Some(kind) = self.shown.behind(&known.ty) else { return };
        let set = &field.node.selection_set.node;
        match (kind.is_composite(), set.items.is_empty()) {
            (true, false) => self.set(part, kind, set),
            (true, true) => {
                let words = format!("Field \"{name}\" of type \"{}\" must have a selection of subfields", kind.name());
                self.told(field.pos, words);
            }
            (false, false) => {
                let kind = kind.name();
                let words =
                    format!("Field \"{name}\" must not have a selection since type \"{kind}\" has no subfields");
                self.told(field.pos, words);
            }
            (false, true) => {}
        }
    }

    fn arguments(&mut self, part: Part<'a>, parent: &MetaType, known: &'a MetaField, field: &'a Positioned<Field>) {
        let name = &field.node.name.node;
        for (given, value) in &field.node.arguments {
            let Some(argument) = known.args.get(given.node.as_str()) else {
                let words = format!("Unknown argument \"{given}\" on field \"{name}\" of type \"{}\".", parent.name());
                self.told(given.pos, words);
                continue;
            };
            let wrong = match &value.node {
                Value::Null if argument.default_value.is_some() => left_out(&argument.ty, &argument.name),
                value => fault(self.shown, &argument.ty, value, &argument.name),
            };
            match wrong {
                Some(wrong) => self.told(given.pos, format!("Invalid value for argument {wrong}")),
                None => {
                    let has_default = argument.default_value.is_some();
                    let place = Place { has_default, ..Place::of(&argument.ty, value.pos) };
                    self.variables(part, place, &value.node);
                }
            }
        }
        let given = |name: &str| field.node.get_argument(name).is_some();
        for missing in known.args.values().filter(|argument| is_required(argument) && !given(&argument.name)) {
            let (argument, kind) = (&missing.name, &missing.ty);
            let words =
                format!("Field \"{name}\" argument \"{argument}\" of type \"{kind}\" is required but not provided");
            self.told(field.pos, words);
        }
    }

    /// Notes the variables that stand in a value.
    fn variables(&mut self, part: Part<'a>, place: Place<'a>, value: &'a Value) {
        match value {
            Value::Variable(variable) => {
                let Place { kind, has_default, one_of, at } = place;
                self.uses.entry(part).or_default().push(Use { variable, at, kind, has_default, one_of });
            }
            Value::List(items) => {
                if let MetaTypeName::List(kind) = MetaTypeName::create(place.kind).unwrap_non_null() {
                    items.iter().for_each(|item| self.variables(part, Place::of(kind, place.at), item));
                }
            }
            Value::Object(given) => {
                if let Some(MetaType::InputObject { name, input_fields, oneof, .. }) = self.shown.behind(place.kind) {
                    for (field, value) in
                        given.iter().filter_map(|(name, value)| Some((input_fields.get(&**name)?, value)))
                    {
                        let one_of = oneof.then_some(name.as_str());
                        let has_default = field.default_value.is_some();
                        self.variables(part, Place { has_default, one_of, ..Place::of(&field.ty, place.at) }, value);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    kind: &'a str,
    at: Pos,
    has_default: bool,
    one_of: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn of(kind: &'a str, at: Pos) -> Place<'a> {
        Place { kind, at, has_default: false, one_of: None }
    }
}
