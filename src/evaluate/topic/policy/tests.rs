//! What policies say to the alarm `gateways` of 111122223333, which asks to publish to the topic `alerts`.

use rstest::rstest;
use serde_json::{Value, json};

use super::{Access, Request, access};

const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:alerts";

fn said(policy: &Value) -> &'static str {
    let request = Request {
        action: "sns:Publish",
        resource: TOPIC,
        alarm: Some("arn:aws:cloudwatch:us-east-1:111122223333:alarm:gateways"),
        account: "111122223333",
    };
    match access(&policy.to_string(), &request) {
        Access::Granted => "granted",
        Access::Refused(_) => "refused",
        Access::Unclear(_) => "unclear",
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

/// The answer of a policy of that one statement.
fn alone(edits: Value) -> &'static str {
    said(&json!({"Version": "2012-10-17", "Statement": [statement(edits)]}))
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
    assert_eq!(said(&default_policy()), "granted");
    let mut elsewhere = default_policy();
    elsewhere["Statement"][0]["Condition"] = json!({"StringEquals": {"AWS:SourceOwner": "444455556666"}});
    assert_eq!(said(&elsewhere), "refused");
}

#[rstest]
#[case::service(json!({}), "granted")]
#[case::several(json!({"Principal": {"Service": ["events.amazonaws.com", "cloudwatch.amazonaws.com"]}}), "granted")]
#[case::other_service(json!({"Principal": {"Service": "events.amazonaws.com"}}), "refused")]
#[case::regional(json!({"Principal": {"Service": "cloudwatch.us-east-1.amazonaws.com"}}), "unclear")]
#[case::everyone(json!({"Principal": "*"}), "granted")]
#[case::every_aws(json!({"Principal": {"AWS": "*"}}), "granted")]
#[case::account(json!({"Principal": {"AWS": "111122223333"}}), "refused")]
#[case::root(json!({"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}), "refused")]
#[case::role(json!({"Principal": {"AWS": ["arn:aws:iam::111122223333:role/page"]}}), "refused")]
#[case::federated(json!({"Principal": {"Federated": "cognito-identity.amazonaws.com"}}), "refused")]
#[case::none(json!({"Principal": null}), "unclear")]
fn principals(#[case] edits: Value, #[case] expected: &str) {
    assert_eq!(alone(edits), expected);
}

#[rstest]
#[case::any_case(json!({"Action": "SNS:publish"}), "granted")]
#[case::all(json!({"Action": "*"}), "granted")]
#[case::list(json!({"Action": ["sns:Subscribe", "sns:Pub*"]}), "granted")]
#[case::other(json!({"Action": ["sns:Subscribe", "sns:Receive"]}), "refused")]
#[case::all_but(json!({"Action": null, "NotAction": "sns:DeleteTopic"}), "granted")]
#[case::all_but_this(json!({"Action": null, "NotAction": "sns:*"}), "refused")]
#[case::no_action(json!({"Action": null}), "unclear")]
#[case::any_resource(json!({"Resource": "*"}), "granted")]
#[case::resources(json!({"Resource": "arn:aws:sns:*:111122223333:*"}), "granted")]
#[case::other_resource(json!({"Resource": "arn:aws:sns:us-east-1:111122223333:other"}), "refused")]
#[case::across(json!({"Resource": "arn:aws:sns:*"}), "unclear")]
#[case::not_resource(json!({"Resource": null, "NotResource": TOPIC}), "refused")]
fn actions_and_resources(#[case] edits: Value, #[case] expected: &str) {
    assert_eq!(alone(edits), expected);
}

#[rstest]
#[case(json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*"}}), "granted")]
#[case(json!({"ArnEquals": {"AWS:SourceArn": "arn:aws:cloudwatch:*:111122223333:alarm:gate*"}}), "granted")]
#[case(json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*"}}), "refused")]
#[case(json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:*"}}), "unclear")]
#[case(json!({"ArnNotLike": {"aws:SourceArn": "arn:aws:events:*:*:rule/*"}}), "granted")]
#[case(json!({"StringEquals": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*"}}), "refused")]
#[case(json!({"StringLike": {"aws:SourceArn": ["arn:aws:events:*", "arn:aws:cloudwatch:*:alarm:*"]}}), "granted")]
#[case(json!({"StringEquals": {"aws:SourceAccount": ["444455556666", "111122223333"]}}), "granted")]
#[case(json!({"StringEquals": {"aws:SourceAccount": "444455556666"}}), "refused")]
#[case(json!({"StringNotEquals": {"aws:SourceAccount": "111122223333"}}), "refused")]
#[case(json!({"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}}), "granted")]
#[case(json!({"StringEqualsIgnoreCase": {"aws:SourceOwner": "111122223333"}}), "granted")]
#[case(json!({"StringNotLike": {"aws:SourceAccount": "1111*"}}), "refused")]
#[case(json!({"Bool": {"aws:SecureTransport": true}}), "granted")]
#[case(json!({"Bool": {"aws:PrincipalIsAWSService": "True"}}), "granted")]
#[case(json!({"Null": {"aws:SourceArn": "false"}}), "granted")]
#[case(json!({"Null": {"aws:SourceArn": true}}), "refused")]
#[case(json!({"StringEquals": {"aws:PrincipalOrgID": "o-example"}}), "unclear")]
#[case(json!({"StringEquals": {"aws:SourceAccount": "${aws:PrincipalAccount}"}}), "unclear")]
#[case(json!({"ForAnyValue:StringEquals": {"aws:SourceAccount": "111122223333"}}), "unclear")]
#[case(json!({"StringEquals": {"aws:PrincipalOrgID": "o-example", "aws:SourceAccount": "444455556666"}}), "refused")]
fn conditions(#[case] condition: Value, #[case] expected: &str) {
    assert_eq!(alone(json!({"Condition": condition})), expected);
}

/// Statements that stand beside one that allows alarms to publish.
#[rstest]
#[case::all(json!({"Principal": "*", "Action": "sns:*"}), "refused")]
#[case::without_tls(json!({"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}), "granted")]
#[case::others(json!({"Principal": {"AWS": "arn:aws:iam::444455556666:root"}}), "granted")]
#[case::outside(json!({"Principal": "*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-example"}}}), "unclear")]
#[case::other_action(json!({"Principal": "*", "Action": "sns:DeleteTopic"}), "granted")]
fn a_denial_outweighs_a_permission(#[case] edits: Value, #[case] expected: &str) {
    let mut deny = statement(edits);
    deny["Effect"] = json!("Deny");
    assert_eq!(said(&json!({"Statement": [statement(json!({})), deny]})), expected);
}

#[test]
fn forms_of_the_document() {
    assert_eq!(said(&json!({"Statement": statement(json!({}))})), "granted");
    assert_eq!(said(&json!({"Statement": []})), "refused");
    assert_eq!(said(&json!({})), "unclear");
    assert_eq!(said(&json!({"Statement": [{"Effect": "Permit"}]})), "unclear");
}

#[test]
fn an_alarm_without_an_arn_leaves_its_source_open() {
    let condition = json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*"}});
    let policy = json!({"Statement": statement(json!({"Condition": condition}))}).to_string();
    let request = Request { action: "sns:Publish", resource: TOPIC, alarm: None, account: "111122223333" };
    assert!(matches!(access(&policy, &request), Access::Unclear(_)));
}
