//! Questions, who is asked, and what comes of it.

use std::fmt;

use crate::api::Timestamp;
use crate::arn::{BusArn, LinkArn, RuleArn, SinkArn, SubscriptionArn, TopicArn, TrailArn};
use crate::operation::{Operation, Output, Request};
use crate::{Identity, Region, Response};

/// Whoever answers questions about one AWS account: a [recording](crate::Recording), the account itself, a double.
///
/// An answer holds all pages.
pub trait Ask {
    /// The audited regions, sorted.
    fn regions(&self) -> &[Region];

    /// When it answers; none if that is not known.
    fn asked_at(&self) -> Option<Timestamp>;

    /// Asks one question.
    fn ask<Q: Question>(&self, question: Q) -> impl Future<Output = Answer<Q::Output>> + Send;
}

/// Whoever answers about an account whose identity is known beforehand.
pub trait Provider: Ask {
    /// The account that answers.
    fn identity(&self) -> &Identity;
}

impl<A: Ask> Ask for &A {
    fn regions(&self) -> &[Region] {
        (**self).regions()
    }

    fn asked_at(&self) -> Option<Timestamp> {
        (**self).asked_at()
    }

    fn ask<Q: Question>(&self, question: Q) -> impl Future<Output = Answer<Q::Output>> + Send {
        (**self).ask(question)
    }
}

impl<P: Provider> Provider for &P {
    fn identity(&self) -> &Identity {
        (**self).identity()
    }
}

/// What one call asks. The [operations](crate::question) implement it.
pub trait Question: fmt::Debug + Clone + Send + Sync + 'static {
    /// What the operation answers.
    type Output: Response;
    /// What is called.
    const OPERATION: Operation;

    /// The region whose endpoint is asked.
    fn region(&self) -> &Region;

    /// The ARN or name of what the call is about; none where it is about the whole region.
    fn resource(&self) -> Option<String> {
        None
    }

    /// The call that asks it.
    fn call(&self) -> Call {
        Call { operation: Self::OPERATION, region: self.region().clone(), resource: self.resource() }
    }

    /// The question beside those about other operations.
    fn request(self) -> Request;

    /// The answer beside those of other operations.
    fn wrap(output: Self::Output) -> Output;

    /// The answer, if it is one of this operation.
    fn unwrap(output: &Output) -> Option<&Self::Output>;

    /// The same, to change it.
    fn unwrap_mut(output: &mut Output) -> Option<&mut Self::Output>;
}

/// What a call is about, as a text.
pub(crate) trait Subject {
    fn text(&self) -> Option<String>;
}

impl Subject for String {
    fn text(&self) -> Option<String> {
        Some(self.clone())
    }
}

impl Subject for Option<String> {
    fn text(&self) -> Option<String> {
        self.clone()
    }
}

macro_rules! by_arn {
    ($($arn:ty),*) => {$(
        impl Subject for $arn {
            fn text(&self) -> Option<String> {
                Some(self.to_string())
            }
        }
    )*};
}
by_arn!(TrailArn, TopicArn, SubscriptionArn, RuleArn, BusArn, SinkArn, LinkArn);

/// The output of a call, or why there is none.
pub type Answer<T> = Result<T, Refusal>;

/// One call: what identifies it in a recording and in a reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Call {
    /// What is called.
    pub operation: Operation,
    /// The region whose endpoint is asked.
    pub region: Region,
    /// The ARN or name of what the call is about; none where it is about the whole region.
    pub resource: Option<String>,
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
        Self { call, kind, code: Some(code.to_owned()), message: without_request_details(message) }
    }

    /// The refusal of a call that AWS did not answer, or not with anything that makes sense.
    pub fn without_answer(call: Call, message: &str) -> Self {
        Self { call, kind: RefusalKind::Failed, code: None, message: without_request_details(message) }
    }

    /// Whether AWS says that there is nothing to answer about. Where Security Hub is not enabled, `DescribeHub` ends in
    /// `InvalidAccessException`; a missing permission is an `AccessDeniedException`.
    pub fn is_of_nothing(&self) -> bool {
        let is_not_enabled =
            self.call.operation == Operation::DescribeHub && self.code.as_deref() == Some("InvalidAccessException");
        self.kind == RefusalKind::NotFound || is_not_enabled
    }

    /// The refusal of a call that nobody recorded.
    pub fn not_recorded(call: Call) -> Self {
        Self { call, kind: RefusalKind::NotRecorded, code: None, message: "the recording lacks this call".to_owned() }
    }
}

/// What a message says of the call, without what it says of the one request: lines about its signature, and its id with
/// all that follows.
fn without_request_details(message: &str) -> String {
    let line = message.trim_start().lines().next().unwrap_or_default();
    let lower = line.to_ascii_lowercase();
    let id = ["request id", "requestid", "request-id"].iter().filter_map(|name| lower.find(name)).min();
    line.get(..id.unwrap_or(line.len())).unwrap_or(line).trim_end_matches([' ', '(', '[', ';', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::without_request_details;

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
            assert_eq!(without_request_details(message), expected);
        }
    }
}
