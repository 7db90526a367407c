//! What a role is shown of the schema, for what is checked before the library looks at a document.

use std::collections::BTreeMap;

use async_graphql::parser::types::OperationType;
use async_graphql::registry::{MetaInputValue, MetaType, MetaTypeName, Registry};

/// The types of a role's schema, those of introspection among them.
#[derive(Default)]
pub(super) struct RoleTypes {
    types: BTreeMap<String, MetaType>,
    query: String,
    mutation: Option<String>,
}

impl RoleTypes {
    /// What stands in the registry, without types that nothing leads to.
    pub(super) fn of(registry: &mut Registry) -> RoleTypes {
        registry.remove_unused_types();
        let (query, mutation) = (registry.query_type.clone(), registry.mutation_type.clone());
        RoleTypes { types: registry.types.clone(), query, mutation }
    }

    /// The type with the name.
    pub(super) fn kind(&self, name: &str) -> Option<&MetaType> {
        self.types.get(name)
    }

    /// The type behind lists and exclamation marks.
    pub(super) fn behind(&self, written: &str) -> Option<&MetaType> {
        self.kind(MetaTypeName::concrete_typename(written))
    }

    /// Where an operation begins; none where the role has no such operations.
    pub(super) fn root(&self, operation: OperationType) -> Option<&MetaType> {
        let name = match operation {
            OperationType::Query => Some(&self.query),
            OperationType::Mutation => self.mutation.as_ref(),
            OperationType::Subscription => None,
        };
        self.kind(name?)
    }
}

/// Whether an argument or a field of an input must be given.
pub(super) fn is_required(input: &MetaInputValue) -> bool {
    MetaTypeName::create(&input.ty).is_non_null() && input.default_value.is_none()
}
