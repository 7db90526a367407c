//! The Ofsted number of a setting or agency (column `URN`).

/// The number, if it names a setting: `SC` and six or seven digits, or seven digits, not all zero. Anything else is a
/// placeholder such as `XXXXXXX` and identifies nobody (ruling R9).
pub fn real_urn(cell: &str) -> Option<&str> {
    let digits = cell.strip_prefix("SC").unwrap_or(cell);
    let lengths = if digits.len() == cell.len() { 7..=7 } else { 6..=7 };
    let is_number = digits.bytes().all(|b| b.is_ascii_digit()) && digits.bytes().any(|b| b != b'0');
    (is_number && lengths.contains(&digits.len())).then_some(cell)
}

#[cfg(test)]
mod tests {
    use super::real_urn;

    #[test]
    fn placeholders_name_no_setting() {
        for urn in ["SC123456", "SC1234567", "1234567", "SC000001"] {
            assert_eq!(real_urn(urn), Some(urn));
        }
        let placeholders = [
            "XXXXXXX",
            "NULL",
            "N/A",
            "None",
            "0",
            "Unknown",
            "x",
            "",
            "SC",
            "SC0000000",
            "0000000",
            "123456",
            "SC12345",
        ];
        for urn in placeholders {
            assert_eq!(real_urn(urn), None, "{urn}");
        }
    }
}
