//! What policies say to the alarm `gateways` of 111122223333, which asks to publish to the topic `alerts`.

use rstest::rstest;
use serde_json::{Value, json};

use super::{Access, Denial, FailedCondition, KeyUse, Organization, Policy, Request};

const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:alerts";

const ALARM: Request<'_> = Request {
    service: "cloudwatch.amazonaws.com",
    action: "sns:Publish",
    resource: TOPIC,
    source: Some("arn:aws:cloudwatch:us-east-1:111122223333:alarm:gateways"),
    account: "111122223333",
    organization: Organization::Unknown,
    // 2026-11-20T09:30:00Z
    now: Some(1_795_167_000),
    key: None,
};

fn access(policy: &Value, request: &Request<'_>) -> Access {
    Policy::new(&policy.to_string()).access(request)
}

fn said(policy: &Value) -> &'static str {
    word(&access(policy, &ALARM))
}

fn word(access: &Access) -> &'static str {
    match access {
        Access::Allowed => "allowed",
        Access::Denied(_) => "denied",
        Access::Undecided(_) => "undecided",
    }
}

/// A statement that allows alarms to publish, but for what is replaced.
fn statement(edits: Value) -> Value {
    let mut statement = json!({
        "Sid": "alarms",
        "Effect": "Allow",
        "Principal": {"Service": "cloudwatch.amazonaws.com"},
        "Action": "sns:Publish",
        "Resource": TOPIC,
    });
    statement.as_object_mut().unwrap().extend(edits.as_object().unwrap().clone());
    statement
}

fn policy(statements: Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// The answer of a policy of that one statement.
fn alone(edits: Value) -> &'static str {
    said(&policy(json!([statement(edits)])))
}

/// The policy that SNS gives a new topic.
fn default_policy() -> Value {
    json!({"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [{
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": [
            "SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission", "SNS:RemovePermission",
            "SNS:DeleteTopic", "SNS:Subscribe", "SNS:ListSubscriptionsByTopic", "SNS:Publish"
        ],
        "Resource": TOPIC,
        "Condition": {"StringEquals": {"AWS:SourceOwner": "111122223333"}}
    }]})
}

#[test]
fn the_policy_of_a_new_topic_lets_the_alarms_of_its_account_publish() {
    assert_eq!(said(&default_policy()), "allowed");
    let mut elsewhere = default_policy();
    elsewhere["Statement"][0]["Condition"] = json!({"StringEquals": {"AWS:SourceOwner": "444455556666"}});
    assert_eq!(said(&elsewhere), "denied");
}

#[rstest]
#[case::service(json!({}), "allowed")]
#[case::several(json!({"Principal": {"Service": ["events.amazonaws.com", "cloudwatch.amazonaws.com"]}}), "allowed")]
#[case::other_service(json!({"Principal": {"Service": "events.amazonaws.com"}}), "denied")]
#[case::regional(json!({"Principal": {"Service": "cloudwatch.us-east-1.amazonaws.com"}}), "undecided")]
#[case::every_service(json!({"Principal": {"Service": "*"}}), "undecided")]
#[case::everyone(json!({"Principal": "*"}), "allowed")]
#[case::every_aws(json!({"Principal": {"AWS": "*"}}), "allowed")]
#[case::account(json!({"Principal": {"AWS": "111122223333"}}), "denied")]
#[case::root(json!({"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}), "denied")]
#[case::role(json!({"Principal": {"AWS": ["arn:aws:iam::111122223333:role/page"]}}), "denied")]
#[case::federated(json!({"Principal": {"Federated": "cognito-identity.amazonaws.com"}}), "denied")]
#[case::nobody(json!({"Principal": {"AWS": []}}), "denied")]
#[case::unknown_kind(json!({"Principal": {"Robot": "*"}}), "undecided")]
#[case::text(json!({"Principal": "cloudwatch.amazonaws.com"}), "undecided")]
#[case::none(json!({"Principal": null}), "undecided")]
#[case::negated(json!({"Principal": null, "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"}}), "undecided")]
fn principals(#[case] edits: Value, #[case] expected: &str) {
    assert_eq!(alone(edits), expected);
}

