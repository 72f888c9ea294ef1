//! Credentials that were asked for by name, in place of the first ones that the standard chain finds, and a look at those
//! that come into use.

use std::env;

use aws_config::SdkConfig;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};

use super::words::Words;

/// The credentials of a profile, and of no other source: the chain would prefer the environment's, and an audit of the
/// wrong account may look like one of the right account.
pub(super) fn of_profile(config: SdkConfig, profile: &str) -> SdkConfig {
    let settings = ProviderConfig::without_region()
        .with_region(config.region().cloned())
        .with_behavior_version(config.behavior_version());
    let settings = match config.http_client() {
        Some(client) => settings.with_http_client(client),
        None => settings,
    };
    let provider = ProfileFileCredentialsProvider::builder().configure(&settings).profile_name(profile).build();
    config.into_builder().credentials_provider(SharedCredentialsProvider::new(provider)).build()
}

/// The credentials of a role, assumed with those of the configuration.
pub(super) async fn of_role(config: SdkConfig, role: &str, external_id: Option<&str>) -> SdkConfig {
    let mut provider = AssumeRoleProvider::builder(role).session_name("trailproof").configure(&config);
    if let Some(id) = external_id {
        provider = provider.external_id(id);
    }
    let provider = SharedCredentialsProvider::new(provider.build().await);
    config.into_builder().credentials_provider(provider).build()
}

/// The same configuration, whose credentials are looked at before anything is signed with them.
pub(super) fn watched(config: &SdkConfig, words: &Words) -> SdkConfig {
    let Some(inner) = config.credentials_provider() else { return config.clone() };
    let provider = Watched { inner, words: words.clone() };
    config.to_builder().credentials_provider(SharedCredentialsProvider::new(provider)).build()
}

/// Keeps credentials out of what is said later, and refuses those that no request can carry.
#[derive(Debug)]
struct Watched {
    inner: SharedCredentialsProvider,
    words: Words,
}

impl ProvideCredentials for Watched {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.look())
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.inner.fallback_on_interrupt()
    }
}

impl Watched {
    async fn look(&self) -> provider::Result {
        let credentials = self.inner.provide_credentials().await?;
        self.words.conceal(&credentials);
        match NotSendable::find(&credentials) {
            None => Ok(credentials),
            Some(found) => Err(CredentialsError::invalid_configuration(found)),
        }
    }
}

/// A part of credentials holds what none can hold, mostly a line break that came along when it was copied. The SDK panics
/// when it is to send a header with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part} holds a space, a line break or another character that it cannot have")]
pub(super) struct NotSendable {
    /// Which part: the variable, if it comes from one.
    part: String,
}

impl NotSendable {
    fn find(credentials: &Credentials) -> Option<Self> {
        let parts = [
            ("access key id", "AWS_ACCESS_KEY_ID", Some(credentials.access_key_id())),
            ("secret access key", "AWS_SECRET_ACCESS_KEY", Some(credentials.secret_access_key())),
            ("session token", "AWS_SESSION_TOKEN", credentials.session_token()),
        ];
        let found = parts.into_iter().find(|(.., value)| value.is_some_and(|value| !value.bytes().all(is_sendable)));
        found.map(|(name, variable, value)| {
            let from_environment = env::var(variable).ok().as_deref() == value;
            let part = if from_environment { format!("`{variable}`") } else { format!("the {name}") };
            Self { part }
        })
    }
}

fn is_sendable(byte: u8) -> bool {
    byte.is_ascii_graphic()
}
