//! Which filters and selectors let a required event pass.

use super::required::Required;
use super::routes::{self, Drawn};
use crate::pattern::Reading;
use crate::pattern::event_sets::{EventSet, Verdict, Witness};
use crate::report::{Code, Kind, Reason, State};

/// A required event that would pass unnoticed even if every link worked, if there is one. The filters and selectors
/// that let it pass are marked.
pub(super) fn gaps(required: &Required<'_>, routes: &mut [Drawn]) -> Option<Witness> {
    let (_, all) = routes::carried(routes, |_| true);
    let mut witness = None;
    for reference in &required.accepted {
        match required.records.decide(&EventSet::of(reference.pattern.clone()), &all).as_ref() {
            Verdict::Covered | Verdict::Undetermined(_) => return None,
            Verdict::Escapes(found) => witness = witness.or(Some(found.clone())),
        }
    }
    let witness = witness?;
    let message = what_is_missing(required, &all);
    for route in routes.iter_mut().filter(|route| route.meant) {
        mark(route, &witness, &message);
    }
    Some(witness)
}

/// Marks the filter, or, if that would have caught the event, the alarm or the trail that dropped it.
fn mark(route: &mut Drawn, witness: &Witness, message: &str) {
    let carries = |events: &EventSet| events.contains(&witness.message, Reading::Literal);
    let (kind, code, message) = if !carries(&route.series) {
        let message = "the alarm watches only some values of a dimension, and a required event has others";
        (Kind::Alarm, Code::AlarmDimensionTooNarrow, message)
    } else if !carries(&route.selection) {
        (Kind::Filter, Code::FilterSelectionDropsEvents, "the filter's field selection drops a required event")
    } else if carries(&route.filter) {
        (Kind::Trail, Code::TrailDropsEvents, "the trail's event selectors drop a required event")
    } else {
        (Kind::Filter, Code::FilterDoesNotCover, message)
    };
    for link in route.links.iter_mut().filter(|link| link.kind == kind && link.state != State::Broken) {
        let reason = Reason::new(code, link.subject(), message);
        link.state = State::Broken;
        link.reasons.push(reason);
    }
}

/// Which required events no filter matches in every form.
fn what_is_missing(required: &Required<'_>, all: &[EventSet]) -> String {
    let escapes = |events: &EventSet| matches!(required.records.decide(events, all).as_ref(), Verdict::Escapes(_));
    let named = required.by_name();
    let missing: Vec<&str> = named.iter().filter(|(_, events)| escapes(events)).map(|&(name, _)| name).collect();
    if missing.len() == named.len() {
        return "the filter matches only some of the required events".to_owned();
    }
    format!("the filter lets {} pass", missing.join(", "))
}
