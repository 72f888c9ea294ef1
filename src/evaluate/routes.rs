//! The ways that an event could take from a trail to a person.

use std::collections::BTreeSet;

use super::alarm::Target;
use super::publish::Publication;
use super::required::Required;
use super::source::Place;
use super::topic::{self, Sender};
use super::unchecked::Unchecked;
use super::{alarm, broken, filter, gap, mute, trail, uncertain, unseen};
use crate::account::watch::{MetricId, watches};
use crate::account::{Account, Alarms, LogGroup, LogGroupArn, LogGroupId, MetricFilter, MetricTransformation};
use crate::pattern::event_sets::{EventSet, Witness};
use crate::report::{Advisory, Code, Kind, Link, Reason, State};

/// A route, and the events that its selectors and patterns let pass.
#[derive(Clone)]
pub(super) struct Drawn {
    pub links: Vec<Link>,
    /// What passes the trail.
    pub trail: EventSet,
    /// What passes the filter.
    pub filter: EventSet,
    /// What passes the filter's field selection.
    pub selection: EventSet,
    /// Checks beyond the benchmark's that could still find a message lost, and were not made.
    pub unchecked: BTreeSet<Unchecked>,
    /// What publishes to the series that the alarm watches.
    pub series: EventSet,
    /// Whether the route is meant for the control. Others may carry a required event by chance.
    pub meant: bool,
    /// An event that the filter matches and the control does not ask for, if one was looked for and found.
    pub beyond: Option<Witness>,
}

impl Drawn {
    pub(super) fn state(&self) -> State {
        self.links.iter().map(|link| link.state).max().unwrap_or(State::Broken)
    }

    /// What passes all of them.
    pub(super) fn events(&self) -> EventSet {
        let mut all = vec![self.trail.clone(), self.filter.clone()];
        all.extend([&self.selection, &self.series].into_iter().filter(|it| !it.is_everything()).cloned());
        EventSet::all(all)
    }

    fn then(&self, links: impl IntoIterator<Item = Link>) -> Self {
        let mut longer = self.clone();
        longer.links.extend(links);
        longer
    }
}

/// What passes the chosen routes, and where in the list. Neighbours that let the same events pass are taken once.
pub(super) fn carried(routes: &[Drawn], chosen: impl Fn(&Drawn) -> bool) -> (Vec<usize>, Vec<EventSet>) {
    let mut carried = Vec::new();
    for (at, route) in routes.iter().enumerate().filter(|(_, route)| chosen(route)) {
        let events = route.events();
        if carried.last().is_none_or(|(_, last)| *last != events) {
            carried.push((at, events));
        }
    }
    carried.into_iter().unzip()
}

/// All routes that have to do with the required events, and what else is worth knowing about them.
pub(super) fn draw(account: &Account, required: &Required<'_>) -> (Vec<Drawn>, Vec<Advisory>) {
    let everything = |links| Drawn {
        links,
        trail: EventSet::everything(),
        filter: EventSet::everything(),
        selection: EventSet::everything(),
        series: EventSet::everything(),
        unchecked: BTreeSet::new(),
        meant: true,
        beyond: None,
    };
    let trails = match &account.trails {
        Ok(trails) => trails,
        Err(cause) => return (vec![everything(vec![gap(Link::new(Kind::Trail, "", None), cause)])], Vec::new()),
    };
    let mut drawing = Drawing { account, required, routes: Vec::new(), advisories: Vec::new() };
    for trail in trails {
        let (link, events) = trail::link(trail);
        match &trail.log_group {
            Some(arn) => drawing.log_group(&Drawn { trail: events, ..everything(vec![link]) }, arn, trail.organization),
            None => {
                let link = broken(link, Code::TrailWithoutLogGroup, "the trail does not deliver to CloudWatch Logs");
                drawing.routes.push(Drawn { filter: EventSet::nothing(), trail: events, ..everything(vec![link]) });
            }
        }
    }
    (drawing.routes, drawing.advisories)
}

struct Drawing<'a> {
    account: &'a Account,
    required: &'a Required<'a>,
    routes: Vec<Drawn>,
    advisories: Vec<Advisory>,
}

