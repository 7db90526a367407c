//! The variables of an operation, with nothing left open when the library looks at the document.
//!
//! A variable that is left out, or null, means the default wherever there is one: of the variable itself first, then of the
//! argument or the field of an input where it stands. The library would refuse such a variable where null may not stand, and
//! looks at a value only once every variable in it has one. So defaults are put among the variables, whatever has no value is
//! taken out of the document, and every variable that is left has the very type of its place.

use std::collections::{BTreeMap, HashSet};

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet, Type,
    VariableDefinition,
};
use async_graphql::registry::{MetaInputValue, MetaType, MetaTypeName};
use async_graphql::{Name, Pos, Positioned, ServerError, Value as Constant, Variables};
use async_graphql_value::Value;

use super::references::References;
use crate::graphql::{error::invalid, role_types::RoleTypes};

/// Puts the defaults of variables among them.
///
/// # Errors
/// A variable that must be given is not. The library would find out only when a field needs it, which is too late to refuse
/// the request.
pub(in crate::graphql) fn complete(
    operation: &OperationDefinition,
    variables: &mut Variables,
) -> Result<(), ServerError> {
    for variable in &operation.variable_definitions {
        let (name, kind) = (&variable.node.name.node, &variable.node.var_type.node);
        if let (Some(default), false) = (&variable.node.default_value, variables.contains_key(name)) {
            variables.insert(name.clone(), default.node.clone());
        }
        let is_given = variables.get(name).is_some_and(|value| *value != Constant::Null);
        if !kind.nullable && !is_given {
            return Err(invalid(&format!("The variable ${name} of type {kind} is not given."), Some(variable.pos)));
        }
    }
    Ok(())
}

/// Leaves one operation in a document that has been checked, with variables that all have a value and fit their places.
pub(in crate::graphql) fn settle(
    shown: &RoleTypes,
    document: &mut ExecutableDocument,
    asked: Pos,
    variables: &mut Variables,
) {
    if let DocumentOperations::Multiple(operations) = &mut document.operations {
        operations.retain(|_, operation| operation.pos == asked);
    }
    let reached: HashSet<Name> = References::by_all(document).fragments.into_iter().cloned().collect();
    document.fragments.retain(|name, _| reached.contains(name));
    let mut settling = VariableDefaults { shown, variables, places: BTreeMap::new() };
    for fragment in document.fragments.values_mut() {
        let kind = shown.kind(&fragment.node.type_condition.node.on.node);
        settling.set(kind, &mut fragment.node.selection_set.node);
    }
    let operation = match &mut document.operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => operations.values_mut().next(),
    };
    let Some(operation) = operation else { return };
    settling.set(shown.root(operation.node.ty), &mut operation.node.selection_set.node);
    let places = settling.places;
    operation.node.variable_definitions =
        places.iter().filter_map(|(place, name)| definition(asked, place, name)).collect();
    let given = places.into_iter().filter_map(|((old, _), name)| Some((name, variables.get(&old)?.clone())));
    *variables = Variables::from_value(Constant::Object(given.collect()));
}

fn definition(at: Pos, (_, kind): &(Name, String), name: &Name) -> Option<Positioned<VariableDefinition>> {
    let variable = VariableDefinition {
        name: Positioned::new(name.clone(), at),
        var_type: Positioned::new(Type::new(kind)?, at),
        directives: Vec::new(),
        default_value: None,
    };
    Some(Positioned::new(variable, at))
}

struct VariableDefaults<'a> {
    shown: &'a RoleTypes,
    variables: &'a Variables,
    /// What a variable is called in places of a type: the library lets it stand in places of one type alone.
    places: BTreeMap<(Name, String), Name>,
}

impl<'a> VariableDefaults<'a> {
    fn set(&mut self, parent: Option<&'a MetaType>, set: &mut SelectionSet) {
        for selection in &mut set.items {
            for directive in selection.node.directives_mut() {
                directive.node.arguments.iter_mut().for_each(|(_, value)| self.value("Boolean!", &mut value.node));
            }
            match &mut selection.node {
                Selection::Field(field) => self.field(parent, &mut field.node),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|condition| &condition.node.on.node);
                    let kind = on.map_or(parent, |on| self.shown.kind(on));
                    self.set(kind, &mut fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn field(&mut self, parent: Option<&'a MetaType>, field: &mut Field) {
        let Some(known) = parent.and_then(|parent| parent.field_by_name(&field.name.node)) else { return };
        field.arguments.retain_mut(|(name, value)| {
            known.args.get(name.node.as_str()).is_none_or(|argument| self.keeps(argument, &mut value.node))
        });
        self.set(self.shown.behind(&known.ty), &mut field.selection_set.node);
    }

    /// Whether an argument or a field of an input is given, once its variables are settled.
    fn keeps(&mut self, input: &MetaInputValue, value: &mut Value) -> bool {
        if let Value::Variable(name) = value {
            match self.variables.get(name) {
                None => return false,
                Some(Constant::Null) if input.default_value.is_some() => return false,
                Some(_) => {}
            }
        }
        self.value(&input.ty, value);
        true
    }

    fn value(&mut self, kind: &str, value: &mut Value) {
        match value {
            Value::Variable(name) if self.variables.contains_key(name) => *name = self.called(name, kind),
            // Nothing can be left out of a list.
            Value::Variable(_) => *value = Value::Null,
            Value::List(items) => {
                if let MetaTypeName::List(kind) = MetaTypeName::create(kind).unwrap_non_null() {
                    items.iter_mut().for_each(|item| self.value(kind, item));
                }
            }
            Value::Object(given) => {
                if let Some(MetaType::InputObject { input_fields, .. }) = self.shown.behind(kind) {
                    given.retain(|name, value| {
                        input_fields.get(name.as_str()).is_none_or(|field| self.keeps(field, value))
                    });
                }
            }
            _ => {}
        }
    }

    /// What a variable is called in a place of a type: its own name in the first, another that no document can hold in others.
    fn called(&mut self, name: &Name, kind: &str) -> Name {
        let place = (name.clone(), kind.to_owned());
        if let Some(known) = self.places.get(&place) {
            return known.clone();
        }
        let first = (name.clone(), String::new());
        let called = match self.places.range(first..).take_while(|((other, _), _)| other == name).count() {
            0 => name.clone(),
            others => Name::new(format!("{name}:{others}")),
        };
        self.places.insert(place, called.clone());
        called
    }
}

#[cfg(test)]
#[path = "variables_tests.rs"]
mod tests;
