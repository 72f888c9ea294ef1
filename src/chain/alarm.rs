//! The alarms that watch what filters publish: whether they go to ALARM for an event.
//!
//! [`Region`] has all alarms of a region and what they measure. An alarm becomes a hop by [`Region::hop`]: what it does with
//! an event that publishes a value is found by simulating it. Whom it notifies is told by `route`.

mod build;
mod composite;
mod expression;
mod math;
mod metric_query;
mod missing_data;
mod model;
mod pattern_form;
#[cfg(test)]
mod properties;
mod publishers;
mod range;
mod response;
mod route;
mod rule;
mod shared_metric;
mod simulation;
mod standing;
mod statistic;
mod timeline;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use event_sets::EventSet;

pub(super) use self::range::Range;
pub(super) use self::route::{from_metric, log_alarms};

use self::build::at_rest;
use self::composite::{Composites, Leaf};
use self::metric_query::MetricQuery;
use self::missing_data::State;
use self::model::{AlarmModel, Window};
use self::publishers::{MetricKey, Publisher, Publishers};
use self::simulation::{Others, Run};
use self::timeline::{Motion, States};
use super::hop::Hop;
use super::mute::MuteRules;
use super::patterns::Patterns;
use crate::account::watch::queries;
use crate::account::{Account, Alarms, MetricAlarm, MetricTransformation, Timestamp};
use crate::estate::Estate;
use crate::fault::AlarmDoubt;

/// The alarms of a region in all accounts of an estate, and what filters publish there.
#[derive(Debug)]
pub(super) struct Region<'e> {
    owners: Vec<Owner<'e>>,
    by_account: HashMap<&'e str, usize>,
    /// The alarms on each metric: owner and place.
    by_metric: HashMap<MetricKey<'e>, Vec<(usize, usize)>>,
    publishers: Publishers<'e>,
}

/// The regions of an estate, each read when an account's chain first needs it, for all threads.
#[derive(Debug)]
pub struct Regions<'e> {
    pub(super) estate: &'e Estate,
    pub(super) patterns: &'e Patterns,
    known: RwLock<HashMap<String, Arc<Region<'e>>>>,
}

/// The alarms of one account.
#[derive(Debug)]
struct Owner<'e> {
    account: &'e Account,
    alarms: &'e Alarms,
    queries: Vec<Result<MetricQuery<'e>, AlarmDoubt>>,
    /// The places of alarms on queries that name their metrics in their text, if at all.
    on_text: Vec<usize>,
    composites: Composites<'e>,
    mute_rules: MuteRules<'e>,
    /// The states of alarms at rest, by name, as far as they were asked for.
    rest: Mutex<HashMap<&'e str, States>>,
}

/// A metric that a filter publishes, and the events that the filter matches.
#[derive(Clone, Copy)]
pub(super) struct Published<'a> {
    pub metric: &'a MetricTransformation,
    pub origin: super::Origin<'a>,
}

/// An alarm that may watch a metric.
#[derive(Clone, Copy)]
struct Watching<'r, 'e> {
    owner: &'r Owner<'e>,
    alarm: &'e MetricAlarm,
    query: &'r Result<MetricQuery<'e>, AlarmDoubt>,
}

/// An alarm as a hop.
struct AlarmHop<'r, 'e> {
    watching: Watching<'r, 'e>,
    hop: Hop,
    /// The events that publish to the series that it watches.
    series: EventSet,
    /// How it is simulated for an event that makes it go to ALARM, if it does, and what such an event publishes.
    model: Option<(AlarmModel, Option<f64>)>,
}

impl<'e> Regions<'e> {
    /// Those of an estate. `patterns` keeps what was parsed for further estates.
    pub fn of(estate: &'e Estate, patterns: &'e Patterns) -> Self {
        Self { estate, patterns, known: RwLock::default() }
    }

    pub(super) fn get(&self, region: &str) -> Arc<Region<'e>> {
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(region) {
            return Arc::clone(known);
        }
        // Others wait: it takes them no longer than doing it again.
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let read = || Arc::new(Region::of(self.estate, region, self.patterns));
        Arc::clone(known.entry(region.to_owned()).or_insert_with(read))
    }
}

