//! Numbers, by their digits.

use std::cmp::Ordering;

/// A number written out: its sign, the digits before the point and those after it. Exponents are spent on zeros, so this
/// is for small ones.
#[derive(Debug)]
pub(super) struct Number {
    negative: bool,
    whole: String,
    fraction: String,
    /// The double, where the event has a fraction or an exponent.
    double: Option<f64>,
}

impl Number {
    /// The number that a text says.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, "0"), |parts| parts);
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if ![whole, fraction, exponent_digits].into_iter().all(is_digits) {
            return None;
        }
        let exponent: i32 = exponent.parse().ok()?;
        let mut whole: Vec<char> = whole.chars().collect();
        let mut fraction: Vec<char> = fraction.chars().collect();
        for _ in 0..exponent {
            whole.push(if fraction.is_empty() { '0' } else { fraction.remove(0) });
        }
        for _ in exponent..0 {
            fraction.insert(0, whole.pop().unwrap_or('0'));
        }
        let whole = String::from_iter(whole).trim_start_matches('0').to_owned();
        let fraction = String::from_iter(fraction).trim_end_matches('0').to_owned();
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: text.starts_with('-') && !is_zero, whole, fraction, double: None })
    }

    /// The number of an event.
    pub(super) fn of_json(number: &serde_json::Number) -> Self {
        let number_text = number.to_string();
        let double = if number.is_f64() { number.as_f64() } else { None };
        Self { double, ..Self::of_text(&number_text).unwrap() }
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let magnitude = |a: &Self, b: &Self| {
            (a.whole.len().cmp(&b.whole.len())).then(a.whole.cmp(&b.whole)).then(a.fraction.cmp(&b.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => magnitude(self, other),
            (true, true) => magnitude(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }

    /// As Java prints a long or a double.
    pub(super) fn java_text(&self) -> String {
        let sign = if self.negative || self.double.is_some_and(f64::is_sign_negative) { "-" } else { "" };
        let or_zero = |digits: &str| if digits.is_empty() { "0".to_owned() } else { digits.to_owned() };
        let Some(double) = self.double else { return format!("{sign}{}", or_zero(&self.whole)) };
        let plain = format!("{sign}{}.{}", or_zero(&self.whole), or_zero(&self.fraction));
        if double == 0.0 || (0.001..10_000_000.0).contains(&double.abs()) {
            return plain;
        }
        let digits = format!("{}{}", self.whole, self.fraction);
        let significant = digits.trim_start_matches('0');
        let exponent = if self.whole.is_empty() {
            significant.len() as i32 - digits.len() as i32 - 1
        } else {
            self.whole.len() as i32 - 1
        };
        let (first, rest) = significant.split_at(1);
        format!("{sign}{first}.{}E{exponent}", or_zero(rest.trim_end_matches('0')))
    }
}
