//! Numbers of JSON events: decimals of any size, compared exactly, and their text as Java prints it.

use std::cmp::Ordering;
use std::fmt::{self, Display, Formatter};

/// An exact decimal number: `0.d₁d₂d₃… × 10^exponent`, with no zero at either end of the digits; zero has no digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    negative: bool,
    digits: Box<[u8]>,
    exponent: i64,
}

/// A number of a JSON event.
///
/// An integer is exact at any size. A number with a fraction or an exponent is a double, and one too large for a double
/// is infinite: it equals no number, and its text is `Infinity`.
#[derive(Clone, Debug, PartialEq)]
pub enum JsonNumber {
    /// Its exact value, and its text, which is the digits as written.
    Finite(Decimal, String),
    /// Beyond the range of a double; the text is `Infinity` or `-Infinity`.
    Infinite(&'static str),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Op {
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Op {
    /// Whether the operator holds between two numbers of this order.
    pub fn allows(self, order: Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Lt => order.is_lt(),
            Self::Le => order.is_le(),
            Self::Gt => order.is_gt(),
            Self::Ge => order.is_ge(),
        }
    }
}

impl Display for Op {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Eq => "=",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        })
    }
}

impl Decimal {
    /// Reads `[+-]digits[.digits][(e|E)[+-]digits]`; `None` if the text is anything else or its exponent does not fit
    /// 32 bits, which AWS rejects.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.as_bytes().first()? {
            b'-' => (true, text.get(1..)?),
            b'+' => (false, text.get(1..)?),
            _ => (false, text),
        };
        let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
            Some(at) => (unsigned.get(..at)?, parse_exponent(unsigned.get(at + 1..)?)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (mantissa, ""),
        };
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|b| b - b'0').collect();
        let leading = all.iter().take_while(|d| **d == 0).count();
        let trailing = all.iter().rev().take_while(|d| **d == 0).count();
        if leading == all.len() {
            return Some(Self { negative: false, digits: Box::default(), exponent: 0 });
        }
        Some(Self {
            negative,
            digits: all.get(leading..all.len() - trailing)?.into(),
            exponent: exponent + i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?,
        })
    }

    /// Whether the number has no fraction.
    pub fn is_integer(&self) -> bool {
        i64::try_from(self.digits.len()).is_ok_and(|len| len <= self.exponent) || self.digits.is_empty()
    }

    /// Whether it is negative, its digits, and how many of them stand before the point (fewer than none: zeros follow it).
    pub fn parts(&self) -> (bool, &[u8], i64) {
        (self.negative, &self.digits, self.exponent)
    }

    /// The number itself, if it is an integer of up to 38 digits.
    pub fn to_i128(&self) -> Option<i128> {
        if self.is_integer() { self.floor_i128() } else { None }
    }

    /// The greatest integer that is not above the number, unless it has more than 38 digits.
    pub fn floor_i128(&self) -> Option<i128> {
        if self.exponent > 38 {
            return None;
        }
        let whole = (0..self.exponent).try_fold(0_i128, |whole, at| {
            let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at)).copied().unwrap_or(0);
            whole.checked_mul(10)?.checked_add(i128::from(digit))
        })?;
        let rest = i128::from(self.negative && !self.is_integer());
        Some(if self.negative { -whole - rest } else { whole })
    }

    fn signum(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }
}

