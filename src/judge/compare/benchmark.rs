//! How the pattern of a filter compares with those that the benchmark accepts: by the CloudTrail records that they match,
//! of which the catalogue's facts are taken to be true.

use event_sets::{EventSet, Prover, Verdict};
use serde_json::Value;

use crate::judge::required::Required;
use crate::judge::route::Route;
use crate::pattern::Pattern;
use crate::pattern::ast::{Selector, Step, Tree};
use crate::pattern::normalize::{eq_ignoring_layout, eq_ignoring_order};
use crate::report::Advice;

/// Something to say about a filter, and an event that shows it.
pub(in crate::judge) type Remark = (Advice, String, Option<Value>);

/// What the filter of a live route has that the benchmark's do not: nothing if its text is one of theirs.
///
/// `suffices` says that it is known to match all that is required.
pub(in crate::judge) fn remarks(
    required: &Required<'_>,
    route: &Route<'_>,
    suffices: bool,
    prover: &Prover,
) -> Vec<Remark> {
    let Some(pattern) = route.filter().and_then(|(_, filter)| filter.parsed.as_ref().ok()) else { return Vec::new() };
    if is_literal(required, pattern) {
        return Vec::new();
    }
    let broader = route.unrequested.as_ref().map(|other| {
        let event = other.event();
        let looked_at = event.as_ref().map(|event| looked_at(required, event)).unwrap_or_default();
        let message = format!("the filter also matches events that the control does not require{looked_at}");
        (Advice::FilterBroader, message, event)
    });
    let coverage = if suffices && (route.unrequested.is_some() || required.accepted.len() == 1) {
        Coverage::Whole
    } else {
        coverage(required, &route.matched(), prover)
    };
    let other = match coverage {
        Coverage::Part(left) => Some((
            Advice::FilterNarrower,
            "the filter matches only some of the required events; others match the rest",
            left,
        )),
        _ if broader.is_some() => None,
        Coverage::Whole if is_equivalent(required, pattern, prover) => Some((
            Advice::FilterTextDiffers,
            "the filter matches the same events as the benchmark's pattern, in other words",
            None,
        )),
        Coverage::Whole | Coverage::Unknown => Some((
            Advice::FilterTextDiffers,
            "the filter's text is not the benchmark's, and it is not proved to match the same events",
            None,
        )),
    };
    let other = other.map(|(code, message, event): (_, &str, _)| (code, message.to_owned(), event));
    broader.into_iter().chain(other).collect()
}

/// What the accepted patterns look at in an event besides its name and its source, which are shown anyway: without it
/// nobody would see why the event is not asked for.
fn looked_at(required: &Required<'_>, event: &Value) -> String {
    let mut shown: Vec<String> = Vec::new();
    for selector in required.accepted.iter().flat_map(|accepted| selectors(accepted.reference.pattern.tree())) {
        let field = selector.to_string().replacen("$.", "", 1);
        if ["eventName", "eventSource"].contains(&field.as_str()) {
            continue;
        }
        let text = match at(event, selector) {
            None => format!("no {field}"),
            Some(Value::String(text)) => format!("{field} {text}"),
            Some(value) => format!("{field} {value}"),
        };
        if !shown.contains(&text) {
            shown.push(text);
        }
    }
    if shown.is_empty() { String::new() } else { format!(": this one has {}", shown.join(", ")) }
}

fn selectors(tree: &Tree) -> Vec<&Selector> {
    match tree {
        Tree::Json(expr) => expr.tests().into_iter().map(|condition| &condition.selector).collect(),
        Tree::Everything | Tree::Terms(_) | Tree::Regex(_) | Tree::Fields(_) => Vec::new(),
    }
}

fn at<'e>(event: &'e Value, Selector(steps): &Selector) -> Option<&'e Value> {
    steps.iter().try_fold(event, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(usize::try_from(*index).ok()?),
        Step::Any => None,
    })
}

/// Whether the pattern is one of the accepted texts, so that nothing has to be decided.
pub(in crate::judge) fn is_literal(required: &Required<'_>, pattern: &Pattern) -> bool {
    required.accepted.iter().any(|accepted| eq_ignoring_layout(&accepted.reference.pattern, pattern))
}

/// How much of what one of the accepted patterns asks for a filter matches.
enum Coverage {
    /// All that some pattern asks for.
    Whole,
    /// Not all, whichever is asked. The event is left to others.
    Part(Option<Value>),
    Unknown,
}

fn coverage(required: &Required<'_>, filter: &EventSet, prover: &Prover) -> Coverage {
    let mut left = Coverage::Unknown;
    let mut known = true;
    for accepted in &required.accepted {
        let by = std::slice::from_ref(filter);
        match prover.decide(&accepted.events, by).as_ref() {
            Verdict::Covered => return Coverage::Whole,
            Verdict::Escapes(witness) if matches!(left, Coverage::Unknown) => left = Coverage::Part(witness.event()),
            Verdict::Escapes(_) => {}
            Verdict::Undetermined(_) => known = false,
        }
    }
    if known { left } else { Coverage::Unknown }
}

/// Whether the pattern matches the same events as one that is accepted.
fn is_equivalent(required: &Required<'_>, pattern: &Pattern, prover: &Prover) -> bool {
    let within = |one: &Pattern, other: &Pattern| prover.is_covered(&one.into(), &[other.into()]);
    required.accepted.iter().any(|accepted| {
        let accepted = &accepted.reference.pattern;
        eq_ignoring_order(accepted, pattern) || (within(pattern, accepted) && within(accepted, pattern))
    })
}
