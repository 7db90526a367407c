//! Periods as reports print them.

use crate::period::Period;

/// Reads `2023-24`, `2023/24`, `2023-24 Q2`, `2023-24-Q2` or `2023-10`.
pub fn period(cell: &str) -> Option<Period> {
    let code = cell.trim().to_uppercase().replace('/', "-").replace(" Q", "-Q");
    Period::parse(&code).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn periods_are_read_as_reports_print_them() {
        for (cell, code) in [
            ("2023/24", "2023-24"),
            ("2023-24 Q2", "2023-24-Q2"),
            (" 2023-24-q1 ", "2023-24-Q1"),
            ("2023-10", "2023-10"),
        ] {
            assert_eq!(super::period(cell).unwrap().code(), code);
        }
        assert_eq!(super::period("31 March 2024"), None);
    }
}
