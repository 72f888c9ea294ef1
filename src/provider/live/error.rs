//! From the SDK's errors to refusals of one call, and to errors that end the audit before it starts.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::credentials::NotSendable;
use super::words::Words;
use crate::provider::{Call, NotARegion, Refusal};

/// Why an account cannot be audited at all.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LiveError {
    /// No region is given or configured.
    #[error("no region to audit")]
    NoRegion,
    /// A region that is no region code.
    #[error(transparent)]
    Region(NotARegion),
    /// An endpoint that is not a URL of HTTP.
    #[error("the endpoint `{url}` is not a URL")]
    EndpointUrl {
        /// What was given, without secrets.
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
    /// A role of one account that another account answers with.
    #[error("`{role}` is a role of account {asked}, and account {answered} answers")]
    OtherAccount {
        /// What was given.
        role: String,
        /// The account that the role belongs to.
        asked: String,
        /// The account that STS names.
        answered: String,
    },
    /// The profile that was asked for is not configured.
    #[error("the profile `{profile}` is not configured")]
    UnknownProfile {
        /// The profile.
        profile: String,
    },
    /// Nobody has signed in to IAM Identity Center, or the session has expired.
    #[error("nobody is signed in to AWS IAM Identity Center: {details}")]
    NotSignedIn {
        /// The profile, if one was named.
        profile: Option<String>,
        /// What the SDK or AWS says.
        details: String,
    },
    /// The chain found no credentials.
    #[error("no AWS credentials found: {details}")]
    NoCredentials {
        /// What was tried.
        details: String,
    },
    /// The credentials cannot be sent.
    #[error("cannot use the AWS credentials: {details}")]
    Unusable {
        /// What is wrong with which part.
        details: String,
    },
    /// Credentials are configured, but cannot be had: a role that may not be assumed, a process that fails, …
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
    /// AWS accepts no more calls for now.
    #[error("AWS throttles the calls: {details}")]
    Throttled {
        /// What AWS says.
        details: String,
    },
    /// AWS fails.
    #[error("AWS fails to answer: {details}")]
    Unavailable {
        /// What AWS says.
        details: String,
    },
    /// Somebody else answers: a proxy, the page on which a network asks for a sign-in, …
    #[error("the answer does not come from AWS: {details}")]
    NotAws {
        /// What it is.
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
    pub fn help(&self) -> String {
        let help = match self {
            Self::NoRegion => "give `--region`, or set `AWS_REGION` or the profile's `region`",
            Self::Region(_) => "write a region code such as `us-east-1`",
            Self::EndpointUrl { .. } => "write the scheme too, as in `http://localhost:4566`",
            Self::SameAccount { .. } => "give one `--role-arn` for each account",
            Self::OtherAccount { .. } => {
                "check `--role-arn` and `--endpoint-url`: an audit of another account was not asked for"
            }
            Self::UnknownProfile { .. } => {
                "`aws configure list-profiles` lists the profiles; give one with `--profile` or `AWS_PROFILE`"
            }
            Self::NotSignedIn { profile: Some(profile), .. } => {
                return format!("sign in with `aws sso login --profile {profile}`");
            }
            Self::NotSignedIn { profile: None, .. } => "sign in with `aws sso login`",
            Self::NoCredentials { .. } => {
                "give `--profile` or set `AWS_PROFILE`; `aws configure` and `aws configure sso` set up a profile"
            }
            Self::Unusable { .. } => "set it again, without spaces and line breaks",
            Self::Credentials { .. } => {
                "check what the profile names as the source of its credentials; a role has to trust the one who assumes it"
            }
            Self::Expired { .. } => "sign in again (`aws sso login`), or renew the session",
            Self::Refused { .. } => "check that the credentials are whole and belong to the region's partition",
            Self::Throttled { .. } | Self::Unavailable { .. } => "try again later",
            Self::NotAws { .. } => {
                "check the proxy and `--endpoint-url`, and whether the network asks you to sign in first"
            }
            Self::Unreachable { .. } => "check the network, the proxy, `--region` and `--endpoint-url`",
            Self::NoIdentity { .. } => "check `--endpoint-url`: this endpoint may not be STS",
        };
        help.to_owned()
    }

    /// What the failure of `sts:GetCallerIdentity` means. The profile is the one that was asked for by name.
    pub(super) fn from_identity<E: ServiceError>(error: &SdkError<E>, profile: Option<&str>, words: &Words) -> Self {
        let details = match coded(error) {
            Some((code, message)) if !message.is_empty() => words.clean(&format!("{} ({code})", words.clean(message))),
            _ => words.clean(&explanation(error)),
        };
        if let Some(not_sendable) = causes(error).find_map(|cause| cause.downcast_ref::<NotSendable>()) {
            return Self::Unusable { details: words.clean(&not_sendable.to_string()) };
        }
        let connection = |cause: &&ConnectorError| cause.is_io() || cause.is_timeout();
        if causes(error).filter_map(|cause| cause.downcast_ref()).any(|cause| connection(&cause)) {
            return Self::Unreachable { details };
        }
        if let Some(failure) = causes(error).find_map(|cause| cause.downcast_ref()) {
            return Self::from_credentials(error, failure, profile, details);
        }
        match Answered::of(error) {
            Some(answered) => answered.error(details),
            None => Self::Unreachable { details },
        }
    }

    /// Why there are no credentials to ask with.
    fn from_credentials(
        error: &(dyn Error + 'static),
        failure: &CredentialsError,
        profile: Option<&str>,
        details: String,
    ) -> Self {
        let texts: Vec<_> = causes(error).map(|cause| cause.to_string()).collect();
        let says = |text: &str| texts.iter().any(|said| said.to_lowercase().contains(text));
        // The SDK's errors of profiles and of tokens are not public: their words are all that there is.
        if says("sso token") || says("/sso/cache/") || says("\\sso\\cache\\") || says("getrolecredentials") {
            return Self::NotSignedIn { profile: profile.map(str::to_owned), details };
        }
        if let Some(profile) = profile {
            let unknown = format!("profile `{}` was not defined", profile.to_lowercase());
            if says(&unknown) || says("no profiles were defined") {
                return Self::UnknownProfile { profile: profile.to_owned() };
            }
        }
        if let Some(answered) = causes(error).find_map(Answered::by_sts) {
            return match answered.error(details) {
                Self::Refused { details } => Self::Credentials { details },
                other => other,
            };
        }
        match failure {
            CredentialsError::CredentialsNotLoaded(_) => match profile {
                // All that the SDK says then is that the provider was not enabled.
                Some(profile) if !details.contains('\n') && failure.source().is_none() => {
                    let details = format!("the profile `{profile}` is not configured, or names no credentials");
                    Self::NoCredentials { details }
                }
                _ => Self::NoCredentials { details },
            },
            _ if details.to_lowercase().contains("expired") => Self::Expired { details },
            _ => Self::Credentials { details },
        }
    }
}

/// An answer in place of an output: the code of AWS, if there is one, and HTTP's status.
struct Answered {
    code: Option<String>,
    status: u16,
}

impl Answered {
    fn of<E: ServiceError>(error: &SdkError<E>) -> Option<Self> {
        let status = error.raw_response()?.status().as_u16();
        let code = error.as_service_error().and_then(|error| error.code());
        Some(Self { code: code.map(str::to_owned), status })
    }

    /// The answer of STS to whoever asks for a role.
    fn by_sts(cause: &(dyn Error + 'static)) -> Option<Self> {
        use aws_sdk_sts::operation::assume_role::AssumeRoleError;
        use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
        let role = cause.downcast_ref::<SdkError<AssumeRoleError>>().and_then(Self::of);
        role.or_else(|| cause.downcast_ref::<SdkError<AssumeRoleWithWebIdentityError>>().and_then(Self::of))
    }

    fn error(self, details: String) -> LiveError {
        const THROTTLED: [&str; 4] = ["Throttl", "TooManyRequests", "RequestLimitExceeded", "SlowDown"];
        let code = self.code.as_deref();
        match (self.status, code) {
            (_, Some(code)) if code.contains("Expired") => LiveError::Expired { details },
            (_, Some(code)) if THROTTLED.iter().any(|throttled| code.contains(throttled)) => {
                LiveError::Throttled { details }
            }
            (429, _) => LiveError::Throttled { details },
            (500.., _) => LiveError::Unavailable { details },
            (400.., Some(_)) => LiveError::Refused { details },
            _ => LiveError::NotAws { details },
        }
    }
}

/// What services answer in place of an output.
pub(super) trait ServiceError: Error + ProvideErrorMetadata + 'static {}

impl<E: Error + ProvideErrorMetadata + 'static> ServiceError for E {}

pub(super) type SdkError<E> = aws_smithy_runtime_api::client::result::SdkError<E, HttpResponse>;

/// The refusal that an error of the SDK stands for.
pub(super) fn refusal<E: ServiceError>(call: Call, error: &SdkError<E>) -> Refusal {
    match coded(error) {
        Some((code, message)) => Refusal::from_code(call, code, message),
        None => Refusal::without_answer(call, &explanation(error)),
    }
}

/// The code and the message of AWS, if AWS answered.
fn coded<E: ServiceError>(error: &SdkError<E>) -> Option<(&str, &str)> {
    let error = error.as_service_error()?;
    Some((error.code()?, error.message().unwrap_or_default()))
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
    const LAYERS: [&str; 6] = [
        "service error",
        "unhandled error",
        "dispatch failure",
        "other",
        "Error",
        "an error occurred while loading credentials",
    ];
    let status = error.raw_response().map(|response| response.status().as_u16());
    let mut parts: Vec<_> = status.map(|status| format!("HTTP status {status}")).into_iter().collect();
    for text in causes(error).map(ToString::to_string) {
        if !LAYERS.contains(&text.as_str()) && parts.last().is_none_or(|last| !last.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ").replace("the credential provider was not enabled: ", "")
}
