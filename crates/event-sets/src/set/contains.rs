//! Whether an event is in a set, told without the prover.

use super::{EventSet, Node, TextMatch};
use crate::language::{Matcher, Reading};
use crate::path::Path;
use crate::reader::{Event, Selection, Value};

/// A set made ready to be asked of many events.
pub(super) enum Contains {
    Constant(bool),
    Pattern(Matcher),
    Text { selection: Selection, how: TextMatch, values: Vec<String> },
    Boolean(Selection, bool),
    Present(Selection),
    Not(EventSet, Reading),
    All(Vec<EventSet>, Reading),
    Any(Vec<EventSet>, Reading),
}

impl Contains {
    pub(super) fn new(node: &Node, reading: Reading) -> Self {
        let selection = |at: &Path| Selection::new(&[at.steps()]);
        match node {
            Node::Everything => Self::Constant(true),
            Node::Nothing => Self::Constant(false),
            Node::Pattern(pattern) => Self::Pattern(pattern.matcher(reading)),
            Node::Text { at, how, values } => {
                Self::Text { selection: selection(at), how: *how, values: values.clone() }
            }
            Node::Boolean(at, value) => Self::Boolean(selection(at), *value),
            Node::Present(at) => Self::Present(selection(at)),
            Node::Not(inner) => Self::Not(inner.clone(), reading),
            Node::All(members) => Self::All(members.clone(), reading),
            Node::Any(members) => Self::Any(members.clone(), reading),
        }
    }

    pub(super) fn test(&self, event: &str) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Pattern(matches) => matches(event),
            Self::Text { selection, how, values } => found(event, selection, |value| match value {
                Value::Text(text) => values.iter().any(|wanted| how.holds(text, wanted)),
                _ => false,
            }),
            Self::Boolean(selection, wanted) => found(event, selection, |value| *value == Value::Bool(*wanted)),
            Self::Present(selection) => found(event, selection, |_| true),
            Self::Not(inner, reading) => !inner.contains(event, *reading),
            Self::All(members, reading) => members.iter().all(|member| member.contains(event, *reading)),
            Self::Any(members, reading) => members.iter().any(|member| member.contains(event, *reading)),
        }
    }
}

/// Whether the event is a JSON object with such a value at the one selected place.
fn found(event: &str, selection: &Selection, wanted: impl Fn(&Value<'_>) -> bool) -> bool {
    Event::read(event, selection).is_some_and(|event| event.at(selection.ends(0)).next().is_some_and(wanted))
}
