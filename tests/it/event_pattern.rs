//! `trailproof event-pattern`: test, covers and explain; `trailproof pattern covers` across both languages.

use insta::assert_snapshot;

use super::runner::trailproof;

fn event_pattern(args: &[&str]) -> String {
    trailproof().args(["event-pattern"]).args(args).run().transcript()
}

const EVENT: &str = r#"{"id": "1", "source": "aws.ec2", "detail-type": "Test", "account": "111122223333", "time": "2026-11-28T00:00:00Z", "region": "us-east-1"}"#;

#[test]
fn event_pattern_test_answers_as_the_aws_cli() {
    assert_snapshot!(event_pattern(&["test", "--event-pattern", r#"{"source": ["aws.ec2"]}"#, "--event", EVENT]), @r#"
    {
        "Result": true
    }
    [exit 0]
    "#);
    assert_snapshot!(event_pattern(&["test", "--event-pattern", r#"{"source": ["aws.s3"]}"#, "--event", EVENT]), @r#"
    {
        "Result": false
    }
    [exit 0]
    "#);
    assert_snapshot!(event_pattern(&["test", "--event-pattern", r#"{"source": [{"PREFIX": "aws."}]}"#, "--event", EVENT]), @r#"
    An error occurred (InvalidEventPatternException) when calling the TestEventPattern operation: Event pattern is not valid. Reason: Unrecognized match type PREFIX
      |
    1 | {"source": [{"PREFIX": "aws."}]}
      |              ^^^^^^^^
      |
      = help: did you mean `prefix`?
    [exit 2]
    "#);
}

#[test]
fn event_pattern_test_asks_for_an_event_as_aws_does() {
    assert_snapshot!(event_pattern(&["test", "--event-pattern", r#"{"source": ["aws.ec2"]}"#, "--event", r#"{"source": "aws.ec2"}"#]), @r"
    An error occurred (ValidationException) when calling the TestEventPattern operation: Parameter Event is not valid.
    note: the event has no `id`
    [exit 2]
    ");
    assert_snapshot!(event_pattern(&["test", "--event-pattern", r#"{"source": ["aws.ec2"]}"#, "--event", "[1]"]), @r"
    An error occurred (ValidationException) when calling the TestEventPattern operation: Parameter Event is not valid.
    note: the event is not a JSON object: Event must be a JSON object
    [exit 2]
    ");
}

#[test]
fn event_pattern_test_reads_files() {
    let run = trailproof().file("pattern.json", r#"{"source": ["aws.ec2"]}"#).file("event.json", EVENT).args([
        "event-pattern",
        "test",
        "--event-pattern",
        "file://pattern.json",
        "--event",
        "file://event.json",
    ]);
    assert_eq!(run.run().exits(0), "{\n    \"Result\": true\n}\n");
    let missing = trailproof().in_directory().args(["event-pattern", "explain", "file://none.json"]).run().transcript();
    assert_snapshot!(missing, @r"
    error: Error parsing parameter 'PATTERN': Unable to load paramfile file://none.json: the file cannot be read: No such file or directory (os error 2)
    [exit 2]
    ");
}

#[cfg(unix)]
#[test]
fn event_pattern_test_reads_standard_input() {
    let line = format!(
        "echo '{EVENT}' | trailproof event-pattern test --event-pattern '{{\"source\": [\"aws.ec2\"]}}' --event -"
    );
    assert_eq!(super::runner::shell(&line).exits(0), "{\n    \"Result\": true\n}\n");
}

#[test]
fn event_pattern_covers() {
    let required = r#"{"source": ["aws.ec2", "aws.s3"]}"#;
    let (ec2, s3) = (r#"{"source": [{"prefix": "aws.ec2"}]}"#, r#"{"source": [{"suffix": ".s3"}]}"#);
    assert_snapshot!(event_pattern(&["covers", "--required", required, "--by", ec2]), @r#"
    not covered: `{"source": ["aws.ec2", "aws.s3"]}` matches this event, and nothing else does
    {"source":"aws.s3"}
    [exit 1]
    "#);
    assert_snapshot!(event_pattern(&["covers", "--required", required, "--by", ec2, "--by", s3]), @r#"
    covered
      `{"source": ["aws.ec2", "aws.s3"]}`
        by `{"source": [{"prefix": "aws.ec2"}]}`
       and `{"source": [{"suffix": ".s3"}]}`
    [exit 0]
    "#);
    assert_snapshot!(event_pattern(&["covers", "--required", required, "--by", "{}"]), @r#"
    error: --by is not an event pattern: Empty objects are not allowed
      |
    1 | {}
      | ^^
      |
      = help: leave the name out: what a pattern does not name can be anything
    [exit 2]
    "#);
    let nested = r#"{"a": {"b": ["x"]}}"#;
    let (absent, present) =
        (r#"{"a": {"b": ["x"], "a": [{"exists": false}]}}"#, r#"{"a": {"b": ["x"], "a": [{"exists": true}]}}"#);
    assert_snapshot!(event_pattern(&["covers", "--required", nested, "--by", absent, "--by", present]), @r"
    undetermined: AWS does not document that `a.a` is never below an array, and the answer depends on it
    [exit 3]
    ");
}

#[test]
fn pattern_covers_counts_event_patterns() {
    let covers = |by: &[&str]| {
        let required = "{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) }";
        trailproof().args(["pattern", "covers", "--required", required]).args(by).run().transcript()
    };
    let rule = r#"{"detail": {"eventName": ["DeleteVpc"]}}"#;
    assert_snapshot!(covers(&["--by", "{ $.eventName = CreateVpc }", "--by-event-pattern", rule]), @r#"
    covered
      `{ $.eventName = CreateVpc }`
        by `{ $.eventName = CreateVpc }`
      `{ $.eventName = DeleteVpc }`
        by `{"detail": {"eventName": ["DeleteVpc"]}}`
    [exit 0]
    "#);
    assert!(covers(&["--by-event-pattern", rule]).contains(r#""eventName":"CreateVpc""#));
    assert!(covers(&["--by-event-pattern", "{"]).starts_with("error: --by-event-pattern is not an event pattern"));
    assert!(covers(&[]).contains("--by"));
}

#[test]
fn event_pattern_explain() {
    let pattern = r#"{"detail-type": ["AWS Console Signin via CloudTrail"], "detail": {"eventName": ["ListUsers", "ConsoleLogin"]}}"#;
    assert_snapshot!(event_pattern(&["explain", "--state", "ENABLED", pattern]), @r#"
    matches events in which
      all of these hold:
        `detail-type` is the text `AWS Console Signin via CloudTrail`
        `detail.eventName` is the text `ListUsers`, or is the text `ConsoleLogin`

    warning: events have the type `AWS Console Sign In via CloudTrail`, not `AWS Console Signin via CloudTrail`
      |
    1 | {"detail-type": ["AWS Console Signin via CloudTrail"], "detail": {"eventName": ["ListUsers", "ConsoleLogin"]}}
      |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    warning: a rule in the state ENABLED does not get the read-only call ListUsers; it takes the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
      |
    1 | {"detail-type": ["AWS Console Signin via CloudTrail"], "detail": {"eventName": ["ListUsers", "ConsoleLogin"]}}
      |                                                                                 ^^^^^^^^^^^
    [exit 0]
    "#);
    let never = r#"{"detail": {"eventName": [{"exists": false}]}}"#;
    assert!(event_pattern(&["explain", "--cloudtrail", never]).contains("warning: no CloudTrail record matches"));
}
