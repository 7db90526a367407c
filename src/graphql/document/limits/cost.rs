//! What an operation may cost with these variables: how deep it goes and how many objects it may fetch.
//!
//! An object costs 1, and a page as many as it may hold. A page within a page is counted as ten, because a child
//! has few placements or reviews, however many are allowed. Figures are there in full, so a list of them is counted in
//! full wherever it stands. Introspection costs as many as the values that it answers, and has limits of its own.
//! Beside the cost, the items on all pages are counted, and the single values that an answer may hold.

use std::sync::Arc;

use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql::{InputType, Value as Constant, Variables};
use async_graphql_value::Value;

use super::introspection::{Introspection, IntrospectionCounter};
use super::{TooMuch, filter};
use crate::{access::Limits, graphql::inputs::PeriodInput};

/// Items on a page when the operation does not say.
const PAGE: usize = 50;
/// Items on a page within a page.
const INNER_PAGE: usize = 10;
/// Items of lists that nothing has to be said about: rows of a scorecard or breakdown, the usual comparators, earlier
/// periods, members of a set of neighbours, documents that print a figure.
const LISTS: [(&str, usize); 5] = [("rows", 15), ("comparators", 5), ("history", 8), ("members", 11), ("published", 4)];
/// Most single values in an answer: a bound on its size in memory, far above what any page of records holds.
const VALUES: usize = 500_000;

/// The cost of an operation: how many objects it may fetch, and how many values of the schema. Defaults of variables
/// stand among the variables already; what the schema tells of itself is looked up where it is asked for.
///
/// # Errors
/// The first limit that it passes: depth, fields at the top, size of a page or a filter, items, values, cost.
pub fn cost(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    limits: &Limits,
    schema: &dyn Fn() -> Arc<Introspection>,
) -> Result<usize, TooMuch> {
    let walk = Walk { document, variables, limits, schema };
    let set = &operation.selection_set.node;
    TooMuch::check("The operation has too many fields at the top", limits.max_root_fields, walk.width(set))?;
    let size = walk.set(set, 0)?;
    TooMuch::check("The introspection asks for too many values", limits.max_introspection, size.introspected)?;
    TooMuch::check("The operation asks for too many objects; ask for smaller pages", limits.max_complexity, size.cost)?;
    TooMuch::check("The operation asks for too many items on its pages", limits.max_nodes, size.nodes)?;
    TooMuch::check("The answer may hold too many values; ask for smaller pages", VALUES, size.values)?;
    Ok(size.cost.saturating_add(size.introspected))
}

/// How much a selection may fetch.
#[derive(Clone, Copy, Default)]
struct Size {
    /// Objects.
    cost: usize,
    /// Items on pages.
    nodes: usize,
    /// Single values.
    values: usize,
    /// Values that the schema tells of itself.
    introspected: usize,
}

impl Size {
    const VALUE: Size = Size { cost: 0, nodes: 0, values: 1, introspected: 0 };

    fn and(self, other: Size) -> Size {
        Size {
            cost: self.cost.saturating_add(other.cost),
            nodes: self.nodes.saturating_add(other.nodes),
            values: self.values.saturating_add(other.values),
            introspected: self.introspected.saturating_add(other.introspected),
        }
    }

    /// The size of so many items, each of this size.
    fn times(self, items: usize) -> Size {
        Size {
            cost: self.cost.max(1).saturating_mul(items),
            nodes: self.nodes.saturating_add(1).saturating_mul(items),
            values: self.values.saturating_mul(items),
            introspected: self.introspected.saturating_mul(items),
        }
    }
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    limits: &'a Limits,
    schema: &'a dyn Fn() -> Arc<Introspection>,
}

