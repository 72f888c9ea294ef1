//! The ARNs by which one resource names another: a trail its log group, an alarm its topics. Each is validated where it is
//! read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{AccountId, Region};

/// An ARN that is not of the kind that its place asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not the ARN of {expected}")]
pub struct WrongArn {
    text: String,
    expected: &'static str,
}

/// The ARN of anything: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: String,
    /// The service, such as `sns`.
    pub service: String,
    /// The region; none where a resource belongs to all regions, as a role does.
    pub region: Option<Region>,
    /// Whose it is: in general an account id, but `aws` for what AWS manages; empty where it is nobody's.
    pub account: String,
    /// All that follows, which may hold colons.
    pub resource: String,
}

impl Arn {
    /// The account that owns it, if one does.
    pub fn account_id(&self) -> Option<AccountId> {
        self.account.parse().ok()
    }
}

impl FromStr for Arn {
    type Err = WrongArn;

    fn from_str(text: &str) -> Result<Self, WrongArn> {
        let wrong = || WrongArn { text: text.to_owned(), expected: "an AWS resource" };
        let mut fields = text.splitn(6, ':');
        let mut field = || fields.next().ok_or_else(wrong);
        let (scheme, partition, service, region) = (field()?, field()?, field()?, field()?);
        let (account, resource) = (field()?, field()?);
        if scheme != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
            return Err(wrong());
        }
        Ok(Self {
            partition: partition.to_owned(),
            service: service.to_owned(),
            region: Some(region)
                .filter(|region| !region.is_empty())
                .map(str::parse)
                .transpose()
                .map_err(|_| wrong())?,
            account: account.to_owned(),
            resource: resource.to_owned(),
        })
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{}:{account}:{resource}", region.as_deref().unwrap_or_default())
    }
}

impl TryFrom<String> for Arn {
    type Error = WrongArn;

    fn try_from(text: String) -> Result<Self, WrongArn> {
        text.parse()
    }
}

/// ARNs of one kind each: the service, what stands before the name, what stands behind it, and what a name is.
macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident: $expected:literal, $service:literal, $before:literal, $after:literal, $is_name:expr;)*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $kind {
            /// The partition, such as `aws`.
            pub partition: String,
            /// The region that the resource is in.
            pub region: Region,
            /// The account that owns it.
            pub account: AccountId,
            /// The name, or what stands in its place.
            pub name: String,
        }

        impl FromStr for $kind {
            type Err = WrongArn;

            fn from_str(text: &str) -> Result<Self, WrongArn> {
                let wrong = || WrongArn { text: text.to_owned(), expected: $expected };
                let Arn { partition, service, region, account, resource } = text.parse().map_err(|_| wrong())?;
                let name = resource.strip_prefix($before).filter(|_| service == $service).ok_or_else(wrong)?;
                let name = name.strip_suffix($after).unwrap_or(name);
                let is_name: fn(&str) -> bool = $is_name;
                if name.is_empty() || !is_name(name) {
                    return Err(wrong());
                }
                Ok(Self {
                    partition,
                    region: region.ok_or_else(wrong)?,
                    account: account.parse().map_err(|_| wrong())?,
                    name: name.to_owned(),
                })
            }
        }

        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let Self { partition, region, account, name } = self;
                write!(f, concat!("arn:{}:", $service, ":{}:{}:", $before, "{}", $after), partition, region, account, name)
            }
        }

        impl TryFrom<String> for $kind {
            type Error = WrongArn;

            fn try_from(text: String) -> Result<Self, WrongArn> {
                text.parse()
            }
        }

        impl From<$kind> for String {
            fn from(arn: $kind) -> Self {
                arn.to_string()
            }
        }
    )*};
}

