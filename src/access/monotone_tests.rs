//! Whatever is taken away from the policy, a grant or a request, nobody may see or do more than before.

use toml::{Table, Value};

use super::*;

/// Everything that a role may see or do for its own authority, with any purpose: a line for each.
fn permits(policy: &Policy, viewer: &Viewer) -> Vec<String> {
    let mut all = Vec::new();
    for (domain, level) in Domain::ALL.into_iter().flat_map(|domain| Level::ALL.map(|level| (domain, level))) {
        for purpose in purposes() {
            if decide(policy, viewer, &Ask { purpose, ..ask(OWN, domain, level) }).permit().is_some() {
                all.push(format!("{domain:?} {level:?} {purpose:?}"));
            }
        }
        if decide_reference(policy, viewer, level, now()).is_ok() {
            all.push(format!("definitions {level:?}"));
        }
    }
    let acts = Act::ALL.into_iter().filter(|act| decide_act(policy, viewer, *act, OWN, now()).is_ok());
    all.extend(acts.map(|act| format!("{act:?}")));
    all
}

fn is_no_more(policy: &Policy, viewer: &Viewer, before: &[String], case: &str) {
    let added: Vec<_> = permits(policy, viewer).into_iter().filter(|permit| !before.contains(permit)).collect();
    assert!(added.is_empty(), "{case}: {added:?}");
}

/// The shipped policy with one thing less in the table of a role; what, and the policy.
fn poorer(role: Role) -> Vec<(String, Value)> {
    let whole: Value = toml::from_str(SHIPPED).unwrap();
    let with = |what: String, change: &dyn Fn(&mut Table)| {
        let mut changed = whole.clone();
        change(changed["roles"][role.code()].as_table_mut().unwrap());
        (what, changed)
    };
    let rule = whole["roles"][role.code()].as_table().unwrap();
    let mut all = Vec::new();
    for (domain, levels) in rule["domains"].as_table().unwrap() {
        all.push(with(format!("without {domain}"), &|rule| {
            rule["domains"].as_table_mut().unwrap().remove(domain);
        }));
        for level in levels.as_array().unwrap() {
            all.push(with(format!("without {level} of {domain}"), &|rule| {
                rule["domains"][domain].as_array_mut().unwrap().retain(|held| held != level);
            }));
        }
    }
    for list in ["purposes", "acts"] {
        for item in rule.get(list).and_then(Value::as_array).into_iter().flatten() {
            all.push(with(format!("without {item}"), &|rule| {
                rule[list].as_array_mut().unwrap().retain(|held| held != item)
            }));
        }
    }
    for kept in rule.get("only_for").and_then(Value::as_table).into_iter().flatten() {
        for purpose in kept.1.as_array().unwrap() {
            all.push(with(format!("without {purpose} for {}", kept.0), &|rule| {
                rule["only_for"][kept.0].as_array_mut().unwrap().retain(|held| held != purpose)
            }));
        }
    }
    all.push(with("core for one purpose".to_owned(), &|rule| {
        let kept = rule.entry("only_for").or_insert_with(|| Value::Table(Table::new()));
        kept.as_table_mut().unwrap().insert("core".to_owned(), vec!["performance-monitoring"].into());
    }));
    for rows in ["school_roll", "health_commissioning", "missing_and_justice", "adoption_shares"] {
        all.push(with(format!("only rows of {rows}"), &|rule| {
            rule.insert("rows".to_owned(), rows.into());
        }));
    }
    all.push(with("as a partner".to_owned(), &|rule| {
        rule.insert("partner".to_owned(), true.into());
    }));
    all.push(with("without a field".to_owned(), &|rule| {
        let deny = rule.entry("deny").or_insert_with(|| Value::Array(Vec::new()));
        deny.as_array_mut().unwrap().push("Child.age".into());
    }));
    all
}

#[test]
fn nobody_may_more_when_something_is_taken_from_the_policy() {
    let shipped = shipped();
    let mut tried = 0;
    for role in Role::ALL {
        let viewer = viewer(role);
        let before = permits(&shipped, &viewer);
        for (what, changed) in poorer(role) {
            // What would be left says something that no policy may say.
            let Ok(policy) = Policy::parse("access.toml", &toml::to_string(&changed).unwrap()) else { continue };
            is_no_more(&policy, &viewer, &before, &format!("{role:?} {what}"));
            let denied: Vec<_> = policy.denied_fields(role).collect();
            assert!(shipped.denied_fields(role).all(|field| denied.contains(&field)), "{role:?} {what}");
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn nobody_may_more_with_a_poorer_grant_or_without_one() {
    type Lack = fn(&mut Grant);
    let lacks: [Lack; 10] = [
        |grant| grant.agreement.clear(),
        |grant| grant.agreement_ends = "2024-01-14".parse().ok(),
        |grant| grant.from = "2024-01-16".parse().unwrap(),
        |grant| grant.to = "2024-01-14".parse().unwrap(),
        |grant| grant.records = None,
        |grant| grant.commissions.clear(),
        |grant| grant.inspection = None,
        |grant| grant.organisation = None,
        |grant| grant.suspended = Suspension::Suspended,
        |grant| grant.authority = FOREIGN.to_owned(),
    ];
    let shipped = shipped();
    for role in Role::ALL {
        let before = permits(&shipped, &viewer(role));
        for (nth, lack) in lacks.iter().enumerate() {
            let mut poorer = viewer(role);
            lack(&mut poorer.grants[0]);
            is_no_more(&shipped, &poorer, &before, &format!("{role:?} {nth}"));
        }
        let nobody = Viewer { grants: Vec::new(), ..viewer(role) };
        assert!(permits(&shipped, &nobody).is_empty(), "{role:?}");
    }
}
