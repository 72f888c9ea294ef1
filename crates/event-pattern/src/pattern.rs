//! A pattern: its text, its tree and its branches.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::ast::{Except, Object, TestKind};
use crate::branch::Branches;
use crate::error::{ErrorKind, ParseError};
use crate::parse::{OrMode, parse};
use crate::span::Span;
use crate::wildcard::complexity;

/// An event pattern that EventBridge accepts.
///
/// Patterns are equal if their trees are, however they are spaced.
///
/// ```
/// use event_pattern::EventPattern;
///
/// let pattern: EventPattern = r#"{ "source": ["aws.ec2"] }"#.parse()?;
/// assert_eq!(pattern, r#"{"source":["aws.ec2"]}"#.parse()?);
///
/// let error = r#"{"source": "aws.ec2"}"#.parse::<EventPattern>().unwrap_err();
/// assert_eq!(error.aws_message(), r#"Event pattern is not valid. Reason: "source" must be an object or an array"#);
/// assert_eq!(error.span.start, 11);
/// # Ok::<(), event_pattern::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct EventPattern {
    text: String,
    tree: Object,
    branches: Branches,
}

/// How many characters the API takes.
const MAX_CHARS: usize = 4096;

/// How many places of a text a rule's wildcards may keep open at once.
const MAX_COMPLEXITY: usize = 10;

impl EventPattern {
    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text says.
    pub fn tree(&self) -> &Object {
        &self.tree
    }

    /// What the text says, with `$or` multiplied out.
    pub fn branches(&self) -> &Branches {
        &self.branches
    }

    /// Reads a text whose limits have been looked at, or do not apply.
    pub(crate) fn read(text: &str, or: OrMode) -> Result<Self, ParseError> {
        let tree = parse(text, or)?;
        let branches = Branches::of(&tree)?;
        Ok(Self { text: text.to_owned(), tree, branches })
    }
}

impl FromStr for EventPattern {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let length = text.chars().count();
        if length > MAX_CHARS {
            let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
            let kind = ErrorKind::TooLong { length, limit: MAX_CHARS, text: text.to_owned() };
            return Err(ParseError::new(kind, Span::new(end, text.len())));
        }
        let pattern = Self::read(text, OrMode::Alternatives)?;
        for list in pattern.branches.lists() {
            let wildcards: Vec<_> = list.tests.iter().filter_map(|test| wildcards(&test.kind)).collect();
            let complexity = complexity(&wildcards, MAX_COMPLEXITY);
            if complexity > MAX_COMPLEXITY {
                let kind = ErrorKind::TooComplex { complexity, limit: MAX_COMPLEXITY };
                return Err(ParseError::new(kind, list.span));
            }
        }
        Ok(pattern)
    }
}

/// The wildcards of a test.
pub(crate) fn wildcards(test: &TestKind) -> Option<Vec<&crate::ast::Wildcard>> {
    match test {
        TestKind::Wildcard(wildcard) => Some(vec![wildcard]),
        TestKind::AnythingBut(Except::Wildcards(wildcards)) => Some(wildcards.iter().collect()),
        _ => None,
    }
}

impl TryFrom<String> for EventPattern {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        text.parse()
    }
}

impl From<EventPattern> for String {
    fn from(pattern: EventPattern) -> Self {
        pattern.text
    }
}

impl PartialEq for EventPattern {
    fn eq(&self, other: &Self) -> bool {
        self.tree == other.tree
    }
}

impl Eq for EventPattern {}

impl Hash for EventPattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tree.hash(state);
    }
}

impl fmt::Display for EventPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
