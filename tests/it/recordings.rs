//! What a person reads when a recording cannot be used.

use std::fmt::Write as _;
use std::fs;

use trailproof::account::collect::collect;
use trailproof::provider::recorded::{Recording, RecordingProblem, SIZE_LIMIT};

use super::runner::trailproof;
use super::{accounts, assert_snapshot};

/// A recording of the given calls.
fn recording(calls: &str) -> String {
    format!(r#"{{"format": "trailproof-recording/1", "account": "111122223333", "calls": [{calls}]}}"#)
}

fn describe(problem: &RecordingProblem) -> String {
    let place = problem.place().map(|place| format!(" --> {place}\n")).unwrap_or_default();
    format!("error: {problem}\n{place}help: {}\n", problem.help())
}

#[test]
fn bad_text() {
    let trails = r#"{"service": "cloudtrail", "operation": "DescribeTrails", "region": "us-east-1", "output": {"trailList": []}}"#;
    let unknown = r#"{"service": "s3", "operation": "ListBuckets"}"#;
    let status = |rest: &str| {
        let call = r#""service": "cloudtrail", "operation": "GetTrailStatus""#;
        recording(&format!("{{{call}, {rest}}}"))
    };
    let filters = |output: &str| {
        let call =
            r#""service": "logs", "operation": "DescribeMetricFilters", "region": "us-east-1", "resource": "trail""#;
        recording(&format!(r#"{trails}, {{{call}, "output": {output}}}"#))
    };
    let cases = [
        ("empty", String::new()),
        ("truncated", recording(trails).chars().take(100).collect()),
        ("not JSON", "format: trailproof-recording/1".to_owned()),
        ("a comma too many", recording(&format!("{trails},"))),
        ("something else", r#"{"Records": []}"#.to_owned()),
        ("a list", "[]".to_owned()),
        ("a later format", r#"{"format": "trailproof-recording/2"}"#.to_owned()),
        ("no account", r#"{"format": "trailproof-recording/1", "calls": []}"#.to_owned()),
        ("an account in figures", recording("").replace(r#""111122223333""#, "111122223333")),
        ("a short account", recording("").replace("111122223333", "1111-2222-3333")),
        ("calls that are no list", recording("").replace("[]", "{}")),
        ("a call without a service", recording(r#"{"operation": "DescribeTrails"}"#)),
        ("the same call twice", recording(&format!("{trails}, {trails}"))),
        ("the same unknown call twice", recording(&format!("{unknown}, {unknown}"))),
        ("no region", status(r#""resource": "main", "output": {"IsLogging": true}"#)),
        ("no region code", status(r#""region": "Ireland", "resource": "main", "output": {"IsLogging": true}"#)),
        ("no resource", status(r#""region": "us-east-1", "output": {"IsLogging": true}"#)),
        ("a needless resource", recording(&trails.replace("\"output\"", "\"resource\": \"main\", \"output\""))),
        ("no answer", status(r#""region": "us-east-1", "resource": "main""#)),
        (
            "two answers",
            status(r#""region": "us-east-1", "resource": "main", "output": {}, "error": {"code": "Throttling"}"#),
        ),
        ("an error without a code", status(r#""region": "us-east-1", "resource": "main", "error": {"message": "no"}"#)),
        ("an output that is no object", filters("[]")),
        ("the output of another call", filters(r#"{"trailList": []}"#)),
        ("a pattern of the wrong type", filters(r#"{"metricFilters": [{"filterName": "a", "filterPattern": 7}]}"#)),
        ("a log group that is none", recording(&trails.replace("[]", r#"[{"Name": "main", "TrailARN": "arn", "CloudWatchLogsLogGroupArn": "arn:aws:logs:us-east-1:1:group"}]"#))),
        ("a member twice", filters(r#"{"metricFilters": [{"filterName": "a", "filterName": "b"}]}"#)),
        ("one page of several", filters(r#"{"metricFilters": [], "nextToken": "2"}"#)),
        ("an alarm of another region", recording(&ALARMS.replace("[]", &format!("[{}]", alarm("eu-west-1"))))),
        ("a trail in two ways", recording(&trails.replace("[]", &format!("[{}, {}]", trail("true"), trail("false"))))),
    ];
    let mut report = String::new();
    for (name, text) in cases {
        let problem = text.parse::<Recording>().expect_err(name);
        writeln!(report, "## {name}\n{}", describe(&problem)).unwrap();
    }
    assert_snapshot("recordings", "bad-text", &report);
}

const ALARMS: &str = r#"{"service": "cloudwatch", "operation": "DescribeAlarms", "region": "us-east-1", "output": {"MetricAlarms": []}}"#;

fn alarm(region: &str) -> String {
    let arn = format!("arn:aws:cloudwatch:{region}:111122223333:alarm:a");
    format!(r#"{{"AlarmName": "a", "AlarmArn": "{arn}", "ActionsEnabled": true}}"#)
}

fn trail(multi_region: &str) -> String {
    let arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main";
    format!(r#"{{"Name": "main", "TrailARN": "{arn}", "IsMultiRegionTrail": {multi_region}}}"#)
}

/// What AWS would not answer is no answer, and does not stop the audit of anything else.
#[test]
fn answers_that_are_not_whole() {
    let of = |operation: &str, resource: &str, output: &str| {
        let (service, name) = operation.split_once(':').unwrap();
        let resource = if resource.is_empty() { String::new() } else { format!(r#""resource": "{resource}", "#) };
        let call = format!(r#""service": "{service}", "operation": "{name}", "region": "us-east-1""#);
        recording(&format!(r#"{{{call}, {resource}"output": {output}}}"#))
    };
    let (arn, topic) = ("arn:aws:cloudtrail:us-east-1:111122223333:trail/main", "arn:aws:sns:us-east-1:111122223333:t");
    let alarms = |alarm: &str| of("cloudwatch:DescribeAlarms", "", &format!(r#"{{"MetricAlarms": [{alarm}]}}"#));
    let filters = |output: &str| of("logs:DescribeMetricFilters", "trail", output);
    let trails = |members: &str| of("cloudtrail:DescribeTrails", "", &format!(r#"{{"trailList": [{{{members}}}]}}"#));
    let selectors = |output: &str| of("cloudtrail:GetEventSelectors", arn, output);
    let field = r#"{"Field": "eventSource", "Equals": ["a"], "Contains": ["b"]}"#;
    let rule = |members: &str| {
        let schedule = r#"{"Schedule": {"Expression": "cron(0 2 * * *)", "Duration": "PT4H"}}"#;
        of("cloudwatch:GetAlarmMuteRule", "night", &format!(r#"{{"Name": "night", "Rule": {schedule}{members}}}"#))
    };
    let cases = [
        ("nothing", filters("{}")),
        ("a list that is null", filters(r#"{"metricFilters": null}"#)),
        ("no pattern", filters(r#"{"metricFilters": [{"filterName": "a"}]}"#)),
        ("no metric", filters(r#"{"metricFilters": [{"filterName": "a", "filterPattern": ""}]}"#)),
        ("no word on regions", trails(&format!(r#""Name": "main", "TrailARN": "{arn}""#))),
        ("no word on logging", of("cloudtrail:GetTrailStatus", arn, r#"{"IsLogging": null}"#)),
        ("no word on management events", selectors(r#"{"EventSelectors": [{"ReadWriteType": "All"}]}"#)),
        (
            "an unknown operator",
            selectors(&format!(r#"{{"AdvancedEventSelectors": [{{"FieldSelectors": [{field}]}}]}}"#)),
        ),
        ("no conditions", selectors(r#"{"AdvancedEventSelectors": [{"FieldSelectors": []}]}"#)),
        ("no word on actions", alarms(&alarm("us-east-1").replace(r#", "ActionsEnabled": true"#, ""))),
        ("no ARN", alarms(r#"{"AlarmName": "a", "ActionsEnabled": true}"#)),
        ("an ARN that is none", alarms(r#"{"AlarmName": "a", "AlarmArn": "arn:", "ActionsEnabled": true}"#)),
        ("no attributes", of("sns:GetTopicAttributes", topic, r#"{"Attributes": {}}"#)),
        (
            "no word on confirmation",
            of("sns:GetSubscriptionAttributes", &format!("{topic}:0a1b"), r#"{"Attributes": {}}"#),
        ),
        (
            "an unknown status",
            of(
                "cloudwatch:ListAlarmMuteRules",
                "",
                r#"{"AlarmMuteRuleSummaries": [{"AlarmMuteRuleArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm-mute-rule:night", "Status": "DORMANT"}]}"#,
            ),
        ),
        ("no targets", rule("")),
        ("targets without a name", rule(r#", "MuteTargets": {"AlarmNames": []}"#)),
        (
            "an unknown state of a region",
            of(
                "account:ListRegions",
                "",
                r#"{"Regions": [{"RegionName": "eu-west-1", "RegionOptStatus": "PERHAPS"}]}"#,
            ),
        ),
    ];
    let mut report = String::new();
    for (name, text) in cases {
        let recording: Recording = text.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
        let refusal = recording.calls().find_map(|(_, refusal)| refusal).unwrap_or_else(|| panic!("{name}"));
        writeln!(report, "{name}: {}", refusal.message).unwrap();
    }
    assert_snapshot("recordings", "answers-that-are-not-whole", &report);
}

#[test]
fn bad_files() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    file("latin-1.json", b"{\n\"format\": \"\xe9\"}");
    file("utf-16.json", b"\xff\xfe{\0\n\0\x00\xd8}\0");
    file("notes/notes.txt", b"not a recording");
    file("mixed/a.json", recording("").as_bytes());
    file("mixed/report.json", br#"{"format": "trailproof-report/1"}"#);
    file("twice/a.json", recording("").as_bytes());
    file("twice/b.json", recording("").as_bytes());
    file("large.json", b"");
    fs::File::options().write(true).open(directory.path().join("large.json")).unwrap().set_len(SIZE_LIMIT + 1).unwrap();

    let mut report = String::new();
    for name in ["absent.json", "latin-1.json", "utf-16.json", "large.json", "notes", "mixed", "twice"] {
        let error = Recording::read(&directory.path().join(name)).expect_err(name);
        let text = format!("## {name}\n{}: {}", error.file.display(), describe(&error.problem));
        writeln!(report, "{}", text.replace(directory.path().to_str().unwrap(), "").replace('\\', "/")).unwrap();
    }
    assert_snapshot("recordings", "bad-files", &report);
}

/// PowerShell's `>` writes UTF-16.
#[test]
fn every_encoding_that_names_itself_is_read() {
    let text = fs::read_to_string("tests/fixtures/accounts/compliant.json").unwrap();
    let mark = format!("\u{feff}{text}");
    let utf16 = |bytes: fn(u16) -> [u8; 2]| mark.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
    let audit = |recording: &[u8]| {
        trailproof().args(["audit", "--control", "network-gateway-changes"]).input(recording).run().exits(0)
    };
    let expected = audit(text.as_bytes());
    for encoded in [mark.clone().into_bytes(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
        assert_eq!(audit(&encoded), expected);
    }
}

#[test]
fn the_answers_of_the_aws_cli_are_read_in_every_encoding() {
    let utf16 = |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let files = |encode: &dyn Fn(&str) -> Vec<u8>| {
        let args = ["record", "--from-cli", "cli", "--keep-identifiers", "--output", "recording.json"];
        let mut run = trailproof().args(args).in_directory();
        for directory in ["", "us-east-1/"] {
            for file in fs::read_dir(format!("tests/fixtures/cli/{directory}")).unwrap().map(Result::unwrap) {
                if file.file_type().unwrap().is_file() {
                    let name = format!("cli/{directory}{}", file.file_name().to_str().unwrap());
                    run = run.file(&name, encode(&fs::read_to_string(file.path()).unwrap()));
                }
            }
        }
        let ran = run.run();
        ran.exits(0);
        fs::read_to_string(ran.path("recording.json")).unwrap()
    };
    assert_eq!(files(&utf16), files(&|text| text.as_bytes().to_vec()));
}

/// To leave one out would be to audit fewer accounts than are there.
#[cfg(unix)]
#[test]
fn what_a_directory_holds_and_nobody_can_read_is_an_error() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    let mut report = String::new();
    let mut refused = |name: &str, make: &dyn Fn(&std::path::Path)| {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("a.json"), recording("")).unwrap();
        make(&directory.path().join(name));
        let error = Recording::read(directory.path()).expect_err(name);
        assert_eq!(error.file, directory.path().join(name));
        writeln!(report, "## {name}\n{}", describe(&error.problem)).unwrap();
    };
    refused("dangling.json", &|path| symlink("nowhere", path).unwrap());
    refused("loop.JSON", &|path| symlink("loop.JSON", path).unwrap());
    refused("socket.json", &|path| drop(UnixListener::bind(path).unwrap()));
    refused("directory.json", &|path| fs::create_dir(path).unwrap());
    refused("letters.Json", &|path| fs::write(path, "{").unwrap());
    assert_snapshot("recordings", "not-files", &report);
}

#[test]
fn a_directory_is_read_in_the_order_of_names() {
    let directory = tempfile::tempdir().unwrap();
    for (name, account) in [("b.json", "444455556666"), ("a.json", "111122223333"), ("c.txt", "777788889999")] {
        fs::write(directory.path().join(name), recording("").replace("111122223333", account)).unwrap();
    }
    let accounts: Vec<_> =
        Recording::read(directory.path()).unwrap().iter().map(|r| r.identity().account.to_string()).collect();
    assert_eq!(accounts, ["111122223333", "444455556666"]);
}

#[test]
fn the_order_of_calls_and_of_members_does_not_matter() {
    let text = fs::read_to_string("tests/fixtures/accounts/compliant.json").unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value["calls"].as_array_mut().unwrap().reverse();
    // `serde_json` sorts members.
    assert_eq!(value.to_string().parse::<Recording>().unwrap(), text.parse().unwrap());
}

#[test]
fn regions_are_those_in_which_trails_were_asked_for() {
    let call = |service: &str, operation: &str, region: &str| {
        let error = r#""error": {"code": "AccessDenied"}"#;
        format!(r#"{{"service": "{service}", "operation": "{operation}", "region": "{region}", {error}}}"#)
    };
    let regions = |calls: &[String]| recording(&calls.join(",")).parse::<Recording>().unwrap().regions().to_vec();
    let (trails, alarms) =
        (call("cloudtrail", "DescribeTrails", "eu-west-1"), call("cloudwatch", "DescribeAlarms", "us-east-1"));
    assert_eq!(regions(&[alarms.clone(), trails]), ["eu-west-1"]);
    assert_eq!(regions(&[alarms]), ["us-east-1"]);
    assert_eq!(regions(&[]), ["us-east-1"]);
}

#[test]
fn unknown_calls_and_members_are_ignored() {
    let unknown = r#"{"service": "s3", "operation": "ListBuckets", "output": {"Buckets": []}}"#;
    let text = recording(unknown).replace("\"calls\"", "\"recorded_by\": {}, \"calls\"");
    assert_eq!(text.parse::<Recording>().unwrap(), recording("").parse().unwrap());
}

/// Tools other than the AWS CLI write `null` for what an answer lacks.
#[test]
fn null_is_the_same_as_nothing() {
    let compliant = fs::read_to_string("tests/fixtures/accounts/compliant.json").unwrap();
    let nulls = compliant
        .replace(r#""metricTransformations": ["#, r#""fieldSelectionCriteria": null, "metricTransformations": ["#);
    let nulls = nulls.replace(r#""metricName": "#, r#""dimensions": null, "defaultValue": null, "metricName": "#);
    assert_ne!(compliant, nulls);
    let picture = |text: &str| accounts::wait(collect(&text.parse::<Recording>().unwrap()));
    assert_eq!(picture(&compliant), picture(&nulls));
}
