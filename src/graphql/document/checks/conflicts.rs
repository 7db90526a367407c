//! Whether two fields that would stand under one name in an answer are the same field, asked in the same way.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql::registry::MetaType;
use async_graphql::{Name, Positioned, ServerError};

use super::told;
use crate::graphql::{error::invalid, role_types::RoleTypes};

/// Checks the operation that is asked for, in a document whose names exist.
///
/// # Errors
/// All pairs of fields that cannot both stand where they would.
pub(super) fn check(
    shown: &RoleTypes,
    document: &ExecutableDocument,
    asked: &OperationDefinition,
) -> Result<(), Vec<ServerError>> {
    let mut conflicts = Conflicts { shown, document, errors: HashMap::new() };
    if let Some(root) = shown.root(asked.ty) {
        conflicts.among(root, &[&asked.selection_set.node]);
    }
    told(conflicts.errors.into_values().collect())
}

struct Conflicts<'a> {
    shown: &'a RoleTypes,
    document: &'a ExecutableDocument,
    /// By where the two fields are: a fragment is met in every place that uses it.
    errors: HashMap<[(usize, usize); 2], ServerError>,
}

/// Fields with the type that each is on.
type Fields<'a> = Vec<(&'a MetaType, &'a Positioned<Field>)>;

impl<'a> Conflicts<'a> {
    /// Looks at selections that make up one object of an answer, and at what is asked of its fields.
    fn among(&mut self, parent: &'a MetaType, sets: &[&'a SelectionSet]) {
        let (mut places, mut reached) = (HashMap::new(), HashSet::new());
        for set in sets {
            self.collect(parent, set, &mut places, &mut reached);
        }
        for fields in places.values() {
            let mut kinds: Vec<(&'a MetaType, &'a Positioned<Field>, Vec<&'a SelectionSet>)> = Vec::new();
            for (on, field) in fields {
                let overlapping = kinds.iter().filter(|(other, _, _)| may_be_both(on, other));
                let before: Vec<_> = overlapping.map(|(_, before, _)| *before).collect();
                before.into_iter().for_each(|before| self.compare(before, field));
                let set = &field.node.selection_set.node;
                match kinds.iter_mut().find(|(other, _, _)| other.name() == on.name()) {
                    Some((_, _, sets)) => sets.push(set),
                    None => kinds.push((on, field, vec![set])),
                }
            }
            for (on, field, sets) in kinds {
                let known = on.field_by_name(&field.node.name.node);
                if let Some(kind) = known.and_then(|known| self.shown.behind(&known.ty)) {
                    self.among(kind, &sets);
                }
            }
        }
    }

    /// The fields of a selection by their name in the answer.
    fn collect(
        &self,
        parent: &'a MetaType,
        set: &'a SelectionSet,
        places: &mut HashMap<&'a Name, Fields<'a>>,
        reached: &mut HashSet<&'a Name>,
    ) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    places.entry(&field.node.response_key().node).or_default().push((parent, field));
                }
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|condition| &condition.node.on.node);
                    if let Some(kind) = on.map_or(Some(parent), |on| self.shown.kind(on)) {
                        self.collect(kind, &fragment.node.selection_set.node, places, reached);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let (Some(fragment), true) = (self.document.fragments.get(name), reached.insert(name))
                        && let Some(kind) = self.shown.kind(&fragment.node.type_condition.node.on.node)
                    {
                        self.collect(kind, &fragment.node.selection_set.node, places, reached);
                    }
                }
            }
        }
    }

    fn compare(&mut self, before: &Positioned<Field>, field: &Positioned<Field>) {
        let (one, other) = (&before.node.name.node, &field.node.name.node);
        let reason = if one != other {
            format!("\"{one}\" and \"{other}\" are different fields")
        } else if !is_asked_alike(&before.node, &field.node) {
            "they have differing arguments".to_owned()
        } else {
            return;
        };
        let key = &field.node.response_key().node;
        let words = format!(
            "Fields \"{key}\" conflict because {reason}. Use different aliases on the fields to fetch both if this was intentional."
        );
        let mut error = invalid(&words, Some(before.pos));
        error.locations.push(field.pos);
        let places = [before.pos, field.pos].map(|pos| (pos.line, pos.column));
        self.errors.entry(places).or_insert(error);
    }
}

/// Whether something may be of both types: of two kinds of object it is one.
fn may_be_both(one: &MetaType, other: &MetaType) -> bool {
    let is_object = |kind: &MetaType| matches!(kind, MetaType::Object { .. });
    one.name() == other.name() || !is_object(one) || !is_object(other)
}

fn is_asked_alike(one: &Field, other: &Field) -> bool {
    let same = |(name, value): &(Positioned<Name>, _)| other.get_argument(&name.node) == Some(value);
    one.arguments.len() == other.arguments.len() && one.arguments.iter().all(same)
}
