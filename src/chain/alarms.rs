//! The alarms that watch a filter's metric, and whom they notify.

use event_sets::{Bounds, EventSet};

use super::hop::{Gate, Hop};
use super::publication::Publication;
use super::series::{self, Comparison, Published};
use super::system_fields::Origin;
use super::topic::{self, Sender};
use crate::account::watch::{MetricId, watches};
use crate::account::{Account, Alarms, LogGroupArn, MetricAlarm, MetricTransformation};
use crate::estate::Estate;
use crate::evaluate::alarm::{self, Compare, Setting, Target, Watching};
use crate::evaluate::mute;
use crate::fault::{Fault, SeriesFault};
use crate::report::{Code, Kind, Severity};

/// A metric that a filter publishes, to be watched.
#[derive(Clone, Copy)]
pub(super) struct Watched<'a> {
    pub metric: &'a MetricTransformation,
    pub publication: &'a Publication<'a>,
    pub origin: Origin<'a>,
}

/// Alarms on scheduled queries of logs, which need no filter: any of them may see the events of the log group.
pub(super) fn log_alarms(estate: &Estate, group: &LogGroupArn) -> Vec<Hop> {
    let alarms = estate.account(&group.account).and_then(|account| account.alarms.get(group.region.as_str())?.as_ref().ok());
    let log_alarms = alarms.into_iter().flat_map(|alarms| &alarms.log_alarms);
    let notifying = log_alarms.filter(|one| one.actions_enabled && alarm::has_topic(&one.alarm_actions));
    notifying
        .map(|one| {
            let hop = Hop::new(Kind::Alarm, &one.alarm_name).account(&group.account).region(&group.region);
            let hop = Hop { arn: one.alarm_arn.clone(), ..hop };
            hop.gate(Gate::unknown(Fault::Described {
                code: Code::LogAlarmNotJudged,
                severity: Severity::Warning,
                message: "alarms on log queries are not supported yet: the query may find the required events"
                    .to_owned(),
            }))
        })
        .collect()
}

/// The ways from a metric to whoever is told: alarm, perhaps composite alarm, topic, subscriptions. If no alarm watches the
/// metric, the fault.
pub(super) fn from_metric(estate: &Estate, watched: Watched<'_>) -> Result<Vec<Vec<Hop>>, Fault> {
    let Origin { account, region, .. } = watched.origin;
    let Some(account) = estate.account(account) else { return Err(Fault::Unasked) };
    let alarms = match account.alarms.get(region) {
        Some(Ok(alarms)) => alarms,
        Some(Err(gap)) => return Err(Fault::Gap(gap.clone())),
        None => return Err(Fault::Unasked),
    };
    let metric = MetricId::from(watched.metric);
    let watching: Vec<_> = alarms.metric_alarms.iter().filter(|one| watches(one, &metric)).collect();
    if watching.is_empty() {
        let message = alarm::nobody_watches(account, watched.metric, region);
        return Err(Fault::Described { code: Code::NoAlarm, severity: Severity::Error, message });
    }
    let judged: Vec<_> = watching.into_iter().map(|one| judge(one, account, watched)).collect();
    Ok(judged.iter().flat_map(|one| ways(estate, account, alarms, one, &judged, watched.origin)).collect())
}

/// An alarm on a filter's metric.
struct Judged<'a> {
    alarm: &'a MetricAlarm,
    hop: Hop,
    /// The events that publish to the series that it watches.
    series: EventSet,
    /// How it responds, and its period in seconds, if that is known.
    setting: Option<(Setting, u32)>,
}

