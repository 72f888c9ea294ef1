//! Numbers as EventBridge compares them: by value where a double holds the value exactly, by their text otherwise.

use std::fmt;
use std::hash::{Hash, Hasher};

/// A number of a pattern.
///
/// Numbers are equal if their values are: `300`, `300.0` and `3.0e2`. A number that no double stands for, such as one of
/// 20 digits, equals no number that is written otherwise.
#[derive(Clone, Debug)]
pub struct Number {
    text: String,
    value: Option<f64>,
}

impl Number {
    /// Reads a JSON number.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), value: comparable(text) }
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value, if a double stands for exactly this decimal number.
    pub fn value(&self) -> Option<f64> {
        self.value
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self.value, other.value) {
            (Some(a), Some(b)) => a == b,
            (None, None) => self.text == other.text,
            _ => false,
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.value {
            Some(value) => value.to_bits().hash(state),
            None => self.text.hash(state),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The double that stands for a JSON number, if its shortest decimal form is the number. Never a negative zero.
pub(crate) fn comparable(text: &str) -> Option<f64> {
    let written = Decimal::of(text)?;
    if written.digits.is_empty() {
        return Some(0.0);
    }
    // 15 digits survive the way into a double and back.
    let value: f64 = text.parse().ok()?;
    let short = written.digits.len() <= 15 && (-290..290).contains(&written.exponent);
    let same = || Decimal::of(&format!("{value:e}")).as_ref() == Some(&written);
    (value.is_finite() && (short || same())).then_some(value)
}

/// `0.d₁d₂… × 10^exponent`, without zeros at either end of the digits; zero has none.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    /// `None` if the exponent is beyond 32 bits.
    fn of(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (text.get(..at)?, text.get(at + 1..)?.trim_start_matches('+')),
            None => (text, "0"),
        };
        let exponent = i64::from(exponent.parse::<i32>().ok()?);
        let unsigned = mantissa.trim_start_matches('-');
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let leading = all.iter().take_while(|digit| **digit == b'0').count();
        let trailing = all.iter().rev().take_while(|digit| **digit == b'0').count();
        if leading == all.len() {
            return Some(Self { negative: false, digits: vec![], exponent: 0 });
        }
        Some(Self {
            negative: mantissa.starts_with('-'),
            digits: all.get(leading..all.len() - trailing)?.to_vec(),
            exponent: exponent + i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_compare_by_value_where_a_double_holds_it() {
        for (a, b, equal) in [
            ("1", "1.0", true),
            ("300", "3.0e2", true),
            ("0", "-0", true),
            ("0.1", "0.10", true),
            ("1", "2", false),
            ("12345678901234567890", "12345678901234567890", true),
            ("12345678901234567890", "12345678901234567891", false),
            ("12345678901234567890", "12345678901234567890.0", false),
            ("1e400", "1e400", true),
            ("1e400", "10e399", false),
            ("0.30000000000000004", "0.30000000000000004", true),
            ("9007199254740993", "9007199254740993.0", false),
        ] {
            assert_eq!(Number::new(a) == Number::new(b), equal, "{a} {b}");
        }
        assert_eq!(comparable("1e-400"), None);
        assert_eq!(comparable("1e99999999999"), None);
    }

    proptest! {
        #[test]
        fn every_double_is_comparable(value in any::<f64>()) {
            prop_assume!(value.is_finite());
            prop_assert_eq!(comparable(&format!("{value:e}")), Some(value));
            prop_assert_eq!(comparable(&format!("{value}")), Some(value));
        }

        #[test]
        fn short_numbers_are_comparable(whole in -999_999_999_999_999_i64..999_999_999_999_999) {
            prop_assert!(comparable(&whole.to_string()).is_some());
        }
    }
}
