//! What IAM has to grant: the policy that we print is the one that we ship, and grants what an audit asks; what is missing
//! is said at once.

use std::collections::BTreeSet;
use std::process::Command;
use std::{env, fs};

use super::accounts;
use super::snapshots::snapshots_in;
use assert_cmd::cargo::cargo_bin;
use rstest::rstest;
use serde_json::{Value, json};
use trailproof::account::collect::collect;
use trailproof::provider::permissions::{Need, Operation};
use trailproof::provider::record::Recorder;
use trailproof::provider::recorded::Recording;

/// What `trailproof permissions` prints.
fn permissions(args: &[&str]) -> String {
    let output = Command::new(cargo_bin!("trailproof")).env_clear().arg("permissions").args(args).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The actions that a policy allows.
fn granted(policy: &Value) -> Vec<&str> {
    let statements = policy["Statement"].as_array().unwrap();
    let mut granted: Vec<_> = statements
        .iter()
        .flat_map(|one| one["Action"].as_array().unwrap())
        .map(|action| action.as_str().unwrap())
        .collect();
    granted.sort_unstable();
    granted
}

/// The actions that the guard of a live audit lets through and that IAM can deny.
fn asked(needs: &[Need]) -> Vec<String> {
    let asked = Operation::ALL.iter().filter(|operation| needs.contains(&operation.need()));
    let mut asked: Vec<_> = asked.map(Operation::to_string).collect();
    asked.sort_unstable();
    asked
}

/// `docs/iam-policy.json` is what the command prints: `UPDATE_DOCS=1 cargo test --test it permissions::` renews it.
#[test]
fn the_iam_policy_grants_what_an_audit_asks() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/iam-policy.json");
    let printed = permissions(&[]);
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, &printed).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), printed);
    let policy: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(granted(&policy), asked(&[Need::Benchmark, Need::Deeper]));
    assert_eq!(policy["Version"], "2012-10-17");
    for statement in policy["Statement"].as_array().unwrap() {
        let sid = statement["Sid"].as_str().unwrap();
        assert!(sid.chars().all(|letter| letter.is_ascii_alphanumeric()), "{sid}");
        assert_eq!(statement["Effect"], "Allow");
    }
}

#[test]
fn what_goes_beyond_the_benchmark_can_be_left_out() {
    let policy = serde_json::from_str(&permissions(&["--benchmark-only"])).unwrap();
    assert_eq!(granted(&policy), asked(&[Need::Benchmark]));
}

#[rstest]
fn arns_are_of_the_partition(#[values("aws", "aws-cn", "aws-us-gov")] partition: &str) {
    let ours = permissions(&["--partition", partition]);
    assert_eq!(ours.matches(&format!("\"arn:{partition}:")).count(), ours.matches("\"arn:").count());
    assert_eq!(ours.replace(&format!("arn:{partition}:"), "arn:aws:"), permissions(&[]));
}

#[rstest]
fn templates_grant_the_same(#[values("terraform", "cloudformation")] format: &str) {
    let template = permissions(&["--format", format]);
    for action in asked(&[Need::Benchmark, Need::Deeper]) {
        assert_eq!(template.matches(&action).count(), 1, "{action}");
    }
    assert_snapshot(format, &template);
}

fn assert_snapshot(name: &str, text: &str) {
    snapshots_in("permissions").bind(|| insta::assert_snapshot!(name, text));
}

/// What is said of missing permissions when operations are denied, with this message.
fn denied(operations: &[&str], message: &str) -> String {
    let text = fs::read_to_string("tests/fixtures/accounts/compliant.json").unwrap();
    let mut recording: Value = serde_json::from_str(&text).unwrap();
    for call in recording["calls"].as_array_mut().unwrap() {
        if operations.contains(&call["operation"].as_str().unwrap()) {
            call.as_object_mut().unwrap().remove("output");
            call["error"] = json!({"code": "AccessDenied", "message": message});
        }
    }
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    fs::write(file.path(), recording.to_string()).unwrap();
    let mut audit = Command::new(cargo_bin!("trailproof"));
    let output = audit.env_clear().args(["audit", "--recording"]).arg(file.path()).output().unwrap();
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_is_missing_is_said_at_once() {
    assert_eq!(denied(&[], ""), "");
    let all: Vec<_> = Operation::ALL.iter().map(|operation| operation.name()).collect();
    assert_snapshot("missing-all", &denied(&all, "not authorized"));
    let some = ["DescribeHub", "GetTrailStatus", "ListSubscriptionsByTopic", "GetTopicAttributes"];
    assert_snapshot("missing-some", &denied(&some, "not authorized"));
    let denied = denied(&["ListAlarmMuteRules"], "not authorized, with an explicit deny in a service control policy");
    assert_snapshot("missing-deeper", &denied);
}

/// What one operation hides is what is no longer asked when it is denied.
#[test]
fn what_a_denied_operation_hides_is_known() {
    for (name, recording) in accounts::all() {
        let asked = asked_of(&recording);
        for denied in asked.iter().filter(|operation| !operation.leads_to().is_empty()) {
            let mut hidden: BTreeSet<_> = BTreeSet::from([*denied]);
            while let Some(more) = hidden.iter().flat_map(|one| one.leads_to()).find(|next| !hidden.contains(next)) {
                hidden.insert(*more);
            }
            let text = serde_json::to_string(&recording).unwrap();
            let mut file: Value = serde_json::from_str(&text).unwrap();
            for call in file["calls"].as_array_mut().unwrap() {
                if call["operation"] == denied.name() {
                    call.as_object_mut().unwrap().remove("output");
                    call["error"] = json!({"code": "AccessDenied", "message": ""});
                }
            }
            let still = asked_of(&file.to_string().parse().unwrap());
            hidden.remove(denied);
            let lost: BTreeSet<_> = asked.difference(&still).copied().collect();
            assert_eq!(lost, &hidden & &asked, "{name}: {denied}");
        }
    }
}

/// The operations that an audit of the recording asks, and that it has.
fn asked_of(recording: &Recording) -> BTreeSet<Operation> {
    let recorder = Recorder::new(recording.clone());
    accounts::wait(collect(&recorder));
    recorder.recording().calls().map(|(call, _)| call.operation).collect()
}
