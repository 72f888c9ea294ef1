//! Answers that AWS would not give: whatever is left out of an answer of a failing account, or is something else than AWS
//! sends, makes no control pass.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{iter, thread};

use serde_json::{Value, json};
use trailproof::account::collect::collect;
use trailproof::catalogue::{Catalogue, Control};
use trailproof::estate::Estate;
use trailproof::judge::{self, Question};
use trailproof::provider::recorded::{Recording, RecordingProblem};
use trailproof::report::{Finding, Status};

use crate::accounts::{self, wait};

/// Members of answers, each with what may be done to it, and why an account that failed may pass then.
#[rustfmt::skip]
const EXPLAINED: &[(&str, &str, &[&str], &str)] = &[
    // The account is mended.
    ("cloudtrail:DescribeTrails", "trailList/*/IsMultiRegionTrail", &["true"], "the trail records all regions"),
    ("cloudtrail:GetEventSelectors", "AdvancedEventSelectors/*/FieldSelectors/*/NotEquals/*", &[r#""""#, r#""other""#], "no event has this name"),
    ("cloudtrail:GetEventSelectors", "EventSelectors/*/IncludeManagementEvents", &["true"], "the trail records them"),
    ("cloudtrail:GetTrailStatus", "IsLogging", &["true"], "the trail logs"),
    ("cloudwatch:DescribeAlarms", "MetricAlarms/*/ActionsEnabled", &["true"], "the actions run"),
    ("cloudwatch:DescribeAlarms", "MetricAlarms/*/DatapointsToAlarm", &["1"], "one period is enough"),
    ("cloudwatch:DescribeAlarms", "MetricAlarms/*/Threshold", &["1000000"], "every value is below it"),
    ("cloudwatch:DescribeAlarms", "CompositeAlarms/*/ActionsSuppressor", &[r#""""#, r#""other""#], "an alarm that does not exist is not in ALARM"),
    ("cloudwatch:GetAlarmMuteRule", "MuteTargets/AlarmNames/*", &[r#""other""#], "the rule mutes another alarm"),
    ("cloudwatch:ListAlarmMuteRules", "AlarmMuteRuleSummaries", &["[]"], "no rule mutes anything"),
    ("logs:DescribeMetricFilters", "metricFilters/*/filterPattern", &[r#""""#], "the empty pattern matches every event"),
    // Another filter no longer takes away what the filter in question publishes.
    ("logs:DescribeMetricFilters", "metricFilters/*/logGroupName", &[r#""other""#], "the other filter sees another log group"),
    ("logs:DescribeMetricFilters", "metricFilters/*/metricTransformations", &["[]"], "the other filter publishes nothing"),
    ("logs:DescribeMetricFilters", "metricFilters/*/metricTransformations/*/metricName", &[r#""other""#], "the other filter publishes elsewhere"),
    ("logs:DescribeMetricFilters", "metricFilters/*/metricTransformations/*/metricNamespace", &[r#""other""#], "the other filter publishes elsewhere"),
    ("logs:DescribeMetricFilters", "metricFilters/*/metricTransformations/*/metricValue", &[r#""other""#], "AWS rejects the other filter: it publishes nothing"),
    // AWS documents what it means that the member is left out, or empty.
    ("cloudtrail:GetEventSelectors", "AdvancedEventSelectors", &["[]", "deleted"], "CloudTrail API Reference, PutEventSelectors: a trail without selectors logs all management events"),
    ("cloudtrail:GetEventSelectors", "EventSelectors", &["[]"], "CloudTrail API Reference, PutEventSelectors: a trail without selectors logs all management events"),
    ("cloudwatch:DescribeAlarms", "CompositeAlarms/*/ActionsSuppressor", &["deleted", "null"], "CloudWatch API Reference, CompositeAlarm: optional, nothing suppresses the actions"),
    ("cloudwatch:DescribeAlarms", "MetricAlarms/*/Dimensions", &["[]", "deleted", "null"], "CloudWatch API Reference, MetricAlarm: optional, the metric without dimensions"),
    ("cloudwatch:DescribeAlarms", "MetricAlarms/*/TreatMissingData", &["deleted", "null"], "CloudWatch API Reference, PutMetricAlarm: the default is missing"),
    ("cloudwatch:DescribeAlarms", "MetricAlarms/*/Unit", &["deleted", "null"], "CloudWatch API Reference, PutMetricAlarm: all units"),
    ("logs:DescribeMetricFilters", "metricFilters/*/fieldSelectionCriteria", &[r#""""#, "deleted", "null"], "CloudWatch Logs API Reference, MetricFilter: optional, all fields"),
    ("logs:DescribeMetricFilters", "metricFilters/*/metricTransformations/*/defaultValue", &["deleted", "null"], "CloudWatch Logs API Reference, MetricTransformation: this value can be null"),
    ("sns:GetSubscriptionAttributes", "Attributes/FilterPolicy", &["deleted", "null"], "SNS Developer Guide, message filtering: without a policy, every message"),
    ("sns:GetTopicAttributes", "Attributes/KmsMasterKeyId", &[r#""""#, "deleted", "null"], "SNS API Reference, SetTopicAttributes: without a key, no encryption"),
];

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::builtin().unwrap());

/// What is found of the control; what was not checked counts.
fn finding(recording: &Recording, control: &Control) -> Finding {
    let version = CATALOGUE.version(None).unwrap();
    let question = Question { version, prover: &CATALOGUE.records, strict: true, letter: false };
    let estate = Estate::from_iter([wait(collect(recording))]);
    judge::report(&estate, &[control], question).findings.remove(0)
}

/// What may stand in place of a value, each with its name.
fn replacements(value: &Value) -> Vec<(String, Option<Value>)> {
    let same_kind = match value {
        Value::Null => vec![],
        Value::Bool(is) => vec![json!(!is)],
        Value::Number(_) => vec![json!(0), json!(1), json!(-1), json!(1_000_000)],
        Value::String(text) if text.starts_with("arn:") => vec![json!(""), json!("other"), json!("arn:")],
        Value::String(_) => vec![json!(""), json!("other")],
        Value::Array(_) => vec![json!([])],
        Value::Object(_) => vec![json!({})],
    };
    let other_kinds = [json!(true), json!(7), json!("yes"), json!([]), json!({}), Value::Null];
    let kind = std::mem::discriminant(value);
    let other_kinds = other_kinds.into_iter().filter(|other| std::mem::discriminant(other) != kind);
    let replaced = same_kind.into_iter().chain(other_kinds).filter(|other| other != value);
    iter::once(("deleted".to_owned(), None)).chain(replaced.map(|other| (other.to_string(), Some(other)))).collect()
}

/// The places of a value and of all that is in it.
fn places(value: &Value, at: String, found: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(elements) => elements.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => vec![],
    };
    for (name, value) in members {
        places(value, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found);
    }
    found.push(at);
}

/// The answer with another value at a place.
fn mutated(output: &Value, place: &str, other: Option<Value>) -> Option<Value> {
    let mut output = output.clone();
    let Some((parent, name)) = place.rsplit_once('/') else { return other };
    match (output.pointer_mut(parent).unwrap(), other) {
        (Value::Object(members), Some(other)) => drop(members.insert(name.to_owned(), other)),
        (Value::Object(members), None) => drop(members.remove(name)),
        (Value::Array(elements), Some(other)) => elements[name.parse::<usize>().unwrap()] = other,
        // A list without one of its elements is whole: the account is another one.
        _ => return None,
    }
    Some(output)
}

/// Each wrong answer of an account that can be used at all: the operation, the member, what was done to it, and the status
/// of the account then.
fn statuses(recording: &Recording, control: &Control) -> Vec<([String; 3], Status)> {
    let file = serde_json::to_value(recording).unwrap();
    let mut found = vec![];
    for (at, (call, _)) in recording.answers().enumerate() {
        let output = &file["calls"][at]["output"];
        let mut all = vec![];
        places(output, String::new(), &mut all);
        // Answers that are read alike are judged once, as are all that are no answer.
        let mut known = HashMap::new();
        for place in all.iter().filter(|_| output.is_object()) {
            for (what, other) in replacements(output.pointer(place).unwrap()) {
                let Some(other) = mutated(output, place, other) else { continue };
                let mut mutant = file["calls"][at].clone();
                mutant["output"] = other;
                let Ok(alone) = recording_of(&file, vec![mutant.clone()]) else { continue };
                let answer = alone.answer(call).unwrap().as_ref().map_or(String::new(), |output| format!("{output:?}"));
                let status = *known.entry(answer).or_insert_with(|| {
                    let mut calls = file["calls"].as_array().unwrap().clone();
                    calls[at] = mutant;
                    finding(&recording_of(&file, calls).unwrap(), control).status
                });
                let member =
                    place.split('/').skip(1).map(|name| if name.parse::<usize>().is_ok() { "*" } else { name });
                found.push(([call.operation.to_string(), member.collect::<Vec<_>>().join("/"), what], status));
            }
        }
    }
    found
}

/// The recording of these calls, of the account of another one.
fn recording_of(file: &Value, calls: Vec<Value>) -> Result<Recording, RecordingProblem> {
    let mut file: BTreeMap<_, _> = file.as_object().unwrap().iter().filter(|(name, _)| *name != "calls").collect();
    let calls = Value::Array(calls);
    let name = "calls".to_owned();
    file.insert(&name, &calls);
    serde_json::to_string(&file).unwrap().parse()
}

fn control(key: &str) -> &'static Control {
    CATALOGUE.controls.iter().find(|control| control.key == key).unwrap()
}

/// Accounts that fail, each for reasons of its own.
fn failing(control: &Control) -> Vec<(String, Recording)> {
    let mut reasons = BTreeSet::new();
    let all = accounts::all().into_iter();
    all.filter(|(_, recording)| {
        let found = finding(recording, control);
        let codes: Vec<_> = found.reasons.iter().map(|reason| format!("{:?}", reason.code)).collect();
        found.status == Status::Fail && reasons.insert(codes)
    })
    .collect()
}

#[test]
fn no_mutation_of_an_answer_makes_a_failing_account_pass() {
    let control = control("network-gateway-changes");
    let failing = failing(control);
    assert!(failing.len() > 1, "{failing:#?}");
    let next = AtomicUsize::new(0);
    let run = || {
        let each = || failing.get(next.fetch_add(1, Ordering::Relaxed));
        iter::from_fn(each).map(|(name, account)| (name, statuses(account, control))).collect::<Vec<_>>()
    };
    let found = thread::scope(|scope| {
        let running = [scope.spawn(run), scope.spawn(run)];
        running.map(|one| one.join().unwrap()).concat()
    });
    let (mut passed, mut used) = (BTreeMap::new(), BTreeSet::new());
    for (name, statuses) in found {
        for ([operation, member, what], _) in statuses.into_iter().filter(|(_, status)| *status == Status::Pass) {
            let is = |(of, at, whats, _): &(&str, &str, &[&str], &str)| {
                *of == operation && *at == member && whats.contains(&what.as_str())
            };
            match EXPLAINED.iter().position(is) {
                Some(at) => drop(used.insert(at)),
                None => drop(passed.insert(format!("{operation} {member}: {what}"), name.clone())),
            }
        }
    }
    assert!(passed.is_empty(), "{passed:#?}");
    let unused: Vec<_> = EXPLAINED.iter().enumerate().filter(|(at, _)| !used.contains(at)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn no_mutation_of_an_answer_stops_the_audit() {
    let accounts = ["compliant", "identified"].map(|name| format!("tests/fixtures/accounts/{name}.json"));
    for recording in accounts.iter().flat_map(|path| Recording::read(path.as_ref()).unwrap()) {
        let statuses = statuses(&recording, control("network-gateway-changes"));
        assert!(statuses.len() > 100 && statuses.iter().any(|(_, status)| *status != Status::Pass));
    }
}
