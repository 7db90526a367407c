//! What someone may have meant who gave a code that no authority has, or a former one.

use super::{Authority, all, find};

/// How many letters may be wrong in what was meant.
const WRONG: usize = 2;

/// How many authorities are worth naming: of more, none is likely to be the one.
const MOST: usize = 3;

/// What there is to say about a code that was given for an authority: nothing about one that is in use.
pub fn remark(given: &str) -> Option<String> {
    match find(given.trim().to_uppercase().as_str()) {
        Some(known) => former(known),
        None => Some(format!("no English authority has the code {}{}", given.trim(), meant(given))),
    }
}

/// What there is to say about a text that is no ONS code of a local authority.
pub fn not_a_code(given: &str) -> String {
    let meant = meant(given);
    format!("\"{given}\" is no ONS code of a local authority, which is E06, E08, E09 or E10 and six digits{meant}")
}

fn former(known: &Authority) -> Option<String> {
    let last_day = known.last_day?;
    let named = |code: &String| find(code).map(|next| format!("{} ({})", next.ons_code, next.name));
    let successors: Vec<String> = match known.renamed() {
        Some(present) => named(&present.ons_code).into_iter().collect(),
        None => known.successors.iter().filter_map(named).collect(),
    };
    let next = successors.join(" and ");
    Some(format!("{} ({}) was in use until {last_day}; since then it is {next}", known.ons_code, known.name))
}

/// A question whether one of the nearest was meant; empty where none is near.
fn meant(given: &str) -> String {
    let given = given.trim().to_lowercase();
    let distance = |authority: &Authority| {
        let names = [&authority.ons_code, &authority.name];
        let by_letters = names.map(|name| strsim::osa_distance(&name.to_lowercase(), &given));
        if authority.la_code == given { 0 } else { by_letters.into_iter().min().unwrap_or(usize::MAX) }
    };
    let present = || all().iter().filter(|authority| authority.is_present());
    let Some(nearest) = present().map(distance).min().filter(|nearest| *nearest <= WRONG) else { return String::new() };
    let found = present().filter(|authority| distance(authority) == nearest);
    let found: Vec<String> = found.map(|authority| format!("{} ({})", authority.ons_code, authority.name)).collect();
    if found.len() > MOST { String::new() } else { format!("; did you mean {}?", found.join(" or ")) }
}

#[cfg(test)]
mod tests {
    use super::{not_a_code, remark};

    #[test]
    fn a_mistyped_code_a_name_and_a_number_find_the_authority_that_was_meant() {
        for (given, found) in [
            ("E0900015", "E09000015 (Harrow)"),
            ("E090000155", "E09000015 (Harrow)"),
            ("e9000015", "E09000015 (Harrow)"),
            ("Harow", "E09000015 (Harrow)"),
            ("kirklees", "E08000034 (Kirklees)"),
            ("310", "E09000015 (Harrow)"),
        ] {
            assert_eq!(
                remark(given),
                Some(format!("no English authority has the code {given}; did you mean {found}?"))
            );
        }
        for given in ["E06999999", "somewhere", ""] {
            assert_eq!(remark(given), Some(format!("no English authority has the code {given}")));
        }
        assert_eq!(remark(" e09000015 "), None);
        assert!(not_a_code("Harrow").ends_with("six digits; did you mean E09000015 (Harrow)?"));
        assert!(not_a_code("somewhere").contains("E06, E08, E09 or E10"));
    }

    #[test]
    fn a_former_code_is_told_with_what_took_its_place() {
        let told = |code| remark(code).unwrap();
        assert_eq!(
            told("E10000022"),
            "E10000022 (Northumberland) was in use until 2009-03-31; since then it is E06000057 (Northumberland)"
        );
        assert!(told("E10000006").ends_with("E06000063 (Cumberland) and E06000064 (Westmorland and Furness)"));
    }
}
