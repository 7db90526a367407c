//! The parsed document, whatever its variables: aliases, repeats, directives, fragments within fragments.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Value as Constant};
use async_graphql_value::Value;

use super::{TooMuch, directives};
use crate::access::Limits;

/// Deepest chain of fragments that use fragments.
const CHAIN: usize = 32;
/// Deepest nesting of an introspection.
const INTROSPECTION_DEPTH: usize = 20;
/// How often `fields` may be asked within `fields`: tools never do, walks in circles do.
const INTROSPECTION_CIRCLES: usize = 2;

/// Refuses documents that are small to write and large to answer.
///
/// # Errors
/// The first thing that there is too much of.
pub fn check_shape(document: &ExecutableDocument, limits: &Limits) -> Result<(), TooMuch> {
    let mut shape = Shape { document, aliases: 0, repeats: 0, sizes: HashMap::new() };
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
    TooMuch::check("The document has too many aliases", limits.max_aliases, shape.aliases)?;
    TooMuch::check("One field is repeated too often", limits.max_aliases, shape.repeats)?;
    shape.measure_fragments()?;
    let mut all = Size::default();
    for (_, operation) in document.operations.iter() {
        let size = shape.size(&operation.node.selection_set.node);
        // Of several operations one is executed, so only the whole schema is counted in all of them.
        all = Size { schemas: all.schemas.saturating_add(size.schemas), ..all.or(size) };
    }
    // Fragments that no operation uses are validated too, and cost as much.
    let fields = shape.sizes.values().fold(all.fields, |most, size| most.max(size.fields));
    TooMuch::check("The document has too many fields, counting fragments each time", limits.max_tokens, fields)?;
    TooMuch::check("The operation nests fields too deep", limits.max_depth, all.depth)?;
    TooMuch::check("The introspection nests fields too deep", INTROSPECTION_DEPTH, all.introspected)?;
    TooMuch::check("The introspection asks for fields of fields", INTROSPECTION_CIRCLES, all.circles)?;
    TooMuch::check("The document asks for the whole schema more than once", 1, all.schemas)
}

struct Shape<'a> {
    document: &'a ExecutableDocument,
    /// Aliases in all of the document.
    aliases: usize,
    /// How often the field is given that one selection gives most often.
    repeats: usize,
    /// What there is in each fragment with all that it uses.
    sizes: HashMap<&'a str, Size>,
}

/// How much there is in a selection, with every use of a fragment.
#[derive(Clone, Copy, Default)]
struct Size {
    fields: usize,
    /// Fields that ask for the whole schema.
    schemas: usize,
    /// How deep fields go.
    depth: usize,
    /// How deep fields go that end in introspection.
    introspected: usize,
    /// How many fields of the name `fields` stand within one another.
    within: usize,
    /// The same where they stand in an introspection.
    circles: usize,
    /// How many fragments use each other in a chain.
    chain: usize,
}

impl Size {
    /// Of both together.
    fn and(self, other: Size) -> Size {
        let fields = self.fields.saturating_add(other.fields);
        Size { fields, schemas: self.schemas.saturating_add(other.schemas), ..self.or(other) }
    }

    /// The larger of both in each respect.
    fn or(self, other: Size) -> Size {
        Size {
            fields: self.fields.max(other.fields),
            schemas: self.schemas.max(other.schemas),
            depth: self.depth.max(other.depth),
            introspected: self.introspected.max(other.introspected),
            within: self.within.max(other.within),
            circles: self.circles.max(other.circles),
            chain: self.chain.max(other.chain),
        }
    }

