//! From a number to what it rests on.

use async_graphql::SimpleObject;

use crate::{
    figures,
    graphql::{
        scalars::Moment,
        schema::directive::{About, At, access},
    },
};

/// What a number rests on: the rule, the files, and every condition with its counts.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Lineage {
    /// Version of the indicator's rule.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    definition_version: &'static str,
    /// When the newest import that it takes account of was received.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    as_known_on: Option<Moment>,
    /// The files.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    inputs: Vec<LineageInput>,
    /// The conditions in order, from all children of the authority to the number.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    steps: Vec<LineageStep>,
    /// What in the records behind the number is blank or was repaired; what concerns nobody is left out.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    data_quality: Vec<Concern>,
    /// Hash over rule, files and question: equal digests mean equal numbers.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    digest: String,
    /// The period lies in the first twelve months of the loaded returns, where reviews that began earlier show misses
    /// that are not real.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    history_short: bool,
    /// What was done to the number so that no child can be recognised.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    disclosure: DisclosureDecision,
}

/// A file that a number rests on.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LineageInput {
    /// Which list or return it is, such as `ssda903 2024 episodes`.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    source: String,
    /// When it was received.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    received_at: Moment,
    /// SHA-256 of its bytes, in hexadecimal.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    sha256: String,
    /// Rows that are in use.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    rows_used: u64,
}

/// A condition on the way to a number.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LineageStep {
    /// Its place, from 1.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    order: usize,
    /// The condition in words.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    text: &'static str,
    /// Children before it.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    count_in: u64,
    /// Children after it.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    count_out: u64,
}

/// Something that makes a number less sure.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Concern {
    /// What it is.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    text: &'static str,
    /// How many of the children whom the number is about it concerns.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    children: u64,
}

/// What was done to a number so that no child can be recognised.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DisclosureDecision {
    /// The policy by which it was decided; `none` for exact figures.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    policy: &'static str,
    /// The rule in words.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    rule: &'static str,
    /// Whether the number was changed or hidden.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    applied: bool,
}

/// Exact figures go to the authority's own staff, who may read the records behind them.
const EXACT: DisclosureDecision = DisclosureDecision {
    policy: "none",
    rule: "Exact figure for those who may see true values: nothing is hidden or rounded.",
    applied: false,
};

impl From<figures::Lineage> for Lineage {
    fn from(lineage: figures::Lineage) -> Self {
        let input = |input: crate::snapshot::Input| LineageInput {
            source: input.source,
            received_at: Moment(input.received_at),
            sha256: input.sha256,
            rows_used: input.rows_used,
        };
        let concern = |concern: figures::Concern| Concern { text: concern.text, children: concern.children };
        let steps = lineage.steps.into_iter().zip(1..).map(|(step, order)| LineageStep {
            order,
            text: step.text,
            count_in: step.count_in,
            count_out: step.count_out,
        });
        Self {
            definition_version: lineage.definition_version,
            as_known_on: lineage.as_known_on.map(Moment),
            inputs: lineage.inputs.into_iter().map(input).collect(),
            steps: steps.collect(),
            data_quality: lineage.data_quality.into_iter().map(concern).collect(),
            digest: lineage.digest,
            history_short: lineage.history_short,
            disclosure: EXACT,
        }
    }
}
