//! From a filter's metric to whoever is notified: alarm, perhaps composite alarm, topic, subscriptions.

use std::collections::HashMap;

use super::composite::{CompositeVerdict, Moved};
use super::model::Window;
use super::simulation::Others;
use super::standing::{Standing, standing};
use super::timeline::{Motion, States};
use super::{AlarmHop, Owner, Published, Region};
use crate::account::{Account, CompositeAlarm, LogGroupArn, MetricAlarm, MetricTransformation, TopicArn};
use crate::chain::Origin;
use crate::chain::hop::{Gate, Hop, Note};
use crate::chain::topic::{self, Sender};
use crate::estate::Estate;
use crate::fault::{Actions, AlarmFault, CompositeDoubt, CompositeFault, Fault, MuteFault, Namesake, Unchecked};
use crate::report::Kind;

/// Alarms on scheduled queries of the log group, which need no filter: any of them may see its events.
pub(in crate::chain) fn log_alarms(estate: &Estate, group: &LogGroupArn) -> Vec<Hop> {
    let alarms =
        estate.account(&group.account).and_then(|account| account.alarms.get(group.region.as_str())?.as_ref().ok());
    let log_alarms = alarms.into_iter().flat_map(|alarms| &alarms.log_alarms);
    let notifying = log_alarms.filter(|one| one.actions_enabled && has_topic(&one.alarm_actions));
    notifying
        .filter(|one| {
            let queried =
                one.scheduled_query_configuration.as_ref().map(|query| query.log_group_identifiers.as_slice());
            queried.is_none_or(|queried| queried.is_empty() || queried.iter().any(|name| is_named(group, name)))
        })
        .map(|one| {
            let hop = Hop::new(Kind::Alarm, &one.alarm_name).account(&group.account).region(&group.region);
            let hop = Hop { arn: one.alarm_arn.clone(), ..hop };
            hop.gate(Gate::unknown(AlarmFault::LogAlarm))
        })
        .collect()
}

/// Whether a log alarm's identifier, a name or an ARN, is that of the log group.
fn is_named(group: &LogGroupArn, identifier: &str) -> bool {
    let identifier = identifier.strip_suffix(":*").unwrap_or(identifier);
    identifier == group.name || identifier == group.to_string().strip_suffix(":*").unwrap_or(&group.to_string())
}

/// The ways from a metric on, or why there is none.
pub(in crate::chain) fn from_metric(
    estate: &Estate,
    region: &Region<'_>,
    published: Published<'_>,
) -> Result<Vec<Vec<Hop>>, Fault> {
    let Published { metric, origin } = published;
    let account = estate.account(origin.account);
    let not_known = match account.map(|account| account.alarms.get(origin.region)) {
        None | Some(None) => Some(Fault::Unasked),
        Some(Some(Err(gap))) => Some(Fault::Gap(gap.clone())),
        Some(Some(Ok(_))) => None,
    };
    let (Some((place, publisher)), Some(account)) = (region.publisher(published), account) else {
        return Err(not_known.unwrap_or(Fault::Unasked));
    };
    let watching = region.watching(&publisher.key());
    if watching.is_empty() {
        return Err(not_known.unwrap_or_else(|| nobody_watches(account, metric, origin.region).into()));
    }
    let alarms: Vec<_> = watching.into_iter().map(|one| region.hop(one, place, publisher, published)).collect();
    let mut ways: Vec<Vec<Hop>> = Vec::new();
    for group in groups(&alarms) {
        let verdicts = region.composites(&group, published);
        ways.extend(group.iter().flat_map(|one| ways_from(estate, one, &verdicts, origin)));
    }
    Ok(ways)
}

/// Alarms of one account that hear of the same events, in the order of the first of each.
fn groups<'g, 'r, 'e>(alarms: &'g [AlarmHop<'r, 'e>]) -> Vec<Vec<&'g AlarmHop<'r, 'e>>> {
    let mut groups: Vec<Vec<&AlarmHop<'r, 'e>>> = Vec::new();
    for alarm in alarms {
        let same = |group: &&mut Vec<&AlarmHop<'r, 'e>>| {
            let first = group.first();
            first
                .is_some_and(|one| one.series == alarm.series && std::ptr::eq(one.watching.owner, alarm.watching.owner))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(alarm),
            None => groups.push(vec![alarm]),
        }
    }
    groups
}

/// What becomes of composite alarms, by their names.
type Verdicts<'e> = HashMap<&'e str, CompositeVerdict>;

