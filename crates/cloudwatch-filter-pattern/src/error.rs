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

impl ParseError {
    /// AWS's message where the pieces of a pattern are fine and their order is not.
    pub(super) fn invalid(span: Span) -> Self {
        Self::new("Invalid metric filter pattern", span)
    }

    /// AWS's message where no piece of a pattern starts so: `term` is what was read of it, the offending character
    /// included.
    pub(super) fn term(term: &str, span: Span) -> Self {
        Self::new(format!("Invalid character(s) in term '{term}'"), span)
    }

    pub(super) fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span, help: None, certain: true }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same error, where AWS may take the pattern for all that is known.
    pub(super) fn unsettled(self) -> Self {
        Self { certain: false, ..self }
    }

    /// The same error, in a text that has `offset` more bytes before it.
    pub(super) fn shifted(self, offset: usize) -> Self {
        Self { span: Span::new(self.span.start + offset, self.span.end + offset), ..self }
    }
}
