//! Why a hop does not carry every event: data, from which follow a code, a severity and the words.
//!
//! One family of faults is one file, and that file's `Display` is the only place of the family's words.

pub mod alarm;
pub mod composite;
pub mod decision;
pub mod filter;
pub mod mute;
pub mod series;
pub mod subscription;
pub mod topic;
pub mod trail;

use std::fmt;

use serde_json::Value;

pub use alarm::{Actions, AlarmDoubt, AlarmFault, MathError, Namesake, StatisticError, Traffic};
pub use composite::{CompositeDoubt, CompositeFault, RuleError};
pub use decision::{AuditStep, DecisionFault, HubFault, Unchecked};
pub use filter::{FilterFault, Lacks, LogGroupFault, MetricFault, PublicationError, SelectionDoubt};
pub use mute::{MuteDoubt, MuteFault, ScheduleError};
pub use series::{SeriesDoubt, SeriesFault};
pub use subscription::{FilterDoubt, SubscriptionFault};
pub use topic::{Publisher, TopicFault};
pub use trail::{SelectorDoubt, TrailFault};

use crate::account::{Gap, GapKind};
pub use crate::report::Severity;
use crate::report::{Code, Reason};

/// Why a hop does not carry every event.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The trail.
    Trail(TrailFault),
    /// The log group.
    LogGroup(LogGroupFault),
    /// The metric filter.
    Filter(FilterFault),
    /// What the filter publishes.
    Metric(MetricFault),
    /// Between the metric and the alarm.
    Series(SeriesFault),
    /// The alarm.
    Alarm(AlarmFault),
    /// The composite alarm.
    Composite(CompositeFault),
    /// The rules that mute an alarm.
    Mute(MuteFault),
    /// The topic.
    Topic(TopicFault),
    /// The topic's subscriptions.
    Subscription(SubscriptionFault),
    /// Security Hub.
    Hub(HubFault),
    /// No hop.
    Decision(DecisionFault),
    /// A call has no answer.
    Gap(Gap),
    /// Nobody asked.
    Unasked,
}

impl Fault {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Trail(fault) => fault.code(),
            Self::LogGroup(fault) => fault.code(),
            Self::Filter(fault) => fault.code(),
            Self::Metric(fault) => fault.code(),
            Self::Series(fault) => fault.code(),
            Self::Alarm(fault) => fault.code(),
            Self::Composite(fault) => fault.code(),
            Self::Mute(fault) => fault.code(),
            Self::Topic(fault) => fault.code(),
            Self::Subscription(fault) => fault.code(),
            Self::Hub(fault) => fault.code(),
            Self::Decision(fault) => fault.code(),
            Self::Gap(gap) => match gap.kind {
                GapKind::Denied => Code::AccessDenied,
                GapKind::NotRecorded => Code::NotRecorded,
                GapKind::Failed => Code::CallFailed,
            },
            Self::Unasked => Code::NotRecorded,
        }
    }

    /// Whether events are lost, or may be.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Trail(fault) => fault.severity(),
            Self::LogGroup(fault) => fault.severity(),
            Self::Filter(fault) => fault.severity(),
            Self::Metric(fault) => fault.severity(),
            Self::Series(fault) => fault.severity(),
            Self::Alarm(fault) => fault.severity(),
            Self::Composite(fault) => fault.severity(),
            Self::Mute(fault) => fault.severity(),
            Self::Topic(fault) => fault.severity(),
            Self::Subscription(fault) => fault.severity(),
            Self::Hub(fault) => fault.severity(),
            Self::Decision(fault) => fault.severity(),
            Self::Gap(_) | Self::Unasked => Severity::Warning,
        }
    }

    /// The reason in a report, about the resource of this ARN or name.
    pub fn reason(&self, subject: &str) -> Reason {
        let subject = match self {
            Self::Gap(gap) => gap.call.resource.as_deref().unwrap_or(&gap.call.region),
            _ => subject,
        };
        let (code, severity, message) = (self.code(), self.severity(), self.to_string());
        Reason { code, severity, message, subject: subject.to_owned(), fault: self.fields() }
    }

    /// The kind of fault and its fields, as JSON.
    fn fields(&self) -> Value {
        let fields = match self {
            Self::Trail(fault) => serde_json::to_value(fault),
            Self::LogGroup(fault) => serde_json::to_value(fault),
            Self::Filter(fault) => serde_json::to_value(fault),
            Self::Metric(fault) => serde_json::to_value(fault),
            Self::Series(fault) => serde_json::to_value(fault),
            Self::Alarm(fault) => serde_json::to_value(fault),
            Self::Composite(fault) => serde_json::to_value(fault),
            Self::Mute(fault) => serde_json::to_value(fault),
            Self::Topic(fault) => serde_json::to_value(fault),
            Self::Subscription(fault) => serde_json::to_value(fault),
            Self::Hub(fault) => serde_json::to_value(fault),
            Self::Decision(_) | Self::Gap(_) | Self::Unasked => Ok(Value::Null),
        };
        // Enums of texts and numbers serialize.
        fields.unwrap_or_default()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trail(fault) => fault.fmt(f),
            Self::LogGroup(fault) => fault.fmt(f),
            Self::Filter(fault) => fault.fmt(f),
            Self::Metric(fault) => fault.fmt(f),
            Self::Series(fault) => fault.fmt(f),
            Self::Alarm(fault) => fault.fmt(f),
            Self::Composite(fault) => fault.fmt(f),
            Self::Mute(fault) => fault.fmt(f),
            Self::Topic(fault) => fault.fmt(f),
            Self::Subscription(fault) => fault.fmt(f),
            Self::Hub(fault) => fault.fmt(f),
            Self::Decision(fault) => fault.fmt(f),
            Self::Gap(gap) => gap.fmt(f),
            Self::Unasked => f.write_str("the recording of this account does not cover the resource"),
        }
    }
}

/// What became of the call, in a sentence.
impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.call, self.message)
    }
}

macro_rules! families {
    ($($variant:ident($family:ident)),* $(,)?) => {$(
        impl From<$family> for Fault {
            fn from(fault: $family) -> Self {
                Self::$variant(fault)
            }
        }
    )*};
}

families! {
    Trail(TrailFault), LogGroup(LogGroupFault), Filter(FilterFault), Metric(MetricFault), Series(SeriesFault),
    Alarm(AlarmFault), Composite(CompositeFault), Mute(MuteFault), Topic(TopicFault), Subscription(SubscriptionFault),
    Hub(HubFault), Decision(DecisionFault),
}
