//! Recordings as they are written: what an audit asked, all of it, and nothing that the types of answers do not have.

use std::collections::BTreeSet;

use super::accounts::{all, audit, wait};
use serde_json::{Value, json};
use trailproof::account::collect::collect;
use trailproof::provider::permissions::{Need, Operation};
use trailproof::provider::record::Recorder;
use trailproof::provider::recorded::Recording;
use trailproof::provider::{Ask as _, question};
use trailproof::report::Status;

fn written(recording: &Recording) -> String {
    serde_json::to_string_pretty(recording).unwrap()
}

#[test]
fn what_is_written_reads_as_it_was() {
    for (name, recording) in all() {
        assert_eq!(written(&recording).parse::<Recording>().unwrap(), recording, "{name}");
    }
}

#[test]
fn an_audit_of_what_an_audit_asked_is_the_same() {
    for (name, recording) in all() {
        let recorder = Recorder::new(recording);
        let report = audit(&recorder);
        let kept: Recording = written(&recorder.recording()).parse().unwrap();
        assert_eq!(kept, recorder.recording(), "{name}");
        assert_eq!(audit(&kept), report, "{name}");
    }
}

/// The account that is right, with `value` in place of an operation's output, recorded again.
fn recorded_again(operation: &str, member: &str, value: Value) -> Recording {
    let text = include_str!("../fixtures/accounts/compliant.json");
    let mut file: Value = serde_json::from_str(text).unwrap();
    let calls = file["calls"].as_array_mut().unwrap();
    let call = calls.iter_mut().find(|call| call["operation"] == operation).unwrap().as_object_mut().unwrap();
    call.remove("output");
    call.insert(member.to_owned(), value);
    let recorder = Recorder::new(file.to_string().parse::<Recording>().unwrap());
    wait(collect(&recorder));
    recorder.recording()
}

#[test]
fn refusals_are_kept_without_the_ids_and_signatures_of_requests() {
    let message = "no (Request ID: 7a1b)\n\nThe Canonical String for this request should have been\nx-amz-date:2026";
    let recording = recorded_again("DescribeAlarms", "error", json!({"code": "AccessDenied", "message": message}));
    let text = written(&recording);
    assert!(text.contains(r#""message": "no""#) && !text.contains("7a1b") && !text.contains("x-amz"), "{text}");
    let unreachable = recorded_again("DescribeAlarms", "error", json!({"code": null, "message": "timed out"}));
    assert_eq!(written(&unreachable).parse::<Recording>().unwrap(), unreachable);
    assert_eq!(unreachable.recorded_at(), Some("2026-11-20T09:30:00Z"));
}

/// An alarm that has no more than it has to.
fn alarm() -> Value {
    let arn = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:a";
    json!({"AlarmName": "a", "AlarmArn": arn, "ActionsEnabled": true})
}

#[test]
fn only_what_an_audit_reads_is_written() {
    let mut alarm = alarm();
    alarm["StateReasonData"] = json!("secret");
    let output = json!({"AlarmDescription": "secret", "MetricAlarms": [alarm]});
    let text = written(&recorded_again("DescribeAlarms", "output", output));
    assert!(text.contains("MetricAlarms") && !text.contains("secret"), "{text}");
}

#[test]
fn selectors_that_are_not_set_and_exact_numbers_stay_as_they_are() {
    let none = json!({"EventSelectors": [], "AdvancedEventSelectors": []});
    let recording = recorded_again("GetEventSelectors", "output", none);
    assert_eq!(written(&recording).parse::<Recording>().unwrap(), recording);
    let mut alarm = alarm();
    alarm["Threshold"] = json!(2.638_344_616_030_823e-256);
    let alarm = json!({"MetricAlarms": [alarm]});
    let recording = recorded_again("DescribeAlarms", "output", alarm);
    assert_eq!(written(&recording).parse::<Recording>().unwrap(), recording);
}

#[test]
fn without_an_answer_nothing_is_kept() {
    let nothing = r#"{"format": "trailproof-recording/1", "account": "111122223333", "calls": []}"#;
    let recorder = Recorder::new(nothing.parse::<Recording>().unwrap());
    let question = question::DescribeTrails { region: "us-east-1".parse().unwrap() };
    wait(recorder.ask(question)).unwrap_err();
    assert_eq!(recorder.recording(), nothing.parse().unwrap());
}

/// The file is as the first version wrote it, with every operation; it stays as it is, whatever becomes of the format.
#[test]
fn a_file_of_the_first_version_stays_readable() {
    let recording: Recording = include_str!("../fixtures/formats/trailproof-recording-1.json").parse().unwrap();
    let operations: BTreeSet<_> = recording.calls().map(|(call, _)| call.operation).collect();
    let listed = Operation::ALL.iter().filter(|operation| Need::OF_AN_AUDIT.contains(&operation.need()));
    let later = listed.filter(|operation| !operations.contains(operation)).collect::<Vec<_>>();
    assert!(later.is_empty(), "{later:?}");
    let report = audit(&recording);
    assert_eq!(report.summary.undetermined, 0);
    assert!(report.findings.iter().any(|finding| finding.status == Status::Pass), "{report:#?}");
}
