//! The ARNs that one link of the chain uses to name the next: a trail its log group, an alarm its topics.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An ARN that is not of the kind that its place asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not the ARN of {expected}")]
pub struct WrongArn {
    text: String,
    expected: &'static str,
}

/// Where a trail delivers to: `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LogGroupArn {
    /// The partition, such as `aws`.
    pub partition: String,
    /// The region of the log group, which need not be the trail's home region.
    pub region: String,
    /// The account that owns the log group; an organization trail's is the management account.
    pub account: String,
    /// The name, such as `CloudTrail/DefaultLogGroup`.
    pub name: String,
}

impl FromStr for LogGroupArn {
    type Err = WrongArn;

    fn from_str(text: &str) -> Result<Self, WrongArn> {
        let wrong = || WrongArn { text: text.to_owned(), expected: "a log group" };
        let [partition, region, account, rest] = fields(text, "logs").ok_or_else(wrong)?;
        let name = rest.strip_prefix("log-group:").ok_or_else(wrong)?;
        let name = name.strip_suffix(":*").unwrap_or(name);
        if name.is_empty() || name.contains(':') {
            return Err(wrong());
        }
        Ok(Self {
            partition: partition.to_owned(),
            region: region.to_owned(),
            account: account.to_owned(),
            name: name.to_owned(),
        })
    }
}

impl fmt::Display for LogGroupArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, region, account, name } = self;
        write!(f, "arn:{partition}:logs:{region}:{account}:log-group:{name}:*")
    }
}

/// A topic that an alarm notifies: `arn:aws:sns:REGION:ACCOUNT:NAME`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TopicArn {
    /// The partition, such as `aws`.
    pub partition: String,
    /// The topic's region.
    pub region: String,
    /// The account that owns the topic, which may differ from the alarm's.
    pub account: String,
    /// The topic's name.
    pub name: String,
}

impl FromStr for TopicArn {
    type Err = WrongArn;

    fn from_str(text: &str) -> Result<Self, WrongArn> {
        let wrong = || WrongArn { text: text.to_owned(), expected: "an SNS topic" };
        let [partition, region, account, name] = fields(text, "sns").ok_or_else(wrong)?;
        // A further colon makes it the ARN of a subscription.
        if name.is_empty() || name.contains(':') {
            return Err(wrong());
        }
        Ok(Self {
            partition: partition.to_owned(),
            region: region.to_owned(),
            account: account.to_owned(),
            name: name.to_owned(),
        })
    }
}

impl fmt::Display for TopicArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, region, account, name } = self;
        write!(f, "arn:{partition}:sns:{region}:{account}:{name}")
    }
}

/// Conversions that serde asks for.
macro_rules! by_text {
    ($($arn:ty),*) => {$(
        impl TryFrom<String> for $arn {
            type Error = WrongArn;

            fn try_from(text: String) -> Result<Self, WrongArn> {
                text.parse()
            }
        }

        impl From<$arn> for String {
            fn from(arn: $arn) -> Self {
                arn.to_string()
            }
        }
    )*};
}
by_text!(LogGroupArn, TopicArn);

/// The region in any ARN that has one.
pub fn region_of(arn: &str) -> Option<&str> {
    let mut fields = arn.splitn(6, ':');
    if fields.next() != Some("arn") {
        return None;
    }
    fields.nth(2).filter(|region| !region.is_empty())
}

/// Whether a text may be a region code such as `us-east-1`. It becomes part of a host name.
pub fn is_region_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// The account in any ARN, if it has one.
pub fn account_of(arn: &str) -> Option<&str> {
    arn.strip_prefix("arn:")?.split(':').nth(3).filter(|account| !account.is_empty())
}

/// Partition, region, account and resource of an ARN of the given service.
fn fields<'a>(arn: &'a str, service: &str) -> Option<[&'a str; 4]> {
    let mut fields = arn.splitn(6, ':');
    let (scheme, partition, found) = (fields.next()?, fields.next()?, fields.next()?);
    let rest = [partition, fields.next()?, fields.next()?, fields.next()?];
    (scheme == "arn" && found == service && rest.iter().all(|field| !field.is_empty())).then_some(rest)
}

#[cfg(test)]
mod tests {
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
            "arn:aws:lambda:us-east-1:111122223333:function:page",
            "arn:aws:automate:us-east-1:ec2:stop",
        ] {
            assert!(other.parse::<TopicArn>().is_err(), "{other}");
        }
    }

    #[test]
    fn region_of_any_arn() {
        assert_eq!(region_of("arn:aws:cloudtrail:eu-west-1:111122223333:trail/main"), Some("eu-west-1"));
        assert_eq!(region_of("arn:aws:iam::111122223333:role/audit"), None);
        assert_eq!(region_of("main"), None);
    }
}
