//! The questions that AWS and its engine answered.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use event_pattern::EventPattern;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("fixtures/eventbridge-vectors.json")).unwrap()
}

/// What a member says: a text as it is, or a value's JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The answer in the words of the file, and the message of an error.
fn answer(pattern: &str, event: &str) -> (&'static str, Option<String>) {
    match pattern.parse::<EventPattern>() {
        Ok(pattern) => (if pattern.matches(event).unwrap() { "match" } else { "no-match" }, None),
        Err(error) => ("error", Some(error.aws_message())),
    }
}

#[test]
fn what_aws_answered() {
    let mut wrong = vec![];
    for vector in vectors()["aws"].as_array().unwrap() {
        let (found, message) = answer(&text(&vector["pattern"]), &text(&vector["event"]));
        let expected = vector["message"].as_str().map(str::to_owned);
        if found != vector["aws"] || message != expected {
            wrong.push(format!("{}: {found} {message:?}, not {} {expected:?}", vector["name"], vector["aws"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_engine_answered() {
    let mut wrong = vec![];
    for vector in vectors()["ruler"].as_array().unwrap() {
        let (found, message) = answer(&text(&vector["pattern"]), &text(&vector["event"]));
        let expected = vector["message"].as_str().map(|reason| format!("Event pattern is not valid. Reason: {reason}"));
        if found != vector["answer"] || message != expected {
            wrong.push(format!("{}: {found} {message:?}, not {} {expected:?}", vector["name"], vector["answer"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
