//! Why an account cannot be made in the emulators.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::operation::BuildError;

use super::super::error::{ServiceError, explanation};
use super::http::HttpError;

/// What an emulator did not do.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// It refused a call.
    #[error("the emulators refuse a call: {0}")]
    Refused(String),
    /// The recording lacks what the call needs.
    #[error("the account cannot be emulated: {0}")]
    Incomplete(String),
}

impl<E: ServiceError> From<SdkError<E, HttpResponse>> for ProvisionError {
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        Self::Refused(explanation(&error))
    }
}

impl From<HttpError> for ProvisionError {
    fn from(error: HttpError) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<BuildError> for ProvisionError {
    fn from(error: BuildError) -> Self {
        Self::Incomplete(error.to_string())
    }
}
