//! Filter patterns against recorded and documented answers of CloudWatch Logs.

use std::collections::BTreeMap;

use cloudwatch_filter_pattern::{ParseError, Pattern};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

/// A pattern and what the service answers; see the `about` member of the file.
#[derive(Deserialize)]
struct Vector {
    id: String,
    pattern: String,
    event: Option<String>,
    matches: Option<bool>,
    #[serde(rename = "extractedValues")]
    extracted: Option<BTreeMap<String, String>>,
    error: Option<Rejection>,
    parses: Option<bool>,
}

#[derive(Deserialize)]
struct Rejection {
    message: Option<String>,
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str::<Vectors>(include_str!("../fixtures/filter_vectors.json")).unwrap().vectors
}

fn parse(vector: &Vector) -> Result<Pattern, ParseError> {
    vector.pattern.parse()
}

#[test]
fn matches_are_those_of_aws() {
    for vector in vectors() {
        let (Some(event), Some(matches)) = (&vector.event, vector.matches) else { continue };
        let pattern = parse(&vector).unwrap();
        let extracted = pattern.extract(event);
        assert_eq!(extracted.is_some(), matches, "{}: {} {event}", vector.id, vector.pattern);
        assert_eq!(pattern.matches(event), matches, "{}: {} {event}", vector.id, vector.pattern);
        assert!(vector.extracted.is_none() || extracted == vector.extracted, "{}: {extracted:?}", vector.id);
    }
}

#[test]
fn rejections_are_those_of_aws() {
    let rejections: Vec<_> =
        vectors().into_iter().filter_map(|v| Some((v.error.as_ref()?.message.clone(), v))).collect();
    assert!(!rejections.is_empty());
    for (message, vector) in rejections {
        let error = parse(&vector).expect_err(&vector.id);
        if let Some(message) = message {
            assert_eq!(error.aws_message(), message, "{}", vector.id);
        }
        assert!(error.certain && error.help().is_some(), "{}: {error:?}", vector.id);
        assert!(vector.pattern.get(error.span.start..error.span.end).is_some(), "{}: {error:?}", vector.id);
    }
}

#[test]
fn everything_else_parses() {
    for vector in vectors().into_iter().filter(|v| v.error.is_none()) {
        let expected = vector.parses.unwrap_or(true);
        assert_eq!(parse(&vector).is_ok(), expected, "{}: {}: {:?}", vector.id, vector.pattern, parse(&vector).err());
    }
}

#[test]
fn what_is_printed_parses_to_the_same_tree() {
    for pattern in vectors().iter().filter_map(|v| parse(v).ok()) {
        let printed = pattern.tree().to_string();
        assert_eq!(printed.parse(), Ok(pattern), "{printed}");
    }
}
