//! Composite alarms over an alarm `a` that an event moves for five minutes.

use rstest::rstest;
use serde_json::{Value, json};

use super::super::missing_data::State;
use super::super::simulation::{Others, Run};
use super::*;
use crate::account::StateValue;
use crate::fault::CompositeDoubt;

const NOW: &str = "2026-11-20T09:30:00Z";

fn metric_alarm(name: &str) -> Value {
    json!({"AlarmName": name, "ActionsEnabled": true, "StateValue": "OK", "Period": 300, "EvaluationPeriods": 1})
}

/// Metric alarms of these names, and composite alarms with these names, rules and further members.
fn alarms(metric: &[&str], composite: &[(&str, &str, Value)]) -> Alarms {
    let composite = composite.iter().map(|(name, rule, more)| {
        let mut alarm = json!({"AlarmName": name, "AlarmRule": rule, "ActionsEnabled": true, "StateValue": "OK"});
        alarm.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        alarm
    });
    let metric: Vec<_> = metric.iter().map(|name| metric_alarm(name)).collect();
    serde_json::from_value(json!({"MetricAlarms": metric, "CompositeAlarms": composite.collect::<Vec<_>>()})).unwrap()
}

/// In ALARM for one period of so many seconds after each event.
fn pulse(period: u32) -> Motion {
    let run = Run { others: Others::default(), events: 1, periods: 1, quiet: 1 };
    let (ok, alarm) = (State::Ok, State::Alarm);
    Motion::of_run(run, &[ok, alarm, ok, alarm, ok], period, 0)
}

/// What becomes of each composite alarm if the event moves these alarms for so many seconds.
fn verdicts(alarms: &Alarms, moved: &[(&str, u32)], leaf: Leaf) -> Vec<(String, CompositeVerdict)> {
    let find = |name: &str| alarms.metric_alarms.iter().find(|alarm| alarm.alarm_name == name).unwrap();
    let moved: Vec<_> =
        moved.iter().map(|(name, period)| Moved { alarm: find(name), motions: vec![pulse(*period)] }).collect();
    let composites = Composites::new(alarms);
    let verdicts = composites.verdicts(&moved, 1, &|_| leaf, Some(NOW.parse().unwrap()));
    verdicts.into_iter().map(|(alarm, verdict)| (alarm.alarm_name.clone(), verdict)).collect()
}

const RESTING: Leaf = Leaf { rest: States::AT_REST, moving: None };

/// The fault of a composite alarm `c` with this rule.
fn fault(rule: &str, leaf: Leaf) -> Option<CompositeFault> {
    let alarms = alarms(&["a", "b", "x", "y"], &[("c", rule, json!({}))]);
    let verdicts = verdicts(&alarms, &[("a", 300), ("b", 60)], leaf);
    let [(_, verdict)] = verdicts.as_slice() else { panic!("{verdicts:?}") };
    verdict.fault.clone()
}

