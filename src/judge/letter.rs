//! Whether an account follows the benchmark's audit procedure to the letter: what it asks beyond that the required events
//! reach a person.
//!
//! The procedure looks for one trail that is multi-region, is logging, and logs management events that read and that write,
//! and follows that trail to filter, alarm, topic and subscriber (CIS AWS Foundations Benchmark, audit of each control of the
//! section on monitoring).

use event_sets::Prover;

use super::outcome::passes_by;
use super::required::Required;
use super::route::Route;
use crate::chain::Note;
use crate::fault::{AuditStep, Fault, TrailFault};

/// The step that the account does not follow, of one whose required events are noticed.
pub(super) fn not_followed(required: &Required<'_>, routes: &[Route<'_>], prover: &Prover) -> Option<AuditStep> {
    let mut trails: Vec<_> = routes.iter().filter_map(|route| route.path.hops.first().copied()).collect();
    trails.dedup();
    let by_one = |trail: &usize| {
        let of_trail = |route: &Route<'_>| route.path.hops.first() == Some(trail) && is_whole(route);
        passes_by(required, routes, of_trail, prover).is_some()
    };
    (!trails.iter().any(by_one)).then_some(AuditStep::OneTrail)
}

/// Whether the route's trail is one that the procedure looks for.
fn is_whole(route: &Route<'_>) -> bool {
    route.hops.first().is_some_and(|trail| {
        let partial = |note: &Note| matches!(note, Note::PartialTrail { .. });
        let single = |fault: &Fault| matches!(fault, Fault::Trail(TrailFault::SingleRegion { .. }));
        !trail.notes.iter().any(partial) && !trail.gates.iter().any(|gate| single(&gate.fault))
    })
}
