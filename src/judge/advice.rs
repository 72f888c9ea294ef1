//! What is worth knowing about a control that passes.

use std::collections::BTreeSet;

use event_sets::{EventSet, Prover, Verdict};
use serde_json::Value;

use super::compare::benchmark;
use super::outcome::{carried, is_live};
use super::required::Required;
use super::route::Route;
use crate::chain::{Hop, Note};
use crate::fault::decision::not_checked;
use crate::fault::{AuditStep, Unchecked};
use crate::report::{Advice, Advisory, Kind};

/// Looks for events that filters match and the control does not require.
pub(super) fn find_unrequested(required: &Required<'_>, routes: &mut [Route<'_>], prover: &Prover) {
    // What the benchmark's patterns match of other services is no more than they ask for.
    let requested = EventSet::any([required.union.clone()].into_iter().chain(required.namesakes.clone()));
    let union = [requested];
    for route in routes.iter_mut().filter(|route| route.relevant && is_live(route)) {
        let Some((_, filter)) = route.filter() else { continue };
        let Ok(pattern) = &filter.parsed else { continue };
        if benchmark::is_literal(required, pattern) {
            continue;
        }
        if let Verdict::Escapes(other) = prover.decide(&route.matched(), &union).as_ref() {
            route.unrequested = Some(other.clone());
        }
    }
}

/// What is worth knowing about the routes that are live. `used` are those that the proof of the pass needs.
pub(super) fn on_pass(
    required: &Required<'_>,
    routes: &[Route<'_>],
    used: &BTreeSet<usize>,
    prover: &Prover,
) -> Vec<Advisory> {
    let mut advisories = Vec::new();
    let mut compared: Vec<&Hop> = Vec::new();
    for (at, route) in routes.iter().enumerate().filter(|(_, route)| route.relevant && is_live(route)) {
        let suffices = used.len() == 1 && used.contains(&at);
        for hop in &route.hops {
            let advise = |code, message: String, event| {
                let subject = hop.subject().to_owned();
                Advisory { code, message, subject, event }
            };
            if hop.pattern.is_some() && !compared.iter().any(|known| std::ptr::eq(*known, *hop)) {
                compared.push(hop);
                let remarks = benchmark::remarks(required, route, suffices, prover);
                advisories.extend(remarks.into_iter().map(|(code, message, event)| advise(code, message, event)));
            }
            if hop.kind == Kind::Topic {
                let unchecked = unchecked(route);
                if !unchecked.is_empty() {
                    advisories.push(advise(Advice::NotChecked, not_checked(&unchecked), None));
                }
            }
        }
    }
    if let Some(advisory) = programs_only(routes, used) {
        advisories.push(advisory);
    }
    advisories
}

/// What is worth knowing about the hops of routes, whatever the control.
pub(super) fn notes(routes: &[Route<'_>]) -> Vec<Advisory> {
    let mut advisories = Vec::new();
    let mut seen: Vec<*const Hop> = Vec::new();
    for hop in routes.iter().flat_map(|route| &route.hops) {
        if seen.contains(&std::ptr::from_ref(*hop)) {
            continue;
        }
        seen.push(*hop);
        advisories.extend(hop.notes.iter().filter_map(|note| {
            let (code, message) = words(note)?;
            Some(Advisory { code, message, subject: hop.subject().to_owned(), event: None })
        }));
    }
    advisories
}

/// What was not looked at on a route.
pub(super) fn unchecked(route: &Route<'_>) -> BTreeSet<Unchecked> {
    route.hops.iter().flat_map(|hop| &hop.unchecked).copied().collect()
}

/// That a call of another service, which shares its name with a required one, reaches nobody.
pub(super) fn namesake(
    required: &Required<'_>,
    routes: &[Route<'_>],
    control: &str,
    prover: &Prover,
) -> Option<Advisory> {
    let sure: Vec<_> =
        carried(routes, |route| route.path.carries.sure().clone()).into_iter().map(|(_, set)| set).collect();
    // A pattern that names the service asks for no namesakes, and whoever follows it has nothing to know.
    if required.namesakes.iter().any(|namesakes| prover.is_covered(namesakes, &sure)) {
        return None;
    }
    let first = required.namesakes.first()?;
    let Verdict::Escapes(witness) = prover.decide(first, &sure).as_ref().clone() else { return None };
    let event = witness.event()?;
    let text = |field: &str| event.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let message = format!(
        "no alarm watches {} of {}, which shares its name with a required call and is not what the control is about",
        text("eventName"),
        text("eventSource")
    );
    let code = Advice::NamesakeNotWatched;
    Some(Advisory { code, message, subject: control.to_owned(), event: Some(event) })
}

/// That the account does not follow a step of the benchmark's audit procedure.
pub(super) fn not_to_the_letter(control: &str, step: AuditStep) -> Advisory {
    Advisory { code: Advice::NotToTheLetter, message: step.to_string(), subject: control.to_owned(), event: None }
}

/// That every route of the proof ends at a program, if so.
fn programs_only(routes: &[Route<'_>], used: &BTreeSet<usize>) -> Option<Advisory> {
    let routes: Vec<_> = used.iter().filter_map(|&at| routes.get(at)).collect();
    let mut protocols = BTreeSet::new();
    for route in &routes {
        let note = route.hops.iter().flat_map(|hop| &hop.notes).find_map(|note| match note {
            Note::ProgramsOnly { protocols } => Some(protocols),
            _ => None,
        });
        protocols.extend(note?.iter().map(String::as_str));
    }
    let subject = routes.first()?.hops.last()?.subject().to_owned();
    let list = protocols.into_iter().collect::<Vec<_>>().join(", ");
    let message =
        format!("every confirmed subscription is a program's ({list}); whether a person is told depends on it");
    Some(Advisory { code: Advice::ReachesProgramsOnly, message, subject, event: None })
}

/// The words of a note; `None` if it matters only together with others.
fn words(note: &Note) -> Option<(Advice, String)> {
    Some(match note {
        Note::PatternInvalid { error } => (
            Advice::FilterPatternInvalid,
            format!("no such filter can exist on AWS, which rejects the pattern: {error}"),
        ),
        Note::OtherActions { actions } => (
            Advice::OtherActions,
            format!("only SNS topics count as telling a person; the alarm also runs {}", actions.join(", ")),
        ),
        Note::MutedAtTimes { when } => {
            (Advice::AlarmMutedAtTimes, format!("the alarm's actions are {}", when.join("; ")))
        }
        Note::SilentAfterAlarm { seconds } => (
            Advice::SilentAfterAlarm,
            format!("after an alarm, further events are not notified for up to {}", duration(*seconds)),
        ),
        Note::RingsLate { seconds } => {
            (Advice::RingsLate, format!("the alarm may notify up to {} after the event", duration(*seconds)))
        }
        Note::PartialTrail { .. } | Note::ProgramsOnly { .. } => return None,
    })
}

/// Seconds in the largest unit that leaves none over.
fn duration(seconds: u64) -> String {
    let (number, unit) = match seconds {
        days if days % 86_400 == 0 => (days / 86_400, "day"),
        hours if hours % 3600 == 0 => (hours / 3600, "hour"),
        minutes if minutes % 60 == 0 => (minutes / 60, "minute"),
        seconds => (seconds, "second"),
    };
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}
