//! What a policy answers, and why it cannot be told.

use std::fmt;

use serde::Serialize;

/// What a policy says to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// The policy allows it.
    Allowed,
    /// The policy denies it.
    Denied(Denial),
    /// It cannot be told.
    Undecided(PolicyDoubt),
}

/// How a policy denies a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "denial", rename_all = "kebab-case")]
pub enum Denial {
    /// A statement denies it.
    Explicit {
        /// The action.
        action: String,
        /// The statement's `Sid`, if it has one.
        sid: Option<String>,
    },
    /// No statement allows it.
    Implicit {
        /// The action.
        action: String,
        /// The condition that keeps a statement from allowing it, if nothing else does.
        condition: Option<FailedCondition>,
    },
}

/// A condition that a request does not meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FailedCondition {
    /// `StringEquals`
    pub operator: String,
    /// `aws:PrincipalOrgID`
    pub key: String,
    /// Whether the request never has the key.
    pub absent: bool,
}

/// Why it cannot be told what a policy says to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
pub enum PolicyDoubt {
    /// The policy as a whole cannot be read.
    Unreadable {
        /// Why not.
        error: PolicyError,
    },
    /// A statement has an element that AWS does not document.
    UnknownElement {
        /// Its name.
        element: String,
    },
    /// A statement has an element twice.
    RepeatedElement {
        /// Its name.
        element: String,
    },
    /// A statement lacks an element that AWS requires, or has both it and its opposite.
    MissingElement {
        /// Its name.
        element: &'static str,
    },
    /// An element of a statement is of a form that AWS does not document.
    MalformedElement {
        /// Its name.
        element: &'static str,
    },
    /// An effect other than `Allow` and `Deny`.
    UnknownEffect {
        /// What is there.
        effect: String,
    },
    /// `NotPrincipal` beside `Allow`, which AWS does not support, or one that names the service.
    NotPrincipal,
    /// A kind of principal that AWS does not document.
    UnknownPrincipal {
        /// `Robot`
        kind: String,
    },
    /// A service principal that may stand for the one that asks.
    OtherServiceName {
        /// `cloudwatch.us-east-1.amazonaws.com`
        name: String,
        /// The one that asks.
        service: String,
    },
    /// A wildcard that may match across the parts of an ARN.
    Wildcard {
        /// The pattern.
        pattern: String,
    },
    /// An ARN with fewer than six parts.
    IncompleteArn {
        /// The pattern.
        pattern: String,
    },
    /// A condition operator that AWS does not document.
    UnknownOperator {
        /// Its name.
        operator: String,
    },
    /// A comparison of a list without a set operator, or of a value of another type than the operator's.
    OperatorForKey {
        /// Its name.
        operator: String,
        /// The key.
        key: String,
    },
    /// A condition key whose value is not known.
    Key {
        /// The key.
        key: String,
        /// Why not.
        why: KeyDoubt,
    },
    /// A policy variable whose value is not known.
    Variable {
        /// `${aws:userid}`
        variable: String,
    },
}

/// Why the value of a condition key is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyDoubt {
    /// This version does not know the key, or does not read what its value depends on: tags, aliases.
    NotSupported,
    /// AWS does not document whether the request of a service has the key, or with what value.
    OfService,
    /// AWS says both that the key is always there and that it may be left out.
    Redacted,
    /// AWS has no such value for alarms whose ARN has other characters than ASCII.
    NotAscii,
    /// Which organization an account belongs to was not looked at.
    Organization,
    /// The ARN of the alarm or rule is missing.
    Source,
    /// When the account was asked is not known.
    Time,
}

