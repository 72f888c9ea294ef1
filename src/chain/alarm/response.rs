//! An alarm as a hop: which events make it go to ALARM.

use event_sets::{Bounds, EventSet};

use super::build::model;
use super::model::{AlarmModel, Value};
use super::publishers::Publisher;
use super::shared_metric::Case;
use super::simulation::{self, Response};
use super::{AlarmHop, Published, Region, Watching};
use crate::account::ComparisonOperator;
use crate::chain::hop::{Gate, Hop};
use crate::chain::series::{self, Published as OfClass};
use crate::fault::{AlarmDoubt, AlarmFault, Fault, SeriesFault, Traffic};
use crate::report::Kind;

impl<'e> Region<'e> {
    /// The alarm as a hop behind a filter's metric.
    pub(super) fn hop<'r>(
        &'r self,
        watching: Watching<'r, 'e>,
        place: usize,
        publisher: &Publisher<'e>,
        published: Published<'_>,
    ) -> AlarmHop<'r, 'e> {
        let Watching { owner, alarm, query } = watching;
        let hop = Hop::new(Kind::Alarm, &alarm.alarm_name).account(owner.id()).region(published.origin.region);
        let mut hop = Hop { arn: alarm.alarm_arn.clone(), ..hop };
        let everything = EventSet::everything;
        let query = match query {
            Ok(query) => query,
            Err(doubt) => {
                let hop = hop.gate(Gate::unknown(AlarmFault::from(doubt.clone())));
                return AlarmHop { watching, hop, series: everything(), model: None };
            }
        };
        hop.detail = summary(watching);
        // An alarm may measure several series of the metric: an event publishes to one of them.
        let mut ways: Vec<Way> = Vec::new();
        for series in query.series_of(&publisher.key()) {
            ways.push(self.way(watching, (place, publisher), series, published));
        }
        let mut ways = ways.into_iter();
        let Some(first) = ways.next() else {
            let hop = hop.gate(Gate::closed(AlarmFault::DoesNotUseMetric));
            return AlarmHop { watching, hop, series: everything(), model: None };
        };
        let rest: Vec<_> = ways.collect();
        if rest.is_empty() {
            hop.gates.extend(first.gates);
            return AlarmHop { watching, hop, series: first.series, model: first.model };
        }
        let all: Vec<Way> = std::iter::once(first).chain(rest).collect();
        let carries = all.iter().map(Way::carries).fold(Bounds::nothing(), |all, one| all.join(&one));
        let series = EventSet::any(all.iter().map(|way| way.series.clone()));
        let fault = all.iter().flat_map(|way| &way.gates).next().cloned();
        if let Some(gate) = fault.filter(|_| carries != Bounds::everything()) {
            hop.gates.push(Gate { carries, ..gate });
        }
        let model = all.into_iter().find_map(|way| way.model);
        AlarmHop { watching, hop, series, model }
    }

    /// What the alarm does with events that publish to one of its series.
    fn way(
        &self,
        watching: Watching<'_, 'e>,
        own: (usize, &Publisher<'e>),
        series: usize,
        published: Published<'_>,
    ) -> Way {
        let (_, publisher) = own;
        let Watching { owner, alarm, query } = watching;
        let mut way = Way { gates: Vec::new(), series: EventSet::everything(), model: None };
        let Ok(query) = query else { return way };
        let dimensions = query.series.get(series).map(|series| series.dimensions.clone()).unwrap_or_default();
        match series::gates(&publisher.publication, &dimensions, published.origin) {
            Ok(gates) => way.gates.extend(gates),
            Err(fault) => {
                way.gates.push(Gate::closed(fault));
                return way;
            }
        }
        way.series = way.carries().possible().clone();
        let model = match model(alarm, query, own, series, &self.publishers, owner.asked_at()) {
            Ok(model) => model,
            Err(fault) => {
                let gate = match &fault {
                    AlarmFault::Undecided(_) => Gate::unknown(fault),
                    _ => Gate::closed(fault),
                };
                way.gates.push(gate);
                return way;
            }
        };
        let boundaries = [0.0, model.threshold];
        match series::classes(&publisher.publication, &boundaries) {
            Ok(classes) => self.respond(&mut way, model, publisher, classes),
            Err(doubt) => way.gates.push(Gate::unknown(SeriesFault::Undecided(doubt))),
        }
        way
    }

    /// The gates that the alarm's response to each class of values makes.
    fn respond(&self, way: &mut Way, model: AlarmModel, publisher: &Publisher<'e>, classes: Vec<series::ValueClass>) {
        let any = publisher.values();
        let single = classes.len() == 1;
        let (mut lost, mut open, mut doubt, mut fault) = (Vec::new(), Vec::new(), None, None);
        let mut responsive = None;
        for class in classes {
            let published = match class.published {
                OfClass::Number(range) => Some(Value { number: range, any: any.join(range) }),
                OfClass::Nothing => None,
                OfClass::Unknown => {
                    open.push(class.events);
                    continue;
                }
            };
            for case in model.cases(published) {
                let events = EventSet::all([class.events.clone(), self.matched(&case)]);
                let value = published.map(Value::representative);
                match case.response {
                    Ok(Response::EveryEvent) => responsive = responsive.or(Some(value)),
                    Ok(response) if model.is_uniform(published) => {
                        lost.push(events);
                        fault = fault.or_else(|| response_fault(&model, response, value));
                    }
                    Ok(_) => open.push(events),
                    Err(why) => {
                        open.push(events);
                        doubt = doubt.or(Some(why));
                    }
                }
            }
        }
        let (lost, open) = (EventSet::any(lost), EventSet::any(open));
        let needs = SeriesFault::NeedsValue {
            field: publisher.publication.field(),
            operator: model.comparison.sign(),
            threshold: model.threshold,
            always: false,
        };
        let fault: Fault = match fault {
            Some(fault) if single => fault.into(),
            _ => needs.clone().into(),
        };
        // That other numbers may come with a breaching one is worth no second reason beside those that do not breach.
        let doubt = doubt.filter(|doubt| lost.is_nothing() || !matches!(doubt, AlarmDoubt::OtherValues { .. }));
        let doubt: Fault = doubt.map_or_else(|| needs.into(), |doubt| AlarmFault::from(doubt).into());
        let possible = lost.complement();
        let carries = Bounds::between(EventSet::all([possible.clone(), open.complement()]), possible);
        if carries != Bounds::everything() {
            way.gates.push(Gate::new(carries, fault).with_doubt(doubt));
        }
        // An alarm that responds to no event has states all the same, on which composite alarms may look.
        let value = responsive.unwrap_or_else(|| Some(any.nearest()));
        way.model = Some((model, value));
    }

    /// The events that match, and that do not match, the other filters of a case.
    fn matched(&self, case: &Case) -> EventSet {
        let of = |(publisher, matches): &(usize, bool)| {
            let events = self.publishers.get(*publisher)?.pattern.events.clone();
            Some(if *matches { events } else { events.complement() })
        };
        EventSet::all(case.matched.iter().filter_map(of))
    }
}

