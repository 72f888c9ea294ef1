//! What an AWS service asks of a resource.

/// A request of a service principal on behalf of a resource, such as CloudWatch's for an alarm.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The service principal: `cloudwatch.amazonaws.com`.
    pub service: &'a str,
    /// The action: `sns:Publish`.
    pub action: &'a str,
    /// The ARN of the topic or key.
    pub resource: &'a str,
    /// The ARN of the alarm or rule that the request is made for, if it is known.
    pub source: Option<&'a str>,
    /// The account of that alarm or rule.
    pub account: &'a str,
    /// The organization of that account.
    pub organization: Organization<'a>,
    /// When the request is made, in seconds since the beginning of 1970, if that is known.
    pub now: Option<i64>,
    /// What the key is used for, if the resource is a key.
    pub key: Option<KeyUse<'a>>,
}

/// Which organization an account belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Organization<'a> {
    /// It was not looked at.
    #[default]
    Unknown,
    /// To none.
    None,
    /// To the one with this id: `o-exampleorgid`.
    Member(&'a str),
}

/// What a key is used for.
#[derive(Clone, Copy, Debug)]
pub struct KeyUse<'a> {
    /// The ARN of the topic whose messages it encrypts.
    pub topic: &'a str,
}

impl<'a> Request<'a> {
    /// The region of the resource, which is the one that the request goes to.
    pub(super) fn region(&self) -> Option<&'a str> {
        self.resource.split(':').nth(3).filter(|region| !region.is_empty())
    }

    /// The account that owns the resource.
    pub(super) fn owner(&self) -> Option<&'a str> {
        self.resource.split(':').nth(4).filter(|account| !account.is_empty())
    }
}
