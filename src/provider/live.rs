//! Answers from AWS itself.
//!
//! The SDK's standard chain finds credentials and endpoints: environment, profiles, SSO, container and instance roles,
//! `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`. Nothing but the [read operations](super::operation) leaves
//! the process: every client carries a [guard](ReadOnly).

use std::collections::BTreeSet;
use std::time::Duration;

use aws_config::{AppName, BehaviorVersion, Region as SdkRegion, SdkConfig};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use super::api::Timestamp;
use super::identity::Identity;
use super::{Answer, Ask, Asked, Call, Output, Provider, Question, Refusal, Region, Request, Response as _};

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
mod pages;
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
    pub regions: Vec<Region>,
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
    regions: Vec<Region>,
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
    pub async fn from_config(config: &SdkConfig, regions: &[Region]) -> Result<Self, LiveError> {
        let configured = config.region().map(|region| region.to_string().parse()).transpose();
        let configured = configured.map_err(LiveError::Region)?;
        let regions = if regions.is_empty() { configured.into_iter().collect() } else { regions.to_vec() };
        let first = regions.first().ok_or(LiveError::NoRegion)?.to_string();
        let identity = sts::identity(&config.to_builder().region(SdkRegion::new(first)).build()).await?;
        let clients = Clients::new(config, &identity.account);
        Ok(Self::from_clients(identity, regions, clients, Some(jiff::Timestamp::now().into())))
    }

    /// An account behind ready clients, asked in at least one region, at this time.
    pub fn from_clients(
        identity: Identity,
        regions: impl IntoIterator<Item = Region>,
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

impl Ask for Live {
    fn regions(&self) -> &[Region] {
        &self.regions
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.asked_at
    }

    async fn ask<Q: Question>(&self, question: Q) -> Answer<Q::Output> {
        let call = question.call();
        let output = self.in_time(&call, self.answer(question.request(), call.clone())).await?;
        let Some(output) = Q::unwrap(&output).cloned() else {
            return Err(Refusal::without_answer(call, "the answer is of another operation"));
        };
        let checked = output.check(&Asked { call: &call, account: Some(&self.identity.account) });
        match checked {
            Ok(()) => Ok(output),
            Err(flaw) => Err(Refusal::without_answer(call, &flaw.to_string())),
        }
    }
}

impl Provider for Live {
    fn identity(&self) -> &Identity {
        &self.identity
    }
}

impl Live {
    async fn answer(&self, request: Request, call: Call) -> Answer<Output> {
        let region = call.region.clone();
        let (cloudtrail, logs) = (|| self.clients.cloudtrail_in(&region), || self.clients.logs_in(&region));
        let (cloudwatch, sns) = (|| self.clients.cloudwatch_in(&region), || self.clients.sns_in(&region));
        let (kms, securityhub) = (|| self.clients.kms_in(&region), || self.clients.securityhub_in(&region));
        match request {
            Request::DescribeTrails(_) => {
                cloudtrail::describe_trails(&cloudtrail(), call).await.map(Output::DescribeTrails)
            }
            Request::GetTrailStatus(asked) => {
                cloudtrail::get_trail_status(&cloudtrail(), call, &asked.trail.to_string())
                    .await
                    .map(Output::GetTrailStatus)
            }
            Request::GetEventSelectors(asked) => {
                cloudtrail::get_event_selectors(&cloudtrail(), call, &asked.trail.to_string())
                    .await
                    .map(Output::GetEventSelectors)
            }
            Request::DescribeMetricFilters(asked) => {
                logs::describe_metric_filters(&logs(), call, &asked.log_group).await.map(Output::DescribeMetricFilters)
            }
            Request::DescribeAlarms(_) => {
                cloudwatch::describe_alarms(&cloudwatch(), call).await.map(Output::DescribeAlarms)
            }
            Request::ListSubscriptionsByTopic(asked) => {
                sns::list_subscriptions_by_topic(&sns(), call, &asked.topic.to_string())
                    .await
                    .map(Output::ListSubscriptionsByTopic)
            }
            Request::DescribeHub(_) => securityhub::describe_hub(&securityhub(), call).await.map(Output::DescribeHub),
            Request::GetTopicAttributes(asked) => {
                sns::get_topic_attributes(&sns(), call, &asked.topic.to_string()).await.map(Output::GetTopicAttributes)
            }
            Request::GetSubscriptionAttributes(asked) => {
                sns::get_subscription_attributes(&sns(), call, &asked.subscription.to_string())
                    .await
                    .map(Output::GetSubscriptionAttributes)
            }
            Request::ListAlarmMuteRules(_) => {
                mute::list_alarm_mute_rules(&cloudwatch(), call).await.map(Output::ListAlarmMuteRules)
            }
            Request::GetAlarmMuteRule(asked) => {
                mute::get_alarm_mute_rule(&cloudwatch(), call, &asked.name).await.map(Output::GetAlarmMuteRule)
            }
            Request::DescribeKey(asked) => kms::describe_key(&kms(), call, &asked.key).await.map(Output::DescribeKey),
            Request::GetKeyPolicy(asked) => {
                kms::get_key_policy(&kms(), call, &asked.key).await.map(Output::GetKeyPolicy)
            }
            _ => Err(Refusal::without_answer(call, "live accounts are not asked for this yet")),
        }
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
    if let Some(region) = options.regions.first() {
        loader = loader.region(SdkRegion::new(region.to_string()));
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