/// What an alarm does with the events that publish to one series.
struct Way {
    gates: Vec<Gate>,
    series: EventSet,
    model: Option<(AlarmModel, Option<f64>)>,
}

impl Way {
    fn carries(&self) -> Bounds {
        self.gates.iter().fold(Bounds::everything(), |all, gate| all.meet(&gate.carries))
    }
}

impl AlarmModel {
    /// Whether a period comes to the same for each of the numbers, if nothing else is published in it.
    fn is_uniform(&self, value: Option<Value>) -> bool {
        let Some(Value { number, .. }) = value.filter(|value| value.number.low < value.number.high) else {
            return true;
        };
        let alone = self.alone(number);
        match (alone.present, alone.missing) {
            (None, _) => true,
            (Some(range), missing) => !missing && (self.all_breach(range) || self.none_breaches(range)),
        }
    }
}

/// Why an alarm does not go to ALARM for every event, if so.
fn response_fault(model: &AlarmModel, response: Response, value: Option<f64>) -> Option<AlarmFault> {
    Some(match response {
        Response::EveryEvent => return None,
        Response::SingleEvent => AlarmFault::Inverse,
        Response::Once(traffic) => AlarmFault::StaysInAlarm { traffic: traffic.into() },
        Response::InAlarmBefore(traffic) => {
            AlarmFault::InAlarmBefore { traffic: traffic.into(), default: model.default() }
        }
        Response::Burst { events, periods } => {
            AlarmFault::NeedsBurst { events, periods, of: model.rule.of, period: model.period }
        }
        Response::Never { diluted: true } => AlarmFault::Diluted { default: model.default().unwrap_or_default() },
        Response::Never { diluted: false } => AlarmFault::NeverFires { value },
    })
}

impl From<simulation::Traffic> for Traffic {
    fn from(traffic: simulation::Traffic) -> Self {
        match traffic {
            simulation::Traffic::Any => Self::Any,
            simulation::Traffic::Quiet => Self::Quiet,
            simulation::Traffic::Busy => Self::Busy,
        }
    }
}

/// `Sum >= 1 over 300 s`
fn summary(watching: Watching<'_, '_>) -> String {
    let Watching { alarm, query, .. } = watching;
    let Ok(query) = query else { return String::new() };
    let operator = match alarm.comparison_operator {
        Some(ComparisonOperator::GreaterThanThreshold) => ">",
        Some(ComparisonOperator::LessThanThreshold) => "<",
        Some(ComparisonOperator::LessThanOrEqualToThreshold) => "<=",
        _ => ">=",
    };
    format!("{} {operator} {} over {} s", query.text, alarm.threshold.unwrap_or_default(), query.period)
}
