//! What is known about the events that can occur.

use serde_json::{Map, Value};

use crate::formula::{Formula, Test};
use crate::json::{is_object, pick};
use crate::kinds::Kinds;
use crate::path::Path;
use crate::text::{Glob, Texts};

/// The events that can occur: all of them, or records of which some facts are known.
#[derive(Clone, Debug, Default)]
pub struct Domain {
    /// Whether every event is a JSON object.
    pub json: bool,
    /// What is known of every event. These are the premises of a proof.
    pub facts: Vec<Fact>,
    /// What a witness should look like. This is no premise: no verdict of [`Covered`](crate::Verdict::Covered) rests on
    /// it.
    pub exemplars: Exemplars,
}

/// Something known of every event: if all conditions hold, this is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The fact in words, for a certificate. Facts of the same words are one premise.
    pub statement: String,
    /// The conditions, all of which have to hold; none for a fact about every event.
    pub given: Vec<Condition>,
    /// What is so.
    pub says: FactKind,
}

/// The string at a place is one of these.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Condition {
    /// The place.
    pub at: Path,
    /// The strings, any of which will do.
    pub one_of: Vec<String>,
}

/// What a fact says of the value at a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FactKind {
    /// There is always a string.
    AlwaysText(Path),
    /// If there is a value, it is `true` or `false`.
    Boolean(Path),
    /// There is always this boolean.
    AlwaysBoolean(Path, bool),
    /// If there is a value, it is one of these strings.
    OneOf(Path, Vec<String>),
    /// There is always one of these strings.
    Always(Path, Vec<String>),
    /// There is no value.
    Absent(Path),
    /// If there is a value, it is a string of one of these forms.
    Matches(Path, Vec<Glob>),
}

/// What events look like: where the values of a witness come from.
///
/// A witness starts from a template and is changed where the question asks for other values. These are taken, in this
/// order, from the texts that the question itself names, from [`usual`](Self::usual), and from those that facts name.
/// Only where none of them fits is a text made up.
#[derive(Clone, Debug, Default)]
pub struct Exemplars {
    /// Complete events, which should agree with the facts. A witness starts from the one that is most like what is asked
    /// of it, by default from the first.
    pub templates: Vec<Map<String, Value>>,
    /// Texts that are known to occur at a place.
    pub usual: Vec<(Path, Vec<String>)>,
    /// Places whose values the caller of the service chooses, with everything below them: whatever fits the facts can
    /// occur there, so a witness may hold a value that was made up.
    ///
    /// If this list is not empty, a witness holds made-up values nowhere else. Elsewhere a text has to be one that the
    /// required set asks for by name, that a template has at the place, that is [`usual`](Self::usual) there, that a fact
    /// names or that has a form that a fact gives ([`FactKind::Matches`]). Any other value (a number, a boolean, `null`,
    /// an empty object or array) has to be of a kind that a template or a boolean fact has at the place, unless the
    /// required set looks at the place itself. What the sets *by* name is no source. The prover looks for an event with
    /// such values; if events escape and none of them has, the answer is
    /// [`Unknown::UnsourcedValue`](crate::Unknown::UnsourcedValue).
    pub free: Vec<Path>,
}

impl Domain {
    /// Every log message, JSON or not.
    pub fn any() -> Self {
        Self::default()
    }

    /// Every JSON object.
    pub fn json() -> Self {
        Self { json: true, ..Self::default() }
    }

    /// Whether the event can occur, as far as is known.
    pub fn admits(&self, event: &str) -> bool {
        (!self.json || is_object(event)) && self.facts.iter().all(|fact| fact.holds(event))
    }
}

impl Fact {
    /// Whether this is so of the event.
    pub fn holds(&self, event: &str) -> bool {
        let given = |condition: &Condition| {
            let found = pick(event, condition.at.steps());
            found.as_ref().and_then(Value::as_str).is_some_and(|text| condition.one_of.iter().any(|one| one == text))
        };
        !self.given.iter().all(given) || self.says.holds(pick(event, self.says.path().steps()).as_ref())
    }

    /// The fact as a formula.
    pub(crate) fn lower(&self) -> Formula {
        let says = self.says.lower();
        if self.given.is_empty() {
            return says;
        }
        let not_given = self.given.iter().map(|condition| {
            let test = Test::String(Texts::OneOf(condition.one_of.clone()));
            Formula::at(condition.at.clone(), test).negated()
        });
        let mut members = vec![says];
        members.extend(not_given);
        Formula::Any(members)
    }
}

impl FactKind {
    /// The place that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::AlwaysText(at)
            | Self::Boolean(at)
            | Self::AlwaysBoolean(at, _)
            | Self::OneOf(at, _)
            | Self::Always(at, _)
            | Self::Absent(at)
            | Self::Matches(at, _) => at,
        }
    }

    /// The texts that it names.
    pub fn texts(&self) -> &[String] {
        match self {
            Self::OneOf(_, texts) | Self::Always(_, texts) => texts,
            _ => &[],
        }
    }

    /// Whether this is so, where there is this value or none at the place.
    fn holds(&self, value: Option<&Value>) -> bool {
        let text = value.and_then(Value::as_str);
        let is_one_of = |texts: &[String]| text.is_some_and(|text| texts.iter().any(|one| one == text));
        match self {
            Self::AlwaysText(_) => text.is_some(),
            Self::Boolean(_) => value.is_none_or(Value::is_boolean),
            Self::AlwaysBoolean(_, wanted) => value == Some(&Value::Bool(*wanted)),
            Self::OneOf(_, texts) => value.is_none() || is_one_of(texts),
            Self::Always(_, texts) => is_one_of(texts),
            Self::Absent(_) => value.is_none(),
            Self::Matches(_, forms) => {
                value.is_none() || text.is_some_and(|text| forms.iter().any(|form| form.is_match(text)))
            }
        }
    }

    fn lower(&self) -> Formula {
        let at = |test| Formula::at(self.path().clone(), test);
        match self {
            Self::AlwaysText(_) => at(Test::Kind(Kinds::TEXT)),
            Self::Boolean(_) => at(Test::Kind(Kinds::MISSING | Kinds::TRUE | Kinds::FALSE)),
            Self::AlwaysBoolean(_, value) => at(Test::Kind(if *value { Kinds::TRUE } else { Kinds::FALSE })),
            Self::OneOf(_, texts) => at(Test::MissingOr(Texts::OneOf(texts.clone()))),
            Self::Always(_, texts) => at(Test::String(Texts::OneOf(texts.clone()))),
            Self::Absent(_) => at(Test::Kind(Kinds::MISSING)),
            Self::Matches(_, forms) => {
                Formula::Any(forms.iter().map(|form| at(Test::MissingOr(form.clone().into()))).collect())
            }
        }
    }
}
