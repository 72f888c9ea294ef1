//! The read operations: the only ones that a live audit may send, and the ones that its IAM policy grants.

use std::fmt;

/// An API operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operation {
    /// The service, as in IAM actions and as a command of the AWS CLI.
    pub service: &'static str,
    /// The operation in the API's spelling.
    pub name: &'static str,
}

/// An operation that changes nothing, and what trailproof reads with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOperation {
    /// The operation.
    pub operation: Operation,
    /// Which part of an audit needs it.
    pub need: Need,
    /// What one call is about, in words; none where it is about a whole region.
    pub resource: Option<&'static str>,
    /// What the permission for it can be narrowed to.
    pub scope: Scope,
}

/// Which part of an audit needs an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Learning which account answers. IAM cannot deny it.
    Identity,
    /// The benchmark's own audit steps. Denied, they leave a finding undetermined.
    Benchmark,
    /// Checks beyond the benchmark. Denied, they leave an advisory.
    Deeper,
}

/// What the permission for an operation can be narrowed to, so that an audit still sees all that it asks for. Accounts
/// are never part of it: a trail may belong to the organization, a topic or a key to another account.
///
/// Source: the Service Authorization Reference. Where it names a resource that would hide answers, none is taken: a
/// narrowed `DescribeAlarms` leaves composite alarms out (CloudWatch API reference), the ARN of mute rules is documented
/// in two ways, and whether `DescribeHub` needs the hub's is left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Nothing.
    Everything,
    /// Trails.
    Trails,
    /// Log groups.
    LogGroups,
    /// SNS topics.
    Topics,
    /// KMS keys.
    Keys,
}

/// Every operation that trailproof may send.
pub const READ_OPERATIONS: &[ReadOperation] = &[
    identity("sts", "GetCallerIdentity"),
    benchmark(Operation::DESCRIBE_TRAILS, None, Scope::Everything),
    benchmark(Operation::GET_TRAIL_STATUS, Some("the trail's ARN"), Scope::Trails),
    benchmark(Operation::GET_EVENT_SELECTORS, Some("the trail's ARN"), Scope::Trails),
    benchmark(Operation::DESCRIBE_METRIC_FILTERS, Some("the log group's name"), Scope::LogGroups),
    benchmark(Operation::DESCRIBE_ALARMS, None, Scope::Everything),
    benchmark(Operation::LIST_SUBSCRIPTIONS_BY_TOPIC, Some("the topic's ARN"), Scope::Topics),
    benchmark(Operation::DESCRIBE_HUB, None, Scope::Everything),
    deeper(Operation::GET_TOPIC_ATTRIBUTES, Some("the topic's ARN"), Scope::Topics),
    deeper(Operation::GET_SUBSCRIPTION_ATTRIBUTES, Some("the subscription's ARN"), Scope::Everything),
    deeper(Operation::LIST_ALARM_MUTE_RULES, None, Scope::Everything),
    deeper(Operation::GET_ALARM_MUTE_RULE, Some("the mute rule's name"), Scope::Everything),
    deeper(Operation::DESCRIBE_KEY, Some("the topic's `KmsMasterKeyId`"), Scope::Keys),
    deeper(Operation::GET_KEY_POLICY, Some("the key's id or ARN"), Scope::Keys),
];

