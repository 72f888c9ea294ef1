//! An account that is recorded, redacted, audited from the file and proved again from the bundle: always the same report.

use std::fs;

use serde_json::Value;

use super::emulated;
use super::proxied::Account;

#[test]
fn evidence_of_an_account_says_what_its_audit_says() {
    let Some(emulators) = emulated::shared() else { return };
    let account = Account::compliant(&emulators);
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let run = |arguments: &[&str]| {
        let (output, _) = account.run(arguments, None);
        let text = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned()).concat();
        assert_ne!(output.status.code(), Some(2), "{arguments:?}: {text}");
        output.stdout
    };
    let live = run(&["audit", "--format", "json", "--bundle", &file("live.tar")]);
    run(&["verify", &file("live.tar")]);

    run(&["record", "--keep-identifiers", "--output", &file("plain.json")]);
    let recorded = run(&["audit", "--recording", &file("plain.json"), "--format", "json"]);
    assert_eq!(timeless(&live), timeless(&recorded));

    run(&["record", "--output", &file("redacted.json")]);
    let plain: Value = fs::read_to_string(file("plain.json")).unwrap().parse().unwrap();
    let listed = plain["calls"].as_array().unwrap().iter().find_map(|call| call["output"].pointer("/Subscriptions/0"));
    let subscription = listed.unwrap()["SubscriptionArn"].as_str().unwrap().rsplit(':').next().unwrap();
    let shared = fs::read_to_string(file("redacted.json")).unwrap();
    for identifier in [&account.id, listed.unwrap()["Endpoint"].as_str().unwrap(), subscription] {
        assert!(!shared.contains(identifier), "{identifier} is left in {shared}");
    }
    let redacted =
        ["audit", "--recording", &file("redacted.json"), "--format", "json", "--bundle", &file("bundle.tar")];
    assert_eq!(results(&run(&redacted)), results(&recorded));
    assert_eq!(account.run(&["verify", &file("bundle.tar")], None).0.status.code(), Some(0));
}

/// A report without the time when the account was asked: each command asks anew.
fn timeless(report: &[u8]) -> Value {
    let mut report: Value = serde_json::from_slice(report).unwrap();
    assert!(report["accounts"][0].as_object_mut().unwrap().remove("asked_at").is_some());
    report
}

/// The controls with what was found of them.
fn results(report: &[u8]) -> Vec<(Value, Value)> {
    let report: Value = serde_json::from_slice(report).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| (finding["control"].clone(), finding["status"].clone())).collect()
}
