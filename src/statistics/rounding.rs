//! Rounding for display: half away from zero, on the figure as a person would write it.

/// The value with `decimals` decimals, half away from zero, as text: 94.565 at one decimal is "94.6", 0.25 is "0.3".
///
/// A binary number cannot hold 9.95 exactly, and rounding what it holds would give 9.9. The value's shortest decimal
/// writing is rounded instead, which is exact for every percentage or rate of whole numbers.
pub fn display(value: f64, decimals: u32) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let decimals = decimals as usize;
    let written = value.abs().to_string();
    let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
    let kept: String = part.chars().chain(std::iter::repeat('0')).take(decimals).collect();
    let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    if part.as_bytes().get(decimals).is_some_and(|next| *next >= b'5') {
        add_one(&mut digits);
    }
    let nothing = digits.iter().all(|digit| *digit == b'0');
    let text = String::from_utf8_lossy(&digits);
    let (whole, part) = text.split_at(text.len() - decimals);
    let sign = if value < 0.0 && !nothing { "-" } else { "" };
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// The same rounding as a number.
pub fn round_half_away(value: f64, decimals: u32) -> f64 {
    display(value, decimals).parse().unwrap_or(value)
}

/// Adds one to the last of these decimal digits and carries.
fn add_one(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit != b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::super::Fraction;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(display(9.95, 1), "10.0");
        assert_eq!(display(0.25, 1), "0.3");
        assert_eq!(display(-0.25, 1), "-0.3");
        assert_eq!(display(1.005, 2), "1.01");
        assert_eq!(display(94.57, 1), "94.6");
        assert_eq!(display(999.95, 1), "1000.0");
        assert_eq!(display(1e21, 1), "1000000000000000000000.0");
        assert_eq!(display(191.0, 0), "191");
    }

    #[test]
    fn a_tiny_negative_is_plain_zero() {
        assert_eq!(display(-0.04, 1), "0.0");
        assert_eq!(round_half_away(-0.04, 1).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn what_is_no_number_has_no_text() {
        assert_eq!(display(f64::NAN, 1), "");
    }

    proptest! {
        #[test]
        fn percentages_round_as_whole_number_arithmetic_says((n, x) in (1u64..200_000).prop_flat_map(|n| (Just(n), 0..=n))) {
            let tenths = (2 * 1_000 * x + n) / (2 * n);
            let shown = display(Fraction::new(x, n).percent().unwrap(), 1);
            prop_assert_eq!(shown, format!("{}.{}", tenths / 10, tenths % 10));
        }

        #[test]
        fn rates_round_as_whole_number_arithmetic_says(x in 0u64..100_000, n in 1u64..13_000_000) {
            let tenths = (2 * 100_000 * x + n) / (2 * n);
            let shown = display(Fraction::new(x, n).of(10_000.0).unwrap(), 1);
            prop_assert_eq!(shown, format!("{}.{}", tenths / 10, tenths % 10));
        }
    }
}
