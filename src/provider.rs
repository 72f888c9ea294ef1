//! Answers to read-only AWS calls.
//!
//! Two providers exist: a [recording](recorded::Recording), and with the feature `live` an account asked over the
//! network. Both answer with the same [types](api), so that nothing downstream can tell them apart. A
//! [recorder](record::Recorder) makes a recording of either.
//!
//! A call that was denied, that failed, or that nobody recorded is a [`Refusal`]: a value of its own, never an empty
//! list. An audit that mistook "you may not look" for "there is nothing" would report what it did not see.

use std::fmt;

pub mod api;
pub mod arn;
pub mod identity;
#[cfg(feature = "live")]
pub mod live;
pub mod permissions;
pub mod policy;
pub mod record;
pub mod recorded;

use api::{
    DescribeAlarms, DescribeHub, DescribeKey, DescribeMetricFilters, DescribeTrails, GetAlarmMuteRule,
    GetEventSelectors, GetKeyPolicy, GetSubscriptionAttributes, GetTopicAttributes, GetTrailStatus, ListAlarmMuteRules,
    ListSubscriptionsByTopic, Timestamp,
};
use arn::TopicArn;
use identity::Identity;
use permissions::Operation;

/// One AWS account, seen through its read-only API: one method a call.
///
/// An answer holds all pages. Regions are AWS region codes such as `eu-west-1`.
pub trait Provider {
    /// The account that answers.
    fn identity(&self) -> &Identity;

    /// The audited regions, sorted.
    fn regions(&self) -> &[String];

    /// When it answers; none if that is not known.
    fn asked_at(&self) -> Option<Timestamp>;

    /// The trails of a region, with the shadow trails: multi-region trails whose home is elsewhere.
    fn describe_trails(&self, region: &str) -> impl Future<Output = Answer<DescribeTrails>> + Send;

    /// Whether a trail is logging. Ask in the trail's home region.
    fn get_trail_status(&self, region: &str, trail: &str) -> impl Future<Output = Answer<GetTrailStatus>> + Send;

    /// Which events a trail logs. Ask in the trail's home region: elsewhere it may not be found.
    fn get_event_selectors(&self, region: &str, trail: &str) -> impl Future<Output = Answer<GetEventSelectors>> + Send;

    /// The metric filters of a log group, by name.
    fn describe_metric_filters(
        &self,
        region: &str,
        log_group: &str,
    ) -> impl Future<Output = Answer<DescribeMetricFilters>> + Send;

    /// All alarms of a region: metric, composite and, where the service knows them, log alarms.
    fn describe_alarms(&self, region: &str) -> impl Future<Output = Answer<DescribeAlarms>> + Send;

    /// The subscriptions of a topic, asked in the topic's region.
    fn list_subscriptions_by_topic(
        &self,
        topic: &TopicArn,
    ) -> impl Future<Output = Answer<ListSubscriptionsByTopic>> + Send;

    /// Whether Security Hub is enabled in a region: it answers only where it is.
    fn describe_hub(&self, region: &str) -> impl Future<Output = Answer<DescribeHub>> + Send;

    /// The policy and the encryption of a topic, asked in the topic's region.
    fn get_topic_attributes(&self, topic: &TopicArn) -> impl Future<Output = Answer<GetTopicAttributes>> + Send;

    /// What a subscription lets pass. Ask in the topic's region.
    fn get_subscription_attributes(
        &self,
        region: &str,
        subscription: &str,
    ) -> impl Future<Output = Answer<GetSubscriptionAttributes>> + Send;

    /// All rules of a region that mute alarms.
    fn list_alarm_mute_rules(&self, region: &str) -> impl Future<Output = Answer<ListAlarmMuteRules>> + Send;

    /// When a rule mutes which alarms.
    fn get_alarm_mute_rule(&self, region: &str, name: &str) -> impl Future<Output = Answer<GetAlarmMuteRule>> + Send;

    /// Who manages a key, by id, ARN or alias. Ask in the topic's region.
    fn describe_key(&self, region: &str, key: &str) -> impl Future<Output = Answer<DescribeKey>> + Send;