#[rstest]
#[case::any_case(json!({"Action": "SNS:publish"}), "allowed")]
#[case::all(json!({"Action": "*"}), "allowed")]
#[case::list(json!({"Action": ["sns:Subscribe", "sns:Pub*"]}), "allowed")]
#[case::other(json!({"Action": ["sns:Subscribe", "sns:Receive"]}), "denied")]
#[case::all_but(json!({"Action": null, "NotAction": "sns:DeleteTopic"}), "allowed")]
#[case::all_but_this(json!({"Action": null, "NotAction": "sns:*"}), "denied")]
#[case::no_action(json!({"Action": null}), "undecided")]
#[case::number(json!({"Action": {}}), "undecided")]
#[case::any_resource(json!({"Resource": "*"}), "allowed")]
#[case::resources(json!({"Resource": "arn:aws:sns:*:111122223333:*"}), "allowed")]
#[case::service(json!({"Resource": "arn:aws:sns:*"}), "allowed")]
#[case::other_resource(json!({"Resource": "arn:aws:sns:us-east-1:111122223333:other"}), "denied")]
#[case::across(json!({"Resource": "arn:aws:sns:us-e*alerts"}), "undecided")]
#[case::not_resource(json!({"Resource": null, "NotResource": TOPIC}), "denied")]
#[case::variable(json!({"Resource": "arn:aws:sns:*:*:${aws:username}"}), "denied")]
fn actions_and_resources(#[case] edits: Value, #[case] expected: &str) {
    assert_eq!(alone(edits), expected);
}

/// Keys whose value is known.
#[rstest]
#[case(json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*"}}), "allowed")]
#[case(json!({"ArnEquals": {"AWS:SourceArn": "arn:aws:cloudwatch:*:111122223333:alarm:gate*"}}), "allowed")]
#[case(json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*"}}), "denied")]
#[case(json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:*"}}), "undecided")]
#[case(json!({"ArnNotLike": {"aws:SourceArn": "arn:aws:events:*:*:rule/*"}}), "allowed")]
#[case(json!({"StringEquals": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*"}}), "denied")]
#[case(json!({"StringLike": {"aws:SourceArn": ["arn:aws:events:*", "arn:aws:cloudwatch:*:alarm:*"]}}), "allowed")]
#[case(json!({"StringEquals": {"aws:SourceAccount": ["444455556666", "111122223333"]}}), "allowed")]
#[case(json!({"StringEquals": {"aws:SourceAccount": 111122223333_u64}}), "allowed")]
#[case(json!({"StringEquals": {"aws:SourceAccount": "444455556666"}}), "denied")]
#[case(json!({"StringNotEquals": {"aws:SourceAccount": "111122223333"}}), "denied")]
#[case(json!({"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}}), "allowed")]
#[case(json!({"StringEqualsIgnoreCase": {"aws:SourceOwner": "111122223333"}}), "allowed")]
#[case(json!({"StringNotLike": {"aws:SourceAccount": "1111*"}}), "denied")]
#[case(json!({"ForAnyValue:StringEquals": {"aws:SourceAccount": "111122223333"}}), "allowed")]
#[case(json!({"Bool": {"aws:PrincipalIsAWSService": "True"}}), "allowed")]
#[case(json!({"Bool": {"aws:ViaAWSService": "true"}}), "denied")]
#[case(json!({"StringEquals": {"aws:PrincipalServiceName": "cloudwatch.amazonaws.com"}}), "allowed")]
#[case(json!({"ForAnyValue:StringEquals": {"aws:PrincipalServiceNamesList": "cloudwatch.amazonaws.com"}}), "allowed")]
#[case(json!({"ForAnyValue:StringLike": {"aws:PrincipalServiceNamesList": "cloudwatch.*.amazonaws.com"}}), "undecided")]
#[case(json!({"StringEquals": {"aws:PrincipalServiceNamesList": "cloudwatch.amazonaws.com"}}), "undecided")]
#[case(json!({"StringEquals": {"aws:RequestedRegion": "us-east-1"}}), "allowed")]
#[case(json!({"StringEquals": {"aws:ResourceAccount": "444455556666"}}), "denied")]
#[case(json!({"Null": {"aws:SourceArn": "false"}}), "allowed")]
#[case(json!({"Null": {"aws:SourceArn": true}}), "denied")]
#[case(json!({"Null": {"aws:SourceArn": "perhaps"}}), "undecided")]
#[case(json!({"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}), "allowed")]
#[case(json!({"DateLessThan": {"aws:CurrentTime": "2026-11-20"}}), "denied")]
#[case(json!({"NumericLessThan": {"aws:EpochTime": "1600000000"}}), "denied")]
#[case(json!({"DateLessThan": {"aws:CurrentTime": "soon"}}), "undecided")]
#[case(json!({"StringEquals": {"aws:SourceAccount": "${aws:ResourceAccount}"}}), "allowed")]
#[case(json!({"StringEquals": {"aws:SourceAccount": "${aws:username, '111122223333'}"}}), "allowed")]
#[case(json!({"StringEquals": {"aws:SourceAccount": "${aws:username}"}}), "denied")]
#[case(json!({"StringEquals": {"aws:SourceAccount": "${aws:PrincipalAccount}"}}), "undecided")]
#[case(json!({"StringLike": {"aws:SourceAccount": "1111${*}"}}), "denied")]
fn known_keys(#[case] condition: Value, #[case] expected: &str) {
    assert_eq!(alone(json!({"Condition": condition})), expected);
}

