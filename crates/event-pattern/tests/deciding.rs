//! Deciding: examples, and random patterns compared with brute force.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use event_pattern::{EventPattern, certificate, covers, equivalent};
use event_sets::{Unknown, Verdict};
use rstest::rstest;

fn pattern(text: &str) -> EventPattern {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn decided(required: &str, by: &[&str]) -> Verdict {
    covers(&pattern(required), &by.iter().map(|by| pattern(by)).collect::<Vec<_>>())
}

/// Lists for one path: what the first asks for is covered by the others.
#[rstest]
#[case(r#"["x"]"#, &[r#"["x", "y"]"#])]
#[case(r#"["x", "y"]"#, &[r#"["x"]"#, r#"["y"]"#])]
#[case(r#"["x"]"#, &[r#"[{"exists": true}]"#])]
#[case(r#"["abc"]"#, &[r#"[{"wildcard": "a*c"}]"#])]
#[case(r#"[{"wildcard": "a*b*c"}]"#, &[r#"[{"wildcard": "a*c"}]"#])]
#[case(r#"[{"prefix": "ab"}]"#, &[r#"[{"prefix": "a"}]"#])]
#[case(r#"[{"equals-ignore-case": "Ab"}]"#, &[r#"["ab", "aB", "Ab", "AB"]"#])]
#[case(r#"[{"prefix": {"equals-ignore-case": "a"}}]"#, &[r#"[{"prefix": "a"}, {"prefix": "A"}]"#])]
#[case(r#"[{"numeric": [">", 1, "<", 2]}]"#, &[r#"[{"numeric": [">=", 1]}]"#])]
#[case(r#"[{"numeric": [">", 1]}]"#, &[r#"[{"numeric": [">=", 2]}]"#, r#"[{"numeric": [">", 0, "<", 3]}]"#])]
#[case(r#"[300]"#, &[r#"[3.0e2]"#])]
#[case(r#"[{"exists": true}]"#, &[r#"[{"anything-but": "x"}]"#, r#"["x"]"#])]
#[case(r#"[{"exists": true}]"#, &[r#"[{"anything-but": {"prefix": ["x", "y"]}}, {"prefix": "x"}, {"prefix": "y"}]"#])]
#[case(r#"[{"exists": true}]"#, &[r#"[{"anything-but": [1, 2]}, 1, 2]"#])]
#[case(r#"[{"anything-but": ["x", "y"]}]"#, &[r#"[{"anything-but": "x"}]"#])]
#[case(r#"[true, false, null]"#, &[r#"[{"anything-but": 5}]"#])]
#[case(r#"["10.0.0.1"]"#, &[r#"[{"cidr": "10.0.0.0/8"}]"#])]
#[case(r#"[{"cidr": "10.1.0.0/16"}]"#, &[r#"[{"cidr": "10.0.0.0/8"}]"#])]
#[case(r#"[{"cidr": "10.1.0.0/16"}]"#, &[r#"[{"exists": true}]"#])]
fn covered(#[case] required: &str, #[case] by: &[&str]) {
    let at = |list: &str| format!(r#"{{"detail": {{"a": {list}}}}}"#);
    let by: Vec<String> = by.iter().map(|by| at(by)).collect();
    let by: Vec<&str> = by.iter().map(String::as_str).collect();
    assert_eq!(decided(&at(required), &by), Verdict::Covered, "{required}");
}

#[rstest]
#[case(r#"["x", "y"]"#, &[r#"["x"]"#], "\"y\"")]
#[case(r#"[{"prefix": "a"}]"#, &[r#"[{"prefix": "ab"}]"#], "\"a\"")]
#[case(r#"["x"]"#, &[r#"[{"anything-but": "x"}]"#], "\"x\"")]
#[case(r#"[{"exists": true}]"#, &[r#"[{"anything-but": [1, 2]}, 1]"#], "2")]
#[case(r#"[{"numeric": [">", 1]}]"#, &[r#"[{"numeric": [">", 2]}]"#], "2")]
#[case(r#"[null]"#, &[r#"[true]"#], "null")]
#[case(r#"["1"]"#, &["[1]"], "\"1\"")]
#[case(r#"[{"cidr": "10.0.0.0/8"}]"#, &[r#"[{"cidr": "10.1.0.0/16"}]"#], "\"10.0.0.0\"")]
fn escaping(#[case] required: &str, #[case] by: &[&str], #[case] value: &str) {
    let at = |list: &str| format!(r#"{{"detail": {{"a": {list}}}}}"#);
    let by: Vec<String> = by.iter().map(|by| at(by)).collect();
    let by: Vec<&str> = by.iter().map(String::as_str).collect();
    let verdict = decided(&at(required), &by);
    let expected = format!(r#"{{"detail":{{"a":{value}}}}}"#);
    assert_eq!(verdict.witness().map(|witness| witness.message.as_str()), Some(expected.as_str()), "{verdict:?}");
}

#[test]
fn lists_and_alternatives() {
    let required = r#"{"source": ["aws.ec2"], "$or": [{"region": ["eu-west-1"]}, {"account": ["111122223333"]}]}"#;
    let by = [r#"{"region": ["eu-west-1"]}"#, r#"{"source": ["aws.ec2"], "account": [{"exists": true}]}"#];
    assert_eq!(decided(required, &by), Verdict::Covered);
    let certificate = certificate(&pattern(required), &by.map(pattern)).unwrap();
    let parts: Vec<_> = certificate.parts.iter().map(|part| (part.required.as_str(), part.by.as_slice())).collect();
    assert_eq!(
        parts,
        [
            (r#"{"account": ["111122223333"], "source": ["aws.ec2"]}"#, [1].as_slice()),
            (r#"{"region": ["eu-west-1"], "source": ["aws.ec2"]}"#, [0].as_slice()),
        ]
    );
    assert!(matches!(decided(required, &by[..1]), Verdict::Escapes(_)));
}

#[test]
fn absence() {
    let required = r#"{"detail": {"b": ["x"]}}"#;
    let by = [
        r#"{"detail": {"b": ["x"], "a": [{"exists": true}]}}"#,
        r#"{"detail": {"b": ["x"], "a": [{"exists": false}]}}"#,
    ];
    assert_eq!(decided(required, &by), Verdict::Covered);
    assert!(matches!(decided(required, &by[..1]), Verdict::Escapes(_)));
    // Below `c`, the two could stand in different elements of an array.
    let required = r#"{"detail": {"c": {"b": ["x"]}}}"#;
    let by = by.map(|by| by.replace(r#"{"detail": {"#, r#"{"detail": {"c": {"#).replace("}}", "}}}"));
    let verdict = decided(required, &[&by[0], &by[1]]);
    assert!(matches!(&verdict, Verdict::Undetermined(Unknown::Undocumented(_))), "{verdict:?}");
    // It is so: this event is matched by none of the two.
    let event = r#"{"detail": {"c": [{"b": "x"}, {"a": 1}]}}"#;
    assert_eq!(pattern(required).matches(event), Ok(true));
    assert!(by.iter().all(|by| pattern(by).matches(event) == Ok(false)));
    // Where nothing has to be missing, arrays do not matter.
    let both = r#"{"detail": {"c": {"b": ["x"], "a": [1]}}}"#;
    assert_eq!(decided(both, &[r#"{"detail": {"c": {"b": ["x", "y"], "a": [{"exists": true}]}}}"#]), Verdict::Covered);
}

#[test]
fn equivalence() {
    let equal = |a, b| equivalent(&pattern(a), &pattern(b));
    assert_eq!(equal(r#"{"a.b": ["x"]}"#, r#"{"a": {"b": ["x", "x"]}}"#), Verdict::Covered);
    assert_eq!(
        equal(r#"{"a": ["x"], "$or": [{"b": [1]}, {"b": [2]}]}"#, r#"{"a": ["x"], "b": [1, 2]}"#),
        Verdict::Covered
    );
    assert!(matches!(equal(r#"{"a": [1]}"#, r#"{"a": ["1"]}"#), Verdict::Escapes(_)));
}
