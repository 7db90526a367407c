//! What a front end's cache must know of the schema is written from it: scalars, Apollo's policies, urql's keys.

use std::collections::BTreeMap;
use std::fmt::Write;

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
};

use lookedafter::access::Purpose;

use crate::is_current;

/// A type of the schema with its fields.
struct Object {
    name: String,
    implements: Vec<String>,
    fields: Vec<FieldDefinition>,
}

impl Object {
    fn field(&self, name: &str) -> Option<&FieldDefinition> {
        self.fields.iter().find(|field| field.name.node == name)
    }

    /// Whether a cache may keep it in one place by its `id`.
    fn has_identity(&self) -> bool {
        self.field("id").is_some()
    }

    fn is_root(&self) -> bool {
        ["Query", "Mutation"].contains(&self.name.as_str())
    }

    fn is_page(&self) -> bool {
        self.field("pageInfo").is_some() && self.field("nodes").is_some()
    }
}

fn objects() -> BTreeMap<String, Object> {
    let definitions = parse_schema(lookedafter::graphql::sdl()).unwrap().definitions.into_iter();
    let objects = definitions.filter_map(|definition| {
        let TypeSystemDefinition::Type(definition) = definition else { return None };
        let name = definition.node.name.node.to_string();
        let TypeKind::Object(kind) = definition.node.kind else { return None };
        let implements = kind.implements.iter().map(|interface| interface.node.to_string()).collect();
        let fields = kind.fields.into_iter().map(|field| field.node).collect();
        Some((name.clone(), Object { name, implements, fields }))
    });
    objects.collect()
}

/// The name of a field's type, and whether the field is a list.
fn named(of: &Type) -> (&str, bool) {
    match &of.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(items) => (named(items).0, true),
    }
}

/// Fields that hold a page, with the arguments that make it another list; `after` only goes on in it.
fn pages<'a>(object: &'a Object, all: &BTreeMap<String, Object>) -> Vec<(&'a str, Vec<&'a str>)> {
    let pages = object.fields.iter().filter(|field| all.get(named(&field.ty.node).0).is_some_and(Object::is_page));
    let arguments = |field: &'a FieldDefinition| {
        let names = field.arguments.iter().map(|argument| argument.node.name.node.as_str());
        names.filter(|name| *name != "after").collect()
    };
    pages.map(|field| (field.name.node.as_str(), arguments(field))).collect()
}

/// Fields that hold a list of things without an identity.
fn lists<'a>(object: &'a Object, all: &BTreeMap<String, Object>) -> Vec<&'a str> {
    if object.is_page() {
        return Vec::new();
    }
    let lists = object.fields.iter().filter(|field| {
        let (name, is_list) = named(&field.ty.node);
        is_list && all.get(name).is_some_and(|item| !item.has_identity())
    });
    lists.map(|field| field.name.node.as_str()).collect()
}

const HEAD: &str = "// Generated from the schema; docs/frontend.md says how to use it.\n";

#[test]
fn the_scalars_of_clients_are_those_of_the_schema() {
    let mut names = Vec::new();
    for definition in parse_schema(lookedafter::graphql::sdl()).unwrap().definitions {
        if let TypeSystemDefinition::Type(definition) = definition
            && matches!(definition.node.kind, TypeKind::Scalar)
        {
            names.push(definition.node.name.node.to_string());
        }
    }
    // Both are texts in JSON. A day is none of JavaScript's Date, which is a moment and may be another day elsewhere.
    let mut file =
        format!("{HEAD}\n/** What each scalar is in TypeScript, for codegen. */\nexport const scalars = {{\n");
    for name in names {
        assert!(["Date", "DateTime"].contains(&name.as_str()), "what is {name} in TypeScript?");
        writeln!(file, "  {name}: 'string',").unwrap();
    }
    file.push_str("} as const;\n");
    is_current("clients/scalars.ts", &file);
}

#[test]
fn apollo_keeps_what_has_no_identity_with_what_it_belongs_to() {
    let all = objects();
    let mut file = format!("{HEAD}import type {{ TypePolicies }} from '@apollo/client';\n");
    file.push_str("import { list, page } from './merging';\n\n");
    file.push_str("/** The types that an interface stands for. */\nexport const possibleTypes = {\n");
    let mut interfaces: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for object in all.values() {
        object.implements.iter().for_each(|of| interfaces.entry(of).or_default().push(&object.name));
    }
    for (interface, types) in interfaces {
        writeln!(file, "  {interface}: [\n    '{}',\n  ],", types.join("',\n    '")).unwrap();
    }
    file.push_str("};\n\n/** How answers are kept and put together. */\nexport const typePolicies: TypePolicies = {\n");
    for object in all.values().filter(|object| object.name != "Mutation") {
        let (pages, lists) = (pages(object, &all), lists(object, &all));
        let is_value = !object.has_identity() && !object.is_root() && !object.is_page();
        if !is_value && pages.is_empty() && lists.is_empty() {
            continue;
        }
        writeln!(file, "  {}: {{", object.name).unwrap();
        if is_value {
            // Where a page ends is told again by each page, and `page` puts it together.
            let merge = if object.name == "PageInfo" { "" } else { "    merge: true,\n" };
            write!(file, "    keyFields: false,\n{merge}").unwrap();
        }
        if !pages.is_empty() || !lists.is_empty() {
            file.push_str("    fields: {\n");
            for (field, arguments) in pages {
                writeln!(file, "      {field}: page(['{}']),", arguments.join("', '")).unwrap();
            }
            lists.iter().for_each(|field| writeln!(file, "      {field}: list,").unwrap());
            file.push_str("    },\n");
        }
        file.push_str("  },\n");
    }
    file.push_str("};\n");
    is_current("clients/apollo.ts", &file);
}

#[test]
fn urql_is_told_what_has_no_identity_and_what_comes_in_pages() {
    let all = objects();
    let mut file = format!("{HEAD}import type {{ KeyingConfig, ResolverConfig }} from '@urql/exchange-graphcache';\n");
    file.push_str("import { relayPagination } from '@urql/exchange-graphcache/extras';\n\n");
    file.push_str("const none = () => null;\n\n");
    file.push_str(
        "/** Types without an identity: they belong to what they are in. */\nexport const keys: KeyingConfig = {\n",
    );
    for object in all.values().filter(|object| !object.has_identity() && !object.is_root()) {
        writeln!(file, "  {}: none,", object.name).unwrap();
    }
    file.push_str("};\n\n/** Lists whose pages are shown as one. */\nexport const resolvers: ResolverConfig = {\n");
    for object in all.values() {
        let pages = pages(object, &all);
        if pages.is_empty() {
            continue;
        }
        writeln!(file, "  {}: {{", object.name).unwrap();
        pages.iter().for_each(|(field, _)| writeln!(file, "    {field}: relayPagination(),").unwrap());
        file.push_str("  },\n");
    }
    file.push_str("};\n");
    is_current("clients/urql.ts", &file);
}

#[test]
fn every_purpose_is_suggested_where_one_can_be_stated() {
    for file in ["graphiql/src/choices.js", "docs/frontend.md"] {
        let text = std::fs::read_to_string(crate::repository(file)).unwrap();
        for purpose in Purpose::ALL {
            assert!(text.contains(&format!("'{}'", purpose.code())), "{file} lacks {}", purpose.code());
        }
    }
}
