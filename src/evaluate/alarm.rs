//! Whether an alarm goes to ALARM for one event, and whom it then tells.

mod ring;
mod setting;
mod state;

use self::ring::{Rings, rings};
use self::setting::{setting, summary};
use super::{broken, uncertain};
use crate::account::{
    Alarms, CompositeAlarm, MetricAlarm, MetricFilter, MetricTransformation, TopicArn, TreatMissingData,
};
use crate::report::{Advice, Advisory, Code, Kind, Link};

/// Where an alarm's message goes.
pub(super) enum Target {
    /// To a topic.
    Topic(TopicArn),
    /// To whatever a composite alarm does with it.
    Composite(Link),
}

/// The alarm as a link, on the metric that the filter publishes.
pub(super) fn link(alarm: &MetricAlarm, filter: &MetricFilter, metric: &MetricTransformation) -> Link {
    let link = Link::new(Kind::Alarm, &alarm.alarm_name, alarm.alarm_arn.clone());
    let not_judged = |link: Link, why: String| uncertain(link, Code::AlarmNotJudged, why);

    if !metric.dimensions.is_empty() || !alarm.dimensions.is_empty() {
        return dimensions(link, alarm, metric);
    }
    if !filter.emit_system_field_dimensions.is_empty() {
        return not_judged(link, "the filter adds system fields as dimensions, which is not judged".to_owned());
    }
    if let Some(unit) = alarm.unit.as_deref()
        && unit != metric.unit.as_deref().unwrap_or("None")
    {
        let published = metric.unit.as_deref().unwrap_or("None");
        let message = format!("the alarm waits for the unit {unit}, the filter publishes {published}");
        return broken(link, Code::AlarmUnitDiffers, message);
    }
    let setting = match setting(alarm, metric) {
        Ok(setting) => setting,
        Err(why) => return not_judged(link, why),
    };
    let waits = matches!(setting.rule.missing, TreatMissingData::Missing | TreatMissingData::Ignore);
    if setting.rule.needed > 1 && setting.default.is_none() && waits {
        let why = "how long an alarm on several periods waits for missing data is not documented".to_owned();
        return not_judged(link, why);
    }
    let period = alarm.period.unwrap_or_default();
    let value = &metric.metric_value;
    let mut link = link;
    link.detail = summary(alarm);
    match rings(&setting) {
        Rings::Always => link,
        Rings::OnlyAlone => {
            let message = "the alarm goes to ALARM for one event, but not if more come with it";
            broken(link, Code::AlarmInverse, message)
        }
        Rings::Once => {
            let message = "the alarm stays in ALARM after the first event, so the next one is not notified";
            broken(link, Code::AlarmFiresOnce, message)
        }
        Rings::AlreadyRinging => {
            let message = "the alarm is in ALARM while nothing happens, so no event is notified";
            broken(link, Code::AlarmFiresOnce, message)
        }
        Rings::ForABurst { events, periods: 1 } => {
            let message = format!("the alarm needs {events} events within {period} s");
            broken(link, Code::AlarmNeedsBurst, message)
        }
        Rings::ForABurst { events, periods } => {
            let of = setting.rule.of;
            let each = if events == 1 { "an event".to_owned() } else { format!("{events} events") };
            let message = format!("the alarm needs {each} in each of {periods} out of {of} periods of {period} s");
            broken(link, Code::AlarmNeedsBurst, message)
        }
        Rings::Never { diluted: true } => {
            let default = metric.default_value.unwrap_or_default();
            let message =
                format!("other events publish the default value {default}, which keeps the alarm from firing");
            broken(link, Code::AlarmNeverFires, message)
        }
        Rings::Never { diluted: false } => {
            let message = format!("no number of events of value {value} makes the alarm fire");
            broken(link, Code::AlarmNeverFires, message)
        }
    }
}

/// What to say where no alarm watches the metric.
pub(super) fn nobody_watches(alarms: &Alarms, metric: &MetricTransformation, region: &str) -> String {
    let name = Some(&metric.metric_name);
    let namesake = alarms.metric_alarms.iter().find(|alarm| alarm.metric_name.as_ref() == name);
    match namesake.and_then(|alarm| Some((&alarm.alarm_name, alarm.namespace.as_ref()?))) {
        Some((alarm, namespace)) => {
            format!("no alarm in {region} watches the metric; `{alarm}` watches its namesake in namespace {namespace}")
        }
        None => format!("no alarm in {region} watches the metric"),
    }
}

/// Where the alarm's message goes, if anywhere, and what else the alarm does.
pub(super) fn targets(alarm: &MetricAlarm, alarms: &Alarms) -> (Vec<Target>, Option<Advisory>) {
    let mut targets: Vec<Target> = Vec::new();
    let (mut topics, mut others) = (Vec::new(), Vec::new());
    for action in &alarm.alarm_actions {
        match action.parse::<TopicArn>() {
            Ok(topic) => topics.push(topic),
            Err(_other_kind) => others.push(action.as_str()),
        }
    }
    if alarm.actions_enabled {
        targets.extend(topics.into_iter().map(Target::Topic));
    }
    targets.extend(alarms.composite_alarms.iter().filter(|composite| mentions(composite, alarm)).map(|composite| {
        let link = Link::new(Kind::Alarm, &composite.alarm_name, composite.alarm_arn.clone());
        let message = "the composite alarm may notify, which is not judged";
        Target::Composite(uncertain(link, Code::CompositeAlarmNotJudged, message))
    }));
    let advisory = (!others.is_empty()).then(|| Advisory {
        code: Advice::OtherActions,
        message: format!("only topics count as telling a person; the alarm also runs {}", others.join(", ")),
        subject: alarm.alarm_arn.clone().unwrap_or_else(|| alarm.alarm_name.clone()),
        event: None,
    });
    (targets, advisory)
}

/// Whether one of the actions notifies a topic.
pub(super) fn has_topic(actions: &[String]) -> bool {
    actions.iter().any(|action| action.parse::<TopicArn>().is_ok())
}

/// The alarm, broken because it tells nobody.
pub(super) fn tells_nobody(link: Link, alarm: &MetricAlarm) -> Link {
    if !alarm.actions_enabled {
        return broken(link, Code::AlarmActionsDisabled, "the alarm's actions are switched off");
    }
    let message = match (alarm.alarm_actions.is_empty(), alarm.ok_actions.is_empty()) {
        (false, _) => "none of the alarm's actions notifies an SNS topic",
        (true, false) => "the alarm has actions for OK, and none for ALARM",
        (true, true) => "the alarm has no actions",
    };
    broken(link, Code::AlarmWithoutTopic, message)
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

/// Whether the composite alarm's rule names the alarm, or its ARN.
fn mentions(composite: &CompositeAlarm, alarm: &MetricAlarm) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| "\"'(), ".contains(c) || c.is_whitespace());
    let mentioned = |name: &str| {
        composite.alarm_rule.match_indices(name).any(|(at, _)| {
            let before = composite.alarm_rule.get(..at).and_then(|text| text.chars().next_back());
            let after = composite.alarm_rule.get(at + name.len()..).and_then(|text| text.chars().next());
            ends(before) && ends(after)
        })
    };
    mentioned(&alarm.alarm_name) || alarm.alarm_arn.as_deref().is_some_and(mentioned)
}
