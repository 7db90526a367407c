//! The parsed document, whatever its variables: aliases, repeats, directives, fragments within fragments.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Value as Constant};
use async_graphql_value::Value;

use super::{TooMuch, directives};
use crate::access::Limits;

/// Deepest chain of fragments that use fragments.
const CHAIN: usize = 32;

/// Refuses documents that are small to write and large to answer.
///
/// # Errors
/// The first thing that there is too much of.
pub fn check_shape(document: &ExecutableDocument, limits: &Limits) -> Result<(), TooMuch> {
    let mut shape = Shape { document, limits, aliases: 0, sizes: HashMap::new() };
    for (_, operation) in document.operations.iter() {
        directives::check_operation(&operation.node)?;
        for variable in &operation.node.variable_definitions {
            if let Some(value) = &variable.node.default_value {
                check_constant(&value.node)?;
            }
        }
        shape.check_set(&operation.node.selection_set.node)?;
    }
    for fragment in document.fragments.values() {
        directives::check_fragment(&fragment.node)?;
        shape.check_set(&fragment.node.selection_set.node)?;
    }
    // Fragments that no operation uses are validated too, and cost as much.
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set);
    for set in operations.chain(fragments) {
        let size = shape.size(&set.node, 0)?;
        TooMuch::check("The document has too many fields, counting fragments each time", limits.max_tokens, size)?;
    }
    Ok(())
}

struct Shape<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    aliases: usize,
    /// Fields of each fragment with all that it uses, once it has been counted.
    sizes: HashMap<&'a str, usize>,
}

impl<'a> Shape<'a> {
    fn check_set(&mut self, set: &'a SelectionSet) -> Result<(), TooMuch> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for selection in &set.items {
            directives::check_selection(selection.node.directives())?;
            match &selection.node {
                Selection::Field(field) => {
                    let repeats = seen.entry(field.node.response_key().node.as_str()).or_default();
                    *repeats += 1;
                    TooMuch::check("One field is repeated too often", self.limits.max_aliases, *repeats)?;
                    self.check_field(&field.node)?;
                }
                Selection::InlineFragment(fragment) => self.check_set(&fragment.node.selection_set.node)?,
                Selection::FragmentSpread(_) => {}
            }
        }
        Ok(())
    }

    fn check_field(&mut self, field: &'a Field) -> Result<(), TooMuch> {
        // The library does not look at this field at all.
        if field.name.node == "__typename" && !(field.arguments.is_empty() && field.selection_set.node.items.is_empty())
        {
            return Err(TooMuch::Never("The field __typename has neither arguments nor fields.".to_owned()));
        }
        if field.alias.is_some() {
            self.aliases += 1;
            TooMuch::check("The document has too many aliases", self.limits.max_aliases, self.aliases)?;
        }
        for (_, value) in &field.arguments {
            check_value(&value.node)?;
        }
        self.check_set(&field.selection_set.node)
    }

    /// Counts fields with every use of a fragment, each fragment worked out once, so that a chain of fragments
    /// that doubles at every step is seen without being walked.
    fn size(&mut self, set: &'a SelectionSet, chain: usize) -> Result<usize, TooMuch> {
        let mut size = 0_usize;
        for selection in &set.items {
            let part = match &selection.node {
                Selection::Field(field) => 1 + self.size(&field.node.selection_set.node, chain)?,
                Selection::InlineFragment(fragment) => self.size(&fragment.node.selection_set.node, chain)?,
                Selection::FragmentSpread(spread) => self.fragment_size(&spread.node.fragment_name.node, chain + 1)?,
            };
            size = size.saturating_add(part);
        }
        Ok(size)
    }

    fn fragment_size(&mut self, name: &'a Name, chain: usize) -> Result<usize, TooMuch> {
        if let Some(known) = self.sizes.get(name.as_str()) {
            return Ok(*known);
        }
        // A circle of fragments is a chain without end.
        TooMuch::check("Fragments use fragments in too long a chain, or in a circle", CHAIN, chain)?;
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(0) };
        let size = self.size(&fragment.node.selection_set.node, chain)?;
        self.sizes.insert(name.as_str(), size);
        Ok(size)
    }
}

fn check_value(value: &Value) -> Result<(), TooMuch> {
    match value {
        Value::String(text) => check_string(text),
        Value::List(items) => items.iter().try_for_each(check_value),
        Value::Object(fields) => fields.values().try_for_each(check_value),
        _ => Ok(()),
    }
}

/// Refuses texts that no code, name or date can hold: NUL, and marks that turn the direction of writing.
///
/// # Errors
/// That there is such a sign.
pub fn check_constant(value: &Constant) -> Result<(), TooMuch> {
    match value {
        Constant::String(text) => check_string(text),
        Constant::List(items) => items.iter().try_for_each(check_constant),
        Constant::Object(fields) => fields.values().try_for_each(check_constant),
        _ => Ok(()),
    }
}

fn check_string(text: &str) -> Result<(), TooMuch> {
    let hidden = |sign| matches!(sign, '\0' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(hidden) {
        return Err(TooMuch::Never(
            "A text holds a sign that cannot be seen: NUL, a byte-order or a direction mark.".to_owned(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn check(document: &str) -> Result<(), TooMuch> {
        check_shape(&parse_query(document).unwrap(), &Limits::default())
    }

    fn refused(document: &str, words: &str) {
        let refusal = check(document).unwrap_err();
        assert!(refusal.to_string().contains(words), "{refusal}");
    }

    #[test]
    fn fifty_aliases_pass_and_fifty_one_do_not() {
        let aliases = |count: usize| (0..count).map(|number| format!("a{number}: b ")).collect::<String>();
        assert_eq!(check(&format!("{{ {} }}", aliases(50))), Ok(()));
        refused(&format!("{{ {} }}", aliases(51)), "aliases");
        refused(&format!("{{ ...F {} }} fragment F on Query {{ {} }}", aliases(26), aliases(26)), "aliases");
    }

    #[test]
    fn a_field_five_hundred_times_is_refused() {
        refused(&format!("{{ {} }}", "__typename ".repeat(500)), "repeated");
    }

    #[test]
    fn the_name_of_a_type_has_neither_arguments_nor_fields() {
        refused("{ __typename(x: 1) }", "__typename");
        refused("{ a { __typename { b } } }", "__typename");
        assert_eq!(check("{ __typename }"), Ok(()));
    }

    #[test]
    fn fragments_in_a_circle_are_refused() {
        refused("{ ...A } fragment A on Query { ...A }", "circle");
        refused("{ ...A } fragment A on Query { b { ...B } } fragment B on Query { ...A ...A }", "circle");
    }

    #[test]
    fn fragments_that_double_at_every_step_are_refused_at_once() {
        let chain: String =
            (0..30).map(|number| format!("fragment F{number} on Q {{ ...F{0} ...F{0} }} ", number + 1)).collect();
        refused(&format!("{{ ...F0 }} {chain} fragment F30 on Q {{ a }}"), "too many fields");
        refused(&format!("{{ a }} {chain} fragment F30 on Q {{ a }}"), "too many fields");
    }

    #[test]
    fn signs_that_cannot_be_seen_are_refused() {
        refused(r#"{ a(b: "\u0000") }"#, "NUL");
        refused(r#"{ a(b: { c: ["\u202E"] }) }"#, "NUL");
        refused(r#"query ($x: String = "\u0000") { a(b: $x) }"#, "NUL");
    }
}
