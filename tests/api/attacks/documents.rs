//! Documents that are small to write and large to answer, or that try to slip past a check.

use super::{Attack, invalid, many, over};

/// All of them.
pub fn all() -> Vec<Attack> {
    [large(), circular(), introspection(), slipping(), guessing()].into_iter().flatten().collect()
}

fn aliases(count: usize, field: &str) -> String {
    many(count, |number| format!("a{number}: {field}"))
}

fn large() -> Vec<Attack> {
    let variables = |count| many(count, |number| format!("$v{number}: Int"));
    let deep = |levels: usize| format!("{{ {} __typename {} }}", "viewer { ".repeat(levels), "}".repeat(levels));
    let fan = many(30, |n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }}", n + 1));
    vec![
        over("101 aliases", format!("{{ {} }}", aliases(101, "__typename"))),
        over("10,000 aliases", format!("{{ {} }}", aliases(10_000, "__typename"))),
        over(
            "aliases times depth",
            format!("{{ viewer {{ {} limits {{ {} }} }} }}", aliases(40, "role"), aliases(40, "maxDepth")),
        ),
        over(
            "aliases in fragments",
            format!("{{ ...F {} }} fragment F on Query {{ {} }}", aliases(26, "__typename"), aliases(26, "__typename")),
        ),
        over("one field 500 times", format!("{{ {} }}", "__typename ".repeat(500))),
        over("one field 9,000 times", format!("{{ {} }}", "__typename ".repeat(9_000))),
        over("10 directives on a field", format!("{{ __typename {} }}", "@skip(if: false) ".repeat(10))),
        over("10 unknown directives on a field", format!("{{ __typename {} }}", "@aa ".repeat(10))),
        over("1,000 directives on a field", format!("{{ __typename {} }}", "@skip(if: false) ".repeat(1_000))),
        over("10,000 directives on a field", format!("{{ __typename {} }}", "@aa ".repeat(10_000))),
        over("13 levels", deep(13)),
        over("5,000 levels that never end", "{ viewer ".repeat(5_000)),
        over("100,000 open braces", "{".repeat(100_000)),
        over("100,000 open brackets in a value", format!("{{ indicator(code: {}", "[".repeat(100_000))),
        over("20,000 variables", format!("query ({}) {{ __typename }}", variables(20_000))),
        invalid("2,000 variables that nothing uses", format!("query ({}) {{ __typename }}", variables(1_900))),
        over("21 fields at the top", format!("{{ {} }}", aliases(21, "apiVersion { version }"))),
        over("a page of 1,001", "{ indicators(first: 1001) { totalCount } }"),
        over(
            "large pages in large pages",
            r#"{ authority(by: {onsCode: "E09000015"}) { children(first: 1000) { nodes {
            episodes { nodes { id } } placements { nodes { id carer { id placements { nodes { id } } } } } } } } }"#,
        ),
        over("9,000 words with nothing between them", format!("{{ {} }}", many(9_999, |number| format!("f{number}")))),
        invalid("4,900 unknown fields", format!("{{ viewer {{ {} }} }}", many(4_900, |number| format!("f{number}")))),
        over(
            "fragments that double at every step",
            format!("{{ ...F0 }} {fan} fragment F30 on Query {{ __typename }}"),
        ),
        over(
            "unused fragments that double at every step",
            format!("{{ __typename }} {fan} fragment F30 on Query {{ __typename }}"),
        ),
        over(
            "a large fragment in a thousand places",
            format!(
                "{{ __typename }} fragment A on Query {{ {} }} fragment B on Viewer {{ {} }}",
                many(900, |_| "... { viewer { ...B } }".to_owned()),
                many(40, |number| format!("b{number}: role")),
            ),
        ),
        invalid(
            "300 operations that each use 250 fragments and a variable of no type",
            format!(
                "{} fragment A on Query {{ {} node(id: $x) {{ id }} }} {}",
                many(300, |number| format!("query Q{number}($x: X) {{ ...A }}")),
                many(250, |number| format!("...F{number}")),
                many(250, |number| format!("fragment F{number} on Query {{ viewer {{ role }} }}")),
            ),
        ),
        invalid(
            "1,500 variables in one list",
            format!(
                "query ({}) {{ nodes(ids: [{}]) {{ id }} }}",
                many(1_500, |number| format!("$v{number}: ID")),
                many(1_500, |number| format!("$v{number}")),
            ),
        ),
        invalid("a comment of 200,000 letters", format!("#{}\n{{ nothing }}", "x".repeat(200_000))),
        invalid("a text of 60,000 lines", format!(r#"{{ nothing(x: """{}""") }}"#, " \n".repeat(60_000))),
        invalid("a name of 200,000 letters", format!("{{ {} }}", "x".repeat(200_000))),
    ]
}

