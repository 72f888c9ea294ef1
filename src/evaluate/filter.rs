//! Which metric filters of a log group have to do with a control, and which events they match.

use super::required::{Required, equals, event_names, words};
use super::source::Place;
use super::{broken, selection, uncertain};
use crate::account::MetricFilter;
use crate::pattern::ast::Tree;
use crate::pattern::event_sets::EventSet;
use crate::pattern::{ParseError, Pattern};
use crate::report::{Advice, Advisory, Code, Kind, Link};

/// A metric filter that may carry required events.
pub(super) struct Judged {
    pub link: Link,
    /// The events it matches. An uncertain filter counts as matching everything.
    pub events: EventSet,
    /// The events that its field selection may let it see.
    pub selection: EventSet,
    /// Whether it is meant for the control. Others may match a required event by chance.
    pub meant: bool,
    pub advisory: Option<Advisory>,
}

/// The filter as a link; `None` if it has nothing to do with the required events.
///
/// It has if it matches one of them, or if it names what they name: a filter that was meant for them and matches none
/// is worth showing.
pub(super) fn judge(filter: &MetricFilter, place: Place<'_>, required: &Required<'_>) -> Option<Judged> {
    let name = filter.filter_name.as_str();
    let mut link = Link::new(Kind::Filter, name, None);
    link.pattern = Some(filter.filter_pattern.clone());
    let pattern = match filter.filter_pattern.parse::<Pattern>() {
        Ok(pattern) => pattern,
        Err(error) => {
            let named = required.words.iter().any(|word| filter.filter_pattern.contains(word));
            return named.then(|| not_a_pattern(link, &error));
        }
    };
    let mut events = EventSet::of(pattern.clone());
    let never = required.never(&events);
    let named = names(pattern.tree(), required);
    if never && !named {
        return None;
    }
    let meant = named || selects(pattern.tree(), required) || covers_one(&events, required);
    if never {
        let message = "the filter matches none of the required events";
        link = broken(link, Code::FilterDoesNotCover, message);
    }
    if filter.apply_on_transformed_logs {
        let message = "the filter sees transformed events, whose form is unknown";
        link = uncertain(link, Code::FilterOnTransformedLogs, message);
        events = EventSet::everything();
    }
    let mut selection = EventSet::everything();
    if let Some(criteria) = filter.field_selection_criteria.as_deref().filter(|criteria| !criteria.trim().is_empty()) {
        (link, selection) = selection::judge(link, criteria, place, &events, required);
    }
    Some(Judged { link, events, selection, meant, advisory: None })
}

/// Whether the pattern names what is required, be it in other letters, which makes it match nothing. One that lists
/// events has to have a fair part of its list, or of the required one, in common: controls on other services share a
/// name or two.
fn names(tree: &Tree, required: &Required<'_>) -> bool {
    let listed = event_names(tree);
    if listed.is_empty() || required.names.is_empty() {
        return words(tree).iter().any(|word| required.words.iter().any(|wanted| wanted.eq_ignore_ascii_case(word)));
    }
    let is_required = |name: &&&str| required.names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
    let shared = 2 * listed.iter().filter(is_required).count();
    shared >= listed.len() || shared >= required.names.len()
}

/// Whether the pattern lists no events, and picks them by a field that the control picks them by.
fn selects(tree: &Tree, required: &Required<'_>) -> bool {
    event_names(tree).is_empty() && equals(tree).iter().any(|(selector, _)| required.fields.contains(selector))
}

/// Whether the filter matches all events of one required name.
fn covers_one(events: &EventSet, required: &Required<'_>) -> bool {
    let by = std::slice::from_ref(events);
    required.by_name().iter().any(|(_, named)| required.records.is_covered(named, by))
}

/// A filter that names required events in something that is not a pattern.
fn not_a_pattern(link: Link, error: &ParseError) -> Judged {
    let name = link.name.clone();
    if error.certain {
        let message = format!("AWS rejects the pattern: {error}");
        let advisory = Advisory {
            code: Advice::FilterPatternInvalid,
            message: format!("no such filter can exist on AWS, which says: {error}"),
            subject: name.clone(),
            event: None,
        };
        let link = broken(link, Code::FilterPatternInvalid, message);
        let (events, selection) = (EventSet::nothing(), EventSet::everything());
        return Judged { link, events, selection, meant: true, advisory: Some(advisory) };
    }
    let message = format!("what the pattern means is not documented: {error}");
    let link = uncertain(link, Code::FilterPatternNotUnderstood, message);
    Judged { link, events: EventSet::everything(), selection: EventSet::everything(), meant: true, advisory: None }
}
