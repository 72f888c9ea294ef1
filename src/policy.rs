//! IAM policies of resources: whether the policy of a topic, a key or an event bus allows what an AWS service asks for on
//! behalf of another resource.
//!
//! The request is that of a service principal, such as `cloudwatch.amazonaws.com` for an alarm. The rules are those of
//! the IAM User Guide ("IAM JSON policy element reference", "Policy evaluation logic"); the module `keys` states for each
//! condition key whether such a request has it, and where AWS says so. What AWS does not document is a [`PolicyDoubt`].

mod condition;
mod document;
mod doubt;
mod json;
mod keys;
mod operator;
mod pattern;
mod request;
mod statement;

pub use document::Policy;
pub use doubt::{Access, Denial, FailedCondition, KeyDoubt, PolicyDoubt, PolicyError};
pub use request::{KeyUse, Organization, Request};

#[cfg(test)]
mod tests;
