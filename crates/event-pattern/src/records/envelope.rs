//! The event that EventBridge makes of a record.

use serde_json::{Map, Value, json};

/// The types of events, by the type of the record. AWS's guide spells that of sign-ins `AWS Console Signin via
/// CloudTrail` in one place; its samples, and the events that others show, have the spelling that stands first here.
pub(super) const DETAIL_TYPES: [(&str, &[&str]); 6] = [
    ("AwsApiCall", &["AWS API Call via CloudTrail"]),
    ("AwsConsoleSignIn", &["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"]),
    ("AwsConsoleAction", &["AWS Console Action via CloudTrail"]),
    ("AwsServiceEvent", &["AWS Service Event via CloudTrail"]),
    ("AwsCloudTrailInsight", &["AWS Insight via CloudTrail"]),
    ("AwsVpceEvent", &["AWS Network Activity Event via CloudTrail"]),
];

/// Services whose events are known to have the `source` that their `eventSource` suggests, from AWS's samples.
pub(super) const SERVICES: [&str; 8] = ["ec2", "s3", "iam", "kms", "config", "organizations", "cloudtrail", "signin"];

/// The event of a CloudTrail record, as EventBridge puts it on the default bus of its region; `None` if the text is no
/// JSON object.
///
/// Where it is not known what EventBridge writes, the usual form stands: `aws.` and the first part of `eventSource`, and a
/// fixed `id`.
pub fn event(record: &str) -> Option<String> {
    let members: Map<String, Value> = serde_json::from_str(record).ok()?;
    let text = |name: &str| members.get(name).and_then(Value::as_str).unwrap_or_default();
    let event_type = text("eventType");
    let known = DETAIL_TYPES.iter().find(|(kind, _)| *kind == event_type);
    let detail_type = known.and_then(|(_, spellings)| spellings.first()).copied().unwrap_or_default();
    let source = text("eventSource").split('.').next().unwrap_or_default();
    let envelope = json!({
        "version": "0",
        "id": "00000000-0000-4000-8000-000000000000",
        "detail-type": detail_type,
        "source": format!("aws.{source}"),
        "account": text("recipientAccountId"),
        "time": text("eventTime"),
        "region": text("awsRegion"),
        "resources": [],
    });
    let envelope = envelope.to_string();
    Some(format!("{},\"detail\":{}}}", envelope.strip_suffix('}')?, record.trim()))
}
