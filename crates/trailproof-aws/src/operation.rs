//! The table of read operations: the only ones that a live account may be asked, and the ones that the IAM policy grants.

use std::fmt;

use crate::api::account::ListRegionsOutput;
use crate::api::cloudtrail::{DescribeTrailsOutput, GetEventSelectorsOutput, GetTrailStatusOutput};
use crate::api::cloudwatch::DescribeAlarmsOutput;
use crate::api::events::{DescribeEventBusOutput, ListRulesOutput, ListTargetsByRuleOutput};
use crate::api::kms::{DescribeKeyOutput, GetKeyPolicyOutput};
use crate::api::logs::{DescribeMetricFiltersOutput, DescribeSubscriptionFiltersOutput};
use crate::api::mute::{GetAlarmMuteRuleOutput, ListAlarmMuteRulesOutput};
use crate::api::oam::{GetLinkOutput, ListAttachedLinksOutput, ListLinksOutput, ListSinksOutput};
use crate::api::organizations::{DescribeOrganizationOutput, ListAccountsOutput, ListDelegatedAdministratorsOutput};
use crate::api::securityhub::DescribeHubOutput;
use crate::api::sns::{GetSubscriptionAttributesOutput, GetTopicAttributesOutput, ListSubscriptionsByTopicOutput};
use crate::api::sts::GetCallerIdentityOutput;
use crate::ask::Question;

/// What the table says of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    service: &'static str,
    name: &'static str,
    need: Need,
    endpoint: Endpoint,
    resource: Option<&'static str>,
    scope: Scope,
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
    /// The accounts of an organization, and what they share.
    Estate,
    /// Routes through EventBridge.
    Routes,
    /// Hand-overs to a SIEM.
    HandOver,
}

impl Need {
    /// What an audit of one account asks for.
    pub const OF_AN_AUDIT: [Self; 2] = [Self::Benchmark, Self::Deeper];
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Identity => "identity",
            Self::Benchmark => "benchmark",
            Self::Deeper => "deeper",
            Self::Estate => "estate",
            Self::Routes => "routes",
            Self::HandOver => "hand-over",
        })
    }
}

/// The region whose endpoint is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// Each audited region.
    Audited,
    /// Each region that is enabled in the account.
    Enabled,
    /// The home region of the trail that the call is about: elsewhere it may not be found.
    Home,
    /// The region of the log groups that trails deliver to.
    LogGroup,
    /// The region of the topic that the call is about.
    Topic,
    /// The region of what the call is about.
    Resource,
    /// The one region of the partition that answers for all of them.
    Partition,
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
    /// EventBridge rules.
    Rules,
    /// EventBridge buses.
    Buses,
}

/// What is to be done for the type of a question that is known by its operation.
pub(crate) trait Dispatch {
    type Output;

    fn question<Q: Question>(self) -> Self::Output;
}

