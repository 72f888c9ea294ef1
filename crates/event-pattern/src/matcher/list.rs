//! The list of a path, made ready.

use super::event::Scalar;
use crate::address::{Address, in_range};
use crate::ast::{Except, Range, Test, TestKind};
use crate::fold::Folded;
use crate::number::{Number, comparable};
use crate::wildcard::Wildcard;

/// The tests of a list, made ready.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    /// Exact strings, sorted.
    texts: Vec<String>,
    numbers: Vec<Number>,
    is_true: bool,
    is_false: bool,
    is_null: bool,
    is_present: bool,
    is_absent: bool,
    /// Ranges of addresses, as digits from the lowest to the highest.
    addresses: Vec<(Vec<u8>, Vec<u8>)>,
    others: Vec<Ready>,
    /// Whether some test looks at the value of numbers. AWS's engine then looks at nothing else of them.
    is_numeric: bool,
}

#[derive(Clone, Debug)]
enum Ready {
    Prefix(String),
    Suffix(String),
    EqualsIgnoringCase(Folded),
    PrefixIgnoringCase(Folded),
    SuffixIgnoringCase(Folded),
    Wildcard(Wildcard),
    Range(Range),
    NotTexts(Vec<String>),
    NotNumbers(Vec<Number>),
    Not(Vec<Self>),
}

impl List {
    pub(crate) fn new(tests: &[Test]) -> Self {
        let mut list = Self::default();
        for test in tests {
            list.add(&test.kind);
            list.is_numeric |= test.kind.is_numeric();
        }
        list.texts.sort_unstable();
        list
    }

    /// Whether the list holds where nothing is.
    pub(crate) fn allows_absence(&self) -> bool {
        self.is_absent
    }

    /// Whether one of the tests holds of a value.
    pub(crate) fn holds(&self, value: &Scalar<'_>) -> bool {
        self.is_present
            || match value {
                Scalar::Text(text) => {
                    self.texts.binary_search_by(|one| one.as_str().cmp(text)).is_ok()
                        || (!self.addresses.is_empty() && self.is_address(text))
                        || self.others.iter().any(|test| test.holds_of_text(text))
                }
                Scalar::Number(text) => self.holds_of_number(text),
                Scalar::Boolean(true) => self.is_true || self.others.iter().any(Ready::holds_of_literal),
                Scalar::Boolean(false) => self.is_false || self.others.iter().any(Ready::holds_of_literal),
                Scalar::Null => self.is_null || self.others.iter().any(Ready::holds_of_literal),
            }
    }

    /// Whether the list holds wherever something is.
    pub(crate) fn asks_presence(&self) -> bool {
        self.is_present
    }

    /// Whether the list holds of a value for no other reason than that it is there.
    pub(crate) fn asks_presence_only(&self, value: &Scalar<'_>) -> bool {
        self.is_present && !Self { is_present: false, ..self.clone() }.holds(value)
    }

    /// Whether the list holds of all strings (`true`) or of none (`false`); `None` if it may depend on the string.
    pub(crate) fn holds_of_texts(&self) -> Option<bool> {
        let of_all = |test: &Ready| match test {
            Ready::Prefix(text) | Ready::Suffix(text) => text.is_empty(),
            Ready::Wildcard(wildcard) => wildcard.text() == "*",
            Ready::NotNumbers(_) => true,
            _ => false,
        };
        if self.is_present || self.others.iter().any(of_all) {
            return Some(true);
        }
        let can_hold = |test: &Ready| !matches!(test, Ready::Range(_));
        let may = !self.texts.is_empty() || !self.addresses.is_empty() || self.others.iter().any(can_hold);
        if may { None } else { Some(false) }
    }

    fn add(&mut self, test: &TestKind) {
        match test {
            TestKind::Text(text) | TestKind::Exactly(text) => self.texts.push(text.clone()),
            TestKind::Address(_, address) => self.addresses.push((address.digits(), address.digits())),
            TestKind::Cidr(block) => self.addresses.push((block.low().digits(), block.high().digits())),
            TestKind::Number(number) => self.numbers.push(number.clone()),
            TestKind::Boolean(true) => self.is_true = true,
            TestKind::Boolean(false) => self.is_false = true,
            TestKind::Null => self.is_null = true,
            TestKind::Exists(true) => self.is_present = true,
            TestKind::Exists(false) => self.is_absent = true,
            other => self.others.extend(Ready::new(other)),
        }
    }

