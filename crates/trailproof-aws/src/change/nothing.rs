//! What AWS answers about an account in which there is nothing, and about what is new.

use serde_json::json;

use crate::api::cloudtrail::{DescribeTrailsOutput, EventSelector, ReadWriteType};
use crate::api::cloudwatch::DescribeAlarmsOutput;
use crate::api::mute::ListAlarmMuteRulesOutput;
use crate::arn::{KeyArn, TopicArn};
use crate::{AccountId, Answer, Call, Operation, Output, Refusal};

/// What is answered to a call in an account in which there is nothing of what [changes](super::Edit) are about: lists are
/// empty, and resources do not exist. None where no change bears on the answer.
pub fn nothing(account: &AccountId, call: &Call) -> Option<Answer<Output>> {
    let missing = |code: &str, message: &str| Some(Err(Refusal::from_code(call.clone(), code, message)));
    match call.operation {
        Operation::DescribeTrails => Some(Ok(Output::DescribeTrails(DescribeTrailsOutput { trails: vec![] }))),
        Operation::DescribeAlarms => Some(Ok(Output::DescribeAlarms(DescribeAlarmsOutput {
            metric_alarms: vec![],
            composite_alarms: vec![],
            log_alarms: vec![],
        }))),
        Operation::ListAlarmMuteRules => {
            Some(Ok(Output::ListAlarmMuteRules(ListAlarmMuteRulesOutput { alarm_mute_rule_summaries: vec![] })))
        }
        Operation::GetTrailStatus | Operation::GetEventSelectors => {
            missing("TrailNotFoundException", "The trail does not exist")
        }
        Operation::DescribeMetricFilters => {
            missing("ResourceNotFoundException", "The specified log group does not exist.")
        }
        Operation::GetAlarmMuteRule => missing("ResourceNotFoundException", "The mute rule does not exist"),
        Operation::ListSubscriptionsByTopic | Operation::GetTopicAttributes => {
            missing("NotFound", "Topic does not exist")
        }
        Operation::GetSubscriptionAttributes => missing("NotFound", "Subscription does not exist"),
        Operation::DescribeKey | Operation::GetKeyPolicy => missing("NotFoundException", "The key does not exist"),
        Operation::DescribeHub => {
            missing("InvalidAccessException", &format!("Account {account} is not subscribed to AWS Security Hub"))
        }
        Operation::GetCallerIdentity
        | Operation::DescribeOrganization
        | Operation::ListAccounts
        | Operation::ListDelegatedAdministrators
        | Operation::ListRegions
        | Operation::ListRules
        | Operation::ListTargetsByRule
        | Operation::DescribeEventBus
        | Operation::DescribeSubscriptionFilters
        | Operation::ListSinks
        | Operation::ListAttachedLinks
        | Operation::ListLinks
        | Operation::GetLink => None,
    }
}

/// The selector of a new trail, which takes all management events (CloudTrail API Reference, "PutEventSelectors").
pub fn selector_of_new_trail() -> EventSelector {
    EventSelector {
        read_write_type: ReadWriteType::All,
        include_management_events: true,
        exclude_management_event_sources: vec![],
    }
}

/// The policy that SNS gives a new topic, as JSON.
pub fn policy_of_new_topic(topic: &TopicArn) -> String {
    let actions = [
        "GetTopicAttributes",
        "SetTopicAttributes",
        "AddPermission",
        "RemovePermission",
        "DeleteTopic",
        "Subscribe",
        "ListSubscriptionsByTopic",
        "Publish",
    ];
    let statement = json!({
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": actions.map(|action| format!("SNS:{action}")),
        "Resource": topic.to_string(),
        "Condition": {"StringEquals": {"AWS:SourceOwner": topic.account}},
    });
    json!({"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement]}).to_string()
}

/// The policy that KMS gives a key that is created without one, as JSON: IAM policies of the account decide (KMS
/// Developer Guide, "Default key policy").
pub fn policy_of_new_key(key: &KeyArn) -> String {
    let root = format!("arn:{}:iam::{}:root", key.partition, key.account);
    let statement = json!({
        "Sid": "Enable IAM User Permissions",
        "Effect": "Allow",
        "Principal": {"AWS": root},
        "Action": "kms:*",
        "Resource": "*",
    });
    json!({"Version": "2012-10-17", "Id": "key-default-1", "Statement": [statement]}).to_string()
}
