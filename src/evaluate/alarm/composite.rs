//! Whether a composite alarm rings for one matching event: its rule is played over the states of the alarms it names.
//!
//! Alarms on the same metric are played along. Whatever else the rule names is taken to be at rest: in OK or in
//! INSUFFICIENT_DATA, of which the verdict must not depend.

use std::collections::{BTreeMap, BTreeSet};

use super::ring::{OTHERS, Play, Scene, Setting, states};
use super::rule::{Rule, parse};
use super::state::State;
use crate::account::{Alarms, CompositeAlarm, MetricAlarm, StateValue};
use crate::chain::cursor::Tighter;
use crate::report::Code;

/// An alarm whose states for an event are known.
pub(crate) struct Played<'a> {
    pub alarm: &'a MetricAlarm,
    pub setting: &'a Setting,
    /// In seconds.
    pub period: u32,
}

/// Why a composite alarm does not ring for every event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mute {
    /// It does not.
    Broken(Code, String),
    /// It is not known whether it does.
    NotJudged(String),
}

/// The alarms that a composite alarm looks at, through others if need be, by name.
pub(crate) fn looks_at(composite: &CompositeAlarm, alarms: &Alarms) -> Result<BTreeSet<String>, Mute> {
    Ok(Family::of(composite, alarms, Tighter::And)?.metric_alarms.into_iter().map(str::to_owned).collect())
}

