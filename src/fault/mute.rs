//! Faults of the rules that mute an alarm.

use std::fmt;

use serde::Serialize;

use super::Severity;
use crate::report::Code;

/// Why a muted alarm notifies nobody of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum MuteFault {
    /// Rules mute the alarm at all times.
    Always {
        /// The rules.
        rules: Vec<String>,
    },
    /// Whether rules leave the alarm any time is undecided.
    Undecided {
        /// Why: one for each rule, or for rules together.
        doubts: Vec<MuteDoubt>,
    },
}

/// Why it is undecided whether a rule leaves an alarm any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
pub enum MuteDoubt {
    /// The schedule of a rule.
    Schedule {
        /// The rule.
        rule: String,
        /// What is wrong with it.
        error: ScheduleError,
    },
    /// It is not known when the account was recorded.
    UnknownTime {
        /// A rule that starts or expires.
        rule: String,
    },
    /// Rules in several time zones.
    TimeZones,
    /// Schedules with days of the month together with days of the week.
    Days {
        /// The rules.
        rules: Vec<String>,
    },
}

/// Why a schedule is not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum ScheduleError {
    /// Neither `cron(…)` nor `at(…)`.
    Expression {
        /// The expression.
        expression: String,
    },
    /// `at(…)` without a date and time.
    Time {
        /// The expression.
        expression: String,
    },
    /// A duration outside of one minute to 15 days.
    Duration {
        /// The duration.
        duration: String,
    },
    /// Other than five fields.
    Fields {
        /// How many.
        fields: usize,
    },
    /// A number, a name or a range that a field cannot have.
    Field {
        /// The text.
        text: String,
    },
    /// A range that goes backwards.
    Backwards {
        /// The range.
        range: String,
    },
}

impl MuteFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Always { .. } => Code::AlarmMuted,
            Self::Undecided { .. } => Code::AlarmMuteNotJudged,
        }
    }

    /// Whether events are lost, or may be.
    pub fn severity(&self) -> Severity {
        if matches!(self, Self::Always { .. }) { Severity::Error } else { Severity::Warning }
    }
}

impl fmt::Display for MuteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always { rules } => write!(f, "the alarm's actions are muted at all times by {}", rules.join(", ")),
            Self::Undecided { doubts } => {
                let each: Vec<_> = doubts.iter().map(ToString::to_string).collect();
                f.write_str(&each.join("; "))
            }
        }
    }
}

impl fmt::Display for MuteDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schedule { rule, error } => {
                write!(f, "whether the rule {rule} mutes the alarm at all times is undecided: {error}")
            }
            Self::UnknownTime { rule } => write!(
                f,
                "whether the rule {rule} mutes the alarm is undecided: it is not known when the account was recorded"
            ),
            Self::Days { rules } => write!(
                f,
                "whether {} leave the alarm any time is undecided: AWS does not document what a day of the month and one of \
                 the week mean together",
                rules.join(", ")
            ),
            Self::TimeZones => {
                f.write_str("whether rules in several time zones leave the alarm any time is not supported yet")
            }
        }
    }
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expression { expression } => write!(f, "AWS does not document the expression `{expression}`"),
            Self::Time { expression } => write!(f, "`{expression}` has no date and time"),
            Self::Duration { duration } => write!(f, "AWS does not document the duration `{duration}`"),
            Self::Fields { fields } => write!(f, "the cron expression has {fields} fields, and AWS documents five"),
            Self::Field { text } => write!(f, "AWS does not document `{text}` in a cron expression"),
            Self::Backwards { range } => write!(f, "AWS does not document the range `{range}`, which goes backwards"),
        }
    }
}