    fn is_address(&self, text: &str) -> bool {
        let Some(address) = Address::parse(text) else { return false };
        let digits = address.digits();
        self.addresses.iter().any(|(low, high)| in_range(low, high, digits.iter().copied()))
    }

    fn holds_of_number(&self, text: &str) -> bool {
        let value = comparable(text);
        // AWS's engine follows the digits of a number that it does not compare by value as if they were an address's.
        let is_address = || {
            (value.is_none() || !self.is_numeric)
                && self.addresses.iter().any(|(low, high)| in_range(low, high, text.bytes()))
        };
        self.numbers.iter().any(|number| match value {
            Some(value) => number.value() == Some(value),
            None => number.value().is_none() && number.text() == text,
        }) || is_address()
            || self.others.iter().any(|test| test.holds_of_number(value))
    }
}

impl Ready {
    fn new(test: &TestKind) -> Option<Self> {
        let folded = |text: &String| Folded::new(text);
        Some(match test {
            TestKind::Prefix(text) => Self::Prefix(text.clone()),
            TestKind::Suffix(text) => Self::Suffix(text.clone()),
            TestKind::PrefixIgnoringCase(text) => Self::PrefixIgnoringCase(folded(text)),
            TestKind::SuffixIgnoringCase(text) => Self::SuffixIgnoringCase(folded(text)),
            TestKind::EqualsIgnoringCase(text) => Self::EqualsIgnoringCase(folded(text)),
            TestKind::Wildcard(wildcard) => Self::Wildcard(wildcard.clone()),
            TestKind::Numeric(range) => Self::Range(range.clone()),
            TestKind::AnythingBut(except) => match except {
                Except::Texts(texts) => {
                    let mut texts = texts.clone();
                    texts.sort_unstable();
                    Self::NotTexts(texts)
                }
                Except::Numbers(numbers) => Self::NotNumbers(numbers.clone()),
                Except::Prefixes(texts) => Self::Not(texts.iter().cloned().map(Self::Prefix).collect()),
                Except::Suffixes(texts) => Self::Not(texts.iter().cloned().map(Self::Suffix).collect()),
                Except::IgnoringCase(texts) => {
                    Self::Not(texts.iter().map(folded).map(Self::EqualsIgnoringCase).collect())
                }
                Except::Wildcards(wildcards) => Self::Not(wildcards.iter().cloned().map(Self::Wildcard).collect()),
            },
            _ => return None,
        })
    }

    fn holds_of_text(&self, text: &str) -> bool {
        match self {
            // AWS's engine compares strings with their quotes: a prefix may name the quote that ends a value, and a suffix
            // the one that starts it.
            Self::Prefix(prefix) => text.starts_with(prefix.as_str()) || prefix.strip_suffix('"') == Some(text),
            Self::Suffix(suffix) => text.ends_with(suffix.as_str()) || suffix.strip_prefix('"') == Some(text),
            Self::PrefixIgnoringCase(prefix) => prefix.starts(text),
            Self::SuffixIgnoringCase(suffix) => suffix.ends_text(text),
            Self::EqualsIgnoringCase(folded) => folded.equals(text),
            Self::Wildcard(wildcard) => wildcard.is_match(text),
            Self::Range(_) => false,
            Self::NotTexts(texts) => texts.binary_search_by(|one| one.as_str().cmp(text)).is_err(),
            Self::NotNumbers(_) => true,
            Self::Not(tests) => !tests.iter().any(|test| test.holds_of_text(text)),
        }
    }

    fn holds_of_number(&self, value: Option<f64>) -> bool {
        match self {
            Self::Range(range) => value.is_some_and(|value| range.contains(value)),
            Self::NotNumbers(numbers) => value.is_none() || !numbers.iter().any(|number| number.value() == value),
            other => other.holds_of_literal(),
        }
    }

    /// Whether the test holds of `true`, `false` and `null`: what asks for something else does.
    fn holds_of_literal(&self) -> bool {
        matches!(self, Self::NotTexts(_) | Self::NotNumbers(_) | Self::Not(_))
    }
}

impl Range {
    /// Whether a number is in the range.
    pub(crate) fn contains(&self, value: f64) -> bool {
        match self {
            Self::Equals(number) => number.value() == Some(value),
            Self::Between(bottom, top) => {
                bottom.as_ref().is_none_or(|bottom| match bottom.number.value() {
                    Some(bound) => value > bound || (bottom.inclusive && value == bound),
                    None => false,
                }) && top.as_ref().is_none_or(|top| match top.number.value() {
                    Some(bound) => value < bound || (top.inclusive && value == bound),
                    None => false,
                })
            }
        }
    }
}
