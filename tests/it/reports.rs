//! What a user reads and a program gets, for accounts that show each kind of result.

use std::{fs, path};

use rstest::rstest;
use serde_json::Value;

#[cfg(unix)]
use super::runner::shell;
use super::runner::{Trailproof, trailproof};

fn audit(args: &[&str]) -> Trailproof {
    trailproof().args(["audit"]).args(args)
}

/// The audit of one control.
fn gateways() -> Trailproof {
    audit(&["--control", "network-gateway-changes"])
}

/// The recording of the compliant account with `from` replaced by `to`, for each such pair.
fn edited(edits: &[(&str, &str)]) -> String {
    let mut text = fs::read_to_string("tests/fixtures/accounts/compliant.json").unwrap();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

fn assert_snapshot(name: &str, text: &str) {
    super::assert_snapshot("reports", name, text);
}

#[rstest]
#[case("compliant", "recorded_at", "recorded_at", 0)]
#[case("event-missing", " || ($.eventName = DeleteInternetGateway)", "", 1)]
#[case("trail-stopped", "\"IsLogging\": true", "\"IsLogging\": false", 1)]
#[case(
    "denied",
    "\"output\": {\n        \"MetricAlarms\"",
    "\"error\": {\"code\": \"AccessDenied\", \"message\": \"not authorized\"}, \"was\": {\n        \"MetricAlarms\"",
    3
)]
#[case("broad", "($.eventName = DeleteInternetGateway)", "($.eventName = \\\"Delete*\\\")", 0)]
#[case(
    "two-trails",
    "\"trailList\": [",
    "\"trailList\": [{\"Name\": \"old\", \"TrailARN\": \"arn:aws:cloudtrail:us-east-1:111122223333:trail/old\", \"IsMultiRegionTrail\": false},",
    0
)]
fn texts(#[case] name: &str, #[case] from: &str, #[case] to: &str, #[case] expected: i32) {
    let text = gateways().input(edited(&[(from, to)])).run().exits(expected);
    assert_snapshot(name, &text);
    fits(&text);
}

/// Lines have 80 characters at most, but for those of an event.
fn fits(text: &str) {
    let wide = text.lines().filter(|line| line.chars().count() > 80 && !line.starts_with("      "));
    assert_eq!(wide.collect::<Vec<_>>(), [""; 0]);
}

/// What is said of a filter with this condition more, in a version that Security Hub checks.
fn with_condition(condition: &str, edits: &[(&str, &str)]) -> String {
    let last = "($.eventName = DetachInternetGateway)";
    let broader = (last, &*format!("{last} || {condition}"));
    let recording = edited(&[&[broader], edits].concat());
    gateways().input(recording).args(["--benchmark", "1.4.0"]).run().exits(0)
}

/// What Security Hub makes of a trail of another account, or of filters that were not seen, is not guessed at.
#[rstest]
#[case::own_trail(&[], true)]
#[case::trail_of_another_account(&[("cloudtrail:us-east-1:111122223333:", "cloudtrail:us-east-1:444455556666:")], false)]
#[case::trail_that_was_not_looked_at(
    &[("\"trailList\": [", "\"trailList\": [{\"Name\": \"new\", \"TrailARN\": \"arn:aws:cloudtrail:us-east-1:111122223333:trail/new\", \
       \"HomeRegion\": \"us-east-1\", \"IsMultiRegionTrail\": true, \
       \"CloudWatchLogsLogGroupArn\": \"arn:aws:logs:us-east-1:111122223333:log-group:new:*\"},")],
    false
)]
fn security_hub_is_spoken_of_where_all_that_it_sees_is_seen(#[case] edits: &[(&str, &str)], #[case] spoken_of: bool) {
    let text = with_condition("($.eventName = CreateNatGateway)", edits);
    assert_eq!(text.contains("[security-hub-would-fail]"), spoken_of, "{text}");
    assert!(text.contains("[filter-broader]"), "{text}");
}

#[test]
fn what_was_not_proved_of_a_text_is_said() {
    // Nobody documents whether the inner `*` is an asterisk, and only then is there nothing more that matches.
    let text = with_condition("($.eventName = a*b && $.eventName = a-b)", &[]);
    assert!(text.contains("is not proved to match the same events [filter-text-differs]"), "{text}");
}

#[test]
fn long_titles_are_wrapped() {
    let text = audit(&["--demo", "--benchmark", "1.4.0"]).run().stdout;
    assert!(text.contains("exist for Management\n"), "{text}");
    fits(&text);
}

#[test]
fn a_control_that_the_version_lacks_stands_in_line_with_others() {
    let controls = ["--control", "3.11", "--control", "3.14", "--control", "organizations-changes"];
    let text = audit(&["--demo", "--benchmark", "1.2.0"]).args(controls).run().exits(0);
    assert_snapshot("not-applicable", &text);
    fits(&text);
}

#[test]
fn an_account_that_grants_no_more_than_the_benchmark_asks_passes_unless_the_audit_is_strict() {
    let recording = ["--recording", "tests/fixtures/accounts/benchmark-calls-only.json"];
    assert_snapshot("benchmark-calls-only", &gateways().args(recording).run().exits(0));
    gateways().args(recording).args(["--strict"]).run().exits(3);
}

