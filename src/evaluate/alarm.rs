//! Whether an alarm goes to ALARM for one event, and whom it then tells.

mod company;
mod composite;
mod math;
mod measure;
#[cfg(test)]
mod properties;
mod ring;
mod rule;
mod series;
mod setting;
mod state;
mod target;
mod watched;

pub(super) use self::company::beside_others;
use self::composite::Played;
use self::ring::{Background, Rings, Setting, rings};
use self::series::{Published, Reach};
use self::setting::{compare, setting, summary, threshold};
pub(super) use self::target::{Target, has_topic, tells_nobody};
use self::watched::{Watched, watched};
use super::publish::Publication;
use super::required::Required;
use super::source::Place;
use super::{broken, uncertain};
use crate::account::{Account, Alarms, MetricAlarm, MetricTransformation};
use crate::pattern::event_sets::EventSet;
use crate::report::{Advisory, Code, Kind, Link};

/// A metric that a filter publishes, to be watched.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub metric: &'a MetricTransformation,
    pub publication: &'a Publication<'a>,
    /// The events that pass the filter.
    pub events: &'a EventSet,
    pub place: Place<'a>,
    pub required: &'a Required<'a>,
}

/// An alarm on a filter's metric.
pub(super) struct Judged<'a> {
    pub alarm: &'a MetricAlarm,
    pub link: Link,
    /// The events that publish to the series it watches.
    pub series: EventSet,
    /// How it is played, and its period in seconds, if that is known.
    setting: Option<(Setting, u32)>,
}

/// The alarm on the metric.
pub(super) fn judge<'a>(alarm: &'a MetricAlarm, source: Source<'_>) -> Judged<'a> {
    let Source { metric, publication, events, place, required } = source;
    let link = Link::new(Kind::Alarm, &alarm.alarm_name, alarm.alarm_arn.clone());
    let judged = |link, series, setting| Judged { alarm, link, series, setting };
    let watched = match watched(alarm, metric) {
        Ok(watched) => watched,
        Err(why) => return judged(uncertain(link, Code::AlarmNotJudged, why), EventSet::everything(), None),
    };
    let link = Link { detail: summary(alarm, &watched), ..link };
    let (link, series) = match series::reach(publication, watched.dimensions, place, events, required) {
        Reach::Events(series) => (link, series),
        Reach::AtMost(series, why) => (uncertain(link, Code::AlarmNotJudged, why), series),
        Reach::Elsewhere(why) => {
            return judged(broken(link, Code::AlarmDimensionsDiffer, why), EventSet::everything(), None);
        }
    };
    let unit = metric.unit.as_deref().unwrap_or("None");
    if let Some(other) = watched.unit.filter(|other| *other != unit) {
        let message = format!("the alarm waits for the unit {other}, the filter publishes {unit}");
        return judged(broken(link, Code::AlarmUnitDiffers, message), series, None);
    }
    match played(alarm, &watched, source, &series) {
        Ok(Ok(setting)) => {
            let link = match fault(&setting, watched.period) {
                None => link,
                Some((code, message)) => broken(link, code, message),
            };
            judged(link, series, Some((setting, watched.period)))
        }
        Ok(Err(nothing)) => judged(broken(link, Code::AlarmNeverFires, nothing), series, None),
        Err(why) => judged(uncertain(link, Code::AlarmNotJudged, why), series, None),
    }
}

/// Where the message of one of the alarms on a metric goes, and what else that alarm does.
pub(super) fn targets<'a>(
    one: &Judged<'_>,
    all: &[Judged<'_>],
    alarms: &'a Alarms,
) -> (Vec<Target<'a>>, Option<Advisory>) {
    let same_events = all.iter().filter(|other| other.series == one.series);
    let played = same_events.filter_map(|other| {
        let (setting, period) = other.setting.as_ref()?;
        Some(Played { alarm: other.alarm, setting, period: *period })
    });
    target::targets(one.alarm, alarms, &played.collect::<Vec<_>>())
}