/// Keys that the request of a service never has: positive operators fail, negated ones hold, and so does `…IfExists`.
#[rstest]
fn absent_keys(
    #[values(
        "aws:PrincipalOrgID",
        "AWS:principalorgid",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalTag/team",
        "aws:username",
        "aws:MultiFactorAuthPresent",
        "aws:SourceIdentity",
        "lambda:SourceFunctionArn",
        "aws:SourceVpc",
        "aws:SourceVpce",
        "aws:VpceOrgID",
        "aws:CalledVia",
        "aws:referer",
        "aws:RequestTag/team",
        "sns:Protocol"
    )]
    key: &str,
) {
    for (operator, expected) in [
        ("StringEquals", "denied"),
        ("StringLike", "denied"),
        ("Bool", "denied"),
        ("NumericLessThan", "denied"),
        ("IpAddress", "denied"),
        ("StringNotEquals", "allowed"),
        ("ArnNotLike", "allowed"),
        ("StringEqualsIfExists", "allowed"),
        ("StringNotEqualsIfExists", "allowed"),
        ("ForAnyValue:StringEquals", "denied"),
        ("ForAnyValue:StringNotEquals", "denied"),
        ("ForAllValues:StringEquals", "allowed"),
        ("ForAllValues:StringNotLike", "allowed"),
        ("StringMatches", "undecided"),
    ] {
        assert_eq!(alone(json!({"Condition": {operator: {key: "x"}}})), expected, "{operator} {key}");
    }
    assert_eq!(alone(json!({"Condition": {"Null": {key: "true"}}})), "allowed");
    assert_eq!(alone(json!({"Condition": {"Null": {key: "false"}}})), "denied");
}

/// Keys that a service's request may lack, or have with a value that is no customer's.
#[rstest]
#[case(json!({"StringEquals": {"aws:PrincipalAccount": "111122223333"}}), "denied")]
#[case(json!({"StringNotEquals": {"aws:PrincipalAccount": ["111122223333", "444455556666"]}}), "allowed")]
#[case(json!({"StringEqualsIfExists": {"aws:PrincipalAccount": "111122223333"}}), "undecided")]
#[case(json!({"StringLike": {"aws:PrincipalAccount": "*"}}), "undecided")]
#[case(json!({"Null": {"aws:PrincipalAccount": "true"}}), "undecided")]
#[case(json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}), "denied")]
#[case(json!({"ArnNotEquals": {"aws:PrincipalArn": ["arn:aws:iam::111122223333:role/page", "arn:aws:sts::*:*"]}}), "allowed")]
#[case(json!({"StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:*"}}), "allowed")]
#[case(json!({"ArnLike": {"aws:PrincipalArn": "*"}}), "undecided")]
#[case(json!({"Bool": {"aws:SecureTransport": "false"}}), "denied")]
#[case(json!({"Bool": {"aws:SecureTransport": true}}), "undecided")]
#[case(json!({"BoolIfExists": {"aws:SecureTransport": true}}), "allowed")]
#[case(json!({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), "undecided")]
#[case(json!({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), "undecided")]
#[case(json!({"StringEquals": {"aws:userid": "AIDAEXAMPLE"}}), "undecided")]
#[case(json!({"StringEquals": {"aws:ResourceTag/team": "security"}}), "undecided")]
#[case(json!({"StringEquals": {"s3:prefix": "x"}}), "undecided")]
#[case(json!({"StringEquals": {"aws:SourceOrgID": "o-example"}}), "undecided")]
#[case(json!({"StringEquals": {"aws:userid": "x", "aws:SourceAccount": "444455556666"}}), "denied")]
fn keys_of_unknown_value(#[case] condition: Value, #[case] expected: &str) {
    assert_eq!(alone(json!({"Condition": condition})), expected);
}

