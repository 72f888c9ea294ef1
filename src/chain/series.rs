//! Which events publish to the series that an alarm watches, and what they publish.

use event_sets::{Bounds, EventSet, Path, TextMatch};

use super::hop::Gate;
use super::publication::{Held, Publication, Seen, Value};
use super::system_fields::{Origin, SystemFieldTest};
use crate::account::Dimension;
use crate::fault::{SelectionDoubt, SeriesDoubt, SeriesFault};
use crate::pattern::Pattern;
use crate::pattern::ast::Selector;

/// The gates of the series with these dimensions, and the events that pass them.
pub(super) fn gates(
    publication: &Publication<'_>,
    watched: &[Dimension],
    origin: Origin<'_>,
) -> Result<Vec<Gate>, SeriesFault> {
    let sorted = |mut names: Vec<String>| {
        names.sort_unstable();
        names
    };
    let owned = |names: Vec<&str>| sorted(names.into_iter().map(str::to_owned).collect());
    let names = sorted(watched.iter().map(|dimension| dimension.name.clone()).collect());
    let (full, bare) = (owned(publication.series(true)), owned(publication.series(false)));
    if names != full && names != bare {
        return Err(SeriesFault::DimensionsDiffer { published: full, watched: names, always: true });
    }
    let mut gates = Vec::new();
    gates.extend(origin_gate(publication, watched, origin));
    if !publication.dimensions.is_empty() {
        gates.push(if names == full {
            with_values(publication, watched)
        } else {
            let published = publication.series(true).into_iter().map(str::to_owned).collect();
            without_fields(publication, published)
        });
    }
    Ok(gates)
}

/// What the system fields among the dimensions ask for.
fn origin_gate(publication: &Publication<'_>, watched: &[Dimension], origin: Origin<'_>) -> Option<Gate> {
    let value = |name: &str| watched.iter().find(|one| one.name == name).map(|one| one.value.clone());
    let system = publication.system.iter().filter_map(|name| Some((*name, value(name)?)));
    let tests: Result<Vec<_>, _> = system.map(|(name, value)| origin.test(name, &[value])).collect();
    let events = match tests {
        Ok(tests) => SystemFieldTest::all(tests).bounds(),
        Err(doubt) => return Some(Gate::unknown(SeriesFault::Undecided(SeriesDoubt::SystemField(doubt)))),
    };
    let doubt = SeriesFault::Undecided(SeriesDoubt::SystemField(SelectionDoubt::Origin));
    (events != Bounds::everything())
        .then(|| Gate::new(events, SeriesFault::OtherOrigin { always: true }).with_doubt(doubt))
}

/// The events with the watched values.
fn with_values(publication: &Publication<'_>, watched: &[Dimension]) -> Gate {
    let value = |name: &str| watched.iter().find(|one| one.name == name).map_or("", |one| one.value.as_str());
    let scalar = |name: &str| serde_json::from_str::<serde_json::Value>(value(name)).is_ok();
    if let Some((name, _)) = publication.dimensions.iter().find(|(name, _)| scalar(name)) {
        return Gate::unknown(SeriesFault::Undecided(SeriesDoubt::ScalarDimension { name: (*name).to_owned() }));
    }
    let is = |(name, field): &(&str, Selector)| {
        EventSet::text(place(field), TextMatch::Equals, vec![value(name).to_owned()])
    };
    let events = EventSet::all(publication.dimensions.iter().map(is));
    let watched = publication.dimensions.iter().map(|(name, _)| ((*name).to_owned(), value(name).to_owned()));
    Gate::new(Bounds::exactly(events), SeriesFault::OtherValues { watched: watched.collect() })
}

/// The events that lack the field of a dimension.
fn without_fields(publication: &Publication<'_>, names: Vec<String>) -> Gate {
    let any =
        |test: &str| publication.dimensions.iter().filter_map(|(_, field)| condition(field, test)).collect::<Vec<_>>();
    let lacking = EventSet::any([any("NOT EXISTS"), any("IS NULL")].concat());
    let scalar = any("= *").into_iter().map(|has| has.complement());
    let perhaps = EventSet::any(scalar.chain([lacking.clone()]));
    let fault = SeriesFault::DimensionsDiffer { published: names.clone(), watched: Vec::new(), always: true };
    let doubt = SeriesFault::Undecided(SeriesDoubt::CompositeDimension { names });
    Gate::new(Bounds::between(lacking, perhaps), fault).with_doubt(doubt)
}

/// Events that publish alike, and what they publish.
#[derive(Clone, Debug)]
pub(super) struct ValueClass {
    pub events: EventSet,
    pub published: Published,
}

/// What the events of a class publish.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Published {
    /// This number, or one that breaches the threshold as well.
    Number(f64),
    /// No datapoint.
    Nothing,
    /// Some number that does not breach the threshold by itself.
    Unknown,
}

/// How an alarm compares a number with its threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Comparison {
    /// `>=`
    pub operator: &'static str,
    pub threshold: f64,
    /// A number that breaches the threshold.
    pub breaching: f64,
}

/// What events publish to an alarm that compares so; every event is in one class.
pub(super) fn classes(publication: &Publication<'_>, comparison: Comparison) -> Result<Vec<ValueClass>, SeriesDoubt> {
    let field = match &publication.value {
        Value::Constant(number) => {
            let (events, published) = (EventSet::everything(), Published::Number(*number));
            return Ok(vec![ValueClass { events, published }]);
        }
        Value::Column(name) => return Err(SeriesDoubt::Column { name: name.clone() }),
        Value::Field(field) => field,
    };
    let are = |tests: &[String]| EventSet::any(tests.iter().filter_map(|test| condition(field, test)));
    let breaching = are(&[format!("{} {}", comparison.operator, comparison.threshold)]);
    let missing = are(&["NOT EXISTS".to_owned(), "IS NULL".to_owned()]);
    let number = are(&[">= 0".to_owned(), "< 0".to_owned()]);
    // A text that cannot be the beginning of a number.
    let text = EventSet::all([are(&["!= %^[-+.0-9]%".to_owned()]), number.complement(), missing.complement()]);
    let rest = EventSet::any([breaching.clone(), missing.clone(), text.clone()]).complement();
    let published = |held| match publication.datapoint(Some(Seen { dimensions: true, value: held })) {
        Some(point) => Published::Number(point.value),
        None => Published::Nothing,
    };
    Ok(vec![
        ValueClass { events: breaching, published: published(Held::Number(comparison.breaching)) },
        ValueClass { events: missing, published: published(Held::Nothing) },
        ValueClass { events: text, published: published(Held::Text) },
        ValueClass { events: rest, published: Published::Unknown },
    ])
}

/// The place of a selector without wildcards.
fn place(field: &Selector) -> Path {
    Path::new(field.0.clone()).unwrap_or_else(|| Path::dotted(&field.to_string()))
}

/// The events whose field passes a test of the pattern language.
fn condition(field: &Selector, test: &str) -> Option<EventSet> {
    format!("{{ {field} {test} }}").parse::<Pattern>().ok().map(|pattern| EventSet::from(&pattern))
}
