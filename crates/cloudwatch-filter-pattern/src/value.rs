//! What a test means for one value: the one definition that the matcher and the decision procedure share.
//!
//! Everything here follows recorded answers of AWS's `TestMetricFilter`. A comparison is no question that every value
//! answers: `null`, a boolean, an object, an array and a missing value are neither `=` nor `!=` to anything.

use std::cmp::Ordering;

use event_sets::Reading;
use event_sets::number::Decimal;
use event_sets::reader::Value;
use event_sets::text::{Glob, LazyDfa};

use super::ast::{FieldTest, Literal, NumberLiteral, Op, Test};

/// A [`Test`] made ready to be asked of many values.
#[derive(Clone, Debug)]
pub(super) enum Check {
    IsNull,
    IsTrue,
    IsFalse,
    NotExists,
    Compare(Op, Operand),
}

/// A [`Literal`] made ready.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    Number(NumberLiteral),
    Text(Glob),
    Regex(LazyDfa),
}

impl Test {
    /// Whether the test holds for the value that a selector without a wildcard leads to; `None` if it leads nowhere.
    pub fn holds(&self, value: Option<&Value<'_>>, reading: Reading) -> bool {
        Check::new(self, reading).holds(value)
    }
}

impl FieldTest {
    /// Whether the comparison holds for the text of a space-delimited field.
    ///
    /// A number literal compares by value with a field that is a number; a field that is none is unequal to it.
    pub fn holds(&self, field: &str, reading: Reading) -> bool {
        Operand::new(&self.literal, reading).holds_for_field(self.op, field)
    }
}

impl Check {
    pub(super) fn new(test: &Test, reading: Reading) -> Self {
        match test {
            Test::IsNull => Self::IsNull,
            Test::IsTrue => Self::IsTrue,
            Test::IsFalse => Self::IsFalse,
            Test::NotExists => Self::NotExists,
            Test::Compare(op, literal) => Self::Compare(*op, Operand::new(literal, reading)),
        }
    }

    pub(super) fn holds(&self, value: Option<&Value<'_>>) -> bool {
        let Some(value) = value else { return matches!(self, Self::NotExists) };
        match self {
            Self::IsNull => matches!(value, Value::Null | Value::Array { has_null: true }),
            Self::IsTrue => *value == Value::Bool(true),
            Self::IsFalse => *value == Value::Bool(false),
            Self::NotExists => false,
            Self::Compare(Op::Eq, operand) => operand.equals(value) == Some(true),
            Self::Compare(Op::Ne, operand) => operand.equals(value) == Some(false),
            Self::Compare(op, operand) => operand.order_of(value).is_some_and(|order| op.allows(order)),
        }
    }
}

impl Operand {
    pub(super) fn new(literal: &Literal, reading: Reading) -> Self {
        match literal {
            Literal::Number(number) => Self::Number(number.clone()),
            Literal::Text(text) => Self::Text(text.glob(reading)),
            Literal::Regex(regex) => Self::Regex(LazyDfa::new(regex.search())),
        }
    }

    /// Whether the value equals the literal; `None` if the two cannot be compared.
    pub(super) fn equals(&self, value: &Value<'_>) -> Option<bool> {
        let text = match value {
            Value::Text(text) => text.as_ref(),
            Value::Number(number) => number.text(),
            Value::Null | Value::Bool(_) | Value::Object | Value::Array { .. } => return None,
        };
        match (self, value) {
            (Self::Number(literal), Value::Number(number)) => Some(*number.value()? == literal.value),
            _ => Some(self.accepts(text)),
        }
    }

    pub(super) fn holds_for_field(&self, op: Op, field: &str) -> bool {
        match (self, op) {
            (Self::Number(literal), op) => {
                Decimal::parse(field).map_or(op == Op::Ne, |number| op.allows(number.cmp(&literal.value)))
            }
            (_, Op::Eq) => self.accepts(field),
            (_, Op::Ne) => !self.accepts(field),
            (_, Op::Lt | Op::Le | Op::Gt | Op::Ge) => false,
        }
    }

    /// Whether the text, which is not compared as a number, equals the literal.
    fn accepts(&self, text: &str) -> bool {
        match self {
            Self::Number(literal) => text == literal.text,
            Self::Text(glob) => glob.is_match(text),
            Self::Regex(automaton) => automaton.is_match(text),
        }
    }

    fn order_of(&self, value: &Value<'_>) -> Option<Ordering> {
        match (self, value) {
            (Self::Number(literal), Value::Number(number)) => Some(number.value()?.cmp(&literal.value)),
            _ => None,
        }
    }
}
