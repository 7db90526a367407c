//! What is not asked for, taken out of a document before anything in it is checked or counted: the other operations, and
//! what `@skip` and `@include` switch off.
//!
//! So one document can serve several roles: an operation or a field that one of them lacks is no reason to refuse it where
//! it is not asked for. What does not exist is not looked at there either, so nothing can be learned from the difference.
//! The limits on the text and the shape of a document hold for all of it.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{
    BaseType, Directive, DocumentOperations, ExecutableDocument, Field, FragmentDefinition, OperationDefinition,
    OperationType, Selection, SelectionSet, VariableDefinition,
};
use async_graphql::{Name, Pos, Positioned, ServerError, Value as Constant, Variables};
use async_graphql_value::Value;

use super::references::References;
use crate::graphql::error::invalid;

/// The document with the operation that is asked for alone, without what is switched off in it, and without the fragments
/// and variables that only the rest used.
///
/// # Errors
/// A condition is not a `Boolean!`.
pub(in crate::graphql) fn taken_out(
    document: &ExecutableDocument,
    asked: &Positioned<OperationDefinition>,
    variables: &Variables,
) -> Result<ExecutableDocument, ServerError> {
    let mut left = document.clone();
    if document.operations.iter().count() == 1 && !has_conditions(document) {
        return Ok(left);
    }
    if let DocumentOperations::Multiple(operations) = &mut left.operations {
        operations.retain(|_, operation| operation.pos == asked.pos);
    }
    let used = References::by(document, &asked.node);
    let switches = Switches { definitions: &asked.node.variable_definitions, variables };
    for (_, fragment) in left.fragments.iter_mut().filter(|(name, _)| used.fragments.contains(name)) {
        switches.apply(&mut fragment.node.selection_set)?;
    }
    if let Some(operation) = operation(&mut left.operations) {
        switches.apply(&mut operation.selection_set)?;
        // A change of nothing is a question about nothing, for roles that may change something and for the others.
        let is_mutation = operation.ty == OperationType::Mutation;
        if is_mutation && is_nothing(&left.fragments, &operation.selection_set.node, &mut HashSet::new()) {
            operation.ty = OperationType::Query;
            operation.selection_set.node.items = vec![nothing(operation.selection_set.pos)];
        }
    }
    take_out_unused(document, &used, &mut left);
    Ok(left)
}

fn operation(operations: &mut DocumentOperations) -> Option<&mut OperationDefinition> {
    let first = match operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => operations.values_mut().next(),
    };
    first.map(|operation| &mut operation.node)
}

/// Whether everything in a selection has been switched off, that of the fragments which it uses too. Each of these is looked
/// at once; `seen` are those that hold nothing, or are being looked at.
fn is_nothing<'a>(
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    set: &'a SelectionSet,
    seen: &mut HashSet<&'a Name>,
) -> bool {
    set.items.iter().all(|selection| match &selection.node {
        // Of what is left only that which stands for nothing has a condition.
        Selection::Field(field) => !field.node.directives.is_empty(),
        Selection::InlineFragment(fragment) => is_nothing(fragments, &fragment.node.selection_set.node, seen),
        Selection::FragmentSpread(spread) => match fragments.get_key_value(&spread.node.fragment_name.node) {
            Some((name, fragment)) => {
                !seen.insert(name) || is_nothing(fragments, &fragment.node.selection_set.node, seen)
            }
            None => false,
        },
    })
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
fn take_out_unused(document: &ExecutableDocument, used: &References<'_>, left: &mut ExecutableDocument) {
    let References { fragments, variables } = References::by_all(left);
    let before = References::by_all(document).fragments;
    let unused: HashSet<Name> = before.difference(&fragments).map(|name| (*name).clone()).collect();
    let off: HashSet<Name> = used.variables.difference(&variables).map(|name| (*name).clone()).collect();
    left.fragments.retain(|name, _| !unused.contains(name));
    if let Some(operation) = operation(&mut left.operations) {
        operation.variable_definitions.retain(|variable| !off.contains(&variable.node.name.node));
    }
}

/// Decides the conditions of a selection.
struct Switches<'a> {
    /// The variables of the operation that is asked for, and what they are.
    definitions: &'a [Positioned<VariableDefinition>],
    variables: &'a Variables,
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
                Value::Variable(name) => self.value(name, directive.pos)?,
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
