//! Which version of the API answers, and up to when its data reach.

use async_graphql::{Context, Object};

use crate::graphql::{
    error::{FieldResult, Refusal},
    request::RequestContext,
    scalars::Moment,
    schema::directive::{About, At, access},
};

/// SHA-256 of the schema as text.
pub(in crate::graphql) struct SchemaDigest(pub(in crate::graphql) String);

/// The version of the API and of its data.
pub(in crate::graphql) struct ApiVersion;

/// The version of the API and of its data.
#[Object]
impl ApiVersion {
    /// Version of the program.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// Changes with every change of the schema.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn schema_digest<'a>(&self, ctx: &Context<'a>) -> &'a str {
        ctx.data_opt::<SchemaDigest>().map_or("", |digest| digest.0.as_str())
    }

    /// When the newest import was received of an authority that the viewer may ask about, or of what all share; null before
    /// the first, and for those who may read nothing.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn data_known_to(&self, ctx: &Context<'_>) -> Option<FieldResult<Moment>> {
        self.known_to(ctx).await.transpose()
    }
}

impl ApiVersion {
    async fn known_to(&self, ctx: &Context<'_>) -> FieldResult<Option<Moment>> {
        let request = RequestContext::of(ctx)?;
        if request.catalogue().is_empty() {
            return Ok(None);
        }
        let store = request.figures.store();
        let latest = store.latest_import().await.map_err(Refusal::from)?;
        let received =
            store.received_at(latest, &request.viewer.authorities(request.at)).await.map_err(Refusal::from)?;
        Ok(received.map(Moment))
    }
}
