//! The variables of an operation as they are given, with nothing left open when the library looks at the document.
//!
//! The library looks at a value only once every variable in it has one, so a value with a variable that was left out
//! would not be looked at; and the default of a variable whose type is a list of something unknown stops it altogether.
//! So defaults are put among the variables, and whatever was left out within a value is null, as it will be when read.

use std::collections::HashSet;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, ServerError, Value as Constant, Variables};
use async_graphql_value::Value;

use super::documents::invalid;

/// Gives each variable of an operation its value, and takes the defaults out of the document.
///
/// # Errors
/// A variable that must be given is not; one that was left out stands both for a whole argument and within a value, so
/// that it would have to be left out and null at once.
pub(super) fn settle(
    document: &mut ExecutableDocument,
    operation: &OperationDefinition,
    variables: &mut Variables,
) -> Result<(), ServerError> {
    check_given(operation, variables)?;
    for variable in &operation.variable_definitions {
        let name = &variable.node.name.node;
        if let (Some(default), false) = (&variable.node.default_value, variables.contains_key(name)) {
            variables.insert(name.clone(), default.node.clone());
        }
    }
    let left_out =
        operation.variable_definitions.iter().filter(|variable| !variables.contains_key(&variable.node.name.node));
    let left_out: Vec<_> = left_out.map(|variable| (variable.node.name.node.clone(), variable.pos)).collect();
    if !left_out.is_empty() {
        let uses = Uses::of(document);
        for (name, position) in left_out.into_iter().filter(|(name, _)| uses.within.contains(name)) {
            if uses.whole.contains(&name) {
                let words = format!("Give the variable ${name}: it is used as a whole argument and within another.");
                return Err(invalid(&words, Some(position)));
            }
            variables.insert(name, Constant::Null);
        }
    }
    without_defaults(document);
    Ok(())
}

/// The library finds out about a variable that was not given only when a field needs it, which is too late to
/// refuse the request.
fn check_given(operation: &OperationDefinition, variables: &Variables) -> Result<(), ServerError> {
    for variable in &operation.variable_definitions {
        let (name, kind) = (&variable.node.name.node, &variable.node.var_type.node);
        let given = variables.get(name).is_some_and(|value| *value != Constant::Null);
        let left_out = variable.node.default_value.is_some() && !variables.contains_key(name);
        if !kind.nullable && !given && !left_out {
            return Err(invalid(&format!("The variable ${name} of type {kind} is not given."), Some(variable.pos)));
        }
    }
    Ok(())
}

/// A variable with a default may stand where null may not, so without the default its type says so itself.
fn without_defaults(document: &mut ExecutableDocument) {
    let strip = |operation: &mut OperationDefinition| {
        for variable in &mut operation.variable_definitions {
            if variable.node.default_value.take().is_some() {
                variable.node.var_type.node.nullable = false;
            }
        }
    };
    match &mut document.operations {
        DocumentOperations::Single(operation) => strip(&mut operation.node),
        DocumentOperations::Multiple(operations) => {
            operations.values_mut().for_each(|operation| strip(&mut operation.node));
        }
    }
}

/// The variables that stand for whole arguments, and those that stand within a value.
#[derive(Default)]
struct Uses {
    whole: HashSet<Name>,
    within: HashSet<Name>,
}

impl Uses {
    fn of(document: &ExecutableDocument) -> Uses {
        let mut uses = Uses::default();
        let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
        let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
        operations.chain(fragments).for_each(|set| uses.set(set));
        uses
    }

    fn set(&mut self, set: &SelectionSet) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(&field.node),
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node),
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn field(&mut self, field: &Field) {
        for (_, value) in &field.arguments {
            match &value.node {
                Value::Variable(name) => drop(self.whole.insert(name.clone())),
                value => self.value(value),
            }
        }
        self.set(&field.selection_set.node);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Variable(name) => drop(self.within.insert(name.clone())),
            Value::List(items) => items.iter().for_each(|item| self.value(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.value(field)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::{Value as Json, json};

    use super::*;

    fn settled(document: &str, given: Json) -> Result<(Json, String), String> {
        let mut document = parse_query(document).unwrap();
        let mut variables = Variables::from_json(given);
        let operation = document.operations.iter().next().unwrap().1.node.clone();
        settle(&mut document, &operation, &mut variables).map_err(|error| error.message)?;
        let kinds = document.operations.iter().flat_map(|(_, operation)| &operation.node.variable_definitions);
        let kinds: Vec<String> = kinds.map(|variable| variable.node.var_type.node.to_string()).collect();
        Ok((serde_json::to_value(&variables).unwrap(), kinds.join(" ")))
    }

    #[test]
    fn a_default_becomes_the_value_unless_another_is_given() {
        let document = "query ($a: Int = 5, $b: [Nothing!] = [1]) { a(b: $a, c: $b) }";
        assert_eq!(
            settled(document, json!({"b": null})),
            Ok((json!({"a": 5, "b": null}), "Int! [Nothing!]!".to_owned()))
        );
    }

    #[test]
    fn what_is_left_out_within_a_value_is_null_and_elsewhere_stays_left_out() {
        let (values, _) = settled("query ($a: A, $b: B) { a(b: {c: [$a]}, d: $b) }", json!({})).unwrap();
        assert_eq!(values, json!({"a": null}));
        let (values, _) = settled("query ($a: A) { a { ...F } } fragment F on B { c(d: {e: $a}) }", json!({})).unwrap();
        assert_eq!(values, json!({"a": null}));
        assert!(settled("query ($a: A) { a(b: {c: $a}, d: $a) }", json!({})).unwrap_err().contains("$a"));
        assert!(settled("query ($a: A) { a(b: {c: $a}, d: $a) }", json!({"a": 1})).is_ok());
    }

    #[test]
    fn a_variable_that_must_be_given_is_missed() {
        assert!(settled("query ($a: A!) { a(b: $a) }", json!({})).unwrap_err().contains("is not given"));
        assert!(settled("query ($a: A!) { a(b: $a) }", json!({"a": null})).unwrap_err().contains("is not given"));
    }
}
