//! Topics and their subscriptions.

use serde_json::{Value, json};

use crate::account::{FilterPolicyScope, TopicArn};

use crate::provider::api::kms::{KeyManager, KeyMetadata, KeyState};
use crate::provider::arn::KeyArn;
use crate::provider::change::policy_of_new_topic;
use crate::scenario::draft::compliant::subscription;
use crate::scenario::draft::{ACCOUNT, Draft, DraftKey, REGION};
use crate::scenario::step::{Definition, Mismatch, given, parsed};

pub(super) const STEPS: &[Definition] = &[
    given!("the topic is gone", "The alarm names a topic that does not exist", |draft, _| draft.topic()?.exists =
        false),
    given!(
        "the topic is in region {text}",
        "With the policy of a new topic there; the alarm stays where it is",
        |draft, arguments| {
            let region = arguments.parsed(0)?;
            move_topic(draft, |topic| topic.region = region)?;
        }
    ),
    given!(
        "the topic is in account {text}",
        "With the policy of a new topic there; the alarm stays where it is",
        |draft, arguments| {
            let account = arguments.parsed(0)?;
            move_topic(draft, |topic| topic.account = account)?;
        }
    ),
    given!(
        "the topic lets {text} publish",
        "In place of what a new topic has: a service, such as `cloudwatch.amazonaws.com`, and nobody else",
        |draft, arguments| allow(draft, arguments.text(0), None)?
    ),
    given!(
        "the topic lets {text} publish if {text} is {text}",
        "The same with a condition on a key, such as `aws:SourceAccount` or `aws:SourceArn`; `*` stands for any text",
        |draft, arguments| allow(draft, arguments.text(0), Some((arguments.text(1), arguments.text(2))))?
    ),
    given!("the topic also denies everybody to publish", "One more statement of its policy", |draft, _| {
        state(draft, json!({"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "*"}))?;
    }),
    given!("the topic also denies messages without TLS", "One more statement of its policy", |draft, _| {
        let condition = json!({"Bool": {"aws:SecureTransport": "false"}});
        let statement =
            json!({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": condition});
        state(draft, statement)?;
    }),
    given!("the topic is encrypted with {text}", "A key of AWS, such as `alias/aws/sns`", |draft, arguments| draft
        .topic()?
        .attributes
        .kms_master_key_id =
        Some(arguments.text(0).to_owned())),
    given!(
        "the topic is encrypted with a key that {text} may use",
        "A key of the account, whose policy lets this service encrypt and decrypt; from here on it is \"the key\"",
        |draft, arguments| {
            let arn: KeyArn =
                parsed(&format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"))?;
            draft.topic()?.attributes.kms_master_key_id = Some(arn.to_string());
            let principal = json!({"Service": arguments.text(0)});
            let action = json!(["kms:Decrypt", "kms:GenerateDataKey*"]);
            let statement = json!({"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"});
            let policy = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
            let described = KeyMetadata {
                arn: arn.to_string(),
                key_manager: KeyManager::Customer,
                key_state: KeyState::Enabled,
                key_usage: Some("ENCRYPT_DECRYPT".to_owned()),
                key_spec: Some("SYMMETRIC_DEFAULT".to_owned()),
            };
            draft.keys.push(DraftKey { arn, described, policy });
        }
    ),
    given!("the key is in state {text}", "Such as `Disabled` or `PendingDeletion`", |draft, arguments| {
        draft.key()?.described.key_state = arguments.text(0).into();
    }),
    given!("there is no subscription", "Nobody is subscribed to the topic", |draft, _| {
        draft.topic()?.subscriptions.clear();
    }),
    given!("the subscription is pending", "Its owner has not confirmed it", |draft, _| {
        draft.subscription()?.listed.subscription_arn = "PendingConfirmation".to_owned();
    }),
    given!("the subscription is deleted", "SNS still lists it", |draft, _| {
        draft.subscription()?.listed.subscription_arn = "Deleted".to_owned();
    }),
    given!("the subscription's attributes say that it is pending", "Though it is listed with an ARN", |draft, _| {
        draft.subscription()?.attributes.pending_confirmation = Some("true".to_owned())
    }),
    given!(
        "the subscription takes only messages with {text}",
        "A filter policy on the messages' attributes; single quotes in it become double ones",
        |draft, arguments| filter(draft, FilterPolicyScope::MessageAttributes, arguments.text(0))?
    ),
    given!(
        "the subscription takes only messages whose body has {text}",
        "A filter policy on the messages' bodies; single quotes in it become double ones",
        |draft, arguments| filter(draft, FilterPolicyScope::MessageBody, arguments.text(0))?
    ),
    given!(
        "a second subscription",
        "One more confirmed subscription to the topic; from here on it is \"the subscription\"",
        |draft, _| {
            let topic = draft.topic()?;
            topic.subscriptions.push(subscription(&topic.arn, topic.subscriptions.len() + 1));
        }
    ),
];

/// Moves the topic, and what names it.
fn move_topic(draft: &mut Draft, change: impl FnOnce(&mut TopicArn)) -> Result<(), Mismatch> {
    let topic = draft.topic()?;
    let before = topic.arn.to_string();
    change(&mut topic.arn);
    let after = topic.arn.to_string();
    let rename = |text: &mut String| *text = text.replace(&before, &after);
    topic.attributes.policy = Some(policy_of_new_topic(&topic.arn));
    for subscription in &mut topic.subscriptions {
        rename(&mut subscription.listed.subscription_arn);
        subscription.listed.topic_arn.iter_mut().for_each(rename);
    }
    draft.alarms.iter_mut().flat_map(|alarm| &mut alarm.is.alarm_actions).for_each(rename);
    draft.composite_alarms.iter_mut().flat_map(|alarm| &mut alarm.is.alarm_actions).for_each(rename);
    Ok(())
}

/// Gives the topic a policy that lets a service publish, and nobody else.
fn allow(draft: &mut Draft, service: &str, condition: Option<(&str, &str)>) -> Result<(), Mismatch> {
    draft.topic()?.attributes.policy = Some(json!({"Version": "2012-10-17", "Statement": []}).to_string());
    let mut statement =
        json!({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sns:Publish", "Resource": "*"});
    if let (Some((key, value)), Some(statement)) = (condition, statement.as_object_mut()) {
        statement.insert("Condition".to_owned(), json!({"StringLike": {key: value}}));
    }
    state(draft, statement)
}

/// Adds a statement to the topic's policy.
fn state(draft: &mut Draft, statement: Value) -> Result<(), Mismatch> {
    let policy = draft.topic()?.attributes.policy.get_or_insert_default();
    let mut parsed: Value = serde_json::from_str(policy).map_err(|error| Mismatch(format!("the policy: {error}")))?;
    let statements = parsed.get_mut("Statement").and_then(Value::as_array_mut);
    statements.ok_or_else(|| Mismatch::new("the topic's policy has no statements"))?.push(statement);
    *policy = parsed.to_string();
    Ok(())
}

fn filter(draft: &mut Draft, scope: FilterPolicyScope, policy: &str) -> Result<(), Mismatch> {
    let attributes = &mut draft.subscription()?.attributes;
    attributes.filter_policy = Some(policy.replace('\'', "\""));
    attributes.filter_policy_scope = Some(scope);
    Ok(())
}