    /// Of a field with this below it.
    fn below(self, field: &Field) -> Size {
        let name = field.name.node.as_str();
        let fields = self.fields.saturating_add(1);
        let below = Size { fields, within: self.within + usize::from(name == "fields"), ..self };
        if !matches!(name, "__schema" | "__type") {
            let introspected = if self.introspected > 0 { self.introspected + 1 } else { 0 };
            return Size { depth: self.depth + 1, introspected, ..below };
        }
        let schemas = self.schemas.saturating_add(usize::from(name == "__schema"));
        let introspected = self.depth.max(self.introspected) + 1;
        Size { schemas, introspected, depth: 0, circles: self.circles.max(self.within), ..below }
    }
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
                    self.repeats = self.repeats.max(*repeats);
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
        }
        for (_, value) in &field.arguments {
            check_value(&value.node)?;
        }
        self.check_set(&field.selection_set.node)
    }

    /// Counts what there is in each fragment with every use of others, each worked out once and those that it uses
    /// before it, so that a chain of fragments that doubles at every step is seen without being walked.
    fn measure_fragments(&mut self) -> Result<(), TooMuch> {
        let document = self.document;
        let mut uses: HashMap<&str, Vec<&Name>> = HashMap::new();
        for (name, fragment) in &document.fragments {
            spreads(&fragment.node.selection_set.node, uses.entry(name.as_str()).or_default());
        }
        for first in document.fragments.keys() {
            let mut waiting = vec![first];
            while let Some(name) = waiting.last().copied() {
                let mut used = uses.get(name.as_str()).into_iter().flatten();
                let missing =
                    used.find(|used| !self.sizes.contains_key(used.as_str()) && uses.contains_key(used.as_str()));
                if let Some(missing) = missing {
                    if waiting.contains(missing) {
                        let what = "Fragments use each other in a circle, which is a chain without end";
                        return Err(TooMuch::over(what, CHAIN, CHAIN.max(waiting.len()) + 1));
                    }
                    waiting.push(missing);
                    continue;
                }
                if let Some(fragment) = document.fragments.get(name) {
                    let size = self.size(&fragment.node.selection_set.node);
                    self.sizes.insert(name.as_str(), Size { chain: size.chain + 1, ..size });
                }
                waiting.pop();
            }
        }
        let longest = self.sizes.values().map(|size| size.chain).max().unwrap_or_default();
        TooMuch::check("Fragments use fragments in too long a chain", CHAIN, longest)
    }

    /// Counts with every use of a fragment; what there is in fragments is known already.
    fn size(&self, set: &SelectionSet) -> Size {
        set.items.iter().fold(Size::default(), |size, selection| {
            size.and(match &selection.node {
                Selection::Field(field) => self.size(&field.node.selection_set.node).below(&field.node),
                Selection::InlineFragment(fragment) => self.size(&fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    self.sizes.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or_default()
                }
            })
        })
    }
}

/// The fragments that a selection uses.
fn spreads<'a>(set: &'a SelectionSet, found: &mut Vec<&'a Name>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => spreads(&field.node.selection_set.node, found),
            Selection::InlineFragment(fragment) => spreads(&fragment.node.selection_set.node, found),
            Selection::FragmentSpread(spread) => found.push(&spread.node.fragment_name.node),
        }
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
    fn a_refusal_tells_how_many_there_are_and_not_where_counting_stopped() {
        let over = |document: &str, what: &str, limit, actual| {
            assert_eq!(check(document), Err(TooMuch::over(what, limit, actual)), "{document:.80}");
        };
        let many = |count: usize, word: &dyn Fn(usize) -> String| (0..count).map(word).collect::<String>();
        let aliases = |count| many(count, &|number| format!("a{number}: b "));
        over(&format!("{{ {} }}", aliases(200)), "The document has too many aliases", 50, 200);
        let halves = format!("{{ {} ...F }} fragment F on Query {{ {} }}", aliases(100), aliases(100));
        over(&halves, "The document has too many aliases", 50, 200);
        over(&format!("{{ {} }}", "a ".repeat(70)), "One field is repeated too often", 50, 70);
        over(
            &format!("{{ {}a{} }}", "a { ".repeat(29), " }".repeat(29)),
            "The operation nests fields too deep",
            12,
            30,
        );
        let deep = format!("{{ __type(name: \"Q\") {}name{} }}", "{ ofType ".repeat(39), " }".repeat(39));
        let deep = deep.replace("ofType name", "ofType { name }");
        over(&deep, "The introspection nests fields too deep", 20, 41);
        let chain = many(40, &|number| format!("fragment F{number} on Q {{ ...F{} }} ", number + 1));
        let chain = format!("{{ ...F0 }} {chain} fragment F40 on Q {{ a }}");
        over(&chain, "Fragments use fragments in too long a chain", 32, 41);
        let twice =
            "{ __schema { queryType { name } } ...F } fragment F on Query { s: __schema { queryType { name } } }";
        over(twice, "The document asks for the whole schema more than once", 1, 2);
        let operations = "query A { __schema { queryType { name } } } query B { ...F ... { ...F } } \
                          fragment F on Query { __schema { queryType { name } } }";
        over(operations, "The document asks for the whole schema more than once", 1, 3);
    }

    #[test]
    fn thirty_two_fragments_of_sixty_levels_are_counted_and_refused() {
        let level = |next: usize| format!("{} ...F{next} {}", "a { ".repeat(60), "}".repeat(60));
        let chain: String =
            (0..31).map(|number| format!("fragment F{number} on Q {{ {} }} ", level(number + 1))).collect();
        let document = format!("{{ ...F0 }} {chain} fragment F31 on Q {{ a }}");
        let refusal = check(&document).unwrap_err();
        assert_eq!(refusal, TooMuch::over("The operation nests fields too deep", 12, 31 * 60 + 1));
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
