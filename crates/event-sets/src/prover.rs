//! The decision procedure.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::certificate::{Certificate, Part, assumptions, smallest, split};
use crate::domain::{Domain, Fact};
use crate::formula::Bound;
use crate::language::Reading;
use crate::set::EventSet;
use crate::solver::{Compiled, Outcome, satisfy};
use crate::verdict::{Unknown, Verdict, Witness};

/// Decides questions about sets of the events of a [`Domain`].
///
/// The question `required ⊆ by₁ ∪ by₂ ∪ …` is asked as: is `required ∧ ¬by₁ ∧ ¬by₂ ∧ …` satisfiable? Every witness is
/// matched against the sets before it leaves the prover. What cannot be decided within [`LIMIT`](crate::LIMIT) steps is
/// [`Verdict::Undetermined`], never a guess. The answer to a question is a function of the question and the domain.
#[derive(Clone, Debug)]
pub struct Prover {
    compiled: Arc<Compiled>,
}

impl Prover {
    /// A prover for the events of a domain.
    pub fn new(domain: Domain) -> Self {
        Self { compiled: Arc::new(Compiled::new(domain)) }
    }

    /// The events that can occur.
    pub fn domain(&self) -> &Domain {
        &self.compiled.domain
    }

    /// Whether the event can occur, as far as is known.
    pub fn admits(&self, event: &str) -> bool {
        self.domain().admits(event)
    }

    /// The same prover, that knows only the facts to keep.
    #[must_use]
    pub fn with_facts(&self, keep: impl Fn(&Fact) -> bool) -> Self {
        let mut domain = self.domain().clone();
        domain.facts.retain(keep);
        Self::new(domain)
    }

    /// Whether every event of `required` that can occur is in one of the sets `by`.
    pub fn decide(&self, required: &EventSet, by: &[EventSet]) -> Arc<Verdict> {
        Arc::new(match self.escape(required, by) {
            Ok(Some(witness)) => Verdict::Escapes(witness),
            Ok(None) => Verdict::Covered,
            Err(unknown) => Verdict::Undetermined(unknown),
        })
    }

    /// Whether [`decide`](Self::decide) says that it is covered.
    pub fn is_covered(&self, required: &EventSet, by: &[EventSet]) -> bool {
        matches!(self.escape(required, by), Ok(None))
    }

    /// Whether it is known that no event is in both sets.
    pub fn is_disjoint(&self, a: &EventSet, b: &EventSet) -> bool {
        self.is_covered(&EventSet::all([a.clone(), b.clone()]), &[])
    }

    /// Why `required` is covered; `None` if it is not, or not known to be.
    pub fn certificate(&self, required: &EventSet, by: &[EventSet]) -> Option<Arc<Certificate>> {
        if !self.is_covered(required, by) {
            return None;
        }
        let covers = |part: &EventSet, chosen: &[usize]| {
            let chosen: Vec<EventSet> = chosen.iter().filter_map(|at| by.get(*at).cloned()).collect();
            self.is_impossible(part, &chosen, |_| true)
        };
        let parts = split(required)
            .into_iter()
            .map(|(part, name)| Part { by: smallest(by.len(), |chosen| covers(&part, chosen)), required: name });
        let parts = parts.collect();
        let assumptions =
            assumptions(&self.domain().facts, |facts| self.is_impossible(required, by, |fact| facts.contains(&fact)));
        Some(Arc::new(Certificate { parts, assumptions }))
    }

    /// An event that can occur, that is required and that nothing catches; `None` if there is none.
    fn escape(&self, required: &EventSet, by: &[EventSet]) -> Result<Option<Witness>, Unknown> {
        let doubts: BTreeSet<String> = std::iter::once(required).chain(by).flat_map(EventSet::doubts).collect();
        if let Outcome::Found(message) = self.satisfy(required, by, Bound::Sure, |_| true)? {
            return confirm(message, required, by).map(Some);
        }
        if doubts.is_empty() {
            return Ok(None);
        }
        match self.satisfy(required, by, Bound::Possible, |_| true)? {
            Outcome::Found(_) => Err(Unknown::Undocumented(doubts.into_iter().collect())),
            Outcome::Impossible => Ok(None),
        }
    }

    /// Whether nothing of `required` is left, under any reading of what is not documented.
    fn is_impossible(&self, required: &EventSet, by: &[EventSet], kept: impl Fn(&Fact) -> bool) -> bool {
        matches!(self.satisfy(required, by, Bound::Possible, kept), Ok(Outcome::Impossible))
    }

    fn satisfy(
        &self,
        required: &EventSet,
        by: &[EventSet],
        bound: Bound,
        kept: impl Fn(&Fact) -> bool,
    ) -> Result<Outcome<String>, Unknown> {
        let caught = by.iter().map(|caught| caught.lower(bound.opposite()).negated());
        satisfy(std::iter::once(required.lower(bound)).chain(caught), &self.compiled, kept)
    }
}

/// The message as a witness, if the matchers agree that it is one under every reading.
fn confirm(message: String, required: &EventSet, by: &[EventSet]) -> Result<Witness, Unknown> {
    let agreed = Reading::ALL.into_iter().all(|reading| {
        required.contains(&message, reading) && !by.iter().any(|caught| caught.contains(&message, reading))
    });
    debug_assert!(agreed, "not a witness: {message} for {required:?} by {by:?}");
    if agreed { Ok(Witness { message }) } else { Err(Unknown::Unconfirmed(message)) }
}
