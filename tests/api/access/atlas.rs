//! The schema as a map, read from its text alone: every field with its declaration, and an operation that reaches it.

use std::collections::{BTreeMap, VecDeque};

use async_graphql::Positioned;
use async_graphql::parser::{
    parse_schema,
    types::{BaseType, ConstDirective, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition},
};
use lookedafter::graphql::sdl;

/// What a field, argument or input field says about its access: domain and level.
pub type Declared = (String, String);

/// An argument or an input field.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// The name of its type, without lists and signs.
    pub kind: String,
    /// Its type as it is written.
    pub written: String,
    /// Whether it must be given.
    pub required: bool,
    /// Its default as it is written, if it has one.
    pub default: Option<String>,
    /// What it says of access, if anything.
    pub declared: Option<Declared>,
}

/// A field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The name of its type, without lists and signs.
    pub kind: String,
    /// Its arguments.
    pub arguments: Vec<Given>,
    /// What it says of access.
    pub declared: Declared,
}

/// The whole schema.
pub struct Atlas {
    /// Objects with their fields.
    pub objects: BTreeMap<String, Vec<Field>>,
    /// Input objects with their fields.
    pub inputs: BTreeMap<String, Vec<Given>>,
    /// The values of enumerations.
    pub enums: BTreeMap<String, Vec<String>>,
}

fn named(kind: &Type) -> String {
    match &kind.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => named(inner),
    }
}

fn declared(directives: &[Positioned<ConstDirective>]) -> Option<Declared> {
    let access = directives.iter().find(|directive| directive.node.name.node == "access")?;
    let word = |name: &str| access.node.get_argument(name).map(|value| value.node.to_string());
    Some((word("domain")?.to_lowercase(), word("level")?))
}

fn given(definition: &Positioned<InputValueDefinition>) -> Given {
    let definition = &definition.node;
    Given {
        name: definition.name.node.to_string(),
        kind: named(&definition.ty.node),
        written: definition.ty.node.to_string(),
        default: definition.default_value.as_ref().map(|value| value.node.to_string()),
        required: !definition.ty.node.nullable && definition.default_value.is_none(),
        declared: declared(&definition.directives),
    }
}

fn field(owner: &str, definition: &Positioned<FieldDefinition>) -> Field {
    let definition = &definition.node;
    let name = definition.name.node.to_string();
    let says = declared(&definition.directives).unwrap_or_else(|| panic!("{owner}.{name} declares no access"));
    let arguments = definition.arguments.iter().map(given).collect();
    Field { name, kind: named(&definition.ty.node), arguments, declared: says }
}

