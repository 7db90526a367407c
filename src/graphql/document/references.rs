//! What an operation uses of its document: which fragments, and which variables.

use std::collections::HashSet;

use async_graphql::parser::types::{Directive, ExecutableDocument, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, Positioned};
use async_graphql_value::Value;

/// The fragments and variables that a part of a document uses.
#[derive(Default)]
pub(in crate::graphql) struct References<'a> {
    pub(in crate::graphql) fragments: HashSet<&'a Name>,
    pub(in crate::graphql) variables: HashSet<&'a Name>,
}

impl<'a> References<'a> {
    /// By one operation, with all fragments that it reaches.
    pub(in crate::graphql) fn by(
        document: &'a ExecutableDocument,
        operation: &'a OperationDefinition,
    ) -> References<'a> {
        let mut used = References::default();
        used.add(document, &operation.selection_set.node);
        used
    }

    /// By all operations together.
    pub(in crate::graphql) fn by_all(document: &'a ExecutableDocument) -> References<'a> {
        let mut used = References::default();
        document.operations.iter().for_each(|(_, one)| used.add(document, &one.node.selection_set.node));
        used
    }

    fn add(&mut self, document: &'a ExecutableDocument, set: &'a SelectionSet) {
        for selection in &set.items {
            self.conditions(selection.node.directives());
            match &selection.node {
                Selection::Field(field) => {
                    field.node.arguments.iter().for_each(|(_, value)| self.value(&value.node));
                    self.add(document, &field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => self.add(document, &fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if self.fragments.insert(name)
                        && let Some(fragment) = document.fragments.get(name)
                    {
                        self.add(document, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    fn conditions(&mut self, directives: &'a [Positioned<Directive>]) {
        let arguments = directives.iter().flat_map(|directive| &directive.node.arguments);
        arguments.for_each(|(_, value)| self.value(&value.node));
    }

    fn value(&mut self, value: &'a Value) {
        match value {
            Value::Variable(name) => drop(self.variables.insert(name)),
            Value::List(items) => items.iter().for_each(|item| self.value(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.value(field)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn what_is_used_is_found_in_arguments_conditions_and_fragments_of_fragments() {
        let document = parse_query(
            "query A { a(b: [{c: $one}]) ... @skip(if: $two) { ...F } } query B { d(e: $five) }
             fragment F on T { ...G } fragment G on T { g(h: $three) ...F } fragment H on T { i(j: $four) }",
        )
        .unwrap();
        let sorted = |names: HashSet<&Name>| {
            let mut names: Vec<_> = names.into_iter().map(Name::as_str).collect();
            names.sort_unstable();
            names.join(" ")
        };
        let (_, operation) = document.operations.iter().find(|(name, _)| name.unwrap().as_str() == "A").unwrap();
        let used = References::by(&document, &operation.node);
        assert_eq!((sorted(used.fragments), sorted(used.variables)), ("F G".into(), "one three two".into()));
        assert_eq!(sorted(References::by_all(&document).variables), "five one three two");
    }
}
