//! The decision procedure.

mod allowance;
mod certificate;
mod known_set;
mod memo;

use std::fmt;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

pub use self::allowance::Allowance;
pub use self::certificate::{Certificate, Part};
use self::known_set::{Knowledge, KnownSet};
use self::memo::{Answered, Memo, Question};
use crate::domain::{Domain, Fact};
use crate::formula::Bound;
use crate::language::Reading;
use crate::set::EventSet;
use crate::solver::{Answer, Budget, FactId, Outcome, Premises, Query, satisfy};
use crate::verdict::{LIMIT, Unknown, Verdict, Witness};

/// Decides questions about sets of the events of a [`Domain`].
///
/// The question `required ⊆ by₁ ∪ by₂ ∪ …` is asked as: is `required ∧ ¬by₁ ∧ ¬by₂ ∧ …` satisfiable? Every witness is
/// matched against the sets before it leaves the prover. What cannot be decided within [`LIMIT`](crate::LIMIT) steps is
/// [`Verdict::Undetermined`], never a guess.
///
/// A prover is for many questions. It makes the domain ready once, each set once, and remembers what it answered, for all
/// threads that use it or a clone of it. The answer to a question is a function of the question and the domain: it does
/// not depend on what was asked before, nor on the order in which threads ask.
#[derive(Clone)]
pub struct Prover(Arc<Inner>);

struct Inner {
    premises: Arc<Premises>,
    memory: RwLock<Arc<Memory>>,
    /// What is left for all questions together, if that is limited.
    allowance: Option<Allowance>,
}

/// What was learnt from questions. It can be thrown away.
struct Memory {
    knowledge: Knowledge,
    /// By the sets that can matter.
    memo: Memo,
    /// By all sets that were asked about.
    asked: Memo,
}

/// A question whose sets were made ready.
struct Ready {
    memory: Arc<Memory>,
    required: Arc<KnownSet>,
    /// The sets that can matter, each with its place among those that were asked about.
    by: Vec<(usize, Arc<KnownSet>)>,
}

/// How many sets are remembered, some kilobytes each.
const MOST_SETS: usize = 50_000;

impl Prover {
    /// A prover for the events of a domain.
    pub fn new(domain: Domain) -> Self {
        Self::over(Arc::new(Premises::new(domain)), None)
    }

    fn over(premises: Arc<Premises>, allowance: Option<Allowance>) -> Self {
        let memory = RwLock::new(Arc::new(Memory::new(premises.domain())));
        Self(Arc::new(Inner { premises, memory, allowance }))
    }

    /// A prover for the same events, whose questions together take no more steps than the allowance has left. A question
    /// that has none left is [`Verdict::Undetermined`].
    ///
    /// This is for many small questions of which a few may stay open, as lints ask them, one after the other. What such
    /// a prover answers depends on what it was asked before.
    #[must_use]
    pub fn within(&self, allowance: &Allowance) -> Self {
        Self::over(Arc::clone(&self.0.premises), Some(allowance.clone()))
    }

    /// The events that can occur.
    pub fn domain(&self) -> &Domain {
        self.0.premises.domain()
    }

    /// Whether the event can occur, as far as is known.
    pub fn admits(&self, event: &str) -> bool {
        self.domain().admits(event)
    }

    /// A prover that knows only the facts to keep.
    #[must_use]
    pub fn with_facts(&self, keep: impl Fn(&Fact) -> bool) -> Self {
        if self.domain().facts.iter().all(&keep) {
            return self.clone();
        }
        let domain = self.domain();
        Self::new(Domain {
            json: domain.json,
            facts: domain.facts.iter().filter(|fact| keep(fact)).cloned().collect(),
            exemplars: domain.exemplars.clone(),
        })
    }

    /// Whether every event of `required` that can occur is in one of the sets `by`.
    pub fn decide(&self, required: &EventSet, by: &[EventSet]) -> Arc<Verdict> {
        Arc::clone(&self.answered(required, by).verdict)
    }

    /// Whether [`decide`](Self::decide) says that it is covered.
    pub fn is_covered(&self, required: &EventSet, by: &[EventSet]) -> bool {
        self.answered(required, by).verdict.is_covered()
    }

    /// Whether it is known that no event is in both sets.
    pub fn is_disjoint(&self, a: &EventSet, b: &EventSet) -> bool {
        let memory = self.memory();
        let [one, other] = [a, b].map(|set| memory.knowledge.get(set));
        one.footprint(&memory.knowledge).is_disjoint(other.footprint(&memory.knowledge))
            || self.is_covered(&EventSet::all([a.clone(), b.clone()]), &[])
    }

    /// Why `required` is covered; `None` if it is not, or not known to be.
    pub fn certificate(&self, required: &EventSet, by: &[EventSet]) -> Option<Arc<Certificate>> {
        if !self.is_covered(required, by) {
            return None;
        }
        let ready = self.ready(required, by);
        let plainly = self.is_plainly_covered(&ready);
        let answered = if plainly { self.remember(&ready, || Verdict::Covered) } else { self.answer(&ready) };
        let proof = answered.proof.get_or_init(|| Arc::new(certificate::prove(self, &ready, plainly)));
        Some(Arc::new(certificate::in_words(proof, &ready, required, self.domain())))
    }

    /// What is known about a question, or what deciding it says.
    fn answered(&self, required: &EventSet, by: &[EventSet]) -> Arc<Answered> {
        let memory = self.memory();
        if let Some(question) = memory.knowledge.question(required, by)
            && let Some(known) = memory.asked.get(&question)
        {
            return known;
        }
        let ready = self.ready(required, by);
        let covered = self.is_plainly_covered(&ready);
        let answered = if covered { self.remember(&ready, || Verdict::Covered) } else { self.answer(&ready) };
        match ready.memory.knowledge.question(required, by) {
            Some(question) => ready.memory.asked.insert(question, answered),
            None => answered,
        }
    }

