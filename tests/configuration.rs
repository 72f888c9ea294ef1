//! What `trailproof.toml`, the environment and the user's own controls do to an audit.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a command that cannot be run fails the test")]

mod kept;

use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use insta::assert_snapshot;
use kept::snapshots_in;
use serde_json::Value;
use trailproof::control::Catalogue;

/// The control that the documentation gives as an example.
fn example() -> String {
    let page = include_str!("../docs/controls.md");
    let (_, from) = page.split_once("```toml\n").unwrap();
    from.split_once("```").unwrap().0.to_owned()
}

fn snapshot(name: &str, text: &str) {
    snapshots_in("../snapshots/configuration").bind(|| assert_snapshot!(name, text));
}

/// A directory in which `trailproof` runs, with these files.
fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

/// Runs `trailproof` in a directory, with no environment but these variables.
fn run(directory: &Path, args: &[&str], environment: &[(&str, &str)]) -> (String, i32) {
    let mut command = Command::new(cargo_bin!("trailproof"));
    command.env_clear().envs(environment.iter().copied()).current_dir(directory).args(args);
    let output = command.output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (format!("{stdout}{stderr}"), output.status.code().unwrap())
}

/// What the demonstration is held against, in words: the version and the controls.
fn held_against(configuration: &str, args: &[&str], environment: &[(&str, &str)]) -> String {
    let directory = directory(&[("trailproof.toml", configuration)]);
    let (json, exit) = run(directory.path(), &[&["audit", "--demo", "--format", "json"], args].concat(), environment);
    assert!(exit != 2, "{json}");
    let report: Value = serde_json::from_str(&json).unwrap();
    let keys = report["findings"].as_array().unwrap().iter().map(|finding| finding["control"].as_str().unwrap());
    std::iter::once(report["benchmark"]["version"].as_str().unwrap()).chain(keys).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let file = "benchmark = '5.0.0'\nonly = ['4.12']";
    assert_eq!(held_against(file, &[], &[]), "5.0.0 network-gateway-changes");
    let environment = [("TRAILPROOF_BENCHMARK", "4.0.1"), ("TRAILPROOF_CONTROL", "4.16, 4.12")];
    assert_eq!(held_against(file, &[], &environment), "4.0.1 network-gateway-changes security-hub-enabled");
    let flags = ["--benchmark", "7.0.0", "--control", "5.16"];
    assert_eq!(held_against(file, &flags, &environment), "7.0.0 security-hub-enabled");
}

#[test]
fn controls_are_in_or_out() {
    let all = held_against("", &[], &[]);
    assert!(all.contains(" security-hub-enabled"));
    assert_eq!(held_against("without = ['5.16']", &[], &[]), all.replace(" security-hub-enabled", ""));
    let both = "only = ['security-hub-enabled', '5.12']\nwithout = ['5.12']";
    assert_eq!(held_against(both, &[], &[]), "7.0.0 security-hub-enabled");
}

#[test]
fn a_configuration_can_be_elsewhere_and_brings_its_controls() {
    let configuration = "controls-directory = 'own'\nonly = ['transit-gateway-changes']";
    let directory = directory(&[("set/audit.toml", configuration), ("set/own/transit.toml", &example())]);
    let (report, exit) = run(directory.path(), &["audit", "--demo", "--config", "set/audit.toml"], &[]);
    assert_eq!(exit, 1, "{report}");
    assert!(report.contains("OWN.1"), "{report}");
    let by_environment = [("TRAILPROOF_CONFIG", "set/audit.toml")];
    assert_eq!(run(directory.path(), &["audit", "--demo"], &by_environment), (report, 1));
    let own = [("TRAILPROOF_CONTROLS", "set/own")];
    assert!(run(directory.path(), &["controls", "list"], &own).0.contains("OWN.1"));
}

const ATTESTED: &str = r#"
only = ["network-gateway-changes"]

