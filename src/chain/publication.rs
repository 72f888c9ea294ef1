//! What a metric filter publishes for an event: recorded from AWS, see `tests/fixtures/alarm_vectors.json`.

use crate::account::{MetricFilter, MetricTransformation};
use crate::fault::PublicationError;
use crate::pattern::Pattern;
use crate::pattern::ast::{Selector, Step, Tree};

/// A filter's metric, as AWS accepts it.
#[derive(Clone, Debug)]
pub(crate) struct Publication<'a> {
    pub value: Value,
    /// Published for every event that does not match, and for one that matches and lacks the value.
    pub default: Option<f64>,
    /// Names, each with the field of its value.
    pub dimensions: Vec<(&'a str, Selector)>,
    /// System fields that are dimensions of what matching events publish.
    pub system: Vec<&'a str>,
}

/// What a matching event publishes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Constant(f64),
    /// The number at a place of the event.
    Field(Selector),
    /// A field of a space-delimited pattern, which CloudTrail records are not made for.
    Column(String),
}

/// A matching event, as far as the publication looks at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Whether all fields of dimensions are there.
    pub dimensions: bool,
    /// What is at the place of the value.
    pub value: Held,
}

/// What an event holds at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Held {
    /// Nothing, or `null`.
    Nothing,
    Number(f64),
    /// A text that is not a number.
    Text,
}

/// One datapoint, and the names of its series' dimensions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Datapoint<'a> {
    pub dimensions: Vec<&'a str>,
    pub value: f64,
}

impl<'a> Publication<'a> {
    /// What the filter publishes; an error if AWS rejects it.
    pub(crate) fn new(filter: &'a MetricFilter, metric: &'a MetricTransformation) -> Result<Self, PublicationError> {
        let dimension = |(name, text): (&'a String, &String)| {
            let invalid = || PublicationError::Dimension { name: name.clone(), value: text.clone() };
            Ok((name.as_str(), selector(text).ok_or_else(invalid)?))
        };
        Ok(Self {
            value: value(metric.metric_value.trim())
                .ok_or_else(|| PublicationError::Value { value: metric.metric_value.trim().to_owned() })?,
            default: metric.default_value,
            dimensions: metric.dimensions.iter().map(dimension).collect::<Result<_, PublicationError>>()?,
            system: filter.emit_system_field_dimensions.iter().map(String::as_str).collect(),
        })
    }

    /// The field that the value is taken from, as a pattern names it; empty if the value is constant.
    pub(crate) fn field(&self) -> String {
        match &self.value {
            Value::Field(field) => field.to_string(),
            Value::Column(name) => format!("${name}"),
            Value::Constant(_) => String::new(),
        }
    }

    /// What an event publishes; `None` stands for one that does not match.
    pub(crate) fn datapoint(&self, event: Option<Seen>) -> Option<Datapoint<'a>> {
        let default = || Some(Datapoint { dimensions: Vec::new(), value: self.default? });
        let Some(seen) = event else { return default() };
        let value = match (&self.value, seen.value) {
            (Value::Constant(value), _) => *value,
            (_, Held::Number(value)) => value,
            (_, Held::Nothing) => return default(),
            (_, Held::Text) => return None,
        };
        Some(Datapoint { dimensions: self.series(seen.dimensions), value })
    }

    /// The names of the dimensions of what a matching event publishes. There are no partial sets: an event that lacks
    /// one of the fields has none of their dimensions.
    pub(crate) fn series(&self, has_fields: bool) -> Vec<&'a str> {
        let fields = self.dimensions.iter().filter(|_| has_fields).map(|(name, _)| *name);
        fields.chain(self.system.iter().copied()).collect()
    }
}

impl Value {
    /// The number at a place of the event, were it this.
    fn of(text: &str) -> Option<Self> {
        if let Some(name) = text.strip_prefix('$').filter(|name| !name.starts_with('.')) {
            let named = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
            return named.then(|| Self::Column(name.to_owned()));
        }
        selector(text).map(Self::Field)
    }
}

fn value(text: &str) -> Option<Value> {
    match text.parse::<f64>() {
        Ok(number) => number.is_finite().then_some(Value::Constant(number)),
        Err(_not_a_number) => Value::of(text),
    }
}

