//! Credentials that were asked for by name, in place of the first ones that the standard chain finds.

use aws_config::SdkConfig;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::provider::SharedCredentialsProvider;

/// The credentials of a profile, and of no other source: the chain would prefer the environment's, and an audit of the
/// wrong account may look like one of the right account.
pub(super) fn of_profile(config: SdkConfig, profile: &str) -> SdkConfig {
    let settings = ProviderConfig::without_region()
        .with_region(config.region().cloned())
        .with_behavior_version(config.behavior_version());
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
