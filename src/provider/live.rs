//! Answers from AWS itself.
//!
//! The SDK's standard chain finds credentials and endpoints: environment, profiles, SSO, container and instance roles,
//! `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`. Nothing but the [read operations](super::permissions) leaves
//! the process: every client carries a [guard](ReadOnly).

use std::collections::BTreeSet;
use std::time::Duration;

use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use super::api::{
    DescribeAlarms, DescribeHub, DescribeKey, DescribeMetricFilters, DescribeTrails, GetAlarmMuteRule,
    GetEventSelectors, GetKeyPolicy, GetSubscriptionAttributes, GetTopicAttributes, GetTrailStatus, ListAlarmMuteRules,
    ListSubscriptionsByTopic, Timestamp,
};
use super::arn::TopicArn;
use super::identity::Identity;
use super::permissions::Operation;
use super::{Answer, Call, Provider, arn};

mod clients;
mod cloudtrail;
mod cloudwatch;
mod credentials;
mod deadline;
#[cfg(feature = "emulators")]
pub mod emulated;
mod error;
mod guard;
mod kms;
mod logs;
#[cfg(feature = "mocks")]
pub mod mocked;
mod mute;
mod securityhub;
mod sns;
mod sts;

pub use clients::Clients;
pub use deadline::Deadline;
use deadline::Late;
pub use error::LiveError;
pub use guard::ReadOnly;

/// How to reach an account. What is not set is the SDK's standard choice.
#[derive(Debug, Clone)]
pub struct Options {
    /// The profile of the AWS configuration files. As in the AWS CLI, it goes before credentials in the environment.
    pub profile: Option<String>,
    /// The regions to audit; if empty, the configured one.
    pub regions: Vec<String>,
    /// One endpoint for all services, as emulators have.
    pub endpoint_url: Option<String>,
    /// A role to audit with, assumed from the credentials found.
    pub role_arn: Option<String>,
    /// What the role's trust policy asks for.
    pub external_id: Option<String>,
    /// How long one attempt of a call may take.
    pub timeout: Duration,
    /// By when all answers must be in; if none, whenever they come.
    pub deadline: Option<Deadline>,
    /// How often a call is tried that is throttled or fails on the way.
    pub attempts: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            profile: None,
            regions: Vec::new(),
            endpoint_url: None,
            role_arn: None,
            external_id: None,
            timeout: Duration::from_secs(30),
            deadline: None,
            attempts: 5,
        }
    }
}

/// An account asked over the network.
#[derive(Debug, Clone)]
pub struct Live {
    identity: Identity,
    regions: Vec<String>,
    asked_at: Option<Timestamp>,
    clients: Clients,
    deadline: Option<Deadline>,
}

impl Live {
    /// Finds credentials and asks which account they belong to.
    pub async fn connect(options: &Options) -> Result<Self, LiveError> {
        let connected = async {
            let config = configure(options).await?;
            Self::from_config(&config, &options.regions).await
        };
        let Some(deadline) = options.deadline else { return connected.await };
        let late = |late: Late| LiveError::Unreachable { details: late.to_string() };
        Ok(deadline.wait(connected).await.map_err(late)??.until(deadline))
    }

    /// The same account, which has to answer by then.
    pub fn until(self, deadline: Deadline) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// The account behind a ready configuration. Without `regions` it is audited in the configured one.
    pub async fn from_config(config: &SdkConfig, regions: &[String]) -> Result<Self, LiveError> {
        let configured = config.region().map(Region::to_string);
        let regions = if regions.is_empty() { configured.into_iter().collect() } else { regions.to_vec() };
        let first = regions.first().ok_or(LiveError::NoRegion)?.clone();
        let identity = sts::identity(&config.to_builder().region(Region::new(first)).build()).await?;
        let clients = Clients::new(config, &identity.account);
        Ok(Self::from_clients(identity, regions, clients, Some(jiff::Timestamp::now().into())))
    }

    /// An account behind ready clients, asked in at least one region, at this time.
    pub fn from_clients(
        identity: Identity,
        regions: impl IntoIterator<Item = String>,
        clients: Clients,
        asked_at: Option<Timestamp>,
    ) -> Self {
        let regions: BTreeSet<_> = regions.into_iter().collect();
        Self { identity, regions: regions.into_iter().collect(), asked_at, clients, deadline: None }
    }

    async fn in_time<T>(&self, call: &Call, answer: impl Future<Output = Answer<T>>) -> Answer<T> {
        match self.deadline {
            Some(deadline) => deadline.answer(call.clone(), answer).await,
            None => answer.await,
        }
    }
}

impl Provider for Live {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn regions(&self) -> &[String] {
        &self.regions
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.asked_at
    }

    async fn describe_trails(&self, region: &str) -> Answer<DescribeTrails> {
        let call = Call::about_region(Operation::DESCRIBE_TRAILS, region);
        self.in_time(&call, cloudtrail::describe_trails(&self.clients.cloudtrail_in(region), call.clone())).await
    }

