//! `schema.graphql` is what the program serves, everything in it is described, and every field says who may read it.

use async_graphql::parser::{
    parse_schema,
    types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition},
};
use async_graphql::{Positioned, Value};

use crate::is_current;

#[test]
fn the_committed_schema_is_the_one_that_is_served() {
    is_current("schema.graphql", &lookedafter::graphql::sdl());
}

#[test]
fn everything_is_described() {
    let mut silent = Vec::new();
    let mut check = |coordinate: String, description: &Option<Positioned<String>>| {
        if description.as_ref().is_none_or(|text| text.node.trim().is_empty()) {
            silent.push(coordinate);
        }
    };
    for definition in parse_schema(lookedafter::graphql::sdl()).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let (name, definition) = (definition.node.name.node.to_string(), definition.node);
        check(name.clone(), &definition.description);
        for (field, arguments) in fields(&definition.kind) {
            check(format!("{name}.{}", field.name.node), &field.description);
            for argument in arguments {
                check(format!("{name}.{}({}:)", field.name.node, argument.node.name.node), &argument.node.description);
            }
        }
        match &definition.kind {
            TypeKind::Enum(kind) => {
                for value in &kind.values {
                    check(format!("{name}.{}", value.node.value.node), &value.node.description);
                }
            }
            TypeKind::InputObject(kind) => {
                for field in &kind.fields {
                    check(format!("{name}.{}", field.node.name.node), &field.node.description);
                }
            }
            _ => {}
        }
    }
    assert!(silent.is_empty(), "without a description: {silent:#?}");
}

/// So that there is one way not to say something: to leave it out.
#[test]
fn what_has_a_default_is_never_null() {
    let mut both = Vec::new();
    let mut check = |coordinate: String, given: &InputValueDefinition| {
        if given.default_value.is_some() && given.ty.node.nullable {
            both.push(format!("{coordinate}.{}", given.name.node));
        }
    };
    for definition in parse_schema(lookedafter::graphql::sdl()).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        for (field, arguments) in fields(&definition.node.kind) {
            arguments.iter().for_each(|given| check(format!("{name}.{}", field.name.node), &given.node));
        }
        if let TypeKind::InputObject(kind) = &definition.node.kind {
            kind.fields.iter().for_each(|given| check(name.clone(), &given.node));
        }
    }
    assert!(both.is_empty(), "nullable, with a default: {both:?}");
}

#[test]
fn every_field_says_what_it_takes_to_read_it() {
    let mut silent = Vec::new();
    let mut seen = 0;
    for definition in parse_schema(lookedafter::graphql::sdl()).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let (name, TypeKind::Object(kind)) = (definition.node.name.node.to_string(), &definition.node.kind) else {
            continue;
        };
        for field in &kind.fields {
            seen += 1;
            if !says_access(&field.node) {
                silent.push(format!("{name}.{}", field.node.name.node));
            }
        }
    }
    assert!(seen > 100, "only {seen} fields were looked at");
    assert!(silent.is_empty(), "without @access: {silent:#?}");
}

fn says_access(field: &FieldDefinition) -> bool {
    field.directives.iter().any(|directive| {
        let directive = &directive.node;
        let given = |name: &str| matches!(directive.get_argument(name).map(|value| &value.node), Some(Value::Enum(_)));
        directive.name.node == "access" && given("domain") && given("level")
    })
}

fn fields(kind: &TypeKind) -> Vec<(&FieldDefinition, &[Positioned<InputValueDefinition>])> {
    let fields = match kind {
        TypeKind::Object(kind) => &kind.fields,
        TypeKind::Interface(kind) => &kind.fields,
        _ => return Vec::new(),
    };
    fields.iter().map(|field| (&field.node, field.node.arguments.as_slice())).collect()
}
