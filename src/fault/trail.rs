//! Faults of a trail.

use std::fmt;

use serde::Serialize;

use super::Severity;
use crate::report::Code;

/// Why a trail does not deliver every event to its log group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum TrailFault {
    /// The account has no trail.
    None,
    /// The trail logs the events of one region only.
    SingleRegion {
        /// That region.
        home: String,
    },
    /// The trail is stopped.
    Stopped,
    /// CloudTrail reports that a delivery to the log group failed, and does not report whether later ones arrived.
    DeliveryFailed {
        /// CloudTrail's error.
        error: String,
    },
    /// The last delivery was more than a day before the account was asked.
    DeliveryStale {
        /// When CloudTrail last delivered.
        last: String,
        /// When the account was asked.
        asked: String,
    },
    /// The event selectors leave out a kind of management event.
    LacksManagementEvents {
        /// Which kind.
        kind: Kind,
    },
    /// The event selectors leave out a required event.
    DropsEvents,
    /// The event selectors have a condition that is not decided.
    SelectorsUndecided(SelectorDoubt),
    /// The trail does not deliver to CloudWatch Logs.
    NoLogGroup,
    /// Accounts describe the trail differently.
    DescriptionsDiffer {
        /// The attribute that differs.
        attribute: &'static str,
        /// The account whose description stands.
        owner: String,
    },
    /// The account has not enabled the opt-in region that is the trail's home region.
    HomeRegionNotEnabled {
        /// That region.
        home: String,
    },
}

/// A kind of management event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Those that read and those that write.
    All,
    /// Those that read.
    Reads,
    /// Those that write.
    Writes,
}

/// Why it is not decided which events a selector selects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
pub enum SelectorDoubt {
    /// A read-write type that AWS does not document.
    ReadWriteType {
        /// The type.
        found: String,
    },
    /// A field that is not evaluated.
    Field {
        /// The field.
        field: String,
    },
    /// A field without an operator, or with one that AWS does not document.
    Operator {
        /// The field.
        field: String,
    },
    /// `NotEquals` and the like on a field that a record may lack.
    NegatedOptionalField {
        /// The field.
        field: String,
    },
}

impl TrailFault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::None => Code::NoTrail,
            Self::SingleRegion { .. } => Code::TrailNotMultiRegion,
            Self::Stopped => Code::TrailNotLogging,
            Self::DeliveryFailed { .. } => Code::TrailDeliveryFailed,
            Self::DeliveryStale { .. } => Code::TrailDeliveryStale,
            Self::LacksManagementEvents { .. } => Code::TrailLacksManagementEvents,
            Self::DropsEvents => Code::TrailDropsEvents,
            Self::SelectorsUndecided(_) => Code::TrailSelectorsNotJudged,
            Self::NoLogGroup => Code::TrailWithoutLogGroup,
            Self::DescriptionsDiffer { .. } => Code::TrailDescriptionsDiffer,
            Self::HomeRegionNotEnabled { .. } => Code::TrailHomeRegionNotEnabled,
        }
    }

    /// Whether events are lost, or may be.
    pub fn severity(&self) -> Severity {
        match self {
            Self::DeliveryFailed { .. }
            | Self::DeliveryStale { .. }
            | Self::SelectorsUndecided(_)
            | Self::DescriptionsDiffer { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl fmt::Display for TrailFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("the account has no trail"),
            Self::SingleRegion { home } => write!(f, "the trail logs the events of {home} only"),
            Self::Stopped => f.write_str("the trail is stopped"),
            Self::DeliveryFailed { error } => {
                write!(f, "CloudTrail reports that a delivery to the log group failed: {error}")
            }
            Self::DeliveryStale { last, asked } => write!(
                f,
                "CloudTrail last delivered to the log group at {last}, more than a day before the account was asked at {asked}"
            ),
            Self::LacksManagementEvents { kind } => write!(f, "the trail's event selectors leave out {kind}"),
            Self::DropsEvents => f.write_str("the trail's event selectors leave out a required event"),
            Self::SelectorsUndecided(doubt) => {
                write!(f, "which events the trail's event selectors select is not decided: {doubt}")
            }
            Self::NoLogGroup => f.write_str("the trail does not deliver to CloudWatch Logs"),
            Self::DescriptionsDiffer { attribute, owner } => {
                write!(f, "account {owner}, which owns the trail, gives another value of {attribute}")
            }
            Self::HomeRegionNotEnabled { home } => {
                write!(f, "the account has not enabled {home}, the trail's home region, so the trail does not log it")
            }
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::All => "management events",
            Self::Reads => "management events that read",
            Self::Writes => "management events that write",
        })
    }
}

impl fmt::Display for SelectorDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadWriteType { found } => write!(f, "AWS does not document the read-write type `{found}`"),
            Self::Field { field } => write!(f, "event selectors on `{field}` are not supported yet"),
            Self::Operator { field } => {
                write!(f, "the selector on `{field}` has no operator that AWS documents")
            }
            Self::NegatedOptionalField { field } => {
                write!(f, "AWS does not document whether a negated selector on `{field}` selects records without it")
            }
        }
    }
}