#[test]
fn the_demonstration_in_both_formats() {
    let text = audit(&["--demo"]).run().exits(1);
    assert_snapshot("demo", &text);
    assert_snapshot("demo-details", &audit(&["--demo", "--details"]).run().exits(1));
    let json = audit(&["--demo", "--format", "json"]).run().exits(1);
    assert_snapshot("demo-json", &json);
    assert_eq!(audit(&["--demo", "--format", "text", "--format", "json"]).run().stdout, text + &json);
}

#[test]
fn an_older_benchmark_has_another_id() {
    let ran = audit(&["--demo", "--benchmark", "1.2.0", "--control", "3.12", "--format", "json"]).run();
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["findings"][0]["id"], "3.12");
    assert_eq!(report["findings"][0]["control"], "network-gateway-changes");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("report.json");
    fs::write(&path, "before").unwrap();
    let to = |path: &path::Path| audit(&["--demo", "--format", "json", "--output", path.to_str().unwrap()]).run();
    assert_eq!(to(&path).exits(1), "");
    assert_eq!(fs::read_to_string(&path).unwrap(), audit(&["--demo", "--format", "json"]).run().stdout);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);

    let complaint = to(&directory.path().join("nowhere/report.json")).exits(2);
    assert!(complaint.starts_with("error: the report cannot be written") && complaint.contains("help:"), "{complaint}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_mode_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    fs::write(path("report"), "before").unwrap();
    fs::set_permissions(path("report"), fs::Permissions::from_mode(0o604)).unwrap();
    symlink("report", path("link")).unwrap();
    symlink("new", path("dangling")).unwrap();
    for name in ["link", "dangling"] {
        audit(&["--demo", "--output", path(name).to_str().unwrap()]).run().exits(1);
        assert!(fs::symlink_metadata(path(name)).unwrap().is_symlink(), "{name}");
    }
    assert_eq!(fs::metadata(path("report")).unwrap().permissions().mode() & 0o777, 0o604);
    let report = audit(&["--demo"]).run().stdout;
    assert_eq!(["report", "new"].map(|name| fs::read_to_string(path(name)).unwrap()), [report.clone(), report]);

    let complaint = audit(&["--demo", "--output", directory.path().to_str().unwrap()]).run().exits(2);
    assert!(complaint.starts_with("error: the report cannot be written: is a directory"), "{complaint}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 4);
}

/// Each names, as an output, a file that the command reads or writes already.
#[cfg(unix)]
#[rstest]
#[case("audit --demo --output a --bundle ./a")]
#[case("audit --demo --output a --bundle $PWD/b/../a")]
#[case("audit --demo --output dangling --bundle target")]
#[case("audit --recording recording.json --output recording.json")]
#[case("audit --recording recording.json --bundle symlink")]
#[case("audit --recording recording.json --output hardlink")]
#[case("audit --recording symlink --output recording.json")]
#[case("audit --recording recordings --output recordings/a.json")]
#[case("audit --recording recordings --output recordings/new.json")]
#[case("audit --recording recordings --output recordings")]
#[case("audit --demo --config trailproof.toml --output b/../trailproof.toml")]
#[case("audit --demo --output trailproof.toml")]
#[case("audit --demo --controls controls --output controls/own.toml")]
#[case("record --recording recording.json --output hardlink")]
#[case("record --from-cli cli --output cli/account.json")]
#[case("record --from-cli cli --output cli/us-east-1/cloudtrail.describe-trails.json")]
#[case("record --recording recording.json --salt-file salt --output salt")]
fn what_is_read_is_not_written_over(#[case] command: &str) {
    let make = "set -e; d=$(mktemp -d); trap 'rm -rf \"$d\"' EXIT; c=$PWD; cd \"$d\"; mkdir b recordings controls; \
                cp \"$c/tests/fixtures/accounts/compliant.json\" recording.json; cp recording.json recordings/a.json; \
                cp -r \"$c/tests/fixtures/cli\" cli; \
                sed -n '/^```toml/,/^```$/{/^```/!p}' \"$c/docs/controls.md\" > controls/own.toml; \
                ln -s recording.json symlink; ln recording.json hardlink; ln -s target dangling; touch trailproof.toml; \
                head -c 32 /dev/urandom > salt; cat recording.json salt > before; set +e";
    let check =
        "code=$?; cat recording.json salt | cmp -s - before || echo changed; [ -e a ] && echo written; exit $code";
    let text = shell(&format!("{make}; trailproof {command}; {check}")).exits(2);
    assert!(text.starts_with("error: `--") && text.contains("help: give another path"), "{command}\n{text}");
    assert!(!text.contains("changed") && !text.contains("written"), "{command}\n{text}");
}

#[test]
fn what_cannot_be_audited_is_said_in_one_complaint() {
    let complaints = [
        &["--demo", "--control", "network-gateway-change"][..],
        &["--demo", "--benchmark", "4.0.2"],
        &["--demo", "--benchmark", "newest"],
        &["--recording", "tests/fixtures/nowhere.json"],
        &["--recording", "tests/fixtures/alarm_vectors.json"],
        &["--demo", "--format", "text", "--format", "json", "--output", "report"],
    ]
    .map(|args| format!("$ trailproof audit {}\n{}\n", args.join(" "), audit(args).run().transcript()));
    assert_snapshot("complaints", &complaints.join("\n"));
}
