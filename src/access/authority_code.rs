//! ONS codes of the authorities that look after children.

/// Unitary authorities, metropolitan districts, London boroughs and counties.
const BEGINNINGS: [&str; 4] = ["E06", "E08", "E09", "E10"];

/// Reads the ONS code of an authority that looks after children: `E06`, `E08`, `E09` or `E10` and six digits, in any
/// case.
pub fn authority_code(given: &str) -> Option<String> {
    let code = given.trim().to_uppercase();
    let (beginning, digits) = code.split_at_checked(3)?;
    let fits = BEGINNINGS.contains(&beginning) && digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_that_looks_after_children_has_one_of_four_beginnings() {
        for code in ["E06000053", "E08000034", "E09000015", "E10000003", " e09000015 "] {
            assert_eq!(authority_code(code), Some(code.trim().to_uppercase()));
        }
        // A district, a region, a nation, Wales, and what is no code at all.
        for code in [
            "E07000008",
            "E12000007",
            "E92000001",
            "W06000015",
            "E0900001",
            "E090000155",
            "E0900001a",
            "Harrow",
            "",
            "é",
        ] {
            assert_eq!(authority_code(code), None, "{code}");
        }
    }
}
