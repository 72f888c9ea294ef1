//! What the metric filters of a region publish.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::pattern_form;
use super::range::Range;
use crate::account::{Dimension, LogGroup, MetricFilter, MetricTransformation};
use crate::chain::hop::FilterPattern;
use crate::chain::patterns::Patterns;
use crate::chain::publication::{Publication, Value};
use crate::estate::Estate;

/// A metric of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct MetricKey<'a> {
    pub account: &'a str,
    pub namespace: &'a str,
    pub name: &'a str,
}

/// A filter's metric.
#[derive(Debug)]
pub(crate) struct Publisher<'a> {
    pub account: &'a str,
    pub log_group: &'a str,
    pub filter: &'a MetricFilter,
    pub metric: &'a MetricTransformation,
    pub publication: Publication<'a>,
    pub pattern: Arc<FilterPattern>,
    /// The names of the events that the filter matches, where the pattern lists them.
    event_names: Option<BTreeSet<String>>,
}

/// All metrics that filters of the trails' log groups publish in a region.
#[derive(Debug, Default)]
pub(crate) struct Publishers<'a> {
    all: Vec<Publisher<'a>>,
    by_metric: HashMap<MetricKey<'a>, Vec<usize>>,
}

impl<'a> Publishers<'a> {
    /// Those of an estate. A filter that AWS rejects publishes nothing.
    pub(crate) fn of(estate: &'a Estate, region: &str, patterns: &Patterns) -> Self {
        let mut publishers = Self::default();
        for account in estate.accounts() {
            for (id, log_group) in account.log_groups.iter().filter(|(id, _)| id.region == region) {
                let Ok(LogGroup::Present { filters }) = log_group else { continue };
                for filter in filters {
                    for metric in &filter.metric_transformations {
                        let Ok(publication) = Publication::new(filter, metric) else { continue };
                        let pattern = patterns.parse(&filter.filter_pattern);
                        let names = pattern.parsed.as_ref().ok().and_then(pattern_form::event_names);
                        let names = names.map(|names| names.into_iter().map(str::to_owned).collect());
                        publishers.add(Publisher {
                            account: account.identity.account.as_str(),
                            log_group: &id.name,
                            filter,
                            metric,
                            publication,
                            pattern,
                            event_names: names,
                        });
                    }
                }
            }
        }
        publishers
    }

    fn add(&mut self, publisher: Publisher<'a>) {
        self.by_metric.entry(publisher.key()).or_default().push(self.all.len());
        self.all.push(publisher);
    }

    /// The publisher at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&Publisher<'a>> {
        self.all.get(at)
    }

    /// Who publishes to the metric, by place.
    pub(crate) fn on<'s>(&'s self, metric: &MetricKey<'s>) -> impl Iterator<Item = (usize, &'s Publisher<'a>)> {
        let places: &[usize] = self.by_metric.get(metric).map_or(&[], Vec::as_slice);
        places.iter().filter_map(|at| Some((*at, self.all.get(*at)?)))
    }

    /// The place of a filter's metric.
    pub(crate) fn place(&self, metric: &MetricTransformation, key: &MetricKey<'_>) -> Option<usize> {
        self.on(key).find(|(_, publisher)| std::ptr::eq(publisher.metric, metric)).map(|(at, _)| at)
    }
}

impl<'a> Publisher<'a> {
    /// The metric.
    pub(crate) fn key(&self) -> MetricKey<'a> {
        let (namespace, name) = (&self.metric.metric_namespace, &self.metric.metric_name);
        MetricKey { account: self.account, namespace, name }
    }

    /// The unit of what is published.
    pub(crate) fn unit(&self) -> &'a str {
        self.metric.unit.as_deref().unwrap_or("None")
    }

    /// The numbers that events of the filter may publish.
    pub(crate) fn values(&self) -> Range {
        match &self.publication.value {
            Value::Constant(number) => Range::exactly(*number),
            Value::Column(_) => Range::ANY,
            Value::Field(field) => {
                let pattern = self.pattern.parsed.as_ref().ok();
                pattern.map_or(Range::ANY, |pattern| pattern_form::numbers(pattern, field))
            }
        }
    }

    /// Whether an event may publish a value to the series with these dimensions.
    pub(super) fn reaches(&self, dimensions: &[&Dimension]) -> bool {
        let mut watched: Vec<_> = dimensions.iter().map(|dimension| dimension.name.as_str()).collect();
        watched.sort_unstable();
        [true, false].into_iter().any(|has_fields| {
            let mut published = self.publication.series(has_fields);
            published.sort_unstable();
            published == watched
        })
    }

    /// What it publishes to the series for an event that the filter does not match: to the one without dimensions alone.
    pub(super) fn default(&self, dimensions: &[&Dimension]) -> Option<f64> {
        self.publication.default.filter(|_| dimensions.is_empty())
    }

    /// Whether an event that the one matches, the other may match too.
    pub(crate) fn may_share_events(&self, other: &Self) -> bool {
        let names = self.event_names.as_ref().zip(other.event_names.as_ref());
        names.is_none_or(|(one, other)| !one.is_disjoint(other))
    }
}
