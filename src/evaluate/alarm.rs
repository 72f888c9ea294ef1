//! Whether an alarm goes to ALARM for one event, and whom it then tells.

mod ring;
mod setting;
mod state;
mod target;

use self::ring::{Rings, Setting, rings};
use self::setting::{is_on_a_metric, setting, summary};
pub(super) use self::target::{Target, has_topic, targets, tells_nobody};
use super::{broken, uncertain};
use crate::account::{Account, MetricAlarm, MetricFilter, MetricTransformation};
use crate::report::{Code, Kind, Link};

/// The alarm as a link, on the metric that the filter publishes.
pub(super) fn link(alarm: &MetricAlarm, filter: &MetricFilter, metric: &MetricTransformation) -> Link {
    let link = Link::new(Kind::Alarm, &alarm.alarm_name, alarm.alarm_arn.clone());
    if !is_on_a_metric(alarm) {
        return uncertain(
            link,
            Code::AlarmNotJudged,
            "alarms on metric math, anomaly bands and queries are not judged",
        );
    }
    if !filter.emit_system_field_dimensions.is_empty() {
        let why = "the filter adds system fields as dimensions, which is not judged";
        return uncertain(link, Code::AlarmNotJudged, why);
    }
    if !metric.dimensions.is_empty() || !alarm.dimensions.is_empty() {
        return dimensions(link, alarm, metric);
    }
    let published = metric.unit.as_deref().unwrap_or("None");
    if let Some(unit) = alarm.unit.as_deref().filter(|unit| *unit != published) {
        let message = format!("the alarm waits for the unit {unit}, the filter publishes {published}");
        return broken(link, Code::AlarmUnitDiffers, message);
    }
    match setting(alarm, metric) {
        Ok(setting) => {
            let link = Link { detail: summary(alarm), ..link };
            match fault(&setting, alarm.period.unwrap_or_default()) {
                Some((code, message)) => broken(link, code, message),
                None => link,
            }
        }
        Err(why) => uncertain(link, Code::AlarmNotJudged, why),
    }
}

/// Why the alarm does not ring for every event, if so. The period is in seconds.
fn fault(setting: &Setting, period: u32) -> Option<(Code, String)> {
    let value = setting.value;
    Some(match rings(setting) {
        Rings::Always => return None,
        Rings::OnlyAlone => {
            (Code::AlarmInverse, "the alarm goes to ALARM for one event, but not if more come with it".to_owned())
        }
        Rings::Once => (
            Code::AlarmFiresOnce,
            "the alarm stays in ALARM after the first event, so the next one is not notified".to_owned(),
        ),
        Rings::AlreadyRinging => {
            (Code::AlarmFiresOnce, "the alarm is in ALARM while nothing happens, so no event is notified".to_owned())
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

/// Dimensions have to be the same set on both sides; values that come out of the event are not judged.
fn dimensions(link: Link, alarm: &MetricAlarm, metric: &MetricTransformation) -> Link {
    let mut watched: Vec<&str> = alarm.dimensions.iter().map(|dimension| dimension.name.as_str()).collect();
    watched.sort_unstable();
    let published: Vec<&str> = metric.dimensions.keys().map(String::as_str).collect();
    if watched == published {
        let why = format!("the alarm watches one value of {}, which is not judged", published.join(", "));
        return uncertain(link, Code::AlarmNotJudged, why);
    }
    let list = |names: &[&str]| if names.is_empty() { "no dimensions".to_owned() } else { names.join(", ") };
    let message =
        format!("the filter publishes with {}, the alarm watches the metric with {}", list(&published), list(&watched));
    broken(link, Code::AlarmDimensionsDiffer, message)
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
