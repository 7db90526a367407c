//! The schema and what executes it: one moment, one viewer and one set of loaders for each operation.

use std::any::TypeId;
use std::sync::Arc;

use async_graphql::{
    Data, EmptyMutation, EmptySubscription, Executor, Request, Response, SDLExportOptions, Schema, SchemaBuilder, Value,
};
use chrono::Utc;
use futures_util::stream::BoxStream;
use sha2::{Digest, Sha256};

use super::{asking::Asking, loaders::Loaders, query::Query, scalars::Moment, types::SchemaDigest};
use crate::{
    access::{Limits, Viewer},
    figures::Figures,
};

/// Executes operations for the viewer that stands in the data of the request; without one, for someone anonymous.
#[derive(Clone)]
pub struct Api {
    schema: Schema<Query, EmptyMutation, EmptySubscription>,
    figures: Figures,
}

/// The schema over these figures.
pub fn schema(figures: Figures) -> Api {
    let digest: String = Sha256::digest(sdl().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Api { schema: builder().data(SchemaDigest(digest)).finish(), figures }
}

/// The schema as text, in a stable order.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .prefer_single_line_descriptions()
        .include_specified_by()
        .use_space_ident();
    builder().finish().sdl_with_options(options)
}

/// No suggestions: they would tell the names of fields that someone may not know of.
fn builder() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    Schema::build(Query, EmptyMutation, EmptySubscription).disable_suggestions()
}

impl Api {
    /// Puts what an operation carries with it into its data.
    fn prepared(&self, request: Request) -> (Request, Moment) {
        let viewer = request.data.get(&TypeId::of::<Viewer>()).and_then(|given| given.downcast_ref::<Viewer>());
        let viewer = viewer.cloned().unwrap_or_else(|| Viewer::anonymous(Limits::default()));
        let at = Utc::now();
        let loaders = Loaders::new(self.figures.store());
        let asking = Asking { figures: self.figures.clone(), viewer, at, loaders };
        (request.data(asking), Moment(at))
    }
}

impl Executor for Api {
    async fn execute(&self, request: Request) -> Response {
        let (request, at) = self.prepared(request);
        let mut response = self.schema.execute(request).await;
        if !matches!(response.data, Value::Null) {
            response.extensions.insert("asKnownOn".to_owned(), Value::String(at.written()));
        }
        response
    }

    fn execute_stream(&self, request: Request, session: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        self.schema.execute_stream_with_session_data(self.prepared(request).0, session.unwrap_or_default())
    }
}