    async fn get_trail_status(&self, region: &str, trail: &str) -> Answer<GetTrailStatus> {
        let call = Call::about(Operation::GET_TRAIL_STATUS, region, trail);
        self.in_time(&call, cloudtrail::get_trail_status(&self.clients.cloudtrail_in(region), call.clone(), trail))
            .await
    }

    async fn get_event_selectors(&self, region: &str, trail: &str) -> Answer<GetEventSelectors> {
        let call = Call::about(Operation::GET_EVENT_SELECTORS, region, trail);
        self.in_time(&call, cloudtrail::get_event_selectors(&self.clients.cloudtrail_in(region), call.clone(), trail))
            .await
    }

    async fn describe_metric_filters(&self, region: &str, log_group: &str) -> Answer<DescribeMetricFilters> {
        let call = Call::about(Operation::DESCRIBE_METRIC_FILTERS, region, log_group);
        self.in_time(&call, logs::describe_metric_filters(&self.clients.logs_in(region), call.clone(), log_group)).await
    }

    async fn describe_alarms(&self, region: &str) -> Answer<DescribeAlarms> {
        let call = Call::about_region(Operation::DESCRIBE_ALARMS, region);
        self.in_time(&call, cloudwatch::describe_alarms(&self.clients.cloudwatch_in(region), call.clone())).await
    }

    async fn list_subscriptions_by_topic(&self, topic: &TopicArn) -> Answer<ListSubscriptionsByTopic> {
        let (region, arn) = (&topic.region, topic.to_string());
        let call = Call::about(Operation::LIST_SUBSCRIPTIONS_BY_TOPIC, region, &arn);
        self.in_time(&call, sns::list_subscriptions_by_topic(&self.clients.sns_in(region), call.clone(), &arn)).await
    }

    async fn describe_hub(&self, region: &str) -> Answer<DescribeHub> {
        let call = Call::about_region(Operation::DESCRIBE_HUB, region);
        self.in_time(&call, securityhub::describe_hub(&self.clients.securityhub_in(region), call.clone())).await
    }

    async fn get_topic_attributes(&self, topic: &TopicArn) -> Answer<GetTopicAttributes> {
        let (region, arn) = (&topic.region, topic.to_string());
        let call = Call::about(Operation::GET_TOPIC_ATTRIBUTES, region, &arn);
        self.in_time(&call, sns::get_topic_attributes(&self.clients.sns_in(region), call.clone(), &arn)).await
    }

    async fn get_subscription_attributes(&self, region: &str, arn: &str) -> Answer<GetSubscriptionAttributes> {
        let call = Call::about(Operation::GET_SUBSCRIPTION_ATTRIBUTES, region, arn);
        self.in_time(&call, sns::get_subscription_attributes(&self.clients.sns_in(region), call.clone(), arn)).await
    }

    async fn list_alarm_mute_rules(&self, region: &str) -> Answer<ListAlarmMuteRules> {
        let call = Call::about_region(Operation::LIST_ALARM_MUTE_RULES, region);
        self.in_time(&call, mute::list_alarm_mute_rules(&self.clients.cloudwatch_in(region), call.clone())).await
    }

    async fn get_alarm_mute_rule(&self, region: &str, name: &str) -> Answer<GetAlarmMuteRule> {
        let call = Call::about(Operation::GET_ALARM_MUTE_RULE, region, name);
        self.in_time(&call, mute::get_alarm_mute_rule(&self.clients.cloudwatch_in(region), call.clone(), name)).await
    }

    async fn describe_key(&self, region: &str, key: &str) -> Answer<DescribeKey> {
        let call = Call::about(Operation::DESCRIBE_KEY, region, key);
        self.in_time(&call, kms::describe_key(&self.clients.kms_in(region), call.clone(), key)).await
    }

    async fn get_key_policy(&self, region: &str, key: &str) -> Answer<GetKeyPolicy> {
        let call = Call::about(Operation::GET_KEY_POLICY, region, key);
        self.in_time(&call, kms::get_key_policy(&self.clients.kms_in(region), call.clone(), key)).await
    }
}

async fn configure(options: &Options) -> Result<SdkConfig, LiveError> {
    // Pinned, so that a new SDK does not change defaults unseen.
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .retry_config(RetryConfig::standard().with_max_attempts(options.attempts))
        .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(options.timeout).build());
    if let Ok(name) = AppName::new("trailproof") {
        loader = loader.app_name(name);
    }
    if let Some(region) = options.regions.iter().find(|region| !arn::is_region_code(region)) {
        return Err(LiveError::Region { region: region.clone() });
    }
    if let Some(region) = options.regions.first() {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some(url) = &options.endpoint_url {
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(LiveError::EndpointUrl { url: url.clone() });
        }
        loader = loader.endpoint_url(url);
    }
    if let Some(profile) = &options.profile {
        loader = loader.profile_name(profile);
    }
    let mut config = loader.load().await;
    if let Some(profile) = &options.profile {
        config = credentials::of_profile(config, profile);
    }
    if let Some(role) = &options.role_arn {
        config = credentials::of_role(config, role, options.external_id.as_deref()).await;
    }
    Ok(config)
}