/// Why the composite alarm does not ring, if so.
pub(crate) fn mute(composite: &CompositeAlarm, alarms: &Alarms, played: &[Played<'_>]) -> Option<Mute> {
    let read = |tighter| Family::of(composite, alarms, tighter).map_or_else(Some, |family| family.mute(played));
    let (one, other) = (read(Tighter::And), read(Tighter::Or));
    if one.is_some() != other.is_some() {
        let why = "AWS does not document which of AND and OR binds tighter, and whether the rule holds depends on it";
        return Some(Mute::NotJudged(why.to_owned()));
    }
    one
}

/// How many alarms at rest are tried in all their states.
const AT_REST: usize = 6;

/// A composite alarm and all that it looks at.
struct Family<'a> {
    top: &'a CompositeAlarm,
    alarms: &'a Alarms,
    /// Composite alarms, each after those that it looks at.
    composites: Vec<(&'a str, Rule)>,
    metric_alarms: BTreeSet<&'a str>,
}

impl<'a> Family<'a> {
    fn of(top: &'a CompositeAlarm, alarms: &'a Alarms, tighter: Tighter) -> Result<Self, Mute> {
        let mut family = Self { top, alarms, composites: Vec::new(), metric_alarms: BTreeSet::new() };
        family.visit(&top.alarm_name, tighter, &mut Vec::new())?;
        if let Some(suppressor) = &top.actions_suppressor {
            family.visit(name_of(suppressor), tighter, &mut Vec::new())?;
        }
        Ok(family)
    }

    fn visit(&mut self, name: &str, tighter: Tighter, path: &mut Vec<&'a str>) -> Result<(), Mute> {
        if let Some(start) = path.iter().position(|above| *above == name) {
            let circle = path.get(start..).unwrap_or_default().join(", ");
            let message = format!("composite alarms look at one another in a circle, so none is evaluated: {circle}");
            return Err(Mute::Broken(Code::CompositeCycle, message));
        }
        if self.composites.iter().any(|(known, _)| *known == name) {
            return Ok(());
        }
        let alarms = self.alarms;
        let Some(composite) = alarms.composite_alarms.iter().find(|one| one.alarm_name == name) else {
            // An alarm that is not there has no state that could be known either.
            let known = alarms.metric_alarms.iter().map(|one| one.alarm_name.as_str()).find(|known| *known == name);
            self.metric_alarms.extend(known);
            return Ok(());
        };
        let rule = parse(&composite.alarm_rule, tighter)
            .map_err(|why| Mute::NotJudged(format!("the rule of {name} is not understood: {why}")))?;
        path.push(&composite.alarm_name);
        for alarm in rule.alarms() {
            self.visit(name_of(alarm), tighter, path)?;
        }
        path.pop();
        self.composites.push((&composite.alarm_name, rule));
        Ok(())
    }

    fn mute(&self, played: &[Played<'_>]) -> Option<Mute> {
        let heard: Vec<_> =
            played.iter().filter(|one| self.metric_alarms.contains(one.alarm.alarm_name.as_str())).collect();
        let period = heard.first()?.period;
        if heard.iter().any(|one| one.period != period) {
            let why = "the composite alarm looks at alarms on the metric with different periods";
            return Some(Mute::NotJudged(why.to_owned()));
        }
        let mut resting = BTreeSet::new();
        for (_, rule) in &self.composites {
            resting.extend(rule.alarms().into_iter().map(name_of));
        }
        let known = |name: &str| {
            heard.iter().any(|one| one.alarm.alarm_name == name) || self.composites.iter().any(|one| one.0 == name)
        };
        let resting: Vec<&str> = resting.into_iter().filter(|name| !known(name)).collect();
        if resting.len() > AT_REST {
            return Some(Mute::NotJudged(format!("the composite alarm looks at more than {AT_REST} other alarms")));
        }
        let quiet = heard.iter().map(|one| one.setting.quiet()).max()?;
        let others = if heard.iter().any(|one| one.setting.default.is_some()) { &OTHERS[..] } else { &OTHERS[..1] };
        let scenes: Vec<_> = others.iter().map(|&others| Scene { others, events: 1, periods: 1, quiet }).collect();
        let acts: Vec<BTreeMap<&str, Vec<State>>> = scenes
            .iter()
            .map(|scene| heard.iter().map(|one| (one.alarm.alarm_name.as_str(), states(one.setting, *scene))).collect())
            .collect();
        let play = |rest: &BTreeMap<&str, State>| {
            let plays = scenes.iter().zip(&acts).map(|(scene, states)| self.play(*scene, states, rest));
            plays.max_by_key(|(heard, _)| *heard).unwrap_or((Play::Silent, Play::Silent))
        };
        let calm = assignments(&resting, &[State::Ok, State::InsufficientData]);
        let plays: Vec<_> = calm.iter().map(play).collect();
        if plays.iter().all(|(heard, _)| *heard == Play::Twice) {
            return self.suppressed_now();
        }
        if plays.iter().any(|(heard, _)| *heard == Play::Twice) {
            let names = resting.join(", ");
            return Some(Mute::NotJudged(format!("whether the composite alarm rings depends on the state of {names}")));
        }
        if plays.iter().all(|(_, ringing)| *ringing == Play::Twice) {
            let suppressor = self.top.actions_suppressor.as_deref().map(name_of).unwrap_or_default();
            let message = format!("{suppressor} suppresses the composite alarm's actions whenever the event comes");
            return Some(Mute::Broken(Code::CompositeSuppressed, message));
        }
        let all = assignments(&resting, &[State::Ok, State::InsufficientData, State::Alarm]);
        let in_alarm = |rest: &BTreeMap<&str, State>| rest.values().filter(|state| **state == State::Alarm).count();
        let enough: Vec<_> = all.iter().filter(|rest| play(rest).0 == Play::Twice).collect();
        if let Some(fewest) = enough.iter().map(|rest| in_alarm(rest)).min() {
            let named = |rest: &BTreeMap<&str, State>| {
                let names = rest.iter().filter(|(_, state)| **state == State::Alarm).map(|(name, _)| *name);
                names.collect::<Vec<_>>().join(" and ")
            };
            let fewest = enough.into_iter().filter(|rest| in_alarm(rest) == fewest);
            let names: BTreeSet<_> = fewest.map(named).collect();
            let names: Vec<_> = names.into_iter().collect();
            let message = format!("the composite alarm goes to ALARM only if {} is in ALARM too", names.join(" or "));
            return Some(Mute::Broken(Code::CompositeNeedsAnotherAlarm, message));
        }
        let (code, message) = match plays.iter().map(|(heard, _)| *heard).min() {
            Some(Play::Once) => (Code::AlarmFiresOnce, "the composite alarm stays in ALARM after the first event"),
            Some(Play::Ringing) => (Code::AlarmFiresOnce, "the composite alarm is in ALARM while nothing happens"),
            _ => (Code::AlarmNeverFires, "the composite alarm does not go to ALARM for the event"),
        };
        Some(Mute::Broken(code, message.to_owned()))
    }

    /// What is heard of the composite alarm, and what it does itself, with other alarms constantly in these states.
    fn play(&self, scene: Scene, acts: &BTreeMap<&str, Vec<State>>, rest: &BTreeMap<&str, State>) -> (Play, Play) {
        let mut known: BTreeMap<&str, Vec<State>> = acts.clone();
        let length = acts.values().map(Vec::len).max().unwrap_or_default();
        for (name, rule) in &self.composites {
            let at = |time: usize| {
                let mut state = |alarm: &str| {
                    let alarm = name_of(alarm);
                    let played = known.get(alarm).and_then(|states| states.get(time)).copied();
                    played.or_else(|| rest.get(alarm).copied()).unwrap_or(State::InsufficientData)
                };
                if rule.holds(&mut state) { State::Alarm } else { State::Ok }
            };
            let states = (0..length).map(at).collect();
            known.insert(name, states);
        }
        let own = known.get(self.top.alarm_name.as_str()).cloned().unwrap_or_default();
        let suppressor = self.top.actions_suppressor.as_deref().and_then(|name| known.get(name_of(name)));
        // It may come a little later and stay a little longer: waiting and extension periods see to that.
        let suppressed = |time: usize| {
            let around = time.saturating_sub(1)..(time + 2);
            suppressor.and_then(|states| states.get(around)).is_some_and(|states| states.contains(&State::Alarm))
        };
        let heard: Vec<State> = own
            .iter()
            .enumerate()
            .map(|(time, state)| if *state == State::Alarm && suppressed(time) { State::Ok } else { *state })
            .collect();
        (scene.judge(&heard), scene.judge(&own))
    }

    /// Whether a suppressor that has nothing to do with the event is in ALARM at the time of the audit.
    fn suppressed_now(&self) -> Option<Mute> {
        let name = name_of(self.top.actions_suppressor.as_deref()?);
        let metric = self.alarms.metric_alarms.iter().map(|one| (&one.alarm_name, &one.state_value));
        let composite = self.alarms.composite_alarms.iter().map(|one| (&one.alarm_name, &one.state_value));
        let (_, state) = metric.chain(composite).find(|(known, _)| *known == name)?;
        let message = format!("{name} suppresses the composite alarm's actions while it is in ALARM, which it is now");
        (*state == Some(StateValue::Alarm)).then_some(Mute::NotJudged(message))
    }
}

/// Every way to be in one of the states.
fn assignments<'a>(names: &[&'a str], states: &[State]) -> Vec<BTreeMap<&'a str, State>> {
    let mut all = vec![BTreeMap::new()];
    for name in names {
        let with = |rest: &BTreeMap<&'a str, State>, state: State| {
            let mut rest = rest.clone();
            rest.insert(*name, state);
            rest
        };
        all = all.iter().flat_map(|rest| states.iter().map(move |state| with(rest, *state))).collect();
    }
    all
}

/// The name of an alarm that is given by name or ARN.
fn name_of(alarm: &str) -> &str {
    match alarm.split_once(":alarm:") {
        Some((before, name)) if before.starts_with("arn:") => name,
        _ => alarm,
    }
}
