//! Small sets and facts, and all events that they can tell apart.

use event_sets::text::Glob;
use event_sets::{Condition, EventSet, Fact, FactKind, Path, Reading, TextMatch};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

pub(crate) const PLACES: [&str; 4] = ["a", "b", "c", "o.p"];
const TEXTS: [&str; 4] = ["x", "xy", "y", "z"];

pub(crate) fn set() -> impl Strategy<Value = EventSet> {
    let how = select(vec![TextMatch::Equals, TextMatch::Equals, TextMatch::StartsWith, TextMatch::EndsWith]);
    let leaf = prop_oneof![
        6 => (place(), how, texts()).prop_map(|(at, how, texts)| EventSet::text(at, how, texts)),
        1 => (place(), any::<bool>()).prop_map(|(at, value)| EventSet::boolean(at, value)),
        1 => place().prop_map(EventSet::present),
        1 => Just(EventSet::everything()),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(EventSet::all),
            vec(inner.clone(), 1..4).prop_map(EventSet::any),
            inner.prop_map(|set| set.complement()),
        ]
    })
}

pub(crate) fn fact() -> impl Strategy<Value = Fact> {
    let form = (any::<bool>(), select(TEXTS.to_vec()), any::<bool>());
    let form = form.prop_map(|(open_start, text, open_end)| Glob { open_start, pieces: vec![text.into()], open_end });
    let says = prop_oneof![
        place().prop_map(FactKind::AlwaysText),
        place().prop_map(FactKind::Boolean),
        (place(), any::<bool>()).prop_map(|(at, value)| FactKind::AlwaysBoolean(at, value)),
        (place(), texts()).prop_map(|(at, texts)| FactKind::OneOf(at, texts)),
        (place(), texts()).prop_map(|(at, texts)| FactKind::Always(at, texts)),
        place().prop_map(FactKind::Absent),
        (place(), vec(form, 1..3)).prop_map(|(at, forms)| FactKind::Matches(at, forms)),
    ];
    let condition = (place(), texts()).prop_map(|(at, one_of)| Condition { at, one_of });
    (vec(condition, 0..3), says).prop_map(|(given, says)| {
        let statement = format!("{given:?} {says:?}");
        Fact { statement, given, says }
    })
}

/// Events in which each place has each of these values, or none.
pub(crate) fn events(values: impl Fn(&str) -> Vec<Value>) -> Vec<String> {
    let mut events = vec![Map::new()];
    for place in PLACES {
        let (parent, key) = place.split_once('.').map_or((None, place), |(parent, key)| (Some(parent), key));
        let with = |event: &Map<String, Value>, value: Value| {
            let mut event = event.clone();
            match parent {
                Some(parent) => event.insert(parent.to_owned(), json!({key: value})),
                None => event.insert(key.to_owned(), value),
            };
            event
        };
        let values = values(place);
        let more: Vec<_> =
            events.iter().flat_map(|event| values.iter().map(|value| with(event, value.clone()))).collect();
        events.extend(more);
    }
    events.into_iter().map(|event| Value::Object(event).to_string()).collect()
}

/// Values of every kind, and each text that the sets can tell from the others.
pub(crate) fn all_values() -> Vec<Value> {
    [json!("x"), json!("xy"), json!("y"), json!("z"), json!("xyx"), json!("w"), json!(true), json!(false), json!(null)]
        .into()
}

/// Whether the event is in the required set and in none of the others.
pub(crate) fn escapes(event: &str, required: &EventSet, by: &[EventSet]) -> bool {
    let contains = |set: &EventSet| set.contains(event, Reading::Literal);
    contains(required) && !by.iter().any(contains)
}

pub(crate) fn place() -> impl Strategy<Value = Path> {
    select(PLACES.to_vec()).prop_map(Path::dotted)
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    subsequence(TEXTS.to_vec(), 1..4).prop_map(|texts| texts.into_iter().map(str::to_owned).collect())
}
