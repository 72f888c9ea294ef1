//! AWS, mocked: clients that answer what a recording holds.
//!
//! The live provider runs upon them unchanged, its guard, its paging and its conversions included: a list comes in
//! pages of one item. A call of the benchmark's that the recording lacks panics, because a live account has no such gap;
//! a call beyond the benchmark is denied, as by an account that grants no more than the benchmark needs.

mod account;
pub(super) mod cloudtrail;
pub(super) mod cloudwatch;
mod kms;
pub(super) mod logs;
mod mute;
mod securityhub;
mod sns;

use std::collections::{BTreeMap, BTreeSet};

use aws_config::Region as SdkRegion;
use aws_smithy_mocks::{MockResponse, MockResponseInterceptor, Rule};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextMut,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::retry::RetryConfig;

use super::Clients;
use crate::provider::recorded::Recording;
use crate::provider::{Answer, Call, Question, Region};

/// Clients that answer as the recorded account did.
pub fn clients(recording: &Recording) -> Clients {
    Clients::guarding(
        &cloudtrail::client(recording),
        &logs::client(recording),
        &cloudwatch::client(recording),
        &sns::client(recording),
        &kms::client(recording),
        &securityhub::client(recording),
        &account::client(recording),
    )
}

/// The configuration of a mocked client: nothing is sent, nothing is tried again, and the rules of a request's region
/// answer it.
macro_rules! mocked {
    ($service:ident, $rules:expr) => {
        $service::Client::from_conf(
            $service::Config::builder()
                .with_test_defaults_v2()
                .retry_config($crate::provider::live::mocked::no_retries())
                .http_client(aws_smithy_mocks::create_mock_http_client())
                .interceptor($crate::provider::live::mocked::Regions::answering($rules))
                .build(),
        )
    };
}
use mocked;

/// Denies an operation wherever another of the service is answered, unless an earlier rule answers it.
macro_rules! denied {
    ($rules:ident, $operation:path, $error:ty) => {
        for region in $crate::provider::live::mocked::regions(&$rules) {
            let rule = mock!($operation).then_error(|| <$error>::generic($crate::provider::live::mocked::denial()));
            $rules.push((region, rule));
        }
    };
}
use denied;

fn regions(rules: &[(Region, Rule)]) -> BTreeSet<Region> {
    rules.iter().map(|(region, _)| region.clone()).collect()
}

fn denial() -> ErrorMetadata {
    ErrorMetadata::builder().code("AccessDenied").message("not authorized to perform this operation").build()
}

fn no_retries() -> RetryConfig {
    RetryConfig::disabled()
}

/// One mock a region. A rule sees the input of a request alone, and the same input is another call in another region.
#[derive(Debug, Default)]
struct Regions {
    recorded: BTreeMap<Region, MockResponseInterceptor>,
    /// Knows no answer.
    elsewhere: MockResponseInterceptor,
}

impl Regions {
    fn answering(rules: Vec<(Region, Rule)>) -> Self {
        let mut regions = Self::default();
        for (region, rule) in rules {
            let mock = regions.recorded.remove(&region).unwrap_or_default();
            regions.recorded.insert(region, mock.with_rule(&rule));
        }
        regions
    }

    fn mock(&self, config: &ConfigBag) -> &MockResponseInterceptor {
        let region = config.load::<SdkRegion>().map(SdkRegion::as_ref).unwrap_or_default();
        self.recorded.get(region).unwrap_or(&self.elsewhere)
    }
}

impl Intercept for Regions {
    fn name(&self) -> &'static str {
        "Regions"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.mock(config).read_before_serialization(context, components, config)
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.mock(config).modify_before_transmit(context, components, config)
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.mock(config).modify_before_attempt_completion(context, components, config)
    }
}

/// The answers of an operation, each with its call.
fn answers<Q: Question>(recording: &Recording) -> impl Iterator<Item = (Call, Answer<Q::Output>)> {
    recording.answers_to::<Q>().map(|(call, answer)| (call.clone(), answer.cloned().map_err(Clone::clone)))
}

/// A recorded answer in the SDK's types.
fn respond<T, O, E>(
    answer: &Answer<T>,
    output: impl FnOnce(&T) -> O,
    error: impl FnOnce(ErrorMetadata) -> E,
) -> MockResponse<O, E> {
    match answer {
        Ok(recorded) => MockResponse::Output(output(recorded)),
        Err(refusal) => {
            let metadata = ErrorMetadata::builder().message(&refusal.message);
            let metadata = match &refusal.code {
                Some(code) => metadata.code(code),
                None => metadata,
            };
            MockResponse::Error(error(metadata.build()))
        }
    }
}

/// The item that a page holds, and the token of the next page, if there is one. A token is the number of its page.
fn page<T: Clone>(items: &[T], token: Option<&str>) -> (Vec<T>, Option<String>) {
    let at = token.and_then(|token| token.parse().ok()).unwrap_or(0_usize);
    let next = at + 1;
    (items.get(at).cloned().into_iter().collect(), (next < items.len()).then(|| next.to_string()))
}

/// Periods and counts, which the SDK has as signed numbers.
pub(super) fn integer(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
