//! Filters that are the benchmark's but for one more condition: whether that keeps a required event out is told by what is
//! known of records, and by nothing that somebody made up.

use serde_json::Value;
use trailproof::catalogue::Catalogue;
use trailproof::pattern::Pattern;
use trailproof::pattern::event_sets::{EventSet, Prover, Verdict};

/// The account whose records are asked about.
const ACCOUNT: &str = "111122223333";

/// What adding a condition to a filter does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Effect {
    /// It matches every required event all the same.
    None,
    /// It misses a required event, in which this is written at a place; nothing is there if it is empty.
    Misses(&'static str, &'static str),
    /// Whether it misses any is not known.
    Open,
}
use Effect::{Misses, None, Open};

#[rustfmt::skip]
const NARROWED: &[(&str, &str, Effect)] = &[
    // In every record.
    ("network-gateway-changes", r#"$.eventID = "*""#, None),
    ("network-gateway-changes", r#"$.eventVersion = "*""#, None),
    ("network-gateway-changes", r#"$.eventVersion = "1.*""#, None),
    ("network-gateway-changes", r#"$.eventVersion = "1.08""#, Misses("/eventVersion", "1.11")),
    ("network-gateway-changes", r#"$.eventTime = "*""#, None),
    ("network-gateway-changes", r#"$.eventTime = "2026-*""#, Misses("/eventTime", "")),
    ("network-gateway-changes", r#"$.eventCategory = "Management""#, None),
    ("network-gateway-changes", r#"$.eventCategory != "Insight""#, None),
    ("network-gateway-changes", "$.managementEvent IS TRUE", None),
    ("network-gateway-changes", r#"$.eventType = "AwsApiCall""#, None),
    ("network-gateway-changes", r#"$.eventType != "AwsServiceEvent""#, None),
    ("network-gateway-changes", r#"$.awsRegion = "*""#, None),
    ("network-gateway-changes", r#"$.awsRegion = "us-east-1""#, Misses("/awsRegion", "eu-west-1")),
    ("network-gateway-changes", r#"$.requestID = "*""#, Misses("/requestID", "")),
    ("network-gateway-changes", r#"$.sessionCredentialFromConsole NOT EXISTS"#, Misses("/sessionCredentialFromConsole", "true")),
    // Whose account it is.
    ("network-gateway-changes", r#"$.recipientAccountId = "111122223333""#, None),
    ("network-gateway-changes", "$.recipientAccountId = 111122223333", None),
    ("network-gateway-changes", r#"$.recipientAccountId = "444455556666""#, Misses("/recipientAccountId", ACCOUNT)),
    ("network-gateway-changes", r#"$.recipientAccountId != "444455556666""#, None),
    // Which service it is.
    ("network-gateway-changes", "$.eventSource = ec2.amazonaws.com", None),
    ("security-group-changes", "$.eventSource = ec2.amazonaws.com", None),
    ("route-table-changes", "$.eventSource = ec2.amazonaws.com", None),
    ("vpc-changes", "$.eventSource = ec2.amazonaws.com", None),
    ("nacl-changes", "$.eventSource = ec2.amazonaws.com", None),
    ("iam-policy-changes", "$.eventSource = iam.amazonaws.com", None),
    ("cloudtrail-config-changes", "$.eventSource = cloudtrail.amazonaws.com", None),
    ("console-auth-failures", "$.eventSource = signin.amazonaws.com", None),
    ("root-account-usage", "$.eventSource = iam.amazonaws.com", Misses("/eventSource", "ec2.amazonaws.com")),
    ("unauthorized-api-calls", "$.eventSource = ec2.amazonaws.com", Misses("/eventSource", "")),
    // All of them write.
    ("network-gateway-changes", "$.readOnly IS FALSE", None),
    ("security-group-changes", "$.readOnly IS FALSE", None),
    ("route-table-changes", "$.readOnly IS FALSE", None),
    ("vpc-changes", "$.readOnly IS FALSE", None),
    ("nacl-changes", "$.readOnly IS FALSE", None),
    ("iam-policy-changes", "$.readOnly IS FALSE", None),
    ("cloudtrail-config-changes", "$.readOnly IS FALSE", None),
    ("cmk-disable-or-delete", "$.readOnly IS FALSE", None),
    ("s3-bucket-policy-changes", "$.readOnly IS FALSE", None),
    ("aws-config-changes", "$.readOnly IS FALSE", None),
    ("organizations-changes", "$.readOnly IS FALSE", None),
    ("console-auth-failures", "$.readOnly IS FALSE", None),
    ("unauthorized-api-calls", "$.readOnly IS FALSE", Misses("/eventName", "GetSecretValue")),
    ("network-gateway-changes", r#"$.readOnly = "false""#, Misses("/eventName", "CreateCustomerGateway")),
    // Regions of global services.
    ("iam-policy-changes", r#"$.awsRegion = "us-east-1""#, None),
    ("organizations-changes", r#"$.awsRegion = "us-east-1""#, None),
    ("organizations-changes", r#"$.awsRegion = "us-*""#, None),
    ("organizations-changes", r#"$.awsRegion = "eu-west-1""#, Misses("/awsRegion", "us-east-1")),
    ("s3-bucket-policy-changes", r#"$.awsRegion = "us-east-1""#, Misses("/awsRegion", "eu-west-1")),
    ("console-signin-without-mfa", r#"$.awsRegion = "us-east-1""#, Misses("/awsRegion", "eu-west-1")),
    ("root-account-usage", r#"$.awsRegion = "us-east-1""#, Misses("/awsRegion", "eu-west-1")),
    // Who it is and where from: optional, or the caller's.
    ("network-gateway-changes", r#"$.userAgent = "*""#, Misses("/userAgent", "")),
    ("network-gateway-changes", r#"$.userAgent != "console.amazonaws.com""#, Misses("/userAgent", "")),
    ("network-gateway-changes", r#"$.sourceIPAddress = "*""#, None),
    ("network-gateway-changes", r#"$.sourceIPAddress != "10.*""#, Misses("/sourceIPAddress", "10.")),
    ("network-gateway-changes", r#"$.userIdentity.type = "*""#, None),
    ("network-gateway-changes", r#"$.userIdentity.type != "AWSService""#, Misses("/userIdentity/type", "AWSService")),
    ("network-gateway-changes", r#"$.userIdentity.type != "Robot""#, None),
    ("network-gateway-changes", r#"$.userIdentity.arn = "*""#, Misses("/userIdentity/arn", "")),
    ("network-gateway-changes", "$.userIdentity.invokedBy NOT EXISTS", Misses("/userIdentity/invokedBy", "cloudformation.amazonaws.com")),
    ("network-gateway-changes", "$.errorCode NOT EXISTS", Misses("/errorCode", "Client.UnauthorizedOperation")),
    ("network-gateway-changes", r#"$.errorCode = "*""#, Misses("/errorCode", "")),
    ("network-gateway-changes", r#"$.userIdentity.identityProvider NOT EXISTS"#, Misses("/userIdentity/type", "SAMLUser")),
    // Root.
    ("root-account-usage", r#"$.userIdentity.accountId != "444455556666""#, Misses("/userIdentity/accountId", "")),
    ("root-account-usage", r#"$.eventType != "AwsConsoleAction""#, Misses("/eventType", "AwsConsoleAction")),
    ("root-account-usage", r#"$.managementEvent IS TRUE"#, None),
    // Sign-ins.
    ("console-signin-without-mfa", "$.additionalEventData.SamlProviderArn NOT EXISTS", Misses("/userIdentity/type", "AssumedRole")),
    ("console-signin-without-mfa", r#"$.additionalEventData.MFAUsed = "No""#, None),
    ("console-signin-without-mfa", r#"$.userIdentity.type = "IAMUser""#, Misses("/userIdentity/type", "AssumedRole")),
    ("console-signin-without-mfa", r#"$.responseElements.ConsoleLogin = "Success""#, Misses("/responseElements/ConsoleLogin", "Failure")),
    ("console-signin-without-mfa", r#"$.eventType = "AwsConsoleSignIn""#, None),
    ("console-auth-failures", r#"$.responseElements.ConsoleLogin = "Failure""#, None),
    ("console-auth-failures", r#"$.responseElements.ConsoleLogin != "Success""#, None),
    ("console-auth-failures", r#"$.userIdentity.type = "IAMUser""#, Misses("/userIdentity/type", "Root")),
    // Refused calls.
    ("unauthorized-api-calls", r#"$.errorCode != "AccessDenied""#, Misses("/errorCode", "AccessDenied")),
    ("unauthorized-api-calls", r#"$.errorCode = "AccessDenied" || $.errorCode = "*UnauthorizedOperation""#, Misses("/errorCode", "AccessDeniedException")),
    ("unauthorized-api-calls", r#"$.errorMessage = "*not authorized*""#, Misses("/errorMessage", "")),
    ("unauthorized-api-calls", r#"$.eventType = "AwsApiCall""#, Misses("/eventType", "")),
];

#[test]
fn one_more_condition_has_the_effect_that_is_known() {
    let catalogue = Catalogue::builtin().unwrap();
    let prover = Prover::new(catalogue.facts.domain("aws", Some(ACCOUNT)));
    let newest = catalogue.version(Option::None).unwrap();
    let mut wrong = vec![];
    for &(key, condition, expected) in NARROWED {
        let control = catalogue.controls.iter().find(|control| control.key == key).unwrap();
        let references = control.editions[&newest].references().unwrap().accepted();
        let reference = references.last().filter(|it| it.name == "grouped").or(references.first()).unwrap();
        let inner = reference.text.trim().trim_start_matches('{').trim_end_matches('}');
        let filter: Pattern = format!("{{ ({inner}) && ({condition}) }}").parse().unwrap();
        let verdict = prover.decide(&control.required(reference), &[EventSet::from(&filter)]);
        let found = match verdict.as_ref() {
            Verdict::Covered => (expected != None).then(|| "covered".to_owned()),
            Verdict::Undetermined(why) => (expected != Open).then(|| format!("open: {why}")),
            Verdict::Escapes(witness) => shown(&witness.message, expected),
        };
        wrong.extend(found.map(|found| format!("{key} && {condition}: {expected:?} expected\n    {found}")));
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), NARROWED.len(), wrong.join("\n"));
}

/// The witness, unless it shows what is expected.
fn shown(witness: &str, expected: Effect) -> Option<String> {
    let event: Value = serde_json::from_str(witness).unwrap();
    let as_expected = match expected {
        Misses(place, "") => !place.is_empty(),
        Misses(place, text) => {
            event.pointer(place).and_then(Value::as_str).is_some_and(|found| found.starts_with(text))
        }
        None | Open => false,
    };
    (!as_expected).then(|| witness.to_owned())
}