[[attestation]]
control = "5.12"
accounts = ["111122223333"]
by = "Jane Doe, security lead"
reason = "the SIEM raises an incident for these events"
evidence = "https://wiki.example.com/siem/network-gateways"
expires = 2199-12-31
"#;

#[test]
fn what_is_attested_is_shown_with_what_was_measured() {
    let directory = directory(&[("trailproof.toml", ATTESTED)]);
    let (text, exit) = run(directory.path(), &["audit", "--demo"], &[]);
    assert_eq!(exit, 0, "{text}");
    snapshot("attested", &text);
    let (json, _) = run(directory.path(), &["audit", "--demo", "--format", "json"], &[]);
    let report: Value = serde_json::from_str(&json).unwrap();
    let finding = &report["findings"][0];
    assert_eq!((&finding["status"], &finding["attestation"]["measured"]), (&"attested".into(), &"fail".into()));
    assert_eq!(
        (&finding["reasons"][0]["code"], &report["summary"]["attested"]),
        (&"filter-does-not-cover".into(), &1.into())
    );
}

#[test]
fn the_example_of_the_documentation_is_a_configuration() {
    let page = include_str!("../docs/configuration.md");
    let (_, from) = page.split_once("```toml\n").unwrap();
    let (example, _) = from.split_once("```").unwrap();
    // It is not to expire.
    let example = example.replace("2027-", "2199-");
    let directory = directory(&[("trailproof.toml", &example), ("controls/transit.toml", &self::example())]);
    let (report, exit) = run(directory.path(), &["audit", "--demo", "--format", "json"], &[]);
    assert_eq!(exit, 1, "{report}");
    let report: Value = serde_json::from_str(&report).unwrap();
    let said = |at: usize| {
        let finding = &report["findings"][at];
        ["control", "status"].map(|member| finding[member].as_str().unwrap()).join(" ")
    };
    assert_eq!([said(0), said(1)], ["network-gateway-changes attested", "transit-gateway-changes fail"]);
}

#[test]
fn an_attestation_is_about_its_accounts_and_its_control_only() {
    let statuses = |from: &str, to: &str| {
        let directory = directory(&[("trailproof.toml", &ATTESTED.replace(from, to))]);
        run(directory.path(), &["audit", "--demo"], &[]).1
    };
    assert_eq!(statuses("111122223333", "444455556666"), 1);
    assert_eq!(statuses("control = \"5.12\"", "control = \"5.16\""), 1);
}

#[test]
fn evidence_does_not_hold_attestations() {
    let directory = directory(&[("trailproof.toml", ATTESTED)]);
    let (complaint, exit) = run(directory.path(), &["audit", "--demo", "--bundle", "bundle.tar"], &[]);
    assert_eq!((exit, directory.path().join("bundle.tar").exists()), (2, false), "{complaint}");
    snapshot("bundle", &complaint);
}

/// What is said of a configuration in which `from` is replaced by `to`.
fn complaint(from: &str, to: &str) -> String {
    let configuration = ATTESTED.replace(from, to);
    assert_ne!(configuration, ATTESTED);
    let directory = directory(&[("trailproof.toml", &configuration)]);
    let (said, exit) = run(directory.path(), &["audit", "--demo"], &[]);
    assert_eq!(exit, 2, "{said}");
    said
}

