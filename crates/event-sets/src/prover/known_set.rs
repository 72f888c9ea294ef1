//! Sets that a prover has met: each is made ready once.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::memo::Question;
use crate::formula::Bound;
use crate::hash::FastHash;
use crate::set::{EventSet, Node};
use crate::solver::{Atoms, FactGoals, Footprint, Goal, Named};

/// What a prover has learnt about sets. It can be thrown away: answers do not depend on it.
#[derive(Debug)]
pub(super) struct Knowledge {
    pub(super) atoms: Atoms,
    pub(super) fact_goals: FactGoals,
    sets: RwLock<Sets>,
}

/// Sets, each with its number.
type Sets = HashMap<EventSet, (u32, Arc<KnownSet>), FastHash>;

/// A set, made ready.
#[derive(Debug)]
pub(super) struct KnownSet {
    pub(super) set: EventSet,
    /// Which of the prover's sets it is. Equal sets have equal numbers.
    pub(super) id: u32,
    pub(super) doubts: Vec<String>,
    sure: OnceLock<Goal>,
    possible: OnceLock<Goal>,
    outside_sure: OnceLock<Goal>,
    outside_possible: OnceLock<Goal>,
    footprint: OnceLock<Footprint>,
    named: OnceLock<Named>,
}

impl Knowledge {
    pub(super) fn new(facts: usize) -> Self {
        Self { atoms: Atoms::new(), fact_goals: FactGoals::new(facts), sets: RwLock::default() }
    }

    /// How many sets there are.
    pub(super) fn len(&self) -> usize {
        self.sets.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The question about these sets, if all of them are known.
    pub(super) fn question(&self, required: &EventSet, by: &[EventSet]) -> Option<Question> {
        let sets = self.sets.read().unwrap_or_else(PoisonError::into_inner);
        let id = |set: &EventSet| sets.get(set).map(|(id, _)| *id);
        Some(Question { required: id(required)?, by: by.iter().map(id).collect::<Option<_>>()? })
    }

    pub(super) fn get(&self, set: &EventSet) -> Arc<KnownSet> {
        if let Some((_, known)) = self.sets.read().unwrap_or_else(PoisonError::into_inner).get(set) {
            return Arc::clone(known);
        }
        let mut doubts = set.doubts();
        doubts.sort_unstable();
        doubts.dedup();
        let mut sets = self.sets.write().unwrap_or_else(PoisonError::into_inner);
        let id = u32::try_from(sets.len()).unwrap_or(u32::MAX);
        let make = || {
            let known = Arc::new(KnownSet {
                set: set.clone(),
                id,
                doubts,
                sure: OnceLock::new(),
                possible: OnceLock::new(),
                outside_sure: OnceLock::new(),
                outside_possible: OnceLock::new(),
                footprint: OnceLock::new(),
                named: OnceLock::new(),
            });
            (id, known)
        };
        Arc::clone(&sets.entry(set.clone()).or_insert_with(make).1)
    }
}

impl KnownSet {
    /// A bound of the set.
    pub(super) fn goal(&self, bound: Bound, knowledge: &Knowledge) -> &Goal {
        match bound {
            Bound::Possible if !self.doubts.is_empty() => {
                self.possible.get_or_init(|| lower(&self.set, Bound::Possible, knowledge))
            }
            _ => self.sure.get_or_init(|| lower(&self.set, Bound::Sure, knowledge)),
        }
    }

    /// A bound of what is outside of the set.
    pub(super) fn outside(&self, bound: Bound, knowledge: &Knowledge) -> &Goal {
        match bound {
            Bound::Possible if !self.doubts.is_empty() => {
                self.outside_possible.get_or_init(|| self.goal(Bound::Sure, knowledge).negated())
            }
            _ => self.outside_sure.get_or_init(|| self.goal(Bound::Possible, knowledge).negated()),
        }
    }

    /// What every event has that may be in the set.
    pub(super) fn footprint(&self, knowledge: &Knowledge) -> &Footprint {
        self.footprint.get_or_init(|| Footprint::of(self.goal(Bound::Possible, knowledge)))
    }

    /// The places and texts that the set names.
    pub(super) fn named(&self, knowledge: &Knowledge) -> &Named {
        self.named.get_or_init(|| Named::of(self.goal(Bound::Possible, knowledge)))
    }
}

/// The set as a goal, of which the goals of the sets that it is built from are a part.
fn lower(set: &EventSet, bound: Bound, knowledge: &Knowledge) -> Goal {
    let goal = |set: &EventSet, bound| knowledge.get(set).goal(bound, knowledge).clone();
    match set.node() {
        Node::Not(inner) => knowledge.get(inner).outside(bound, knowledge).clone(),
        Node::All(members) => Goal::All(members.iter().map(|member| goal(member, bound)).collect()),
        Node::Any(members) => Goal::Any(members.iter().map(|member| goal(member, bound)).collect()),
        _ => knowledge.atoms.goal(set.lower(bound)),
    }
}
