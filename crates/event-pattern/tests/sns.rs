//! Filter policies on messages of which only a part is known.

use event_pattern::sns::{Body, FilterPolicy, Known, Limit, Members, PartialMessage, PolicyError, Scope, Ternary, Why};
use rstest::rstest;
use serde_json::{Value, json};

fn alarm() -> PartialMessage {
    let trigger = Members::open()
        .with("MetricName", "NetworkGatewayChanges")
        .with("Period", json!(300))
        .with("Statistic", Known::Unknown)
        .with("Dimensions", json!([{"name": "a", "value": "b"}, {"name": "c", "value": "d"}]));
    PartialMessage::json(
        Members::open()
            .with("AlarmName", "gateways")
            .with("AlarmDescription", Value::Null)
            .with("NewStateValue", "ALARM")
            .with("OldStateValue", Known::OneOf(vec![json!("OK"), json!("INSUFFICIENT_DATA")]))
            .with("NewStateReason", Known::Text)
            .with("Trigger", trigger)
            .with("detail", Known::Absent),
    )
}

fn said(answer: &Ternary) -> &'static str {
    match answer {
        Ternary::True => "accepted",
        Ternary::False => "filtered",
        Ternary::Unknown(_) => "unknown",
    }
}

#[rstest]
#[case(json!({}), "accepted")]
#[case(json!({"NewStateValue": ["ALARM"]}), "accepted")]
#[case(json!({"NewStateValue": ["OK"]}), "filtered")]
#[case(json!({"NewStateValue": [{"wildcard": "AL*"}]}), "accepted")]
#[case(json!({"NewStateValue": ["ALARM"], "AlarmName": [{"prefix": "billing-"}]}), "filtered")]
#[case(json!({"$or": [{"NewStateValue": ["OK"]}, {"AlarmName": ["gateways"]}]}), "accepted")]
#[case(json!({"Trigger": {"MetricName": [{"suffix": "Changes"}]}}), "accepted")]
#[case(json!({"Trigger.MetricName": [{"suffix": "Changes"}]}), "accepted")]
#[case(json!({"Trigger": {"Period": [{"numeric": ["<", 60]}]}}), "filtered")]
#[case(json!({"Trigger": {"Statistic": ["SUM"]}}), "unknown")]
#[case(json!({"Region": ["US East (N. Virginia)"]}), "unknown")]
#[case(json!({"severity": ["high"]}), "unknown")]
#[case(json!({"severity": ["high"], "NewStateValue": ["OK"]}), "filtered")]
#[case(json!({"severity": [{"exists": true}, {"exists": false}]}), "accepted")]
#[case(json!({"Trigger": ["x"]}), "filtered")]
#[case(json!({"Trigger": [{"exists": false}]}), "accepted")]
#[case(json!({"detail": {"state": {"value": ["ALARM"]}}}), "filtered")]
#[case(json!({"detail": {"state": {"value": [{"exists": false}]}}}), "accepted")]
#[case(json!({"OldStateValue": ["OK"]}), "unknown")]
#[case(json!({"OldStateValue": ["ALARM"]}), "filtered")]
#[case(json!({"OldStateValue": ["OK", "INSUFFICIENT_DATA"]}), "accepted")]
#[case(json!({"OldStateValue": [{"anything-but": "ALARM"}]}), "accepted")]
#[case(json!({"$or": [{"OldStateValue": ["OK"]}, {"OldStateValue": [{"prefix": "INS"}]}]}), "accepted")]
#[case(json!({"NewStateReason": [{"exists": true}]}), "accepted")]
#[case(json!({"NewStateReason": [{"exists": false}]}), "filtered")]
#[case(json!({"NewStateReason": [{"wildcard": "*"}]}), "accepted")]
#[case(json!({"NewStateReason": [{"prefix": "Threshold"}]}), "unknown")]
#[case(json!({"NewStateReason": [5, null]}), "filtered")]
#[case(json!({"AlarmDescription": [null]}), "accepted")]
#[case(json!({"AlarmDescription": [{"exists": true}]}), "unknown")]
#[case(json!({"AlarmDescription": [{"exists": false}]}), "filtered")]
#[case(json!({"Trigger": {"Dimensions": {"name": ["a"]}}}), "accepted")]
#[case(json!({"Trigger": {"Dimensions": {"name": ["a"], "value": ["b"]}}}), "accepted")]
#[case(json!({"Trigger": {"Dimensions": {"name": ["a"], "value": ["d"]}}}), "filtered")]
#[case(json!({"Trigger": {"Dimensions": {"name": ["a"]}, "Statistic": ["SUM"]}}), "unknown")]
#[case(json!({"Trigger": {"Dimensions": {"name": ["z"]}, "Statistic": ["SUM"]}}), "filtered")]
#[case(json!({"Trigger": {"Dimensions": {"name": [{"exists": false}]}, "Statistic": ["SUM"]}}), "unknown")]
fn bodies(#[case] policy: Value, #[case] expected: &str) {
    let policy = FilterPolicy::parse(&policy.to_string(), Scope::MessageBody).unwrap();
    assert_eq!(said(&policy.accepts(&alarm())), expected);
}