/// The alarm as a hop.
fn judge<'a>(alarm: &'a MetricAlarm, account: &Account, watched: Watched<'_>) -> Judged<'a> {
    let Watched { metric, publication, origin } = watched;
    let hop = Hop::new(Kind::Alarm, &alarm.alarm_name).account(origin.account).region(origin.region);
    let hop = Hop { arn: alarm.alarm_arn.clone(), ..hop };
    let judged = |hop, series, setting| Judged { alarm, hop, series, setting };
    let not_judged = |hop: Hop, why: String| {
        hop.gate(Gate::unknown(Fault::Described {
            code: Code::AlarmNotJudged,
            severity: Severity::Warning,
            message: why,
        }))
    };
    let watching = match alarm::watching(alarm, metric) {
        Ok(watching) => watching,
        Err(why) => return judged(not_judged(hop, why), EventSet::everything(), None),
    };
    let mut hop = Hop { detail: alarm::summary(alarm, &watching), ..hop };
    match series::gates(publication, watching.dimensions, origin) {
        Ok(gates) => hop.gates.extend(gates),
        Err(fault) => return judged(hop.gate(Gate::closed(fault)), EventSet::everything(), None),
    }
    let series = hop.carries().possible().clone();
    let unit = metric.unit.as_deref().unwrap_or("None");
    if let Some(other) = watching.unit.filter(|other| *other != unit) {
        let message = format!("the alarm expects the unit {other}, the filter publishes {unit}");
        let fault = Fault::Described { code: Code::AlarmUnitDiffers, severity: Severity::Error, message };
        return judged(hop.gate(Gate::closed(fault)), series, None);
    }
    match responses(alarm, &watching, watched) {
        Ok((gates, setting)) => {
            let live = gates.iter().all(|gate| gate.carries == Bounds::everything());
            hop.gates.extend(gates.into_iter().filter(|gate| gate.carries != Bounds::everything()));
            if let Some(setting) = setting.as_ref().filter(|_| live) {
                let doubt = alarm::other_publishers(setting, metric, account, origin.region);
                hop.gates.extend(doubt.map(|why| {
                    Gate::unknown(Fault::Described {
                        code: Code::AlarmNotJudged,
                        severity: Severity::Warning,
                        message: why,
                    })
                }));
            }
            judged(hop, series, setting.map(|setting| (setting, watching.period)))
        }
        Err(why) => judged(not_judged(hop, why), series, None),
    }
}

/// The gates that the alarm's response to each class of values makes, and how it is modelled for what most events publish.
fn responses(
    alarm: &MetricAlarm,
    watching: &Watching<'_>,
    watched: Watched<'_>,
) -> Result<(Vec<Gate>, Option<Setting>), String> {
    let publication = watched.publication;
    let (compare, threshold) = (alarm::compare(alarm)?, alarm::threshold(alarm)?);
    let (operator, breaching) = match compare {
        Compare::AtLeast => (">=", threshold),
        Compare::Above => (">", threshold + 1.0),
        Compare::Below => ("<", threshold - 1.0),
        Compare::AtMost => ("<=", threshold),
    };
    let comparison = Comparison { operator, threshold, breaching };
    let classes = series::classes(publication, comparison).map_err(|doubt| doubt.to_string())?;
    // Other events publish to the series without dimensions.
    let default = publication.default.filter(|_| watching.dimensions.is_empty());
    let needs = || SeriesFault::NeedsValue { field: publication.field(), operator, threshold, always: false };
    let (mut gates, mut model) = (Vec::new(), None);
    for class in classes {
        match class.published {
            Published::Number(value) => {
                let setting = alarm::setting(alarm, watching, value, default)?;
                match alarm::response_fault(&setting, watching.period) {
                    None => {}
                    Some((code, message)) if class.events.is_everything() => {
                        gates.push(Gate::closed(Fault::Described { code, severity: Severity::Error, message }));
                    }
                    Some(_) => gates.push(Gate::except(&class.events, needs())),
                }
                model = model.or(Some(setting));
            }
            Published::Nothing => gates.push(Gate::except(&class.events, needs())),
            Published::Unknown => gates.push(Gate::doubtful(&class.events, needs())),
        }
    }
    Ok((gates, model))
}

/// The ways from an alarm on.
fn ways(
    estate: &Estate,
    account: &Account,
    alarms: &Alarms,
    one: &Judged<'_>,
    all: &[Judged<'_>],
    origin: Origin<'_>,
) -> Vec<Vec<Hop>> {
    let same_events = all.iter().filter(|other| other.series == one.series);
    let modelled = same_events.filter_map(|other| {
        let (setting, period) = other.setting.as_ref()?;
        Some(alarm::Played { alarm: other.alarm, setting, period: *period })
    });
    let (targets, note) = alarm::targets(one.alarm, alarms, &modelled.collect::<Vec<_>>());
    let mut hop = one.hop.clone();
    hop.notes.extend(note);
    if targets.is_empty() {
        return vec![vec![alarm::tells_nobody(hop, one.alarm)]];
    }
    let way = |Target { composite, topic }: Target<'_>| {
        let (last, sender) = match &composite {
            Some((_, composite)) => (&composite.alarm_name, Sender::composite(composite, origin, account.asked_at)),
            None => (&one.alarm.alarm_name, Sender::metric(one.alarm, origin, account.asked_at)),
        };
        // A rule that mutes an alarm mutes its own actions; alarms that look at it see its state all the same.
        let (before, acting) = match composite {
            Some((composite, _)) => (Some(hop.clone()), composite.account(origin.account).region(origin.region)),
            None => (None, hop.clone()),
        };
        let acting = mute::judge(account, origin.region, acting, last);
        let seen = estate.topic(&topic, origin.account);
        before.into_iter().chain([acting]).chain(topic::hops(seen, &topic, &sender)).collect()
    };
    targets.into_iter().map(way).collect()
}
