//! The matrix of the specification, typed once more: what each role may see, whatever the program says.

use lookedafter::access::Role;

use super::atlas::{Atlas, Declared, Field};

/// Domains in the order of the table.
pub const DOMAINS: [&str; 16] = [
    "reference",
    "core",
    "identity",
    "placement",
    "carer",
    "health",
    "education",
    "missing",
    "offending",
    "adoption",
    "leaver",
    "review",
    "quality",
    "release",
    "audit",
    "admin",
];

/// One row for each role: what it reads of each domain. Lower case stands for rows alone, `i` and `p`; capitals `I` and `P`
/// for rows with true totals, `J` and `Q` for rows with suppressed ones.
#[rustfmt::skip]
const MATRIX: [(Role, &str); 14] = [
    //                             ref cor ide pla car hea edu mis off ado lea rev qua rel aud adm
    (Role::Public,                "R   R   -   R   R   R   R   -   -   R   R   R   -   -   -   -"),
    (Role::NeighbourAuthority,    "S   S   -   S   S   S   S   -   -   S   S   S   -   -   -   -"),
    (Role::PanelMember,           "S   S   -   S   S   S   S   S   S   S   S   S   -   -   -   -"),
    (Role::ServiceManager,        "N   I   I   I   I   I   I   I   I   I   I   I   N   -   -   -"),
    (Role::Analyst,               "N   I   I   I   I   I   I   I   I   I   I   I   I   -   -   -"),
    (Role::VirtualSchool,         "S   Q   -   S   -   S   J   S   -   -   Q   S   -   -   -   -"),
    (Role::HealthPartner,         "S   Q   -   S   -   Q   S   -   -   -   S   S   -   -   -   -"),
    (Role::PoliceYot,             "S   Q   -   S   -   -   -   Q   Q   -   S   -   -   -   -   -"),
    (Role::AdoptionAgency,        "S   Q   -   -   -   S   -   -   -   Q   -   S   -   -   -   -"),
    (Role::Inspector,             "N   I   I   I   I   I   I   I   I   I   I   I   N   N   -   -"),
    (Role::DataSteward,           "N   I   I   I   I   I   I   I   I   I   I   I   I   N   -   -"),
    (Role::ReleaseOfficer,        "N   N   -   N   N   N   N   N   N   N   N   N   N   N   -   -"),
    (Role::InformationGovernance, "S   S   -   S   S   S   S   S   S   S   S   S   N   N   N   -"),
    (Role::Admin,                 "-   -   -   -   -   -   -   -   -   -   -   -   -   -   -   N"),
];

/// What agencies may not see of a core record, and the virtual school of a care leaver.
pub const AGENCIES: [Role; 4] = [Role::VirtualSchool, Role::HealthPartner, Role::PoliceYot, Role::AdoptionAgency];
const NOT_FOR_AGENCIES: [&str; 4] = ["Child.ethnicity", "Child.legalStatus", "Child.uasc", "Child.episodes"];
const NOT_FOR_SCHOOLS: [&str; 3] = ["CareLeaver.inTouch", "CareLeaver.accommodation", "CareLeaver.suitable"];

/// What an authority writes for its own staff. Only inspectors are of another organisation and see true totals.
const NOT_FOR_OTHERS: &str = "Target.note";

/// The domains that have indicators.
const OF_INDICATORS: [&str; 7] = ["core", "leaver", "health", "placement", "missing", "adoption", "review"];

/// The sign of the table.
pub fn sign(role: Role, domain: &str) -> char {
    let row = MATRIX.iter().find(|(known, _)| *known == role).unwrap().1;
    let place = DOMAINS.iter().position(|known| *known == domain).unwrap();
    row.split_whitespace().nth(place).unwrap().chars().next().unwrap()
}

/// The closest totals that a role sees of a domain: `N`, `S` or `R`.
pub fn totals(role: Role, domain: &str) -> Option<char> {
    match sign(role, domain) {
        'I' | 'P' | 'N' => Some('N'),
        'J' | 'Q' | 'S' => Some('S'),
        'R' => Some('R'),
        _ => None,
    }
}

/// Whether the role may ever read rows of a domain this close.
pub fn rows(role: Role, domain: &str, level: char) -> bool {
    match level {
        'I' => matches!(sign(role, domain), 'I' | 'J'),
        _ => matches!(sign(role, domain), 'I' | 'J' | 'P' | 'Q'),
    }
}

/// Whether a role is shown who children are for a purpose: managers for care and safeguarding alone.
pub fn identifies(role: Role, purpose: &str) -> bool {
    rows(role, "identity", 'I') && (role != Role::ServiceManager || ["direct-care", "safeguarding"].contains(&purpose))
}

fn reads(role: Role, domain: &str, level: &str) -> bool {
    match level {
        "I" => rows(role, domain, 'I'),
        "P" => rows(role, domain, 'P'),
        "N" => totals(role, domain) == Some('N'),
        "S" => matches!(totals(role, domain), Some('N' | 'S')),
        "R" => totals(role, domain).is_some(),
        _ => panic!("a level: {level}"),
    }
}

/// Whether a role may ever see what is declared so.
pub fn declared_for(role: Role, (domain, level): &Declared) -> bool {
    match domain.as_str() {
        "caller" => true,
        "indicator" => OF_INDICATORS.iter().any(|domain| reads(role, domain, level)),
        domain => reads(role, domain, level),
    }
}

/// Whether a role may ever see a field, by what it and its type declare.
pub fn sees(atlas: &Atlas, role: Role, owner: &str, field: &Field) -> bool {
    let coordinate = format!("{owner}.{}", field.name);
    let denied = AGENCIES.contains(&role) && NOT_FOR_AGENCIES.contains(&&*coordinate)
        || role == Role::VirtualSchool && NOT_FOR_SCHOOLS.contains(&&*coordinate)
        || role == Role::Inspector && coordinate == NOT_FOR_OTHERS;
    let empty =
        |kind: &str| atlas.objects.get(kind).is_some_and(|all| !all.iter().any(|f| declared_for(role, &f.declared)));
    let inputs_seen = field.arguments.iter().filter(|argument| argument.required).all(|argument| {
        let fields = atlas.inputs.get(&argument.kind);
        fields
            .is_none_or(|fields| fields.iter().any(|f| f.declared.as_ref().is_none_or(|says| declared_for(role, says))))
    });
    !denied && declared_for(role, &field.declared) && !empty(&field.kind) && inputs_seen
}
