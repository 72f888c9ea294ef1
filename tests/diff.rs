//! What a reviewer of a change sees of its consequences.

#![expect(clippy::unwrap_used, reason = "a command that cannot be run fails the test")]

mod kept;

use std::fs;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use kept::snapshots_in;
use rstest::rstest;

const COMPLIANT: &str = "tests/fixtures/accounts/compliant.json";

/// Runs `trailproof` with no environment: what it prints, and its exit code.
fn trailproof(args: &[&str]) -> (String, i32) {
    let output = Command::new(cargo_bin!("trailproof")).env_clear().args(args).output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (format!("{stdout}{stderr}"), output.status.code().unwrap())
}

/// The report on the right account with `from` replaced by `to`.
fn report(from: &str, to: &str) -> tempfile::NamedTempFile {
    let recording = text(&fs::read_to_string(COMPLIANT).unwrap().replace(from, to));
    let controls = ["--control", "network-gateway-changes", "--control", "security-hub-enabled"];
    let audit = ["audit", "--recording", recording.path().to_str().unwrap(), "--format", "json"];
    text(&trailproof(&[&audit[..], &controls].concat()).0)
}

fn text(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    fs::write(file.path(), text).unwrap();
    file
}

/// The differences between two files.
fn diff(old: &tempfile::NamedTempFile, new: &tempfile::NamedTempFile, format: &str) -> (String, i32) {
    let [old, new] = [old, new].map(|file| file.path().to_str().unwrap());
    trailproof(&["diff", old, new, "--format", format])
}

fn assert_snapshot(name: &str, text: &str) {
    snapshots_in("../snapshots/diff").bind(|| insta::assert_snapshot!(name, text));
}

#[rstest]
fn what_changed_is_told_worst_first(#[values("text", "markdown", "json")] format: &str) {
    let right = report("", "");
    let stopped = report("\"IsLogging\": true", "\"IsLogging\": false");
    let (told, exit) = diff(&right, &stopped, format);
    assert_eq!(exit, 1, "{told}");
    assert_snapshot(&format!("worse-{format}"), &told);
    let (told, exit) = diff(&stopped, &right, format);
    assert_eq!(exit, 0, "{told}");
    assert_snapshot(&format!("better-{format}"), &told);
}

/// As long as a comment may be.
#[test]
fn a_comment_has_an_end() {
    let fixture = fs::read_to_string(report("", "").path()).unwrap();
    let mut many: serde_json::Value = serde_json::from_str(&fixture).unwrap();
    let finding = many["findings"][0].clone();
    let findings = (0..2_000).map(|number| {
        let mut finding = finding.clone();
        finding["account"] = format!("{number:012}").into();
        finding
    });
    many["findings"] = findings.collect();
    let (told, exit) = diff(&text(&many.to_string()), &report("", ""), "markdown");
    let rows = told.matches("| **vanished** |").count();
    assert!(
        exit == 1 && told.len() < 65_536 && told.contains(&format!("\n\n{} more are left out", 2_002 - rows)),
        "{told}"
    );
}

#[test]
fn other_reasons_are_a_change_and_no_decline() {
    let stopped = report("\"IsLogging\": true", "\"IsLogging\": false");
    let local = report("\"IsMultiRegionTrail\": true", "\"IsMultiRegionTrail\": false");
    let (told, exit) = diff(&stopped, &local, "text");
    assert_eq!(exit, 0, "{told}");
    assert_snapshot("changed", &told);
    let (told, exit) = diff(&local, &local, "markdown");
    assert_eq!(exit, 0);
    assert_snapshot("same", &told);
}

#[test]
fn what_is_no_longer_looked_at_counts_as_worse() {
    let both = report("", "");
    let other = report("111122223333", "444455556666");
    let (told, exit) = diff(&both, &other, "text");
    assert_eq!(exit, 1, "{told}");
    let (vanished, new) = (told.matches("\nvanished").count() + 1, told.matches("\nnew").count());
    assert!(vanished == new && told.contains(&format!("{new} vanished, {new} new; 0 findings are the same")), "{told}");
}

#[test]
fn recordings_and_bundles_are_compared_too() {
    let directory = tempfile::tempdir().unwrap();
    let bundle = directory.path().join("evidence.tar");
    let bundle = bundle.to_str().unwrap();
    trailproof(&["audit", "--recording", COMPLIANT, "--bundle", bundle]);
    for (old, new) in [(COMPLIANT, bundle), (bundle, COMPLIANT), ("tests/fixtures/accounts", "tests/fixtures/accounts")]
    {
        let (told, exit) = trailproof(&["diff", old, new]);
        assert!(exit == 0 && told.starts_with("nothing changed; "), "{told}");
    }
    let (told, exit) = trailproof(&["diff", bundle, COMPLIANT, "--benchmark", "1.4.0"]);
    assert!(told.starts_with("CIS AWS Foundations Benchmark 7.0.0 before, "), "{told}");
    assert_eq!(exit, 1, "a control that 1.4.0 lacks has vanished");
}

#[test]
fn what_cannot_be_compared_is_said_in_one_complaint() {
    let report = fs::read_to_string(report("", "").path()).unwrap();
    let twice = report.replacen("\"findings\": [", "\"findings\": [], \"findings\": [", 1);
    let cases = [
        ("no file", None),
        ("no JSON", Some("x".to_owned())),
        ("no object", Some("[1]".to_owned())),
        ("something else", Some("{}".to_owned())),
        ("a format to come", Some(report.replace("trailproof-report/1", "trailproof-report/2"))),
        ("a status to come", Some(report.replace("\"pass\"", "\"maybe\""))),
        ("findings twice", Some(twice)),
        ("half a bundle", Some("manifest.json\0".to_owned())),
        ("a recording that is none", Some("{\"format\": \"trailproof-recording/1\"}".to_owned())),
        ("deep", Some("[".repeat(100_000))),
    ];
    let told = cases.map(|(name, content)| {
        let file = text(content.as_deref().unwrap_or_default());
        let path = file.path().to_str().unwrap().to_owned();
        if content.is_none() {
            file.close().unwrap();
        }
        let (told, exit) = trailproof(&["diff", &path, COMPLIANT]);
        assert_eq!((exit, told.matches("error: ").count()), (2, 1), "{name}: {told}");
        format!("{name}\n{}", told.replace(&path, "old.json"))
    });
    assert_snapshot("complaints", &told.join("\n"));
}