#[test]
fn a_configuration_that_cannot_be_used_is_an_error_with_its_place() {
    let complaints = [
        complaint("2199-12-31", "2026-01-31"),
        complaint("2199-12-31", "'2199-12-31'"),
        complaint("2199-12-31", "2199-12-31T10:00:00Z"),
        complaint("expires", "until"),
        complaint("expires = 2199-12-31", ""),
        complaint("\"Jane Doe, security lead\"", "' '"),
        complaint("[\"111122223333\"]", "[]"),
        complaint("[\"111122223333\"]", "[\"1111-2222-3333\"]"),
        complaint("[\"111122223333\"]", "[\"111122223333\", \"111122223333\"]"),
        complaint("control = \"5.12\"", "control = \"4.12\""),
        complaint("only = [\"network-gateway-changes\"]", "only = [\"network-gateways\"]"),
        complaint("only = [\"network-gateway-changes\"]", "without = [\"network-gateways\"]"),
        complaint("only = [\"network-gateway-changes\"]", "only = []"),
        complaint("only = [\"network-gateway-changes\"]", "benchmark = '8.0.0'"),
        complaint("only = [\"network-gateway-changes\"]", "controls-directory = 'nowhere'"),
        complaint("only = [\"network-gateway-changes\"]", "controls-directory = '.'\n#"),
        complaint("only = [\"network-gateway-changes\"]", "controls-directory = ''\n#"),
        complaint("only", "onyl"),
        complaint("only = ", "only = = "),
    ];
    snapshot("complaints", &complaints.join("\n"));
}

#[test]
fn ids_of_any_length_stand_in_a_column() {
    let control = example().replace("OWN.1", "NETWORK-TEAM.1");
    let directory = directory(&[("own/transit.toml", &control)]);
    let (list, exit) = run(directory.path(), &["controls", "list", "--controls", "own"], &[]);
    assert_eq!(exit, 0, "{list}");
    let columns = list.lines().filter_map(|line| line.find("  level "));
    assert_eq!(columns.collect::<std::collections::BTreeSet<_>>().len(), 1, "{list}");
}

/// What is said of the example in which `from` is replaced by `to`.
fn rejected(from: &str, to: &str) -> String {
    let (example, directory) = (example(), tempfile::tempdir().unwrap());
    let changed = example.replacen(from, to, 1);
    assert_ne!(changed, example, "{from}");
    fs::write(directory.path().join("transit.toml"), changed).unwrap();
    let (said, exit) = run(directory.path(), &["controls", "list", "--controls", "."], &[]);
    assert_eq!(exit, 2, "{said}");
    said
}

#[test]
fn a_control_that_cannot_be_used_is_an_error_with_its_place() {
    let complaints = [
        rejected("transit-gateway-changes", "network-gateway-changes"),
        rejected("transit-gateway-changes", "Transit gateways"),
        rejected("\"OWN.1\"", "\"5.12\""),
        rejected("7.0.0", "8.0.0"),
        rejected("number", "numbr"),
        rejected("audit = [", "audit = [\"nothing\", "),
        rejected("$.eventName =", "$.eventName =="),
        rejected("[versions.", "[patterns.other]\ntext = \"{ $.a = 1 }\"\n\n[versions."),
        rejected("\"OWN.1\"", "\"OWN 1\""),
        rejected("\"OWN.1\"", "\"vpc-changes\""),
        rejected("level = 1", "level = 3"),
        rejected("Planned network work raises the alarm as well.", " "),
        rejected("audit = [\"gateways\"]", "audit = []"),
        rejected("[versions.", "sound = \"gateways\"\n\n[versions."),
        rejected("'''{", "'{ $.eventName = CreateVpc && $.eventSource = iam.amazonaws.com }' #"),
    ];
    snapshot("controls", &complaints.join("\n"));
}

#[test]
fn two_files_do_not_define_one_control() {
    let directory = directory(&[("a.toml", &example()), ("b.toml", &example())]);
    let (said, exit) = run(directory.path(), &["controls", "list", "--controls", "."], &[]);
    assert!(exit == 2 && said.contains("b.toml, line"), "{said}");
}

#[test]
fn the_example_of_the_documentation_is_a_control() {
    let catalogue = Catalogue::builtin().unwrap().with("transit.toml", &example()).unwrap();
    let newest = catalogue.version(None).unwrap();
    assert_eq!(catalogue.select(newest, &["OWN.1".to_owned()]).unwrap().len(), 1);
}
