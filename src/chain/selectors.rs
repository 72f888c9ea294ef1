//! Which management events the event selectors of a trail select.
//!
//! Basic and advanced selectors are those of the CloudTrail API Reference (`EventSelector`, `AdvancedEventSelector`,
//! `AdvancedFieldSelector`). A trail logs what any of its selectors selects; a selector selects what satisfies all of its
//! conditions.

use event_sets::{Bounds, EventSet, TextMatch};

use super::path::{path, text};
use crate::account::{AdvancedEventSelector, AdvancedFieldSelector, EventSelector, ReadWriteType, Selectors};
use crate::fault::{SelectorDoubt, TrailFault, trail};

/// The management events that are selected, and what the selectors leave out or leave undecided.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Selected {
    pub events: Bounds,
    /// Why not all.
    pub faults: Vec<TrailFault>,
    /// Whether events that read and events that write are selected, as the benchmark's audit asks of one trail.
    pub reads: bool,
    pub writes: bool,
}

/// What one selector selects.
struct Share {
    events: Bounds,
    reads: bool,
    writes: bool,
    doubts: Vec<SelectorDoubt>,
}

/// The management events that the selectors select.
pub(super) fn selected(selectors: &Selectors) -> Selected {
    let shares: Vec<Share> = match selectors {
        Selectors::Default => {
            return Selected { events: Bounds::everything(), faults: Vec::new(), reads: true, writes: true };
        }
        Selectors::Basic(selectors) => {
            selectors.iter().filter(|selector| selector.include_management_events).map(basic).collect()
        }
        Selectors::Advanced(selectors) => selectors.iter().filter_map(advanced).collect(),
    };
    let (reads, writes) = (shares.iter().any(|share| share.reads), shares.iter().any(|share| share.writes));
    let kind = match (reads, writes) {
        (true, true) => None,
        (true, false) => Some(trail::Kind::Writes),
        (false, true) => Some(trail::Kind::Reads),
        (false, false) => Some(trail::Kind::All),
    };
    let lacks = kind.map(|kind| TrailFault::LacksManagementEvents { kind });
    let doubts = shares.iter().flat_map(|share| &share.doubts).cloned().map(TrailFault::SelectorsUndecided);
    let faults = lacks.into_iter().chain(doubts).collect();
    Selected {
        events: shares.iter().fold(Bounds::nothing(), |all, share| all.join(&share.events)),
        faults,
        reads,
        writes,
    }
}

fn basic(selector: &EventSelector) -> Share {
    let (reads, writes, doubt) = match &selector.read_write_type {
        ReadWriteType::All => (true, true, None),
        ReadWriteType::ReadOnly => (true, false, None),
        ReadWriteType::WriteOnly => (false, true, None),
        ReadWriteType::Other(other) => (true, true, Some(SelectorDoubt::ReadWriteType { found: other.clone() })),
    };
    let excluded = &selector.exclude_management_event_sources;
    let mut events = kind(reads, writes);
    if !excluded.is_empty() {
        events = EventSet::all([events, text("eventSource", TextMatch::Equals, excluded).complement()]);
    }
    let events = if doubt.is_some() { Bounds::at_most(events) } else { Bounds::exactly(events) };
    Share { events, reads, writes, doubts: doubt.into_iter().collect() }
}

/// Events that read, that write, or both. A record without `readOnly` counts as one that writes.
fn kind(reads: bool, writes: bool) -> EventSet {
    let read = || EventSet::boolean(path("readOnly"), true);
    match (reads, writes) {
        (true, true) => EventSet::everything(),
        (true, false) => read(),
        (false, true) => read().complement(),
        (false, false) => EventSet::nothing(),
    }
}

/// What an advanced selector selects; `None` if it is not about management events.
fn advanced(selector: &AdvancedEventSelector) -> Option<Share> {
    let mut categories = selector.field_selectors.iter().filter(|field| field.field == "eventCategory").peekable();
    categories.peek()?;
    let mut doubts = Vec::new();
    for field in categories {
        // AWS documents `Equals` alone for this field.
        if field.equals.is_empty()
            || positive(field).skip(1).chain(negative(field)).any(|(_, values)| !values.is_empty())
        {
            doubts.push(SelectorDoubt::Operator { field: field.field.clone() });
        } else if !field.equals.iter().any(|category| category == "Management") {
            return None;
        }
    }
    let mut conditions = Vec::new();
    let (mut reads, mut writes) = (true, true);
    for field in selector.field_selectors.iter().filter(|field| field.field != "eventCategory") {
        if !is_decided(field) {
            doubts.push(SelectorDoubt::Operator { field: field.field.clone() });
            continue;
        }
        match field.field.as_str() {
            "readOnly" => {
                reads &= allows(field, "true");
                writes &= allows(field, "false");
            }
            "eventSource" | "eventName" | "eventType" => conditions.extend(self::conditions(field)),
            "userIdentity.arn" if negative(field).all(|(_, values)| values.is_empty()) => {
                conditions.extend(self::conditions(field));
            }
            "userIdentity.arn" => doubts.push(SelectorDoubt::NegatedOptionalField { field: field.field.clone() }),
            other => doubts.push(SelectorDoubt::Field { field: other.to_owned() }),
        }
    }
    conditions.push(kind(reads, writes));
    let events = EventSet::all(conditions);
    let events = if doubts.is_empty() { Bounds::exactly(events) } else { Bounds::at_most(events) };
    Some(Share { events, reads, writes, doubts })
}

/// Whether the selector has an operator that AWS documents.
fn is_decided(field: &AdvancedFieldSelector) -> bool {
    positive(field).chain(negative(field)).any(|(_, values)| !values.is_empty())
}

/// Whether the selector selects this value of its field.
fn allows(field: &AdvancedFieldSelector, value: &str) -> bool {
    let applies = |(how, values): (TextMatch, &Vec<String>)| {
        values.iter().any(|text| match how {
            TextMatch::Equals => value == text,
            TextMatch::StartsWith => value.starts_with(text.as_str()),
            TextMatch::EndsWith => value.ends_with(text.as_str()),
        })
    };
    positive(field).filter(|(_, values)| !values.is_empty()).all(applies) && !negative(field).any(applies)
}

/// The conditions on a field that every record holds.
fn conditions(field: &AdvancedFieldSelector) -> Vec<EventSet> {
    let condition = |(how, values): (TextMatch, &Vec<String>)| text(&field.field, how, values);
    let positive = positive(field).filter(|(_, values)| !values.is_empty()).map(condition);
    let negative = negative(field).filter(|(_, values)| !values.is_empty()).map(condition);
    positive.chain(negative.map(|condition| condition.complement())).collect()
}

fn positive(field: &AdvancedFieldSelector) -> impl Iterator<Item = (TextMatch, &Vec<String>)> {
    use TextMatch::{EndsWith, Equals, StartsWith};
    [(Equals, &field.equals), (StartsWith, &field.starts_with), (EndsWith, &field.ends_with)].into_iter()
}

fn negative(field: &AdvancedFieldSelector) -> impl Iterator<Item = (TextMatch, &Vec<String>)> {
    use TextMatch::{EndsWith, Equals, StartsWith};
    [(Equals, &field.not_equals), (StartsWith, &field.not_starts_with), (EndsWith, &field.not_ends_with)].into_iter()
}
