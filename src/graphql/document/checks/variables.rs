//! The variables of the operations: declared with types that exist, used where they fit, all of them used, and given.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, VariableDefinition};
use async_graphql::registry::{MetaType, MetaTypeName};
use async_graphql::{Name, Pos, Positioned, ServerError, Value as Constant, Variables};

use super::{
    Part, Use, Uses, told,
    values::{fault_of_constant, in_order},
};
use crate::graphql::{document::references::References, error::invalid, role_types::RoleTypes};

/// Checks the variables of all operations.
///
/// # Errors
/// All mistakes, one for each variable.
pub(super) fn check(shown: &RoleTypes, document: &ExecutableDocument, uses: &Uses<'_>) -> Result<(), Vec<ServerError>> {
    let mut errors = Vec::new();
    for (name, operation) in document.operations.iter() {
        let of_operation = name.map(|name| format!(" by operation \"{name}\"")).unwrap_or_default();
        let mut used: HashMap<&Name, Vec<&Use<'_>>> = HashMap::new();
        uses_of(document, operation, uses).for_each(|one| used.entry(one.variable).or_default().push(one));
        let mut known = HashSet::new();
        for variable in &operation.node.variable_definitions {
            let name = &variable.node.name.node;
            if known.insert(name) {
                let used = used.remove(name);
                errors.extend(declared(shown, variable, used.as_deref(), &of_operation));
            } else {
                let words = format!("There can only be one variable named \"${name}\"");
                errors.push(invalid(&words, Some(variable.pos)));
            }
        }
        for (variable, used) in used {
            let at = used.iter().map(|one| one.at).min();
            errors.push(invalid(&format!("Variable \"${variable}\" is not defined{of_operation}"), at));
        }
    }
    told(errors)
}

/// What is wrong with a variable as it is declared and used.
fn declared(
    shown: &RoleTypes,
    variable: &Positioned<VariableDefinition>,
    used: Option<&[&Use<'_>]>,
    of_operation: &str,
) -> Option<ServerError> {
    let (name, kind) = (&variable.node.name.node, variable.node.var_type.node.to_string());
    let words = match shown.behind(&kind) {
        None => format!("Unknown type \"{}\"", MetaTypeName::concrete_typename(&kind)),
        Some(known) if !known.is_input() => {
            format!("Variable \"${name}\" cannot be of non-input type \"{}\"", known.name())
        }
        Some(_) => {
            let default = variable.node.default_value.as_ref().map(|default| &default.node);
            let place = format!("${name}");
            if let Some(wrong) = default.and_then(|default| fault_of_constant(shown, &kind, default, &place)) {
                format!("Invalid default value for variable {wrong}")
            } else if let Some(used) = used {
                let has_default = default.is_some_and(|default| *default != Constant::Null);
                let misplaced = used.iter().filter(|one| !fits(&kind, has_default, one)).min_by_key(|one| one.at)?;
                let expected = misplaced.kind;
                return Some(at_both(
                    &format!("Variable \"${name}\" of type \"{kind}\" used in position expecting type \"{expected}\""),
                    variable.pos,
                    misplaced.at,
                ));
            } else {
                format!("Variable \"${name}\" is not used{of_operation}")
            }
        }
    };
    Some(invalid(&words, Some(variable.pos)))
}

fn at_both(words: &str, declared: Pos, used: Pos) -> ServerError {
    let mut error = invalid(words, Some(declared));
    error.locations.push(used);
    error
}

/// Whether a variable of a type may stand in a place: one that may be null also where null may not stand, if the
/// variable or the place has a default.
fn fits(kind: &str, has_default: bool, place: &Use<'_>) -> bool {
    match (MetaTypeName::create(kind), MetaTypeName::create(place.kind)) {
        (MetaTypeName::Named(_) | MetaTypeName::List(_), MetaTypeName::NonNull(expected)) => {
            (has_default || place.has_default) && is_compatible(kind, expected)
        }
        _ => is_compatible(kind, place.kind),
    }
}

fn is_compatible(kind: &str, expected: &str) -> bool {
    match (MetaTypeName::create(kind), MetaTypeName::create(expected)) {
        (MetaTypeName::NonNull(kind), MetaTypeName::NonNull(expected))
        | (MetaTypeName::List(kind), MetaTypeName::List(expected)) => is_compatible(kind, expected),
        (MetaTypeName::NonNull(kind), _) => is_compatible(kind, expected),
        (MetaTypeName::Named(kind), MetaTypeName::Named(expected)) => kind == expected,
        _ => false,
    }
}

/// Checks what is given for the variables of the operation that is asked for.
///
/// # Errors
/// All that cannot be read, one for each variable.
pub(super) fn check_given(
    shown: &RoleTypes,
    document: &ExecutableDocument,
    asked: &Positioned<OperationDefinition>,
    given: &Variables,
    uses: &Uses<'_>,
) -> Result<(), Vec<ServerError>> {
    let mut errors = Vec::new();
    let keys = uses_of(document, asked, uses).filter_map(|one| Some((one.variable, one.one_of?)));
    let keys: HashMap<&Name, &str> = keys.collect();
    for variable in &asked.node.variable_definitions {
        let (name, kind) = (&variable.node.name.node, variable.node.var_type.node.to_string());
        let value = given.get(name).unwrap_or(&Constant::Null);
        if *value == Constant::Null {
            let names = keys.get(name).and_then(|input| names_of(shown, input));
            errors.extend(names.map(|names| {
                let words =
                    format!("The variable ${name} is not given, or null: exactly one of {names} must be given.");
                invalid(&words, Some(variable.pos))
            }));
        } else if let Some(wrong) = fault_of_constant(shown, &kind, value, &format!("${name}")) {
            errors.push(invalid(&format!("Invalid value for variable {wrong}"), Some(variable.pos)));
        }
    }
    told(errors)
}

fn names_of(shown: &RoleTypes, input: &str) -> Option<String> {
    match shown.kind(input)? {
        MetaType::InputObject { input_fields, .. } => Some(in_order(input_fields).join(", ")),
        _ => None,
    }
}

/// Where an operation uses variables, in itself and in the fragments that it reaches.
fn uses_of<'a>(
    document: &'a ExecutableDocument,
    operation: &'a Positioned<OperationDefinition>,
    uses: &'a Uses<'a>,
) -> impl Iterator<Item = &'a Use<'a>> {
    let fragments = References::by(document, &operation.node).fragments.into_iter().map(Part::Fragment);
    let parts = std::iter::once(Part::Operation(operation.pos)).chain(fragments);
    parts.filter_map(|part| uses.get(&part)).flatten()
}