impl<'e> Region<'e> {
    fn of(estate: &'e Estate, region: &str, patterns: &Patterns) -> Self {
        let mut all = Self {
            owners: Vec::new(),
            by_account: HashMap::new(),
            by_metric: HashMap::new(),
            publishers: Publishers::of(estate, region, patterns),
        };
        for account in estate.accounts() {
            if let Some(Ok(alarms)) = account.alarms.get(region) {
                all.add(account, alarms, region);
            }
        }
        all
    }

    fn add(&mut self, account: &'e Account, alarms: &'e Alarms, region: &str) {
        let (id, owner) = (account.identity.account.as_str(), self.owners.len());
        let mut measured = Vec::new();
        let mut on_text = Vec::new();
        for (at, alarm) in alarms.metric_alarms.iter().enumerate() {
            let query = MetricQuery::of(alarm, id);
            for metric in metrics(alarm, id) {
                let known = self.by_metric.entry(metric).or_default();
                if known.last() != Some(&(owner, at)) {
                    known.push((owner, at));
                }
            }
            if queries(alarm).next().is_some() {
                on_text.push(at);
            }
            measured.push(query);
        }
        self.by_account.insert(id, owner);
        let composites = Composites::new(alarms);
        let mute_rules = MuteRules::of(account, region);
        let rest = Mutex::default();
        self.owners.push(Owner { account, alarms, queries: measured, on_text, composites, mute_rules, rest });
    }

    /// The alarms that may watch the metric: those of its own account first.
    fn watching(&self, metric: &MetricKey<'_>) -> Vec<Watching<'_, 'e>> {
        let mut found: Vec<(usize, usize)> = self.by_metric.get(metric).cloned().unwrap_or_default();
        let own = self.by_account.get(metric.account).and_then(|at| Some((*at, self.owners.get(*at)?)));
        if let Some((at, owner)) = own {
            let names = |alarm: &MetricAlarm| queries(alarm).any(|query| query.contains(metric.name));
            let on_text = owner.on_text.iter().copied();
            found.extend(
                on_text.filter(|place| owner.alarms.metric_alarms.get(*place).is_some_and(names)).map(|it| (at, it)),
            );
        }
        let foreign = |(owner, _): &(usize, usize)| own.is_none_or(|(own, _)| own != *owner);
        found.sort_by_key(|place| (foreign(place), *place));
        found.dedup();
        let of = |(owner, at): (usize, usize)| {
            let owner = self.owners.get(owner)?;
            let (alarm, query) = (owner.alarms.metric_alarms.get(at)?, owner.queries.get(at)?);
            Some(Watching { owner, alarm, query })
        };
        found.into_iter().filter_map(of).collect()
    }

    /// The filter's metric among all that is published.
    fn publisher(&self, published: Published<'_>) -> Option<(usize, &Publisher<'e>)> {
        let Published { metric, origin } = published;
        let key = MetricKey { account: origin.account, namespace: &metric.metric_namespace, name: &metric.metric_name };
        let at = self.publishers.place(metric, &key)?;
        Some((at, self.publishers.get(at)?))
    }

    /// What is known of an alarm that the events of a filter do not surely move.
    fn leaf(&self, owner: &Owner<'e>, alarm: &MetricAlarm, by: &Publisher<'_>) -> Leaf {
        let place = owner.alarms.metric_alarms.iter().position(|one| std::ptr::eq(one, alarm));
        let query = place.and_then(|at| owner.queries.get(at)).and_then(|query| query.as_ref().ok());
        let Some(query) = query else {
            let moves = metrics(alarm, owner.id()).any(|metric| self.may_move(&metric, by));
            return Leaf { rest: States::AT_REST, moving: moves.then_some(States::ANY) };
        };
        let moves = query.series.iter().any(|series| self.may_move(&series.metric, by));
        let rest = || {
            let model = at_rest(alarm, query, &self.publishers, owner.account.asked_at);
            model.map_or(States::AT_REST, |model| model.rest())
        };
        let name = place.and_then(|at| owner.alarms.metric_alarms.get(at)).map(|alarm| alarm.alarm_name.as_str());
        let known = name.and_then(|name| owner.at_rest().get(name).copied());
        let states = known.unwrap_or_else(rest);
        owner.at_rest().extend(name.map(|name| (name, states)));
        Leaf { rest: states, moving: moves.then_some(States::ANY) }
    }

