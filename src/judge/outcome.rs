//! What the routes' events add up to.

use std::collections::BTreeSet;

use event_sets::{EventSet, Prover, Unknown, Verdict, Witness};

use super::required::Required;
use super::route::Route;
use crate::report::{State, Status};

/// What the routes' events add up to.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub status: Status,
    /// Outside of everything that the routes possibly carry, if the control fails.
    pub witness: Option<Witness>,
    /// Why the question was not decided, if so.
    pub undecided: Option<Unknown>,
    /// The facts that the proof of a pass needs.
    pub assumptions: Vec<String>,
    /// The routes that the proof of a pass needs.
    pub used: BTreeSet<usize>,
}

/// A control passes if its required events lie inside the union of what the routes surely carry, fails if they do not even
/// lie inside the union of what they possibly carry, and is undetermined otherwise.
pub(super) fn outcome(required: &Required<'_>, routes: &[Route<'_>], prover: &Prover) -> Outcome {
    let sure = add_up(required, &carried(routes, |route| route.path.carries.sure().clone()), prover);
    if sure.status == Status::Pass || routes.iter().all(|route| route.path.carries.is_exact()) {
        return sure;
    }
    let mut possible = add_up(required, &carried(routes, |route| route.path.carries.possible().clone()), prover);
    if possible.status == Status::Pass {
        possible.status = Status::Undetermined;
        possible.undecided = sure.undecided;
    }
    possible
}

/// Whether the chosen routes surely carry the required events.
pub(super) fn passes_by(
    required: &Required<'_>,
    routes: &[Route<'_>],
    chosen: impl Fn(&Route<'_>) -> bool,
    prover: &Prover,
) -> Option<Outcome> {
    let sets =
        carried(routes, |route| if chosen(route) { route.path.carries.sure().clone() } else { EventSet::nothing() });
    Some(add_up(required, &sets, prover)).filter(|outcome| outcome.status == Status::Pass)
}

/// What the live routes carry, with their places in the list. Of neighbours that carry the same events, one counts.
pub(super) fn carried(routes: &[Route<'_>], set: impl Fn(&Route<'_>) -> EventSet) -> Vec<(usize, EventSet)> {
    let mut carried: Vec<(usize, EventSet)> = Vec::new();
    for (at, route) in routes.iter().enumerate().filter(|(_, route)| route.ends.is_none()) {
        let events = set(route);
        if !events.is_nothing() && carried.iter().all(|(_, known)| *known != events) {
            carried.push((at, events));
        }
    }
    carried
}

/// Whether the sets contain the events of one of the accepted patterns.
fn add_up(required: &Required<'_>, sets: &[(usize, EventSet)], prover: &Prover) -> Outcome {
    let by: Vec<EventSet> = sets.iter().map(|(_, events)| events.clone()).collect();
    let (mut witness, mut undecided) = (None, None);
    for accepted in &required.accepted {
        match prover.decide(&accepted.events, &by).as_ref() {
            Verdict::Covered => {
                let certificate = prover.certificate(&accepted.events, &by);
                let parts = certificate.iter().flat_map(|certificate| &certificate.parts).flat_map(|part| &part.by);
                let used = parts.filter_map(|&part| sets.get(part).map(|(at, _)| *at)).collect();
                let assumptions = certificate.map(|certificate| certificate.assumptions.clone()).unwrap_or_default();
                return Outcome { status: Status::Pass, witness: None, undecided: None, assumptions, used };
            }
            Verdict::Escapes(found) => witness = witness.or_else(|| Some(found.clone())),
            Verdict::Undetermined(why) => undecided = undecided.or_else(|| Some(why.clone())),
        }
    }
    let status = if undecided.is_some() { Status::Undetermined } else { Status::Fail };
    Outcome { status, witness, undecided, assumptions: Vec::new(), used: BTreeSet::new() }
}

/// The state of a route whose proof is not in question.
pub(super) fn is_live(route: &Route<'_>) -> bool {
    route.state() == State::Live
}
