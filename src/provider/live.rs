//! Answers from AWS itself.
//!
//! The SDK's standard chain finds credentials and endpoints: environment, profiles, SSO, container and instance roles,
//! `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`. Nothing but the [read operations](super::operation) leaves
//! the process: every client carries a [guard](ReadOnly).

use std::collections::BTreeSet;
use std::time::Duration;
use std::{env, fmt};

use aws_config::{AppName, BehaviorVersion, Region as SdkRegion, SdkConfig};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::Provider as Tls;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{self as http_client, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared, join};

use super::api::Timestamp;
use super::identity::{AccountId, Identity};
use super::{Answer, Arn, Ask, Asked, Call, Output, Provider, Question, Refusal, Region, Request, Response as _};

mod account;
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
mod words;

pub use clients::Clients;
pub use deadline::Deadline;
use deadline::Late;
pub use error::LiveError;
pub use guard::ReadOnly;
use words::{Words, without_url_secrets};

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
    /// Over which connections.
    pub network: Network,
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
            network: Network::default(),
        }
    }
}

/// The connections to AWS. Accounts that are asked one after the other share them.
#[derive(Clone)]
pub struct Network(SharedHttpClient);

impl Default for Network {
    /// As the SDK reaches AWS, which makes a client of its own for each service and region: TLS by rustls, and the proxy
    /// that the environment names.
    fn default() -> Self {
        Self(http_client::Builder::new().build_with_connector_fn(|settings, components| {
            let mut connector = Connector::builder().tls_provider(Tls::Rustls(CryptoMode::AwsLc));
            connector.set_connector_settings(settings.cloned());
            connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
            connector.set_proxy_config(Some(ProxyConfig::from_env()));
            connector.build()
        }))
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").finish_non_exhaustive()
    }
}

/// What answers over the network, whichever account it is.
#[derive(Debug, Clone)]
struct Session {
    regions: Vec<Region>,
    asked_at: Option<Timestamp>,
    clients: Clients,
    deadline: Option<Deadline>,
    words: Words,
}

/// An account asked over the network.
#[derive(Debug, Clone)]
pub struct Live {
    identity: Identity,
    session: Session,
}

/// An account asked over the network while it is not known yet which one it is.
#[derive(Debug, Clone)]
pub struct Unidentified {
    identity: Shared<BoxFuture<'static, Result<Identity, LiveError>>>,
    session: Session,
}

impl Unidentified {
    /// Finds credentials.
    pub async fn connect(options: &Options) -> Result<Self, LiveError> {
        let words = Words::default();
        let config = configure(options).await?;
        let profile = options.profile.clone().or_else(|| env::var("AWS_PROFILE").ok().filter(|name| !name.is_empty()));
        Self::new(&config, options, profile, words)
    }

    fn new(config: &SdkConfig, options: &Options, profile: Option<String>, words: Words) -> Result<Self, LiveError> {
        let regions = regions(config, &options.regions)?;
        let first = regions.first().ok_or(LiveError::NoRegion)?.to_string();
        let config = credentials::watched(config, &words);
        let sts = config.to_builder().region(SdkRegion::new(first)).build();
        let (said, deadline, role) = (words.clone(), options.deadline, options.role_arn.clone());
        let identity = async move {
            let asked = sts::identity(&sts, profile.as_deref(), &said);
            let identity = match deadline {
                None => asked.await?,
                Some(deadline) => {
                    let late = |late: Late| LiveError::Unreachable { details: late.to_string() };
                    deadline.wait(asked).await.map_err(late)??
                }
            };
            of_role(identity, role)
        };
        let asked_at = Some(jiff::Timestamp::now().into());
        let session = Session::new(regions, asked_at, Clients::new(&config), options.deadline, words);
        Ok(Self { identity: identity.boxed().shared(), session })
    }

    /// Which account answers.
    pub async fn identity(&self) -> Result<Identity, LiveError> {
        self.identity.clone().await
    }

    /// The same, once it is known which account it is.
    pub async fn identified(self) -> Result<Live, LiveError> {
        Ok(Live { identity: self.identity.await?, session: self.session })
    }
}

impl Live {
    /// Finds credentials and asks which account they belong to.
    pub async fn connect(options: &Options) -> Result<Self, LiveError> {
        Unidentified::connect(options).await?.identified().await
    }

    /// The same account, which has to answer by then.
    pub fn until(self, deadline: Deadline) -> Self {
        Self { session: Session { deadline: Some(deadline), ..self.session }, ..self }
    }

