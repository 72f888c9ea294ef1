//! Whether an alarm goes to ALARM for one event, and whom it then tells.

mod company;
mod composite;
mod math;
mod measure;
#[cfg(test)]
mod properties;
mod ring;
mod rule;
mod setting;
mod state;
mod target;
mod watched;

pub(crate) use self::company::other_publishers;
pub(crate) use self::composite::Played;
use self::ring::{Background, Rings, rings};
pub(crate) use self::ring::{Compare, Setting};
pub(crate) use self::setting::{compare, setting, summary, threshold};
pub(crate) use self::target::{Target, has_topic, targets, tells_nobody};
pub(crate) use self::watched::{Watched as Watching, watched as watching};
use crate::account::{Account, MetricTransformation};
use crate::report::Code;

/// Why the alarm does not ring for every event, if so. The period is in seconds.
pub(crate) fn response_fault(setting: &Setting, period: u32) -> Option<(Code, String)> {
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
pub(crate) fn nobody_watches(account: &Account, metric: &MetricTransformation, region: &str) -> String {
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
