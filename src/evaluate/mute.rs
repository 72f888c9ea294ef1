//! Rules that mute an alarm on a schedule.
//!
//! A muted alarm goes to ALARM all the same, and its actions do not run. When the window ends they run if it is still in
//! ALARM (CloudWatch User Guide, "Alarm mute rules"), which after one event it rarely is.

mod cron;
mod schedule;
mod windows;

use std::collections::BTreeMap;

use self::schedule::{Schedule, When};
use self::windows::{Silence, united};
use super::{broken, uncertain};
use crate::account::{Account, MuteRule, Timestamp};
use crate::chain::{Hop, Note};
use crate::fault::Unchecked;
use crate::report::Code;

/// The hop of an alarm, closed if rules mute the alarm of this name at all times.
pub(crate) fn judge(account: &Account, region: &str, mut hop: Hop, name: &str) -> Hop {
    let rules = match account.mute_rules.get(region) {
        Some(Ok(rules)) => rules.iter().filter(|rule| rule.alarms.iter().any(|alarm| alarm == name)),
        Some(Err(_)) | None => {
            hop.unchecked.insert(Unchecked::MuteRules);
            return hop;
        }
    };
    let (mut in_force, mut heard, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for rule in rules {
        match standing(rule, account.asked_at) {
            Ok(Standing::Over) => {}
            Ok(Standing::InForce(schedule)) => in_force.push((rule, schedule)),
            Ok(Standing::ToCome(sentence)) => heard.push(sentence),
            Err(why) => {
                open.push(format!("whether the rule {} mutes the alarm at all times is open: {why}", rule.name))
            }
        }
    }
    let clocks = by_clock(in_force);
    if let Some((rules, _)) = clocks.values().find(|(_, silence)| silence.is_constant()) {
        return broken(hop, Code::AlarmMuted, format!("the alarm's actions are muted at all times by {rules}"));
    }
    if clocks.len() > 1 && clocks.values().map(|(_, silence)| silence.share()).sum::<f64>() >= 1.0 {
        open.push("whether rules by the clocks of several time zones leave any time is not judged".to_owned());
    }
    for (clock, (rules, silence)) in &clocks {
        heard.extend(silence.sentence().map(|how_long| format!("muted {how_long} ({clock}) by {rules}")));
    }
    if !heard.is_empty() {
        hop.notes.push(Note::MutedAtTimes { when: heard });
    }
    if open.is_empty() { hop } else { uncertain(hop, Code::AlarmMuteNotJudged, open.join("; ")) }
}

/// What becomes of a rule.
enum Standing {
    /// It mutes nothing any more.
    Over,
    /// It mutes again and again.
    InForce(Schedule),
    /// It will mute, at some time.
    ToCome(String),
}

fn standing(rule: &MuteRule, now: Option<Timestamp>) -> Result<Standing, String> {
    let schedule = Schedule::of(rule)?;
    let started = |time: Timestamp| now.map(|now| time <= now);
    let unknown = || "when the account was recorded is not known".to_owned();
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

/// The names of the rules that go by one clock, and when they mute together.
fn by_clock(rules: Vec<(&MuteRule, Schedule)>) -> BTreeMap<String, (String, Silence)> {
    let mut clocks = BTreeMap::<_, (Vec<_>, Vec<_>)>::new();
    for (rule, schedule) in rules {
        let (names, schedules) = clocks.entry(schedule.clock.clone()).or_default();
        names.push(rule.name.as_str());
        schedules.push(schedule);
    }
    clocks.into_iter().map(|(clock, (names, schedules))| (clock, (names.join(", "), united(&schedules)))).collect()
}
