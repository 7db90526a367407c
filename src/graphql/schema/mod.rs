//! The schema and what executes it: one moment, one viewer and one set of loaders for each operation.

pub(in crate::graphql) mod directive;
pub(in crate::graphql) mod role_view;

use std::any::TypeId;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use async_graphql::{
    Data, EmptySubscription, Executor, Request, Response, SDLExportOptions, Schema, SchemaBuilder, Value,
};
use chrono::Utc;
use futures_util::stream::BoxStream;
use sha2::{Digest, Sha256};

use self::role_view::{RoleRoot, as_seen_by};
use super::{
    document, loaders::Loaders, mutation::Mutation, notices, query::Query, request::RequestContext,
    role_types::RoleTypes, scalars::Moment, types::SchemaDigest,
};
use crate::{
    access::{Domain, Limits, Policy, Role, Viewer},
    figures::{Figures, ReadLog},
    store::AuditLog,
};

type Roots = Schema<RoleRoot<Query>, RoleRoot<Mutation>, EmptySubscription>;

/// Executes operations for the viewer that stands in the data of the request, in the schema of their role; without
/// one, for someone without a token.
#[derive(Clone)]
pub struct Api {
    figures: Figures,
    audit: Option<AuditLog>,
    issuers: Arc<[String]>,
    /// One for each role, made when it is first used.
    schemas: Arc<[OnceLock<(Roots, RoleTypes)>; Role::ALL.len()]>,
}

/// The schemas over these figures. Changes are written to the log, and cannot be made without one.
pub fn schema(figures: Figures, audit: Option<AuditLog>) -> Api {
    let schemas = Arc::new([const { OnceLock::new() }; Role::ALL.len()]);
    Api { figures, audit, issuers: Arc::default(), schemas }
}

/// The whole schema as text, in a stable order.
pub fn sdl() -> String {
    builder().finish().sdl_with_options(printed())
}

/// The schema as a role sees it.
pub fn sdl_of(policy: &Policy, role: Role) -> String {
    as_seen_by(policy, role, || builder().finish()).0.sdl_with_options(printed())
}

/// What a role is shown.
#[cfg(test)]
pub(in crate::graphql) fn shown_to(policy: &Policy, role: Role) -> RoleTypes {
    as_seen_by(policy, role, || builder().finish()).1
}

/// Every word that can be given in an operation: the values of enums, the names of arguments and of what inputs hold.
pub fn words() -> HashSet<String> {
    let mut words = HashSet::new();
    for (_, kind) in types() {
        match kind {
            TypeKind::Enum(kind) => words.extend(kind.values.iter().map(|value| value.node.value.node.to_string())),
            TypeKind::InputObject(kind) => {
                words.extend(kind.fields.iter().map(|field| field.node.name.node.to_string()))
            }
            TypeKind::Object(kind) => {
                let arguments = kind.fields.iter().flat_map(|field| &field.node.arguments);
                words.extend(arguments.map(|argument| argument.node.name.node.to_string()));
            }
            _ => {}
        }
    }
    words
}

/// Every field of the schema, as `Type.field`.
pub fn fields() -> HashSet<String> {
    let objects = types().filter_map(|(name, kind)| match kind {
        TypeKind::Object(kind) => Some((name, kind.fields)),
        _ => None,
    });
    objects
        .flat_map(|(name, fields)| fields.into_iter().map(move |field| format!("{name}.{}", field.node.name.node)))
        .collect()
}

fn types() -> impl Iterator<Item = (String, TypeKind)> {
    // Our own text is well formed, or no test of the schema passes.
    let definitions = parse_schema(sdl()).map(|document| document.definitions).unwrap_or_default();
    definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(kind) => Some((kind.node.name.node.to_string(), kind.node.kind)),
        _ => None,
    })
}

fn printed() -> SDLExportOptions {
    SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .prefer_single_line_descriptions()
        .include_specified_by()
        .use_space_ident()
}

/// No suggestions: they would tell the names of fields that someone may not know of.
fn builder() -> SchemaBuilder<RoleRoot<Query>, RoleRoot<Mutation>, EmptySubscription> {
    Schema::build(RoleRoot(Query), RoleRoot(Mutation), EmptySubscription).disable_suggestions()
}

impl Api {
    /// The same, where grants may be given to those whose tokens these sign.
    #[must_use]
    pub fn accepting(self, issuers: Arc<[String]>) -> Api {
        Api { issuers, ..self }
    }

    fn of(&self, role: Role) -> Option<&(Roots, RoleTypes)> {
        let place = Role::ALL.iter().position(|known| *known == role)?;
        let make = || {
            let policy = self.figures.policy();
            let text = sdl_of(policy, role);
            let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
            as_seen_by(policy, role, || builder().data(SchemaDigest(digest)).finish())
        };
        Some(self.schemas.get(place)?.get_or_init(make))
    }

    /// Puts what an operation carries with it into its data.
    fn prepared(&self, request: Request) -> (Request, Role, Moment, ReadLog) {
        let viewer = given::<Viewer>(&request).unwrap_or_else(|| Viewer::anonymous(Limits::default(), Vec::new()));
        let read_log = given::<ReadLog>(&request).unwrap_or_default();
        let (at, role) = (Utc::now(), viewer.role);
        let loaders = Loaders::new(self.figures.store());
        let (figures, audit, issuers) = (self.figures.clone(), self.audit.clone(), Arc::clone(&self.issuers));
        let context = RequestContext { figures, viewer, at, loaders, read_log: read_log.clone(), audit, issuers };
        (request.data(context), role, Moment(at), read_log)
    }

    /// What an answer to the role holds less of than its reader may expect, for `extensions`; none where there is nothing.
    fn notices(&self, role: Role, read_log: &ReadLog) -> Option<Value> {
        let (notices, policy) = (read_log.notices(), self.figures.policy());
        let purposes = policy.purposes(role);
        let opening = policy.only_for(role, Domain::Identity).unwrap_or(purposes);
        (!notices.is_empty()).then(|| notices::told(&notices, purposes, opening))
    }
}

/// What the caller has put into the data of a request.
fn given<T: Clone + 'static>(request: &Request) -> Option<T> {
    request.data.get(&TypeId::of::<T>()).and_then(|given| given.downcast_ref::<T>()).cloned()
}

#[async_trait::async_trait]
impl Executor for Api {
    async fn execute(&self, request: Request) -> Response {
        let (request, role, at, read_log) = self.prepared(request);
        let Some((schema, shown)) = self.of(role) else { return Response::default() };
        let mut response = match document::fitted(shown, request) {
            Ok(request) => schema.execute(request).await,
            Err(errors) => return Response::from_errors(errors),
        };
        if !matches!(response.data, Value::Null) {
            response.extensions.insert("asKnownOn".to_owned(), Value::String(at.written()));
            let notices = self.notices(role, &read_log);
            response.extensions.extend(notices.map(|notices| ("notices".to_owned(), notices)));
        }
        response
    }

    fn execute_stream(&self, request: Request, session: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let (request, role, ..) = self.prepared(request);
        let Some((schema, shown)) = self.of(role) else { return Box::pin(futures_util::stream::empty()) };
        match document::fitted(shown, request) {
            Ok(request) => schema.execute_stream_with_session_data(request, session.unwrap_or_default()),
            Err(errors) => Box::pin(futures_util::stream::iter([Response::from_errors(errors)])),
        }
    }
}
