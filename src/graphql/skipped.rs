//! What `@skip` and `@include` switch off, taken out of a document before anything in it is checked or counted.
//!
//! So one document can serve several roles: a field that one of them lacks is no reason to refuse it where a variable has
//! switched the field off. What does not exist is not looked at there either, so nothing can be learned from the difference.
//! The limits on the text and the shape of a document hold for all of it.

use std::collections::HashSet;

use async_graphql::parser::types::{
    BaseType, Directive, DocumentOperations, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
    VariableDefinition,
};
use async_graphql::{Name, Pos, Positioned, ServerError, Value as Constant, Variables};
use async_graphql_value::Value;

use super::{documents::invalid, reach::Used};

/// The document without what is switched off, and without the fragments and variables that only that used. In operations
/// that are not asked for, whatever a variable switches is off.
///
/// # Errors
/// A condition of the operation that is asked for is not a `Boolean!`.
pub(super) fn taken_out(
    document: &ExecutableDocument,
    asked: &Positioned<OperationDefinition>,
    variables: &Variables,
) -> Result<ExecutableDocument, ServerError> {
    let mut left = document.clone();
    if !has_conditions(document) {
        return Ok(left);
    }
    let used = Used::by(document, &asked.node);
    let switches = |is_asked| Switches { definitions: &asked.node.variable_definitions, variables, is_asked };
    for (name, fragment) in &mut left.fragments {
        switches(used.fragments.contains(name)).apply(&mut fragment.node.selection_set)?;
    }
    for operation in operations(&mut left) {
        switches(operation.pos == asked.pos).apply(&mut operation.node.selection_set)?;
    }
    take_out_unused(document, &mut left);
    Ok(left)
}

fn has_conditions(document: &ExecutableDocument) -> bool {
    fn within(set: &SelectionSet) -> bool {
        set.items.iter().any(|selection| {
            !selection.node.directives().is_empty()
                || match &selection.node {
                    Selection::Field(field) => within(&field.node.selection_set.node),
                    Selection::InlineFragment(fragment) => within(&fragment.node.selection_set.node),
                    Selection::FragmentSpread(_) => false,
                }
        })
    }
    document.operations.iter().any(|(_, operation)| within(&operation.node.selection_set.node))
        || document.fragments.values().any(|fragment| within(&fragment.node.selection_set.node))
}

/// Takes out the fragments and the variables that were used, and are no longer.
fn take_out_unused(document: &ExecutableDocument, left: &mut ExecutableDocument) {
    let (before, after) = (Used::by_all(document).fragments, Used::by_all(left).fragments);
    let unused: HashSet<Name> = before.difference(&after).map(|name| (*name).clone()).collect();
    left.fragments.retain(|name, _| !unused.contains(name));
    let used = |document, operation| -> HashSet<Name> {
        Used::by(document, operation).variables.into_iter().cloned().collect()
    };
    let before: Vec<_> = document.operations.iter().map(|(_, one)| (one.pos, used(document, &one.node))).collect();
    let after: Vec<_> = left.operations.iter().map(|(_, one)| (one.pos, used(left, &one.node))).collect();
    let holds = |all: &[(Pos, HashSet<Name>)], at: Pos, name: &Name| {
        all.iter().any(|(pos, names)| *pos == at && names.contains(name))
    };
    for operation in operations(left) {
        let at = operation.pos;
        operation.node.variable_definitions.retain(|variable| {
            let name = &variable.node.name.node;
            holds(&after, at, name) || !holds(&before, at, name)
        });
    }
}

fn operations(
    document: &mut ExecutableDocument,
) -> Box<dyn Iterator<Item = &mut Positioned<OperationDefinition>> + '_> {
    match &mut document.operations {
        DocumentOperations::Single(operation) => Box::new(std::iter::once(operation)),
        DocumentOperations::Multiple(operations) => Box::new(operations.values_mut()),
    }
}

/// Decides the conditions of a selection.
struct Switches<'a> {
    /// The variables of the operation that is asked for, and what they are.
    definitions: &'a [Positioned<VariableDefinition>],
    variables: &'a Variables,
    /// Whether the operation that is asked for comes here. Elsewhere nothing is answered, and variables switch nothing on.
    is_asked: bool,
}

impl Switches<'_> {
    fn apply(&self, set: &mut Positioned<SelectionSet>) -> Result<(), ServerError> {
        let items = std::mem::take(&mut set.node.items);
        let was_empty = items.is_empty();
        for mut selection in items {
            if !self.keeps(selection.node.directives())? {
                continue;
            }
            selection.node.directives_mut().clear();
            match &mut selection.node {
                Selection::Field(field) => self.apply(&mut field.node.selection_set)?,
                Selection::InlineFragment(fragment) => self.apply(&mut fragment.node.selection_set)?,
                Selection::FragmentSpread(_) => {}
            }
            set.node.items.push(selection);
        }
        if set.node.items.is_empty() && !was_empty {
            set.node.items.push(nothing(set.pos));
        }
        Ok(())
    }

    /// Whether all conditions say that something is answered.
    fn keeps(&self, directives: &[Positioned<Directive>]) -> Result<bool, ServerError> {
        for directive in directives {
            let Some(value) = directive.node.get_argument("if") else { continue };
            let condition = match &value.node {
                Value::Boolean(condition) => *condition,
                Value::Variable(name) if self.is_asked => self.value(name, directive.pos)?,
                Value::Variable(_) => return Ok(false),
                _ => continue,
            };
            if condition == (directive.node.name.node == "skip") {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What a variable in a condition says.
    fn value(&self, name: &Name, used: Pos) -> Result<bool, ServerError> {
        let mut definitions = self.definitions.iter().map(|variable| &variable.node);
        let Some(variable) = definitions.find(|variable| variable.name.node == *name) else {
            return Err(invalid(&format!("Variable \"${name}\" is not defined"), Some(used)));
        };
        let kind = &variable.var_type.node;
        let has_default = matches!(&variable.default_value, Some(value) if value.node != Constant::Null);
        let is_condition = matches!(&kind.base, BaseType::Named(base) if base == "Boolean");
        if !is_condition || kind.nullable && !has_default {
            let words = format!("Variable \"${name}\" of type \"{kind}\" used in position expecting type \"Boolean!\"");
            return Err(invalid(&words, Some(used)));
        }
        match self.variables.get(name) {
            Some(Constant::Boolean(condition)) => Ok(*condition),
            _ => Err(invalid(&format!("Invalid value for variable \"${name}\", expected type \"{kind}\""), Some(used))),
        }
    }
}

/// Stands where everything has been switched off: a selection of nothing cannot be written.
fn nothing(at: Pos) -> Positioned<Selection> {
    let here = |name: &str| Positioned::new(Name::new(name), at);
    let skip =
        Directive { name: here("skip"), arguments: vec![(here("if"), Positioned::new(Value::Boolean(true), at))] };
    let field = Field {
        alias: None,
        name: here("__typename"),
        arguments: Vec::new(),
        directives: vec![Positioned::new(skip, at)],
        selection_set: Positioned::new(SelectionSet::default(), at),
    };
    Positioned::new(Selection::Field(Positioned::new(field, at)), at)
}
