//! Whom an alarm tells.

use crate::account::{Alarms, CompositeAlarm, MetricAlarm, TopicArn};
use crate::evaluate::{broken, uncertain};
use crate::report::{Advice, Advisory, Code, Kind, Link};

/// Where an alarm's message goes.
pub(in crate::evaluate) enum Target {
    /// To a topic.
    Topic(TopicArn),
    /// To whatever a composite alarm does with it.
    Composite(Link),
}

/// Where the alarm's message goes, if anywhere, and what else the alarm does.
pub(in crate::evaluate) fn targets(alarm: &MetricAlarm, alarms: &Alarms) -> (Vec<Target>, Option<Advisory>) {
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
pub(in crate::evaluate) fn has_topic(actions: &[String]) -> bool {
    actions.iter().any(|action| action.parse::<TopicArn>().is_ok())
}

/// The alarm, broken because it tells nobody.
pub(in crate::evaluate) fn tells_nobody(link: Link, alarm: &MetricAlarm) -> Link {
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
