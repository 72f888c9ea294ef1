//! What a reviewer of a change sees of its consequences.

use std::fs;

use rstest::rstest;

use super::runner::{Ran, trailproof};

const COMPLIANT: &str = "tests/fixtures/accounts/compliant.json";

/// The report on the right account with `from` replaced by `to`.
fn report(from: &str, to: &str) -> tempfile::NamedTempFile {
    let recording = fs::read_to_string(COMPLIANT).unwrap().replace(from, to);
    let controls = ["--control", "network-gateway-changes", "--control", "security-hub-enabled"];
    text(&trailproof().args(["audit"]).input(recording).args(["--format", "json"]).args(controls).run().stdout)
}

fn text(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    fs::write(file.path(), text).unwrap();
    file
}

/// The differences between two files.
fn diff(old: &tempfile::NamedTempFile, new: &tempfile::NamedTempFile, format: &str) -> Ran {
    let [old, new] = [old, new].map(|file| file.path().to_str().unwrap());
    trailproof().args(["diff", old, new, "--format", format]).run()
}

fn assert_snapshot(name: &str, text: &str) {
    super::assert_snapshot("diff", name, text);
}

#[rstest]
fn what_changed_is_told_worst_first(#[values("text", "markdown", "json")] format: &str) {
    let right = report("", "");
    let stopped = report("\"IsLogging\": true", "\"IsLogging\": false");
    assert_snapshot(&format!("worse-{format}"), &diff(&right, &stopped, format).exits(1));
    assert_snapshot(&format!("better-{format}"), &diff(&stopped, &right, format).exits(0));
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
    let told = diff(&text(&many.to_string()), &report("", ""), "markdown").exits(1);
    let rows = told.matches("| **vanished** |").count();
    assert!(told.len() < 65_536 && told.contains(&format!("\n\n{} more are left out", 2_002 - rows)), "{told}");
}

#[test]
fn other_reasons_are_a_change_and_no_decline() {
    let stopped = report("\"IsLogging\": true", "\"IsLogging\": false");
    let local = report("\"IsMultiRegionTrail\": true", "\"IsMultiRegionTrail\": false");
    assert_snapshot("changed", &diff(&stopped, &local, "text").exits(0));
    assert_snapshot("same", &diff(&local, &local, "markdown").exits(0));
}

#[test]
fn what_is_no_longer_looked_at_counts_as_worse() {
    let both = report("", "");
    let other = report("111122223333", "444455556666");
    let told = diff(&both, &other, "text").exits(1);
    let (vanished, new) = (told.matches("\nvanished").count() + 1, told.matches("\nnew").count());
    assert!(vanished == new && told.contains(&format!("{new} vanished, {new} new; 0 findings are the same")), "{told}");
}

#[test]
fn recordings_and_bundles_are_compared_too() {
    let directory = tempfile::tempdir().unwrap();
    let bundle = directory.path().join("evidence.tar");
    let bundle = bundle.to_str().unwrap();
    trailproof().args(["audit", "--recording", COMPLIANT, "--bundle", bundle]).run();
    for (old, new) in [(COMPLIANT, bundle), (bundle, COMPLIANT), ("tests/fixtures/accounts", "tests/fixtures/accounts")]
    {
        let told = trailproof().args(["diff", old, new]).run().exits(0);
        assert!(told.starts_with("nothing changed; "), "{told}");
    }
    // A control that 1.4.0 lacks has vanished.
    let told = trailproof().args(["diff", bundle, COMPLIANT, "--benchmark", "1.4.0"]).run().exits(1);
    assert!(told.starts_with("CIS AWS Foundations Benchmark 7.0.0 before, "), "{told}");
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
        ("a format to come", Some(report.replace("trailproof-report/2", "trailproof-report/3"))),
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
        let told = trailproof().args(["diff", &path, COMPLIANT]).run().exits(2);
        assert_eq!(told.matches("error: ").count(), 1, "{name}: {told}");
        format!("{name}\n{}", told.replace(&path, "old.json"))
    });
    assert_snapshot("complaints", &told.join("\n"));
}