fn circular() -> Vec<Attack> {
    let chain = many(40, |n| format!("fragment F{n} on Query {{ ...F{} }}", n + 1));
    vec![
        over("a fragment that uses itself", "{ ...A } fragment A on Query { ...A }"),
        over("fragments in a circle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
        over(
            "unused fragments in a circle",
            "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }",
        ),
        over("forty fragments one in the other", format!("{{ ...F0 }} {chain} fragment F40 on Query {{ __typename }}")),
    ]
}

fn introspection() -> Vec<Attack> {
    vec![
        over(
            "fields of fields of fields",
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        ),
        over(
            "fields of fields of fields under other names",
            "{ s: __schema { t: types { f: fields { t: type { f: fields { t: type { f: fields { name } } } } } } } }",
        ),
        over(
            "fields of fields in fragments",
            "{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...U } } } \
            fragment U on __Type { fields { type { fields { name } } } }",
        ),
        over("the schema twenty times", format!("{{ {} }}", aliases(20, "__schema { types { name } }"))),
        over(
            "the schema in two operations",
            "query A { __schema { queryType { name } } } query B { __schema { queryType { name } } }",
        ),
        over(
            "the schema in a fragment and beside it",
            "{ ...F ... { ...F } } fragment F on Query { __schema { queryType { name } } }",
        ),
        over(
            "thirty aliased lists of fields in a fragment three deep",
            format!(
                "{{ __schema {{ types {{ ...A }} }} }} fragment A on __Type {{ {} }} fragment B on __Field {{ type {{ ...C }} }} \
                 fragment C on __Type {{ {} }}",
                many(25, |number| format!("f{number}: fields {{ ...B }}")),
                many(25, |number| format!("g{number}: fields {{ name }}")),
            ),
        ),
        over("a type a thousand times", format!("{{ {} }}", aliases(1_000, "__type(name: \"Query\") { name }"))),
        over(
            "a hundred fields beside the schema",
            format!(
                "{{ __schema {{ types {{ {} }} }} }}",
                many(150, |n| format!("... {{ fields {{ name description args {{ name }} }} }} # {n}\n"))
            ),
        ),
        over(
            "a type of a type, 25 deep",
            format!("{{ __type(name: \"Query\") {{ {} name {} }} }}", "ofType { ".repeat(25), "}".repeat(25)),
        ),
    ]
}

/// What the library does not look at by itself.
fn slipping() -> Vec<Attack> {
    vec![
        invalid("an unknown field with @ifdef", "{ viewer { secret @ifdef } }"),
        invalid("an unknown field with @ifdef in an unused fragment", "{ __typename } fragment F on Viewer { secret @ifdef }"),
        invalid("a directive on a variable", "query ($last: Int @secret) { periods(kind: QUARTER, last: $last) { code } }"),
        invalid("a directive on the name of a type", "{ __typename @secret }"),
        invalid("arguments of the name of a type", "{ __typename(secret: 1) }"),
        invalid("fields of the name of a type", "{ __typename { secret } }"),
        invalid("a directive that describes the schema", "{ viewer @access(domain: CORE, level: N) { role } }"),
        invalid("a default of a list of something unknown", "query ($x: [Secret!] = [1]) { node(id: $x) { id } }"),
        invalid("an unknown field beside a variable left out", r#"query ($ages: [String!]) { authority(by: {onsCode: "E09000015"}) {
            children(filter: {ageBand: $ages, secret: 1}) { totalCount } } }"#),
        invalid("a wrong value beside a variable left out", "query ($edition: String) { authority(by: {onsCode: \"E09000015\"}) {
            value(indicator: \"cla_number\", period: {latest: QUARTER}) { comparators(of: [{kind: SECRET, edition: $edition}]) { name } } } }"),
        invalid("an unknown value as a default", "query ($kind: PeriodKind! = SECRET) { periods(kind: $kind) { code } }"),
        invalid("an unknown type in an unused fragment", "{ __typename } fragment F on Secret { id }"),
        invalid("a fragment that no operation uses beside another operation", "query A { __typename } query B { secret } fragment F on Secret { id }"),
        invalid("an unknown field in an unknown field", "{ secret { secret { secret } } }"),
        invalid("the name of a type of a subscription", "subscription { __typename }"),
        invalid("a mutation", "mutation { secret }"),
        invalid("several operations and none named", "query A { __typename } query B { __typename }"),
        invalid("nothing", ""),
        invalid("a type definition", "type Secret { id: ID }"),
    ]
}

/// Names that are nearly right, to be told the right ones.
fn guessing() -> Vec<Attack> {
    vec![
        invalid("a field nearly right", "{ viewer { rol } }"),
        invalid("the schema nearly right", "{ __schema { directive } }"),
        invalid("an argument nearly right", "{ indicator(cod: \"cla_number\") { code } }"),
        invalid("an argument of a directive nearly right", "{ viewer @skip(iff: true) { role } }"),
        invalid("a directive nearly right", "{ viewer @skipp(if: true) { role } }"),
        invalid("a type nearly right", "{ __typename ... on Querry { viewer { role } } }"),
        invalid("a value nearly right", "{ periods(kind: QUARTERS) { code } }"),
        invalid("a field of an input nearly right", "{ authority(by: {onsCod: \"E09000015\"}) { name } }"),
    ]
}
