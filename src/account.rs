//! The typed picture of an account that an evaluation works on: plain values, with a [`Gap`] where something could not
//! be seen.

use std::collections::{BTreeMap, BTreeSet};

pub mod collect;
mod topic;
pub(crate) mod watch;

pub use crate::provider::Call;
pub use crate::provider::api::Timestamp;
pub use crate::provider::api::cloudtrail::{
    AdvancedEventSelector, AdvancedFieldSelector, EventSelector, ReadWriteType,
};
pub use crate::provider::api::cloudwatch::{
    ComparisonOperator, CompositeAlarm, DescribeAlarmsOutput as Alarms, Dimension, EvaluationCriteria,
    EvaluationWindow, LogAlarm, Metric, MetricAlarm, MetricDataQuery, MetricStat, PromQlCriteria,
    ScheduledQueryConfiguration, SlidingWindow, StateValue, Statistic, TreatMissingData, WallClockWindow,
    WarmUpConfiguration,
};
pub use crate::provider::api::logs::{MetricFilter, MetricTransformation};
pub use crate::provider::arn::{LogGroupArn, TopicArn};
pub use crate::provider::identity::{AccountId, Identity};

pub use topic::{
    Endpoint, FilterPolicy, FilterPolicyScope, Key, KeyKind, KeyState, Subscription, SubscriptionState, Topic,
    TopicSettings,
};

use crate::provider::Arn;
use crate::provider::{Refusal, RefusalKind};

/// What an audit could see of one account.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Which account this is.
    pub identity: Identity,
    /// When it was asked, if that is known.
    pub asked_at: Option<Timestamp>,
    /// The audited regions, sorted.
    pub regions: Vec<String>,
    /// The trails of all audited regions, each once, sorted by ARN. A gap if no region answered.
    pub trails: Known<Vec<Trail>>,
    /// The log groups of this account that a trail delivers to.
    pub log_groups: BTreeMap<LogGroupId, Known<LogGroup>>,
    /// The alarms of the regions of those log groups.
    pub alarms: BTreeMap<String, Known<Alarms>>,
    /// The topics that alarms on those log groups' metrics name.
    pub topics: BTreeMap<TopicArn, Known<Topic>>,
    /// The regions that the account has enabled, sorted: where its events can happen.
    pub enabled_regions: Known<Vec<String>>,
    /// Whether Security Hub is enabled, for each audited region.
    pub security_hub: BTreeMap<String, Known<bool>>,
    /// The rules that mute alarms, in the regions of the alarms that name those topics.
    pub mute_rules: BTreeMap<String, Known<Vec<MuteRule>>>,
}

impl Account {
    /// The ids of the other accounts that have something on a way of this account's events: a trail, its log group, a
    /// topic.
    pub fn refers_to(&self) -> BTreeSet<AccountId> {
        let trails = self.trails.iter().flatten();
        let delivered = trails.clone().filter_map(|trail| Some(trail.log_group.as_ref()?.account.clone()));
        let owners = trails.filter_map(|trail| trail.arn.parse::<Arn>().ok()?.account_id());
        let topics = self.topics.keys().map(|topic| topic.account.clone());
        let own = &self.identity.account;
        delivered.chain(owners).chain(topics).filter(|account| account != own).collect()
    }
}

/// Something that could be seen, or why it could not.
pub type Known<T> = Result<T, Gap>;

/// A call whose answer is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The call.
    pub call: Call,
    /// What became of it.
    pub kind: GapKind,
    /// The error code of AWS, if AWS answered.
    pub code: Option<String>,
    /// A sentence for a person.
    pub message: String,
}

/// What became of a call whose answer is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapKind {
    /// The caller lacks a permission.
    Denied,
    /// The recording lacks the call.
    NotRecorded,
    /// It failed otherwise.
    Failed,
}

/// A trail.
#[derive(Debug, Clone, PartialEq)]
pub struct Trail {
    /// The ARN.
    pub arn: String,
    /// The name.
    pub name: String,
    /// Where the trail is managed.
    pub home_region: String,
    /// Whether it logs the events of all regions.
    pub multi_region: bool,
    /// Whether it logs all accounts of an organization.
    pub organization: bool,
    /// Whether it is logging now.
    pub logging: Known<bool>,
    /// Why a delivery to the log group failed, as CloudTrail says for as long as it does.
    pub delivery_error: Option<String>,
    /// When CloudTrail last delivered to the log group, if it says so.
    pub last_delivery: Option<Timestamp>,
    /// Which events it logs.
    pub selectors: Known<Selectors>,
    /// Where it delivers to, if it does.
    pub log_group: Option<LogGroupArn>,
}

/// Which events a trail logs.
#[derive(Debug, Clone, PartialEq)]
pub enum Selectors {
    /// None are set. AWS then logs all management events.
    Default,
    /// Basic selectors: an event that satisfies one of them is logged.
    Basic(Vec<EventSelector>),
    /// Advanced selectors: an event that satisfies one of them is logged.
    Advanced(Vec<AdvancedEventSelector>),
}

/// A log group of the audited account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogGroupId {
    /// The region.
    pub region: String,
    /// The name.
    pub name: String,
}

/// A log group, as far as metrics are concerned.
#[derive(Debug, Clone, PartialEq)]
pub enum LogGroup {
    /// It does not exist.
    Missing,
    /// It exists.
    Present {
        /// Its metric filters, sorted by name.
        filters: Vec<MetricFilter>,
    },
}

/// A rule that mutes alarms on a schedule. AWS does not list it as expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MuteRule {
    /// The name.
    pub name: String,
    /// The names of the alarms that it mutes.
    pub alarms: Vec<String>,
    /// When it mutes them: `cron(0 2 * * *)`, or once: `at(2026-12-24T18:00)`.
    pub expression: String,
    /// For how long each time, in ISO 8601: `PT4H`.
    pub duration: String,
    /// Whose clock the expression goes by; UTC where it is left out.
    pub timezone: Option<String>,
    /// From when on it mutes, if not from ever.
    pub start: Option<Timestamp>,
    /// Until when it mutes, if not for ever.
    pub expiry: Option<Timestamp>,
}

impl From<Refusal> for Gap {
    /// A resource that vanished between two calls leaves a gap as any other failure does. Where its absence is an
    /// answer, the collector has taken it as one before.
    fn from(Refusal { call, kind, code, message }: Refusal) -> Self {
        let kind = match kind {
            RefusalKind::Denied => GapKind::Denied,
            RefusalKind::NotRecorded => GapKind::NotRecorded,
            RefusalKind::NotFound | RefusalKind::Failed => GapKind::Failed,
        };
        Self { call, kind, code, message }
    }
}