/// The shortest of a plain integer, and digits with an exponent.
impl Display for Decimal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        if digits.is_empty() {
            return f.write_str("0");
        }
        match usize::try_from(self.exponent) {
            Ok(whole) if whole <= 38 && whole >= digits.len() => write!(f, "{sign}{digits:0<whole$}"),
            _ => write!(f, "{sign}0.{digits}e{}", self.exponent),
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitudes = || self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits));
        match (self.signum(), other.signum()) {
            (1, 1) => magnitudes(),
            (-1, -1) => magnitudes().reverse(),
            (a, b) => a.cmp(&b),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl JsonNumber {
    /// Reads a number in JSON's own syntax; `None` if the text is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if !is_json(text) {
            return None;
        }
        if !text.contains(['.', 'e', 'E']) {
            let value = Decimal::parse(text)?;
            let text = if value.signum() == 0 { "0" } else { text };
            return Some(Self::Finite(value, text.to_owned()));
        }
        let double: f64 = text.parse().ok()?;
        if double.is_infinite() {
            return Some(Self::Infinite(if double > 0.0 { "Infinity" } else { "-Infinity" }));
        }
        let text = java_text(double);
        Some(Self::Finite(Decimal::parse(&text)?, text))
    }

    /// The text that string and regular-expression literals are compared with.
    pub fn text(&self) -> &str {
        match self {
            Self::Finite(_, text) => text,
            Self::Infinite(text) => text,
        }
    }

    /// The exact value, unless infinite.
    pub fn value(&self) -> Option<&Decimal> {
        match self {
            Self::Finite(value, _) => Some(value),
            Self::Infinite(_) => None,
        }
    }
}

/// Whether JSON writes a number so: no `+` and no needless zero in front, and digits on both sides of a point.
fn is_json(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && digits(fraction)
        && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

/// A finite double as Java's `Double.toString` prints it: plain from 10⁻³ up to 10⁷, otherwise `d.dddE±n`; always with a
/// digit on either side of the point.
fn java_text(double: f64) -> String {
    if double == 0.0 {
        return if double.is_sign_negative() { "-0.0" } else { "0.0" }.to_owned();
    }
    let magnitude = double.abs();
    if (1e-3..1e7).contains(&magnitude) {
        let plain = format!("{double}");
        return if plain.contains('.') { plain } else { plain + ".0" };
    }
    let scientific = format!("{double:E}");
    match scientific.split_once('E') {
        Some((mantissa, exponent)) if !mantissa.contains('.') => format!("{mantissa}.0E{exponent}"),
        _ => scientific,
    }
}

fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.strip_prefix('+').unwrap_or(text).parse::<i32>().ok().map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_compare_exactly() {
        let order = [
            "-1e400",
            "-2",
            "-1.5",
            "-1e-999",
            "0",
            "1e-999",
            "0.1",
            "1",
            "9007199254740992",
            "9007199254740993",
            "1e308",
        ];
        let values: Vec<_> = order.iter().map(|t| Decimal::parse(t).unwrap()).collect();
        assert!(values.windows(2).all(|w| w[0] < w[1]));
        for same in [["1", "1.0"], ["1", "+1e0"], ["-0.0", "0"], ["1000", "1e3"], ["0.10", "1e-1"]] {
            assert_eq!(Decimal::parse(same[0]), Decimal::parse(same[1]));
        }
        for bad in ["", "+", ".5", "1.", "1e", "1e2147483648", "0x1", "1_0", "--1"] {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn other_numerals_are_no_numbers_of_json() {
        for bad in ["", "-", "+1", "01", "-01", ".5", "1.", "1.e1", "1e", "1e+", "1e+-1", "1.5.2", "nan", "infinite"] {
            assert_eq!(JsonNumber::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_have_java_text() {
        for (json, text) in [
            ("1", "1"),
            ("1.0", "1.0"),
            ("1e3", "1000.0"),
            ("1e7", "1.0E7"),
            ("-0.0", "-0.0"),
            ("1e-999", "0.0"),
            ("1e309", "Infinity"),
            ("-1e309", "-Infinity"),
            ("0.001", "0.001"),
            ("0.0001", "1.0E-4"),
            ("123456.789", "123456.789"),
            ("1.5e300", "1.5E300"),
            ("9007199254740993", "9007199254740993"),
        ] {
            assert_eq!(JsonNumber::parse(json).unwrap().text(), text);
        }
    }
}
