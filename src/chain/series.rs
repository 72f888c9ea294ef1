//! Which events publish to the series that an alarm watches, and what they publish.

use event_sets::{Bounds, EventSet, Path, TextMatch};

use super::alarm::Range;
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
    watched: &[&Dimension],
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
fn origin_gate(publication: &Publication<'_>, watched: &[&Dimension], origin: Origin<'_>) -> Option<Gate> {
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
fn with_values(publication: &Publication<'_>, watched: &[&Dimension]) -> Gate {
    let value = |name: &str| watched.iter().find(|one| one.name == name).map_or("", |one| one.value.as_str());
    let is = |(name, field): &(&str, Selector)| {
        EventSet::text(place(field), TextMatch::Equals, vec![value(name).to_owned()])
    };
    // The same as a number or boolean.
    let scalar = |(name, field): &(&str, Selector)| {
        let tests = match serde_json::from_str::<serde_json::Value>(value(name)) {
            Ok(serde_json::Value::Number(number)) => vec![format!(">= {number}"), format!("<= {number}")],
            Ok(serde_json::Value::Bool(holds)) => vec![if holds { "IS TRUE" } else { "IS FALSE" }.to_owned()],
            _ => return None,
        };
        Some(EventSet::all(tests.iter().filter_map(|test| condition(field, test))))
    };
    let dimensions = &publication.dimensions;
    let sure = EventSet::all(dimensions.iter().map(is));
    let possible =
        EventSet::all(dimensions.iter().map(|one| EventSet::any([Some(is(one)), scalar(one)].into_iter().flatten())));
    let pairs = dimensions.iter().map(|(name, _)| ((*name).to_owned(), value(name).to_owned()));
    let gate = Gate::new(Bounds::between(sure, possible), SeriesFault::OtherValues { watched: pairs.collect() });
    match dimensions.iter().find(|one| scalar(one).is_some()) {
        Some((name, _)) => {
            gate.with_doubt(SeriesFault::Undecided(SeriesDoubt::ScalarDimension { name: (*name).to_owned() }))
        }
        None => gate,
    }
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
    /// One of these numbers.
    Number(Range),
    /// No datapoint.
    Nothing,
    /// It is not known what, if anything.
    Unknown,
}

/// What events publish; every event is in one class. Numbers below, at and above each of the boundaries are parted.
pub(super) fn classes(publication: &Publication<'_>, boundaries: &[f64]) -> Result<Vec<ValueClass>, SeriesDoubt> {
    let field = match &publication.value {
        Value::Constant(number) => {
            let (events, published) = (EventSet::everything(), Published::Number(Range::exactly(*number)));
            return Ok(vec![ValueClass { events, published }]);
        }
        Value::Column(name) => return Err(SeriesDoubt::Column { name: name.clone() }),
        Value::Field(field) => field,
    };
    let is = |test: String| condition(field, &test);
    let missing = EventSet::any(["NOT EXISTS", "IS NULL"].into_iter().filter_map(|test| is(test.to_owned())));
    let numbers = EventSet::any([">= 0", "< 0"].into_iter().filter_map(|test| is(test.to_owned())));
    // A text that cannot be the beginning of a number.
    let text = EventSet::any(is("!= %^[-+.0-9]%".to_owned()));
    let text = EventSet::all([text, numbers.complement(), missing.complement()]);
    let rest = EventSet::any([numbers, missing.clone(), text.clone()]).complement();
    let published = |held| match publication.datapoint(Some(Seen { dimensions: true, value: held })) {
        Some(point) => Published::Number(Range::exactly(point.value)),
        None => Published::Nothing,
    };
    let mut classes: Vec<_> = pieces(boundaries)
        .into_iter()
        .map(|(range, tests)| ValueClass {
            events: EventSet::all(tests.into_iter().filter_map(is)),
            published: match published(Held::Number(range.nearest())) {
                Published::Number(_) => Published::Number(range),
                nothing => nothing,
            },
        })
        .collect();
    classes.extend([
        ValueClass { events: missing, published: published(Held::Nothing) },
        ValueClass { events: text, published: published(Held::Text) },
        ValueClass { events: rest, published: Published::Unknown },
    ]);
    Ok(classes)
}

/// The numbers below, at and above each boundary, with the tests that they pass.
fn pieces(boundaries: &[f64]) -> Vec<(Range, Vec<String>)> {
    let mut boundaries = boundaries.to_vec();
    boundaries.sort_by(f64::total_cmp);
    boundaries.dedup();
    let mut pieces = Vec::new();
    let mut below: Option<f64> = None;
    for boundary in boundaries {
        let above = below.map(|below| format!("> {below}"));
        let low = below.map_or(f64::NEG_INFINITY, f64::next_up);
        pieces.push((
            Range::new(low, boundary.next_down()),
            above.into_iter().chain([format!("< {boundary}")]).collect(),
        ));
        // Not `=`, which a text matches too.
        pieces.push((Range::exactly(boundary), vec![format!(">= {boundary}"), format!("<= {boundary}")]));
        below = Some(boundary);
    }
    pieces.extend(below.map(|below| (Range::new(below.next_up(), f64::INFINITY), vec![format!("> {below}")])));
    pieces
}

/// The place of a selector without wildcards.
fn place(field: &Selector) -> Path {
    Path::new(field.0.clone()).unwrap_or_else(|| Path::dotted(&field.to_string()))
}

/// The events whose field passes a test of the pattern language.
fn condition(field: &Selector, test: &str) -> Option<EventSet> {
    format!("{{ {field} {test} }}").parse::<Pattern>().ok().map(|pattern| EventSet::from(&pattern))
}
