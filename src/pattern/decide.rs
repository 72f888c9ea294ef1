//! The decision procedure: is every event that one predicate asks for caught by others, and if not, which one escapes?
//!
//! The question `required ⊆ by₁ ∪ by₂ ∪ …` is asked as: is `required ∧ ¬by₁ ∧ ¬by₂ ∧ …` satisfiable?
//! `formula` turns predicates into and/or trees over simple conditions, `search` looks for a consistent choice of
//! conditions, `tree` builds a JSON event from such a choice or shows that there is none, with `strings` and
//! `numbers` solving for the values. Events that are not JSON are solved for in `text` and `fields`.
//!
//! Every witness is matched against the predicates before it leaves this module. What cannot be decided within
//! [`limits`](LIMIT) is [`Verdict::Undetermined`], never a guess.

mod asked;
mod certificate;
mod choice;
mod fields;
mod formula;
mod json;
mod kinds;
mod numbers;
mod numerals;
mod search;
mod strings;
mod text;
mod tree;
mod world;

use std::fmt;

use serde_json::Value;

pub use certificate::{Certificate, Part};
pub use world::{Fact, Says, World};

use super::Pattern;
use super::ast::Selector;
use super::glob::Reading;
use choice::Outcome;
use formula::Bound;

/// How much work one question may take, in elementary steps (a step tests one condition, or moves one automaton over one
/// character). A million steps take a few hundredths of a second.
pub const LIMIT: u64 = 1_500_000;

/// A set of events, given by patterns and by what a trail's event selectors let through.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// Every event.
    Everything,
    /// No event.
    Nothing,
    /// The events that a filter pattern matches.
    Matches(Pattern),
    /// The JSON events that have one of these texts at a place. The texts are exact: `*` is an asterisk.
    Text {
        /// The place, without wildcards.
        selector: Selector,
        /// How the texts are compared.
        how: TextMatch,
        /// The texts, any of which will do.
        values: Vec<String>,
    },
    /// The JSON events whose value at a place, which has no wildcards, is this boolean.
    Boolean(Selector, bool),
    /// The events that are not in the set.
    Not(Box<Self>),
    /// The events that are in all of the sets.
    All(Vec<Self>),
    /// The events that are in one of the sets.
    Any(Vec<Self>),
}

/// How a text is compared in [`Predicate::Text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMatch {
    /// The whole text.
    Equals,
    /// Its beginning.
    StartsWith,
    /// Its end.
    EndsWith,
}

/// The answer to [`decide`].
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Every required event is caught.
    Covered(Certificate),
    /// This event is required, and nothing catches it.
    Escapes(Witness),
    /// Not decided.
    Undetermined(Unknown),
}

/// An event, as the text of a log message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The message; compact JSON unless the question was about unstructured text.
    pub message: String,
}

/// Why a question was not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The search took more than [`LIMIT`] steps.
    Steps,
    /// An array index, a repetition or a number is beyond what is built into a witness.
    TooLarge(&'static str),
    /// The answer depends on how a JSON event is written as text, which the pattern named here looks at.
    Writing(String),
    /// The answer depends on how a message is cut into fields, or on what else the pattern named here asks of its text.
    Fields(String),
    /// The answer depends on something about patterns that AWS does not document.
    Undocumented(Vec<String>),
    /// Which texts numbers can have was not decided.
    NumberText,
    /// A witness was found, but the matcher did not agree: a fault of this module, reported rather than hidden.
    Unconfirmed(String),
}

/// Whether `by` together match every event that `required` matches, over all events.
///
/// ```
/// use trailproof::pattern::{Pattern, decide::{Verdict, covers}};
///
/// let required: Pattern = "{ ($.eventName = A) || ($.eventName = B) }".parse()?;
/// let a: Pattern = "{ $.eventName = A }".parse()?;
/// let b: Pattern = "{ $.eventName = \"B*\" }".parse()?;
/// assert!(matches!(covers(&required, &[a.clone(), b]), Verdict::Covered(_)));
/// let Verdict::Escapes(witness) = covers(&required, &[a]) else { panic!() };
/// assert_eq!(witness.message, r#"{"eventName":"B"}"#);
/// # Ok::<(), trailproof::pattern::ParseError>(())
/// ```
pub fn covers(required: &Pattern, by: &[Pattern]) -> Verdict {
    let by: Vec<_> = by.iter().cloned().map(Predicate::Matches).collect();
    decide(&Predicate::Matches(required.clone()), &by, &World::any())
}

/// Whether two patterns match the same events: covered both ways. The witness is matched by one of them only.
pub fn equivalent(a: &Pattern, b: &Pattern) -> Verdict {
    match covers(a, std::slice::from_ref(b)) {
        Verdict::Covered(_) => covers(b, std::slice::from_ref(a)),
        verdict => verdict,
    }
}