impl<'a> Walk<'a> {
    /// How many fields a selection has at its top, fragments included.
    fn width(&self, set: &'a SelectionSet) -> usize {
        set.items
            .iter()
            .map(|selection| match &selection.node {
                Selection::Field(_) => 1,
                Selection::InlineFragment(fragment) => self.width(&fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node).map_or(0, |set| self.width(set))
                }
            })
            .sum()
    }

    /// Measures a selection that lies within so many pages.
    fn set(&self, set: &'a SelectionSet, pages: usize) -> Result<Size, TooMuch> {
        let mut size = Size::default();
        for selection in &set.items {
            let part = match &selection.node {
                Selection::Field(field) => self.field(&field.node, pages)?,
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node, pages)?,
                Selection::FragmentSpread(spread) => match self.fragment(&spread.node.fragment_name.node) {
                    Some(set) => self.set(set, pages)?,
                    None => Size::default(),
                },
            };
            size = size.and(part);
        }
        Ok(size)
    }

    fn field(&self, field: &'a Field, pages: usize) -> Result<Size, TooMuch> {
        if matches!(field.name.node.as_str(), "__schema" | "__type") {
            let map = (self.schema)();
            let counting =
                IntrospectionCounter { map: &map, variables: self.variables, fragment: |name: &_| self.fragment(name) };
            return Ok(Size { introspected: counting.count(field), ..Size::default() });
        }
        let items = self.items(field)?;
        let set = &field.selection_set.node;
        if set.items.is_empty() {
            return Ok(Size::VALUE);
        }
        match items.or_else(|| usual(field)) {
            Some(items) => {
                // Behind each of many figures may be a whole page of children.
                let (items, pages) = match items {
                    Items::Page(items) if pages > 0 => (items.min(INNER_PAGE), pages + 1),
                    Items::Page(items) => (items, pages + 1),
                    Items::All(items) => (items, pages),
                };
                Ok(self.set(set, pages)?.times(items))
            }
            None => Ok(self.set(set, pages)?.and(Size { cost: 1, ..Size::default() })),
        }
    }

    /// How many items a field asks for: the size of its page, or one for each of all that is given to it in lists and
    /// ranges of periods.
    fn items(&self, field: &Field) -> Result<Option<Items>, TooMuch> {
        let (mut page, mut all) = (None, None);
        for (name, value) in &field.arguments {
            if name.node == "filter" {
                filter::check_filter(&value.node, self.variables)?;
            }
            let asked = match (name.node.as_str(), self.resolve(&value.node)) {
                ("first", Some(Resolved::Number(number))) => {
                    page = Some(Items::Page(self.page(number)?));
                    None
                }
                ("last" | "points", Some(Resolved::Number(number))) => Some(self.page(number)?),
                ("period", _) => self.periods(&value.node),
                (_, Some(Resolved::List(length))) => Some(length),
                _ => None,
            };
            all = asked.map(|asked| asked.saturating_mul(all.unwrap_or(1))).or(all);
        }
        Ok(page.or(all.map(Items::All)))
    }

    /// How many periods a range holds; none where a single one is named.
    fn periods(&self, value: &Value) -> Option<usize> {
        let given = |name| Ok::<_, ()>(self.variables.get(&name).cloned().unwrap_or_default());
        let value = value.clone().into_const_with(given).ok()?;
        PeriodInput::parse(Some(value)).ok()?.range()
    }

    fn page(&self, asked: i128) -> Result<usize, TooMuch> {
        match usize::try_from(asked) {
            Ok(0) | Err(_) => Err(TooMuch::Never("The size of a page must be at least 1.".to_owned())),
            Ok(size) => {
                TooMuch::check("The page is too large", self.limits.max_page_size, size)?;
                Ok(size)
            }
        }
    }

    fn resolve(&self, value: &Value) -> Option<Resolved> {
        match value {
            Value::Variable(name) => self.variables.get(name).and_then(of_constant),
            Value::Number(number) => of_number(number),
            Value::List(items) => Some(Resolved::List(items.len())),
            _ => None,
        }
    }

    fn fragment(&self, name: &async_graphql::Name) -> Option<&'a SelectionSet> {
        self.document.fragments.get(name).map(|fragment| &fragment.node.selection_set.node)
    }
}

/// How many items a field asks for.
enum Items {
    /// At most so many, of records.
    Page(usize),
    /// So many figures.
    All(usize),
}

/// How many items a field has that says nothing of it.
fn usual(field: &Field) -> Option<Items> {
    let list = LISTS.iter().find(|(name, _)| field.name.node == *name).map(|(_, items)| Items::All(*items));
    list.or_else(|| is_page(&field.selection_set.node).then_some(Items::Page(PAGE)))
}

enum Resolved {
    Number(i128),
    List(usize),
}

fn of_constant(value: &Constant) -> Option<Resolved> {
    match value {
        Constant::Number(number) => of_number(number),
        Constant::List(items) => Some(Resolved::List(items.len())),
        _ => None,
    }
}

fn of_number(number: &serde_json::Number) -> Option<Resolved> {
    let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))?;
    Some(Resolved::Number(whole))
}

/// A connection that is asked for its nodes or edges, without a word on how many.
fn is_page(set: &SelectionSet) -> bool {
    set.items.iter().any(|selection| match &selection.node {
        Selection::Field(field) => matches!(field.node.name.node.as_str(), "nodes" | "edges"),
        _ => false,
    })
}

#[cfg(test)]
#[path = "cost_tests.rs"]
mod tests;
