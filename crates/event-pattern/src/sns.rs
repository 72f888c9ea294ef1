//! SNS subscription filter policies: event patterns on a message's attributes or its body.
//!
//! The language is EventBridge's, with differences that the SNS Developer Guide states ("Filter policy constraints",
//! "AND/OR logic", "Key matching"):
//!
//! * with the scope `MessageAttributes` a policy cannot be nested;
//! * `$or` that does not have the form of alternatives is a name like any other;
//! * a policy has five keys at most, and limits on combinations and wildcards of its own ([`FilterPolicy::exceeded`]);
//! * `exists` asks for a value that is neither null nor empty, and its absence counts only if some attribute is there.

mod evaluate;
mod limits;
mod message;

use std::fmt;

use crate::EventPattern;
use crate::ast::{Asked, Member, Object};
use crate::error::{ErrorKind, ParseError};
use crate::matcher::{List, Matcher};
use crate::parse::OrMode;
use crate::span::Span;
pub use evaluate::{Ternary, Why};
pub use limits::Limit;
pub use message::{Body, Known, Members, PartialMessage};

/// What a filter policy looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The message's attributes.
    #[default]
    MessageAttributes,
    /// The message's body.
    MessageBody,
}

/// A filter policy that SNS accepts.
///
/// ```
/// use event_pattern::sns::{FilterPolicy, Known, Members, PartialMessage, Scope, Ternary};
///
/// let policy = FilterPolicy::parse(r#"{"NewStateValue": ["ALARM"]}"#, Scope::MessageBody)?;
/// let message = PartialMessage::json(Members::open().with("NewStateValue", "ALARM"));
/// assert_eq!(policy.accepts(&message), Ternary::True);
/// # Ok::<(), event_pattern::sns::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct FilterPolicy {
    scope: Scope,
    /// None for the empty policy, which accepts everything.
    compiled: Option<Compiled>,
}

#[derive(Clone, Debug)]
struct Compiled {
    pattern: EventPattern,
    matcher: Matcher,
    lists: Vec<List>,
}

/// Why SNS does not accept a filter policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// It is no pattern.
    Pattern(ParseError),
    /// It is nested, and asks about attributes, which are not.
    Nested {
        /// The name whose value is an object.
        name: String,
        /// Where the name stands.
        span: Span,
    },
}

impl FilterPolicy {
    /// Reads a policy. A blank text and `{}` are policies that accept everything.
    pub fn parse(text: &str, scope: Scope) -> Result<Self, PolicyError> {
        if text.trim().is_empty() || text.split_ascii_whitespace().collect::<String>() == "{}" {
            return Ok(Self { scope, compiled: None });
        }
        let pattern = EventPattern::read(text, OrMode::Alternatives)
            .or_else(|_| EventPattern::read(text, OrMode::Name))
            .map_err(PolicyError::Pattern)?;
        if scope == Scope::MessageAttributes
            && let Some((name, span)) = nested(pattern.tree())
        {
            return Err(PolicyError::Nested { name, span });
        }
        let lists = pattern.branches().lists().iter().map(|list| List::new(&list.tests)).collect();
        let matcher = Matcher::new(&pattern);
        Ok(Self { scope, compiled: Some(Compiled { pattern, matcher, lists }) })
    }

    /// What the policy looks at.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The policy as a pattern; `None` if it accepts everything.
    pub fn pattern(&self) -> Option<&EventPattern> {
        self.compiled.as_ref().map(|compiled| &compiled.pattern)
    }
}

/// The first name whose value is an object.
fn nested(object: &Object) -> Option<(String, Span)> {
    object.members.iter().find_map(|member| match member {
        Member::Field(field) => matches!(field.asked, Asked::Object(_)).then(|| (field.name.clone(), field.span)),
        Member::Or(alternatives, _) => alternatives.iter().find_map(nested),
    })
}

impl PolicyError {
    /// What AWS answers.
    pub fn aws_message(&self) -> String {
        format!("Invalid parameter: Attributes Reason: {self}")
    }

    /// The place in the policy, in bytes.
    pub fn span(&self) -> Span {
        match self {
            Self::Pattern(error) => error.span,
            Self::Nested { span, .. } => *span,
        }
    }

    /// What to write instead.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Pattern(ParseError { kind: ErrorKind::TooLong { .. }, .. }) => None,
            Self::Pattern(error) => error.help(),
            Self::Nested { .. } => Some("set the scope to `MessageBody`, or name the attribute itself".to_owned()),
        }
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pattern(error) => write!(f, "FilterPolicy: {error}"),
            Self::Nested { .. } => {
                f.write_str("Filter policy scope MessageAttributes does not support nested filter policy")
            }
        }
    }
}

impl std::error::Error for PolicyError {}