#[rstest]
#[case(Organization::Member("o-example"), "StringEquals", "aws:SourceOrgID", "allowed")]
#[case(Organization::Member("o-example"), "StringEquals", "aws:ResourceOrgID", "allowed")]
#[case(Organization::Member("o-other"), "StringEquals", "aws:SourceOrgID", "denied")]
#[case(Organization::Member("o-example"), "ForAnyValue:StringLike", "aws:SourceOrgPaths", "undecided")]
#[case(Organization::None, "StringEquals", "aws:SourceOrgID", "denied")]
#[case(Organization::None, "ForAnyValue:StringLike", "aws:SourceOrgPaths", "denied")]
#[case(Organization::Unknown, "StringEquals", "aws:ResourceOrgID", "undecided")]
fn organizations(
    #[case] organization: Organization<'_>,
    #[case] operator: &str,
    #[case] key: &str,
    #[case] expected: &str,
) {
    let policy = policy(json!(statement(json!({"Condition": {operator: {key: "o-example"}}}))));
    assert_eq!(word(&access(&policy, &Request { organization, ..ALARM })), expected);
}

/// Statements that stand beside one that allows alarms to publish.
#[rstest]
#[case::all(json!({"Principal": "*", "Action": "sns:*"}), "denied")]
#[case::without_tls(json!({"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}), "allowed")]
#[case::others(json!({"Principal": {"AWS": "arn:aws:iam::444455556666:root"}}), "allowed")]
#[case::outside(json!({"Principal": "*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-example"}}}), "denied")]
#[case::outside_but_services(
    json!({"Principal": "*", "Condition": {
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-example"},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
    }}),
    "allowed"
)]
#[case::addresses(json!({"Principal": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}), "undecided")]
#[case::other_action(json!({"Principal": "*", "Action": "sns:DeleteTopic"}), "allowed")]
#[case::all_but_a_role(json!({"Principal": null, "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/page"}}), "denied")]
#[case::all_but_alarms(json!({"Principal": null, "NotPrincipal": {"Service": "cloudwatch.amazonaws.com"}}), "undecided")]
#[case::unknown_element(json!({"Unless": "Tuesday"}), "undecided")]
#[case::unknown_element_for_others(json!({"Principal": {"AWS": "444455556666"}, "Unless": "Tuesday"}), "allowed")]
#[case::unknown_operator(json!({"Condition": {"StringMatches": {"aws:SourceAccount": "444455556666"}}}), "undecided")]
#[case::unknown_key(json!({"Condition": {"StringEquals": {"sns:Mood": "good"}}}), "undecided")]
fn a_denial_outweighs_a_permission(#[case] edits: Value, #[case] expected: &str) {
    let mut deny = statement(edits);
    deny["Effect"] = json!("Deny");
    assert_eq!(said(&policy(json!([statement(json!({})), deny]))), expected);
}

#[rstest]
#[case::one_statement(
    r#"{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}"#,
    "allowed"
)]
#[case::no_statements(r#"{"Statement": []}"#, "denied")]
#[case::empty("{}", "undecided")]
#[case::not_an_object("[]", "undecided")]
#[case::not_json("{", "undecided")]
#[case::nothing("", "undecided")]
#[case::version(r#"{"Version": "2027-01-01", "Statement": []}"#, "undecided")]
#[case::unknown_element(r#"{"Statement": [], "Override": true}"#, "undecided")]
#[case::twice(r#"{"Statement": [], "Statement": []}"#, "undecided")]
#[case::effect(
    r#"{"Statement": [{"Effect": "Permit", "Principal": "*", "Action": "*", "Resource": "*"}]}"#,
    "undecided"
)]
#[case::two_effects(
    r#"{"Statement": [{"Effect": "Deny", "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}"#,
    "undecided"
)]
#[case::two_operators(
    r#"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
        "Condition": {"Null": {"aws:SourceArn": "true"}, "Null": {"aws:SourceArn": "false"}}}]}"#,
    "undecided"
)]
#[case::text_as_condition(
    r#"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": "x"}]}"#,
    "undecided"
)]
fn forms_of_the_document(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(word(&Policy::new(text).access(&ALARM)), expected);
}