impl Operation {
    /// `cloudtrail:DescribeTrails`
    pub const DESCRIBE_TRAILS: Self = Self { service: "cloudtrail", name: "DescribeTrails" };
    /// `cloudtrail:GetTrailStatus`
    pub const GET_TRAIL_STATUS: Self = Self { service: "cloudtrail", name: "GetTrailStatus" };
    /// `cloudtrail:GetEventSelectors`
    pub const GET_EVENT_SELECTORS: Self = Self { service: "cloudtrail", name: "GetEventSelectors" };
    /// `logs:DescribeMetricFilters`
    pub const DESCRIBE_METRIC_FILTERS: Self = Self { service: "logs", name: "DescribeMetricFilters" };
    /// `cloudwatch:DescribeAlarms`
    pub const DESCRIBE_ALARMS: Self = Self { service: "cloudwatch", name: "DescribeAlarms" };
    /// `sns:ListSubscriptionsByTopic`
    pub const LIST_SUBSCRIPTIONS_BY_TOPIC: Self = Self { service: "sns", name: "ListSubscriptionsByTopic" };
    /// `securityhub:DescribeHub`
    pub const DESCRIBE_HUB: Self = Self { service: "securityhub", name: "DescribeHub" };
    /// `sns:GetTopicAttributes`
    pub const GET_TOPIC_ATTRIBUTES: Self = Self { service: "sns", name: "GetTopicAttributes" };
    /// `sns:GetSubscriptionAttributes`
    pub const GET_SUBSCRIPTION_ATTRIBUTES: Self = Self { service: "sns", name: "GetSubscriptionAttributes" };
    /// `cloudwatch:ListAlarmMuteRules`
    pub const LIST_ALARM_MUTE_RULES: Self = Self { service: "cloudwatch", name: "ListAlarmMuteRules" };
    /// `cloudwatch:GetAlarmMuteRule`
    pub const GET_ALARM_MUTE_RULE: Self = Self { service: "cloudwatch", name: "GetAlarmMuteRule" };
    /// `kms:DescribeKey`
    pub const DESCRIBE_KEY: Self = Self { service: "kms", name: "DescribeKey" };
    /// `kms:GetKeyPolicy`
    pub const GET_KEY_POLICY: Self = Self { service: "kms", name: "GetKeyPolicy" };
}

impl Operation {
    /// What the AWS CLI calls it: `describe-trails`.
    pub fn command(self) -> String {
        let mut command = String::new();
        for letter in self.name.chars() {
            if letter.is_ascii_uppercase() && !command.is_empty() {
                command.push('-');
            }
            command.push(letter.to_ascii_lowercase());
        }
        command
    }

    /// What is asked only after this operation has answered. Denied, it hides them.
    pub fn leads_to(self) -> &'static [Self] {
        match self {
            Self::DESCRIBE_TRAILS => &[
                Self::GET_TRAIL_STATUS,
                Self::GET_EVENT_SELECTORS,
                Self::DESCRIBE_METRIC_FILTERS,
                Self::DESCRIBE_ALARMS,
            ],
            Self::DESCRIBE_METRIC_FILTERS | Self::DESCRIBE_ALARMS => {
                &[Self::LIST_SUBSCRIPTIONS_BY_TOPIC, Self::GET_TOPIC_ATTRIBUTES, Self::LIST_ALARM_MUTE_RULES]
            }
            Self::LIST_SUBSCRIPTIONS_BY_TOPIC => &[Self::GET_SUBSCRIPTION_ATTRIBUTES],
            Self::GET_TOPIC_ATTRIBUTES => &[Self::DESCRIBE_KEY],
            Self::DESCRIBE_KEY => &[Self::GET_KEY_POLICY],
            Self::LIST_ALARM_MUTE_RULES => &[Self::GET_ALARM_MUTE_RULE],
            _ => &[],
        }
    }
}

impl ReadOperation {
    /// The read operation of this service and name, if it is one.
    pub fn find(service: &str, name: &str) -> Option<&'static Self> {
        READ_OPERATIONS.iter().find(|read| read.operation.service == service && read.operation.name == name)
    }
}

/// As IAM writes the action: `cloudtrail:DescribeTrails`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.name)
    }
}

const fn identity(service: &'static str, name: &'static str) -> ReadOperation {
    let operation = Operation { service, name };
    ReadOperation { operation, need: Need::Identity, resource: None, scope: Scope::Everything }
}

const fn benchmark(operation: Operation, resource: Option<&'static str>, scope: Scope) -> ReadOperation {
    ReadOperation { operation, need: Need::Benchmark, resource, scope }
}

const fn deeper(operation: Operation, resource: Option<&'static str>, scope: Scope) -> ReadOperation {
    ReadOperation { operation, need: Need::Deeper, resource, scope }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_reads_by_its_name() {
        for ReadOperation { operation, .. } in READ_OPERATIONS {
            assert!(["Describe", "Get", "List"].iter().any(|verb| operation.name.starts_with(verb)), "{operation}");
        }
    }
}
