//! Faults between a metric and the alarm that watches one of its series.

use std::fmt;

use serde::Serialize;

use super::{SelectionDoubt, Severity};
use crate::report::Code;

/// Why an event publishes nothing that breaches the alarm's threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum SeriesFault {
    /// The alarm watches other dimensions than the filter publishes.
    DimensionsDiffer {
        /// The dimensions that the filter publishes.
        published: Vec<String>,
        /// Those that the alarm watches.
        watched: Vec<String>,
        /// Whether so for all events that the filter matches.
        always: bool,
    },
    /// The alarm watches one value of a dimension, and events have others.
    OtherValues {
        /// The dimensions and their values.
        watched: Vec<(String, String)>,
    },
    /// The alarm watches another value of a system field than the events of the log group have.
    OtherOrigin {
        /// Whether so for all events that the filter matches.
        always: bool,
    },
    /// Whether an event publishes to the series is not decided.
    Undecided(SeriesDoubt),
    /// The alarm goes to ALARM only if a field of the event is a number that breaches its threshold.
    NeedsValue {
        /// The field.
        field: String,
        /// How the number is compared: `>=`.
        operator: &'static str,
        /// With what.
        threshold: f64,
        /// Whether it is such a number in none of the events that the filter matches.
        always: bool,
    },
}

/// Why it is not decided what an event publishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
pub enum SeriesDoubt {
    /// The value of a system field.
    SystemField(SelectionDoubt),
    /// A dimension whose value reads as a number or boolean.
    ScalarDimension {
        /// The name of the dimension.
        name: String,
    },
    /// A field that holds an object, a list or a boolean.
    CompositeDimension {
        /// The names of the dimensions.
        names: Vec<String>,
    },
    /// A field of space-delimited text.
    Column {
        /// Its name.
        name: String,
    },
}

impl SeriesFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::DimensionsDiffer { always: true, .. } | Self::OtherOrigin { always: true } => {
                Code::AlarmDimensionsDiffer
            }
            Self::DimensionsDiffer { .. } | Self::OtherOrigin { .. } | Self::OtherValues { .. } => {
                Code::AlarmDimensionTooNarrow
            }
            Self::Undecided(_) => Code::AlarmNotJudged,
            Self::NeedsValue { always: true, .. } => Code::AlarmNeverFires,
            Self::NeedsValue { always: false, .. } => Code::AlarmNeedsValue,
        }
    }

    /// The fault where all events that the filter matches have it, or some.
    #[must_use]
    pub fn of(self, all: bool) -> Self {
        match self {
            Self::DimensionsDiffer { published, watched, .. } => {
                Self::DimensionsDiffer { published, watched, always: all }
            }
            Self::OtherOrigin { .. } => Self::OtherOrigin { always: all },
            Self::NeedsValue { field, operator, threshold, .. } => {
                Self::NeedsValue { field, operator, threshold, always: all }
            }
            other => other,
        }
    }

    /// Whether events are lost, or may be.
    pub fn severity(&self) -> Severity {
        if matches!(self, Self::Undecided(_)) { Severity::Warning } else { Severity::Error }
    }
}

impl fmt::Display for SeriesFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: &[String]| if names.is_empty() { "no dimensions".to_owned() } else { names.join(", ") };
        match self {
            Self::DimensionsDiffer { published, watched, .. } => write!(
                f,
                "the filter publishes the metric with {}, the alarm watches it with {}",
                list(published),
                list(watched)
            ),
            Self::OtherValues { watched } => {
                let watched: Vec<_> = watched.iter().map(|(name, value)| format!("{name} = {value}")).collect();
                write!(f, "the alarm watches {} only, and a required event has another value", watched.join(", "))
            }
            Self::OtherOrigin { .. } => {
                f.write_str("the alarm watches another value of a system field than the log group's events have")
            }
            Self::Undecided(doubt) => {
                write!(f, "whether an event publishes to the alarm's metric is not decided: {doubt}")
            }
            Self::NeedsValue { field, operator, threshold, always: true } => write!(
                f,
                "the alarm goes to ALARM only if {field} is a number {operator} {threshold}, which it is in none of the events"
            ),
            Self::NeedsValue { field, operator, threshold, always: false } => {
                write!(f, "the alarm goes to ALARM only for events in which {field} is a number {operator} {threshold}")
            }
        }
    }
}

impl fmt::Display for SeriesDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SystemField(doubt) => doubt.fmt(f),
            Self::ScalarDimension { name } => {
                write!(f, "AWS does not document whether a number or boolean in an event is the value of {name}")
            }
            Self::CompositeDimension { names } => write!(
                f,
                "AWS does not document whether an object, list or boolean counts as the value of {}",
                names.join(", ")
            ),
            Self::Column { name } => {
                write!(
                    f,
                    "the metric value ${name} is a field of space-delimited text, which CloudTrail records are not"
                )
            }
        }
    }
}
