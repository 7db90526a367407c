//! Documents that were asked before: parsed and measured once, then remembered by their text.

mod checks;
pub mod limits;
mod normalise;
mod references;
mod skipped;
mod variables;

use std::sync::Arc;

use async_graphql::parser::types::{
    BaseType, DocumentOperations, ExecutableDocument, OperationDefinition, OperationType,
};
use async_graphql::parser::{Error as ParseError, parse_query};
use async_graphql::{Name, Positioned, Request, ServerError, Value, Variables};
use moka::sync::Cache;

use self::limits::Introspection;
use super::{error::invalid, role_types::RoleTypes};
use crate::access::Limits;
use crate::audit::Digest;

/// How much text is remembered, in bytes. A parsed document takes some thirty times its text.
const REMEMBERED: u64 = 512 * 1024;
/// Longer documents are not remembered.
const LONGEST: usize = 32 * 1024;

/// The types whose values are numbers.
const NUMBERS: [&str; 2] = ["Int", "Float"];

/// Documents that have been parsed and measured.
pub struct Documents {
    limits: Limits,
    parsed: Cache<String, Arc<ParsedDocument>>,
}

/// A document that has been parsed, with its digest.
struct ParsedDocument {
    document: ExecutableDocument,
    digest: Digest,
}

/// What was asked, for the record.
#[derive(Clone, Debug)]
pub struct RequestSummary {
    /// Digest of the normalised document.
    pub document: Digest,
    /// Name of the operation.
    pub name: Option<String>,
    /// Its variables.
    pub variables: Vec<DeclaredVariable>,
}

/// A variable that the operation declares, with what was given for it.
#[derive(Clone, Debug)]
pub struct DeclaredVariable {
    /// Its name.
    pub name: Name,
    /// What was given.
    pub value: Value,
    /// Whether its type is a number, so that it can be nobody's identifier.
    pub is_number: bool,
}

impl DeclaredVariable {
    fn of(operation: &OperationDefinition, variables: &Variables) -> Vec<DeclaredVariable> {
        let declared = operation.variable_definitions.iter().map(|variable| &variable.node);
        let given = declared.filter_map(|variable| {
            let name = &variable.name.node;
            let is_number =
                matches!(&variable.var_type.node.base, BaseType::Named(kind) if NUMBERS.contains(&kind.as_str()));
            Some(DeclaredVariable { name: name.clone(), value: variables.get(name)?.clone(), is_number })
        });
        given.collect()
    }
}

/// One request, measured: what it is and what it may cost.
pub struct PreparedRequest {
    /// The request with its parsed document.
    pub request: Request,
    /// Query, mutation or subscription.
    pub kind: OperationType,
    /// How many objects it may fetch.
    pub cost: usize,
    /// What is recorded of it.
    pub asked: RequestSummary,
}

impl Documents {
    /// Measures by these limits.
    pub fn new(limits: Limits) -> Documents {
        let weight = |text: &String, _: &Arc<ParsedDocument>| u32::try_from(text.len()).unwrap_or(u32::MAX);
        Documents { limits, parsed: Cache::builder().weigher(weight).max_capacity(REMEMBERED).build() }
    }

    /// Parses and measures a document with its variables; `schema` tells what the schema of the one who asks tells of
    /// itself. Nothing has been looked up when this refuses.
    ///
    /// # Errors
    /// The document cannot be parsed, has no operation of this name, or asks for too much.
    pub fn prepare(
        &self,
        query: String,
        operation_name: Option<String>,
        mut variables: Variables,
        schema: &dyn Fn() -> Arc<Introspection>,
    ) -> Result<PreparedRequest, ServerError> {
        let parsed = self.parse(&query)?;
        let found = find(&parsed.document, operation_name.as_deref())?;
        let operation = &found.node;
        for value in variables.values() {
            limits::check_constant(value)?;
        }
        let name = operation_name.clone().or_else(|| only_name(&parsed.document));
        let asked =
            RequestSummary { document: parsed.digest, name, variables: DeclaredVariable::of(operation, &variables) };
        variables::complete(operation, &mut variables)?;
        let document = skipped::taken_out(&parsed.document, found, &variables)?;
        let left = &find(&document, operation_name.as_deref())?.node;
        let cost = limits::cost(&document, left, &variables, &self.limits, schema)?;
        let kind = operation.ty;
        let mut request = Request::new(query).variables(variables);
        request.operation_name = operation_name;
        request.set_parsed_query(document);
        Ok(PreparedRequest { request, kind, cost, asked })
    }

    fn parse(&self, query: &str) -> Result<Arc<ParsedDocument>, ServerError> {
        if let Some(known) = self.parsed.get(query) {
            return Ok(known);
        }
        limits::check_text(query, self.limits.max_tokens)?;
        let document = read(query)?;
        limits::check_shape(&document, &self.limits)?;
        let parsed = Arc::new(ParsedDocument { document, digest: normalise::digest(query) });
        if query.len() <= LONGEST {
            self.parsed.insert(query.to_owned(), Arc::clone(&parsed));
        }
        Ok(parsed)
    }

