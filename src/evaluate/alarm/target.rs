//! Whom an alarm tells.

use super::composite::{Mute, Played, looks_at, mute};
use crate::account::{Alarms, CompositeAlarm, MetricAlarm, TopicArn};
use crate::chain::{Hop, Note};
use crate::evaluate::{broken, uncertain};
use crate::report::{Code, Kind};

/// Where an alarm's message goes, after the composite alarm that stands between, if one does.
pub(crate) struct Target<'a> {
    pub composite: Option<(Hop, &'a CompositeAlarm)>,
    pub topic: TopicArn,
}

/// Where the alarm's message goes, if anywhere, and what else the alarm does. `played` are the alarms whose states for
/// the event are known, this one among them.
pub(crate) fn targets<'a>(
    alarm: &MetricAlarm,
    alarms: &'a Alarms,
    played: &[Played<'_>],
) -> (Vec<Target<'a>>, Option<Note>) {
    let (topics, others) = parted(&alarm.alarm_actions);
    let mut targets = Vec::new();
    if alarm.actions_enabled {
        targets.extend(topics.into_iter().map(|topic| Target { composite: None, topic }));
    }
    for composite in alarms.composite_alarms.iter().filter(|composite| has_topic(&composite.alarm_actions)) {
        let looked_at = looks_at(composite, alarms);
        let concerned =
            looked_at.as_ref().map_or_else(|_| mentions(composite, alarm), |all| all.contains(&alarm.alarm_name));
        if concerned {
            let link = composite_link(composite, looked_at.err().or_else(|| mute(composite, alarms, played)));
            let (topics, _) = parted(&composite.alarm_actions);
            targets
                .extend(topics.into_iter().map(|topic| Target { composite: Some((link.clone(), composite)), topic }));
        }
    }
    let actions = others.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let note = (!actions.is_empty()).then_some(Note::OtherActions { actions });
    (targets, note)
}

fn composite_link(composite: &CompositeAlarm, mute: Option<Mute>) -> Hop {
    let mut link = Hop { arn: composite.alarm_arn.clone(), ..Hop::new(Kind::Alarm, &composite.alarm_name) };
    link.detail.clone_from(&composite.alarm_rule);
    if !composite.actions_enabled {
        link = broken(link, Code::AlarmActionsDisabled, "the composite alarm's actions are switched off");
    }
    match mute {
        None => link,
        Some(Mute::Broken(code, why)) => broken(link, code, why),
        Some(Mute::NotJudged(why)) => uncertain(link, Code::CompositeAlarmNotJudged, why),
    }
}

/// Topics, and other actions.
fn parted(actions: &[String]) -> (Vec<TopicArn>, Vec<&str>) {
    let (mut topics, mut others) = (Vec::new(), Vec::new());
    for action in actions {
        match action.parse::<TopicArn>() {
            Ok(topic) => topics.push(topic),
            Err(_other_kind) => others.push(action.as_str()),
        }
    }
    (topics, others)
}

/// Whether one of the actions notifies a topic.
pub(crate) fn has_topic(actions: &[String]) -> bool {
    actions.iter().any(|action| action.parse::<TopicArn>().is_ok())
}

/// The alarm, broken because it tells nobody.
pub(crate) fn tells_nobody(hop: Hop, alarm: &MetricAlarm) -> Hop {
    if !alarm.actions_enabled {
        return broken(hop, Code::AlarmActionsDisabled, "the alarm's actions are switched off");
    }
    let message = match (alarm.alarm_actions.is_empty(), alarm.ok_actions.is_empty()) {
        (false, _) => "none of the alarm's actions notifies an SNS topic",
        (true, false) => "the alarm has actions for OK, and none for ALARM",
        (true, true) => "the alarm has no actions",
    };
    broken(hop, Code::AlarmWithoutTopic, message)
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