#[rstest]
#[case("ALARM(a)")]
#[case("ALARM(a) OR ALARM(x) OR ALARM(y) OR ALARM(z)")]
#[case("ALARM(a) AND ALARM(b)")]
#[case("ALARM(b) OR ALARM(a)")]
#[case("ALARM(a) AND NOT ALARM(x)")]
#[case("ALARM(a) AND NOT ALARM(b)")]
#[case("AT_LEAST(1, ALARM, (a, x, y, z))")]
#[case("AT_LEAST(2, ALARM, (a, b, x, y, z))")]
#[case("NOT OK(a) AND NOT INSUFFICIENT_DATA(a)")]
#[case("ALARM(a) AND (OK(x) OR INSUFFICIENT_DATA(x))")]
#[case("ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:a)")]
fn rules_that_notify(#[case] rule: &str) {
    assert_eq!(fault(rule, RESTING), None);
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[rstest]
#[case("ALARM(a) AND ALARM(x)", vec![vec!["x"]])]
#[case("ALARM(a) AND (ALARM(x) OR ALARM(y))", vec![vec!["x"], vec!["y"]])]
#[case("ALARM(a) AND ALARM(x) AND ALARM(y)", vec![vec!["x", "y"]])]
#[case("AT_LEAST(3, ALARM, (a, x, y, z))", vec![vec!["x", "y"]])]
fn rules_that_need_others(#[case] rule: &str, #[case] needed: Vec<Vec<&str>>) {
    let alarms = needed.iter().map(|together| owned(together)).collect();
    assert_eq!(fault(rule, RESTING), Some(CompositeFault::NeedsAnotherAlarm { alarms }));
}

#[rstest]
#[case("ALARM(a) AND FALSE", CompositeFault::NeverFires)]
#[case("NOT ALARM(a)", CompositeFault::InAlarmBefore)]
#[case("ALARM(a) OR TRUE", CompositeFault::InAlarmBefore)]
#[case("ALARM(a) AND ALARM(c)", CompositeFault::Cycle { alarms: owned(&["c"]) })]
#[case("ALARM(a) AND OK(x)", CompositeDoubt::States { alarms: owned(&["x"]) }.into())]
#[case("ALARM(a) OR ALARM(b) AND ALARM(x)", CompositeDoubt::Precedence.into())]
fn rules_that_do_not(#[case] rule: &str, #[case] expected: CompositeFault) {
    assert_eq!(fault(rule, RESTING), Some(expected));
}

/// Alarms on filters that may match the same event.
#[test]
fn another_alarm_may_move_too() {
    let stirred = Leaf { rest: States::only(State::Ok), moving: Some(States::ANY) };
    assert_eq!(fault("ALARM(a) OR ALARM(x)", stirred), None);
    assert_eq!(fault("ALARM(a) AND OK(x)", Leaf { moving: None, ..stirred }), None);
    let doubt = CompositeDoubt::States { alarms: owned(&["x"]) };
    assert_eq!(fault("ALARM(a) AND NOT ALARM(x)", stirred), Some(doubt.into()));
    let in_alarm = Leaf { rest: States::only(State::Alarm), moving: None };
    assert_eq!(fault("ALARM(a) OR ALARM(x)", in_alarm), Some(CompositeFault::InAlarmBefore));
}

#[test]
fn what_is_wrong_below_is_wrong_above() {
    let composites = [
        ("c", "ALARM(d)", json!({})),
        ("d", "ALARM(a) XOR", json!({})),
        ("e", "ALARM(a) OR ALARM(f)", json!({})),
        ("f", "ALARM(e)", json!({})),
    ];
    let alarms = alarms(&["a"], &composites);
    let faults: Vec<_> = verdicts(&alarms, &[("a", 300)], RESTING).into_iter().map(|(_, it)| it.fault).collect();
    let error = RuleError::Unexpected { found: Some('X'), expected: "AND, OR or the end" };
    let rule = || Some(CompositeDoubt::Rule { alarm: "d".to_owned(), error: error.clone() }.into());
    let cycle = || Some(CompositeFault::Cycle { alarms: owned(&["e", "f"]) });
    assert_eq!(faults, [rule(), rule(), cycle(), cycle()]);
}

#[test]
fn suppressors() {
    let with = |by: &str| json!({"ActionsSuppressor": by, "ActionsSuppressorWaitPeriod": 60, "ActionsSuppressorExtensionPeriod": 60});
    let composites = [("c", "ALARM(a)", with("x")), ("d", "ALARM(a)", with("a")), ("e", "ALARM(a)", with("b"))];
    let alarms = alarms(&["a", "b", "x"], &composites);
    let verdicts = verdicts(&alarms, &[("a", 300), ("b", 60)], RESTING);
    let faults: Vec<_> = verdicts.iter().map(|(_, verdict)| verdict.fault.clone()).collect();
    assert_eq!(faults, [None, Some(CompositeFault::Suppressed { by: "a".to_owned() }), None]);
    // The short suppressor only delays the message.
    assert_eq!(verdicts[2].1.timing, Some((120, 180)));
}

#[test]
fn alarms_in_alarm_for_long() {
    let mut alarms = alarms(&["a", "x"], &[("c", "ALARM(a) OR ALARM(x)", json!({})), ("d", "ALARM(a)", json!({}))]);
    let since: Timestamp = "2026-03-04T10:38:20Z".parse().unwrap();
    let x = &mut alarms.metric_alarms[1];
    (x.state_value, x.state_transitioned_timestamp) = (Some(StateValue::Alarm), Some(since));
    let faults: Vec<_> = verdicts(&alarms, &[("a", 300)], RESTING).into_iter().map(|(_, it)| it.fault).collect();
    assert_eq!(faults, [Some(CompositeFault::InAlarm { alarm: "x".to_owned(), since }), None]);
    alarms.metric_alarms[1].state_transitioned_timestamp = None;
    let unchecked: Vec<_> = verdicts(&alarms, &[("a", 300)], RESTING).into_iter().map(|(_, it)| it.unchecked).collect();
    assert_eq!(unchecked, [true, false]);
}

/// Three hundred on one another, and as many over a hundred alarms each: seconds at most, unoptimized.
#[test]
fn many_composite_alarms() {
    let names: Vec<String> = (0..100).map(|at| format!("m{at}")).collect();
    let mut metric: Vec<&str> = names.iter().map(String::as_str).collect();
    metric.push("a");
    let all = |names: &[&str]| names.iter().map(|name| format!("ALARM({name})")).collect::<Vec<_>>().join(" OR ");
    let wide = all(&metric);
    let chain: Vec<(String, String)> = (0..300)
        .map(|at| {
            (
                format!("c{at}"),
                if at == 0 { "ALARM(a)".to_owned() } else { format!("ALARM(c{}) AND ALARM(m0)", at - 1) },
            )
        })
        .chain((0..300).map(|at| (format!("w{at}"), wide.clone())))
        .collect();
    let composites: Vec<_> = chain.iter().map(|(name, rule)| (name.as_str(), rule.as_str(), json!({}))).collect();
    let alarms = alarms(&metric, &composites);
    let verdicts = verdicts(&alarms, &[("a", 300)], RESTING);
    assert_eq!(verdicts.len(), 600);
    assert_eq!(verdicts.iter().filter(|(_, verdict)| verdict.fault.is_none()).count(), 301);
}
