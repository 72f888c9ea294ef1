//! The guard that keeps a client from sending anything but read operations.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use crate::provider::Operation;

/// Refuses every operation that is not in the [table](crate::provider::operation), before
/// the request is even built.
#[derive(Debug, Clone, Copy)]
pub struct ReadOnly;

/// An operation that was refused.
#[derive(Debug, thiserror::Error)]
#[error("`{service}:{operation}` is not one of the read operations that trailproof may send")]
struct NotAllowed {
    service: String,
    operation: String,
}

impl Intercept for ReadOnly {
    fn name(&self) -> &'static str {
        "ReadOnly"
    }

    // The first hook at which the operation's metadata is there for interceptors of a client.
    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let (service, operation) = match config.load::<Metadata>() {
            Some(metadata) => (iam_prefix(metadata.service()), metadata.name()),
            None => ("unknown", "Unknown"),
        };
        if Operation::find(service, operation).is_some() {
            Ok(())
        } else {
            Err(NotAllowed { service: service.to_owned(), operation: operation.to_owned() }.into())
        }
    }
}

/// What IAM calls the service that the SDK calls so.
fn iam_prefix(sdk_id: &str) -> &str {
    match sdk_id {
        "Account" => "account",
        "CloudTrail" => "cloudtrail",
        "CloudWatch" => "cloudwatch",
        "CloudWatch Logs" => "logs",
        "KMS" => "kms",
        "SecurityHub" => "securityhub",
        "SNS" => "sns",
        "STS" => "sts",
        other => other,
    }
}
