//! Whether a value is of the type that is expected, wherever it is written.

use async_graphql::indexmap::IndexMap;
use async_graphql::registry::{MetaInputValue, MetaType, MetaTypeName};
use async_graphql::{Name, Value as Constant};
use async_graphql_value::Value;

use crate::graphql::role_types::{RoleTypes, is_required};

/// What is wrong with a value, and at which place within it; none where nothing is. A variable is not looked into.
pub(super) fn fault(shown: &RoleTypes, kind: &str, value: &Value, place: &str) -> Option<String> {
    let expected = || Some(format!("\"{place}\", expected type \"{kind}\""));
    match (MetaTypeName::create(kind), value) {
        (_, Value::Variable(_)) => None,
        (MetaTypeName::NonNull(_), Value::Null) => expected(),
        (MetaTypeName::NonNull(inner), value) => fault(shown, inner, value, place),
        (_, Value::Null) => None,
        (MetaTypeName::List(inner), Value::List(items)) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| fault(shown, inner, item, &format!("{place}.{index}")))
        }
        (MetaTypeName::List(inner), value) => fault(shown, inner, value, place),
        (MetaTypeName::Named(name), value) => match shown.kind(name)? {
            MetaType::Scalar { is_valid: Some(is_valid), .. } => {
                let read = value.clone().into_const().is_some_and(|value| is_valid(&value));
                if read { None } else { expected() }
            }
            MetaType::Enum { enum_values, .. } => match value {
                Value::Enum(word) if enum_values.contains_key(word.as_str()) => None,
                Value::String(word) if enum_values.contains_key(word) => None,
                Value::Enum(word) => no_value(place, name, word),
                Value::String(word) => no_value(place, name, word),
                _ => expected(),
            },
            MetaType::InputObject { input_fields, oneof, .. } => match value {
                Value::Object(given) if *oneof && !is_one(given) => {
                    let names = in_order(input_fields).join(", ");
                    Some(format!("\"{place}\", give exactly one of {names}"))
                }
                Value::Object(given) => within(shown, name, input_fields, given, place),
                _ => expected(),
            },
            _ => None,
        },
    }
}

/// What is wrong within an input: a field that does not exist, is missing, or has a wrong value.
fn within(
    shown: &RoleTypes,
    name: &str,
    fields: &IndexMap<String, MetaInputValue>,
    given: &IndexMap<Name, Value>,
    place: &str,
) -> Option<String> {
    let known = |name: &Name| fields.contains_key(name.as_str());
    if let Some(unknown) = given.keys().find(|name| !known(name)) {
        return Some(format!("\"{place}\", unknown field \"{unknown}\" of type \"{name}\""));
    }
    fields.values().find_map(|field| match given.get(field.name.as_str()) {
        Some(Value::Null) if field.default_value.is_some() => left_out(&field.ty, &format!("{place}.{}", field.name)),
        Some(value) => fault(shown, &field.ty, value, &format!("{place}.{}", field.name)),
        None if is_required(field) => {
            Some(format!("\"{place}\", field \"{}\" of type \"{}\" is required but not provided", field.name, field.ty))
        }
        None => None,
    })
}

fn no_value(place: &str, kind: &str, word: &str) -> Option<String> {
    Some(format!("\"{place}\", enumeration type \"{kind}\" does not contain the value \"{word}\""))
}

/// What is told of a null that is written where there is a default.
pub(super) fn left_out(kind: &str, place: &str) -> Option<String> {
    let is_wrong = MetaTypeName::create(kind).is_non_null();
    is_wrong.then(|| format!("\"{place}\", expected type \"{kind}\"; leave it out for its default"))
}

/// The names of the fields that an input has for the role.
pub(super) fn in_order(fields: &IndexMap<String, MetaInputValue>) -> Vec<&str> {
    let mut names: Vec<&str> = fields.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn is_one(given: &IndexMap<Name, Value>) -> bool {
    given.len() == 1 && !given.values().any(|value| *value == Value::Null)
}

/// The same of a value that holds no variables.
pub(super) fn fault_of_constant(shown: &RoleTypes, kind: &str, value: &Constant, place: &str) -> Option<String> {
    fault(shown, kind, &value.clone().into_value(), place)
}
