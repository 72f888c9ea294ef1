//! Rules that mute an alarm on a schedule.
//!
//! A muted alarm goes to ALARM all the same, and its actions do not run. When the window ends they run if it is still in
//! ALARM (CloudWatch User Guide, "Alarm mute rules"), which after one event it rarely is.

mod cron;
mod schedule;
mod windows;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use self::cron::Days;
use self::schedule::{Schedule, When};
use self::windows::{Coverage, has_both_days, united};
use crate::account::{Account, MuteRule, Timestamp};
use crate::fault::{MuteDoubt, MuteFault};

/// The mute rules of an account in a region.
#[derive(Debug)]
pub(crate) struct MuteRules<'a> {
    /// `None` if they are not known.
    rules: Option<Vec<(&'a MuteRule, Result<Standing, MuteDoubt>)>>,
    by_alarm: HashMap<&'a str, Vec<usize>>,
    /// What rules come to together, as far as it was asked for: many alarms have the same.
    known: Mutex<HashMap<Vec<usize>, Muted>>,
}

/// What rules make of an alarm's actions.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Muted {
    pub fault: Option<MuteFault>,
    /// When the alarm is muted, in words, one for each rule or clock.
    pub at_times: Vec<String>,
    /// Whether the rules are not known.
    pub unchecked: bool,
}

/// What becomes of a rule.
#[derive(Debug)]
enum Standing {
    /// It mutes nothing any more.
    Over,
    /// It mutes again and again.
    InForce(Schedule),
    /// It will mute, at some time.
    ToCome(String),
}

impl<'a> MuteRules<'a> {
    pub(crate) fn of(account: &'a Account, region: &str) -> Self {
        let Some(Ok(rules)) = account.mute_rules.get(region) else {
            return Self { rules: None, by_alarm: HashMap::new(), known: Mutex::default() };
        };
        let mut by_alarm: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, rule) in rules.iter().enumerate() {
            for alarm in &rule.alarms {
                by_alarm.entry(alarm).or_default().push(at);
            }
        }
        let rules = rules.iter().map(|rule| (rule, standing(rule, account.asked_at))).collect();
        Self { rules: Some(rules), by_alarm, known: Mutex::default() }
    }

    /// What the rules make of the actions of the alarm of this name.
    pub(crate) fn on(&self, alarm: &str) -> Muted {
        let Some(rules) = &self.rules else { return Muted { unchecked: true, ..Muted::default() } };
        let Some(at) = self.by_alarm.get(alarm) else { return Muted::default() };
        if let Some(known) = self.known().get(at) {
            return known.clone();
        }
        let those: Vec<_> = at.iter().filter_map(|at| rules.get(*at)).collect();
        let muted = together(&those);
        self.known().insert(at.clone(), muted.clone());
        muted
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Vec<usize>, Muted>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What rules make of an alarm together.
fn together(rules: &[&(&MuteRule, Result<Standing, MuteDoubt>)]) -> Muted {
    let (mut in_force, mut at_times, mut doubts) = (Vec::new(), Vec::new(), Vec::new());
    for (rule, standing) in rules {
        match standing {
            Ok(Standing::Over) => {}
            Ok(Standing::InForce(schedule)) => in_force.push((*rule, schedule)),
            Ok(Standing::ToCome(sentence)) => at_times.push(sentence.clone()),
            Err(doubt) => doubts.push(doubt.clone()),
        }
    }
    let clocks = by_clock(in_force);
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    if let Some(Clock { names, .. }) = clocks.values().find(|clock| clock.least.is_constant()) {
        return Muted { fault: Some(MuteFault::Always { rules: owned(names) }), ..Muted::default() };
    }
    if let Some(Clock { names, .. }) = clocks.values().find(|clock| clock.most.is_constant()) {
        doubts.push(MuteDoubt::Days { rules: owned(names) });
    } else if clocks.len() > 1 && clocks.values().map(|clock| clock.most.share()).sum::<f64>() >= 1.0 {
        doubts.push(MuteDoubt::TimeZones);
    }
    for (clock, Clock { names, most, .. }) in &clocks {
        at_times.extend(most.sentence().map(|how_long| format!("muted {how_long} ({clock}) by {}", names.join(", "))));
    }
    let fault = (!doubts.is_empty()).then_some(MuteFault::Undecided { doubts });
    Muted { fault, at_times, unchecked: false }
}

fn standing(rule: &MuteRule, now: Option<Timestamp>) -> Result<Standing, MuteDoubt> {
    let schedule = Schedule::of(rule).map_err(|error| MuteDoubt::Schedule { rule: rule.name.clone(), error })?;
    let started = |time: Timestamp| now.map(|now| time <= now);
    let unknown = || MuteDoubt::UnknownTime { rule: rule.name.clone() };
    if let Some(expiry) = rule.expiry
        && started(expiry).ok_or_else(unknown)?
    {
        return Ok(Standing::Over);
    }
    match &schedule.when {
        When::Once(start) => {
            // The farthest zone west is 12 hours behind UTC.
            let behind = if schedule.clock == schedule::UTC { 0 } else { 12 * 60 * 60 };
            let end = Timestamp::from_seconds(start + schedule.seconds + behind);
            if started(end) == Some(true) {
                return Ok(Standing::Over);
            }
            Ok(Standing::ToCome(format!("muted once by {}: {} for {}", rule.name, rule.expression, rule.duration)))
        }
        When::Days(_) => match rule.start {
            Some(start) if !started(start).ok_or_else(unknown)? => Ok(Standing::ToCome(format!(
                "muted by {} from {start} on: {} for {}",
                rule.name, rule.expression, rule.duration
            ))),
            _ => Ok(Standing::InForce(schedule)),
        },
    }
}

/// Rules that follow one clock.
struct Clock<'a> {
    names: Vec<&'a str>,
    /// When they mute together, at least and at most.
    least: Coverage,
    most: Coverage,
}

/// The rules, by the clock that they follow.
fn by_clock<'a>(rules: Vec<(&'a MuteRule, &Schedule)>) -> BTreeMap<String, Clock<'a>> {
    let mut clocks = BTreeMap::<_, (Vec<_>, Vec<_>)>::new();
    for (rule, schedule) in rules {
        let (names, schedules) = clocks.entry(schedule.clock.clone()).or_default();
        names.push(rule.name.as_str());
        schedules.push(schedule.clone());
    }
    let clock = |(names, schedules): (Vec<&'a str>, Vec<Schedule>)| {
        let most = united(&schedules, Days::Either);
        let least = if has_both_days(&schedules) { united(&schedules, Days::Both) } else { most };
        Clock { names, least, most }
    };
    clocks.into_iter().map(|(name, rules)| (name, clock(rules))).collect()
}
