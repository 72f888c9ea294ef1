//! Which matching events publish to the series that an alarm watches, and what.

use crate::account::Dimension;
use crate::evaluate::publish::{Datapoint, Held, Publication, Seen, Value};
use crate::evaluate::required::Required;
use crate::evaluate::source::{Place, Told};
use crate::pattern::Pattern;
use crate::pattern::ast::Selector;
use crate::pattern::event_sets::{EventSet, TextMatch};

use super::ring::Compare;

/// The events that reach a series.
pub(super) enum Reach {
    Events(EventSet),
    /// At most these: of some it is not known where they go.
    AtMost(EventSet, String),
    /// None, because the dimensions are others.
    Elsewhere(String),
}

/// Which of `events`, those that match the filter, publish to the series with these dimensions.
pub(super) fn reach(
    publication: &Publication<'_>,
    watched: &[Dimension],
    place: Place<'_>,
    events: &EventSet,
    required: &Required<'_>,
) -> Reach {
    let sorted = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.join(", ")
    };
    let names = sorted(watched.iter().map(|dimension| dimension.name.as_str()).collect());
    let full = publication.series(true);
    let bare = publication.series(false);
    let value = |name: &str| watched.iter().find(|one| one.name == name).map(|one| one.value.as_str());
    if names != sorted(full.clone()) && names != sorted(bare.clone()) {
        let list = |names: String| if names.is_empty() { "no dimensions".to_owned() } else { names };
        let message = format!(
            "the filter publishes with {}, the alarm watches the metric with {}",
            list(sorted(full)),
            list(names)
        );
        return Reach::Elsewhere(message);
    }
    let system = publication.system.iter().filter_map(|name| Some((*name, value(name)?)));
    let told = system.map(|(name, value)| place.told(name, &[value.to_owned()])).collect::<Result<Vec<_>, _>>();
    let told = match told {
        Ok(told) => Told::all(told),
        Err(why) => return Reach::AtMost(EventSet::everything(), why),
    };
    if told.is_nothing(events, required) {
        let message = "the alarm watches another value of a system field than the log group's events have";
        return Reach::Elsewhere(message.to_owned());
    }
    let by_fields = match publication.dimensions.is_empty() {
        true => Reach::Events(EventSet::everything()),
        false if names == sorted(full) => with_values(publication, watched),
        false => without_fields(publication, events, required),
    };
    if told.is_everything(events, required) {
        return by_fields;
    }
    let among = |events| EventSet::all([told.at_most(), events]);
    match by_fields {
        Reach::Events(events) => Reach::AtMost(among(events), Told::OPEN.to_owned()),
        Reach::AtMost(events, why) => Reach::AtMost(among(events), why),
        elsewhere @ Reach::Elsewhere(_) => elsewhere,
    }
}

/// The events with the watched values.
fn with_values(publication: &Publication<'_>, watched: &[Dimension]) -> Reach {
    let value = |name: &str| watched.iter().find(|one| one.name == name).map_or("", |one| one.value.as_str());
    let is = |(name, field): &(&str, Selector)| {
        EventSet::text(field.path().unwrap_or_default(), TextMatch::Equals, vec![value(name).to_owned()])
    };
    let events = EventSet::all(publication.dimensions.iter().map(is));
    match publication.dimensions.iter().find(|(name, _)| serde_json::from_str::<serde_json::Value>(value(name)).is_ok())
    {
        Some((name, _)) => {
            let why = format!("whether a number or boolean in an event is the value of {name} is not judged");
            Reach::AtMost(EventSet::everything(), why)
        }
        None => Reach::Events(events),
    }
}

/// The events that lack the field of a dimension.
fn without_fields(publication: &Publication<'_>, events: &EventSet, required: &Required<'_>) -> Reach {
    let any = |test: &str| {
        let fields = publication.dimensions.iter();
        fields.filter_map(|(_, field)| condition(field, test)).collect::<Vec<_>>()
    };
    let lacking = EventSet::any([any("NOT EXISTS"), any("IS NULL")].concat());
    let scalar = any("= *").into_iter().map(|has| has.complement());
    let perhaps = EventSet::all([events.clone(), EventSet::any(scalar)]);
    let names = publication.series(true).join(", ");
    if required.covered(&perhaps, &lacking) {
        if required.never(&EventSet::all([events.clone(), lacking.clone()])) {
            return Reach::Elsewhere(format!(
                "the filter publishes with {names}, the alarm watches the metric with no dimensions"
            ));
        }
        return Reach::Events(lacking);
    }
    let why = format!("whether an object, list or boolean counts as the value of {names} is not judged");
    Reach::AtMost(perhaps, why)
}

/// What all matching events publish.
pub(super) enum Published {
    /// This, or something that rings as well.
    Number(f64),
    /// Nothing, ever.
    Nothing(String),
    NotKnown(String),
}

/// What the required ones of `events` publish, to an alarm that compares with this threshold.
pub(super) fn published(
    publication: &Publication<'_>,
    compared: (Compare, f64),
    events: &EventSet,
    required: &Required<'_>,
) -> Published {
    let point = |value| publication.datapoint(Some(Seen { dimensions: true, value }));
    let field = match &publication.value {
        Value::Constant(number) => return Published::Number(*number),
        Value::Column(name) => {
            return Published::NotKnown(format!("the metric value ${name} is a field of space-delimited text"));
        }
        Value::Field(field) => field,
    };
    let are = |tests: &[String]| {
        let any = tests.iter().filter_map(|test| condition(field, test));
        required.covered(events, &EventSet::any(any))
    };
    let (operator, threshold) = compared;
    let (sign, breaching) = match operator {
        Compare::AtLeast => (">=", threshold),
        Compare::Above => (">", threshold + 1.0),
        Compare::Below => ("<", threshold - 1.0),
        Compare::AtMost => ("<=", threshold),
    };
    let held = if are(&[format!("{sign} {threshold}")]) {
        Held::Number(breaching)
    } else if are(&["NOT EXISTS".to_owned(), "IS NULL".to_owned()]) {
        Held::Nothing
    } else if are(&["!= %^[-+.0-9]%".to_owned()]) && !may_be_number(field, events, required) {
        Held::Text
    } else {
        return Published::NotKnown(format!(
            "the alarm rings only if {field} is a number {sign} {threshold}, which is not known of every required event"
        ));
    };
    match point(held) {
        Some(Datapoint { value, .. }) => Published::Number(value),
        None => Published::Nothing(format!("{field} is a number in none of the events, so nothing is published")),
    }
}

fn may_be_number(field: &Selector, events: &EventSet, required: &Required<'_>) -> bool {
    let numbers = [">= 0", "< 0"].iter().filter_map(|test| condition(field, test));
    !required.never(&EventSet::all([events.clone(), EventSet::any(numbers)]))
}

fn condition(field: &Selector, test: &str) -> Option<EventSet> {
    format!("{{ {field} {test} }}").parse::<Pattern>().ok().map(EventSet::of)
}