impl<'e> Region<'e> {
    /// What becomes of the composite alarms that look at alarms which hear of the same events.
    fn composites(&self, group: &[&AlarmHop<'_, 'e>], published: Published<'_>) -> Verdicts<'e> {
        let (Some(first), Some((_, publisher))) = (group.first(), self.publisher(published)) else {
            return Verdicts::new();
        };
        let owner = first.watching.owner;
        let models = || group.iter().filter_map(|one| Some((one, one.model.as_ref()?)));
        let traffic = |matters: bool| if matters { &[0, 1, 1_000_000][..] } else { &[0][..] };
        let (here, elsewhere) = models()
            .map(|(_, (model, _))| model.has_defaults())
            .fold((false, false), |all, one| (all.0 || one.0, all.1 || one.1));
        let mut worlds: Vec<(Others, bool)> = Vec::new();
        // Nobody knows where in its period an event comes, if the periods lie fixed on the clock.
        let on_clock = models().any(|(_, (model, _))| model.window == Window::WallClock);
        let phases = if on_clock { 2 } else { 1 };
        for &elsewhere in traffic(elsewhere) {
            for &here in traffic(here) {
                worlds.extend([false, true].into_iter().take(phases).map(|late| (Others { here, elsewhere }, late)));
            }
        }
        let moved: Vec<_> = group
            .iter()
            .map(|one| {
                let motion = |&(others, late): &(Others, bool)| match &one.model {
                    Some((model, value)) => {
                        let late = if late { model.evaluation_delay() } else { 0 };
                        model.motion(others, *value, late)
                    }
                    None => Motion::stirred(States::AT_REST, States::ANY, 1),
                };
                Moved { alarm: one.watching.alarm, motions: worlds.iter().map(motion).collect() }
            })
            .collect();
        let leaf = |alarm: &MetricAlarm| self.leaf(owner, alarm, publisher);
        let verdicts = owner.composites.verdicts(&moved, phases, &leaf, owner.asked_at());
        verdicts.into_iter().map(|(composite, verdict)| (composite.alarm_name.as_str(), verdict)).collect()
    }
}

/// The ways from an alarm on.
fn ways_from(estate: &Estate, one: &AlarmHop<'_, '_>, verdicts: &Verdicts<'_>, origin: Origin<'_>) -> Vec<Vec<Hop>> {
    let (owner, alarm) = (one.watching.owner, one.watching.alarm);
    // The alarm is where its account is, whosever metric it watches.
    let origin = Origin { account: owner.id(), ..origin };
    let (topics, others) = parted(&alarm.alarm_actions);
    let mut hop = one.hop.clone();
    if !others.is_empty() {
        hop.notes.push(Note::OtherActions { actions: others.into_iter().map(str::to_owned).collect() });
    }
    let mut ways = Vec::new();
    if alarm.actions_enabled && !topics.is_empty() {
        let acting = owner.muted(acting(one, hop.clone()), &alarm.alarm_name);
        let sender = Sender::metric(alarm, origin, owner.asked_at());
        ways.extend(topics.into_iter().map(|topic| to_topic(estate, vec![acting.clone()], &topic, &sender)));
    }
    for composite in owner.composites.looking_at(&alarm.alarm_name) {
        let (topics, _) = parted(&composite.alarm_actions);
        if topics.is_empty() {
            continue;
        }
        let verdict = verdicts.get(composite.alarm_name.as_str());
        let acting = owner.muted(composite_hop(composite, verdict, one, origin), &composite.alarm_name);
        let sender = Sender::composite(composite, origin, owner.asked_at());
        let before = || vec![hop.clone(), acting.clone()];
        ways.extend(topics.into_iter().map(|topic| to_topic(estate, before(), &topic, &sender)));
    }
    if ways.is_empty() {
        ways.push(vec![hop.gate(Gate::closed(notifies_nobody(alarm)))]);
    }
    ways
}

fn to_topic(estate: &Estate, alarms: Vec<Hop>, topic: &TopicArn, sender: &Sender<'_>) -> Vec<Hop> {
    let seen = estate.topic(topic, sender.origin.account);
    alarms.into_iter().chain(topic::hops(seen, topic, sender)).collect()
}

/// The hop of an alarm that notifies by itself.
fn acting(one: &AlarmHop<'_, '_>, mut hop: Hop) -> Hop {
    let (owner, alarm) = (one.watching.owner, one.watching.alarm);
    if let Some((model, value)) = &one.model {
        let (silence, delay) = model.timing(*value);
        hop.notes.extend(late(model.is_long(), silence, delay));
    }
    let window = one.model.as_ref().map_or(0, |(model, _)| model.evaluation_window());
    match standing(alarm.into(), window, owner.asked_at()) {
        Standing::Free => hop,
        Standing::InAlarm { since } => hop.gate(Gate::unknown(AlarmFault::InAlarm { since })),
        Standing::Unknown => {
            hop.unchecked.insert(Unchecked::AlarmState);
            hop
        }
    }
}

/// The longest silence, and the longest delay, of an alarm whose periods or evaluation window are longer than an hour.
fn late(is_long: bool, silence: u64, delay: u64) -> impl Iterator<Item = Note> {
    let silence = (is_long && silence > 0).then_some(Note::SilentAfterAlarm { seconds: silence });
    let delay = (is_long && delay > 0).then_some(Note::RingsLate { seconds: delay });
    silence.into_iter().chain(delay)
}

fn composite_hop(
    composite: &CompositeAlarm,
    verdict: Option<&CompositeVerdict>,
    one: &AlarmHop<'_, '_>,
    origin: Origin<'_>,
) -> Hop {
    let hop = Hop::new(Kind::Alarm, &composite.alarm_name).account(origin.account).region(origin.region);
    let mut hop = Hop { arn: composite.alarm_arn.clone(), detail: composite.alarm_rule.clone(), ..hop };
    if !composite.actions_enabled {
        hop.gates.push(Gate::closed(CompositeFault::ActionsDisabled));
    }
    let Some(verdict) = verdict else { return hop };
    // What the alarm below makes uncertain is said of that alarm.
    let is_known = |fault: &&CompositeFault| {
        one.model.is_some() || !matches!(fault, CompositeFault::Undecided(CompositeDoubt::States { .. }))
    };
    hop.gates.extend(verdict.fault.as_ref().filter(is_known).map(|fault| match fault {
        CompositeFault::Undecided(_) | CompositeFault::InAlarm { .. } => Gate::unknown(fault.clone()),
        _ => Gate::closed(fault.clone()),
    }));
    if let Some((delay, silence)) = verdict.timing {
        let lag = one.model.as_ref().map_or(0, |(model, _)| model.evaluation_delay());
        hop.notes.extend(late(silence > 3600 || delay > 3600, silence, delay + lag));
    }
    if verdict.unchecked {
        hop.unchecked.insert(Unchecked::AlarmState);
    }
    hop
}

impl Owner<'_> {
    /// The hop of an alarm in the light of the rules that mute it.
    fn muted(&self, mut hop: Hop, alarm: &str) -> Hop {
        let muted = self.mute_rules.on(alarm);
        hop.gates.extend(muted.fault.map(|fault| match fault {
            MuteFault::Always { .. } => Gate::closed(fault),
            MuteFault::Undecided { .. } => Gate::unknown(fault),
        }));
        if !muted.at_times.is_empty() {
            hop.notes.push(Note::MutedAtTimes { when: muted.at_times });
        }
        if muted.unchecked {
            hop.unchecked.insert(Unchecked::MuteRules);
        }
        hop
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
fn has_topic(actions: &[String]) -> bool {
    actions.iter().any(|action| action.parse::<TopicArn>().is_ok())
}

/// Why the alarm notifies nobody.
fn notifies_nobody(alarm: &MetricAlarm) -> AlarmFault {
    if !alarm.actions_enabled {
        return AlarmFault::ActionsDisabled;
    }
    AlarmFault::NoTopic {
        has: match (alarm.alarm_actions.is_empty(), alarm.ok_actions.is_empty()) {
            (false, _) => Actions::Other,
            (true, false) => Actions::ForOk,
            (true, true) => Actions::None,
        },
    }
}

/// That no alarm of the region watches the metric.
fn nobody_watches(account: &Account, metric: &MetricTransformation, region: &str) -> AlarmFault {
    let name = Some(&metric.metric_name);
    let namesake = account.alarms.iter().find_map(|(region, alarms)| {
        let alarm = alarms.as_ref().ok()?.metric_alarms.iter().find(|alarm| alarm.metric_name.as_ref() == name)?;
        let (alarm, namespace) = (alarm.alarm_name.clone(), alarm.namespace.clone()?);
        Some(Namesake { alarm, region: region.clone(), namespace })
    });
    AlarmFault::NoAlarm { region: region.to_owned(), namesake }
}
