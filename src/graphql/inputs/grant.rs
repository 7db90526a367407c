//! What is given to change grants.

use async_graphql::{ID, InputObject};

use crate::{
    access::{NewGrant, Role},
    graphql::{
        scalars::Date,
        schema::directive::{About, At, access},
    },
};

/// A grant to be given.
#[derive(Clone, Debug, InputObject)]
pub(in crate::graphql) struct AddGrantInput {
    /// Whom it is for: the subject of their tokens; `public` for everyone without a token.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    subject: String,
    /// Who signs those tokens (`iss`); the issuer of the caller's own token when left out.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) issuer: Option<String>,
    /// The role, such as `health_partner`.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) role: String,
    /// ONS code of the authority whose data may be read.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    authority: String,
    /// The organisation of the subject.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    organisation: String,
    /// The agreement that it rests on.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    agreement: String,
    /// First day.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    from: Date,
    /// Last day.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    to: Date,
    /// First day of the records that it opens, for police and youth justice; its own when left out.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    records_from: Option<Date>,
    /// Last day of the records that it opens.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    records_to: Option<Date>,
    /// ONS codes of the authorities for which a health team commissions; its own authority when left out.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    commissions: Option<Vec<String>>,
    /// Number of the inspection, for inspectors.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    inspection: Option<String>,
    /// Why, for the record.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) reason: Option<String>,
}

impl AddGrantInput {
    /// Whether only one end of the records is given, which says nothing.
    pub(in crate::graphql) fn has_half_of_the_records(&self) -> bool {
        self.records_from.is_some() != self.records_to.is_some()
    }

    /// The grant that is asked for, in a role that has been read.
    pub(in crate::graphql) fn wanted(&self, role: Role) -> NewGrant {
        let input = self.clone();
        NewGrant {
            subject: input.subject,
            role,
            authority: input.authority,
            organisation: input.organisation,
            agreement: input.agreement,
            from: input.from.0,
            to: input.to.0,
            records: input.records_from.zip(input.records_to).map(|(from, to)| (from.0, to.0)),
            commissions: input.commissions.unwrap_or_default(),
            inspection: input.inspection,
        }
    }
}

/// A grant to be suspended or ended, and why.
#[derive(Clone, Debug, InputObject)]
pub(in crate::graphql) struct ChangeGrantInput {
    /// Identifier of the grant.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) id: ID,
    /// Why, for the record.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) reason: String,
}