#[rstest]
#[case(json!({}), "accepted")]
#[case(json!({"severity": ["high"]}), "filtered")]
#[case(json!({"severity": [{"anything-but": "low"}]}), "filtered")]
#[case(json!({"severity": [{"exists": true}]}), "filtered")]
#[case(json!({"severity": [{"exists": false}]}), "unknown")]
#[case(json!({"severity": [{"exists": false}], "team": ["network"]}), "filtered")]
#[case(json!({"NewStateValue": ["ALARM"]}), "filtered")]
fn no_attributes(#[case] policy: Value, #[case] expected: &str) {
    let policy = FilterPolicy::parse(&policy.to_string(), Scope::MessageAttributes).unwrap();
    assert_eq!(said(&policy.accepts(&alarm())), expected);
}

#[rstest]
#[case(json!({"severity": ["high"]}), "accepted")]
#[case(json!({"severity": ["low"]}), "filtered")]
#[case(json!({"team": [{"exists": false}]}), "accepted")]
#[case(json!({"tags": ["b"]}), "accepted")]
fn attributes(#[case] policy: Value, #[case] expected: &str) {
    let attributes = Members::exactly(&json!({"severity": "high", "tags": ["a", "b"]}));
    let message = PartialMessage { attributes, body: Body::Text };
    let policy = FilterPolicy::parse(&policy.to_string(), Scope::MessageAttributes).unwrap();
    assert_eq!(said(&policy.accepts(&message)), expected);
}

#[test]
fn why_an_answer_is_open() {
    let why = |policy: Value, scope| {
        let policy = FilterPolicy::parse(&policy.to_string(), scope).unwrap();
        match policy.accepts(&alarm()) {
            Ternary::Unknown(why) => why,
            answer => panic!("{answer:?}"),
        }
    };
    let body = Scope::MessageBody;
    assert_eq!(why(json!({"Region": ["x"]}), body), Why::Value { path: "Region".to_owned() });
    assert_eq!(why(json!({"OldStateValue": ["OK"]}), body), Why::OneOf { path: "OldStateValue".to_owned() });
    assert_eq!(
        why(json!({"severity": [{"exists": false}]}), Scope::MessageAttributes),
        Why::NoAttributes { path: "severity".to_owned() }
    );
}

#[test]
fn bodies_that_are_no_json() {
    let policy = FilterPolicy::parse(r#"{"a": ["x"]}"#, Scope::MessageBody).unwrap();
    let text = PartialMessage { body: Body::Text, attributes: Members::closed() };
    assert_eq!(policy.accepts(&text), Ternary::False);
    assert_eq!(policy.accepts(&PartialMessage::default()), Ternary::Unknown(Why::Body));
}

#[test]
fn or_is_a_name_where_it_joins_nothing() {
    let policy = FilterPolicy::parse(r#"{"$or": ["x"]}"#, Scope::MessageBody).unwrap();
    assert_eq!(policy.accepts(&PartialMessage::exactly(&json!({"$or": "x"}))), Ternary::True);
    assert_eq!(policy.accepts(&PartialMessage::exactly(&json!({"a": "x"}))), Ternary::False);
}

#[test]
fn policies_that_sns_does_not_accept() {
    let nested = FilterPolicy::parse(r#"{"a": {"b": ["x"]}}"#, Scope::MessageAttributes).unwrap_err();
    assert!(matches!(nested, PolicyError::Nested { .. }));
    assert_eq!(
        nested.aws_message(),
        "Invalid parameter: Attributes Reason: Filter policy scope MessageAttributes does not support nested filter policy"
    );
    let scalar = FilterPolicy::parse(r#"{"a": "x"}"#, Scope::MessageBody).unwrap_err();
    assert_eq!(
        scalar.aws_message(),
        "Invalid parameter: Attributes Reason: FilterPolicy: \"a\" must be an object or an array"
    );
}

#[test]
fn documented_limits() {
    let exceeded = |policy: Value| FilterPolicy::parse(&policy.to_string(), Scope::MessageBody).unwrap().exceeded();
    assert_eq!(exceeded(json!({"a": ["x", "y", "z"], "b": ["x"], "c": ["x", "y"]})), []);
    let six: Value = (0..6).map(|at| (format!("k{at}"), json!(["x"]))).collect::<serde_json::Map<_, _>>().into();
    assert_eq!(exceeded(six), [Limit::Keys { found: 6 }]);
    // The guide's own example: 4 × 3 × 3 × 2.
    let nested = |values: usize| {
        let values: Vec<_> = (0..values).map(|at| at.to_string()).collect();
        json!({"a": {"b": {"c": values}}, "d": {"e": ["x", "y", "z"]}})
    };
    assert_eq!(exceeded(nested(4)), []);
    assert_eq!(exceeded(nested(9)), [Limit::Combinations { found: 162 }]);
    assert_eq!(exceeded(json!({"a": [{"wildcard": "*a*b*c*"}]})), [Limit::Stars { found: 4 }]);
}
