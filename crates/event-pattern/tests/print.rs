//! Printing, normal forms and words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use event_pattern::{EventPattern, explain, normalize};
use proptest::prelude::*;
use rstest::rstest;

fn pattern(text: &str) -> EventPattern {
    text.parse().unwrap()
}

#[rstest]
#[case(r#"{"a": ["x", 1.50, true, null, {"exists": false}]}"#)]
#[case(r#"{"a": [{"prefix": {"equals-ignore-case": "x"}}, {"suffix": "\"\\"}]}"#)]
#[case(r#"{"a": [{"anything-but": ["x", "y"]}, {"anything-but": 1}, {"anything-but": {"wildcard": ["a*", "*b"]}}]}"#)]
#[case(r#"{"a": [{"numeric": [">", 0, "<=", 5]}, {"numeric": ["=", 1]}], "b": [{"cidr": "10.0.0.0/8"}, "10.0.0.1"]}"#)]
#[case(r#"{"a": {"b.c": ["x"], "$or": [{"d": ["x"]}, {"e": [{"exactly": "::1"}]}]}}"#)]
fn what_is_printed_parses_to_the_same_tree(#[case] text: &str) {
    let pattern = pattern(text);
    assert_eq!(pattern.tree().to_string(), text);
}

#[rstest]
#[case(r#"{"b": ["y", "x", "x"], "a": [3.0e2]}"#, r#"{"a": [300], "b": ["x", "y"]}"#)]
#[case(r#"{"a.b": ["x"], "a": {"c": ["y"]}}"#, r#"{"a": {"b": ["x"], "c": ["y"]}}"#)]
#[case(r#"{"a": ["x"], "a": ["y"]}"#, r#"{"a": ["y"]}"#)]
#[case(
    r#"{"$or": [{"b": ["x"]}, {"a": ["x"]}], "c": [1]}"#,
    r#"{"$or": [{"a": ["x"], "c": [1]}, {"b": ["x"], "c": [1]}]}"#
)]
#[case(r#"{"a": [{"numeric": ["=", 1.0]}, {"exactly": "x"}]}"#, r#"{"a": ["x", 1]}"#)]
fn normal_forms(#[case] text: &str, #[case] expected: &str) {
    let normal = pattern(text).normalize();
    assert_eq!(normal.text(), expected);
    assert_eq!(normal.normalize(), normal);
    assert!(normalize::eq_ignoring_order(&pattern(text), &normal));
}

#[test]
fn every_operator_in_words() {
    let text = r#"{"a": ["x", "::1", 1, true, null, {"prefix": "p"}, {"suffix": "s"}, {"equals-ignore-case": "i"},
        {"wildcard": "w*"}, {"anything-but": ["x", "y"]}, {"anything-but": {"prefix": "x"}}, {"numeric": [">", 0, "<=", 5]},
        {"cidr": "10.0.0.0/8"}, {"exists": false}]}"#;
    let words = explain::words(&pattern(text));
    for expected in [
        "`a` is the text `x`, or is the address ::1, however it is written, or is the number 1, or is true, or is null",
        "starts with `p`, or is a text that ends with `s`, or is the text `i` in upper or lower case",
        "of the form `w*`, or is there, and is neither `x` nor `y`, or is there, and does not start with `x`",
        "is a number above 0 and of at most 5, or is an address in 10.0.0.0/8, or is not there",
    ] {
        assert!(words.contains(expected), "{words}");
    }
}

#[test]
fn alternatives_in_words() {
    let words = explain::words(&pattern(r#"{"s": ["x"], "d": {"$or": [{"a": [1]}, {"b": [2], "c": [3]}]}}"#));
    let expected = "matches events in which\n  all of these hold:\n    `s` is the text `x`\n    one of these holds:\n      \
                    `d.a` is the number 1\n      all of these hold:\n        `d.b` is the number 2\n        `d.c` is the \
                    number 3\n";
    assert_eq!(words, expected);
}

proptest! {
    #[test]
    fn texts_survive_printing(text in any::<String>()) {
        let written = format!(r#"{{"a": [{}]}}"#, serde_json::to_string(&text).unwrap());
        let parsed = pattern(&written);
        prop_assert_eq!(pattern(&parsed.tree().to_string()), parsed);
    }
}