    /// The account behind a ready configuration. Without `regions` it is audited in the configured one.
    pub async fn from_config(config: &SdkConfig, regions: &[Region]) -> Result<Self, LiveError> {
        let options = Options { regions: regions.to_vec(), ..Options::default() };
        Unidentified::new(config, &options, None, Words::default())?.identified().await
    }

    /// An account behind ready clients, asked in at least one region, at this time.
    pub fn from_clients(
        identity: Identity,
        regions: impl IntoIterator<Item = Region>,
        clients: Clients,
        asked_at: Option<Timestamp>,
    ) -> Self {
        Self { identity, session: Session::new(regions, asked_at, clients, None, Words::default()) }
    }
}

impl Ask for Live {
    fn regions(&self) -> &[Region] {
        &self.session.regions
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.session.asked_at
    }

    async fn ask<Q: Question>(&self, question: Q) -> Answer<Q::Output> {
        self.session.ask(question, std::future::ready(Some(self.identity.account.clone()))).await
    }
}

impl Ask for Unidentified {
    fn regions(&self) -> &[Region] {
        &self.session.regions
    }

    fn asked_at(&self) -> Option<Timestamp> {
        self.session.asked_at
    }

    /// An answer counts only when it is known which account should have given it.
    async fn ask<Q: Question>(&self, question: Q) -> Answer<Q::Output> {
        let account = self.identity().map(|identity| Some(identity.ok()?.account));
        self.session.ask(question, account).await
    }
}

impl Provider for Live {
    fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// The regions to audit: those that are given, or else the configured one.
fn regions(config: &SdkConfig, given: &[Region]) -> Result<Vec<Region>, LiveError> {
    let configured = config.region().map(|region| region.to_string().parse()).transpose();
    let configured = configured.map_err(LiveError::Region)?;
    Ok(if given.is_empty() { configured.into_iter().collect() } else { given.to_vec() })
}

/// The identity, if it is that of the role's account.
fn of_role(identity: Identity, role: Option<String>) -> Result<Identity, LiveError> {
    let asked = role.as_ref().and_then(|role| role.parse::<Arn>().ok()?.account_id());
    match (role, asked) {
        (Some(role), Some(asked)) if asked != identity.account => {
            Err(LiveError::OtherAccount { role, asked: asked.to_string(), answered: identity.account.to_string() })
        }
        _ => Ok(identity),
    }
}

impl Session {
    fn new(
        regions: impl IntoIterator<Item = Region>,
        asked_at: Option<Timestamp>,
        clients: Clients,
        deadline: Option<Deadline>,
        words: Words,
    ) -> Self {
        let regions: BTreeSet<_> = regions.into_iter().collect();
        Self { regions: regions.into_iter().collect(), asked_at, clients, deadline, words }
    }

    async fn ask<Q: Question>(
        &self,
        question: Q,
        account: impl Future<Output = Option<AccountId>> + Send,
    ) -> Answer<Q::Output> {
        let call = question.call();
        // Boxed, as the futures of all operations are one inside the other.
        let answer = self.answer(question.request(), call.clone()).boxed();
        let (answer, account) = join(self.in_time(&call, answer), account).await;
        let output = answer.map_err(|refusal| self.words.clean_refusal(refusal))?;
        let Some(output) = Q::unwrap(&output).cloned() else {
            return Err(Refusal::without_answer(call, "the answer is of another operation"));
        };
        let checked = output.check(&Asked { call: &call, account: account.as_ref() });
        match checked {
            Ok(()) => Ok(output),
            Err(flaw) => Err(Refusal::without_answer(call, &self.words.clean(&flaw.to_string()))),
        }
    }

    async fn in_time<T>(&self, call: &Call, answer: impl Future<Output = Answer<T>>) -> Answer<T> {
        match self.deadline {
            Some(deadline) => deadline.answer(call.clone(), answer).await,
            None => answer.await,
        }
    }
}

impl Session {
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
            Request::ListRegions(_) => {
                account::list_regions(&self.clients.account_in(&region), call).await.map(Output::ListRegions)
            }
            _ => Err(Refusal::without_answer(call, "this program does not ask live accounts for it")),
        }
    }
}

async fn configure(options: &Options) -> Result<SdkConfig, LiveError> {
    // Pinned, so that a new SDK does not change defaults unseen.
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .http_client(options.network.0.clone())
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
            return Err(LiveError::EndpointUrl { url: shown(url) });
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

/// What was given for a URL, without user, password and query.
fn shown(url: &str) -> String {
    let url = if url.contains("://") { url.to_owned() } else { format!("://{url}") };
    without_url_secrets(&url).trim_start_matches("://").to_owned()
}
