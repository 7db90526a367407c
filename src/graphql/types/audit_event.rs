//! What has been recorded of reading and of changes to who may read.

use async_graphql::{Enum, ID, Object};

use crate::{
    audit::{Entry, Fact, Read},
    graphql::{
        paging::ListItem,
        scalars::Moment,
        schema::directive::{About, At, access},
    },
};

/// One audit record.
pub(in crate::graphql) struct AuditEvent {
    pub(in crate::graphql) entry: Entry,
    /// Whether the reader may see true numbers of children.
    pub(in crate::graphql) counts_are_shown: bool,
}

/// How many children, where the number itself is not shown.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub(in crate::graphql) enum NumberOfChildren {
    /// No child.
    None,
    /// One to five.
    OneToFive,
    /// Six or more.
    SixOrMore,
}

impl From<usize> for NumberOfChildren {
    fn from(children: usize) -> Self {
        match children {
            0 => NumberOfChildren::None,
            1..=5 => NumberOfChildren::OneToFive,
            _ => NumberOfChildren::SixOrMore,
        }
    }
}

impl AuditEvent {
    fn read(&self) -> Option<&Read> {
        match &self.entry.fact {
            Fact::Read(read) => Some(read),
            Fact::Administration(_) => None,
        }
    }
}

/// One audit record: a request that was answered or refused, or a change to who may read.
#[Object]
impl AuditEvent {
    /// Its place in the chain.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn id(&self) -> ID {
        ID(self.entry.seq.to_string())
    }

    /// When it was made.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn at(&self) -> Moment {
        Moment(self.entry.time)
    }

    /// Who asked or acted: the subject of a token, `public`, or the user of a command.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn actor(&self) -> &str {
        match &self.entry.fact {
            Fact::Read(read) => &read.principal.display,
            Fact::Administration(act) => &act.actor,
        }
    }

    /// The role in which a request was made.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn role(&self) -> Option<&str> {
        self.read().map(|read| read.principal.role.as_str())
    }

    /// The organisation, as the grant names it.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn organisation(&self) -> Option<&str> {
        self.read()?.principal.organisation.as_deref()
    }

    /// The agreements that the grants used rest on.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn agreements(&self) -> &[String] {
        self.read().map_or(&[], |read| &read.principal.agreements)
    }

    /// Number of the inspection that an inspector read for.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn inspection(&self) -> Option<&str> {
        self.read()?.principal.inspection.as_deref()
    }

    /// What was done: `read`, or the word of an administrative act such as `grant-added`.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn action(&self) -> &'static str {
        match &self.entry.fact {
            Fact::Read(_) => "read",
            Fact::Administration(act) => act.act.word(),
        }
    }

    /// Why: the stated purpose of a request, or the reason of an act.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn purpose(&self) -> Option<&str> {
        match &self.entry.fact {
            Fact::Read(read) => read.purpose.as_deref(),
            Fact::Administration(act) => Some(&act.reason),
        }
    }

    /// Reference of the case.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn case_reference(&self) -> Option<&str> {
        self.read()?.case_reference.as_deref()
    }

    /// Name of the operation.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn operation(&self) -> Option<&str> {
        self.read()?.operation.name.as_deref()
    }

    /// The domains that were read.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn domains(&self) -> &[String] {
        self.read().map_or(&[], |read| &read.about.domains)
    }

    /// How close to the child was read: I, P, N, S or R.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn levels(&self) -> &[String] {
        self.read().map_or(&[], |read| &read.about.levels)
    }

    /// How many children's rows were shown; null for those who may not see true numbers of children.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn children(&self) -> Option<u64> {
        self.counts_are_shown.then(|| self.entry.fact.children().len() as u64)
    }

    /// How many children's rows were shown: none, one to five, or six and more.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn children_class(&self) -> NumberOfChildren {
        self.entry.fact.children().len().into()
    }

    /// How many figures were shown.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn cells(&self) -> u64 {
        self.read().map_or(0, |read| read.outcome.cells)
    }

    /// Whether it was permitted.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn permitted(&self) -> bool {
        self.read().is_none_or(|read| read.outcome.permitted)
    }

    /// Why something of it was not permitted.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    async fn reason(&self) -> Option<&str> {
        self.read()?.outcome.reason.as_deref()
    }
}

impl ListItem for AuditEvent {
    const LIST: &'static str = "audit";

    fn key(&self) -> String {
        self.entry.seq.to_string()
    }
}

connection!(
    /// A page of audit records, the newest first.
    AuditEventConnection,
    /// An audit record with its place in the list.
    AuditEventEdge,
    AuditEvent,
    Audit,
    Exact
);