/// Defines the operations. An entry is the operation, what it is about if it is about one resource, its service, the part
/// of an audit that needs it, the endpoint that is asked, what the permission can be narrowed to, and its answer.
macro_rules! operations {
    ($(
        $(#[$about:meta])*
        $name:ident $({ $subject:ident: $kind:ty = $meaning:literal })?
            : $service:literal, $need:ident, $endpoint:ident, $scope:ident => $output:ident;
    )*) => {
        /// An operation that changes nothing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation {
            $($(#[$about])* $name,)*
        }

        impl Operation {
            /// Every operation, in the order in which an audit asks.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            const fn entry(self) -> Entry {
                match self {
                    $(Self::$name => Entry {
                        service: $service,
                        name: stringify!($name),
                        need: Need::$need,
                        endpoint: Endpoint::$endpoint,
                        resource: meaning!($($meaning)?),
                        scope: Scope::$scope,
                    },)*
                }
            }

            /// Does what depends on the type of the question.
            pub(crate) fn dispatch<D: Dispatch>(self, to: D) -> D::Output {
                match self {
                    $(Self::$name => to.question::<question::$name>(),)*
                }
            }
        }

        /// What a call asks: one type an operation. All go to the endpoint of a region, most are about one resource in it.
        pub mod question {
            use super::*;
            use crate::arn::{BusArn, LinkArn, RuleArn, SinkArn, SubscriptionArn, TopicArn, TrailArn};
            use crate::ask::Subject as _;
            use crate::Region;
            $(
                $(#[$about])*
                #[derive(Debug, Clone, PartialEq, Eq)]
                pub struct $name {
                    /// The region whose endpoint is asked.
                    pub region: Region,
                    $(#[doc = $meaning] pub $subject: $kind,)?
                }

                impl Question for $name {
                    type Output = $output;
                    const OPERATION: Operation = Operation::$name;

                    fn region(&self) -> &Region {
                        &self.region
                    }

                    $(fn resource(&self) -> Option<String> {
                        self.$subject.text()
                    })?

                    fn request(self) -> Request {
                        Request::$name(self)
                    }

                    fn wrap(output: $output) -> Output {
                        Output::$name(output)
                    }

                    fn unwrap(output: &Output) -> Option<&$output> {
                        match output {
                            Output::$name(output) => Some(output),
                            _ => None,
                        }
                    }

                    fn unwrap_mut(output: &mut Output) -> Option<&mut $output> {
                        match output {
                            Output::$name(output) => Some(output),
                            _ => None,
                        }
                    }
                }
            )*
        }

        /// A question about any operation.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Request {
            $($(#[$about])* $name(question::$name),)*
        }

        /// What any operation answers.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Output {
            $($(#[$about])* $name($output),)*
        }

        impl serde::Serialize for Output {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$name(output) => output.serialize(serializer),)*
                }
            }
        }
    };
}

/// What an operation is about, in words; none where it is about a whole region.
macro_rules! meaning {
    () => {
        None
    };
    ($meaning:literal) => {
        Some($meaning)
    };
}

operations! {
    /// Which account answers.
    GetCallerIdentity: "sts", Identity, Audited, Everything => GetCallerIdentityOutput;
    /// The trails of a region, with the shadow trails: multi-region trails whose home is elsewhere.
    DescribeTrails: "cloudtrail", Benchmark, Audited, Everything => DescribeTrailsOutput;
    /// Whether a trail is logging.
    GetTrailStatus { trail: TrailArn = "the trail's ARN" }:
        "cloudtrail", Benchmark, Home, Trails => GetTrailStatusOutput;
    /// Which events a trail logs.
    GetEventSelectors { trail: TrailArn = "the trail's ARN" }:
        "cloudtrail", Benchmark, Home, Trails => GetEventSelectorsOutput;
    /// The metric filters of a log group.
    DescribeMetricFilters { log_group: String = "the log group's name" }:
        "logs", Benchmark, LogGroup, LogGroups => DescribeMetricFiltersOutput;
    /// All alarms of a region: metric, composite and, where the service knows them, log alarms.
    DescribeAlarms: "cloudwatch", Benchmark, LogGroup, Everything => DescribeAlarmsOutput;
    /// The subscriptions of a topic.
    ListSubscriptionsByTopic { topic: TopicArn = "the topic's ARN" }:
        "sns", Benchmark, Topic, Topics => ListSubscriptionsByTopicOutput;
    /// Whether Security Hub is enabled in a region: it answers only where it is.
    DescribeHub: "securityhub", Benchmark, Audited, Everything => DescribeHubOutput;
    /// The policy and the encryption of a topic.
    GetTopicAttributes { topic: TopicArn = "the topic's ARN" }:
        "sns", Deeper, Topic, Topics => GetTopicAttributesOutput;
    /// Which messages a subscription receives.
    GetSubscriptionAttributes { subscription: SubscriptionArn = "the subscription's ARN" }:
        "sns", Deeper, Topic, Everything => GetSubscriptionAttributesOutput;
    /// All rules of a region that mute alarms.
    ListAlarmMuteRules: "cloudwatch", Deeper, LogGroup, Everything => ListAlarmMuteRulesOutput;
    /// When a rule mutes which alarms.
    GetAlarmMuteRule { name: String = "the mute rule's name" }:
        "cloudwatch", Deeper, LogGroup, Everything => GetAlarmMuteRuleOutput;
    /// Who manages a key, which is given by its id, ARN or alias.
    DescribeKey { key: String = "the topic's `KmsMasterKeyId`" }:
        "kms", Deeper, Topic, Keys => DescribeKeyOutput;
    /// The policy of a key, which is given by its id or ARN: KMS takes no alias here.
    GetKeyPolicy { key: String = "the key's id or ARN" }:
        "kms", Deeper, Topic, Keys => GetKeyPolicyOutput;
    /// The regions that are enabled in the account.
    ListRegions: "account", Deeper, Partition, Everything => ListRegionsOutput;
    /// The organization that the account is in.
    DescribeOrganization: "organizations", Estate, Partition, Everything => DescribeOrganizationOutput;
    /// The accounts of the organization.
    ListAccounts: "organizations", Estate, Partition, Everything => ListAccountsOutput;
    /// The accounts that may manage CloudTrail for the organization.
    ListDelegatedAdministrators: "organizations", Estate, Partition, Everything => ListDelegatedAdministratorsOutput;
    /// The rules of an event bus.
    ListRules { bus: Option<String> = "the bus's name; none for the default bus" }:
        "events", Routes, Enabled, Rules => ListRulesOutput;
    /// The targets of a rule.
    ListTargetsByRule { rule: RuleArn = "the rule's ARN" }:
        "events", Routes, Resource, Rules => ListTargetsByRuleOutput;
    /// Who may put events on a bus.
    DescribeEventBus { bus: BusArn = "the bus's ARN" }:
        "events", Routes, Resource, Buses => DescribeEventBusOutput;
    /// Where a log group's events are handed over to.
    DescribeSubscriptionFilters { log_group: String = "the log group's name" }:
        "logs", HandOver, LogGroup, LogGroups => DescribeSubscriptionFiltersOutput;
    /// The sink of a monitoring account in a region, if there is one.
    ListSinks: "oam", Estate, Audited, Everything => ListSinksOutput;
    /// The links of source accounts to a sink.
    ListAttachedLinks { sink: SinkArn = "the sink's ARN" }:
        "oam", Estate, Resource, Everything => ListAttachedLinksOutput;
    /// The links of a source account in a region.
    ListLinks: "oam", Estate, Audited, Everything => ListLinksOutput;
    /// What a link shares.
    GetLink { link: LinkArn = "the link's ARN" }:
        "oam", Estate, Resource, Everything => GetLinkOutput;
}

impl Operation {
    /// The operation of this service and name, if it is in the table.
    pub fn find(service: &str, name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|operation| operation.service() == service && operation.name() == name)
    }

    /// The service, as in IAM actions and as a command of the AWS CLI.
    pub const fn service(self) -> &'static str {
        self.entry().service
    }

    /// The operation in the API's spelling.
    pub const fn name(self) -> &'static str {
        self.entry().name
    }

    /// Which part of an audit needs it.
    pub const fn need(self) -> Need {
        self.entry().need
    }

    /// Which endpoint is asked.
    pub const fn endpoint(self) -> Endpoint {
        self.entry().endpoint
    }

    /// What one call is about, in words; none where it is about a whole region.
    pub const fn resource(self) -> Option<&'static str> {
        self.entry().resource
    }

    /// Whether there may be a call that names no resource.
    pub const fn is_about_region(self) -> bool {
        self.entry().resource.is_none() || matches!(self, Self::ListRules)
    }

    /// What the permission for it can be narrowed to.
    pub const fn scope(self) -> Scope {
        self.entry().scope
    }

    /// What the AWS CLI calls it: `describe-trails`.
    pub fn command(self) -> String {
        let mut command = String::new();
        for letter in self.name().chars() {
            if letter.is_ascii_uppercase() && !command.is_empty() {
                command.push('-');
            }
            command.push(letter.to_ascii_lowercase());
        }
        command
    }

    /// What is asked only after this operation has answered. Denied, it hides them.
    pub const fn leads_to(self) -> &'static [Self] {
        match self {
            Self::DescribeTrails => {
                &[Self::GetTrailStatus, Self::GetEventSelectors, Self::DescribeMetricFilters, Self::DescribeAlarms]
            }
            Self::DescribeMetricFilters | Self::DescribeAlarms => {
                &[Self::ListSubscriptionsByTopic, Self::GetTopicAttributes, Self::ListAlarmMuteRules]
            }
            Self::ListSubscriptionsByTopic => &[Self::GetSubscriptionAttributes],
            Self::GetTopicAttributes => &[Self::DescribeKey],
            Self::DescribeKey => &[Self::GetKeyPolicy],
            Self::ListAlarmMuteRules => &[Self::GetAlarmMuteRule],
            _ => &[],
        }
    }
}

/// As IAM writes the action: `cloudtrail:DescribeTrails`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service(), self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_reads_by_its_name() {
        for operation in Operation::ALL {
            assert!(["Describe", "Get", "List"].iter().any(|verb| operation.name().starts_with(verb)), "{operation}");
        }
    }
}
