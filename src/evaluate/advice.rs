//! What is worth knowing about a control that passes.

use std::collections::BTreeSet;

use super::required::Required;
use super::routes::Drawn;
use super::{unchecked, wording};
use crate::pattern::event_sets::EventSet;
use crate::report::{Advice, Advisory, Kind, State};

/// Looks for events that filters match and the control does not ask for.
pub(super) fn look_beyond(required: &Required<'_>, routes: &mut [Drawn]) {
    let union = [required.union()];
    let is_literal =
        |filter: &EventSet| filter.language().is_some_and(|pattern| wording::is_literal(required, pattern));
    for route in routes.iter_mut().filter(|route| route.meant && route.state() == State::Live) {
        if is_literal(&route.filter) {
            continue;
        }
        route.beyond = required.records.decide(&route.filter, &union).witness().cloned();
    }
}

/// What is worth knowing about the routes that are live. `used` are those that the proof of the pass needs.
pub(super) fn on(required: &Required<'_>, routes: &[Drawn], used: &BTreeSet<usize>) -> Vec<Advisory> {
    let mut advisories = Vec::new();
    let mut compared = Vec::new();
    for (at, route) in routes.iter().enumerate().filter(|(_, route)| route.meant && route.state() == State::Live) {
        let suffices = used.len() == 1 && used.contains(&at);
        for link in &route.links {
            let mut advise = |code, message: String, event| {
                let subject = link.subject().to_owned();
                advisories.push(Advisory { code, message, subject, event });
            };
            match link.kind {
                Kind::Filter if !compared.contains(&link) => {
                    compared.push(link);
                    for (code, message, event) in wording::remarks(required, route, suffices) {
                        advise(code, message, event);
                    }
                }
                Kind::Topic if !route.unchecked.is_empty() => {
                    advise(Advice::NotChecked, unchecked::sentence(&route.unchecked), None);
                }
                _ => {}
            }
        }
    }
    advisories
}