impl Atlas {
    /// Reads the schema.
    pub fn read() -> Atlas {
        let (mut objects, mut inputs, mut enums) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for definition in parse_schema(sdl()).unwrap().definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match &definition.node.kind {
                TypeKind::Object(kind) => {
                    let fields = kind.fields.iter().map(|definition| field(&name, definition)).collect();
                    objects.insert(name, fields);
                }
                TypeKind::InputObject(kind) => drop(inputs.insert(name, kind.fields.iter().map(given).collect())),
                TypeKind::Enum(kind) => {
                    enums.insert(name, kind.values.iter().map(|value| value.node.value.node.to_string()).collect());
                }
                _ => {}
            }
        }
        Atlas { objects, inputs, enums }
    }

    /// A field.
    pub fn field(&self, owner: &str, name: &str) -> &Field {
        self.objects[owner].iter().find(|field| field.name == name).unwrap()
    }

    /// The shortest ways from a root to every object, questions before changes, over fields that `open` lets through.
    pub fn ways(&self, open: impl Fn(&str, &Field) -> bool) -> BTreeMap<String, Vec<(String, String)>> {
        let mut ways: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let mut next = VecDeque::from(["Query".to_owned(), "Mutation".to_owned()]);
        ways.extend(next.iter().map(|root| (root.clone(), Vec::new())));
        while let Some(owner) = next.pop_front() {
            for field in self.objects[&owner].iter().filter(|field| open(&owner, field)) {
                if self.objects.contains_key(&field.kind) && !ways.contains_key(&field.kind) {
                    let mut way = ways[&owner].clone();
                    way.push((owner.clone(), field.name.clone()));
                    ways.insert(field.kind.clone(), way);
                    next.push_back(field.kind.clone());
                }
            }
        }
        ways
    }

    /// Every object field, and every argument and input field that declares its access, as `Type.field`,
    /// `Type.field(argument:)` and `Input.field`, with its declaration.
    pub fn coordinates(&self) -> BTreeMap<String, Declared> {
        let mut all = BTreeMap::new();
        for (owner, fields) in &self.objects {
            for field in fields {
                all.insert(format!("{owner}.{}", field.name), field.declared.clone());
                for argument in &field.arguments {
                    if let Some(says) = &argument.declared {
                        all.insert(format!("{owner}.{}({}:)", field.name, argument.name), says.clone());
                    }
                }
            }
        }
        for (owner, fields) in &self.inputs {
            for field in fields {
                if let Some(says) = &field.declared {
                    all.insert(format!("{owner}.{}", field.name), says.clone());
                }
            }
        }
        all
    }

    /// A field in an operation, with all the arguments that it needs and what is asked of it.
    pub fn ask(&self, owner: &str, name: &str, inner: &str, about: &str) -> String {
        let needed = self.field(owner, name).arguments.iter().filter(|argument| argument.required);
        let needed: Vec<String> = needed.map(|argument| self.ask_argument(owner, argument, about)).collect();
        let arguments = if needed.is_empty() { String::new() } else { format!("({})", needed.join(", ")) };
        let inner = if inner.is_empty() { String::new() } else { format!(" {{ {inner} }}") };
        format!("{name}{arguments}{inner}")
    }

    /// An argument with what is given for it.
    pub fn ask_argument(&self, owner: &str, argument: &Given, about: &str) -> String {
        format!("{}: {}", argument.name, literal(owner, argument, about))
    }

    /// What is asked of a field, so that it can stand in an operation: nothing of a word or a number.
    pub fn leaf(&self, kind: &str) -> &'static str {
        if self.objects.contains_key(kind) || kind == "Node" { "__typename" } else { "" }
    }

    /// An operation that goes a way to a type and asks this of it.
    pub fn along(&self, owner: &str, way: &[(String, String)], inner: &str, about: &str) -> String {
        let kind = if changes(owner, way) { "mutation " } else { "" };
        let inner =
            way.iter().rev().fold(inner.to_owned(), |inner, (owner, name)| self.ask(owner, name, &inner, about));
        format!("{kind}{{ {inner} }}")
    }
}

/// Whether a way begins with a change.
pub fn changes(owner: &str, way: &[(String, String)]) -> bool {
    way.first().map_or(owner, |(root, _)| root) == "Mutation"
}

/// The indicator that everyone may see who may see any, rated by a target.
pub const INDICATOR: &str = "ceased_sgo_pct";

/// What is given for an argument. The table is small because the schema asks for little.
fn literal(owner: &str, argument: &Given, about: &str) -> String {
    let today = chrono::Utc::now().date_naive();
    match (argument.kind.as_str(), argument.name.as_str()) {
        ("AuthorityKey", _) => format!("{{onsCode: \"{about}\"}}"),
        ("ID", "ids") => format!("[\"{}\"]", authority_id(about)),
        ("ID", _) => format!("\"{}\"", authority_id(about)),
        ("PeriodKind", _) => "QUARTER".to_owned(),
        ("PeriodInput", _) => "{code: \"2023-24-Q2\"}".to_owned(),
        ("BreakdownDimension", _) => "ETHNICITY".to_owned(),
        ("CarerFilter", _) => "{approvedOn: \"2023-09-30\"}".to_owned(),
        ("LeaverFilter", _) => "{on: \"2023-09-30\"}".to_owned(),
        ("CohortPart", _) => "DENOMINATOR".to_owned(),
        ("AddGrantInput", _) => format!(
            "{{authority: \"{about}\", subject: \"new\", role: \"panel_member\", organisation: \"Council\", agreement: \"A\",
                from: \"{today}\", to: \"{today}\"}}"
        ),
        ("ChangeGrantInput", _) => "{id: \"none\", reason: \"none\"}".to_owned(),
        ("String", "authority") => format!("\"{about}\""),
        ("String", "code" | "indicator") => format!("\"{INDICATOR}\""),
        ("String", "indicators") => format!("[\"{INDICATOR}\"]"),
        (kind, name) => panic!("{owner}: nothing is known to give for {name}: {kind}"),
    }
}

/// The global id of an authority, which is no secret.
pub fn authority_id(code: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(format!("Authority\u{1f}{code}"))
}
