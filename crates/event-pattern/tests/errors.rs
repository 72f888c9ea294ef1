//! Mistakes: AWS's message, the place, and a help line for each kind.

use event_pattern::sns::{FilterPolicy, Scope};
use event_pattern::{EventPattern, ParseError, explain, lint};
use rstest::rstest;

#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
fn error(text: &str) -> ParseError {
    text.parse::<EventPattern>().unwrap_err()
}

/// Texts whose answers the engine gave when it was asked; the place is the marked part.
#[rstest]
#[case("", "Filter is not an object", "")]
#[case("[]", "Filter is not an object", "[")]
#[case(r#"{"a":{}}"#, "Empty objects are not allowed", "{}")]
#[case(r#"{"a":[]}"#, "Empty arrays are not allowed", "[]")]
#[case(r#"{"a":[["x"]]}"#, "Match value must be String, number, true, false, or null", "[")]
#[case(r#"{"a":[{}]}"#, "Match expression name not found", "}")]
#[case(r#"{"a":[{"exactly":1}]}"#, "exact match pattern must be a string", "1")]
#[case(r#"{"a":[{"cidr":1}]}"#, "prefix match pattern must be a string", "1")]
#[case(r#"{"a":[{"exists":1}]}"#, "exists match pattern must be either true or false.", "1")]
#[case(r#"{"a":[{"suffix":{"wildcard":"x"}}]}"#, "Unsupported suffix pattern: wildcard", "\"wildcard\"")]
#[case(r#"{"a":[{"prefix":{}}]}"#, "Prefix expression name not found", "}")]
#[case(r#"{"a":[{"numeric":["="]}]}"#, "Value of equals must be numeric", "]")]
#[case(r#"{"a":[{"numeric":[">",1,2]}]}"#, "Bad value in numeric range: 2", "2")]
#[case(r#"{"a":[{"numeric":[">",1,"="]}]}"#, "Bad numeric range operator: =", "\"=\"")]
#[case(r#"{"a":[{"numeric":[">",5,"<",1]}]}"#, "Bottom must be less than top", "]")]
#[case(r#"{"a":[{"anything-but":{}}]}"#, "Anything-But expression name not found", "}")]
#[case(r#"{"a":[{"anything-but":"x","y":1}]}"#, "Too many elements in numeric expression", "\"y\":")]
#[case(r#"{"a":[{"cidr":"1.2.3.4/32"}]}"#, "IPv4 mask bits must be < 32", "\"1.2.3.4/32\"")]
#[case(r#"{"a":[{"cidr":"300.2.3.4/3"}]}"#, "Invalid IP address: 300.2.3.4", "\"300.2.3.4/3\"")]
#[case(r#"{"$or":[{"a":[1]}]}"#, "There must have at least 2 Objects in $or relationship.", r#""$or":[{"a":[1]}]"#)]
#[case(r#"{"$or":[1,2]}"#, "Only JSON object is allowed in array of $or relationship.", "1")]
#[case(
    r#"{"$or":[{"regex":[1]},{"a":[1]}]}"#,
    "regex is Ruler reserved fieldName which cannot be used inside $or.",
    "\"regex\""
)]
#[case(r#"{"a":[1 2]}"#, "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", "2")]
#[case(
    r#"{"a":[foo]}"#,
    "Unrecognized token 'foo': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    "foo"
)]
#[case(
    r#"{"a":["#,
    "Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)\"{\"a\":[\"; line: 1, column: 6])",
    ""
)]
#[case(
    r#"{"a":[1}"#,
    "Unexpected close marker '}': expected ']' (for Array starting at [Source: (String)\"{\"a\":[1}\"; line: 1, column: 6])",
    "}"
)]
fn mistakes(#[case] text: &str, #[case] reason: &str, #[case] place: &str) {
    let error = error(text);
    assert_eq!(error.to_string(), reason);
    assert_eq!(error.aws_message(), format!("Event pattern is not valid. Reason: {reason}"));
    assert_eq!(text.get(error.span.start..error.span.end), Some(place));
}

#[test]
fn limits() {
    let long = format!(r#"{{"a":["{}"]}}"#, "x".repeat(4090));
    assert_eq!(error(&long).aws_code(), "ValidationException");
    // Ten alternatives of four each are a million combinations.
    let or = |name: usize| {
        let alternatives: Vec<_> = (0..4).map(|value| format!(r#"{{"n{name}":[{value}]}}"#)).collect();
        format!(r#""a{name}":{{"$or":[{}]}}"#, alternatives.join(","))
    };
    let product = |count: usize| format!("{{{}}}", (0..count).map(or).collect::<Vec<_>>().join(","));
    assert!(product(4).parse::<EventPattern>().is_ok());
    assert!(!error(&product(10)).is_verbatim());
}

#[test]
fn deep_patterns_are_read() {
    let deep = |depth: usize| format!("{}[1]{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
    let or = |depth: usize| format!("{}[1]{}", r#"{"$or":[{"a":[1]},{"b":"#.repeat(depth), "}]}".repeat(depth));
    for text in [deep(600), or(140)] {
        let pattern: EventPattern = text.parse().expect(&text);
        assert_eq!(pattern.matches("{}"), Ok(false));
        assert!(!explain::words(&pattern).is_empty() && lint::lints(&pattern, None).len() < 1000);
        assert!(pattern.normalize() == pattern.normalize().normalize());
    }
    for depth in [900, 50_000] {
        let policy = FilterPolicy::parse(&deep(depth), Scope::MessageBody);
        assert_eq!(policy.is_ok(), depth < 1000);
    }
}

#[test]
fn deep_events_are_read() {
    let pattern: EventPattern = r#"{"a": ["x"]}"#.parse().expect("a pattern");
    let event = |depth: usize| format!(r#"{{"a": {}"x"{}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert_eq!(pattern.matches(&event(900)), Ok(true));
    assert!(pattern.matches(&event(100_000)).is_err());
    for text in ["", "[1]", "1", r#"{"a": "x""#, r#"{"a": "x", "b": nope}"#] {
        assert!(pattern.matches(text).is_err(), "{text}");
    }
    assert_eq!(pattern.matches(r#"{"a": "x"} and more"#), Ok(true));
}
