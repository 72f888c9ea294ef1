//! Matching: whether an event is one that a pattern asks for.

mod event;
mod list;
mod trie;

use std::fmt;

use crate::EventPattern;
use crate::json::JsonError;
use crate::span::Span;
pub(crate) use event::Scalar;
use event::{Found, Membership, Value};
pub(crate) use list::List;
use trie::Trie;

/// A pattern made ready to match events.
///
/// Events are matched as AWS's engine matches them, also where its guide says less or something else:
///
/// * names are joined by dots, in the pattern and in the event;
/// * numbers are compared by value, addresses as addresses, and nothing else is converted;
/// * of an array, one element is enough, and lists that look into the same array look at the same element of it;
/// * a name that stands in an object twice counts with both of its values.
#[derive(Clone, Debug)]
pub struct Matcher {
    trie: Trie,
    lists: Vec<List>,
    /// The paths of the lists, as numbered by the trie.
    paths: Vec<usize>,
    branches: Vec<Vec<usize>>,
}

/// Why a text is no event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventError {
    /// It is JSON, and no object.
    NotAnObject,
    /// It is not JSON.
    Json(JsonError, Span),
}

impl EventPattern {
    /// Whether an event matches. To match many events, make a [`Matcher`].
    ///
    /// ```
    /// use event_pattern::EventPattern;
    ///
    /// let pattern: EventPattern = r#"{"detail": {"count": [{"numeric": [">", 1]}]}}"#.parse()?;
    /// assert_eq!(pattern.matches(r#"{"detail": {"count": 2}}"#), Ok(true));
    /// assert_eq!(pattern.matches(r#"{"detail": {"count": [0, 1]}}"#), Ok(false));
    /// # Ok::<(), event_pattern::ParseError>(())
    /// ```
    pub fn matches(&self, event: &str) -> Result<bool, EventError> {
        Matcher::new(self).is_match(event)
    }
}

impl Matcher {
    /// Makes a pattern ready.
    pub fn new(pattern: &EventPattern) -> Self {
        let branches = pattern.branches();
        let mut trie = Trie::default();
        let paths = branches.lists().iter().map(|list| trie.add(&list.path)).collect();
        Self {
            trie,
            lists: branches.lists().iter().map(|list| List::new(&list.tests)).collect(),
            paths,
            branches: branches.indices().to_vec(),
        }
    }

    /// Whether an event matches. What follows the event's closing brace is not looked at.
    pub fn is_match(&self, event: &str) -> Result<bool, EventError> {
        let found = Found::read(event, &self.trie)?;
        Ok(self
            .branches
            .iter()
            .any(|branch| if found.is_flat() { self.holds_flat(branch, &found) } else { self.holds(branch, &found) }))
    }

    /// Whether an event, which is JSON, matches one branch.
    pub(crate) fn branch_matches(&self, branch: usize, event: &str) -> bool {
        let branch = self.branches.get(branch);
        Found::read(event, &self.trie).is_ok_and(|found| branch.is_some_and(|branch| self.holds(branch, &found)))
    }

    fn list<'m, 'f, 'e>(&'m self, list: usize, found: &'f Found<'e>) -> Option<(&'m List, &'f [Value<'e>])> {
        Some((self.lists.get(list)?, found.at(*self.paths.get(list)?)))
    }

    /// Whether all lists of a branch hold, where no value stands in an object of an array.
    fn holds_flat(&self, branch: &[usize], found: &Found<'_>) -> bool {
        branch.iter().filter_map(|list| self.list(*list, found)).all(|(list, values)| {
            if values.is_empty() { list.allows_absence() } else { values.iter().any(|value| list.holds(&value.scalar)) }
        })
    }

    /// Whether all lists of a branch hold of values that agree on the elements of arrays they stand in.
    ///
    /// The lists are gone through in order. Each state is a choice of elements that the lists so far can agree on; that
    /// nothing is there is asked of the elements chosen so far only, as in AWS's engine.
    fn holds(&self, branch: &[usize], found: &Found<'_>) -> bool {
        let mut states = vec![Membership::default()];
        for (at, list) in branch.iter().enumerate() {
            let Some((list, values)) = self.list(*list, found) else { return false };
            let holding: Vec<_> = values.iter().filter(|value| list.holds(&value.scalar)).collect();
            let mut next = Vec::new();
            for state in &states {
                next.extend(holding.iter().filter_map(|value| state.with(&value.membership)));
                if list.allows_absence() && !values.iter().any(|value| state.with(&value.membership).is_some()) {
                    next.push(state.clone());
                }
            }
            // Arrays that no later list looks into need not be remembered.
            let later: Vec<_> = branch.iter().skip(at + 1).filter_map(|list| self.list(*list, found)).collect();
            let matters = |array| later.iter().any(|(_, values)| values.iter().any(|v| v.membership.is_in(array)));
            next.iter_mut().for_each(|state| state.retain(matters));
            next.sort_unstable();
            next.dedup();
            states = next;
            if states.is_empty() {
                return false;
            }
        }
        true
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => f.write_str("Event must be a JSON object"),
            Self::Json(error, _) => error.fmt(f),
        }
    }
}

impl std::error::Error for EventError {}
