//! The answer to a question about sets.

use std::fmt;

use serde_json::Value;

use crate::path::Path;

/// How much work one question may take, in elementary steps (a step tests one condition, or moves one automaton over one
/// character). A million steps take a few hundredths of a second.
pub const LIMIT: u64 = 1_500_000;

/// Whether every required event is caught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every required event is caught.
    Covered,
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
    /// Which texts are in this set, together with what else is asked of them, was not decided.
    Texts(String),
    /// Every event that was found has a text at this place that nobody is known to write there.
    UnsourcedValue(Path),
    /// A witness was found, but the matcher did not agree: a fault of this crate, reported rather than hidden.
    Unconfirmed(String),
}

impl Witness {
    /// The event as JSON, if it is.
    pub fn event(&self) -> Option<Value> {
        serde_json::from_str(&self.message).ok()
    }
}

impl Verdict {
    /// Whether it is [`Verdict::Covered`].
    pub fn is_covered(&self) -> bool {
        *self == Self::Covered
    }

    /// The event that escapes, if one does.
    pub fn witness(&self) -> Option<&Witness> {
        match self {
            Self::Escapes(witness) => Some(witness),
            Self::Covered | Self::Undetermined(_) => None,
        }
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
            Self::Texts(set) => write!(f, "it depends on which texts are {set}"),
            Self::UnsourcedValue(path) => {
                write!(f, "every event that shows it has a value of `{path}` that is not known to occur")
            }
            Self::Unconfirmed(message) => write!(f, "the matcher disagrees about `{message}`; please report this"),
        }
    }
}
