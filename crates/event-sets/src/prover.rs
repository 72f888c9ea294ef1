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
use crate::solver::{Answer, Budget, Event, FactId, Named, Outcome, Premises, Query, satisfy};
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

/// What is asked about a question: all, or only whether the required set is covered.
#[derive(Clone, Copy)]
enum Wanted {
    Verdict,
    Coverage,
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
        let answered = self.answered(required, by, Wanted::Verdict);
        Arc::clone(answered.verdict.get_or_init(|| {
            let ready = self.ready(required, by);
            Arc::new(verdict(self.escape(&ready), &ready))
        }))
    }

    /// Whether [`decide`](Self::decide) says that it is covered. If it is not, this takes less time.
    pub fn is_covered(&self, required: &EventSet, by: &[EventSet]) -> bool {
        self.answered(required, by, Wanted::Coverage).covered
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
        let answered = self.remember(&ready, Wanted::Coverage);
        let plainly = self.is_plainly_covered(&ready);
        let proof = answered.proof.get_or_init(|| Arc::new(certificate::prove(self, &ready, plainly)));
        Some(Arc::new(certificate::in_words(proof, &ready, required, self.domain())))
    }

    /// What is known about a question, or what deciding it says. A verdict that is not wanted is not made.
    fn answered(&self, required: &EventSet, by: &[EventSet], wanted: Wanted) -> Arc<Answered> {
        let memory = self.memory();
        if let Some(question) = memory.knowledge.question(required, by)
            && let Some(known) = memory.asked.get(&question)
        {
            return known;
        }
        let ready = self.ready(required, by);
        let answered = self.remember(&ready, wanted);
        match ready.memory.knowledge.question(required, by) {
            Some(question) => ready.memory.asked.insert(question, answered),
            None => answered,
        }
    }

    /// What is known about a question that is ready, or what deciding it says.
    fn remember(&self, ready: &Ready, wanted: Wanted) -> Arc<Answered> {
        let by = ready.by.iter().map(|(_, set)| set.id).collect();
        let question = Question { required: ready.required.id, by };
        if let Some(known) = ready.memory.memo.get(&question) {
            return known;
        }
        // Without a lock: another thread may work out the same answer meanwhile.
        let found = if self.is_plainly_covered(ready) { Ok(None) } else { self.escape(ready) };
        let covered = matches!(found, Ok(None));
        let verdict = match wanted {
            Wanted::Verdict => OnceLock::from(Arc::new(verdict(found, ready))),
            Wanted::Coverage => OnceLock::new(),
        };
        ready.memory.memo.insert(question, Arc::new(Answered { covered, verdict, proof: OnceLock::new() }))
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

    /// An event that can occur, that is required and that nothing catches; `None` if there is none.
    fn escape(&self, ready: &Ready) -> Result<Option<Event>, Unknown> {
        let by: Vec<&KnownSet> = ready.by.iter().map(|(_, set)| set.as_ref()).collect();
        if let Some(event) = self.find(ready, &by, Bound::Sure)? {
            return Ok(Some(event));
        }
        let mut doubts: Vec<String> = ready.required.doubts.clone();
        doubts.extend(by.iter().flat_map(|set| &set.doubts).cloned());
        if doubts.is_empty() {
            return Ok(None);
        }
        doubts.sort_unstable();
        doubts.dedup();
        match self.find(ready, &by, Bound::Possible)? {
            Some(_) => Err(Unknown::Undocumented(doubts)),
            None => Ok(None),
        }
    }

    /// An event in the required set and in none of the others, all of whose values are known to occur.
    ///
    /// If all that there are were left out because some of their values are not known to occur, that is the answer.
    fn find(&self, ready: &Ready, by: &[&KnownSet], bound: Bound) -> Result<Option<Event>, Unknown> {
        let (knowledge, premises) = (&ready.memory.knowledge, &self.0.premises);
        self.spend(|budget| {
            let mut satisfy = |by: &[&KnownSet], named| {
                self.satisfy(&ready.memory, (&ready.required, by, bound), named, |_| true, budget)
            };
            let named = premises.asks_for_sources().then(|| ready.required.named(knowledge));
            let Answer { found, unsourced, .. } = satisfy(by, named)?;
            let named = match (found, named) {
                (Outcome::Found(event), _) => return Ok(Some(event)),
                (Outcome::Impossible, Some(named)) if !unsourced.is_empty() => named,
                (Outcome::Impossible, _) => return Ok(None),
            };
            // Often the sets that look at no such place suffice.
            let usual = |set: &&KnownSet| !premises.looks_beyond(set.goal(bound, knowledge), named);
            let fewer: Vec<&KnownSet> = by.iter().copied().filter(usual).collect();
            if fewer.len() < by.len() && matches!(satisfy(&fewer, None)?.found, Outcome::Impossible) {
                return Ok(None);
            }
            let Outcome::Found(event) = satisfy(by, None)?.found else { return Ok(None) };
            let place = unsourced.iter().find(|place| event.has(place)).or(unsourced.first());
            Err(Unknown::UnsourcedValue(place.cloned().unwrap_or_default()))
        })
    }

    /// An event in the first set and in none of the others. With `named`, its values are known to occur.
    fn satisfy(
        &self,
        memory: &Memory,
        (required, by, bound): (&KnownSet, &[&KnownSet], Bound),
        named: Option<&Named>,
        kept: impl Fn(FactId) -> bool,
        budget: &mut Budget,
    ) -> Result<Answer, Unknown> {
        let knowledge = &memory.knowledge;
        let mut goals = vec![required.goal(bound, knowledge).clone()];
        goals.extend(by.iter().map(|set| set.outside(bound, knowledge).clone()));
        let (premises, fact_goals, atoms) = (&self.0.premises, &knowledge.fact_goals, &knowledge.atoms);
        satisfy(Query { goals, premises, fact_goals, atoms, named }, kept, budget)
    }

    /// Gives one question as many steps as it may take.
    fn spend<T>(&self, ask: impl FnOnce(&mut Budget) -> T) -> T {
        match &self.0.allowance {
            None => ask(&mut Budget::new(LIMIT)),
            Some(allowance) => allowance.spend(ask),
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

/// What was found, as a verdict.
fn verdict(found: Result<Option<Event>, Unknown>, ready: &Ready) -> Verdict {
    match found.and_then(|event| event.map(|event| confirm(event.into_message(), ready)).transpose()) {
        Ok(Some(witness)) => Verdict::Escapes(witness),
        Ok(None) => Verdict::Covered,
        Err(unknown) => Verdict::Undetermined(unknown),
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
