//! What is known about the events that can occur.

use serde_json::{Map, Value};

use super::json::{is_object, pick};
use crate::pattern::ast::Selector;

/// The events that can occur: all of them, or JSON records of which some facts are known.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Whether every event is a JSON object.
    pub json: bool,
    /// What is known of the records.
    pub facts: Vec<Fact>,
    /// Realistic records, which should agree with the facts. A witness starts from the one that is most like what is
    /// asked of it, by default from the first.
    pub templates: Vec<Map<String, Value>>,
    /// Texts that are usual at a place, for witnesses that must differ from the template there.
    pub examples: Vec<(Selector, Vec<String>)>,
}

/// Something known of every record, and how to say so in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The fact in words.
    pub statement: String,
    /// The fact itself.
    pub says: Says,
}

/// What a fact says. Selectors have no wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// There is always a string.
    AlwaysText(Selector),
    /// If there is a value, it is `true` or `false`.
    Boolean(Selector),
    /// If there is a value, it is one of these strings.
    OneOf(Selector, Vec<String>),
    /// If the string at `when` is `value`, the value at `then`, if there is one, is one of `one_of`.
    Implies {
        /// The place that decides.
        when: Selector,
        /// The string there.
        value: String,
        /// The place that is decided.
        then: Selector,
        /// The strings it can have.
        one_of: Vec<String>,
    },
}

impl World {
    /// Every log message, JSON or not.
    pub fn any() -> Self {
        Self::default()
    }

    /// Every JSON object.
    pub fn json() -> Self {
        Self { json: true, ..Self::default() }
    }

    /// Whether the event can occur.
    pub fn admits(&self, message: &str) -> bool {
        (!self.json || is_object(message)) && self.facts.iter().all(|fact| fact.says.holds(message))
    }
}

impl Says {
    /// Whether this is so of the event.
    fn holds(&self, message: &str) -> bool {
        let at = |selector: &Selector| pick(message, &selector.0);
        let is_one_of = |value: Option<Value>, texts: &[String]| {
            value.is_none_or(|value| value.as_str().is_some_and(|text| texts.iter().any(|one| one == text)))
        };
        match self {
            Self::AlwaysText(selector) => at(selector).is_some_and(|value| value.is_string()),
            Self::Boolean(selector) => at(selector).is_none_or(|value| value.is_boolean()),
            Self::OneOf(selector, texts) => is_one_of(at(selector), texts),
            Self::Implies { when, value, then, one_of } => {
                at(when).as_ref().and_then(Value::as_str) != Some(value) || is_one_of(at(then), one_of)
            }
        }
    }
}