/// Whether no event of the world is in both sets. The witness is in both.
pub fn disjoint(a: &Predicate, b: &Predicate, world: &World) -> Verdict {
    decide(&Predicate::All(vec![a.clone(), b.clone()]), &[], world)
}

/// Whether no event of the world is in the set. The witness is in it.
pub fn never_matches(predicate: &Predicate, world: &World) -> Verdict {
    decide(predicate, &[], world)
}

/// Whether every event of the world is in the set. The witness is not.
pub fn always_matches(predicate: &Predicate, world: &World) -> Verdict {
    decide(&Predicate::Everything, std::slice::from_ref(predicate), world)
}

/// Whether every event of `required` that can occur in `world` is in one of the sets `by`.
pub fn decide(required: &Predicate, by: &[Predicate], world: &World) -> Verdict {
    match escape(required, by, world) {
        Ok(Some(witness)) => Verdict::Escapes(witness),
        Ok(None) => Verdict::Covered(certificate::certify(required, by, world)),
        Err(unknown) => Verdict::Undetermined(unknown),
    }
}

/// Whether [`decide`] says that it is covered, without the certificate, which takes longer than the answer.
pub fn is_covered(required: &Predicate, by: &[Predicate], world: &World) -> bool {
    matches!(escape(required, by, world), Ok(None))
}

/// An event of the world that is required and that nothing catches; `None` if there is none.
fn escape(required: &Predicate, by: &[Predicate], world: &World) -> Result<Option<Witness>, Unknown> {
    let doubts = formula::doubts(std::iter::once(required).chain(by));
    if let Outcome::Found(message) = search::satisfy(required, by, world, Bound::Sure)? {
        return confirm(message, required, by).map(Some);
    }
    if doubts.is_empty() {
        return Ok(None);
    }
    match search::satisfy(required, by, world, Bound::Possible)? {
        Outcome::Found(_) => Err(Unknown::Undocumented(doubts)),
        Outcome::Impossible => Ok(None),
    }
}

/// The message as a witness, if the matcher agrees that it is one, however an inner `*` is read.
fn confirm(message: String, required: &Predicate, by: &[Predicate]) -> Result<Witness, Unknown> {
    let agreed = [Reading::Literal, Reading::Wildcard].iter().all(|reading| {
        required.matches(&message, *reading) && !by.iter().any(|caught| caught.matches(&message, *reading))
    });
    debug_assert!(agreed, "not a witness: {message} for {required:?} by {by:?}");
    if agreed { Ok(Witness { message }) } else { Err(Unknown::Unconfirmed(message)) }
}

impl Predicate {
    /// Whether the message is in the set.
    pub fn matches(&self, message: &str, reading: Reading) -> bool {
        match self {
            Self::Everything => true,
            Self::Nothing => false,
            Self::Matches(pattern) => pattern.matches_as(message, reading),
            Self::Text { selector, how, values } => {
                let found = json::pick(message, &selector.0);
                found.as_ref().and_then(Value::as_str).is_some_and(|text| values.iter().any(|v| how.holds(text, v)))
            }
            Self::Boolean(selector, wanted) => json::pick(message, &selector.0) == Some(Value::Bool(*wanted)),
            Self::Not(inner) => !inner.matches(message, reading),
            Self::All(members) => members.iter().all(|m| m.matches(message, reading)),
            Self::Any(members) => members.iter().any(|m| m.matches(message, reading)),
        }
    }
}

impl TextMatch {
    fn holds(self, text: &str, value: &str) -> bool {
        match self {
            Self::Equals => text == value,
            Self::StartsWith => text.starts_with(value),
            Self::EndsWith => text.ends_with(value),
        }
    }
}

impl Witness {
    /// The event as JSON, if it is.
    pub fn event(&self) -> Option<Value> {
        serde_json::from_str(&self.message).ok()
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steps => write!(f, "deciding it took more than {LIMIT} steps"),
            Self::TooLarge(what) => write!(f, "it needs {what} larger than a witness is built with"),
            Self::Writing(pattern) => {
                write!(f, "`{pattern}` looks at the event as text, and the answer depends on how JSON is written")
            }
            Self::Fields(pattern) => {
                write!(f, "`{pattern}` asks something of several fields at once, which was not decided")
            }
            Self::Undocumented(doubts) => {
                write!(f, "AWS does not document {}, and the answer depends on it", doubts.join(", nor "))
            }
            Self::NumberText => f.write_str("it depends on which texts numbers can have"),
            Self::Unconfirmed(message) => write!(f, "the matcher disagrees about `{message}`; please report this"),
        }
    }
}
