//! The schema as one role sees it: what the role may never see is taken out before anything is checked or executed.
//!
//! A document that asks for something hidden is then refused with the very words of a document that asks for something
//! that does not exist; introspection and the printed schema are made from what is left. All of it comes from the
//! declarations of [`super::directive`] and the policy.

use std::{cell::RefCell, collections::HashSet};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{MetaDirectiveInvocation, MetaField, MetaInputValue, MetaType, MetaTypeName, Registry},
};
use async_trait::async_trait;

use super::directive::{About, declared, named};
use crate::access::{Level, Policy, Role};
use crate::graphql::role_types::RoleTypes;

thread_local! {
    /// For whom a schema is being made; the library gives no other way to hand something to the making of types.
    static VIEW: RefCell<Option<View>> = const { RefCell::new(None) };
    /// What is left in the schema that has been made.
    static SHOWN: RefCell<Option<RoleTypes>> = const { RefCell::new(None) };
}

/// What a role may see.
#[derive(Clone)]
struct View {
    policy: Policy,
    role: Role,
}

/// Makes a schema as a role sees it, and what is shown in it; `make` must make it on this thread.
pub(in crate::graphql) fn as_seen_by<T>(policy: &Policy, role: Role, make: impl FnOnce() -> T) -> (T, RoleTypes) {
    VIEW.with(|view| *view.borrow_mut() = Some(View { policy: policy.clone(), role }));
    let made = make();
    VIEW.with(|view| *view.borrow_mut() = None);
    (made, SHOWN.with(|shown| shown.borrow_mut().take()).unwrap_or_default())
}

/// A root of the schema, without what the role may not see.
pub(in crate::graphql) struct RoleRoot<T>(pub(in crate::graphql) T);

#[async_trait]
impl<T: ObjectType> ContainerType for RoleRoot<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(ctx).await
    }
}

#[async_trait]
impl<T: ObjectType> OutputType for RoleRoot<T> {
    fn type_name() -> std::borrow::Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = T::create_type_info(registry);
        if let Some(view) = VIEW.with(|view| view.borrow().clone()) {
            view.narrow(registry);
            // The root that is made last sees all.
            SHOWN.with(|shown| *shown.borrow_mut() = Some(RoleTypes::of(registry)));
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl<T: ObjectType> ObjectType for RoleRoot<T> {}

impl View {
    /// Takes out what the role may not see, and then, round by round, what has lost all its fields.
    fn narrow(&self, registry: &mut Registry) {
        let denied: HashSet<&str> = self.policy.denied_fields(self.role).collect();
        for kind in registry.types.values_mut() {
            let name = kind.name().to_owned();
            match kind {
                MetaType::Object { fields, .. } | MetaType::Interface { fields, .. } => {
                    fields.retain(|field, told| {
                        self.sees(&told.directive_invocations) && !denied.contains(format!("{name}.{field}").as_str())
                    });
                    fields.values_mut().for_each(|field| self.narrow_arguments(&mut field.args));
                }
                MetaType::InputObject { input_fields, .. } => self.narrow_arguments(input_fields),
                // The words of the declarations too: a domain that the role has nothing of is not even named.
                MetaType::Enum { enum_values, .. } if name == About::type_name() => {
                    enum_values.retain(|value, _| {
                        named(value).is_some_and(|about| {
                            Level::ALL.iter().any(|level| about.is_for(&self.policy, self.role, *level))
                        })
                    });
                }
                _ => {}
            }
        }
        while take_out_empty(registry) {}
        take_out_unreached(registry);
        while take_out_empty(registry) {}
        if registry.mutation_type.as_ref().is_some_and(|name| is_empty(registry.types.get(name))) {
            registry.types.remove(registry.mutation_type.take().unwrap_or_default().as_str());
        }
    }

    fn narrow_arguments(&self, arguments: &mut IndexMap<String, MetaInputValue>) {
        arguments.retain(|_, argument| self.sees(&argument.directive_invocations));
    }

    /// Whether the role may ever see what is declared so; what is not declared goes with what holds it.
    fn sees(&self, declarations: &[MetaDirectiveInvocation]) -> bool {
        let mut all = declarations.iter().filter_map(declared);
        all.all(|(about, level)| about.is_for(&self.policy, self.role, level))
    }
}

/// Empties the objects to which no field leads any more: the role is never given an id of one.
fn take_out_unreached(registry: &mut Registry) {
    let mut reached = HashSet::new();
    let mut next = vec!["Query".to_owned(), "Mutation".to_owned()];
    while let Some(name) = next.pop() {
        if let Some(MetaType::Object { fields, .. }) = registry.types.get(&name) {
            let kinds = fields.values().map(|field| MetaTypeName::concrete_typename(&field.ty).to_owned());
            next.extend(kinds.filter(|kind| !reached.contains(kind)));
        }
        reached.insert(name);
    }
    for kind in registry.types.values_mut() {
        if let MetaType::Object { name, fields, .. } = kind
            && !name.starts_with("__")
            && !reached.contains(name)
        {
            fields.clear();
        }
    }
}

/// Takes out one round of fields and members whose type has nothing left; whether there was any.
fn take_out_empty(registry: &mut Registry) -> bool {
    let empty: HashSet<String> =
        registry.types.iter().filter(|(_, kind)| is_empty(Some(kind))).map(|(name, _)| name.clone()).collect();
    let mut changed = false;
    for kind in registry.types.values_mut() {
        match kind {
            MetaType::Object { fields, .. } => changed |= without(fields, &empty),
            MetaType::Interface { fields, possible_types, .. } => {
                changed |= without(fields, &empty);
                let before = possible_types.len();
                possible_types.retain(|name| !empty.contains(name));
                changed |= possible_types.len() < before;
            }
            _ => {}
        }
    }
    changed
}

fn without(fields: &mut IndexMap<String, MetaField>, empty: &HashSet<String>) -> bool {
    let before = fields.len();
    fields.retain(|_, field| !empty.contains(MetaTypeName::concrete_typename(&field.ty)));
    fields.len() < before
}

fn is_empty(kind: Option<&MetaType>) -> bool {
    match kind {
        Some(MetaType::Object { fields, .. }) => fields.is_empty(),
        Some(MetaType::Interface { fields, possible_types, .. }) => fields.is_empty() || possible_types.is_empty(),
        Some(MetaType::InputObject { input_fields, .. }) => input_fields.is_empty(),
        _ => false,
    }
}
