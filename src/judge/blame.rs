//! Which hops keep required events from reaching a person, and which may.
//!
//! A gate is blamed for events that reach it and do not pass it, and that no other route would carry if all that is
//! switched off or missing were mended. So a filter that matches half of the events is not blamed if another matches the
//! rest, and a filter with a gap is blamed although its alarm is missing too.

use std::cell::OnceCell;

use event_sets::{EventSet, Prover, Reading, Verdict, Witness};

use super::outcome::carried;
use super::required::Required;
use super::route::Route;
use crate::chain::Gate;
use crate::fault::{Fault, FilterFault, Lacks};
use crate::report::State;

/// What is asked about gates.
pub(super) struct Blame<'a> {
    required: &'a Required<'a>,
    prover: &'a Prover,
    /// Whether every required event surely reaches a person.
    passes: bool,
    /// What the routes would carry if every closed gate were open and every doubt resolved for the better.
    contents: Vec<EventSet>,
    /// What the routes surely carry.
    sure: Vec<EventSet>,
    /// A required event that is in none of `contents`, and one that is in none of `sure`, if there is one.
    beyond_contents: OnceCell<Option<Witness>>,
    beyond_sure: OnceCell<Option<Witness>>,
    lacks: OnceCell<Lacks>,
}

/// How a gate stands to the required events that reach it.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub state: State,
    /// Why the gate is not live.
    pub fault: Fault,
}

impl<'a> Blame<'a> {
    pub(super) fn new(required: &'a Required<'a>, routes: &[Route<'_>], passes: bool, prover: &'a Prover) -> Self {
        let sets = |set: fn(&Route<'_>) -> EventSet| carried(routes, set).into_iter().map(|(_, set)| set).collect();
        let contents = sets(|route| route.path.content.clone());
        let sure = sets(|route| route.path.carries.sure().clone());
        let (beyond_contents, beyond_sure) = (OnceCell::new(), OnceCell::new());
        Self { required, prover, passes, contents, sure, beyond_contents, beyond_sure, lacks: OnceCell::new() }
    }

    /// A required event that no route would carry even if every closed gate were open, if there is one.
    pub(super) fn witness(&self) -> Option<Witness> {
        let mut witness = None;
        for accepted in &self.required.accepted {
            match self.prover.decide(&accepted.events, &self.contents).as_ref() {
                Verdict::Covered | Verdict::Undetermined(_) => return None,
                Verdict::Escapes(found) => witness = witness.or_else(|| Some(found.clone())),
            }
        }
        witness
    }

    /// The gates of the route that are not live, each in its state, hop by hop.
    pub(super) fn route(&self, route: &Route<'_>) -> Vec<Vec<Standing>> {
        let mut reached = Some(self.required.union.clone());
        let mut hops = Vec::new();
        for hop in &route.hops {
            let mut standings = Vec::new();
            for gate in &hop.gates {
                if gate.is_closed() {
                    standings.push(Standing { state: State::Broken, fault: self.fault(gate, None) });
                } else if let Some(events) = &reached {
                    standings.extend(self.gate(gate, events));
                    let passed = EventSet::all([events.clone(), gate.carries.possible().clone()]);
                    reached = (!self.prover.is_disjoint(events, gate.carries.possible())).then_some(passed);
                }
            }
            hops.push(standings);
        }
        hops
    }

    /// How a gate stands to `reached`, the required events that reach it: in nothing, if it is live.
    fn gate(&self, gate: &Gate, reached: &EventSet) -> Vec<Standing> {
        let (sure, possible) = (gate.carries.sure(), gate.carries.possible());
        let dropped = |events: &EventSet| EventSet::all([reached.clone(), events.complement()]);
        if self.prover.is_disjoint(reached, possible) {
            return vec![Standing { state: State::Broken, fault: self.fault(gate, None) }];
        }
        let mut standings = Vec::new();
        let undecided = !gate.carries.is_exact() && !self.prover.is_covered(reached, std::slice::from_ref(sure));
        let doubtful = || EventSet::all([dropped(sure), possible.clone()]);
        if undecided && (self.passes || self.escapes(&doubtful(), &self.sure, &self.beyond_sure)) {
            let fault = gate.doubt.as_ref().unwrap_or(&gate.fault).clone();
            standings.push(Standing { state: State::Uncertain, fault });
        }
        if !self.passes && !possible.is_everything() && self.is_lost(&dropped(possible)) {
            standings.push(Standing { state: State::Broken, fault: self.fault(gate, Some(reached)) });
        }
        standings
    }

    /// Whether one of these required events would be carried by no route even if every closed gate were open.
    fn is_lost(&self, events: &EventSet) -> bool {
        self.escapes(events, &self.contents, &self.beyond_contents)
    }

    /// Whether one of these required events is in none of the sets. An event `beyond` the sets is tried first: to match
    /// one takes far less time than to look for one. It holds nothing but what the required events ask for or is known to
    /// occur, so the prover would find it, or another one, too.
    fn escapes(&self, events: &EventSet, by: &[EventSet], beyond: &OnceCell<Option<Witness>>) -> bool {
        let known = beyond.get_or_init(|| match self.prover.decide(&self.required.union, by).as_ref() {
            Verdict::Escapes(found) => Some(found.clone()),
            Verdict::Covered | Verdict::Undetermined(_) => None,
        });
        let is_one = |known: &Witness| Reading::ALL.iter().all(|reading| events.contains(&known.message, *reading));
        known.as_ref().is_some_and(is_one) || matches!(self.prover.decide(events, by).as_ref(), Verdict::Escapes(_))
    }

    /// The fault of a gate that some of the events do not pass that reach it; none of them, if `reached` is `None`.
    fn fault(&self, gate: &Gate, reached: Option<&EventSet>) -> Fault {
        match &gate.fault {
            Fault::Filter(FilterFault::DoesNotCover { .. }) => {
                let lacks = reached.map_or(Lacks::All, |_| self.lacks().clone());
                Fault::Filter(FilterFault::DoesNotCover { lacks })
            }
            Fault::Series(fault) => Fault::Series(fault.clone().of(reached.is_none())),
            fault => fault.clone(),
        }
    }

    /// Which required events no filter matches in every form.
    fn lacks(&self) -> &Lacks {
        self.lacks.get_or_init(|| {
            let named = &self.required.by_name;
            let lost = named.iter().filter(|(_, events)| {
                matches!(self.prover.decide(events, &self.contents).as_ref(), Verdict::Escapes(_))
            });
            let missing: Vec<String> = lost.map(|(name, _)| (*name).to_owned()).collect();
            if missing.len() == named.len() { Lacks::Some } else { Lacks::Names(missing) }
        })
    }
}