/// Why a policy as a whole cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum PolicyError {
    /// The text is not JSON.
    Json {
        /// What the parser says, and where.
        message: String,
    },
    /// The text is JSON, but not of the form of a policy.
    Form,
    /// An element that AWS does not document.
    UnknownElement {
        /// Its name.
        element: String,
    },
    /// An element is there twice.
    RepeatedElement {
        /// Its name.
        element: String,
    },
    /// A version other than `2008-10-17` and `2012-10-17`.
    Version {
        /// What is there.
        version: String,
    },
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Explicit { action, sid: None } => write!(f, "a statement denies {action}"),
            Self::Explicit { action, sid: Some(sid) } => write!(f, "the statement `{sid}` denies {action}"),
            Self::Implicit { action, condition: None } => write!(f, "no statement allows {action}"),
            Self::Implicit { action, condition: Some(condition) } => {
                let FailedCondition { operator, key, absent } = condition;
                write!(f, "no statement allows {action}: ")?;
                if *absent {
                    write!(f, "the request of an AWS service has no `{key}`")
                } else {
                    write!(f, "the request does not meet the condition `{operator}` on `{key}`")
                }
            }
        }
    }
}

impl fmt::Display for PolicyDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { error } => error.fmt(f),
            Self::UnknownElement { element } => write!(f, "AWS does not document the policy element `{element}`"),
            Self::RepeatedElement { element } => write!(f, "a statement has the element `{element}` twice"),
            Self::MissingElement { element } => {
                write!(f, "a statement has no `{element}`, or both it and `Not{element}`")
            }
            Self::MalformedElement { element } => {
                write!(f, "AWS does not document the form of a statement's `{element}`")
            }
            Self::UnknownEffect { effect } => write!(f, "AWS does not document the effect `{effect}`"),
            Self::NotPrincipal => f.write_str("AWS does not document what `NotPrincipal` means for the service here"),
            Self::UnknownPrincipal { kind } => write!(f, "AWS does not document the kind of principal `{kind}`"),
            Self::OtherServiceName { name, service } => {
                write!(f, "AWS does not document whether the service principal `{name}` stands for `{service}`")
            }
            Self::Wildcard { pattern } => {
                write!(f, "AWS does not document whether a wildcard in `{pattern}` matches across the parts of an ARN")
            }
            Self::IncompleteArn { pattern } => {
                write!(f, "AWS does not document what the incomplete ARN `{pattern}` matches in a resource's policy")
            }
            Self::UnknownOperator { operator } => {
                write!(f, "AWS does not document the condition operator `{operator}`")
            }
            Self::OperatorForKey { operator, key } => {
                write!(f, "AWS does not document the condition operator `{operator}` for `{key}`")
            }
            Self::Key { key, why } => match why {
                KeyDoubt::NotSupported => write!(f, "the condition key `{key}` is not supported yet"),
                KeyDoubt::OfService => {
                    write!(f, "AWS does not document the value of `{key}` in the request of a service")
                }
                KeyDoubt::Redacted => {
                    write!(f, "AWS does not document whether the request of a service has `{key}`")
                }
                KeyDoubt::NotAscii => write!(
                    f,
                    "AWS does not document the value of `{key}` for an alarm whose ARN has characters other than ASCII"
                ),
                KeyDoubt::Organization => {
                    write!(f, "the value of `{key}` is not known: the account's organization was not looked at")
                }
                KeyDoubt::Source => write!(f, "the value of `{key}` is not known: the alarm's ARN is missing"),
                KeyDoubt::Time => {
                    write!(f, "the value of `{key}` is not known: when the account was asked is not recorded")
                }
            },
            Self::Variable { variable } => write!(f, "the value of the policy variable `{variable}` is not known"),
        }
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json { message } => write!(f, "the policy is not JSON: {message}"),
            Self::Form => f.write_str("the policy is not of the form that AWS documents"),
            Self::UnknownElement { element } => write!(f, "AWS does not document the policy element `{element}`"),
            Self::RepeatedElement { element } => write!(f, "the policy has the element `{element}` twice"),
            Self::Version { version } => write!(f, "AWS does not document the policy version `{version}`"),
        }
    }
}