/// A selector that finds one value: without wildcards.
fn selector(text: &str) -> Option<Selector> {
    let pattern: Pattern = format!("{{ {text} = * }}").parse().ok()?;
    let Tree::Json(expr) = pattern.tree() else { return None };
    let tests = expr.tests();
    let [condition] = tests.as_slice() else { return None };
    (!condition.selector.0.contains(&Step::Any)).then(|| condition.selector.clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value as Json, json};

    use super::*;

    fn vectors(name: &str) -> Vec<Json> {
        let text = include_str!("../../tests/fixtures/alarm_vectors.json");
        let vectors: Json = serde_json::from_str(text).unwrap();
        vectors[name].as_array().unwrap().clone()
    }

    /// The filter of a vector.
    fn filter(vector: &Json) -> MetricFilter {
        let mut transformation = json!({"metricName": "m", "metricNamespace": "n"});
        for member in ["metricValue", "defaultValue", "dimensions"] {
            if !vector[member].is_null() {
                transformation[member] = vector[member].clone();
            }
        }
        let filter = json!({
            "filterName": "f",
            "filterPattern": vector["filterPattern"],
            "metricTransformations": [transformation],
            "emitSystemFieldDimensions": vector.get("emitSystemFieldDimensions").unwrap_or(&json!([])),
        });
        serde_json::from_value(filter).unwrap()
    }

    fn at(event: &Json, selector: &Selector) -> Option<Json> {
        let pointer = selector.to_string().replace("$.", "/").replace('.', "/");
        event.pointer(&pointer).filter(|found| !found.is_null()).cloned()
    }

    fn held(found: Option<Json>) -> Held {
        match found {
            None => Held::Nothing,
            Some(Json::Number(number)) => Held::Number(number.as_f64().unwrap()),
            Some(_) => Held::Text,
        }
    }

    /// Everything that the events of a vector publish, by series.
    fn published(vector: &Json) -> BTreeMap<String, Vec<f64>> {
        let filter = filter(vector);
        let publication = Publication::new(&filter, &filter.metric_transformations[0]).unwrap();
        let pattern: Pattern = filter.filter_pattern.parse().unwrap();
        let mut series = BTreeMap::<String, Vec<f64>>::new();
        let batches = vector["batches"].as_array().into_iter().flatten().flat_map(|batch| batch.as_array().unwrap());
        let events = vector["events"].as_array().into_iter().flatten().chain(vector.get("event"));
        for message in batches.chain(events).map(|message| message.as_str().unwrap()) {
            let event: Json = serde_json::from_str(message).unwrap_or_default();
            let seen = Seen {
                dimensions: publication.dimensions.iter().all(|(_, field)| at(&event, field).is_some()),
                value: match &publication.value {
                    Value::Field(field) => held(at(&event, field)),
                    _ => Held::Nothing,
                },
            };
            if let Some(point) = publication.datapoint(pattern.matches(message).then_some(seen)) {
                let text = |name: &&str| {
                    let field = publication.dimensions.iter().find(|(known, _)| known == name);
                    let value = field.and_then(|(_, field)| at(&event, field)).unwrap_or_else(|| json!("<account>"));
                    format!("{name}={}", value.as_str().unwrap())
                };
                series.entry(point.dimensions.iter().map(text).collect()).or_default().push(point.value);
            }
        }
        series
    }

    #[test]
    fn what_aws_published() {
        let vectors = vectors("publishing");
        assert_eq!(vectors.len(), 9);
        for vector in vectors {
            let mut found = published(&vector);
            let mut expected: Vec<Json> = vector["series"].as_array().cloned().unwrap_or_default();
            expected.extend(vector["minute"].is_object().then(|| vector["minute"].clone()));
            for row in expected {
                let name = |(name, value): (&String, &Json)| format!("{name}={}", value.as_str().unwrap());
                let name: String = row["dimensions"].as_object().into_iter().flatten().map(name).collect();
                let points = found.remove(&name).unwrap_or_default();
                let statistics = [
                    ("Sum", points.iter().sum()),
                    ("SampleCount", points.len() as f64),
                    ("Minimum", points.iter().copied().fold(f64::INFINITY, f64::min)),
                    ("Maximum", points.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
                ];
                for (statistic, number) in statistics {
                    assert!(row[statistic].is_null() || row[statistic] == number as i64, "{statistic}: {vector:#}");
                }
            }
            assert_eq!(found, BTreeMap::new(), "{vector:#}");
        }
    }

    #[test]
    fn what_aws_accepts() {
        let vectors = vectors("transformation_validation");
        assert_eq!(vectors.len(), 4);
        for vector in vectors {
            let filter = filter(&vector);
            let said = Publication::new(&filter, &filter.metric_transformations[0]).err();
            assert_eq!(said.as_ref().map(ToString::to_string).as_deref(), vector["message"].as_str(), "{vector}");
            assert_eq!(said.is_none(), vector["accepted"] == true, "{vector}");
        }
    }

    #[test]
    fn values_are_numbers_or_places() {
        for text in ["", "one", "NaN", "inf", "$", "$.", "$.a = 1 || $.b", "1e999"] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(value("$bytes"), Some(Value::Column("bytes".to_owned())));
        assert!(matches!(value("$.a.b"), Some(Value::Field(_))));
    }
}
