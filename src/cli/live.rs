//! How a live account is reached. Credentials are never arguments: they come from the SDK's standard chain.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::Args;

use super::diagnostic::Diagnostic;
use crate::account::Account;
use crate::account::collect::{Wanted, collect_beside};
use crate::provider::live::{Deadline, LiveError, Network, Options, Unidentified};
use crate::provider::record::Recorder;
use crate::provider::recorded::Recording;
use crate::provider::{Arn, Region};

#[derive(Debug, Args)]
#[command(next_help_heading = "Live account")]
pub(super) struct Reach {
    /// The profile of the AWS configuration to use
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,

    /// Region to audit; the configured one by default
    #[arg(long, value_name = "REGION")]
    region: Vec<Region>,

    /// Endpoint to use for all services, such as an emulator's
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,

    /// A role to audit with; several roles audit several accounts
    #[arg(long, value_name = "ARN")]
    role_arn: Vec<String>,

    /// External id that the roles' trust policies require
    #[arg(long, value_name = "ID", requires = "role_arn")]
    external_id: Option<String>,

    /// How long the whole audit may take; what AWS has not answered by then is not known
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
}

impl Reach {
    /// The accounts as they are now, each with what was asked to see it.
    pub(super) async fn accounts(&self, wanted: Wanted) -> Result<Vec<(Account, Recording)>, LiveError> {
        let roles = self.roles()?;
        let deadline = Deadline::after(Duration::from_secs(self.timeout));
        let network = Network::default();
        let mut accounts = Vec::new();
        for role in roles {
            let options = self.options(role.cloned(), deadline, network.clone());
            let live = Unidentified::connect(&options).await?;
            let recorder = Recorder::new(&live);
            let account = collect_beside(&recorder, live.identity(), wanted).await?;
            let recording = recorder.recording_of(account.identity.clone());
            accounts.push((account, recording));
        }
        Ok(accounts)
    }

    /// The roles to audit with; none stands for the credentials that are found. Two of one account would tell the same
    /// twice.
    fn roles(&self) -> Result<Vec<Option<&String>>, LiveError> {
        let mut accounts = BTreeMap::new();
        for role in &self.role_arn {
            let Some(account) = role.parse().ok().and_then(|arn: Arn| arn.account_id()) else { continue };
            if let Some(other) = accounts.insert(account.clone(), role) {
                let (role, other) = (role.clone(), String::clone(other));
                return Err(LiveError::SameAccount { account: account.to_string(), role, other });
            }
        }
        Ok(if self.role_arn.is_empty() { vec![None] } else { self.role_arn.iter().map(Some).collect() })
    }

    fn options(&self, role_arn: Option<String>, deadline: Deadline, network: Network) -> Options {
        Options {
            profile: self.profile.clone(),
            regions: self.region.clone(),
            endpoint_url: self.endpoint_url.clone(),
            role_arn,
            deadline: Some(deadline),
            network,
            external_id: self.external_id.clone(),
            ..Options::default()
        }
    }
}

impl Diagnostic for LiveError {
    fn place(&self) -> Option<String> {
        None
    }

    fn help(&self) -> Option<String> {
        Some(Self::help(self))
    }
}
