//! Answers from a recording: one JSON file that holds every call made to one account.
//!
//! A recording is wholly checked when it is read. What is not there is a [`Refusal`] of the kind
//! [`NotRecorded`](super::RefusalKind::NotRecorded). Serialized, it is the file again, of which nothing is written but
//! what the types of the [answers](super::api) have.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::ser::SerializeSeq;

use super::api::{
    DescribeAlarms, DescribeHub, DescribeKey, DescribeMetricFilters, DescribeTrails, GetAlarmMuteRule,
    GetEventSelectors, GetKeyPolicy, GetSubscriptionAttributes, GetTopicAttributes, GetTrailStatus, ListAlarmMuteRules,
    ListSubscriptionsByTopic, Timestamp,
};
use super::arn::TopicArn;
use super::identity::Identity;
use super::permissions::Operation;
use super::{Answer, Call, Provider, Refusal};

mod assemble;
mod error;
mod file;
mod parse;
mod write;

pub use assemble::{AssemblyError, AssemblyProblem};
pub use error::{RecordingError, RecordingProblem};
pub use file::SIZE_LIMIT;

/// What a recording's `format` says.
pub const FORMAT: &str = "trailproof-recording/1";

/// One account as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    identity: Identity,
    regions: Vec<String>,
    recorded_at: Option<String>,
    pub(super) answers: Answers,
}

impl Recording {
    pub(super) fn new(identity: Identity, recorded_at: Option<String>, answers: Answers) -> Self {
        let regions = audited_regions(&answers, &identity.partition);
        Self { identity, regions, recorded_at, answers }
    }

    /// When the account was recorded, if the recording says so: `2026-11-20T09:30:00Z`.
    pub fn recorded_at(&self) -> Option<&str> {
        self.recorded_at.as_deref()
    }

    /// Every call that has an answer, and why it was refused if it was.
    pub fn calls(&self) -> impl Iterator<Item = (&Call, Option<&Refusal>)> {
        self.answers.calls()
    }

    /// Reads a recording, or all recordings (`*.json`) of a directory in the order of their names.
    pub fn read(path: &Path) -> Result<Vec<Self>, RecordingError> {
        Self::read_all(&[path])
    }

    /// Reads the recordings at several paths. An account may occur only once in all of them.
    pub fn read_all(paths: &[impl AsRef<Path>]) -> Result<Vec<Self>, RecordingError> {
        Ok(Self::read_texts(paths)?.into_iter().map(|(_, recording)| recording).collect())
    }

    /// Reads the recordings at several paths, each with its text.
    pub fn read_texts(paths: &[impl AsRef<Path>]) -> Result<Vec<(String, Self)>, RecordingError> {
        let mut seen = BTreeMap::<_, PathBuf>::new();
        let mut recordings = Vec::new();
        for file in file::list(paths)? {
            let in_file = |problem| RecordingError { file: file.clone(), problem };
            let text = file::read(&file).map_err(in_file)?;
            let recording: Self = text.parse().map_err(in_file)?;
            if let Some(other) = seen.insert(recording.identity.account.clone(), file.clone()) {
                return Err(in_file(RecordingProblem::SameAccount { account: recording.identity.account, other }));
            }
            recordings.push((text, recording));
        }
        Ok(recordings)
    }
}

impl FromStr for Recording {
    type Err = RecordingProblem;

    fn from_str(text: &str) -> Result<Self, RecordingProblem> {
        parse::parse(text)
    }
}

impl Provider for Recording {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The regions in which the trails were asked for; if nowhere, all that occur.
    fn regions(&self) -> &[String] {
        &self.regions
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.recorded_at.as_deref()?.parse().ok()
    }

    async fn describe_trails(&self, region: &str) -> Answer<DescribeTrails> {
        lookup(&self.answers.describe_trails, Call::about_region(Operation::DESCRIBE_TRAILS, region))
    }

    async fn get_trail_status(&self, region: &str, trail: &str) -> Answer<GetTrailStatus> {
        lookup(&self.answers.get_trail_status, Call::about(Operation::GET_TRAIL_STATUS, region, trail))
    }

    async fn get_event_selectors(&self, region: &str, trail: &str) -> Answer<GetEventSelectors> {
        lookup(&self.answers.get_event_selectors, Call::about(Operation::GET_EVENT_SELECTORS, region, trail))
    }

    async fn describe_metric_filters(&self, region: &str, log_group: &str) -> Answer<DescribeMetricFilters> {
        let call = Call::about(Operation::DESCRIBE_METRIC_FILTERS, region, log_group);
        lookup(&self.answers.describe_metric_filters, call)
    }

    async fn describe_alarms(&self, region: &str) -> Answer<DescribeAlarms> {
        lookup(&self.answers.describe_alarms, Call::about_region(Operation::DESCRIBE_ALARMS, region))
    }