#[test]
fn variables_are_literal_before_the_version_that_knows_them() {
    let condition = json!({"StringNotEquals": {"aws:SourceAccount": "${aws:ResourceAccount}"}});
    let statement = statement(json!({"Condition": condition}));
    assert_eq!(said(&json!({"Version": "2012-10-17", "Statement": statement})), "denied");
    assert_eq!(said(&json!({"Version": "2008-10-17", "Statement": statement})), "allowed");
    assert_eq!(said(&json!({"Statement": statement})), "allowed");
}

#[rstest]
#[case::missing(None)]
#[case::not_ascii(Some("arn:aws:cloudwatch:us-east-1:111122223333:alarm:gätewäys"))]
fn a_source_without_a_known_arn_is_open(#[case] source: Option<&str>) {
    let condition = json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*"}});
    let policy = policy(json!(statement(json!({"Condition": condition}))));
    assert_eq!(word(&access(&policy, &Request { source, ..ALARM })), "undecided");
}

/// What key policies say to the use of a key, in this order: by alarms, by event rules.
#[rstest]
#[case(json!({"StringEquals": {"kms:EncryptionContext:aws:sns:topicArn": TOPIC}}), "allowed", "allowed")]
#[case(json!({"StringEquals": {"kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:us-east-1:111122223333:other"}}), "denied", "denied")]
#[case(json!({"StringEquals": {"kms:CallerAccount": "111122223333"}}), "denied", "denied")]
#[case(json!({"StringEquals": {"kms:ViaService": "sns.us-east-1.amazonaws.com"}}), "undecided", "undecided")]
#[case(json!({"StringEquals": {"kms:KeySpec": "SYMMETRIC_DEFAULT"}}), "allowed", "allowed")]
#[case(json!({"Bool": {"kms:GrantIsForAWSResource": "true"}}), "denied", "denied")]
#[case(json!({"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": "aws:sns:topicArn"}}), "allowed", "allowed")]
#[case(json!({"StringEquals": {"kms:KeyOrigin": "AWS_KMS"}}), "undecided", "undecided")]
#[case(json!({"StringEquals": {"aws:SourceOwner": "111122223333"}}), "undecided", "undecided")]
#[case(json!({"StringEquals": {"aws:SourceAccount": "111122223333"}}), "allowed", "denied")]
#[case(json!({"ArnLike": {"aws:SourceArn": "arn:aws:*:us-east-1:111122223333:*"}}), "allowed", "denied")]
fn keys(#[case] condition: Value, #[case] by_alarms: &str, #[case] by_rules: &str) {
    let statement = json!({
        "Effect": "Allow",
        "Principal": {"Service": ["cloudwatch.amazonaws.com", "events.amazonaws.com"]},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
        "Resource": "*",
        "Condition": condition,
    });
    for (service, expected) in [("cloudwatch.amazonaws.com", by_alarms), ("events.amazonaws.com", by_rules)] {
        let request = Request {
            service,
            action: "kms:GenerateDataKey",
            resource: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            key: Some(KeyUse { topic: TOPIC }),
            ..ALARM
        };
        assert_eq!(word(&access(&policy(json!(statement)), &request)), expected, "{service}");
    }
}

#[test]
fn a_denial_says_why() {
    let denial = |policy: &Value| match access(policy, &ALARM) {
        Access::Denied(denial) => denial,
        other => panic!("{other:?}"),
    };
    let organization = statement(json!({"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-example"}}}));
    let condition =
        FailedCondition { operator: "StringEquals".to_owned(), key: "aws:PrincipalOrgID".to_owned(), absent: true };
    let found = denial(&policy(json!([organization])));
    assert_eq!(found, Denial::Implicit { action: "sns:Publish".to_owned(), condition: Some(condition) });
    assert_eq!(
        found.to_string(),
        "no statement allows sns:Publish: the request of an AWS service has no `aws:PrincipalOrgID`"
    );
    let mut deny = statement(json!({}));
    deny["Effect"] = json!("Deny");
    assert_eq!(denial(&policy(json!([deny]))).to_string(), "the statement `alarms` denies sns:Publish");
}