kinds! {
    /// A trail, in its home region and its owner's account: `arn:aws:cloudtrail:REGION:ACCOUNT:trail/NAME`.
    TrailArn: "a trail", "cloudtrail", "trail/", "", |name| !name.contains([':', '/']);
    /// A log group, with or without the star that stands for its streams: `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`.
    LogGroupArn: "a log group", "logs", "log-group:", ":*", |name| !name.contains(':');
    /// A topic: `arn:aws:sns:REGION:ACCOUNT:NAME`. A further colon makes it the ARN of a subscription.
    TopicArn: "an SNS topic", "sns", "", "", |name| !name.contains(':');
    /// A subscription, whose name is the topic's and its own id: `arn:aws:sns:REGION:ACCOUNT:TOPIC:ID`.
    SubscriptionArn: "a subscription", "sns", "", "", |name| {
        name.split(':').count() == 2 && name.split(':').all(|part| !part.is_empty())
    };
    /// An alarm: `arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME`. A name may hold colons.
    AlarmArn: "an alarm", "cloudwatch", "alarm:", "", |_| true;
    /// A key, by its id: `arn:aws:kms:REGION:ACCOUNT:key/ID`.
    KeyArn: "a key", "kms", "key/", "", |_| true;
    /// The hub that Security Hub has in a region: `arn:aws:securityhub:REGION:ACCOUNT:hub/default`.
    HubArn: "a hub", "securityhub", "hub/", "", |_| true;
    /// A rule of EventBridge: `arn:aws:events:REGION:ACCOUNT:rule/NAME`, and `…:rule/BUS/NAME` but on the default bus.
    RuleArn: "a rule", "events", "rule/", "", |_| true;
    /// A bus of EventBridge: `arn:aws:events:REGION:ACCOUNT:event-bus/NAME`.
    BusArn: "an event bus", "events", "event-bus/", "", |_| true;
    /// What a monitoring account attaches links to: `arn:aws:oam:REGION:ACCOUNT:sink/ID`.
    SinkArn: "a sink", "oam", "sink/", "", |_| true;
    /// A link of a source account to a sink: `arn:aws:oam:REGION:ACCOUNT:link/ID`.
    LinkArn: "a link", "oam", "link/", "", |_| true;
}

impl SubscriptionArn {
    /// The topic that the subscription is on.
    pub fn topic(&self) -> TopicArn {
        let Self { partition, region, account, name } = self.clone();
        TopicArn { partition, region, account, name: name.split(':').next().unwrap_or_default().to_owned() }
    }
}

impl RuleArn {
    /// The bus that the rule is on and the rule's own name.
    pub fn bus_and_rule(&self) -> (&str, &str) {
        self.name.rsplit_once('/').unwrap_or(("default", &self.name))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn log_group_with_and_without_the_star() {
        let arn = "arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:/aws/trail";
        for text in [arn.to_owned(), format!("{arn}:*")] {
            let parsed: LogGroupArn = text.parse().unwrap();
            assert_eq!((parsed.region.as_str(), parsed.name.as_str()), ("us-gov-west-1", "/aws/trail"));
            assert_eq!(parsed.to_string(), format!("{arn}:*"));
        }
    }

    #[test]
    fn only_topics_are_topics() {
        assert!("arn:aws:sns:us-east-1:111122223333:alerts".parse::<TopicArn>().is_ok());
        for other in [
            "",
            "alerts",
            "arn:aws:sns:us-east-1:111122223333:",
            "arn:aws:sns:us-east-1:111122223333:alerts:0a1b",
            "arn:aws:sns::111122223333:alerts",
            "arn:aws:sns:us-east-1:1111:alerts",
            "arn:aws:lambda:us-east-1:111122223333:function:page",
            "arn:aws:automate:us-east-1:ec2:stop",
        ] {
            assert!(other.parse::<TopicArn>().is_err(), "{other}");
        }
    }

    #[test]
    fn a_subscription_knows_its_topic() {
        let arn: SubscriptionArn = "arn:aws:sns:us-east-1:111122223333:alerts:0a1b".parse().unwrap();
        assert_eq!(arn.topic().to_string(), "arn:aws:sns:us-east-1:111122223333:alerts");
        assert!("arn:aws:sns:us-east-1:111122223333:alerts".parse::<SubscriptionArn>().is_err());
        assert!("arn:".parse::<SubscriptionArn>().is_err());
    }

    #[rstest]
    #[case("arn:aws:iam::111122223333:role/audit", None, Some("111122223333"))]
    #[case("arn:aws:iam::aws:policy/ReadOnlyAccess", None, None)]
    #[case("arn:aws:cloudtrail:eu-west-1:111122223333:trail/main", Some("eu-west-1"), Some("111122223333"))]
    fn any_arn(#[case] text: &str, #[case] region: Option<&str>, #[case] account: Option<&str>) {
        let arn: Arn = text.parse().unwrap();
        assert_eq!((arn.region.as_deref(), arn.account_id().as_ref().map(AccountId::as_str)), (region, account));
        assert_eq!(arn.to_string(), text);
    }

    #[test]
    fn the_default_bus_is_not_in_the_name_of_its_rules() {
        let rule =
            |name: &str| format!("arn:aws:events:us-east-1:111122223333:rule/{name}").parse::<RuleArn>().unwrap();
        assert_eq!(rule("root").bus_and_rule(), ("default", "root"));
        assert_eq!(rule("security/root").bus_and_rule(), ("security", "root"));
    }
}
