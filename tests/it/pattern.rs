//! `trailproof pattern`: test, covers and explain.

use insta::assert_snapshot;
use rstest::rstest;

use super::runner::trailproof;

fn pattern(args: &[&str]) -> String {
    trailproof().args(["pattern"]).args(args).run().transcript()
}

fn pattern_test(pattern: &str, messages: &[&str]) -> String {
    self::pattern(&[&["test", "--filter-pattern", pattern, "--log-event-messages"], messages].concat())
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
}

#[test]
fn pattern_test_takes_any_number_of_messages() {
    assert_eq!(pattern_test("a", &["a"; 200]).matches("eventNumber").count(), 200);
}

#[test]
fn patterns_and_messages_are_read_from_files() {
    let utf16 = |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let run = |args: &[&str]| {
        let run = trailproof().args(["pattern"]).args(args).file("pattern.txt", "{ $.eventName = A }\n");
        let run = run.file("powershell.txt", utf16("{ $.eventName = A }\r\n")).file("bad.txt", b"\xff");
        run.file("messages.json", r#"["x", "{\"eventName\":\"A\"}"]"#).run().transcript()
    };
    let test =
        |pattern: &str, message: &str| run(&["test", "--filter-pattern", pattern, "--log-event-messages", message]);
    for pattern in ["file://pattern.txt", "file://powershell.txt"] {
        assert!(test(pattern, "file://messages.json").contains("\"eventNumber\": 2"), "{pattern}");
        assert!(run(&["covers", "--required", pattern, "--by", "{ $.eventName = * }"]).ends_with("[exit 0]"));
        assert!(run(&["explain", pattern]).contains("`eventName` is the text `A`"));
    }
    assert_snapshot!(test("file://bad.txt", "a"), @r#"
    error: Error parsing parameter '--filter-pattern': Unable to load paramfile file://bad.txt: the file is not UTF-8
    [exit 2]
    "#);
    assert_snapshot!(test("a", "file://nowhere.txt"), @r#"
    error: Error parsing parameter '--log-event-messages': Unable to load paramfile file://nowhere.txt: the file cannot be read: No such file or directory (os error 2)
    [exit 2]
    "#);
    #[cfg(unix)]
    assert!(
        crate::runner::shell("echo A | trailproof pattern test --filter-pattern A --log-event-messages -")
            .stdout
            .contains("\"eventMessage\": \"A\\n\"")
    );
}

#[rstest]
#[case("[1a]", "1a")]
#[case("[12b = 1]", "12b")]
#[case("[a, (3c = 1)]", "3c")]
#[case("a/b", "/")]
fn an_invalid_term_is_named_as_aws_names_it(#[case] pattern: &str, #[case] term: &str) {
    let seen = pattern_test(pattern, &["a"]);
    assert!(seen.contains(&format!("operation: Invalid character(s) in term '{term}'\n")), "{seen}");
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
fn pattern_covers_proves_or_shows_what_escapes() {
    let covers = |args: &[&str]| pattern(&[&["covers", "--required"], args].concat());
    assert_snapshot!(covers(&["{ $.a = A || $.a = B }", "--by", "{ $.a = A }", "--by", "{ $.a = B* }"]), @r#"
    covered
      `{ $.a = A }`
        by `{ $.a = A }`
      `{ $.a = B }`
        by `{ $.a = B* }`
    [exit 0]
    "#);
    assert_snapshot!(covers(&["{ $.a = A || $.a = B }", "--by", "{ $.a = A }", "--format", "json"]), @r#"
    {
      "verdict": "escapes",
      "witness": {"a":"B"},
      "assumptions": [],
      "reason": null,
      "certificate": null
    }
    [exit 1]
    "#);
    assert_snapshot!(covers(&["{ $.a = ab }", "--by", "{ $.a = \"a*b\" }"]), @r#"
    undetermined: AWS does not document whether the inner `*` of `a*b` stands for any text or for an asterisk, and the answer depends on it
    [exit 3]
    "#);
    assert_snapshot!(covers(&["{ $.a == 1 }", "--by", "x"]), @r#"
    error: --required is not a filter pattern: Invalid metric filter pattern
      |
    1 | { $.a == 1 }
      |        ^
      |
      = help: `==` is not an operator; write `=`
    [exit 2]
    "#);
    assert_snapshot!(covers(&["{ $.eventName = CreateRouteTable }", "--cloudtrail", "--by", "{ $.eventName = *Table && $.eventSource = ec2* }"]), @r#"
    covered
      `{ $.eventName = CreateRouteTable }`
        by `{ $.eventName = *Table && $.eventSource = ec2* }`
      given that every record holds eventName, eventSource, awsRegion, eventType, eventTime, eventID and eventVersion as text
      given that network calls of EC2 come from ec2.amazonaws.com as AwsApiCall
    [exit 0]
    "#);
}

/// What is known of each name is much, and whether it bears on a question is seen late.
#[rstest]
#[case("{ $.eventType = AwsServiceEvent }", "{ $.eventType != AwsServiceEvent }")]
#[case("{ $.userIdentity.type = Root }", "{ $.userIdentity.type = Root && $.eventType != AwsServiceEvent }")]
#[case("{ $.eventType = AwsServ* }", "{ $.eventName = Create* }")]
fn events_of_names_that_nothing_is_known_of_are_found(#[case] required: &str, #[case] by: &str) {
    let args = ["covers", "--cloudtrail", "--required", required, "--by", by];
    assert!(pattern(&args).ends_with("[exit 1]"), "{required} by {by}");
}

#[test]
fn pattern_explain_says_it_in_words() {
    let explain = |text| pattern(&["explain", text]);
    assert_snapshot!(explain("{ ($.eventName = A) && ($.eventName = B) }"), @r#"
    matches JSON events in which
      all of these hold:
        `eventName` is the text `A`
        `eventName` is the text `B`

    and
    ├─ $.eventName = A
    └─ $.eventName = B

    warning: no event matches this pattern: `$.eventName = A` and `$.eventName = B` are never true together
      |
    1 | { ($.eventName = A) && ($.eventName = B) }
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    [exit 0]
    "#);
    assert_snapshot!(explain("{ $.eventName = consolelogin || $.readOnly = true && $.x[*].y != 3 }"), @r#"
    matches JSON events in which
      one of these holds:
        `eventName` is the text `consolelogin`
        all of these hold:
          `readOnly` is the text `true`
          no value of `x[*].y` is the number 3, or the text `3`, and what stands before the wildcard exists

    or
    ├─ $.eventName = consolelogin
    └─ and
       ├─ $.readOnly = true
       └─ $.x[*].y != 3

    warning: `&&` binds tighter than `||`: this reads as `{ ($.eventName = consolelogin) || (($.readOnly = true) && ($.x[*].y != 3)) }`; write parentheses to say which is meant
      |
    1 | { $.eventName = consolelogin || $.readOnly = true && $.x[*].y != 3 }
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    warning: CloudTrail writes `ConsoleLogin`, and upper and lower case differ
      |
    1 | { $.eventName = consolelogin || $.readOnly = true && $.x[*].y != 3 }
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^

    warning: `$.readOnly` is a JSON boolean, for which neither `=` nor `!=` holds; write `$.readOnly IS TRUE`
      |
    1 | { $.eventName = consolelogin || $.readOnly = true && $.x[*].y != 3 }
      |                                 ^^^^^^^^^^^^^^^^^
    [exit 0]
    "#);
    assert_snapshot!(explain("[a = 1, ..., b = 404 || b = 5*]"), @r#"
    matches messages of 2 or more fields, separated by white space
      field 1 (`a`) is a number equal to 1
      one of these holds:
        field 1 from the end (`b`) is a number equal to 404
        field 1 from the end (`b`) has the form `5*`
    [exit 0]
    "#);
    assert_snapshot!(explain("ERROR -timeout ?warn"), @r#"
    matches messages whose text
      contains `ERROR`
      does not contain `timeout`
    ignores `warn`: `?` terms count only among themselves
    [exit 0]
    "#);
    assert_snapshot!(explain("{ $.a = 1"), @r#"
    error: PATTERN is not a filter pattern: If a filter pattern starts with '{' it must end with '}'
      |
    1 | { $.a = 1
      | ^
      |
      = help: end the pattern with `}`, or put it in double quotes
    [exit 2]
    "#);
}
