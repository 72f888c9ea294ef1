//! Why a text is not a filter pattern.

use super::ast::Span;

/// A text that AWS does not accept as a filter pattern.
///
/// [`Display`](std::fmt::Display) is AWS's own message (`Invalid metric filter pattern`); `span` and `help` are ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ParseError {
    /// What AWS's `InvalidParameterException` says.
    pub message: String,
    /// The place in the pattern, in bytes.
    pub span: Span,
    /// What to write instead.
    pub help: Option<String>,
    /// Whether AWS is known to reject such a pattern. If not, nothing public tells, and a filter with this pattern may
    /// exist.
    pub certain: bool,
}
