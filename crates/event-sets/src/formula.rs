//! Sets of events as and/or trees over atoms, the simplest conditions on an event.
//!
//! A language of patterns says what a pattern means by [lowering](crate::Language::lower) it to a formula. Where it is
//! not documented what a pattern means, the formula is a [`Bound`] of the set: an atom is made larger or smaller than it
//! may be. Negation is pushed down to the atoms, and what is negated is always a whole atom: in most languages `!=` is
//! not the negation of `=`.

use std::sync::Arc;

use crate::kinds::Kinds;
use crate::number::{Decimal, Op};
use crate::path::Path;
use crate::set::EventSet;
use crate::text::{Regular, Texts};

/// Which bound of a set a formula describes, where the exact set is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Only what is in the set under every reading.
    Sure,
    /// All that is in the set under some reading.
    Possible,
}

/// Atoms joined by "and" and "or", each as it is or negated.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Formula {
    /// The atom holds (`true`), or it does not (`false`).
    Literal(Atom, bool),
    /// All of them; `true` if there is none.
    All(Vec<Self>),
    /// One of them; `false` if there is none.
    Any(Vec<Self>),
}

/// The simplest conditions on an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Atom {
    /// The message is a JSON object.
    Object,
    /// What stands at a place.
    At(Path, Test),
    /// Something in some element or member of the value at a place.
    Child {
        /// The place of the array or object.
        parent: Path,
        /// The way from the element or member to what is tested.
        rest: Path,
        /// What is asked of it.
        test: Test,
        /// Whether only the elements of an array count, not the members of an object.
        array: bool,
    },
    /// The message contains this text.
    Contains(String),
    /// The message, as text, is in the language.
    Text(Regular),
    /// The message has these space-delimited fields.
    Fields(Arc<Layout>),
}

/// What is asked of a value, or of there being none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// Its kind is one of these.
    Kind(Kinds),
    /// It is a string, or a number with a [text](crate::number::JsonNumber::text), in the set.
    Text(Texts),
    /// It is a string, or a number with a text, outside the set.
    NotText(Texts),
    /// It is a string in the set.
    String(Texts),
    /// It is a string in the set, or missing.
    MissingOr(Texts),
    /// It compares so with the number; `=` and `!=` compare strings with the literal's text, which is the last field.
    Number(Op, Decimal, String),
    /// It is a number, and no string, in the interval.
    Within(Interval),
    /// It is neither an object nor an array, no string in the set, and none of these numbers.
    Except(Texts, Vec<Decimal>),
}

/// The finite numbers between two ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The lower end, and whether it belongs to the interval; `None` if there is none.
    pub low: Option<(Decimal, bool)>,
    /// Likewise the upper end.
    pub high: Option<(Decimal, bool)>,
}

/// A space-delimited message: what is asked of its fields.
///
/// Fields are separated by white space, or stand between `"` and `"` or `[` and `]`. Without an ellipsis the last slot
/// takes the rest of the message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// The fields, from the first to the last.
    pub slots: Vec<Slot>,
    /// How messages call the pattern.
    pub name: String,
    /// Which bound of the pattern the slots describe.
    pub bound: Bound,
    /// The pattern itself, by which messages that were found are checked.
    pub pattern: EventSet,
}

/// An entry of a [`Layout`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Any number of fields, none included. At most one slot is an ellipsis.
    Ellipsis,
    /// A field, of which something may be asked.
    Field(Option<FieldFormula>),
}

/// What is asked of a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FieldFormula {
    /// All of them.
    All(Vec<Self>),
    /// One of them.
    Any(Vec<Self>),
    /// The field's text is in the set (`true`), or it is not.
    Text(Texts, bool),
    /// The field, if it is a number, compares so; a field that is none is unequal to every number.
    Number(Op, Decimal),
}

impl Formula {
    /// What stands at a place.
    pub fn at(path: Path, test: Test) -> Self {
        Self::Literal(Atom::At(path, test), true)
    }

    /// Whether the message is a JSON object.
    pub fn object() -> Self {
        Self::Literal(Atom::Object, true)
    }