    async fn list_subscriptions_by_topic(&self, topic: &TopicArn) -> Answer<ListSubscriptionsByTopic> {
        let call = Call::about(Operation::LIST_SUBSCRIPTIONS_BY_TOPIC, &topic.region, &topic.to_string());
        lookup(&self.answers.list_subscriptions_by_topic, call)
    }

    async fn describe_hub(&self, region: &str) -> Answer<DescribeHub> {
        lookup(&self.answers.describe_hub, Call::about_region(Operation::DESCRIBE_HUB, region))
    }

    async fn get_topic_attributes(&self, topic: &TopicArn) -> Answer<GetTopicAttributes> {
        let call = Call::about(Operation::GET_TOPIC_ATTRIBUTES, &topic.region, &topic.to_string());
        lookup(&self.answers.get_topic_attributes, call)
    }

    async fn get_subscription_attributes(&self, region: &str, arn: &str) -> Answer<GetSubscriptionAttributes> {
        let call = Call::about(Operation::GET_SUBSCRIPTION_ATTRIBUTES, region, arn);
        lookup(&self.answers.get_subscription_attributes, call)
    }

    async fn list_alarm_mute_rules(&self, region: &str) -> Answer<ListAlarmMuteRules> {
        lookup(&self.answers.list_alarm_mute_rules, Call::about_region(Operation::LIST_ALARM_MUTE_RULES, region))
    }

    async fn get_alarm_mute_rule(&self, region: &str, name: &str) -> Answer<GetAlarmMuteRule> {
        lookup(&self.answers.get_alarm_mute_rule, Call::about(Operation::GET_ALARM_MUTE_RULE, region, name))
    }

    async fn describe_key(&self, region: &str, key: &str) -> Answer<DescribeKey> {
        lookup(&self.answers.describe_key, Call::about(Operation::DESCRIBE_KEY, region, key))
    }

    async fn get_key_policy(&self, region: &str, key: &str) -> Answer<GetKeyPolicy> {
        lookup(&self.answers.get_key_policy, Call::about(Operation::GET_KEY_POLICY, region, key))
    }
}

/// What the operations answered, each under its name, in the order of the chain.
macro_rules! answers {
    ($($name:ident: $output:ty,)*) => {
        /// The recorded answers, by call.
        #[derive(Debug, Clone, Default, PartialEq)]
        pub(super) struct Answers {
            $(pub(super) $name: Recorded<$output>,)*
        }

        impl Answers {
            /// Every call that has an answer, and why it has no output.
            fn calls(&self) -> impl Iterator<Item = (&Call, Option<&Refusal>)> {
                std::iter::empty()$(.chain(self.$name.iter().map(|(call, answer)| (call, answer.as_ref().err()))))*
            }

            fn write<S: SerializeSeq>(&self, calls: &mut S) -> Result<(), S::Error> {
                $(write::answers(calls, &self.$name)?;)*
                Ok(())
            }
        }
    };
}

answers! {
    describe_trails: DescribeTrails,
    get_trail_status: GetTrailStatus,
    get_event_selectors: GetEventSelectors,
    describe_metric_filters: DescribeMetricFilters,
    describe_alarms: DescribeAlarms,
    list_subscriptions_by_topic: ListSubscriptionsByTopic,
    describe_hub: DescribeHub,
    get_topic_attributes: GetTopicAttributes,
    get_subscription_attributes: GetSubscriptionAttributes,
    list_alarm_mute_rules: ListAlarmMuteRules,
    get_alarm_mute_rule: GetAlarmMuteRule,
    describe_key: DescribeKey,
    get_key_policy: GetKeyPolicy,
}

pub(super) type Recorded<T> = BTreeMap<Call, Answer<T>>;

fn lookup<T: Clone>(answers: &Recorded<T>, call: Call) -> Answer<T> {
    answers.get(&call).cloned().unwrap_or_else(|| Err(Refusal::not_recorded(call)))
}

/// The audited regions: see [`Recording::regions`]. A recording without any call leaves the partition's first region,
/// so that the report can name a call that is missing.
fn audited_regions(answers: &Answers, partition: &str) -> Vec<String> {
    let all = |calls: &mut dyn Iterator<Item = &Call>| calls.map(|call| call.region.clone()).collect::<BTreeSet<_>>();
    let asked = all(&mut answers.describe_trails.keys());
    let mut regions = if asked.is_empty() { all(&mut answers.calls().map(|(call, _)| call)) } else { asked };
    if regions.is_empty() {
        let first = match partition {
            "aws-cn" => "cn-north-1",
            "aws-us-gov" => "us-gov-west-1",
            _ => "us-east-1",
        };
        regions.insert(first.to_owned());
    }
    regions.into_iter().collect()
}
