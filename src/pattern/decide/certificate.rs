//! Why a required set is covered: which predicate covers which part of it, and under which facts.

use super::Predicate;
use super::choice::Outcome;
use super::formula::Bound;
use super::search;
use super::world::World;
use crate::pattern::Pattern;
use crate::pattern::ast::{Expr, Tree};

/// Why a required set is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The places, in the list of predicates, of those that cover it together. None is needed if the part is empty.
    pub by: Vec<usize>,
}

/// The certificate for a set that is known to be covered.
pub(super) fn certify(required: &Predicate, by: &[Predicate], world: &World) -> Certificate {
    let part = |(part, required)| Part { by: smallest(&part, by, world), required };
    Certificate {
        parts: split(required).into_iter().map(part).collect(),
        assumptions: assumptions(required, by, world),
    }
}

/// The disjuncts of a pattern; other predicates are a part of their own.
fn split(required: &Predicate) -> Vec<(Predicate, String)> {
    match required {
        Predicate::Matches(pattern) => match pattern.tree() {
            Tree::Json(Expr::Or(members, _)) => {
                let member = |member: &Expr<_>| {
                    let pattern = Pattern::from(Tree::Json(member.clone()));
                    let text = pattern.text().to_owned();
                    (Predicate::Matches(pattern), text)
                };
                members.iter().map(member).collect()
            }
            _ => vec![(required.clone(), pattern.text().to_owned())],
        },
        Predicate::Any(members) => members.iter().flat_map(split).collect(),
        _ => vec![(required.clone(), "the required events".to_owned())],
    }
}

/// A least list of predicates that covers the part: none if it is empty, one that does alone, or what is left when none can be spared.
fn smallest(part: &Predicate, by: &[Predicate], world: &World) -> Vec<usize> {
    if covered(part, &[], world) {
        return vec![];
    }
    if by.len() == 1 {
        return vec![0];
    }
    for (at, one) in by.iter().enumerate() {
        if covered(part, &[one], world) {
            return vec![at];
        }
    }
    let mut kept: Vec<usize> = (0..by.len()).collect();
    for spared in 0..by.len() {
        let fewer: Vec<&Predicate> = kept.iter().filter(|at| **at != spared).filter_map(|at| by.get(*at)).collect();
        if covered(part, &fewer, world) {
            kept.retain(|at| *at != spared);
        }
    }
    kept
}

fn covered(part: &Predicate, by: &[&Predicate], world: &World) -> bool {
    let by: Vec<Predicate> = by.iter().map(|one| (*one).clone()).collect();
    matches!(search::satisfy(part, &by, world, Bound::Possible), Ok(Outcome::Impossible))
}

/// The facts that cannot be spared.
fn assumptions(required: &Predicate, by: &[Predicate], world: &World) -> Vec<String> {
    let impossible =
        |world: &World| matches!(search::satisfy(required, by, world, Bound::Possible), Ok(Outcome::Impossible));
    let mut fewer = World { facts: vec![], ..world.clone() };
    if impossible(&fewer) {
        return vec![];
    }
    fewer.facts.clone_from(&world.facts);
    for fact in &world.facts {
        let all = fewer.facts.clone();
        fewer.facts.retain(|other| other != fact);
        if !impossible(&fewer) {
            fewer.facts = all;
        }
    }
    fewer.facts.into_iter().map(|fact| fact.statement).collect()
}