    /// Always, or never.
    pub fn constant(value: bool) -> Self {
        if value { Self::All(vec![]) } else { Self::Any(vec![]) }
    }

    /// The formula that holds just where this one does not.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Literal(atom, positive) => Self::Literal(atom, !positive),
            Self::All(members) => Self::Any(members.into_iter().map(Self::negated).collect()),
            Self::Any(members) => Self::All(members.into_iter().map(Self::negated).collect()),
        }
    }
}

impl Interval {
    /// One number.
    pub fn exactly(value: Decimal) -> Self {
        Self { low: Some((value.clone(), true)), high: Some((value, true)) }
    }

    /// Whether a number is in the interval.
    pub fn contains(&self, value: &Decimal) -> bool {
        let above = |(low, inclusive): &(Decimal, bool)| value > low || (*inclusive && value == low);
        let below = |(high, inclusive): &(Decimal, bool)| value < high || (*inclusive && value == high);
        self.low.as_ref().is_none_or(above) && self.high.as_ref().is_none_or(below)
    }

    /// The ends.
    pub(crate) fn ends(&self) -> impl Iterator<Item = &Decimal> {
        self.low.iter().chain(&self.high).map(|(value, _)| value)
    }
}

impl Bound {
    /// The bound of a complement that is the complement of this bound.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Sure => Self::Possible,
            Self::Possible => Self::Sure,
        }
    }
}

impl Atom {
    /// The kinds of value on which it holds surely, and those on which that depends on the value.
    pub(crate) fn kinds(&self) -> (Kinds, Kinds) {
        match self {
            Self::At(_, test) => test.kinds(),
            _ => (Kinds::NONE, Kinds::ANY),
        }
    }
}

impl Test {
    /// The kinds on which the test holds whatever the value, and those on which it depends on the value.
    pub(crate) fn kinds(&self) -> (Kinds, Kinds) {
        let infinite = |inside: bool, texts: &Texts| {
            [("Infinity", Kinds::INFINITE), ("-Infinity", Kinds::MINUS_INFINITE)]
                .into_iter()
                .filter(|(text, _)| texts.contains(text) == inside)
                .fold(Kinds::NONE, |kinds, (_, kind)| kinds | kind)
        };
        match self {
            Self::Kind(kinds) => (*kinds, Kinds::NONE),
            Self::Text(texts) if texts.number_free() => (infinite(true, texts), Kinds::TEXT),
            Self::Text(texts) => (infinite(true, texts), Kinds::TEXT | Kinds::NUMBER),
            Self::NotText(texts) => (infinite(false, texts), Kinds::TEXT | Kinds::NUMBER),
            Self::String(_) => (Kinds::NONE, Kinds::TEXT),
            Self::MissingOr(_) => (Kinds::MISSING, Kinds::TEXT),
            Self::Number(Op::Eq | Op::Ne, ..) => (Kinds::NONE, Kinds::TEXT | Kinds::NUMBER),
            Self::Number(..) | Self::Within(_) => (Kinds::NONE, Kinds::NUMBER),
            Self::Except(texts, numbers) => {
                let texts = if *texts == Texts::none() { Kinds::NONE } else { Kinds::TEXT };
                let perhaps = texts | if numbers.is_empty() { Kinds::NONE } else { Kinds::NUMBER };
                (Kinds::SCALAR & !perhaps, perhaps)
            }
        }
    }

    /// Whether the test holds of a string.
    pub(crate) fn holds_of(&self, text: &str) -> bool {
        match self {
            Self::Kind(kinds) => kinds.meets(Kinds::TEXT),
            Self::Text(texts) | Self::String(texts) | Self::MissingOr(texts) => texts.contains(text),
            Self::NotText(texts) | Self::Except(texts, _) => !texts.contains(text),
            Self::Number(Op::Eq, _, literal) => text == literal,
            Self::Number(Op::Ne, _, literal) => text != literal,
            Self::Number(..) | Self::Within(_) => false,
        }
    }
}
