//! The shipped policy is read, and a policy with a mistake is refused with its line.

use super::*;

const SHIPPED: &str = include_str!("../../policy/access.toml");

fn error_of(text: &str) -> PolicyError {
    Policy::parse("access.toml", text).unwrap_err()
}

#[test]
fn the_shipped_policy_knows_every_role() {
    let policy = Policy::parse("access.toml", SHIPPED).unwrap();
    assert_eq!(policy.roles().collect::<Vec<_>>(), Role::ALL);
    assert_eq!(policy.levels(Role::Analyst, Domain::Health), [Level::Identified, Level::Exact]);
    assert!(policy.levels(Role::PanelMember, Domain::Audit).is_empty());
    let denied = policy.denied_fields(Role::VirtualSchool).collect::<Vec<_>>();
    assert!(denied.contains(&"Child.legalStatus") && policy.denied_fields(Role::Analyst).next().is_none());
    assert!(
        policy.reads(Role::Analyst, Domain::Core, Level::Pseudonymous)
            && !policy.reads(Role::Public, Domain::Core, Level::Suppressed)
    );
}

#[test]
fn a_misspelt_word_is_refused_with_its_line() {
    let misspelt = [
        ("[roles.analyst]", "[roles.analist]", "analist"),
        ("placement = [\"I\", \"N\"]", "placements = [\"I\", \"N\"]", "placements"),
        ("core = [\"I\", \"N\"]", "core = [\"I\", \"X\"]", "X"),
        ("\"school_roll\"", "\"any_authority\"", "any_authority"),
        ("\"performance-monitoring\"", "\"curiosity\"", "curiosity"),
        ("required_at = [\"I\", \"P\"]", "needed_at = [\"I\", \"P\"]", "needed_at"),
        ("\"manage_grants\"", "\"manage_everything\"", "manage_everything"),
        ("partner = true", "partner = \"yes\"", "boolean"),
    ];
    for (good, bad, word) in misspelt {
        let error = error_of(&SHIPPED.replacen(good, bad, 1));
        let line = SHIPPED.lines().position(|line| line.contains(good) && !line.starts_with('#')).unwrap() + 1;
        assert!(error.reason.contains(word), "{error}");
        assert!(error.line.abs_diff(line) <= 1, "{error}, expected line {line}");
        assert!(error.to_string().starts_with("access.toml, line "), "{error}");
    }
}

#[test]
fn a_role_or_a_domain_twice_is_refused() {
    assert!(error_of(&format!("{SHIPPED}\n[roles.analyst]\n")).line > 50);
    assert!(error_of(&SHIPPED.replacen("core = ", "reference = ", 1)).line > 1);
}

#[test]
fn broken_syntax_is_refused_with_its_line() {
    assert_eq!(error_of("[purposes]\nevery_role = [").line, 2);
    assert!(error_of("").reason.contains("purposes"));
}

#[test]
fn what_no_policy_may_say_is_refused_where_the_role_stands() {
    let wrong = [
        (
            "acts = [\"approve_release\"]",
            "acts = [\"approve_release\", \"prepare_release\"]",
            "release_officer: who prepares",
        ),
        ("core = [\"R\"]", "core = [\"P\"]", "public: rows of children"),
        ("core = [\"R\"]", "core = [\"R\"]\nmissing = [\"R\"]", "public: figures of missing children"),
        ("[roles.public]\n", "[roles.public]\nacts = [\"manage_grants\"]\n", "public: someone without a token"),
        (
            "core = [\"S\"]\nplacement = [\"S\"]\ncarer = [\"S\"]\nhealth = [\"S\"]\neducation = [\"S\"]\nmissing = [\"S\"]",
            "core = [\"P\"]\nmissing = [\"P\"]",
            "panel_member: panel members",
        ),
        (
            "only_for = { identity = [\"direct-care\", \"safeguarding\"] }",
            "only_for = { identity = [\"inspection\"] }",
            "service_manager: a domain is kept",
        ),
        ("admin = [\"N\"]", "admin = [\"N\"]\ncore = [\"N\"]", "admin: who manages grants"),
        (
            "core = [\"P\", \"S\"]\nplacement = [\"S\"]\nmissing",
            "core = [\"S\"]\nplacement = [\"S\"]\nmissing",
            "police_yot: rows of a domain",
        ),
    ];
    for (good, bad, words) in wrong {
        assert!(SHIPPED.contains(good), "{good}");
        let error = error_of(&SHIPPED.replacen(good, bad, 1));
        assert!(error.reason.starts_with(words), "{error}");
        let role = words.split(':').next().unwrap();
        let changed = SHIPPED.replacen(good, bad, 1);
        assert_eq!(changed.lines().nth(error.line - 1).unwrap(), format!("[roles.{role}]"));
    }
}

#[test]
fn an_unknown_role_counts_as_a_partner_and_may_nothing() {
    let text = "[purposes]\nevery_role = [\"performance-monitoring\"]\nrequired_at = []\nrequired_of_partners_at = [\"N\"]\n[roles]\n";
    let policy = Policy::parse("access.toml", text).unwrap();
    assert!(policy.is_partner(Role::Analyst) && policy.requires_purpose(Role::Analyst, Level::Exact));
    assert!(!policy.permits_purpose(Role::Analyst, Purpose::PerformanceMonitoring));
    assert_eq!((policy.rows(Role::Analyst), policy.roles().count()), (None, 0));
}