    /// The limits by which documents are measured.
    pub fn limits(&self) -> Limits {
        self.limits
    }
}

/// Reads a document. What the library says of one that it cannot read repeats the whole line.
fn read(query: &str) -> Result<ExecutableDocument, ServerError> {
    parse_query(query).map_err(|error| {
        let at = error.positions().next();
        let words = match &error {
            ParseError::Syntax { message, .. } => {
                let expected = message.lines().last().unwrap_or_default().trim_start_matches([' ', '=']);
                format!("Syntax error: {expected}.")
            }
            ParseError::MultipleOperations { .. } => {
                "An operation without a name must be the only one of its document.".to_owned()
            }
            ParseError::MissingOperation => "The document has no operation.".to_owned(),
            other => format!("The document cannot be read: {other}."),
        };
        invalid(&words, at)
    })
}

/// The request with a document that has been checked against what a role is shown, and whose variables fit it.
///
/// # Errors
/// The document asks for something that is not shown, or is wrong in another way.
pub(in crate::graphql) fn fitted(shown: &RoleTypes, mut request: Request) -> Result<Request, Vec<ServerError>> {
    let mut document = request.parsed_query().map_err(|error| vec![error])?.clone();
    let asked = find(&document, request.operation_name.as_deref()).map_err(|error| vec![error])?;
    variables::complete(&asked.node, &mut request.variables).map_err(|error| vec![error])?;
    checks::check(shown, &document, asked, &request.variables)?;
    let asked = asked.pos;
    variables::settle(shown, &mut document, asked, &mut request.variables);
    request.set_parsed_query(document);
    Ok(request)
}

fn find<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a Positioned<OperationDefinition>, ServerError> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(operation),
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.get(name).ok_or("The document has no operation of this name.")
        }
        (DocumentOperations::Single(_), Some(_)) => Err("The document has no operation of this name."),
        (DocumentOperations::Multiple(operations), None) => match (operations.values().next(), operations.len()) {
            (Some(only), 1) => Ok(only),
            _ => Err("The document has several operations: say which one with operationName."),
        },
    };
    found.map_err(|message| invalid(message, None))
}

/// The name of the one operation that a document has, if it has one.
fn only_name(document: &ExecutableDocument) -> Option<String> {
    let mut names = document.operations.iter().filter_map(|(name, _)| name);
    names.next().map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepare(query: &str, name: Option<&str>) -> Result<PreparedRequest, ServerError> {
        let (name, schema) = (name.map(str::to_owned), &Default::default);
        Documents::new(Limits::default()).prepare(query.to_owned(), name, Variables::default(), schema)
    }

    #[test]
    fn the_operation_is_found_by_name_and_must_be_named_among_several() {
        let several = "query A { a } mutation B { b }";
        assert_eq!(prepare(several, Some("B")).map(|prepared| prepared.kind).ok(), Some(OperationType::Mutation));
        assert_eq!(prepare("query A { a }", None).map(|prepared| prepared.kind).ok(), Some(OperationType::Query));
        for (query, name) in [(several, None), (several, Some("C")), ("{ a }", Some("A")), ("{", None)] {
            assert!(prepare(query, name).is_err(), "{query} {name:?}");
        }
    }

    #[test]
    fn a_document_that_cannot_be_read_is_told_without_repeating_it() {
        for (query, expected) in [
            ("{ child(id: \"C0001\") {", "Syntax error: expected selection."),
            ("{ a } { b }", "An operation without a name must be the only one of its document."),
            ("query A { a } query A { a }", "The document cannot be read: operation A is defined twice."),
            ("fragment F on T { a }", "The document has no operation."),
            ("", "Syntax error: expected executable_definition."),
        ] {
            assert_eq!(prepare(query, None).err().map(|error| error.message).as_deref(), Some(expected), "{query}");
        }
    }

    #[test]
    fn variables_are_measured_although_the_document_is_remembered() {
        let documents = Documents::new(Limits::default());
        let query = "query ($n: Int) { a(first: $n) { nodes { b } } }";
        let ask =
            |variables| documents.prepare(query.to_owned(), None, Variables::from_json(variables), &Default::default);
        assert_eq!(ask(serde_json::json!({"n": 10})).map(|prepared| prepared.cost).ok(), Some(10));
        assert_eq!(ask(serde_json::json!({"n": 20})).map(|prepared| prepared.cost).ok(), Some(20));
        assert!(ask(serde_json::json!({"n": 2000})).is_err());
        assert!(ask(serde_json::json!({"n": "\u{0}"})).is_err());
    }
}
