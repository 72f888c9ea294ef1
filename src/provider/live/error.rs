//! From the SDK's errors to refusals of one call, and to errors that end the audit before it starts.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::provider::{Call, NotARegion, Refusal};

/// Why an account cannot be audited at all.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// No region is given or configured.
    #[error("no region to audit")]
    NoRegion,
    /// A region that is no region code.
    #[error(transparent)]
    Region(NotARegion),
    /// An endpoint without a scheme.
    #[error("the endpoint `{url}` is not a URL")]
    EndpointUrl {
        /// What was given.
        url: String,
    },
    /// Two roles that would audit one account twice.
    #[error("`{other}` and `{role}` are both roles of account {account}")]
    SameAccount {
        /// The account.
        account: String,
        /// What was given.
        role: String,
        /// What was given before.
        other: String,
    },
    /// The chain found no credentials.
    #[error("no AWS credentials found: {details}")]
    NoCredentials {
        /// What was tried.
        details: String,
    },
    /// Credentials are configured, but cannot be had: a missing profile, a role that may not be assumed, …
    #[error("cannot get AWS credentials: {details}")]
    Credentials {
        /// What the SDK says.
        details: String,
    },
    /// The credentials were valid once.
    #[error("the AWS credentials have expired: {details}")]
    Expired {
        /// What the SDK or AWS says.
        details: String,
    },
    /// AWS does not accept the credentials.
    #[error("AWS refuses the credentials: {details}")]
    Refused {
        /// What AWS says.
        details: String,
    },
    /// The endpoint does not answer.
    #[error("cannot reach AWS: {details}")]
    Unreachable {
        /// What the SDK says.
        details: String,
    },
    /// The answer to "who am I" is no identity.
    #[error("`sts:GetCallerIdentity` does not name an account: {details}")]
    NoIdentity {
        /// What is wrong with it.
        details: String,
    },
}

impl LiveError {
    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoRegion => "give `--region`, or set `AWS_REGION` or the profile's `region`",
            Self::Region(_) => "write a region code such as `us-east-1`",
            Self::EndpointUrl { .. } => "write the scheme too, as in `http://localhost:4566`",
            Self::SameAccount { .. } => "give one `--role-arn` for each account",
            Self::NoCredentials { .. } => "log in (`aws sso login`), give `--profile`, or set `AWS_PROFILE`",
            Self::Credentials { .. } => {
                "log in where the profile asks for it (`aws sso login`); a role has to trust the one who assumes it"
            }
            Self::Expired { .. } => "log in again (`aws sso login`), or renew the session",
            Self::Refused { .. } => "check that the credentials are whole and belong to the region's partition",
            Self::Unreachable { .. } => "check the network, the proxy, `--region` and `--endpoint-url`",
            Self::NoIdentity { .. } => "check `--endpoint-url`: this endpoint may not be STS",
        }
    }

    /// What the failure of `sts:GetCallerIdentity` means.
    pub(super) fn from_identity<E: ServiceError>(error: &SdkError<E>) -> Self {
        let details = explanation(error);
        let connection = |cause: &&ConnectorError| cause.is_io() || cause.is_timeout();
        if causes(error).filter_map(|cause| cause.downcast_ref()).any(|cause| connection(&cause)) {
            return Self::Unreachable { details };
        }
        match causes(error).find_map(|cause| cause.downcast_ref()) {
            Some(CredentialsError::CredentialsNotLoaded(_)) => return Self::NoCredentials { details },
            Some(_) if details.to_lowercase().contains("expired") => return Self::Expired { details },
            Some(_) => return Self::Credentials { details },
            None => {}
        }
        match error.as_service_error().map(|error| error.code().unwrap_or_default()) {
            Some(code) if code.contains("Expired") => Self::Expired { details },
            Some(_) => Self::Refused { details },
            None => Self::Unreachable { details },
        }
    }
}

/// What services answer in place of an output.
pub(super) trait ServiceError: Error + ProvideErrorMetadata + 'static {}

impl<E: Error + ProvideErrorMetadata + 'static> ServiceError for E {}

type SdkError<E> = aws_smithy_runtime_api::client::result::SdkError<E, HttpResponse>;

/// The refusal that an error of the SDK stands for.
pub(super) fn refusal<E: ServiceError>(call: Call, error: &SdkError<E>) -> Refusal {
    match error.as_service_error().and_then(|error| Some((error.code()?, error.message().unwrap_or_default()))) {
        Some((code, message)) => Refusal::from_code(call, code, message),
        None => Refusal::without_answer(call, &explanation(error)),
    }
}

/// The refusal of an answer in which something is missing that AWS always sends, or is not what it should be.
pub(super) fn malformed(call: Call, problem: &Malformed) -> Refusal {
    Refusal::without_answer(call, &problem.to_string())
}

/// What is wrong with an answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Malformed {
    #[error("the answer lacks `{0}`")]
    Lacks(&'static str),
    #[error("the answer's `{member}` makes no sense: {details}")]
    Nonsense { member: &'static str, details: String },
    #[error("the pages of the answer do not end")]
    Endless,
}

/// A member that AWS always sends.
pub(super) fn required<T>(member: Option<T>, name: &'static str) -> Result<T, Malformed> {
    member.ok_or(Malformed::Lacks(name))
}

/// A member that means something.
pub(super) fn meaningful<T, E: std::fmt::Display>(read: Result<T, E>, member: &'static str) -> Result<T, Malformed> {
    read.map_err(|error| Malformed::Nonsense { member, details: error.to_string() })
}

/// A count or a number of seconds.
pub(super) fn natural(member: Option<i32>, name: &'static str) -> Result<Option<u32>, Malformed> {
    let convert = |number: i32| {
        u32::try_from(number).map_err(|_| Malformed::Nonsense { member: name, details: number.to_string() })
    };
    member.map(convert).transpose()
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| (*error).source())
}

/// An error with its causes, each said once and without the SDK's names for its own layers.
pub(super) fn explanation<E: ServiceError>(error: &SdkError<E>) -> String {
    const LAYERS: [&str; 5] = [
        "service error",
        "unhandled error",
        "dispatch failure",
        "other",
        "an error occurred while loading credentials",
    ];
    if let Some((code, message)) = error.as_service_error().and_then(|error| Some((error.code()?, error.message()?))) {
        return format!("{message} ({code})");
    }
    let status = error.raw_response().map(|response| response.status().as_u16());
    let mut parts: Vec<_> = status.map(|status| format!("HTTP status {status}")).into_iter().collect();
    for text in causes(error).map(ToString::to_string) {
        if !LAYERS.contains(&text.as_str()) && parts.last().is_none_or(|last| !last.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ").replace("the credential provider was not enabled: ", "")
}