impl Drawing<'_> {
    fn log_group(&mut self, route: &Drawn, arn: &LogGroupArn, organization: bool) {
        let link = Link::new(Kind::LogGroup, &arn.name, Some(arn.to_string()));
        if arn.account != self.account.identity.account.as_str() {
            // Its filters and alarms are for an audit of that account to see.
            let message = format!("the trail delivers to a log group of account {}; audit that account", arn.account);
            self.routes.push(route.then([uncertain(link, Code::LogGroupInAnotherAccount, message)]));
            return;
        }
        let id = LogGroupId { region: arn.region.clone(), name: arn.name.clone() };
        let filters = match self.account.log_groups.get(&id) {
            Some(Ok(LogGroup::Present { filters })) => filters,
            Some(Ok(LogGroup::Missing)) => {
                self.dead_end(route, broken(link, Code::LogGroupMissing, "the log group does not exist"));
                return;
            }
            Some(Err(cause)) => {
                self.routes.push(route.then([link, gap(Link::new(Kind::Filter, "", None), cause)]));
                return;
            }
            None => {
                self.routes.push(route.then([unseen(link)]));
                return;
            }
        };
        self.log_alarms(&route.then([link.clone()]), &arn.region);
        let place = Place { account: self.account.identity.account.as_str(), region: &arn.region, organization };
        let judge = |one| Some((one, filter::judge(one, place, self.required)?));
        let judged: Vec<_> = filters.iter().filter_map(judge).collect();
        if !judged.iter().any(|(_, judged)| judged.meant) {
            let message = "the log group has no metric filter for the required events";
            let reason = Reason::new(Code::NoFilter, link.subject(), message);
            let none = Link::new(Kind::Filter, "", None).with(State::Broken, reason);
            self.dead_end(&route.then([link.clone()]), none);
        }
        for (filter, judged) in judged {
            let filter::Judged { events, selection, meant, advisory, .. } = judged;
            let route = Drawn { filter: events, selection, meant, ..route.then([link.clone(), judged.link]) };
            self.advisories.extend(advisory);
            self.filter(&route, filter, place);
        }
    }

    /// Alarms on scheduled queries of logs, which need no filter: any of them may see the events.
    fn log_alarms(&mut self, route: &Drawn, region: &str) {
        let Some(Ok(alarms)) = self.account.alarms.get(region) else { return };
        for one in alarms.log_alarms.iter().filter(|one| one.actions_enabled && alarm::has_topic(&one.alarm_actions)) {
            let link = Link::new(Kind::Alarm, &one.alarm_name, one.alarm_arn.clone());
            let message = "the alarm's query may find the required events, which is not judged";
            self.routes.push(route.then([uncertain(link, Code::LogAlarmNotJudged, message)]));
        }
    }

    /// A route on which nothing gets as far as a filter.
    fn dead_end(&mut self, route: &Drawn, link: Link) {
        self.routes.push(Drawn { filter: EventSet::nothing(), ..route.then([link]) });
    }

    fn filter(&mut self, route: &Drawn, filter: &MetricFilter, place: Place<'_>) {
        if filter.metric_transformations.is_empty() {
            let reason = Reason::new(Code::FilterWithoutMetric, &filter.filter_name, "the filter publishes no metric");
            let none = Link::new(Kind::Metric, "", None).with(State::Broken, reason);
            self.routes.push(route.then([none]));
        }
        for metric in &filter.metric_transformations {
            let name = format!("{}/{}", metric.metric_namespace, metric.metric_name);
            let mut link = Link::new(Kind::Metric, name, None);
            link.detail = match metric.default_value {
                Some(default) => format!("{} for each event, {default} for any other", metric.metric_value),
                None => format!("{} for each event", metric.metric_value),
            };
            let publication = match Publication::new(filter, metric) {
                Ok(publication) => publication,
                Err(why) => {
                    let message = format!("AWS rejects what the filter publishes: {why}");
                    self.routes.push(route.then([broken(link, Code::MetricInvalid, message)]));
                    continue;
                }
            };
            let route = route.then([link]);
            match self.account.alarms.get(place.region) {
                Some(Ok(alarms)) => self.metric(&route, &publication, metric, alarms, place),
                Some(Err(cause)) => self.routes.push(route.then([gap(Link::new(Kind::Alarm, "", None), cause)])),
                None => self.routes.push(route.then([unseen(Link::new(Kind::Alarm, "", None))])),
            }
        }
    }

    fn metric(
        &mut self,
        route: &Drawn,
        publication: &Publication<'_>,
        metric: &MetricTransformation,
        alarms: &Alarms,
        place: Place<'_>,
    ) {
        let watching: Vec<_> =
            alarms.metric_alarms.iter().filter(|one| watches(one, &MetricId::from(metric))).collect();
        if watching.is_empty() {
            let subject = format!("{}/{}", metric.metric_namespace, metric.metric_name);
            let reason = Reason::new(Code::NoAlarm, subject, alarm::nobody_watches(self.account, metric, place.region));
            self.routes.push(route.then([Link::new(Kind::Alarm, "", None).with(State::Broken, reason)]));
        }
        let events = EventSet::all([route.filter.clone(), route.selection.clone()]);
        let source = alarm::Source { metric, publication, events: &events, place, required: self.required };
        let judge = |one| alarm::beside_others(alarm::judge(one, source), metric, self.account, place.region);
        let watching: Vec<_> = watching.into_iter().map(judge).collect();
        for one in &watching {
            let route = Drawn { series: one.series.clone(), ..route.clone() };
            let (targets, advisory) = alarm::targets(one, &watching, alarms);
            self.advisories.extend(advisory);
            if targets.is_empty() {
                self.routes.push(route.then([alarm::tells_nobody(one.link.clone(), one.alarm)]));
            }
            for Target { composite, topic } in targets {
                let (last, sender) = match &composite {
                    Some((_, composite)) => (&composite.alarm_name, Sender::composite(composite, place)),
                    None => (&one.alarm.alarm_name, Sender::new(one.alarm, place)),
                };
                let (rest, unchecked) = topic::links(self.account, &topic, &sender);
                // Whatever mutes an alarm mutes its own actions; alarms that look at it see its state all the same.
                let (before, acting) = match composite {
                    Some((link, _)) => (Some(one.link.clone()), link),
                    None => (None, one.link.clone()),
                };
                let muted = mute::judge(self.account, place.region, acting, last);
                self.advisories.extend(muted.advisory);
                let unchecked = unchecked.into_iter().chain(muted.unchecked).collect();
                let alarms = route.then(before).then([muted.link]);
                self.routes.push(Drawn { unchecked, ..alarms.then(rest) });
            }
        }
    }
}
