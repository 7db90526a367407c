//! What an operation may cost with these variables: how deep it goes and how many objects it may fetch.
//!
//! An object costs 1, and a page as many as it may hold. A page within a page is counted as ten, because a child
//! has few placements or reviews, however many are allowed. Figures are there in full, so a list of them is counted in
//! full wherever it stands. Introspection costs nothing and has limits of its own.
//! Beside the cost, the items on all pages are counted, and the single values that an answer may hold.

use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql::{InputType, Value as Constant, Variables};
use async_graphql_value::Value;

use super::{TooMuch, filter};
use crate::{access::Limits, graphql::inputs::PeriodInput};

/// Deepest nesting of an introspection.
const INTROSPECTION_DEPTH: usize = 20;
/// How often `fields` may be asked within `fields`: tools never do, walks in circles do.
const INTROSPECTION_CIRCLES: usize = 2;
/// Items on a page when the operation does not say.
const PAGE: usize = 50;
/// Items on a page within a page.
const INNER_PAGE: usize = 10;
/// Items of lists that nothing has to be said about: rows of a scorecard or breakdown, the usual comparators, earlier
/// periods, members of a set of neighbours, documents that print a figure.
const LISTS: [(&str, usize); 5] = [("rows", 15), ("comparators", 5), ("history", 8), ("members", 11), ("published", 4)];
/// Most single values in an answer: a bound on its size in memory, far above what any page of records holds.
const VALUES: usize = 500_000;

/// The cost of an operation: how many objects it may fetch. Defaults of variables stand among the variables already.
///
/// # Errors
/// The first limit that it passes: depth, fields at the top, size of a page or a filter, items, values, cost.
pub fn cost(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    limits: &Limits,
) -> Result<usize, TooMuch> {
    let walk = Walk { document, variables, limits };
    let set = &operation.selection_set.node;
    TooMuch::check("The operation has too many fields at the top", limits.max_root_fields, walk.width(set))?;
    let size = walk.set(set, Place::default())?;
    TooMuch::check("The operation asks for too many objects; ask for smaller pages", limits.max_complexity, size.cost)?;
    TooMuch::check("The operation asks for too many items on its pages", limits.max_nodes, size.nodes)?;
    TooMuch::check("The answer may hold too many values; ask for smaller pages", VALUES, size.values)?;
    Ok(size.cost)
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
}

impl Size {
    const VALUE: Size = Size { cost: 0, nodes: 0, values: 1 };

    fn and(self, other: Size) -> Size {
        Size {
            cost: self.cost.saturating_add(other.cost),
            nodes: self.nodes.saturating_add(other.nodes),
            values: self.values.saturating_add(other.values),
        }
    }

    /// The size of so many items, each of this size.
    fn times(self, items: usize) -> Size {
        Size {
            cost: self.cost.max(1).saturating_mul(items),
            nodes: self.nodes.saturating_add(1).saturating_mul(items),
            values: self.values.saturating_mul(items),
        }
    }
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    limits: &'a Limits,
}

/// Where in the operation a selection is.
#[derive(Clone, Copy, Default)]
struct Place {
    depth: usize,
    pages: usize,
    /// How many `fields` lie above, within an introspection.
    introspected: Option<usize>,
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

    fn set(&self, set: &'a SelectionSet, place: Place) -> Result<Size, TooMuch> {
        let mut size = Size::default();
        for selection in &set.items {
            let part = match &selection.node {
                Selection::Field(field) => self.field(&field.node, place)?,
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node, place)?,
                Selection::FragmentSpread(spread) => match self.fragment(&spread.node.fragment_name.node) {
                    Some(set) => self.set(set, place)?,
                    None => Size::default(),
                },
            };
            size = size.and(part);
        }
        Ok(size)
    }

    fn field(&self, field: &'a Field, place: Place) -> Result<Size, TooMuch> {
        let below = self.step(field, place)?;
        let items = self.items(field)?;
        let set = &field.selection_set.node;
        if below.introspected.is_some() {
            self.set(set, below)?;
            return Ok(Size::default());
        }
        if set.items.is_empty() {
            return Ok(Size::VALUE);
        }
        match items.or_else(|| usual(field)) {
            Some(items) => {
                // Behind each of many figures may be a whole page of children.
                let (items, pages) = match items {
                    Items::Page(items) if place.pages > 0 => (items.min(INNER_PAGE), place.pages + 1),
                    Items::Page(items) => (items, place.pages + 1),
                    Items::All(items) => (items, place.pages),
                };
                let each = self.set(set, Place { pages, ..below })?;
                Ok(each.times(items))
            }
            None => Ok(self.set(set, below)?.and(Size { cost: 1, ..Size::default() })),
        }
    }

    fn step(&self, field: &Field, place: Place) -> Result<Place, TooMuch> {
        let name = field.name.node.as_str();
        let introspected = match place.introspected {
            None if name == "__schema" || name == "__type" => Some(0),
            Some(circles) if name == "fields" => Some(circles + 1),
            other => other,
        };
        if let Some(circles) = introspected {
            TooMuch::check("The introspection asks for fields of fields", INTROSPECTION_CIRCLES, circles)?;
        }
        let limit = if introspected.is_some() { INTROSPECTION_DEPTH } else { self.limits.max_depth };
        let depth = place.depth + 1;
        TooMuch::check("The operation nests fields too deep", limit, depth)?;
        Ok(Place { depth, introspected, ..place })
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

    fn page(&self, asked: i64) -> Result<usize, TooMuch> {
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
    Number(i64),
    List(usize),
}

fn of_constant(value: &Constant) -> Option<Resolved> {
    match value {
        Constant::Number(number) => of_number(number),
        Constant::List(items) => Some(Resolved::List(items.len())),
        _ => None,
    }
}

/// A number beyond the range of pages counts as the largest, so that it is refused and not overlooked.
fn of_number(number: &serde_json::Number) -> Option<Resolved> {
    let whole = number.as_i64().or_else(|| number.as_u64().map(|_| i64::MAX))?;
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