    /// Whether an event that the filter matches may publish to the metric.
    fn may_move(&self, metric: &MetricKey<'_>, by: &Publisher<'_>) -> bool {
        self.publishers.on(metric).any(|(_, other)| other.may_share_events(by))
    }
}

impl<'e> Owner<'e> {
    fn at_rest(&self) -> MutexGuard<'_, HashMap<&'e str, States>> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn id(&self) -> &'e str {
        self.account.identity.account.as_str()
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.account.asked_at
    }
}

impl AlarmModel {
    /// The states of the alarm while none of the events in question comes, in whatever traffic.
    fn rest(&self) -> States {
        let quiet = |others| {
            let run = Run { others, events: 0, periods: 1, quiet: self.quiet() };
            let states = self.states(run, None);
            let settled = states.get(self.rule.range()..).unwrap_or_default();
            settled.iter().map(|state| States::only(*state)).reduce(States::or)
        };
        self.traffic().into_iter().filter_map(quiet).reduce(States::or).unwrap_or(States::AT_REST)
    }

    /// What the alarm does when an event comes that publishes this. `late` is how long after the event CloudWatch looks at
    /// its period.
    fn motion(&self, others: Others, value: Option<f64>, late: u64) -> Motion {
        let run = Run { others, events: 1, periods: 1, quiet: self.quiet() };
        Motion::of_run(run, &self.states(run, value), self.period, late)
    }

    /// How long an alarm is silent after an event, and how long it may take until it notifies, in seconds.
    fn timing(&self, value: Option<f64>) -> (u64, u64) {
        let of = |others| {
            let run = Run { others, events: 1, periods: 1, quiet: self.quiet() };
            let states = self.states(run, value);
            let after = states.get(run.quiet..2 * run.quiet + 1).unwrap_or_default();
            let in_alarm = after.iter().filter(|state| **state == State::Alarm).count();
            let start = after.iter().position(|state| *state == State::Alarm).unwrap_or_default();
            (in_alarm, start)
        };
        let (mut silence, mut delay) = (0, 0);
        for (in_alarm, start) in self.traffic().into_iter().map(of) {
            silence = silence.max(in_alarm);
            delay = delay.max(start);
        }
        let seconds = |periods: usize| periods as u64 * u64::from(self.period);
        (seconds(silence), seconds(delay) + self.evaluation_delay())
    }

    /// How long after an event CloudWatch may look at its period, beyond the minute that it takes for any alarm
    /// (CloudWatch User Guide, "Alarm evaluation", "Alarm evaluation window").
    fn evaluation_delay(&self) -> u64 {
        match self.window {
            // A period is evaluated once it has ended.
            Window::WallClock => u64::from(self.period),
            // Every hour where the evaluation window is longer than a day.
            Window::Sliding if self.evaluation_window() > 86_400 => 3600,
            Window::Sliding => 0,
        }
    }

    /// Whether periods or the evaluation window are longer than an hour.
    fn is_long(&self) -> bool {
        self.evaluation_window() > 3600
    }
}

/// The metrics that an alarm names, whether it uses them or not.
fn metrics<'a>(alarm: &'a MetricAlarm, account: &'a str) -> impl Iterator<Item = MetricKey<'a>> {
    let single = alarm.namespace.as_deref().zip(alarm.metric_name.as_deref());
    let single = single.map(|(namespace, name)| MetricKey { account, namespace, name });
    let lines = alarm.metrics.iter().filter_map(move |line| {
        let metric = &line.metric_stat.as_ref()?.metric;
        let account = line.account_id.as_deref().unwrap_or(account);
        Some(MetricKey { account, namespace: metric.namespace.as_deref()?, name: &metric.metric_name })
    });
    single.into_iter().chain(lines)
}
