//! Directives of a request: only `@skip` and `@include`, on fields and fragments, each with its one argument.
//!
//! Every other directive is refused here in the words of the library's own rule. Left to the library, an unknown field
//! that carries `@ifdef` is not looked at, directives of variables and of `__typename` are not looked at either, and
//! arguments that are nearly right are answered with a guess.

use async_graphql::Positioned;
use async_graphql::parser::types::{Directive, FragmentDefinition, OperationDefinition, OperationType};
use async_graphql_value::Value;

use super::TooMuch;

/// Most directives on one field or fragment.
const DIRECTIVES: usize = 5;

/// Checks those of a field, or of a place where a fragment is used.
///
/// # Errors
/// There are too many, or one is not `@skip` or `@include` with a condition.
pub(super) fn check_selection(directives: &[Positioned<Directive>]) -> Result<(), TooMuch> {
    TooMuch::check("A field has too many directives", DIRECTIVES, directives.len())?;
    directives.iter().enumerate().try_for_each(|(at, directive)| {
        let name = &directive.node.name.node;
        if directives.iter().take(at).any(|before| before.node.name.node == *name) {
            return Err(TooMuch::Never(format!("Duplicate directive \"{name}\"")));
        }
        check(&directive.node)
    })
}

/// Checks those of an operation and of its variables: there can be none.
///
/// # Errors
/// There is one.
pub(super) fn check_operation(operation: &OperationDefinition) -> Result<(), TooMuch> {
    let place = match operation.ty {
        OperationType::Query => "QUERY",
        OperationType::Mutation => "MUTATION",
        OperationType::Subscription => "SUBSCRIPTION",
    };
    none(&operation.directives, place)?;
    let mut variables = operation.variable_definitions.iter();
    variables.try_for_each(|variable| none(&variable.node.directives, "VARIABLE_DEFINITION"))
}

/// Checks those of a fragment where it is defined: there can be none.
///
/// # Errors
/// There is one.
pub(super) fn check_fragment(fragment: &FragmentDefinition) -> Result<(), TooMuch> {
    none(&fragment.directives, "FRAGMENT_DEFINITION")
}

fn none(directives: &[Positioned<Directive>], place: &str) -> Result<(), TooMuch> {
    let Some(directive) = directives.first().map(|directive| &directive.node) else { return Ok(()) };
    check(directive)?;
    Err(TooMuch::Never(format!("Directive \"{}\" may not be used on \"{place}\"", directive.name.node)))
}

fn check(directive: &Directive) -> Result<(), TooMuch> {
    let name = directive.name.node.as_str();
    let refused = |words: String| Err(TooMuch::Never(words));
    if !matches!(name, "skip" | "include") {
        return refused(format!("Unknown directive \"{name}\""));
    }
    if let Some((argument, _)) = directive.arguments.iter().find(|(argument, _)| argument.node != "if") {
        return refused(format!("Unknown argument \"{}\" on directive \"{name}\".", argument.node));
    }
    if directive.arguments.len() > 1 {
        return refused("There can only be one argument named \"if\"".to_owned());
    }
    match directive.arguments.first().map(|(_, value)| &value.node) {
        Some(Value::Boolean(_) | Value::Variable(_)) => Ok(()),
        Some(_) => refused("Invalid value for argument \"if\", expected type \"Boolean\"".to_owned()),
        None => {
            refused(format!("Directive \"@{name}\" argument \"if\" of type \"Boolean!\" is required but not provided"))
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::super::check_shape;
    use crate::access::Limits;

    fn words(document: &str) -> String {
        match check_shape(&parse_query(document).unwrap(), &Limits::default()) {
            Ok(()) => String::new(),
            Err(refusal) => refusal.to_string(),
        }
    }

    #[test]
    fn a_field_may_be_skipped_or_included() {
        for document in
            ["{ a @skip(if: false) @include(if: true) }", "query ($x: Boolean!) { ... @skip(if: $x) { a } }"]
        {
            assert_eq!(words(document), "");
        }
    }

    #[test]
    fn ten_directives_on_a_field_are_refused() {
        assert!(words(&format!("{{ a {} }}", "@skip(if: false) ".repeat(10))).contains("too many directives"));
        assert!(words(&format!("{{ ... {} {{ a }} }}", "@x ".repeat(10))).contains("too many directives"));
    }

    #[test]
    fn every_other_directive_is_unknown_wherever_it_stands() {
        for document in [
            "{ a @ifdef }",
            "{ __typename @ifdef }",
            "{ a { ... @ifdef { b } } }",
            "{ a { ...F @ifdef } } fragment F on T { b }",
            "{ a { ...F } } fragment F on T @ifdef { b }",
            "{ a } fragment F on T { b @ifdef }",
            "query @ifdef { a }",
            "query ($x: Int @ifdef) { a(b: $x) }",
            "query A { a } query B { a @ifdef(x: 1) }",
        ] {
            assert_eq!(words(document), "Unknown directive \"ifdef\"", "{document}");
        }
    }

    #[test]
    fn a_known_directive_in_the_wrong_place_or_form_is_refused_without_a_guess() {
        for (document, expected) in [
            ("query @skip(if: true) { a }", "Directive \"skip\" may not be used on \"QUERY\""),
            (
                "query ($x: Int @skip(if: true)) { a(b: $x) }",
                "Directive \"skip\" may not be used on \"VARIABLE_DEFINITION\"",
            ),
            ("{ a @skip(iff: true) }", "Unknown argument \"iff\" on directive \"skip\"."),
            (
                "{ __typename @include }",
                "Directive \"@include\" argument \"if\" of type \"Boolean!\" is required but not provided",
            ),
            ("{ __typename @skip(if: true) @skip(if: true) }", "Duplicate directive \"skip\""),
            ("{ __typename @skip(if: true, if: false) }", "There can only be one argument named \"if\""),
            ("{ __typename @skip(if: 5) }", "Invalid value for argument \"if\", expected type \"Boolean\""),
        ] {
            assert_eq!(words(document), expected);
        }
    }
}
