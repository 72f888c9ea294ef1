//! Why a finding is not a pass although no hop is at fault.

use std::collections::BTreeSet;
use std::fmt;

use event_sets::Unknown;
use serde::Serialize;

use super::Severity;
use crate::report::Code;

/// Why a finding is not a pass although no hop is at fault.
#[derive(Clone, Debug, PartialEq)]
pub enum DecisionFault {
    /// Whether the routes carry every required event was not decided.
    Undecided(Unknown),
    /// Checks beyond the benchmark's own were not made, and the audit is strict.
    NotChecked {
        /// What was not looked at.
        unchecked: BTreeSet<Unchecked>,
    },
    /// The account does not follow a step of the benchmark's audit procedure, and the audit follows it to the letter.
    NotToTheLetter {
        /// The step.
        step: AuditStep,
    },
}

/// Something that could still find an event lost, and that was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unchecked {
    /// When the trail last delivered to its log group.
    Delivery,
    /// How long an alarm has been in its state.
    AlarmState,
    /// The topic's policy and encryption.
    Topic,
    /// The statements of the topic's policy.
    TopicPolicy,
    /// The permissions of the topic's key.
    Key,
    /// The filter policies of the topic's subscriptions.
    Filters,
    /// The rules that mute the alarm.
    MuteRules,
    /// Which regions the account has enabled.
    EnabledRegions,
}

/// A step of the benchmark's audit procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditStep {
    /// One multi-region trail that logs events that read and events that write.
    OneTrail,
}

/// Why Security Hub is not enabled everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum HubFault {
    /// Security Hub is not enabled in a region.
    NotEnabled {
        /// The region.
        region: String,
    },
    /// The account has enabled the region, and the audit did not look there.
    NotLookedAt {
        /// The region.
        region: String,
    },
}

impl DecisionFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Undecided(_) => Code::NotDecided,
            Self::NotChecked { .. } => Code::NotChecked,
            Self::NotToTheLetter { .. } => Code::NotToTheLetter,
        }
    }

    /// Whether the control fails for it.
    pub fn severity(&self) -> Severity {
        if matches!(self, Self::NotToTheLetter { .. }) { Severity::Error } else { Severity::Warning }
    }
}

impl HubFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::NotEnabled { .. } => Code::SecurityHubNotEnabled,
            Self::NotLookedAt { .. } => Code::NotRecorded,
        }
    }

    /// Whether the control fails for it.
    pub fn severity(&self) -> Severity {
        if matches!(self, Self::NotEnabled { .. }) { Severity::Error } else { Severity::Warning }
    }
}

impl fmt::Display for DecisionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecided(why) => write!(f, "whether the filters match every required event is not decided: {why}"),
            Self::NotChecked { unchecked } => f.write_str(&not_checked(unchecked)),
            Self::NotToTheLetter { step } => step.fmt(f),
        }
    }
}

/// What was not looked at, as a sentence.
pub(crate) fn not_checked(unchecked: &BTreeSet<Unchecked>) -> String {
    let mut each: Vec<_> = unchecked.iter().map(ToString::to_string).collect();
    let last = each.pop().unwrap_or_default();
    let list = if each.is_empty() { last } else { format!("{} and {last}", each.join(", ")) };
    format!("the audit did not check {list}")
}

impl fmt::Display for Unchecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Delivery => "the time of the trail's last delivery",
            Self::AlarmState => "how long the alarm has been in ALARM",
            Self::Topic => "the topic's policy and encryption",
            Self::TopicPolicy => "the statements of the topic's policy",
            Self::Key => "the permissions of the topic's key",
            Self::Filters => "the filter policies of the topic's subscriptions",
            Self::MuteRules => "the rules that mute the alarm",
            Self::EnabledRegions => "which regions the account has enabled",
        })
    }
}

impl fmt::Display for AuditStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneTrail => f.write_str(
                "the benchmark's audit asks for one multi-region trail that logs management events that read and that \
                 write; the required events arrive otherwise",
            ),
        }
    }
}

impl fmt::Display for HubFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEnabled { region } => write!(f, "Security Hub is not enabled in {region}"),
            Self::NotLookedAt { region } => write!(f, "the account has enabled {region}, where the audit did not look"),
        }
    }
}
