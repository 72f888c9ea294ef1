//! Why a required set is covered: which set covers which part of it, and under which facts.

use crate::domain::Fact;
use crate::set::{EventSet, Node};

/// Why a required set is covered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// The parts of the required set, each with what covers it.
    pub parts: Vec<Part>,
    /// The statements of the facts without which it would not be covered.
    pub assumptions: Vec<String>,
}

/// A part of a required set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part, as a pattern where it is one.
    pub required: String,
    /// The places, in the list of sets that were asked about, of those that cover it together. None is needed if the
    /// part is empty.
    pub by: Vec<usize>,
}

/// The parts that a set is best split into, each with its name.
pub(crate) fn split(required: &EventSet) -> Vec<(EventSet, String)> {
    match required.node() {
        Node::Pattern(pattern) => {
            let parts = pattern.parts();
            if parts.is_empty() { vec![(required.clone(), pattern.name())] } else { parts }
        }
        Node::Any(members) => members.iter().flat_map(split).collect(),
        _ => vec![(required.clone(), "the required events".to_owned())],
    }
}

/// A least list of sets that covers a part: none if it is empty, one that does alone, or what is left when none can be
/// spared. `covered` tells whether some of the sets, by their places among `count`, cover it.
pub(crate) fn smallest(count: usize, covered: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    if covered(&[]) {
        return vec![];
    }
    if count == 1 {
        return vec![0];
    }
    if let Some(one) = (0..count).find(|one| covered(&[*one])) {
        return vec![one];
    }
    let mut kept: Vec<usize> = (0..count).collect();
    for spared in 0..count {
        let fewer: Vec<usize> = kept.iter().copied().filter(|at| *at != spared).collect();
        if covered(&fewer) {
            kept = fewer;
        }
    }
    kept
}

/// The statements of the facts that cannot be spared. `covered` tells whether some facts suffice.
pub(crate) fn assumptions(facts: &[Fact], covered: impl Fn(&[&Fact]) -> bool) -> Vec<String> {
    if covered(&[]) {
        return vec![];
    }
    let mut kept: Vec<&Fact> = facts.iter().collect();
    for fact in facts {
        let fewer: Vec<&Fact> = kept.iter().copied().filter(|other| *other != fact).collect();
        if covered(&fewer) {
            kept = fewer;
        }
    }
    kept.into_iter().map(|fact| fact.statement.clone()).collect()
}
