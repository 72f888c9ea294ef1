//! What the tests of a list ask of a value.

use event_sets::formula::{Interval, Test as ValueTest};
use event_sets::number::Decimal;
use event_sets::text::Texts;
use event_sets::{Bound, Kinds};

use super::texts;
use crate::ast::{self, Except, Range, Test, TestKind};
use crate::number::Number;

/// The tests of a list but those of absence: a value satisfies the list if it satisfies one of them.
pub(crate) fn value_tests(tests: &[Test], bound: Bound) -> Vec<ValueTest> {
    let mut all = vec![];
    let mut exact = vec![];
    for test in tests {
        match &test.kind {
            TestKind::Text(text) | TestKind::Exactly(text) => exact.push(text.clone()),
            kind => all.extend(value_test(kind, bound)),
        }
    }
    if !exact.is_empty() {
        all.insert(0, ValueTest::String(Texts::OneOf(exact)));
    }
    all
}

fn value_test(kind: &TestKind, bound: Bound) -> Vec<ValueTest> {
    let strings = |all: Vec<Texts>| all.into_iter().map(ValueTest::String).collect();
    match kind {
        TestKind::Text(text) | TestKind::Exactly(text) => strings(vec![Texts::exactly(text.as_str())]),
        TestKind::Address(text, address) => strings(vec![texts::address(text, address, address)]),
        TestKind::Cidr(block) => strings(vec![texts::address(block.text(), block.low(), block.high())]),
        TestKind::Number(number) => vec![one_number(number, bound)].into_iter().flatten().collect(),
        TestKind::Boolean(true) => vec![ValueTest::Kind(Kinds::TRUE)],
        TestKind::Boolean(false) => vec![ValueTest::Kind(Kinds::FALSE)],
        TestKind::Null => vec![ValueTest::Kind(Kinds::NULL)],
        TestKind::Prefix(text) => strings(texts::starting(text)),
        TestKind::Suffix(text) => strings(texts::ending(text)),
        TestKind::PrefixIgnoringCase(text) => strings(texts::starting_ignoring_case(text)),
        TestKind::SuffixIgnoringCase(text) => strings(texts::ending_ignoring_case(text)),
        TestKind::EqualsIgnoringCase(text) => strings(vec![texts::ignoring_case(text)]),
        TestKind::Wildcard(wildcard) => strings(vec![texts::wildcard(wildcard)]),
        TestKind::Numeric(range) => vec![range_test(range, bound)].into_iter().flatten().collect(),
        TestKind::Exists(true) => vec![ValueTest::Kind(Kinds::SCALAR)],
        TestKind::Exists(false) => vec![],
        TestKind::AnythingBut(except) => exception(except, bound),
    }
}

fn exception(except: &Except, bound: Bound) -> Vec<ValueTest> {
    let but = |texts: Vec<Texts>| vec![ValueTest::Except(texts::union(texts), vec![])];
    match except {
        Except::Texts(texts) => but(vec![Texts::OneOf(texts.clone())]),
        Except::Prefixes(texts) => but(texts.iter().flat_map(|text| texts::starting(text)).collect()),
        Except::Suffixes(texts) => but(texts.iter().flat_map(|text| texts::ending(text)).collect()),
        Except::IgnoringCase(texts) => but(texts.iter().map(|text| texts::ignoring_case(text)).collect()),
        Except::Wildcards(wildcards) => but(wildcards.iter().map(texts::wildcard).collect()),
        Except::Numbers(numbers) => match numbers.iter().map(decimal).collect::<Option<Vec<_>>>() {
            Some(decimals) => vec![ValueTest::Except(Texts::none(), decimals)],
            None if bound == Bound::Possible => vec![ValueTest::Kind(Kinds::SCALAR)],
            None => {
                let numbers = Kinds::NUMBER | Kinds::INFINITE | Kinds::MINUS_INFINITE;
                vec![ValueTest::Kind(Kinds::SCALAR & !numbers)]
            }
        },
    }
}

fn one_number(number: &Number, bound: Bound) -> Option<ValueTest> {
    decimal(number).map_or_else(|| any_number(bound), |value| Some(ValueTest::Within(Interval::exactly(value))))
}

fn range_test(range: &Range, bound: Bound) -> Option<ValueTest> {
    let (low, high) = match range {
        Range::Equals(number) => return one_number(number, bound),
        Range::Between(low, high) => (low, high),
    };
    let end = |end: &Option<ast::Bound>| match end {
        None => Some(None),
        Some(end) => decimal(&end.number).map(|value| Some((value, end.inclusive))),
    };
    match (end(low), end(high)) {
        (Some(low), Some(high)) => Some(ValueTest::Within(Interval { low, high })),
        _ => any_number(bound),
    }
}

/// What is left of a number that is too large or too fine to be told from those beside it.
fn any_number(bound: Bound) -> Option<ValueTest> {
    let numbers = Kinds::NUMBER | Kinds::INFINITE | Kinds::MINUS_INFINITE;
    (bound == Bound::Possible).then_some(ValueTest::Kind(numbers))
}

/// The number, if the integers beside it are doubles.
fn decimal(number: &Number) -> Option<Decimal> {
    const MAX: f64 = 9_007_199_254_740_000.0;
    number.value().filter(|value| value.abs() < MAX).and_then(|_| Decimal::parse(number.text()))
}
