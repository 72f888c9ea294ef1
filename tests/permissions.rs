//! What IAM has to grant: the policy that we print is the one that we ship, and grants what an audit asks.

#![expect(clippy::unwrap_used, reason = "a helper that fails, fails its test")]

use std::process::Command;
use std::{env, fs};

use assert_cmd::cargo::cargo_bin;
use rstest::rstest;
use serde_json::Value;
use trailproof::provider::permissions::{Need, READ_OPERATIONS};

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
    let asked = READ_OPERATIONS.iter().filter(|read| needs.contains(&read.need));
    let mut asked: Vec<_> = asked.map(|read| read.operation.to_string()).collect();
    asked.sort_unstable();
    asked
}

/// `docs/iam-policy.json` is what the command prints: `UPDATE_DOCS=1 cargo test --test permissions` renews it.
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
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/permissions");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format, template));
}
