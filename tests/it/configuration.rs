//! What `trailproof.toml`, the environment and the user's own controls do to an audit.

use serde_json::Value;
use trailproof::control::Catalogue;

use super::runner::{Trailproof, trailproof};

/// The control that the documentation gives as an example.
fn example() -> String {
    let page = include_str!("../../docs/controls.md");
    let (_, from) = page.split_once("```toml\n").unwrap();
    from.split_once("```").unwrap().0.to_owned()
}

fn snapshot(name: &str, text: &str) {
    super::assert_snapshot("configuration", name, text);
}

/// An audit of the demonstration where this is the configuration.
fn audit(configuration: &str) -> Trailproof {
    trailproof().file("trailproof.toml", configuration).args(["audit", "--demo"])
}

/// What the demonstration is held against, in words: the version and the controls.
fn held_against(configuration: &str, args: &[&str], environment: &[(&str, &str)]) -> String {
    let run = audit(configuration).args(["--format", "json"]).args(args);
    let ran = environment.iter().fold(run, |run, (name, value)| run.env(name, value)).run();
    let report: Value = serde_json::from_str(&ran.stdout).expect(&ran.stderr);
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
    let run = || trailproof().file("set/audit.toml", configuration).file("set/own/transit.toml", example());
    let report = run().args(["audit", "--demo", "--config", "set/audit.toml"]).run().exits(1);
    assert!(report.contains("OWN.1"), "{report}");
    assert_eq!(run().args(["audit", "--demo"]).env("TRAILPROOF_CONFIG", "set/audit.toml").run().exits(1), report);
    let list = run().args(["controls", "list"]).env("TRAILPROOF_CONTROLS", "set/own").run().exits(0);
    assert!(list.contains("OWN.1"), "{list}");
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
    snapshot("attested", &audit(ATTESTED).run().exits(0));
    let json = audit(ATTESTED).args(["--format", "json"]).run().stdout;
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
    let page = include_str!("../../docs/configuration.md");
    let (_, from) = page.split_once("```toml\n").unwrap();
    let (example, _) = from.split_once("```").unwrap();
    // It is not to expire.
    let example = example.replace("2027-", "2199-");
    let run = audit(&example).file("controls/transit.toml", self::example()).args(["--format", "json"]);
    let report = run.run().exits(1);
    let report: Value = serde_json::from_str(&report).unwrap();
    let said = |at: usize| {
        let finding = &report["findings"][at];
        ["control", "status"].map(|member| finding[member].as_str().unwrap()).join(" ")
    };
    assert_eq!([said(0), said(1)], ["network-gateway-changes attested", "transit-gateway-changes fail"]);
}

#[test]
fn an_attestation_is_about_its_accounts_and_its_control_only() {
    audit(&ATTESTED.replace("111122223333", "444455556666")).run().exits(1);
    audit(&ATTESTED.replace("control = \"5.12\"", "control = \"5.16\"")).run().exits(1);
}

#[test]
fn evidence_does_not_hold_attestations() {
    let ran = audit(ATTESTED).args(["--bundle", "bundle.tar"]).run();
    snapshot("bundle", &ran.exits(2));
    assert!(!ran.path("bundle.tar").exists());
}

/// What is said of a configuration in which `from` is replaced by `to`.
fn complaint(from: &str, to: &str) -> String {
    let configuration = ATTESTED.replace(from, to);
    assert_ne!(configuration, ATTESTED);
    audit(&configuration).run().exits(2)
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
    let list = trailproof().file("own/transit.toml", control).args(["controls", "list", "--controls", "own"]);
    let list = list.run().exits(0);
    let columns = list.lines().filter_map(|line| line.find("  level "));
    assert_eq!(columns.collect::<std::collections::BTreeSet<_>>().len(), 1, "{list}");
}

/// What is said of the example in which `from` is replaced by `to`.
fn rejected(from: &str, to: &str) -> String {
    let changed = example().replacen(from, to, 1);
    assert_ne!(changed, example(), "{from}");
    trailproof().file("transit.toml", changed).args(["controls", "list", "--controls", "."]).run().exits(2)
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
    let twice = trailproof().file("a.toml", example()).file("b.toml", example());
    let said = twice.args(["controls", "list", "--controls", "."]).run().exits(2);
    assert!(said.contains("b.toml, line"), "{said}");
}

#[test]
fn the_example_of_the_documentation_is_a_control() {
    let catalogue = Catalogue::builtin().unwrap().with("transit.toml", &example()).unwrap();
    let newest = catalogue.version(None).unwrap();
    assert_eq!(catalogue.select(newest, &["OWN.1".to_owned()]).unwrap().len(), 1);
}
