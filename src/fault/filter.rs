//! Faults of a log group and of its metric filters.

use std::fmt;

use serde::Serialize;

use super::Severity;
use crate::report::Code;

/// Why a log group does not hand every event to a metric filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum LogGroupFault {
    /// The log group does not exist.
    Missing,
    /// The log group is in an account that is not part of the audit.
    InAnotherAccount {
        /// That account.
        account: String,
    },
    /// The log group has no metric filter for the required events.
    NoFilter,
}

/// Why a metric filter does not match every event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum FilterFault {
    /// The pattern does not match required events.
    DoesNotCover {
        /// How the pattern and the required events relate.
        lacks: Lacks,
    },
    /// AWS rejects the pattern.
    PatternInvalid {
        /// AWS's message.
        error: String,
    },
    /// The pattern uses syntax whose meaning AWS does not document.
    PatternUndecided {
        /// What is not documented.
        error: String,
    },
    /// The filter sees events that a log transformer has changed.
    TransformedLogs,
    /// The filter's field selection leaves out a required event.
    SelectionDropsEvents {
        /// The criteria.
        criteria: String,
    },
    /// Which events the field selection selects is not decided.
    SelectionUndecided {
        /// The criteria.
        criteria: String,
        /// Why not.
        doubt: SelectionDoubt,
    },
    /// The filter publishes no metric.
    NoMetric,
}

/// What a pattern lacks of the required events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lacks {
    /// All of them.
    All,
    /// The events of these names, or some of them.
    Names(Vec<String>),
    /// Some of them, of every name.
    Some,
}

/// Why field-selection criteria are not decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
pub enum SelectionDoubt {
    /// The text is not of the language that AWS documents.
    Syntax {
        /// What is there.
        found: String,
        /// What should be.
        expected: &'static str,
    },
    /// A value is not in double quotes.
    Unquoted,
    /// A quoted text has no end.
    Unterminated,
    /// Parentheses are nested too deeply.
    TooDeep {
        /// How deep they may be.
        limit: usize,
    },
    /// The value of a system field is not known.
    SystemField {
        /// The field.
        field: String,
    },
    /// `AND` and `OR` meet without parentheses.
    Precedence,
    /// The system fields may be those of the log group or those of the record.
    Origin,
}

/// Why a filter does not publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum MetricFault {
    /// AWS rejects what the filter publishes.
    Invalid(PublicationError),
}

/// Why AWS rejects a metric transformation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum PublicationError {
    /// The value is neither a number nor a field.
    Value {
        /// The value.
        value: String,
    },
    /// A dimension is not a field.
    Dimension {
        /// The name of the dimension.
        name: String,
        /// What stands for its value.
        value: String,
    },
}

impl LogGroupFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Missing => Code::LogGroupMissing,
            Self::InAnotherAccount { .. } => Code::LogGroupInAnotherAccount,
            Self::NoFilter => Code::NoFilter,
        }
    }

    /// Whether events are lost, or may be.
    pub fn severity(&self) -> Severity {
        if matches!(self, Self::InAnotherAccount { .. }) { Severity::Warning } else { Severity::Error }
    }
}

impl FilterFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::DoesNotCover { .. } => Code::FilterDoesNotCover,
            Self::PatternInvalid { .. } => Code::FilterPatternInvalid,
            Self::PatternUndecided { .. } => Code::FilterPatternNotUnderstood,
            Self::TransformedLogs => Code::FilterOnTransformedLogs,
            Self::SelectionDropsEvents { .. } => Code::FilterSelectionDropsEvents,
            Self::SelectionUndecided { .. } => Code::FilterFieldSelectionNotJudged,
            Self::NoMetric => Code::FilterWithoutMetric,
        }
    }

    /// Whether events are lost, or may be.
    pub fn severity(&self) -> Severity {
        match self {
            Self::PatternUndecided { .. } | Self::TransformedLogs | Self::SelectionUndecided { .. } => {
                Severity::Warning
            }
            _ => Severity::Error,
        }
    }
}

impl MetricFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Invalid(_) => Code::MetricInvalid,
        }
    }

    /// Whether events are lost, or may be.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }
}

impl fmt::Display for LogGroupFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the log group does not exist"),
            Self::InAnotherAccount { account } => write!(
                f,
                "the trail delivers to a log group of account {account}, which is not part of this audit; audit \
                 account {account} too"
            ),
            Self::NoFilter => f.write_str("the log group has no metric filter for the required events"),
        }
    }
}

impl fmt::Display for FilterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DoesNotCover { lacks } => match lacks {
                Lacks::All => f.write_str("the filter matches none of the required events"),
                Lacks::Names(names) => write!(f, "the filter does not match {}", names.join(", ")),
                Lacks::Some => f.write_str("the filter matches only some of the required events"),
            },
            Self::PatternInvalid { error } => write!(f, "AWS rejects the pattern: {error}"),
            Self::PatternUndecided { error } => {
                write!(f, "AWS does not document what the pattern means: {error}")
            }
            Self::TransformedLogs => {
                f.write_str("filters on events that a log transformer has changed are not supported yet")
            }
            Self::SelectionDropsEvents { criteria } => {
                write!(f, "the filter's field selection `{criteria}` leaves out a required event")
            }
            Self::SelectionUndecided { criteria, doubt } => {
                write!(f, "which events the filter's field selection `{criteria}` selects is not decided: {doubt}")
            }
            Self::NoMetric => f.write_str("the filter publishes no metric"),
        }
    }
}

impl fmt::Display for SelectionDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { found, expected } => write!(f, "found {found}, expected {expected}"),
            Self::Unquoted => f.write_str("a value is not in double quotes"),
            Self::Unterminated => f.write_str("a quoted text has no end"),
            Self::TooDeep { limit } => write!(f, "parentheses nested more than {limit} deep are not supported"),
            Self::SystemField { field } => write!(f, "the system field `{field}` is not supported yet"),
            Self::Precedence => f.write_str("AWS does not document which of AND and OR binds tighter"),
            Self::Origin => f.write_str(
                "AWS does not document whether the system fields of a CloudTrail event are those of the log group or \
                 of the record",
            ),
        }
    }
}

impl fmt::Display for MetricFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => write!(f, "AWS rejects what the filter publishes: {error}"),
        }
    }
}

/// In AWS's words where they were recorded.
impl fmt::Display for PublicationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { value } => {
                write!(f, "Invalid metric transformation: metric value {value} must be a valid number")
            }
            Self::Dimension { name, value } => {
                write!(f, "the dimension {name} has no field of the event: {value}")
            }
        }
    }
}