/// How the alarm is played, or why nothing is published to it; an error says what is not judged.
fn played(
    alarm: &MetricAlarm,
    watched: &Watched<'_>,
    source: Source<'_>,
    series: &EventSet,
) -> Result<Result<Setting, String>, String> {
    let Source { publication, events, required, .. } = source;
    let events = EventSet::all([events.clone(), series.clone()]);
    let compared = (compare(alarm)?, threshold(alarm)?);
    let value = match series::published(publication, compared, &events, required) {
        Published::Number(value) => value,
        Published::Nothing(why) => return Ok(Err(why)),
        Published::NotKnown(why) => return Err(why),
    };
    // Other events publish to the series without dimensions.
    let default = publication.default.filter(|_| watched.dimensions.is_empty());
    setting(alarm, watched, value, default).map(Ok)
}

/// Why the alarm does not ring for every event, if so. The period is in seconds.
fn fault(setting: &Setting, period: u32) -> Option<(Code, String)> {
    let value = setting.value;
    Some(match rings(setting) {
        Rings::Always => return None,
        Rings::OnlyAlone => {
            (Code::AlarmInverse, "the alarm goes to ALARM for one event, but not if more come with it".to_owned())
        }
        Rings::Once(background) => {
            let message = match background {
                Background::Any => "the alarm stays in ALARM after the first event, so the next one is not notified",
                Background::Silent => {
                    "the alarm stays in ALARM after the first event until other events come, so the next one is not notified"
                }
                Background::Busy => {
                    "other events keep the alarm in ALARM after the first event, so the next one is not notified"
                }
            };
            (Code::AlarmFiresOnce, message.to_owned())
        }
        Rings::AlreadyRinging(background) => {
            let message = match background {
                Background::Any => "the alarm is in ALARM while nothing happens, so no event is notified".to_owned(),
                Background::Silent => {
                    "the alarm is in ALARM while no other events come, so no event is notified".to_owned()
                }
                Background::Busy => format!(
                    "other events publish the default value {}, which keeps the alarm in ALARM, so no event is notified",
                    setting.default.unwrap_or_default()
                ),
            };
            (Code::AlarmFiresOnce, message)
        }
        Rings::ForABurst { events, periods: 1 } => {
            (Code::AlarmNeedsBurst, format!("the alarm needs {events} events within {period} s"))
        }
        Rings::ForABurst { events, periods } => {
            let of = setting.rule.of;
            let each = if events == 1 { "an event".to_owned() } else { format!("{events} events") };
            let message = format!("the alarm needs {each} in each of {periods} out of {of} periods of {period} s");
            (Code::AlarmNeedsBurst, message)
        }
        Rings::Never { diluted: true } => {
            let default = setting.default.unwrap_or_default();
            let message =
                format!("other events publish the default value {default}, which keeps the alarm from firing");
            (Code::AlarmNeverFires, message)
        }
        Rings::Never { diluted: false } => {
            (Code::AlarmNeverFires, format!("no number of events of value {value} makes the alarm fire"))
        }
    })
}

/// What to say where no alarm of the region watches the metric.
pub(super) fn nobody_watches(account: &Account, metric: &MetricTransformation, region: &str) -> String {
    let name = Some(&metric.metric_name);
    let namesake = account.alarms.iter().find_map(|(region, alarms)| {
        let alarm = alarms.as_ref().ok()?.metric_alarms.iter().find(|alarm| alarm.metric_name.as_ref() == name)?;
        Some((region, &alarm.alarm_name, alarm.namespace.as_ref()?))
    });
    match namesake {
        Some((elsewhere, alarm, namespace)) => format!(
            "no alarm in {region} watches the metric; `{alarm}` in {elsewhere} watches its namesake in namespace \
             {namespace}"
        ),
        None => format!("no alarm in {region} watches the metric"),
    }
}
