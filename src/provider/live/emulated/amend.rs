//! What the harness answers in place of the emulators, where every finding would otherwise have an advisory that something
//! was not checked.

use std::fmt;

use aws_sdk_account::operation::list_regions::ListRegionsOutput;
use aws_sdk_account::types as account;
use aws_sdk_cloudtrail::operation::get_trail_status::GetTrailStatusOutput;
use aws_sdk_cloudwatch::operation::list_alarm_mute_rules::ListAlarmMuteRulesOutput;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{Error, FinalizerInterceptorContextMut, Output};
use aws_smithy_runtime_api::client::orchestrator::{Metadata, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;

use crate::provider::Region;
use crate::provider::api::Timestamp;

type Answer = Result<Output, OrchestratorError<Error>>;

/// Answers that the audited regions are all that the account has enabled: moto has enabled all regions that there are.
pub(super) fn regions(audited: &[Region]) -> impl Intercept + use<> {
    let enabled = |region: &Region| {
        let status = account::RegionOptStatus::EnabledByDefault;
        account::Region::builder().region_name(region.as_str()).region_opt_status(status).build()
    };
    let enabled: Vec<_> = audited.iter().map(enabled).collect();
    let all = ListRegionsOutput::builder().set_regions(Some(enabled)).build();
    Amend { operation: "ListRegions", amend: move |answer: &mut Answer| *answer = Ok(Output::erase(all.clone())) }
}

/// Answers that there are no mute rules where LocalStack says that it does not know of such.
pub(super) fn mute_rules() -> impl Intercept {
    let none = ListAlarmMuteRulesOutput::builder().set_alarm_mute_rule_summaries(Some(vec![])).build();
    let amend = move |answer: &mut Answer| {
        if answer.is_err() {
            *answer = Ok(Output::erase(none.clone()));
        }
    };
    Amend { operation: "ListAlarmMuteRules", amend }
}

/// Answers that a trail delivered to its log group just when the account was asked: moto does not say when a trail last
/// did.
pub(super) fn deliveries(asked_at: Option<Timestamp>) -> impl Intercept {
    let amend = move |answer: &mut Answer| {
        let status = answer.as_ref().ok().and_then(|output| output.downcast_ref::<GetTrailStatusOutput>());
        if let Some(status) = status {
            let error = status.latest_cloud_watch_logs_delivery_error().map(str::to_owned);
            let status = GetTrailStatusOutput::builder()
                .set_is_logging(status.is_logging())
                .set_latest_cloud_watch_logs_delivery_error(error)
                .set_latest_cloud_watch_logs_delivery_time(asked_at.map(|time| DateTime::from_secs(time.seconds())));
            *answer = Ok(Output::erase(status.build()));
        }
    };
    Amend { operation: "GetTrailStatus", amend }
}

/// Amends the answers to an operation.
struct Amend<F> {
    operation: &'static str,
    amend: F,
}

impl<F> fmt::Debug for Amend<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Amend").field("operation", &self.operation).finish_non_exhaustive()
    }
}

impl<F: Fn(&mut Answer) + Send + Sync> Intercept for Amend<F> {
    fn name(&self) -> &'static str {
        "Amend"
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if config.load::<Metadata>().is_some_and(|operation| operation.name() == self.operation)
            && let Some(answer) = context.output_or_error_mut()
        {
            (self.amend)(answer);
        }
        Ok(())
    }
}
