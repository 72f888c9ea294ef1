//! The texts of numbers as regular languages, so that they can be intersected with globs and regular expressions.
//!
//! Numbers of JSON have one text each: an integer's digits, or what Java prints for a double: a plain decimal, or beyond
//! 10⁷ and below 10⁻³ digits with an exponent. Comparing such a text with a decimal takes a finite automaton. One
//! simplification: against a decimal that needs an exponent itself, a text with an exponent passes unseen.

use crate::number::{Decimal, Op};
use crate::text::{Builder, CharClass, Nfa, State, StateId};

/// Every text that looks like a number's. Of those with up to 15 digits, each is.
pub(super) fn all() -> Nfa {
    let mut b = Builder::new();
    let accept = b.push(State::Accept);
    let zero = char_class(&mut b, '0', '0', accept);
    let integer = whole(&mut b, accept);
    let fraction = fraction(&mut b, accept);
    let zero_point = char_class(&mut b, '0', '0', fraction);
    let plain = whole(&mut b, fraction);
    let exponent = exponent(&mut b, accept, None);
    let heads = [integer, zero_point, plain, exponent];
    let unsigned = either(&mut b, &heads);
    let signed = char_class(&mut b, '-', '-', unsigned);
    let start = either(&mut b, &[zero, unsigned, signed]);
    b.finish(start)
}

/// The texts of numbers that compare so with the value: greater, or less.
///
/// Only [`Op::Lt`], [`Op::Le`], [`Op::Gt`] and [`Op::Ge`] are languages of their own; equality is not asked here.
pub(super) fn comparing(op: Op, value: &Decimal) -> Nfa {
    let (greater, or_equal) = (matches!(op, Op::Gt | Op::Ge), matches!(op, Op::Ge | Op::Le));
    let mut b = Builder::new();
    let accept = b.push(State::Accept);
    let (negative, digits, point) = value.parts();
    let value = Magnitude::of(digits, point);
    // Which magnitudes will do for a number of each sign; `None` where every one does, or none.
    let same_sign = magnitude(&mut b, &value, greater != negative, or_equal, accept);
    let other_sign = (greater == negative).then(|| {
        let rest = anything(&mut b, accept);
        char_class(&mut b, '0', '9', rest)
    });
    let (plus, minus) = if negative { (other_sign, Some(same_sign)) } else { (Some(same_sign), other_sign) };
    let minus = minus.map(|minus| char_class(&mut b, '-', '-', minus));
    let start = either(&mut b, &[plus, minus].into_iter().flatten().collect::<Vec<_>>());
    b.finish(start)
}

/// A decimal without its sign: the digits on either side of the point, none too many.
struct Magnitude {
    whole: Vec<u8>,
    fraction: Vec<u8>,
    /// Whether Java prints doubles of this size with a negative, or a positive, exponent.
    small: bool,
    large: bool,
}

impl Magnitude {
    fn of(digits: &[u8], point: i64) -> Self {
        let at = usize::try_from(point.clamp(0, 400)).unwrap_or(0);
        let mut whole: Vec<u8> = digits.iter().copied().chain(std::iter::repeat(0)).take(at).collect();
        let zeros = usize::try_from((-point).clamp(0, 400)).unwrap_or(0);
        let fraction = std::iter::repeat_n(0, zeros).chain(digits.iter().copied().skip(at)).collect();
        if whole.is_empty() {
            whole.push(0);
        }
        Self { whole, fraction, small: point < -2 && !digits.is_empty(), large: point > 7 }
    }
}

/// The unsigned texts whose size is greater, or less, than the value's.
fn magnitude(b: &mut Builder, value: &Magnitude, greater: bool, or_equal: bool, accept: StateId) -> StateId {
    let zero = value.whole == [0] && value.fraction.is_empty();
    let mut heads = Vec::new();
    // Texts with exponents: all larger, or all smaller, than a value that needs none itself.
    if greater || value.large {
        heads.push(exponent(b, accept, Some(true)));
    }
    if (!greater && !zero) || value.small || (greater && zero) {
        heads.push(exponent(b, accept, Some(false)));
    }
    let rest = optional_fraction(b, accept);
    // Whole parts of another length.
    let length = value.whole.len();
    if greater {
        let longer = digits(b, rest);
        let longer = (0..length).fold(longer, |next, _| char_class(b, '0', '9', next));
        heads.push(char_class(b, '1', '9', longer));
    } else {
        let mut shorter = rest;
        for at in 1..length {
            heads.push(char_class(b, if at == 1 { '0' } else { '1' }, '9', shorter));
            shorter = char_class(b, '0', '9', shorter);
        }
    }
    // Whole parts of the same length, and then the fraction.
    let mut equal = fraction_after(b, &value.fraction, greater, or_equal, accept);
    let mut unequal = rest;
    for (at, digit) in value.whole.iter().enumerate().rev() {
        let lowest = u8::from(at == 0 && length > 1);
        let same = one_digit(b, *digit, *digit, equal);
        let (low, high) = if greater { (digit + 1, 9) } else { (lowest, digit.wrapping_sub(1)) };
        let other = if low <= high && high <= 9 { Some(one_digit(b, low, high, unequal)) } else { None };
        equal = either(b, &std::iter::once(same).chain(other).collect::<Vec<_>>());
        unequal = char_class(b, '0', '9', unequal);
    }
    heads.push(equal);
    either(b, &heads)
}

