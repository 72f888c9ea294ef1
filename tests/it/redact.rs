//! Redacted recordings: who and where is gone, and what an audit finds is the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trailproof::provider::recorded::Recording;
use trailproof::redact::{Redacted, Salt, leaks, redact};
use trailproof::report::Report;

use super::accounts::{all, audit};

fn salt() -> Salt {
    Salt::new(b"sixteen bytes or more".to_vec()).unwrap()
}

fn redacted(recording: &Recording) -> Redacted {
    redact(recording, &salt()).unwrap()
}

fn text(recording: &Recording) -> String {
    serde_json::to_string_pretty(recording).unwrap()
}

/// A report, with lists in an order of their own: what is sorted by name comes in another order under another name.
fn unordered(report: &Report, redacted: Option<&Redacted>) -> Value {
    fn sort(value: &mut Value) {
        match value {
            Value::Array(elements) => {
                elements.iter_mut().for_each(sort);
                elements.sort_by_key(ToString::to_string);
            }
            Value::Object(members) => members.values_mut().for_each(sort),
            Value::String(text) => {
                let mut parts: Vec<_> = text.split(", ").collect();
                parts.sort_unstable();
                *text = parts.join(", ");
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(report).unwrap();
    if let Some(redacted) = redacted {
        redacted.rewrite(&mut value);
    }
    // A fingerprint is made of the account's id, which redaction replaces.
    for finding in value["findings"].as_array_mut().unwrap() {
        finding.as_object_mut().unwrap().remove("fingerprint");
        // What a fault says as data, its message says too; `alarm` may be a word of it, or a name that was replaced.
        for reason in finding["reasons"].as_array_mut().unwrap() {
            reason.as_object_mut().unwrap().remove("fault");
        }
        for link in finding["routes"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .flat_map(|route| route["links"].as_array_mut().unwrap())
        {
            for reason in link.get_mut("reasons").and_then(Value::as_array_mut).into_iter().flatten() {
                reason.as_object_mut().unwrap().remove("fault");
            }
        }
    }
    sort(&mut value);
    value
}

#[test]
fn an_audit_after_redaction_finds_the_same() {
    for (name, recording) in all() {
        // The events in reports are of the account that most of these have; it would be taken for theirs.
        let recording: Recording = text(&recording).replace("111122223333", "123456789012").parse().unwrap();
        let redacted = redacted(&recording);
        let (before, after) = (audit(&recording), audit(&redacted.recording));
        assert_eq!(unordered(&after, None), unordered(&before, Some(&redacted)), "{name}");
        assert_eq!(redacted.leaks().unwrap(), [], "{name}");
        assert_eq!(leaks(&redacted.recording).unwrap(), [], "{name}");
    }
}

#[test]
fn one_salt_gives_an_account_one_pseudonym() {
    let mut pseudonyms = BTreeMap::<_, BTreeSet<_>>::new();
    for recording in all().values() {
        let pseudonym = redacted(recording).recording.identity().account.clone();
        pseudonyms.entry(recording.identity().account.clone()).or_default().insert(pseudonym);
    }
    assert!(pseudonyms.len() > 2 && pseudonyms.values().all(|all| all.len() == 1), "{pseudonyms:?}");
    assert_eq!(pseudonyms.values().flatten().collect::<BTreeSet<_>>().len(), pseudonyms.len());
    assert!(pseudonyms.iter().all(|(account, pseudonym)| !pseudonym.contains(account)));
}
