//! Why a text is not a filter pattern.

mod regex;
mod structure;
mod term;

use std::fmt;

pub use self::regex::RegexError;
pub(crate) use self::regex::{MAX_REPEAT, MAX_STATES};
pub use self::structure::StructureError;
pub use self::term::TermError;
use crate::ast::Span;

/// A text that AWS does not accept as a filter pattern, or is not known to.
///
/// [`Display`](fmt::Display) is AWS's own message, such as `Invalid metric filter pattern`.
///
/// ```
/// use cloudwatch_filter_pattern::{ErrorKind, Pattern, StructureError};
///
/// let error = "{ $.a = 1 AND $.b = 2 }".parse::<Pattern>().unwrap_err();
/// assert_eq!(error.kind, ErrorKind::Structure(StructureError::WordForAnd("AND".to_owned())));
/// assert_eq!((error.span.start, error.span.end), (10, 13));
/// assert_eq!(error.to_string(), "Invalid metric filter pattern");
/// assert_eq!(error.help().as_deref(), Some("write `&&` instead of `AND`"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ErrorKind,
    /// The place in the pattern, in bytes.
    pub span: Span,
    /// Whether AWS is known to reject such a pattern. If not, nothing public tells, and a filter with this pattern may
    /// exist.
    pub certain: bool,
}

/// What is wrong with a text that is not a filter pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// It has more than 1,024 characters.
    TooLong {
        /// The text.
        pattern: String,
    },
    /// It starts as a pattern of one kind and does not end as one.
    Unclosed {
        /// The sign that it starts with: `{`, `[` or `%`.
        open: char,
        /// The sign that it has to end with.
        close: char,
        /// Whether the closing sign is there, and more behind it.
        trailing: bool,
    },
    /// No piece of a pattern starts so.
    Term {
        /// What was read of the piece, the character that spoils it included.
        term: String,
        /// What is wrong with it.
        why: TermError,
    },
    /// Each piece is fine, and their order is not.
    Structure(StructureError),
    /// A regular expression does not compile.
    Regex(RegexError),
    /// Two fields of a space-delimited pattern have the same name.
    DuplicateField {
        /// The name.
        name: String,
    },
    /// A condition of a space-delimited pattern is about another field than the one that it stands with.
    SeveralFields {
        /// The field.
        first: String,
        /// The other one.
        second: String,
    },
    /// A selector has more than one wildcard.
    SelectorWildcards,
    /// There are more than two regular expressions.
    TooManyRegexes,
}

impl ParseError {
    /// What AWS's `InvalidParameterException` says.
    pub fn aws_message(&self) -> String {
        match &self.kind {
            ErrorKind::TooLong { pattern } => format!(
                "1 validation error detected: Value '{pattern}' at 'filterPattern' failed to satisfy constraint: \
                 Member must have length less than or equal to {MAX_CHARS}"
            ),
            ErrorKind::Unclosed { open, close, .. } => {
                format!("If a filter pattern starts with '{open}' it must end with '{close}'")
            }
            ErrorKind::Term { term, .. } => format!("Invalid character(s) in term '{term}'"),
            ErrorKind::Structure(_) => "Invalid metric filter pattern".to_owned(),
            ErrorKind::Regex(_) => "Failed to compile regular expression.".to_owned(),
            ErrorKind::DuplicateField { name } => format!("Duplicate field '{name}'"),
            ErrorKind::SeveralFields { first, second } => {
                format!("Multiple variables used in a single filter. Var1 : {first}, Var2 : {second}")
            }
            ErrorKind::SelectorWildcards => "Your filter pattern has a JSON path selector that exceeds the maximum of \
                                             1 wildcard allowed per json selector."
                .to_owned(),
            ErrorKind::TooManyRegexes => {
                "Your input has exceeded the maximum of 2 regular expressions per filter pattern.".to_owned()
            }
        }
    }

    /// What to write instead, where that is known.
    pub fn help(&self) -> Option<String> {
        Some(match &self.kind {
            ErrorKind::TooLong { .. } => "split the pattern into several filters".to_owned(),
            ErrorKind::Unclosed { close, trailing: true, .. } => format!("remove what follows the last `{close}`"),
            ErrorKind::Unclosed { close, .. } => {
                format!("end the pattern with `{close}`, or put it in double quotes")
            }
            ErrorKind::Term { why, .. } => why.help(),
            ErrorKind::Structure(why) => return why.help(),
            ErrorKind::Regex(why) => why.help(),
            ErrorKind::DuplicateField { .. } => "name each field once".to_owned(),
            ErrorKind::SeveralFields { .. } => "put the condition in the entry of its own field".to_owned(),
            ErrorKind::SelectorWildcards => "name all but one of the steps".to_owned(),
            ErrorKind::TooManyRegexes => {
                "join regular expressions with `|`, or split the pattern into several filters".to_owned()
            }
        })
    }

    pub(crate) fn new(kind: ErrorKind, span: Span) -> Self {
        Self { kind, span, certain: true }
    }

    pub(crate) fn structure(why: StructureError, span: Span) -> Self {
        Self::new(ErrorKind::Structure(why), span)
    }

    pub(crate) fn term(term: &str, why: TermError, span: Span) -> Self {
        Self::new(ErrorKind::Term { term: term.to_owned(), why }, span)
    }

    pub(crate) fn regex(why: RegexError, span: Span) -> Self {
        Self::new(ErrorKind::Regex(why), span)
    }

    /// The same error, where AWS may take the pattern for all that is known.
    pub(crate) fn unsettled(self) -> Self {
        Self { certain: false, ..self }
    }

    /// The same error, in a text that has `offset` more bytes before it.
    pub(crate) fn shifted(self, offset: usize) -> Self {
        Self { span: Span::new(self.span.start + offset, self.span.end + offset), ..self }
    }
}

/// AWS's message.
impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.aws_message())
    }
}

impl std::error::Error for ParseError {}

/// How long a pattern may be, in characters.
pub(crate) const MAX_CHARS: usize = 1024;

/// That there is no condition for a value to be there.
const PRESENT: &str = "AWS has no such condition; `= *` is true of every string and every number";