    /// The policy of a key, by id or ARN: KMS takes no alias here.
    fn get_key_policy(&self, region: &str, key: &str) -> impl Future<Output = Answer<GetKeyPolicy>> + Send;
}

/// The output of a call, or why there is none.
pub type Answer<T> = Result<T, Refusal>;

/// One read call: what identifies it in a recording and in a reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Call {
    /// What is called.
    pub operation: Operation,
    /// The region whose endpoint is asked.
    pub region: String,
    /// The ARN or name of what the call is about; none where it is about the whole region.
    pub resource: Option<String>,
}

impl Call {
    /// A call about a whole region.
    pub fn about_region(operation: Operation, region: &str) -> Self {
        Self { operation, region: region.to_owned(), resource: None }
    }

    /// A call about one resource.
    pub fn about(operation: Operation, region: &str, resource: &str) -> Self {
        Self { operation, region: region.to_owned(), resource: Some(resource.to_owned()) }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.resource {
            Some(resource) => write!(f, "{} in {} on `{resource}`", self.operation, self.region),
            None => write!(f, "{} in {}", self.operation, self.region),
        }
    }
}

/// A call without an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The call that was refused.
    pub call: Call,
    /// What kind of refusal it is.
    pub kind: RefusalKind,
    /// The error code of AWS, such as `AccessDeniedException`; none where no answer of AWS is at hand.
    pub code: Option<String>,
    /// A sentence for a person, from AWS where AWS answered.
    pub message: String,
}

/// The kinds of [`Refusal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusalKind {
    /// The call is not part of the recording.
    NotRecorded,
    /// The caller lacks a permission.
    Denied,
    /// AWS says that the resource does not exist.
    NotFound,
    /// Anything else: throttled, unreachable, an answer that makes no sense.
    Failed,
}

impl Refusal {
    /// A refusal as AWS worded it, its kind read off the error code.
    ///
    /// Services name the same refusal differently: `AccessDenied` (query protocols), `AccessDeniedException` (JSON
    /// protocols), `AuthorizationError` (SNS), `OperationNotPermittedException` (CloudTrail).
    pub fn from_code(call: Call, code: &str, message: &str) -> Self {
        let denied = ["AccessDenied", "AuthorizationError", "Unauthorized", "NotAuthorized", "OperationNotPermitted"];
        let kind = if denied.iter().any(|denial| code.contains(denial)) {
            RefusalKind::Denied
        } else if code.contains("NotFound") {
            RefusalKind::NotFound
        } else {
            RefusalKind::Failed
        };
        Self { call, kind, code: Some(code.to_owned()), message: told(message) }
    }

    /// The refusal of a call that AWS did not answer, or not with anything that makes sense.
    pub fn without_answer(call: Call, message: &str) -> Self {
        Self { call, kind: RefusalKind::Failed, code: None, message: told(message) }
    }

    /// The refusal of a call that nobody recorded.
    pub fn not_recorded(call: Call) -> Self {
        Self { call, kind: RefusalKind::NotRecorded, code: None, message: "the recording lacks this call".to_owned() }
    }
}

/// What a message says of the call, without what it says of the one request: lines about its signature, and its id with
/// all that follows.
fn told(message: &str) -> String {
    let line = message.trim_start().lines().next().unwrap_or_default();
    let lower = line.to_ascii_lowercase();
    let id = ["request id", "requestid", "request-id"].iter().filter_map(|name| lower.find(name)).min();
    line.get(..id.unwrap_or(line.len())).unwrap_or(line).trim_end_matches([' ', '(', '[', ';', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn a_message_keeps_to_the_call() {
        for (message, expected) in [
            ("not authorized to perform: sns:Publish", "not authorized to perform: sns:Publish"),
            (
                "Rate exceeded (Service: SNS; Status Code: 400; Request ID: 0a1b)",
                "Rate exceeded (Service: SNS; Status Code: 400",
            ),
            ("denied (RequestId: 0a1b)", "denied"),
            (
                "The signature does not match.\n\nThe Canonical String for this request is\nx-amz-date:2026",
                "The signature does not match.",
            ),
        ] {
            assert_eq!(told(message), expected);
        }
    }
}
