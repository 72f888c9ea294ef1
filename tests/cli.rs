//! The command line, from arguments to what a user sees.

#![expect(clippy::unwrap_used, reason = "a command that cannot be run fails the test")]

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use insta::assert_snapshot;

/// Runs `trailproof` with no environment, and prints all that its caller sees.
fn trailproof(args: &[&str]) -> String {
    let output = Command::new(cargo_bin!("trailproof")).env_clear().args(args).output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    format!("{stdout}{stderr}[exit {}]", output.status.code().unwrap())
}

fn pattern_test(pattern: &str, messages: &[&str]) -> String {
    trailproof(&[&["pattern", "test", "--filter-pattern", pattern, "--log-event-messages"], messages].concat())
}

#[test]
fn without_a_command_there_is_help() {
    let help = trailproof(&[]);
    assert!(help.contains("Usage: trailproof <COMMAND>") && help.ends_with("[exit 2]"), "{help}");
}

#[test]
fn pattern_test_answers_as_the_aws_cli() {
    assert_snapshot!(pattern_test("{ $.a = é* }", &["é", r#"{"a":"é\u0007"}"#, "{}"]), @r#"
    {
        "matches": [
            {
                "eventNumber": 2,
                "eventMessage": "{\"a\":\"é\\u0007\"}",
                "extractedValues": {}
            }
        ]
    }
    [exit 0]
    "#);
    assert_snapshot!(pattern_test("[a, , ...]", &["x \"y z\" 1", "x"]), @r#"
    {
        "matches": [
            {
                "eventNumber": 1,
                "eventMessage": "x \"y z\" 1",
                "extractedValues": {
                    "$2": "y z",
                    "$3": "1",
                    "$a": "x"
                }
            }
        ]
    }
    [exit 0]
    "#);
    assert_snapshot!(pattern_test("-é", &["a"]), @r#"
    {
        "matches": [
            {
                "eventNumber": 1,
                "eventMessage": "a",
                "extractedValues": {}
            }
        ]
    }
    [exit 0]
    "#);
    assert_snapshot!(pattern_test("é", &["a"]), @r#"
    {
        "matches": []
    }
    [exit 0]
    "#);
}

#[test]
fn pattern_test_takes_a_json_list() {
    assert_snapshot!(pattern_test("b", &[r#"["a", "b"]"#]), @r#"
    {
        "matches": [
            {
                "eventNumber": 2,
                "eventMessage": "b",
                "extractedValues": {}
            }
        ]
    }
    [exit 0]
    "#);
    assert_snapshot!(pattern_test("b", &["[a] b"]), @r#"
    {
        "matches": [
            {
                "eventNumber": 1,
                "eventMessage": "[a] b",
                "extractedValues": {}
            }
        ]
    }
    [exit 0]
    "#);
}

#[test]
fn pattern_test_refuses_as_the_aws_cli_and_says_where() {
    assert_snapshot!(pattern_test("{ $.a == 1 }", &["a"]), @r#"
    An error occurred (InvalidParameterException) when calling the TestMetricFilter operation: Invalid metric filter pattern
      |
    1 | { $.a == 1 }
      |        ^
      |
      = help: `==` is not an operator; write `=`
    [exit 2]
    "#);
    assert_snapshot!(pattern_test("{ $.a = 1\n && $.b = a:b }", &["a"]), @r#"
    An error occurred (InvalidParameterException) when calling the TestMetricFilter operation: Invalid character(s) in term ':'
      |
    2 |  && $.b = a:b }
      |            ^
      |
      = help: put the value in double quotes
    [exit 2]
    "#);
    assert_snapshot!(pattern_test("{ $.a = 1", &["a"]), @r#"
    An error occurred (InvalidParameterException) when calling the TestMetricFilter operation: If a filter pattern starts with '{' it must end with '}'
      |
    1 | { $.a = 1
      | ^
      |
      = help: end the pattern with `}`, or put it in double quotes
    [exit 2]
    "#);
}

#[test]
fn pattern_test_keeps_the_limits_of_the_call() {
    assert_snapshot!(pattern_test("a", &[]), @r#"
    Parameter validation failed:
    Invalid length for parameter logEventMessages, value: 0, valid min length: 1
    [exit 2]
    "#);
    assert_snapshot!(pattern_test("a", &["a", ""]), @r#"
    Parameter validation failed:
    Invalid length for parameter logEventMessages[1], value: 0, valid min length: 1
    [exit 2]
    "#);
    assert_snapshot!(pattern_test("a", &["x"; 51]), @r#"
    An error occurred (InvalidParameterException) when calling the TestMetricFilter operation: 1 validation error detected: Value '[x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]' at 'logEventMessages' failed to satisfy constraint: Member must have length less than or equal to 50
    [exit 2]
    "#);
    assert!(pattern_test("a", &["x"; 50]).ends_with("[exit 0]"));
}

#[test]
fn pattern_test_notes_what_aws_leaves_open() {
    assert_snapshot!(pattern_test("{ $.a = x*y }", &[r#"{"a":"x*y"}"#, r#"{"a":"xay"}"#]), @r#"
    {
        "matches": [
            {
                "eventNumber": 1,
                "eventMessage": "{\"a\":\"x*y\"}",
                "extractedValues": {}
            }
        ]
    }
    note: event 2 depends on a `*` inside a text of the pattern: AWS does not document whether it is a wildcard there; taken as the character, as AWS documented until 2021
    [exit 0]
    "#);
}

#[test]
fn a_closed_pipe_is_no_message() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(cargo_bin!("trailproof"));
    command.env_clear().args(["pattern", "test", "--filter-pattern", "", "--log-event-messages", "a"]);
    let output = command.stdout(writer).output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(2), vec![]));
}
