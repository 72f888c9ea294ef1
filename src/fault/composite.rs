//! Faults of a composite alarm.

use std::fmt;

use serde::Serialize;

use super::Severity;
use crate::account::Timestamp;
use crate::report::Code;

/// Why a composite alarm notifies nobody of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum CompositeFault {
    /// The composite alarm goes to ALARM only if other alarms are in ALARM too.
    NeedsAnotherAlarm {
        /// Alarms that suffice together: one list after the other; none if there are too many to look for them.
        alarms: Vec<Vec<String>>,
    },
    /// The event makes another alarm suppress the actions.
    Suppressed {
        /// The suppressor.
        by: String,
    },
    /// Composite alarms look at one another in a circle, so AWS evaluates none of them.
    Cycle {
        /// The alarms of the circle.
        alarms: Vec<String>,
    },
    /// The composite alarm does not go to ALARM for the event.
    NeverFires,
    /// The composite alarm stays in ALARM after the first event.
    StaysInAlarm,
    /// The composite alarm is in ALARM before any event comes.
    InAlarmBefore,
    /// An alarm has been in ALARM for long, and keeps the composite alarm from notifying.
    InAlarm {
        /// The alarm: the composite alarm itself, one that it looks at, or its suppressor.
        alarm: String,
        /// Since when.
        since: Timestamp,
    },
    /// The actions are disabled.
    ActionsDisabled,
    /// Whether the composite alarm goes to ALARM is undecided.
    Undecided(CompositeDoubt),
}

/// Why it is undecided whether a composite alarm goes to ALARM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
pub enum CompositeDoubt {
    /// It depends on the states of alarms that are not known.
    States {
        /// The alarms.
        alarms: Vec<String>,
    },
    /// It goes to ALARM only together with an alarm that is in ALARM now.
    AnotherAlarmNow {
        /// That alarm.
        alarm: String,
    },
    /// The suppressor is in ALARM now.
    SuppressedNow {
        /// The suppressor.
        by: String,
    },
    /// AWS does not document which of `AND` and `OR` binds tighter.
    Precedence,
    /// The rule of the alarm, or of one that it looks at.
    Rule {
        /// The composite alarm that has the rule.
        alarm: String,
        /// What is wrong with it.
        error: RuleError,
    },
}

/// Why a rule of a composite alarm is not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum RuleError {
    /// A character that does not belong there, or the end.
    Unexpected {
        /// The character.
        found: Option<char>,
        /// What belongs there.
        expected: &'static str,
    },
    /// A word that is no state.
    State {
        /// The word.
        word: String,
    },
    /// A word that is no number of alarms.
    Number {
        /// The word.
        word: String,
    },
    /// A quoted name without an end.
    Quote,
    /// Parentheses or `NOT` nested deeper than this.
    TooDeep {
        /// How deep they may be.
        depth: usize,
    },
}

impl CompositeFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::NeedsAnotherAlarm { .. } => Code::CompositeNeedsAnotherAlarm,
            Self::Suppressed { .. } => Code::CompositeSuppressed,
            Self::Cycle { .. } => Code::CompositeCycle,
            Self::NeverFires => Code::AlarmNeverFires,
            Self::StaysInAlarm | Self::InAlarmBefore => Code::AlarmFiresOnce,
            Self::InAlarm { .. } => Code::AlarmInAlarm,
            Self::ActionsDisabled => Code::AlarmActionsDisabled,
            Self::Undecided(_) => Code::CompositeAlarmNotJudged,
        }
    }

    /// Whether events are lost, or may be.
    pub fn severity(&self) -> Severity {
        match self {
            Self::InAlarm { .. } | Self::Undecided(_) => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl From<CompositeDoubt> for CompositeFault {
    fn from(doubt: CompositeDoubt) -> Self {
        Self::Undecided(doubt)
    }
}

impl fmt::Display for CompositeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsAnotherAlarm { alarms } if alarms.is_empty() => {
                f.write_str("the composite alarm goes to ALARM only if other alarms are in ALARM too")
            }
            Self::NeedsAnotherAlarm { alarms } => {
                let each: Vec<_> = alarms.iter().map(|together| together.join(" and ")).collect();
                write!(f, "the composite alarm goes to ALARM only if {} is in ALARM too", each.join(" or "))
            }
            Self::Suppressed { by } => {
                write!(f, "{by} goes to ALARM for the event too, and suppresses the composite alarm's actions")
            }
            Self::Cycle { alarms } => write!(
                f,
                "composite alarms look at one another in a circle, so AWS evaluates none of them: {}",
                alarms.join(", ")
            ),
            Self::NeverFires => f.write_str("the composite alarm does not go to ALARM for the event"),
            Self::StaysInAlarm => f.write_str("the composite alarm stays in ALARM after the first event"),
            Self::InAlarmBefore => f.write_str("the composite alarm is in ALARM while nothing happens"),
            Self::InAlarm { alarm, since } => write!(
                f,
                "{alarm} has been in ALARM since {since}, and keeps the composite alarm from notifying until it leaves \
                 that state"
            ),
            Self::ActionsDisabled => f.write_str("the composite alarm's actions are disabled"),
            Self::Undecided(doubt) => doubt.fmt(f),
        }
    }
}

impl fmt::Display for CompositeDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::States { alarms } => write!(
                f,
                "whether the composite alarm goes to ALARM depends on the state of {}, which the account's \
                 configuration does not determine",
                alarms.join(", ")
            ),
            Self::AnotherAlarmNow { alarm } => {
                write!(f, "the composite alarm goes to ALARM only while {alarm} is in ALARM, which it is now")
            }
            Self::SuppressedNow { by } => {
                write!(f, "{by} suppresses the composite alarm's actions while it is in ALARM, which it is now")
            }
            Self::Precedence => f.write_str(
                "AWS does not document which of AND and OR binds tighter, and whether the rule holds depends on it",
            ),
            Self::Rule { alarm, error } => write!(f, "AWS does not document the form of the rule of {alarm}: {error}"),
        }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { found: Some(found), expected } => {
                write!(f, "the rule has `{found}` where {expected} should be")
            }
            Self::Unexpected { found: None, expected } => write!(f, "the rule ends where {expected} should be"),
            Self::State { word } => write!(f, "the rule has `{word}` where a state should be"),
            Self::Number { word } => write!(f, "`{word}` is not a number of alarms"),
            Self::Quote => f.write_str("a quoted name has no end"),
            Self::TooDeep { depth } => write!(f, "the rule is nested more than {depth} deep"),
        }
    }
}
