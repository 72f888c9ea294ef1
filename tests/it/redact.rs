//! Redacted recordings: who and where is gone, and what an audit finds is the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;
use regex::{Captures, Regex};
use serde_json::{Value, json};
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

const ACCOUNT: &str = "111122223333";

/// The compliant account with a text in the name of its filter, and in a policy within a text.
fn saying(said: &str) -> Recording {
    let mut file: Value = serde_json::from_str(include_str!("../fixtures/accounts/compliant.json")).unwrap();
    for call in file["calls"].as_array_mut().unwrap() {
        if let Some(filter) = call["output"]["metricFilters"].get_mut(0) {
            filter["filterName"] = json!(said);
        }
        if let Some(attributes) = call["output"]["Attributes"].as_object_mut() {
            let inner = json!({"Comment": said}).to_string();
            attributes.insert("DisplayName".into(), json!(json!({"Version": said, "Inner": inner}).to_string()));
        }
    }
    file.to_string().parse().unwrap()
}

/// What a text says without its escapes, and in digits that all read alike; the letters and digits of it.
fn normal(text: &str) -> String {
    static ESCAPES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
        r"(?x) \\+u\{? (?P<u> [0-9A-Fa-f]{4} ) \}? | \\+x (?P<x> [0-9A-Fa-f]{2} ) | % (?P<percent> [0-9A-Fa-f]{2} ) | &\#(?P<d> [0-9]{2,3} );",
    ).unwrap()
    });
    static SIGNS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[^\pL\pN]").unwrap());
    let mut text = text.to_owned();
    for _ in 0..8 {
        let read = |captures: &Captures<'_>| {
            let code = |name, radix| Some(u32::from_str_radix(captures.name(name)?.as_str(), radix).unwrap());
            let code = code("u", 16).or(code("x", 16)).or(code("percent", 16)).or(code("d", 10)).unwrap();
            char::from_u32(code).map(String::from).unwrap_or_default()
        };
        text = ESCAPES.replace_all(&text, read).into_owned();
    }
    let digit = |c: char| match u32::from(c) {
        code @ 0xff10..=0xff19 => char::from_digit(code - 0xff10, 10).unwrap(),
        code @ 0x660..=0x669 => char::from_digit(code - 0x660, 10).unwrap(),
        _ => c,
    };
    let text: String = text.chars().map(digit).collect();
    SIGNS.replace_all(&text, "").into_owned()
}

/// A digit in one of the spellings that its number names.
fn spelled(digit: char, spelling: usize) -> String {
    let code = u32::from(digit);
    let other = |zero: u32| char::from_u32(zero + digit.to_digit(10).unwrap()).unwrap();
    match spelling {
        0 => format!("%{code:02x}"),
        1 => format!("%25{code:02X}"),
        2 => format!("\\u{code:04x}"),
        3 => format!("\\\\u{code:04X}"),
        4 => format!("\\x{code:02x}"),
        5 => format!("&#{code};"),
        6 => other(0xff10).to_string(),
        7 => other(0x660).to_string(),
        _ => digit.to_string(),
    }
}

fn holds_no_account(recording: &Recording, said: &str) {
    let redacted = redacted(recording);
    assert!(redacted.leaks().unwrap().is_empty(), "{said:?}: {:?}", redacted.leaks());
    let written = serde_json::to_value(&redacted.recording).unwrap();
    let pseudonym = written["account"].as_str().unwrap();
    let mut texts = 0;
    fn strings(value: &Value, see: &mut dyn FnMut(&str)) {
        match value {
            Value::String(text) => see(text),
            Value::Array(elements) => elements.iter().for_each(|element| strings(element, see)),
            Value::Object(members) => members.values().for_each(|member| strings(member, see)),
            _ => {}
        }
    }
    strings(&written, &mut |text| {
        assert!(!normal(text).contains(ACCOUNT), "{said:?} is written as {text:?}");
        texts += usize::from(normal(text).contains(pseudonym));
    });
    // Not only is it gone, but the same stands in its place.
    let name = written["calls"]
        .as_array()
        .unwrap()
        .iter()
        .find_map(|call| call["output"]["metricFilters"][0]["filterName"].as_str());
    assert!(normal(name.unwrap()).contains(pseudonym), "{said:?} is written as {name:?}, not with {pseudonym}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_spelling_of_an_account_is_left(
        spellings in prop::collection::vec(0_usize..16, 12),
        signs in prop::collection::vec("([-_. /:,;|~·—\u{200b}\u{2060}\u{feff}\u{ad}\u{301}\n]{0,2})", 12),
    ) {
        let digits = ACCOUNT.chars().zip(spellings).zip(signs);
        let said: String = digits.map(|((digit, spelling), sign)| spelled(digit, spelling) + &sign).collect();
        let said = format!("of {said} x");
        holds_no_account(&saying(&said), &said);
    }

    #[test]
    fn no_sign_between_digits_keeps_an_account(signs in prop::collection::vec("([^\\pL\\pN%&\\\\]{0,3})", 12)) {
        let said: String = ACCOUNT.chars().zip(signs).map(|(digit, sign)| format!("{digit}{sign}")).collect();
        holds_no_account(&saying(&format!("of {said} x")), &said);
    }
}

/// What looks like the beginning of an escape may be a sign like others.
#[test]
fn signs_of_escapes_are_signs() {
    for said in ["%111122223333%", r"\111122223333", r"1111\2222\3333", "1111%2222%3333", "&#1111;2222;3333"] {
        let recording = saying(said);
        assert!(!text(&redacted(&recording).recording).contains("3333"), "{said}");
    }
}

/// An account that stands nowhere else is one by its form.
#[test]
fn another_account_is_found_by_its_form() {
    const OTHER: &str = "444455556666";
    let full_width: String = OTHER.chars().map(|digit| spelled(digit, 6)).collect();
    let parted = ["_", ".", " ", "%2D", "\u{200b}", ""].map(|sign| ["4444", "5555", "6666"].join(sign));
    for said in parted.into_iter().chain([full_width]) {
        let written = text(&redacted(&saying(&format!("of {said} x"))).recording);
        assert!(!normal(&written).contains(OTHER), "{said}");
    }
}

#[test]
fn a_partition_is_one_of_those_of_aws() {
    let recording = text(&saying("x")).replace("\"partition\": \"aws\"", "\"partition\": \"of-alice\"");
    let error = redact(&recording.parse().unwrap(), &salt()).unwrap_err();
    assert_eq!(error.to_string(), "`of-alice` is no partition of AWS");
}