    /// Makes a question ready. Sets that have no event in common with the required one are left out.
    fn ready(&self, required: &EventSet, by: &[EventSet]) -> Ready {
        let memory = self.memory();
        let knowledge = &memory.knowledge;
        let required = knowledge.get(required);
        let footprint = required.footprint(knowledge);
        let known = by.iter().map(|set| knowledge.get(set)).enumerate();
        let mut by: Vec<(usize, Arc<KnownSet>)> = Vec::with_capacity(by.len());
        for (at, set) in known {
            if !set.footprint(knowledge).is_disjoint(footprint) && by.iter().all(|(_, other)| other.id != set.id) {
                by.push((at, set));
            }
        }
        Ready { required, by, memory }
    }

    /// Whether it can be told at a glance that the required set is covered, whatever the facts are.
    fn is_plainly_covered(&self, Ready { memory, required, by }: &Ready) -> bool {
        let holds_it = |(_, set): &(usize, Arc<KnownSet>)| certificate::is_within(&required.set, &set.set);
        by.iter().any(holds_it) || {
            let goals: Vec<_> = by.iter().map(|(_, set)| set.goal(Bound::Sure, &memory.knowledge).clone()).collect();
            required.footprint(&memory.knowledge).is_within(&goals)
        }
    }

    /// What is known about a question that is ready, or what deciding it says.
    fn answer(&self, ready: &Ready) -> Arc<Answered> {
        self.remember(ready, || match self.escape(ready) {
            Ok(Some(witness)) => Verdict::Escapes(witness),
            Ok(None) => Verdict::Covered,
            Err(unknown) => Verdict::Undetermined(unknown),
        })
    }

    fn remember(&self, ready: &Ready, verdict: impl FnOnce() -> Verdict) -> Arc<Answered> {
        let by = ready.by.iter().map(|(_, set)| set.id).collect();
        let question = Question { required: ready.required.id, by };
        if let Some(known) = ready.memory.memo.get(&question) {
            return known;
        }
        // Without a lock: another thread may work out the same answer meanwhile.
        let answered = Answered { verdict: Arc::new(verdict()), proof: OnceLock::new() };
        ready.memory.memo.insert(question, Arc::new(answered))
    }

    /// An event that can occur, that is required and that nothing catches; `None` if there is none.
    fn escape(&self, ready: &Ready) -> Result<Option<Witness>, Unknown> {
        let by: Vec<&KnownSet> = ready.by.iter().map(|(_, set)| set.as_ref()).collect();
        let satisfy = |bound| self.satisfy(&ready.memory, &ready.required, &by, bound, |_| true);
        if let Outcome::Found(message) = satisfy(Bound::Sure)?.found {
            return confirm(message, ready).map(Some);
        }
        let mut doubts: Vec<String> = ready.required.doubts.clone();
        doubts.extend(by.iter().flat_map(|set| &set.doubts).cloned());
        if doubts.is_empty() {
            return Ok(None);
        }
        doubts.sort_unstable();
        doubts.dedup();
        match satisfy(Bound::Possible)?.found {
            Outcome::Found(_) => Err(Unknown::Undocumented(doubts)),
            Outcome::Impossible => Ok(None),
        }
    }

    fn satisfy(
        &self,
        memory: &Memory,
        required: &KnownSet,
        by: &[&KnownSet],
        bound: Bound,
        kept: impl Fn(FactId) -> bool,
    ) -> Result<Answer, Unknown> {
        let knowledge = &memory.knowledge;
        let mut goals = vec![required.goal(bound, knowledge).clone()];
        goals.extend(by.iter().map(|set| set.outside(bound, knowledge).clone()));
        let (premises, fact_goals, atoms) = (&self.0.premises, &knowledge.fact_goals, &knowledge.atoms);
        let named = self.0.premises.asks_for_sources().then(|| required.named(knowledge));
        let query = Query { goals, premises, fact_goals, atoms, named };
        match &self.0.allowance {
            None => satisfy(query, kept, &mut Budget::new(LIMIT)),
            Some(allowance) => allowance.spend(|budget| satisfy(query, kept, budget)),
        }
    }

    fn memory(&self) -> Arc<Memory> {
        let memory = self.0.memory.read().unwrap_or_else(PoisonError::into_inner).clone();
        if memory.knowledge.len() < MOST_SETS {
            return memory;
        }
        let fresh = Arc::new(Memory::new(self.domain()));
        *self.0.memory.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&fresh);
        fresh
    }
}

impl Memory {
    fn new(domain: &Domain) -> Self {
        Self { knowledge: Knowledge::new(domain.facts.len()), memo: Memo::new(), asked: Memo::new() }
    }
}

impl fmt::Debug for Prover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prover").field("domain", self.domain()).finish_non_exhaustive()
    }
}

/// The message as a witness, if the matchers agree that it is one under every reading.
fn confirm(message: String, Ready { required, by, .. }: &Ready) -> Result<Witness, Unknown> {
    let agreed = Reading::ALL.into_iter().all(|reading| {
        required.set.contains(&message, reading) && !by.iter().any(|(_, set)| set.set.contains(&message, reading))
    });
    debug_assert!(agreed, "not a witness: {message} for {:?} by {:?}", required.set, by.len());
    if agreed { Ok(Witness { message }) } else { Err(Unknown::Unconfirmed(message)) }
}
