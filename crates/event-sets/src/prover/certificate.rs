//! Why a required set is covered: which set covers which part of it, and under which facts.

use super::known_set::KnownSet;
use super::memo::Proof;
use super::{Prover, Ready};
use crate::domain::Domain;
use crate::formula::Bound;
use crate::set::{EventSet, Node};
use crate::solver::{FactId, Outcome};

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

/// The proof that a set is covered which is known to be. If that is plain, no facts are needed for it.
pub(super) fn prove(prover: &Prover, ready: &Ready, plainly: bool) -> Proof {
    let sets: Vec<EventSet> = ready.by.iter().map(|(_, set)| set.set.clone()).collect();
    let parts = parts(&ready.required.set).iter().map(|(part, _)| {
        // Only sets that have an event in common with the part can matter.
        let matter: Vec<usize> = prover.ready(part, &sets).by.iter().map(|(at, _)| *at).collect();
        let covers = |chosen: &[usize]| {
            let places = chosen.iter().filter_map(|at| matter.get(*at));
            let chosen: Vec<EventSet> = places.filter_map(|at| sets.get(*at).cloned()).collect();
            prover.is_covered(part, &chosen)
        };
        smallest(matter.len(), covers).into_iter().filter_map(|at| matter.get(at).copied()).collect()
    });
    Proof { parts: parts.collect(), facts: if plainly { vec![] } else { assumptions(prover, ready) } }
}

/// The proof as a certificate: `required` is the set as it was asked about.
pub(super) fn in_words(proof: &Proof, ready: &Ready, required: &EventSet, domain: &Domain) -> Certificate {
    let place = |at: &usize| ready.by.get(*at).map(|(place, _)| *place);
    let named = parts(required).iter().zip(&proof.parts);
    let facts = proof.facts.iter().filter_map(|id| domain.facts.get(*id));
    Certificate {
        parts: named
            .map(|((_, name), by)| Part { required: name.clone(), by: by.iter().filter_map(place).collect() })
            .collect(),
        assumptions: facts.map(|fact| fact.statement.clone()).collect(),
    }
}

/// Whether it is plain from how the sets are built that everything in the one is in the other.
pub(super) fn is_within(one: &EventSet, other: &EventSet) -> bool {
    within(one, other, &mut 2_000)
}

/// `steps` bounds how many pairs are compared.
fn within(one: &EventSet, other: &EventSet, steps: &mut u32) -> bool {
    let Some(left) = steps.checked_sub(1) else { return false };
    *steps = left;
    if one == other {
        return true;
    }
    match (one.node(), other.node()) {
        (Node::Nothing, _) | (_, Node::Everything) => true,
        (Node::Any(members), _) => members.iter().all(|member| within(member, other, steps)),
        (_, Node::All(members)) => members.iter().all(|member| within(one, member, steps)),
        (Node::All(members), Node::Any(others)) => {
            others.iter().any(|other| within(one, other, steps))
                || members.iter().any(|member| within(member, other, steps))
        }
        (Node::All(members), _) => members.iter().any(|member| within(member, other, steps)),
        (_, Node::Any(members)) => members.iter().any(|member| within(one, member, steps)),
        _ => false,
    }
}

/// The parts that a set is best split into, each with its name; kept with the set.
fn parts(set: &EventSet) -> &[(EventSet, String)] {
    set.parts(|| split(set))
}

fn split(required: &EventSet) -> Vec<(EventSet, String)> {
    match required.node() {
        Node::Pattern(pattern) => {
            let parts = pattern.parts();
            if parts.is_empty() { vec![(required.clone(), pattern.name())] } else { parts }
        }
        Node::Any(members) => members.iter().flat_map(split).collect(),
        Node::All(members) if members.iter().any(|member| matches!(member.node(), Node::Pattern(_))) => {
            // What else is asked of the events is asked of each part.
            let (patterns, others): (Vec<_>, Vec<_>) =
                members.iter().cloned().partition(|member| matches!(member.node(), Node::Pattern(_)));
            let Some((first, rest)) = patterns.split_first() else { return vec![] };
            let others: Vec<_> = rest.iter().cloned().chain(others).collect();
            let narrowed = |(part, name)| (EventSet::all(others.iter().cloned().chain([part])), name);
            split(first).into_iter().map(narrowed).collect()
        }
        _ => vec![(required.clone(), "the required events".to_owned())],
    }
}

/// A least list of sets that covers a part: none if it is empty, one that does alone, or what is left when none can be
/// spared. `covered` tells whether some of the sets, by their places among `count`, cover it.
fn smallest(count: usize, covered: impl Fn(&[usize]) -> bool) -> Vec<usize> {
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

/// The facts that cannot be spared. Those that the search never looked at can.
fn assumptions(prover: &Prover, ready: &Ready) -> Vec<FactId> {
    let by: Vec<&KnownSet> = ready.by.iter().map(|(_, set)| set.as_ref()).collect();
    let facts_for = |kept: &dyn Fn(FactId) -> bool| {
        let question = (ready.required.as_ref(), by.as_slice(), Bound::Possible);
        let answer = prover.spend(|budget| prover.satisfy(&ready.memory, question, None, kept, budget));
        answer.ok().filter(|answer| matches!(answer.found, Outcome::Impossible)).map(|answer| answer.facts)
    };
    let Some(mut kept) = facts_for(&|_| true) else { return vec![] };
    kept.sort_unstable();
    if kept.is_empty() || facts_for(&|_| false).is_some() {
        return vec![];
    }
    for fact in kept.clone() {
        if facts_for(&|id| id != fact && kept.contains(&id)).is_some() {
            kept.retain(|id| *id != fact);
        }
    }
    kept
}
