//! The policy as a page to read and sign: one table of roles and domains, and what goes with each role.

use std::fmt::Write;

use super::{Act, Domain, Level, Policy, Purpose, Role};

/// The page, in Markdown.
pub fn page(policy: &Policy) -> String {
    let mut page = String::from(OPENING);
    matrix(&mut page, policy);
    page.push_str(BETWEEN);
    for role in policy.roles() {
        conditions(&mut page, policy, role);
    }
    page.push_str("\n## Domains\n\n| domain | what it holds |\n|---|---|\n");
    for domain in Domain::ALL {
        row(&mut page, [format!("`{}`", domain.code()), domain.words().to_owned()]);
    }
    page.push_str(CLOSING);
    page
}

const OPENING: &str = "\
# Who may see what

This page is generated from `policy/access.toml`, which is what the program obeys. A role or domain that is not in it is
denied, and what is denied does not exist for the one who asks: not in the schema, not in an error.

## Roles and domains

| sign | meaning |
|---|---|
| I | child rows with identifiers, and exact days |
| P | child rows under a pseudonym of the organisation and year, ages in years, as at the ends of the last four quarters |
| N | totals, true values |
| S | totals, suppressed where small |
| R | totals, suppressed where small, and rounded |
| – | denied |

Rows give no right to totals: where both are permitted, both are named.

";

const BETWEEN: &str = "
## What goes with each role

Every role sees only the authorities that its grants name, between the first and the last day of the grant, and nothing
while the grant is suspended. A *partner* is another organisation: it reads rows only under an agreement in force and a
grant of at most twelve months, and must state a purpose for true totals too. Everyone states a purpose for rows.
An agreement with a recorded last day is in force until then; one without lasts as long as the grants that name it.
Whose rows a partner sees is judged as at the last end of a quarter that the records know, so a child comes and goes at
the ends of quarters alone; what is shared with an adoption agency, or taken back, acts at once. Where who children are
is for some purposes alone, they stand under pseudonyms for all others, and exact days are not answered.
What an authority notes beside its targets is for its own staff: roles with true totals of `reference` that are no partner.

Of the acts, managing grants and answering subject access are decided request by request. Returns are loaded by whoever
may run the program on its server, and each import is recorded with that person; releases are not made yet.

| role | child rows | partner | purposes besides performance-monitoring | for some purposes alone | acts | never |
|---|---|---|---|---|---|---|
";

const CLOSING: &str = "
## Signed

| for the authority | name | date |
|---|---|---|
| Caldicott Guardian | | |
| Data protection officer | | |
| Director of children's services | | |
";

fn matrix(page: &mut String, policy: &Policy) {
    row(page, std::iter::once("role").chain(Domain::ALL.map(Domain::code)));
    row(page, std::iter::repeat_n("---", Domain::ALL.len() + 1));
    for role in policy.roles() {
        let levels = Domain::ALL.map(|domain| letters(policy.levels(role, domain)));
        row(page, std::iter::once(format!("`{}`", role.code())).chain(levels));
    }
}

fn conditions(page: &mut String, policy: &Policy, role: Role) {
    let sees_rows = Domain::ALL.into_iter().any(|domain| policy.reads(role, domain, Level::Pseudonymous));
    let rows = policy.rows(role).filter(|_| sees_rows).map_or("none: totals alone", |rule| rule.words());
    let partner = if policy.is_partner(role) { "yes" } else { "" };
    let permitted = |purpose: &Purpose| policy.permits_purpose(role, *purpose);
    let special = Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::PerformanceMonitoring);
    let purposes = special.filter(permitted).map(Purpose::code);
    let acts = Act::ALL.into_iter().filter(|act| policy.permits_act(role, *act)).map(Act::words);
    let denied = policy.denied_fields(role).map(|field| format!("`{field}`"));
    let kept = Domain::ALL
        .into_iter()
        .filter_map(|domain| policy.only_for(role, domain).map(|purposes| format!("`{}`: {purposes}", domain.code())));
    let (role, rows, partner) = (format!("`{}`", role.code()), rows.to_owned(), partner.to_owned());
    row(page, [role, rows, partner, list(purposes), list(kept), list(acts), list(denied)]);
}

fn letters(levels: &[Level]) -> String {
    if levels.is_empty() { "–".to_owned() } else { list(levels.iter().map(|level| level.letter())) }
}

fn list<T: AsRef<str>>(items: impl Iterator<Item = T>) -> String {
    let items: Vec<T> = items.collect();
    items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
}

fn row<T: AsRef<str>>(page: &mut String, cells: impl IntoIterator<Item = T>) {
    for cell in cells {
        // Writing to a String cannot fail.
        let _ = write!(page, "| {} ", cell.as_ref());
    }
    page.push_str("|\n");
}
