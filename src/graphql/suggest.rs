//! Codes that are like one that does not exist, for the error that says so.

/// How many are offered.
const OFFERED: usize = 5;

/// How alike two codes must be, from 0 to 1.
const ALIKE: f64 = 0.6;

/// The known codes that are like the one asked for, the most alike first; all of them where they are few.
pub(super) fn near<'a>(asked: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let asked: String = asked.chars().take(100).flat_map(char::to_lowercase).collect();
    let mut ranked: Vec<(f64, &str)> =
        known.into_iter().map(|code| (likeness(&asked, &code.to_lowercase()), code)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let few = ranked.len() <= OFFERED;
    ranked
        .into_iter()
        .filter(|(likeness, _)| few || *likeness >= ALIKE)
        .take(OFFERED)
        .map(|(_, code)| code.to_owned())
        .collect()
}

/// Alike in spelling, or one contained in the other.
fn likeness(asked: &str, code: &str) -> f64 {
    if asked.len() >= 3 && (code.contains(asked) || asked.contains(code)) {
        return 1.0;
    }
    strsim::normalized_damerau_levenshtein(asked, code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicators::all;

    fn indicators(asked: &str) -> Vec<String> {
        near(asked, all().iter().map(|indicator| indicator.code))
    }

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        assert_eq!(indicators("cla_numbr").first().map(String::as_str), Some("cla_number"));
        assert_eq!(indicators("DENTAL_CHECKS_PCT").first().map(String::as_str), Some("dental_checks_pct"));
        assert!(indicators("dental").contains(&"dental_checks_pct".to_owned()));
    }

    #[test]
    fn nothing_is_offered_for_what_is_like_nothing() {
        assert!(indicators("xyzzy").is_empty());
        assert!(indicators("").is_empty());
    }

    #[test]
    fn where_there_are_few_all_are_offered() {
        assert_eq!(near("x", ["2021", "2025"]), ["2021", "2025"]);
    }
}