/// What may follow a whole part that equals the value's.
fn fraction_after(b: &mut Builder, value: &[u8], greater: bool, or_equal: bool, accept: StateId) -> StateId {
    let any = digits(b, accept);
    // After all of the value's digits: zeros keep it equal, anything else makes it greater.
    let zeros = b.star(&CharClass::single('0'), accept);
    let beyond = {
        let nonzero = char_class(b, '1', '9', any);
        b.star(&CharClass::single('0'), nonzero)
    };
    let mut next = match (greater, or_equal) {
        (true, true) => any,
        (true, false) => beyond,
        (false, true) => zeros,
        (false, false) => nothing(b, accept),
    };
    for digit in value.iter().rev() {
        let same = one_digit(b, *digit, *digit, next);
        let (low, high) = if greater { (digit + 1, 9) } else { (0, digit.wrapping_sub(1)) };
        let other = if low <= high && high <= 9 { Some(one_digit(b, low, high, any)) } else { None };
        // A text that ends early is less.
        let end = (!greater).then_some(accept);
        next = either(b, &std::iter::once(same).chain(other).chain(end).collect::<Vec<_>>());
    }
    let point = char_class(b, '.', '.', next);
    let ends = if value.is_empty() { or_equal } else { !greater };
    either(b, &std::iter::once(point).chain(ends.then_some(accept)).collect::<Vec<_>>())
}

/// `d.dddE±n`, of one sign of the exponent or of both.
fn exponent(b: &mut Builder, accept: StateId, large: Option<bool>) -> StateId {
    let power = whole(b, accept);
    let minus = char_class(b, '-', '-', power);
    let power = match large {
        Some(true) => power,
        Some(false) => minus,
        None => either(b, &[power, minus]),
    };
    let e = char_class(b, 'E', 'E', power);
    let fraction = fraction(b, e);
    char_class(b, '1', '9', fraction)
}

/// Whole digits without a leading zero.
fn whole(b: &mut Builder, next: StateId) -> StateId {
    let rest = digits(b, next);
    char_class(b, '1', '9', rest)
}

/// A single zero, or digits that do not end in one.
fn fraction(b: &mut Builder, next: StateId) -> StateId {
    let zero = char_class(b, '0', '0', next);
    let last = char_class(b, '1', '9', next);
    let rest = digits(b, last);
    let first = either(b, &[zero, rest]);
    char_class(b, '.', '.', first)
}

fn optional_fraction(b: &mut Builder, next: StateId) -> StateId {
    let fraction = fraction(b, next);
    b.push(State::Split(fraction, next))
}

fn digits(b: &mut Builder, next: StateId) -> StateId {
    b.star(&CharClass::of([('0', '9')]), next)
}

fn anything(b: &mut Builder, next: StateId) -> StateId {
    b.star(&CharClass::any(), next)
}

fn nothing(b: &mut Builder, next: StateId) -> StateId {
    b.push(State::Class(CharClass::default(), next))
}

fn one_digit(b: &mut Builder, low: u8, high: u8, next: StateId) -> StateId {
    char_class(b, char::from(b'0' + low), char::from(b'0' + high), next)
}

fn char_class(b: &mut Builder, low: char, high: char, next: StateId) -> StateId {
    b.push(State::Class(CharClass::of([(low, high)]), next))
}

fn either(b: &mut Builder, heads: &[StateId]) -> StateId {
    let Some((first, others)) = heads.split_first() else {
        let accept = b.push(State::Accept);
        return nothing(b, accept);
    };
    others.iter().fold(*first, |all, head| b.push(State::Split(*head, all)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::JsonNumber;

    #[test]
    fn texts_compare_as_their_numbers() {
        let numbers = [
            "0", "0.0", "1", "-1", "1.0", "5", "5.5", "-5.5", "5.05", "5.50001", "9", "10", "10.0", "12.34", "99.99",
            "100", "123456", "9999999", "10000000", "1e7", "1.5e7", "2e-4", "-2e-4", "0.001", "0.0015", "-0.5", "0.5",
            "1e300", "-1e300", "55", "-12",
        ];
        for value in numbers {
            let decimal = Decimal::parse(value).unwrap();
            let exact = decimal == Decimal::parse("0").unwrap() || {
                let Magnitude { small, large, .. } = Magnitude::of(decimal.parts().1, decimal.parts().2);
                !small && !large
            };
            for number in numbers {
                let JsonNumber::Finite(other, text) = JsonNumber::parse(number).unwrap() else { panic!() };
                assert!(all().is_match(&text) || text == "-0.0", "{text}");
                for op in [Op::Lt, Op::Le, Op::Gt, Op::Ge] {
                    let holds = op.allows(other.cmp(&decimal));
                    let accepted = comparing(op, &decimal).is_match(&text);
                    assert!(
                        if exact { accepted == holds } else { accepted || !holds },
                        "{text} {op:?} {value}: {accepted}"
                    );
                }
            }
        }
    }
}
